"""The support lead's words for what the plan shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from config.declaration import Declaration, Declared
from config.kinds import ALL_KINDS
from config.results.plan import Change
from golive.wording.phrases import Phrase, plain

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
REFUSED = "would have to be removed and made anew, without its values: golive refuses it"
STAYS_WHILE_USED = {
    "trigger_categories": "deleted, unless triggers are still in it",
    "dynamic_content": "deleted, unless something still names it",
    "help_center_categories": "deleted, unless sections are still in it",
    "help_center_sections": "deleted, unless articles or sections are still in it",
}
"""Kinds whose deletion would take somebody else's things along: they are left then."""
ORDER, ALERT_CATEGORY, ESCALATION_CATEGORY = "_order", "_category", "_escalations"
"""Keys of what golive makes by itself: the order of a kind, and the categories that hold the triggers of alerts and of
escalations."""
CATEGORIES = {ALERT_CATEGORY: "Alerts (golive)", ESCALATION_CATEGORY: "Escalations (golive)"}
"""What these are called."""
KEPT_BY = {
    "slack_channels": ("Slack", "archived"),
    "slack_user_groups": ("Slack", "switched off"),
    "crm_record_types": ("Salesforce", "switched off"),
}
"""Kind → the system that cannot delete it, and what becomes of it there instead."""
GENERATED = {"...": "all others", **CATEGORIES}
"""Keys that no file has."""
ORDER_CHANGED = " (order)"
"""What `stacks.difference` puts behind a map of which only the order differs."""


def ending(kind: str, action: str) -> str:
    """What is said behind an object of the kind that does not simply stay, or nothing."""
    if action != "delete":
        return ENDS.get(action, "")
    return STAYS_WHILE_USED.get(kind) or KEPT_BY.get(kind, ("", ENDS[action]))[1]


def title_of(kind: str) -> str:
    """What one object of a kind is called."""
    return ALL_KINDS[kind].title if kind in ALL_KINDS else kind.replace("_", " ")


def plural_of(kind: str) -> str:
    """What several objects of a kind are called."""
    said = kind.replace("_", " ").replace("help center ", "help centre ")
    return said.replace("sla ", "SLA ").replace("crm ", "CRM ").replace("slack ", "Slack ")


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

    priorities: the helpdesk's word → the client's. called: (kind, key) → the object's name. options: (kind, key) of a
    field → its options' keys → what people choose.
    """

    priorities: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[tuple[str, str], str] = field(default_factory=dict)
    options: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, declaration: Declaration) -> Terms:
        """What the files call things."""
        priorities = {key: item.name for key, item in declaration.of("priorities").items()}
        called = {(item.kind, item.key): _name(item) for item in declaration}
        options = {
            (kind, key): _options(item.value, declaration)
            for kind in ("ticket_fields", "customer_fields", "crm_fields")
            for key, item in declaration.of(kind).items()
        }
        return cls(priorities, called, options)

    @classmethod
    def named(cls, names: Mapping[str, str]) -> Terms:
        """What a plan's document calls things: the reverse of `mentioned`."""
        called: dict[tuple[str, str], str] = {}
        options: dict[tuple[str, str], dict[str, str]] = {}
        for address, name in names.items():
            kind, _, rest = address.partition("/")
            key, _, option = rest.partition("/")
            if option:
                options.setdefault((kind, key), {})[option] = name
            else:
                called[kind, key] = name
        return cls({key: name for (kind, key), name in called.items() if kind == "priorities"}, called, options)

    def mentioned(self, changes: Iterable[Change]) -> dict[str, str]:
        """`kind/key` → name of everything whose key stands in a difference, choices of fields as `kind/key/choice`."""
        said = " ".join(f"{each.path} {each.old} {each.new}" for change in changes for each in change.diff)
        words = set(re.findall(r"[a-z][a-z0-9_]*", said))
        objects = {f"{kind}/{key}": name for (kind, key), name in self.called.items() if key in words}
        choices = {
            f"{kind}/{key}/{option}": name
            for (kind, key), names in self.options.items()
            for option, name in names.items()
            if key in words and option in words
        }
        return objects | choices

    def with_former(self, changes: Collection[Change]) -> Terms:
        """The same with the names of objects, and of options of fields, that leave: rules and orders that change say
        them still."""
        former = {(each.kind, each.key): each.name for each in changes if each.name}
        options = {field_: dict(names) for field_, names in self.options.items()}
        for change in changes:
            for each in change.diff:
                head, _, option = each.path.partition(".")
                if head == "options" and option and "." not in option and each.old and each.new is None:
                    name = each.old.get("name") if isinstance(each.old, Mapping) else each.old
                    options.setdefault((change.kind, change.key), {}).setdefault(option, str(name or option))
        return replace(self, called={**former, **self.called}, options=options)

    def name(self, kind: str, key: str) -> str:
        """What an object is called: `Billing`."""
        if key.startswith("#") and kind != "slack_channels":
            return f"{a(title_of(kind))} that is not in these files"
        if kind == "slack_channels":
            return f"#{self.called.get((kind, key), key).removeprefix('#')}"
        if kind == "crm_objects":  # a word of the CRM's own stays as it is
            return self.called.get((kind, key), key)
        return GENERATED.get(key) or self.called.get((kind, key)) or plain(key)

    def name_or_key(self, kind: str, key: str) -> str:
        """The same; of what has no known name the key as it is written, by which it is found in older files."""
        known = key in GENERATED or key.startswith("#") or (kind, key) in self.called
        return self.name(kind, key) if known else key

    def address(self, text: str) -> str:
        """`groups/billing` → `the group Billing`; any other text as it is."""
        kind, slash, key = text.partition("/")
        if not slash or kind not in ALL_KINDS or not key.removeprefix("#").replace("_", "").isalnum():
            return text
        if kind in ("people", "slack_channels") or (key.startswith("#") and kind != "slack_channels"):
            return self.name(kind, key)
        return f"the {title_of(kind)} {self.name(kind, key)}"

    def option(self, kind: str, key: str, option: str) -> str:
        """What people choose in a field; an option that is not in these files by what is known of it."""
        return self.options.get((kind, key), {}).get(option, option)

    def value(self, value: Any, phrase: Phrase) -> str:
        """An attribute's value on one line."""
        if isinstance(value, list):
            return listed(self.value(item, phrase) for item in value) or "nothing"
        if isinstance(value, str):
            if value in phrase.values:
                return phrase.values[value]
            if phrase.kind and value:
                return self.name(phrase.kind, value)
            return secret_of(self.address(value)) if value else "nothing"
        return value_of(value)


