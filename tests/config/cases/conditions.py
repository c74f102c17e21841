"""Samples of rules about conditions and actions."""

from __future__ import annotations

from tests.config.cases.forms import AUTOMATION, FORM, VIEW, policy, trigger


def deletion(age: str = "hours_since: updated, more_than: 30d", more: str = "") -> str:
    return f"deletion_schedules: {{d: {{name: D, of: tickets, when: [{{{age}}}{more}]}}}}\n"


CASES: list[tuple[str, str, str]] = [
    ("actions.field", trigger(then="{set: tags, to: x}"), trigger(then="{add_tags: [x]}")),
    ("actions.field", trigger(then="{set: reopens, to: 1}"), trigger(then="{set: sum, to: 1}")),
    ("actions.field", trigger(then="{set: account.csm, to: x}"), trigger(then="{set: organization.csm, to: x}")),
    ("actions.field", trigger(then="{set: organization.job, to: x}"), trigger(then="{set: requester.job, to: x}")),
    ("actions.option-tag", trigger(then="{add_tags: [area_api]}"), trigger(then="{set: area, to: api}")),
    ("actions.option-tag-removed", trigger(then="{remove_tags: [area_api]}"), trigger(then="{set: area, to: null}")),
    (
        "actions.option-tag-removed",
        trigger(then="{remove_tags: [area_api]}"),
        trigger(then="{remove_tags: [methods_visa]}"),
    ),
    ("actions.value", trigger(then="{set: priority, to: [high]}"), trigger(then="{set: priority, to: high}")),
    ("actions.replace-all-tags", trigger(then="{replace_all_tags: [x]}"), trigger(then="{add_tags: [x]}")),
    ("conditions.field", trigger("{field: account.csm, is: x}"), trigger("{field: organization.csm, is: x}")),
    ("conditions.field", trigger("{field: organization.job, is: x}"), trigger("{field: requester.job, is: x}")),
    (
        "conditions.operator",
        trigger("{field: note, more_than: 3}"),
        trigger("{field: organization.seats, more_than: 3}"),
    ),
    ("conditions.operator", trigger("{field: note, less_than: 3}"), trigger("{field: note, empty: true}")),
    (
        "conditions.operator",
        trigger("{field: sum, contains: x}"),
        trigger("{field: organization.seats, changed_to: 3}"),
    ),
    ("conditions.operator", trigger("{field: paid_on, more_than: 3}"), trigger("{field: paid_on, changed: true}")),
    ("conditions.operator", trigger("{field: tags, more_than: 3}"), trigger("{field: tags, has: x}")),
    ("conditions.operator", trigger("{field: refunded, at_least: x}"), trigger("{field: refunded, is: true}")),
    ("conditions.operator", trigger("{field: contract, has: x}"), trigger("{field: contract, empty: false}")),
    ("conditions.operator", trigger("{field: paid_on, has: x}"), trigger("{field: paid_on, within_last: 3d}")),
    ("conditions.operator", trigger("{field: methods, at_least: sepa}"), trigger("{field: methods, empty: true}")),
    ("conditions.constant", trigger("{field: priority, at_least: low}"), trigger("{field: priority, empty: false}")),
    ("conditions.constant", trigger("{field: status, at_least: new}"), trigger("{field: status, at_least: open}")),
    ("conditions.constant", trigger("{field: status, at_most: closed}"), trigger("{field: status, at_most: solved}")),
    ("conditions.constant", trigger("{field: priority, before: low}"), trigger("{field: priority, before: normal}")),
    ("conditions.constant", trigger("{field: priority, after: urgent}"), trigger("{field: priority, after: high}")),
    ("conditions.value", trigger("{field: status, is: opened}"), trigger("{field: status, is: open}")),
    (
        "conditions.value",
        trigger("{field: area, is_one_of: [api, card]}"),
        trigger("{field: area, is_one_of: [api, cards]}"),
    ),
    ("conditions.value", trigger("{field: methods, has: amex}"), trigger("{field: methods, has: visa}")),
    ("conditions.value", trigger('{field: refunded, is: "yes"}'), trigger("{field: refunded, is: false}")),
    (
        "conditions.value",
        trigger("{field: organization.seats, is: a lot}"),
        trigger("{field: organization.seats, is: 3.5}"),
    ),
    (
        "conditions.value",
        trigger("{field: organization.seats, is: true}"),
        trigger("{field: organization.seats, is: 3}"),
    ),
    (
        "conditions.value",
        trigger("{field: paid_on, before: Christmas}"),
        trigger("{field: paid_on, before: 2026-12-24}"),
    ),
    (
        "conditions.value",
        trigger('{field: paid_on, before: "20261224"}'),
        trigger("{field: paid_on, after: 2026-12-24}"),
    ),
    ("conditions.value", trigger("{field: subject, has_word: [a b]}"), trigger("{field: subject, has_word: [a, b]}")),
    ("conditions.value", trigger(then="{set: status, to: opened}"), trigger(then="{set: status, to: open}")),
    ("conditions.value", trigger(then="{set: sum, to: a lot}"), trigger(then="{set: sum, to: 3.5}")),
    ("conditions.value", trigger(then="{set: paid_on, to: soon}"), trigger(then="{set: paid_on, to: 2026-12-24}")),
    ("conditions.value", trigger(then="{set: area, to: card}"), trigger(then="{set: area, to: null}")),
    ("conditions.value", trigger(then="{set: methods, to: [sepa, amex]}"), trigger(then="{set: methods, to: [sepa]}")),
    ("conditions.place", trigger("{hours_since: created, more_than: 4h}"), trigger("{event: created}")),
    ("conditions.place", policy("{event: created}"), policy("{field: via, is: email}")),
    ("conditions.place", policy("{hours_since: created, more_than: 4h}"), policy()),
    ("conditions.place", policy("{field: subject, contains: x}"), policy("{field: group, empty: true}")),
    ("conditions.place", policy("{field: group, changed: true}"), policy("{field: group, empty: false}")),
    ("conditions.place", policy("{field: priority, is: high}"), policy("{field: type, is: incident}")),
    ("conditions.place", policy("{field: status, before: solved}"), policy("{field: tags, has: x}")),
    ("conditions.place", policy("{field: requester.job, is: owner}"), policy("{field: organization.size, is: big}")),
    (
        "conditions.place",
        AUTOMATION.format("{hours_since: created, more_than: 4h}"),
        AUTOMATION.format("{field: type, is: task}"),
    ),
    ("conditions.place", VIEW.format("{event: created}"), VIEW.format("{field: status, is: new}")),
    (
        "conditions.whole-hours",
        "automations: {a: {name: A, when: [{field: status, is: open}, {hours_since: open, is: 90m}], "
        "then: [{add_tags: [x]}]}}",
        "automations: {a: {name: A, when: [{field: status, is: open}, {hours_since: open, is: 60m}], "
        "then: [{add_tags: [x]}]}}",
    ),
    ("conditions.age", deletion(more=", {hours_until: due, more_than: 30d}"), deletion()),
    (
        "conditions.age",
        deletion("hours_since: solved, more_than: 30d"),
        deletion("hours_since: created, more_than: 30d"),
    ),
    (
        "conditions.age",
        deletion("hours_since: updated, less_than: 30d"),
        deletion("hours_since: updated, more_than: 1d"),
    ),
    (
        "conditions.age",
        deletion("hours_since: updated, more_than: 30h"),
        deletion("hours_since: updated, more_than: 48h"),
    ),
    (
        "conditions.age",
        deletion("hours_since: updated, more_than: 48h, clock: business"),
        deletion("hours_since: updated, more_than: 48h, clock: calendar"),
    ),
    (
        "conditions.place",
        deletion(more=", {field: status, is: closed}"),
        deletion(more=", {field: priority, is: low}"),
    ),
    ("conditions.no-tag", policy("{field: organization.csm, is: x}"), policy("{field: organization.size, is: big}")),
    (
        "conditions.operator",
        policy("{field: organization.size, empty: true}"),
        policy("{field: organization.size, is_not: big}"),
    ),
    (
        "conditions.split",
        trigger("{field: area, is_one_of: [api, cards]}, {field: status, is_one_of: [new, open]}"),
        trigger("{field: area, is_none_of: [api, cards]}, {field: status, is_one_of: [new, open]}"),
    ),
    (
        "conditions.split",
        trigger("{field: status, is_one_of: [new, open]}", when_any="{field: area, is: api}"),
        trigger("{field: status, is_one_of: [new]}", when_any="{field: area, is: api}"),
    ),
    (
        "conditions.split",
        trigger("{field: methods, has_any: [sepa, visa]}", when_any="{field: area, is: api}"),
        trigger("{field: tags, has_any: [sepa, visa]}", when_any="{field: area, is: api}"),
    ),
    (
        "conditions.split",
        trigger(when_any="{field: methods, has_none: [sepa, visa]}"),
        trigger(when_any="{field: methods, has_none: [sepa]}, {field: tags, has_none: [a, b]}"),
    ),
    (
        "conditions.split",
        trigger(when_any="{field: area, is_none_of: [api, cards]}"),
        trigger(when_any="{field: area, is_one_of: [api, cards]}"),
    ),
    ("conditions.value", FORM.format(", area", "app", "false"), FORM.format(", area", "api", "false")),
]
