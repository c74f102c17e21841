"""The CRM's fields and access are taken over where somebody names them, and counted otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import account, new_workspace
from tests.cli.metadata_api import object_written
from tests.cli.test_adopt_account import lose_state, texts
from tests.cli.workspace import Ran, Workspace
from tests.live_sandbox import running_sandbox

COMPANY = """\
company: {name: Acme, default_locale: en-US}
roles: {agent: {name: Agent, like: agent}}
people:
  aoife: {name: Aoife Brennan, email: Aoife@quayside.example, role: agent}
"""
CRM = (
    *("adopt", "crm_objects", "crm_record_types", "crm_fields", "crm_access", "crm_queues"),
    *("--yes", "--json"),
)
PICKLIST = [
    {"valueName": "ent", "label": "Enterprise"},
    {"valueName": "old", "label": "Old", "isActive": False},
    {"valueName": "SMB 2", "label": "Small"},
    {"valueName": "enterprise", "label": "Enterprise", "isActive": False},
]


def values(listed: list[dict[str, Any]], *, restricted: bool = True) -> dict[str, Any]:
    return {"restricted": restricted, "valueSetDefinition": {"sorted": False, "value": listed}}


MONEY = {"type": "Currency", "precision": 18, "scale": 2}
FIELDS: dict[str, dict[str, Any]] = {
    "Account.ARR__c": {"label": "Yearly revenue", **MONEY},
    "Account.Note__c": {"label": "Note", "type": "Text", "length": 255},
    "Account.Short_Note__c": {"label": "Note", "type": "Text", "length": 80},
    "Account.Story__c": {"label": "Story", "type": "LongTextArea", "length": 5000, "visibleLines": 3},
    "Account.Double__c": {"label": "Twice", **MONEY, "formula": "ARR__c * 2"},
    "Account.Share__c": {"label": "Share", "type": "Percent", "precision": 5, "scale": 2},
    "Account.CSM__c": {
        "label": "CSM",
        "type": "Lookup",
        "referenceTo": "User",
        "relationshipName": "Csms",
    },
    "Account.CSM_Guarded__c": {
        "label": "CSM guarded",
        "type": "Lookup",
        "referenceTo": "User",
        "relationshipName": "Guarded",
        "deleteConstraint": "Restrict",
    },
    "Account.VIP__c": {"label": "VIP", "type": "Checkbox", "defaultValue": "true"},
    "Account.On__c": {"label": "On", "type": "Checkbox", "defaultValue": "false"},
    "Account.Segment__c": {"label": "Segment", "type": "Picklist", "valueSet": values(PICKLIST)},
    "Account.Loose__c": {"label": "Loose", "type": "Picklist", "valueSet": values(PICKLIST[:1], restricted=False)},
    "Contact.ARR__c": {"label": "Yearly revenue", **MONEY},
    "Case.Seats__c": {"label": "Seats", "type": "Number", "precision": 18, "scale": 0},
    "Case.Rating__c": {"label": "Rating", "type": "Number", "precision": 5, "scale": 3},
}


@dataclass
class TakenOver:
    """A workspace that has taken over what the CRM's people made by hand."""

    workspace: Workspace
    all: Ran
    calls: list[str]
    first: Ran
    first_calls: list[str]
    files: dict[str, str]


@pytest.fixture(scope="module")
def taken(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TakenOver]:
    seed = account()
    seed["salesforce"]["custom_fields"] = [{"name": "Score__c", "package": "pkg", "type": "Number"}]
    seed["salesforce"]["permission_sets"] = [{"name": "Pkg_Set", "package": "pkg"}]
    with running_sandbox(seed) as sandbox:
        workspace = new_workspace(tmp_path_factory.mktemp("crm"), sandbox)
        (workspace.root / "config" / "company.yaml").write_text(COMPANY)
        build(workspace)
        sandbox.clear_log()
        everything = workspace.golive("adopt", "--all", "--yes", "--json")
        assert everything.code == 0, everything.err
        calls = [each["path"] for each in sandbox.log() if each["system"] == "salesforce"]
        sandbox.clear_log()
        first = workspace.golive(*CRM)
        assert first.code == 0, first.err
        assert sandbox.writes() == []
        first_calls = [each["path"] for each in sandbox.log()]
        yield TakenOver(workspace, everything, calls, first, first_calls, texts(workspace))


