"""docs/rules.md: every rule of `golive validate`, made from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from config.rules.catalogue import catalogue
from config.rules.rule import Rule


@dataclass(frozen=True)
class Chapter:
    """Rules that stand together: those whose id begins with one of these words."""

    title: str
    said: str
    beginnings: tuple[str, ...]

    def holds(self, rule: Rule) -> bool:
        return rule.id.startswith(self.beginnings)


CHAPTERS = (
    Chapter(
        "Rules that contradict, hide or repeat each other",
        "What several rules do together, and what nobody uses. They speak only where they are certain; what agents do "
        "by hand, and rules that stand in the helpdesk only, they do not see.",
        ("LG",),
    ),
    Chapter(
        "The method",
        "What experience with such projects asks for. Where a figure is meant for a launch, it is asked only of files "
        "that declare a `rollout`.",
        ("GL-",),
    ),
    Chapter("Slack", "What Slack refuses.", ("SL",)),
    Chapter("Zendesk", "What Zendesk refuses, or takes and does something else with.", ("ZD",)),
    Chapter("Jira and Linear", "What the tracker does not have.", ("JI", "LI")),
    Chapter("Salesforce", "What Salesforce cannot hold.", ("salesforce.",)),
    Chapter("HubSpot", "What HubSpot cannot hold. Asked where an environment's CRM is HubSpot.", ("hubspot.",)),
    Chapter(
        "Conditions and actions",
        "Fields, operators and values belong together.",
        ("conditions.", "actions."),
    ),
    Chapter(
        "Texts, placeholders and secrets",
        "What people read, and what nobody may.",
        ("texts.", "placeholders.", "secrets."),
    ),
    Chapter(
        "Names, references and order",
        "Each object is one object, and what it names is there.",
        ("reference.", "name.", "was.", "existing.", "order.", "people.", "priorities."),
    ),
    Chapter(
        "Fields, forms, channels and promises",
        "Objects of one kind and what they need of others.",
        (
            "ticket_fields.", "options.", "ticket_forms.", "ticket_statuses.", "brands.", "tags.", "channels.",
            "schedules.", "sla_policies.", "settings.", "slack_channels.", "mapping.", "crm.", "escalations.",
        ),
    ),
    Chapter("The soft launch", "Who is in it, and which way leads there.", ("rollout.",)),
    Chapter("Systems, and what comes later", "What stands under a vendor's name.", ("systems.", "applied.")),
    Chapter("Exceptions", "What `x-allow` says itself.", ("x-allow.",)),
    Chapter(
        "Files",
        "What is found while files are read.",
        ("yaml.", "schema.", "values.", "environment.", "workspace."),
    ),
)  # fmt: skip


def rules_page() -> str:
    """The page."""
    every = list(catalogue().values())
    decided = [rule for rule in every if rule.is_decided_here]
    lines = [
        "# Rules",
        "",
        f"Made from the {len(decided)} rules that `golive validate` looks for, and {len(every) - len(decided)} more",
        "that others decide. A finding names its rule, and `golive rule ID` says of one what stands here; `golive",
        "validate --json` has all of it as fields.",
        "",
        "An object sets a rule aside for itself with a reason:",
        "",
        "```yaml",
        "macros:",
        "  disputed_amount:",
        "    name: Disputed amount",
        "    x-allow: {GL-M03: Our lawyers ask for these very words.}",
        "    then:",
        "      - {reply: public, text: We guarantee an answer within two days.}",
        "```",
        "",
        "That takes away exactly this rule's findings about this object. An entry without a reason is an error, one",
        "that takes nothing away a warning. Rules marked ° cannot be set aside: the system would refuse what breaks",
        "them, or the files could not be understood. How many findings are set aside, `golive validate` says; with",
        "`--json` which, and why.",
    ]  # fmt: skip
    for chapter in CHAPTERS:
        rules = [rule for rule in every if chapter.holds(rule)]
        lines += ["", f"## {chapter.title}", "", chapter.said, "", *_table([r for r in rules if r.is_decided_here])]
        elsewhere = [rule for rule in rules if not rule.is_decided_here]
        if elsewhere:
            lines += ["", f"### {chapter.title}: decided elsewhere", "", *_elsewhere(elsewhere)]
    return "\n".join(lines) + "\n"


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| Rule | Severity | What it finds | Why | What to do |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        mark = "" if rule.may_be_allowed else "°"
        source = f" (Source: {rule.source})" if rule.source else ""
        yield _row(_named(rule, mark), rule.severity, rule.what, rule.why + source, rule.fix)


def _elsewhere(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| Rule | Weight | What is wrong | Decided by | What to do |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        yield _row(_named(rule), rule.severity, rule.what, rule.elsewhere, rule.fix)


def _named(rule: Rule, mark: str = "") -> str:
    return f'<a id="{rule.id}"></a>`{rule.id}`{mark}'


def _row(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"
