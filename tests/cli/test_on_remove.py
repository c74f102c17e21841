"""What leaving the files does to an object of every kind: by default, deleted, switched off, let go (grammar 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from config.kinds import ALL_KINDS
from provisioners.system import systems
from tests.cli.metadata_api import object_listed
from tests.cli.test_rounds_complete import OWN_ROUNDS
from tests.cli.workspace import Workspace, written

Small = Callable[[str], Workspace]
Write = Callable[[str], dict[str, Any]]
Find = Callable[[Workspace, str], str]
"""By an object's name: whether it is `there`, `off` or `gone`."""

TARGETS = {"first_reply": {"urgent": "1h", "high": "2h", "normal": "4h", "low": "8h"}}
SORTS = {
    "deletion_schedules_unsaid": "tickets",
    "deletion_schedules_delete": "customers",
    "deletion_schedules_release": "attachments",
    "deletion_schedules_switch_off": "bot_conversations",
}
"""Of each sort one schedule can be on."""
EVERY_DAY = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def _listed(many: str, path: str | None = None) -> Find:
    def find(workspace: Workspace, name: str) -> str:
        for each in workspace.listed(many, path):
            if name in (each.get("title"), each.get("name"), each.get("agent_label")):
                is_off = each.get("active") is False or each.get("status") == "inactive"
                is_off = is_off or each.get("suspended") or each.get("draft")
                return "off" if is_off else "there"
        return "gone"

    return find


def _in_slack(workspace: Workspace, name: str) -> str:
    return "off" if workspace.channels()[name]["is_archived"] else "there"


def _user_group(workspace: Workspace, name: str) -> str:
    [group] = [each for each in workspace.sandbox.store.table("slack", "usergroups").values() if each["name"] == name]
    return "off" if group["date_delete"] else "there"


def _crm_object(workspace: Workspace, name: str) -> str:
    return "there" if f"{name}__c" in [each.lower() for each in object_listed(workspace).values()] else "gone"


def _record_type(workspace: Workspace, name: str) -> str:
    [found] = workspace.crm_records(f"SELECT Id, IsActive FROM RecordType WHERE Name = '{name}'")
    return "there" if found["IsActive"] else "off"


def _crm_field(workspace: Workspace, name: str) -> str:
    query = quote("SELECT Id, DeveloperName FROM CustomField")
    records = workspace.crm("GET", f"tooling/query?q={query}")["records"]
    return "there" if name in [each["DeveloperName"].lower() for each in records] else "gone"


def _crm_access(workspace: Workspace, name: str) -> str:
    labels = [each["Label"] for each in workspace.crm_records("SELECT Id, Label FROM PermissionSet")]
    return "there" if name in labels else "gone"


def _crm_queue(workspace: Workspace, name: str) -> str:
    names = [each["Name"] for each in workspace.crm_records("SELECT Id, Name FROM Group WHERE Type = 'Queue'")]
    return "there" if name in names else "gone"


@dataclass(frozen=True)
class Kind:
    """write: the YAML of an object of that name. left: what it is once it has left the files, by default.
    deleted: what it is with `on_remove: delete`."""

    write: Write
    find: Find
    left: str
    deleted: str = "gone"


