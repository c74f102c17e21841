"""Companies, over the one scroll that a workspace can have open.

A scroll ends a minute after its last call, and each call goes on behind the one before: where an answer was lost, a
part of the list is lost with it. So a scroll is never gone on with after a fault or in another run: it begins anew, and
what was read is known. Source: developers.intercom.com, “Scroll over all companies”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrations.sources.http_client import NoAnswer
from migrations.sources.intercom.client import Client, NotThere, Refused
from migrations.sources.source import SourceFault

PATH = "/companies/scroll"
_IS_OPEN = "scroll_exists"
_MOST_BEGINNINGS = 5
_WAIT = 10.0
"""Seconds between two looks whether a scroll has ended."""
_MOST_WAITS = 12


def scrolled(client: Client) -> Iterator[list[Any]]:
    """The list, part by part; what comes again after a fault is the reader's to know. Raises SourceFault, Refused,
    Stopped."""
    parameter, beginnings = "", 0
    while True:
        try:
            document = _begun(client) if not parameter else _further(client, parameter)
        except (NoAnswer, NotThere) as broken:
            beginnings += 1
            if beginnings == _MOST_BEGINNINGS:
                if isinstance(broken, NoAnswer):
                    raise
                why = "its list of companies ends each time before it was read"
                raise SourceFault(client.where, why, "Run the same command later: it goes on from here.") from None
            parameter = ""
            continue
        rows = document.get("data")
        if not isinstance(rows, list) or not rows:
            return
        yield rows
        parameter = str(document.get("scroll_param") or "")
        if not parameter:
            return


def _further(client: Client, parameter: str) -> Mapping[str, Any]:
    return client.get(PATH, {"scroll_param": parameter}, is_repeatable=False)


def _begun(client: Client) -> Mapping[str, Any]:
    """The first part; waits for a scroll that is open to end, as nobody else can end it."""
    for _ in range(_MOST_WAITS):
        try:
            return client.get(PATH, is_repeatable=False)
        except Refused as refused:
            if refused.code != _IS_OPEN and "scroll already exists" not in refused.why:
                raise
        client.http.wait(_WAIT)
    why = "somebody else goes through its list of companies, and only one can at a time"
    raise SourceFault(client.where, why, "Stop the other tool, or run the same command later: it goes on from here.")
