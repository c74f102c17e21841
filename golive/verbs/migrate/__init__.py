"""`golive migrate …`: bring the past over from an old tool."""

from __future__ import annotations

import click

from golive.verbs.migrate.accept import accept
from golive.verbs.migrate.archive import archive
from golive.verbs.migrate.delta import delta
from golive.verbs.migrate.extract import extract
from golive.verbs.migrate.map import map_
from golive.verbs.migrate.plan import plan
from golive.verbs.migrate.profile import profile
from golive.verbs.migrate.redirects import redirects
from golive.verbs.migrate.report import report
from golive.verbs.migrate.rollback import rollback
from golive.verbs.migrate.run import run
from golive.verbs.migrate.status import status
from golive.verbs.migrate.verify import verify


@click.group("migrate")
def command() -> None:
    """Bring a client's history over from an old tool: an inbox, a spreadsheet, another helpdesk.

    A file in migrations/ says where it is and what becomes of it. Each step can be stopped and run again.

    Example:  golive migrate extract old_inbox
    """


for each in (
    extract, profile, map_, plan, run, verify, accept, delta, redirects, rollback, status, report, archive,
):  # fmt: skip
    command.add_command(each)
