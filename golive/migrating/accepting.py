"""The sample that people look at, with what they say of it, as a document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from checklists.accepting import Acceptance
from config.results.migration_accept import AcceptDocument, JudgementCount, SampledTicket, SampleSort
from golive.migrating.opening import OpenedMigration, staging_folder
from golive.migrating.target import Target
from migrations.accepting.drawing import Drawn, Sample
from migrations.ledger.ledger import Ledger
from migrations.staging.staging import Staging
from migrations.verifying.expecting import Expecting
from provisioners.imports import Imports


def accept_page_file(opened: OpenedMigration, environment: str) -> Path:
    """Where the page is written unless somebody says otherwise: it has customers' texts, and so it is not in git."""
    return staging_folder(opened.workspace, opened.key) / f"sample.{environment}.html"


def expecting_of(
    opened: OpenedMigration, staging: Staging, ledger: Ledger, target: Target, imports: Imports
) -> Expecting:
    """What each ticket was to become."""
    return Expecting(opened.key, staging, opened.declared, target.declared, target.places, ledger, imports.longest_text)


def accepted(
    opened: OpenedMigration,
    environment: str,
    sample: Sample,
    acceptance: Acceptance,
    differences: Mapping[str, int] | None = None,
    page: str = "",
    calls: Mapping[str, int] | None = None,
) -> AcceptDocument:
    """The document. differences: old id → what golive itself sees, of the tickets that were read."""
    return AcceptDocument(
        opened.key,
        opened.declared.name,
        environment,
        acceptance.state,
        sample.share,
        sample.of,
        [SampleSort(each.name, each.of, each.drawn) for each in sample.strata],
        [JudgementCount(each.judgement, each.number, each.most) for each in acceptance.limits],
        [_ticket(each, acceptance, differences or {}) for each in sample.tickets],
        page,
        dict(calls or {}),
    )


def _ticket(drawn: Drawn, acceptance: Acceptance, differences: Mapping[str, int]) -> SampledTicket:
    said = acceptance.verdicts.get(drawn.source)
    different = differences.get(drawn.source)
    ticket = SampledTicket(
        drawn.source, drawn.target, list(drawn.why), different, changed=drawn.source in acceptance.stale
    )
    if said is None:
        return ticket
    by = said.entry.by.name
    return SampledTicket(
        drawn.source, drawn.target, list(drawn.why), different, said.judgement, by, said.entry.at, said.note
    )
