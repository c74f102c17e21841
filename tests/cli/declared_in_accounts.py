"""Which of the declared objects is which in the accounts, what has become of each, and what differs from the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tests.cli.live_accounts import Body, Snapshot, differences
from tests.cli.rounds import BESIDE, STORIES
from tests.cli.stories import ABSENT, value_at

Objects = dict[str, dict[str, dict[str, Any]]]

OWN: dict[str, tuple[str, tuple[str, ...], str]] = {
    "custom_roles": ("helpdesk", ("roles",), "name"),
    "groups": ("helpdesk", ("groups",), "name"),
    "users": ("helpdesk", ("people",), "email"),
    "recipient_addresses": ("helpdesk", ("channels",), "name"),
    "schedules": ("helpdesk", ("schedules",), "name"),
    "items": ("helpdesk", ("dynamic_content", "macros", "ticket_fields", "ticket_forms"), "name"),
    "ticket_forms": ("helpdesk", ("ticket_forms",), "name"),
    "views": ("helpdesk", ("views",), "title"),
    "custom_objects": ("helpdesk", ("custom_objects",), "title"),
    "deletion_schedules": ("helpdesk", ("deletion_schedules",), "title"),
    "custom_statuses": ("helpdesk", ("ticket_statuses",), "agent_label"),
    "brands": ("helpdesk", ("brands",), "name"),
    "attributes": ("helpdesk", ("skills",), "name"),
    "queues": ("helpdesk", ("queues",), "name"),
    "ticket_fields": ("helpdesk", ("ticket_fields",), "title"),
    "organization_fields": ("helpdesk", ("customer_fields",), "title"),
    "user_fields": ("helpdesk", ("customer_fields",), "title"),
    "trigger_categories": ("helpdesk", ("trigger_categories",), "name"),
    "triggers": ("helpdesk", ("triggers", "alerts"), "title"),
    "automations": ("helpdesk", ("automations",), "title"),
    "macros": ("helpdesk", ("macros",), "title"),
    "sla_policies": ("helpdesk", ("sla_policies",), "title"),
    "group_sla_policies": ("helpdesk", ("group_sla_policies",), "title"),
    "webhooks": ("helpdesk", ("webhooks", "slack_channels"), "name"),
    "categories": ("helpdesk", ("help_center_categories",), "name"),
    "sections": ("helpdesk", ("help_center_sections",), "name"),
    "articles": ("helpdesk", ("articles",), "title"),
    "channels": ("chat", ("slack_channels",), "name"),
    "usergroups": ("chat", ("slack_user_groups",), "name"),
    "CustomObject": ("crm", ("crm_objects",), "label"),
    "RecordType": ("crm", ("crm_record_types",), "Name"),
    "CustomField": ("crm", ("crm_fields",), "Metadata"),
    "PermissionSet": ("crm", ("crm_access",), "Label"),
    "Group": ("crm", ("crm_queues",), "Name"),
}
"""Shelf → system, kinds, and the attribute by which its objects are told apart: each name begins with a key."""

ABOVE = {
    "group_memberships": ("users", "user_id"),
    "attribute_values": ("attributes", "attribute_id"),
    "instance_values": ("attributes", "attribute_id"),
    "holidays": ("schedules", "schedule"),
    "texts of categories": ("categories", "source_id"),
    "texts of sections": ("sections", "source_id"),
    "texts of articles": ("articles", "source_id"),
    "FieldPermissions": ("PermissionSet", "ParentId"),
    "ObjectPermissions": ("PermissionSet", "ParentId"),
    "PermissionSetAssignment": ("PermissionSet", "PermissionSetId"),
    "QueueSobject": ("Group", "QueueId"),
    "GroupMember": ("Group", "GroupId"),
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


_MADE_FOR = re.compile(r"slack #|golive_(macros|ticket_fields|ticket_forms)_")
"""What stands before the key in the name of what golive makes for another object."""


def _declared_as(shelf: str, body: Body) -> str:
    system, kinds, attribute = OWN.get(shelf, ("", (), ""))
    for kind in kinds:
        for key, story in STORIES[kind].items():
            if shelf == "users":
                fits = body["email"] == story.base["email"]
            else:
                name = body["Metadata"]["label"] if attribute == "Metadata" else body[attribute]
                fits = _MADE_FOR.sub("", name.lower()).startswith(key)
            if fits:
                return f"{system}/{kind}/{key}"
    return ""


UNSEEN = frozenset(
    {"position", "order", "usage_1h", "usage_24h", "usage_7d", "usage_30d", "Id", "id"}
    | {"team_member_count", "brand_url", "ticket_form_ids"}
)
"""What says nothing of an object; the order of rules is looked at by itself."""


def moved(before: Snapshot, after: Snapshot, declared: Objects) -> set[str]:
    """`system/kind/key` of what differs between two looks at the accounts, as far as the files speak of it."""
    names = names_of(before)
    found = {name for place, name in names.items() if _has_moved(place, before, after, declared, name)}
    for rule in before:
        if rule[0] in _REPLACING and (name := _replaced_by(rule[0], before[rule]["title"], declared)):
            found |= {name} if before[rule]["active"] != after[rule]["active"] else set()
    now = _by_category(after, names)
    for name, listed in _by_category(before, names).items():
        there = [each for each in now.get(name, []) if each in listed]
        found |= {name.removesuffix(" sections")} if len(listed) > 1 and there != listed else set()
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
    if shelf == "attribute_values":
        called = {each if isinstance(each, str) else each["name"] for each in said["values"].values()}
        return was["name"] in called and bool(differences(was, now or {}) - UNSEEN)
    if shelf == "instance_values":
        return was["declared"] in _skills_of(said) and now is None
    if shelf == "holidays":
        firsts = {(day["name"], day.get("date") or day["from"]) for day in said.get("holidays", ())}
        return (was["name"], was["start_date"]) in firsts and bool(differences(was, now or {}) - UNSEEN)
    if shelf == "FieldPermissions":
        fields = [f"Account.{field.title()}__c" for field in (*said.get("read", ()), *said.get("edit", ()))]
        return was["Field"] in fields and bool(differences(was, now or {}) - UNSEEN)
    if shelf == "ObjectPermissions":
        return was["SobjectType"] in _in_crm(said.get("objects", ())) and bool(differences(was, now or {}) - UNSEEN)
    if shelf == "QueueSobject":
        return was["SobjectType"] in _in_crm(said["objects"]) and now is None
    if shelf == "GroupMember":
        emails = [STORIES["people"][person].base["email"] for person in said.get("people", ())]
        return was["email"] in emails and now is None
    if shelf == "PermissionSetAssignment":
        emails = [STORIES["people"][person].base["email"] for person in said.get("people", ())]
        return was["Assignee"]["Email"] in emails and now is None
    if shelf.startswith("texts of ") and not _is_text_of(was, said):
        return False
    if now is None:
        return shelf != "recipient_addresses"
    changed = differences(was, now) - UNSEEN
    if shelf == "ticket_fields" and "customers" not in (said.get("help") or {}):  # then nobody looks after it
        changed -= {"description", "raw_description"}
    if shelf in ("recipient_addresses", "ticket_forms", "custom_statuses", "brands") and not said.get("default"):
        changed.discard("default")
    if (
        shelf == "channels"
        and "members" in changed
        and not ({*was["members"]} - {*now["members"]} and said.get("people"))
    ):
        changed.discard("members")
    if shelf == "usergroups":
        changed -= (
            set() if was["active"] and now["active"] else {"users"}
        )  # of one that is off nobody looks who is in it
        changed -= {word for ours, word in (("handle", "handle"), ("purpose", "description")) if ours not in said}
    if "custom_field_options" in changed and _options(was, key, said) == _options(now, key, said):
        changed.discard("custom_field_options")
    if shelf == "CustomField" and changed == {"Metadata"}:
        return _active_values(was, said) != _active_values(now, said) or _without_values(was) != _without_values(now)
    return bool(changed)


def _in_crm(objects: Iterable[str]) -> list[str]:
    """What the CRM calls objects that are named by their keys or by its own words."""
    return [f"{each.title()}__c" if each in STORIES["crm_objects"] else each for each in objects]


def _skills_of(said: Mapping[str, Any]) -> set[str]:
    """`mail address/skill` of everybody who has one by the files."""
    values = [each for each in said["values"].values() if not isinstance(each, str)]
    people = STORIES["people"]
    return {f"{people[key].base['email']}/{each['name']}" for each in values for key in each.get("people", ())}


def _is_text_of(text: Body, said: Mapping[str, Any]) -> bool:
    """Whether the files have an object in the language of a text."""
    return text["locale"] == "en-us" or any(isinstance(said.get(name), dict) for name in ("name", "body"))


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


_REPLACING = ("triggers", "automations")
"""Kinds whose objects take the place of the vendor's own."""


