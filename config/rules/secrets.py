"""Secrets are named where a secret belongs, and nowhere else (grammar 10, 26)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from config.addresses import is_loopback
from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.rules.actions import WITH_ACTIONS
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.secret_forms import is_secret, secret_in, secret_in_address
from config.values import names_in

NAMED = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
_USED = re.compile(r"\benv:[A-Z_][A-Z0-9_]*\b")
_IN_BODIES = re.compile(r"(?<![\w:/.-])env:[A-Za-z_]\w*")
"""Small letters too: in what a rule sends, no prose stands that could mean something else."""
_SENT = ("webhooks", "alerts", "dynamic_content", *WITH_ACTIONS)
"""Kinds whose texts go to others."""


CATALOGUE = (
    Rule(
        "secrets.written-out",
        "error",
        "A secret is written out.",
        "It would stand in the repository for ever, and with everybody who reads it.",
        "Name it:  env:NAME",
    ),
    Rule(
        "secrets.place",
        "error",
        "A secret is named where none can stand.",
        "It would be sent as it is written, or reach people.",
        "Keep secrets to a webhook's address, `auth` and `signing`, and to a Slack channel's `incoming_webhook`.",
    ),
    Rule(
        "secrets.in-clear",
        "warning",
        "A webhook signs in at an address without encryption.",
        "Whoever is on the way reads the secret, with each call.",
        "Use the receiver's https:// address.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        if item.kind in ("integrations", "help_center"):
            continue
        secret_places = list(_secret_places(item))
        for path in secret_places:
            text = next((text for place, text in scope.texts(item) if place == path), "")
            if path != ("url",) and not NAMED.fullmatch(text):
                yield item.finding(
                    "secrets.written-out", "error", path, "a secret must be named, never written out",
                    "Write  env:NAME  and set the environment variable NAME where golive runs.",
                )  # fmt: skip
        if item.kind == "webhooks":
            yield from _in_address(item)
            yield from _in_clear(item)
        if item.kind in _SENT:
            yield from _in_texts(item, secret_places, scope)
        for path, text in scope.texts(item):
            in_body = item.kind in WITH_ACTIONS and path[0] == "then" and path[2:3] in (("body",), ("query",))
            named = (
                _USED.search(text) or NAMED.fullmatch(text) or (in_body and len(path) > 3 and _IN_BODIES.search(text))
            )
            if path not in secret_places and named:
                yield item.finding(
                    "secrets.place", "error", path, "a secret is named where none can stand",
                    "`env:NAME` stands in a webhook's `url`, `auth` and `signing` only; elsewhere use values.",
                )  # fmt: skip


def _in_address(webhook: Declared) -> Iterator[Finding]:
    """`https://user:password@…`: what stands before the @ opens the door. So do some paths, and `?token=…`."""
    url = _as_written(webhook, ("url",), str(webhook.value.url or ""))
    try:
        parts = urlsplit(url)
        holds_secret = bool(parts.username or parts.password)
    except ValueError:
        return
    held = None if holds_secret else secret_in_address(url)
    if held:
        yield webhook.finding(
            "secrets.written-out", "error", ("url",), f"{held} is written out in its address",
            "Name the whole address:  url: env:NAME  and set the environment variable NAME where golive runs.",
        )  # fmt: skip
    if holds_secret and not NAMED.fullmatch(url):
        yield webhook.finding(
            "secrets.written-out", "error", ("url",), "the address holds a user name or password, and that is a secret",
            "Name it in `auth`:  auth: {basic: {username: …, password: env:NAME}}.",
        )  # fmt: skip


def _in_clear(webhook: Declared) -> Iterator[Finding]:
    """A secret on its way over http://; to this machine nobody listens, and of an address by its name nothing is
    known."""
    url = str(webhook.value.url or "")
    if webhook.value.auth is None or not url.lower().startswith("http://") or is_loopback(url):
        return
    yield webhook.finding(
        "secrets.in-clear", "warning", ("url",), "it signs in, and its address is http://: the secret goes unencrypted",
        "Use the receiver's https:// address.",
    )  # fmt: skip


def _in_texts(item: Declared, secret_places: list[Path_], scope: Scope) -> Iterator[Finding]:
    """What is sent to others says no secret: it would stand in the repository, and with whoever gets it."""
    for path, text in scope.texts(item):
        if path in secret_places:
            continue
        said = _as_written(item, path, text)
        name = _name_of(item, path)
        held = secret_in(said) or (f"a secret (`{name}`)" if is_secret(name, said) else None)
        if held:
            yield item.finding(
                "secrets.written-out", "error", path, f"{held} is written out in what it says",
                "Take it out: secrets stand in a webhook's `auth`, named as  env:NAME.",
            )  # fmt: skip


def _name_of(item: Declared, path: Path_) -> str:
    """The word before a text; in `query: [[name, value]]` the pair's first."""
    if path[0] == "then" and path[2:3] == ("query",) and path[-1] == 1:
        pairs = item.value.then[path[1]].query
        return str(pairs[path[3]][0])
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _as_written(item: Declared, path: Path_, text: str) -> str:
    """A text with the names of values in place of what the environment's file says for them."""
    found: Any = item.document.data if item.document else None
    try:
        for step in (*item.path, *path):
            found = found[step]
    except (KeyError, IndexError, TypeError):
        return text
    return found if isinstance(found, str) and names_in(found) else text


def _secret_places(item: Declared) -> Iterator[Path_]:
    if item.kind == "slack_channels" and item.value.incoming_webhook is not None:
        yield ("incoming_webhook",)
    if item.kind != "webhooks":
        return
    webhook = item.value
    yield ("url",)
    auth = getattr(webhook, "auth", None)
    if auth is not None:
        for path, _ in auth.secrets():
            yield ("auth", *path)
    if getattr(webhook, "signing", None) is not None:
        yield ("signing",)
