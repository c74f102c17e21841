"""The Pulumi program: resources with references become registrations with outputs."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

import pulumi

from config.chain import BrokenChain, Chain
from config.progress import check_phase
from provisioners.host.providers import engine_type
from provisioners.payload import FORMAT, encode
from provisioners.resource import Ref, Resource, Text, references_in
from stacks.record import RECORD_NAME

NOT_MADE = "not made"
"""Stands for outputs of a resource that failed; what refers to them is left out by the engine."""


class ProgramError(Exception):
    """The resources cannot be registered: what refers to what makes no sense."""


def in_order(resources: Sequence[Resource]) -> list[Resource]:
    """The resources, each after those that it refers to. Raises ProgramError for a reference to nothing,
    for one in a circle and for two resources of one name."""
    by_name = {resource.name: resource for resource in resources}
    if len(by_name) != len(resources):
        names = [resource.name for resource in resources]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ProgramError(f"declared twice: {', '.join(twice)}")
    graph: dict[str, list[str]] = {}
    for resource in resources:
        needed = _needs(resource, by_name)
        for name in needed:
            if name not in by_name:
                source = resource.source
                raise ProgramError(f"{source.file}:{source.line}: {resource.name} refers to {name}, which is not sent.")
        graph[resource.name] = needed
    try:
        return [by_name[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as circle:
        names = list(reversed(circle.args[1]))
        source = by_name[names[0]].source
        raise ProgramError(
            f"{source.file}:{source.line}: these refer to each other in a circle, so none can come first: "
            + " → ".join(names)
        ) from None


def _needs(resource: Resource, there: Container[str]) -> list[str]:
    """What comes before a resource. The record comes before everything, so that it is the last to go."""
    first = [RECORD_NAME] if RECORD_NAME in there and resource.name != RECORD_NAME else []
    return [*first, *resource.needs]


def program(
    resources: Sequence[Resource],
    known: Mapping[str, str] | None = None,
    log: Chain | None = None,
    remade: Mapping[str, str] | None = None,
) -> Callable[[], None]:
    """The inline program that registers the resources. Raises ProgramError, before the engine starts.

    known: ids in the state, by resource name. log: the environment's, verified: only a phase to which it leads is
    registered. remade: resource name → its type in the state, of what is made anew as another type; the old object goes
    once the new one is there.
    """
    remade = remade or {}
    ordered = in_order(resources)
    _check_record(resources, log or Chain())
    outputs: dict[str, set[str]] = {}
    for resource in ordered:
        for ref in references_in(resource.payload):
            if ref.output != "id":
                outputs.setdefault(ref.resource, set()).add(ref.output)

    def register() -> None:
        registered: dict[str, pulumi.CustomResource] = {}
        for resource in ordered:
            made = pulumi.CustomResource(
                engine_type(resource.type),
                resource.name,
                {**dict.fromkeys(sorted(outputs.get(resource.name, ()))), **properties(resource, registered)},
                pulumi.ResourceOptions(
                    depends_on=[registered[name] for name in _needs(resource, registered)],
                    aliases=[*(pulumi.Alias(name=name) for name in resource.aliases), *_as_before(resource, remade)],
                    ignore_changes=["*"] if resource.untouched else None,
                    replace_on_changes=["*"] if resource.name in remade else None,
                    delete_before_replace=False if resource.name in remade else None,
                ),
            )
            _keep_going(made, resource, outputs.get(resource.name, set()), (known or {}).get(resource.name))
            registered[resource.name] = made

    return register


def _as_before(resource: Resource, remade: Mapping[str, str]) -> list[pulumi.Alias]:
    """A resource as the state has it where it was of another type."""
    type_ = remade.get(resource.name)
    return [pulumi.Alias(name=resource.name, type_=engine_type(type_))] if type_ else []


def _check_record(resources: Sequence[Resource], log: Chain) -> None:
    """Raises ProgramError where the record names a phase to which no gate of the log has led."""
    for resource in resources:
        if resource.name != RECORD_NAME:
            continue
        try:
            check_phase(log, str(resource.payload.get("log_head", "")), str(resource.payload["phase"]))
        except BrokenChain as broken:
            raise ProgramError(f"the log of this environment cannot be relied on. {broken.why}") from broken


def _keep_going(made: pulumi.CustomResource, resource: Resource, outputs: set[str], known: str | None) -> None:
    """Let the program go on when a resource fails.

    Otherwise its outputs would raise in everything that refers to them, and end the program before the rest is
    registered. The engine itself leaves out whatever depends on what failed, as long as it is told of it: so
    that is registered too, with its dependencies and with values that nobody will send.
    """
    urn = f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{engine_type(resource.type)}::{resource.name}"
    values = vars(made)
    values["urn"] = made.urn.recover(lambda _: urn)
    values["id"] = made.id.recover(lambda _: known or NOT_MADE)
    for name in outputs:
        values[name] = values[name].recover(lambda _: NOT_MADE)


def properties(resource: Resource, registered: Mapping[str, Any]) -> dict[str, Any]:
    """The resource's properties as the host expects them; references are outputs of what is registered."""

    def leaf(value: Any) -> Any:
        return _output(value, registered)

    return {
        "payload": encode(resource.payload, leaf),
        "mode": resource.mode,
        "on_remove": resource.on_remove,
        "optional": resource.optional,
        "notes": encode(resource.notes),
        "format": FORMAT,
    }


def _output(value: Any, registered: Mapping[str, Any]) -> pulumi.Output[Any]:
    if isinstance(value, Ref):
        output: pulumi.Output[Any] = getattr(registered[value.resource], value.output)
        return output.apply(_number if value.as_number else encode)
    if isinstance(value, Text):
        pieces = [piece if isinstance(piece, str) else _plain(piece, registered) for piece in value.parts]
        return pulumi.Output.concat(*pieces).apply(encode)
    raise TypeError(f"not JSON and no reference: {type(value).__name__}")


def _plain(ref: Ref, registered: Mapping[str, Any]) -> pulumi.Output[Any]:
    output: pulumi.Output[Any] = getattr(registered[ref.resource], ref.output)
    return output


def _number(text: str) -> Any:
    """Ids that are no numbers (`absent`) stay as they are; the vendor will say what it thinks of them."""
    return encode(int(text)) if text.isdecimal() else text
