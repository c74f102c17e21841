"""Trying channels as customers use them: what is sent, what must become of it, and what the try has shown."""

from __future__ import annotations

import secrets
import threading
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from typing import Any, Literal
from urllib.parse import urlsplit

from checklists.moments import written
from config.declaration import Declaration, Declared
from config.environment import Environment, MailEntry
from config.kinds.actions import EmailAction, SetAction
from config.phases import asleep_until
from golive import clock
from golive.launch import mail_server
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from provisioners.errors import SystemFault
from provisioners.trial import TrialMail, Trials, TrialTicket

Result = Literal["pass", "warn", "fail", "skipped"]
Way = Literal["mail", "api"]
STOPPED = "The run was stopped before all was seen."
EVERY = 3.0
"""Seconds between two looks for the ticket."""
_TEXT = "This message tries a channel before customers use it. It is deleted again. Please do not answer it.\n"


@dataclass(frozen=True)
class Expectation:
    """What must become of a new ticket, as far as rules that are awake say. later: what rules see to that sleep."""

    group: bool = False
    priority: bool = False
    reply: bool = False
    later: tuple[str, ...] = ()


@dataclass(frozen=True)
class Try:
    """One channel that was tried. way: how the message came. seconds: until the ticket was there. left: what could not
    be taken away again. later: what was not tried, because rules see to it that still sleep."""

    channel: str
    result: Result
    said: str
    at: str
    mark: str
    way: Way
    address: str
    seconds: float = 0.0
    ticket: Mapping[str, Any] = field(default_factory=dict)
    left: str = ""
    later: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"schema": "golive/try/1", **asdict(self)}


@dataclass(frozen=True)
class Tryable:
    """Where a message goes. key: as it is called here; name: for people. address: to which it is written, empty for a
    form. right: by which of the helpdesk's addresses it may come in."""

    key: str
    name: str
    address: str = ""
    right: frozenset[str] = frozenset()

    @classmethod
    def of_channel(cls, key: str, channel: Any) -> Tryable:
        address = _address(channel)
        return cls(key, channel.name or key, address, frozenset([address.lower()]))


def expectation(declaration: Declaration, phase: str) -> Expectation:
    """What the rules that act on new tickets see to in a phase."""
    now: set[str] = set()
    later: set[str] = set()
    for item in declaration.of("triggers").values():
        if getattr(item.value, "active", True) is False or item.value.existing:
            continue
        (now if asleep_until(item.value, phase) is None else later).update(_sees_to(item))
    return Expectation("group" in now, "priority" in now, "reply" in now, tuple(sorted(later - now)))


def _sees_to(item: Declared) -> set[str]:
    found: set[str] = set()
    for action in item.value.then or ():
        if isinstance(action, SetAction) and action.set in ("group", "priority"):
            found.add(action.set)
        if isinstance(action, EmailAction) and action.email.startswith("requester") and item.value.replaces:
            found.add("reply")
    return found


def try_channel(
    what: Tryable,
    trials: Trials,
    cleaning: Trials,
    send: Callable[[TrialMail], Way],
    sender: str,
    wanted: Expectation,
    patience: timedelta,
    stop: threading.Event,
) -> Try:
    """Send a marked message through a channel, look for its ticket, judge it, and take it away again.

    cleaning: the same helpdesk, for taking the trial away once the run was stopped, too. sender: whose mail it is; the
    customer's address is a part of it. patience: how long the ticket is waited for. stop: ends the waiting; what was
    not seen until then is `skipped`.
    """
    mark = new_mark()
    begun = clock.now()
    customer = customer_of(sender, mark)
    mail = TrialMail(mark, f"Trying {what.name} ({mark})", _TEXT, "Trial customer", customer, what.address)
    ticket: TrialTicket | None = None
    way: Way = "api"
    said = ""
    try:
        way = send(mail)
        ticket = _awaited(trials, mark, begun + patience, stop, wanted)
    except SystemFault as fault:
        said = f"{fault.what}: {fault.why}."
    seconds = round((clock.now() - begun).total_seconds(), 1)
    result: Result = "fail"
    if stop.is_set() and not (ticket and _is_settled(ticket, wanted)):
        result, said = "skipped", STOPPED
    elif ticket is not None and not said:
        result, said = judged(ticket, wanted, way, what)
    found, left = cleared(cleaning, ticket, mark, customer, begun)
    if result == "skipped" and found is None and not left:
        left = f"a ticket with “{mark}” in its subject, if the message still arrives"
    told = {name: part for name, part in asdict(ticket).items() if name != "requester_id"} if ticket else {}
    said = said or f"No ticket came within {int(patience.total_seconds())} s."
    return Try(what.key, result, said, written(begun), mark, way, mail.to, seconds, told, left, wanted.later)


def chosen(declared: Mapping[str, Declared], keys: Sequence[str], what: str) -> list[Declared]:
    """Those that are meant; all where none is named. what: what one of them is called. Raises Fault for a key that is
    not declared."""
    for key in keys:
        if key not in declared:
            raise Fault(
                f"no_{what}",
                f"No {what} `{key}` is declared.",
                why=f"There are: {', '.join(declared) or 'none'}.",
                do="Say one of them.",
                exits=Exit.USAGE,
            )
    return [declared[key] for key in keys or declared]


