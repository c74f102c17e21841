"""What is live and not in these files: the rules among it that meet ours, and what they point to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from config.declaration import Declaration
from config.kinds import ALL_KINDS
from config.kinds.actions import SetAction
from config.kinds.conditions import FieldCondition
from config.ordering import REST
from config.results.plan import Change, ForeignRule, NotRead
from golive.runs.running import Session
from golive.wording.sentences import TAG_VERBS, action
from golive.wording.words import listed, plural_of, title_of
from provisioners.errors import SystemFault
from provisioners.resource import ResourceName
from provisioners.system import systems
from provisioners.translation import Names
from stacks.adoption.candidates import new_keys
from stacks.journal import Journal
from stacks.left_alone import LeftAlone, beside, kinds_listed
from stacks.state import ids, types

_OUR_RULES = ("triggers", "alerts", "automations", "sla_policies")
FEW = 3
"""So many names are said; of more, how many there are."""


def names_by_kind(objects: Iterable[LeftAlone]) -> dict[str, list[str]]:
    """Kind → what the objects are called."""
    found: dict[str, list[str]] = {}
    for each in objects:
        found.setdefault(each.kind, []).append(each.name)
    return {kind: found[kind] for kind in ALL_KINDS if kind in found}


def acting_beside(session: Session, names: Names, calls: dict[str, int]) -> tuple[list[LeftAlone], list[NotRead]]:
    """Rules that act by themselves, of kinds of which the files have nothing; and what of them was not read.

    calls: system → calls made; those that are made here are added.
    """
    found: list[LeftAlone] = []
    not_read = []
    includes = session.selection.includes
    listed_anyway = kinds_listed(session.compiled)
    for instance in dict.fromkeys(each.instance for each in session.compiled.resources):
        if instance in session.reached.down or instance not in session.reached.settings:
            continue
        for kind, type_ in systems()[session.reached.settings[instance].type].acting.items():
            if (instance, type_) in listed_anyway:
                continue
            try:
                rules = beside(session.reading(instance, calls), kind, type_, names)
                others = (each for each in rules if (type_, each.id) not in names.by_id)
                found += (each for each in others if includes(ResourceName(instance, kind, each.id)))
            except SystemFault as fault:
                not_read.append(NotRead(instance, fault.why, plural_of(kind).lower()))
    return found, not_read


def unseen(part: NotRead) -> str:
    """That rules which mail or work against ours may be there without being named."""
    return f"The {part.what} could not be read, so that none of them is named here: {part.why}"


def foreign_rules(session: Session, objects: Sequence[LeftAlone]) -> list[ForeignRule]:
    """Rules that are on and either mail somebody or set what our rules set or ask for: those that were made since our
    last run come first, then those that mail customers, then those that work against ours."""
    declaration = session.opened.loaded.declaration
    touched = _touched(declaration)
    replaced = {str(item.value.replaces): f"triggers/{key}" for key, item in declaration.of("triggers").items()}
    last = Journal.of(session.record.journal).last_look
    keys = _keys(declaration, objects)
    found = []
    for each in objects:
        meets = dict.fromkeys(rule for what in _set_by(each.then) for rule in touched.get(what, ()))
        if each.mails or meets:
            found.append(
                ForeignRule(
                    each.system,
                    each.kind,
                    each.id,
                    each.name,
                    "; ".join(action(entry, session.terms) for entry in each.then),
                    mails=list(each.mails),
                    meets=list(meets),
                    replaced_by=replaced.get(each.name),
                    key=keys[each.kind, each.id],
                    made_at=each.made_at or None,
                    is_new=_is_since(each.made_at, last),
                    page=session.page_of(each.system, each.type, each.id),
                )
            )
    return sorted(found, key=lambda rule: (not rule.is_new, "customers" not in rule.mails, not rule.meets))


def _is_since(made_at: str, last: datetime | None) -> bool:
    """Whether something was made after a run had begun; where the vendor or the journal does not say, it is old."""
    try:
        made = datetime.fromisoformat(made_at)
    except ValueError:
        return False
    return last is not None and (made if made.tzinfo else made.replace(tzinfo=UTC)) >= last


def _keys(declaration: Declaration, objects: Iterable[LeftAlone]) -> dict[tuple[str, str], str]:
    """(kind, id) → the key under which `golive adopt` would write an object."""
    wishes: dict[str, dict[str, list[str]]] = {}
    for each in objects:
        wishes.setdefault(each.kind, {})[each.id] = [each.name]
    return {
        (kind, identifier): key
        for kind, named in wishes.items()
        for identifier, key in new_keys(kind, named, set(declaration.of(kind))).items()
    }


def _set_by(then: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What actions set: fields, and tags as `tag:vip`."""
    for entry in then:
        if "set" in entry:
            yield str(entry["set"])
        for verb in TAG_VERBS:
            yield from (f"tag:{tag}" for tag in entry.get(verb, ()))


