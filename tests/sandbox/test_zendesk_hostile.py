"""Whatever is sent, the account answers: no call ends in a fault of the sandbox's own."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.zendesk import RESOURCES
from sandbox.zendesk.resource import Resource
from tests.sandbox.client import Zendesk

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
