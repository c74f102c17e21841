"""What Zendesk's plans carry, and what to do without: the least plan for each kind or attribute that not all have.

A plan is a product and a level: `suite_growth`, `support_professional`. A row says the least level of each product,
or none where the product never has it. `certain` rows stand in the vendor's own description or were seen refused;
the others were gathered and not verified, and are warnings. Add-ons can carry more than a plan does, which the files do
not say; so `x-allow` may set both aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from config.declaration import Declaration, Declared
from config.findings import Finding
from config.rules.method.launching import agents
from config.rules.rule import Rule
from config.text import texts_elsewhere

LEVELS = ("team", "growth", "professional", "enterprise")
"""From the smallest. Support has no growth."""

NOT_CARRIED = Rule(
    "ZD080",
    "error",
    "The account's plan does not carry something that is declared.",
    "Zendesk refuses it, and the run stops there.",
    "Take the nearest thing that the message names, or a larger plan; say under `x-allow` which add-on carries it.",
    excused=True,
    of_plan=True,
)
PERHAPS = Rule(
    "ZD081",
    "warning",
    "The account's plan may not carry something that is declared.",
    "The vendor's pages do not say it clearly, or have changed.",
    "Ask the vendor; the message names the nearest thing.",
    of_plan=True,
)
TOO_HEAVY = Rule(
    "GL-P05",
    "warning",
    "Three agents or fewer work on an enterprise plan.",
    "They pay for, and look after, what they do not use.",
    "Compare with a smaller plan, or write down what needs this one.",
    of_plan=True,
)
CATALOGUE = (NOT_CARRIED, PERHAPS, TOO_HEAVY)
FEW_AGENTS = 3
"""Agents up to whom a plan for enterprises is too heavy."""


@dataclass(frozen=True)
class Need:
    """What needs more than the smallest plan. suite, support: the least level, none where that product never has it.
    found: the declared objects that need it. nearest: what to do without it."""

    what: str
    suite: str | None
    support: str | None
    certain: bool
    found: Callable[[Declaration], Iterator[Declared]]
    nearest: str
    source: str

    def carried_by(self, plan: str) -> bool:
        product, _, level = plan.partition("_")
        least = self.suite if product == "suite" else self.support
        return least is not None and level in LEVELS and LEVELS.index(level) >= LEVELS.index(least)

    @property
    def least(self) -> str:
        """The least plans, as people say them."""
        named = [
            f"{name} {level.capitalize()}"
            for name, level in (("Suite", self.suite), ("Support", self.support))
            if level
        ]
        return " or ".join(named)


def _all(kind: str) -> Callable[[Declaration], Iterator[Declared]]:
    def found(declaration: Declaration) -> Iterator[Declared]:
        for item in declaration.of(kind).values():
            if not item.value.existing and not item.value.by_hand:
                yield item

    return found


def _more_than(kind: str, many: int) -> Callable[[Declaration], Iterator[Declared]]:
    """Objects of a kind beyond the first few; those that are there already count."""

    def found(declaration: Declaration) -> Iterator[Declared]:
        for item in list(declaration.of(kind).values())[many:]:
            if not item.value.existing:
                yield item

    return found


def _roles(declaration: Declaration) -> Iterator[Declared]:
    return (item for item in _all("roles")(declaration) if item.value.rights)


def _light_agents(declaration: Declaration) -> Iterator[Declared]:
    for person in _all("people")(declaration):
        role = declaration.get("roles", person.value.role) if person.value.role else None
        if role is not None and role.value.like == "light_agent" and person.value.invite != "never":
            yield person


def _languages(declaration: Declaration) -> Iterator[Declared]:
    for item in declaration:
        if item.kind in ("integrations", "help_center", "articles", "surveys", "help_center_categories"):
            continue
        if item.kind != "help_center_sections" and any(
            isinstance(text, dict) for _, text in texts_elsewhere(item.value)
        ):
            yield item


NEEDS = (
    Need(
        "a role with rights of its own", "enterprise", "enterprise", True, _roles,
        "Leave `rights` out and take the nearest built-in role: admin, agent or light_agent.",
        "the vendor's description of its API",
    ),
    Need(
        "an SLA policy", "growth", "professional", True, _all("sla_policies"),
        "Keep the promise in a view that lists tickets by their age.",
        "the vendor's description of its API",
    ),
    Need(
        "a light agent", "growth", None, False, _light_agents,
        "Keep  invite: never ; Slack and mail bring the person what is needed.",
        "gathered, not verified",
    ),
    Need(
        "a schedule", "growth", "professional", False, _all("schedules"),
        "Count promises on the calendar:  hours: calendar",
        "gathered, not verified",
    ),
    Need(
        "a second schedule", "professional", "professional", False, _more_than("schedules", 1),
        "Make one schedule that holds the hours of all offices.",
        "gathered, not verified",
    ),
    Need(
        "dynamic content", "growth", "professional", False, _all("dynamic_content"),
        "Write the text into the rules, in one language.",
        "gathered, not verified",
    ),
    Need(
        "a text in several languages", "growth", "professional", False, _languages,
        "Write the text in one language; several become dynamic content.",
        "gathered, not verified",
    ),
    Need(
        "a second form", "growth", "enterprise", False, _more_than("ticket_forms", 1),
        "Make one form, with conditions on what the ticket is about.",
        "gathered, not verified",
    ),
    Need(
        "a second brand", "growth", "enterprise", False, _more_than("brands", 1),
        "Keep one brand, and a field that says which product it is.",
        "gathered, not verified",
    ),
    Need(
        "a skill", "professional", "enterprise", False, _all("skills"),
        "Route by groups.",
        "gathered, not verified",
    ),
    Need(
        "a queue", "professional", "professional", False, _all("queues"),
        "Route by triggers and groups.",
        "gathered, not verified",
    ),
    Need(
        "a custom object", "growth", "enterprise", False, _all("custom_objects"),
        "Keep it in fields of the organization.",
        "gathered, not verified",
    ),
    Need(
        "a deletion schedule", "enterprise", "enterprise", False, _all("deletion_schedules"),
        "Delete by hand, on dates in everybody's calendar.",
        "gathered, not verified",
    ),
    Need(
        "a survey", "growth", "professional", False, _all("surveys"),
        "Link to a form of your own in the mail that tells of the solution.",
        "gathered, not verified",
    ),
)  # fmt: skip


def check(declaration: Declaration, plan: str) -> Iterator[Finding]:
    """What a plan does not carry of what is declared. plan: as an environment's file says it; of one that is not known
    nothing is said."""
    product, _, level = plan.partition("_")
    if product not in ("suite", "support") or level not in LEVELS:
        return
    for need in NEEDS:
        if need.carried_by(plan):
            continue
        rule = NOT_CARRIED if need.certain else PERHAPS
        said = "does not carry" if need.certain else "may not carry"
        for item in need.found(declaration):
            message = f"the plan {plan} {said} {need.what}: that begins with {need.least}"
            yield rule.found(item, (), message, need.nearest, of_key=True)
    team = agents(declaration)
    if level == "enterprise" and 0 < len(team) <= FEW_AGENTS and declaration.get("rollout", "rollout") is not None:
        yield TOO_HEAVY.found(team[0], (), f"{len(team)} agents work on the plan {plan}", of_key=True)
