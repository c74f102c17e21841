"""Who notices a change: customers, agents, or nobody. One table for every kind of the vocabulary and its attributes.

It looks at words only: at an object as the YAML has it, before and after. So a plan from live systems and a review of
two revisions of the files judge alike. A kind or attribute without an entry makes a test fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from config.results.plan import Action, Audience, Difference
from stacks.difference import differences, moved

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


def audience_of(
    kind: str, key: str, action: Action, old: Words, new: Words, differences: Iterable[Difference]
) -> Verdict:
    """Who notices what happens to one object, and why.

    old, new: the object's words before and after, empty where it is not there. What is made anew counts as a whole, as
    does what comes or goes; what is let go stays as it is. Raises KeyError for a kind that is not in the table.
    """
    table = KINDS[kind]
    if action == "release":
        return _KEEPS if kind == "people" else Verdict("nobody", "it stays as it is")
    if key.startswith("_") and action != "update":
        return Verdict("nobody", "golive makes it for others, which are judged by themselves")
    case = Case(kind, key, action, old, new)
    if _is_off(case):
        return Verdict("nobody", "it is switched off")
    if action != "update":
        return _judged(table.whole, case)
    found = [_judged(_rule(table, each.path), Case(kind, key, action, old, new, each)) for each in differences]
    unsaid = Verdict("nobody", "what it says stays the same")
    return min(found, key=lambda verdict: AUDIENCES.index(verdict.audience), default=unsaid)


def _judged(rule: Rule, case: Case) -> Verdict:
    return rule if isinstance(rule, Verdict) else rule(case)


def _rule(table: Kind, path: str) -> Rule:
    """The entry of an attribute: the longest that its path begins with."""
    steps = path.removesuffix(" (order)").split(".")
    for length in range(len(steps), 0, -1):
        name = ".".join(steps[:length])
        for attributes in (table.attributes, COMMON):
            if name in attributes:
                return attributes[name]
    return table.other


def _is_off(case: Case) -> bool:
    """Whether the object is switched off before and after, so that nothing of it is at work."""
    return bool(case.sides) and all(side.get("active") is False for side in case.sides)


# ------------------------------------------------------------ rules that look closer

_KEEPS = Verdict("agents", "a person has to take seat, groups and Slack away")
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


def _acts(case: Case) -> Verdict:
    """A rule that acts by itself: whether and when."""
    if any(_reaching(side) for side in case.sides):
        return Verdict("customers", "the rule writes to customers")
    return Verdict("agents", "the rule acts on their tickets")


def _does(case: Case) -> Verdict:
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


def _vendors_setting(case: Case) -> Verdict:
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


def _settings(case: Case) -> Verdict:
    """Settings that stand in the files for the first time, or no more: each as if it was changed."""
    found = [
        _judged(_rule(KINDS[case.kind], each.path), replace(case, action="update", difference=each))
        for each in differences(dict(case.old), dict(case.new))
    ]
    return min(found, key=lambda verdict: AUDIENCES.index(verdict.audience), default=_DESK)


def _macro_does(case: Case) -> Verdict:
    if case.action == "update" and _reaching(case.old) != _reaching(case.new):
        return Verdict("customers", "they read it whenever an agent uses the macro")
    return Verdict("agents", "they work with the macro")


def _macro_adds(case: Case) -> Verdict:
    """Files go with the comment: out, where that is public."""
    if any(_reaching(side) for side in case.sides):
        return Verdict("customers", "they get the files whenever an agent uses the macro")
    return Verdict("agents", "they work with the macro")


def _customers_can(side: Words) -> str:
    return str((side.get("customers") or {}).get("can", "hidden"))


def _shown(case: Case) -> bool:
    return any(_customers_can(side) != "hidden" for side in case.sides)


def _seen_by_customers(case: Case) -> Verdict:
    """A field or form: customers notice it where they see it."""
    if _shown(case):
        return Verdict("customers", "they see it")
    return Verdict("agents", "customers do not see it")


def _field_name(case: Case) -> Verdict:
    """Customers see the agents' name where they have none of their own."""
    own = all((side.get("customers") or {}).get("name") for side in case.sides)
    return Verdict("agents", "customers see a name of their own") if own else _seen_by_customers(case)


def _filled_in(case: Case) -> Verdict:
    if any(_customers_can(side) == "edit" for side in case.sides):
        return Verdict("customers", "they fill it in")
    return Verdict("agents", "only they fill it in")


