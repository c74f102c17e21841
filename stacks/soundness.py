"""Whether a state is one that golive and the engine have written: whole, and not changed by hand.

A state decides which live objects are overwritten and deleted. So golive works with none that it does not trust.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pulumi.automation import Deployment

from provisioners.host.providers import ENGINE_PREFIX, Address
from provisioners.payload import FORMAT, decode
from provisioners.private_file import replace_private
from provisioners.resource import Mode, OnRemove, ResourceName
from stacks.backend import golive_folder, state_file
from stacks.record import RECORD_NAME


class BadState(Exception):
    """A state that golive does not work with; the text says why."""


def check_sound(state: Deployment) -> None:
    """Raises BadState for a state that has defects."""
    wrong = list(defects(state))
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise BadState(f"{wrong[0]}{more}")


def defects(state: Deployment) -> Iterator[str]:
    """What is wrong with a state, one line each, in the order of its entries."""
    entries = (state.deployment or {}).get("resources") or []
    if not isinstance(entries, list) or not all(isinstance(each, Mapping) for each in entries):
        yield "Its list of resources is none"
        return
    ours = [each for each in entries if str(each.get("type", "")).startswith(ENGINE_PREFIX)]
    for entry in ours:
        yield from _entry_defects(entry)
    alive = Counter(each.get("urn") for each in ours if not each.get("delete"))
    yield from (f"{urn} stands in it {count} times" for urn, count in alive.items() if count > 1)
    objects = Counter(
        (str(each.get("urn", "")).rsplit("::", 1)[-1].split("/", 1)[0], each["type"], str(each.get("id")))
        for each in ours
        if not each.get("delete") and (each.get("inputs") or {}).get("mode") == "managed" and each.get("id") != "absent"
    )
    yield from (
        f"{type_.removeprefix(ENGINE_PREFIX)} {identifier} of {instance} belongs to {count} names"
        for (instance, type_, identifier), count in objects.items()
        if count > 1
    )
    named = {str(each.get("urn", "")).rsplit("::", 1)[-1] for each in ours}
    if ours and RECORD_NAME not in named:
        yield "The record of the environment is not in it"


def _entry_defects(entry: Mapping[str, Any]) -> Iterator[str]:
    urn = str(entry.get("urn"))
    try:
        address = Address.of(urn)
        ResourceName.of(address.name)
    except ValueError:
        yield f"`{urn}` is no name of a resource"
        return
    if not isinstance(entry.get("id"), str) or not entry["id"]:
        yield f"{address.name} has no id"
    inputs, outputs = entry.get("inputs"), entry.get("outputs")
    if not isinstance(inputs, Mapping) or not isinstance(outputs, Mapping):
        yield f"{address.name} has no inputs or outputs"
        return
    for side in (inputs, outputs):
        if not isinstance(side.get("payload"), Mapping):
            yield f"{address.name} has no payload"
            return
        try:
            decode(side["payload"])
        except ValueError:
            yield f"the payload of {address.name} cannot be read"
    if not isinstance(inputs.get("format", 1), (int, float)) or inputs.get("format", 1) > FORMAT:
        yield f"{address.name} has the format {inputs['format']}, and this golive reads {FORMAT}"
    if inputs.get("mode", "managed") not in get_args(Mode):
        yield f"{address.name} has the mode `{inputs['mode']}`, which is none"
    if inputs.get("on_remove", "delete") not in get_args(OnRemove):
        yield f"{address.name} has `on_remove: {inputs['on_remove']}`, which is none"


class Seal:
    """Notes what a local state's file was when golive last let go of it. A run that dies leaves no seal."""

    def __init__(self, workspace: Path, project: str, environment: str) -> None:
        self._state = state_file(workspace, project, environment)
        self._file = golive_folder(workspace, environment) / "seal"

    def take_off(self) -> None:
        """A run is about to change the state."""
        self._file.unlink(missing_ok=True)

    def put_on(self) -> None:
        """The run has ended in good order."""
        digest = self._digest()
        if digest:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            replace_private(self._file, f"{digest}\n".encode())

    @property
    def is_broken(self) -> bool:
        """Whether something else has changed the state since."""
        try:
            noted = self._file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return False
        return noted != self._digest()

    def _digest(self) -> str:
        try:
            return hashlib.sha256(self._state.read_bytes()).hexdigest()
        except FileNotFoundError:
            return ""
