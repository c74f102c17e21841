"""A small declaration with every kind that Zendesk takes, compiled and applied to the sandbox without the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from config.declaration import Declaration
from config.document import read_document
from config.loading import load_documents
from provisioners.collection import Collection, Live
from provisioners.resource import Compiled, Payload, Ref, Resource, Text, references_in
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, System
from provisioners.translation import Context, Names, Translation
from provisioners.zendesk import SYSTEM

PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
"""The beginning of a picture, which is enough of one here."""
SEED = {
    "zendesk": {
        "plan": "enterprise",
        "custom_roles": [{"name": "Their own"}],
        "help_centers": [{"locales": ["en-us", "de"]}],
        "user_segments": [{"name": "Partners", "user_type": "signed_in_users", "tags": ["partner"]}],
    }
}
"""What the sandbox holds for the declaration."""
CHANNEL = "chat/slack_channels/alerts"
"""A resource of another system, which is there before."""


def declaration(yaml: str, folder: Path, *, checked: bool = True) -> Declaration:
    """The objects of a YAML text. `checked`: the text must have no errors."""
    file = folder / "config.yaml"
    file.write_text(yaml, encoding="utf-8")
    (folder / "picture.png").write_bytes(PICTURE)
    loaded = load_documents([read_document(file, "config/config.yaml")], {}, folder)
    errors = [finding for finding in loaded.findings if finding.severity == "error"]
    assert not (checked and errors), errors
    return loaded.declaration


def connection(url: str, *, read_only: bool = False, root: Path | None = None) -> Connection:
    return Connection("helpdesk", settings(url), read_only=read_only, root=str(root or ""))


def settings(url: str) -> SystemSettings:
    return SystemSettings("zendesk", f"{url}/zendesk", "sandbox", sandbox=True)


def context(declared: Declaration, phase: str = "build", url: str = "http://127.0.0.1:1") -> Context:
    chat = SystemSettings("slack", f"{url}/slack", "env:SLACK_TOKEN", sandbox=True)
    systems = {"helpdesk": settings(url), "chat": chat}
    return Context(declared, "helpdesk", systems["helpdesk"], systems, lambda named: f"digest of {named}", phase)


def compiled(declared: Declaration, phase: str = "build", url: str = "http://127.0.0.1:1") -> Compiled:
    """All resources, those of whole kinds after those of objects."""
    return compiled_by(SYSTEM, context(declared, phase, url))


def compiled_by(system: System, asked: Context) -> Compiled:
    """All resources of a system."""
    declared, translations = asked.declared, system.translations()
    for translation in translations:
        for item in declared.of(translation.kind).values():
            asked.compiled.resources.extend(translation.resources(item, asked))
    for translation in translations:
        names = {(resource.source.kind, resource.source.key) for resource in asked.compiled.resources}
        present = [item for item in declared.of(translation.kind).values() if (item.kind, item.key) in names]
        if present:
            asked.compiled.resources.extend(translation.together(present, asked))
    return asked.compiled


def named(result: Compiled, name: str) -> Resource:
    """The one resource of that name."""
    [found] = [resource for resource in result.resources if resource.name == name]
    return found


@dataclass
class Applied:
    """What a run without the engine has made."""

    collections: Mapping[str, Collection]
    lives: dict[str, Live] = field(default_factory=dict)
    payloads: dict[str, Payload] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def resolved(self, value: Any) -> Any:
        """A payload with the ids of what is there, its names in the order in which the engine hands them on."""
        if isinstance(value, Ref):
            if value.resource == CHANNEL:
                return "C0ALERTS"
            live = self.lives[value.resource]
            outputs = self.collections[self.types[value.resource]].outputs(live)
            return live.id if value.output == "id" else outputs[value.output]
        if isinstance(value, Text):
            return "".join(str(self.resolved(part)) for part in value.parts)
        if isinstance(value, dict):
            return {key: self.resolved(value[key]) for key in sorted(value)}
        if isinstance(value, list):
            return [self.resolved(item) for item in value]
        return value

    def live_again(self, name: str) -> Live:
        """The object as the vendor has it now."""
        live = self.collections[self.types[name]].get(self.lives[name].id, self.payloads[name])
        assert live is not None, name
        return live

    def names(self, declared: Declaration, own: str = "") -> Names:
        by_id = {(self.types[name], live.id): name for name, live in self.lives.items()}
        return Names(by_id, SYSTEM.words(context(declared)), own)


def apply(resources: list[Resource], collections: Mapping[str, Collection], before: Applied | None = None) -> Applied:
    """Make every resource once what it refers to is there. before: what was made earlier, and is added to."""
    applied = before or Applied(collections)
    left = list(resources)
    while left:
        ready = [resource for resource in left if _is_ready(resource, applied)]
        assert ready, [resource.name for resource in left]
        for resource in ready:
            _make(resource, applied)
            left.remove(resource)
    return applied


def _is_ready(resource: Resource, applied: Applied) -> bool:
    needed = {*resource.depends_on, *(ref.resource for ref in references_in(resource.payload))} - {CHANNEL}
    return needed <= set(applied.lives)


def _make(resource: Resource, applied: Applied) -> None:
    collection = applied.collections[resource.type]
    payload = applied.resolved(resource.payload)
    if resource.mode == "managed":
        write = collection.create(payload)
        live = write.live
        applied.warnings += write.warnings
        echo = collection.canonical(live, payload)
        assert {name: echo[name] for name in payload} == payload, f"{resource.name} came back as something else"
    else:
        lives = collection.list(payload)
        key = collection.natural_key(payload)  # some are known only once the list has been read
        live = next(live for live in lives if collection.live_key(live) == key)
        if resource.mode == "patched":
            live = collection.update(live.id, payload, collection.canonical(live, payload)).live
    applied.lives[resource.name] = live
    applied.payloads[resource.name] = payload
    applied.types[resource.name] = resource.type


def parts_of(
    resources: list[Resource], payloads: Mapping[str, Payload]
) -> dict[tuple[str, str], dict[str, tuple[str, Payload]]]:
    """(kind, key) → part → (type, payload), as a plan hands them to `declared`."""
    parts: dict[tuple[str, str], dict[str, tuple[str, Payload]]] = {}
    for resource in resources:
        _, kind, key, *_ = resource.name.split("/")
        parts.setdefault((kind, key), {})[resource.part] = (resource.type, payloads[resource.name])
    return parts


def translation_of(kind: str) -> Translation:
    return next(translation for translation in SYSTEM.translations() if translation.kind == kind)


def with_own(names: Names, key: str) -> Names:
    return replace(names, own=key)
