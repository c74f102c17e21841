"""A client that is set up already: its objects made straight in the systems, its state put there by import."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from pulumi.automation import Deployment

from golive.runs.running import Session, open_session
from golive.terminal.screen import Screen
from golive.workspace.opening import open_environment
from provisioners.resource import Resource, with_symbols
from provisioners.system import Connection, systems
from stacks.interruption import Interruption
from stacks.program import in_order
from stacks.state import Adopted, with_adopted
from tests.bench.floor import ENVIRONMENT, PROJECT, RESOURCES
from tests.bench.workload import write_client
from tests.chaos.world import ACCOUNTS
from tests.cli.workspace import golive, point_to
from tests.live_sandbox import LiveSandbox

__all__ = ["ACCOUNTS", "Client", "empty_workspace", "new_client", "set_up", "write_gates"]


@dataclass(frozen=True)
class Client:
    """A workspace of so many objects, which are so many resources for the engine; and the floor's folder."""

    root: Path
    floor: Path
    objects: int
    resources: int


def empty_workspace(folder: Path, sandbox: LiveSandbox) -> Path:
    """A workspace in this folder that declares nothing but the company."""
    assert golive("-C", str(folder.parent), "init", folder.name, "--empty").code == 0
    point_to(folder, sandbox.url.removeprefix("http://"))
    return folder


def new_client(folder: Path, sandbox: LiveSandbox, size: int) -> Client:
    """A workspace that nobody has set up, and the resources that it comes to."""
    root = empty_workspace(folder / "acme", sandbox)
    (root / "config" / "company.yaml").unlink()
    objects = write_client(root, size)
    floor = folder / "floor"
    floor.mkdir()
    resources = [replace(each, notes=dict(each.notes), becomes={}) for each in _session(root).resources]
    (floor / RESOURCES).write_bytes(pickle.dumps(resources))
    return Client(root, floor, objects, len(resources))


ITEMS = 200
"""So many items with live probes a gate asks for."""
_PROBES: tuple[dict[str, Any], ...] = (
    {"in_step": {"kinds": ["groups"]}}, {"in_step": {"kinds": ["triggers"]}}, {"exists": {"kinds": ["macros"]}},
    {"unchanged_by_hand": {"kinds": ["ticket_fields"]}}, {"plan_empty": None}, {"default_rules_settled": None},
    {"no_strangers": None}, {"signed_in": {"systems": ["helpdesk"]}}, {"enabled_rules": {"at_most": 10}},
    {"state_sound": None},
)  # fmt: skip


def write_gates(client: Client) -> None:
    """Let the gate of the soft launch ask for 200 items that only the live systems answer, beside the method's own."""
    items = {
        f"live_{number}": {
            "name": f"Item {number}", "phase": "build", "owner": "lead", "why": "It is measured.", "fix": "golive up",
            "probe": _PROBES[number % len(_PROBES)],
        }
        for number in range(ITEMS)
    }  # fmt: skip
    asked = {"measured": {"name": "What is measured", "items": list(items)}}
    gates = {"soft_launch": {"decision": {"lead": 1}, "success": asked}}
    people = {"ana": {"name": "Ana Sol", "email": "ana@client.example", "roles": ["lead"]}}
    text = yaml.safe_dump({"people": people, "items": items, "gates": gates}, sort_keys=False)
    (client.root / "checklists" / "project.yaml").write_text(text, encoding="utf-8")


def set_up(client: Client) -> None:
    """Make every object in its system, and enter it into the state."""
    session = _session(client.root)
    collections = {
        instance: systems()[settings.type].collections(Connection(instance, settings, read_only=False))
        for instance, settings in session.reached.settings.items()
    }
    ids: dict[str, str] = {}
    adopted: list[Adopted] = []
    resources: list[Resource] = in_order(session.resources)
    for resource in resources:
        if resource.instance not in collections:
            adopted.append(Adopted(resource, "record", resource.payload))
            continue
        collection = collections[resource.instance][resource.type]
        payload = with_symbols(resource.payload, ids)
        write = collection.create(payload)
        ids[resource.name] = write.live.id
        now = collection.canonical(write.live, payload)
        outputs = {**collection.outputs(write.live), **write.outputs}
        adopted.append(Adopted(resource, write.live.id, now, write.live.label, outputs))
    names = session.opened.workspace.name, session.opened.environment_name
    state = with_adopted(session.state, *names, adopted)
    for entry in (state.deployment or {})["resources"]:
        if "outputs" in entry:
            entry["outputs"]["origin"] = "made"  # so that `destroy` has something to delete
    session.engine.import_state(state)


def set_up_floor(client: Client, state: Deployment) -> Deployment:
    """The same for the floor: every resource is there."""
    resources: list[Resource] = pickle.loads((client.floor / RESOURCES).read_bytes())
    adopted = [Adopted(each, each.name, with_symbols(each.payload)) for each in in_order(resources)]
    return with_adopted(state, PROJECT, ENVIRONMENT, adopted)


def _session(root: Path) -> Session:
    opened = open_environment(root, None)
    with Interruption() as interruption:
        return open_session(opened, Screen(json_wanted=True), interruption)
