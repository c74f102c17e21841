"""What single objects of the YAML become, and what they cannot become, with the reason."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.declaration import Declaration
from config.kinds.roles import SCALES, Rights
from provisioners.resource import Compiled, Known, Ref, Resource, Text, with_symbols
from provisioners.translation import Names
from provisioners.zendesk import SYSTEM, likeness
from provisioners.zendesk.translations.actions import declared_actions
from provisioners.zendesk.translations.conditions import declared_conditions
from provisioners.zendesk.translations.fields import TicketFields
from provisioners.zendesk.translations.rights import RIGHTS, configuration, declared_rights, nearest_like
from provisioners.zendesk.translations.saying import said_actions
from provisioners.zendesk.translations.schedules import Schedules
from provisioners.zendesk.translations.speech import Hearing
from provisioners.zendesk.translations.texts import SLACK_FILTER, compiled_text, declared_text
from provisioners.zendesk.translations.time_zones import IANA_OF, RAILS_OF
from tests.provisioners.zendesk_workspace import compiled, context, declaration, named, translation_of

BASE = """
segments: {enterprise: {name: Enterprise}}
groups: {one: {name: One}, two: {name: Two}}
ticket_fields:
  reason: {name: Reason, type: dropdown, options: {a: A, b: B}}
  methods: {name: Methods, type: multiselect, options: {x: X, y: Y}}
  amount: {name: Amount, type: integer}
  note: {name: Note, type: text}
  due: {name: Due, type: date}
customer_fields:
  segment: {of: organization, name: Segment, type: dropdown, options_from: segments}
  csm: {of: organization, name: CSM, type: text}
  seats: {of: organization, name: Seats, type: integer}
