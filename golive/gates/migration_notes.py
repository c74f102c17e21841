"""What looking at a migration has found, noted in the log for the gates."""

from __future__ import annotations

from collections.abc import Callable

import click

from checklists.loading import checklist_files
from checklists.moments import written
from config.results.document import as_json
from config.results.log_entry import Actor
from config.results.migration_redirects import MigrationRedirectsDocument
from config.results.migration_verify import VerifyDocument
from golive.gates.identity import acting_actor
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.trial_evidence import kept
from golive.workspace.opening import Opened


def noted_for_gates(
    ctx: click.Context,
    environment: str | None,
    opened: Opened,
    practises_as: str | None,
    note: Callable[[OpenedGates, Actor], None],
) -> str:
    """Note what was found, and what can be said of that. Raises Fault."""
    if not checklist_files(opened.workspace):
        return "Not noted for the gates: this workspace has no checklists/."
    gates = open_gates(ctx, environment)
    me = acting_actor(opened.workspace.root, gates.people, practises_as, opened.environment)
    if me is None or not me.key:
        who = f"git calls you {me.email}, and " if me is not None and me.email else ""
        return (
            f"This was not noted for the gates: {who}nobody under `people:` of checklists/project.yaml has that "
            "address. Add yourself there, or let somebody run it who stands there."
        )
    note(gates, me)
    return f"It stands in {gates.logbook.shown}; commit it with checklists/evidence/."


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
