"""What was changed by hand, as the text of an issue on GitHub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.results.plan import DriftDocument
from golive.screens.left_alone import meeting, new_of, taking_over
from golive.screens.live_plan import change_lines, gone_by_hand
from golive.screens.markdown import Block, fenced, fitted, inline, marker, name_of
from golive.screens.review_markdown import LARGEST_COMMENT
from golive.terminal.masking import masked_document
from golive.wording.words import Terms, title_of

_REST = "_The rest does not fit here: `golive drift` shows all of it._"


def drift_issue(document: DriftDocument, workspace: str, client: str, terms: Terms, titles: Mapping[str, str]) -> str:
    """The issue's text; its first line, which nobody sees, is by which it is found again.

    workspace: the name of it. titles: instance → what people call the system.
    """
    document = masked_document(document)
    head = [
        marker("drift", f"{workspace} {document.environment}"),
        f"## {name_of(client)}, {name_of(document.environment)}: changed by hand since the last run",
    ]
    blocks = [Block("\n".join(head)), *_blocks(document, terms, titles)]
    return fitted(blocks, LARGEST_COMMENT, _REST)[0]


def _blocks(document: DriftDocument, terms: Terms, titles: Mapping[str, str]) -> Iterator[Block]:
    for system in dict.fromkeys(each.system for each in document.drift):
        mine = [each for each in document.drift if each.system == system]
        title = f"### {inline(titles.get(system, system))}"
        lines = change_lines(mine, terms, gone_by_hand)
        yield Block(f"{title}\n\n{fenced(lines)}", f"{title}\n\n_{len(mine)} objects: too long to stand here._")
    for each in document.not_read:
        what = f", {each.what}" if each.what else ""
        yield Block(f"**Not read:** {inline(f'{titles.get(each.system, each.system)}{what}: {each.why}')}")
    if document.unfinished:
        lines = (f"{title_of(each.kind)} {each.key} in {each.system}" for each in document.unfinished)
        yield Block(f"**An earlier run ended in the middle:**\n\n{fenced(lines)}")
    yield from _rules(document, terms, titles)
    if document.drift:
        yield Block(
            "Keep what is there now: `golive pull`. Put ours back: `golive up`. Stop looking after it: "
            "`golive release KIND/KEY`. This issue closes by itself once nothing differs any more."
        )
    elif document.new_rules:
        yield Block("This issue closes by itself once golive has run again, or the new rules are gone.")
    elif not document.not_read and not document.unfinished:
        yield Block("Nothing was changed by hand.")


def _rules(document: DriftDocument, terms: Terms, titles: Mapping[str, str]) -> Iterator[Block]:
    """Rules that are on and not in the files, those that are new first and in a block of their own."""
    old = [each for each in document.foreign_rules if not each.is_new]
    for head, rules in (
        ("Made since our last run, at work, and not in these files", document.new_rules),
        ("At work there, and not in these files", old),
    ):
        if not rules:
            continue
        lines = []
        for each in rules:
            met = f" ({said})" if (said := meeting(each, terms)) else ""
            new = f"{new_of(each)}: " if each.is_new else ""
            lines.append(f"{titles.get(each.system, each.system)}: {new}{each.name}: {each.does}{met}")
            if way := taking_over(each, ""):
                lines.append(f"  take it over: {way}")
        many = f"{len(rules)} rule{'s' if rules[1:] else ''}: too long to stand here."
        yield Block(f"**{head}:**\n\n{fenced(lines, '')}", f"**{head}:** _{many}_")
