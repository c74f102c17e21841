"""From files to typed objects: keys over all files, single objects in several files, and what objects say."""

from __future__ import annotations

import pytest

from config.document import parse_document
from config.kinds.conditions import ClockCondition, FieldCondition, HoursCondition
from config.kinds.schedules import spans_of
from config.loading import load_documents
from config.model import From
from tests.config.samples import declared, documents, findings, rules


def over(**texts: str) -> list[tuple[str, str]]:
    found = load_documents(documents(**texts), {}).findings
    return [(each.rule, str(each.position)) for each in found if each.severity != "note"]


def test_key_twice_over_files() -> None:
    found = over(a="groups: {x: {name: A}}\n", b="groups: {x: {name: B}}\n")
    assert found == [("schema.duplicate", "config/b.yaml:1:10")]


def test_key_of_a_wrong_object_counts() -> None:
    assert [rule for rule, _ in over(a="groups: {x: {nam: A}}\n", b="groups: {x: {name: B}}\n")] == [
        "schema.unknown-attribute",
        "schema.duplicate",
    ]


def test_single_kind_twice_over_files() -> None:
    assert [rule for rule, _ in over(a="company: {name: A}", b="company: {name: B}")] == ["schema.duplicate"]


CRM = "integrations: {crm: {account_key: external_id, fields: {arr: {object: Account, name: ARR, type: currency}}}}\n"
SLACK = "integrations: {slack: {channels: {a: {name: a}}}}\n"


def test_integrations_in_several_files_are_one() -> None:
    loaded = load_documents(documents(a=CRM, b=SLACK, c="integrations: {slack: {channels: {b: {name: b}}}}"), {})
    assert [each for each in loaded.findings if each.severity != "note"] == []
    whole = loaded.declaration.single("integrations")
    assert list(whole.crm.fields) == ["arr"]
    assert sorted(whole.slack.channels) == ["a", "b"]
    assert list(loaded.declaration.of("slack_channels")) == ["a", "b"]
    assert loaded.declaration.of("slack_channels")["b"].index == 1


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (SLACK, [("schema.duplicate", "config/b.yaml:1:35")]),
        ("integrations: {crm: {account_key: organization.x}}\n"
         "customer_fields: {x: {of: organization, name: X, type: text}}",
         [("schema.duplicate", "config/b.yaml:1:22")]),
        ("integrations: {crm: {mapping: {written_by: native_package}}}", []),
    ],
)  # fmt: skip
def test_what_two_files_say_of_integrations(second: str, found: list[tuple[str, str]]) -> None:
    first = "integrations: {slack: {channels: {a: {name: a}}}, crm: {account_key: external_id}}"
    assert over(a=first, b=second) == found


def test_mapping_in_two_files() -> None:
    text = "integrations: {crm: {mapping: {written_by: native_package}}}"
    assert over(a=text, b=text) == [("schema.duplicate", "config/b.yaml:1:22")]


def test_keys_below_a_wrong_single_object_are_known() -> None:
    text = "integrations: {slack: {channel: x, channels: {a: {name: a}}}}\n" + (
        "trigger_categories: {c: {name: C}}\n"
        "triggers: {t: {name: T, category: c, when: [{event: created}], then: [{slack: slack_channels/a, text: x}]}}"
    )
    assert rules(text) == ["schema.unknown-attribute"]


def test_order_is_that_of_the_file() -> None:
    items = declared("groups: {b: {name: B}, a: {name: A}, c: {name: C}}").declaration.of("groups")
    assert [(key, item.index) for key, item in items.items()] == [("b", 0), ("a", 1), ("c", 2)]


def test_declared_object() -> None:
    declaration = declared(
        "company: {name: Halden}\ngroups:\n  a: {name: Support}\nsegments: {s: {name: S}}\n"
    ).declaration
    group = declaration.of("groups")["a"]
    assert (group.name, str(group.position), str(group.at("name"))) == (
        "Support",
        "config/test.yaml:3:3",
        "config/test.yaml:3:13",
    )
    assert declaration.single("company").name == "Halden"
    assert declaration.single("settings") is None
    assert declaration.get("groups", "b") is None
    assert [item.kind for item in declaration] == ["company", "groups", "segments"]


@pytest.mark.parametrize(
    ("text", "removal"),
    [
        ("macros: {a: {name: A, then: [{reply: public, text: x}]}}", "switch_off"),
        ("macros: {a: {name: A, on_remove: delete, then: [{reply: public, text: x}]}}", "delete"),
        ("ticket_fields: {a: {name: A, type: text}}", "release"),
        ("ticket_fields: {a: {name: A, type: text, on_remove: switch_off}}", "switch_off"),
        ("people: {a: {existing: true, email: a@b.c}}", "release"),
        ("integrations: {crm: {fields: {a: {object: Account, name: A, type: text}}}}", "release"),
        ("integrations: {slack: {channels: {a: {name: a}}}}", "delete_ours"),
        ("groups: {a: {name: A}}", "delete_ours"),
        ("channels: {a: {type: email, name: A, address: a@b.c}}", "delete_ours"),
        ("groups: {a: {name: A, on_remove: release}}", "release"),
    ],
)
def test_what_leaving_the_yaml_does(text: str, removal: str) -> None:
    *_, item = declared(text).declaration
    assert item.key == "a"
    assert item.value.removal == removal


