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
TRIAL, LIKE_TRIAL = "trial", "suite_professional"
"""An account that nobody has bought yet, and the plan whose features it has."""
PRODUCTS = ("suite", "support")

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
    """What needs more than the smallest plan. kind: of what, empty where of several. suite, support: the least level,
    none where that product never has it. found: the declared objects that need it. nearest: what to do without it."""

    kind: str
    what: str
    suite: str | None
    support: str | None
    certain: bool
    found: Callable[[Declaration], Iterator[Declared]]
    nearest: str
    source: str

    def carried_by(self, product: str, level: str) -> bool:
        """Whether a plan of that product and level has it."""
        least = self.suite if product == "suite" else self.support
        return least is not None and LEVELS.index(level) >= LEVELS.index(least)

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


def _of_help_center(declaration: Declaration) -> Iterator[Declared]:
    """One object for all: without a help centre none of them can be made."""
    kinds = ("help_center_categories", "help_center_sections", "articles")
    yield from [item for kind in kinds for item in _all(kind)(declaration)][:1]


def _in_sections(declaration: Declaration) -> Iterator[Declared]:
    return (item for item in _all("help_center_sections")(declaration) if item.value.section)


def _readers(declaration: Declaration) -> Iterator[Declared]:
    """Articles that not everybody reads."""
    for article in _all("articles")(declaration):
        if article.value.for_ or article.value.vendor.get("zendesk", {}).get("user_segment"):
            yield article


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
        "roles", "a role with rights of its own", "enterprise", "enterprise", True, _roles,
        "Leave `rights` out and take the nearest built-in role: admin, agent or light_agent.",
        "the vendor's description of its API",
    ),
    Need(
        "sla_policies", "an SLA policy", "growth", "professional", True, _all("sla_policies"),
        "Keep the promise in a view that lists tickets by their age.",
        "the vendor's description of its API",
    ),
    Need(
        "people", "a light agent", "growth", None, False, _light_agents,
        "Keep  invite: never ; Slack and mail bring the person what is needed.",
        "gathered, not verified",
    ),
    Need(
        "schedules", "a schedule", "growth", "professional", False, _all("schedules"),
        "Count promises on the calendar:  hours: calendar",
        "gathered, not verified",
    ),
    Need(
        "schedules", "a second schedule", "professional", "professional", False, _more_than("schedules", 1),
        "Make one schedule that holds the hours of all offices.",
        "gathered, not verified",
    ),
    Need(
        "dynamic_content", "dynamic content", "growth", "professional", False, _all("dynamic_content"),
        "Write the text into the rules, in one language.",
        "gathered, not verified",
    ),
    Need(
        "", "a text in several languages", "growth", "professional", False, _languages,
        "Write the text in one language; several become dynamic content.",
        "gathered, not verified",
    ),
    Need(
        "ticket_forms", "a second form", "growth", "enterprise", False, _more_than("ticket_forms", 1),
        "Make one form, with conditions on what the ticket is about.",
        "gathered, not verified",
    ),
    Need(
        "brands", "a second brand", "growth", "enterprise", False, _more_than("brands", 1),
        "Keep one brand, and a field that says which product it is.",
        "gathered, not verified",
    ),
    Need(
        "skills", "a skill", "professional", "enterprise", False, _all("skills"),
        "Route by groups.",
        "gathered, not verified",
    ),
    Need(
        "queues", "a queue", "professional", "professional", False, _all("queues"),
        "Route by triggers and groups.",
        "gathered, not verified",
    ),
    Need(
        "group_sla_policies", "a group SLA policy", "enterprise", "enterprise", True, _all("group_sla_policies"),
        "Promise it to customers only, and watch how long groups take in a view of old tickets.",
        "refused (403) on other plans",
    ),
    Need(
        "brands", "a sixth brand", "enterprise", "enterprise", False, _more_than("brands", 5),
        "Keep five brands, and a field that says which product it is.",
        "support.zendesk.com, “Setting up multiple brands”",
    ),
    Need(
        "custom_objects", "a custom object", "team", "enterprise", True, _all("custom_objects"),
        "Keep it in fields of the organization.",
        "developer.zendesk.com, “Custom objects”, “Plan availability”",
    ),
    Need(
        "custom_objects", "a fourth custom object", "growth", "enterprise", True, _more_than("custom_objects", 3),
        "Keep it in fields of the organization, or in one object with a field that says what it is.",
        "developer.zendesk.com, “Custom objects”, “Limitations”",
    ),
    Need(
        "custom_objects", "a sixth custom object", "professional", "enterprise", True, _more_than("custom_objects", 5),
        "Keep it in fields of the organization, or in one object with a field that says what it is.",
        "developer.zendesk.com, “Custom objects”, “Limitations”",
    ),
    Need(
        "custom_objects", "a 31st custom object", "enterprise", None, True, _more_than("custom_objects", 30),
        "Keep it in fields of the organization, or in one object with a field that says what it is.",
        "developer.zendesk.com, “Custom objects”, “Limitations”",
    ),
    Need(
        "help_center_categories", "a help centre", "team", None, False, _of_help_center,
        "Buy the help centre beside Support, or keep answers in macros and on the website.",
        "gathered, not verified",
    ),
    Need(
        "help_center_sections", "a section in a section", "enterprise", None, True, _in_sections,
        "Put it into the category itself.",
        "developer.zendesk.com, “Sections”",
    ),
    Need(
        "articles", "an article that only some read", "growth", None, False, _readers,
        "Let everybody read it, or keep it in a macro.",
        "developer.zendesk.com, “User Segments”",
    ),
    Need(
        "deletion_schedules", "a deletion schedule", "enterprise", "enterprise", False, _all("deletion_schedules"),
        "Delete by hand, on dates in everybody's calendar.",
        "gathered, not verified",
    ),
    Need(
        "surveys", "a survey", "growth", "professional", False, _all("surveys"),
        "Link to a form of your own in the mail that tells of the solution.",
        "gathered, not verified",
    ),
)  # fmt: skip