trigger_categories: {c: {name: C}}
"""


def _mails(resource: Resource) -> int:
    return SYSTEM.mails(resource.type, resource.payload)


def _declared(more: str, tmp_path: Path, *, checked: bool = True) -> Declaration:
    return declaration(BASE + more, tmp_path, checked=checked)


def _rule(when: str, tmp_path: Path, then: str = "- {add_tags: [t]}", *, checked: bool = True) -> Compiled:
    text = (
        f"triggers:\n  t:\n    name: T\n    category: c\n    when:\n{_indented(when)}\n    then:\n{_indented(then)}\n"
    )
    return compiled(_declared(text, tmp_path, checked=checked))


def _indented(lines: str) -> str:
    return "\n".join(f"      {line}" for line in lines.strip().splitlines())


def _conditions(when: str, tmp_path: Path) -> Any:
    return with_symbols(named(_rule(when, tmp_path), "helpdesk/triggers/t").payload["conditions"])


def _one(condition: str, tmp_path: Path) -> tuple[str, str, Any]:
    [found] = _conditions(f"- {condition}", tmp_path)["all"]
    return found["field"], found["operator"], found["value"]


REASON = "custom_fields_ref:helpdesk/ticket_fields/reason"


@pytest.mark.parametrize(
    ("condition", "vendor"),
    [
        ("{field: status, is: on_hold}", ("status", "is", "hold")),
        ("{field: status, at_most: solved}", ("status", "less_than", "closed")),
        ("{field: status, after: open}", ("status", "greater_than", "open")),
        ("{field: priority, at_most: normal}", ("priority", "less_than", "high")),
        ("{field: priority, empty: true}", ("priority", "is", "")),
        ("{field: group, not_changed: true}", ("group_id", "not_changed", "")),
        ("{field: group, not_changed_to: one}", ("group_id", "not_value", "ref:helpdesk/groups/one")),
        ("{field: group, not_changed_from: one}", ("group_id", "not_value_previous", "ref:helpdesk/groups/one")),
        ("{field: assignee, is: requester}", ("assignee_id", "is", "requester_id")),
        ("{field: privacy, is_not: private}", ("comment_is_public", "is_not", "false")),
        ("{field: tags, has_any: [b, a]}", ("current_tags", "includes", "b a")),
        ("{field: reason, is_one_of: [a]}", (REASON, "is", "reason_a")),
        ("{field: reason, empty: false}", (REASON, "is_not", "")),
        ("{field: note, empty: true}", ("custom_fields_ref:helpdesk/ticket_fields/note", "not_present", "")),
        ("{field: amount, empty: false}", ("custom_fields_ref:helpdesk/ticket_fields/amount", "present", "")),
        ("{field: organization.seats, less_than: 5}", ("organization.custom_fields.seats", "less_than", "5")),
        (
            "{field: due, before: 2026-12-01}",
            ("custom_fields_ref:helpdesk/ticket_fields/due", "less_than", "2026-12-01"),
        ),
        (
            "{field: due, within_last: 3d}",
            ("custom_fields_ref:helpdesk/ticket_fields/due", "within_previous_n_days", "3"),
        ),
        ("{field: organization.csm, is: Eva}", ("organization.custom_fields.csm", "is", "Eva")),
        ("{event: updated}", ("update_type", "is", "Change")),
    ],
)
def test_conditions(condition: str, vendor: tuple[str, str, Any], tmp_path: Path) -> None:
    assert _one(condition, tmp_path) == vendor


def test_one_of_goes_into_the_any_group_and_none_of_becomes_several(tmp_path: Path) -> None:
    groups = _conditions("- {field: reason, is_one_of: [a, b]}\n- {field: group, is_none_of: [one, two]}", tmp_path)
    assert [each["value"] for each in groups["any"]] == ["reason_a", "reason_b"]
    assert [each["operator"] for each in groups["all"]] == ["is_not", "is_not"]
    any_of = _conditions("- {field: methods, has_any: [x, y]}", tmp_path)["any"]
    assert [each["value"] for each in any_of] == ["methods_x", "methods_y"]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("- {field: reason, is_one_of: [a, b]}\n- {field: group, is_one_of: [one, two]}", "split the rule"),
        ("- {field: status, at_least: new}", "leave the condition out"),
        ("- {field: via, is: slack}", "medium `slack`"),
        ("- {field: note, contains: x}", "the text field `note` only whether it is empty"),
        ("- {field: amount, more_than: 5}", "the number field `amount` only whether it is empty"),
        ("- {field: organization.csm, contains: x}", "look for words in the field `organization.csm`"),
        ("- {field: subject, is: x}", "words and phrases only"),
        ("- {field: subject, has_word: [two words]}", "single words"),
        ("- {field: due, within_next: 5h}", "whole days"),
        ("- {field: organization, is: Acme}", "no key"),
        ("- {field: subject, empty: true}", "is empty"),
    ],
)
def test_what_the_vendor_cannot_ask_is_said(condition: str, reason: str, tmp_path: Path) -> None:
    result = _rule(condition, tmp_path, checked=False)  # validation refuses some of it, too
    assert [each.reason for each in result.not_sent if reason in each.reason], result.not_sent
    assert "helpdesk/triggers/t" not in {resource.name for resource in result.resources}


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        (
            {"all": [{"field": "current_tags", "operator": "includes", "value": "a b"}], "any": []},
            {"when": [{"field": "tags", "has_any": ["a", "b"]}]},
        ),
        (
            {"all": [], "any": [{"field": "status", "operator": "is", "value": "hold"}]},
            {"when_any": [{"field": "status", "is": "on_hold"}]},
        ),
        (
            {"all": [{"field": "group_id", "operator": "is", "value": "77"}], "any": []},
            {"when": [{"field": "group", "is": "#77"}]},
        ),
        (
            {"all": [{"field": "status", "operator": "greater_than", "value": "open"}], "any": []},
            {"when": [{"field": "status", "after": "open"}]},
        ),
        (
            {"all": [{"field": "requester.custom_fields.age", "operator": "greater_than", "value": "2.5"}], "any": []},
            {"when": [{"field": "requester.age", "more_than": 2.5}]},
        ),
        (
            {"all": [{"field": "custom_fields_9", "operator": "less_than", "value": "2026-01-01"}], "any": []},
            {"when": [{"field": "#9", "before": "2026-01-01"}]},
        ),
        (
            {"all": [{"field": "something_new", "operator": "resembles", "value": ["4"]}], "any": []},
            {"when": [{"field": "something_new", "resembles": "4"}]},
        ),
        ({}, {"when": []}),
    ],
)
def test_live_conditions_in_the_yamls_words(groups: Any, said: Any) -> None:
    assert declared_conditions(groups, Names(), "triggers") == said


def test_an_sla_policy_knows_segments_by_their_tags(tmp_path: Path) -> None:
    policy = "sla_policies:\n  p:\n    name: P\n    when:\n      - {field: organization.%s}\n    targets:\n"
    policy += "      first_reply: {urgent: 1h, high: 1h, normal: 1h, low: none}\n    hours: calendar\n"
    declared = _declared(policy % "segment, is_not: enterprise", tmp_path)
    payload = named(compiled(declared), "helpdesk/sla_policies/p").payload
    [condition] = payload["filter"]["all"]
    assert condition == {"field": "current_tags", "operator": "not_includes", "value": "segment_enterprise"}
    assert declared_conditions(payload["filter"], Names(), "sla_policies")["when"] == [
        {"field": "tags", "has_none": ["segment_enterprise"]}
    ]
    names = Names(values={("organization.segment", "segment_enterprise"): "enterprise"})
    assert declared_conditions(payload["filter"], names, "sla_policies")["when"] == [
        {"field": "organization.segment", "is_not": "enterprise"}
    ]


def test_live_actions_in_the_yamls_words() -> None:
    live = [
        {"field": "notification_user", "value": ["5", "s", "b"]},
        {"field": "notification_webhook", "value": ["01X", "not json"]},
        {"field": "custom_fields_9", "value": ["x", "y"]},
        {"field": "set_schedule", "value": ""},
        {"field": "comment_value", "value": ["channel:all", "hi"]},
    ]
    assert declared_actions(live, Hearing(Names())) == [
        {"email": "#5", "subject": "s", "body": "b"},
        {"call": "#01X", "body": "not json"},
        {"set": "#9", "to": ["x", "y"]},
        {"set": "schedule", "to": None},
        {"reply": "public", "text": "hi"},
    ]


def test_a_reply_for_every_channel_is_a_reply_and_others_stay_in_the_vendors_words(tmp_path: Path) -> None:
    everywhere = {"field": "comment_value", "value": ["channel:all", "hi"]}
    on_the_web = {"field": "comment_value", "value": ["channel:web", "hi"]}
    public = {"field": "comment_mode_is_public", "value": "true"}
    asked = context(_declared("", tmp_path))
    said = said_actions([everywhere, public, on_the_web, public], Names(), asked, "macros")
    assert said == [{"reply": "public", "text": "hi"}, {"zendesk": on_the_web}, {"zendesk": public}]
    sent = [{"field": "comment_value", "value": "hi"}]
    assert likeness.actions([everywhere], sent) == sent
    assert likeness.actions([on_the_web], sent) == [on_the_web]


def test_placeholders_become_the_vendors_and_come_back(tmp_path: Path) -> None:
    asked = context(_declared("", tmp_path))
    text = "{{ticket.fields.reason}} {{organization.fields.csm | upcase}} {{requester.fields.job}} {{ticket.title}}"
    vendor = compiled_text(text, asked, SLACK_FILTER)
    assert isinstance(vendor, Text) and Ref("helpdesk/ticket_fields/reason") in vendor.parts
    said = str(with_symbols(vendor))
    assert "{{ticket.organization.custom_fields.csm | upcase | escape" in said
    assert "{{ticket.title | escape" in said
    words = SYSTEM.words(asked)
    assert declared_text(said, Names({}, words), SLACK_FILTER) == text
    live = said.replace("ref:helpdesk/ticket_fields/reason", "123")
    known = Names({("zendesk:TicketField", "123"): "helpdesk/ticket_fields/reason"}, words)
    assert declared_text(live, known, SLACK_FILTER) == text
    assert compiled_text("no {{ticket.id}}", asked, SLACK_FILTER) == "no {{ticket.id}}"


@pytest.mark.parametrize(
    ("said", "vendors"),
    [
        ("{{ticket.fields.reason}}", "{{ticket.ticket_field_option_title_123}}"),
        ("{{ticket.fields.reason.tag | upcase}}", "{{ticket.ticket_field_123 | upcase}}"),
        ("{{organization.fields.segment}}", "{{ticket.organization.custom_fields.segment.title}}"),
        ("{{- organization.fields.segment.tag -}}", "{{- ticket.organization.custom_fields.segment -}}"),
        ("{{requester.fields.job}}", "{{ticket.requester.custom_fields.job}}"),
        ("{{ticket.organization.custom_fields.csm.title}}", "{{ticket.organization.custom_fields.csm.title}}"),
    ],
)
def test_a_choice_is_shown_by_its_name_unless_its_tag_is_asked_for(said: str, vendors: str, tmp_path: Path) -> None:
    asked = context(_declared("", tmp_path))
    ids = {"helpdesk/ticket_fields/reason": "123"}
    names = Names({("zendesk:TicketField", "123"): "helpdesk/ticket_fields/reason"}, SYSTEM.words(asked))
    assert with_symbols(compiled_text(said, asked), ids) == vendors
    assert declared_text(vendors, names) == said


BY_FORM_OR_BRAND = """
ticket_forms: {returns: {name: Returns, fields: [subject]}}
brands: {shop: {name: Shop, subdomain: shop}}
triggers:
  t:
    name: T
    category: c
    when_any: [{field: form, is: returns}, {field: brand, is_not: shop}]
    then: [{add_tags: [x]}]
