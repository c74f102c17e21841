"""Keys, former keys and names identify one object each (grammar 2, 3, 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.kinds import ALL_KINDS
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.vocabulary import PRIORITIES
from config.words import priority_hint

_READ = (
    "existing", "name", "email", "address", "type", "of", "object", "options", "options_from", "was", "why", "by_hand",
    "allow", "incoming_webhook", "project",
)  # fmt: skip
"""What an object that is there already is looked up by, or what others need to know of it."""
_FOUND_IN = {"help_center_sections": "category", "articles": "section"}
"""What an object is in without which its name does not tell it apart."""


CATALOGUE = (
    Rule(
        "name.twice",
        "error",
        "Two objects of one kind have the same name.",
        "Systems find them by their name; people and golive could not tell them apart.",
        "Give each its own name.",
        excused=True,
    ),
    Rule(
        "was.alive",
        "error",
        "A former key is still in use by another object.",
        "What was renamed and what is there could not be told apart, and customers' data would follow the wrong one.",
        "Remove `was`, or the object that still has the key.",
    ),
    Rule(
        "was.twice",
        "error",
        "Two objects say that they had the same key before.",
        "One object cannot become two.",
        "Remove `was` from the one that is new.",
    ),
    Rule(
        "existing.name",
        "error",
        "An object that is there already says no name to look it up by.",
        "It cannot be found.",
        "Add its name, or the address of a person, as it stands in the system.",
    ),
    Rule(
        "existing.vendor-default",
        "error",
        "`vendor_default` stands at a kind of which a new account has no objects.",
        "There is nothing of the vendor's to write to.",
        "Write  existing: true  to use the one that is there.",
    ),
    Rule(
        "existing.never-written",
        "warning",
        "An attribute is said of an object that is only looked up.",
        "It looks as if golive would set it, and it never does.",
        "Remove it, or take the object over with `golive adopt`.",
    ),
    Rule(
        "people.email-twice",
        "error",
        "Two people have the same e-mail address.",
        "The helpdesk knows people by their address: both would be one person.",
        "Let one person stand once.",
    ),
    Rule(
        "people.default-group",
        "error",
        "Somebody's default group is not among the person's groups.",
        "The helpdesk refuses it.",
        "List the group under `groups`, too.",
    ),
    Rule(
        "channels.address-twice",
        "error",
        "An e-mail address belongs to two channels.",
        "The helpdesk takes each address once, in capital letters or not.",
        "Let it stand once.",
    ),
    Rule(
        "priorities.key",
        "error",
        "A priority has a key that is none of the helpdesk's four.",
        "Rules and promises know urgent, high, normal and low only.",
        "Use one of them, and say your own word under `name`.",
    ),
    Rule(
        "reference.twice",
        "error",
        "A list names the same object twice.",
        "The helpdesk keeps one of them, and the plan would never be empty.",
        "Name it once.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    for kind, objects in scope.declaration.objects.items():
        yield from _former_keys(list(objects.values()), scope)
        yield from _looked_up(list(objects.values()))
        yield from _never_written(list(objects.values()))
        if ALL_KINDS[kind].unique_name:
            yield from _same_names(list(objects.values()))
    yield from _people(scope)
    yield from _alerts(scope)
    yield from _addresses(scope)
    yield from _named_twice(scope)
    for key, item in scope.declaration.of("priorities").items():
        if key not in PRIORITIES:
            yield item.finding(
                "priorities.key", "error", (), f"`{key}` is not a priority of the helpdesk",
                priority_hint(key), of_key=True,
            )  # fmt: skip


def _looked_up(objects: list[Declared]) -> Iterator[Finding]:
    """What is there already is found by a name, so one must be said."""
    for item in objects:
        existing = getattr(item.value, "existing", None)
        by = "email" if item.kind == "people" else "name"
        if existing in (True, "vendor_default") and hasattr(item.value, by) and getattr(item.value, by) is None:
            yield item.finding(
                "existing.name", "error", ("existing",), f"it is to be looked up by its {by}, and that is not said",
                f"Add  {by}: …  as it stands in the system.",
            )  # fmt: skip


def _never_written(objects: list[Declared]) -> Iterator[Finding]:
    """What is there already is not changed; only rules that came with the vendor can be, attribute by attribute."""
    for item in objects:
        existing = getattr(item.value, "existing", None)
        kind = ALL_KINDS[item.kind]
        vendors = item.value.comes_with_vendor
        if existing == "vendor_default" and not vendors:
            yield item.finding(
                "existing.vendor-default", "error", ("existing",), f"no {kind.title} comes with the helpdesk",
                "Write  existing: true  to use the one that is there; it is looked up and never changed.",
            )  # fmt: skip
        if not existing or existing == "vendor_default" or not kind.applied:
            continue
        hint = "Remove it; or remove `existing` and take the object over with `golive adopt`."
        if vendors:
            hint = "Remove it, or write  existing: vendor_default : then what is listed is written."
        written = [(info.alias or name, name) for name, info in type(item.value).model_fields.items()]
        read = (*_READ, "vendor", _FOUND_IN.get(item.kind))
        said = [word for word, name in written if item.value.given(name) and name not in read]
        for word in (*said, *item.value.vendor):
            yield item.finding(
                "existing.never-written", "warning", (word,),
                f"`{word}` is never written: the {kind.title} is `existing`", hint, of_key=True,
            )  # fmt: skip


def _former_keys(objects: list[Declared], scope: Scope) -> Iterator[Finding]:
    taken: dict[str, Declared] = {}
    for item in objects:
        was = getattr(item.value, "was", None)
        if was is not None and was in taken:
            yield item.finding(
                "was.twice", "error", ("was",), f"`{taken[was].key}` says already that it was `{was}`",
                "One object cannot become two; remove `was` from the one that is new.",
            )  # fmt: skip
        if was is not None:
            taken.setdefault(was, item)
        if was is not None and was in scope.known.get(item.kind, set()):
            yield item.finding(
                "was.alive", "error", ("was",), f"`{was}` is still declared, so it cannot have become `{item.key}`",
                "Remove one of the two.",
            )  # fmt: skip
        choices = item.value.choices() if hasattr(item.value, "choices") else {}
        for key, option in choices.items():
            if option.was in choices:
                yield item.finding(
                    "was.alive", "error", ("options", key, "was"),
                    f"the option `{option.was}` is still declared, so it cannot have become `{key}`",
                    "Remove one of the two.",
                )  # fmt: skip


def _same_names(objects: list[Declared]) -> Iterator[Finding]:
    by_name: dict[str, list[Declared]] = defaultdict(list)
    for item in objects:
        scope_of = getattr(item.value, "of", "")
        by_name[f"{scope_of} {item.name.strip().casefold()}"].append(item)
    for same in by_name.values():
        for item in same[1:]:
            yield item.finding(
                "name.twice", "error", ("name",),
                f"the {ALL_KINDS[item.kind].title} `{same[0].key}` has the same name ({same[0].position})",
                "Give each its own name: people and golive tell them apart by it.",
            )  # fmt: skip


def _people(scope: Scope) -> Iterator[Finding]:
    seen: dict[str, Declared] = {}
    for item in scope.declaration.of("people").values():
        email = (item.value.email or "").casefold()
        if email in seen:
            yield item.finding(
                "people.email-twice", "error", ("email",), f"`{seen[email].key}` has the same e-mail address",
                "One person stands once.",
            )  # fmt: skip
        seen[email] = item
        default, groups = item.value.default_group, item.value.groups
        if default is not None and default not in groups and not scope.is_wrong(item, ("groups",)):
            yield item.finding(
                "people.default-group", "error", ("default_group",),
                "`default_group` must be one of the person's `groups`",
                f"They are {', '.join(groups)}." if groups else "List it under `groups`, too.",
            )  # fmt: skip


def _alerts(scope: Scope) -> Iterator[Finding]:
    """An alert becomes a trigger, so that the two share their names."""
    triggers = {item.name.strip().casefold(): item for item in scope.declaration.of("triggers").values() if item.name}
    for item in scope.declaration.of("alerts").values():
        same = triggers.get(item.name.strip().casefold())
        if same is not None:
            yield item.finding(
                "name.twice", "error", ("name",),
                f"the trigger `{same.key}` has the same name ({same.position}), and an alert becomes a trigger",
                "Give each its own name: people and golive tell them apart by it.",
            )  # fmt: skip


def _addresses(scope: Scope) -> Iterator[Finding]:
    seen: dict[str, Declared] = {}
    for item in scope.declaration.of("channels").values():
        existing = item.value.existing
        said = getattr(item.value, "address", None)
        folded = str(said or (existing if isinstance(existing, str) else "")).strip().casefold()
        if "@" not in folded:
            continue
        if folded in seen:
            yield item.finding(
                "channels.address-twice", "error", ("address" if said else "existing",),
                f"`{seen[folded].key}` has the same address ({seen[folded].position})",
                "An address stands once, in capital letters or not.",
            )  # fmt: skip
        seen.setdefault(folded, item)


def _named_twice(scope: Scope) -> Iterator[Finding]:
    """A list that names one object twice. In conditions that does no harm."""
    seen: set[tuple[str, str, Path_, str]] = set()
    for item, reference in scope.references:
        *place, index = reference.path or ("",)
        if not isinstance(index, int) or place[0] in ("when", "when_any"):
            continue
        known = (item.kind, item.key, tuple(place), reference.text)
        if known in seen:
            yield item.finding(
                "reference.twice", "error", reference.path, f"`{reference.text}` stands twice in this list",
                "Name it once.",
            )  # fmt: skip
        seen.add(known)
