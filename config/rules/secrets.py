"""Secrets are named where a secret belongs, and nowhere else (grammar 10, 26)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.document import Path_
from config.findings import Finding
from config.placeholders import texts_of
from config.rules.scope import Scope

NAMED = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
_USED = re.compile(r"\benv:[A-Z_][A-Z0-9_]*\b")


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        if item.kind in ("integrations", "help_center"):
            continue
        secret_places = list(_secret_places(item.value)) if item.kind == "webhooks" else []
        for path in secret_places:
            text = next((text for place, text in texts_of(item.value) if place == path), "")
            if path != ("url",) and not NAMED.fullmatch(text):
                yield item.finding(
                    "secrets.written-out", "error", path, "a secret must be named, never written out",
                    "Write  env:NAME  and set the environment variable NAME where golive runs.",
                )  # fmt: skip
        for path, text in texts_of(item.value):
            if path not in secret_places and _USED.search(text):
                yield item.finding(
                    "secrets.place", "error", path, "a secret is named where none can stand",
                    "`env:NAME` stands in a webhook's `url` and `auth` only; elsewhere use values.",
                )  # fmt: skip


def _secret_places(webhook: object) -> Iterator[Path_]:
    yield ("url",)
    auth = getattr(webhook, "auth", None)
    if auth is not None:
        for path, _ in auth.secrets():
            yield ("auth", *path)