"""


def test_any_of_a_form_and_a_brand(tmp_path: Path) -> None:
    """Both point to objects of ours, also where one of several conditions has to hold."""
    trigger = named(compiled(_declared(BY_FORM_OR_BRAND, tmp_path)), "helpdesk/triggers/t")
    assert {"helpdesk/ticket_forms/returns", "helpdesk/brands/shop"} <= set(trigger.needs)
    ids = {"helpdesk/ticket_forms/returns": "71", "helpdesk/brands/shop": "72"}
    payload = with_symbols(trigger.payload, ids)
    assert payload["conditions"]["any"] == [
        {"field": "ticket_form_id", "operator": "is", "value": "71"},
        {"field": "brand_id", "operator": "is_not", "value": "72"},
    ]
    by_id = {
        ("zendesk:TicketForm", "71"): "helpdesk/ticket_forms/returns",
        ("zendesk:Brand", "72"): "helpdesk/brands/shop",
    }
    said = translation_of("triggers").declared({"": ("zendesk:Trigger", payload)}, Names(by_id))
    assert said["when_any"] == [{"field": "form", "is": "returns"}, {"field": "brand", "is_not": "shop"}]
    assert not said.get("when")


SLACK = """
integrations:
  slack:
    channels: {ops: {name: ops}, own: {name: own}}
    alerts:
      first:
        name: First
        to: ops
        when: [{field: priority, changed_to: urgent}]
        text: "<!channel> {{ticket.title}} \\"now\\""
      second:
        name: Second
        to: ops
        not_before: day_30
        when_any: [{field: status, is: open}, {field: priority, is: low}]
        text: Look
