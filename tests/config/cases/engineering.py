"""Samples of rules about escalations."""

from __future__ import annotations

AS = "as: {urgent: Highest, high: High, normal: Medium, low: Low}"
PRIORITY = f"{{issue: priority, ticket: priority, {AS}}}"
TEXT = "{issue: description, ticket: message}"
IMPACT = "{issue: customer_impact, ticket: impact}"
BACK = "comes_back: {status: state, at_first: told}"


def escalation(
    *rows: str, back: str = BACK, components: str = "", labels: str = "", project: str = "pay", as_: str = ""
) -> str:
    """A hand-over to engineering with what it needs; rows: those of `fields`."""
    fields = ", ".join(rows or (PRIORITY.replace(AS, as_) if as_ else PRIORITY, TEXT, IMPACT))
    more = "".join(f", {each}" for each in (back, components, labels) if each)
    return f"""
groups: {{g: {{name: G}}}}
ticket_fields:
  impact: {{name: I, type: text}}
  day: {{name: D, type: date}}
  state: {{name: S, type: dropdown, options: {{told: Told, done: Done}}}}
integrations:
  engineering:
    projects: {{pay: {{existing: PAY}}, web: {{existing: WEB}}}}
    components: {{c: {{name: C, project: pay}}}}
    labels: {{l: {{name: L, project: pay}}, all: {{name: A}}}}
    escalations:
      e: {{name: E, from: [g], project: {project}, tag: bug, fields: [{fields}]{more}}}
"""


MACRO = "macros: {{m: {{name: M, then: [{{add_tags: [{tag}]}}]}}}}"
CASES: list[tuple[str, str, str]] = [
    (
        "escalations.also-tagged",
        f"{escalation()}{MACRO.format(tag='bug')}\n",
        f"{escalation()}{MACRO.format(tag='other')}\n",
    ),
    ("GL-F05", escalation(PRIORITY, TEXT), escalation()),
    ("GL-F05", escalation(TEXT, IMPACT), escalation(IMPACT, TEXT, PRIORITY)),
    ("GL-J01", escalation(back=""), escalation()),
    ("escalations.field-twice", escalation(PRIORITY, TEXT, TEXT, IMPACT), escalation()),
    ("escalations.field-unfit", escalation(PRIORITY, TEXT, "{issue: customer_impact, ticket: day}"), escalation()),
    (
        "escalations.field-unfit",
        escalation(PRIORITY, "{issue: description, ticket: priority}", IMPACT),
        escalation(PRIORITY, "{issue: description, ticket: impact}", "{issue: customer_impact, ticket: state}"),
    ),
    ("escalations.field-unfit", escalation("{issue: priority, ticket: message}", TEXT, IMPACT), escalation()),
    ("escalations.words", escalation(as_="as: {urgent: Highest}"), escalation()),
    ("escalations.words", escalation(as_=AS.replace("low:", "lowest: Low, low:")), escalation()),
    ("escalations.words", escalation(PRIORITY, TEXT[:-1] + ", as: {a: b}}", IMPACT), escalation()),
    ("escalations.status", escalation(back="comes_back: {status: impact, at_first: told}"), escalation()),
    ("escalations.status", escalation(back="comes_back: {status: state, at_first: open}"), escalation()),
    (
        "escalations.other-project",
        escalation(project="web", components="components: [c]"),
        escalation(components="components: [c]"),
    ),
    (
        "escalations.other-project",
        escalation(project="web", labels="labels: [l]"),
        escalation(project="web", labels="labels: [all]"),
    ),
    ("reference.unknown", escalation(PRIORITY, TEXT, "{issue: customer_impact, ticket: harm}"), escalation()),
]
