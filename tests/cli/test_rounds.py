"""For every kind, in rounds: created, each attribute set, changed, cleared and turned back by hand, then keys renamed,
everything reordered, everything removed; the next plan is empty each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from config.kinds import ALL_KINDS
from config.kinds.channels import EmailChannel
from config.registry import fragment, vendor_words
from config.text import FileText
from provisioners.system import systems
from tests.cli.live_accounts import Body, Snapshot, differences, snapshot, turn_back
from tests.cli.rounds import EXCEPT, NEVER_SENT, ROUNDS, STORIES, everything, objects
from tests.cli.stories import ABSENT, value_at, with_new_keys
from tests.cli.workspace import Workspace, written

Small = Callable[[str], Workspace]
Objects = dict[str, dict[str, dict[str, Any]]]


def parts_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models that may stand directly as an attribute's value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from [] if annotation is FileText else [annotation]
    elif get_origin(annotation) in (Union, UnionType) or hasattr(annotation, "__metadata__"):
        for part in get_args(annotation):
            yield from parts_of(part)


def paths(model: type[BaseModel], kind: str) -> Iterator[str]:
    """Every attribute of a model and of the models in it, by its path."""
    for name, info in model.model_fields.items():
        word = info.alias or name
        if word == "vendor":
            continue
        inner = [path for part in parts_of(info.annotation) for path in paths(part, "")]
        yield from (f"{word}.{path}" for path in inner)
        if not inner:
            yield word
    for vendor in vendor_words() if kind else ():
        yield from (f"{vendor}.{name}" for name in (fragment(vendor, kind) or {}).get("properties", {}))


def model_of(kind: str) -> type[BaseModel]:
    model: type[BaseModel] = EmailChannel if kind == "channels" else ALL_KINDS[kind].model
    return model


def is_excepted(path: str, kind: str) -> bool:
    said = {**NEVER_SENT, **EXCEPT[kind]}
    return any(path == each or path.startswith(f"{each}.") for each in said)


def varies(kind: str, path: str) -> bool:
    """Whether an object of the kind has different values at a path in the course of the rounds."""
    for story in STORIES[kind].values():
        values = [value_at(story.at(number), path) for number in range(ROUNDS + 1)]
        if any(value != values[0] for value in values):
            return True
    return False


def test_no_kind_and_no_attribute_is_missing_in_the_rounds() -> None:
    taken = {translation.kind for system in systems().values() for translation in system.translations()}
    applied = {word for word, kind in ALL_KINDS.items() if kind.applied and not kind.used_only}
    assert STORIES.keys() == {kind for kind in taken if not ALL_KINDS[kind].used_only} == applied
    assert EXCEPT.keys() == STORIES.keys()
    for kind in STORIES:
        every = list(paths(model_of(kind), kind))
        missing = [path for path in every if not is_excepted(path, kind) and not varies(kind, path)]
        assert missing == [], f"{kind}: say in tests/cli/rounds.py what becomes of it"
        needless = [
            name for name in EXCEPT[kind] if not any(path == name or path.startswith(f"{name}.") for path in every)
        ]
        assert needless == [], f"{kind} has no such attribute any more"
        assert [name for name in EXCEPT[kind] if varies(kind, name)] == [], f"{kind}: it is in a story"
        assert len(STORIES[kind]) > 1


BESIDE = {
    "segments": {"gold": {"name": "Gold"}, "silver": {"name": "Silver"}},
    "roles": {"admin": {"name": "Admin", "like": "admin"}},
}
"""What the objects need and no system has as objects of their own."""

OWN: dict[str, tuple[str, tuple[str, ...], str]] = {
    "groups": ("helpdesk", ("groups",), "name"),
    "users": ("helpdesk", ("people",), "email"),
    "recipient_addresses": ("helpdesk", ("channels",), "name"),
    "schedules": ("helpdesk", ("schedules",), "name"),
    "ticket_fields": ("helpdesk", ("ticket_fields",), "title"),
    "organization_fields": ("helpdesk", ("customer_fields",), "title"),
    "user_fields": ("helpdesk", ("customer_fields",), "title"),
    "trigger_categories": ("helpdesk", ("trigger_categories",), "name"),
    "triggers": ("helpdesk", ("triggers", "alerts"), "title"),
    "macros": ("helpdesk", ("macros",), "title"),
    "sla_policies": ("helpdesk", ("sla_policies",), "title"),
    "webhooks": ("helpdesk", ("webhooks", "slack_channels"), "name"),
    "channels": ("chat", ("slack_channels",), "name"),
    "CustomField": ("crm", ("crm_fields",), "Metadata"),
    "PermissionSet": ("crm", ("crm_access",), "Label"),
}
"""Shelf → system, kinds, and the attribute by which its objects are told apart: each name begins with a key."""

ABOVE = {
    "group_memberships": ("users", "user_id"),
    "holidays": ("schedules", "schedule"),
    "FieldPermissions": ("PermissionSet", "ParentId"),
    "PermissionSetAssignment": ("PermissionSet", "PermissionSetId"),
}
"""Shelf → the shelf of the objects whose parts it holds, and the attribute that says of which."""


def names_of(live: Snapshot) -> dict[tuple[str, str], str]:
    """(shelf, id) → `system/kind/key` of everything in the accounts that belongs to one of our objects."""
    found: dict[tuple[str, str], str] = {}
    for (shelf, identifier), body in live.items():
        name = _declared_as(shelf, body)
        if name:
            found[shelf, identifier] = name
    for (shelf, identifier), body in live.items():
        if shelf in ABOVE:
            above, attribute = ABOVE[shelf]
            name = found.get((above, str(body[attribute])), "")
            if name:
                found[shelf, identifier] = name
    return found


def _declared_as(shelf: str, body: Body) -> str:
    system, kinds, attribute = OWN.get(shelf, ("", (), ""))
    for kind in kinds:
        for key, story in STORIES[kind].items():
            if shelf == "users":
                fits = body["email"] == story.base["email"]
            else:
                name = body["Metadata"]["label"] if attribute == "Metadata" else body[attribute]
                fits = name.lower().removeprefix("slack #").startswith(key)
            if fits:
                return f"{system}/{kind}/{key}"
    return ""


def configuration(declared: Objects) -> str:
    return written({**BESIDE, **declared})


UNSEEN = {"position", "usage_1h", "usage_24h", "usage_7d", "usage_30d", "Id", "id"}
"""What says nothing of an object; the order of rules is looked at by itself."""


def moved(before: Snapshot, after: Snapshot, declared: Objects) -> set[str]:
    """`system/kind/key` of what differs between two looks at the accounts, as far as the files speak of it."""
    names = names_of(before)
    found = {name for place, name in names.items() if _has_moved(place, before, after, declared, name)}
    for trigger in before:
        if trigger[0] == "triggers" and (name := _replaced_by(before[trigger]["title"], declared)):
            found |= {name} if before[trigger]["active"] != after[trigger]["active"] else set()
    now = _by_category(after, names)
    for name, listed in _by_category(before, names).items():
        there = [each for each in now.get(name, []) if each in listed]
        found |= {name} if len(listed) > 1 and there != listed else set()
    return found


def _has_moved(place: tuple[str, str], before: Snapshot, after: Snapshot, declared: Objects, name: str) -> bool:
    shelf, _ = place
    was, now = before[place], after.get(place)
    _, kind, key = name.split("/")
    said = declared[kind][key]
    if shelf == "group_memberships":
        group = names_of(before).get(("groups", str(was["group_id"])), "").rpartition("/")[2]
        is_gone = now is None and group in said.get("groups", ())
        return is_gone or (said.get("default_group") == group and not (now or {}).get("default"))
    if shelf == "holidays":
        firsts = {(day["name"], day.get("date") or day["from"]) for day in said.get("holidays", ())}
        return (was["name"], was["start_date"]) in firsts and bool(differences(was, now or {}) - UNSEEN)
    if shelf == "FieldPermissions":
        fields = [f"Account.{field.title()}__c" for field in (*said.get("read", ()), *said.get("edit", ()))]
        return was["Field"] in fields and bool(differences(was, now or {}) - UNSEEN)
    if shelf == "PermissionSetAssignment":
        emails = [STORIES["people"][person].base["email"] for person in said.get("people", ())]
        return was["Assignee"]["Email"] in emails and now is None
    if now is None:
        return shelf != "recipient_addresses"
    changed = differences(was, now) - UNSEEN
    if shelf == "recipient_addresses" and not said.get("default"):
        changed.discard("default")
    if (
        shelf == "channels"
        and "members" in changed
        and not ({*was["members"]} - {*now["members"]} and said.get("people"))
    ):
        changed.discard("members")
    if "custom_field_options" in changed and _options(was, key, said) == _options(now, key, said):
        changed.discard("custom_field_options")
    if shelf == "CustomField" and changed == {"Metadata"}:
        return _active_values(was, said) != _active_values(now, said) or _without_values(was) != _without_values(now)
    return bool(changed)


def _choices(said: Mapping[str, Any]) -> Any:
    """The declared choices of a field, by key."""
    return BESIDE["segments"] if "options_from" in said else said.get("options", {})


def _options(field: Body, key: str, said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The declared choices of a field of the helpdesk, by name and tag."""
    tags = [f"{key}_{option}" for option in _choices(said)]
    return [(each["name"], each["value"]) for each in field["custom_field_options"] if each["value"] in tags]


