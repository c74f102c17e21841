"""Salesforce: what the vendor refuses is said with what to do about it."""

from __future__ import annotations

from typing import Any

import pytest

from config.results.reach import Reach
from golive.carrying.numbers import Caused, Numbers, check_numbers
from golive.changes.reaching import reach_lines
from golive.terminal.fault import Fault
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Payload, ResourceName
from provisioners.salesforce import SYSTEM
from provisioners.salesforce.access import FieldPermissions, PermissionSet
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import PATH, CustomField
from provisioners.salesforce.custom_object import CustomObject
from tests.live_sandbox import LiveSandbox
from tests.provisioners.declared import connection, declaration
from tests.provisioners.faults import fault_of
from tests.provisioners.salesforce.conftest import NOTE


def test_a_user_without_the_right_is_sent_to_doctor(live: LiveSandbox, client: SalesforceClient) -> None:
    live.fault(kind="forbidden", system="salesforce", method="POST", times=1)
    refused = fault_of(CustomField(client).create, NOTE)
    assert (refused.code, refused.took_effect) == ("refused", False)
    assert "insufficient access" in refused.why and "`golive doctor`" in refused.do


def test_calls_that_are_used_up_are_the_days_and_not_the_minutes(live: LiveSandbox, client: SalesforceClient) -> None:
    live.settings("salesforce", daily_calls=1)
    assert client.select("Organization", "Id")
    gone = fault_of(client.select, "Organization", "Id")
    assert (gone.code, gone.why) == ("throttled", "TotalRequests Limit exceeded.")
    assert "last 24 hours" in gone.do
    assert len(live.log()) == 2, "it is not sent again: the day does not pass by waiting a little"


def test_the_days_calls_are_told_once_and_asked_for_by_doctor(live: LiveSandbox) -> None:
    live.settings("salesforce", daily_calls=500)
    told: list[tuple[str, dict[str, Any]]] = []
    client = SalesforceClient(
        connection("salesforce", live.url, report=lambda event, facts: told.append((event, facts)))
    )
    for _ in range(3):
        client.select("Organization", "Id")
    assert [facts for event, facts in told if event == "day"] == [{"system": "salesforce", "left": 499, "of": 500}]
    said = SYSTEM.calls_left(connection("salesforce", live.url, read_only=True))
    assert said == "496 of the day's 500 calls are left"


def test_a_name_that_the_vendor_keeps_for_itself_is_said_as_such(live: LiveSandbox, client: SalesforceClient) -> None:
    live.settings("salesforce", reserved_names=["Note", "Term"])
    term = {"FullName": "Term__c", "label": "T", "pluralLabel": "T", "sharingModel": "Read"}
    for collection, payload in (
        (CustomField(client), NOTE),
        (CustomObject(client), {**term, "nameLabel": "Name", "nameType": "Text"}),
    ):
        refused = fault_of(collection.create, payload)
        assert refused.code == "refused" and "reserved word" in refused.why
        assert "keeps this name for itself: give it another key" in refused.do


def test_a_name_that_a_deleted_field_still_has_says_where_it_is(client: SalesforceClient) -> None:
    fields = CustomField(client)
    taken = fields.create(NOTE).live.id
    assert "deleted" not in fault_of(fields.create, NOTE).do, "this one can be seen"
    fields.delete(taken, NOTE)
    fields.delete(fields.create(NOTE).live.id, NOTE)  # the first one has the name with _del already
    refused = fault_of(fields.create, NOTE)
    assert refused.code == "collision" and "already a field named Note" in refused.why
    assert "a deleted one has it for 15 days" in refused.do and "Deleted Fields" in refused.do


@pytest.mark.parametrize(
    ("changed", "why", "do"),
    [
        ({"label": "N" * 41}, "data value too large", "Shorten it"),
        ({"FullName": "Account.A__B__c"}, "can only contain underscores and alphanumeric", ""),
        ({"FullName": "Nowhere.Note__c"}, "Nowhere cannot be found", "Salesforce's API calls it"),
        ({"type": "Speech"}, "bad value for restricted picklist field", "Salesforce's API calls it"),
        ({"length": 256}, "length must be a whole number between 1 and 255", ""),
    ],
)
def test_what_is_no_field_is_refused_in_the_vendors_words(
    client: SalesforceClient, changed: Payload, why: str, do: str
) -> None:
    refused = fault_of(CustomField(client).create, {**NOTE, **changed})
    assert refused.code == "refused" and why in refused.why and do in refused.do


def test_what_a_formula_names_stays_until_it_does_no_more(client: SalesforceClient) -> None:
    fields = CustomField(client)
    note = fields.create(NOTE).live.id
    metadata = {"label": "Twice", "type": "Text", "formula": "Note__c & Note__c"}
    client.create(PATH, {"FullName": "Account.Twice__c", "Metadata": metadata})
    refused = fault_of(fields.delete, note, NOTE)
    assert "referenced elsewhere" in refused.why and "Take it out of what still names it" in refused.do


def values_lost(live: LiveSandbox, field: str, payload: Payload) -> list[Reach]:
    """What records lose when a run deletes a field."""
    change = PlannedChange(
        ResourceName.of("crm/crm_fields/note"), CustomField.type, "delete", field, payload, None, "Note"
    )
    return SYSTEM.reach(connection("salesforce", live.url, read_only=True), Intent(declaration(), [change]))


def test_values_are_lost_only_with_their_number(live: LiveSandbox, client: SalesforceClient) -> None:
    field = CustomField(client).create(NOTE).live.id
    [unknown] = values_lost(live, field, NOTE)
    assert unknown.tickets is None, "golive does not see the field, so nobody knows"
    parent = PermissionSet(client).create({"Name": "S", "Label": "S"}).live.id
    grant = {"ParentId": parent, "SobjectType": "Account", "Field": "Account.Note__c"}
    FieldPermissions(client).create({**grant, "PermissionsRead": True, "PermissionsEdit": True})
    assert values_lost(live, field, NOTE) == [], "an empty field takes nothing along"
    for name in ("A", "B"):
        client.create("sobjects/Account", {"Name": name, "Note__c": "x"})
    reach = values_lost(live, field, NOTE)
    assert reach_lines(reach) == ["Values: the field “Note” is deleted: 2 records hold one"]
    caused = Caused(deletions=1, reach=reach)
    with pytest.raises(Fault) as raised:
        check_numbers(caused, Numbers(delete=1), all_sandbox=False)
    assert "--delete-records 2" in str(raised.value.do)
    assert "The field “Note” goes, and 2 records hold one" in str(raised.value.why)
    check_numbers(caused, Numbers(delete=1, delete_records=2), all_sandbox=False)