def _name(item: Declared) -> str:
    """What an object is called; one that is only looked up may have no other name than that which it has there."""
    existing = item.value.existing
    if item.name != item.key:
        return item.name
    return existing if isinstance(existing, str) and existing != "vendor_default" else plain(item.key)


def _options(field_: Any, declaration: Declaration) -> dict[str, str]:
    source = getattr(field_, "options_from", None)
    if source:
        return {key: item.name for key, item in declaration.of(source).items()}
    options = getattr(field_, "options", None) or {}
    return {key: option if isinstance(option, str) else option.name or key for key, option in options.items()}


def a(noun: str) -> str:
    """A noun with its article: `a group`, `an SLA policy`."""
    return f"{'an' if noun[0].lower() in 'aeio' or noun.startswith('SLA') else 'a'} {noun}"


def listed(names: Iterable[str]) -> str:
    """Names in a row: `Gold, Everyone`; with semicolons where a name has a comma of its own."""
    said = list(names)
    return ("; " if any("," in name for name in said) else ", ").join(said)


def secret_of(text: str) -> str:
    """`env:PAGER_TOKEN` → `the variable PAGER_TOKEN`; any other text as it is."""
    return f"the variable {text.removeprefix('env:')}" if text.startswith("env:") else text


def duration_of(text: str) -> str:
    """`30m` → `30 min`, `90m` → `1 h 30 min`, `2d` → `2 days`; any other text as it is."""
    number, unit = text[:-1], text[-1:]
    if not number.isdecimal() or unit not in "mhd":
        return text
    if unit == "d":
        return f"{number} day{'' if number == '1' else 's'}"
    hours, minutes = divmod(int(number) * (60 if unit == "h" else 1), 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{minutes} min"] if minutes or not hours else [])])


def value_of(value: Any) -> str:
    """A value on one line, without any notation."""
    if value is None or value == "" or value == [] or value == {}:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return listed(value_of(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{plain(str(name))}: {value_of(item)}" for name, item in value.items())
    return str(value)
