"""Background jobs: the last hundred."""

from __future__ import annotations

from sandbox.zendesk.resource import Resource

JOB_STATUSES = Resource(
    path="job_statuses",
    one="job_status",
    many="job_statuses",
    attributes={},
    verbs=frozenset({"list", "show"}),
)