def _touched(declaration: Declaration) -> dict[str, list[str]]:
    """What our rules set or ask for → these rules, as kind/key."""
    found: dict[str, list[str]] = {}
    for kind in _OUR_RULES:
        for key, item in declaration.of(kind).items():
            if not getattr(item.value, "active", True) or item.value.existing or not ALL_KINDS[kind].applied:
                continue
            for what in dict.fromkeys([*_asked(item.value), *_does(item.value)]):
                found.setdefault(what, []).append(f"{kind}/{key}")
    return found


def _asked(rule: Any) -> Iterator[str]:
    for condition in (*(rule.when or ()), *(rule.when_any or ())):
        if isinstance(condition, FieldCondition) and condition.field == "tags":
            yield from (f"tag:{value}" for value in condition.values)
        elif isinstance(condition, FieldCondition):
            yield condition.field


def _does(rule: Any) -> Iterator[str]:
    for entry in getattr(rule, "then", None) or ():
        if isinstance(entry, SetAction):
            yield entry.set
        for verb in TAG_VERBS:
            yield from (f"tag:{tag}" for tag in getattr(entry, verb, None) or ())


def behind(session: Session, objects: Sequence[LeftAlone]) -> Iterator[str]:
    """That our first SLA policies come behind those that are not in these files: the first that fits a ticket wins."""
    declaration = session.opened.loaded.declaration
    others = [each.name for each in objects if each.kind == "sla_policies"]
    held = any(ResourceName.of(name).kind == "sla_policies" for name in ids(session.state))
    order = getattr(declaration.single("order"), "sla_policies", None) or ()
    if not others or held or REST in order or not declaration.of("sla_policies"):
        return
    some = listed(f"“{name}”" for name in others[:FEW])
    more = f" and {len(others) - FEW} more" if others[FEW:] else ""
    yield (
        f"Your SLA policies come behind those that are not in these files: {some}{more}. The first that fits a ticket "
        'wins. To put yours first:  order: {sla_policies: [your keys, "..."]}'
    )


def pointing(session: Session, changes: Iterable[Change], objects: Sequence[LeftAlone]) -> Iterator[str]:
    """A line for each object that would be deleted while something that is not in these files points to it."""
    id_of, type_of = ids(session.state), types(session.state)
    for change in changes:
        name = str(ResourceName(change.system, change.kind, change.key))
        if change.action not in ("delete", "replace") or name not in id_of:
            continue
        place = (type_of[name], id_of[name])
        rules = [each for each in objects if each.system == change.system and place in each.points_to]
        if rules:
            vendor = session.vendor(change.system)
            what = f"The {title_of(change.kind)} “{change.name or change.key}” is to be deleted"
            of_many = f"{len(rules)} rules that are not" if rules[1:] else "1 rule that is not"
            some = listed(f"“{each.name}”" for each in rules[:FEW])
            more = f" and {len(rules) - FEW} more" if len(rules) > FEW else ""
            yield f"{what}, and {of_many} in these files still name it in {vendor}: {some}{more}. Change them first."