ON_EVERY_PLAN = frozenset(
    {
        "groups", "channels", "ticket_fields", "ticket_statuses", "customer_fields", "trigger_categories", "triggers",
        "automations", "macros", "views", "webhooks", "settings", "alerts", "escalations", "slack_channels",
        "rollout",
    }
)  # fmt: skip
"""Kinds of which the smallest plan has some, as far as the vendor's pages say. A brand and a form are among them, a
second one is not."""
BRANDS = {"team": 1, "growth": 5, "professional": 5, "enterprise": 300}
"""Level of a Suite → brands. Source: support.zendesk.com, “Setting up multiple brands”."""


def nearest(what: str) -> str:
    """What to do without something, as a need says it."""
    return next(need.nearest for need in NEEDS if need.what == what)


def level_of(plan: str) -> tuple[str, str] | None:
    """The product and the level of a plan; None for one that is not known."""
    product, _, level = (LIKE_TRIAL if plan == TRIAL else plan).partition("_")
    return (product, level) if product in PRODUCTS and level in LEVELS else None


def brands_of(plan: str) -> int | None:
    """How many brands a plan has; None where that is not known."""
    known = level_of(plan)
    return BRANDS[known[1]] if known and known[0] == "suite" else None


def check(declaration: Declaration, plan: str) -> Iterator[Finding]:
    """What a plan does not carry of what is declared. plan: as an environment's file says it; of one that is not known
    nothing is said."""
    known = level_of(plan)
    if known is None:
        return
    for need in NEEDS:
        if need.carried_by(*known):
            continue
        rule = NOT_CARRIED if need.certain else PERHAPS
        said = "does not carry" if need.certain else "may not carry"
        for item in need.found(declaration):
            message = f"the plan {plan} {said} {need.what}: that begins with {need.least}"
            yield rule.found(item, (), message, need.nearest, of_key=True)
    team = agents(declaration)
    if known[1] == "enterprise" and 0 < len(team) <= FEW_AGENTS and declaration.get("rollout", "rollout") is not None:
        yield TOO_HEAVY.found(team[0], (), f"{len(team)} agents work on the plan {plan}", of_key=True)
