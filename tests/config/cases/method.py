"""Samples of the method's rules."""

from __future__ import annotations

from tests.config.cases.logic import SCHEDULES, two

LAUNCH = "rollout: {soft_launch: {cohort: {share: 15%, internal: [a.example]}}}\n"
TEXT = "ticket_fields: {f: {name: %s, type: text, help: {agents: %s}}}\n"
ROLES = "roles: {admin: {name: Admin, like: admin}, agent: {name: Agent, like: agent}}\n"
CELLS = "{{urgent: {urgent}, high: {high}, normal: {normal}, low: {low}}}"
ALERTS = "{at: 75%, to: [], how: none}"
ON_CALL = "on_call: {n: {name: N, people: [p0]}}\n"
ALERT = (
    "integrations: {slack: {channels: {c: {name: c}}, alerts: {a: {name: A, to: c, text: x, phase: soft_launch, "
    "when: [{field: %s}]}}}}\n"
)
SEGMENTS = """
segments: {big: {name: Big, arr: {from: 1000}}, small: {name: Small, arr: {below: 1000}}}
settings: {organization_tags: true}
customer_fields: {segment: {of: organization, name: S, type: dropdown, options_from: segments}}
"""


def macros_for(whom: str) -> str:
    """As many macros as a launch needs, for some groups."""
    lines = [f"  m{n}: {{name: M {n}, then: [{{add_tags: [x{n}]}}], for: [{whom}]}}\n" for n in range(10)]
    return "macros:\n" + "".join(lines)


def people(many: int, groups: str = "g") -> str:
    """A team: one admin, and agents."""
    lines = [
        f"  p{number}: {{name: P {number}, email: p{number}@b.c, role: {role}, groups: [{groups}]}}\n"
        for number, role in enumerate(["admin", *["agent"] * (many - 1)])
    ]
    return ROLES + "people:\n" + "".join(lines)


def groups(*keys: str) -> str:
    return "groups: {" + ", ".join(f"{key}: {{name: {key.upper()}}}" for key in keys) + "}\n"


def policies(*said: str) -> str:
    return "sla_policies:\n" + "".join(
        f"  p{number}: {{name: P {number}, {each}}}\n" for number, each in enumerate(said)
    )


def policy(
    reply: str = "1h 2h 4h 8h", solution: str = "", when: str = "", hours: str = "business", more: str = ""
) -> str:
    """One policy: times for urgent, high, normal, low."""
    metrics = [("first_reply", reply), *([("total_resolution", solution)] if solution else [])]
    targets = ", ".join(
        f"{metric}: " + CELLS.format(**dict(zip(("urgent", "high", "normal", "low"), cells.split(), strict=True)))
        for metric, cells in metrics
    )
    return f"when: [{when}], targets: {{{targets}}}, hours: {hours}{more}"


def told(reply: str = "1h 2h 4h 8h", hours: str = "business", warn: str = ALERTS) -> str:
    """A policy of which somebody is told, with news in between."""
    news = ", targets: {periodic_update: {urgent: 1h, high: none, normal: none, low: none}, "
    slack = "breach: {to: [people/p0]}"
    return policy(reply, hours=hours, more=f", warn: {warn}, {slack}").replace(", targets: {", news, 1)


def whole(policy_: str, more: str = "", many: int = 3) -> str:
    """A client that goes live, with a team and one policy."""
    return LAUNCH + people(many) + groups("g") + policies(policy_) + more


def rules(many: int, phase: str = "phase: soft_launch") -> str:
    lines = [
        f"  t{number}: {{name: T {number}, category: c, {phase}, "
        f"when: [{{event: created}}, {{field: tags, has: x{number}}}], then: [{{add_tags: [x{number + 1}]}}]}}\n"
        for number in range(many)
    ]
    return LAUNCH + "trigger_categories: {c: {name: C}}\ntriggers:\n" + "".join(lines)


def macros(many: int, text: str = "Hello") -> str:
    lines = [
        f"  m{number}: {{name: M {number}, then: [{{reply: public, text: '{text} {number}'}}]}}\n"
        for number in range(many)
    ]
    return "macros:\n" + "".join(lines)


def macro(text: str) -> str:
    return f'macros: {{m: {{name: M, then: [{{reply: public, text: "{text}"}}]}}}}\n'


def chat(more: str) -> str:
    return f"{SCHEDULES}channels: {{c: {{type: messaging, by_hand: true{more}}}}}\n"


