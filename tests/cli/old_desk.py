"""A Freshdesk that was read, as far as people decide about it: rules, canned responses and pages."""

from __future__ import annotations

from pathlib import Path

from migrations.records.article import Article
from migrations.records.macro import Macro
from migrations.records.record import Record
from migrations.records.rule import Rule
from migrations.staging.staging import WHOLE, Staging
from tests.cli.workspace import Workspace

FILE = """# What the old desk leaves us.
name: The old desk
source:
  freshdesk: {export: {path: exports/desk.zip, url: "https://old.freshdesk.com"}}
"""
OLD = "https://old.freshdesk.com/support/solutions/articles"
RECORDS: tuple[Record, ...] = (
    Rule(
        id="4-7", sort="on a change of a ticket", name="Tell the boss", asks=("Priority is Urgent",), does=("Mail Ann",)
    ),
    Macro(
        id="11",
        name="Refund sent",
        folder="Billing",
        text="Hello {{ ticket.requester.firstname }},\r\n\r\nit is about {{ticket.subject}} ({{ticket.cf_iban}}): ${x}",
        does=("attaches terms.pdf",),
    ),
    Macro(id="12", name="Close it", does=("status: 5\n  then: evil",)),
    Macro(id="13", name="Long gone", text="x", active=False),
    Article(
        id="71",
        title="How: refunds",
        category="Money",
        section="Refunds & more",
        language="en",
        url=f"{OLD}/71",
        body='<script>steal()</script><p onclick="x()">See <a href="https://old.freshdesk.com/support/solutions/articles/'
        '72-cards#top">cards</a>.</p><img src="https://cdn.example/1.png"><img src="javascript:x()">',
        tags=("money",),
    ),
    Article(id="71/de", title="Erstattungen", category="Money", section="Refunds & more", language="de",
            url=f"{OLD}/71-de", body="<p>Geld</p>"),
    Article(id="72", title="Cards", category="Money", section="Refunds & more", language="en", url=f"{OLD}/72",
            body="no tag\x00 at first"),
    Article(id="73", title="Inside", language="en", url=f"{OLD}/73", body="<p>team</p>", published=False),
)  # fmt: skip


def with_old_desk(workspace: Workspace, *records: Record) -> Path:
    """The workspace with a migration of that name, read to its end; where its file stands."""
    path = workspace.root / "migrations" / "old_desk.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(FILE, encoding="utf-8")
    export = workspace.root / "exports" / "desk.zip"
    export.parent.mkdir(exist_ok=True)
    export.write_bytes(b"")
    staging = Staging(workspace.root / ".golive" / "migrations" / "old_desk")
    with staging.transaction():
        staging.put_all(records or RECORDS)
        staging.set_note(WHOLE, "yes")
    staging.close()
    return path
