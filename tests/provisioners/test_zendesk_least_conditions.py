"""What is advised to an automation or a view that asks for too little goes together with what it asks for."""

from __future__ import annotations

import re

import pytest

from tests.config.samples import findings

OWN = "ticket_statuses: {parts: {name: Waiting for parts, category: on_hold}}\n"
TAGS = "{field: tags, has_none: [x]}"
ADD = "{add_tags: [x]}"


def automation(when: str, then: str) -> str:
    return f"automations: {{a: {{name: A, when: [{when}], then: [{then}]}}}}"


def view(when: str, more: str = "") -> str:
    return f"{OWN}views: {{v: {{name: V, when: [{when}]{more}, columns: [subject]}}}}"


@pytest.mark.parametrize(
    ("text", "advised"),
    [
        (automation("{hours_since: solved, more_than: 96h}", "{set: status, to: closed}"), "is: solved"),
        (automation("{hours_since: pending, is: 24h}", ADD), "is: pending"),
        (automation("{hours_since: on_hold, is: 24h}", ADD), "is: on_hold"),
        (automation("{hours_since: updated, more_than: 96h}", "{set: status, to: closed}"), "is: solved"),
        (automation("{hours_since: created, is: 24h}", ADD), "before: solved"),
        (view("{field: priority, is: high}"), "before: solved"),
        (view("{field: priority, is: high}, {hours_since: solved, more_than: 24h}"), "is: solved"),
        (view("{field: status_detail, is: parts}"), "is: on_hold"),
        (view("{field: priority, is: high}", ", when_any: [{field: status, is: new}, {field: status, is: solved}]"),
         "before: closed"),
    ],
)  # fmt: skip
def test_the_advice_can_be_followed(text: str, advised: str) -> None:
    (found,) = [each for each in findings(text) if each.rule in ("ZD031", "ZD033")]
    said = re.search(r"\{field: status, ([^}]*)\}", found.hint)
    assert said is not None and said[1] == advised
    followed = text.replace("when: [", f"when: [{said[0]}, ", 1)
    left = {each.rule for each in findings(followed)}
    assert not left & {"ZD031", "ZD033", "LG001", "LG003", "LG004", "LG005"}


def test_where_no_status_fits_the_fields_are_named() -> None:
    text = view("{field: priority, is: high}", ", when_any: [{field: status, is: closed}]")
    (found,) = [each for each in findings(text) if each.rule == "ZD033"]
    assert found.hint == "Ask under `when` for one of status, type, group, assignee, requester."


def test_what_the_vendor_brings_along_is_left_alone() -> None:
    vendors = (
        "automations: {a: {existing: vendor_default, name: Close ticket 4 days after status is set to solved, "
        "when: [{hours_since: solved, more_than: 96h}], then: [{set: status, to: closed}]}}"
    )
    assert "ZD031" not in {each.rule for each in findings(vendors)}
