"""Salesforce: record types, and the processes that some of them need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from config.findings import Finding
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Payload, ResourceName
from provisioners.salesforce import SYSTEM
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.record_type import RecordType
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection, declaration
from tests.provisioners.faults import fault_of
from tests.provisioners.salesforce.conftest import SEED, listed

REFUND: Payload = {"SobjectType": "Case", "DeveloperName": "Refund", "Name": "Refund", "IsActive": True}
YEARLY: Payload = {**REFUND, "SobjectType": "Account", "DeveloperName": "Yearly", "Name": "Yearly"}
SUPPORT, BILLING = {"object": "Case", "name": "Support"}, {"object": "Case", "name": "Billing"}


@pytest.fixture
def organisation(request: pytest.FixtureRequest) -> Iterator[LiveSandbox]:
    """One with the business processes that the test names."""
    with running_sandbox({"salesforce": {**SEED["salesforce"], "processes": request.param}}) as live:
        yield live


def test_a_record_type_is_made_changed_and_switched_off_for_deleted(client: SalesforceClient) -> None:
    types = RecordType(client)
    assert "IsActive" in types.create(YEARLY).live.body
    made = listed(types, YEARLY, "account.yearly")
    assert made is not None and types.canonical(made, YEARLY) == YEARLY and made.active
    changed = {**YEARLY, "Name": "Each year", "Description": "Renewed", "IsActive": False}
    write = types.update(made.id, changed, YEARLY)
    assert types.canonical(write.live, changed) == changed and not write.live.active
    assert types.turn(made.id, changed, on=True).live.active
    assert "deletes no record type" in str(types.delete(made.id, changed))
    now = types.get(made.id, changed)
    assert now is not None and now.body["IsActive"] is False
    assert fault_of(types.create, YEARLY).code == "collision"
    refused = fault_of(types.create, {**YEARLY, "SobjectType": "Nothing__c"})
    assert "bad value for restricted picklist" in refused.why and refused.do


@pytest.mark.parametrize("organisation", [[SUPPORT, {"object": "Lead", "name": "Any"}]], indirect=True)
def test_the_only_process_is_taken(organisation: LiveSandbox) -> None:
    types = RecordType(SalesforceClient(connection("salesforce", organisation.url)))
    live = types.create(REFUND).live
    assert types.canonical(live, {**REFUND, "process": ""}) == {**REFUND, "process": "Support"}


@pytest.mark.parametrize("organisation", [[SUPPORT, BILLING]], indirect=True)
def test_of_several_processes_the_files_say_which(organisation: LiveSandbox) -> None:
    types = RecordType(SalesforceClient(connection("salesforce", organisation.url)))
    assert "there are “Billing”, “Support”" in fault_of(types.create, REFUND).why
    billing = {**REFUND, "process": "billing"}
    live = types.create(billing).live
    support = {**REFUND, "process": "Support"}
    assert types.canonical(types.update(live.id, support, billing).live, support) == support


def asked(live: LiveSandbox, **said: Any) -> list[Finding]:
    """What the organisation says of a record type of cases that is about to be made."""
    declared = declaration(crm_record_types={"refund": {"object": "Case", "name": "Refund", **said}})
    change = PlannedChange(
        ResourceName.of("crm/crm_record_types/refund"), RecordType.type, "create", will=REFUND | said
    )
    return SYSTEM.asked(connection("salesforce", live.url, read_only=True), Intent(declared, [change]))


def test_without_a_process_nothing_is_sent(live: LiveSandbox, client: SalesforceClient) -> None:
    [finding] = asked(live)
    assert (finding.rule, finding.severity) == ("salesforce.process", "error")
    assert "there is no process that can be used" in finding.message
    assert "no process that can be used" in fault_of(RecordType(client).create, REFUND).why


@pytest.mark.parametrize("organisation", [[SUPPORT, BILLING]], indirect=True)
def test_a_plan_says_which_processes_there_are(organisation: LiveSandbox) -> None:
    assert "there are “Billing”, “Support”" in asked(organisation)[0].message
    assert "no process “Sales”" in asked(organisation, process="Sales")[0].message
    assert asked(organisation, process="Support") == []
