"""Why a change deserves a second look. Pure: one object before and after, in the vocabulary's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args
from urllib.parse import urlsplit

from config.duration import minutes
from config.kinds.integrations import CrmObjectAccess
from config.kinds.roles import SCALES
from config.registry import vendor_words
from config.results.plan import Difference
from config.results.review import RiskKind
from golive.changes.awakening import at_stake, ceases, goes_live
from golive.changes.changed import Changed, Data, actions, mails_customers, reaches_customers
from golive.changes.given import Given
from golive.changes.guards import guard_risks
from golive.changes.notices import keeps
from golive.changes.publicity import widened
from golive.wording.phrases import phrase_of, plain
from golive.wording.words import Terms, duration_of, listed, title_of, value_of

TITLES: dict[RiskKind, str] = {
    "loses_values": "Values that people have entered are lost",
    "weakens_guard": "A safeguard gets weaker",
    "opens_account": "golive may work on a new account",
    "widens_readers": "More people get to see something",
    "removes_access": "Somebody loses access",
    "keeps_access": "Somebody keeps access",
    "gives_right": "Somebody gets more rights",
    "touches_all": "All customers are touched",
    "mails_customers": "Customers get mail",
    "goes_live": "A rule begins to work",
    "changes_sla": "A promise to customers changes",
    "closes_channel": "A way in is closed",
    "opens_channel": "A way in is opened",
    "sends_out": "Data of tickets go elsewhere",
    "invites": "Somebody is invited",
    "ends_rule": "Customers stop hearing from a rule",
    "job_left": "A job that no rule does any more",
    "option_leaves": "A choice leaves the files, and can still be chosen",
    "sets_rule_aside": "A check is set aside",
}
RANK = {risk: rank for rank, risk in enumerate(get_args(RiskKind))}
"""The most risky first."""
FEW = 4
"""So many cells of a promise are named; the change itself shows them all."""

_LIFECYCLE = (
    "status", "status_detail", "privacy", "current_user", "satisfaction", "reopens", "replies", "group_changes",
    "assignee",
)  # fmt: skip
"""What says in which state a ticket is, and not whose it is."""
_NARROW_NOTHING = (
    "is_not", "is_none_of", "empty", "has_none", "has_no_word", "contains_not", "changed", "not_changed",
    "not_changed_to", "not_changed_from",
)  # fmt: skip
_RULES = ("triggers", "automations", "alerts")
_LEVELS = ("", "light_agent", "agent", "admin")


@dataclass(frozen=True)
class Note:
    """One risk. path: the attribute that it is about, empty for the object."""

    risk: RiskKind
    text: str
    path: str = ""


@dataclass(frozen=True)
class Context:
    """What risks are told with. likes: role → the built-in role that it is like, before and after. waits: from when on
    the object works, where it does not at once."""

    terms: Terms = field(default_factory=Terms)
    likes_before: Mapping[str, str] = field(default_factory=dict)
    likes_after: Mapping[str, str] = field(default_factory=dict)
    waits: str = ""
    in_chat: bool = False
    """Whether people are in Slack channels of these files."""
    helpdesk: str = "the helpdesk"
    """What people call the product."""
    given: tuple[Given, ...] = ()
    """What the files give a person, before and after, whom they switch off or on."""


Rule = Callable[[Changed, Context], Iterable[Note]]


def risks_of(change: Changed, context: Context) -> list[Note]:
    """Every risk of one change, most risky first."""
    if change.is_never_written:
        return []
    found = [replace(note, text=sentence(note.text)) for rule in _ALL for note in rule(change, context)]
    return sorted(found, key=lambda note: RANK[note.risk])


def sentence(text: str) -> str:
    """The text with its first letter as a sentence has it."""
    return f"{text[:1].upper()}{text[1:]}"


def restricts(rule: Data) -> bool:
    """Whether a rule's conditions leave out some customers: by what they are, have or ask, not by a ticket's state."""
    either = rule.get("when_any") or []
    return any(map(_narrows, rule.get("when") or [])) or (bool(either) and all(map(_narrows, either)))


def _narrows(condition: Data) -> bool:
    """What stands in a vendor's own words is taken to leave somebody out: mostly it asks for a field of its own."""
    if any(word in condition for word in vendor_words()):
        return True
    if "field" not in condition or condition["field"] in _LIFECYCLE:
        return False
    return next((name not in _NARROW_NOTHING for name in condition if name != "field"), False)