def new_mark() -> str:
    """A word that nobody else writes."""
    return f"golive-{secrets.token_hex(4)}"


def customer_of(sender: str, mark: str) -> str:
    """The address of a trial's customer: one that the helpdesk cannot know yet, and whose mail comes to the sender."""
    local, _, host = sender.partition("@")
    return f"{local}+{mark}@{host}"


def cleared(
    cleaning: Trials, ticket: TrialTicket | None, mark: str, customer: str, begun: datetime
) -> tuple[TrialTicket | None, str]:
    """Take a trial's ticket away, and its customer. ticket: None to look for it. Returns the ticket, and what was left,
    in words."""
    try:
        ticket = ticket or cleaning.find(mark)
        return ticket, cleaning.clean_up(ticket, customer, begun) if ticket else ""
    except SystemFault as fault:
        named = ticket.id if ticket else f"“{mark}”"
        return ticket, f"the ticket {named} may still be there: {fault.why}"


def judged(ticket: TrialTicket, wanted: Expectation, way: Way, what: Tryable) -> tuple[Result, str]:
    """Whether a ticket is as it should be, and what to say of it."""
    wrong = []
    if wanted.group and not ticket.group:
        wrong.append("it has no group")
    if wanted.priority and not ticket.priority:
        wrong.append("it has no priority, so that no promise counts")
    if wanted.reply and not ticket.replies:
        wrong.append("the customer got no receipt")
    if what.address and ticket.recipient and ticket.recipient.lower() not in what.right:
        wrong.append(f"it came in through {ticket.recipient}")
    if wrong:
        return "fail", f"The ticket came, and {' and '.join(wrong)}."
    parts = [f"group {ticket.group}" if ticket.group else "", f"priority {ticket.priority}" if ticket.priority else ""]
    parts.append(f"receipt “{next(iter(ticket.replies))}”" if ticket.replies else "")
    seen = ", ".join(filter(None, parts))
    said = f"The ticket came: {seen}." if seen else "The ticket came."
    if wanted.later:
        said += f" Rules that still sleep see to: {', '.join(wanted.later)}."
    if way == "api" and what.address:
        return "warn", f"{said} It was sent through the API, so that mail to {what.address} arrives is not shown."
    return "pass", said


def _address(channel: Any) -> str:
    if getattr(channel, "type", "") != "email":
        return ""
    return str(getattr(channel, "forwards_from", None) or channel.address)


def _awaited(
    trials: Trials, mark: str, until: datetime, stop: threading.Event, wanted: Expectation
) -> TrialTicket | None:
    """The ticket once it is there and its rules have run; None where it does not come in time."""
    found = None
    while True:
        found = trials.find(mark) or found
        if found is not None and _is_settled(found, wanted):
            return found
        if clock.now() >= until or stop.wait(EVERY):
            return found


def _is_settled(ticket: TrialTicket, wanted: Expectation) -> bool:
    return not (
        (wanted.group and not ticket.group)
        or (wanted.priority and not ticket.priority)
        or (wanted.reply and not ticket.replies)
    )


def message(mail: TrialMail) -> EmailMessage:
    """The mail as it goes over the line."""
    made = EmailMessage()
    made["From"] = formataddr((mail.name, mail.address))
    made["To"] = mail.to
    made["Subject"] = mail.subject
    made["Message-ID"] = make_msgid(domain=mail.address.rpartition("@")[2])
    made.set_content(mail.text)
    return made


def by_server(entry: MailEntry) -> Callable[[TrialMail], Way]:
    """What sends mail through a mail server, as a customer's does."""

    def send(mail: TrialMail) -> Way:
        try:
            mail_server.send(entry, message(mail))
        except mail_server.NotSent as refused:
            raise Fault(
                "mail",
                f"{refused.host} did not take the mail.",
                why=refused.why,
                do="Correct `mail:` in the environment file.",
                exits=Exit.FAILED,
            ) from refused
        return "mail"

    return send


def by_sandbox(url: str) -> Callable[[TrialMail], Way]:
    """What hands a mail to the local sandbox, as if it had come over the line."""
    parts = urlsplit(url)

    def send(mail: TrialMail) -> Way:
        address = f"http://{parts.netloc}/sandbox/mail"
        request = urllib.request.Request(address, data=bytes(message(mail)), method="POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            answer.read()
        return "mail"

    return send


def by_api(trials: Trials) -> Callable[[TrialMail], Way]:
    """What sends it as a customer's form does."""

    def send(mail: TrialMail) -> Way:
        trials.request(mail)
        return "api"

    return send


def trial_sender(environment: Environment, name: str, *, all_sandbox: bool) -> str:
    """The customer's address: that of who sends mail, else one that nobody has in the sandbox. Raises Fault."""
    if environment.mail:
        return str(environment.mail.sender)
    if all_sandbox:
        return "trial@golive.example"
    raise Fault(
        "no_sender",
        "Nobody has said whose mail it is that tries the channels.",
        where=f"stacks/Pulumi.{name}.yaml",
        why="Receipts go to the customer's address, and that must be yours.",
        do="Write into the environment file:  mail: {server: HOST:587, sender: you@your-company.example, user: …, "
        "password: env:NAME}",
        exits=Exit.USAGE,
    )
