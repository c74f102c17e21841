"""The go-live day by the minute: from gate, plan and project; what it says can be done, and it changes nothing."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.gated import ITEMS, Gated, bare_checklist
from tests.cli.project import day
from tests.cli.test_gate_forms import HOSTILE, Page
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

pytestmark = pytest.mark.engine

OWN = """\
trigger_categories: {route: {name: Route}}
groups: {billing: {name: Billing}}
channels:
  mail: {type: email, address: support@acme.zendesk.com, forwards_from: help@acme.example, name: Support}
triggers:
  now: {name: At once, category: route, phase: build, when: [{event: created}], then: [{add_tags: [x]}]}
  later: {name: From the soft launch on, category: route, phase: soft_launch, when: [{event: created}],
          then: [{add_tags: [y]}]}
rollout:
  soft_launch:
    cohort: {share: 15%, internal: [acme.example]}
    entry: {mail: mail_server_rule}
"""
FIGURES = {
    "roll_back": "Ana decides; IT takes the rule out.",
    "launch_escalation": f"Minute 0 Ben, minute 15 Ana. {HOSTILE}",
    "time_zone": "Europe/Dublin",
}


def project(small: Small, **more: Any) -> Gated:
    return Gated.of(small(OWN), bare_checklist(None, figures=FIGURES, **more))


def sheet(gated: Gated, phase: str = "soft_launch", *more: str) -> dict[str, Any]:
    ran = gated.golive("runsheet", phase, "--json", *more)
    assert ran.code == 0, ran.err
    return ran.checked("runsheet")


def test_the_day_of_the_soft_launch(small: Small) -> None:
    gated = project(small)
    gated.workspace.up()
    gated.workspace.sandbox.clear_log()
    document = sheet(gated, "soft_launch", "--at", "2026-12-15 09:00")
    assert gated.workspace.sandbox.writes() == []
    assert gated.noted == []
    assert (document["phase"], document["leaves"], document["open"]) == ("soft_launch", "build", False)
    assert document["begins"] == "2026-12-15T09:00:00Z"
    assert document["wakes"] == [
        "1 trigger: From the soft launch on",
        "1 rollout: Rollout: from outside the soft launch",
    ]
    assert document["roll_back"] == FIGURES["roll_back"]
    assert document["cautions"] == []
    steps = document["steps"]
    minutes = [each["minute"] for each in steps]
    assert minutes == sorted(minutes)
    assert (minutes[0], minutes[-1]) == (-24 * 60, 48 * 60)
    assert all(each["what"] and each["who"] and each["check"] for each in steps)
    by_what = {each["what"]: each for each in steps}
    first = by_what["Ask the gate"]
    assert first["details"] == ["1 item still open:", "The groups are agreed (Ana Sol, Cai Lin)"]
    assert by_what["Decide go or no-go"]["who"] == ["Ana Sol", "Cai Lin"]
    marked = by_what["Mark who is in the soft launch: your own people first, then customers"]
    assert (marked["minute"], marked["command"]) == (-3 * 60, "golive cohort grow")
    enter = by_what["Enter the soft launch"]
    assert (enter["minute"], enter["at"]) == (0, "2026-12-15T09:00:00Z")
    assert enter["back"].startswith("golive retreat build --reason")
    way = by_what["Switch on the mail server's rule “Soft launch” for help@acme.example"]
    assert (way["who"], way["command"]) == (["IT security"], "golive cohort export"), "a role that nobody has"
    assert way["back"].startswith("Switch the rule off")
    tried = by_what["Try each channel as a customer does"]
    watch = by_what["Let golive watch the promises for two days, on a machine that does not sleep"]
    assert watch["command"] == "golive watch --for 48h"
    assert watch["minute"] < way["minute"] < tried["minute"]
    watched = [each["minute"] for each in steps if each["what"].startswith(("Look at the queue", "Close the watch"))]
    assert watched == [30, 60, 120, 240, 480, 1440, 2880]
    first_look = next(each for each in steps if each["what"].startswith("Look at the queue"))
    assert FIGURES["roll_back"] in first_look["back"]


def test_what_it_tells_people_to_do_can_be_done(small: Small) -> None:
    """Each command of the day, in its order, and at last the way back."""
    gated = project(small)
    gated.workspace.up()
    gated.go()
    document = sheet(gated)
    assert document["open"] is True
    before_and_start = [each for each in document["steps"] if each["minute"] <= 5 and each["command"]]
    assert "gate decide" not in str(before_and_start), "that is done"
    for step in before_and_start:
        words = shlex.split(step["command"])
        more = ["--yes"] if words[1] in ("advance", "cohort") else []
        ran = gated.golive(*words[1:], *more)
        assert ran.code == 0, (step, ran.err)
    assert gated.noted[-1] == "advanced"
    woken = next(each for each in gated.workspace.listed("triggers") if each["title"] == "From the soft launch on")
    assert woken["active"] is True
    back = shlex.split(next(each["back"] for each in document["steps"] if each["minute"] == 0))
    assert gated.golive(*back[1:], "--yes").code == 0
    assert gated.noted[-1] == "retreated"


def test_what_is_pending_beside_the_phase_does_not_wake(small: Small) -> None:
    """It has to be settled before, and makes the go worthless."""
    gated = project(small)
    gated.workspace.up()
    gated.go()
    gated.workspace.edit("{name: Billing}", "{name: Invoices}")
    gated.workspace.edit("name: From the soft launch on,", "name: Once it is launched,")
    document = sheet(gated)
    assert "1 trigger: Once it is launched" in document["wakes"], "renamed and woken"
    assert not [each for each in document["wakes"] if "group" in each]
    assert (
        "2 objects wait to be changed beside it, and a phase begins with nothing else: golive up first."
        in (document["cautions"])
    )
    (decide,) = [each for each in document["steps"] if each["what"] == "Decide go or no-go"]
    assert "since then the configuration was changed" in decide["details"][0]


def test_the_rollout_is_for_everybody(small: Small) -> None:
    document = sheet(project(small), "rollout", "--offline")
    assert any("redirect all mail for help@acme.example" in each["what"] for each in document["steps"])
    assert document["cautions"][0] == "This environment is in build; the full rollout follows soft launch."
    assert document["not_planned"] == "What wakes is not known: the systems were not read."


def test_days_with_another_clock(small: Small) -> None:
    """24 hours before noon on the day on which clocks are put forward it is 11 o'clock."""
    gated = project(small)
    document = sheet(gated, "soft_launch", "--offline", "--at", "2027-03-28 12:00")
    assert document["begins"] == "2027-03-28T11:00:00Z"
    markdown = gated.golive("runsheet", "soft_launch", "--offline", "--at", "2027-03-28 12:00").out
    assert "T is Sun 28 Mar 2027, 12:00 (Europe/Dublin, UTC+0100)" in markdown
    assert "| **T-24 h**<br>11:00<br>Sat 27 Mar |" in markdown
    assert "| **T+24 h**<br>12:00<br>Mon 29 Mar |" in markdown
    assert document["cautions"] == ["It is a Sunday: the two days after it are those on which fewest people are there."]


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2027-03-28 01:30", "clocks are put forward past it"),
        ("2026-10-25 01:30", "clocks are put back, so that they show it twice"),
        ("tomorrow", "is no time"),
        ("2026-13-01 09:00", "is no time"),
    ],
)
def test_a_time_that_no_clock_shows_once(small: Small, at: str, why: str) -> None:
    ran = project(small).golive("runsheet", "soft_launch", "--offline", "--at", at)
    assert (ran.code, why in ran.err) == (2, True), ran.err


