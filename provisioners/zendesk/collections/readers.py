"""Who may read and edit articles: user segments, and the permission groups that every article has to name."""

from __future__ import annotations

import builtins
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.help_center_words import USUAL

BUILT_IN = "built_in"


def _ids(live: Any, wanted: Any) -> Any:
    """Groups mean the same in any order; their ids come as numbers."""
    found = [str(each) for each in live or []]
    return wanted if sorted(found) == sorted(map(str, wanted or [])) else found


class UserSegment(ZendeskCollection):
    """Those of the vendor are called differently in each language, and are known by whom they are for."""

    type = "zendesk:UserSegment"
    kind_word = "user segment"
    path = "help_center/user_segments"
    plural = "user_segments"
    envelope = "user_segment"
    key = "name"
    comparisons: ClassVar = {"group_ids": _ids}

    def natural_key(self, payload: Payload) -> str | None:
        if payload.get(BUILT_IN):
            return f"{payload['user_type']} ({BUILT_IN})"
        return super().natural_key(payload)

    def live_key(self, live: Live) -> str | None:
        if live.body.get(BUILT_IN):
            return f"{live.body.get('user_type')} ({BUILT_IN})"
        return super().live_key(live)

    def wire(self, payload: Payload) -> Payload:
        body = super().wire(payload)
        return {**body, "group_ids": [int(each) for each in body.get("group_ids") or []]}

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """One that articles still name is left: they would be shown to others."""
        bodies = self.client.pages("help_center/articles", "articles", include="translations")
        inside = sum(str(body.get("user_segment_id")) == identifier for body in bodies)
        if not inside:
            return super().delete(identifier, payload)
        return f"{inside} {'articles are' if inside > 1 else 'article is'} still for it"


class PermissionGroup(ZendeskCollection):
    """Who of the team may change and publish an article. It is only looked up: by its name, or as the built-in one."""

    type = "zendesk:PermissionGroup"
    kind_word = "permission group for articles"
    path = "guide/permission_groups"
    plural = "permission_groups"
    envelope = "permission_group"
    key = "name"
    cursor = False

    def __init__(self, client: ZendeskClient) -> None:
        super().__init__(client)
        self._usual: str | None = None

    def list(self, payload: Payload) -> builtins.list[Live]:
        """Of several that are built in, the one with which the team publishes is the usual one."""
        found = super().list(payload)
        usual = sorted(
            (live for live in found if live.body.get(BUILT_IN)), key=lambda live: not live.body.get("publish")
        )
        first = next(iter(usual), found[0] if len(found) == 1 else None)
        self._usual = super().live_key(first) if first is not None else ""
        return [Live(each.id, {**each.body, USUAL: each is first}, each.label) for each in found]

    def natural_key(self, payload: Payload) -> str | None:
        """The usual one has another name in each account: None until the list has been read."""
        return self._usual if payload.get(BUILT_IN) else super().natural_key(payload)

    def create(self, payload: Payload) -> Write:
        raise SystemFault("not_allowed", self.kind_word, "golive makes none")
