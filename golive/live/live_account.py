"""The live objects of an environment's systems, and what files and state know of them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cached_property

from config.declaration import Declaration
from config.document import Document, parse_document
from config.loading import Loaded, load_documents
from config.writing.files import read_text
from golive.live.not_answering import answering
from golive.runs.compiling import compiled_for
from golive.runs.running import Session
from provisioners.errors import SystemFault
from provisioners.resource import Known, ResourceName, with_symbols
from provisioners.sighting import Sighting
from provisioners.system import systems
from provisioners.translation import Context, Translation
from stacks.adopting import Finder, Links, look_at
from stacks.adoption.candidates import Candidate, Found, found_live
from stacks.adoption.drafting import translation_of
from stacks.state import known, names_by_id

_PERSON = "zendesk:User"


class LiveAccount:
    """Reads only; each list once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        workspace = session.opened.workspace
        self.texts: Mapping[str, str] = {workspace.show(path): read_text(path) for path in workspace.config_files()}
        """The files of `config/` by their place in the workspace, as they were when the verb began."""
        self.settings = answering(session)
        self.looks = {
            instance: look_at(instance, settings, self.declaration) for instance, settings in self.settings.items()
        }
        self.also = self._people()
        """Declared people who are there without being in the state: they are sent without an invitation."""
        self.compiled = compiled_for(session.opened, session.reached, session.record, session.state, self.also)

    @cached_property
    def documents(self) -> list[Document]:
        """The files of `config/`, read."""
        return [parse_document(text, file) for file, text in self.texts.items()]

    def loaded(self, texts: Mapping[str, str]) -> Loaded:
        """What the files would say with these in place of theirs."""
        opened = self.session.opened
        as_read = {each.file: each for each in self.documents}
        documents = [
            as_read[file] if text == self.texts.get(file) else parse_document(text, file)
            for file, text in sorted({**self.texts, **texts}.items())
        ]
        return load_documents(
            documents, opened.environment.values, opened.workspace.root, systems=opened.environment.types
        )

    @property
    def declaration(self) -> Declaration:
        return self.session.opened.loaded.declaration

    def context(self, instance: str, declared: Declaration) -> Context:
        """What translations may ask of a system, for a declaration."""
        remembered = {**self.also, **known(self.session.state)}
        phase = self.session.phase
        return Context(declared, instance, self.settings[instance], self.settings, phase=phase, known=remembered)

    def finder(self) -> Finder:
        """A new look for the live objects of what is declared."""
        return Finder(self.session.state, self.settings, self.compiled, self.looks)

    @cached_property
    def declared(self) -> Links:
        """What there is of everything that is declared and that golive makes."""
        addresses = {each.named.address for each in self.compiled.resources if each.mode == "managed"}
        return self.finder().links(addresses)

    @cached_property
    def by_id(self) -> Mapping[tuple[str, str], str]:
        """(Type, id) → name, of everything that files or state know."""
        found = dict(names_by_id(self.session.state))
        for link in self.declared.found:
            found[link.resource.type, link.live.id] = link.resource.name
        for resource in self.compiled.resources:
            if resource.mode == "managed" or resource.instance not in self.looks:
                continue
            look, payload = self.looks[resource.instance], with_symbols(resource.payload)
            for live in look.alike(resource.type, payload):
                found.setdefault((resource.type, live.id), resource.name)
        return found

    def found(self, named: Container[str]) -> Found:
        """Everything live, with keys for what nobody has declared. Raises SystemFault.

        named: kinds that somebody named, which some are looked for only then.
        """
        found = Found()
        for instance in self.settings:
            translations = [
                each for each in self._translations(instance) if not each.only_when_named or each.kind in named
            ]
            keys = {each.kind: self._keys(each.kind) for each in translations}
            here = found_live(instance, self.looks[instance], translations, self._known_as, keys)
            found.candidates += here.candidates
            for kind, order in here.order.items():
                found.order.setdefault(kind, []).extend(order)
        return found

    def beyond(self, instance: str, named: Container[str]) -> dict[str, int]:
        """Of kinds that are looked for only when somebody names them, and whom nobody named: what people call several,
        and how they are taken over → how many nobody has declared. What is refused is left out. Raises SystemFault."""
        found: dict[str, int] = {}
        look = self.looks[instance]
        for translation in self._translations(instance):
            if not translation.only_when_named or translation.kind in named:
                continue
            try:
                new = [each for each in translation.sightings(look) if not each.left and self._known_as(each) is None]
            except SystemFault as fault:
                if fault.code != "refused":
                    raise
                continue
            if new:
                how = f"golive adopt {translation.kind}{self.session.opened.option}"
                found[f"{translation.several(look, len(new))} ({how})"] = len(new)
        return found

    def translation_of(self, candidate: Candidate) -> Translation:
        """What knows a live object's kind."""
        return translation_of(candidate, self.settings[candidate.instance].type)

    def _translations(self, instance: str) -> Sequence[Translation]:
        return systems()[self.settings[instance].type].translations()

    def _keys(self, kind: str) -> set[str]:
        in_state = {name.key for name in map(ResourceName.of, self.by_id.values()) if name.kind == kind}
        return {*self.session.opened.loaded.known.get(kind, ()), *in_state}

    def _known_as(self, sighting: Sighting) -> str | None:
        name = self.by_id.get((sighting.main.type, sighting.main.live.id))
        if name is None:
            return "" if sighting.name in self._replaced and sighting.kind == "triggers" else None
        named = ResourceName.of(name)
        return named.key if named.kind == sighting.kind and not named.part else ""

    @cached_property
    def _replaced(self) -> Sequence[str]:
        """Names of the vendor's rules that a declared one takes the place of, even while it sleeps."""
        return [item.value.replaces for item in self.declaration.of("triggers").values() if item.value.replaces]

    def _people(self) -> dict[str, Known]:
        found: dict[str, Known] = {}
        for instance, look in self.looks.items():
            if _PERSON not in look.collections:
                continue
            for key, person in self.declaration.of("people").items():
                payload = {"email": str(person.value.email or "")}
                if look.alike(_PERSON, payload):
                    found[str(ResourceName(instance, "people", key))] = Known(payload)
        return found
