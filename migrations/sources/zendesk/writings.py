"""Comments with their files, from wherever they come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from migrations.records.moment import Moment
from migrations.sources.zendesk.access import OldZendesk
from migrations.sources.zendesk.comments import attachments_of, comment_of, keep_comment, without_content
from migrations.sources.zendesk.gathered import Gathered
from migrations.sources.zendesk.json_values import Body, text
from migrations.sources.zendesk.people import is_robot, robot

NOT_IN_EXPORTS = "no export has files in it; say `api` beside `export`, and read it again"


class Writings:
    """account: from where files are loaded; None where only an export is there."""

    def __init__(self, account: OldZendesk | None) -> None:
        self._account = account
        self._now = Moment.of(datetime.now(UTC), "").at

    def keep(self, body: Any, ticket: str, gathered: Gathered) -> Body:
        """One comment; without odd characters. Raises SystemFault."""
        plain: Body = gathered.keep_body("comments", text(body.get("id")), body)
        comment = comment_of(plain, ticket)
        keep_comment(comment, gathered, self._now)
        if is_robot(comment.author):
            gathered.records.append(robot(comment.author))
        host = self._account.host if self._account is not None else ""
        for attachment, blocked in attachments_of(plain, comment, host):
            loaded, why = attachment, blocked
            if not blocked and self._account is None:
                why = NOT_IN_EXPORTS
            elif not blocked and self._account is not None:
                loaded, why = self._account.load(attachment)
            if why:
                loaded = without_content(loaded, why)
                gathered.remark("attachments", loaded.id, "not loaded", why)
            gathered.records.append(loaded)
        return plain
