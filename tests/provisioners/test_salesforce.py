"""Salesforce: its client, its types against the stand-in, and the translations both ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from config.rules.scope import Scope
from provisioners.collection import Collection, Live
from provisioners.errors import SystemFault
from provisioners.resource import Payload, Resource
from provisioners.salesforce import SYSTEM
from provisioners.salesforce.access import FieldPermissions, PermissionSet, PermissionSetAssignment
from provisioners.salesforce.client import SalesforceClient, fault, long_id, quoted
from provisioners.salesforce.custom_field import CustomField, StandardField, value_set
from provisioners.salesforce.names import api_name, field_api_name
from provisioners.salesforce.rules import check
from provisioners.salesforce.translations import CrmAccessTranslation, CrmFieldTranslation
from provisioners.translation import Names
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection, context, declaration, parts_of, resolved

DANA, PIET = "dana@haldenpay.example", "piet@haldenpay.example"
SEED = {
    "salesforce": {
        "organization": {"name": "Halden Pay", "id": "00D5e000002hrt1"},
        "users": [
            {"name": "Dana Ruiz", "email": DANA},
            {"name": "Piet de Vries", "email": PIET},
            {"name": "Two Seats", "email": "two@haldenpay.example", "username": "two.a@haldenpay.example"},
            {"name": "Two Seats", "email": "two@haldenpay.example", "username": "two.b@haldenpay.example"},
            {"name": "Both Seats", "email": "both@haldenpay.example"},
            {"name": "Both Seats", "email": "both@haldenpay.example", "username": "spare@haldenpay.example"},
            {"name": "Left Us", "email": "left@haldenpay.example", "active": False},
        ],
        "custom_fields": [
            {"name": "ARR__c", "type": "Currency"},
            {"name": "CSM__c", "type": "Lookup", "referenceTo": "User", "relationshipName": "Accounts"},
        ],
    }
}
NOTE: Payload = {"FullName": "Account.Note__c", "label": "Note", "type": "Text", "length": 255, "calculated": False}
SEGMENT: Payload = {
    "FullName": "Account.Segment__c",
    "label": "Support segment",
    "type": "Picklist",
    "calculated": False,
    "valueSet": value_set([{"valueName": "big", "label": "Big"}, {"valueName": "smb", "label": "SMB"}]),
}


@pytest.fixture
def live() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        yield sandbox


@pytest.fixture
def client(live: LiveSandbox) -> SalesforceClient:
    return SalesforceClient(connection("salesforce", live.url))


def fault_of(call: Any, *arguments: Any) -> SystemFault:
    with pytest.raises(SystemFault) as raised:
        call(*arguments)
    return raised.value


def listed(collection: Collection, payload: Payload, key: str) -> Live | None:
    return next((one for one in collection.list(payload) if collection.live_key(one) == key), None)


# fields


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


# access


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


# the client


def test_reading_only_lets_no_write_through(live: LiveSandbox) -> None:
    collections = SYSTEM.collections(connection("salesforce", live.url, read_only=True))
    payloads: dict[str, Payload] = {
        "salesforce:CustomField": NOTE,
        "salesforce:PermissionSet": {"Name": "S", "Label": "S"},
        "salesforce:FieldPermissions": {
            "ParentId": "0PS5e000002hrt1AAA",
            "SobjectType": "Account",
            "Field": "Account.ARR__c",
            "PermissionsRead": True,
            "PermissionsEdit": True,
        },
        "salesforce:PermissionSetAssignment": {"PermissionSetId": "0PS5e000002hrt1AAA", "email": DANA},
        "salesforce:StandardField": {"FullName": "Account.Name"},
    }
    assert set(collections) == set(payloads)
    for type_, collection in collections.items():
        payload = payloads[type_]
        for one in collection.list(payload):
            collection.canonical(one, payload)
        assert fault_of(collection.create, payload).code == "not_allowed"
        assert fault_of(collection.delete, "0010000000000000AA", payload).code == "not_allowed"
    assert SYSTEM.account(connection("salesforce", live.url, read_only=True)).name == "Halden Pay"
    assert live.writes() == []


def test_the_account_and_its_rights(live: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    account = SYSTEM.account(connection("salesforce", live.url))
    assert account.id == long_id("00D5e000002hrt1")
    assert (account.name, account.user, account.missing_rights) == ("Halden Pay", "integration@salesforce.example", ())
    monkeypatch.setenv("SALESFORCE_TOKEN", "sandbox-narrow")
    narrow = SYSTEM.account(connection("salesforce", live.url, token="env:SALESFORCE_TOKEN"))
    assert len(narrow.missing_rights) == 3
    monkeypatch.setenv("SALESFORCE_TOKEN", "wrong")
    wrong = connection("salesforce", live.url, token="env:SALESFORCE_TOKEN")
    assert fault_of(SYSTEM.account, wrong).code == "credentials"
    live.store.table("salesforce", "Organization").clear()
    assert fault_of(SYSTEM.account, connection("salesforce", live.url)).code == "credentials"


def test_queries_are_read_to_their_end(
    live: LiveSandbox, client: SalesforceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.salesforce.query.SMALLEST_BATCH", 2)
    monkeypatch.setattr("sandbox.salesforce.api.BATCH", 2)
    assert len(client.select("User", "Id", "IsActive = true")) == 7
    assert len(live.log()) == 4


def test_limits_outages_and_answers_that_are_none(
    live: LiveSandbox, client: SalesforceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provisioners.session.RETRY_PAUSES", (0.0, 0.0, 0.0))
    live.fault(kind="throttle", system="salesforce", times=1, value=0)
    live.fault(kind="error_503", system="salesforce", times=2)
    assert client.select("Organization", "Name") == [
        {"attributes": client.select("Organization", "Name")[0]["attributes"], "Name": "Halden Pay"}
    ]
    live.fault(kind="html", system="salesforce", times=1)
    assert fault_of(client.select, "Organization", "Id").code == "unreachable"
    live.fault(kind="error_500", system="salesforce", method="POST", times=1)
    lost = fault_of(client.create, "sobjects/Account", {"Name": "x"})
    assert lost.code == "unreachable" and lost.took_effect is None
    gone = SalesforceClient(connection("salesforce", "http://127.0.0.1:9"))
    assert fault_of(gone.select, "Organization", "Id").code == "unreachable"


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (401, "INVALID_SESSION_ID", "credentials"),
        (403, "INSUFFICIENT_ACCESS_OR_READONLY", "refused"),
        (403, "REQUEST_LIMIT_EXCEEDED", "throttled"),
        (404, "NOT_FOUND", "not_found"),
        (404, "SOMETHING_ELSE", "refused"),
        (400, "DUPLICATE_VALUE", "collision"),
        (302, "", "unreachable"),
    ],
)
def test_refusals_have_a_meaning(status: int, error: str, code: str) -> None:
    said = fault("crm GET x", status, [{"errorCode": error, "message": "in its words"}], reads=True)
    assert (said.code, said.why, said.status) == (code, "in its words", status)
    assert fault("crm GET x", status, "<html>", reads=True).why == f"the answer was {status} without a reason"


def test_ids_and_texts_for_queries() -> None:
    assert long_id("001D000000IqhSL") == "001D000000IqhSLIAZ" == long_id("001D000000IqhSLIAZ")
    assert quoted("O'Hara \\ Co") == r"'O\'Hara \\ Co'"


# the translations


PEOPLE = {
    "dana": {"name": "Dana Ruiz", "email": DANA, "role": "admin"},
    "piet": {"name": "Piet de Vries", "email": PIET, "role": "admin"},
}
FORMULA = 'CSM__r.FirstName & " " & CSM__r.LastName'


def of_field(said: dict[str, Any], key: str = "support_segment") -> tuple[list[Resource], list[str]]:
    segments = {"enterprise": {"name": "Enterprise"}, "smb": {"name": "SMB"}}
    declared = declaration(segments=segments, crm_fields={key: said})
    compiling = context(declared, "crm", "salesforce")
    resources = CrmFieldTranslation().resources(declared.of("crm_fields")[key], compiling)
    return resources, [left.reason for left in compiling.compiled.not_sent]


@pytest.mark.parametrize(
    "said",
    [
        {"object": "Account", "name": "Note", "type": "text"},
        {"object": "Account", "name": "Note", "type": "textarea"},
        {"object": "Account", "name": "Seats", "type": "integer"},
        {"object": "Account", "name": "Score", "type": "decimal"},
        {"object": "Account", "name": "ARR", "type": "currency"},
        {"object": "Account", "name": "Renewal", "type": "date"},
        {"object": "Account", "name": "VIP", "type": "checkbox"},
        {
            "object": "Account",
            "name": "Office",
            "type": "dropdown",
            "options": {"berlin": "Berlin", "boston": "Boston"},
        },
        {"object": "Account", "name": "Offices", "type": "multiselect", "options": {"berlin": "Berlin"}},
        {"object": "Account", "name": "CSM name", "type": "text", "formula": FORMULA},
        {"object": "Account", "name": "Double", "type": "currency", "formula": "ARR__c * 2"},
    ],
    ids=lambda said: said["type"],
)
def test_a_field_goes_there_and_back(client: SalesforceClient, said: dict[str, Any]) -> None:
    resources, left_out = of_field(said)
    assert left_out == [] and len(resources) == 1
    assert resources[0].payload["FullName"] == "Account.Support_Segment__c"
    assert resources[0].on_remove == "release"
    assert CrmFieldTranslation().declared(parts_of(resources), Names()) == said
    write = CustomField(client).create(resources[0].payload)
    seen = CustomField(client).canonical(write.live, resources[0].payload)
    assert seen == resources[0].payload
    assert CrmFieldTranslation().declared({"": (resources[0].type, seen)}, Names()) == said


def test_options_may_have_more_than_a_name_or_come_from_the_segments() -> None:
    options = {"a": {"name": "Alpha", "tag": "x"}, "b": "Beta"}
    resources, _ = of_field({"object": "Account", "name": "N", "type": "dropdown", "options": options})
    said = CrmFieldTranslation().declared(parts_of(resources), Names())
    assert said["options"] == {"a": "Alpha", "b": "Beta"}
    resources, _ = of_field({"object": "Account", "name": "N", "type": "dropdown", "options_from": "segments"})
    said = CrmFieldTranslation().declared(parts_of(resources), Names())
    assert said["options"] == {"enterprise": "Enterprise", "smb": "SMB"}


@pytest.mark.parametrize(
    ("existing", "name", "type_"),
    [("ARR__c", "ARR__c", CustomField), ("Name", "Name", StandardField), (True, "Support_Segment__c", CustomField)],
)
def test_a_field_that_is_there_is_looked_up(existing: Any, name: str, type_: type[Collection]) -> None:
    resources, _ = of_field({"object": "Account", "type": "text", "existing": existing})
    assert (resources[0].mode, resources[0].type, resources[0].payload) == (
        "found",
        type_.type,
        {"FullName": f"Account.{name}"},
    )
    said = CrmFieldTranslation().declared(parts_of(resources), Names())
    assert said == {"object": "Account", "existing": name}


def test_digits_after_the_point_decide_the_type() -> None:
    assert "scale" in CustomField.replace_on
    number = {**NOTE, "type": "Number", "precision": 18}
    types = {
        scale: CrmFieldTranslation().declared({"": (CustomField.type, {**number, "scale": scale})}, Names())["type"]
        for scale in (0, 2, 3)
    }
    assert types == {0: "integer", 2: "decimal", 3: "decimal with 3 digits after the point"}


def test_types_changed_by_hand_keep_the_vendors_word() -> None:
    payload = {**NOTE, "type": "Percent"}
    said = CrmFieldTranslation().declared({"": (CustomField.type, payload)}, Names())
    assert said["type"] == "Percent"


@pytest.mark.parametrize(
    ("said", "key", "reason"),
    [
        ({"type": "pattern"}, "code", "no field type for `pattern`"),
        ({"type": "lookup"}, "code", "no field type for `lookup`"),
        ({"type": "textarea", "formula": "1"}, "code", "cannot give a textarea"),
        ({"type": "text"}, "a" * 41, "more than 40 characters"),
    ],
)
def test_what_salesforce_lacks_is_left_out_with_the_reason(said: dict[str, Any], key: str, reason: str) -> None:
    resources, left_out = of_field({"object": "Account", "name": "N", **said}, key)
    assert resources == [] and reason in left_out[0]


def test_names_come_from_keys_by_one_rule() -> None:
    assert [api_name(key) for key in ("csm_name", "arr", "a__b_", "p1_hours")] == ["Csm_Name", "Arr", "A_B", "P1_Hours"]
    assert field_api_name("csm_name", None) == "Csm_Name__c"
    assert field_api_name("arr", "ARR__c") == "ARR__c"


CRM_FIELDS = {
    "account_name": {"object": "Account", "type": "text", "existing": "Name"},
    "arr": {"object": "Account", "type": "currency", "existing": "ARR__c"},
    "csm_name": {"object": "Account", "name": "CSM name", "type": "text", "formula": FORMULA},
    "segment": {"object": "Account", "name": "Segment", "type": "dropdown", "options": {"big": "Big"}},
    "odd": {"object": "Account", "name": "Odd", "type": "card"},
}
ACCESS = {
    "name": "Support context",
    "read": ["account_name", "arr", "csm_name", "segment", "odd"],
    "edit": ["segment"],
    "people": ["dana", "piet"],
}


def of_access(said: dict[str, Any]) -> list[Resource]:
    declared = declaration(people=PEOPLE, crm_fields=CRM_FIELDS, crm_access={"support_context": said})
    item = declared.of("crm_access")["support_context"]
    return CrmAccessTranslation().resources(item, context(declared, "crm", "salesforce"))


def test_access_is_a_set_its_fields_and_its_people_in_this_order() -> None:
    resources = of_access(ACCESS)
    main = "crm/crm_access/support_context"
    fields = [f"{main}/field_arr", f"{main}/field_csm_name", f"{main}/field_segment"]
    assert [one.name for one in resources] == [main, *fields, f"{main}/person_dana", f"{main}/person_piet"]
    assert resources[0].payload == {"Name": "Support_Context", "Label": "Support context"}
    assert resources[1].depends_on == ("crm/crm_fields/arr",)
    assert resources[-1].depends_on == tuple(fields)
    said = CrmAccessTranslation().declared(parts_of(resources), Names())
    assert said == {**ACCESS, "read": ["arr", "csm_name", "segment"]}


def test_who_leaves_the_lists_loses_access_whatever_on_remove_says() -> None:
    resources = of_access({**ACCESS, "on_remove": "release"})
    assert [one.on_remove for one in resources] == ["release", *["delete"] * 5]


def test_a_formula_is_granted_for_reading_only() -> None:
    resources = of_access({"name": "C", "edit": ["csm_name", "segment"]})
    grants = {one.part: one.payload["PermissionsEdit"] for one in resources[1:]}
    assert grants == {"field_csm_name": False, "field_segment": True}


@pytest.mark.parametrize(("existing", "name"), [("Their_Set", "Their_Set"), (True, "Support_Context")])
def test_a_permission_set_that_is_there_is_only_looked_up(existing: Any, name: str) -> None:
    resources = of_access({**ACCESS, "existing": existing})
    assert [(one.mode, one.payload["Name"]) for one in resources] == [("found", name)]


def test_everything_that_is_declared_comes_up_in_order(client: SalesforceClient, live: LiveSandbox) -> None:
    collections = SYSTEM.collections(connection("salesforce", live.url))
    declared = declaration(people=PEOPLE, crm_fields=CRM_FIELDS, crm_access={"support_context": ACCESS})
    compiling = context(declared, "crm", "salesforce")
    ids: dict[str, str] = {}
    resources = [
        resource
        for translation in SYSTEM.translations()
        for item in declared.of(translation.kind).values()
        for resource in translation.resources(item, compiling)
    ]
    for resource in resources:
        assert set(resource.depends_on) <= set(ids)
        if resource.mode == "found":
            collection = collections[resource.type]
            found = listed(collection, resource.payload, str(collection.natural_key(resource.payload)))
            assert found is not None
            ids[resource.name] = found.id
            continue
        payload = resolved(resource.payload, ids)
        write = collections[resource.type].create(payload)
        assert collections[resource.type].canonical(write.live, payload) == payload
        ids[resource.name] = write.live.id
    assert len(ids) == 10
    for resource in reversed(resources):
        if resource.mode == "managed":
            collections[resource.type].delete(ids[resource.name], resolved(resource.payload, ids))
    assert live.store.table("salesforce", "PermissionSet").keys().isdisjoint(ids.values())


def test_validation_says_what_salesforce_cannot_do() -> None:
    access = {**ACCESS, "edit": ["csm_name"]}
    declared = declaration(people=PEOPLE, crm_fields=CRM_FIELDS, crm_access={"support_context": access})
    findings = list(check(Scope(declared)))
    assert [(one.rule, one.path) for one in findings] == [
        ("salesforce.field", "crm_fields.odd.type"),
        ("salesforce.formula", "crm_access.support_context.edit[0]"),
    ]
    assert check in SYSTEM.facts()["rules"]


@pytest.mark.parametrize("writer", ["native_package", "golive"])
def test_the_mapping_is_a_task_for_a_person(writer: str) -> None:
    rows = [{"crm": "arr", "helpdesk": "organization.arr"}, {"crm": "segment", "helpdesk": "organization.segment"}]
    declared = declaration(crm_fields=CRM_FIELDS, crm_mapping={"crm_mapping": {"written_by": writer, "rows": rows}})
    compiling = context(declared, "crm", "salesforce")
    translation = SYSTEM.translations()[-1]
    assert translation.resources(declared.of("crm_mapping")["crm_mapping"], compiling) == []
    assert translation.declared({}, Names()) == {}
    tasks = [task.reason for task in compiling.compiled.by_hand]
    if writer == "native_package":
        assert "Account.ARR__c to organization.arr, Account.Segment__c to organization.segment" in tasks[0]
    else:
        assert tasks == [] and "does not copy" in compiling.compiled.not_sent[0].reason


def test_pages_of_the_admin_centre() -> None:
    assert SYSTEM.page("https://acme.example/", CustomField.type, "00N1") == "https://acme.example/00N1"
    assert SYSTEM.page("https://acme.example/", FieldPermissions.type, "01k1") is None
