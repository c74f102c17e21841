"""What is special about the vendor's types, against the sandbox over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provisioners.collection import Collection, Live
from provisioners.errors import SystemFault
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.field import merged
from provisioners.zendesk.collections.orders import full_order, order_as_declared
from provisioners.zendesk.likeness import actions, alike, conditions, raw
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.zendesk_workspace import connection

Collections = Mapping[str, Collection]


@pytest.fixture
def sandbox() -> Iterator[LiveSandbox]:
    with running_sandbox() as live:
        yield live


@pytest.fixture
def types(sandbox: LiveSandbox) -> Collections:
    return SYSTEM.collections(connection(sandbox.url))


@pytest.fixture
def client(sandbox: LiveSandbox) -> ZendeskClient:
    return ZendeskClient(connection(sandbox.url))


def _trigger(title: str, category: str, **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "category_id": category,
        "active": True,
        "conditions": {"all": [{"field": "status", "operator": "is", "value": "open"}], "any": []},
        "actions": [{"field": "current_tags", "value": "b a"}],
        **more,
    }


def _again(collection: Collection, live: Live, payload: dict[str, Any]) -> Live:
    found = collection.get(live.id, payload)
    assert found is not None
    return found


def test_update_switch_off_and_delete_a_trigger(types: Collections) -> None:
    triggers = types["zendesk:Trigger"]
    category = types["zendesk:TriggerCategory"].create({"name": "Mine"}).live.id
    old = _trigger("One", category)
    live = triggers.create(old).live
    new = _trigger("Two", category, actions=[{"field": "status", "value": "solved"}])
    write = triggers.update(live.id, new, old)
    assert write.warnings == () and triggers.canonical(write.live, new) == new
    assert triggers.live_key(write.live) == triggers.natural_key(new) == "Two"
    triggers.switch_off(live.id, new)
    off = _again(triggers, live, new)
    assert off.active is False and off.label == "Two"
    triggers.delete(live.id, new)
    triggers.delete(live.id, new)
    assert triggers.get(live.id, new) is None


def test_a_change_by_hand_shows_in_the_payloads_form(types: Collections, client: ZendeskClient) -> None:
    triggers = types["zendesk:Trigger"]
    category = types["zendesk:TriggerCategory"].create({"name": "Mine"}).live.id
    payload = _trigger("One", category)
    live = triggers.create(payload).live
    changed = {"all": [{"field": "status", "operator": "is", "value": "pending"}], "any": []}
    client.put(
        f"triggers/{live.id}",
        {"trigger": {"conditions": changed, "actions": [{"field": "current_tags", "value": "a b"}]}},
    )
    now = triggers.canonical(_again(triggers, live, payload), payload)
    assert now == {**payload, "conditions": changed}


def test_vendor_defaults_are_marked_and_found_by_their_shown_title(types: Collections) -> None:
    triggers = types["zendesk:Trigger"]
    payload = {"title": "Notify all agents of received request", "active": False}
    [found] = [live for live in triggers.list(payload) if triggers.live_key(live) == triggers.natural_key(payload)]
    assert found.default and found.active
    assert triggers.canonical(found, payload) == {**payload, "active": True}
    write = triggers.update(found.id, payload, {**payload, "active": True})
    assert triggers.canonical(write.live, payload) == payload
    assert write.live.body["conditions"]["all"]


def test_an_automation_of_the_vendor_can_be_switched_off(types: Collections) -> None:
    automations = types["zendesk:Automation"]
    live = automations.list({})[0]
    payload = {"title": live.label, "active": False}
    assert automations.canonical(automations.update(live.id, payload, {}).live, payload) == payload


def test_options_keep_their_ids_when_others_change(types: Collections, client: ZendeskClient) -> None:
    fields = types["zendesk:TicketField"]
    old = {
        "type": "tagger",
        "title": "Reason",
        "custom_field_options": [{"name": "A", "value": "reason_a"}, {"name": "B", "value": "reason_b"}],
    }
    live = fields.create(old).live
    ids = {option["value"]: option["id"] for option in live.body["custom_field_options"]}
    new = {
        **old,
        "custom_field_options": [
            {"name": "New", "value": "reason_new"},
            {"name": "Bee", "value": "reason_bee"},
            {"name": "A", "value": "reason_a"},
        ],
        "former_values": {"reason_bee": "reason_b"},
    }
    write = fields.update(live.id, new, old)
    assert fields.canonical(write.live, new) == new
    after = {option["value"]: option["id"] for option in write.live.body["custom_field_options"]}
    assert after["reason_a"] == ids["reason_a"] and after["reason_bee"] == ids["reason_b"]
    assert after["reason_new"] not in ids.values()


def test_options_that_are_not_declared_stay_and_are_no_difference(types: Collections) -> None:
    fields = types["zendesk:TicketField"]
    named = {value: {"name": value.upper(), "value": value} for value in ("a", "b", "c")}
    old = {"type": "tagger", "title": "Reason", "custom_field_options": [named["a"], named["b"]]}
    live = fields.create(old).live
    ids = {option["value"]: option["id"] for option in live.body["custom_field_options"]}
    new = {**old, "custom_field_options": [named["c"], named["b"]]}
    write = fields.update(live.id, new, old)
    assert [option["value"] for option in write.live.body["custom_field_options"]] == ["c", "b", "a"]
    assert ids.items() <= {option["value"]: option["id"] for option in write.live.body["custom_field_options"]}.items()
    assert fields.canonical(write.live, new) == new
    titled = {**new, "title": "Why"}
    assert "custom_field_options" not in _sent(fields, live.id, titled, new)


def _sent(fields: Collection, identifier: str, payload: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """What an update puts on the wire."""
    sent: list[dict[str, Any]] = []
    fields.send = lambda identifier, payload, body: sent.append(body)  # type: ignore[attr-defined]
    fields.update(identifier, payload, old)
    return sent[0]


def test_merged_options_swap_no_ids() -> None:
    live = [{"id": 1, "name": "A", "value": "a"}, {"id": 2, "name": "B", "value": "b"}]
    swapped = [{"name": "A", "value": "b"}, {"name": "B", "value": "a"}]
    result = merged(swapped, live, {"a": "b", "b": "a"})
    assert [(option["id"], option["value"]) for option in result] == [(2, "b"), (1, "a")]
    assert merged([{"name": "C", "value": "c"}], live[:1], {}) == [{"name": "C", "value": "c"}, live[0]]


def test_a_field_keeps_its_data_type_forever(types: Collections) -> None:
    for name in ("zendesk:TicketField", "zendesk:OrganizationField", "zendesk:UserField"):
        assert "type" in types[name].replace_on and types[name].carries_data


def test_membership_that_the_vendor_made_itself_is_taken(types: Collections) -> None:
    group = types["zendesk:Group"].list({})[0].id
    user = types["zendesk:User"].create({"name": "Mei", "email": "mei@acme.example", "role": "agent"}).live.id
    memberships = types["zendesk:GroupMembership"]
    payload = {"user_id": user, "group_id": group}
    before = memberships.list(payload)
    write = memberships.create(payload)
    assert write.live.id in {live.id for live in before}
    assert memberships.canonical(write.live, payload) == payload
    assert memberships.natural_key(payload) is None and memberships.live_key(write.live) is None
    with pytest.raises(SystemFault):
        memberships.update(write.live.id, payload, payload)
    with pytest.raises(SystemFault) as refused:
        memberships.create({"user_id": user, "group_id": "1"})
    assert refused.value.status == 422


def test_default_group(types: Collections) -> None:
    user = types["zendesk:User"].create({"name": "Mei", "email": "mei@acme.example", "role": "agent"}).live.id
    group = types["zendesk:Group"].create({"name": "Second"}).live.id
    defaults = types["zendesk:DefaultGroup"]
    payload = {"user_id": user, "group_id": group}
    with pytest.raises(SystemFault) as refused:
        defaults.create(payload)
    assert "not in the group" in refused.value.why
    types["zendesk:GroupMembership"].create(payload)
    assert defaults.canonical(_again(defaults, defaults.list(payload)[-1], payload), payload) != payload
    live = defaults.create(payload).live
    assert live.id == user and defaults.canonical(_again(defaults, live, payload), payload) == payload
    defaults.delete(live.id, payload)
    assert defaults.update(live.id, payload, payload).live.id == user


def test_people_are_invited_updated_suspended_and_deleted_softly(types: Collections, sandbox: LiveSandbox) -> None:
    users = types["zendesk:User"]
    old = {"name": "Mei", "email": "Mei@Acme.example", "role": "agent"}
    live = users.create(old).live
    quiet = users.create({"name": "Q", "email": "q@acme.example", "role": "agent", "skip_verify_email": True})
    mails = [mail["to"] for mail in sandbox.store.table("zendesk", "mails").values()]
    assert mails == ["mei@acme.example"]
    assert users.natural_key(old) == users.live_key(live) == "mei@acme.example"
    assert users.canonical(live, old) == old
    new = {**old, "role": "admin", "alias": "M"}
    assert users.canonical(users.update(live.id, new, old).live, new) == new
    with pytest.raises(SystemFault) as refused:
        users.update(live.id, {**new, "email": "other@acme.example"}, new)
    assert "primary" in refused.value.do
    users.switch_off(live.id, new)
    assert _again(users, live, new).active is False
    may = {**new, "suspended": False}
    assert users.canonical(_again(users, live, may), may) == {**may, "suspended": True}
    assert users.canonical(users.update(live.id, may, {**may, "suspended": True}).live, may) == may
    ZendeskClient(connection(sandbox.url)).put(f"users/{live.id}", {"user": {"role": "end-user"}})
    assert live.id not in {each.id for each in users.list(may)}
    assert users.canonical(_again(users, live, may), may)["role"] == "end-user", "a customer now, and not gone"
    assert users.canonical(users.update(live.id, may, {**may, "role": "end-user"}).live, may) == may
    users.delete(live.id, new)
    assert users.get(live.id, new) is None
    assert live.id not in {each.id for each in users.list(new)}
    assert quiet.live.id in {each.id for each in users.list(new)}


def test_a_deleted_group_is_gone(types: Collections) -> None:
    groups = types["zendesk:Group"]
    live = groups.create({"name": "Short"}).live
    groups.delete(live.id, {"name": "Short"})
    assert groups.get(live.id, {"name": "Short"}) is None
    with pytest.raises(SystemFault) as refused:
        groups.switch_off(live.id, {"name": "Short"})
    assert refused.value.code == "not_allowed"


def test_schedule_hours_take_their_own_call(types: Collections, sandbox: LiveSandbox) -> None:
    schedules, holidays = types["zendesk:Schedule"], types["zendesk:Holiday"]
    old = {"name": "Berlin", "time_zone": "Berlin", "intervals": [{"start_time": 1920, "end_time": 2460}]}
    live = schedules.create(old).live
    assert schedules.canonical(live, old) == old
    sandbox.clear_log()
    renamed = {**old, "name": "Office"}
    schedules.update(live.id, renamed, old)
    assert len(sandbox.writes()) == 1
    longer = {**renamed, "intervals": [{"start_time": 1920, "end_time": 2520}]}
    assert schedules.canonical(schedules.update(live.id, longer, renamed).live, longer) == longer
    assert schedules.canonical(_again(schedules, live, longer), longer) == longer
    day = {"schedule_id": live.id, "name": "New Year", "start_date": "2027-01-01", "end_date": "2027-01-01"}
    made = holidays.create(day).live
    assert holidays.list_scope(day) == live.id
    assert holidays.natural_key(day) == holidays.live_key(holidays.list(day)[0]) == "New Year from 2027-01-01"
    moved = {**day, "end_date": "2027-01-02"}
    assert holidays.canonical(holidays.update(made.id, moved, day).live, moved) == moved
    holidays.delete(made.id, moved)
    assert holidays.list(day) == []


def test_sla_targets_and_order(types: Collections) -> None:
    policies, orders = types["zendesk:SlaPolicy"], types["zendesk:SlaPolicyOrder"]

    def payload(title: str) -> dict[str, Any]:
        cells = [("urgent", 30), ("low", 480)]
        return {
            "title": title,
            "filter": {"all": [{"field": "current_tags", "operator": "includes", "value": "a b"}], "any": []},
            "policy_metrics": [
                {"priority": priority, "metric": "first_reply_time", "target": target, "business_hours": False}
                for priority, target in cells
            ],
        }

    first, second = policies.create(payload("A")).live, policies.create(payload("B")).live
    wanted = {"order": [second.id, first.id]}
    assert orders.canonical(orders.list(wanted)[0], wanted)["order"] == [first.id, second.id]
    assert orders.canonical(orders.create(wanted).live, wanted) == wanted
    shuffled = {**payload("B"), "policy_metrics": list(reversed(payload("B")["policy_metrics"]))}
    assert policies.canonical(_again(policies, second, shuffled), shuffled) == shuffled


def test_triggers_are_ordered_within_a_category(types: Collections, sandbox: LiveSandbox) -> None:
    triggers, orders = types["zendesk:Trigger"], types["zendesk:TriggerOrder"]
    category = types["zendesk:TriggerCategory"].create({"name": "Mine"}).live.id
    a, b, c, d = (triggers.create(_trigger(title, category)).live.id for title in "abcd")
    strict = {"category_id": category, "order": [c, "...", a]}
    assert orders.canonical(_again(orders, Live(category, {}, ""), strict), strict)["order"] == [a, "...", c, "..."]
    live = orders.create(strict).live
    assert live.body["order"] == [c, b, d, a]
    assert orders.canonical(live, strict) == strict
    loose = {"category_id": category, "order": [c, a]}
    assert orders.canonical(live, loose) == loose
    sandbox.clear_log()
    orders.update(category, strict, loose)
    assert sandbox.writes() == []
    assert {each.id for each in orders.list(strict)} >= {category}
    orders.delete(category, strict)


def test_categories_are_ordered(types: Collections) -> None:
    categories, orders = types["zendesk:TriggerCategory"], types["zendesk:TriggerCategoryOrder"]
    first, last = categories.create({"name": "First"}).live.id, categories.create({"name": "Last"}).live.id
    wanted = {"order": [first, "...", last]}
    assert orders.canonical(orders.list(wanted)[0], wanted) != wanted
    assert orders.canonical(orders.create(wanted).live, wanted) == wanted
    renamed = {"name": "Foremost"}
    assert categories.canonical(categories.update(first, renamed, {"name": "First"}).live, renamed) == renamed


def _webhook(**more: Any) -> dict[str, Any]:
    return {
        "name": "Pager",
        "status": "active",
        "endpoint": "https://pager.example/",
        "http_method": "POST",
        "request_format": "json",
        "subscriptions": ["conditional_ticket_events"],
        "authentication": {"type": "bearer_token", "secret": "env:PAGER", "fingerprint": "one"},
        **more,
    }


def _digest(sandbox: LiveSandbox) -> str:
    """What the sandbox remembers of the one webhook's credentials."""
    [row] = sandbox.store.table("zendesk", "webhooks").values()
    return str(row["authentication"]["_digest"])


