"""Who notices a change of the files: the same judge as of a plan."""

from __future__ import annotations

from config.results.plan import Action, Audience
from golive.changes import audience
from golive.changes.changed import Changed
from golive.changes.noticed_kinds import KINDS

_AS_PLANNED: dict[str, Action] = {
    "create": "create",
    "update": "update",
    "rename": "update",
    "delete": "delete",
    "switch_off": "switch_off",
    "release": "release",
    "none": "release",
}


def audience_of(change: Changed) -> Audience:
    """Who notices it. What is in no system, or never written, nobody notices; nor an environment's file."""
    if change.is_never_written or change.kind not in KINDS:
        return "nobody"
    action = _AS_PLANNED[change.action]
    return audience.audience_of(change.kind, change.key, action, change.old, change.new, change.diff).audience
