"""docs/zendesk.md: what golive does with Zendesk, kind by kind, made from the code."""

from __future__ import annotations

from config.kinds import ALL_KINDS, Kind
from config.registry import fragment
from golive.documentation.forms import anchor
from provisioners.system import systems
from provisioners.zendesk.plans import NEEDS
from provisioners.zendesk.quirks import BY_HAND, QUIRKS

_LEAVES = {
    "switch_off": "switched off",
    "delete": "deleted",
    "delete_ours": "deleted where golive made it",
    "release": "stays",
}


def zendesk_page() -> str:
    """The page."""
    kinds = [ALL_KINDS[each.kind] for each in systems()["zendesk"].translations()]
    lines = [
        "# Zendesk",
        "",
        "What golive looks after in a Zendesk account, what it takes, and what stays a person's. Attributes stand in "
        "[kinds.md](kinds.md), rules in [rules.md](rules.md).",
        "",
        "## Kinds",
        "",
        "| kind | switched off and on | when it leaves the files | order | in Zendesk's own words |",
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
        "## What Zendesk does otherwise",
        "",
    ]
    for kind in kinds:
        lines += [
            f"### {kind.plural[0].upper()}{kind.plural[1:]}",
            "",
            *(f"- {said}" for said in QUIRKS[kind.word]),
            "",
        ]
    lines += [
        "## What a person does",
        "",
        "Zendesk's API cannot do this. What is declared with `by_hand: true` is listed by each plan with its steps.",
        "",
        "| what | where in the admin centre | how it is known to be done |",
        "| --- | --- | --- |",
        *(f"| {task.what} | {task.where} | {task.then} |" for task in BY_HAND),
        "",
    ]
    return "\n".join(lines)


def _row(kind: Kind) -> str:
    model = kind.model
    switch = getattr(model, "has_switch", False)
    leaves = _LEAVES[model.model_construct(on_remove=None).removal] if hasattr(model, "model_construct") else "stays"
    own = ", ".join(f"`{name}`" for name in (fragment("zendesk", kind.word) or {}).get("properties", {}))
    name = f"[{kind.word}](kinds.md#{anchor(kind.word)})"
    return f"| {name} | {'yes' if switch else '–'} | {leaves} | {_order(kind)} | {own or '–'} |"


def _order(kind: Kind) -> str:
    return "counts" if kind.ordered else "–"
