"""The table-driven part of every Zendesk type: where it is, what its envelope is, what is compared how."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

from provisioners.collection import Collection, Live, Mailed, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.client import Reply, ZendeskClient, unwrapped
from provisioners.zendesk.collections.languages import PARTS, with_codes, with_ids
from provisioners.zendesk.likeness import alike, raw
from provisioners.zendesk.replies import warnings_in

Comparison = Callable[[Any, Any], Any]
"""(live value, wanted value) → the live value in the wanted one's form."""


class ZendeskCollection(Collection):
    """A list at `/api/v2/<path>` with one object per `<path>/<id>`. A type says what is special about it."""

    path: ClassVar[str]
    envelope: ClassVar[str]
    plural: ClassVar[str]
    key: ClassVar[str]
    """The attribute by which people tell objects apart."""

    verb: ClassVar[Literal["put", "patch"]] = "put"
    cursor: ClassVar[bool] = True
    """False where the vendor lists by page number only."""
    query: ClassVar[Mapping[str, Any]] = {}
    """What a list call asks for."""
    numbers: ClassVar[frozenset[str]] = frozenset()
    """Ids that travel as JSON numbers."""
    raw_texts: ClassVar[frozenset[str]] = frozenset()
    """Texts that are compared before the vendor fills in placeholders."""
    comparisons: ClassVar[Mapping[str, Comparison]] = {}
    """How an attribute is compared where `alike` does not do."""
    unsent: ClassVar[frozenset[str]] = frozenset()
    """Attributes that are golive's own: never sent, never compared."""
    has_vendor_defaults: ClassVar[bool] = False
    """`default` in the vendor's JSON means that the vendor made it."""

    def __init__(self, client: ZendeskClient) -> None:
        self.client = client

    # ------------------------------------------------------------ what it is called

    def natural_key(self, payload: Payload) -> str | None:
        value = payload.get(self.key)
        return None if value is None else self._folded(str(value))

    def live_key(self, live: Live) -> str | None:
        return self._folded(str(live.body.get(self.key, "")))

    @staticmethod
    def _folded(text: str) -> str:
        return " ".join(text.split())

    # ------------------------------------------------------------ reading

    def place(self, payload: Payload) -> str:
        """The list's path; a type below a parent puts the parent's id in."""
        return self.path

    def live(self, body: dict[str, Any], payload: Payload) -> Live:
        """An object of the vendor's JSON."""
        return Live(
            id=str(body["id"]),
            body=body,
            label=str(body.get(self.key) or body["id"]),
            active=self._active(body),
            default=self.has_vendor_defaults and bool(body.get("default")),
            mails=self.mails(body),
        )

    def mails(self, body: dict[str, Any]) -> tuple[Mailed, ...]:
        """Whom an object sends mail to."""
        return ()

    def _active(self, body: dict[str, Any]) -> bool | None:
        return None if self.switch is None else body.get(self.switch.attribute) != self.switch.off

    def is_deleted(self, body: dict[str, Any]) -> bool:
        """Whether the vendor still shows an object that it counts as deleted."""
        return False

    def list(self, payload: Payload) -> builtins.list[Live]:
        bodies = self.client.pages(self.place(payload), self.plural, cursor=self.cursor, **self.query)
        return [self.live(body, payload) for body in bodies if not self.is_deleted(body)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.find(f"{self.place(payload)}/{identifier}", self.envelope)
        return None if body is None or self.is_deleted(body) else self.live(body, payload)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {name: self.shown(name, live.body, wanted) for name, wanted in payload.items()}

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        """One attribute of a live object in the form of the wanted value."""
        if name in self.create_only or name in self.unsent:
            return wanted
        value = raw(body, name, wanted) if name in self.raw_texts else body.get(name)
        if name in PARTS:
            value = with_codes(value, self.client, wanted)
        return self.comparisons.get(name, alike)(value, wanted)

    # ------------------------------------------------------------ writing

    def wire(self, payload: Payload) -> Payload:
        """The payload as the vendor wants it."""
        return {
            name: int(value) if name in self.numbers and value not in (None, "") else self._sent(name, value)
            for name, value in payload.items()
            if name not in self.unsent
        }

    def _sent(self, name: str, value: Any) -> Any:
        return with_ids(value, self.client) if name in PARTS else value

    def written(self, reply: Reply, payload: Payload, what: str) -> Write:
        """The vendor's echo of a write, with the warnings that came along."""
        body = unwrapped(reply, self.envelope, what, reads=False)
        return Write(self.live(body, payload), warnings_in(reply.headers))

    def create(self, payload: Payload) -> Write:
        path = self.place(payload)
        reply = self.client.post(path, {self.envelope: self.wire(payload)})
        return self.written(reply, payload, f"POST {path}")

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        body = {name: value for name, value in self.wire(payload).items() if name not in self.create_only}
        return self.send(identifier, payload, body)

    def send(self, identifier: str, payload: Payload, body: Payload) -> Write:
        """Write the attributes of `body` to one object."""
        path = f"{self.place(payload)}/{identifier}"
        call = self.client.put if self.verb == "put" else self.client.patch
        return self.written(call(path, {self.envelope: body}), payload, f"{self.verb.upper()} {path}")

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """What the vendor refuses to delete because something uses it is left."""
        try:
            self.client.remove(f"{self.place(payload)}/{identifier}")
        except SystemFault as refused:
            used = self.used(identifier, refused) if refused.status == 422 else None
            if used is None:
                raise
            return used
        return None

    def used(self, identifier: str, refused: SystemFault) -> str | None:
        """Why an object that the vendor refuses to delete is left; None where that refusal is an error."""
        return None

    def switch_off(self, identifier: str, payload: Payload) -> None:
        if self.switch is None:
            raise SystemFault("not_allowed", self.kind_word, "this type has no switch", "Choose another on_remove.")
        self.turn(identifier, payload, on=False)

    def turn(self, identifier: str, payload: Payload, *, on: bool) -> Write:
        if self.switch is None:
            return super().turn(identifier, payload, on=on)
        return self.send(identifier, payload, {self.switch.attribute: self.switch.on if on else self.switch.off})