SETS: dict[str, tuple[str, dict[str, bool], tuple[str, ...]]] = {
    "Support_CONTEXT": ("Support context", {"ARR": True, "Note": False, "Double": False}, ("aoife", "kofi")),
    "Support_Lead_2": ("Support lead", {"Segment": True}, ()),
    "True": ("Support lead", {}, ()),
}
"""Name → label, fields with whether they may be changed, and people."""


NUMBERED = {"label": "Number", "type": "AutoNumber", "displayFormat": "T-{0000}"}
OBJECTS: dict[str, dict[str, Any]] = {
    "Contract_TERM__c": {"label": "Term", "pluralLabel": "Terms", "sharingModel": "Read", "nameField": NUMBERED},
    "Line__c": {
        "label": "Line",
        "pluralLabel": "Lines",
        "sharingModel": "ControlledByParent",
        "nameField": {"label": "Name", "type": "Text"},
    },
}
RECORD_TYPES = (
    {"SobjectType": "Contract_TERM__c", "DeveloperName": "Yearly", "Name": "Yearly", "IsActive": True},
    {"SobjectType": "Account", "DeveloperName": "Old_one", "Name": "Old", "Description": "Before", "IsActive": False},
)


def build(workspace: Workspace) -> None:
    """What people have made by hand over the years."""
    for name, metadata in OBJECTS.items():
        object_written(workspace, "createMetadata", {"fullName": name, **metadata})
    for record_type in RECORD_TYPES:
        workspace.crm("POST", "sobjects/RecordType", record_type)
    for name, metadata in FIELDS.items():
        workspace.crm("POST", "tooling/sobjects/CustomField", {"FullName": name, "Metadata": metadata})
    users = {each["Email"]: each["Id"] for each in workspace.crm_records("SELECT Id, Email FROM User")}
    for name, (label, fields, people) in SETS.items():
        parent = workspace.crm("POST", "sobjects/PermissionSet", {"Name": name, "Label": label})["id"]
        for field, edit in fields.items():
            grant = {"ParentId": parent, "SobjectType": "Account", "Field": f"Account.{field}__c"}
            workspace.crm(
                "POST", "sobjects/FieldPermissions", {**grant, "PermissionsRead": True, "PermissionsEdit": edit}
            )
        for person in people:
            held = {"PermissionSetId": parent, "AssigneeId": users[f"{person}@quayside.example"]}
            workspace.crm("POST", "sobjects/PermissionSetAssignment", held)
    queue = workspace.crm("POST", "sobjects/Group", {"Name": "Csm intake", "Type": "Queue"})["id"]
    for name in ("Case", "Contract_TERM__c"):
        workspace.crm("POST", "sobjects/QueueSobject", {"QueueId": queue, "SobjectType": name})
    for person in ("aoife", "kofi"):
        member = {"GroupId": queue, "UserOrGroupId": users[f"{person}@quayside.example"]}
        workspace.crm("POST", "sobjects/GroupMember", member)


def in_files(taken: TakenOver) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(taken.files["crm.yaml"])["integrations"]["crm"]
    return found


def test_with_all_they_are_counted_in_as_few_calls_as_listing_needs(taken: TakenOver) -> None:
    beyond = taken.all.checked("adopt")["beyond"]
    assert beyond["fields of Account, Contact, Case (golive adopt crm_fields)"] == len(FIELDS)
    assert beyond["objects of the CRM (golive adopt crm_objects)"] == len(OBJECTS)
    assert beyond["record types (golive adopt crm_record_types)"] == len(RECORD_TYPES)
    assert beyond["permission sets (golive adopt crm_access)"] == len(SETS)
    assert len([each for each in taken.calls if each.endswith("/query")]) == 8, "two of them ask who we are"
    assert not [each for each in taken.calls if "CustomField" in each]


def test_objects_and_record_types_are_taken_over_and_named_by_their_keys(taken: TakenOver) -> None:
    crm = in_files(taken)
    assert crm["objects"] == {
        "contract_term": {
            "name": "Term",
            "plural": "Terms",
            "record_name": "Number",
            "numbered": "T-{0000}",
            "sharing": "read",
        },
        "line": {"name": "Line", "existing": "Line__c"},
    }
    assert crm["record_types"] == {
        "yearly": {"name": "Yearly", "object": "contract_term"},
        "old_one": {"name": "Old", "active": False, "object": "Account", "help": {"agents": "Before"}},
    }


