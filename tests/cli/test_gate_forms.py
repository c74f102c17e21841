"""A gate on the screen, as a document, as Markdown, as a JUnit report, as a page; no name breaks out of any of them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import Error, Failure, JUnitXml, Skipped

from tests.cli.gated import Gated, bare_checklist
from tests.cli.project import day
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

OWN = "groups: {billing: {name: Billing}}\n"
HOSTILE = (
    "</details></body><script>alert(1)</script> | `code` @acme/team $x$ [go](https://evil.example) ]]> & <b>\u202e"
)


def item(**more: Any) -> dict[str, Any]:
    said = {"name": "It is so", "phase": "build", "owner": "lead", "why": "Or harm comes.", "fix": "Do it."}
    return {**said, **more}


ITEMS: dict[str, Any] = {
    "settled": item(name="Everything is live", probe={"plan_empty": None}),
    "valid": item(name="The files are right", probe={"files_valid": None}),
    "many": item(name="There are two groups", probe={"declared": {"kind": "groups", "at_least": 2}}),
    "agreed": item(
        name=f"It is agreed {HOSTILE}", owner="head", not_probed="People.",
        sign_off={"statement": "Yes.", "roles": {"head": 1}},
    ),
    "shown": item(name="It is shown", not_probed="People.", evidence={"what": "A list."}),
    "risky": item(name="It is risky", not_probed="People.", evidence={"what": "A note."}),
    "spoken": item(name="Calls are answered", only_if=["voice"], probe={"files_valid": None}),
    "spoken_too": item(name="Calls are recorded", only_if=["voice"], probe={"files_valid": None}),
    "simulated": item(name="Every scenario passes", probe={"scenarios_pass": None}),
    "new": item(name="Something is tried out", advisory=True, not_probed="People.", by_hand={"task": "Try it."}),
    "texted": item(name="Texts are answered", only_if=["more_channels"], probe={"files_valid": None}),
}  # fmt: skip


@pytest.fixture
def gated(small: Small) -> Gated:
    """A gate with an item in each state that there is."""
    checklist = bare_checklist(
        ITEMS,
        profiles={"more_channels": {"applies": False, "why": f"No texts {HOSTILE}"}},
        figures={"time_zone": "Europe/Dublin"},
    )
    made = Gated.of(small(OWN), checklist)
    made.does("ben", "gate", "waive", "risky", "--reason", f"Later {HOSTILE}", "--until", day(9), "--yes")
    made.does("ana", "gate", "waive", "risky", "--approve")
    return made


def printed(gated: Gated, form: str, *more: str) -> str:
    ran = gated.golive("gate", "status", "--format", form, *more)
    assert ran.code == 0, ran.err
    return ran.out


STATES = {
    "settled": "fail", "valid": "pass", "many": "fail", "agreed": "unknown", "shown": "unknown", "risky": "waived",
    "spoken": "unknown", "spoken_too": "unknown", "simulated": "unknown", "new": "unknown", "texted": "not_applicable",
}  # fmt: skip
STEPS = {
    "settled": ("mend", []), "valid": ("", []), "many": ("mend", []), "agreed": ("sign", []), "shown": ("attach", []),
    "risky": ("", []), "spoken": ("answer", ["voice"]), "spoken_too": ("answer", ["voice"]),
    "simulated": ("wait", ["the simulator"]), "new": ("confirm", []), "texted": ("", []),
}  # fmt: skip


def test_the_document_says_what_has_to_be_done_about_each_item(gated: Gated) -> None:
    document = gated.golive("gate", "status", "--json").checked("gate")
    items = {each["key"]: each for each in document["items"]}
    assert {key: each["state"] for key, each in items.items()} == STATES
    assert {key: (each["step"], each["names"]) for key, each in items.items()} == STEPS
    assert items["agreed"]["roles"] == ["head"]
    assert items["agreed"]["asked"] == ["Ana Sol", "Cai Lin"]
    assert document["people"] == {"lead": ["Ben Ode", "Cai Lin"], "head": ["Ana Sol", "Cai Lin"]}
    assert [(each["phase"], each["state"]) for each in document["phases"]][:2] == [
        ("soft_launch", "next"),
        ("rollout", "later"),
    ]
    first, second = document["phases"][:2]
    assert (first["asked"], first["held"]) == (10, 1), "neither an accepted risk nor an advisory item holds"
    assert (second["asked"], second["items"]) == (10, []), "all of them stand at the gate before"
    assert [each["sort"] for each in document["dates"]] == ["waiver"]
    assert document["time_zone"] == "Europe/Dublin"
    assert gated.golive("gate", "check", "soft_launch", "--json").checked("gate")["open"] is False


def test_the_screen_says_each_thing_once(gated: Gated) -> None:
    text = gated.golive("gate", "status").out
    head, _, rest = text.partition("\n\n")[2].partition("\n\n")
    assert head.splitlines()[0] == (
        "Build. Gate Soft launch: closed, 1 of 10 items hold, 1 risk is accepted, 1 blocks nothing."
    )
    assert [line.split("  ")[1].strip() for line in head.splitlines()[1:]] == [
        "State", "Review", "Waits for", "Next date"
    ]  # fmt: skip
    assert len(head.splitlines()) == 5
    assert "2 do not hold, 5 are not known yet, 1 accepted risk; read just now" in head
    assert "The review can be held. Decided by: head (Ana Sol, Cai Lin)." in head
    assert "the project itself 2, lead 4, head 1" in head
    assert "in 9 days, " in head
    assert "Does it apply to this project?  voice (2 items)" in rest
    assert text.count("voice") == 1
    lead = rest[rest.index("Lead: Ben Ode, Cai Lin") : rest.index("golive cannot find this out yet")]
    assert re.findall(r"^  (\w+(?: \w+)?)  +\S.*  (\w+)", lead, re.MULTILINE)[:3] == [
        ("mend", "settled"),
        ("mend", "many"),
        ("attach", "shown"),
    ]
    assert "Something is tried out  new  (advisory)" in lead
    assert "needs the simulator:  simulated" in rest
    assert "Holds, and wants an eye on it\n  ~ It is risky" in rest
    assert "golive gate explain settled" in rest
    assert "valid" not in rest, "what holds is not shown"
    everything = gated.golive("gate", "status", "--all").out
    assert "✓ valid: " in everything and "· texted: " in everything
    assert "? spoken: not said: voice" in everything


def test_the_screen_fits_eighty_columns(gated: Gated) -> None:
    ran = gated.workspace.golive("--color", "always", "gate", "status")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", ran.out)
    assert ran.code == 0
    assert all(len(line) <= 80 for line in plain.splitlines())
    assert "\n                Everything is live" not in plain, "the verb stands before the name"
    assert re.search(r"\n  mend +Everything is live", plain)


def test_what_could_not_be_read_is_said_once(small: Small) -> None:
    live = {f"live_{number}": item(name=f"Live {number}", probe={"plan_empty": None}) for number in range(4)}
    gated = Gated.of(small(OWN), bare_checklist(live))
    text = gated.golive("gate", "status", "--offline").out
    assert "4 items could not be found out: The live systems were not read" in text
    assert text.count("The live systems were not read") == 1
    assert "the systems were not read" in text
    markdown = printed(gated, "markdown", "--offline")
    assert markdown.count("The live systems were not read") == 1


def test_markdown_for_the_meeting(gated: Gated) -> None:
    text = printed(gated, "markdown")
    assert text.startswith(
        "# Acme, sandbox: gate Soft launch\n\n🔴 **Closed**: 1 of 10 items hold, 1 risk is accepted, 1 blocks nothing."
    )
    blocks = text.index("## What keeps it closed")
    assert blocks < text.index("## Who is asked") < text.index("## Risks that are accepted") < text.index("## Dates")
    assert "- ❌ **What this test asks for**" in text
    assert "  - ❌ **mend** There are two groups: The files declare 1 group; 2 are needed. → lead" in text
    assert "say whether voice applies to this project (2 items)" in text
    assert text.count("<details>") == text.count("</details>") == 2
    assert "<summary>What holds (1)</summary>" in text
    assert "<summary>What is open and blocks nothing (1)</summary>" in text
    assert "Something is tried out" not in text[blocks : text.index("<summary>What is open")]
    for broken in ("@acme", "[go]", "| `code`", "$x$", "\u202e"):
        assert broken not in text, broken
    assert set(re.findall(r"(?<!\\)<(/?[a-zA-Z]+)", text)) == {
        "details",
        "/details",
        "summary",
        "/summary",
        "span",
        "/span",
    }
    rows = [line for line in text.splitlines() if line.startswith("| It is risky")]
    assert len(rows) == 1 and len(re.findall(r"(?<!\\)\|", rows[0])) == 6, "no name makes a column"
    assert re.search(r"U\+202E", text), "what nobody would see is written out"


def test_junit_for_a_pipeline(gated: Gated, tmp_path: Path) -> None:
    file = tmp_path / "gate.xml"
    ran = gated.golive("gate", "check", "soft_launch", "--format", "junit", "--out", str(file))
    assert (ran.code, ran.out) == (5, "")
    report = JUnitXml.fromfile(str(file))
    suites = {suite.name: suite for suite in report}
    assert list(suites) == ["What this test asks for", "Go or no-go"]
    cases = {case.name.partition(":")[0]: case for case in suites["What this test asks for"]}
    results = {key: [type(each) for each in case.result] for key, case in cases.items()}
    assert results == {
        "settled": [Failure], "valid": [], "many": [Failure], "agreed": [Error], "shown": [Error], "risky": [Skipped],
        "spoken": [Error], "spoken_too": [Error], "simulated": [Error], "new": [Skipped], "texted": [Skipped],
    }  # fmt: skip
    assert "Risk accepted by Ana Sol until" in cases["risky"].result[0].message
    assert cases["new"].result[0].message.startswith("nobody knows yet: Advisory: ")
    assert cases["many"].result[0].message == "The files declare 1 group; 2 are needed."
    assert "What to do: Do it." in cases["many"].result[0].text
    assert "</script>" in cases["agreed"].name, "it stands there as text"
    (decision,) = suites["Go or no-go"]
    assert [type(each) for each in decision.result] == [Error]
    assert (report.tests, report.failures, report.errors, report.skipped) == (12, 2, 6, 3)
    keeps_the_schema(file)


def keeps_the_schema(file: Path) -> None:
    """What the common schemas of JUnit reports ask for (Ant's, Jenkins' and Surefire's, the strictest of each)."""
    root = ET.parse(file).getroot()
    assert root.tag == "testsuites"
    assert set(root.attrib) <= {"name", "tests", "failures", "errors", "skipped", "time", "disabled"}
    for suite in root:
        assert suite.tag == "testsuite"
        assert {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"} == set(suite.attrib)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.attrib["timestamp"]), "ISO 8601 without a zone"
        counted = {"tests": len(suite), "failures": 0, "errors": 0, "skipped": 0}
        for case in suite:
            assert (case.tag, {"name", "classname", "time"} == set(case.attrib)) == ("testcase", True)
            assert len(case) <= 1, "one result for each case"
            for result in case:
                assert result.tag in ("failure", "error", "skipped", "system-out")
                assert {"failure": {"message", "type"}, "error": {"message", "type"}, "skipped": {"message"}}.get(
                    result.tag, set()
                ) == set(result.attrib)
                name = {"failure": "failures", "error": "errors", "skipped": "skipped"}.get(result.tag)
                if name:
                    counted[name] += 1
        assert {name: int(suite.attrib[name]) for name in counted} == counted
    for name in ("tests", "failures", "errors", "skipped"):
        assert int(root.attrib[name]) == sum(int(suite.attrib[name]) for suite in root)


class Page(HTMLParser):
    """What stands in a page: tags, ids, links, and the text that people read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.classes: dict[str, str] = {}
        self.loaded: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append(tag)
        if said.get("id"):
            self.ids.append(str(said["id"]))
        if tag == "a":
            self.links.append(str(said["href"]))
            self.classes.setdefault(str(said["href"]), str(said.get("class") or ""))
        self.loaded += [str(said[name]) for name in ("src", "srcset", "data", "action") if said.get(name)]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_that_needs_nothing_from_elsewhere(gated: Gated, tmp_path: Path) -> None:
    file = tmp_path / "board.html"
    gated.golive("gate", "status", "--format", "html", "--out", str(file))
    text = file.read_text(encoding="utf-8")
    page = Page(text)
    assert "script" not in page.tags and "link" not in page.tags and "img" not in page.tags and page.loaded == []
    assert "default-src 'none'" in text
    assert not re.search(r"url\(|@import", text)
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links), "each leads to its item"
    assert {f"#{key}" for key, state in STATES.items() if state != "not_applicable"} == set(page.links)
    assert "</details></body><script>alert(1)</script>" in page.text, "a name is text"
    assert "<U+202E>" in page.text and "\u202e" not in text
    assert "1 of 10 items hold, 1 risk is accepted, 1 blocks nothing" in page.text
    assert "Or harm comes." in page.text and "Do it." in page.text


def test_the_pages_filters_find_what_they_name(gated: Gated) -> None:
    text = printed(gated, "html")
    page = Page(text)
    for state in ("fail", "unknown", "waived", "pass"):
        assert f"s-{state}" in page.ids
        assert f"body:has(#s-{state}:not(:checked)) .item.s-{state} {{ display: none; }}" in text
    for role in ("lead", "head"):
        assert f"o-{role}" in page.ids
        assert f"body:has(#o-{role}:checked) .item:not(.o-{role}) {{ display: none; }}" in text
    assert "s-unknown o-head" in page.classes["#agreed"]
    assert "s-fail o-lead" in page.classes["#many"]


def test_freshness_and_facts_stand_with_the_item(gated: Gated) -> None:
    text = printed(gated, "html")
    assert "What was looked at" in text and "Relied on until" in text
    fact = text[text.index("declared: The files declare 1 group; 2 are needed.") :].partition("</tr>")[0]
    seen, until = (datetime.strptime(each, "%d %b %Y %H:%M UTC") for each in re.findall(r"<td>(\d.*? UTC)</td>", fact))
    assert until - seen == timedelta(days=1), "what the probe looked at is relied on for so long"


@pytest.mark.parametrize("form", ["text", "json", "markdown", "junit", "html"])
def test_every_form_goes_into_a_file(gated: Gated, tmp_path: Path, form: str) -> None:
    file = tmp_path / "gate"
    ran = gated.golive("gate", "check", "soft_launch", "--format", form, "--out", str(file))
    assert (ran.code, ran.out) == (5, "")
    assert f"Written to {file}." in ran.err
    text = file.read_text(encoding="utf-8")
    assert "Acme" in text if form in ("text", "markdown", "html") else "soft_launch" in text
    assert gated.golive("gate", "status", "--format", form, "--out", "/nowhere/gate").code == 2


def test_red_things_stand_on_every_form(gated: Gated) -> None:
    data = {"phase": "soft_launch", "reason": f"Mail was lost {HOSTILE}", "items": ["many"]}
    person = gated.chain.ordered[0].by
    gated.logbook.append("glass_broken", person, data)
    decided = {
        "phase": "soft_launch", "decision": "go", "gate": "old", "conditions": [
            {"what": "Train the night shift", "who": "Cai Lin", "due": "2026-01-01"}
        ],
    }  # fmt: skip
    gated.logbook.append("decided", person, decided)
    assert "broke the glass for the soft launch" in gated.golive("gate", "status").out
    assert "A condition of the go was due 1 Jan 2026: Train the night shift" in gated.golive("gate", "status").out
    markdown = printed(gated, "markdown")
    assert "## Red until somebody has looked at it" in markdown and "(overdue)" in markdown
    assert "broke the glass" in Page(printed(gated, "html")).text
    junit = JUnitXml.fromstring(printed(gated, "junit").encode())
    (beside,) = [suite for suite in junit if suite.name == "Go or no-go"]
    assert [case.name.partition(" ")[0] for case in beside if any(isinstance(r, Failure) for r in case.result)] == [
        "condition",
        "glass",
    ]


def test_what_is_asked_for_less_than_by_the_method_stands_on_every_board(gated: Gated, tmp_path: Path) -> None:
    """Who decides has to see what the gate does not ask for any more."""
    less = gated.status("soft_launch")["less"]
    why = "This test has items of its own."
    name = "Every channel was tried, and what people set up is set up"
    assert {"what": "left_out", "ref": "SL-E05", "name": name, "why": why} in less
    file = tmp_path / "board.html"
    gated.golive("gate", "status", "--format", "html", "--out", str(file))
    for text in (gated.golive("gate", "status", "--all").out, printed(gated, "markdown"), file.read_text("utf-8")):
        after = text[text.index("sked for less than the method does") :]
        assert "Every channel was tried" in after
        assert why in after
    board = gated.golive("gate", "status").out
    assert f"what is asked for less than the method does ({len(less)}), with why" in board
    assert "To leave one out, in a file of checklists/:  items: {KEY: {drop: WHY}}" in board


def test_what_holds_more_easily_says_why(small: Small) -> None:
    checklist = yaml.safe_load(bare_checklist())
    checklist["items"]["card_runbook"] = {"waivable": True, "because": "Nobody pays by phone."}
    checklist["gates"]["soft_launch"]["success"]["runbook"] = {"name": "Runbook", "items": ["card_runbook"]}
    gated = Gated.of(small(OWN), yaml.safe_dump(checklist))
    eased = [each for each in gated.status("soft_launch")["less"] if each["what"] == "eased"]
    assert [(each["ref"], each["why"]) for each in eased] == [("card_runbook", "Nobody pays by phone.")]
    assert "Asks less   than the method: Nobody pays by phone." in gated.golive("gate", "explain", "card_runbook").out
