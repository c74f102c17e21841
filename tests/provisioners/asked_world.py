"""An account in a stand-in, and what a run would do there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from config.declaration import Declaration
from config.findings import Finding
from config.results.plan import Action
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Payload, ResourceName
from provisioners.zendesk.asking import asked
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.client import ZendeskClient
from tests.live_sandbox import LiveSandbox
from tests.provisioners.zendesk_workspace import compiled, connection, declaration


def intent_of(declared: Declaration, ids: Mapping[str, str] | None = None) -> Intent:
    """A first run: all that is declared would be made. ids: what is there, by its resource."""
    result = compiled(declared)
    changes = [
        PlannedChange(
            each.named,
            each.type,
            "create",
            will=each.payload,
            label=next((item.name for item in declared if (item.kind, item.key) == each.named.object[1:]), ""),
        )
        for each in result.resources
        if each.mode == "managed" and each.name not in (ids or {})
    ]
    return Intent(declared, changes, ids or {}, result.resources)


def removal(
    type_: str, address: str, identifier: str, was: Payload, *, does: Action = "delete", label: str = "Old"
) -> PlannedChange:
    """What has left the files. address: kind/key."""
    return PlannedChange(ResourceName.of(f"helpdesk/{address}"), type_, does, identifier, was, None, label)


@dataclass
class World:
    """A stand-in, and what it has said so far."""

    sandbox: LiveSandbox
    folder: Path
    rule: str
    kept: int = 0
    broken: int = 0
    said: list[Finding] = field(default_factory=list)

    def declared(self, text: str) -> Declaration:
        return declaration(text, self.folder)

    def first_run(self, text: str, ids: Mapping[str, str] | None = None) -> Intent:
        return intent_of(self.declared(text), ids)

    def leaving(self, *changes: PlannedChange) -> Intent:
        """A run of which all that is known leaves the files."""
        return Intent(Declaration(), changes)

    def call(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        return self.sandbox.zendesk(method, path, body)

    def made(self, path: str, envelope: str, body: Mapping[str, Any]) -> str:
        """The id of something that is made by the vendor's API."""
        return str(self.call("POST", path, {envelope: body})[envelope]["id"])

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table of the account."""
        return list(self.sandbox.store.table("zendesk", table).values())

    def plan(self, plan: str) -> None:
        self.sandbox.settings("zendesk", plan=plan)

    def settings(self, **sections: Mapping[str, Any]) -> None:
        self.call("PUT", "account/settings", {"settings": sections})

    def asked(self, intent: Intent, *, plan: str = "", seats: int | None = None) -> list[Finding]:
        client = ZendeskClient(connection(self.sandbox.url, read_only=True))
        return list(asked(AskedAccount(client, plan, seats), intent))

    def keeps(self, intent: Intent, *, plan: str = "", seats: int | None = None) -> None:
        found = [each for each in self.asked(intent, plan=plan, seats=seats) if each.rule == self.rule]
        assert found == [], "it speaks of an account that is as it should be"
        self.kept += 1

    def breaks(self, intent: Intent, says: str, *, plan: str = "", seats: int | None = None) -> None:
        found = [each for each in self.asked(intent, plan=plan, seats=seats) if each.rule == self.rule]
        assert len(found) == 1 and says in found[0].message, found
        assert found[0].hint
        self.said += found
        self.broken += 1


Case = Callable[[World], None]


def into(cases: dict[str, Case]) -> Callable[[str], Callable[[Case], Case]]:
    """A decorator that keeps the case of a rule. cases: where."""

    def case(rule: str) -> Callable[[Case], Case]:
        def kept(function: Case) -> Case:
            assert rule not in cases
            cases[rule] = function
            return function

        return kept

    return case
