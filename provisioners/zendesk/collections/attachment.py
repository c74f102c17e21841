"""Pictures of articles: files of the workspace, uploaded as attachments that articles show.

The vendor never tells what is in a file, so that golive goes by the digest with which it was uploaded.
"""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any, ClassVar

from provisioners.collection import Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.zendesk.client import unwrapped
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.help_center import HELP_CENTER
from provisioners.zendesk.collections.workspace_file import media_type, planned_content
from provisioners.zendesk.help_center_words import CONTENT_URL
from provisioners.zendesk.replies import warnings_in


class ArticleAttachment(ZendeskCollection):
    """`file` is the path in the workspace, `digest` its SHA-256 (hex). Another file is another attachment."""

    type = "zendesk:ArticleAttachment"
    kind_word = "picture of an article"
    path = f"{HELP_CENTER}/articles/attachments"
    plural = "article_attachments"
    envelope = "article_attachment"
    key = "file_name"
    replace_on: ClassVar[frozenset[str]] = frozenset({"article_id", "file", "digest"})
    delete_before_replace = False
    unsent = frozenset({"file", "digest"})

    def natural_key(self, payload: Payload) -> str | None:
        """None: two pictures of one name do not stand in each other's way."""
        return None

    def live_key(self, live: Live) -> str | None:
        return None

    def list_scope(self, payload: Payload) -> str:
        return str(payload["article_id"])

    def list(self, payload: Payload) -> builtins.list[Live]:
        path = f"{HELP_CENTER}/articles/{payload['article_id']}/attachments"
        return [self.live(body, payload) for body in self.client.pages(path, self.plural)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.find(f"{self.path}/{identifier}", self.envelope)
        if body is None:
            body = self.client.find(
                f"{HELP_CENTER}/articles/{payload['article_id']}/attachments/{identifier}", self.envelope
            )
        return None if body is None else self.live(body, payload)

    def outputs(self, live: Live) -> dict[str, str]:
        return {CONTENT_URL: str(live.body.get(CONTENT_URL) or "")}

    def create(self, payload: Payload) -> Write:
        file = Path(str(payload["file"]))
        content = planned_content(self.client.root, file, str(payload["digest"]), "picture")
        path = f"{HELP_CENTER}/articles/{payload['article_id']}/attachments"
        reply = self.client.upload(path, "file", file.name, content, media_type(file), inline="true")
        body = unwrapped(reply, self.envelope, f"POST {path}", reads=False)
        return Write(self.live(body, payload), warnings_in(reply.headers))

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        raise SystemFault("not_allowed", self.kind_word, "the vendor cannot change an attachment, only replace it")

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """One that the article still shows goes with the article only."""
        path = f"{HELP_CENTER}/articles/{payload['article_id']}/translations"
        texts: builtins.list[dict[str, Any]] = []
        try:
            texts = self.client.pages(path, "translations")
        except SystemFault as missing:
            if missing.code != "not_found":
                raise
        if any(f"/article_attachments/{identifier}" in str(each.get("body")) for each in texts):
            return None
        return super().delete(identifier, payload)