def test_given_and_null() -> None:
    items = declared("groups: {a: {name: A, why: null}, b: {name: B}}").declaration.of("groups")
    assert items["a"].value.given("why") and not items["b"].value.given("why")
    assert items["a"].value.why is None


def test_phase_span_and_vendor_words() -> None:
    text = "groups: {a: {name: A, phase: {from: soft_launch, until: rollout}}}\n"
    assert declared(text).declaration.of("groups")["a"].value.phase == From(
        **{"from": "soft_launch", "until": "rollout"}
    )


def test_access_without_a_name_is_called_by_its_key() -> None:
    text = "integrations: {crm: {access: {support: {read: []}, named: {name: Named}}, queues: {q: {objects: [Case]}}}}"
    declaration = declared(text).declaration
    assert [item.value.name for item in declaration.of("crm_access").values()] == ["support", "Named"]
    assert declaration.of("crm_queues")["q"].value.name == "q"


def test_names_inside_the_models_are_not_words_of_the_yaml() -> None:
    text = "macros: {a: {name: A, for_: [], then: [{reply: public, text: x}]}}"
    (finding,) = findings(text)
    assert finding.hint == "Did you mean `for`?"


def test_conditions_say_what_they_are() -> None:
    one = FieldCondition(**{"field": "priority", "is": "high"})
    assert (one.operator, one.value, one.values) == ("is", "high", ["high"])
    several = FieldCondition(field="priority", is_one_of=["high", "low"])
    assert (several.operator, several.values) == ("is_one_of", ["high", "low"])
    clock = ClockCondition(hours_since="open", less_than="4h")
    assert (clock.operator, clock.duration, clock.clock) == ("less_than", "4h", "calendar")
    assert ClockCondition(**{"hours_since": "open", "is": "4h"}).operator == "is"
    assert HoursCondition(outside_hours="berlin").schedule == "berlin"


def test_schedule_spans_and_holidays() -> None:
    assert spans_of(["00:00-08:30", "20:00-24:00"]) == [(0, 510), (1200, 1440)]
    text = """
schedules:
  a:
    name: A
    time_zone: UTC
    hours: {mon: ["08:00-12:00", "11:00-13:00"], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}
    holidays: [{name: X, date: 2026-02-30}, {name: Y}, {name: Z, date: 2026-01-01, from: 2026-01-01}]
"""
    assert [each.message for each in findings(text)] == [
        "`11:00-13:00` overlaps the span before it",
        "`2026-02-30` is not a date (YYYY-MM-DD)",
        "a holiday has either `date`, or `from` and `to`",
        "a holiday has either `date`, or `from` and `to`",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ticket_fields: {a: {name: A, type: text, options: {x: X}}}", "a field of type text has no options"),
        ("ticket_fields: {a: {name: A, type: text, options_from: segments}}", "a field of type text has no options"),
        ("ticket_fields: {a: {name: A, type: dropdown, options: {x: X}, options_from: segments}}",
         "`options` and `options_from` cannot stand together"),
        ("ticket_fields: {a: {name: A, type: pattern}}", "a field of type pattern needs its `pattern`"),
        ("ticket_fields: {a: {name: A, type: text, pattern: x}}", "a field of type text takes no pattern"),
        ("ticket_fields: {a: {name: A, type: pattern, pattern: '('}}",
         "`(` is not a regular expression: missing ), unterminated subpattern at position 0"),
        ("ticket_fields: {a: {name: A, type: pattern, pattern: x}}",
         "a pattern needs samples, so that it is known to work"),
        ("ticket_fields: {a: {name: A, type: pattern, pattern: x, samples: {good: [x], bad: [xy]}}}",
         "the bad sample `xy` matches the pattern"),
        ("ticket_fields: {a: {name: A, type: text, samples: {good: [x], bad: [y]}}}",
         "samples belong to a pattern, and there is none"),
        ("ticket_fields: {a: {name: A, type: dropdown, options: {}}}", "this is empty"),
        ("webhooks: {a: {name: A, url: https://a.b, auth: {basic: {username: u}}}}",
         "2 entries are needed here, and there are 1"),
        ("macros: {a: {name: A, then: [{call: webhooks/h, query: [[a, b, c]]}]}}\n"
         "webhooks: {h: {name: H, url: https://a.b}}",
         "2 entries are expected here, and there are 3"),
        ("macros: {a: {name: A, then: [{call: webhooks/h, query: [[a, b]], body: {}}]}}\n"
         "webhooks: {h: {name: H, url: https://a.b}}",
         "`body` and `query` cannot stand together"),
        ("groups: {a: [x]}", "a list stands where attributes below it should be"),
        ("groups: {a: {name: {x: y}}}", "a map stands where text should be"),
        ("groups: {a: {}}\nroles: {b: {}}", "`name` is missing"),
        ("groups: {a: {name: }}", "nothing stands where text should be"),
        ("macros: {a: {}}", "`name` and `then` are missing"),
        ("macros: {a: {name: A, then: x}}", "`x` stands where a list should be"),
        ("macros: {a: {name: A, then: [x]}}",
         "an action has exactly one verb: `set`, `add_tags`, `remove_tags`, `replace_all_tags`, `email`, `slack`, "
         "`call`, `reply` or `send_survey`"),
        ("groups: {a: {name: " + "x" * 70 + ", by_hand: " + "y" * 70 + "}}",
         f"`{'y' * 57}…` stands where true or false should be"),
        ("views: {a: {name: A, when: [x], columns: [subject]}}",
         "a condition has exactly one of `field`, `event`, `in_hours`, `outside_hours`, `hours_since` and "
         "`hours_until`"),
        ("views: {a: {name: A, columns: [subject]}}", "a view without a condition would list every ticket"),
        ("sla_policies: {a: {name: A, hours: {urgent: {others: business}, others: calendar}, "
         "targets: {first_reply: {urgent: 1h, high: none, normal: none, low: none}}}}",
         "`urgent` must be calendar or business"),
        ("sla_policies: {a: {name: A, hours: {first_reply: {urgent: business}}, "
         "targets: {first_reply: {urgent: 1h, high: none, normal: none, low: none}}}}",
         "`hours.first_reply` does not say a clock for every priority"),
        ("sla_policies: {a: {name: A, hours: {urgent: calendar, first_reply: calendar}, "
         "targets: {first_reply: {urgent: 1h, high: none, normal: none, low: none}}}}",
         "the keys of `hours` are all priorities, or all metrics that have targets, beside `others`"),
        ("integrations: {slack: {channels: {c: {name: c}}, alerts: {a: {name: A, to: c, text: x}}}}",
         "an alert without a condition would post every ticket"),
    ],
)  # fmt: skip
def test_message(text: str, message: str) -> None:
    assert findings(text)[0].message == message


