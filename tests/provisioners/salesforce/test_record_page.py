"""Salesforce: which fields stand on an account's page, and what a gate makes of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from checklists.checklist import Checklist
from checklists.facts import Configuration, Facts, Found
from checklists.probes import PROBES
from config.declaration import Declaration
from config.results.plan import Action
from config.results.standing import LiveObject, Standing
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Payload, ResourceName
from provisioners.salesforce import SYSTEM
from provisioners.salesforce.access import FieldPermissions, PermissionSet
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import CustomField
from provisioners.salesforce.record_type import RecordType
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection
from tests.provisioners.salesforce.conftest import NOTE, SEGMENT


def ours(*fields: str) -> list[LiveObject]:
    """Fields that golive looks after, and one that it does not."""
    found = [LiveObject("crm", "crm_fields", name, name, f"crm_fields/{name}") for name in fields]
    return [*found, LiveObject("crm", "crm_fields", "x", "Account.Theirs__c")]


def observed(answer: object, *fields: str) -> tuple[str, str]:
    """What the probe has seen and says. fields: those that golive looks after."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    asked = {"crm_page": answer} if answer else {}
    standing = Standing(tuple(ours(*fields)), ("crm_fields",), answers=asked)  # type: ignore[arg-type]
    facts = Facts(
        now, "build", Checklist(), Found(Configuration(Declaration(), ()), now), standing=Found(standing, now)
    )
    probe = PROBES["fields_on_page"]
    seen = probe.observe(probe.Parameters(), facts)
    return seen.seen, seen.said


def page(live: LiveSandbox, *fields: str) -> object:
    return SYSTEM.answer_about(connection("salesforce", live.url, read_only=True), "crm_page", ours(*fields))


def granted(client: SalesforceClient, *fields: str) -> None:
    """Fields that are made, and may be seen."""
    parent = PermissionSet(client).create({"Name": "S", "Label": "S"}).live.id
    for name in fields:
        CustomField(client).create({**NOTE, "FullName": name})
        grant = {"ParentId": parent, "SobjectType": name.partition(".")[0], "Field": name}
        FieldPermissions(client).create({**grant, "PermissionsRead": True, "PermissionsEdit": False})


def test_a_field_is_on_the_page_once_it_is_put_there_and_may_be_seen(
    live: LiveSandbox, client: SalesforceClient
) -> None:
    assert SYSTEM.answer_about(connection("salesforce", live.url), "routing", ours()) is None
    CustomField(client).create({**NOTE, "FullName": "Account.Hidden__c"})
    live.settings("salesforce", layouts={"Account": ["Hidden__c", "Note__c", "ARR__c"], "Case": ["Seats__c"]})
    assert observed(page(live, "Account.Hidden__c"), "Account.Hidden__c")[0] == "fail", "nobody was given it"
    granted(client, "Account.Note__c", "Case.Seats__c")
    live.clear_log()
    fields = ("Account.Note__c", "Account.ARR__c", "Case.Seats__c")
    assert observed(page(live, *fields), *fields) == ("pass", "3 fields stand on every page of Account, Case.")
    assert len(live.log()) == 4, "one call for each object, and one for each page"
    live.settings("salesforce", layouts={"Account": ["ARR__c"], "Case": []})
    said = "Not on the page in the CRM of Account: Note__c; of Case: Seats__c."
    assert observed(page(live, *fields), *fields) == ("fail", said)


def test_the_page_of_each_record_type_counts_that_people_may_choose(
    live: LiveSandbox, client: SalesforceClient
) -> None:
    granted(client, "Account.Note__c")
    for name in ("Yearly", "Monthly", "Nobodys"):
        RecordType(client).create({"SobjectType": "Account", "DeveloperName": name, "Name": name, "IsActive": True})
    live.settings("salesforce", record_types={"Account": ["Yearly", "Monthly"]})
    live.settings("salesforce", layouts={"Account": [], "Account.Yearly": ["Note__c"], "Account.Monthly": []})
    said = "Not on the page in the CRM of Account (Monthly): Note__c."
    assert observed(page(live, "Account.Note__c"), "Account.Note__c") == ("fail", said)
    live.settings("salesforce", layouts={"Account.Yearly": ["Note__c"], "Account.Monthly": ["Note__c"]})
    said = "1 field stands on every page of Account (Monthly), Account (Yearly)."
    assert observed(page(live, "Account.Note__c"), "Account.Note__c") == ("pass", said)


def test_a_plan_that_makes_fields_says_where_a_person_puts_them(live: LiveSandbox) -> None:
    def made(key: str, payload: Payload, does: Action = "create") -> PlannedChange:
        return PlannedChange(ResourceName.of(f"crm/crm_fields/{key}"), CustomField.type, does, "", None, payload, key)

    changes = [made("Note", NOTE), made("Segment", SEGMENT), made("Seats", {**NOTE, "FullName": "Case.Seats__c"})]
    changes.append(made("Old", NOTE, "update"))
    refund = ResourceName.of("crm/crm_record_types/refund")
    changes.append(PlannedChange(refund, RecordType.type, "create", will={"Name": "Refund"}, label="Refund"))
    live.clear_log()
    said = SYSTEM.cautions(connection("salesforce", live.url, read_only=True), Intent(Declaration(), changes))
    assert [each.partition(" once")[0] for each in said] == [
        "“Note”, “Segment” stand on no page of Salesforce",
        "“Seats” stands on no page of Salesforce",
        "“Refund” can be chosen by nobody",
    ]
    assert "Object Manager, Account, Page Layouts" in said[0] and live.log() == []


@pytest.mark.parametrize(
    ("answer", "fields", "why"),
    [
        (None, ("Account.Note__c",), "The CRM could not be asked what stands on its records' pages"),
        ({"pages": []}, (), "golive looks after no field of the CRM here."),
        (
            {"pages": [{"object": "User", "record_type": "", "why": "it has none"}]},
            ("User.Note__c",),
            "No page could be read of User (it has none).",
        ),
    ],
)
def test_what_is_not_known_is_no_pass(answer: object, fields: tuple[str, ...], why: str) -> None:
    seen, said = observed(answer, *fields)
    assert seen == "unknown" and why in said


def test_packages_that_are_installed() -> None:
    with running_sandbox(
        {"salesforce": {"packages": [{"name": "Helpdesk", "namespace": "Zendesk"}, {"name": "X"}]}}
    ) as live:
        reading = connection("salesforce", live.url, read_only=True)
        assert SYSTEM.account_answer(reading, "crm_apps") == {"apps": ["Helpdesk (Zendesk)", "X"]}
