"""For each of Zendesk's own rules: a text that breaks it and nothing else, and the same text put right."""

from __future__ import annotations

FIELD = "ticket_fields:\n  area: {name: Area, type: dropdown, options: {api: API}%s}\n"
OFF = ", active: false"
FORMS = "ticket_forms: {a: {name: A, default: true, fields: [subject%s]}, b: {name: B, fields: [subject]%s}}\n"
OWN_STATUS = "ticket_statuses: {parts: {name: Waiting for parts, category: on_hold}}\n"
CATEGORY = "trigger_categories: {c: {name: C}}\n"
WEBHOOK = "webhooks: {w: {name: W, url: https://w.example%s}}\n"
PEOPLE = """
roles: {light: {name: L, like: light_agent}, agent: {name: A, like: agent}}
people:
  one: {name: One, email: one@b.c, role: light}
  two: {name: Two, email: two@b.c, role: agent, groups: [g]}
groups: {g: {name: G}}
"""


def trigger(when: str = "{field: status, is: open}", then: str = "{add_tags: [x]}", more: str = "") -> str:
    return f"{CATEGORY}triggers: {{t: {{name: T, category: c, when: [{when}], then: [{then}]{more}}}}}\n"


def mailing(when: str, more: str = "") -> str:
    off = "  off: {existing: vendor_default, name: '%s', active: false}\n"
    names = ("Notify requester and CCs of comment update", "Notify requester and CCs of received request")
    then = "{email: requester, subject: s, body: b}" + more
    off = "".join(off.replace("off", f"off_{at}", 1) % name for at, name in enumerate(names))
    return f"{CATEGORY}triggers:\n  t: {{name: T, category: c, when: [{when}], then: [{then}]}}\n{off}"


def automation(*whens: str, more: str = "") -> str:
    lines = [
        f"  a{number}: {{name: A {number}, when: [{when}], then: [{{add_tags: [x{number}]}}]{more}}}\n"
        for number, when in enumerate(whens)
    ]
    return "automations:\n" + "".join(lines)


def view(when: str) -> str:
    return f"views: {{v: {{name: V, when: [{when}], columns: [subject]}}}}\n"


def contents(*names: str) -> str:
    return "dynamic_content:\n" + "".join(f"  d{n}: {{name: {name}, text: x}}\n" for n, name in enumerate(names))


def brands(*subdomains: str) -> str:
    return "brands:\n" + "".join(f"  b{n}: {{name: B {n}, subdomain: {name}}}\n" for n, name in enumerate(subdomains))


def deletion_schedules(*of: str) -> str:
    when = "when: [{hours_since: updated, more_than: 400d}]"
    lines = [f"  d{n}: {{name: D{n}, of: {word}, {when}}}\n" for n, word in enumerate(of)]
    return "deletion_schedules:\n" + "".join(lines)


def article(more: str) -> str:
    return (
        "help_center: {categories: {c: {name: C}}, sections: {s: {name: S, category: c}}, "
        f"articles: {{a: {{name: A, section: s, body: x, {more}}}}}}}"
    )


def linking(body: str, other: str = "see") -> str:
    return (
        "help_center:\n  categories: {c: {name: C}}\n  sections: {s: {name: S, category: c}}\n  articles:\n"
        f"    a: {{name: A, section: s, customers: {{can: see}}, body: '{body}'}}\n"
        f"    b: {{name: B, section: s, customers: {{can: {other}}}, body: x}}\n"
    )


SPOKEN = """
company: {name: Acme, default_locale: en-US, locales: [en-US, de]}
dynamic_content: {bye: {name: Bye, text: {en-US: Bye, de: Ade}}}
help_center: {categories: {c: {name: {en-US: C, de: D}}}}
settings: {languages: [%s]}
"""
SPENT = "{field: status, is: open}, {hours_since: open, is: 4h}"
SPENT_LATER = "{field: status, is: open}, {hours_since: open, is: 5h}"

