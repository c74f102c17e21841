"""A small client, applied to the sandbox without the engine; tests add one object at a time and read it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from config.declaration import Declaration
from config.document import Document, show_path
from config.kinds import kind_path
from config.loading import load_documents
from config.rules.catalogue import catalogue
from provisioners.resource import Resource
from provisioners.run_file import SystemSettings
from provisioners.sighting import Data, Look
from provisioners.system import Connection, System
from provisioners.translation import Context, Names, Translation
from stacks.adoption.wording import in_order, without_defaults
from tests.provisioners.zendesk_workspace import Applied, apply, compiled_by

_numbers = count()
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without making a failure smaller, which takes minutes where every object takes calls."""
_SYSTEMS = {"helpdesk": "zendesk", "crm": "salesforce", "chat": "slack"}
SHAPED_BY_THEIR_PARENT = ("schedules",)
"""Kinds whose parts go with the main object."""


@dataclass
class World:
    """What is declared beforehand, and what of it is there in one system."""

    system: System
    documents: list[Document]
    applied: Applied
    url: str
    root: Path | None = None

    @classmethod
    def of(cls, system: System, documents: list[Document], url: str, root: Path | None = None) -> World:
        world = cls(system, documents, Applied({}), url, root)
        own = Connection(system.role, world._settings()[system.role], read_only=False, root=str(root or ""))
        resources = compiled_by(system, world.context(load_documents(documents, {}, root).declaration)).resources
        world.applied = apply(resources, system.collections(own))
        return world

    def adopted(self, kind: str, data: Data) -> Data:
        """What adopting would write for an object that was declared with this data."""
        with self._made(kind, data) as (key, declared, _):
            translation, look = self._translation(kind), Look(self.applied.collections, declared)
            identifier = self.applied.lives[f"{self.system.role}/{kind}/{key}"].id
            found = next(each for each in translation.sightings(look) if each.main.live.id == identifier)
            whole = translation.whole(found, look, key)
            assert (whole.beyond, whole.left) == ("", ""), data
            context = self.context(declared)
            return in_order(without_defaults(kind, translation.said(whole, self._names(context, key), context)))

    def read_back(self, kind: str, data: Data) -> Data:
        """What a plan says of the live object that was made of this data."""
        with self._made(kind, data) as (key, declared, resources):
            parts = {}
            for each in resources:
                collection, payload = self.applied.collections[each.type], self.applied.payloads[each.name]
                parts[each.part] = (each.type, collection.canonical(self.applied.live_again(each.name), payload))
            said = self._translation(kind).declared(parts, self._names(self.context(declared), key))
            return in_order(without_defaults(kind, said))

    @contextmanager
    def _made(self, kind: str, data: Data) -> Iterator[tuple[str, Declaration, list[Resource]]]:
        key = f"new_{next(_numbers)}"
        new = Document("new.yaml", _nested((*kind_path(kind), key), data))
        loaded = load_documents([*self.documents, new], {}, self.root)
        place = show_path((*kind_path(kind), key))
        errors = [each for each in loaded.errors if each.path.startswith(place) and not _is_about_others(each.rule)]
        assert errors == [], (data, errors)
        declared = loaded.declaration
        resources = [each for each in compiled_by(self.system, self.context(declared)).resources if key in each.name]
        apply(resources, self.applied.collections, self.applied)
        try:
            yield key, declared, resources
        finally:
            for each in reversed(resources):
                live, payload = self.applied.lives.pop(each.name), self.applied.payloads.pop(each.name)
                collection = self.applied.collections[each.type]
                if each.mode == "found":
                    continue
                if not collection.only_set and not (each.part and kind in SHAPED_BY_THEIR_PARENT):
                    collection.delete(live.id, payload)

    def _settings(self) -> dict[str, SystemSettings]:
        return {
            role: SystemSettings(type_, f"{self.url}/{type_}", "sandbox", sandbox=True)
            for role, type_ in _SYSTEMS.items()
        }

    def context(self, declared: Declaration) -> Context:
        systems = self._settings()
        role = self.system.role
        return Context(declared, role, systems[role], systems, lambda named: f"digest of {named}", "rollout")

    def _names(self, context: Context, key: str) -> Names:
        lives = self.applied.lives
        by_id = {(self.applied.types[name], live.id): name for name, live in lives.items()}
        return Names(by_id, self.system.words(context), key, {name: live.id for name, live in lives.items()})

    def _translation(self, kind: str) -> Translation:
        return next(each for each in self.system.translations() if each.kind == kind)


def _nested(path: tuple[str, ...], data: Data) -> Data:
    for step in reversed(path):
        data = {step: data}
    return data


def check_round_trip(
    kind: str,
    objects: st.SearchStrategy[Data],
    back: Callable[[str, Data], Data],
    *unsaid: str,
) -> None:
    """Every object comes back as it was declared. unsaid: attributes that nothing live tells."""

    @given(objects)
    @settings(max_examples=15, deadline=None, phases=_PHASES, suppress_health_check=list(HealthCheck))
    def check(data: Data) -> None:
        expected = {name: value for name, value in without_defaults(kind, data).items() if name not in unsaid}
        said = back(kind, data)
        assert said == expected, f"{said} came back, and not {expected}"

    check()


NAMES = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="{}$\u00a0"),
    min_size=1,
    max_size=25,
).map(lambda text: f"Ω {' '.join(text.split())}".strip())
"""The mark before each keeps names apart from those that are there."""
TEXTS = st.lists(NAMES, min_size=1, max_size=3).map("\n".join)


def some(*parts: st.SearchStrategy[Data], most: int = 3) -> st.SearchStrategy[list[Data]]:
    """Conditions or actions, of each sort at most one."""
    return st.lists(st.sampled_from(range(len(parts))), min_size=1, max_size=most, unique=True).flatmap(
        lambda chosen: st.tuples(*(parts[index] for index in chosen)).map(list)
    )


def one(**values: Any) -> st.SearchStrategy[Data]:
    """A map whose values are strategies or constants."""
    return st.fixed_dictionaries(
        {
            name.rstrip("_"): value if isinstance(value, st.SearchStrategy) else st.just(value)
            for name, value in values.items()
        }
    )


def with_(*parts: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    """Several maps as one."""
    return st.tuples(*parts).map(lambda found: {name: value for part in found for name, value in part.items()})


def _is_about_others(rule: str) -> bool:
    """Whether a rule is about what an object means, or about others beside it: what is made up here means nothing, and
    is sent all the same."""
    return catalogue()[rule].may_be_allowed or rule in ("ZD030", "ZD032", "ZD033", "ZD040", "ZD041", "ZD043")