"""


def test_an_alert_posts_once_per_ticket_and_mentions_nobody(tmp_path: Path) -> None:
    declared = _declared(SLACK, tmp_path)
    result = compiled(declared)
    names = [resource.name for resource in result.resources]
    assert names.count("helpdesk/alerts/_category") == 1
    assert "helpdesk/slack_channels/own" not in names
    first = with_symbols(named(result, "helpdesk/alerts/first").payload)
    assert first["category_id"] == "ref:helpdesk/alerts/_category"
    assert {"field": "current_tags", "operator": "not_includes", "value": "golive-alert-first"} in first["conditions"][
        "all"
    ]
    post, tag = first["actions"]
    assert tag == {"field": "current_tags", "value": "golive-alert-first"}
    assert post["value"][0] == "ref:helpdesk/slack_channels/ops"
    message = json.loads(post["value"][1])
    assert message["text"].startswith("&lt;!channel> ") and "{{ticket.title | escape" in message["text"]
    assert message["link_names"] is False
    assert named(result, "helpdesk/alerts/second").payload["active"] is False
    webhook = with_symbols(named(result, "helpdesk/slack_channels/ops").payload)
    assert webhook["endpoint"].endswith("/slack/api/chat.postMessage?channel=ref:chat/slack_channels/ops")
    assert webhook["authentication"]["secret"] == "env:SLACK_TOKEN"
    order = with_symbols(named(result, "helpdesk/trigger_categories/_order").payload)["order"]
    assert order == ["ref:helpdesk/trigger_categories/c", "ref:helpdesk/alerts/_category"]
    said = translation_of("alerts").declared({"": ("zendesk:Trigger", first)}, Names())
    assert said["to"] == "ops" and said["text"] == '<!channel> {{ticket.title}} "now"'
    assert said["when"] == [{"field": "priority", "changed_to": "urgent"}] and "then" not in said


def test_a_renamed_alert_keeps_the_tag_of_the_tickets_that_it_has_posted_for(tmp_path: Path) -> None:
    first = named(compiled(_declared(SLACK, tmp_path)), "helpdesk/alerts/first")
    renamed = SLACK.replace("      first:\n", "      urgent:\n        was: first\n")
    renamed += """      first:
        name: Another
        to: ops
        when: [{field: priority, changed_to: high}]
        text: Another
