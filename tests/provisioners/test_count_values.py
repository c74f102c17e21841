"""How many records hold a value in a CRM field, where golive's user may see it."""

from __future__ import annotations

from typing import Any

from provisioners.errors import SystemFault
from provisioners.salesforce.custom_field import CustomField
from provisioners.salesforce.custom_object import CustomObject


class Client:
    """An organisation that answers one count."""

    def __init__(self, answer: list[dict[str, Any]] | SystemFault, *, sees_all: bool = True) -> None:
        self.answer = answer
        self.sees_all_records = sees_all
        self.asked: list[str] = []

    def get(self, path: str) -> dict[str, Any]:
        return {"Id": "00N000000000001AAA", "FullName": "Account.ARR__c", "Metadata": {}}

    def query(self, soql: str) -> list[dict[str, Any]]:
        self.asked.append(soql)
        if isinstance(self.answer, SystemFault):
            raise self.answer
        return self.answer


def test_count() -> None:
    client = Client([{"held": 7.0}])
    assert CustomField(client).count_values("00N000000000001", {}) == 7  # type: ignore[arg-type]
    assert client.asked == ["SELECT COUNT(ARR__c) held FROM Account"]


def test_what_may_not_be_counted_is_not_known() -> None:
    refused = Client(SystemFault("refused", "query", "No such column"))
    assert CustomField(refused).count_values("00N000000000001", {}) is None  # type: ignore[arg-type]


def test_a_user_who_sees_only_what_is_shared_counts_nothing() -> None:
    narrow = Client([{"held": 0}], sees_all=False)
    assert CustomField(narrow).count_values("00N000000000001", {}) is None  # type: ignore[arg-type]
    assert CustomObject(narrow).count_values("01I000000000001", {"FullName": "Term__c"}) is None  # type: ignore[arg-type]
    assert narrow.asked == []
