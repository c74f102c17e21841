"""What comparing a migration has found, noted in the log for the gates."""

from __future__ import annotations

from checklists.moments import written
from config.results.document import as_json
from config.results.log_entry import Actor
from config.results.migration_redirects import MigrationRedirectsDocument
from config.results.migration_verify import VerifyDocument
from golive.gates.opened import OpenedGates
from golive.gates.trial_evidence import kept


def note_verified(gates: OpenedGates, me: Actor, document: VerifyDocument, mark: str) -> None:
    """Keep what was found as evidence, and note it in the name of whoever looked. mark: the tag of what came."""
    at = written(gates.now)
    data = {
        "migration": document.source,
        "result": "pass" if document.is_right else "fail",
        "mark": mark,
        "share": document.share,
        "checks": {each.check: each.wrong for each in document.checks},
        "looked_at": max((each.looked_at for each in document.checks), default=0),
        "unexplained": sum(each.unexplained + each.waiting for each in document.sums if each.by == "type"),
        "placeholders": document.placeholders,
        **kept(gates, "migrations", document.source, at, {**as_json(document), "at": at}),
    }
    gates.logbook.append("migration_verified", me, data, gates.signature())


def note_redirects(gates: OpenedGates, me: Actor, document: MigrationRedirectsDocument, digest: str) -> None:
    """Keep what old pages answered as evidence, and note it. digest: of where they are to lead."""
    checked = document.checked
    assert checked is not None  # noqa: S101 - only what was checked is noted
    at = written(gates.now)
    data = {
        "migration": document.source,
        "result": "fail" if checked.wrong or document.refused else "pass",
        "pages": digest,
        "asked": checked.asked,
        "wrong": len(checked.wrong),
        "undecided": len(document.refused),
        "statuses": checked.statuses,
        "hops": checked.hops,
        "then": checked.then,
        **kept(gates, "redirects", document.source, at, {**as_json(document), "at": at}),
    }
    gates.logbook.append("redirects_checked", me, data, gates.signature())