def _active_values(field: Body, said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The declared choices of a field of the CRM, by name and label."""
    values = ((field["Metadata"]["valueSet"] or {}).get("valueSetDefinition") or {}).get("value") or []
    return [
        (each["valueName"], each["label"])
        for each in values
        if each["isActive"] is not False and each["valueName"] in _choices(said)
    ]


def _without_values(field: Body) -> Body:
    return {name: value for name, value in field["Metadata"].items() if name != "valueSet"}


def _replaced_by(title: str, declared: Objects) -> str:
    rules = declared["triggers"].items()
    return next((f"helpdesk/triggers/{key}" for key, said in rules if said.get("replaces") == title), "")


def _by_category(live: Snapshot, names: Mapping[tuple[str, str], str]) -> dict[str, list[str]]:
    """Category → our triggers in it, in their order."""
    triggers = [(body, names[place]) for place, body in live.items() if place[0] == "triggers" and place in names]
    found: dict[str, list[str]] = {}
    for body, name in sorted(triggers, key=lambda each: int(each[0]["position"])):
        category = names.get(("trigger_categories", str(body["category_id"])), "")
        if category:
            found.setdefault(category, []).append(name)
    return found


SHOWN: dict[tuple[str, str], dict[str, str]] = {
    ("groups", "groups"): {"name": "name", "zendesk.description": "description", "zendesk.is_public": "is_public"},
    ("users", "people"): {"name": "name", "role": "role", "zendesk.alias": "alias"},
    ("recipient_addresses", "channels"): {"name": "name", "address": "email"},
    ("schedules", "schedules"): {"name": "name"},
    ("ticket_fields", "ticket_fields"): {
        "name": "title",
        "customers.name": "title_in_portal",
        "customers.required": "required_in_portal",
        "help.agents": "agent_description",
        "pattern": "regexp_for_validation",
    },
    ("organization_fields", "customer_fields"): {"name": "title", "help.agents": "description"},
    ("user_fields", "customer_fields"): {
        "name": "title",
        "help.agents": "description",
        "pattern": "regexp_for_validation",
    },
    ("trigger_categories", "trigger_categories"): {"name": "name"},
    ("triggers", "triggers"): {"name": "title", "active": "active", "zendesk.description": "description"},
    ("triggers", "alerts"): {"name": "title", "active": "active"},
    ("macros", "macros"): {"name": "title", "active": "active", "help.agents": "description"},
    ("sla_policies", "sla_policies"): {"name": "title", "zendesk.description": "description"},
    ("webhooks", "webhooks"): {"name": "name", "url": "endpoint", "method": "http_method"},
    ("channels", "slack_channels"): {"name": "name", "topic": "topic", "purpose": "purpose"},
    ("CustomField", "crm_fields"): {"name": "Metadata.label", "formula": "Metadata.formula"},
    ("PermissionSet", "crm_access"): {"name": "Label"},
}
"""(Shelf, kind) → attributes that the vendor shows as the files have them, and what the vendor calls them."""


def shown_otherwise(live: Snapshot, declared: Objects) -> list[str]:
    """What the accounts show otherwise than the files say it."""
    found = []
    for (shelf, identifier), name in names_of(live).items():
        _, kind, key = name.split("/")
        said = declared[kind][key]
        for path, attribute in SHOWN.get((shelf, kind), {}).items():
            wanted, now = value_at(said, path), value_at(live[shelf, identifier], attribute)
            sleeps = path == "active" and ("phase" in said or "not_before" in said)
            if wanted is ABSENT or sleeps or str(wanted).startswith("env:"):
                continue
            if (now or None) != (wanted or None) and not (path == "customers.name" and wanted is None):
                found.append(f"{name}: {path} is {now!r} and not {wanted!r}")
    return found


def named(document: Mapping[str, Any], list_: str) -> set[str]:
    return {f"{each['system']}/{each['kind']}/{each['key']}" for each in document[list_]}


def run_round(workspace: Workspace, declared: Objects, turned: set[str]) -> Snapshot:
    """One `up` that makes all changes of a round and puts right what was turned back by hand; the accounts after it."""
    workspace.config(configuration(declared))
    ran = workspace.up()
    assert set(ran.results.values()) <= {"done"}, ran.results
    assert named(ran.document, "drift") == turned
    assert ran.document["not_sent"] == []
    workspace.is_settled()
    now = snapshot(workspace)
    assert shown_otherwise(now, declared) == []
    return now


NEW_KEYS = {key: f"{key}_too" for stories in STORIES.values() for key in stories}


def renamed(declared: Objects) -> Objects:
    """The same objects under new keys."""
    data: Objects = with_new_keys(declared, NEW_KEYS)
    for kind, stories in STORIES.items():
        for key in stories:
            data[kind][NEW_KEYS[key]]["was"] = key
    return data


def reordered(data: Any) -> Any:
    """Objects and options from the last to the first."""
    return {
        kind: {
            key: {**said, **({"options": dict(list(said["options"].items())[::-1])} if "options" in said else {})}
            for key, said in list(objects_.items())[::-1]
        }
        for kind, objects_ in data.items()
    }


MADE_FROM = {f"helpdesk/{kind}/{key}" for kind in ("slack_channels", "alerts") for key in STORIES[kind]}
"""What golive makes for another object; its description in the helpdesk names that one's key."""


def left_behind(live: Snapshot) -> dict[str, str]:
    """What has become of each object: `off`, `there` or `gone`."""
    found = {f"{kind}/{key}": "gone" for kind, stories in STORIES.items() for key in stories}
    for place, name in names_of(live).items():
        is_off = live[place].get("active") is False or live[place].get("is_archived") is True
        found[name.split("/", 1)[1]] = "off" if is_off else "there"
    return found


LEFT = {
    **{f"trigger_categories/{key}": "there" for key in STORIES["trigger_categories"]},
    "slack_channels/xray": "gone",
}
"""What is found otherwise than its kind leaves: categories stay, because Zendesk would delete the triggers in them,
which are switched off; and the bot sees a private channel no more once it has archived and so left it."""


def after_removal(kind: str) -> str:
    """What becomes of an object of a kind that has left the files: `off`, `there` or `gone`."""
    way = model_of(kind).model_construct(on_remove=None).removal  # type: ignore[attr-defined]
    return {"switch_off": "off", "release": "there"}.get(way, "off" if kind == "slack_channels" else "gone")


REORDERED = {
    "helpdesk/ticket_fields/oscar_too",
    "helpdesk/trigger_categories/early_too",
    "helpdesk/trigger_categories/late_too",
    "helpdesk/trigger_categories/_order",
    "helpdesk/sla_policies/_order",
    "crm/crm_fields/yankee_too",
}
"""What has an order: choices, the triggers of a category, categories, SLA policies."""


def _in_order(live: Snapshot) -> dict[str, list[str]]:
    """Ours in their order, of each sort of things that has one."""
    names = names_of(live)
    found: dict[str, list[str]] = dict(_by_category(live, names))
    for shelf in ("trigger_categories", "sla_policies"):
        places = sorted((place for place in names if place[0] == shelf), key=lambda place: live[place]["position"])
        found[shelf] = [names[place] for place in places if not names[place].startswith("helpdesk/alerts")]
    for place, name in names.items():
        if place[0] == "ticket_fields" and name.endswith("/oscar"):
            found["options"] = [each["name"] for each in live[place]["custom_field_options"]][:3]
    return found


def test_every_attribute_of_every_kind_in_rounds(small: Small) -> None:
    workspace = small(configuration(objects(0)))
    before = run_round(workspace, objects(0), set())
    there = {name.split("/", 1)[1] for name in names_of(before).values()}
    assert there == {f"{kind}/{key}" for kind, stories in STORIES.items() for key in stories}
    turned: set[str] = set()
    for number in range(1, ROUNDS + 1):
        now = run_round(workspace, objects(number), turned)
        turn_back(workspace, before, now)
        turned = moved(now, snapshot(workspace), objects(number))
        before = now
    # Holidays that were made again by hand are not golive's, and would stand in the way of new ones of their name.
    now = snapshot(workspace)
    turn_back(workspace, {place: body for place, body in now.items() if place[0] != "holidays"}, now)
    full = run_round(workspace, everything(), turned)

    declared = renamed(everything())
    workspace.config(configuration(declared))
    planned = workspace.plan().document
    assert {(each["key"], diff["path"]) for each in planned["changes"] for diff in each["diff"]} == {
        (NEW_KEYS[name.rpartition("/")[2]], "description") for name in MADE_FROM
    }
    workspace.up()
    workspace.is_settled()
    now = snapshot(workspace)
    assert now.keys() == full.keys(), "everything keeps its id"
    assert {place for place in full if differences(full[place], now[place])} == {
        place for place, name in names_of(full).items() if name in MADE_FROM and place[0] in ("webhooks", "triggers")
    }

    full = now
    declared = reordered(declared)
    workspace.config(configuration(declared))
    assert set(workspace.up().actions) == REORDERED
    workspace.is_settled()
    now = snapshot(workspace)
    assert _in_order(now) == {shelf: listed[::-1] for shelf, listed in _in_order(full).items()}
    turn_back(workspace, full, now)
    assert _in_order(snapshot(workspace)) == _in_order(full)
    orders: dict[str, Any] = {
        "order": {"sla_policies": ["november_too", "mike_too"], "trigger_categories": ["...", "late_too", "early_too"]}
    }
    listed = declared["trigger_categories"]["early_too"] | {"order": ["delta_too", "..."]}
    declared["trigger_categories"]["early_too"] = listed
    workspace.config(configuration({**declared, **orders}))
    assert named(workspace.up().document, "drift") == REORDERED
    workspace.is_settled()

    # Somebody has turned back which address is the default one, and Zendesk does not delete that.
    vendors = next(each for each in workspace.listed("recipient_addresses") if each["email"].startswith("support@"))
    workspace.zendesk("PUT", f"recipient_addresses/{vendors['id']}", {"recipient_address": {"default": True}})
    workspace.config(configuration({}))
    assert set(workspace.up().results.values()) == {"done"}
    workspace.is_settled()
    assert left_behind(snapshot(workspace)) == {
        **{f"{kind}/{key}": after_removal(kind) for kind, stories in STORIES.items() for key in stories},
        **LEFT,
    }