def articles(many: int, customers: str = "see") -> str:
    lines = [
        f"    a{number}: {{name: A {number}, section: s, body: x, customers: {{can: {customers}}}}}\n"
        for number in range(many)
    ]
    return (
        "help_center:\n  categories: {c: {name: C}}\n  sections: {s: {name: S, category: c}}\n  articles:\n"
        + "".join(lines)
    )


def closing(when: str, more: str = "", to: str = "solved") -> str:
    return f"automations:\n  close: {{name: Close, when: [{when}], then: [{{set: status, to: {to}}}]}}\n{more}"


MAIL = "channels: {m: {type: email, name: M, address: %s}}\ncompany: {name: C, domain: b.c}\n"
PENDING = "{field: status, is: pending}, {hours_since: pending, more_than: 168h}"
REMIND = (
    "  remind: {name: R, when: [{field: status, is: pending}, {hours_since: pending, more_than: 72h}, "
    "{field: tags, has_none: [told]}], then: [{email: requester, subject: s, body: b}, {add_tags: [told]}]}\n"
)
ESCALATE = (
    "groups: {g: {name: G}}\nautomations: {e: {name: E, when: [{field: group, empty: true}, "
    "{hours_since: created, more_than: %s}], then: [{set: group, to: g}]}}\n"
)
REQUIRED = "ticket_fields:\n%s"
ASK = (
    "surveys: {s: {name: S, by_hand: true}}\nautomations:\n"
    "  one: {name: One, when: [{field: status, is: solved}, {hours_since: solved, is: 24h}], "
    "then: [{send_survey: s}]}\n"
    "trigger_categories: {c: {name: C}}\ntriggers:\n"
    "  two: {name: Two, category: c, when: [{field: status, changed_to: %s}], then: [{send_survey: s}]}\n"
)
MAPPED = (
    "customer_fields: {csm: {of: organization, name: CSM, type: text}}\n"
    "integrations: {crm: {fields: {n: {object: Account, name: N, type: text}}, "
    "mapping: {written_by: native_package, by_hand: true, rows: [{crm: n, helpdesk: organization.%s}]}}}\n"
)
FIVE = (
    "a: {type: email, name: A, address: a@b.c%s}, b: {type: voice, by_hand: true}, c: {type: social, by_hand: true}, "
)
FIVE += "d: {type: api, by_hand: true}, e: {type: messaging, by_hand: true, existing: E}"


def required(many: int) -> str:
    line = "  f{0}: {{name: F {0}, type: text, customers: {{can: edit, required: true}}}}\n"
    return REQUIRED % "".join(line.format(number) for number in range(many))


def segments(low: str, high: str) -> str:
    return f"segments: {{a: {{name: A, arr: {{below: {low}}}}}, b: {{name: B, arr: {{from: {high}}}}}}}"


NIGHT = (
    "  night: {name: N, category: c, phase: soft_launch, when: [{event: created}, {outside_hours: s}], "
    "then: [{email: requester, subject: s, body: b}], replaces: Notify requester and CCs of received request}\n"
    "  proactive: {existing: vendor_default, name: Notify requester of new proactive ticket, active: false}\n"
)
ROUTES = (("{field: type, is: task}", "{set: group, to: one}"), ("{field: type, is: problem}", "{set: group, to: two}"))


def alone(*routes: tuple[str, str], night: str = NIGHT) -> str:
    """A team of one, with rules that are awake from the soft launch on."""
    text = two(*routes).replace("category: c,", "category: c, phase: soft_launch,")
    return LAUNCH + SCHEDULES + people(1, "one, two") + text + night