def _called(change: Changed) -> str:
    return f"{title_of(change.kind)} “{change.name}”"


def _gone(change: Changed, what: str, then: str) -> str:
    """What follows from an object's leaving; no more than the files can tell."""
    if change.only_if_made:
        return f"{what} leaves the files. Where golive made it, {then}; where it was taken over, it stays."
    return f"{what} leaves the files: {then}."


def _values(change: Changed, context: Context) -> Iterator[Note]:
    what = _called(change)
    if change.kind in ("ticket_fields", "customer_fields", "crm_fields", "ticket_forms"):
        if change.action == "delete":
            yield Note("loses_values", _gone(change, what, "it is deleted, with every value that it holds"))
        for each in _named(change, "type", "of", "object"):
            if not change.leaves and each.old is not None and each.new is not None:
                yield Note(
                    "loses_values",
                    f"{what}: {each.path} {value_of(each.old)} → {value_of(each.new)} cannot be changed in place: it "
                    "would be removed and made anew, without its values. golive refuses to do it.",
                    each.path,
                )
        old, new = change.old.get("options"), change.new.get("options")
        if isinstance(old, Mapping) and isinstance(new, Mapping) and not change.leaves:
            for key in old:
                if key not in new:
                    said = (
                        f"{what}: the choice “{_option(old[key])}” leaves the files. In the system it stays, and can "
                        "still be chosen, so that nothing loses it; a plan says how many hold it. Only by hand is it "
                        "removed there."
                    )
                    yield Note("option_leaves", said, "options")
    elif change.kind == "deletion_schedules" and not change.leaves and change.new.get("active", True):
        said = f"{what} deletes {_spaced(change.new.get('of') or 'what it meets')} for good, again and again."
        if not change.old or change.touched() & {"of", "when", "when_any", "active", "phase", "not_before"}:
            yield Note("loses_values", said, "when" if "when" in change.touched() else "")
    elif change.kind in ("people", "custom_objects", "crm_objects", "articles") and change.action == "delete":
        yield Note("loses_values", _gone(change, what, "it is deleted"))
    elif change.kind == "segments" and change.leaves:
        yield Note(
            "option_leaves",
            f"{what} leaves the files: where fields take their choices from the segments, it stays, and can still be "
            "chosen.",
        )


def _option(option: Any) -> str:
    return str(option.get("name")) if isinstance(option, Mapping) else str(option)


def _access(change: Changed, context: Context) -> Iterator[Note]:
    match change.kind:
        case "people":
            yield from _person(change, context)
        case "roles":
            yield from _role(change)
        case "groups" if change.action == "delete":
            then = "it is deleted and its tickets have no group any more"
            yield Note("removes_access", _gone(change, _called(change), then))
        case "crm_access":
            yield from _crm_access(change, context)
        case "crm_objects":
            yield from _sharing(change)
        case "crm_queues":
            yield from _holders(change, context, f"the queue “{change.name}”")
        case "slack_channels":
            if change.action == "delete":
                then = "it is archived and nobody can write there any more"
                yield Note("removes_access", _gone(change, f"#{change.name.removeprefix('#')}", then))
            elif change.old.get("private") and change.new and not change.new.get("private"):
                yield Note("gives_right", f"#{change.name} becomes public: everybody can read it.", "private")


def _person(change: Changed, context: Context) -> Iterator[Note]:
    name = change.name
    if change.action == "delete":
        yield Note("removes_access", f"{name} loses the seat in the helpdesk.")
    elif change.action == "release":
        kept = keeps(name, groups=bool(change.old.get("groups")), in_chat=context.in_chat)
        yield Note("keeps_access", f"{kept}.")
    if change.leaves:
        return
    for group in _less(change.old.get("groups"), change.new.get("groups")) if change.old else ():
        called = context.terms.name("groups", group)
        yield Note("removes_access", f"{name} leaves the group {called}; open tickets lose their assignee.", "groups")
    if change.old and {True, False} == {side.get("active") is not False for side in (change.old, change.new)}:
        yield from _signing_in(change, context)
    before = context.likes_before.get(str(change.old.get("role")), "")
    after = context.likes_after.get(str(change.new.get("role")), "")
    if _LEVELS.index(after) > _LEVELS.index(before) and (change.old or after == "admin"):
        yield Note("gives_right", f"{name} becomes {_level(after)}{_was(before)}.", "role")
    elif _LEVELS.index(after) < _LEVELS.index(before):
        yield Note("removes_access", f"{name} becomes {_level(after)}{_was(before)}.", "role")
    invited, was = change.new.get("invite"), change.old.get("invite")
    if invited not in (None, "never", was):
        phase = invited.get("phase") if isinstance(invited, Mapping) else None
        when = f", when {_spaced(phase)} begins" if phase else ""
        yield Note("invites", f"{name} gets an invitation by mail and takes a seat{when}.", "invite")


