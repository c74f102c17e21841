"""What happens to each object between two declarations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from config.applied import not_sent
from config.declaration import Declared
from config.document import read_document
from config.environment import SETTINGS_KEY, Environment
from config.findings import Position
from config.kinds import ALL_KINDS
from config.results.plan import Change, Difference
from config.results.review import ReviewAction, ReviewChange, Risk
from golive.changes.changed import LEAVES, Changed
from golive.changes.declared import Data, Side, kinds_to_compare, renamed_keys, with_renamed_options
from golive.changes.given import Given, given_elsewhere
from golive.changes.noticing import audience_of
from golive.changes.risk import Context
from golive.changes.risks import RANK, risks_of
from golive.screens.change_lines import says, settings_say, waits
from golive.screens.remarks import renamed_pairs
from golive.terminal.masking import masked_data, masked_differences
from golive.wording.words import ENDS, KEPT_BY, ORDER, STAYS_WHILE_USED, Terms, plural_of, title_of
from provisioners.payload import digest
from stacks.difference import differences
from stacks.leaving import chosen

_AUDIENCES = ("customers", "agents", "nobody")
_ORDERED = [word for word, kind in ALL_KINDS.items() if kind.ordered and word != "triggers"]
_ORDERED += ["macros", "ticket_fields", "ticket_forms"]
"""Kinds whose order is compared; that of triggers is their category's."""
Found = tuple[Changed, ReviewChange, Callable[[str], Position]]
"""A change, how it is shown, and where each of its attributes stands."""
FEW = 5
"""So many of what looks alike are named."""
STAYS = "left as it is where it was taken over"
TAKEN_OVER = f"deleted where golive made it, {STAYS}"


@dataclass
class Compared:
    """digest: of the content of the change alone. remarks: what a person should know of the comparison."""

    changes: list[ReviewChange] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)
    digest: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass
