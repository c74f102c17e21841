"""Salesforce: what the files can say of objects and record types, and Salesforce cannot have."""

from __future__ import annotations

from typing import Any

import pytest

from config.rules.scope import Scope
from provisioners.salesforce.rules import check
from tests.provisioners.declared import declaration

FIELD = {"object": "term", "name": "Months", "type": "integer"}
TERM = {"name": "Term", "plural": "Terms"}
YEARLY = {"object": "term", "name": "Yearly"}


def found(**kinds: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    """Rule and place of each finding about a client with one object and one field."""
    whole = {"crm_objects": {"term": TERM}, "crm_fields": {"months": FIELD}, **kinds}
    return [(each.rule, each.path) for each in check(Scope(declaration(**whole)))]


@pytest.mark.parametrize(
    ("kinds", "finding"),
    [
        ({"crm_objects": {"term": TERM, "term_": TERM}}, ("salesforce.name-twice", "crm_objects.term_")),
        ({"crm_fields": {"months": FIELD, "months_": FIELD}}, ("salesforce.name-twice", "crm_fields.months_")),
        (
            {"crm_fields": {"months": FIELD, "other": {**FIELD, "existing": "MONTHS__c"}}},
            ("salesforce.name-twice", "crm_fields.other"),
        ),
        (
            {"crm_fields": {"months": {**FIELD, "object": "contract_trem"}}},
            ("salesforce.object", "crm_fields.months.object"),
        ),
        (
            {"crm_access": {"see": {"name": "See", "objects": {"other_term": "read"}}}},
            ("salesforce.object", "crm_access.see.objects.other_term"),
        ),
        ({"crm_objects": {"term": TERM, "t" * 41: TERM}}, ("salesforce.field", f"crm_objects.{'t' * 41}.name")),
        (
            {"crm_record_types": {"yearly": {**YEARLY, "process": "Support"}}},
            ("salesforce.no-process", "crm_record_types.yearly.process"),
        ),
        (
            {"crm_record_types": {"yearly": {**YEARLY, "on_remove": "delete"}}},
            ("salesforce.record-type-stays", "crm_record_types.yearly.on_remove"),
        ),
    ],
)
def test_what_cannot_be(kinds: dict[str, Any], finding: tuple[str, str]) -> None:
    assert found(**kinds) == [finding]


@pytest.mark.parametrize(
    "kinds",
    [
        {},
        {"crm_fields": {"months": FIELD, "other": {**FIELD, "object": "Account"}}},
        {"crm_fields": {"months": {**FIELD, "object": "Other_Term__c"}}},
        {"crm_fields": {"months": {**FIELD, "object": "asset"}}},
        {"crm_fields": {"months": FIELD, "months_": {**FIELD, "object": "case"}}},
        {"crm_fields": {key: {**FIELD, "existing": "ARR__c"} for key in ("a", "b")}},
        {"crm_record_types": {"yearly": YEARLY, "refund": {"object": "Case", "name": "R", "process": "Support"}}},
    ],
)
def test_what_can_be(kinds: dict[str, Any]) -> None:
    assert found(**kinds) == []