"""
    for known in (Known(first.payload, first.notes), Known(first.payload)):
        asked = context(_declared(renamed.replace("        was: first\n", ""), tmp_path, checked=False))
        asked.known = {"helpdesk/alerts/urgent": known}
        tags = {}
        for key in ("urgent", "first"):
            [trigger] = [
                each
                for each in translation_of("alerts").resources(asked.declared.of("alerts")[key], asked)
                if each.type == "zendesk:Trigger"
            ]
            tags[key] = [each["value"] for each in trigger.payload["actions"] if each["field"] == "current_tags"]
            [asks] = [each for each in trigger.payload["conditions"]["all"] if each["field"] == "current_tags"]
            assert [asks["value"]] == tags[key] == [trigger.notes["tag"]]
        assert tags == {"urgent": ["golive-alert-first"], "first": ["golive-alert-first_2"]}


def test_without_slack_alerts_are_not_sent(tmp_path: Path) -> None:
    asked = context(_declared(SLACK, tmp_path))
    asked = replace(asked, systems={"helpdesk": asked.settings})
    alert = asked.declared.of("alerts")["first"]
    assert translation_of("alerts").resources(alert, asked) == []
    assert "no Slack" in asked.compiled.not_sent[0].reason
    channel = asked.declared.of("slack_channels")["ops"]
    assert translation_of("slack_channels").resources(channel, asked) == []


def test_the_vendors_rule_is_replaced_only_once_ours_is_awake(tmp_path: Path) -> None:
    rule = """
triggers:
  t:
    name: T
    category: c
    phase: {from: soft_launch, until: rollout}
    replaces: Notify group of assignment
    when: [{event: created}]
    then: [{add_tags: [t]}]
"""
    declared = _declared(rule, tmp_path)
    for phase, awake in (("build", False), ("soft_launch", True), ("rollout", False)):
        result = compiled(declared, phase)
        assert named(result, "helpdesk/triggers/t").payload["active"] is awake
        assert ("helpdesk/triggers/t/replaces" in {each.name for each in result.resources}) is awake
    replaced = named(compiled(declared, "soft_launch"), "helpdesk/triggers/t/replaces")
    assert (replaced.mode, replaced.optional) == ("patched", True)
    assert replaced.payload == {"title": "Notify group of assignment", "active": False}


def test_existing_objects_are_found_and_never_written(tmp_path: Path) -> None:
    more = """
people:
  eva: {name: Eva, email: eva@acme.example, existing: true}
macros:
  known: {name: Take it!, existing: true}
  theirs: {name: Close and redirect, existing: vendor_default, active: false}
channels:
  mail: {type: email, address: support@acme.example, existing: true, name: Us}
triggers:
  quiet: {name: Notify all agents of received request, existing: vendor_default, active: false}
  other: {existing: Notify group of assignment}
"""
    result = compiled(_declared(more, tmp_path))
    found = {each.name: (each.mode, each.payload) for each in result.resources}
    assert found["helpdesk/people/eva"] == ("found", {"email": "eva@acme.example"})
    assert found["helpdesk/macros/known"] == ("found", {"title": "Take it!"})
    assert found["helpdesk/channels/mail"] == ("found", {"email": "support@acme.example"})
    assert found["helpdesk/triggers/other"] == ("found", {"title": "Notify group of assignment"})
    assert found["helpdesk/triggers/quiet"][0] == "patched"
    assert found["helpdesk/macros/theirs"] == ("patched", {"title": "Close and redirect", "active": False})
    assert result.not_sent == []


def test_who_is_not_invited_is_listed_with_the_reason(tmp_path: Path) -> None:
    more = """
