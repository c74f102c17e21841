"""A system for tests: its account is a folder, each object a file, each fault a line in `faults.json`."""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from provisioners.collection import Collection, Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.system import Account, Connection, System
from provisioners.translation import Translation


class Folder:
    """The account. Every call is a line in `calls.log`: `<time> <pid> <verb> <type> <name or id>`."""

    def __init__(self, root: Path, stop: Any = None) -> None:
        self.root = root
        self.stop = stop

    def call(self, verb: str, type_: str, what: str) -> str | None:
        """Log a call and give the fault that is ordered for it: `verb type what`, `*` for any."""
        with (self.root / "calls.log").open("a") as log:
            log.write(f"{time.time():.3f} {os.getpid()} {verb} {type_} {what}\n")
        file = self.root / "faults.json"
        faults: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        fault = faults.get(f"{verb} {what}") or faults.get(f"{verb} *")
        if fault and fault.startswith("slow"):
            if self.stop is not None and self.stop.wait(float(fault.split()[1])):
                raise SystemFault("stopped", what, "the run was stopped")
            return None
        if fault and fault.startswith("deaf"):
            time.sleep(float(fault.split()[1]))
            return None
        if fault == "unreachable":
            raise SystemFault("unreachable", f"toy {what}", "no answer")
        if fault == "credentials":
            raise SystemFault("credentials", f"toy {what}", f"the token {os.environ.get('TOY_TOKEN')} is wrong")
        if fault == "bug":
            raise KeyError("trigger")
        return fault

    def objects(self, type_: str) -> list[dict[str, Any]]:
        files = sorted((self.root / type_.replace(":", "-")).glob("*.json"))
        found = [json.loads(file.read_text()) for file in files]
        return sorted(found, key=lambda item: str(item["made"]))

    def file(self, type_: str, identifier: str) -> Path:
        folder = self.root / type_.replace(":", "-")
        folder.mkdir(exist_ok=True)
        return folder / f"{identifier}.json"

    def write(self, type_: str, item: dict[str, Any]) -> None:
        file = self.file(type_, item["id"])
        new = file.with_suffix(".new")
        new.write_text(json.dumps(item))
        new.replace(file)


class Things(Collection):
    """Payload: `name`, and anything else. `kind` cannot change."""

    type = "toy:Thing"
    kind_word = "thing"
    replace_on = frozenset({"kind"})

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def natural_key(self, payload: Payload) -> str | None:
        name = payload.get("name")
        return str(name) if name is not None else None

    def live_key(self, live: Live) -> str | None:
        return self.natural_key(live.body["payload"])

    def list(self, payload: Payload) -> list[Live]:
        self.folder.call("list", self.type, self.list_scope(payload))
        scope = self.list_scope(payload)
        return [self._live(item) for item in self.folder.objects(self.type) if self._of(item) == scope]

    def _of(self, item: dict[str, Any]) -> str:
        return self.list_scope(item["payload"])

    def get(self, identifier: str, payload: Payload) -> Live | None:
        self.folder.call("get", self.type, identifier)
        file = self.folder.file(self.type, identifier)
        return self._live(json.loads(file.read_text())) if file.exists() else None

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {name: live.body["payload"][name] for name in payload if name in live.body["payload"]}

    def create(self, payload: Payload) -> Write:
        name = str(payload.get("name"))
        fault = self.folder.call("create", self.type, name)
        item = {"id": uuid.uuid4().hex[:12], "made": f"{time.time_ns():020d}", "payload": dict(payload)}
        return self._written(item, fault)

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        fault = self.folder.call("update", self.type, str(payload.get("name")))
        item = json.loads(self.folder.file(self.type, identifier).read_text())
        item["payload"].update(payload)
        return self._written(item, fault)

    def _written(self, item: dict[str, Any], fault: str | None) -> Write:
        warnings: tuple[str, ...] = ()
        if fault and fault.startswith("drop "):
            item["payload"].pop(fault.split()[1], None)
            warnings = (f"{fault.split()[1]} is not allowed on this plan",)
        self.folder.write(self.type, item)
        if fault == "lost reply":
            raise SystemFault("unreachable", "toy", "the connection broke", took_effect=None)
        live = self._live(item)
        return Write(live, warnings, self.outputs(live))

    def delete(self, identifier: str, payload: Payload) -> None:
        self.folder.call("delete", self.type, identifier)
        self.folder.file(self.type, identifier).unlink(missing_ok=True)

    def switch_off(self, identifier: str, payload: Payload) -> None:
        self.folder.call("switch_off", self.type, identifier)
        item = json.loads(self.folder.file(self.type, identifier).read_text())
        item["payload"]["active"] = False
        self.folder.write(self.type, item)

    def outputs(self, live: Live) -> dict[str, str]:
        return {"address": f"{live.id}@toy"}

    def _live(self, item: dict[str, Any]) -> Live:
        payload = item["payload"]
        default = payload.get("default", True)
        return Live(item["id"], item, str(payload.get("name")), payload.get("active"), default)


class Parts(Things):
    """Payload: `thing_id`, its parent's id, and `name`."""

    type = "toy:Part"
    kind_word = "part"

    def list_scope(self, payload: Payload) -> str:
        return str(payload["thing_id"])


class Toy(System):
    name = "toy"
    title = "Toy"
    role = "helpdesk"

    def account(self, connection: Connection) -> Account:
        return Account("1", "Toy", "tester")

    def collections(self, connection: Connection) -> Mapping[str, Collection]:
        folder = Folder(Path(connection.settings.url), connection.stop)
        return {made.type: made for made in (Things(folder), Parts(folder))}

    def translations(self) -> Sequence[Translation]:
        return []


SYSTEM = Toy()