def test_a_queue_is_taken_over_with_what_waits_in_it_and_the_people_whom_the_files_name(taken: TakenOver) -> None:
    assert taken.all.checked("adopt")["beyond"]["queue of the CRM (golive adopt crm_queues)"] == 1
    assert in_files(taken)["queues"] == {
        "csm_intake": {"name": "Csm intake", "objects": ["Case", "contract_term"], "people": ["aoife"]}
    }
    why = {each["key"]: each["why"] for each in taken.first.document["taken"]}
    assert why["csm_intake"] == "1 member who is not named here takes from it, too: that stays as it is"


def test_every_definition_is_read_once(taken: TakenOver) -> None:
    assert len([each for each in taken.first_calls if "/CustomField/" in each]) == len(FIELDS)


def test_fields_whose_definition_is_ours_are_looked_after(taken: TakenOver) -> None:
    fields = in_files(taken)["fields"]
    assert {key: data for key, data in fields.items() if "existing" not in data} == {
        "arr": {"object": "Account", "name": "Yearly revenue", "type": "currency"},
        "note": {"object": "Account", "name": "Note", "type": "text"},
        "csm": {"object": "Account", "name": "CSM", "type": "lookup", "to": "User"},
        "double": {"object": "Account", "name": "Twice", "type": "currency", "formula": "ARR__c * 2"},
        "segment": {
            "object": "Account",
            "name": "Segment",
            "type": "dropdown",
            "options": {"enterprise": "Enterprise", "small": "Small"},
        },
        "seats": {"object": "Case", "name": "Seats", "type": "integer"},
    }


def test_all_others_are_named_with_the_reason_or_left(taken: TakenOver) -> None:
    document = taken.first.checked("adopt")
    fields = in_files(taken)["fields"]
    named = {
        key: (data["object"], data["existing"], data["type"]) for key, data in fields.items() if "existing" in data
    }
    assert named == {
        "short_note": ("Account", "Short_Note__c", "text"),
        "story": ("Account", "Story__c", "textarea"),
        "share": ("Account", "Share__c", "decimal"),
        "csm_guarded": ("Account", "CSM_Guarded__c", "lookup"),
        "vip": ("Account", "VIP__c", "checkbox"),
        "on_crm_field": ("Account", "On__c", "checkbox"),
        "loose": ("Account", "Loose__c", "dropdown"),
        "arr_2": ("Contact", "ARR__c", "currency"),
        "rating": ("Case", "Rating__c", "decimal"),
    }
    assert {each["key"]: each["why"] for each in document["named"]} == {
        "line": "who sees its records follows from another object",
        "short_note": "it takes 80 characters at most, and golive's take 255",
        "story": "it takes 5000 characters at most, and golive's take 32768",
        "share": "there is no word here for a field of the type Percent",
        "csm_guarded": "what it points to has a rule for being deleted (Restrict), and golive's are emptied then",
        "vip": "it is ticked to begin with, and golive's are not",
        "on_crm_field": "golive would call it On_Crm_Field__c after its key, and it is On__c",
        "loose": "it takes values that are not in its list, and golive's do not",
        "arr_2": "golive would call it Arr_2__c after its key, and it is ARR__c",
        "rating": "there is no word here for a field of the type Number with 3 digits after the point",
        "true_crm_access": "golive would call it True_Crm_Access after its key, and it is True",
    }
    assert [(each["name"], each["why"]) for each in document["left"]] == [
        ("Account.pkg__Score__c", "it is a part of the package pkg"),
        ("Pkg_Set", "it is a part of the package pkg"),
    ]


def test_access_names_what_the_files_name_and_says_what_it_leaves(taken: TakenOver) -> None:
    assert in_files(taken)["access"] == {
        "support_context": {
            "name": "Support context",
            "read": ["note", "double"],
            "edit": ["arr"],
            "people": ["aoife"],
        },
        "support_lead_2": {"name": "Support lead", "edit": ["segment"]},
        "true_crm_access": {"name": "Support lead", "existing": "True"},
    }
    taken_over = taken.first.document["taken"]
    why = {each["key"]: each["why"] for each in taken_over if each["kind"] == "crm_access" and each["why"]}
    assert why == {"support_context": "it is also given for 1 person not named here: that stays as it is"}


