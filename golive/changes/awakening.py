"""Since when a rule is at work, and what becomes of its job: risks of what comes to life or ceases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.phases import PHASES
from golive.changes.changed import Changed, Data, reaches_customers
from golive.wording.sleep import PHASES as SAID

_NEVER = len(PHASES)


def goes_live(change: Changed) -> str:
    """Since when a rule works that worked later or not at all: `works at once from now on (was: from the soft launch
    on)`; empty where nothing of that kind changes."""
    if change.leaves or not change.old:
        return ""
    before, after = (_begins(side) for side in (change.old, change.new))
    if after >= before:
        return ""
    return f"works {_since(after) or 'at once from now on'} (was: {_since(before) or 'at once'})"


def at_stake(rule: Data) -> list[str]:
    """What a rule does, once it works, that nobody else sees to."""
    replaced = rule.get("replaces")
    return [
        *(["writes to customers"] if reaches_customers({**rule, "active": True}) else []),
        *([f"switches off the helpdesk's own “{replaced}”"] if replaced else []),
    ]


def ceases(change: Changed) -> bool:
    """Whether a rule that works at some time does so no more, or later."""
    if change.leaves:
        return change.action in ("delete", "switch_off") and _begins(change.old) < _NEVER
    return bool(change.old) and _begins(change.new) > _begins(change.old)


def _begins(rule: Data) -> int:
    """The number of the phase in which it begins to work."""
    if rule.get("active", True) is False or rule.get("waits_for_crm"):
        return _NEVER
    word: Any = rule.get("not_before") or rule.get("phase") or PHASES[0]
    if isinstance(word, Mapping):
        word = word.get("from") or PHASES[0]
    return PHASES.index(word) if word in PHASES else 0


def _since(number: int) -> str:
    if number == _NEVER:
        return "switched off"
    return f"from {SAID[PHASES[number]]} on" if number else ""
