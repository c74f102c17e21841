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
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection
from tests.provisioners.salesforce.conftest import NOTE, SEGMENT


def observed(answer: object, *fields: str) -> tuple[str, str]:
    """What the probe has seen and says. fields: those that golive looks after."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    ours = tuple(LiveObject("crm", "crm_fields", name, name, f"crm_fields/{name}") for name in fields)
    standing = Standing((*ours, LiveObject("crm", "crm_fields", "x", "Account.Theirs__c")), ("crm_fields",))
    asked = {"crm_page": answer} if answer else {}
    standing = Standing(standing.objects, standing.listed, answers=asked)  # type: ignore[arg-type]
    facts = Facts(
        now, "build", Checklist(), Found(Configuration(Declaration(), ()), now), standing=Found(standing, now)
    )
    probe = PROBES["fields_on_page"]
    seen = probe.observe(probe.Parameters(), facts)
    return seen.seen, seen.said


def test_a_field_is_on_the_page_once_it_is_put_there_and_may_be_seen(
    live: LiveSandbox, client: SalesforceClient
) -> None:
    CustomField(client).create(NOTE)
    reading = connection("salesforce", live.url, read_only=True)
    assert SYSTEM.account_answer(reading, "routing") is None

    def page() -> object:
        return SYSTEM.account_answer(reading, "crm_page")

    live.settings("salesforce", layouts={"Account": ["Note__c", "ARR__c"]})
    assert observed(page(), "Account.Note__c")[0] == "fail", "nobody was given it"
    parent = PermissionSet(client).create({"Name": "S", "Label": "S"}).live.id
    grant = {"ParentId": parent, "SobjectType": "Account", "Field": "Account.Note__c", "PermissionsRead": True}
    FieldPermissions(client).create({**grant, "PermissionsEdit": False})
    live.clear_log()
    both = ("Account.Note__c", "Account.ARR__c", "Case.Seats__c")
    assert observed(page(), *both) == ("pass", "2 fields stand on the page of Account.")
    assert len(live.log()) == 1
    live.settings("salesforce", layouts={"Account": ["ARR__c"]})
    assert observed(page(), *both) == ("fail", "Not on the page of Account in the CRM: Note__c.")


def test_a_plan_that_makes_fields_says_where_a_person_puts_them(live: LiveSandbox) -> None:
    def made(key: str, payload: Payload, does: Action = "create") -> PlannedChange:
        return PlannedChange(ResourceName.of(f"crm/crm_fields/{key}"), CustomField.type, does, "", None, payload, key)

    changes = [made("Note", NOTE), made("Segment", SEGMENT), made("Seats", {**NOTE, "FullName": "Case.Seats__c"})]
    changes.append(made("Old", NOTE, "update"))
    live.clear_log()
    said = SYSTEM.cautions(connection("salesforce", live.url, read_only=True), Intent(Declaration(), changes))
    assert [each.partition(" once")[0] for each in said] == [
        "“Note”, “Segment” stand on no page of Salesforce",
        "“Seats” stands on no page of Salesforce",
    ]
    assert "Object Manager, Account, Page Layouts" in said[0] and live.log() == []


@pytest.mark.parametrize(
    ("answer", "fields", "why"),
    [
        (None, ("Account.Note__c",), "The CRM could not be asked what stands on an account's page"),
        ({"object": "Account", "fields": []}, ("Case.Seats__c",), "golive looks after no field of Account here."),
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
