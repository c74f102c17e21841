"""How often rules have run and macros were used: what `include=usage_30d` and its like put beside each of them.

Source: developer.zendesk.com, “Macros” and “Triggers”, sideloads. Nobody works in a sandbox, so all figures are 0
unless somebody writes others into the table.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall

SPANS = ("usage_1h", "usage_24h", "usage_7d", "usage_30d")
TABLE = "_usage"
"""`<plural>/<id>` → span → how often."""


def with_usage(call: ApiCall, many: str, echo: Row) -> Row:
    """The object with the figures that the call asks for."""
    asked = [span for span in call.query.get("include", "").split(",") if span in SPANS]
    if not asked:
        return echo
    counted = call.account.rows(TABLE).get(f"{many}/{echo['id']}", {})
    return {**echo, **{span: counted.get(span, 0) for span in asked}}
