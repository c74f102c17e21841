"""The account's settings, of which only those are written that are declared.

Source: developer.zendesk.com, “Account Settings”: sections with attributes; a write changes what it names. The
languages are a list of ids that is replaced whole.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.resource import Payload
from provisioners.zendesk.attribute_words import LANGUAGES
from provisioners.zendesk.client import unwrapped
from provisioners.zendesk.collections.languages import language_id
from provisioners.zendesk.collections.setting import Setting
from provisioners.zendesk.likeness import alike
from provisioners.zendesk.replies import warnings_in

PATH, ENVELOPE = "account/settings", "settings"
_NAME = "account settings"


class AccountSettings(Setting):
    """Payload: `section.attribute` → value. There is one."""

    type = "zendesk:AccountSettings"
    kind_word = "account settings"
    replace_on: ClassVar[frozenset[str]] = frozenset()

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [self._of(self.client.get(PATH).body.get(ENVELOPE) or {})]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        return self.list(payload)[0]

    @staticmethod
    def _of(body: dict[str, Any]) -> Live:
        return Live(id="account", body=body, label=_NAME, default=True)

    def natural_key(self, payload: Payload) -> str | None:
        """There is one, and it came with the account: what it says is there to be compared with."""
        return _NAME

    def live_key(self, live: Live) -> str | None:
        return _NAME

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {name: self._shown(name, live.body, wanted) for name, wanted in payload.items()}

    def _shown(self, name: str, body: Mapping[str, Any], wanted: Any) -> Any:
        section, _, attribute = name.partition(".")
        value = (body.get(section) or {}).get(attribute)
        if name != LANGUAGES:
            return alike(value, wanted)
        known = self.client.languages()
        codes = [known.get(str(each), f"#{each}") for each in value or []]
        spelled = {str(each).lower(): str(each) for each in wanted or []}
        found = [spelled.get(each.lower(), each) for each in codes]
        ours = [each for each in wanted or [] if each in found]
        return [*ours, *(each for each in found if each not in ours)]

    def create(self, payload: Payload) -> Write:
        body: dict[str, dict[str, Any]] = {}
        for name, value in payload.items():
            section, _, attribute = name.partition(".")
            sent = [int(language_id(each, self.client)) for each in value] if name == LANGUAGES else value
            body.setdefault(section, {})[attribute] = sent
        reply = self.client.put(PATH, {ENVELOPE: body})
        return Write(self._of(unwrapped(reply, ENVELOPE, f"PUT {PATH}", reads=False)), warnings_in(reply.headers))
