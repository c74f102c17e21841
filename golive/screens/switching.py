"""What is said of an object that is switched by hand."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from config.phases import FULL_CRM
from config.results.findings import FindingsDocument
from config.results.switch import SwitchDocument, SwitchResult
from golive.live.unanswered import REPLACED, no_rule
from golive.runs.switching import Switching
from golive.terminal.screen import Screen
from golive.wording.sleep import PHASES, sleeps
from stacks.state import payloads, types
from stacks.switches import SwitchedOff


def say_object(screen: Screen, one: Switching) -> None:
    """Which object it is, and how it is now."""
    name = f"  {escape(one.side.label)}" if one.side.label else ""
    screen.say(f"{escape(one.title)}: {escape(one.said)}{name}  [place]{escape(one.page)}[/]")
    screen.say(f"  is {'on' if one.is_on else 'off'} now")
    if one.is_on and (label := _replaced(one)):
        screen.say(f"  [change]{escape(one.title)}'s own “{escape(label)}”, which it replaces, stays off, too.[/]")


def say_sleeping(screen: Screen, one: Switching) -> None:
    """That an object which is to stay off is off already, because its phase has not come or is over."""
    until = one.sleeps_until
    if until is not None:
        screen.say(f"  It {sleeps(until)}{'' if until == 'over' else ', and would be switched on then'}.")


def say_how_long(screen: Screen, one: Switching) -> None:
    """What becomes of an object that was switched off, or that is to stay off once its phase comes."""
    until, back = one.sleeps_until, f"golive on {one.name.address}{one.opened.option}"
    if until is None:
        screen.say(f"No `golive up` switches it on again by itself; every plan shows it.  On again:  {back}")
    elif until == "over":
        screen.say(f"It stays off, also if the files give it another phase.  To forget that:  {back}")
    else:
        comes = f"{PHASES[until]}{'' if until == FULL_CRM else ' comes'}"
        screen.say(
            f"When {comes}, it stays off: neither `golive advance` nor `golive up` switches it on, and "
            f"every plan shows it.  To let it wake after all:  {back}"
        )


def say_unanswered(screen: Screen, one: Switching) -> None:
    """That nobody does its job now, where it replaces a rule of the vendor's."""
    label = _replaced(one)
    if not label:
        return
    part = str(one.name._replace(part=REPLACED))
    page = one.page_of(types(one.state)[part], payloads(one.state)[part].id)
    customers = bool(one.live and "customers" in one.live.mails)
    name = one.side.label or one.name.key
    screen.say(f"[change]{escape(no_rule(name, one.title, label, page, customers=customers))}.[/]")


def _replaced(one: Switching) -> str:
    """What the vendor's own rule is called that it has put out of action; empty where there is none."""
    side = payloads(one.state).get(str(one.name._replace(part=REPLACED)))
    return side.label if side else ""


def say_done(screen: Screen, one: Switching, seconds: float, *, sends: bool, on: bool) -> None:
    """That it is done, and what it took."""
    calls = (
        f"{one.calls} call{'s' if one.calls != 1 else ''} to {one.title}, {'one' if sends else 'none'} of them writing"
    )
    screen.say(f"\n[good]{_word(sends=sends, on=on)}[/] [quiet]({escape(calls)}; {seconds:.1f} s)[/]")


def _word(*, sends: bool, on: bool) -> str:
    return ("On." if on else "Off.") if sends else "Noted."


def document_of(
    one: Switching,
    note: SwitchedOff | None,
    result: SwitchResult,
    seconds: float,
    run: int | None,
    *,
    on: bool,
    notices: Sequence[str] = (),
    cautions: Sequence[str] = (),
    said: FindingsDocument | None = None,
) -> SwitchDocument:
    """The one JSON document. notices, cautions, said: what the account was asked before, and said."""
    system, kind, key = one.name.object
    noted = note or SwitchedOff("")
    return SwitchDocument(
        "golive/on/1" if on else "golive/off/1",
        one.opened.environment_name,
        system,
        kind,
        key,
        one.side.label,
        one.side.id,
        one.page,
        result,
        one.is_on,
        noted.since,
        noted.by,
        noted.why,
        {system: one.calls},
        round(seconds, 2),
        list(notices),
        list(cautions),
        list(said.findings) if said else [],
        list(said.allowed or []) if said else [],
        run,
    )
