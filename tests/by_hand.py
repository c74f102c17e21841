"""What a person would do in Zendesk's admin centre, done over its API in the sandbox: two edits behind golive's back.

Usage: by_hand.py http://127.0.0.1:PORT
"""

from __future__ import annotations

import json
import sys
import urllib.request
from typing import Any


def call(base: str, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """The answer of the sandbox's Zendesk."""
    request = urllib.request.Request(
        f"{base}/zendesk/api/v2/{path}",
        data=json.dumps(body).encode() if body else None,
        method=method,
        headers={"Authorization": "Bearer sandbox", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def main(base: str) -> None:
    group = next(g for g in call(base, "GET", "groups")["groups"] if g["name"] == "Billing")
    call(base, "PUT", f"groups/{group['id']}", {"group": {"name": "Finance"}})
    sys.stdout.write("  the group “Billing” is now called “Finance”\n")
    macro = next(m for m in call(base, "GET", "macros")["macros"] if m["title"] == "Progress update")
    call(base, "PUT", f"macros/{macro['id']}", {"macro": {"active": False}})
    sys.stdout.write("  the macro “Progress update” is switched off\n")


if __name__ == "__main__":
    main(sys.argv[1])
