"""Which signatures a plan makes worthless, before it happens."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from checklists.binding import Changed, changed_since, order_said, text_said, texts_of, whole_digest
from checklists.book import read_book, signer_of
from checklists.loading import load_checklist
from config.chain import Chain
from config.declaration import Declaration
from config.kinds import ALL_KINDS
from config.results.plan import PlanDocument, SignatureLost
from golive.wording.words import ORDER
from golive.workspace.opening import Opened

_SAID_BY = {"triggers": "trigger_categories"}
"""Kinds whose order a plan shows as a change of another kind."""


def signatures_lost(opened: Opened, log: Chain, document: PlanDocument) -> Iterator[SignatureLost]:
    """Each signature, and each go for the next phase, that is out of date because of what a plan would change, or of
    what no plan shows: what is not sent stands in the files alone. log: the environment's, verified."""
    addresses = {f"{each.kind}/{each.key}" for each in document.changes}
    addresses |= {f"{each.kind}/{each.key}" for each in (*document.asleep, *document.by_hand, *document.not_sent)}
    book = read_book(log)
    if not (book.signed or book.decided):
        return
    checklist, declaration = load_checklist(opened.workspace).checklist, opened.loaded.declaration
    items = checklist.items
    for key, entries in book.signed.items():
        listed = items.get(key)
        if listed is None:
            continue
        for entry in entries:
            files = entry.data["binds"].get("files", {})  # whether these are what they were is not the plan's doing
            changed = changed_since(entry.data["binds"], listed, declaration, files)
            meant = list(_by_the_plan(changed, addresses, declaration))
            if meant:
                yield SignatureLost(key, listed.item.name, signer_of(entry).name, entry.at, meant)
    whole = whole_digest(declaration)
    changes = sorted({f"{each.kind}/{each.key}" for each in document.changes})
    for phase in book.decided:
        if phase not in checklist.gates or not book.progress.leads_to(phase):
            continue
        for entry in book.last_words(phase):
            if entry.data["decision"] == "go" and entry.data.get("config") != whole:
                name = f"Go for the {checklist.gates[phase].name}"
                yield SignatureLost("", name, signer_of(entry).name, entry.at, changes, phase)


def _by_the_plan(changed: Changed, addresses: Collection[str], declaration: Declaration) -> Iterator[str]:
    """What of a change is the plan's, in words."""
    for each in changed.objects:
        if each in addresses or not _is_sent(each.partition("/")[0]):
            yield each
    for kind in changed.orders:
        shown = _SAID_BY.get(kind)
        begins = (f"{kind}/{ORDER}", *((f"{shown}/",) if shown else ()))
        if not _is_sent(kind) or not ALL_KINDS[kind].ordered or any(each.startswith(begins) for each in addresses):
            yield order_said(kind)
    for path in changed.texts:
        of = {f"{item.kind}/{item.key}" for item in declaration if path in texts_of(item)}
        if of & set(addresses) or not any(_is_sent(each.partition("/")[0]) for each in of):
            yield text_said(path)


def _is_sent(kind: str) -> bool:
    """Whether a plan shows changes of a kind's objects."""
    return kind in ALL_KINDS and ALL_KINDS[kind].applied and not ALL_KINDS[kind].used_only
