"""Plain records of the vendor: listed by one query, written over REST one by one."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from provisioners.collection import Collection, Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.salesforce.client import Body, SalesforceClient, long_id, quoted

Found: TypeAlias = list[Live]


class Records(Collection):
    """A type whose objects are plain records."""

    record: ClassVar[str]
    columns: ClassVar[str]
    references: ClassVar[tuple[str, ...]] = ()

    def __init__(self, client: SalesforceClient) -> None:
        self.client = client

    def condition(self, payload: Payload) -> str:
        """Which records belong to the payload's list."""
        raise NotImplementedError

    def label(self, body: Body) -> str:
        raise NotImplementedError

    def body(self, payload: Payload) -> Body:
        """What is sent when the object is made."""
        return dict(payload)

    def changes(self, payload: Payload) -> Body:
        """What is sent when the object is changed."""
        return {name: value for name, value in payload.items() if name not in self.replace_on}

    def list(self, payload: Payload) -> list[Live]:
        return self._found(self.condition(payload))

    def get(self, identifier: str, payload: Payload) -> Live | None:
        return next(iter(self._found(f"Id = {quoted(identifier)}")), None)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {name: long_id(str(live.body[name])) if name in self.references else live.body[name] for name in payload}

    def create(self, payload: Payload) -> Write:
        body = self.body(payload)
        try:
            identifier = self.client.create(f"sobjects/{self.record}", body)
        except SystemFault as refused:
            if refused.code != "collision" or not self.joins:
                raise
            return self._join(payload, refused)
        try:
            return Write(self._there(identifier, payload))
        except SystemFault as fault:  # it is made, so it must not be forgotten
            sent = {"Id": identifier, **body, **self.shown(payload)}
            return Write(Live(identifier, sent, self.label(sent)), warnings=(str(fault),))

    def _join(self, payload: Payload, refused: SystemFault) -> Write:
        """Take the one that somebody made by hand, and make it what it should be."""
        key = self.natural_key(payload)
        live = next((live for live in self.list(payload) if self.live_key(live) == key), None)
        if live is None:
            raise refused
        now = self.canonical(live, payload)
        return Write(live if now == payload else self.update(live.id, payload, now).live, was_there=True)

    def shown(self, payload: Payload) -> Body:
        """What the vendor would show beside what was sent."""
        return {}

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        self.client.update(f"sobjects/{self.record}/{identifier}", self.changes(payload))
        return Write(self._there(identifier, payload))

    def delete(self, identifier: str, payload: Payload) -> str | None:
        self.client.delete(f"sobjects/{self.record}/{identifier}")
        return None

    def _found(self, condition: str) -> Found:
        records = self.client.select(self.record, self.columns, condition)
        return [Live(long_id(one["Id"]), one, self.label(one)) for one in records]

    def _there(self, identifier: str, payload: Payload) -> Live:
        live = self.get(identifier, payload)
        if live is None:
            raise SystemFault(
                "not_found",
                f"{self.kind_word} {identifier}",
                f"{self.client.guard.system} took the change but does not show the object",
                "Run the same command again.",
                took_effect=True,
            )
        return live
