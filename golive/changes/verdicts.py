"""What is judged of a change, and what is noticed of it where that has to be looked at closely."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from config.results.plan import Action, Audience, Difference
from stacks.difference import moved

Words: TypeAlias = Mapping[str, Any]
"""An object as the YAML has it; empty where it is not there."""
AUDIENCES: tuple[Audience, ...] = ("customers", "agents", "nobody")
"""Whoever stands first counts where several notice something."""


@dataclass(frozen=True)
class Verdict:
    """Who notices it, and why."""

    audience: Audience
    reason: str


@dataclass(frozen=True)
class Case:
    """What is judged: an object before and after, and one attribute's difference, None for the object as a whole."""

    kind: str
    key: str
    action: Action
    old: Words
    new: Words
    difference: Difference | None = None

    @property
    def sides(self) -> list[Words]:
        """The object before and after, as far as it is there."""
        return [side for side in (self.old, self.new) if side]


Rule: TypeAlias = "Verdict | Callable[[Case], Verdict]"


@dataclass(frozen=True)
class Kind:
    """What is noticed of one kind. whole: that an object comes or goes. attributes: by name, or by a dotted path where
    a part differs from the rest. other: what the vocabulary has no word for."""

    whole: Rule
    attributes: Mapping[str, Rule] = field(default_factory=dict)
    other: Rule = Verdict("agents", "it is a setting of the vendor's own")


SEE = Verdict("customers", "they see it")
AGENTS_SEE = Verdict("agents", "they see it")
DESK = Verdict("agents", "it decides what they see and may do")
KEEPS = Verdict("agents", "a person has to take seat, groups and Slack away")
_TO_CUSTOMERS = ("requester", "requester_and_ccs")


def _reaching(side: Words) -> list[Any]:
    """The actions by which a rule speaks to customers. Of a vendor's rule only `mails` may be known."""
    actions = [each for each in side.get("then") or [] if isinstance(each, Mapping)]
    found = [
        each
        for each in actions
        if each.get("email") in _TO_CUSTOMERS or each.get("reply") == "public" or "send_survey" in each
    ]
    return found or (["mail"] if "customers" in (side.get("mails") or ()) else [])


def acts(case: Case) -> Verdict:
    """A rule that acts by itself: whether and when."""
    if any(_reaching(side) for side in case.sides):
        return Verdict("customers", "the rule writes to customers")
    return Verdict("agents", "the rule acts on their tickets")


def does(case: Case) -> Verdict:
    """What a rule does."""
    if _reaching(case.old) != _reaching(case.new):
        return Verdict("customers", "it is what customers are sent")
    return Verdict("agents", "the rule acts on their tickets")


_OF_CUSTOMERS = (
    "active_features.automatic_answers",
    "active_features.customer_satisfaction",
    "branding",
    "brands.default_brand_id",
    "chat",
    "email",
    "localization",
    "ticket_form",
    "tickets.comments_public_by_default",
    "tickets.email_attachments",
    "tickets.is_first_comment_private_enabled",
    "tickets.private_attachments",
    "user.agent_created_welcome_emails",
    "user.end_user_phone_number_validation",
    "user.language_selection",
    "user.multiple_organizations",
    "user.time_zone_selection",
    "voice",
)
"""Settings of the vendor's that customers notice, by section or single; all others are the desk's. Source:
developer.zendesk.com, “Account Settings”, which says what each is for."""


def vendors_setting(case: Case) -> Verdict:
    """Settings in the vendor's words, one or several at once."""
    told = case.difference
    start = told.path.split(".")[1:] if told else []
    names = [*_paths(told.old, start), *_paths(told.new, start)] if told else []
    if any(name == each or name.startswith(f"{each}.") for name in names for each in _OF_CUSTOMERS):
        return Verdict("customers", "it decides what they see, may do or are sent")
    return Verdict("agents", "it is a setting of the vendor's own")


