"""Dynamic content in texts: the account shows the rendered text and keeps the raw one."""

from __future__ import annotations

import re
from typing import Any

from sandbox.zendesk.account import Account

_CONTENT = re.compile(r"\{\{\s*dc\.([\w-]+)\s*\}\}")


def rendered(account: Account, text: Any) -> Any:
    """The text with `{{dc.name}}` replaced by the default variant; unknown ones stay as they are."""
    if not isinstance(text, str) or "dc." not in text:
        return text

    def content(match: re.Match[str]) -> str:
        placeholder = "{{dc." + match.group(1) + "}}"
        for item in account.rows("items").values():
            if item["placeholder"] == placeholder:
                for variant in account.rows("variants").values():
                    if variant["_parent"] == str(item["id"]) and variant["default"]:
                        return str(variant["content"])
        return match.group(0)

    return _CONTENT.sub(content, text)
