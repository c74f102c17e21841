"""Samples of rules about what rules do together, and what nothing uses."""

from __future__ import annotations

from tests.config.cases.forms import trigger

BASE = """
groups: {one: {name: One}, two: {name: Two}}
trigger_categories: {c: {name: C}}
ticket_fields:
  area: {name: Area, type: dropdown, options: {api: API, cards: Cards, web: Web}, help: {agents: x}}
triggers:
"""
ANYBODY = "roles: {r: {name: R, like: agent}}\npeople: {p: {name: P, email: p@b.c, role: r, groups: [g]%s}}\n"
OFF = "  off: {existing: vendor_default, name: Notify requester and CCs of received request, active: false}\n"


def two(*rules: tuple[str, str]) -> str:
    """Triggers in their order: (what they ask, what they do)."""
    lines = [
        f"  t{number}: {{name: T {number}, category: c, when: [{when}], then: [{then}]}}\n"
        for number, (when, then) in enumerate(rules)
    ]
    return BASE + "".join(lines)


def automation(when: str, then: str, more: str = "") -> str:
    return f"automations:\n  a: {{name: A, when: [{when}], then: [{then}]{more}}}\n"


def pending(more: str, then: str = "{add_tags: [x]}") -> str:
    return automation("{field: status, is: pending}, {hours_since: pending, more_than: 24h}" + more, then)


def mails(*rules: tuple[str, str], off: str = "") -> str:
    """Triggers that mail the customer: (what they ask, more of them)."""
    lines = [
        f"  m{number}: {{name: M {number}, category: c, when: [{when}], "
        f"then: [{{email: requester, subject: s, body: b}}]{more}}}\n"
        for number, (when, more) in enumerate(rules)
    ]
    return BASE + "".join(lines) + off


def view(when: str) -> str:
    return f"views: {{v: {{name: V, when: [{when}], columns: [subject]}}}}\n"


def seen(kind: str, groups: str, more: str = "") -> str:
    what = "when: [{field: status, is: new}], columns: [subject]" if kind == "views" else "then: [{add_tags: [x]}]"
    return (
        ANYBODY % more
        + f"groups: {{g: {{name: G}}, h: {{name: H}}}}\n{kind}: {{a: {{name: A, for: {groups}, {what}}}}}\n"
    )


CREATED = "{event: created}"
CLOSE = "{set: status, to: closed}"
NOT_EMPTY = "{field: area, is: api}"
REPLACES = ", replaces: Notify requester and CCs of received request"
FROM_CUSTOMERS = "{event: created}, {field: current_user, is: customer}"
FORM = "ticket_forms: {f: {name: F, default: true, fields: [subject%s]}}\n"
AREA = "ticket_fields: {area: {name: Area, type: dropdown, options: {api: API}}}\n"
SLACK = "integrations: {slack: {channels: {c: {name: c}, d: {name: d}}, alerts: {a: {name: A, to: %s, text: x, "
SLACK += "when: [{field: status, changed_to: open}]}, b: {name: B, to: c, text: x, "
SLACK += "when: [{field: status, changed_to: new}]}}}}\n"
HOUR = "mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []"
SCHEDULES = f"schedules: {{s: {{name: S, time_zone: Europe/Dublin, hours: {{{HOUR}}}}}, "
SCHEDULES += f"t: {{name: T, time_zone: Europe/Dublin, hours: {{{HOUR}}}}}}}\n"

