"""What golive's own user needs in Salesforce, by what is declared and by what it looks after."""

from __future__ import annotations

import pytest

from config.results.standing import LiveObject
from provisioners.salesforce.user_rights import (
    ALL_DATA,
    METADATA,
    RIGHTS,
    held_rights,
    needed,
    rights_lacking,
    useful,
)
from tests.provisioners.declared import declaration

ARR = declaration(crm_fields={"arr": {"object": "Account", "name": "ARR", "type": "currency"}})
WARRANTY = {"name": "Warranty", "plural": "Warranties"}


@pytest.mark.parametrize(
    ("row", "held"),
    [
        ({}, ()),
        ({"PermissionsManageUsers": True, "PermissionsViewAllData": False}, ("Manage Users",)),
        ({"PermissionsModifyMetadata": True}, (METADATA,)),
        ({"PermissionsModifyAllData": True}, (METADATA,)),
        ({"PermissionsViewAllData": True}, (ALL_DATA,)),
    ],
)
def test_what_a_row_says(row: dict[str, bool], held: tuple[str, ...]) -> None:
    assert held_rights(row) == frozenset(held)


def test_only_what_the_files_set_up_needs_a_right() -> None:
    assert needed(declaration()) == {}
    assert needed(ARR) == {"Customize Application": "fields"}
    assert useful(ARR) == {ALL_DATA: "saying how many records hold a value"}
    access = declaration(crm_access={"support": {"name": "Support", "objects": {"Account": "read"}}})
    assert needed(access) == {"Assign Permission Sets": "access", "Manage Users": "access"}
    made = declaration(crm_objects={"warranty": WARRANTY})
    assert needed(made) == {"Customize Application": "fields", METADATA: "objects"} and not useful(made)
    assert needed(declaration(crm_objects={"warranty": {"existing": "Warranty__c"}})) == {}


def test_what_is_looked_after_says_what_is_lacking() -> None:
    ours = LiveObject("crm", "crm_objects", "Warranty__c", "Warranty", ours="crm_objects/warranty")
    somebody_elses = LiveObject("crm", "crm_objects", "Lease__c", "Lease")
    assert rights_lacking(frozenset(RIGHTS), [ours]) == (f"{METADATA} (objects)",)
    assert rights_lacking(frozenset(RIGHTS), [somebody_elses]) == ()
    assert rights_lacking(frozenset({*RIGHTS, METADATA}), [ours]) == ()
    assert rights_lacking(frozenset({METADATA}), []) == tuple(f"{right} ({why})" for right, why in RIGHTS.items())
