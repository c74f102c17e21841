"""Mails for the tests, and what a staging makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from migrations.declared.migration import own_matcher
from migrations.sources.mailbox import SOURCE
from migrations.sources.source import Reading
from migrations.staging.staging import Staging
from tests.migrations.staged import read_whole

OWN = ("quayside.example",)
CUSTOMER, TEAM = "Maja <maja@tidewater.example>", "Support <support@quayside.example>"


def mail(
    identifier: str = "",
    *,
    day: int = 1,
    sender: str = CUSTOMER,
    to: str = TEAM,
    subject: str = "A question",
    text: str | bytes = "Hello\n",
    **heads: str,
) -> bytes:
    """One mail as bytes. heads: further headers, with `_` for `-`."""
    said = {
        "From": sender,
        "To": to,
        "Subject": subject,
        "Date": f"{day:02} Mar 2024 10:00:00 +0100",
        **({"Message-ID": f"<{identifier}>"} if identifier else {}),
        **{name.replace("_", "-"): value for name, value in heads.items()},
    }
    body = text if isinstance(text, bytes) else text.encode()
    return "".join(f"{name}: {value}\n" for name, value in said.items() if value).encode() + b"\n" + body


def mbox(*mails: bytes) -> bytes:
    """As programs write it: an empty line behind each mail."""
    line = b"From a@b.example Fri Mar  1 10:00:00 2024\n"
    return b"".join(line + each + (b"" if each.endswith(b"\n") else b"\n") + b"\n" for each in mails)


def reading(staging: Staging, root: Path, *paths: str, **more: Any) -> Reading:
    said = {name: more.pop(name) for name in ("leave_out_labels", "same_subject_days") if name in more}
    settings = SOURCE.Settings.model_validate({"paths": list(paths), **said})
    return Reading(settings, root, staging, own=own_matcher(OWN), **more)


def staged(root: Path, *mails: bytes, **more: Any) -> Staging:
    """What becomes of the mails of one file."""
    (root / "inbox.mbox").write_bytes(mbox(*mails))
    return read_whole(SOURCE, reading(Staging(root / "staging"), root, "inbox.mbox", **more))
