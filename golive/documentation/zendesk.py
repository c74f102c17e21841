"""docs/zendesk.md: what golive does with Zendesk, kind by kind, made from the code."""

from __future__ import annotations

from config.kinds import ALL_KINDS, Kind
from golive.documentation.forms import anchor, heading
from golive.documentation.questions import QUESTIONS
from golive.documentation.vendor_page import leaves, section_of, steps_of
from provisioners.system import systems
from provisioners.zendesk.plans import NEEDS
from provisioners.zendesk.quirks import BY_HAND, QUIRKS


def zendesk_page() -> str:
    """The page."""
    kinds = [ALL_KINDS[each.kind] for each in systems()["zendesk"].translations()]
    lines = [
        "# Zendesk",
        "",
        "What golive looks after in a Zendesk account, what it takes, and what stays a person's. What each attribute "
        "means stands in [kinds.md](kinds.md), what is checked in [rules.md](rules.md).",
        "",
        "## Kinds",
        "",
        "| kind | switched off and on | when it leaves the files | order | plan |",
        "| --- | --- | --- | --- | --- |",
        *(_row(kind) for kind in kinds),
        "",
        "## What it takes of the plan",
        "",
        "`plan:` in the environment's file says which one the account has. What it does not carry is an error, or a "
        "warning where the vendor's pages do not say it clearly; add-ons can carry more.",
        "",
        "| what | begins with | known from | without it |",
        "| --- | --- | --- | --- |",
        *(f"| {need.what} | {need.least} | {need.source} | {need.nearest} |" for need in NEEDS),
        "",
        "## Kind by kind",
        "",
        "What can be said of each, and where Zendesk does otherwise than one would think.",
        "",
    ]
    for kind in kinds:
        lines += section_of(kind, "zendesk", QUIRKS[kind.word])
    lines += ["## Everyday questions", ""]
    for each in QUESTIONS:
        lines += [f"### {each.asked}", "", each.answer, ""]
        lines += ["```yaml", each.yaml.rstrip("\n"), "```", ""] if each.yaml else []
    lines += [
        "## What a person does",
        "",
        "Zendesk's API cannot do this. Each plan lists what is declared and left to people, with its steps; the gate "
        "asks for it under `left_to_people` and under the items named here (`golive gate explain ITEM`).",
        "",
    ]
    return "\n".join([*lines, *(line for task in BY_HAND for line in steps_of(task))])


def _row(kind: Kind) -> str:
    switch = getattr(kind.model, "has_switch", False)
    name = f"[{kind.word}](kinds.md#{anchor(heading(kind.word))})"
    return f"| {name} | {'yes' if switch else '–'} | {leaves(kind)} | {_order(kind)} | {_plan(kind)} |"


def _order(kind: Kind) -> str:
    return "counts" if kind.ordered else "–"


def _plan(kind: Kind) -> str:
    """With which plan what begins; the nearest thing without it stands in the table of plans."""
    return "; ".join(f"{need.what}: {need.least}" for need in NEEDS if need.kind == kind.word) or "every one"