def test_x_keys_at_the_top_are_skipped() -> None:
    assert load_documents([parse_document("x-a: [1]\nx-b: {c: d}\n", "f")], {}).findings == []


DEEP = """
channels: {a: {type: email, name: A, address: a@b.c, addres: x}}
ticket_fields: {f: {name: F, type: dropdown, options: {x: {name: X, tagg: x}}}}
groups: {g: {name: G, phase: {from: build, untill: rollout}}}
integrations: {slack: {channels: {s: {name: s, topik: x}}}}
sla_policies:
  p: {name: P, hours: calendar, targets: {first_reply: {urgent: 1h, high: 1h, normal: 1h, low: 1h, lo: 1h}}}
views:
  v:
    name: V
    columns: [subject]
    when: [{field: status, iss: open}, {field: status, greater_than: open}, {field: status, zzz: open}]
macros:
  m: {name: M, then: [{reply: public, text: x, txet: y}], zzz: 1}
"""


def test_unknown_attributes_at_any_depth() -> None:
    hints = {each.path.split(".")[-1]: each.hint for each in findings(DEEP)}
    assert hints.pop("zzz").startswith("Known here: active, name, then, for, help, files, was,")
    assert hints == {
        "addres": "Did you mean `address`?",
        "tagg": "Did you mean `tag`?",
        "untill": "Did you mean `until`?",
        "topik": "Did you mean `topic`?",
        "lo": "Did you mean `low`?",
        "iss": "Did you mean `is`?",
        "greater_than": "It is called `more_than`.",
        "txet": "Did you mean `text`?",
    }
    known = [each.hint for each in findings(DEEP) if each.path == "views.v.when[2].zzz"]
    assert known == ["Known here: field, is, is_not, empty, is_one_of, is_none_of, at_least, at_most, before, after, "
                     "more_than, less_than, …."]  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "message", "hint"),
    [
        ("{field: status, changed: false}", "`false` is not true", "For the opposite write  not_changed: true"),
        ("{field: status, changed: yes}", "`yes` is not true", "Write  true"),
        ("{event: create}", "`create` is not one of created or updated", "Did you mean `created`?"),
        ("{status: open}", None, "Write  {field: status, is: open}"),
        ("{feeling: sad}", None, "Write  {field: feeling, is: sad}"),
        ("{field: priority, event: created}", None,
         "Each entry of the list is one condition, for example  {field: priority, is: high}"),
        ("{hours_since: openn, more_than: 4h}", None, "Did you mean `open`?"),
        ("{hours_since: open}", "say exactly one of `is`, `more_than`, `less_than`", ""),
        ("{in_hours: a, outside_hours: b}", "say either `in_hours` or `outside_hours`, with a schedule's key", ""),
    ],
)  # fmt: skip
def test_condition(condition: str, message: str | None, hint: str) -> None:
    (finding,) = findings(f"automations: {{a: {{name: A, when: [{condition}], then: [{{add_tags: [x]}}]}}}}")
    assert message is None or finding.message == message
    assert finding.hint == hint
