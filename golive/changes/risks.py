"""Why a change deserves a second look. Pure: one object before and after, in the vocabulary's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args
from urllib.parse import urlsplit

from config.duration import minutes
from config.registry import vendor_words
from config.results.plan import Difference
from config.results.review import RiskKind
from golive.changes.access_risks import access_risks
from golive.changes.awakening import at_stake, ceases, goes_live
from golive.changes.changed import Changed, Data, actions, mails_customers, reaches_customers
from golive.changes.guards import guard_risks
from golive.changes.publicity import widened
from golive.changes.risk import Context, Note, Rule, called, gone, lacking, spaced
from golive.wording.phrases import plain
from golive.wording.words import duration_of, value_of

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


def _values(change: Changed, context: Context) -> Iterator[Note]:
    what = called(change)
    if change.kind in ("ticket_fields", "customer_fields", "crm_fields", "ticket_forms"):
        if change.action == "delete":
            yield Note("loses_values", gone(change, what, "it is deleted, with every value that it holds"))
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
        said = f"{what} deletes {spaced(change.new.get('of') or 'what it meets')} for good, again and again."
        if not change.old or change.touched() & {"of", "when", "when_any", "active", "phase", "not_before"}:
            yield Note("loses_values", said, "when" if "when" in change.touched() else "")
    elif change.kind in ("people", "custom_objects", "crm_objects", "articles") and change.action == "delete":
        yield Note("loses_values", gone(change, what, "it is deleted"))
    elif change.kind == "segments" and change.leaves:
        yield Note(
            "option_leaves",
            f"{what} leaves the files: where fields take their choices from the segments, it stays, and can still be "
            "chosen.",
        )


def _option(option: Any) -> str:
    return str(option.get("name")) if isinstance(option, Mapping) else str(option)


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
            yield Note(risk, f"{called(change)} mails {whom}{which}{later}.", "then")
        elif matters and reaches_customers(new):
            yield Note("mails_customers", f"{called(change)} sends something to customers{later}.", "then")
        elif matters and unbound and (not old or restricts(old)):
            yield Note("touches_all", f"{called(change)} acts on tickets of all customers{later}.", "when")
    if change.kind in _RULES and (change.leaves or new.get("active", True) is False):
        ends = change.action in ("delete", "switch_off") or not change.leaves
        if ends and reaches_customers(old):
            said = f"{called(change)} sends nothing to customers any more."
            if change.leaves:
                said = gone(change, called(change), "it sends nothing to customers any more")
            yield Note("ends_rule", said, "active")
    if change.kind == "sla_policies" and not change.leaves and not restricts(new) and (not old or restricts(old)):
        yield Note("touches_all", f"{called(change)} holds for all customers whom no policy above it meets.", "when")


def _readers(change: Changed, context: Context) -> Iterator[Note]:
    found = None if change.leaves else widened(change.kind, change.old, change.new)
    if found:
        path = next((each for each in ("customers", "for", "then") if each in change.touched()), "")
        later = f" ({context.waits})" if context.waits else ""
        yield Note("widens_readers", f"{found.whom}: the {called(change)} {found.one}{later}.", path)


def _works(change: Changed, context: Context) -> Iterator[Note]:
    """A rule that begins to work earlier than before, or ceases although nobody else does its job."""
    if change.kind not in _RULES:
        return
    stake = at_stake(change.new)
    if stake and (since := goes_live(change)):
        path = next((each.path for each in change.diff if each.path in ("active", "phase", "not_before")), "")
        yield Note("goes_live", f"{called(change)} {since}; it {' and '.join(stake)}.", path)
    replaced = change.old.get("replaces")
    if replaced and ceases(change):
        yield Note(
            "job_left",
            f"{called(change)} had taken the place of the helpdesk's own “{replaced}”, which stays switched off: no "
            "rule does that job then. Switch it on there, if customers are to get it.",
        )


def _promises(change: Changed, context: Context) -> Iterator[Note]:
    if change.kind != "sla_policies":
        return
    if change.key.startswith("_"):
        said = "SLA policies stand in another order: the first that matches a ticket wins."
        yield Note("changes_sla", said, "order")
        return
    what = called(change)
    if change.leaves:
        if change.action in ("delete", "switch_off"):
            then = "it ends, and nothing is promised by it any more"
            yield Note("changes_sla", gone(change, what, then))
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
            yield Note("closes_channel", gone(change, called(change), f"{where} takes no mail any more"))
        elif not old and not change.leaves:
            yield Note("opens_channel", f"{called(change)}: customers can write to {where}.")
        elif old.get("address") != new.get("address") and not change.leaves:
            said = f"{called(change)}: {old.get('address')} takes no mail any more, and {where} does."
            yield Note("closes_channel", said, "address")
    elif change.kind == "webhooks" and not change.leaves:
        before, after = (_host(side) for side in (old, new))
        if before != after:
            instead = f" instead of {before}" if before else ""
            yield Note("sends_out", f"{called(change)} calls {after}{instead}.", "url")
    if change.kind in _RULES and not change.leaves:
        for target in lacking(_calls(new), _calls(old)):
            yield Note("sends_out", f"{called(change)} calls {context.terms.address(target)}.", "then")


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
            yield Note("sets_rule_aside", f"{called(change)} may break the check `{rule}`: {reason}", "x-allow")


def _guards(change: Changed, context: Context) -> Iterator[Note]:
    if change.kind == "environments":
        risk: RiskKind = "weakens_guard" if change.old else "opens_account"
        yield from (Note(risk, text, path) for text, path in guard_risks(change))


_ALL: tuple[Rule, ...] = (
    _values,
    _guards,
    access_risks,
    _readers,
    _customers,
    _works,
    _promises,
    _channels,
    _exceptions,
)


def _named(change: Changed, *paths: str) -> list[Difference]:
    return [each for each in change.diff if each.path in paths]
