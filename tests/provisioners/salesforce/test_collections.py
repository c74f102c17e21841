"""Salesforce: its types against the stand-in."""

from __future__ import annotations

import pytest

from provisioners.collection import Live
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.salesforce.access import (
    FieldPermissions,
    ObjectPermissions,
    PermissionSet,
    PermissionSetAssignment,
)
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import CustomField, StandardField, value_set
from tests.live_sandbox import LiveSandbox
from tests.provisioners.faults import fault_of
from tests.provisioners.salesforce.conftest import DANA, NOTE, PIET, SEGMENT, listed


@pytest.mark.parametrize("wanted", [NOTE, SEGMENT], ids=["text", "dropdown"])
def test_a_field_is_made_found_and_equal_to_what_was_wanted(client: SalesforceClient, wanted: Payload) -> None:
    fields = CustomField(client)
    write = fields.create(wanted)
    assert len(write.live.id) == 18
    assert fields.canonical(write.live, wanted) == wanted
    found = listed(fields, wanted, fields.natural_key(wanted))
    assert found is not None and found.id == write.live.id and "Metadata" not in found.body
    assert fields.canonical(found, wanted) == wanted
    by_id = fields.get(write.live.id[:15], wanted)
    assert by_id is not None and by_id.id == write.live.id


def test_a_list_is_one_call_and_never_describes(live: LiveSandbox, client: SalesforceClient) -> None:
    fields = CustomField(client)
    labels = [one.label for one in fields.list(NOTE)]
    assert labels == ["Account.ARR__c", "Account.CSM__c"]
    assert [entry["path"] for entry in live.log()] == ["/services/data/v59.0/tooling/query"]
    assert fields.list_scope(NOTE) == "Account"


def test_a_change_leaves_what_is_not_managed(live: LiveSandbox, client: SalesforceClient) -> None:
    fields = CustomField(client)
    made = fields.create(SEGMENT).live
    row = live.store.table("salesforce", "CustomField")[made.id]
    row["Metadata"]["description"] = "Written by somebody"
    row["Metadata"]["valueSet"]["valueSetDefinition"]["value"][0]["color"] = "#FF0000"
    row["Metadata"]["valueSet"]["controllingField"] = "Industry"
    wanted = {
        **SEGMENT,
        "label": "Segment",
        "valueSet": value_set([{"valueName": "mid", "label": "Middle"}, {"valueName": "big", "label": "Large"}]),
    }
    write = fields.update(made.id, wanted, SEGMENT)
    assert fields.canonical(write.live, wanted) == wanted
    metadata = live.store.table("salesforce", "CustomField")[made.id]["Metadata"]
    assert metadata["description"] == "Written by somebody"
    values = {value["valueName"]: value for value in metadata["valueSet"]["valueSetDefinition"]["value"]}
    assert values["big"]["color"] == "#FF0000"
    assert metadata["valueSet"]["controllingField"] == "Industry"
    assert values["smb"]["isActive"] is not False, "records may hold a value that has left the files"
    back = fields.update(made.id, SEGMENT, wanted)
    assert fields.canonical(back.live, SEGMENT) == SEGMENT


def test_a_field_with_a_set_of_the_organisation_differs(client: SalesforceClient) -> None:
    fields = CustomField(client)
    body = {"Id": "x", "FullName": "Account.Segment__c", "Metadata": {"valueSet": {"valueSetName": "Global"}}}
    assert fields.canonical(Live("x", body, "x"), SEGMENT)["valueSet"] is None


def test_deleting_a_field(client: SalesforceClient) -> None:
    fields = CustomField(client)
    made = fields.create(NOTE).live
    fields.delete(made.id, NOTE)
    assert fields.get(made.id, NOTE) is None
    fields.delete(made.id, NOTE)
    assert fault_of(fields.update, made.id, NOTE, NOTE).code == "not_found"


def test_a_taken_name_and_a_bad_definition_come_in_the_vendors_words(client: SalesforceClient) -> None:
    fields = CustomField(client)
    taken = fault_of(fields.create, {**NOTE, "FullName": "Account.ARR__c"})
    assert taken.code == "collision" and "already a field named ARR" in taken.why
    bad = fault_of(fields.create, {**NOTE, "length": 900})
    assert bad.code == "refused" and "length" in bad.why


