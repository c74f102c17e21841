"""For each rule: a text that breaks it and nothing else, and the same text put right."""

from __future__ import annotations

from datetime import date

TRIGGER = """
trigger_categories: {{route: {{name: Route}}}}
ticket_fields:
  area: {{name: Area, type: dropdown, options: {{api: API, cards: Cards}}}}
  methods: {{name: Methods, type: multiselect, options: {{sepa: SEPA, visa: Visa}}}}
  refunded: {{name: Refunded, type: checkbox}}
  note: {{name: Note, type: text}}
  sum: {{name: Sum, type: decimal}}
  paid_on: {{name: Paid on, type: date}}
  contract: {{name: Contract, type: lookup, to: organization}}
customer_fields:
  csm: {{of: organization, name: CSM, type: text}}
  seats: {{of: organization, name: Seats, type: decimal}}
  job: {{of: requester, name: Job, type: text}}
triggers:
  a:
    name: A
    category: route
    when: [{when}]
    when_any: [{when_any}]
    then: [{then}]
"""
AUTOMATION = """
automations:
  a: {{name: A, when: [{{field: status, is: open}}], when_any: [{}], then: [{{add_tags: [x]}}]}}
"""
POLICY = """
settings: {{organization_tags: {tags}}}
customer_fields:
  csm: {{of: organization, name: CSM, type: text}}
  size: {{of: organization, name: Size, type: dropdown, options: {{big: Big}}}}
  job: {{of: requester, name: Job, type: dropdown, options: {{owner: Owner}}}}
sla_policies:
  a:
    name: A
    when: [{when}]
    targets: {{first_reply: {{urgent: {urgent}, high: 16h, normal: none, low: none}}}}
    hours: calendar
    warn: {{at: 75%, to: [], how: {how}}}
  z:
    name: Z
    targets: {{first_reply: {{urgent: 8h, high: 16h, normal: none, low: none}}}}
    hours: calendar
"""
MAPPING = """
customer_fields:
  csm: {{of: organization, name: CSM, type: text}}
  job: {{of: requester, name: Job, type: text}}
integrations:
  crm:
    account_key: {account_key}
    fields:
      csm: {{object: Account, name: CSM, type: {type}}}
    mapping: {{written_by: golive, rows: [{{crm: csm, helpdesk: organization.{field}}}{more}]}}
"""


def trigger(when: str = "{field: status, is: open}", then: str = "{add_tags: [x]}", when_any: str = "") -> str:
    return TRIGGER.format(when=when, then=then, when_any=when_any)


def policy(when: str = "{field: via, is: email}", urgent: str = "8h", how: str = "hourly", tags: str = "true") -> str:
    return POLICY.format(when=when, urgent=urgent, how=how, tags=tags)


def deletion(age: str = "hours_since: updated, more_than: 30d", more: str = "") -> str:
    return f"deletion_schedules: {{d: {{name: D, of: tickets, when: [{{{age}}}{more}]}}}}\n"


def mapping(account_key: str = "external_id", type_: str = "text", field: str = "csm", more: str = "") -> str:
    return MAPPING.format(account_key=account_key, type=type_, field=field, more=more)


def rollout(
    cohort: str = "share: 15%",
    internal: str = "[halden.example]",
    entry: str = "support: mail_server_rule",
    options: str = "options_from: segments",
    allow: str = "",
) -> str:
    return ROLLOUT.format(cohort=cohort, internal=internal, entry=entry, options=options, allow=allow)


def mail(text: str) -> str:
    return f'{{email: requester, subject: x, body: "{text}"}}'


