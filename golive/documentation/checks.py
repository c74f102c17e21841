"""docs/checks.md: every check of `golive look`, made from the checks themselves."""

from __future__ import annotations

from collections.abc import Iterator

from golive.screens.look import ABOUT, TITLES, TOPICS
from provisioners.zendesk.look.catalogue import CATALOGUE
from provisioners.zendesk.look.rule import Rule


def checks_page() -> str:
    """The page."""
    lines = [
        "# Checks of `golive look`",
        "",
        f"Made from the {len(CATALOGUE)} checks themselves. `golive look --all` and `--json` name the check of each",
        "finding, and so does the end of each finding on the page for a browser.",
        "",
        ABOUT,
        "Where a check measures by a limit of Zendesk, its figure says so. A team may have a reason to differ: a",
        "finding is a question, and no order.",
        "",
        "A check is in order only if everything that it needs could be read. Otherwise it is counted as not asked;",
        "and as one with nothing to look at, where the account has nothing of what it is about.",
    ]
    for topic, title in TOPICS.items():
        rules = [rule for rule in CATALOGUE if rule.topic == topic]
        lines += ["", f"## {title[0].upper()}{title[1:]}", "", "| Check | What it finds | Figure | Why | What to do |"]
        lines += ["|---|---|---|---|---|", *map(_row, rules)]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> str:
    weight = TITLES[rule.weight].lower()
    return "| " + " | ".join(_cells(rule, weight)) + " |"


def _cells(rule: Rule, weight: str) -> Iterator[str]:
    yield f"`{rule.id}`"
    yield f"{rule.what} ({weight})"
    yield from (each.replace("|", "\\|") for each in (rule.figure, rule.why, rule.do))