def test_a_field_that_cannot_be_read_back_is_not_forgotten(
    live: LiveSandbox, client: SalesforceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provisioners.session.RETRY_PAUSES", (0.0, 0.0, 0.0))
    live.fault(kind="error_500", system="salesforce", method="GET")
    write = CustomField(client).create(NOTE)
    assert "An unexpected error" in write.warnings[0]
    assert CustomField(client).canonical(write.live, NOTE) == NOTE
    permission_set = PermissionSet(client).create({"Name": "S", "Label": "S"})
    assert permission_set.live.label == "S" and permission_set.warnings


def test_standard_fields_are_found_and_never_written(live: LiveSandbox, client: SalesforceClient) -> None:
    standard = StandardField(client)
    wanted: Payload = {"FullName": "Account.name"}
    found = listed(standard, wanted, standard.natural_key(wanted))
    assert found is not None and found.id == "Account.Name"
    assert standard.canonical(found, wanted) == {"FullName": "Account.Name"}
    assert standard.get("Account.Name", wanted) == found
    assert standard.get("Account.Nope", wanted) is None
    assert not [one for one in standard.list(wanted) if one.id.endswith("__c")]
    for call in (
        lambda: standard.create(wanted),
        lambda: standard.update("Account.Name", wanted, wanted),
        lambda: standard.delete("Account.Name", wanted),
    ):
        assert fault_of(call).code == "not_allowed"
    assert live.writes() == []


def test_access_is_granted_step_by_step(live: LiveSandbox, client: SalesforceClient) -> None:
    sets, grants, held = PermissionSet(client), FieldPermissions(client), PermissionSetAssignment(client)
    wanted: Payload = {"Name": "Support_Context", "Label": "Support context"}
    parent = sets.create(wanted).live
    assert sets.canonical(parent, wanted) == wanted
    assert [one.label for one in sets.list(wanted)] == ["Support context"]
    renamed = {**wanted, "Label": "Context"}
    assert sets.canonical(sets.update(parent.id, renamed, wanted).live, renamed) == renamed

    grant: Payload = {
        "ParentId": parent.id,
        "SobjectType": "Account",
        "Field": "Account.ARR__c",
        "PermissionsRead": True,
        "PermissionsEdit": False,
    }
    row = grants.create(grant).live
    assert grants.canonical(row, grant) == grant
    assert listed(grants, grant, grants.natural_key(grant)) is not None
    edit = {**grant, "PermissionsEdit": True}
    assert grants.canonical(grants.update(row.id, edit, grant).live, edit) == edit
    assert grants.list({**grant, "ParentId": "0PS000000000000AAA"}) == []

    person: Payload = {"PermissionSetId": parent.id, "email": DANA.title()}
    assignment = held.create(person).live
    assert held.canonical(assignment, person) == person
    assert held.canonical(assignment, {**person, "email": PIET})["email"] == DANA
    assert listed(held, person, held.natural_key(person)) is not None
    assert fault_of(held.update, assignment.id, person, person).code == "refused"
    assert "1 person holds it by hand" in (sets.delete(parent.id, wanted) or "")
    assert sets.get(parent.id, wanted) is not None
    for collection, identifier, payload in (
        (held, assignment.id, person),
        (grants, row.id, edit),
        (sets, parent.id, renamed),
    ):
        collection.delete(identifier, payload)
        collection.delete(identifier, payload)
        assert collection.get(identifier, payload) is None


def test_what_is_done_with_records_is_granted_and_refused(client: SalesforceClient) -> None:
    sets, objects = PermissionSet(client), ObjectPermissions(client)
    parent = sets.create({"Name": "Support", "Label": "Support"}).live.id
    wanted: Payload = {
        "ParentId": parent,
        "SobjectType": "Account",
        "PermissionsRead": True,
        "PermissionsEdit": True,
        "PermissionsCreate": False,
        "PermissionsDelete": False,
    }
    contact = {**wanted, "SobjectType": "Contact"}
    assert "Read Account" in fault_of(objects.create, contact).why
    row = objects.create(wanted).live
    assert objects.canonical(row, wanted) == wanted
    assert objects.create(wanted).was_there
    more = {**wanted, "PermissionsDelete": True}
    assert objects.canonical(objects.update(row.id, more, wanted).live, more) == more
    without = {**more, "PermissionsEdit": False}
    assert "depends on permission(s): PermissionsEdit" in fault_of(objects.update, row.id, without, more).why
    assert listed(objects, wanted, objects.natural_key(wanted)) is not None
    theirs = objects.create(contact).live.id
    assert "Read Account" in fault_of(objects.delete, row.id, wanted).why
    for identifier in (theirs, row.id):
        assert objects.delete(identifier, wanted) is None
    assert objects.list(wanted) == []


def test_golives_own_user_holds_what_it_makes_so_that_it_can_count(live: LiveSandbox, client: SalesforceClient) -> None:
    fields, sets, grants = CustomField(client), PermissionSet(client), FieldPermissions(client)
    field = fields.create(NOTE).live
    assert fields.count_values(field.id, NOTE) is None, "a new field is visible to nobody"
    wanted: Payload = {"Name": "Support", "Label": "Support"}
    parent = sets.create(wanted).live.id
    grant = {"ParentId": parent, "SobjectType": "Account", "Field": "Account.Note__c", "PermissionsRead": True}
    grants.create({**grant, "PermissionsEdit": False})
    assert fields.count_values(field.id, NOTE) == 0
    assert sets.delete(parent, wanted) is None, "its own assignment is in nobody's way"


@pytest.mark.parametrize("kind", ["forbidden", "cut_before", "cut_after", "error_503"])
def test_nothing_is_given_that_golive_would_not_see(kind: str, live: LiveSandbox, client: SalesforceClient) -> None:
    """Whatever became of golive's own assignment, the next run makes it good."""
    CustomField(client).create(NOTE)
    parent = PermissionSet(client).create({"Name": "Support", "Label": "Support"}).live.id
    grant = {"ParentId": parent, "SobjectType": "Account", "Field": "Account.Note__c", "PermissionsRead": True}
    wanted: Payload = {**grant, "PermissionsEdit": False}
    live.fault(kind=kind, system="salesforce", method="POST", path="PermissionSetAssignment", times=1)
    with pytest.raises(SystemFault):
        FieldPermissions(client).create(wanted)
    assert FieldPermissions(client).list(wanted) == []
    assert FieldPermissions(client).create(wanted).live
    held = [each.label for each in PermissionSetAssignment(client).list({"PermissionSetId": parent, "email": ""})]
    assert held == ["integration@salesforce.example"]


def test_what_somebody_granted_by_hand_is_taken_over(client: SalesforceClient) -> None:
    sets, grants, held = PermissionSet(client), FieldPermissions(client), PermissionSetAssignment(client)
    parent = sets.create({"Name": "Support", "Label": "Support"}).live.id
    reads: Payload = {
        "ParentId": parent,
        "SobjectType": "Account",
        "Field": "Account.ARR__c",
        "PermissionsRead": True,
        "PermissionsEdit": False,
    }
    by_hand = grants.create(reads)
    assert not by_hand.was_there
    edits = {**reads, "PermissionsEdit": True}
    taken = grants.create(edits)
    assert (taken.live.id, taken.was_there) == (by_hand.live.id, True)
    assert grants.canonical(taken.live, edits) == edits
    person: Payload = {"PermissionSetId": parent, "email": DANA}
    first, second = held.create(person), held.create(person)
    assert (second.live.id, second.was_there, first.was_there) == (first.live.id, True, False)
    assert fault_of(sets.create, {"Name": "Support", "Label": "Another"}).code == "collision"


def test_the_list_leaves_out_what_belongs_to_profiles(client: SalesforceClient) -> None:
    assert PermissionSet(client).list({}) == []
    packaged = Live("0PS", {"Name": "Reader", "Label": "R", "NamespacePrefix": "acme"}, "R")
    assert PermissionSet(client).live_key(packaged) == "acme__reader"


def test_people_are_found_by_address_and_read_once(live: LiveSandbox, client: SalesforceClient) -> None:
    assert client.user(DANA.upper()).email == DANA
    assert client.user("both@haldenpay.example").username == "both@haldenpay.example"
    assert len(live.log()) == 1
    several = fault_of(client.user, "two@haldenpay.example")
    assert several.code == "refused" and "2 active users" in several.why
    for absent in ("left@haldenpay.example", "nobody@haldenpay.example"):
        fault = fault_of(client.user, absent)
        assert absent in fault.what and "no active user" in fault.why