CASES: list[tuple[str, str, str]] = [
    ("GL-R01", alone(*ROUTES), alone(ROUTES[0])),
    ("GL-R02", groups("tier_1", "tier_4"), groups("tier_1", "tier_3")),
    (
        "GL-R02",
        "ticket_fields: {support_tier: {name: T, type: dropdown, options: {a: A, b: B, c: C, d: D}}}",
        "ticket_fields: {support_tier: {name: T, type: dropdown, options: {a: A, b: B, c: C}}}",
    ),
    ("GL-R03", LAUNCH + people(6) + groups("g"), LAUNCH + people(5) + groups("g")),
    (
        "GL-R03",
        LAUNCH + people(21, "g, h") + groups("g", "h"),
        (LAUNCH + people(21, "g, h") + groups("g", "h")).replace("name: Agent", "name: Shift lead"),
    ),
    (
        "GL-R07",
        "roles: {r: {name: R, like: agent, rights: {delete_tickets: true}}}",
        "roles: {r: {name: R, like: agent, rights: {delete_tickets: false}}}",
    ),
    (
        "GL-R06",
        LAUNCH + groups("tier_1", "tier_2") + macros_for("groups/tier_2"),
        LAUNCH + groups("tier_1", "tier_2") + macros_for("groups/tier_2, groups/tier_1"),
    ),
    (
        "GL-C08",
        LAUNCH + "channels: {m: {type: email, name: M, address: a@b.c, forwards_from: help@b.c}}",
        LAUNCH + "channels: {m: {type: email, name: M, address: a@b.c, forwards_from: help@b.c, phase: rollout}}",
    ),
    ("GL-C03", f"channels: {{{FIVE % ''}}}", f"channels: {{{FIVE % ', phase: rollout'}}}"),
    ("GL-C05", chat(""), chat(", hours: s, when_closed: Later")),
    ("GL-C05", chat(", hours: s"), chat(", hours: s, when_closed: Later")),
    (
        "GL-C05",
        chat(", hours: s"),
        chat(", hours: s").replace("[]", '["00:00-24:00"]'),
    ),
    ("GL-C07", MAIL % "info@b.c", MAIL % "support@b.c"),
    ("GL-C07", MAIL % "office@b.c", MAIL % "office@other.c"),
    (
        "GL-C09",
        LAUNCH + articles(20),
        LAUNCH + articles(20) + "channels: {m: {type: email, name: M, address: help@b.c}}",
    ),
    ("GL-C10", alone(night=""), alone()),
    ("GL-F02", LAUNCH + "ticket_fields: {f: {name: F, type: text}}", LAUNCH + TEXT % ("F", "x")),
    (
        "GL-F02",
        LAUNCH + "ticket_fields: {f: {name: F, type: text}}",
        LAUNCH + "ticket_fields: {f: {name: F, type: text, why: x}}",
    ),
    ("GL-F04", required(6), required(5)),
    (
        "GL-F04",
        required(6) + "ticket_forms: {a: {name: A, default: true, fields: [f0, f1, f2, f3, f4, f5]}}",
        required(6) + "ticket_forms: {a: {name: A, default: true, fields: [f0, f1, f2, f3, f4]}, "
        "b: {name: B, fields: [f5]}}",
    ),
    (
        "GL-F06",
        LAUNCH
        + "priorities: {urgent: {name: A, why: x}, high: {name: B}, normal: {name: C, why: x}, low: {name: D, why: x}}",
        LAUNCH + "priorities: {urgent: {name: A, why: x}, high: {name: B, why: x}, normal: {name: C, why: x}, "
        "low: {name: D, why: x}}",
    ),
    (
        "GL-F06",
        LAUNCH + "priorities: {urgent: {name: A, why: x}, high: {name: B, why: x}, normal: {name: C, why: x}}",
        "priorities: {urgent: {name: A}}",
    ),
    ("GL-S11", segments("1000", "900"), segments("1000", "1000")),
    ("GL-S11", segments("1000", "1200"), segments("1000", "1000")),
    (
        "GL-S03",
        SEGMENTS + policies(policy()),
        SEGMENTS + policies(policy("30m 1h 2h 4h", when="{field: organization.segment, is: big}"), policy()),
    ),
    ("GL-S05", policies(policy("4h 2h 4h 8h")), policies(policy("2h 2h 4h 8h"))),
    (  # business hours are never shorter, so these two cannot be compared
        "GL-S05",
        policies(policy("4h 2h 4h 8h", hours="{urgent: business, others: calendar}")),
        policies(policy("4h 2h 4h 8h", hours="{urgent: calendar, others: business}")),
    ),
    ("GL-S05", policies(policy("4h 4h 4h 4h", "2h 8h 8h 8h")), policies(policy("4h 4h 4h 4h", "4h 8h 8h 8h"))),
    (
        "GL-S05",
        SEGMENTS
        + policies(
            policy("4h 4h 4h 4h", when="{field: organization.segment, is: big}"),
            policy("2h 4h 4h 4h", when="{field: organization.segment, is: small}"),
        ),
        SEGMENTS
        + policies(
            policy("4h 4h 4h 4h", when="{field: organization.segment, is: big}"),
            policy("2h 4h 4h 4h", when="{field: organization.segment, is: small}, {field: via, is: messaging}"),
        ),
    ),
    (
        "GL-S04",
        SEGMENTS + whole(told().replace("when: []", "when: [{field: organization.segment, is: big}]"), many=2),
        SEGMENTS + whole(told().replace("when: []", "when: [{field: organization.segment, is: big}]"), many=3),
    ),
    ("GL-S07", whole(told(hours="calendar")), whole(told(hours="calendar"), ON_CALL)),
    ("GL-S07", whole(told(hours="calendar")), whole(told(hours="business"))),
    ("GL-S09", whole(told(warn="{at: 50%, to: [], how: none}")), whole(told())),
    ("GL-S10", whole(told("1h 2h none 8h")), whole(told("1h 2h 4h 8h"))),
    (
        "GL-S12",
        whole(policy(more=f", warn: {ALERTS}, breach: {{to: [people/p0]}}")),
        whole(told()),
    ),
    (
        "GL-N01",
        whole(told(), ALERT % "status, changed_to: open"),
        whole(told(), ALERT % "priority, changed_to: urgent"),
    ),
    ("GL-N01", whole(told(), ALERT % "priority, at_most: high"), whole(told(), ALERT % "priority, at_least: high")),
    (
        "GL-T02",
        ESCALATE % "10h" + policies(policy(hours="calendar")),
        ESCALATE % "2h" + policies(policy(hours="calendar")),
    ),
    (
        "GL-T02",
        ESCALATE % "10h" + policies(policy(hours="calendar")),
        ESCALATE % "10h" + policies(policy(hours="business")),
    ),
    (
        "GL-U06",
        closing(
            "{field: status, before: solved}, {hours_since: updated, more_than: 168h}, {field: tags, has: told}", REMIND
        ),
        closing(f"{PENDING}, {{field: tags, has: told}}", REMIND),
    ),
    (
        "GL-U06",
        closing("{hours_since: updated, more_than: 96h}, {field: status, before: closed}", to="closed"),
        closing("{hours_since: solved, more_than: 96h}, {field: status, is: solved}", to="closed"),
    ),
    ("GL-U06", closing(PENDING), closing(f"{PENDING}, {{field: tags, has: told}}", REMIND)),
    ("GL-U07", ASK % "closed", ASK % "solved"),
    ("GL-U01", rules(3), rules(4)),
    ("GL-U02", rules(10), rules(9)),
    ("GL-U02", rules(10), rules(10, "not_before: day_30")),
    (
        "GL-U04",
        rules(5).replace("T 2, category: c, phase: soft_launch", "T 2, category: c"),
        rules(5),
    ),
    ("GL-M01", LAUNCH + macros(9), LAUNCH + macros(10)),
    ("GL-M01", LAUNCH + macros(16), LAUNCH + macros(15)),
    ("GL-M03", macro("We guarantee that this is solved today."), macro("We cannot guarantee it.")),
    ("GL-M03", macro("Our engineers have forgotten it."), macro("Our engineers have the bug now.")),
    ("GL-M03", macro("That is not our fault."), macro("That is a fault of ours.")),
    ("GL-M03", macro("You should have read the page."), macro("You find it on the page.")),
    ("GL-X02", LAUNCH + MAPPED % "name", LAUNCH + MAPPED % "csm"),
    ("GL-Z06", macro("Please send us the card number."), macro("Please never send us a card number.")),
    ("GL-Z06", macro("Please confirm your CVV."), macro("Please confirm your address. Card numbers stay with you.")),
    ("GL-Z06", TEXT % ("Card number", "x"), TEXT % ("Last digits of the card number", "x")),
    (
        "GL-Z06",
        "ticket_fields: {f: {name: F, type: pattern, pattern: '^[0-9]+$', "
        "samples: {good: ['4111111111111111'], bad: [x]}}}",
        "ticket_fields: {f: {name: F, type: pattern, pattern: '^[0-9]+$', "
        "samples: {good: ['4111111111111112'], bad: [x]}}}",
    ),
    (
        "GL-K01",
        LAUNCH + "channels: {m: {type: email, name: M, address: help@b.c}}\n" + articles(19),
        LAUNCH + "channels: {m: {type: email, name: M, address: help@b.c}}\n" + articles(20),
    ),
]
