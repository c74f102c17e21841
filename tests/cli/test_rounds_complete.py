"""No kind and no attribute is missing from the rounds."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from config.kinds import ALL_KINDS
from config.registry import fragment, vendor_words
from config.text import FileText
from provisioners.system import systems
from tests.cli.rounds import EXCEPT, NEVER_SENT, ROUNDS, STORIES, model_of
from tests.cli.stories import value_at

OWN_ROUNDS = frozenset(
    {"engineering_projects", "engineering_components", "engineering_labels", "escalations"}
    | {"crm_field_groups", "crm_pipelines"}
)
"""Kinds of systems of which an environment has one or the other: tests/cli/test_escalations.py and test_hubspot.py."""


def parts_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models that may stand directly as an attribute's value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from [] if annotation is FileText else [annotation]
    elif get_origin(annotation) in (Union, UnionType) or hasattr(annotation, "__metadata__"):
        for part in get_args(annotation):
            yield from parts_of(part)


def paths(model: type[BaseModel], kind: str) -> Iterator[str]:
    """Every attribute of a model and of the models in it, by its path."""
    for name, info in model.model_fields.items():
        word = info.alias or name
        if word == "vendor":
            continue
        inner = [path for part in parts_of(info.annotation) for path in paths(part, "")]
        yield from (f"{word}.{path}" for path in inner)
        if not inner:
            yield word
    for vendor in vendor_words() if kind else ():
        yield from (f"{vendor}.{name}" for name in (fragment(vendor, kind) or {}).get("properties", {}))


def is_excepted(path: str, kind: str) -> bool:
    said = {**NEVER_SENT, **EXCEPT[kind]}
    return any(path == each or path.startswith(f"{each}.") for each in said)


def varies(kind: str, path: str) -> bool:
    """Whether an object of the kind has different values at a path in the course of the rounds."""
    for story in STORIES[kind].values():
        values = [value_at(story.at(number), path) for number in range(ROUNDS + 1)]
        if any(value != values[0] for value in values):
            return True
    return False


def test_no_kind_and_no_attribute_is_missing_in_the_rounds() -> None:
    taken = {translation.kind for system in systems().values() for translation in system.translations()}
    several = {word for word, kind in ALL_KINDS.items() if not kind.used_only and not kind.single}
    applied = {word for word in several if ALL_KINDS[word].applied}  # of the rollout, test_rollout.py tells
    assert STORIES.keys() == (taken & several) - OWN_ROUNDS == applied - OWN_ROUNDS
    assert EXCEPT.keys() == STORIES.keys()
    for kind in STORIES:
        every = list(paths(model_of(kind), kind))
        missing = [path for path in every if not is_excepted(path, kind) and not varies(kind, path)]
        assert missing == [], f"{kind}: say in tests/cli/rounds.py what becomes of it"
        needless = [
            name for name in EXCEPT[kind] if not any(path == name or path.startswith(f"{name}.") for path in every)
        ]
        assert needless == [], f"{kind} has no such attribute any more"
        assert [name for name in EXCEPT[kind] if varies(kind, name)] == [], f"{kind}: it is in a story"
        assert len(STORIES[kind]) > 1
