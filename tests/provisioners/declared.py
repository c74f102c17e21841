"""Small declarations, connections and contexts for the tests of systems."""

from __future__ import annotations

from typing import Any

from config.declaration import Declaration, Declared
from config.findings import Position
from config.kinds import ALL_KINDS
from provisioners.report import Report, nowhere
from provisioners.resource import Ref, Resource, with_symbols
from provisioners.run_file import SystemSettings
from provisioners.system import Connection
from provisioners.translation import Context


def settings(type_: str, url: str) -> SystemSettings:
    return SystemSettings(type=type_, url=url, token="sandbox", sandbox=True)


def connection(
    type_: str, url: str, *, read_only: bool = False, report: Report = nowhere, token: str = "sandbox"
) -> Connection:
    of_system = SystemSettings(type=type_, url=f"{url}/{type_}", token=token, sandbox=True)
    return Connection(instance=type_, settings=of_system, read_only=read_only, report=report)


def declaration(**kinds: dict[str, dict[str, Any]]) -> Declaration:
    """Typed objects from what the YAML would say, by kind and key."""
    made = Declaration()
    for kind, objects in kinds.items():
        for index, (key, data) in enumerate(objects.items()):
            value = ALL_KINDS[kind].model.model_validate(data)
            made.add(Declared(kind, key, value, Position("config/test.yaml", index + 1), index))
    return made


def context(declared: Declaration, instance: str, type_: str) -> Context:
    own = settings(type_, "http://127.0.0.1:1")
    return Context(declared, instance, own, {instance: own}, fingerprint=lambda name: "0")


def parts_of(resources: list[Resource]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Resources of one object as `Translation.declared` takes them."""
    return {one.part: (one.type, with_symbols(one.payload)) for one in resources}


def resolved(payload: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    """A payload with its references replaced by ids."""
    return {name: ids[value.resource] if isinstance(value, Ref) else value for name, value in payload.items()}
