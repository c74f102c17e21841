"""Surveys, as far as pages say what they are: read only.

Source: developer.zendesk.com, “CSAT Surveys”: id, state, version, questions; from Suite Growth on. The page shows what
a survey is and nothing that writes one, so that a sandbox has those of its start state. The address follows that of the
answers, `guide/survey_responses`.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.identifiers import ulid
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.resource import Resource


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["state"] not in ("enabled", "disabled"):
        raise invalid("state", f"{row['state']} is not enabled or disabled")


SURVEYS = Resource(
    path="guide/surveys",
    one="survey",
    many="surveys",
    attributes={"state": "text", "questions": "list", "version": "number"},
    defaults={"state": "enabled", "questions": [], "version": 1},
    verbs=frozenset({"list", "show"}),
    least_plan="growth",
    has_url=False,
    always_cursor=True,
    new_id=lambda call: ulid(call.account.store, "zendesk surveys"),
    prepare=_prepare,
)
