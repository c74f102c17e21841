"""Salesforce: a field that is there and is of another type than the files say."""

from __future__ import annotations

from config.findings import Finding
from provisioners.intent import Intent
from provisioners.salesforce import SYSTEM
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import PATH
from provisioners.salesforce.translations import CrmFieldTranslation
from tests.live_sandbox import LiveSandbox
from tests.provisioners.declared import connection, context, declaration


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
    assert len(live.log()) == 3, "one call for all fields of an object, and two for the one that nobody may see"
    found = asked(live, **{**right, "arr": ("text", "ARR__c"), "account": ("currency", "Name")})
    assert [(one.rule, one.severity, one.path) for one in found] == [
        ("salesforce.type", "error", "crm_fields.arr.type"),
        ("salesforce.type", "error", "crm_fields.account.type"),
    ]
    assert [(one.message, one.hint) for one in found] == [
        ("Account.ARR__c is a currency (to Salesforce currency), not text", "Say  type: currency"),
        ("Account.Name is a text (to Salesforce string), not currency", "Say  type: text"),
    ]
    assert live.writes() == []


def test_it_is_found_in_an_organisation_of_any_language(live: LiveSandbox, client: SalesforceClient) -> None:
    """Setup's words are translated; what golive goes by is not, of fields either that nobody may see yet."""
    metadata = {"label": "Seats", "type": "Currency", "precision": 18, "scale": 2}
    client.create(PATH, {"FullName": "Account.Seats__c", "Metadata": metadata})
    live.settings("salesforce", language="de")
    shown = client.select(
        "FieldDefinition", "DataType, DurableId", "EntityDefinition.QualifiedApiName = 'Account'", tooling=True
    )
    assert "Währung" in {each["DataType"] for each in shown}
    found = asked(live, arr=("text", "ARR__c"), seats=("date", "Seats__c"), stage=("text", "Industry"))
    assert [(one.path, one.hint) for one in found] == [
        ("crm_fields.arr.type", "Say  type: currency"),
        ("crm_fields.seats.type", "Say  type: currency"),
    ]
