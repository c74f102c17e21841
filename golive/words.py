"""The support lead's words for what the plan shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from config.kinds import ALL_KINDS

SYMBOLS = {"create": "+", "update": "~", "replace": "±", "delete": "-", "switch_off": "~", "release": "·"}
STYLES = {
    "create": "add",
    "update": "change",
    "replace": "danger",
    "delete": "remove",
    "switch_off": "change",
    "release": "quiet",
}
ENDS = {
    "replace": "removed and made anew",
    "delete": "deleted",
    "switch_off": "has left the files: switched off, and no longer looked after",
    "release": "has left the files: left as it is, and no longer looked after",
}
"""What is said behind an object that does not simply stay."""
FATES = {
    "stays_off": "stays off",
    "asleep": "asleep anyway",
    "turned_on": "switched on again",
    "settled": "settled: the files say `active: false`",
    "apart": "stays off, not looked at",
}
"""What a run makes of an object that somebody switched off by hand."""
STAYS = {
    "later": "another run has changed the same since",
    "needed": "something else needs it by now",
    "mode": "whether golive looks after it has changed",
    "gone": "it is not there any more",
    "by_hand": "somebody has changed the same by hand since",
    "for_good": "it cannot come back",
    "kept": "it was made by that run, and stays",
    "secret": "nobody keeps the old value of its secret: set the variable to it, then golive up",
}
"""Why something does not come back; see `stacks.undoing.Left`."""
VALUES_LOST = ": values are lost"
STAYS_WHILE_USED = {"trigger_categories": "deleted, unless triggers are still in it"}
"""Kinds whose deletion would take somebody else's things along: they are left then."""
REFERS_TO = {
    "people": "people",
    "groups": "groups",
    "default_group": "groups",
    "category": "trigger_categories",
    "to": "slack_channels",
    "webhook.channel": "slack_channels",
}
"""Attributes that hold keys of objects, and of which kind."""
ORDER, ALERT_CATEGORY = "_order", "_category"
"""Keys of what golive makes by itself: the order of a kind, and the category that holds the alerts' triggers."""
GENERATED = {"...": "all others", ALERT_CATEGORY: "Alerts (golive)"}
"""Keys that no file has."""
WORDS = {
    ("slack_channels", "webhook.channel"): "posts to",
    ("slack_channels", "webhook.endpoint"): "posts through",
    ("trigger_categories", "others"): "all others",
    ("sla_policies", "others"): "all others",
}
"""(Kind, attribute) → what people say."""
ORDER_CHANGED = " (order)"
"""What `stacks.difference` puts behind a map of which only the order differs."""
PHASES = {
    "soft_launch": "the soft launch",
    "rollout": "the rollout",
    "day_30": "day 30 after the rollout",
    "day_60": "day 60 after the rollout",
    "day_90": "day 90 after the rollout",
    "over": "its phase is over",
}


def title_of(kind: str) -> str:
    """What one object of a kind is called."""
    return ALL_KINDS[kind].title if kind in ALL_KINDS else kind.replace("_", " ")


def plural_of(kind: str) -> str:
    """What several objects of a kind are called."""
    return kind.replace("_", " ").replace("sla ", "SLA ").replace("crm ", "CRM ").replace("slack ", "Slack ")


def count_of(number: int, kind: str) -> str:
    """`1 trigger`, `8 triggers`."""
    return f"{number} {title_of(kind) if number == 1 else plural_of(kind)}"


def tally(words: Iterable[str]) -> str:
    """`2 holidays, 1 group membership`."""
    return ", ".join(f"{count} {word}{'s' if count > 1 else ''}" for word, count in Counter(words).items())


def title_in(system: str, kind: str) -> str:
    """What one object of a kind is called in a system: a Slack channel's part of the helpdesk is a webhook."""
    return "webhook to Slack channel" if kind == "slack_channels" and system != "Slack" else title_of(kind)


def count_in(system: str, number: int, kind: str) -> str:
    """Like `count_of`, in a system's own words."""
    if kind == "slack_channels" and system != "Slack":
        return f"{number} webhook{'s' if number > 1 else ''} to Slack"
    return count_of(number, kind)


@dataclass(frozen=True)
class Terms:
    """What the client calls things.

    priorities: the helpdesk's word → the client's. called: (kind, key) → the object's name.
    """

    priorities: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def name(self, kind: str, key: str) -> str:
        """What an object is called: `Billing`."""
        name = GENERATED.get(key) or self.called.get((kind, key), key)
        return f"#{name}" if kind == "slack_channels" and not name.startswith("#") else name

    def address(self, text: str) -> str:
        """`groups/billing` → `group Billing`; any other text as it is."""
        kind, slash, key = text.partition("/")
        if not slash or kind not in ALL_KINDS or not key.replace("_", "").isalnum():
            return text
        return self.name(kind, key) if kind == "people" else f"{title_of(kind)} {self.name(kind, key)}"

    def value(self, value: Any, attribute: str = "") -> str:
        """A value on one line; objects by their names."""
        if isinstance(value, list):
            return "[" + ", ".join(self.value(item, attribute) for item in value) + "]"
        if isinstance(value, str) and attribute in REFERS_TO:
            return self.name(REFERS_TO[attribute], value)
        return self.address(value) if isinstance(value, str) and value else value_of(value)


def listed(names: Iterable[str]) -> str:
    """Names in a row: `Gold, Everyone`; with semicolons where a name has a comma of its own."""
    said = list(names)
    return ("; " if any("," in name for name in said) else ", ").join(said)


def attribute_of(kind: str, path: str, priorities: Mapping[str, str]) -> str:
    """An attribute's path in words: `targets.first_reply.urgent` → `first reply, P1 System down`.

    priorities: the helpdesk's word → what the client calls it.
    """
    steps = path.split(".")
    if kind == "sla_policies" and steps[0] in ("targets", "hours") and len(steps) > 1:
        said = [steps[1].replace("_", " "), *(priorities.get(each, each) for each in steps[2:])]
        return ", ".join([*(["hours"] if steps[0] == "hours" else []), *said])
    if path.endswith(ORDER_CHANGED):
        return f"new order of the {path.removesuffix(ORDER_CHANGED)}"
    return WORDS.get((kind, path), path)


def value_of(value: Any) -> str:
    """A value as the YAML would write it, on one line."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return value if value and "\n" not in value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(value_of(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {value_of(item)}" for name, item in value.items()) + "}"
    return str(value)