def _signing_in(change: Changed, context: Context) -> Iterator[Note]:
    """Somebody who is switched off, or on again, and what comes with it elsewhere."""
    name, moved = change.name, [each for each in context.given if each.moves]
    whats = listed(_what(each, context) for each in moved)
    if change.new.get("active") is not False:
        also = f", and is given {whats} again" if moved else ""
        yield Note("gives_right", f"{name} can sign in to {context.helpdesk} again{also}.", "active")
        return
    said = f"{name} cannot sign in to {context.helpdesk} any more; tickets and groups stay."
    yield Note("removes_access", said, "active")
    if moved:
        yield Note("removes_access", f"{name} loses {whats}.", "active")
    stays = [each for each in context.given if not each.moves]
    if stays:
        whats = listed(_what(each, context) for each in stays)
        said = f"{name} stays in {whats}: golive takes nobody out there, a person does."
        yield Note("keeps_access", said, "active")


def _what(given: Given, context: Context) -> str:
    called = context.terms.name(given.kind, given.key)
    if given.kind == "slack_channels":
        return f"#{called.removeprefix('#')}"
    if given.kind == "slack_user_groups":
        return f"the Slack user group {called}"
    return f"{'the queue ' if given.kind == 'crm_queues' else ''}“{called}” in the CRM"


def _role(change: Changed) -> Iterator[Note]:
    if not change.old or change.leaves:
        return
    before, after = (str(side.get("like", "")) for side in (change.old, change.new))
    if before != after:
        higher = _LEVELS.index(after) > _LEVELS.index(before)
        risk: RiskKind = "gives_right" if higher else "removes_access"
        yield Note(risk, f"Everybody with the {_called(change)} becomes {_level(after)}{_was(before)}.", "like")
    for each in change.diff:
        if each.path.startswith("rights"):
            name = each.path.partition(".")[2]
            right = _spaced(name) or "rights"
            said = f"{_called(change)}: {right} {_spaced(value_of(each.old))} → {_spaced(value_of(each.new))}."
            yield Note("gives_right" if _is_more(name, each.old, each.new) else "removes_access", said, each.path)


def _is_more(right: str, before: Any, after: Any) -> bool:
    """Whether a role may do more than before."""
    scale = SCALES.get(right, ())
    if before in scale and after in scale:
        return scale.index(after) > scale.index(before)
    return bool(after)


def _level(like: str) -> str:
    return {"admin": "an admin", "agent": "an agent", "light_agent": "a light agent"}.get(like, "nobody")


def _was(before: str) -> str:
    return f" (was {_level(before)})" if before else ""


def _sharing(change: Changed) -> Iterator[Note]:
    """Who sees and changes records of others, of an object that stays."""
    before, after = (str(side.get("sharing", _SHARED[-1])) for side in (change.old, change.new))
    if change.leaves or not change.old or before == after or not {before, after} <= set(_SHARED):
        return
    wider = _SHARED.index(after) > _SHARED.index(before)
    said = f"{_called(change)}: records of others are {phrase_of('crm_objects', 'sharing').values[after]} then."
    yield Note("gives_right" if wider else "removes_access", said, "sharing")


_SHARED = ("private", "read", "edit")
_RIGHTS = get_args(CrmObjectAccess)


def _crm_access(change: Changed, context: Context) -> Iterator[Note]:
    old, new = change.old, {} if change.leaves else change.new
    yield from _holders(change, context, f"“{change.name}”")
    if change.action in ("release", "none") or not old or not new:
        return
    for path, word in (("edit", "change"), ("read", "read")):
        fields = [context.terms.name("crm_fields", key) for key in _less(new.get(path), old.get(path))]
        if fields:
            yield Note("gives_right", f"Those with “{change.name}” can {word} {listed(fields)} in the CRM.", path)
    for name, word in (new.get("objects") or {}).items():
        was = (old.get("objects") or {}).get(name)
        if word in _RIGHTS and word not in _RIGHTS[: _RIGHTS.index(was) + 1 if was in _RIGHTS else 0]:
            called = context.terms.name("crm_objects", name)
            said = f"Those with “{change.name}” can {word} {called} records in the CRM{f' (was {was})' if was else ''}."
            yield Note("gives_right", said, f"objects.{name}")