roles: {agent: {name: Agent, like: agent}, light: {name: Light, like: light_agent}}
people:
  never: {name: N, email: n@acme.example, role: agent}
  later: {name: L, email: l@acme.example, role: agent, invite: {phase: rollout}}
  light: {name: T, email: t@acme.example, role: light, invite: now}
  now: {name: W, email: w@acme.example, role: agent, invite: now}
"""
    result = compiled(declaration(more, tmp_path))
    assert [(each.name, each.mode) for each in result.resources] == [
        ("helpdesk/people/light", "managed"),
        ("helpdesk/people/light/role", "found"),
        ("helpdesk/people/now", "managed"),
    ]
    assert _mails(result.resources[2]) == 1
    assert [(each.source.key, each.reason) for each in result.asleep] == [("later", "rollout")]
    assert [each.source.key for each in result.not_sent] == ["never"]


ROLES = """
roles:
  agent: {name: Agent, like: agent}
  light: {name: Light, like: light_agent}
  lead: {name: Lead, like: agent, rights: {delete_tickets: true}}
  theirs: {existing: Their own}
people:
  ada: {name: Ada, email: a@acme.example, role: ROLE, invite: now}
"""


@pytest.mark.parametrize(
    ("role", "known", "sent"),
    [
        ("agent", {}, {"role": "agent"}),
        ("agent", {"custom_role_id": "7"}, {"role": "agent", "custom_role_id": None}),
        ("agent", {"custom_role_id": None}, {"role": "agent", "custom_role_id": None}),
        ("light", {}, {"role": "agent", "custom_role_id": Ref("helpdesk/people/ada/role")}),
        ("lead", {}, {"role": "agent", "custom_role_id": Ref("helpdesk/roles/lead")}),
        ("theirs", {}, {"role": "agent", "custom_role_id": Ref("helpdesk/roles/theirs")}),
    ],
)
def test_what_role_a_person_gets(role: str, known: dict[str, Any], sent: dict[str, Any], tmp_path: Path) -> None:
    asked = context(declaration(ROLES.replace("ROLE", role), tmp_path))
    asked.known = {"helpdesk/people/ada": Known(known)}
    person = translation_of("people").resources(asked.declared.of("people")["ada"], asked)[0]
    assert {name: value for name, value in person.payload.items() if "role" in name} == sent


def test_a_plan_without_roles_of_its_own_is_told_the_nearest(tmp_path: Path) -> None:
    asked = context(declaration(ROLES.replace("ROLE", "lead"), tmp_path))
    asked = replace(asked, settings=replace(asked.settings, plan="suite_professional"))
    roles = translation_of("roles")
    assert [
        each.name
        for key in asked.declared.of("roles")
        for each in roles.resources(asked.declared.of("roles")[key], asked)
    ] == ["helpdesk/roles/theirs"]
    [left] = asked.compiled.not_sent
    assert left.source.key == "lead"
    assert left.reason == (
        "the plan suite_professional has no roles with rights of their own; the nearest is the built-in role: leave "
        "out `rights`, and it is agent"
    )
    asked = replace(asked, settings=replace(asked.settings, plan="suite_enterprise"))
    [role] = roles.resources(asked.declared.of("roles")["lead"], asked)
    assert role.payload["configuration"]["ticket_deletion"] is True
    assert role.payload["configuration"]["ticket_access"] == "all"


def test_every_word_of_rights_is_one_that_zendesk_has() -> None:
    assert set(RIGHTS) == set(Rights.model_fields)
    for word, right in RIGHTS.items():
        if word in SCALES:
            assert set(right.values) == set(SCALES[word])
        else:
            assert set(right.values) == {True, False}
        for like in ("agent", "light_agent", "admin"):
            assert getattr(right, like) in right.values, word
    assert len({right.key for right in RIGHTS.values()}) == len(RIGHTS)


def test_which_built_in_role_a_live_one_starts_from() -> None:
    for like in ("agent", "light_agent", "admin"):
        live = configuration(like, {"tickets": "own"})
        assert nearest_like(declared_rights(live) or {}) == (like, {"tickets": "own"})
    assert declared_rights({**live, "ticket_access": "sometimes"}) is None


@pytest.mark.parametrize("invite", ["never", "{phase: rollout}"])
def test_who_has_been_invited_stays_held_to_the_files(invite: str, tmp_path: Path) -> None:
    more = f"""
