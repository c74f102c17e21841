"""Accounts in which others have been at work before, and what they hold, in a form that two of them can be compared."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

from sandbox.store import Store
from tests.live_sandbox import LiveSandbox

PEOPLE = [{"name": "Ada Byron", "email": "ada@acme.example"}, {"name": "Bob Stone", "email": "bob@acme.example"}]
ACCOUNTS: dict[str, Any] = {
    "zendesk": {"subdomain": "acme", "name": "Acme", "plan": "professional", "owner": "owner@acme.example"},
    "salesforce": {
        "organization": {"name": "Acme", "id": "00D7q00000Qs4PdEAJ"},
        "users": [{"name": "Owner", "email": "owner@acme.example", "profile": "System Administrator"}, *PEOPLE],
        "accounts": [{"Name": "Harbour Books", "Industry": "Retail"}],
    },
    "slack": {
        "team": {"name": "Acme", "id": "T07ACME", "domain": "acme"},
        "users": [{"name": "Owner", "email": "owner@acme.example"}, *PEOPLE],
        "channels": [{"name": "random", "topic": "Not ours", "people": ["ada@acme.example"]}],
    },
}

_MEANS_NOTHING = frozenset(
    {"id", "url", "created_at", "updated_at", "created", "updated", "CreatedDate", "LastModifiedDate"}
    | {"SystemModstamp", "DurableId", "last_login_at", "last_set"}
)
_LONG_NUMBER = re.compile(r"\d{4,}")


def held(store: Store) -> dict[str, list[str]]:
    """Table → its rows, as sorted JSON texts in which every id is the number of its row in its table's own order of
    content, so that two accounts compare equal exactly if they hold the same."""
    tables = {
        f"{system}.{name}": copy.deepcopy(list(store.table(system, name).items()))
        for system, counts in store.counts().items()
        for name in counts
    }
    names = {key: f"<{table} {_called(row)}>" for table, rows in tables.items() for key, row in rows}
    return {table: sorted(_text(row, names) for _, row in rows) for table, rows in tables.items()}


def _called(row: Any) -> str:
    """What people call a row; nothing where it has no name."""
    if isinstance(row, dict):
        for name in ("name", "title", "raw_title", "email", "DeveloperName", "Name", "FullName"):
            if row.get(name):
                return str(row[name])
    return ""


def _text(value: Any, names: dict[str, str]) -> str:
    return json.dumps(_plain(value, names), sort_keys=True, ensure_ascii=False)


def _plain(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): _plain(item, names) for key, item in value.items() if key not in _MEANS_NOTHING}
    if isinstance(value, list):
        return [_plain(item, names) for item in value]
    if isinstance(value, str):
        return names.get(value) or _LONG_NUMBER.sub(lambda found: names.get(found[0], found[0]), value)
    if isinstance(value, int) and not isinstance(value, bool):
        return names.get(str(value), value)
    return value


def others_at_work(sandbox: LiveSandbox) -> None:
    """What somebody else has set up there, some of it close to ours."""
    call = sandbox.zendesk
    group = call("POST", "groups", {"group": {"name": "First aid"}})["group"]["id"]
    call("POST", "macros", {"macro": {"title": "Hand over (old)", "actions": [{"field": "status", "value": "open"}]}})
    conditions = {"all": [{"field": "update_type", "operator": "is", "value": "Create"}], "any": []}
    actions = [{"field": "group_id", "value": str(group)}]
    call("POST", "triggers", {"trigger": {"title": "Theirs", "conditions": conditions, "actions": actions}})