def _holders(change: Changed, context: Context, what: str) -> Iterator[Note]:
    """Who is given something in the CRM, and who loses it."""
    if change.action in ("release", "none"):
        return
    before, after = change.old.get("people"), {} if change.leaves else change.new.get("people")
    for key in _less(after, before):
        yield Note("gives_right", f"{context.terms.name('people', key)} is given {what} in the CRM.", "people")
    for key in _less(before, after):
        said = f"{context.terms.name('people', key)} loses {what} in the CRM"
        yield Note("removes_access", _gone(change, _called(change), said) if change.leaves else f"{said}.", "people")


def _customers(change: Changed, context: Context) -> Iterator[Note]:
    """Rules and promises that meet everybody, and what customers are sent."""
    new, old = change.new, change.old
    later = f" ({context.waits})" if context.waits else ""
    if change.kind in _RULES and not change.leaves and new.get("active", True) is not False:
        matters = not old or bool(change.touched() & {"when", "when_any", "then", "active", "text", "to"})
        mailed = mails_customers(new)
        unbound = not restricts(new) and ("when" in new or "when_any" in new)
        if matters and mailed:
            whom = " and ".join("requester and CCs" if each.endswith("ccs") else "the requester" for each in mailed)
            which = (
                ", whoever that is: no condition leaves out any customer" if unbound else " where its conditions hold"
            )
            risk: RiskKind = "touches_all" if unbound else "mails_customers"
            yield Note(risk, f"{_called(change)} mails {whom}{which}{later}.", "then")
        elif matters and reaches_customers(new):
            yield Note("mails_customers", f"{_called(change)} sends something to customers{later}.", "then")
        elif matters and unbound and (not old or restricts(old)):
            yield Note("touches_all", f"{_called(change)} acts on tickets of all customers{later}.", "when")
    if change.kind in _RULES and (change.leaves or new.get("active", True) is False):
        ends = change.action in ("delete", "switch_off") or not change.leaves
        if ends and reaches_customers(old):
            said = f"{_called(change)} sends nothing to customers any more."
            if change.leaves:
                said = _gone(change, _called(change), "it sends nothing to customers any more")
            yield Note("ends_rule", said, "active")
    if change.kind == "sla_policies" and not change.leaves and not restricts(new) and (not old or restricts(old)):
        yield Note("touches_all", f"{_called(change)} holds for all customers whom no policy above it meets.", "when")


def _readers(change: Changed, context: Context) -> Iterator[Note]:
    found = None if change.leaves else widened(change.kind, change.old, change.new)
    if found:
        path = next((each for each in ("customers", "for", "then") if each in change.touched()), "")
        later = f" ({context.waits})" if context.waits else ""
        yield Note("widens_readers", f"{found.whom}: the {_called(change)} {found.one}{later}.", path)


def _works(change: Changed, context: Context) -> Iterator[Note]:
    """A rule that begins to work earlier than before, or ceases although nobody else does its job."""
    if change.kind not in _RULES:
        return
    stake = at_stake(change.new)
    if stake and (since := goes_live(change)):
        path = next((each.path for each in change.diff if each.path in ("active", "phase", "not_before")), "")
        yield Note("goes_live", f"{_called(change)} {since}; it {' and '.join(stake)}.", path)
    replaced = change.old.get("replaces")
    if replaced and ceases(change):
        yield Note(
            "job_left",
            f"{_called(change)} had taken the place of the helpdesk's own “{replaced}”, which stays switched off: no "
            "rule does that job then. Switch it on there, if customers are to get it.",
        )