class Changes:
    """known: keys of the old side that are declared there, validly or not. The environments of both sides by name."""

    old: Side
    new: Side
    known: Mapping[str, Collection[str]]
    old_environments: Mapping[str, Environment]
    new_environments: Mapping[str, Environment]
    mask: Callable[[str], str]
    """Takes secrets out of a text."""
    helpdesk: str = "the helpdesk"
    """What people call the product."""

    def __post_init__(self) -> None:
        self.renamed = renamed_keys(self.old.declaration, self.new.declaration)
        self._former = {(kind, key): was for (kind, was), key in self.renamed.items()}
        self._not_sent = not_sent(self.new.declaration)
        before, after = (Terms.of(side.declaration) for side in (self.old, self.new))
        self.terms = Terms(
            {**before.priorities, **after.priorities},
            {**before.called, **after.called},
            {key: {**before.options.get(key, {}), **options} for key, options in after.options.items()},
        )
        self._in_chat = bool(self.old.declaration.of("slack_channels"))
        self._likes = [_likes(side) for side in (self.old, self.new)]

    def all(self) -> Compared:
        """Every change, with its risks."""
        found = Compared()
        content: list[Any] = []
        pairs: list[tuple[Changed, ReviewChange]] = []
        for change, shown, place in [*self._objects(), *self._orders(), *self._environments()]:
            pairs.append((change, shown))
            content.append([change.kind, change.key, change.action, shown.was, change.diff])
            given = self._given(change, shown.was)
            context = Context(
                self.terms, self._likes[0], self._likes[1], shown.waits, self._in_chat, self.helpdesk, given
            )
            for note in risks_of(self._safe(change), context):
                at = place(note.path)
                here = ("", 0) if change.leaves else (at.file, at.line)
                found.risks.append(Risk(note.risk, change.kind, change.key, note.text, *here))
        found.risks.sort(key=lambda risk: RANK[risk.risk])
        worst = {(each.kind, each.key): RANK[each.risk] for each in reversed(found.risks)}
        found.changes = sorted(
            (shown for _, shown in pairs),
            key=lambda each: (_AUDIENCES.index(each.audience), worst.get((each.kind, each.key), len(RANK))),
        )
        found.digest = digest(sorted(map(_as_content, content))) if content else digest([])
        found.remarks = list(_renamed_by_mistake(change for change, _ in pairs))
        return found

    def _given(self, change: Changed, was: str | None) -> tuple[Given, ...]:
        """What the files give a person elsewhere, on both sides; nothing of other kinds."""
        if change.kind != "people":
            return ()
        return given_elsewhere(change.key, self.old.declaration, self.new.declaration, was)

    def _objects(self) -> Iterator[Found]:
        for kind in kinds_to_compare(self.old.declaration, self.new.declaration):
            old, new = self.old.declaration.of(kind), self.new.declaration.of(kind)
            for key, item in new.items():
                was = self._former.get((kind, key))
                before = old.get(was or key)
                if before is None and key in self.known.get(kind, ()):
                    yield self._not_comparable(item)
                    continue
                action: ReviewAction = "create" if before is None else "rename" if was else "update"
                change = self._changed(action, before, item)
                if change.diff or action != "update":
                    yield change, self._shown(change, item, was), _in_object(item, change)
            for key, item in old.items():
                if key not in new and (kind, key) not in self.renamed:
                    change = self._changed(_way_out(item), item, None)
                    yield change, self._shown(change, item), _in_object(item, change)

    def _changed(self, action: ReviewAction, before: Declared | None, after: Declared | None) -> Changed:
        """One object on both sides, as far as they have it."""
        item = after or before
        assert item is not None  # noqa: S101
        was = self.old.data(before, self.renamed) if before else {}
        will = self.new.data(after) if after else {}
        if before and after:
            was = with_renamed_options(was, after)
        if item.kind == "trigger_categories":
            was, will = self._with_orders(before, after, was, will)
        either = after is None and action == "delete" and item.value.removal == "delete_ours"
        return Changed(item.kind, item.key, item.name, action, was, will, differences(was, will), either)

    def _with_orders(self, before: Declared | None, after: Declared | None, was: Data, will: Data) -> tuple[Data, Data]:
        """A category says the order of those of its triggers that both sides have."""
        was, will = ({name: part for name, part in each.items() if name != "order"} for each in (was, will))
        if before is None or after is None:
            return was, will
        old = [self.renamed.get(("triggers", key), key) for key in self.old.order("triggers", before.key)]
        new = self.new.order("triggers", after.key)
        return {**was, "order": [key for key in old if key in new]}, {
            **will,
            "order": [key for key in new if key in old],
        }

    def _shown(self, change: Changed, item: Declared, was: str | None = None) -> ReviewChange:
        leaves = change.action in LEAVES
        safe = self._safe(change)
        lines = says(safe, self.terms, () if leaves else self.new.given(item))
        return ReviewChange(
            change.kind,
            change.key,
            change.name,
            change.action,
            audience_of(change),
            safe.diff,
            [*lines, *self._stands(change)],
            leaves=_leaving(change, item) if leaves else "",
            waits="" if leaves else waits(item.value),
            note="" if leaves else self._note(item),
            file=item.position.file,
            line=item.position.line,
            was=was,
        )

    def _safe(self, change: Changed) -> Changed:
        """The change as it may be shown."""
        kind, mask = change.kind, self.mask
        old, new = masked_data(kind, change.old, mask), masked_data(kind, change.new, mask)
        return replace(change, old=old, new=new, diff=masked_differences(kind, change.diff, mask))

    def _stands(self, change: Changed) -> Iterator[str]:
        """Where a new promise stands: the first that matches a ticket wins."""
        if change.kind != "sla_policies" or change.action != "create":
            return
        order = self.new.order("sla_policies")
        after = order[order.index(change.key) + 1 :]
        yield f"  stands before {self.terms.name('sla_policies', after[0])}" if after else "  stands last"

    def _note(self, item: Declared) -> str:
        if item.value.by_hand:
            return "a person does this by hand"
        if item.value.existing is True or item.value.existing not in (None, "vendor_default"):
            return "is there already, and is never written"
        return self._not_sent.get((item.kind, item.key), "")

    def _not_comparable(self, item: Declared) -> Found:
        """What was declared before and not valid."""
        change = Changed(item.kind, item.key, item.name, "update", {}, self.new.data(item))
        shown = self._shown(change, item)
        said = "  was declared before and not valid, so that it cannot be compared"
        audience = audience_of(Changed(item.kind, item.key, item.name, "create"))
        return change, replace(shown, audience=audience, says=[said]), _in_object(item, change)

    def _orders(self) -> Iterator[Found]:
        for kind in _ORDERED:
            old = [self.renamed.get((kind, key), key) for key in self.old.order(kind)]
            new = self.new.order(kind)
            before, after = [key for key in old if key in new], [key for key in new if key in old]
            if before == after or (kind not in _KEPT_IN_ORDER and not self._ordered(kind)):
                continue
            name = f"order of the {plural_of(kind)}"
            diff = [Difference("order", before, after)]
            change = Changed(kind, ORDER, name, "update", {"order": before}, {"order": after}, diff)
            item = self.new.declaration.get("order", "order") or self.new.declaration.of(kind)[new[0]]
            yield change, self._shown_order(change, item), _at(item.position)

    def _ordered(self, kind: str) -> bool:
        """Whether a side says the order of a kind for which the order of keys means nothing."""
        sides = (side.declaration.single("order") for side in (self.old, self.new))
        return any(getattr(each, kind, None) is not None for each in sides if each is not None)

    def _shown_order(self, change: Changed, item: Declared) -> ReviewChange:
        diff = [Difference("order", change.old["order"], change.new["order"])]
        lines = says(change, self.terms)
        place = item.position
        audience = audience_of(change)
        return ReviewChange(
            change.kind, change.key, change.name, "update", audience, diff, lines, file=place.file, line=place.line
        )

    def _environments(self) -> Iterator[Found]:
        old, new = self.old_environments, self.new_environments
        for name in dict.fromkeys([*new, *old]):
            was = self.old.model(old[name]) if name in old else {}
            will = self.new.model(new[name]) if name in new else {}
            diff = differences(was, will)
            if not diff:
                continue
            action: ReviewAction = "create" if not was else "none" if not will else "update"
            change = Changed("environments", name, name, action, was, will, diff)
            safe = self._safe(change)
            lines = settings_say(safe)
            leaves = "" if will else "it is not declared any more"
            place = _in_environment(self.new if will else self.old, name)
            where = place("")
            shown = ReviewChange(
                "environments", name, name, action, "nobody", safe.diff, lines, leaves, file=where.file, line=where.line
            )
            yield change, shown, place


