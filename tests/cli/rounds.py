"""Two or more objects of every kind that is applied, and what becomes of their attributes round by round.

In round 0 an object is its `base`: what is required. Its k-th step begins in round k: there it sets its first value,
in the next round its second, at last it is cleared (null, empty, or gone from the files where its class is `default`).
Objects of one kind go through their steps in different orders, so that no two of them ever change alike.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel

from config.kinds import ALL_KINDS
from config.kinds.channels import EmailChannel
from config.kinds.roles import SCALES, Rights
from tests.cli.stories import ABSENT, Step, Story, one, step

YEAR = date.today().year + 1
"""The vendor takes holidays of two years back and ahead only."""


def _renamed(key: str) -> Step:
    return one("name", f"{key.title()} renamed", f"{key.title()} renamed again", key.title())


def _removed(*ways: str) -> Step:
    return one("on_remove", *ways, ABSENT, full=-1)


RELEASED = _removed("release", "delete")
SWITCHED = _removed("delete", "release")
ACTIVE = one("active", False, True, ABSENT)
WAKES = step(
    {"phase": "soft_launch"},
    {"phase": {"from": "build", "until": "rollout"}},
    {"phase": ABSENT, "not_before": "day_30"},
    {"not_before": ABSENT},
)
TOLD = one("zendesk.description", "Told", "Told otherwise", None)


def _group(key: str) -> Story:
    return Story(
        {"name": key.title()},
        (_renamed(key), TOLD, one("zendesk.is_public", False, True, False), RELEASED),
    )


def _person(name: str, email: str) -> Story:
    return Story(
        {"name": name, "email": email, "role": "agent", "invite": "now"},
        (
            one("name", f"{name} Senior", f"{name} Junior", name),
            one("role", "admin", "ruby", "reader", "admin", full=0),
            step(
                {"groups": ["desk"]},
                {"groups": ["desk", "vault"], "default_group": "vault"},
                {"groups": ["vault", "desk"], "default_group": "desk"},
                {"groups": ABSENT, "default_group": ABSENT},
            ),
            one("zendesk.alias", "Somebody of the team", "Somebody else", ""),
            ACTIVE,
            WAKES,
            one("invite", {"phase": "build"}, "never", {"phase": "soft_launch"}, "now", full=0),
            RELEASED,
        ),
    )


def _role(key: str) -> Story:
    return Story(
        {"name": key.title(), "like": "agent", "rights": {"tickets": "own_groups"}},
        (
            _renamed(key),
            *(step(*(_rights(*words, at=at) for at in (1, 2, 0))) for words in RIGHT_WORDS),
            one("like", "light_agent", "admin", "agent"),
            TOLD,
            RELEASED,
        ),
    )


RIGHT_WORDS = tuple(tuple(list(Rights.model_fields)[place::2]) for place in range(2))


def _rights(*words: str, at: int) -> dict[str, Any]:
    """Rights with one of their values each; 0: none is said."""
    if not at:
        return {f"rights.{word}": ABSENT if word != "tickets" else "own_groups" for word in words}
    return {f"rights.{word}": (SCALES.get(word) or (False, True))[at - 1] for word in words}


def _condition(word: str) -> dict[str, Any]:
    return {"field": "comment_text", "has_word": [word]}


def _asks(key: str) -> tuple[Step, ...]:
    """What triggers and alerts ask for."""
    return (
        one(
            "when",
            [{"event": "created"}, {"field": "tags", "has": f"{key}s-tag"}],
            [
                {"event": "updated"},
                {"field": "group", "is": "desk"},
                {"field": "oscar", "is": "open"},
                {"field": "status_detail", "is_one_of": ["teal", "umber"]},
            ],
            [{"event": "created"}],
        ),
        one(
            "when_any",
            [{"field": "priority", "is": "high"}, _condition("refund")],
            [_condition("money"), {"in_hours": "kilo"}, {"field": "organization.romeo", "is": "gold"}],
            [],
        ),
    )


def _trigger(key: str) -> Story:
    return Story(
        {"name": key.title(), "category": "early", "when": [{"event": "created"}], "then": [{"add_tags": [key + "s"]}]},
        (_renamed(key), *_asks(key), TOLD, ACTIVE, one("category", "late", "early", "late", full=0)),
    )


def _acting(key: str) -> Story:
    return Story(
        {"name": key.title(), "category": "early", "when": [{"event": "created"}], "then": [{"add_tags": [key + "s"]}]},
        (
            one(
                "then",
                [{"set": "group", "to": "desk"}, {"email": "requester", "subject": "Hello", "body": "We read it."}],
                [
                    {"set": "group", "to": "vault"},
                    {"remove_tags": [key + "s"]},
                    {"email": "people/chief", "subject": "{{ticket.fields.oscar}}", "body": "Look."},
                    {
                        "call": "webhooks/kestrel",
                        "body": {"ticket": "{{ticket.id}}", "of": "{{organization.fields.romeo}}"},
                    },
                    {"slack": "slack_channels/whiskey", "text": "{{ticket.id}}"},
                    {"set": "schedule", "to": "kilo"},
                ],
                [{"add_tags": [key + "s"]}],
            ),
            one("replaces", *REPLACED[key], ABSENT),
            WAKES,
            SWITCHED,
        ),
    )


REPLACED = {
    "charlie": ("Notify requester and CCs of received request", "Notify requester of new proactive ticket"),
    "delta": ("Notify assignee of comment update", "Notify assignee of assignment"),
}
"""Rules that came with the helpdesk."""


_LATE = {"hours_since": "created", "is": "30h"}


_UNTOUCHED = {"yard": _LATE, "ferry": {"hours_since": "created", "is": "31h"}}
"""No two automations may ask for the same."""


def _automation(key: str) -> Story:
    then = [{"add_tags": [f"{key}s"]}]
    return Story(
        {"name": key.title(), "when": [_LATE, {"field": "tags", "has_none": [f"{key}s"]}], "then": then},
        (
            _renamed(key),
            one(
                "when",
                [{"hours_since": "pending", "more_than": "20h", "clock": "business"}, _LATE],
                [
                    {"hours_until": "next_sla_breach", "less_than": "3h"},
                    _UNTOUCHED[key],
                    {"field": "oscar", "is": "open"},
                ],
                [_LATE, {"field": "tags", "has_none": [f"{key}s"]}],
            ),
            one(
                "when_any",
                [{"field": "priority", "is": "high"}, {"field": "type", "is": "task"}],
                [{"field": "organization.romeo", "is": "gold"}, {"field": "via", "is": "email"}],
                [],
            ),
            one(
                "then",
                [{"email": "requester", "subject": "Hello", "body": "Are you there?"}, *then],
                [{"slack": "slack_channels/whiskey", "text": "{{ticket.id}}"}, {"set": "group", "to": "desk"}, *then],
                then,
            ),
            ACTIVE,
            WAKES,
            SWITCHED,
        ),
    )


def _alert(key: str) -> Story:
    when = {"when": [{"event": "created"}]}
    return Story(
        {"name": key.title(), "to": "whiskey", **when, "text": "{{ticket.id}}"},
        (
            _renamed(key),
            *_asks(key),
            step(
                {"to": "xray", "text": "{{ticket.title}}"},
                {"to": "whiskey", "text": "{{ticket.fields.oscar}}"},
                {"to": "xray", "text": "{{ticket.id}}"},
            ),
            ACTIVE,
            WAKES,
            SWITCHED,
        ),
    )


def _lasting(key: str, channel: str) -> Story:
    """An alert that always posts into one channel, which keeps the channel's webhook: without it nobody could turn a
    rule back that posted there."""
    when = {"when": [{"event": "created"}]}
    return Story({"name": key.title(), "to": channel, **when, "text": "{{ticket.id}}"}, (ACTIVE,))


def _macro(key: str) -> Story:
    return Story(
        {"name": key.title(), "then": [{"add_tags": [key + "s"]}]},
        (
            _renamed(key),
            one(
                "then",
                [{"reply": "public", "text": "Hello"}, {"set": "oscar", "to": "open"}],
                [
                    {"reply": "public", "text": {"en-US": "Hello {{dc:goodbye}}", "de": "Hallo {{dc:goodbye}}"}},
                    {"set": "assignee", "to": "chief"},
                ],
                [{"reply": "public", "text": {"en-US": "Hello you", "fr": "Bonjour"}}],
                [{"reply": "internal", "text": "Look {{dc:farewell}}"}],
                [{"add_tags": [key + "s"]}],
            ),
            one("for", ["groups/desk"], ["groups/vault", "groups/desk"], ["people/chief"], []),
            one("help.agents", "For us", "For us all", None),
            one("files", ["button.svg"], ["terms.txt", "button.svg"], ["terms.txt"], []),
            ACTIVE,
            WAKES,
            SWITCHED,
        ),
    )


_OPEN = {"field": "status", "before": "solved"}


def _view(key: str, *own: Step) -> Story:
    return Story({"name": key.title(), "when": [_OPEN], "columns": ["subject"]}, (_renamed(key), *own))


_LISTED = (
    one(
        "when",
        [_OPEN, {"field": "organization.romeo", "is": "gold"}],
        [_OPEN, {"field": "oscar", "is": "open"}],
        [_OPEN],
    ),
    one(
        "when_any",
        [{"field": "tags", "has": "late"}, {"field": "oscar", "is": "open"}],
        [{"field": "assignee", "is": "chief"}, {"field": "group", "is": "desk"}],
        [],
    ),
    one("columns", ["sla", "oscar", "subject"], ["subject", "status", "created"], ["subject"]),
)
_SHOWN = (
    one("sort", {"by": "sla"}, {"by": "created", "ascending": False}, ABSENT),
    one("group_by", "group", {"by": "oscar", "ascending": False}, ABSENT),
    one("for", ["groups/desk"], ["groups/vault", "groups/desk"], []),
    TOLD,
)


def _form(key: str, *own: Step) -> Story:
    return Story({"name": key.title(), "fields": ["subject", "oscar", "papa"]}, (_renamed(key), *own))


_ASKS_FOR = one(
    "conditions",
    [{"for": ["agents", "customers"], "when": {"oscar": "open"}, "show": ["papa"], "required": {"papa": "always"}}],
    [
        {"for": ["agents"], "when": {"oscar": "other"}, "show": ["papa"], "required": {"papa": "on_solve"}},
        {"for": ["agents"], "when": {"oscar": "open"}, "show": ["papa"], "required": {"papa": ["pending", "solved"]}},
    ],
    [],
)
_FILLED_IN = step(
    {"fields": ["subject", "oscar", "quebec", "papa"]},
    {"fields": ["oscar", "papa", "priority", "subject"]},
    {"fields": ["subject", "oscar", "papa"]},
)


_OLD = {"hours_since": "updated", "more_than": "400d"}


def _deletion(key: str, of: str, *own: Step) -> Story:
    return Story({"name": key.title(), "of": of, "when": [_OLD]}, (_renamed(key), TOLD, *own))


_DELETED = (
    one(
        "when",
        [{"hours_since": "created", "more_than": "800d"}, {"field": "group", "is": "desk"}],
        [_OLD, {"field": "oscar", "is": "open"}, {"field": "organization.romeo", "is": "gold"}],
        [_OLD],
    ),
    one(
        "when_any",
        [{"field": "tags", "has": "late"}, {"field": "oscar", "is": "open"}],
        [{"field": "group", "is": "desk"}, {"field": "group", "is": "vault"}],
        [],
    ),
)


def _targets(*minutes: str) -> dict[str, str]:
    return dict(zip(("urgent", "high", "normal", "low"), minutes, strict=True))


def _sla_policy(key: str) -> Story:
    return Story(
        {"name": key.title(), "targets": {"first_reply": _targets("1h", "2h", "4h", "8h")}, "hours": "calendar"},
        (
            _renamed(key),
            one("when", [{"field": "organization.romeo", "is": "gold"}], [{"field": "group", "is": "desk"}], []),
            one(
                "when_any",
                [{"field": "type", "is": "incident"}],
                [{"field": "type", "is": "problem"}, {"field": "oscar", "is": "open"}],
                [],
            ),
            one(
                "targets",
                {"first_reply": _targets("30m", "2h", "4h", "none"), "next_reply": _targets("1h", "2h", "3h", "4h")},
                {
                    "total_resolution": _targets("4h", "8h", "16h", "24h"),
                    "first_reply": _targets("1h", "1h", "1h", "1h"),
                },
                {"first_reply": _targets("1h", "2h", "4h", "8h")},
            ),
            one("hours", "business", {"urgent": "calendar", "others": "business"}, "calendar"),
            TOLD,
            RELEASED,
        ),
    )


def _group_sla_policy(key: str) -> Story:
    base = {"group_ownership": _targets("1h", "2h", "4h", "8h")}
    return Story(
        {"name": key.title(), "groups": ["desk"], "targets": base, "hours": "calendar"},
        (
            _renamed(key),
            one("groups", ["vault"], ["desk", "vault"], ["desk"]),
            one(
                "targets",
                {"group_ownership": _targets("30m", "2h", "4h", "none")},
                {"group_ownership": _targets("1h", "1h", "1h", "1h")},
                base,
            ),
            one("hours", "business", {"urgent": "calendar", "others": "business"}, "calendar"),
            TOLD,
            RELEASED,
        ),
    )


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _schedule(key: str) -> Story:
    return Story(
        {"name": key.title(), "time_zone": "Europe/Berlin", "hours": {day: ["09:00-17:00"] for day in _DAYS}},
        (
            _renamed(key),
            one("time_zone", "America/New_York", "Asia/Tokyo", "Europe/Berlin"),
            one(
                "hours",
                {day: ["08:00-12:30", "13:00-18:00"] for day in _DAYS},
                {**{day: ["00:00-24:00"] for day in _DAYS}, "sat": [], "sun": ["20:00-24:00"]},
                {day: ["09:00-17:00"] for day in _DAYS},
            ),
            one(
                "holidays",
                [{"name": "New Year", "date": f"{YEAR}-01-01"}],
                [
                    {"name": "New Year", "from": f"{YEAR}-01-01", "to": f"{YEAR}-01-02"},
                    {"name": "May", "date": f"{YEAR}-05-01"},
                ],
                [],
            ),
            RELEASED,
        ),
    )


OPTIONS = {"open": "Open account", "other": "Something else"}
_CHOICES = step(
    {"options": {**OPTIONS, "lost": "Lost card"}},
    {"options": {**OPTIONS, "open": {"name": "New account"}, "lost": {"name": "Lost card"}}},
    {"options": OPTIONS},
)
_BANDS = step(
    {"options": ABSENT, "options_from": "segments"},
    {"options": {"gold": "Gold", "tin": "Tin", "wood": "Wood"}, "options_from": ABSENT},
    {"options": ABSENT, "options_from": "segments"},
    full=2,
)
_PATTERN = step(
    {"pattern": "^[A-Z]{2}$", "samples": {"good": ["AB"], "bad": ["1"]}},
    {"pattern": "^[0-9]{2}$", "samples": {"good": ["12"], "bad": ["A"]}},
    {"pattern": "^.$", "samples": {"good": ["1"], "bad": ["12"]}},
)
_A_PATTERN = {"type": "pattern", "pattern": "^.$", "samples": {"good": ["1"], "bad": ["12"]}}
_FIELD_REMOVED = _removed("switch_off", "delete")


def _ticket_field(key: str, *own: Step, **base: Any) -> Story:
    return Story(
        {"name": key.title(), **base},
        (
            *own,
            step(
                {"customers.can": "see"},
                {"customers.can": "edit"},
                {"customers.can": "edit", "customers.required": True},
                {"customers.can": "edit", "customers.required": ABSENT},
                {"customers.can": ABSENT, "customers.required": ABSENT},
                full=1,
            ),
            _renamed(key),
            one("customers.name", "Seen", {"en-US": "Seen otherwise", "de": "Anders gesehen"}, None),
            one("agents.required", "on_solve", "never", ABSENT),
            step(
                {"help.customers": "For you"},
                {"help.customers": {"en-US": "For all of you", "de": "Für euch alle"}, "help.agents": "For us"},
                {"help.customers": None, "help.agents": "For all of us"},
                {"help.customers": None, "help.agents": None},
            ),
        ),
    )


def _brand(key: str, *own: Step) -> Story:
    return Story(
        {"name": key.title(), "subdomain": f"{key}s"},
        (
            _renamed(key),
            *own,
            one("subdomain", f"{key}s-new", f"{key}s-newest", f"{key}s"),
            one("signature", "{{agent.name}}", "{{agent.signature}}, of us", None),
            one("zendesk.host_mapping", f"help.{key}s.example", f"ask.{key}s.example", None),
        ),
    )


def _skill(key: str) -> Story:
    return Story(
        {"name": key.title(), "values": {"first": "First"}},
        (
            _renamed(key),
            one(
                "values",
                {"first": {"name": "First", "people": ["dispatcher"]}, "second": "Second"},
                {"first": {"name": "The first", "people": ["chief", "dispatcher"]}, "third": {"name": "Third"}},
                {"first": "First"},
                full=2,
            ),
            RELEASED,
        ),
    )


def _queue(key: str) -> Story:
    return Story(
        {"name": key.title(), "when": [{"field": "priority", "is": "urgent"}], "groups": ["desk"]},
        (
            _renamed(key),
            one(
                "when",
                [{"field": "organization.romeo", "is": "gold"}],
                [{"field": "group", "is": "desk"}, {"field": "oscar", "is": "open"}],
                [{"field": "priority", "is": "urgent"}],
            ),
            one("when_any", [{"field": "type", "is": "incident"}], [{"field": "tags", "has_any": ["a", "b"]}], []),
            one("priority", 5, 100, ABSENT),
            step(
                {"groups": ["vault"], "fallback_groups": ["desk"]},
                {"groups": ["vault", "desk"], "fallback_groups": []},
                {"groups": ["desk"], "fallback_groups": ["vault"]},
                {"groups": ["desk"], "fallback_groups": ABSENT},
                full=2,
            ),
            TOLD,
            RELEASED,
        ),
    )


def _ticket_status(key: str, *own: Step) -> Story:
    return Story(
        {"name": key.title(), "category": "open"},
        (
            _renamed(key),
            *own,
            one("customers.name", "Seen", "Seen otherwise", None),
            step(
                {"help.customers": "For you"},
                {"help.customers": "For all of you", "help.agents": "For us"},
                {"help.customers": None, "help.agents": "For all of us"},
                {"help.customers": None, "help.agents": None},
            ),
        ),
    )


_OBJECT_FIELDS = {
    "frame": {"name": "Frame", "type": "text"},
    "model": {"name": "Model", "type": "dropdown", "options": {"city": "City"}},
}
_A_FORM = {"type": "pattern", "pattern": "^F$", "samples": {"good": ["F"], "bad": ["G"]}}


def _custom_object(key: str) -> Story:
    frame, model = _OBJECT_FIELDS.values()
    owner = {"name": "Owner", "type": "lookup", "to": "requester"}
    size = {"name": "Size", "type": "multiselect", "options_from": "segments"}
    return Story(
        {"name": key.title(), "plural": f"{key.title()}s", "fields": _OBJECT_FIELDS},
        (
            _renamed(key),
            one("plural", "Several", "Many", f"{key.title()}s"),
            one("help.agents", "For us", "For us all", None),
            step(
                {"fields": {"model": model, "frame": {**frame, "name": "Frame number"}, "owner": owner}},
                {
                    "fields": {
                        "owner": {**owner, "active": False, "help": {"agents": "Who rides it"}},
                        "model": {**model, "options": {"city": "Town", "cargo": {"name": "Cargo"}}},
                        "chassis": {**frame, "was": "frame"},
                        "form": {"name": "Form", **_A_FORM},
                        "size": size,
                    }
                },
                {
                    "fields": {
                        **_OBJECT_FIELDS,
                        "frame": {**frame, "was": "chassis"},
                        "form": {"name": "Form", **_A_FORM, "pattern": "F"},
                    }
                },
            ),
            RELEASED,
        ),
    )


def _customer_field(key: str, *own: Step, **base: Any) -> Story:
    return Story(
        {"name": key.title(), **base},
        (*own, _renamed(key), one("help.agents", "For us", "For us all", None), ACTIVE, WAKES, _FIELD_REMOVED),
    )


def _webhook(key: str, last: Step) -> Story:
    return Story(
        {"name": key.title(), "url": f"https://{key}s.example/"},
        (
            _renamed(key),
            one("url", f"https://{key}s.example/new", f"env:{key.upper()}_URL", f"https://{key}s.example/"),
            step(
                {"method": "PUT", "format": "xml"},
                {"method": "DELETE", "format": "form"},
                {"method": ABSENT, "format": ABSENT},
            ),
            one(
                "auth",
                {"bearer": "env:HOOK_TOKEN"},
                {"basic": {"username": "golive", "password": "env:HOOK_PASSWORD"}},
                {"api_key": {"header": "X-Key", "value": "env:HOOK_KEY"}},
                None,
            ),
            one("signing", "env:HOOK_SIGNING", "env:HOOK_SIGNATURE", None),
            ACTIVE,
            WAKES,
            last,
        ),
    )


def _channel(key: str, own: Step) -> Story:
    return Story(
        {"type": "email", "name": key.title(), "address": f"{key}s@quayside.zendesk.com"},
        (
            _renamed(key),
            own,
            one("brand", "mauve", "ochre", full=0),
            RELEASED,
        ),
    )


_ADDRESS = one(
    "address",
    "uniforms.new@quayside.zendesk.com",
    "uniforms.newest@quayside.zendesk.com",
    "uniforms@quayside.zendesk.com",
)
_DEFAULT = one("default", True, False, ABSENT, full=-1)
"""Of an object of its own: Zendesk deletes no address that somebody has made the default one by hand."""


def _slack_channel(key: str) -> Story:
    return Story(
        {"name": f"{key}s"},
        (
            one("name", f"{key}s-new", f"{key}s-newest", f"{key}s"),
            one("topic", "What cannot wait", "What can wait", None),
            one("purpose", "Alerts", "Chat & more", None),
            one("people", ["dispatcher"], ["chief"], []),
            one("groups", ["desk"], ["vault"], []),
            RELEASED,
        ),
    )


def _user_group(key: str) -> Story:
    """Somebody is always in it: Slack keeps no empty one."""
    return Story(
        {"name": key.title(), "people": ["dispatcher", "chief"]},
        (
            _renamed(key),
            one("handle", f"day-shift-{key[0]}", f"night.shift.{key[0]}", ABSENT),
            one("purpose", "For what cannot wait", "For <what> can & wait", None),
            one("groups", ["desk"], ["vault", "desk"], []),
            ACTIVE,
            WAKES,
            one("people", ["chief", "dispatcher"], ["dispatcher", "chief"], ["chief"], full=0),
            SWITCHED,
        ),
    )


def _crm_object(key: str, *own: Step, **base: Any) -> Story:
    name = key.title()
    return Story(
        {"name": name, "plural": f"{name} all", **base},
        (
            _renamed(key),
            one("plural", f"{name} each", f"{name} every", f"{name} all"),
            *own,
            one("record_name", "Number", "No.", ABSENT),
            one("sharing", "private", "read", ABSENT),
            _removed("delete", "release"),
        ),
    )


def _record_type(key: str, owner: str) -> Story:
    return Story(
        {"name": key.title(), "object": owner},
        (
            _renamed(key),
            one("help.agents", "Told", "Told otherwise", None),
            ACTIVE,
            WAKES,
            SWITCHED,
        ),
    )


def _crm_field(key: str, *own: Step, **base: Any) -> Story:
    return Story(
        {"object": "Account", "name": key.title(), **base}, (*own, _renamed(key), _removed("delete", "release"))
    )


def _crm_access(key: str) -> Story:
    return Story(
        {"name": key.title()},
        (
            _renamed(key),
            one("read", ["yankee", "zulu"], ["zulu"], []),
            RELEASED,
            one("edit", ["yankee"], ["yankee", "sulphur"], []),
            one("objects", {"Account": "edit"}, {"Account": "read", "onyx": "delete"}, {}),
            one("people", ["dispatcher"], ["chief", "dispatcher"], []),
        ),
    )


def _crm_queue(key: str) -> Story:
    return Story(
        {"name": key.title(), "objects": ["Case"]},
        (
            _renamed(key),
            one("objects", ["Case", "onyx"], ["onyx"], ["Case"]),
            RELEASED,
            one("people", ["dispatcher"], ["chief", "dispatcher"], []),
        ),
    )


def _in_languages(key: str) -> Step:
    name = key.title()
    return one(
        "name",
        {"en-US": f"{name} renamed", "de": f"{name} auf Deutsch"},
        {"en-US": f"{name} renamed again", "de": f"{name} anders"},
        name,
    )


def _category(key: str) -> Story:
    return Story({"name": key.title()}, (_in_languages(key), TOLD, RELEASED))


def _section(key: str, *own: Step, **base: Any) -> Story:
    return Story({"name": key.title(), "category": "garnet", **base}, (_in_languages(key), *own, TOLD, RELEASED))


def _article(key: str, *own: Step, **base: Any) -> Story:
    name = key.title()
    return Story(
        {"name": name, "section": "pewter", "body": "Read it.", **base},
        (
            step(
                {"name": f"{name} renamed", "body": "1. Read **it**.\n2. See {{article:quill}}."},
                {
                    "name": {"en-US": f"{name} renamed again", "de": f"{name} auf Deutsch"},
                    "body": {"en-US": "![A button](button.svg)\n\nRead it again.", "de": "Noch einmal."},
                },
                {"name": name, "body": "<h2>Read</h2><p>it.</p>"},
            ),
            *own,
            step(
                {"labels": ["how-to"], "zendesk.permission_group": "Admins"},
                {"labels": ["password", "how-to"], "zendesk.permission_group": "Agents and admins"},
                {"labels": [], "zendesk.permission_group": ABSENT},
            ),
            step(
                {"for": ["groups/desk"]},
                {"for": ["groups/vault", "groups/desk"]},
                {"for": ABSENT, "customers.can": "see"},
                {"customers.can": ABSENT, "zendesk.user_segment": "signed_in"},
                {"zendesk.user_segment": ABSENT},
                full=0,
            ),
            step(
                {"zendesk.promoted": True, "zendesk.comments_disabled": True},
                {"zendesk.promoted": False, "zendesk.comments_disabled": False},
            ),
            ACTIVE,
            WAKES,
            _removed("switch_off", "delete"),
        ),
    )


PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"
"""What stands in `button.svg`, which articles show and macros add to comments."""
TERMS = "Send it back within 30 days.\n"
"""What stands in `terms.txt`."""
_FORMULA = one("formula", 'Name & "!"', 'UPPER("{" & Name)', '"plain"')


def _content(key: str) -> Story:
    said = {"en-US": f"{key.title()} to you", "de": f"{key.title()} an euch"}
    return Story(
        {"name": key.title(), "text": said},
        (
            _renamed(key),
            one("text", {**said, "de": f"{key.title()} an alle"}, {"fr": "Adieu", "en-US": "Gone"}, "Only this", said),
            RELEASED,
        ),
    )


STORIES: dict[str, dict[str, Story]] = {
    "roles": {"ruby": _role("ruby"), "pearl": _role("pearl").backwards()},
    "groups": {"desk": _group("desk"), "vault": _group("vault").backwards()},
    "people": {
        "dispatcher": _person("Aoife Brennan", "aoife@quayside.example"),
        "chief": _person("Marcus Lind", "marcus@quayside.example").backwards(),
    },
    "schedules": {"kilo": _schedule("kilo"), "lima": _schedule("lima").backwards()},
    "brands": {
        "mauve": _brand("mauve", _DEFAULT),
        "ochre": _brand("ochre", ACTIVE, WAKES, _FIELD_REMOVED).backwards(),
    },
    "skills": {"lilac": _skill("lilac"), "olive": _skill("olive").backwards()},
    "queues": {"teak": _queue("teak"), "walnut": _queue("walnut").backwards()},
    "channels": {"uniform": _channel("uniform", _ADDRESS), "victor": _channel("victor", _DEFAULT).backwards()},
    "dynamic_content": {"farewell": _content("farewell"), "goodbye": _content("goodbye").backwards()},
    "ticket_statuses": {
        "teal": _ticket_status("teal", _DEFAULT),
        "umber": _ticket_status("umber", ACTIVE, WAKES, _FIELD_REMOVED).backwards(),
    },
    "custom_objects": {"kayak": _custom_object("kayak"), "sled": _custom_object("sled").backwards()},
    "ticket_fields": {
        "oscar": _ticket_field("oscar", _CHOICES, type="dropdown", options=OPTIONS),
        "papa": _ticket_field("papa", _PATTERN, **_A_PATTERN).backwards(),
        "points": Story(
            {"name": "Points", "type": "lookup", "to": "custom_objects/kayak"}, (_renamed("points"), _FIELD_REMOVED)
        ),
        "visa": Story({"name": "Visa", "type": "card"}, (ACTIVE,)),
        "quebec": Story(
            {"name": "Quebec", "type": "multiselect", "options": {"gold": "Gold", "tin": "Tin"}},
            (_BANDS, ACTIVE, WAKES, _FIELD_REMOVED),
        ),
    },
    "customer_fields": {
        "romeo": _customer_field(
            "romeo", _BANDS, of="organization", type="dropdown", options={"gold": "Gold", "tin": "Tin"}
        ),
        "sierra": _customer_field("sierra", _PATTERN, of="requester", **_A_PATTERN).backwards(),
        "tango": _customer_field("tango", of="organization", type="decimal").backwards(),
    },
    "ticket_forms": {
        "booth": _form("booth", _ASKS_FOR, ACTIVE, WAKES, _FIELD_REMOVED),
        "window": _form(
            "window",
            _FILLED_IN,
            one("customers.can", "edit", "hidden", ABSENT),
            one("customers.name", "Ask us", {"en-US": "Ask", "de": "Frag"}, None),
        ).backwards(),
        "counter": _form("counter", one("default", True, False, ABSENT, full=-1)),
    },
    "trigger_categories": {
        "early": Story({"name": "Early"}, (_renamed("early"), RELEASED)),
        "late": Story({"name": "Late"}, (RELEASED, _renamed("late"))),
    },
    "triggers": {
        "alpha": _trigger("alpha"),
        "bravo": _trigger("bravo").backwards(category="late"),
        "charlie": _acting("charlie"),
        "delta": _acting("delta").backwards(),
    },
    "automations": {
        "yard": _automation("yard"),
        "ferry": _automation("ferry").backwards(),
        "dock": Story(
            {"name": "Dock", "when": [_LATE], "then": [{"add_tags": ["docks"]}]},
            (one("replaces", "Pending notification 24 hours", "Pending notification 5 days", ABSENT),),
        ),
    },
    "sla_policies": {"mike": _sla_policy("mike"), "november": _sla_policy("november").backwards()},
    "group_sla_policies": {
        "relay": _group_sla_policy("relay"),
        "baton": _group_sla_policy("baton").backwards(),
    },
    "macros": {"golf": _macro("golf"), "hotel": _macro("hotel").backwards()},
    "views": {
        "lobby": _view("lobby", *_LISTED, ACTIVE, WAKES, SWITCHED),
        "attic": _view("attic", *_SHOWN, SWITCHED).backwards(),
    },
    "deletion_schedules": {
        "cellar": _deletion("cellar", "tickets", *_DELETED, ACTIVE),
        "shredder": _deletion("shredder", "attachments", ACTIVE, WAKES, SWITCHED).backwards(),
    },
    "webhooks": {
        "india": _webhook("india", TOLD),
        "juliett": _webhook("juliett", SWITCHED).backwards(),
        "kestrel": Story({"name": "Kestrel", "url": "https://kestrels.example/"}, (TOLD,)),
    },
    "slack_channels": {"whiskey": _slack_channel("whiskey"), "xray": _slack_channel("xray").backwards(private=True)},
    "slack_user_groups": {"tango": _user_group("tango"), "uniform": _user_group("uniform").backwards()},
    "alerts": {
        "echo": _alert("echo"),
        "foxtrot": _alert("foxtrot").backwards(),
        "quiet": _lasting("quiet", "whiskey"),
        "steady": _lasting("steady", "xray"),
    },
    "crm_objects": {
        "onyx": _crm_object("onyx"),
        "slate": _crm_object("slate", one("numbered", "S-{000}", "S-{00}", "S-{0}"), numbered="S-{0}").backwards(),
    },
    "crm_record_types": {
        "quartz": _record_type("quartz", "Account"),
        "flint": _record_type("flint", "onyx").backwards(),
    },
    "crm_fields": {
        "yankee": _crm_field("yankee", _CHOICES, type="dropdown", options=OPTIONS),
        "zulu": _crm_field("zulu", _FORMULA, type="text", formula='"plain"'),
        "sulphur": _crm_field(
            "sulphur", _BANDS, type="multiselect", options={"gold": "Gold", "tin": "Tin"}
        ).backwards(),
    },
    "help_center_categories": {"garnet": _category("garnet"), "topaz": _category("topaz").backwards()},
    "help_center_sections": {
        "pewter": _section("pewter"),
        "bronze": _section("bronze").backwards(),
        "nickel": _section("nickel", one("category", "garnet", "topaz", full=0), category="topaz"),
        "tinsel": _section("tinsel", one("section", "bronze", "pewter", ABSENT)),
    },
    "articles": {
        "quill": _article("quill"),
        "inkwell": _article("inkwell").backwards(),
        "vellum": _article("vellum", one("section", "nickel", "bronze", full=0), section="bronze"),
    },
    "crm_access": {"amber": _crm_access("amber"), "cobalt": _crm_access("cobalt").backwards()},
    "crm_queues": {"umber": _crm_queue("umber"), "ochre": _crm_queue("ochre").backwards()},
}
ROUNDS = max(story.rounds for stories in STORIES.values() for story in stories.values())

NEVER_SENT = {
    "was": "the round in which all keys are renamed",
    "existing": "looked up and never written: tests/cli/test_whole_grammar.py",
    "by_hand": "a person does it",
    "why": "never leaves the repository",
    "x-allow": "for validation",
}
"""Common attributes that stand in no story, with the reason."""

_ONLY_AWAKE = "without a switch it is held as it is while it sleeps: tests/cli/test_phases.py"
_NO_SWITCH = {"phase": _ONLY_AWAKE, "not_before": _ONLY_AWAKE}
_FIXED = "it never changes: another one is another field (grammar 31)"
_LATER = "not applied by this version"
EXCEPT: dict[str, dict[str, str]] = {
    "roles": _NO_SWITCH,
    "groups": _NO_SWITCH,
    "people": {"email": "Zendesk replaces no agent's address by its API: golive refuses"},
    "schedules": _NO_SWITCH,
    "brands": {},
    "skills": _NO_SWITCH,
    "queues": _NO_SWITCH,
    "channels": {**_NO_SWITCH, "type": "only addresses are made", "forwards_from": "the client's mail server does it"},
    "dynamic_content": {**_NO_SWITCH, "zendesk.placeholder": _FIXED},
    "ticket_statuses": {"category": "it never changes: another one is another status"},
    "custom_objects": {**_NO_SWITCH, "zendesk.key": _FIXED, "help.customers": "customers never see it"},
    "ticket_fields": {"type": _FIXED, "to": _FIXED},
    "customer_fields": {
        "type": _FIXED,
        "of": _FIXED,
        "zendesk.key": _FIXED,
        "to": _FIXED,
        "help.customers": "customers never see these fields",
    },
    "ticket_forms": {"customers.required": "a form is no field", "brands": _LATER},
    "views": {},
    "deletion_schedules": {"of": "what is deleted never changes: another sort is another schedule"},
    "trigger_categories": {**_NO_SWITCH, "order": "the rounds in which all is reordered"},
    "triggers": {},
    "automations": {},
    "sla_policies": {**_NO_SWITCH, "warn": _LATER, "breach": _LATER},
    "group_sla_policies": _NO_SWITCH,
    "macros": {"help.customers": "customers never see macros"},
    "webhooks": {
        "zendesk.authentication": "it stands for credentials that golive does not know: tests/cli/test_adopt.py",
    },
    "slack_channels": {
        **_NO_SWITCH,
        "private": "Slack lets only a person change it: golive refuses",
        "incoming_webhook": "a person makes its address in Slack: tests/cli/test_slack.py",
    },
    "slack_user_groups": {},
    "alerts": {},
    "help_center_categories": _NO_SWITCH,
    "help_center_sections": _NO_SWITCH,
    "articles": {},
    "crm_objects": _NO_SWITCH,
    "crm_record_types": {
        "object": _FIXED,
        "process": "only of cases and leads: tests/provisioners/salesforce/test_record_types.py",
        "help.customers": "customers never see it",
    },
    "crm_fields": {
        **_NO_SWITCH,
        "object": _FIXED,
        "type": _FIXED,
        "to": _FIXED,
        "group": "HubSpot's only: test_hubspot.py",
    },
    "crm_access": _NO_SWITCH,
    "crm_queues": _NO_SWITCH,
}
"""Attributes that stand in no story of their kind, with the reason."""


def objects(number: int) -> dict[str, dict[str, dict[str, Any]]]:
    """Every object in a round, by kind and key."""
    return {kind: {key: story.at(number) for key, story in stories.items()} for kind, stories in STORIES.items()}


def everything() -> dict[str, dict[str, dict[str, Any]]]:
    """Every object with everything said at once."""
    return {kind: {key: story.in_full() for key, story in stories.items()} for kind, stories in STORIES.items()}


def model_of(kind: str) -> type[BaseModel]:
    model: type[BaseModel] = EmailChannel if kind == "channels" else ALL_KINDS[kind].model
    return model


BUILT_IN = {"admin": {"name": "Admin", "like": "admin"}, "reader": {"name": "Reader", "like": "light_agent"}}
"""Roles of which nothing is made."""
BESIDE = {
    "segments": {"gold": {"name": "Gold"}, "silver": {"name": "Silver"}},
}
"""What the objects need and no system has as objects of their own."""
