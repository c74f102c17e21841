"""Macros that the whole team or some groups may use; personal ones are nobody's business. Their files, too.

Source: developer.zendesk.com, “Macros”: a file is uploaded by itself and belongs to a macro once `attachments` of the
macro lists its id; the list is replaced whole, and no answer shows it, so that the files take a call of their own.
What is in a file is not told: golive goes by its name and size, and by the digest of what it has sent.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.resource import Payload
from provisioners.zendesk.client import unwrapped
from provisioners.zendesk.collections.restriction import sent_restriction, shown_restriction
from provisioners.zendesk.collections.trigger import Rule
from provisioners.zendesk.collections.workspace_file import media_type, planned_content
from provisioners.zendesk.likeness import actions
from provisioners.zendesk.macro_words import FILES

File = dict[str, Any]
"""`file` is the path in the workspace, of one that is not golive's its name; `digest` its SHA-256 (hex), "" where it is
not known; `size` in bytes."""
_UPLOADS = "macros/attachments"


class Macro(Rule):
    type = "zendesk:Macro"
    kind_word = "macro"
    path = plural = "macros"
    envelope = "macro"
    query: ClassVar[Mapping[str, Any]] = {"access": "shared"}
    acts_by_itself: ClassVar[bool] = False
    comparisons: ClassVar = {"actions": actions, "restriction": shown_restriction}

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        if name == FILES:
            return _as_wanted(self._live_files(str(body["id"])), wanted)
        return super().shown(name, body, wanted)

    def taken_over(self, live: Live, payload: Payload) -> Payload:
        """What is in live files is unknown, so that those of a macro that is taken over are sent once."""
        found = self.canonical(live, payload)
        if FILES in found:
            found[FILES] = [{**each, "digest": ""} for each in found[FILES]]
        return found

    def wire(self, payload: dict[str, Any]) -> dict[str, Any]:
        body = super().wire({name: value for name, value in payload.items() if name != FILES})
        if "restriction" in body:
            body["restriction"] = sent_restriction(body["restriction"])
        return body

    def create(self, payload: Payload) -> Write:
        body = self.wire(payload)
        if payload.get(FILES):
            body[FILES] = [self._uploaded(each) for each in payload[FILES]]
        return self.written(self.client.post(self.path, {self.envelope: body}), payload, f"POST {self.path}")

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """Send files that are others than before; those that stay are named by the ids that they have."""
        body = self.wire(payload)
        if FILES in payload and payload[FILES] != old.get(FILES):
            body[FILES] = self._ids(identifier, payload[FILES], old.get(FILES) or [])
        return self.send(identifier, payload, body)

    def _ids(self, identifier: str, wanted: builtins.list[File], old: builtins.list[File]) -> builtins.list[int]:
        there = {_likeness(each): int(each["id"]) for each in self._live_files(identifier)}
        sent = {(*_likeness(each), each["digest"]) for each in old}
        return [
            there[_likeness(each)]
            if (*_likeness(each), each["digest"]) in sent and _likeness(each) in there
            else self._uploaded(each)
            for each in wanted
        ]

    def _live_files(self, identifier: str) -> builtins.list[dict[str, Any]]:
        """The live files in the order in which they came."""
        path = f"{self.path}/{identifier}/attachments"
        return sorted(self.client.pages(path, "macro_attachments", cursor=False), key=lambda body: int(body["id"]))

    def _uploaded(self, file: File) -> int:
        path = Path(str(file["file"]))
        content = planned_content(self.client.root, path, str(file["digest"]), "file")
        reply = self.client.upload(_UPLOADS, "attachment", path.name, content, media_type(path), filename=path.name)
        return int(unwrapped(reply, "macro_attachment", f"POST {_UPLOADS}", reads=False)["id"])


def _likeness(file: Mapping[str, Any]) -> tuple[str, int]:
    """By what a live file and one of the workspace are the same."""
    return str(file["filename"]) if "filename" in file else Path(str(file["file"])).name, int(file["size"])


def _as_wanted(live: builtins.list[dict[str, Any]], wanted: Any) -> builtins.list[File]:
    """Live files, those of the workspace in its words and order, and behind them those that are not."""
    by_likeness = {_likeness(each): each for each in live}
    ours = [each for each in wanted or [] if _likeness(each) in by_likeness]
    known = {_likeness(each) for each in ours}
    others = [each for each in live if _likeness(each) not in known]
    return [*ours, *({"file": each["filename"], "digest": "", "size": each["size"]} for each in others)]