_KEPT_IN_ORDER = [word for word, kind in ALL_KINDS.items() if kind.ordered]


def _likes(side: Side) -> dict[str, str]:
    return {key: item.value.like for key, item in side.declaration.of("roles").items() if item.value.like}


def _way_out(item: Declared) -> ReviewAction:
    """What leaving the files does to an object, as far as the files can say (grammar 5)."""
    value, kind = item.value, ALL_KINDS[item.kind]
    nothing_there = kind.used_only or not kind.applied or value.by_hand or value.is_built_in
    if nothing_there or value.existing is True or value.existing not in (None, "vendor_default"):
        return "none"
    return "release" if value.existing else chosen(value.removal, "made")


def _leaving(change: Changed, item: Declared) -> str:
    """The same in words."""
    value = item.value
    if value.by_hand:
        return "was made by a person, who takes it away"
    if not ALL_KINDS[item.kind].applied:
        return "this version never sent it"
    if change.action == "none":
        return "was there already and was never written; left as it is" if value.existing else "it is in no system"
    if change.kind in KEPT_BY and change.action == "delete":
        system, said = KEPT_BY[change.kind]
        whole = f"{said} where golive made it, as {system} cannot delete; {STAYS}"
        return whole if change.only_if_made else f"{said}; {system} cannot delete"
    if change.action == "delete" and change.kind in STAYS_WHILE_USED:
        said = STAYS_WHILE_USED[change.kind]
        return f"where golive made it, {said.replace(',', '')}; {STAYS}" if change.only_if_made else said
    if change.kind == "people" and change.action == "release":
        return "keeps what it has there, until a person takes it away by hand"
    if change.only_if_made:
        return TAKEN_OVER
    return ENDS[change.action].removeprefix("has left the files: ")


def _in_object(item: Declared, change: Changed) -> Callable[[str], Position]:
    """Where an attribute stands; in a list the first entry that is another one."""

    def place(path: str) -> Position:
        steps: list[str | int] = [step for step in path.split(".") if step]
        old, new = change.old.get(path), change.new.get(path)
        if isinstance(new, list) and isinstance(old, list | None):
            before = old or []
            differing = (index for index, each in enumerate(new) if index >= len(before) or before[index] != each)
            steps += [index for index in [next(differing, None)] if index is not None]
        return item.at(*steps) if steps else item.position

    return place


def _at(position: Position) -> Callable[[str], Position]:
    return lambda path: position


def _in_environment(side: Side, name: str) -> Callable[[str], Position]:
    """The same in an environment's file."""
    file = f"stacks/Pulumi.{name}.yaml"
    document = read_document(side.root / file, file)
    return lambda path: document.position(("config", SETTINGS_KEY, *path.split(".")), of_key=True)


def _as_content(entry: list[Any]) -> str:
    """A change as text, always the same for the same change."""
    kind, key, action, was, diff = entry
    return digest([kind, key, action, was, sorted((each.path, repr(each.old), repr(each.new)) for each in diff)])


def _renamed_by_mistake(changes: Iterator[Changed]) -> Iterator[str]:
    """Objects that leave while others come that are the same but for their names."""
    seen = [
        Change("", each.kind, each.key, "delete" if each.leaves else "create", each.diff, name=each.name)
        for each in changes
        if each.leaves or each.action == "create"
    ]
    pairs = list(renamed_pairs(seen))
    if pairs[FEW:]:
        yield f"{len(pairs)} objects leave while as many come that are alike; {FEW} of them:"
    for old, new in pairs[:FEW]:
        yield (
            f"{title_of(new.kind)} {old.key} leaves and {new.key} is new, and the two are alike: was only the key "
            f"renamed? Then write  was: {old.key}  under {new.key}, and nothing is made anew."
        )
