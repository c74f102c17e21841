"""What stands against sending a migration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from config.results.migration_map import OpenWord
from config.words import some
from golive.migrating.opening import OpenedMigration
from golive.migrating.target import Target
from golive.wording.record_words import word_said
from migrations.declared.mapping import PLACEHOLDER, WordMapping
from migrations.declared.migration import own_matcher
from migrations.ledger.ledger import Ledger
from migrations.records.person import Person
from migrations.sending.chunks import chunks
from migrations.sending.external_ids import external_id
from migrations.sending.selection import Selection, selected
from migrations.staging.staging import Staging
from provisioners.imports import Imports

LOOKED_FOR = 5
"""Tickets that the ledger does not know, of which the helpdesk is asked whether it has them."""


def obstacles(
    opened: OpenedMigration,
    staging: Staging,
    ledger: Ledger,
    target: Target,
    imports: Imports,
    selection: Selection,
    *,
    open_words: Sequence[OpenWord],
    rules: int,
) -> list[str]:
    """Each in a sentence with what to do. open_words: without a place. rules: live ones that would act on what is sent.
    Reads only. Raises SystemFault."""
    mapping = opened.declared.mapping or WordMapping()
    return [
        *_unread(opened, staging),
        *_undecided(opened, open_words),
        *_taken_for_customers(opened, staging, mapping),
        *_rules(rules),
        *_without_seat(mapping, target),
        *_unknown_to_the_ledger(opened, staging, ledger, imports, selection),
    ]


def _unread(opened: OpenedMigration, staging: Staging) -> Iterator[str]:
    if not staging.is_whole:
        yield f"The source is not read to its end:  golive migrate extract {opened.key}"


def _undecided(opened: OpenedMigration, open_words: Sequence[OpenWord]) -> Iterator[str]:
    if open_words:
        one = "1 word has" if len(open_words) == 1 else f"{len(open_words):,} words have"
        few = some([word_said(each.path) for each in open_words])
        yield f"{one} no place yet, or no reason: {few}. See them:  golive migrate map {opened.key} --check"


def _taken_for_customers(opened: OpenedMigration, staging: Staging, mapping: WordMapping) -> Iterator[str]:
    """The client's own people who count as customers: what they write to each other would be public."""
    again = f"Mend `own`, and read it again:  golive migrate extract {opened.key} --again"
    people = (staging.get(Person, each) for each in mapping.people)
    taken = [each.email or each.id for each in people if each is not None and each.side == "customer"]
    if taken:
        yield (
            f"{some(taken)} of `people` would be a customer, and what colleagues write to each other would be public: "
            f"`own` does not name that address. {again}"
        )
    if opened.source.needs_own and not opened.declared.own:
        yield (
            "Nobody has said which addresses are the client's own: everybody would be a customer, and what colleagues "
            f"write to each other would be public. Write  own: [your-domain.example]  into {opened.file}, and read it "
            f"again:  golive migrate extract {opened.key} --again"
        )
    own = own_matcher(tuple(opened.declared.own))
    emails = (each.email for each in staging.all(Person) if each.email)
    if opened.declared.own and not any(own(email) for email in emails) and staging.count("people"):
        yield f"Nobody in the old tool has an address of `own` ({some(opened.declared.own)}). {again}"


def _rules(rules: int) -> Iterator[str]:
    if rules:
        one = "1 live rule" if rules == 1 else f"{rules} live rules"
        yield f"{one} would act on what is brought over: the hour after an import is when customers get mailed."


def _without_seat(mapping: WordMapping, target: Target) -> Iterator[str]:
    """People whom the mapping names and who are no users of the helpdesk yet: somebody else would have written."""
    named = {row.to for row in mapping.people.values() if row.to not in (None, PLACEHOLDER)}
    missing = sorted(str(key) for key in named if key not in target.places.people)
    if missing:
        yield (
            f"{some(missing)} of `people` cannot be found in {target.title} yet: set them up with  golive up,  or "
            f"write to: {PLACEHOLDER}."
        )


def _unknown_to_the_ledger(
    opened: OpenedMigration, staging: Staging, ledger: Ledger, imports: Imports, selection: Selection
) -> Iterator[str]:
    """Tickets of this migration that are there, and of which the ledger knows nothing: it is an old one, or none."""
    unknown = (
        source
        for chunk in chunks((each.id for each in selected(staging, opened.declared, selection)), imports.at_once)
        for known in (ledger.entries_of("tickets", chunk),)
        for source in chunk
        if source not in known
    )
    there = [
        source
        for source in islice(unknown, LOOKED_FOR)
        if imports.tickets_by_external_id(external_id(opened.key, source))
    ]
    if there:
        yield (
            f"In the helpdesk already, and not known to the ledger: {some(there)}. Everything would be sent a second "
            f"time. Get {opened.workspace.show(ledger.path)} back, from git or from backups/ beside it."
        )
