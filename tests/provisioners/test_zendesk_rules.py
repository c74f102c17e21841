"""What Zendesk cannot do, or does not get yet, is found when the files are checked, and never left out in silence."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

import provisioners.zendesk
from config.document import parse_document
from config.findings import Finding
from config.kinds.actions import VERBS
from config.loading import Loaded, load_documents
from provisioners.zendesk.rules import RULE_IDS
from provisioners.zendesk.translations.actions import PLACES
from provisioners.zendesk.translations.base import CannotSend, NotApplied
from tests.provisioners.zendesk_workspace import compiled, context, translation_of

BASE = """
groups: {one: {name: One}}
ticket_fields:
  area: {name: Area, type: dropdown, options: {api: API, cards: Cards}}
  methods: {name: Methods, type: multiselect, options: {sepa: SEPA, visa: Visa}}
  refunded: {name: Refunded, type: checkbox}
  note: {name: Note, type: text}
  sum: {name: Sum, type: decimal}
  paid_on: {name: Paid on, type: date}
  theirs: {existing: Theirs}
customer_fields:
  csm: {of: organization, name: CSM, type: text}
  size: {of: organization, name: Size, type: dropdown, options: {big: Big}}
  uses: {of: organization, name: Uses, type: multiselect, options: {api: {name: API, tag: uses_the_api}}}
channels:
  mail: {type: email, name: Mail, address: help@acme.example}
  old: {type: email, existing: old@acme.example}
  phone: {type: voice, by_hand: true}