CASES: list[tuple[str, str, str]] = [
    # --------------------------------------------------------------- contradictions
    (
        "LG001",
        trigger("{field: status, is: open}, {field: status, is: new}"),
        trigger("{field: status, is: open}, {field: status, is_not: new}"),
    ),
    (
        "LG001",
        trigger("{field: status, before: pending}, {field: status, at_least: on_hold}"),
        trigger("{field: status, before: solved}, {field: status, at_least: on_hold}"),
    ),
    (
        "LG001",
        trigger("{field: tags, has: x}, {field: tags, has_none: [y, x]}"),
        trigger("{field: tags, has: x}, {field: tags, has_none: [y]}"),
    ),
    (
        "LG001",
        trigger("{field: tags, has_any: [x, z]}, {field: tags, has_none: [z, x]}"),
        trigger("{field: tags, has_any: [x, z]}, {field: tags, has_none: [z]}"),
    ),
    ("LG001", trigger("{event: created}, {event: updated}"), trigger("{event: created}")),
    (
        "LG001",
        trigger("{field: area, is: api}, {field: area, empty: true}"),
        trigger("{field: area, is: api}, {field: area, empty: false}"),
    ),
    (
        "LG001",
        trigger("{field: reopens, more_than: 3}, {field: reopens, less_than: 2}"),
        trigger("{field: reopens, more_than: 1}, {field: reopens, less_than: 5}"),
    ),
    (
        "LG001",
        trigger("{field: subject, contains: invoice 7}, {field: subject, contains_not: invoice}"),
        trigger("{field: subject, contains: invoice}, {field: subject, contains_not: invoice 7}"),
    ),
    (
        "LG001",
        trigger("{field: area, is_none_of: [api, cards]}, {field: area, empty: false}"),
        trigger("{field: area, is_none_of: [api, cards]}"),
    ),
    (
        "LG001",
        trigger("{field: status, changed_from: solved}, {field: status, is: solved}"),
        trigger("{field: status, changed_from: solved}, {field: status, changed_to: open}"),
    ),
    (
        "LG001",
        trigger("{field: area, is: api}", when_any="{field: area, is: cards}, {field: area, empty: true}"),
        trigger("{field: area, empty: false}", when_any="{field: area, is: cards}, {field: area, is: api}"),
    ),
    (
        "LG001",
        SCHEDULES + trigger("{in_hours: s}, {outside_hours: s}"),
        SCHEDULES + trigger("{in_hours: s}, {outside_hours: t}"),
    ),
    (
        "LG001",
        automation("{hours_since: solved, more_than: 96h}, {field: status, before: solved}", CLOSE),
        automation("{hours_since: solved, more_than: 96h}, {field: status, is: solved}", CLOSE),
    ),
    (
        "LG001",
        view("{hours_since: pending, more_than: 96h}, {field: status, is_not: pending}"),
        view("{hours_since: created, more_than: 96h}, {field: status, is_not: pending}"),
    ),
    (
        "LG002",
        trigger("{field: area, is_none_of: [api, cards]}, {field: area, is_none_of: [cards, api]}"),
        trigger("{field: area, is_none_of: [api, cards]}, {field: area, is_none_of: [cards]}"),
    ),
    (
        "LG003",
        trigger("{field: status, is: open}", when_any="{field: status, is: new}, {field: type, is: task}"),
        trigger("{field: status, before: solved}", when_any="{field: status, is: new}, {field: type, is: task}"),
    ),
    (
        "LG004",
        trigger("{field: status, is: open}", when_any="{field: status, before: solved}, {field: type, is: task}"),
        trigger("{field: status, before: solved}", when_any="{field: status, is: open}, {field: type, is: task}"),
    ),
    (
        "LG005",
        automation("{field: status, is: closed}, {hours_since: closed, is: 24h}", "{add_tags: [x]}"),
        automation("{field: status, is: solved}, {hours_since: solved, is: 24h}", "{add_tags: [x]}"),
    ),
    # --------------------------------------------------------------- one after the other
    (
        "LG010",
        two(
            (f"{CREATED}, {{field: group, empty: true}}", "{set: group, to: one}"),
            (f"{CREATED}, {{field: group, empty: true}}, {NOT_EMPTY}", "{set: group, to: two}"),
        ),
        two(
            (f"{CREATED}, {{field: group, empty: true}}, {NOT_EMPTY}", "{set: group, to: two}"),
            (f"{CREATED}, {{field: group, empty: true}}", "{set: group, to: one}"),
        ),
    ),
    (
        "LG010",
        two(
            ("{field: tags, has: x}", "{remove_tags: [x]}"),
            ("{field: tags, has: x}, {field: priority, is: high}", "{add_tags: [y]}"),
        ),
        two(
            ("{field: tags, has: x}, {field: priority, is: low}", "{remove_tags: [x]}"),
            ("{field: tags, has: x}, {field: priority, is: high}", "{add_tags: [y]}"),
        ),
    ),
    (  # a rule between the two gives the condition back
        "LG010",
        two(
            (f"{CREATED}, {{field: priority, empty: true}}", "{set: priority, to: low}"),
            ("{field: type, is: task}", "{add_tags: [z]}"),
            (f"{CREATED}, {{field: priority, empty: true}}", "{add_tags: [y]}"),
        ),
        two(
            (f"{CREATED}, {{field: priority, empty: true}}", "{set: priority, to: low}"),
            ("{field: type, is: task}", "{set: priority, to: null}"),
            (f"{CREATED}, {{field: priority, empty: true}}", "{add_tags: [y]}"),
        ),
    ),
    (
        "LG011",
        two((CREATED, "{set: group, to: one}"), (f"{CREATED}, {NOT_EMPTY}", "{set: group, to: one}")),
        two((CREATED, "{set: group, to: one}"), (f"{CREATED}, {NOT_EMPTY}", "{set: group, to: two}")),
    ),
    (
        "LG011",
        two((CREATED, "{add_tags: [x, y]}"), (f"{CREATED}, {NOT_EMPTY}", "{add_tags: [x]}")),
        two((f"{CREATED}, {NOT_EMPTY}", "{add_tags: [x, y]}"), (CREATED, "{add_tags: [x]}")),
    ),
    (
        "LG012",
        two((f"{CREATED}, {NOT_EMPTY}", "{set: group, to: two}"), (CREATED, "{set: group, to: one}")),
        two(
            (f"{CREATED}, {NOT_EMPTY}", "{set: group, to: two}"),
            (f"{CREATED}, {{field: group, empty: true}}", "{set: group, to: one}"),
        ),
    ),
    (  # what stands between the two sees the first one's value
        "LG012",
        two(
            (f"{CREATED}, {NOT_EMPTY}", "{set: group, to: two}"),
            (CREATED, "{add_tags: [x]}"),
            (CREATED, "{set: group, to: one}"),
        ),
        two(
            (f"{CREATED}, {NOT_EMPTY}", "{set: group, to: two}"),
            ("{field: group, is: two}", "{add_tags: [x]}"),
            (CREATED, "{set: group, to: one}"),
        ),
    ),
    (
        "LG013",
        two(
            ("{field: area, is: api}, {field: type, is: task}", "{set: area, to: web}"),
            ("{field: area, is: web}, {field: type, is: task}", "{set: area, to: api}"),
        ),
        two(
            ("{field: area, is: api}, {field: type, is: task}", "{set: area, to: web}"),
            ("{field: area, is: web}, {field: type, is: problem}", "{set: area, to: api}"),
        ),
    ),
    (
        "LG013",
        two(
            ("{event: updated}, {field: tags, has_none: [x]}", "{add_tags: [x]}"),
            ("{event: updated}, {field: tags, has: x}", "{remove_tags: [x]}"),
        ),
        two(
            ("{event: created}, {field: tags, has_none: [x]}", "{add_tags: [x]}"),
            ("{event: updated}, {field: tags, has: x}", "{remove_tags: [x]}"),
        ),
    ),
    (
        "LG013",
        two(
            ("{field: status, is: open}, {field: area, is: api}", "{set: group, to: one}, {set: status, to: pending}"),
            ("{field: status, changed_to: pending}", "{set: status, to: open}"),
        ),
        two(
            ("{field: status, is: open}, {field: area, is: api}", "{set: group, to: one}, {set: status, to: on_hold}"),
            ("{field: status, changed_to: pending}", "{set: status, to: open}"),
        ),
    ),
    (
        "LG013",
        two(
            ("{field: status, is: pending}", "{set: status, to: open}"),
            (
                "{field: status, before: pending}, {field: area, is: api}, {event: updated}",
                "{set: status, to: pending}",
            ),
        ),
        two(
            ("{field: status, is: pending}", "{set: status, to: open}"),
            (
                "{field: status, before: pending}, {field: area, is: api}, {event: created}",
                "{set: status, to: pending}",
            ),
        ),
    ),
    (
        "LG013",
        two(
            ("{field: group, is: one}, {field: area, is: api}", "{set: group, to: two}"),
            ("{field: group, is_not: one}, {field: area, empty: false}", "{set: group, to: one}"),
        ),
        two(
            ("{field: group, is: one}, {field: area, is: api}", "{set: group, to: two}"),
            ("{field: group, is_not: one}, {field: area, is: web}", "{set: group, to: one}"),
        ),
    ),
    (
        "LG013",
        two(
            ("{field: group, is: one}, {field: type, is: task}", "{set: group, to: two}"),
            ("{field: group, is: two}, {field: area, is: api}, {field: type, is: task}", "{set: group, to: one}"),
        ),
        two(
            ("{field: group, is: one}, {field: type, is: task}", "{set: group, to: two}"),
            (
                "{field: group, is: two}, {field: area, is: api}, {field: type, is: task}",
                "{set: group, to: one}, {set: area, to: web}",
            ),
        ),
    ),
    (
        "LG014",
        two(
            ("{field: area, is: api}", "{set: area, to: web}"),
            ("{field: area, is: web}", "{set: area, to: cards}"),
            ("{field: area, is: cards}", "{set: area, to: api}"),
        ),
        two(
            ("{field: area, is: api}", "{set: area, to: web}"),
            ("{field: area, is: web}", "{set: area, to: cards}"),
            ("{field: area, is: cards}", "{set: type, to: task}"),
        ),
    ),
    # --------------------------------------------------------------- automations
    ("LG020", pending(""), pending(", {field: tags, has_none: [x]}")),
    ("LG020", pending("", "{set: priority, to: low}"), pending("", "{set: status, to: open}")),
    (
        "LG020",
        pending(", {field: priority, is: low}"),
        pending(", {field: priority, is: low}", "{set: priority, to: high}"),
    ),
    (
        "LG020",
        automation("{field: status, is: solved}, {hours_since: solved, more_than: 4h}", "{add_tags: [x]}"),
        automation("{field: status, is: solved}, {hours_since: solved, is: 4h}", "{add_tags: [x]}"),
    ),
    (
        "LG020",
        pending("", "{email: requester, subject: s, body: b}"),
        pending(", {field: tags, has_none: [told]}", "{email: requester, subject: s, body: b}, {add_tags: [told]}"),
    ),
    # --------------------------------------------------------------- who sees it
    ("LG030", seen("views", "[groups/h]"), seen("views", "[groups/g, groups/h]")),
    ("LG031", seen("macros", "[groups/h]"), seen("macros", "[groups/g]")),
    ("LG031", seen("macros", "[groups/h]"), seen("macros", "[people/p]")),
    (
        "LG032",
        ANYBODY % "" + "groups: {g: {name: G}, h: {name: H}}\n" + trigger(then="{set: group, to: h}"),
        ANYBODY % "" + "groups: {g: {name: G}, h: {name: H}}\n" + trigger(then="{set: group, to: g}"),
    ),
    (
        "LG032",
        ANYBODY % ""
        + "groups: {g: {name: G}, h: {name: H}}\n"
        + trigger(then="{email: groups/h, subject: s, body: b}"),
        ANYBODY % "" + "groups: {g: {name: G}, h: {existing: H}}\n" + trigger(then="{set: group, to: h}"),
    ),
    ("LG033", ANYBODY % "" + "groups: {g: {name: G}, h: {name: H}}", ANYBODY % "" + "groups: {g: {name: G}}"),
    (
        "LG034",
        ANYBODY % "}, q: {name: Q, email: q@b.c, role: r, invite: now" + "groups: {g: {name: G}}",
        ANYBODY % "}, q: {name: Q, email: q@b.c, role: r, groups: [g]" + "groups: {g: {name: G}}",
    ),
    (
        "LG035",
        "roles: {r: {name: R, like: agent}, s: {name: S, like: agent}}\npeople: {p: {name: P, email: p@b.c, role: r, "
        "groups: [g]}}\ngroups: {g: {name: G}}",
        ANYBODY % "" + "groups: {g: {name: G}}",
    ),
    # --------------------------------------------------------------- unused
    ("LG040", FORM % "" + AREA, FORM % ", area" + AREA),
    ("LG040", FORM % "" + AREA, AREA),
    (
        "LG041",
        "trigger_categories: {c: {name: C}, d: {name: D}}\ntriggers: {t: {name: T, category: c, "
        "when: [{event: created}], then: [{add_tags: [x]}]}}",
        "trigger_categories: {c: {name: C}}\ntriggers: {t: {name: T, category: c, "
        "when: [{event: created}], then: [{add_tags: [x]}]}}",
    ),
    (
        "LG042",
        "webhooks: {w: {name: W, url: https://w.example}}\n" + trigger(),
        "webhooks: {w: {name: W, url: https://w.example}}\n" + trigger(then="{call: webhooks/w, body: {a: b}}"),
    ),
    ("LG043", SLACK % "c", SLACK % "d"),
    (
        "LG044",
        "dynamic_content: {d: {name: D, text: {en-US: x}}}\n" + trigger(),
        "dynamic_content: {d: {name: D, text: {en-US: x}}}\n"
        + trigger(then="{email: requester, subject: s, body: '{{dc:d}}'}"),
    ),
    (
        "LG045",
        trigger("{field: tags, has: vip}"),
        trigger("{field: tags, has: vip}") + "tags: {vip: {name: Very}, x: {name: X}}\n",
    ),
    ("LG045", trigger("{field: tags, has: vip}"), trigger("{field: tags, has: x}")),
    ("LG045", trigger("{field: tags, has: vip}"), trigger("{field: tags, has_none: [vip]}")),
    ("LG046", SCHEDULES + trigger(), SCHEDULES + trigger("{in_hours: t}")),
    (
        "LG047",
        "macros: {a: {name: A, then: [{add_tags: [x]}]}, b: {name: B, then: [{add_tags: [x]}]}}",
        "macros: {a: {name: A, then: [{add_tags: [x]}]}, b: {name: B, then: [{add_tags: [y]}]}}",
    ),
    (
        "LG048",
        "views: {a: {name: A, when: [{field: status, is: new}], columns: [subject]}, "
        "b: {name: B, when: [{field: status, is: new}], columns: [created]}}",
        "views: {a: {name: A, when: [{field: status, is: new}], columns: [subject]}, "
        "b: {name: B, when: [{field: status, is: open}], columns: [subject]}}",
    ),
    # --------------------------------------------------------------- two mails
    (
        "LG050",
        mails((FROM_CUSTOMERS, REPLACES), (FROM_CUSTOMERS + ", {field: type, is: task}", "")),
        mails(
            (FROM_CUSTOMERS + ", {field: type, is: question}", REPLACES),
            (FROM_CUSTOMERS + ", {field: type, is: task}", ""),
        ),
    ),
    (
        "LG050",
        mails(
            ("{field: status, changed_to: solved}", ""),
            ("{field: status, changed_to: solved}, {field: type, is: task}", ""),
        ),
        mails(("{field: status, changed_to: solved}", ""), ("{field: status, changed_to: pending}", "")),
    ),
    (
        "LG050",
        mails((FROM_CUSTOMERS, REPLACES), (FROM_CUSTOMERS, "")),
        mails(
            (FROM_CUSTOMERS, REPLACES + ", phase: {from: build, until: rollout}"), (FROM_CUSTOMERS, ", phase: rollout")
        ),
    ),
    ("LG051", mails((FROM_CUSTOMERS, "")), mails((FROM_CUSTOMERS, REPLACES))),
    ("LG051", mails((FROM_CUSTOMERS, "")), mails((FROM_CUSTOMERS, ""), off=OFF)),
    ("LG051", mails((FROM_CUSTOMERS, "")), mails((FROM_CUSTOMERS + ", {field: status, is: solved}", ""))),
    (
        "LG051",
        mails(("{event: updated}, {field: privacy, is: public}", "")),
        mails(("{event: updated}, {field: type, changed_to: task}", "")),
    ),
    ("LG051", mails(("{event: created}, {field: current_user, is: agent}", "")), mails((FROM_CUSTOMERS, REPLACES))),
]
