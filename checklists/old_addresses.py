"""The addresses that customers have in their address books, and where mail to them has to arrive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config.declaration import Declaration


@dataclass(frozen=True)
class OldAddress:
    """An address from before, in small letters. into: the one that takes its mails, empty where nobody named one.
    right: every address of ours under which its mails may come in."""

    address: str
    into: str
    right: frozenset[str]


def old_addresses(declaration: Declaration, moved: Mapping[str, str]) -> dict[str, OldAddress]:
    """By address: those that the migrations' files forward or merge, and those that a channel says that it is
    forwarded from. moved: of the migrations, the old one → the one that takes its mails."""
    channels = [
        (str(item.value.address).lower(), str(item.value.forwards_from or "").lower())
        for item in declaration.of("channels").values()
        if getattr(item.value, "type", "") == "email"
    ]
    named = {old.lower(): into.lower() for old, into in moved.items()}
    named |= {old: address for address, old in channels if old and old not in named}
    return {old: OldAddress(old, into, _right(old, into, channels)) for old, into in sorted(named.items())}


def _right(old: str, into: str, channels: list[tuple[str, str]]) -> frozenset[str]:
    """The addresses of the channel that takes them, also as the helpdesk calls it; of any where nobody named one."""
    same = [pair for pair in channels if not into or into in pair]
    known = {address for pair in same for address in pair if address}
    return frozenset(known | ({into, old} if into else {old}))
