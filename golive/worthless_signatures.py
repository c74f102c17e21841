"""Which signatures a plan makes worthless, before it happens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checklists.binding import changed_since, whole_digest
from checklists.book import read_book, signer_of
from checklists.loading import load_checklist
from config.chain import Chain
from config.results.plan import Change, SignatureLost
from golive.opening import Opened


def signatures_lost(opened: Opened, log: Chain, changes: Iterable[Change]) -> Iterator[SignatureLost]:
    """Each signature, and each go for the next phase, that is out of date because of what a plan would change. log: the
    environment's, verified."""
    addresses = {f"{each.kind}/{each.key}" for each in changes}
    book = read_book(log)
    if not addresses or not (book.signed or book.decided):
        return
    checklist = load_checklist(opened.workspace).checklist
    items = checklist.items
    for key, entries in book.signed.items():
        listed = items.get(key)
        if listed is None:
            continue
        for entry in entries:
            files = entry.data["binds"]["files"]  # whether these are what they were is not the plan's doing
            changed = changed_since(entry.data["binds"], listed, opened.loaded.declaration, files)
            meant = [each for each in changed.objects if each in addresses]
            if meant:
                yield SignatureLost(key, listed.item.name, signer_of(entry).name, entry.at, meant)
    whole = whole_digest(opened.loaded.declaration)
    for phase in book.decided:
        if phase not in checklist.gates or not book.progress.leads_to(phase):
            continue
        for entry in book.last_words(phase):
            if entry.data["decision"] == "go" and entry.data.get("config") != whole:
                name = f"Go for the {checklist.gates[phase].name}"
                yield SignatureLost("", name, signer_of(entry).name, entry.at, sorted(addresses), phase)