def _paths(value: Any, start: list[str]) -> Iterator[str]:
    """`section.attribute` of every setting in a value that stands at a path."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _paths(each, [*start, str(name)])
    elif value is not None:
        yield ".".join(start)


def macro_does(case: Case) -> Verdict:
    """What a macro writes and sets."""
    if case.action == "update" and _reaching(case.old) != _reaching(case.new):
        return Verdict("customers", "they read it whenever an agent uses the macro")
    return Verdict("agents", "they work with the macro")


def macro_adds(case: Case) -> Verdict:
    """Files go with the comment: out, where that is public."""
    if any(_reaching(side) for side in case.sides):
        return Verdict("customers", "they get the files whenever an agent uses the macro")
    return Verdict("agents", "they work with the macro")


def _customers_can(side: Words) -> str:
    return str((side.get("customers") or {}).get("can", "hidden"))


def _shown(case: Case) -> bool:
    return any(_customers_can(side) != "hidden" for side in case.sides)


def seen_by_customers(case: Case) -> Verdict:
    """A field or form: customers notice it where they see it."""
    if _shown(case):
        return Verdict("customers", "they see it")
    return Verdict("agents", "customers do not see it")


def field_name(case: Case) -> Verdict:
    """Customers see the agents' name where they have none of their own."""
    own = all((side.get("customers") or {}).get("name") for side in case.sides)
    return Verdict("agents", "customers see a name of their own") if own else seen_by_customers(case)


def filled_in(case: Case) -> Verdict:
    """What decides about what can be put into a field."""
    if any(_customers_can(side) == "edit" for side in case.sides):
        return Verdict("customers", "they fill it in")
    return Verdict("agents", "only they fill it in")


def only_if_shown(case: Case) -> Verdict:
    """What customers read of a field that they are shown."""
    if _shown(case):
        return Verdict("customers", "they see it")
    return Verdict("nobody", "customers do not see the field")


def order(noticed: Verdict, quiet: str) -> Callable[[Case], Verdict]:
    """An order: what only comes or goes in it is noticed by itself."""

    def judge(case: Case) -> Verdict:
        told = case.difference
        if told is not None and moved(told.old or [], told.new or []):
            return noticed
        return Verdict("nobody", quiet)

    return judge


def role(case: Case) -> Verdict:
    """A role without rights of its own is one of the helpdesk's, and nothing is made of it."""
    if case.sides and not any(side.get("rights") or side.get("existing") for side in case.sides):
        return Verdict("nobody", "it only stands for a role that is built in")
    return DESK


def status_name(case: Case) -> Verdict:
    """Customers see the agents' name of a status where they have none of their own."""
    own = all((side.get("customers") or {}).get("name") for side in case.sides)
    return Verdict("agents", "customers see a name of their own") if own else SEE


def status(case: Case) -> Verdict:
    """A status that comes is on no ticket yet; as the default it comes onto tickets by itself, and a name for
    customers is meant for them."""
    seen = any(side.get("default") or (side.get("customers") or {}).get("name") for side in case.sides)
    return SEE if seen else AGENTS_SEE


def readers(case: Case) -> Verdict:
    """An article: customers read it where it says so, or where it is for everybody who has signed in."""
    shown = [side for side in case.sides if side.get("active") is not False]
    if any(_shown(replace(case, old=side, new={})) or _user_segment(side) for side in shown):
        return Verdict("customers", "they read it")
    return Verdict("agents", "only they read it")


def _user_segment(side: Words) -> object:
    """The vendor's user segment that an article is for, which may be one of customers."""
    return (side.get("zendesk") or {}).get("user_segment")


def channel_in_slack(case: Case) -> Verdict:
    """The helpdesk's way into a Slack channel is none that people have."""
    if all(set(side) <= {"webhook"} for side in case.sides):
        return Verdict("nobody", "it is how the helpdesk reaches Slack")
    return Verdict("agents", "they work in the channel")


def is_off(case: Case) -> bool:
    """Whether the object is switched off before and after, so that nothing of it is at work."""
    return bool(case.sides) and all(side.get("active") is False for side in case.sides)
