"""The provider of the record: a resource that stands for nothing outside the state."""

from __future__ import annotations

from typing import Any

from pulumi.dynamic import CheckResult, CreateResult, ReadResult, ResourceProvider, UpdateResult

from provisioners.detailed_diff import DetailedDiff, changed_attributes, property_path
from provisioners.payload import decode

RECORD_TYPE = "golive:Record"
RECORD_ID = "record"


class RecordProvider(ResourceProvider):
    """Keeps what it is given."""

    def __init__(self) -> None:
        pass

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        return CheckResult(news, [])

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DetailedDiff:
        changed = changed_attributes(decode(_olds["payload"]), decode(_news["payload"]))
        return DetailedDiff({property_path(name): kind for name, kind in changed.items()}, [], False)

    def create(self, props: dict[str, Any]) -> CreateResult:
        return CreateResult(RECORD_ID, props)

    def read(self, id_: str, props: dict[str, Any], inputs: dict[str, Any] | None = None) -> ReadResult:
        return ReadResult(id_, props, inputs)

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        return UpdateResult(_news)

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        pass
