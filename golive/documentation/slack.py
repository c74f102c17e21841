"""docs/slack.md: what golive does with Slack, made from the code."""

from __future__ import annotations

from collections.abc import Iterator

from config.kinds import ALL_KINDS
from golive.documentation.examples import client, example
from golive.documentation.vendor_page import attributes_of, steps_of
from provisioners.slack.quirks import BY_HAND, LIMITS, NOT_CHECKED, QUIRKS
from provisioners.slack.rules import CATALOGUE
from provisioners.system import systems


def slack_page() -> str:
    """The page."""
    lines = [
        "# Slack",
        "",
        "What golive looks after in a Slack workspace, how alerts reach it, and what stays a person's. What each "
        "attribute means stands in [kinds.md](kinds.md), what is checked in [rules.md](rules.md).",
        "",
        "## Scopes of the bot's token",
        "",
        "Which of them are needed goes by what the files declare; `golive doctor` compares them with what the token "
        "has.",
        "",
        "| scope | for |",
        "| --- | --- |",
        *_scopes(),
        "",
    ]
    for word in QUIRKS:
        kind = ALL_KINDS[word]
        lines += [
            f"## {kind.plural[0].upper()}{kind.plural[1:]}",
            "",
            *attributes_of(kind, "slack"),
            "",
            "```yaml",
            example(word),
            "```",
            "",
            *(f"- {said}" for said in QUIRKS[word]),
            "",
        ]
    lines += ["## Limits", "", *(f"- {said}" for said in LIMITS), "", "## What a person does", ""]
    for task in BY_HAND:
        lines += steps_of(task)
    lines += [
        "## What is checked",
        "",
        "| rule | what it finds | what to do |",
        "| --- | --- | --- |",
        *(f"| [{rule.id}](rules.md#{rule.id}) | {rule.what} | {rule.fix} |" for rule in CATALOGUE),
        "",
        *NOT_CHECKED,
        "",
    ]
    return "\n".join(lines)


def _scopes() -> Iterator[str]:
    wanted = systems()["slack"].rights_needed(client().declaration)
    for scope, why in {**wanted.needed, **wanted.useful}.items():
        yield f"| `{scope}` | {why} |"