KINDS = {
    "roles": Kind(
        lambda name: {"name": name, "like": "agent", "rights": {"tickets": "own"}}, _listed("custom_roles"), "gone"
    ),
    "brands": Kind(lambda name: {"name": name, "subdomain": name.replace("_", "-")}, _listed("brands"), "there"),
    "skills": Kind(
        lambda name: {"name": name, "values": {"one": "One"}}, _listed("attributes", "routing/attributes"), "gone"
    ),
    "queues": Kind(
        lambda name: {"name": name, "when": [{"field": "priority", "is": "urgent"}], "groups": ["kept"]},
        _listed("queues"),
        "gone",
    ),
    "ticket_statuses": Kind(lambda name: {"name": name, "category": "open"}, _listed("custom_statuses"), "there"),
    "groups": Kind(lambda name: {"name": name}, _listed("groups"), "gone"),
    "people": Kind(
        lambda name: {"name": name, "email": f"{name}@quayside.example", "role": "agent", "invite": "now"},
        _listed("users"),
        "there",
    ),
    "channels": Kind(
        lambda name: {"type": "email", "name": name, "address": f"{name}@quayside.zendesk.com"},
        _listed("recipient_addresses"),
        "gone",
    ),
    "schedules": Kind(
        lambda name: {"name": name, "time_zone": "Europe/Berlin", "hours": EVERY_DAY},
        _listed("schedules", "business_hours/schedules"),
        "gone",
    ),
    "ticket_fields": Kind(lambda name: {"name": name, "type": "text"}, _listed("ticket_fields"), "there"),
    "customer_fields": Kind(
        lambda name: {"of": "organization", "name": name, "type": "text"}, _listed("organization_fields"), "there"
    ),
    "trigger_categories": Kind(lambda name: {"name": name}, _listed("trigger_categories"), "gone"),
    "triggers": Kind(
        lambda name: {
            "name": name,
            "category": "kept",
            "when": [{"event": "created"}],
            "then": [{"add_tags": [name]}],
        },
        _listed("triggers"),
        "off",
    ),
    "automations": Kind(
        lambda name: {
            "name": name,
            "when": [
                {"field": "status", "is": "open"},
                {"field": "tags", "has": f"{name}_waits"},
                {"hours_since": "created", "more_than": "24h"},
            ],
            "then": [{"add_tags": [name]}, {"set": "status", "to": "pending"}],
        },
        _listed("automations"),
        "off",
    ),
    "views": Kind(
        lambda name: {"name": name, "when": [{"field": "status", "is": "new"}], "columns": ["subject"]},
        _listed("views"),
        "off",
    ),
    "ticket_forms": Kind(lambda name: {"name": name, "fields": ["subject"]}, _listed("ticket_forms"), "there"),
    "dynamic_content": Kind(
        lambda name: {"name": name, "text": "Hello"}, _listed("items", "dynamic_content/items"), "gone"
    ),
    "macros": Kind(lambda name: {"name": name, "then": [{"add_tags": [name]}]}, _listed("macros"), "off"),
    "sla_policies": Kind(
        lambda name: {"name": name, "when": [], "targets": TARGETS, "hours": "calendar"},
        _listed("sla_policies", "slas/policies"),
        "gone",
    ),
    "group_sla_policies": Kind(
        lambda name: {
            "name": name,
            "groups": ["kept"],
            "targets": {"group_ownership": TARGETS["first_reply"]},
            "hours": "calendar",
        },
        _listed("group_sla_policies", "group_slas/policies"),
        "gone",
    ),
    "custom_objects": Kind(lambda name: {"name": name, "plural": f"{name}s"}, _listed("custom_objects"), "there"),
    "deletion_schedules": Kind(
        lambda name: {"name": name, "of": SORTS[name], "when": [{"hours_since": "updated", "more_than": "400d"}]},
        _listed("deletion_schedules"),
        "gone",
    ),
    "help_center_categories": Kind(
        lambda name: {"name": name}, _listed("categories", "help_center/categories"), "gone"
    ),
    "help_center_sections": Kind(
        lambda name: {"name": name, "category": "kept"}, _listed("sections", "help_center/sections"), "gone"
    ),
    "articles": Kind(
        lambda name: {"name": name, "section": "kept", "body": "Read it."},
        _listed("articles", "help_center/articles"),
        "there",
    ),
    "webhooks": Kind(
        lambda name: {"name": name, "url": "https://hooks.acme.test/", "method": "POST", "format": "json"},
        _listed("webhooks"),
        "gone",
    ),
    "alerts": Kind(
        lambda name: {"name": name, "to": "kept", "when": [{"field": "priority", "is": "urgent"}], "text": "Look"},
        _listed("triggers"),
        "off",
    ),
    "slack_channels": Kind(
        lambda name: {"name": name.replace("_", "-")},
        lambda workspace, name: _in_slack(workspace, name.replace("_", "-")),
        "off",
        deleted="off",
    ),
    "slack_user_groups": Kind(lambda name: {"name": name, "people": ["kept"]}, _user_group, "off", deleted="off"),
    "crm_objects": Kind(lambda name: {"name": name, "plural": f"{name}s"}, _crm_object, "there"),
    "crm_record_types": Kind(lambda name: {"name": name, "object": "Account"}, _record_type, "off", deleted="off"),
    "crm_fields": Kind(
        lambda name: {"object": "Account", "name": name, "type": "text"},
        _crm_field,
        "there",
    ),
    "crm_access": Kind(
        lambda name: {"name": name, "read": ["kept"]},
        _crm_access,
        "gone",
    ),
    "crm_queues": Kind(
        lambda name: {"name": name, "objects": ["Case"]},
        _crm_queue,
        "gone",
    ),
}
NEEDED = (
    "groups", "trigger_categories", "slack_channels", "crm_fields", "help_center_categories", "help_center_sections",
)  # fmt: skip
KEPT = {kind: {"kept": KINDS[kind].write(f"{kind}_kept")} for kind in NEEDED}
"""What others refer to, and stays."""
KEPT["people"] = {"kept": {"name": "Grace", "email": "grace@quayside.example", "role": "agent"}}


def ways(kind: str) -> dict[str, str]:
    """`on_remove` → what an object of the kind is after it has left the files; "" is for what the files do not say."""
    told = KINDS[kind]
    found = {"": told.left, "delete": told.deleted, "release": "there"}
    return {**found, "switch_off": "off"} if getattr(ALL_KINDS[kind].model, "has_switch", False) else found


def called(kind: str, way: str) -> str:
    """The name, and the key, of the object that leaves in a way."""
    return f"{kind}_{way or 'unsaid'}"


def found(workspace: Workspace, kind: str) -> dict[str, str]:
    """`on_remove` → what the object is now."""
    return {way: KINDS[kind].find(workspace, called(kind, way)) for way in ways(kind)}


def test_every_kind_leaves_as_its_file_says(small: Small) -> None:
    taken = {translation.kind for system in systems().values() for translation in system.translations()}
    several = {kind for kind in taken if not ALL_KINDS[kind].used_only and not ALL_KINDS[kind].single}
    assert KINDS.keys() == several - OWN_ROUNDS, "a kind is missing"  # of the rollout, test_rollout.py tells

    objects = {kind: dict(KEPT.get(kind, {})) for kind in KINDS}
    for kind, told in KINDS.items():
        for way in ways(kind):
            objects[kind][called(kind, way)] = {**told.write(called(kind, way)), **({"on_remove": way} if way else {})}
    workspace = small(written(objects))
    workspace.on_enterprise()
    workspace.speaks("en-us")
    assert set(workspace.up("--mail", "3").results.values()) == {"done"}
    for kind in KINDS:
        assert set(found(workspace, kind).values()) == {"there"}, kind

    workspace.config(written(KEPT))
    assert set(workspace.up().results.values()) == {"done"}
    for kind in KINDS:
        assert found(workspace, kind) == ways(kind), kind
    workspace.is_settled()