roles: {{agent: {{name: Agent, like: agent}}, admin: {{name: Admin, like: admin}}}}
groups: {{g: {{name: G}}}}
people:
  ada: {{name: Ada, email: a@acme.example, role: agent, groups: [g], default_group: g, invite: {invite}}}
"""
    asked = context(declaration(more, tmp_path))
    asked.known = {"helpdesk/people/ada": Known({"role": "admin"})}
    person, *others = translation_of("people").resources(asked.declared.of("people")["ada"], asked)
    assert (person.payload["role"], _mails(person)) == ("agent", 0)
    assert (person.payload["skip_verify_email"], person.payload["suspended"]) == (True, False)
    assert [each.part for each in others] == ["groups/g", "default_group"]
    assert asked.compiled.not_sent == asked.compiled.asleep == []


def test_channels_that_only_people_can_set_up(tmp_path: Path) -> None:
    more = """
channels:
  phone: {type: voice, by_hand: true}
  form: {type: web_form, form: f}
  mail: {type: email, name: Us, address: help@acme.zendesk.com, default: true}
  other: {type: email, name: Us, address: help@acme.example, forwards_from: old@acme.example}
"""
    result = compiled(declaration(more, tmp_path, checked=False))
    default = with_symbols(named(result, "helpdesk/channels/mail/default").payload)
    assert default["default"] == "ref:helpdesk/channels/mail#can_be_default"
    assert [_mails(each) for each in result.resources] == [0, 0, 1]
    assert [each.source.key for each in result.by_hand] == ["phone", "form", "other"]
    assert result.not_sent == []


def test_a_time_zone_without_a_name_there_is_said(tmp_path: Path) -> None:
    week = ", ".join(f"{day}: []" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    more = f"schedules: {{s: {{name: S, time_zone: Antarctica/Troll, hours: {{{week}}}}}}}"
    result = compiled(declaration(more, tmp_path, checked=False))
    assert result.resources == [] and "Antarctica/Troll" in result.not_sent[0].reason


def test_time_zones_come_back() -> None:
    for iana, rails in RAILS_OF.items():
        assert RAILS_OF[IANA_OF[rails]] == rails, iana
    assert IANA_OF["Kyiv"] in ("Europe/Kyiv", "Europe/Kiev")


def test_hours_beyond_the_payload_are_not_said() -> None:
    said = Schedules().declared({"": ("zendesk:Schedule", {"name": "S", "time_zone": "Mars"})}, Names())
    assert said == {"name": "S", "time_zone": "Mars", "holidays": []}


def test_options_are_known_by_their_common_beginning_when_the_key_is_not() -> None:
    options = [{"name": "A", "value": "reason_a"}, {"name": "B", "value": "reason_b"}]
    said = TicketFields().declared(
        {"": ("zendesk:TicketField", {"title": "R", "custom_field_options": options})}, Names()
    )
    assert said["options"] == {"a": "A", "b": "B"}


def test_rules_wait_for_the_customers_fields_that_they_name(tmp_path: Path) -> None:
    result = _rule("- {field: organization.segment, is: enterprise}", tmp_path)
    assert named(result, "helpdesk/triggers/t").depends_on == ("helpdesk/customer_fields/segment",)


def test_an_order_names_only_what_is_sent(tmp_path: Path) -> None:
    rules = "triggers:\n" + "".join(
        f"  {key}: {{name: {key}, category: c, when: [{{field: via, is: {via}}}], then: [{{add_tags: [t]}}]}}\n"
        for key, via in (("r1", "email"), ("r2", "slack"), ("r3", "api"))
    )
    result = compiled(_declared(rules + "order: {triggers: [r3, r2, r1]}\n", tmp_path, checked=False))
    order = with_symbols(named(result, "helpdesk/trigger_categories/c/order").payload)["order"]
    assert order == ["ref:helpdesk/triggers/r3", "ref:helpdesk/triggers/r1"]
    said = translation_of("trigger_categories").declared(
        {"order": ("zendesk:TriggerOrder", {"category_id": "1", "order": order})}, Names()
    )
    assert said == {"order": ["r3", "r1"]}


ROLLOUT = "rollout: {soft_launch: {cohort: {share: 15%, internal: [acme.example]}}}\n"


@pytest.mark.parametrize(("phase", "awake"), [("build", False), ("soft_launch", True), ("rollout", False)])
def test_the_fence_asks_for_the_mark_and_for_an_organization(phase: str, awake: bool, tmp_path: Path) -> None:
    result = compiled(_declared(ROLLOUT, tmp_path), phase)
    fence, mark = (named(result, f"helpdesk/rollout/rollout{part}") for part in ("", "/mark"))
    assert fence.payload["active"] is awake and mark.payload["active"] is True
    assert fence.payload["conditions"] == {
        "all": [{"field": "update_type", "operator": "is", "value": "Create"}],
        "any": [
            {"field": f"organization.custom_fields.{mark.payload['key']}", "operator": "is", "value": "false"},
            {"field": "organization_id", "operator": "is", "value": ""},
        ],
    }
    assert mark.name in fence.needs, "the vendor refuses a condition on a field that is not there"
    assert (mark.on_remove, fence.on_remove) == ("release", "switch_off")


@pytest.mark.parametrize(
    ("said", "fence", "mark"),
    [("delete", "delete", "delete"), ("release", "release", "release"), ("switch_off", "switch_off", "release")],
)
def test_what_leaving_does_to_mark_and_fence(said: str, fence: str, mark: str, tmp_path: Path) -> None:
    text = ROLLOUT.replace("{soft_launch", f"{{on_remove: {said}, soft_launch")
    result = compiled(_declared(text, tmp_path))
    assert named(result, "helpdesk/rollout/rollout").on_remove == fence
    assert named(result, "helpdesk/rollout/rollout/mark").on_remove == mark


def test_the_order_of_the_categories_begins_with_the_fence(tmp_path: Path) -> None:
    own = Ref("helpdesk/rollout/rollout/category")
    alone = named(compiled(_declared(ROLLOUT, tmp_path)), "helpdesk/trigger_categories/_order")
    assert alone.payload == {"order": [Ref("helpdesk/trigger_categories/c")], "first": [own]}
    whole = declaration(ROLLOUT, tmp_path)
    nothing = named(compiled(whole), "helpdesk/trigger_categories/_order")
    assert nothing.payload == {"order": [], "first": [own]}


def test_a_rollout_without_a_cohort_makes_nothing_and_says_so(tmp_path: Path) -> None:
    result = compiled(_declared("rollout: {why: Later}\n", tmp_path))
    assert [each.name for each in result.resources if "rollout" in each.name] == []
    assert [each.reason for each in result.not_sent] == ["it says nobody who is in the soft launch"]


def test_mark_and_fence_read_back_in_the_words_of_the_files(tmp_path: Path) -> None:
    result = compiled(_declared(ROLLOUT, tmp_path), "soft_launch")
    parts = {
        each.part: (each.type, with_symbols(each.payload))
        for each in result.resources
        if each.name.startswith("helpdesk/rollout/")
    }
    assert translation_of("rollout").declared(parts, Names()) == {
        "name": "Rollout: from outside the soft launch",
        "active": True,
        "category": "Rollout (golive)",
        "when": [{"event": "created"}],
        "when_any": [{"field": "organization.rollout", "is": False}, {"field": "organization", "empty": True}],
        "then": [{"add_tags": ["outside_rollout"]}],
        "mark": {"name": "Rollout: in the soft launch", "tag": "in_rollout", "active": True},
    }


def test_who_may_not_sign_in_is_not_invited_and_keeps_the_seat(tmp_path: Path) -> None:
    more = """
roles: {agent: {name: Agent, like: agent}}
people:
  off: {name: O, email: o@acme.example, role: agent, invite: now, active: false}
  later: {name: L, email: l@acme.example, role: agent, invite: now, phase: rollout}
"""
    asked = context(declaration(more, tmp_path))
    people = translation_of("people")
    assert [people.resources(item, asked) for item in asked.declared.of("people").values()] == [[], []]
    assert [(each.source.key, "may not sign in" in each.reason) for each in asked.compiled.not_sent] == [("off", True)]
    asked.known = {f"helpdesk/people/{key}": Known({}) for key in ("off", "later")}
    made = [people.resources(item, asked)[0] for item in asked.declared.of("people").values()]
    assert [each.payload["suspended"] for each in made] == [True, True]
