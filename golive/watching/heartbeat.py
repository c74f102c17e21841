"""Signs of life: a file that is touched with each look, and an address that raises the alarm once it is not called."""

from __future__ import annotations

import http.client
import urllib.request
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from checklists.moments import written
from config.addresses import is_loopback
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from provisioners.errors import SystemFault
from provisioners.system import secret_value

TIMEOUT = 10


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """No redirect is followed: the address is often a secret."""
        return


def heartbeat_address(said: str | None) -> str | None:
    """The address that is called; `env:NAME` names the variable that holds it. Raises Fault."""
    if said is None:
        return None
    try:
        address = secret_value(said, "the address of the heartbeat", sandbox=False) if said.startswith("env:") else said
    except SystemFault as missing:
        raise Fault(missing.code, f"{missing.what}: {missing.why}.", do=missing.do, exits=Exit.USAGE) from missing
    parts = urlsplit(address)
    if parts.hostname is None or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(address))):
        raise Fault("heartbeat", "The heartbeat's address is none that can be called.",
                    why="It has to begin with https://, except on this machine.", do="Correct --heartbeat.",
                    exits=Exit.USAGE)  # fmt: skip
    return address


def beat(path: Path, address: str | None, at: datetime) -> str:
    """Touch the file and call the address, once; returns what went wrong, empty where nothing did."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{written(at)}\n", encoding="utf-8")
    if address is None:
        return ""
    around = [urllib.request.ProxyHandler({})] if is_loopback(address) else []
    try:
        with urllib.request.build_opener(_StayHere, *around).open(address, timeout=TIMEOUT) as answer:
            answer.read(1)
    except (OSError, http.client.HTTPException, ValueError) as lost:
        return f"the heartbeat's address does not answer ({type(lost).__name__})"
    return ""
