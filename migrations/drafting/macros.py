"""A macro of the old tool as a draft of one of `macros`: the text it writes, and everything else as a comment."""

from __future__ import annotations

from collections.abc import Callable, MutableSet
from typing import Any

from config.keys import unique_key
from config.writing.style import entry_once
from config.writing.values import escaped
from migrations.drafting.placeholders import with_placeholders
from migrations.drafting.remarks import comment, comments, tidy
from migrations.records.macro import Macro

_COLUMN = 2


def macro_draft(macro: Macro, taken: MutableSet[str], known: Callable[[str], str]) -> tuple[str, bool]:
    """The draft as lines, and whether it says anything; one that writes no text is a comment. taken: keys that are
    used, to which its own is added. known: what placeholders are called in the new helpdesk."""
    name = full_name(macro)
    text, unknown = with_placeholders(tidy(macro.text), known)
    said = [f"Draft of “{name}” ({macro.id}). Read it, correct it, and take out `active: false`."]
    said += [f"Unknown here, correct it: {each}" for each in unknown]
    if not macro.public:
        said.append("It was one agent's own, or an internal note.")
    if not text:
        return comment(f"“{name}” ({macro.id}) writes no text. What it did:", _COLUMN) + _did(macro), False
    key = unique_key([name, macro.name, f"macro_{macro.id}"], taken)
    taken.add(key)
    draft: dict[str, Any] = {
        "name": name or key,
        "active": False,
        "then": [{"reply": "public" if macro.public else "internal", "text": text}],
    }
    did = comment("It also did this; write what of it is wanted under `then`:", _COLUMN) if macro.does else ""
    return comments(said, _COLUMN) + did + _did(macro) + entry_once(key, escaped(draft), _COLUMN), True


def full_name(macro: Macro) -> str:
    """`Billing::Refund sent`: what stands before `::` is a folder."""
    return " ".join((f"{macro.folder}::{macro.name}" if macro.folder else macro.name).split())


def _did(macro: Macro) -> str:
    return comments((f"- {each}" for each in macro.does), _COLUMN)
