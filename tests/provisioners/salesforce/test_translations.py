"""Salesforce: the translations, both ways."""

from __future__ import annotations

from typing import Any

import pytest

from config.rules.scope import Scope
from provisioners.collection import Collection
from provisioners.resource import Resource
from provisioners.salesforce import SYSTEM
from provisioners.salesforce.access import FieldPermissions, ObjectPermissions
from provisioners.salesforce.access_translation import CrmAccessTranslation
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import CustomField, StandardField
from provisioners.salesforce.names import api_name, field_api_name
from provisioners.salesforce.rules import check
from provisioners.salesforce.translations import CrmFieldTranslation
from provisioners.translation import Names
from tests.live_sandbox import LiveSandbox
from tests.provisioners.declared import connection, context, declaration, parts_of, resolved
from tests.provisioners.salesforce.conftest import DANA, NOTE, PIET, listed

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
        {"object": "Account", "name": "CSM", "type": "lookup", "to": "User"},
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
        ({"type": "lookup", "to": "User", "formula": "1"}, "code", "cannot give a lookup"),
        ({"type": "text", "name": "N" * 41}, "code", "names of 40 characters; this one has 41"),
        ({"type": "text", "formula": "1" * 3901}, "code", "formulas of 3,900 characters"),
        ({"type": "dropdown", "options": {f"o{n}": f"O{n}" for n in range(1001)}}, "code", "takes 1,000 choices"),
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
    assert said == {**ACCESS, "read": ["arr", "csm_name", "segment"], "objects": {}}


def test_what_is_done_with_records_comes_before_fields_and_accounts_before_contacts() -> None:
    said = {"name": "C", "read": ["arr"], "objects": {"Case": "delete", "Contact": "read", "Account": "create"}}
    resources = of_access(said)
    main = "crm/crm_access/support_context"
    rights = {
        one.payload["SobjectType"]: "".join(
            right[0] for right in ("Read", "Edit", "Create", "Delete") if one.payload[f"Permissions{right}"]
        )
        for one in resources
        if one.type == ObjectPermissions.type
    }
    assert rights == {"Account": "REC", "Case": "RECD", "Contact": "R"}
    contact = next(one for one in resources if one.part == "object_contact")
    assert contact.depends_on == (f"{main}/object_account",)
    assert resources[-1].part == "field_arr"
    assert CrmAccessTranslation().declared(parts_of(resources), Names())["objects"] == said["objects"]
    only_read = of_access({"name": "C", "objects": {"Contact": "read"}})
    declared = declaration(people=PEOPLE, crm_access={"a": {"name": "C", "objects": {"Contact": "read"}}})
    assert [one.rule for one in check(Scope(declared))] == ["salesforce.accounts"] and len(only_read) == 2


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
    [counted] = client.query("SELECT COUNT(Segment__c) held FROM Account")
    assert counted["held"] == 0, "golive's own user sees what it has made"
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
        assert "Account.ARR__c to the organisation's arr, Account.Segment__c to the organisation's segment" in tasks[0]
    else:
        assert "golive context sync" in tasks[0] and compiling.compiled.not_sent == []


def test_pages_of_the_admin_centre() -> None:
    assert SYSTEM.page("https://acme.example/", CustomField.type, "00N1") == "https://acme.example/00N1"
    assert SYSTEM.page("https://acme.example/", FieldPermissions.type, "01k1") is None
