"""Escalations: what of a ticket fills an issue, and how its status comes back; types and options fit on both sides.

What only the live tracker knows (its issue types, its priorities) is asked when planning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from config.declaration import Declared
from config.findings import Finding
from config.kinds.actions import AddTagsAction
from config.kinds.engineering import MESSAGE, PRIORITIES, IssueField, IssueRow
from config.rules.rule import Rule
from config.rules.scope import Scope, did_you_mean

MISSING = Rule(
    "GL-F05",
    "error",
    "The hand-over to engineering leaves out priority, description or what it does to the customer.",
    "Without the three every bug looks alike, and the loudest is mended first.",
    "Add a row for it under `fields`.",
    excused=True,
)
ONE_WAY = Rule(
    "GL-J01",
    "error",
    "The tracker gives no status back.",
    "Agents cannot say how it stands, and ask engineers for it.",
    "Say under `comes_back` which ticket field shows it.",
    excused=True,
)
TWICE = Rule(
    "escalations.field-twice",
    "error",
    "Two rows fill the same field of the issue.",
    "Only one of them can.",
    "Remove one.",
)
UNFIT = Rule(
    "escalations.field-unfit",
    "error",
    "A field of the issue cannot be filled from what the row names.",
    "It would arrive empty, or be refused.",
    "Name what fits: `priority`, `message`, or a ticket field that holds a text or choices.",
)
WORDS = Rule(
    "escalations.words",
    "error",
    "The tracker's words for the ticket's values are not complete, or are for values that there are not.",
    "An issue with such a value would be refused or arrive without it.",
    "Write one word of the tracker's for each value of the ticket.",
)
STATUS = Rule(
    "escalations.status",
    "error",
    "The field for the issue's status, or its first option, does not fit.",
    "The status would be shown nowhere.",
    "Name a ticket field of type dropdown, and one of its options.",
)
ELSEWHERE = Rule(
    "escalations.other-project",
    "error",
    "A component or label belongs to another project than the escalation's.",
    "The tracker refuses an issue with it.",
    "Name one of the same project, or change the project.",
)
ALSO = Rule(
    "escalations.also-tagged",
    "note",
    "Something else adds the tag by which an escalation is asked for.",
    "Whatever it is used on becomes an issue, too.",
    "Take the tag out there, or leave it if that is meant: two macros for one thing are one too many.",
)
CATALOGUE = (MISSING, ONE_WAY, TWICE, UNFIT, WORDS, STATUS, ELSEWHERE, ALSO)

_CALLED = {
    "priority": "the priority",
    "description": "the description",
    "customer_impact": "what it does to the customer",
}
_FITS: dict[IssueField, tuple[str, ...]] = {
    "priority": ("priority",),
    "description": (MESSAGE, "text", "textarea"),
    "customer_impact": ("text", "textarea", "dropdown"),
}
"""By what a field of the issue can be filled: a word, or a type of ticket field."""


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration.of("escalations").values():
        yield from _rows(item, scope)
        yield from _comes_back(item, scope)
        yield from _projects(item, scope)
        yield from _also_tagged(item, scope)


def _rows(item: Declared, scope: Scope) -> Iterator[Finding]:
    count = Counter(row.issue for row in item.value.fields)
    missing = [name for name in get_args(IssueField) if name not in count]
    if missing:
        said = " and ".join(_CALLED[name] for name in missing)
        hint = "Add  " + ",  ".join(f"- {{issue: {name}, ticket: …}}" for name in missing)
        yield MISSING.found(item, ("fields",), f"the issue does not get {said}", hint)
    seen: set[str] = set()
    for index, row in enumerate(item.value.fields):
        if row.issue in seen:
            yield TWICE.found(item, ("fields", index, "issue"), f"`{row.issue}` is filled by another row, too")
        seen.add(row.issue)
        yield from _row(item, index, row, scope)


def _row(item: Declared, index: int, row: IssueRow, scope: Scope) -> Iterator[Finding]:
    here = ("fields", index)
    field = scope.declaration.get("ticket_fields", row.ticket)
    if row.ticket not in ("priority", MESSAGE) and field is None:
        return  # an unknown reference is said as such
    type_ = field.value.type if field is not None else row.ticket
    fits = _FITS[row.issue]
    if type_ not in fits:
        what = "" if field is None else f", a {type_}"
        yield UNFIT.found(
            item, (*here, "ticket"), f"`{row.ticket}`{what} cannot fill {_CALLED[row.issue]}",
            f"It takes {_taken(fits)}.",
        )  # fmt: skip
        return
    said = row.as_ or {}
    if row.issue != "priority":
        if said:
            yield WORDS.found(
                item, (*here, "as"), "only the priority has words of its own in the tracker", "Remove `as`.",
                of_key=True,
            )  # fmt: skip
        return
    lacking = [value for value in PRIORITIES if value not in said]
    if lacking:
        told = ", ".join(f"{value}: …" for value in PRIORITIES)
        yield WORDS.found(
            item, (*here, "as") if said else here,
            f"the tracker's priority is not said for {', '.join(lacking)}", f"Write  as: {{{told}}}",
        )  # fmt: skip
    for value in said:
        if value not in PRIORITIES:
            yield WORDS.found(
                item, (*here, "as", value), f"there is no priority `{value}`", did_you_mean(value, PRIORITIES),
                of_key=True,
            )  # fmt: skip


def _taken(types: tuple[str, ...]) -> str:
    words = [f"`{each}`" if each in ("priority", MESSAGE) else f"a ticket field of type {each}" for each in types]
    return " or ".join(words)


def _options(key: str, scope: Scope) -> list[str] | None:
    """The options of a dropdown; None for any other field, and where the files do not say them."""
    field = scope.declaration.get("ticket_fields", key)
    if field is None or field.value.type != "dropdown":
        return None
    if field.value.options_from is not None:
        return list(scope.declaration.of("segments"))
    return None if field.value.options is None else list(field.value.options)


def _comes_back(item: Declared, scope: Scope) -> Iterator[Finding]:
    back = item.value.comes_back
    if back is None:
        yield ONE_WAY.found(item, (), "nothing says how agents see what becomes of the issue", of_key=True)
        return
    field = scope.declaration.get("ticket_fields", back.status)
    if field is None:
        return
    if field.value.type != "dropdown":
        yield STATUS.found(
            item, ("comes_back", "status"), f"`{back.status}` is a {field.value.type}, and no dropdown",
            "Declare a dropdown with the states that agents are to see.",
        )  # fmt: skip
        return
    options = _options(back.status, scope)
    if options is not None and back.at_first not in options:
        yield STATUS.found(
            item, ("comes_back", "at_first"), f"`{back.status}` has no option `{back.at_first}`",
            did_you_mean(back.at_first, options),
        )  # fmt: skip


def _projects(item: Declared, scope: Scope) -> Iterator[Finding]:
    for attribute, kind in (("components", "engineering_components"), ("labels", "engineering_labels")):
        for index, key in enumerate(getattr(item.value, attribute)):
            named = scope.declaration.get(kind, key)
            if named is not None and named.value.project not in (None, item.value.project):
                yield ELSEWHERE.found(
                    item, (attribute, index),
                    f"`{key}` belongs to the project `{named.value.project}`, and the issue to `{item.value.project}`",
                )  # fmt: skip


def _also_tagged(item: Declared, scope: Scope) -> Iterator[Finding]:
    """Macros and rules of these files that add the escalation's tag."""
    for kind in ("macros", "triggers", "automations"):
        for key, other in scope.declaration.of(kind).items():
            actions = other.value.then or ()
            if any(isinstance(each, AddTagsAction) and item.value.tag in each.add_tags for each in actions):
                said = f"`{kind}/{key}` adds this tag, too: what it is used on becomes an issue"
                yield ALSO.found(item, ("tag",), said)