def test_what_stands_against_the_day(small: Small) -> None:
    gated = Gated.of(small(OWN), bare_checklist())
    settings = gated.workspace.settings()
    gated.workspace.set({**settings, "freeze": {"from": day(9), "until": day(11), "why": "Black Friday"}})
    cautions = sheet(gated, "soft_launch", "--offline", "--at", f"{day(10)} 12:00")["cautions"]
    assert any("nothing may change: frozen until" in each and "Black Friday" in each for each in cautions)
    assert any("how the old way comes back" in each for each in cautions)
    assert any("whom to call in which minute" in each for each in cautions)
    assert not any(
        "frozen" in each for each in sheet(gated, "soft_launch", "--offline", "--at", f"{day(12)} 12:00")["cautions"]
    )
    markdown = gated.golive("runsheet", "soft_launch", "--offline").out
    assert markdown.count("the project has not said it") == 2


def test_what_no_customers_come_to_is_watched_by_nobody(small: Small) -> None:
    gated = project(small)
    for phase in ("handoff", "day_30"):
        document = sheet(gated, phase, "--offline")
        assert max(each["minute"] for each in document["steps"]) == 24 * 60
        assert not any(each["part"] == "way_in" for each in document["steps"])


def test_no_name_breaks_out_of_the_pages(small: Small, tmp_path: Path) -> None:
    items = {"agreed": {**ITEMS["agreed"], "name": f"Agreed {HOSTILE}"}}
    gated = Gated.of(small(OWN), bare_checklist(items, figures=FIGURES))
    markdown = gated.golive("runsheet", "soft_launch", "--offline").out
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}
    assert set(re.findall(r"(?<!\\)<(/?[a-zA-Z]+)", markdown)) <= {"br", "span", "/span"}
    assert "\u202e" not in markdown and "@acme" not in markdown
    file = tmp_path / "day.html"
    assert gated.golive("runsheet", "soft_launch", "--offline", "--format", "html", "--out", str(file)).code == 0
    text = file.read_text(encoding="utf-8")
    page = Page(text)
    assert not {"script", "link", "img", "b"} & set(page.tags) and page.loaded == []
    assert "<script>alert(1)</script>" in page.text and "<U+202E>" in page.text


def test_it_says_what_it_could_not_find_out(small: Small) -> None:
    gated = project(small)
    gated.workspace.up()
    gated.workspace.sandbox.fault(kind="error_503", system="zendesk")
    ran = gated.golive("runsheet", "soft_launch", "--json")
    assert ran.code == 0, ran.err
    document = ran.checked("runsheet")
    assert any(each.startswith("helpdesk could not be read") for each in document["cautions"])
    assert document["steps"], "everything that does not need it stands there all the same"
    wrong = gated.golive("runsheet", "launch")
    assert (wrong.code, "There is no gate `launch`." in wrong.err) == (2, True)
    failed = gated.golive("runsheet", "soft_launch", "--json", "-e", "nowhere")
    assert failed.checked("runsheet")["error"]["code"] == "no_environment"


def test_on_the_screen_each_step_says_its_command_and_how_it_is_seen(small: Small) -> None:
    gated = project(small)
    text = gated.golive("runsheet", "soft_launch", "--offline", "--format", "text").out
    step = text[text.index("Enter the soft launch") :]
    assert re.match(r"Enter the soft launch.*\n(?: .*\n)* +run +golive advance soft_launch\n +seen by ", step)
    assert "<br>" not in text and "**" not in text
    assert gated.golive("runsheet", "soft_launch", "--format", "text", "--out", "x.md").code == 2
