"""Salesforce: a field that is there and is of another type than the files say."""

from __future__ import annotations

import pytest

from config.findings import Finding
from provisioners.intent import Intent
from provisioners.salesforce import SYSTEM
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import PATH
from provisioners.salesforce.live_types import words_for
from provisioners.salesforce.translations import CrmFieldTranslation
from tests.live_sandbox import LiveSandbox
from tests.provisioners.declared import connection, context, declaration


@pytest.mark.parametrize(
    ("shown", "best"),
    [
        ("Text(255)", "text"),
        ("Currency(16, 2)", "currency"),
        ("Formula (Text)", "text"),
        ("Picklist (Multi-Select)", "multiselect"),
        ("Lookup(User,Group)", "lookup"),
        ("Long Text Area(32768)", "textarea"),
        ("Geolocation", ""),
        ("Währung(16, 2)", ""),
    ],
)
def test_the_vendors_word_is_one_of_ours(shown: str, best: str) -> None:
    assert next(iter(words_for(shown)), "") == best


def asked(live: LiveSandbox, **fields: tuple[str, str]) -> list[Finding]:
    """What is said of existing fields of Account: key → the type that is declared, and the field."""
    said = {key: {"object": "Account", "type": type_, "existing": name} for key, (type_, name) in fields.items()}
    declared = declaration(crm_fields=said)
    compiling = context(declared, "crm", "salesforce")
    resources = [
        resource
        for item in declared.of("crm_fields").values()
        for resource in CrmFieldTranslation().resources(item, compiling)
    ]
    return SYSTEM.asked(connection("salesforce", live.url, read_only=True), Intent(declared, resources=resources))


def test_a_wrong_type_of_an_existing_field_is_an_error_with_the_right_one(
    live: LiveSandbox, client: SalesforceClient
) -> None:
    metadata = {"label": "Twice", "type": "Currency", "precision": 18, "scale": 2, "formula": "ARR__c * 2"}
    client.create(PATH, {"FullName": "Account.Twice__c", "Metadata": metadata})
    live.clear_log()
    right = {
        "arr": ("currency", "ARR__c"),
        "manager": ("lookup", "CSM__c"),
        "account": ("text", "name"),
        "twice": ("decimal", "Twice__c"),
        "industry": ("dropdown", "Industry"),
        "gone": ("date", "Nowhere__c"),
    }
    assert asked(live, **right) == []
    assert len(live.log()) == 1, "one call for all fields of an object"
    found = asked(live, **{**right, "arr": ("text", "ARR__c"), "account": ("currency", "Name")})
    assert [(one.rule, one.severity, one.path) for one in found] == [
        ("salesforce.type", "error", "crm_fields.account.type"),
        ("salesforce.type", "error", "crm_fields.arr.type"),
    ]
    assert [(one.message, one.hint) for one in found] == [
        ("Account.Name is a field of the type Text(255), not currency", "Say  type: text"),
        ("Account.ARR__c is a field of the type Currency, not text", "Say  type: currency"),
    ]
    assert live.writes() == []
