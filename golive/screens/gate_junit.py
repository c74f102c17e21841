"""A gate as a JUnit report, as pipelines show it: one suite for each condition, one case for each item."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from checklists.moments import moment
from config.characters import visible
from config.results.gate import GateCondition, GateDocument, GateItem, GateState
from golive.screens.gate import WORDS, day_of
from golive.terminal.masking import masked_document, with_texts

_RESULTS: dict[GateState, str] = {
    "pass": "",
    "warn": "",
    "waived": "skipped",
    "not_applicable": "skipped",
    "out_of_date": "error",
    "unknown": "error",
    "fail": "failure",
}
"""State → the element by which the report says it."""


@dataclass(frozen=True)
class _Case:
    """result: failure, error, skipped, or nothing where it holds. said: why; more: what to do, and what is known."""

    name: str
    place: str
    result: str
    kind: str
    said: str
    more: str = ""


def gate_junit(document: GateDocument) -> str:
    """The report. What is only advisory, and what the phase must come to later, fails no pipeline and is skipped."""
    shown: GateDocument = with_texts(masked_document(document), visible)
    items = {each.key: each for each in shown.items}
    suites = ET.Element("testsuites", name=f"golive gate {shown.gate}, {shown.environment}")
    for condition in shown.conditions:
        cases = [_item_case(items[name], condition) for name in condition.items if name in items]
        title = f"{condition.id} {condition.name}".strip()
        suites.append(_suite(title, cases, shown))
    suites.append(_suite("Go or no-go", list(_beside(shown)), shown))
    for counter in ("tests", "failures", "errors", "skipped"):
        suites.set(counter, str(sum(int(suite.get(counter, "0")) for suite in suites)))
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _item_case(item: GateItem, condition: GateCondition) -> _Case:
    place = f"{condition.phase}.{condition.part}.{condition.key}"
    more = [f"Why: {item.why}", f"What to do: {item.fix}"]
    more += [f"Who: {', '.join(item.asked or item.roles)}"] if item.asked or item.roles else []
    more += [f"{each.probe}: seen {each.at}, relied on until {each.until}" for each in item.facts]
    result, said = _RESULTS[item.state], item.said
    if condition.left_out:
        result, said = "skipped", condition.left_out
    elif result in ("failure", "error") and condition.part == "outcome":
        result, said = "skipped", f"The next gate asks for it: {said}"
    elif result in ("failure", "error") and not item.blocks:
        result, said = "skipped", f"Advisory: {said}"
    return _Case(f"{item.key}: {item.name}", place, result, WORDS[item.state], said, "\n".join(more))


def _beside(document: GateDocument) -> Iterator[_Case]:
    """What else keeps a gate closed: the decision, conditions that are overdue, broken glass."""
    place = f"{document.gate}.decision"
    said = document.decision_said
    yield _Case("decision", place, _RESULTS[document.decision], WORDS[document.decision], said)
    for action in document.actions:
        late = not action.done and document.now != "" and moment(action.due) < moment(document.now)
        said = f"It was due on {day_of(action.due)} ({action.who})." if late else ""
        yield _Case(f"condition {action.id}: {action.what}", place, "failure" if late else "", "overdue", said)
    for glass in document.broken_glass:
        open_ = not glass.reviewed_by
        said = f"{glass.by} broke the glass {glass.for_what} on {day_of(glass.at)}, and nobody has reviewed it."
        result = "failure" if open_ else ""
        yield _Case(f"glass {glass.id}", place, result, "not reviewed", said if open_ else "", glass.reason)


def _suite(title: str, cases: list[_Case], document: GateDocument) -> ET.Element:
    """With everything that the strictest readers ask for: counters, a time, a host, in their order."""
    counts = {name: sum(each.result == name for each in cases) for name in ("failure", "error", "skipped")}
    suite = ET.Element(
        "testsuite",
        name=title,
        tests=str(len(cases)),
        failures=str(counts["failure"]),
        errors=str(counts["error"]),
        skipped=str(counts["skipped"]),
        time="0",
        timestamp=document.now.removesuffix("Z"),
        hostname=document.environment,
    )
    for each in cases:
        case = ET.SubElement(suite, "testcase", name=each.name, classname=each.place, time="0")
        if each.result == "skipped":
            ET.SubElement(case, "skipped", message=f"{each.kind}: {each.said}")
        elif each.result:
            element = ET.SubElement(case, each.result, message=each.said, type=each.kind)
            element.text = each.more
        elif each.said:
            ET.SubElement(case, "system-out").text = f"{each.kind}: {each.said}"
    return suite