def _promises(change: Changed, context: Context) -> Iterator[Note]:
    if change.kind != "sla_policies":
        return
    if change.key.startswith("_"):
        said = "SLA policies stand in another order: the first that matches a ticket wins."
        yield Note("changes_sla", said, "order")
        return
    what = _called(change)
    if change.leaves:
        if change.action in ("delete", "switch_off"):
            then = "it ends, and nothing is promised by it any more"
            yield Note("changes_sla", _gone(change, what, then))
    elif not change.old:
        yield Note("changes_sla", f"{what} is a new promise.")
    else:
        cells = [each for each in change.diff if each.path.startswith("targets.")]
        promises = [text for each in cells for text in _cells(each, context)]
        if promises:
            more = f", and {len(promises) - FEW} more" if len(promises) > FEW else ""
            yield Note("changes_sla", f"{change.name}: {'; '.join(promises[:FEW])}{more}.", cells[0].path)
        if _named(change, "hours") or any(each.path.startswith("hours.") for each in change.diff):
            yield Note("changes_sla", f"{change.name}: its times are counted on another clock.", "hours")
        if change.touched() & {"when", "when_any"}:
            yield Note("changes_sla", f"{change.name}: it holds for other tickets than before.", "when")


def _cells(each: Difference, context: Context) -> Iterator[str]:
    """`P1: first reply 1 h → 30 min (shorter)`; a metric that comes or goes has a cell for each priority."""
    if isinstance(each.old, Mapping) or isinstance(each.new, Mapping):
        for name in dict.fromkeys([*(each.old or {}), *(each.new or {})]):
            inner = Difference(f"{each.path}.{name}", (each.old or {}).get(name), (each.new or {}).get(name))
            yield from _cells(inner, context)
        return
    old, new = (str(side or "none") for side in (each.old, each.new))
    if old == new:
        return
    length = {word: minutes(word) for word in (old, new) if word != "none"}
    end = ""
    if len(length) == 2:
        end = " (shorter)" if length[new] < length[old] else " (longer)"
    said = ["no promise" if word == "none" else duration_of(word) for word in (old, new)]
    _, metric, *priority = each.path.split(".")
    about = f"{context.terms.priorities.get(priority[0], priority[0])}: " if priority else ""
    yield f"{about}{plain(metric)} {said[0]} → {said[1]}{end}"


def _channels(change: Changed, context: Context) -> Iterator[Note]:
    new, old = change.new, change.old
    if change.kind == "channels":
        where = new.get("address") or old.get("address") or change.name
        if change.leaves and change.action == "delete":
            yield Note("closes_channel", _gone(change, _called(change), f"{where} takes no mail any more"))
        elif not old and not change.leaves:
            yield Note("opens_channel", f"{_called(change)}: customers can write to {where}.")
        elif old.get("address") != new.get("address") and not change.leaves:
            said = f"{_called(change)}: {old.get('address')} takes no mail any more, and {where} does."
            yield Note("closes_channel", said, "address")
    elif change.kind == "webhooks" and not change.leaves:
        before, after = (_host(side) for side in (old, new))
        if before != after:
            instead = f" instead of {before}" if before else ""
            yield Note("sends_out", f"{_called(change)} calls {after}{instead}.", "url")
    if change.kind in _RULES and not change.leaves:
        for target in _less(_calls(new), _calls(old)):
            yield Note("sends_out", f"{_called(change)} calls {context.terms.address(target)}.", "then")


def _host(webhook: Data) -> str:
    url = str(webhook.get("url") or "")
    if url.startswith("env:"):
        return f"the address in {url.removeprefix('env:')}"
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return "another address" if url else ""


def _calls(rule: Data) -> list[str]:
    return [str(each["call"]) for each in actions(rule) if "call" in each]


def _exceptions(change: Changed, context: Context) -> Iterator[Note]:
    allowed = change.new.get("x-allow") or {}
    for rule, reason in allowed.items() if isinstance(allowed, Mapping) and not change.leaves else ():
        if rule not in (change.old.get("x-allow") or {}):
            yield Note("sets_rule_aside", f"{_called(change)} may break the check `{rule}`: {reason}", "x-allow")


def _guards(change: Changed, context: Context) -> Iterator[Note]:
    if change.kind == "environments":
        risk: RiskKind = "weakens_guard" if change.old else "opens_account"
        yield from (Note(risk, text, path) for text, path in guard_risks(change))


_ALL: tuple[Rule, ...] = (_values, _guards, _access, _readers, _customers, _works, _promises, _channels, _exceptions)


def _named(change: Changed, *paths: str) -> list[Difference]:
    return [each for each in change.diff if each.path in paths]


def _less(first: Any, second: Any) -> list[str]:
    gone = second or []
    return [str(entry) for entry in first or [] if entry not in gone]


def _spaced(word: Any) -> str:
    return str(word or "").replace("_", " ")