def _only_if_shown(case: Case) -> Verdict:
    if _shown(case):
        return Verdict("customers", "they see it")
    return Verdict("nobody", "customers do not see the field")


def _order(noticed: Verdict, quiet: str) -> Callable[[Case], Verdict]:
    """An order: what only comes or goes in it is noticed by itself."""

    def judge(case: Case) -> Verdict:
        told = case.difference
        if told is not None and moved(told.old or [], told.new or []):
            return noticed
        return Verdict("nobody", quiet)

    return judge


def _role(case: Case) -> Verdict:
    """A role without rights of its own is one of the helpdesk's, and nothing is made of it."""
    if case.sides and not any(side.get("rights") or side.get("existing") for side in case.sides):
        return Verdict("nobody", "it only stands for a role that is built in")
    return _DESK


def _status_name(case: Case) -> Verdict:
    """Customers see the agents' name of a status where they have none of their own."""
    own = all((side.get("customers") or {}).get("name") for side in case.sides)
    return Verdict("agents", "customers see a name of their own") if own else _SEE


def _status(case: Case) -> Verdict:
    """A status that comes is on no ticket yet; as the default it comes onto tickets by itself, and a name for
    customers is meant for them."""
    seen = any(side.get("default") or (side.get("customers") or {}).get("name") for side in case.sides)
    return _SEE if seen else _AGENTS_SEE


def _readers(case: Case) -> Verdict:
    """An article: customers read it where it says so, or where it is for everybody who has signed in."""
    shown = [side for side in case.sides if side.get("active") is not False]
    if any(_shown(replace(case, old=side, new={})) or _user_segment(side) for side in shown):
        return Verdict("customers", "they read it")
    return Verdict("agents", "only they read it")


def _user_segment(side: Words) -> object:
    """The vendor's user segment that an article is for, which may be one of customers."""
    return (side.get("zendesk") or {}).get("user_segment")


def _channel_in_slack(case: Case) -> Verdict:
    """The helpdesk's way into a Slack channel is none that people have."""
    if all(set(side) <= {"webhook"} for side in case.sides):
        return Verdict("nobody", "it is how the helpdesk reaches Slack")
    return Verdict("agents", "they work in the channel")


# ------------------------------------------------------------ the table

_PROMISE = Verdict("customers", "it is what they are promised")
_SENDER = Verdict("customers", "they write to it and are answered from it")
_SEE = Verdict("customers", "they see it")
_READ = Verdict("customers", "they read it")
_TEAM = Verdict("agents", "it is where they work")
_WORK = Verdict("agents", "they work with it")
_AGENTS_SEE = Verdict("agents", "they see it")
_ROUTED = Verdict("agents", "it decides which tickets they are given")
_DESK = Verdict("agents", "it decides what they see and may do")
_HOURS = Verdict("agents", "it is when they work")
_LABEL = Verdict("nobody", "only who looks after the helpdesk sees the name")
_BOOKS = Verdict("nobody", "only other systems have to do with it")
_FILES = Verdict("nobody", "it is for these files only")
_SORTED = Verdict("nobody", "it only sorts rules")
_LATER = Verdict("nobody", "it says what happens later")
_RULE_ORDER = _order(
    Verdict("agents", "rules run one after the other, and later ones see what earlier ones did"), "nothing is moved"
)
_CLOCK = Verdict("agents", "it is how long their group may keep a ticket")
_DELETES = Verdict("customers", "what they wrote or what is known of them is deleted")
_SHOWN_ORDER = _order(Verdict("customers", "they see it in this order"), "nothing is moved")
_FIRST_WINS = _order(Verdict("customers", "the first policy that fits a ticket is the promise"), "nothing is moved")


def _whole(case: Case) -> Verdict:
    """An attribute that decides about the object as a whole."""
    return _judged(KINDS[case.kind].whole, case)


COMMON: Mapping[str, Rule] = {
    "was": _FILES,
    "why": _FILES,
    "x-allow": _FILES,
    "by_hand": _FILES,
    "on_remove": _LATER,
    "existing": _whole,
    "phase": _whole,
    "not_before": _whole,
}
"""What every object may carry."""


def _all(rule: Rule, *names: str) -> dict[str, Rule]:
    return dict.fromkeys(names, rule)