def test_a_webhooks_secret_is_sent_when_it_changed_and_never_comes_back(
    types: Collections, monkeypatch: pytest.MonkeyPatch, sandbox: LiveSandbox
) -> None:
    monkeypatch.setenv("PAGER", "very-secret")
    webhooks = types["zendesk:Webhook"]
    old = _webhook()
    live = webhooks.create(old).live
    assert "very-secret" not in str(live)
    assert webhooks.canonical(live, old) == old
    before = _digest(sandbox)
    monkeypatch.delenv("PAGER")
    renamed = _webhook(name="Beeper")
    write = webhooks.update(live.id, renamed, old)
    assert webhooks.canonical(write.live, renamed) == renamed
    assert _digest(sandbox) == before
    monkeypatch.setenv("PAGER", "rotated")
    rotated = _webhook(name="Beeper", authentication={**old["authentication"], "fingerprint": "two"})
    webhooks.update(live.id, rotated, renamed)
    assert _digest(sandbox) != before
    webhooks.switch_off(live.id, rotated)
    assert _again(webhooks, live, rotated).active is False
    open_ = _webhook(name="Beeper", authentication=None)
    assert webhooks.canonical(_again(webhooks, live, open_), open_)["authentication"] == {"type": "bearer_token"}


def test_an_address_that_is_a_secret_is_compared_and_not_shown(
    types: Collections, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK", "https://hooks.example/secret-path")
    webhooks = types["zendesk:Webhook"]
    payload = _webhook(endpoint="env:HOOK", endpoint_fingerprint="one", authentication=None)
    live = webhooks.create(payload).live
    assert webhooks.canonical(live, payload) == payload
    monkeypatch.setenv("HOOK", "https://hooks.example/other")
    shown = webhooks.canonical(live, payload)
    assert shown["endpoint"] == "another address"


def test_macros_echo_their_groups_twice(types: Collections) -> None:
    macros = types["zendesk:Macro"]
    groups = [types["zendesk:Group"].create({"name": name}).live.id for name in ("A", "B")]
    payload: dict[str, Any] = {
        "title": "M",
        "active": True,
        "actions": [{"field": "status", "value": "open"}],
        "restriction": {"type": "Group", "ids": [groups[1], groups[0]]},
    }
    live = macros.create(payload).live
    assert macros.canonical(live, payload) == payload
    everyone = {**payload, "restriction": None}
    assert macros.canonical(macros.update(live.id, everyone, payload).live, everyone) == everyone


@pytest.mark.parametrize(
    ("live", "wanted", "shown"),
    [
        (5, "5", "5"),
        (6, "5", "6"),
        (None, "", ""),
        ("", None, None),
        (None, False, False),
        ("true", True, True),
        (True, "true", "true"),
        (["4"], "4", "4"),
        ([4, 75], ["4", "75"], ["4", "75"]),
        ([4, 75], ["4"], ["4", "75"]),
        ({"a": 1, "b": 2}, {"a": "1"}, {"a": "1"}),
        ("a\r\nb", "a\nb", "a\nb"),
        (1, True, 1),
        (7, 7, 7),
    ],
)
def test_alike(live: Any, wanted: Any, shown: Any) -> None:
    result = alike(live, wanted)
    assert result == shown and type(result) is type(shown)


def test_conditions_mean_the_same_in_any_order_and_spelling() -> None:
    wanted = {
        "all": [
            {"field": "current_tags", "operator": "includes", "value": "a b"},
            {"field": "group_id", "operator": "is", "value": "5"},
            {"field": "priority", "operator": "changed", "value": ""},
            {"field": "subject_includes_word", "operator": "is", "value": "x y"},
        ],
        "any": [],
    }
    live = {
        "all": [
            {"field": "priority", "operator": "changed", "value": None},
            {"field": "subject_includes_word", "operator": "is", "value": "x y"},
            {"field": "group_id", "operator": "is", "value": 5, "source": "x"},
            {"field": "current_tags", "operator": "includes", "value": "b a"},
        ]
    }
    assert conditions(live, wanted) == wanted
    phrase = {"all": [{"field": "subject_includes_word", "operator": "is", "value": "y x"}]}
    assert conditions(phrase, wanted)["all"] == phrase["all"]


def test_actions_keep_their_order_and_json_its_meaning() -> None:
    wanted = [
        {"field": "notification_webhook", "value": ["1", '{"a": 1, "b": [2]}']},
        {"field": "status", "value": "open"},
    ]
    live = [
        {"field": "notification_webhook", "value": [1, '{\n "b": [2],\n "a": 1}']},
        {"field": "status", "value": "open"},
    ]
    assert actions(live, wanted) == wanted
    assert actions(list(reversed(live)), wanted) == list(reversed(wanted))
    assert actions([{"field": "x", "value": ["{broken"]}], []) == [{"field": "x", "value": ["{broken"]}]


def test_raw_texts() -> None:
    assert raw({"title": "Hello", "raw_title": "{{dc.hello}}"}, "title", "Hello") == "{{dc.hello}}"
    assert raw({"title": "Notify", "raw_title": "{{zd.notify}}"}, "title", "Notify") == "Notify"
    assert raw({"title": "Plain"}, "title", "x") == "Plain"


@pytest.mark.parametrize(
    ("live", "declared", "new", "full"),
    [
        ("a r x n", "a n r", "n", "a n r x"),
        ("a x n", "a n", "n", "a n x"),
        ("x n m", "n m", "n m", "x n m"),
        ("a x b n m", "a n b m", "n m", "a x n b m"),
        ("x a n m", "n m a", "n m", "x n m a"),
        ("b x a n", "a n b", "n", "a x n b"),
    ],
)
def test_what_is_new_stands_beside_its_neighbours(live: str, declared: str, new: str, full: str) -> None:
    assert full_order(live.split(), declared.split(), new.split()) == full.split()


@pytest.mark.parametrize(
    ("live", "declared", "shown", "full"),
    [
        (["a", "x", "b"], ["a", "b"], ["a", "b"], ["a", "x", "b"]),
        (["x", "b", "y", "a", "z", "new"], ["a", "new", "b"], ["b", "a", "new"], ["x", "a", "y", "new", "z", "b"]),
        (["x", "a"], ["a", "gone"], ["a"], ["x", "a"]),
        (["b", "a"], ["a", "b"], ["b", "a"], ["a", "b"]),
        (["a", "x", "y", "b"], ["a", "...", "b"], ["a", "...", "b"], ["a", "x", "y", "b"]),
        (["a", "b", "x"], ["a", "...", "b"], ["a", "b", "..."], ["a", "x", "b"]),
        (["x", "a", "y", "b"], ["a", "...", "b"], ["...", "a", "...", "b"], ["a", "x", "y", "b"]),
        (["a", "b"], ["a", "...", "b"], ["a", "...", "b"], ["a", "b"]),
        (["b"], ["a", "b"], ["b"], ["b"]),
    ],
)
def test_orders(live: list[str], declared: list[str], shown: list[str], full: list[str]) -> None:
    assert order_as_declared(live, declared) == shown
    assert full_order(live, declared) == full


def _status(types: Collections, name: str, category: str = "pending") -> Live:
    payload = {"status_category": category, "agent_label": name, "end_user_label": name, "active": True}
    return types["zendesk:CustomStatus"].create(payload).live


def test_the_default_status_moves_before_the_old_one_is_switched_off(types: Collections, client: ZendeskClient) -> None:
    statuses, defaults = types["zendesk:CustomStatus"], types["zendesk:DefaultStatus"]
    old, new = _status(types, "Asked"), _status(types, "Called")
    asked = {"status_id": old.id, "default": "true"}
    defaults.create(asked)
    off = {"status_category": "pending", "agent_label": "Asked", "end_user_label": "Asked", "active": False}
    with pytest.raises(SystemFault, match="Zendesk does not switch off"):
        statuses.update(old.id, off, {**off, "active": True})
    with pytest.raises(SystemFault, match="Zendesk does not switch off"):
        statuses.switch_off(old.id, off)
    assert "default of its category" in str(statuses.delete(old.id, off))
    write = defaults.create({"status_id": new.id, "default": "true"})
    assert defaults.canonical(write.live, {}) == {"status_id": new.id, "default": "true"}
    assert defaults.canonical(_again(defaults, old, {}), {}) == {"status_id": old.id, "default": "false"}
    assert statuses.update(old.id, off, {**off, "active": True}).live.active is False
    others = [each for each in defaults.list({}) if each.body["default"] and each.body["status_category"] != "pending"]
    assert len(others) == 4, "those of the other categories stay"


def test_a_status_that_tickets_have_is_left(types: Collections, client: ZendeskClient) -> None:
    statuses = types["zendesk:CustomStatus"]
    live = _status(types, "Called")
    payload = {"agent_label": "Called"}
    ticket = {"subject": "S", "comment": {"body": "B"}, "custom_status_id": int(live.id)}
    made = client.post("tickets", {"ticket": ticket}).body["ticket"]
    assert statuses.count_values(live.id, payload) == 1
    assert "still have it" in str(statuses.delete(live.id, payload))
    client.put(f"tickets/{made['id']}", {"ticket": {"status": "open"}})
    assert statuses.delete(live.id, payload) is None
    assert statuses.get(live.id, payload) is None and statuses.delete(live.id, payload) is None


def test_labels_of_statuses_differ_in_more_than_capitals(types: Collections) -> None:
    statuses = types["zendesk:CustomStatus"]
    live = _status(types, "Called")
    assert statuses.live_key(live) == statuses.natural_key({"agent_label": "CALLED"})
    with pytest.raises(SystemFault):
        _status(types, "called", "open")


@pytest.fixture
def enterprise() -> Iterator[LiveSandbox]:
    with running_sandbox({"zendesk": {"plan": "enterprise"}}) as live:
        yield live


RIGHTS = {"ticket_access": "all", "ticket_deletion": False, "macro_access": "full"}
LEAD = {"name": "Lead", "like": "agent", "configuration": RIGHTS}


def test_only_rights_that_change_are_sent(enterprise: LiveSandbox) -> None:
    """Zendesk refuses a change that says what is so already."""
    roles = SYSTEM.collections(connection(enterprise.url))["zendesk:CustomRole"]
    live = roles.create(LEAD).live
    assert roles.canonical(live, LEAD) == LEAD
    changed = {**LEAD, "configuration": {**RIGHTS, "ticket_deletion": True}}
    assert roles.canonical(roles.update(live.id, changed, LEAD).live, changed) == changed
    named = {**changed, "name": "Team lead"}
    assert roles.canonical(roles.update(live.id, named, changed).live, named) == named
    unknown = {**named, "configuration": {**named["configuration"], "of_tomorrow": False}}
    assert roles.canonical(_again(roles, live, unknown), unknown) == unknown, "a right that the account does not know"
    vendors = next(each for each in roles.list({}) if each.body["role_type"] == 4)
    assert "one of Zendesk's own roles" in roles.if_taken(vendors)
    assert roles.if_taken(live) == ""


def test_a_role_that_somebody_has_is_left(enterprise: LiveSandbox) -> None:
    types = SYSTEM.collections(connection(enterprise.url))
    roles, users, light = types["zendesk:CustomRole"], types["zendesk:User"], types["zendesk:LightAgentRole"]
    live = roles.create(LEAD).live
    ada = {"name": "Ada", "email": "ada@acme.example", "role": "agent", "custom_role_id": live.id}
    user = users.create({**ada, "skip_verify_email": True}).live
    assert users.canonical(user, ada) == ada
    plain = {name: value for name, value in ada.items() if name != "custom_role_id"}
    by_hand = users.canonical(user, plain)
    assert by_hand["role"] == f"custom_role/{live.id}", "a right that somebody gave by hand is seen"
    assert "somebody still has it" in str(roles.delete(live.id, LEAD))
    assert users.canonical(users.update(user.id, plain, by_hand).live, plain) == plain
    assert roles.delete(live.id, LEAD) is None
    [vendors] = light.list({})
    assert light.live_key(vendors) == light.natural_key({"role_type": "1"})
    reader = {**plain, "custom_role_id": vendors.id}
    assert users.canonical(users.update(user.id, reader, plain).live, reader) == reader


def test_the_default_brand_moves_before_the_old_one_is_switched_off(types: Collections) -> None:
    brands, defaults = types["zendesk:Brand"], types["zendesk:DefaultBrand"]
    [first] = brands.list({})
    new = {"name": "Labs", "subdomain": "labs", "active": True}
    live = brands.create(new).live
    off = {"name": first.label, "active": False}
    with pytest.raises(SystemFault, match="the default brand, which Zendesk does not switch off"):
        brands.update(first.id, off, {**off, "active": True})
    assert "of which there is always one" in str(brands.delete(first.id, off))
    write = defaults.create({"brand_id": live.id, "default": "true"})
    assert defaults.canonical(write.live, {}) == {"brand_id": live.id, "default": "true"}
    assert defaults.canonical(_again(defaults, first, {}), {}) == {"brand_id": first.id, "default": "false"}
    assert brands.update(first.id, off, {**off, "active": True}).live.active is False
    assert brands.carries_data and brands.count_values(live.id, new) == 0
    with pytest.raises(SystemFault):
        brands.create({**new, "name": "Another"})


def _skills(enterprise: LiveSandbox) -> tuple[Collections, str, str, str]:
    """A sort of skills, one in it, and an agent."""
    types = SYSTEM.collections(connection(enterprise.url))
    sort = types["zendesk:Skill"].create({"name": "Language"}).live.id
    value = types["zendesk:SkillValue"].create({"attribute_id": sort, "name": "German"}).live.id
    agent = types["zendesk:User"].create({"name": "Mei", "email": "mei@acme.example", "role": "agent"}).live.id
    return types, sort, value, agent


def test_skills_stand_in_their_sort(enterprise: LiveSandbox) -> None:
    types, sort, value, _ = _skills(enterprise)
    values = types["zendesk:SkillValue"]
    other = types["zendesk:Skill"].create({"name": "Product"}).live.id
    payload = {"attribute_id": sort, "name": "Deutsch"}
    assert values.canonical(values.update(value, payload, {**payload, "name": "German"}).live, payload) == payload
    assert [each.label for each in values.list(payload)] == ["Deutsch"]
    assert values.list({"attribute_id": other}) == []
    enterprise.clear_log()
    values.list(payload)
    assert len(enterprise.log()) == 1, "all sorts come with their skills in one call"
    assert values.delete(value, payload) is None and values.get(value, payload) is None


def test_an_agents_other_skills_stay(enterprise: LiveSandbox) -> None:
    """Zendesk takes all skills of an agent at once."""
    types, sort, value, agent = _skills(enterprise)
    held = types["zendesk:AgentSkill"]
    theirs = types["zendesk:SkillValue"].create({"attribute_id": sort, "name": "French"}).live.id
    client = ZendeskClient(connection(enterprise.url))
    client.post(f"routing/agents/{agent}/instance_values", {"attribute_value_ids": [theirs]})
    payload = {"user_id": agent, "value_id": value}
    write = held.create(payload)
    assert held.canonical(write.live, payload) == payload and not write.was_there
    assert held.create(payload).was_there
    assert {each.id for each in held.list(payload)} == {f"{agent}/{value}", f"{agent}/{theirs}"}
    assert _again(held, write.live, payload).id == write.live.id
    held.delete(write.live.id, payload)
    held.delete(write.live.id, payload)
    assert held.get(write.live.id, payload) is None
    assert [each.id for each in held.list(payload)] == [f"{agent}/{theirs}"]
    types["zendesk:User"].delete(agent, {})
    assert held.get(f"{agent}/{theirs}", payload) is None, "who is gone has no skills"


def test_many_agents_at_once_lose_no_skill(enterprise: LiveSandbox) -> None:
    types, sort, _, agent = _skills(enterprise)
    held = types["zendesk:AgentSkill"]
    values = types["zendesk:SkillValue"]
    ids = [values.create({"attribute_id": sort, "name": f"Skill {number}"}).live.id for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda value: held.create({"user_id": agent, "value_id": value}), ids))
    assert {each.body["value_id"] for each in held.list({"user_id": agent})} == set(ids)


def test_queues_are_put_in_order_with_those_of_others(types: Collections) -> None:
    queues, order = types["zendesk:Queue"], types["zendesk:QueueOrder"]
    groups = [types["zendesk:Group"].create({"name": name}).live.id for name in ("A", "B")]
    definition = {"all": [{"field": "priority", "operator": "is", "value": "urgent"}], "any": []}

    def made(name: str) -> str:
        payload = {"name": name, "definition": definition, "priority": 3, "primary_groups_id": groups}
        live = queues.create({**payload, "secondary_groups_id": []}).live
        turned = {**payload, "primary_groups_id": groups[::-1]}
        assert queues.canonical(live, turned) == turned, "groups have no order"
        return live.id

    first, theirs, last = made("First"), made("Theirs"), made("Last")
    payload = {"order": [last, first]}
    assert order.canonical(order.read(payload), payload) != payload  # type: ignore[attr-defined]
    write = order.update("queues", payload, {"order": [first, last]})
    assert write.live.body["order"] == [last, theirs, first]
    assert order.canonical(write.live, payload) == payload
