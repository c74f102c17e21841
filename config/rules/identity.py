"""Keys, former keys and names identify one object each (grammar 2, 3, 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.kinds import ALL_KINDS
from config.references import references_of
from config.rules.scope import Scope
from config.vocabulary import PRIORITIES
from config.words import priority_hint

_READ = (
    "existing", "name", "email", "address", "type", "of", "object", "options", "options_from", "was", "why", "by_hand",
    "allow",
)  # fmt: skip
"""What an object that is there already is looked up by, or what others need to know of it."""
_FOUND_IN = {"help_center_sections": "category", "articles": "section"}
"""What an object is in without which its name does not tell it apart."""


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
    for item in scope.declaration:
        if item.kind not in ("integrations", "help_center"):
            yield from _named_twice(item)
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


def _named_twice(item: Declared) -> Iterator[Finding]:
    """A list that names one object twice. In conditions that does no harm."""
    seen: set[tuple[Path_, str]] = set()
    for reference in references_of(item.value):
        *place, index = reference.path or ("",)
        if not isinstance(index, int) or place[0] in ("when", "when_any"):
            continue
        if (tuple(place), reference.text) in seen:
            yield item.finding(
                "reference.twice", "error", reference.path, f"`{reference.text}` stands twice in this list",
                "Name it once.",
            )  # fmt: skip
        seen.add((tuple(place), reference.text))
