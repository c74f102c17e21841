"""Whatever is sent, the account answers: no call ends in a fault of the sandbox's own."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.zendesk import RESOURCES
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import Refused
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.rule_vocabulary import ACTIONS, CONDITIONS, TRIGGERS
from sandbox.zendesk.rules import actions, condition
from tests.sandbox.client import Zendesk
from tests.sandbox.ticket_world import World

ODD: list[Any] = [None, "", "x", 0, -1, True, [], ["x"], [None], [{}], {}, {"all": "x", "any": [{}]}, {"type": "Group"}]
PLAIN: dict[str, Any] = {
    "text": "x1",
    "number": 1,
    "flag": True,
    "list": [],
    "object": {},
    "id": 1,
    "any": None,
}


SEED: dict[str, Any] = {
    "plan": "enterprise",
    "organization_fields": [{"key": "a", "type": "text", "title": "A"}],
    "user_fields": [
        {"key": "b", "type": "dropdown", "title": "B", "custom_field_options": [{"name": "O", "value": "o"}]}
    ],
    "organizations": [{"name": "Acme"}],
    "custom_roles": [{"name": "Lead"}],
    "schedules": [{"name": "Office", "time_zone": "London"}],
    "ticket_fields": [
        {"type": "tagger", "title": "C", "custom_field_options": [{"name": "P", "value": "p"}]},
        {"type": "text", "title": "D"},
    ],
    "webhooks": [
        {
            "name": "Pager",
            "endpoint": "https://example.com",
            "http_method": "POST",
            "request_format": "json",
            "status": "active",
        }
    ],
    "sla_policies": [
        {
            "title": "Gold",
            "filter": {"all": [], "any": []},
            "policy_metrics": [{"priority": "low", "metric": "first_reply_time", "target": 1}],
        }
    ],
    "tickets": [{"comment": {"body": "x"}}],
}


def path_of(zendesk: Zendesk, resource: Resource) -> str:
    if "{parent}" not in resource.path:
        return resource.path
    if resource.one == "holiday":
        made = zendesk.make("business_hours/schedules", "schedule", name="S", time_zone="London")
    elif resource.one == "attribute_value":
        made = zendesk.make("routing/attributes", "attribute", name="S")
    elif resource.one.startswith("custom_object_"):
        zendesk.make("custom_objects", "custom_object", key="o", title="O", title_pluralized="Os")
        field = {"key": "f", "type": "dropdown", "title": "F", "custom_field_options": [{"name": "P", "value": "p"}]}
        zendesk.make("custom_objects/o/fields", "custom_object_field", **field)
        made = {"id": "o"}
    else:
        variants = [{"locale_id": 1, "content": "x"}]
        made = zendesk.make("dynamic_content/items", "item", name="I", default_locale_id=1, variants=variants)
    return resource.path.replace("{parent}", str(made["id"]))


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.one)
def test_odd_values_are_dropped_or_refused(resource: Resource) -> None:
    zendesk = Zendesk(SEED)
    path = path_of(zendesk, resource)
    base = {name: PLAIN[kind] for name, kind in resource.attributes.items() if name in resource.required}
    statuses = set()
    for name in resource.attributes:
        for value in ODD:
            statuses.add(zendesk.post(path, {resource.one: {**base, name: value}}).status_code)
    existing = [row["id"] for row in zendesk.store.table("zendesk", resource.many).values()]
    for key, send in [*((key, zendesk.put) for key in existing[:1]), *((key, zendesk.patch) for key in existing[-1:])]:
        for name in resource.attributes:
            for value in ODD:
                statuses.add(send(f"{path}/{key}", {resource.one: {name: value}}).status_code)
        assert zendesk.get(f"{path}/{key}").status_code in (200, 404)
    assert statuses <= {200, 201, 204, 400, 403, 404, 422}
    assert zendesk.get(path).status_code == 200
    assert zendesk.get(f"{path}?page[size]=2").status_code == 200


HELP = {"title": "T", "locale": "en-us", "permission_group_id": "<group>"}
NESTED: list[tuple[str, str, str, dict[str, Any]]] = [
    ("POST", "help_center/categories", "category", {"name": "N", "locale": "en-us"}),
    ("PUT", "help_center/categories/<category>", "category", {}),
    ("PUT", "help_center/sections/<section>", "section", {}),
    ("POST", "help_center/categories/<category>/sections", "section", {"name": "N", "locale": "en-us"}),
    ("POST", "help_center/sections/<section>/articles", "article", HELP),
    ("PUT", "help_center/articles/<article>", "article", {}),
    ("POST", "help_center/articles/<article>/translations", "translation", {"locale": "de", "title": "T"}),
    ("PUT", "help_center/articles/<article>/translations/en-us", "translation", {}),
    ("PUT", "ticket_forms/<form>", "ticket_form", {}),
    ("PUT", "account/settings", "settings", {}),
    ("PUT", "custom_roles/<role>", "custom_role", {}),
]
PARTS = {
    "category": ("name", "description", "locale", "position", "translations"),
    "section": ("name", "locale", "position", "category_id", "parent_section_id", "translations"),
    "article": ("title", "body", "locale", "label_names", "section_id", "permission_group_id", "draft", "translations"),
    "translation": ("locale", "title", "body", "draft", "outdated"),
    "ticket_form": ("agent_conditions", "end_user_conditions", "ticket_field_ids", "restricted_brand_ids"),
    "settings": ("tickets", "localization", "routing", "brands", "side_conversations", "unheard"),
    "custom_role": ("configuration",),
}
DEEP: list[Any] = [
    *ODD,
    [{"locale": {}, "title": []}],
    [{"locale": "en-us", "title": "T"}, {"locale": "en-us", "title": "T"}],
    [{"parent_field_id": "<choice>", "value": {}, "child_fields": [{"id": "<text>"}]}],
    [{"parent_field_id": "<choice>", "value": "p", "child_fields": [None]}],
    [
        {
            "parent_field_id": "<choice>",
            "value": "p",
            "child_fields": [
                {"id": "<text>", "required_on_statuses": {"type": "SOME_STATUSES", "statuses": [{}]}},
            ],
        }
    ],
    {"locale_ids": [{}]},
    {"autorouting_tag": {}, "default_brand_id": [], "custom_statuses_enabled": "yes"},
    {"ticket_access": {}, "custom_objects": [], "view_access": None},
]


def test_odd_values_deep_inside_are_dropped_or_refused() -> None:
    zendesk = Zendesk({**SEED, "help_centers": [{"locales": ["en-us", "de"]}]})
    category = zendesk.make("help_center/categories", "category", name="N", locale="en-us")["id"]
    section = zendesk.make(f"help_center/categories/{category}/sections", "section", name="N", locale="en-us")["id"]
    fields = {row["title"]: row["id"] for row in zendesk.get("ticket_fields").json()["ticket_fields"]}
    names = {
        "<category>": category,
        "<section>": section,
        "<group>": zendesk.get("guide/permission_groups").json()["permission_groups"][0]["id"],
        "<form>": zendesk.get("ticket_forms").json()["ticket_forms"][0]["id"],
        "<role>": zendesk.get("custom_roles").json()["custom_roles"][-1]["id"],
        "<choice>": fields["C"],
        "<text>": fields["D"],
    }

    def named(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: named(one) for name, one in value.items()}
        if isinstance(value, list):
            return [named(one) for one in value]
        return names.get(value, value) if isinstance(value, str) else value

    article = {**named(HELP), "body": "x"}
    names["<article>"] = zendesk.make(f"help_center/sections/{section}/articles", "article", **article)["id"]
    statuses = set()
    for method, path, one, base in NESTED:
        for name, key in names.items():
            path = path.replace(name, str(key))
        for body in (None, [], {one: []}, {one: None}):
            statuses.add(zendesk.call(method, path, body).status_code)
        for name in PARTS[one]:
            for value in DEEP:
                answer = zendesk.call(method, path, {one: {**named(base), name: named(value)}})
                statuses.add(answer.status_code)
    assert statuses <= {200, 201, 400, 403, 404, 422}
    for path in ("help_center/categories", "help_center/sections", "help_center/articles", "ticket_forms"):
        assert zendesk.get(path).status_code == 200
    assert zendesk.get("account/settings").status_code == 200


VALUES: list[Any] = [*ODD, "current_user", "requester_id", "<area>", ["a", "b"], "{{ticket.id}} {% if", "2026-13-45"]


def rules_that_are_taken(world: World, given: list[tuple[str, Any]]) -> int:
    """Puts a trigger for each condition or action that the account takes beside a plain one; how many there are."""
    call = ApiCall(Account(world.zendesk.store), "POST", "triggers")
    plain = world.trigger("plain", [CLOSES], [LOW])
    table = world.zendesk.store.table("zendesk", "triggers")
    row = table.pop(str(plain["id"]))
    for number, (part, one) in enumerate(given):
        try:
            if part == "conditions":
                kept = {"conditions": {"all": [], "any": [condition(call, "trigger", one, part)]}}
            else:
                kept = {"actions": actions(call, "trigger", [one])}
        except Refused:
            continue
        table[f"{plain['id']}{number}"] = {**row, "id": plain["id"] + number, **kept}
    return len(table)


CLOSES = {"field": "status", "operator": "less_than", "value": "closed"}
LOW = {"field": "priority", "value": "low"}
FIELDS = [f"custom_fields_<{name}>" for name in ("area", "kinds", "loss", "order", "day", "amount")]
CUSTOMERS = ["organization.custom_fields.size", "requester.custom_fields.plan"]


def test_whatever_a_trigger_asks_tickets_live() -> None:
    """Every condition with every operator and odd value that the account takes, judged for a new and an old ticket."""
    world = World()
    fields = {name: sorted(field.operators) for name, field in CONDITIONS.items() if TRIGGERS & field.rules}
    operators = sorted({operator for listed in fields.values() for operator in listed} | {"includes_string"})
    fields |= dict.fromkeys([*FIELDS, *CUSTOMERS], operators)
    given = [
        ("conditions", world.named({"field": name, "operator": operator, "value": value}))
        for name, listed in fields.items()
        for operator in listed
        for value in VALUES
    ]
    assert rules_that_are_taken(world, given) > 1_000
    made = world.ticket(tags=["a"], custom_fields=[{"id": "<kinds>", "value": ["kind_1"]}, {"id": "<day>", "value": 5}])
    world.change(made, comment={"body": "x"}, assignee_id="<ann>")


def test_whatever_a_trigger_does_tickets_live() -> None:
    world = World()
    names = [name for name, field in ACTIONS.items() if TRIGGERS & field.rules]
    lists: list[Any] = [[value, value, value] for value in VALUES] + [
        ["<ann>", None, {"a": 1}],
        ["<pager>", [["a", 1]]],
    ]
    given = [
        ("actions", world.named({"field": name, "value": value}))
        for name in [*names, *FIELDS, *CUSTOMERS]
        for value in [*VALUES, *lists]
    ]
    assert rules_that_are_taken(world, given) > 300
    world.change(world.ticket(), comment={"body": "x"}, assignee_id="<ann>")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: <>\r\n\r\nx",
        b"From: a@b.c\r\nTo: help@acme.com\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xe4",
        b"From: a@b.c\r\nTo: help@acme.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nbroken",
        b"From: a@b.c\r\nTo: help@acme.com\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"From: =?utf-8?b?/w==?= <a@b.c>\r\nTo: help@acme.com, @, <x\r\nIn-Reply-To: <<<\r\n\r\nx",
        b"From: a@b.c\r\nTo: support+id000000-0000@acme.zendesk.com\r\n\r\n[ZZZZZZ-ZZZZ]",
    ],
)
def test_whatever_arrives_as_mail_is_answered(raw: bytes) -> None:
    answer = World().zendesk.admin.call("POST", "/sandbox/mail", raw=raw)
    assert answer.status_code == 200
    assert answer.json()["result"] in ("ticket", "bounced", "suspended")
