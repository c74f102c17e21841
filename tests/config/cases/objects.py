"""Samples of rules about objects and what they name."""

from __future__ import annotations

from tests.config.cases.forms import (
    FAR,
    FORM,
    LONG_PAST,
    NEXT_YEAR,
    TODAY,
    VIEW,
    alert,
    mail,
    mapping,
    person,
    policy,
    schedule,
    slack_channel,
    trigger,
)


def policies(*media: str) -> str:
    """Policies in their order, each for some media."""
    cells = "{urgent: 1h, high: 1h, normal: 1h, low: 1h}"
    lines = [
        f"  p{number}: {{name: P {number}, when: [{{field: via, is_one_of: [{each}]}}], "
        f"targets: {{first_reply: {cells}}}, hours: calendar}}\n"
        for number, each in enumerate(media)
    ]
    return "sla_policies:\n" + "".join(lines)


SECTIONS = """
help_center:
  categories: {{c: {{name: C}}}}
  sections:
    a: {{name: A, category: c, section: {one}}}
    b: {{name: B, category: c, section: {other}}}
"""


def asking(of: str, can: str = "hidden", required: str = "always", effect: str = "") -> str:
    """A form with a condition about a field of which customers can see so much."""
    effect = effect or f"required: {{note: {required}}}"
    return (
        "ticket_fields:\n  area: {name: Area, type: dropdown, options: {api: API}, customers: {can: edit}}\n"
        f"  note: {{name: Note, type: text, customers: {{can: {can}}}}}\n"
        "ticket_forms: {f: {name: F, default: true, fields: [subject, area, note], "
        f"conditions: [{{for: [{of}], when: {{area: api}}, {effect}}}]}}}}\n"
    )


STRIPE = ", billing: {from: stripe, file: a.csv, account: crm, fills: %s}"

ON_CALL = """
roles: {{a: {{name: Admin, like: admin}}}}
people: {{ada: {{name: Ada, email: ada@acme.example, role: a, active: {active}}}}}
on_call: {{nights: {{name: Nights, people: [ada]}}}}
"""
CASES: list[tuple[str, str, str]] = [
    (
        "people.off",
        ON_CALL.format(active="false"),
        ON_CALL.format(active="true"),
    ),
    (
        "order.circle",
        SECTIONS.format(one="b", other="a"),
        SECTIONS.format(one="null", other="a"),
    ),
    (
        "brands.default-twice",
        "brands: {a: {name: A, subdomain: aaa, default: true}, b: {name: B, subdomain: bbb, default: true}}",
        "brands: {a: {name: A, subdomain: aaa, default: true}, b: {name: B, subdomain: bbb}}",
    ),
    (
        "tags.undeclared",
        "tags: {vip: {name: V}}\nmacros: {m: {name: M, then: [{add_tags: [vpi]}]}}",
        "tags: {vip: {name: V}}\nmacros: {m: {name: M, then: [{add_tags: [vip]}]}}",
    ),
    (
        "ticket_statuses.default-twice",
        "ticket_statuses: {a: {name: A, category: open, default: true}, b: {name: B, category: open, default: true}}",
        "ticket_statuses: {a: {name: A, category: open, default: true}, b: {name: B, category: solved, default: true}}",
    ),
    ("reference.unknown", trigger("{field: statis, is: open}"), trigger("{field: status, is: open}")),
    ("reference.form", trigger(then="{email: me, subject: x, body: y}"), trigger(then=mail("y"))),
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
        "options.name-twice",
        "ticket_fields: {a: {name: A, type: dropdown, options: {x: Delivery, y: {name: delivery, tag: z}}}}",
        "ticket_fields: {a: {name: A, type: dropdown, options: {x: Delivery, y: {name: Deliveries, tag: z}}}}",
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
        "channels.default-twice",
        "channels: {a: {type: email, name: A, address: a@b.c, default: true}, b: {type: email, "
        "name: B, address: b@b.c, default: true}}",
        "channels: {a: {type: email, name: A, address: a@b.c, default: true}, b: {type: email, "
        "name: B, address: b@b.c}}",
    ),
    ("ticket_forms.default-twice", FORM.format(", area", "api", "true"), FORM.format(", area", "api", "false")),
    ("ticket_forms.unseen", asking("customers"), asking("agents")),
    ("ticket_forms.unseen", asking("customers"), asking("customers", can="edit")),
    ("ticket_forms.unseen", asking("customers", can="see"), asking("customers", required="on_solve")),
    (
        "ticket_forms.unseen",
        asking("customers", effect="show: [note]"),
        asking("agents, customers", effect="show: [note]"),
    ),
    ("ticket_forms.field", FORM.format("", "api", "false"), FORM.format(", area", "api", "false")),
    ("crm.account-key", mapping("organization.job"), mapping("organization.csm", field="name")),
    ("mapping.owner", mapping(field="job"), mapping()),
    ("mapping.type", mapping(type_="date"), mapping(type_="dropdown, options: {a: A}")),
    (
        "mapping.twice",
        mapping(more=", {crm: csm, helpdesk: organization.csm}"),
        mapping(more=", {crm: csm, helpdesk: organization.name}"),
    ),
    (
        "mapping.path",
        mapping(type_="lookup, existing: CSM__c"),
        mapping(type_="lookup, existing: CSM__c", crm="csm.Name"),
    ),
    (
        "mapping.path",
        mapping(crm="csm.Name"),
        mapping(type_="lookup, existing: CSM__c", crm="csm.Name", shown="textarea"),
    ),
    (
        "mapping.type",
        mapping(type_="date", field="name"),
        mapping(type_="dropdown, options: {a: A}", field="name"),
    ),
    (
        "mapping.options",
        mapping(shown="dropdown, options: {a: A}", type_="dropdown, options: {a: A, b: B}"),
        mapping(shown="dropdown, options: {b: Bee, c: C, a: A}", type_="dropdown, options: {a: A, b: B}"),
    ),
    ("mapping.billing", mapping(billing=STRIPE % "name"), mapping(billing=STRIPE % "csm")),
    (
        "mapping.billing",
        mapping(billing=STRIPE % "csm").replace("written_by: golive", "written_by: native_package"),
        mapping(),
    ),
    ("reference.unknown", mapping(crm="cms"), mapping()),
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
    ("sla_policies.unreachable", policies("email, web_form", "email"), policies("email", "email, web_form")),
    ("sla_policies.unreachable", policies("email", "email"), policies("email", "web_form")),
]
