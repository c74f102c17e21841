"""Texts that programs read along with people: a log's reader must not take them for commands."""

from __future__ import annotations

import os
import re

ZERO = "\u200b"
"""A space without width: it parts what would mean something together."""
_COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)


def in_actions() -> bool:
    """Whether golive runs in GitHub Actions, which reads commands from what its steps print."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def inert(text: str) -> str:
    """The text without anything that GitHub Actions would carry out: `::name::` at a line's beginning, `##[name]`
    anywhere (actions/runner, `ActionCommand.TryParseV2` and `TryParse`)."""
    return _COMMAND.sub(rf"\1:{ZERO}", text).replace("##[", f"#{ZERO}#[")