def _replaced_by(kind: str, title: str, declared: Objects) -> str:
    rules = declared[kind].items()
    return next((f"helpdesk/{kind}/{key}" for key, said in rules if said.get("replaces") == title), "")


def _by_category(live: Snapshot, names: Mapping[tuple[str, str], str]) -> dict[str, list[str]]:
    """Category → our triggers in it, in their order."""
    triggers = [(body, names[place]) for place, body in live.items() if place[0] == "triggers" and place in names]
    found: dict[str, list[str]] = {}
    for body, name in sorted(triggers, key=lambda each: int(each[0]["position"])):
        category = names.get(("trigger_categories", str(body["category_id"])), "")
        if category:
            found.setdefault(category, []).append(name)
    for shelf, above, attribute in (("sections", "categories", "category_id"), ("articles", "sections", "section_id")):
        ours = [(body, names[place]) for place, body in live.items() if place[0] == shelf and place in names]
        for body, name in sorted(ours, key=lambda each: (each[0]["position"], each[0]["id"])):
            inside = ("sections", str(body["parent_section_id"])) if body.get("parent_section_id") else None
            parent = names.get(inside or (above, str(body[attribute])), "")
            found.setdefault(f"{parent}{' sections' if inside else ''}", []).append(name)
    return found


SHOWN: dict[tuple[str, str], dict[str, str]] = {
    ("groups", "groups"): {"name": "name", "zendesk.description": "description", "zendesk.is_public": "is_public"},
    ("custom_roles", "roles"): {"name": "name", "zendesk.description": "description"},
    ("users", "people"): {"name": "name", "zendesk.alias": "alias"},
    ("recipient_addresses", "channels"): {"name": "name", "address": "email"},
    ("schedules", "schedules"): {"name": "name"},
    ("items", "dynamic_content"): {"name": "name"},
    ("custom_statuses", "ticket_statuses"): {
        "name": "agent_label",
        "customers.name": "end_user_label",
        "help.agents": "description",
        "help.customers": "end_user_description",
        "active": "active",
    },
    ("brands", "brands"): {
        "name": "name",
        "subdomain": "subdomain",
        "active": "active",
        "zendesk.host_mapping": "host_mapping",
    },
    ("attributes", "skills"): {"name": "name"},
    ("queues", "queues"): {"name": "name", "priority": "priority", "zendesk.description": "description"},
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
    ("automations", "automations"): {"name": "title", "active": "active"},
    ("ticket_forms", "ticket_forms"): {"name": "name", "active": "active", "default": "default"},
    ("views", "views"): {"name": "title", "active": "active", "zendesk.description": "description"},
    ("custom_objects", "custom_objects"): {
        "name": "title",
        "plural": "title_pluralized",
        "help.agents": "description",
    },
    ("deletion_schedules", "deletion_schedules"): {
        "name": "title",
        "active": "active",
        "zendesk.description": "description",
    },
    ("macros", "macros"): {"name": "title", "active": "active", "help.agents": "description"},
    ("sla_policies", "sla_policies"): {"name": "title", "zendesk.description": "description"},
    ("group_sla_policies", "group_sla_policies"): {"name": "title", "zendesk.description": "description"},
    ("webhooks", "webhooks"): {"name": "name", "url": "endpoint", "method": "http_method"},
    ("categories", "help_center_categories"): {"name": "name"},
    ("sections", "help_center_sections"): {"name": "name"},
    ("articles", "articles"): {
        "name": "title",
        "labels": "label_names",
        "zendesk.promoted": "promoted",
        "zendesk.comments_disabled": "comments_disabled",
    },
    ("channels", "slack_channels"): {"name": "name", "topic": "topic", "purpose": "purpose"},
    ("usergroups", "slack_user_groups"): {"name": "name", "handle": "handle", "purpose": "description"},
    ("CustomObject", "crm_objects"): {
        "name": "label",
        "plural": "pluralLabel",
        "record_name": "nameField.label",
        "numbered": "nameField.displayFormat",
    },
    ("RecordType", "crm_record_types"): {"name": "Name", "help.agents": "Description", "active": "IsActive"},
    ("CustomField", "crm_fields"): {"name": "Metadata.label", "formula": "Metadata.formula"},
    ("PermissionSet", "crm_access"): {"name": "Label"},
    ("Group", "crm_queues"): {"name": "Name"},
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
            wanted = wanted.get("en-US") if isinstance(wanted, dict) else wanted
            sleeps = path == "active" and ("phase" in said or "not_before" in said)
            if wanted is ABSENT or sleeps or str(wanted).startswith("env:"):
                continue
            if (now or None) != (wanted or None) and not (path == "customers.name" and wanted is None):
                found.append(f"{name}: {path} is {now!r} and not {wanted!r}")
    return found


def left_behind(live: Snapshot) -> dict[str, str]:
    """What has become of each object: `off`, `there` or `gone`."""
    found = {f"{kind}/{key}": "gone" for kind, stories in STORIES.items() for key in stories}
    for place, name in names_of(live).items():
        is_off = live[place].get("is_archived") is True or live[place].get("IsActive") is False
        is_off = is_off or live[place].get("active") is False
        found[name.split("/", 1)[1]] = "off" if is_off else "there"
    return found


_IN_POSITION = (
    "trigger_categories", "sla_policies", "group_sla_policies", "automations", "views", "ticket_forms", "categories",
    "queues",
)  # fmt: skip


def in_order(live: Snapshot) -> dict[str, list[str]]:
    """Ours in their order, of each sort of things that has one."""
    names = names_of(live)
    found: dict[str, list[str]] = dict(_by_category(live, names))
    for shelf in _IN_POSITION:
        attribute = "order" if shelf == "queues" else "position"
        places = sorted((place for place in names if place[0] == shelf), key=lambda place: live[place][attribute])
        found[shelf] = [names[place] for place in places if not names[place].startswith("helpdesk/alerts")]
    for place, name in names.items():
        if place[0] == "ticket_fields" and name.endswith("/oscar"):
            found["options"] = [each["name"] for each in live[place]["custom_field_options"]][:3]
    return found