CASES: list[tuple[str, str, str]] = [
    ("ZD052", linking("See [this](locked.md)."), linking("See [this]({{article:b}}).")),
    ("ZD052", linking("[us](www.acme.example)"), linking("[us](https://www.acme.example) [up](#top)")),
    ("ZD052", linking('<p><a href="locked.md">x</a></p>'), linking('<p><a href="/hc/de">x</a></p>')),
    ("ZD053", linking("See {{article:b}}.", "hidden"), linking("See {{article:b}}.")),
    ("ZD013", trigger(more=", why: x").replace("name: T", f"name: {'T' * 66000}"), trigger()),
    (
        "ZD020",
        "roles: {r: {name: Light Agent, like: agent, rights: {reports: see}}}",
        "roles: {r: {name: Night agent, like: agent, rights: {reports: see}}}",
    ),
    (
        "ZD020",
        "roles: {r: {name: Administrator, like: admin, rights: {reports: see}}}",
        "roles: {r: {name: Administrator, like: admin}}",
    ),
    (
        "ZD021",
        "dynamic_content: {bye: {name: A, text: x}, end: {name: B, text: y, zendesk: {placeholder: bye}}}",
        "dynamic_content: {bye: {name: A, text: x}, end: {name: B, text: y, zendesk: {placeholder: the_end}}}",
    ),
    (
        "ZD022",
        "dynamic_content: {a: {name: A, text: {en-US: x, en-us: y}}}",
        "dynamic_content: {a: {name: A, text: {en-US: x, en-gb: y}}}",
    ),
    ("ZD024", brands("acme", "acme"), brands("acme", "acme2")),
    (
        "ZD025",
        "skills: {s: {name: S, values: {de: German, ger: german}}}",
        "skills: {s: {name: S, values: {de: German, fr: French}}}",
    ),
    (
        "ZD030",
        automation("{field: status, is: open}, {field: tags, has_none: [x0]}"),
        automation(f"{SPENT}, {{field: tags, has_none: [x0]}}"),
    ),
    (
        "ZD031",
        automation("{hours_since: open, is: 4h}"),
        automation(SPENT),
    ),
    ("ZD032", automation(SPENT, SPENT), automation(SPENT, SPENT_LATER)),
    ("ZD032", automation(SPENT, SPENT), automation(SPENT, SPENT).replace("[x1]}]", "[x1]}], active: false")),
    (
        "ZD033",
        view("{field: priority, is: high}"),
        view("{field: priority, is: high}, {field: status, before: solved}"),
    ),
    (
        "ZD033",
        OWN_STATUS + view("{field: status_detail, is: parts}"),
        OWN_STATUS + view("{field: status_detail, is: parts}, {field: status, is: on_hold}"),
    ),
    (
        "ZD034",
        trigger(then="{zendesk: {field: notification_user, value: requester_id}}"),
        trigger(then="{zendesk: {field: notification_user, value: [requester_id, s, b]}}"),
    ),
    ("ZD035", PEOPLE + trigger(then="{set: assignee, to: one}"), PEOPLE + trigger(then="{set: assignee, to: two}")),
    ("ZD036", mailing("{event: updated}"), mailing("{field: status, changed: true}")),
    ("ZD036", mailing("{field: status, before: closed}"), mailing("{field: status, changed_to: solved}")),
    (
        "ZD036",
        mailing("{field: status, is: open}"),
        mailing("{field: tags, has_none: [told]}", ", {add_tags: [told]}"),
    ),
    (
        "ZD036",
        FIELD % "" + mailing("{field: area, is: api}"),
        FIELD % "" + mailing("{event: updated}, {field: area, is: api}, {field: area, changed: true}"),
    ),
    (
        "ZD036",
        mailing("{event: updated}, {field: current_user, is: agent}"),
        mailing("{event: updated}, {field: current_user, is: agent}, {field: privacy, is: public}"),
    ),
    (
        "ZD037",
        mailing("{event: updated}, {field: current_user, is: customer}"),
        mailing("{event: updated}, {field: current_user, is: agent}, {field: privacy, is: public}"),
    ),
    ("ZD037", mailing("{field: current_user, is: customer}"), mailing("{field: status, changed_from: solved}")),
    ("ZD040", FIELD % OFF + FORMS % (", area", ""), FIELD % "" + FORMS % (", area", "")),
    (
        "ZD041",
        FIELD % OFF + "macros: {m: {name: M, then: [{set: area, to: api}]}}",
        FIELD % "" + "macros: {m: {name: M, then: [{set: area, to: api}]}}",
    ),
    (
        "ZD041",
        FIELD % OFF + "macros: {m: {name: M, then: [{set: area, to: api}]}}",
        FIELD % OFF + "macros: {m: {name: M, active: false, then: [{set: area, to: api}]}}",
    ),
    ("ZD042", FIELD % OFF + trigger("{field: area, is: api}"), FIELD % "" + trigger("{field: area, is: api}")),
    (
        "ZD043",
        FORMS % ("", OFF) + view("{field: status, is: new}, {field: form, is: b}"),
        FORMS % ("", OFF) + view("{field: status, is: new}, {field: form, is: a}"),
    ),
    (
        "ZD043",
        FORMS % ("", OFF) + "channels: {f: {type: web_form, form: b}}",
        FORMS % ("", "") + "channels: {f: {type: web_form, form: b}}",
    ),
    (
        "ZD044",
        "ticket_forms: {a: {name: A, default: true, active: false, fields: [subject]}}",
        "ticket_forms: {a: {name: A, default: false, active: false, fields: [subject]}}",
    ),
    (
        "ZD045",
        WEBHOOK % OFF + trigger(then="{call: webhooks/w, body: {a: b}}"),
        WEBHOOK % OFF + trigger(then="{call: webhooks/w, body: {a: b}}", more=OFF),
    ),
    (
        "ZD046",
        "brands: {b: {name: B, subdomain: bikes, active: false}}\n" + trigger("{field: brand, is: b}"),
        "brands: {b: {name: B, subdomain: bikes}}\n" + trigger("{field: brand, is: b}"),
    ),
    (
        "ZD047",
        "ticket_statuses: {s: {name: S, category: open, active: false}}\n" + trigger("{field: status_detail, is: s}"),
        "ticket_statuses: {s: {name: S, category: open}}\n" + trigger("{field: status_detail, is: s}"),
    ),
    ("ZD051", article("on_remove: delete"), article("on_remove: release")),
    ("GL-K05", article("zendesk: {user_segment: signed_in}"), article("zendesk: {user_segment: signed_in}, why: Law")),
    (
        "ZD018",
        deletion_schedules("tickets", "tickets"),
        deletion_schedules("tickets", "customers"),
    ),
    (
        "ZD018",
        deletion_schedules("tickets", "tickets"),
        deletion_schedules("tickets", "tickets").replace("name: D1,", "name: D1, active: false,"),
    ),
    (
        "ZD019",
        "settings: {zendesk: {routing: {autorouting_tag: ''}}}",
        "settings: {zendesk: {routing: {autorouting_tag: routed}}}",
    ),
    (
        "ZD027",
        SPOKEN % "en-US",
        SPOKEN % "en-US, de",
    ),
]