def _rules(*more: str) -> Kind:
    """Rules that act by themselves."""
    attributes: dict[str, Rule] = {
        "name": _LABEL,
        "then": _does,
        "replaces": Verdict("customers", "a rule of the vendor's, which may write to them, is switched on or off"),
        **_all(_acts, "active", "when", "when_any"),
        **_all(Verdict("agents", "rules run category by category"), *more),
    }
    return Kind(_acts, attributes)


_TICKET_FIELD: dict[str, Rule] = {
    "name": _field_name,
    "customers": _SEE,
    "customers.name": _only_if_shown,
    "agents": Verdict("agents", "they must fill it in"),
    "help": _AGENTS_SEE,
    "help.customers": _only_if_shown,
    **_all(_seen_by_customers, "type", "options", "options_from", "to", "active"),
    **_all(_filled_in, "pattern"),
    "samples": _FILES,
}

KINDS: Mapping[str, Kind] = {
    "company": Kind(
        _FILES, {**_all(_FILES, "name", "domain", "time_zone"), **_all(_READ, "default_locale", "locales")}
    ),
    "segments": Kind(_AGENTS_SEE, {"name": _AGENTS_SEE, "arr": _FILES}),
    "priorities": Kind(_FILES, {"name": _FILES}),
    "roles": Kind(_role, {"name": _role, **_all(_DESK, "like", "rights")}),
    "people": Kind(
        _TEAM,
        {
            "name": Verdict("customers", "they see who answers them"),
            "zendesk.alias": Verdict("customers", "they see who answers them"),
            **_all(_TEAM, "email", "role", "groups", "default_group", "active"),
            "invite": _LATER,
        },
    ),
    "groups": Kind(_TEAM, {"name": _TEAM}),
    "schedules": Kind(_HOURS, {"name": _LABEL, **_all(_HOURS, "time_zone", "hours", "holidays")}),
    "on_call": Kind(_HOURS, _all(_HOURS, "name", "people", "rota", "hand_over", "outside", "priorities")),
    "brands": Kind(_SEE, _all(_SEE, "name", "subdomain", "default", "signature", "active"), _SEE),
    "channels": Kind(
        _SENDER,
        _all(_SENDER, "type", "name", "address", "forwards_from", "brand", "default", "form", "hours", "when_closed"),
    ),
    "tags": Kind(_FILES, _all(_FILES, "name", "tag")),
    "ticket_fields": Kind(_seen_by_customers, _TICKET_FIELD),
    "ticket_forms": Kind(
        _seen_by_customers,
        {
            "name": _field_name,
            "customers": _SEE,
            "customers.name": _only_if_shown,
            **_all(_seen_by_customers, "default", "fields", "conditions", "active", "brands"),
        },
    ),
    "ticket_statuses": Kind(
        _status,
        {
            "name": _status_name,
            **_all(_SEE, "customers", "category", "default"),
            **_all(_AGENTS_SEE, "active", "help"),
            "help.customers": _SEE,
        },
        _SEE,
    ),
    "customer_fields": Kind(
        _AGENTS_SEE,
        {
            **_all(_AGENTS_SEE, "name", "type", "of", "options", "options_from", "pattern", "to", "active", "help"),
            "samples": _FILES,
        },
    ),
    "trigger_categories": Kind(
        _SORTED,
        {
            **_all(_SORTED, "name", "others"),
            "first": Verdict("agents", "rules run one after the other, and later ones see what earlier ones did"),
            "order": _RULE_ORDER,
        },
    ),
    "triggers": _rules("category"),
    "automations": _rules(),
    "sla_policies": Kind(
        _PROMISE,
        {
            "name": _AGENTS_SEE,
            **_all(_PROMISE, "when", "when_any", "targets", "hours"),
            **_all(Verdict("agents", "they are told in time"), "warn", "warnings", "breach"),
            "order": _FIRST_WINS,
            "others": _SORTED,
        },
    ),
    "group_sla_policies": Kind(
        _CLOCK,
        {
            **_all(_CLOCK, "name", "groups", "targets", "hours"),
            "order": _order(_CLOCK, "nothing is moved"),
            "others": _SORTED,
        },
    ),
    "macros": Kind(
        _macro_does,
        {
            **_all(_WORK, "name", "for", "help", "active"),
            "then": _macro_does,
            **_all(_macro_adds, "files", "file_contents"),
        },
    ),
    "views": Kind(
        _WORK,
        _all(_WORK, "name", "when", "when_any", "columns", "sort", "group_by", "for", "active"),
    ),
    "surveys": Kind(_READ, {"name": _LABEL, "question": _READ}),
    "webhooks": Kind(
        _BOOKS,
        {
            **_all(_BOOKS, "name", "url", "method", "format", "auth", "signing"),
            "active": Verdict("agents", "what it tells is not told, or told again"),
        },
        _BOOKS,
    ),
    "dynamic_content": Kind(_READ, {"name": _LABEL, "text": _READ}),
    "skills": Kind(_ROUTED, _all(_ROUTED, "name", "values")),
    "queues": Kind(
        _ROUTED,
        {
            **_all(_ROUTED, "name", "when", "when_any", "priority", "groups", "fallback_groups"),
            "order": _order(_ROUTED, "nothing is moved"),
            "others": _SORTED,
        },
    ),
    "help_center": Kind(_READ, _all(_READ, "categories", "sections", "articles")),
    "settings": Kind(
        _settings,
        {
            "organization_tags": Verdict("customers", "promises by segment depend on it"),
            "macro_order": _WORK,
            "languages": Verdict("customers", "they are answered in these languages"),
            "zendesk": _vendors_setting,
        },
    ),
    "rollout": Kind(
        _acts,
        {
            **_rules("category").attributes,
            "soft_launch": Verdict("customers", "it says who is served where"),
            "mark": _AGENTS_SEE,
        },
    ),
    "order": Kind(
        _LATER,
        {
            **_all(_RULE_ORDER, "automations", "triggers", "trigger_categories"),
            **_all(_order(_AGENTS_SEE, "nothing is moved"), "views", "macros", "ticket_fields", "ticket_forms"),
            "sla_policies": _FIRST_WINS,
            "group_sla_policies": _order(_CLOCK, "nothing is moved"),
            "queues": _order(_ROUTED, "nothing is moved"),
            **_all(_SHOWN_ORDER, "help_center_categories", "help_center_sections", "articles"),
        },
    ),
    "scenarios": Kind(_FILES, _all(_FILES, "name", "ticket", "events", "expect")),
    "custom_objects": Kind(_WORK, _all(_WORK, "name", "plural", "help", "fields")),
    "deletion_schedules": Kind(
        _DELETES, {"name": _LABEL, **_all(_DELETES, "of", "when", "when_any", "active")}, _LABEL
    ),
    "integrations": Kind(_WORK, _all(_WORK, "slack", "crm", "engineering")),
    "slack_channels": Kind(
        _channel_in_slack,
        {**_all(_TEAM, "name", "topic", "purpose", "private", "people"), "webhook": _BOOKS},
        _channel_in_slack,
    ),
    "slack_user_groups": Kind(_TEAM, _all(_TEAM, "name", "handle", "people")),
    "alerts": Kind(
        Verdict("agents", "they are told of it in Slack"),
        {
            "name": _LABEL,
            **_all(Verdict("agents", "they are told of it in Slack"), "to", "when", "when_any", "text", "active"),
            "then": _does,
        },
    ),
    "crm_fields": Kind(_WORK, _all(_WORK, "object", "name", "type", "formula", "options", "options_from")),
    "crm_access": Kind(_DESK, {"name": _LABEL, **_all(_DESK, "read", "edit", "people")}),
    "crm_queues": Kind(_WORK, _all(_WORK, "name", "objects", "people")),
    "crm_mapping": Kind(_AGENTS_SEE, _all(_AGENTS_SEE, "written_by", "rows")),
    "help_center_categories": Kind(_READ, {**_all(_READ, "name", "zendesk.description"), "order": _SHOWN_ORDER}),
    "help_center_sections": Kind(
        _READ,
        {
            **_all(_READ, "name", "category", "section", "zendesk.description"),
            **_all(_SHOWN_ORDER, "order", "sections"),
        },
    ),
    "articles": Kind(
        _readers,
        {
            **_all(_readers, "name", "section", "body", "labels", "active", "zendesk.promoted"),
            **_all(_readers, "zendesk.comments_disabled", "pictures"),
            **_all(Verdict("customers", "it says who reads it"), "customers", "for", "zendesk.user_segment"),
            "readers": Verdict("agents", "only they read it"),
            "zendesk.permission_group": Verdict("agents", "it says who of them may change it"),
        },
    ),
}
"""What is noticed, by kind."""