settings: {organization_tags: true}
webhooks:
  json: {name: JSON, url: https://json.example}
  xml: {name: XML, url: https://xml.example, format: xml}
schedules:
  berlin:
    name: Berlin
    time_zone: Europe/Berlin
    hours: {mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}
surveys: {csat: {name: How was it?}}
trigger_categories: {c: {name: C}}
"""


def trigger(when: str = "{field: status, is: open}", then: str = "{add_tags: [x]}", when_any: str = "") -> str:
    return f"triggers: {{t: {{name: T, category: c, when: [{when}], when_any: [{when_any}], then: [{then}]}}}}\n"


def macro(then: str) -> str:
    return f"macros: {{m: {{name: M, then: [{then}]}}}}\n"


def automation(then: str) -> str:
    return f"automations: {{a: {{name: A, when: [{{field: status, is: open}}], then: [{then}]}}}}\n"


def policy(when: str) -> str:
    cells = "{urgent: 1h, high: 1h, normal: 1h, low: 1h}"
    return f"sla_policies: {{p: {{name: P, when: [{when}], targets: {{first_reply: {cells}}}, hours: calendar}}}}\n"


def view(more: str = "", columns: str = "subject") -> str:
    when = f"[{{field: status, before: solved}}{f', {more}' if more else ''}]"
    return f"views: {{v: {{name: V, when: {when}, columns: [{columns}]}}}}\n"


def deletion(of: str, more: str) -> str:
    when = f"[{{hours_since: updated, more_than: 30d}}, {more}]"
    return f"deletion_schedules: {{d: {{name: D, of: {of}, when: {when}}}}}\n"


def form(condition: str) -> str:
    return (
        f"ticket_forms: {{f: {{name: F, fields: [area, note], conditions: [{{{condition}, when: {{area: api}}}}]}}}}\n"
    )


def schedule(zone: str) -> str:
    week = ", ".join(f"{day}: []" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
    return f"schedules: {{s: {{name: S, time_zone: {zone}, hours: {{{week}}}}}}}"


def person(role: str, invite: str = "now") -> str:
    roles = f"roles: {{r: {{name: R, {role}}}}}\n"
    return f"{roles}people: {{p: {{name: P, email: p@acme.example, role: r, invite: {invite}}}}}"


LOOKUP = "ticket_fields: {contract: {name: Contract, type: lookup, to: organization}}\n"
MAIL = "{email: requester, subject: s, body: b}"
SLACK = "integrations: {slack: {channels: {ops: {name: ops}}}}\n"
POST = "{slack: slack_channels/ops, text: x}"

CONTENT = "dynamic_content: {old: {existing: Old one}, bye: {name: Bye, text: x}}\n"
BYE = "{{reply: public, text: {{en-US: '{{{{dc:{}}}}}', de: x}}}}"

ROLLOUT = "rollout: {soft_launch: {cohort: {share: 15%, internal: [acme.example]}}}\n"
NEVER: list[tuple[str, str, str]] = [
    (
        "zendesk.rollout",
        f"{ROLLOUT}customer_fields: {{rollout: {{of: organization, name: Wave, type: text}}}}",
        f"{ROLLOUT}customer_fields: {{rollout: {{of: requester, name: Wave, type: text}}}}",
    ),
    (
        "zendesk.rollout",
        f"{ROLLOUT}customer_fields: {{wave: {{of: organization, name: W, type: text, zendesk: {{key: rollout}}}}}}",
        f"{ROLLOUT}customer_fields: {{rollout: {{of: organization, name: W, type: text, zendesk: {{key: wave}}}}}}",
    ),
    (
        "zendesk.rollout",
        f"{ROLLOUT}ticket_fields: {{in: {{name: In, type: dropdown, options: {{rollout: Rollout}}}}}}",
        f"{ROLLOUT}ticket_fields: {{in: {{name: In, type: dropdown, options: {{rollout: {{name: R, tag: r}}}}}}}}",
    ),
    (
        "zendesk.webhook",
        "webhooks: {w: {name: W, url: https://w.example, auth: {bearer: env:T}, zendesk: {authentication: api_key}}}",
        "webhooks: {w: {name: W, url: https://w.example, zendesk: {authentication: api_key}}}",
    ),
    # rule 17: every field takes is, is_not and empty; Zendesk's do not
    ("zendesk.condition", trigger("{field: tags, empty: true}"), trigger("{field: tags, has_none: [x]}")),
    ("zendesk.condition", trigger("{field: tags, is: x}"), trigger("{field: tags, has: x}")),
    ("zendesk.condition", trigger("{field: methods, is_not: sepa}"), trigger("{field: methods, has_none: [sepa]}")),
    ("zendesk.condition", trigger("{field: refunded, empty: true}"), trigger("{field: refunded, is: false}")),
    ("zendesk.condition", trigger("{field: reopens, empty: false}"), trigger("{field: reopens, more_than: 0}")),
    ("zendesk.condition", trigger("{field: reopens, is_not: 2}"), trigger("{field: reopens, is: 2}")),
    ("zendesk.condition", trigger("{field: status, empty: true}"), trigger("{field: priority, empty: true}")),
    ("zendesk.condition", trigger("{field: subject, empty: true}"), trigger("{field: note, empty: true}")),
    ("zendesk.condition", trigger("{field: subject, is: x}"), trigger("{field: subject, contains: x}")),
    ("zendesk.condition", trigger("{field: comment_text, is_not: x}"), trigger("{field: organization.csm, is_not: x}")),
    # rule 19
    (
        "zendesk.condition",
        trigger("{field: organization.csm, has_word: [x]}"),
        trigger("{field: subject, has_word: [x]}"),
    ),
    ("zendesk.condition", trigger("{field: theirs, contains: x}"), trigger("{field: theirs, is: x}")),
    # rule 18
    ("zendesk.condition", trigger("{field: paid_on, within_next: 30h}"), trigger("{field: paid_on, within_next: 48h}")),
    # rule 20
    ("zendesk.condition", trigger("{field: tags, changed: true}"), trigger("{field: area, changed: true}")),
    ("zendesk.condition", trigger("{field: via, changed_to: email}"), trigger("{field: paid_on, changed: true}")),
    (
        "zendesk.condition",
        trigger("{field: organization.csm, changed_to: x}"),
        trigger("{field: organization.csm, changed: true}"),
    ),
    ("zendesk.condition", trigger("{field: methods, changed_from: visa}"), trigger("{field: methods, changed: true}")),
    # rule 16
    ("zendesk.condition", trigger("{field: organization, is: Acme}"), trigger("{field: organization, empty: true}")),
    ("zendesk.condition", trigger("{field: received_at, is: phone}"), trigger("{field: received_at, is: old}")),
    # custom ticket fields: the vendor's table of their types
    ("zendesk.condition", trigger("{field: note, is: x}"), trigger("{field: note, empty: true}")),
    ("zendesk.condition", trigger("{field: note, changed: true}"), trigger("{field: area, changed_to: api}")),
    ("zendesk.condition", trigger("{field: sum, more_than: 10000}"), trigger("{field: sum, empty: false}")),
    ("zendesk.condition", policy("{field: sum, empty: false}"), policy("{field: area, empty: false}")),
    ("zendesk.condition", LOOKUP + policy("{field: contract, empty: false}"), policy("{field: methods, has: sepa}")),
    # actions by place
    ("zendesk.action", trigger(then="{reply: public, text: x}"), trigger(then=MAIL)),
    ("zendesk.action", automation("{reply: internal, text: x}"), macro("{reply: internal, text: x}")),
    ("zendesk.action", macro("{set: schedule, to: berlin}"), trigger(then="{set: schedule, to: berlin}")),
    ("zendesk.action", automation("{set: schedule, to: berlin}"), automation("{set: group, to: one}")),
    ("zendesk.action", macro("{set: organization.size, to: big}"), automation("{set: organization.size, to: big}")),
    ("zendesk.action", macro("{set: language, to: de}"), macro("{set: area, to: api}")),
    ("zendesk.action", macro(MAIL), automation(MAIL)),
    ("zendesk.action", SLACK + macro(POST), SLACK + trigger(then=POST)),
    (
        "zendesk.action",
        macro("{call: webhooks/json, body: {a: b}}"),
        trigger(then="{call: webhooks/json, body: {a: b}}"),
    ),
    ("zendesk.action", macro("{send_survey: csat}"), automation("{send_survey: csat}")),
    ("zendesk.action", trigger(then="{set: status, to: new}"), trigger(then="{set: status, to: open}")),
    ("zendesk.action", macro("{set: status, to: null}"), macro("{set: priority, to: null}")),
    # tags
    ("zendesk.tag-case", trigger(then="{add_tags: [VIP]}"), trigger(then="{add_tags: [vip]}")),
    ("zendesk.tag-case", macro("{remove_tags: [x, Late]}"), macro("{remove_tags: [x, late]}")),
    ("zendesk.tag-case", trigger("{field: tags, has_any: [x, VIP]}"), trigger("{field: tags, has_any: [x, vip]}")),
    (
        "zendesk.tag-case",
        "ticket_fields: {k: {name: K, type: dropdown, options: {a: {name: A, tag: API}}}}",
        "ticket_fields: {k: {name: K, type: dropdown, options: {a: {name: A, tag: the_api}}}}",
    ),
    # views and forms
    (
        "zendesk.condition",
        view("{hours_until: next_sla_breach, less_than: 90m}"),
        view("{hours_until: next_sla_breach, less_than: 2h}"),
    ),
    (
        "zendesk.deletion",
        deletion("attachments", "{field: tags, has: x}"),
        deletion("customers", "{field: tags, has: x}"),
    ),
    (
        "zendesk.deletion",
        deletion("customers", "{field: priority, is: low}"),
        deletion("tickets", "{field: priority, is: low}"),
    ),
    ("zendesk.column", view(columns="subject, tags"), view(columns="subject, status")),
    ("zendesk.column", view(columns="organization.size"), view(columns="organization, area")),
    (
        "zendesk.form",
        form("for: [customers], show: [note], required: {note: [pending]}"),
        form("for: [agents], show: [note], required: {note: [pending]}"),
    ),
    # texts
    ("zendesk.text", CONTENT + macro(BYE.format("old")), CONTENT + macro(BYE.format("bye"))),
    (
        "zendesk.text",
        'dynamic_content: {bye: {name: Bye, text: {en-US: "{{dc:bye}}", de: x}}}',
        'dynamic_content: {bye: {name: Bye, text: {en-US: "Bye", de: x}}}',
    ),
    # what objects are
    ("zendesk.time-zone", schedule("America/Toronto"), schedule("America/New_York")),
    (
        "zendesk.field",
        "customer_fields: {card: {of: requester, name: Card, type: card}}",
        "customer_fields: {card: {of: requester, name: Card, type: text}}",
    ),
    (
        "zendesk.help",
        "customer_fields: {age: {of: requester, name: Age, type: text, help: {customers: x}}}",
        "customer_fields: {age: {of: requester, name: Age, type: text, help: {agents: x, customers: null}}}",
    ),
    (
        "zendesk.help",
        "macros: {m: {name: M, help: {customers: x}, then: [{add_tags: [x]}]}}",
        "macros: {m: {name: M, help: {agents: x}, then: [{add_tags: [x]}]}}",
    ),
]
"""(rule, a text that breaks it and nothing else, a text that keeps it)."""

NOT_YET: list[tuple[str, str]] = [
    ("the medium `social`", trigger("{field: via, is: social}")),
    ("the medium `voice`", trigger("{field: via, is_none_of: [email, voice]}")),
    ("the field `language`", trigger("{field: language, is: de}")),
    ("the field `language`", trigger(then="{set: language, to: de}")),
    ("a survey", trigger(then="{send_survey: csat}")),
    ("a body in the format xml", trigger(then="{call: webhooks/xml, body: {a: b}}")),
    ("the seat of a light agent", person("like: light_agent")),
]
"""(what is noted, a text that says it)."""

GUARDED: list[tuple[str, str]] = [
    ("systems.extra", trigger("{salesforce: {field: x, operator: is}}")),
    ("systems.extra", trigger(then="{salesforce: {field: x, value: y}}")),
    ("conditions.split", trigger("{field: area, is_one_of: [api, cards]}, {field: status, is_one_of: [new, open]}")),
    ("conditions.split", trigger(when_any="{field: area, is_none_of: [api, cards]}")),
    ("conditions.place", trigger("{hours_since: open, more_than: 2h}")),
    ("conditions.operator", policy("{field: organization.size, empty: true}")),
    ("conditions.field", trigger("{field: account.name, is: x}")),
    ("conditions.constant", trigger("{field: priority, at_least: low}")),
    ("conditions.value", trigger("{field: subject, has_word: [two words]}")),
    ("secrets.written-out", "webhooks: {w: {name: W, url: https://w.example, auth: {bearer: secret}}}"),
    ("applied.not-yet", "channels: {f: {type: web_form, form: q}}\nticket_forms: {q: {name: Q, fields: [subject]}}"),
    ("applied.not-yet", person("like: agent, rights: {reports: read}")),
    (
        "applied.not-yet",
        "help_center: {categories: {c: {name: C}}, sections: {s: {name: S, category: c}}, "
        "articles: {a: {name: A, section: s, body: x}}}\n" + macro('{reply: public, text: "{{article:a}}"}'),
    ),
    (
        "texts.default-locale",
        "company: {name: Acme, locales: [en-US, de]}\ndynamic_content: {bye: {name: Bye, text: {de: Tschüss}}}\n"
        + macro('{reply: public, text: {en-US: "{{dc:bye}}", de: x}}'),
    ),
]
"""What the vocabulary's own rules find, so that the translation is not even asked: (rule, a text)."""


def loaded(text: str) -> Loaded:
    documents = [parse_document(BASE, "config/base.yaml"), parse_document(text, "config/test.yaml")]
    return load_documents(documents, {})


def findings(text: str, *severities: str) -> list[Finding]:
    wanted = severities or ("error", "warning")
    return [each for each in loaded(text).findings if each.severity in wanted]


@pytest.mark.parametrize(("rule", "bad", "good"), NEVER)
def test_what_zendesk_cannot_do_is_an_error_with_the_nearest_thing(rule: str, bad: str, good: str) -> None:
    assert [each.rule for each in findings(bad)] == [rule]
    (finding,) = findings(bad)
    assert (finding.severity, finding.position.file) == ("error", "config/test.yaml")
    assert finding.hint
    assert findings(good) == []


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, _, _ in NEVER} == set(RULE_IDS)


@pytest.mark.parametrize(("what", "text"), NOT_YET)
def test_what_comes_later_is_noted_and_listed_as_not_sent(what: str, text: str) -> None:
    assert findings(text) == []
    notes = [each for each in findings(text, "note") if each.rule == "applied.not-yet"]
    (note,) = [each for each in notes if each.message == f"{what}: not applied by this version"]
    assert note.hint == "The object is not sent."
    result = compiled(loaded(text).declaration)
    kind, key = note.path.split(".")[:2]
    assert (kind, key) in {(each.source.kind, each.source.key) for each in result.not_sent}
    assert (kind, key) not in {(each.source.kind, each.source.key) for each in result.resources}


def test_light_agents_who_are_not_invited_need_no_seat() -> None:
    assert findings(person("like: light_agent", "never"), "note", "error", "warning") == findings("{}", "note")


def test_one_mistake_is_reported_once() -> None:
    assert [each.rule for each in findings(trigger("{field: via, is: socail}"))] == ["conditions.value"]
    assert findings(trigger("{field: via, is: socail}"), "note") == findings("{}", "note")
    assert [each.rule for each in findings(trigger("{field: gone, contains: x}"))] == ["reference.unknown"]


@pytest.mark.parametrize(
    ("rule", "condition"),
    [
        ("conditions.operator", "{field: sum, has: x}"),
        ("conditions.operator", "{field: subject, more_than: 3}"),
        ("conditions.field", "{field: account.size, is: x}"),
        ("conditions.value", "{field: status, at_least: opened}"),
        ("conditions.constant", "{field: priority, at_least: low}"),
    ],
)
def test_what_is_allowed_all_the_same_is_still_not_sent(rule: str, condition: str) -> None:
    text = trigger(condition).replace("name: T,", f"name: T, x-allow: {{{rule}: We know better.}},")
    assert [each.rule for each in findings(text)] == ["zendesk.condition"]
    assert ("triggers", "t") in {
        (each.source.kind, each.source.key) for each in compiled(loaded(text).declaration).not_sent
    }


def test_a_number_that_rules_compare_is_better_a_dropdown() -> None:
    (finding,) = findings(trigger("{field: sum, more_than: 10000}"))
    assert finding.path == "triggers.t.when[0].more_than"
    assert "dropdown of bands" in finding.hint


def test_what_golive_does_not_write_is_not_judged() -> None:
    assert findings("people: {p: {existing: true, name: P, email: p@acme.example}}") == []
    by_hand = (
        "triggers: {t: {name: T, category: c, by_hand: true, when: [{field: tags, is: x}], then: [{add_tags: [X]}]}}"
    )
    assert findings(by_hand) == []


def test_a_time_zone_with_the_same_hours_is_named() -> None:
    (finding,) = findings(schedule("America/Toronto"))
    assert "America/New_York" in finding.hint
    assert finding.path == "schedules.s.time_zone"


def test_a_table_says_which_action_exists_where() -> None:
    assert {word for word in PLACES if ":" not in word} == set(VERBS)


# ------------------------------------------------------------ nothing is left out in silence

Site = tuple[str, int]
ELSEWHERE = {
    "actions.py": "this environment has no Slack",  # known only from the environment; `plan` lists the objects
    "speech.py": "cannot be read",  # `texts.file` says it where the workspace's folder is known
    "contents.py": "what `{item.key}` says cannot be read",
}
"""What these samples cannot show: file → the words of the place."""


def sites() -> dict[Site, str]:
    """Every place in the code that refuses to send something: (file, line) → its source."""
    found: dict[Site, str] = {}
    folder = Path(provisioners.zendesk.__file__).parent
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
                continue
            if isinstance(node.exc.func, ast.Name) and node.exc.func.id in (CannotSend.__name__, NotApplied.__name__):
                for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                    found[path.name, line] = f"{path.name}:{node.lineno} {ast.unparse(node)}"
    return found


@contextmanager
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[Site]]:
    """The places that refuse to send something while this lasts."""
    seen: set[Site] = set()
    make = CannotSend.__init__

    def note(self: CannotSend, *arguments: object, **more: object) -> None:
        frame = sys._getframe(1)
        while frame.f_code.co_name == "__init__" and frame.f_back is not None:
            frame = frame.f_back
        seen.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
        make(self, *arguments, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(CannotSend, "__init__", note)
        yield seen


def test_whatever_is_not_sent_has_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: set[str] = set()
    known = sites()
    samples = [(rule, bad) for rule, bad, _ in NEVER] + [("applied.not-yet", text) for _, text in NOT_YET] + GUARDED
    for rule, text in samples:
        declared = loaded(text)
        assert rule in {each.rule for each in declared.findings}, text
        with recorded(monkeypatch) as seen:
            compiled(declared.declaration)
        if rule not in ("zendesk.tag-case", "zendesk.rollout"):
            assert seen, f"nothing refuses to send this: {text}"
        reached |= {known[site] for site in seen}
    missing = sorted(set(known.values()) - reached)
    shown = [each for each in missing if ELSEWHERE.get(each.partition(":")[0], "\n") not in each]
    assert shown == []


def test_an_environment_without_slack_leaves_out_what_posts() -> None:
    asked = context(loaded(SLACK + trigger(then=POST)).declaration)
    asked = replace(asked, systems={"helpdesk": asked.settings})
    assert translation_of("triggers").resources(asked.declared.of("triggers")["t"], asked) == []
    assert asked.compiled.not_sent[0].reason == ELSEWHERE["actions.py"]
