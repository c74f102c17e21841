"""Order, references, refusals: the program without the engine."""

from __future__ import annotations

import asyncio
import runpy
from dataclasses import replace
from typing import Any

import pulumi
import pytest

from config.chain import Chain
from provisioners.payload import decode
from provisioners.resource import Ref, Resource, Text
from stacks.program import ProgramError, in_order, program
from stacks.record import Record
from tests.checklists.logs import added, chain_of
from tests.engine.conftest import thing


class Mocks(pulumi.runtime.Mocks):
    """Remembers what was registered; ids are `id-<name>`."""

    def __init__(self) -> None:
        self.made: dict[str, pulumi.runtime.MockResourceArgs] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, Any]]:
        self.made[args.name] = args
        number = str(len(self.made))
        return number, {**args.inputs, "address": f"{number}@toy"}

    def call(self, args: pulumi.runtime.MockCallArgs) -> dict[str, Any]:
        return {}


def registered(*resources: Resource, log: Chain | None = None) -> dict[str, pulumi.runtime.MockResourceArgs]:
    """What the program registers, in order."""
    mocks = Mocks()
    asyncio.set_event_loop(asyncio.new_event_loop())
    pulumi.runtime.set_mocks(mocks, project="acme", stack="sandbox", preview=False)
    run = program(resources, log=log)
    pulumi.runtime.test(run)()
    return mocks.made


def test_parents_come_first() -> None:
    a = thing("a", ref=Ref("helpdesk/things/b"))
    b = thing("b", options={"depends_on": ("helpdesk/things/c",)})
    c = thing("c")
    assert [resource.name[-1] for resource in in_order([a, b, c])] == ["c", "b", "a"]


def test_a_circle_is_named() -> None:
    a = thing("a", ref=Ref("helpdesk/things/b"))
    b = thing("b", ref=Ref("helpdesk/things/a"))
    with pytest.raises(ProgramError, match=r"config/a.yaml:1: .* circle.*helpdesk/things/[ab] → helpdesk/things/[ab]"):
        in_order([a, b])


def test_references_to_nothing_and_doubles_are_named() -> None:
    with pytest.raises(ProgramError, match="helpdesk/things/a refers to helpdesk/things/b"):
        in_order([thing("a", ref=[{"x": Ref("helpdesk/things/b")}])])
    with pytest.raises(ProgramError, match="declared twice: helpdesk/things/a"):
        in_order([thing("a"), thing("a")])


def test_references_become_outputs_and_the_rest_is_encoded() -> None:
    made = registered(
        thing("a"),
        thing(
            "b",
            id=Ref("helpdesk/things/a"),
            number=Ref("helpdesk/things/a", as_number=True),
            text=Text(("x_", Ref("helpdesk/things/a"), "/", Ref("helpdesk/things/a", "address"))),
            clear=None,
            options={"on_remove": "switch_off"},
        ),
    )
    arguments = made["helpdesk/things/b"]
    assert arguments.typ == "pulumi-python:dynamic/toy:Thing"
    assert arguments.inputs["on_remove"] == "switch_off"
    assert decode(arguments.inputs["payload"]) == {
        "name": "b",
        "id": "1",
        "number": 1,
        "text": "x_1/1@toy",
        "clear": None,
    }


def test_three_thousand_resources_are_registered() -> None:
    """The SDK's own dynamic resources stop near a thousand."""
    resources = [thing(f"n{number}") for number in range(2999)]
    resources.append(thing("last", all=[Ref(resource.name) for resource in resources[:50]]))
    assert len(registered(*resources)) == 3000


def test_a_bare_pulumi_up_is_refused() -> None:
    with pytest.raises(pulumi.RunError, match="golive up"):
        runpy.run_module("stacks", run_name="__main__")


def _record(phase: str, head: str = "") -> Resource:
    return replace(Record(), phase=phase, log_head=head).resource()


def test_only_a_phase_to_which_the_log_leads_is_registered() -> None:
    signed = added([], "signed", "2026-11-29T10:00:00Z", {"item": "x", "binds": {}})
    started = added(signed, "advance_started", "2026-11-29T11:00:00Z", {"phase": "soft_launch", "gate": "asked"})
    unasked = added(signed, "advance_started", "2026-11-29T11:00:00Z", {"phase": "soft_launch"})
    skipped = added(signed, "advance_started", "2026-11-29T11:00:00Z", {"phase": "rollout", "gate": "asked"})
    head = chain_of(started).head
    assert registered(_record("build")).keys() == {"golive/record/environment"}
    assert registered(_record("soft_launch", head), log=chain_of(started))
    for phase, remembered, log in (
        ("soft_launch", "", Chain()),
        ("soft_launch", chain_of(signed).head, chain_of(signed)),
        ("soft_launch", chain_of(signed).head, chain_of(started)),
        ("rollout", head, chain_of(started)),
        ("build", head, chain_of(signed)),
        ("soft_launch", chain_of(unasked).head, chain_of(unasked)),
        ("rollout", chain_of(skipped).head, chain_of(skipped)),
    ):
        with pytest.raises(ProgramError, match="the log of this environment cannot be relied on"):
            registered(_record(phase, remembered), thing("a"), log=log)
