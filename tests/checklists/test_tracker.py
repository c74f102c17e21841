"""What gates see of the hand-over to engineering."""

from __future__ import annotations

from tests.checklists.asking import asked
from tests.config.cases.engineering import PRIORITY, TEXT, escalation

FIELDS = {"fields": ["priority", "description", "customer_impact"]}


def test_every_escalation_fills_the_three_fields() -> None:
    assert asked("tracker_mapping", FIELDS, config=escalation()) == (
        "pass",
        "1 escalation fills all 3 fields of the issue.",
    )
    assert asked("tracker_mapping", FIELDS, config="groups: {g: {name: G}}") == (
        "fail",
        "The files declare no escalation to engineering.",
    )
    allowed = escalation(PRIORITY, TEXT).replace("{name: E,", "{name: E, x-allow: {GL-F05: Nobody is harmed.},")
    assert asked("tracker_mapping", FIELDS, config=allowed) == (
        "fail",
        "The escalation e does not fill customer impact.",
    ), "what the files may leave out, the gate still asks for"
    assert asked("tracker_mapping", {"fields": ["description"]}, config=allowed)[0] == "pass"