def test_the_next_plan_has_nothing_to_do_and_a_second_time_changes_nothing(taken: TakenOver) -> None:
    taken.workspace.is_settled()
    taken.workspace.sandbox.clear_log()
    again = taken.workspace.golive(*CRM)
    assert (again.code, again.document["files"], texts(taken.workspace)) == (0, {}, taken.files)
    assert not [each for each in taken.workspace.sandbox.log() if "/CustomField/" in each["path"]]


def test_without_its_state_the_files_stay_as_they_are(taken: TakenOver) -> None:
    lose_state(taken.workspace)
    again = taken.workspace.golive("adopt", "--all", *CRM[1:])
    assert again.code == 0, again.err
    assert texts(taken.workspace) == taken.files
    taken.workspace.is_settled()


def test_without_state_and_files_the_same_files_are_written(taken: TakenOver) -> None:
    lose_state(taken.workspace)
    (taken.workspace.root / "config" / "crm.yaml").unlink()
    again = taken.workspace.golive("adopt", "--all", *CRM[1:])
    assert again.code == 0, again.err
    assert texts(taken.workspace) == taken.files
    taken.workspace.is_settled()


def test_what_is_changed_by_hand_later_comes_back(taken: TakenOver) -> None:
    workspace = taken.workspace
    field = "SELECT+Id,+Metadata+FROM+CustomField+WHERE+DeveloperName+=+%27Segment%27"
    [found] = workspace.crm("GET", f"tooling/query?q={field}")["records"]
    found["Metadata"]["valueSet"]["valueSetDefinition"]["value"][2]["label"] = "Small & new"
    changed = {"FullName": "Account.Segment__c", "Metadata": found["Metadata"]}
    workspace.crm("PATCH", f"tooling/sobjects/CustomField/{found['Id']}", changed)
    [grant] = workspace.crm_records("SELECT Id FROM FieldPermissions WHERE Field = 'Account.ARR__c'")
    workspace.crm("PATCH", f"sobjects/FieldPermissions/{grant['Id']}", {"PermissionsEdit": False})
    pulled = workspace.golive("pull", "--yes")
    assert pulled.code == 0, pulled.err
    assert "small: Small & new" in texts(workspace)["crm.yaml"]
    assert "read: [arr, note, double]" in texts(workspace)["crm.yaml"]
    workspace.is_settled()


def test_one_field_takes_one_definition_and_access_names_only_what_is_declared(taken: TakenOver) -> None:
    lose_state(taken.workspace)
    (taken.workspace.root / "config" / "crm.yaml").unlink(missing_ok=True)
    taken.workspace.sandbox.clear_log()
    said = taken.workspace.golive("adopt", "crm_fields/arr", "crm_access/support_context", "--dry-run")
    assert said.code == 0, said.err
    assert len([each for each in taken.workspace.sandbox.log() if "/CustomField/" in each["path"]]) == 1
    assert "it is also given for 2 fields and 1 person not named here: that stays as it is" in said.out
    assert "[arr]" in said.out and "note" not in said.out, "whichever it is by now"


def test_fields_of_an_object_are_looked_for_once_the_files_have_it(taken: TakenOver) -> None:
    workspace = taken.workspace
    lose_state(workspace)
    (workspace.root / "config" / "crm.yaml").unlink(missing_ok=True)
    metadata = {"label": "Months", "type": "Number", "precision": 18, "scale": 0}
    body = {"FullName": "Contract_TERM__c.Months__c", "Metadata": metadata}
    workspace.crm("POST", "tooling/sobjects/CustomField", body)
    assert "Months" not in workspace.golive("adopt", "crm_fields", "--dry-run").out
    assert workspace.golive("adopt", "crm_objects/contract_term", "--yes").code == 0
    assert workspace.golive("adopt", "crm_fields/months", "--yes").code == 0
    crm = yaml.safe_load(texts(workspace)["crm.yaml"])["integrations"]["crm"]
    assert crm["fields"]["months"] == {"object": "contract_term", "name": "Months", "type": "integer"}
    changes = workspace.plan().document["changes"]
    assert [each["key"] for each in changes if each["system"] == "crm"] == []
