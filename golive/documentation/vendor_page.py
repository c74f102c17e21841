"""Pieces of the pages about vendors: a kind, what a person does, and how a CRM's page begins its tables and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from config.kinds import Kind
from config.registry import fragment
from config.schema import members
from golive.documentation.forms import anchor, attributes, heading
from provisioners.by_hand import Task

_LEAVES = {
    "switch_off": "switched off",
    "delete": "deleted",
    "delete_ours": "deleted where golive made it",
    "release": "stays",
}


def steps_of(task: Task) -> list[str]:
    """What only a person can do, as a section."""
    asked = ", ".join(f"`{item}`" for item in task.items)
    return [
        f"### {task.what}",
        "",
        *(f"{number}. {step}" for number, step in enumerate(task.steps, 1)),
        "",
        f"Seen by golive: {task.seen}" + (f" Asked by the gate: {asked}." if asked else ""),
        "",
    ]


def section_of(kind: Kind, vendor: str, quirks: Iterable[str]) -> list[str]:
    """What can be said of a kind, and where the vendor does otherwise than one would think."""
    title = f"### {kind.plural[0].upper()}{kind.plural[1:]}"
    return [title, "", *attributes_of(kind, vendor), "", *(f"- {said}" for said in quirks), ""]


def attributes_of(kind: Kind, vendor: str) -> list[str]:
    """Every attribute of a kind, and those that stand under the vendor's own name."""
    own = dict.fromkeys(word for model in members(kind.model) for word, _, _ in attributes(model))
    extra = list((fragment(vendor, kind.word) or {}).get("properties", {}))
    said = ", ".join(f"`{word}`" for word in own) or "none of its own"
    under = f"; under `{vendor}:` {', '.join(f'`{word}`' for word in extra)}" if extra else ""
    return [f"[Attributes](kinds.md#{anchor(heading(kind.word))}): {said}{under}."]


def leaves(kind: Kind) -> str:
    """What becomes of an object that leaves the files, unless it says otherwise."""
    model = kind.model
    return _LEAVES[model.model_construct(on_remove=None).removal] if hasattr(model, "model_construct") else "stays"


def crm_kinds(kinds: Sequence[Kind], leaving: Callable[[Kind], str]) -> list[str]:
    """The table of what becomes of each kind that leaves the files."""
    return [
        "## Kinds",
        "",
        "| kind | when it leaves the files |",
        "| --- | --- |",
        *(f"| [{kind.word}](kinds.md#{anchor(heading(kind.word))}) | {leaving(kind)} |" for kind in kinds),
        "",
    ]


def crm_details(
    kinds: Sequence[Kind],
    vendor: str,
    quirks: Mapping[str, Iterable[str]],
    limits: Iterable[tuple[str, str]],
    checked: Iterable[str],
    unproved: Iterable[str],
    live: str,
    by_hand: Iterable[Task],
) -> str:
    """Kind by kind, then limits, what is checked, what nobody has tried, what a person does. live: what nothing of that
    was tried on, such as `organisation`."""
    lines = ["## Kind by kind", ""]
    for kind in kinds:
        lines += section_of(kind, vendor, quirks[kind.word])
    lines += ["## Limits", "", "| what | how much |", "| --- | --- |"]
    lines += [*(f"| {what} | {most} |" for what, most in limits), ""]
    lines += ["## What is checked", "", *checked, "", "## What nobody has tried", ""]
    lines += [f"This rests on pages and was tried on no live {live}:", "", *(f"- {each}" for each in unproved), ""]
    lines += ["## What a person does", "", "No interface that golive uses can do this.", ""]
    return "\n".join([*lines, *(line for task in by_hand for line in steps_of(task))])