def schedule(day: date) -> str:
    week = ", ".join(f"{name}: []" for name in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    return (
        f"schedules: {{a: {{name: A, time_zone: Europe/Dublin, hours: {{{week}}}, "
        f"holidays: [{{name: H, date: {day}}}]}}}}"
    )


def slack_channel(**texts: str) -> str:
    said = "".join(f", {word}: {text}" for word, text in texts.items())
    return f"integrations: {{slack: {{channels: {{a: {{name: a{said}}}}}}}}}"


def alert(name: str) -> str:
    """An alert beside the trigger A."""
    return trigger() + (
        "integrations: {slack: {channels: {c: {name: c}}, alerts: {a: {name: "
        f"{name}, to: c, when: [{{field: status, is: open}}], text: x}}}}}}}}\n"
    )


def person(groups: str) -> str:
    return (
        "roles: {r: {name: R, like: agent}}\ngroups: {g: {name: G}, h: {name: H}}\n"
        f"people: {{a: {{name: A, email: a@b.c, role: r, groups: {groups}}}}}"
    )


def call(body: str) -> str:
    return "webhooks: {w: {name: W, url: https://w.example}}\n" + trigger(then=f"{{call: webhooks/w, body: {body}}}")


TODAY = date.today()
NEXT_YEAR, FAR, LONG_PAST = (date(TODAY.year + years, 1, 15) for years in (1, 3, -3))

ROLLOUT = """
channels:
  support: {{type: email, name: S, address: s@halden.example}}
  chat: {{type: messaging, by_hand: true}}
  phone: {{type: voice, by_hand: true}}
segments: {{smb: {{name: SMB}}}}
customer_fields:
  size: {{of: organization, name: Size, type: dropdown, {options}}}
  job: {{of: requester, name: Job, type: dropdown, options_from: segments}}
rollout:
  {allow}
  soft_launch:
    cohort: {{{cohort}, internal: {internal}}}
    entry: {{{entry}}}
"""

FORM = """
ticket_fields:
  area: {{name: Area, type: dropdown, options: {{api: API}}}}
ticket_forms:
  a:
    name: A
    default: true
    fields: [subject{}]
    conditions: [{{for: [agents], when: {{area: {}}}, show: [subject]}}]
  b: {{name: B, fields: [subject], default: {}}}
"""
VIEW = "views: {{a: {{name: A, when: [{}], columns: [subject]}}}}\nsettings: {{organization_tags: true}}\n"
CASES: list[tuple[str, str, str]] = [
    ("reference.unknown", trigger("{field: statis, is: open}"), trigger("{field: status, is: open}")),
    ("reference.form", trigger(then="{email: me, subject: x, body: y}"), trigger(then=mail("y"))),
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
        "automations: {a: {name: A, when: [{hours_since: open, is: 90m}], then: [{add_tags: [x]}]}}",
        "automations: {a: {name: A, when: [{hours_since: open, is: 60m}], then: [{add_tags: [x]}]}}",
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
    ("placeholders.syntax", trigger(then=mail("{{ticket.id}")), trigger(then=mail("{{ticket.id}}"))),
    ("placeholders.syntax", trigger(then=mail("{% if x %")), trigger(then=mail("{% if x %}{{x.y}}{% endif %}"))),
    ("placeholders.unknown", trigger(then=mail("{{ticket.fields.nte}}")), trigger(then=mail("{{ticket.fields.note}}"))),
    ("placeholders.unknown", trigger(then=mail("{{dc:closing}}")), trigger(then=mail("{{ticket.link}}"))),
    ("placeholders.unknown", trigger(then=mail("{{requester.name}}")), trigger(then=mail("{{requester.fields.job}}"))),
    ("placeholders.unknown", trigger(then=mail("{{tiket.id}}")), trigger(then=mail("{{ ticket.id | escape }}"))),
    (
        "placeholders.unknown",
        'ticket_fields: {a: {name: A, type: text, help: {customers: "{{dc:gone}}"}}}',
        'ticket_fields: {a: {name: A, type: pattern, pattern: "a{{x", samples: {good: ["a{{x"], bad: [b]}}}',
    ),
    (
        "placeholders.syntax",
        'webhooks: {a: {name: A, url: "https://a.example/{{ticket.id}"}}',
        'webhooks: {a: {name: A, url: "https://a.example/{{ticket.id}}"}}',
    ),
    ("placeholders.unknown", trigger(then=mail("{{- tiket.id -}}")), trigger(then=mail("{{- ticket.id -}}"))),
    (
        "placeholders.owner",
        trigger(then=mail("{{organization.fields.job}}")),
        trigger(then=mail("{{organization.fields.csm}} {{requester.fields.job}} {{ticket.fields.note}}")),
    ),
    (
        "placeholders.part",
        trigger(then=mail("{{ticket.fields.note.tag}}")),
        trigger(then=mail("{{ticket.fields.area.tag}} {{ ticket.fields.area | upcase }}")),
    ),
    (
        "placeholders.part",
        trigger(then=mail("{{ticket.fields.area .tag}}")),
        trigger(then=mail("{{- ticket.fields.area.tag | upcase -}}")),
    ),
    (
        "placeholders.part",
        trigger(then=mail("{{ticket.fields.note[0]}}")),
        trigger(then=mail("{{ ticket.fields.note -}}")),
    ),
    (
        "placeholders.part",
        trigger(then=mail("{{organization.fields.csm.title}}")),
        trigger(then=mail("{{organization.fields.csm}}")),
    ),
    (
        "placeholders.blank",
        trigger("{event: created}", mail("{{ticket.title}}")),
        trigger("{event: updated}", mail("{{ticket.title}}")),
    ),
    (
        "placeholders.blank",
        trigger("{event: created}, {field: current_user, is: customer}", mail("{{ticket.title}}")),
        trigger("{event: created}, {field: current_user, is_not: customer}", mail("{{ticket.title}}")),
    ),
    ("name.twice", "groups: {a: {name: X}, b: {name: x}}", "groups: {a: {name: X}, b: {name: y}}"),
    (
        "name.twice",
        "customer_fields: {}\nroles: {a: {name: X, like: agent}, b: {name: x, like: admin}}",
        "roles: {a: {name: X, like: agent}, b: {name: X2, like: admin}}",
    ),
    ("was.alive", "groups: {a: {name: X}, b: {name: Y, was: a}}", "groups: {b: {name: Y, was: a}}"),
    (
        "was.alive",
        "ticket_fields: {f: {name: F, type: dropdown, options: {a: A, b: {name: B, was: a}}}}",
        "ticket_fields: {f: {name: F, type: dropdown, options: {b: {name: B, was: a}}}}",
    ),
    (
        "was.twice",
        "groups: {a: {name: X, was: c}, b: {name: Y, was: c}}",
        "groups: {a: {name: X, was: c}, b: {name: Y, was: d}}",
    ),
    ("existing.name", "groups: {a: {existing: true}}", "groups: {a: {existing: true, name: Support}}"),
    ("existing.name", "people: {a: {existing: true, name: X}}", "people: {a: {existing: x@halden.example}}"),
    (
        "existing.vendor-default",
        "groups: {a: {existing: vendor_default, name: Support}}",
        "macros: {a: {existing: vendor_default, name: Take it!, active: false}}",
    ),
    (
        "existing.vendor-default",
        "integrations: {slack: {channels: {c: {name: c}}, alerts: {a: {existing: vendor_default, name: A}}}}",
        "triggers: {a: {existing: vendor_default, name: A, active: false}}",
    ),
    (
        "existing.never-written",
        "macros: {a: {existing: true, name: Take it!, active: false}}",
        "macros: {a: {existing: true, name: Take it!, was: b, why: Agents know it.}}",
    ),
    (
        "existing.never-written",
        "people: {a: {existing: true, name: A, email: a@b.c, zendesk: {alias: B}}}",
        "people: {a: {existing: true, name: A, email: a@b.c}}",
    ),
    (
        "existing.never-written",
        "integrations: {slack: {channels: {a: {existing: general, topic: Ours}}}}",
        "integrations: {slack: {channels: {a: {existing: general}}}}",
    ),
    (
        "people.email-twice",
        "roles: {r: {name: R, like: agent}}\npeople: {a: {name: A, email: a@b.c, role: r}, "
        "b: {name: B, email: A@B.c, role: r}}",
        "roles: {r: {name: R, like: agent}}\npeople: {a: {name: A, email: a@b.c, role: r}, "
        "b: {name: B, email: b@b.c, role: r}}",
    ),
    ("people.default-group", person("[g], default_group: h"), person("[g, h], default_group: h")),
    ("priorities.key", "priorities: {p1: {name: P1}}", "priorities: {urgent: {name: P1}}"),
    (
        "ticket_fields.reserved",
        "ticket_fields: {tags: {name: T, type: text}}",
        "ticket_fields: {tags_of_ours: {name: T, type: text}}",
    ),
    (
        "ticket_fields.reserved",
        "ticket_fields: {schedule: {name: T, type: text}}",
        "ticket_fields: {subject: {existing: Subject}}",
    ),
    (
        "options.tag-twice",
        "ticket_fields: {a: {name: A, type: dropdown, options: {x: X}}, b: {name: B, "
        "type: dropdown, options: {y: {name: Y, tag: a_x}}}}",
        "ticket_fields: {a: {name: A, type: dropdown, options: {x: X}}, b: {name: B, type: dropdown, options: {y: Y}}}",
    ),
    (
        "order.twice",
        "trigger_categories: {c: {name: C, order: ['...', '...']}}",
        "trigger_categories: {c: {name: C, order: ['...']}}",
    ),
    (
        "order.twice",
        VIEW.format("{field: status, is: new}") + "order: {views: [a, a]}\n",
        VIEW.format("{field: status, is: new}") + "order: {views: [a]}\n",
    ),
    (
        "channels.address-twice",
        "channels: {a: {type: email, name: A, address: Help@b.c}, b: {type: email, name: B, address: help@B.c}}",
        "channels: {a: {type: email, name: A, address: Help@b.c}, b: {type: email, name: B, address: us@b.c}}",
    ),
    (
        "channels.address-twice",
        "channels: {a: {type: email, name: A, address: help@b.c}, b: {type: email, existing: Help@b.c}}",
        "channels: {a: {type: email, name: A, address: help@b.c}, b: {type: email, existing: us@b.c}}",
    ),
    ("name.twice", alert("a"), alert("B")),
    ("reference.twice", person("[g, h, g]"), person("[g, h]")),
    (
        "reference.twice",
        "groups: {g: {name: G}}\nmacros: {a: {name: A, for: [groups/g, groups/g], then: [{add_tags: [x]}]}}",
        "groups: {g: {name: G}}\nmacros: {a: {name: A, for: [groups/g], then: [{add_tags: [x]}]}}",
    ),
    ("name.spaces", "groups: {a: {name: ' G'}}", "groups: {a: {name: 'G g'}}"),
    (
        "name.spaces",
        "ticket_fields: {f: {name: F, type: dropdown, options: {a: 'A ', b: B}}}",
        "ticket_fields: {f: {name: F, type: dropdown, options: {a: A, b: B}}}",
    ),
    ("slack_channels.too-long", slack_channel(topic="x" * 251), slack_channel(topic="x" * 250)),
    ("slack_channels.too-long", slack_channel(purpose="x" * 251), slack_channel(purpose="x" * 250)),
    ("schedules.holiday-far", schedule(FAR), schedule(NEXT_YEAR)),
    ("schedules.holiday-far", schedule(LONG_PAST), schedule(TODAY)),
    (
        "secrets.written-out",
        "webhooks: {a: {name: A, url: 'https://golive:s3cret@a.example/x'}}",
        "webhooks: {a: {name: A, url: 'https://a.example/x?to=golive@a.example'}}",
    ),
    (
        "secrets.written-out",
        "webhooks: {a: {name: A, url: 'https://hooks.slack.com/services/T000/B000/abcdefgh'}}",
        "webhooks: {a: {name: A, url: 'https://a.example/services/T000/B000/abcdefgh?q=1&key=7'}}",
    ),
    (
        "secrets.written-out",
        "webhooks: {a: {name: A, url: 'https://a.example/x?sig=abcdef0123456789'}}",
        "webhooks: {a: {name: A, url: 'https://a.example/x?sig=a&token={{ticket.id}}&kind=Donaudampfschifffahrt'}}",
    ),
    ("secrets.written-out", call("{key: {api_key: '0123456789abcdef'}}"), call("{key: {api_key: '{{ticket.id}}'}}")),
    ("secrets.written-out", call("{note: 'use xoxb-1234567890-abcdef'}"), call("{note: a xoxb- token, token: none}")),
    (
        "secrets.written-out",
        trigger(then=mail("Send  Bearer a1b2c3d4e5f6g7")),
        trigger(then=mail("Bearer authentication, Basic troubleshooting-guide, desk-support-handbook-2026")),
    ),
    ("secrets.place", call("{key: {inner: 'env:pager_token'}}"), call("{key: 'environment: env'}")),
    ("secrets.place", call("{key: 'Bearer env:pager_token'}"), call("{key: 'https://x/env:y'}")),
    ("placeholders.spelling", trigger(then=mail("{{ticket.titel}}")), trigger(then=mail("{{ticket.link_with_title}}"))),
    (
        "placeholders.spelling",
        trigger(then=mail("{{ ticket.organisation.name | upcase }}")),
        trigger(then=mail("{{ticket.ticket_field_12}} {{ticket.something_new}} {{ticket.organization.name}}")),
    ),
    (
        "channels.default-twice",
        "channels: {a: {type: email, name: A, address: a@b.c, default: true}, b: {type: email, "
        "name: B, address: b@b.c, default: true}}",
        "channels: {a: {type: email, name: A, address: a@b.c, default: true}, b: {type: email, "
        "name: B, address: b@b.c}}",
    ),
    ("texts.control", 'groups: {a: {name: "Billing\\e[2J"}}', "groups: {a: {name: Billing}}"),
    ("texts.hidden", 'groups: {a: {name: "Bil\\u200bling"}}', "groups: {a: {name: Billing 👩‍💻}}"),
    ("ticket_forms.default-twice", FORM.format(", area", "api", "true"), FORM.format(", area", "api", "false")),
    ("ticket_forms.field", FORM.format("", "api", "false"), FORM.format(", area", "api", "false")),
    ("conditions.value", FORM.format(", area", "app", "false"), FORM.format(", area", "api", "false")),
    ("crm.account-key", mapping("organization.job"), mapping("organization.csm", field="name")),
    ("mapping.owner", mapping(field="job"), mapping()),
    ("mapping.type", mapping(type_="date"), mapping(type_="dropdown, options: {a: A}")),
    (
        "mapping.twice",
        mapping(more=", {crm: csm, helpdesk: organization.csm}"),
        mapping(more=", {crm: csm, helpdesk: organization.name}"),
    ),
    ("reference.unknown", mapping(field="cms"), mapping(field="name")),
    (
        "reference.unknown",
        "ticket_fields: {a: {name: A, type: dropdown, options_from: segments}}",
        "segments: {smb: {name: SMB}}\nticket_fields: {a: {name: A, type: dropdown, options_from: segments}}",
    ),
    (
        "settings.organization-tags",
        policy("{field: organization.size, is: big}", tags="false"),
        policy("{field: organization.size, is: big}"),
    ),
    ("sla_policies.unreachable", policy(""), policy()),
    (
        "secrets.written-out",
        "webhooks: {a: {name: A, url: https://a.example, auth: {basic: {username: u, password: p}}}}",
        "webhooks: {a: {name: A, url: https://a.example, auth: {basic: {username: u, password: env:P}}}}",
    ),
    ("secrets.place", "groups: {a: {name: env:SECRET}}", "groups: {a: {name: environment}}"),
    (
        "secrets.place",
        "webhooks: {a: {name: A, url: https://a.example, auth: {api_key: {header: env:H, value: env:V}}}}",
        "webhooks: {a: {name: A, url: env:URL, auth: {api_key: {header: H, value: env:V}}}}",
    ),
    (
        "texts.default-locale",
        "company: {name: C}\ndynamic_content: {a: {name: A, text: {de: x}}}",
        "company: {name: C, default_locale: de}\ndynamic_content: {a: {name: A, text: {de: x}}}",
    ),
    (
        "texts.locale",
        "company: {name: C, locales: [de]}\ndynamic_content: {a: {name: A, text: {en-US: x, fr: y}}}",
        "company: {name: C, locales: [de]}\ndynamic_content: {a: {name: A, text: {en-US: x, de: y}}}",
    ),
    (
        "x-allow.unknown",
        "groups: {a: {name: A, x-allow: {name.twise: Two.}}}",
        "groups: {a: {name: A, x-allow: {name.twice: Two., zendesk.action: Known to a system.}}}",
    ),
    (
        "x-allow.reason",
        "groups: {a: {name: A, x-allow: {name.twice: ' '}}}",
        "groups: {a: {name: A, x-allow: {name.twice: Two.}}}",
    ),
    (
        "rollout.cohort",
        "channels: {a: {type: email, name: A, address: a@b.c}}\nrollout: {soft_launch: {entry: {a: link_only}}}",
        rollout(),
    ),
    ("rollout.cohort", "rollout: {why: Later}", rollout()),
    ("rollout.share", rollout("share: 9%"), rollout("share: 10%")),
    ("rollout.share", rollout("share: 21%"), rollout("share: 20%")),
    ("rollout.share", rollout("always: [a.example]"), rollout("segment: smb")),
    (
        "rollout.share",
        rollout("share: 50%"),
        rollout("share: 50%", allow="x-allow: {rollout.share: Half of our customers are one person each.}"),
    ),
    ("rollout.segment", rollout("segment: smb", options="options: {a: A}"), rollout("segment: smb")),
    ("reference.unknown", rollout("segment: smp"), rollout("segment: smb")),
    (
        "rollout.customer",
        rollout("share: 15%, always: [Bank of Somewhere]"),
        rollout("share: 15%, always: [bank.co.uk]"),
    ),
    ("rollout.customer", rollout("share: 15%, never: ['@bank.example']"), rollout("share: 15%, never: [bank.example]")),
    ("rollout.customer", rollout("share: 15%, never: [Bank.Example]"), rollout("share: 15%, never: [0017Q000012]")),
    (
        "rollout.twice",
        rollout("share: 15%, always: [a.example], never: [a.example]"),
        rollout("share: 15%, always: [a.example], never: [b.example]"),
    ),
    (
        "rollout.twice",
        rollout("share: 15%, always: [a.example, a.example]"),
        rollout("share: 15%, always: [a.example, A-17]"),
    ),
    ("rollout.twice", rollout("share: 15%, always: [halden.example]"), rollout("share: 15%, always: [h.example]")),
    ("reference.unknown", rollout(entry="suport: link_only"), rollout(entry="support: link_only")),
    ("rollout.way", rollout(entry="chat: mail_server_rule"), rollout(entry="chat: website_flag")),
    ("rollout.way", rollout(entry="support: website_flag"), rollout(entry="support: mail_server_rule")),
    ("rollout.way", rollout(entry="phone: website_flag"), rollout(entry="phone: link_only")),
]
