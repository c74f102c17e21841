"""`golive watch` against the live sandbox: who hears what in the channel, once, whatever happens in between."""

from __future__ import annotations

import fcntl
import json
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from golive.terminal.exits import Exit
from tests.cli.gated import Gated, bare_checklist
from tests.cli.watching import CONFIG, MONDAY, Watching, moment_at
from tests.cli.workspace import SCRIPT, Workspace

Small = Callable[[str], Workspace]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def queue(good: int, red: int) -> str:
    """A checklist with one number: how many tickets are open."""
    metric = {"name": "open_tickets", "window": "48h", "good": {"at_most": good}, "red": {"more_than": red}}
    words = {"name": "Few wait", "phase": "build", "owner": "lead", "why": "W.", "fix": "F."}
    return bare_checklist({"queue": {**words, "metric": metric}})


@pytest.fixture
def watching(set_up: Small, monkeypatch: pytest.MonkeyPatch) -> Watching:
    made = Watching(Gated.of(set_up(CONFIG), queue(100, 200)))
    made.begin(monkeypatch)
    return made


def calls(watching: Watching) -> Counter[str]:
    """The calls to the helpdesk since the log was cleared, by path."""
    log = watching.gated.workspace.sandbox.log()
    return Counter(each["path"] for each in log if each["system"] == "zendesk")


# ------------------------------------------------------------ what is told


def test_a_promise_is_told_before_it_is_broken_and_when_it_is_and_each_once(watching: Watching) -> None:
    watching.asks()
    assert watching.looks()["warnings"] == 0
    watching.later(3 * HOUR - MINUTE)
    watching.looks()
    assert watching.heard == []
    watching.later(MINUTE)
    assert watching.looks()["warnings"] == 1
    assert watching.heard == ["alerts: Time is running out #1 first reply"]
    watching.later(HOUR - MINUTE)
    watching.looks()
    watching.later(MINUTE)
    document = watching.looks()
    watching.looks()
    assert watching.heard == ["alerts: Time is running out #1 first reply", "alerts: Too late #1 first reply"]
    assert (document["warnings"], document["breaches"], document["posts"], document["written_down"]) == (1, 1, 2, 1)


def test_what_stands_in_the_channel(watching: Watching) -> None:
    number = watching.asks(subject="Card <!channel> declined", priority="urgent")
    watching.later(50 * MINUTE)
    watching.looks()
    ((channel, text),) = watching.posts
    url = f"{watching.gated.workspace.sandbox.url}/zendesk/agent/tickets/{number}"
    over, words = int((MONDAY + HOUR).timestamp()), f"{MONDAY + HOUR:%d %b %H:%M} UTC"
    assert channel == "alerts"
    assert text == (
        f"Time is running out: <{url}|#1> “Card &lt;!channel&gt; declined”, first reply until "
        f"<!date^{over}^{{date_short_pretty}} {{time}}|{words}>, 10 min left (Everybody, urgent)"
    )


def test_nothing_is_told_again_after_a_restart_nor_without_the_memory(watching: Watching) -> None:
    watching.asks()
    watching.looks()
    watching.later(3 * HOUR)
    watching.looks()
    (watching.root / ".golive" / "sandbox.watch.json").unlink()
    watching.looks()
    watching.looks("--anew")
    assert len(watching.posts) == 1
    watching.later(HOUR)
    assert watching.looks()["breaches"] == 1
    assert len(watching.posts) == 2


def test_what_is_answered_in_time_is_silent_and_the_next_question_counts_anew(watching: Watching) -> None:
    ticket = watching.asks()
    watching.looks()
    watching.later(2 * HOUR)
    watching.replies(ticket)
    watching.later(8 * HOUR)
    assert watching.looks()["warnings"] == 0
    for turn in (1, 2):
        watching.asks_again(ticket)
        watching.looks()
        watching.later(3 * HOUR)
        watching.looks()
        assert watching.heard == ["alerts: Time is running out #1 next reply"] * turn
        watching.replies(ticket)
        watching.later(MINUTE)
        watching.looks()


def test_waiting_for_the_customer_stops_the_clock(watching: Watching) -> None:
    ticket = watching.asks(priority="urgent")
    watching.later(10 * MINUTE)
    watching.replies(ticket, status="pending")
    watching.looks()
    watching.later(9 * HOUR)
    assert watching.looks()["breaches"] == 0, "it has not waited while it was pending"
    watching.changes(ticket, status="open")
    watching.later(3 * HOUR + 49 * MINUTE)
    assert watching.looks()["breaches"] == 0
    watching.later(MINUTE)
    assert watching.looks()["breaches"] == 1
    assert watching.heard == ["alerts: Too late #1 time that the customer waits"], "and nobody asked for its warning"


def test_a_priority_that_is_raised_later_is_another_promise(watching: Watching) -> None:
    ticket = watching.asks(priority="normal")
    watching.looks()
    watching.later(50 * MINUTE)
    assert watching.looks()["warnings"] == 0
    watching.changes(ticket, priority="urgent")
    assert watching.looks()["warnings"] == 1
    watching.changes(ticket, priority="normal")
    watching.later(5 * HOUR + 10 * MINUTE)
    assert watching.looks()["warnings"] == 1, "the same promise, told once"


def test_business_hours_are_those_of_the_schedule(watching: Watching) -> None:
    """Two hours, asked at half past four: half of it is gone when the office has been open for half an hour again."""
    watching.later(7 * HOUR + 30 * MINUTE)
    watching.asks(priority="normal", tags=["vip"])
    watching.looks()
    watching.later(16 * HOUR + 59 * MINUTE)
    assert watching.looks()["warnings"] == 0
    watching.later(MINUTE)
    assert watching.looks()["warnings"] == 1
    assert watching.heard == ["critical: Time is running out #1 first reply"]
    watching.later(HOUR)
    document = watching.looks()
    assert (document["breaches"], document["posts"]) == (1, 1), "nobody asked to hear of the breach"


def test_many_at_once_are_one_post(watching: Watching) -> None:
    for _ in range(12):
        watching.asks()
    watching.looks()
    watching.later(3 * HOUR)
    watching.looks()
    ((channel, text),) = watching.posts
    assert (channel, text.splitlines()[0], len(text.splitlines())) == ("alerts", "12 promises at once:", 13)
    assert Counter(line["note"] for line in watching.notes)["warning"] == 12


def test_a_solved_or_deleted_ticket_is_not_told(watching: Watching) -> None:
    solved, deleted = watching.asks(), watching.asks()
    watching.looks()
    watching.later(2 * HOUR)
    watching.changes(solved, status="solved")
    watching.gated.workspace.zendesk("DELETE", f"tickets/{deleted}")
    watching.later(4 * HOUR)
    document = watching.looks()
    assert (document["warnings"], document["breaches"], document["open_tickets"]) == (0, 0, 0)


# ------------------------------------------------------------ a whole watch


def test_two_days_are_watched_and_the_log_says_so(watching: Watching) -> None:
    late, early = watching.asks(), watching.asks()
    watching.meanwhile = [(2 * HOUR, lambda: watching.replies(early, status="solved"))]
    ran = watching.golive("--for", "48h", "--every", "1h", "--json")
    assert ran.code == 0, ran.err
    document = ran.checked("watch")
    assert (document["ended"], document["warnings"], document["breaches"]) == ("over", 1, 2)
    assert document["looks"] >= 49
    assert watching.heard == [
        f"alerts: Time is running out #{late} first reply", f"alerts: Too late #{late} first reply",
        f"alerts: Too late #{late} time that the customer waits",
    ]  # fmt: skip
    (entry,) = watching.logged
    assert (entry["why"], entry["began"], entry["until"]) == ("over", moment_at(0), moment_at(48))
    assert (entry["longest_gap"], entry["gaps"], entry["warnings"], entry["posts"]) == (3600, [], 1, 3)
    assert watching.root.joinpath(entry["file"]).is_file()
    assert watching.gated.golive("log", "verify").code == 0


def test_it_looks_when_something_comes_due_and_not_only_every_hour(watching: Watching) -> None:
    watching.asks(priority="urgent")
    watching.golive("--for", "2h", "--every", "1h")
    (warning,) = [each for each in watching.notes if each["note"] == "warning"]
    assert warning["at"] == warning["due"] == moment_at(0.75)


def test_a_look_costs_one_call_and_a_promise_that_comes_due_one_more(watching: Watching) -> None:
    for _ in range(5):
        watching.asks()
    sandbox = watching.gated.workspace.sandbox
    watching.meanwhile = [(30 * MINUTE, sandbox.clear_log), (50 * MINUTE, lambda: watching.interruption.stop())]
    assert watching.golive("--every", "1m").code == Exit.CANCELLED
    assert calls(watching) == {"/api/v2/tickets": 20}, "from the thirtieth minute to the fiftieth"
    sandbox.clear_log()
    watching.meanwhile = [(watching.passed + 2 * HOUR, lambda: watching.interruption.stop())]
    watching.golive("--every", "30m")
    assert calls(watching)["/api/v2/tickets/show_many"] >= 1
    assert sandbox.writes() == [each for each in sandbox.log() if "chat.postMessage" in each["path"]]


def test_the_first_look_and_one_every_hour_read_everything(watching: Watching) -> None:
    watching.asks()
    sandbox = watching.gated.workspace.sandbox
    sandbox.clear_log()
    watching.golive("--for", "3h", "--every", "30m")
    assert calls(watching)["/api/v2/search/export"] == 4


def test_tickets_that_are_over_already_are_told_at_the_beginning(watching: Watching) -> None:
    watching.asks()
    watching.later(6 * HOUR)
    document = watching.looks()
    assert (document["warnings"], document["breaches"]) == (0, 1)
    assert watching.heard == ["alerts: Too late #1 first reply"]


# ------------------------------------------------------------ numbers


def test_a_number_in_another_band_is_posted_once_and_noted(watching: Watching) -> None:
    watching.gated.checklist(queue(1, 2))
    tickets = [watching.asks(priority=None)]
    watching.looks()
    assert watching.posts == []
    tickets.append(watching.asks(priority=None))
    watching.looks()
    watching.looks()
    assert watching.heard == ["critical: Open tickets: 2. That is a warning."], "the first channel that is warned"
    tickets.append(watching.asks(priority=None))
    document = watching.looks()
    (number,) = [each for each in document["numbers"] if each["item"] == "queue"]
    assert number == {"item": "queue", "name": "open_tickets", "said": "3", "band": "red"}
    for ticket in tickets:
        watching.changes(ticket, status="solved")
    watching.looks()
    assert len(watching.posts) == 2, "better is believed once it lasts"
    watching.later(10 * MINUTE)
    watching.looks()
    assert watching.heard[1:] == [
        "critical: Open tickets: 3. That is red, before it was a warning.",
        "critical: Open tickets: 0. That is good, before it was red.",
    ]
    assert [(each["why"], each["bands"]["queue"]) for each in watching.logged] == [
        ("band", "warning"), ("band", "red"), ("band", "good"),
    ]  # fmt: skip


def test_the_channel_that_hears_of_numbers_can_be_named(watching: Watching) -> None:
    watching.gated.checklist(queue(1, 2))
    for _ in range(2):
        watching.asks(priority=None)
    watching.looks("--post", "slack_channels/alerts")
    assert watching.heard == ["alerts: Open tickets: 2. That is a warning."]
    ran = watching.golive("--once", "--post", "nowhere")
    assert (ran.code, "No Slack channel `nowhere` is declared" in ran.err) == (Exit.USAGE, True)


# ------------------------------------------------------------ stopped, gone on, two at once


def test_a_watch_that_was_stopped_goes_on_and_says_how_long_nobody_looked(watching: Watching) -> None:
    watching.meanwhile = [(3 * HOUR, lambda: watching.interruption.stop())]
    ran = watching.golive("--for", "6h", "--every", "30m")
    assert ran.code == Exit.CANCELLED
    assert "Stopped." in ran.out
    watching.later(2 * HOUR)
    ran = watching.golive("--for", "6h", "--every", "30m", "--json")
    assert ran.code == 0, ran.err
    document = ran.checked("watch")
    assert (document["ended"], document["until"]) == ("over", moment_at(6))
    (gap,) = document["gaps"]
    assert gap["end"] == moment_at(5)
    assert [(each["why"], bool(each["gaps"])) for each in watching.logged] == [("stopped", False), ("over", True)]
    assert "with 1 gap of" in watching.logged[-1]["said"]


def test_a_watch_that_died_is_closed_by_the_next_one(watching: Watching) -> None:
    watching.looks("--for", "1h")
    watching.later(3 * HOUR)
    ran = watching.golive("--once")
    assert (ran.code, "is over" in ran.err) == (Exit.USAGE, True)
    assert [each["why"] for each in watching.logged] == ["left"]
    document = watching.looks("--anew", "--for", "1h")
    assert document["began"] == moment_at(3)


def test_it_can_be_ended(watching: Watching) -> None:
    watching.looks()
    ran = watching.golive("--end", "--json")
    assert (ran.code, ran.checked("watch")["ended"]) == (0, "ended")
    assert [each["why"] for each in watching.logged] == ["ended"]
    assert "No watch is under way" in watching.golive("--end").out


def test_two_at_once_are_refused(watching: Watching) -> None:
    watching.looks()
    with (watching.root / ".golive" / "sandbox.watch-lock").open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        ran = watching.golive("--once")
        assert (ran.code, "being watched on this machine already" in ran.err) == (Exit.FAILED, True)
        assert watching.golive("--check").code == 0
    watching.looks()


def test_a_signal_ends_it_in_good_order(set_up: Small) -> None:
    gated = Gated.of(set_up(CONFIG), queue(100, 200))
    heartbeat = gated.root / ".golive" / "sandbox.watch-heartbeat"
    heartbeat.unlink(missing_ok=True)
    process = subprocess.Popen(
        [str(SCRIPT), "watch", "--json"], cwd=gated.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8",
    )  # fmt: skip
    try:
        end = time.monotonic() + 60
        while not heartbeat.exists():
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            assert time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == Exit.CANCELLED, err
    assert json.loads(out)["ended"] == "stopped"
    assert "Traceback" not in err
    assert [each.data["why"] for each in gated.chain.ordered] == ["stopped"]


# ------------------------------------------------------------ outages


def test_an_outage_is_said_and_waited_out(watching: Watching) -> None:
    watching.asks(priority="urgent")
    sandbox = watching.gated.workspace.sandbox
    watching.meanwhile = [
        (30 * MINUTE, lambda: sandbox.fault(system="zendesk", kind="error_503")),
        (90 * MINUTE, sandbox.heal),
    ]
    ran = watching.golive("--for", "3h", "--every", "10m")
    assert ran.code == 0, ran.err
    assert ran.out.count("The helpdesk cannot be read") == 1
    assert ran.out.count("can be read again") == 1
    assert "Traceback" not in ran.out + ran.err
    assert watching.heard == ["alerts: Too late #1 first reply"], "by the time it answers, it is broken"
    (entry,) = watching.logged
    assert entry["longest_gap"] >= 3600
    assert len(entry["gaps"]) == 1


def test_a_limit_is_waited_out(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    watching.asks()
    watching.gated.workspace.sandbox.fault(system="zendesk", path="tickets", kind="throttle", value=1, times=1)
    assert watching.looks()["open_tickets"] == 1


def test_a_helpdesk_that_is_down_at_the_beginning_is_waited_for(watching: Watching) -> None:
    sandbox = watching.gated.workspace.sandbox
    sandbox.fault(system="zendesk", kind="error_503")
    ran = watching.golive("--once", "--json")
    assert (ran.code, "does not answer" in ran.err) == (Exit.FAILED, True)
    assert ran.checked("watch")["error"]["code"] == "unreachable"
    watching.meanwhile = [(watching.passed + 30 * MINUTE, sandbox.heal)]
    ran = watching.golive("--for", "2h", "--every", "10m")
    assert ran.code == 0, ran.err
    assert "The helpdesk does not answer" in ran.err
    assert watching.logged[-1]["longest_gap"] >= 30 * 60


def test_a_chat_that_is_down_hears_it_later(watching: Watching) -> None:
    watching.asks()
    sandbox = watching.gated.workspace.sandbox
    watching.looks()
    watching.later(3 * HOUR)
    sandbox.fault(system="slack", path="chat.postMessage", kind="unauthorized")
    ran = watching.golive("--once")
    assert (ran.code, watching.posts) == (0, [])
    assert "tried again" in ran.err
    sandbox.heal()
    watching.looks()
    assert watching.heard == ["alerts: Time is running out #1 first reply"]


def test_an_answer_of_the_chat_that_is_lost_is_not_asked_for_again(watching: Watching) -> None:
    watching.asks()
    watching.looks()
    watching.later(3 * HOUR)
    watching.gated.workspace.sandbox.fault(system="slack", path="chat.postMessage", kind="cut_after", times=1)
    assert watching.looks()["unsure"] == 1
    watching.looks()
    assert len(watching.posts) == 1


# ------------------------------------------------------------ alive or not


def test_a_check_alarms_once_for_each_silence(watching: Watching) -> None:
    assert watching.golive("--check").code == 0
    watching.looks()
    watching.later(10 * MINUTE)
    assert watching.golive("--check").code == 0
    watching.later(MINUTE)
    for _ in range(2):
        ran = watching.golive("--check", "--json")
        document = ran.checked("watch")
        assert (ran.code, document["silent"], document["running"]) == (Exit.FAILED, True, True)
    assert len(watching.posts) == 1
    assert watching.posts[0][1].startswith("Nobody watches: golive has not looked at the promises of Acme (sandbox)")
    watching.looks()
    assert watching.golive("--check").code == 0
    watching.later(HOUR)
    assert watching.golive("--check", "--within", "2h").code == 0
    assert watching.golive("--check").code == Exit.FAILED
    assert len(watching.posts) == 2
    watching.golive("--end")
    assert watching.golive("--check").code == 0


def test_each_look_is_a_heartbeat_and_an_outage_is_none(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[str] = []

    def beat(path: Path, address: str | None, at: Any) -> str:
        beats.append(f"{address} {(at - MONDAY) // MINUTE}")
        return ""

    monkeypatch.setattr("golive.watching.running.beat", beat)
    monkeypatch.setenv("BEAT", "https://beats.example/1")
    sandbox = watching.gated.workspace.sandbox
    watching.meanwhile = [
        (25 * MINUTE, lambda: sandbox.fault(system="zendesk", kind="error_503")), (45 * MINUTE, sandbox.heal),
    ]  # fmt: skip
    watching.golive("--for", "1h", "--every", "20m", "--heartbeat", "env:BEAT")
    assert beats == [f"https://beats.example/1 {minute}" for minute in (0, 20, 60)]


# ------------------------------------------------------------ who can be told


def test_a_channel_that_is_not_set_up_or_cannot_be_posted_into_is_said_first(watching: Watching) -> None:
    workspace = watching.gated.workspace
    workspace.edit("to: [slack_channels/alerts, people/ada]", "to: [slack_channels/fresh, people/ada]")
    workspace.edit("      critical: {name: critical}", "      critical: {name: critical}\n      fresh: {name: fresh}")
    ran = watching.golive("--once")
    assert (ran.code, "has not set it up here yet" in ran.err) == (Exit.FAILED, True)
    workspace.edit("slack_channels/fresh, people/ada", "slack_channels/alerts, people/ada")
    channel = workspace.channels()["alerts"]["id"]
    workspace.slack("conversations.archive", channel=channel)
    ran = watching.golive("--once")
    assert (ran.code, "is archived" in ran.err) == (Exit.FAILED, True)
    assert watching.notes == []


def test_outside_the_sandbox_people_need_a_mail_server(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    real = watching.gated.workspace.settings()
    for entry in real["systems"].values():
        entry["token"] = "env:ANY_TOKEN"
    monkeypatch.setenv("ANY_TOKEN", "sandbox")
    monkeypatch.setattr("golive.workspace.connection.sandbox_answers", lambda url: False)
    watching.gated.workspace.set(real)
    ran = watching.golive("--once")
    assert ran.code == Exit.USAGE
    assert "people/ada is to be mailed" in ran.err
    assert "mail: {server: HOST:587" in ran.err


def test_files_that_change_count_from_the_next_hour_on(watching: Watching) -> None:
    watching.asks()
    workspace = watching.gated.workspace

    def quieter() -> None:
        workspace.edit("warn: {at: 75%, to: [slack_channels/alerts]", "warn: {at: 99%, to: [slack_channels/critical]")

    broken = (watching.root / "config" / "own.yaml").read_text(encoding="utf-8")
    watching.meanwhile = [
        (30 * MINUTE, lambda: workspace.config("sla_policies: [")),
        (90 * MINUTE, lambda: workspace.config(broken)),
        (91 * MINUTE, quieter),
    ]
    ran = watching.golive("--for", "4h", "--every", "10m")
    assert ran.code == 0, ran.err
    assert ran.err.count("The files cannot be read again") == 1
    assert watching.heard[0] == "critical: Time is running out #1 first reply"
    assert yaml.safe_load(broken)["sla_policies"]["all"]["warn"]["at"] == "75%"


def test_who_watches_has_to_be_somebody_of_the_project(watching: Watching) -> None:
    watching.gated.git("config", "user.email", "stranger@else.example")
    ran = watching.golive("--once")
    assert (ran.code, "nobody of this project" in ran.err) == (Exit.USAGE, True)
    assert watching.looks("--as", "ben")["looks"] == 1


def test_options_that_exclude_each_other(watching: Watching) -> None:
    assert watching.golive("--check", "--once").code == Exit.USAGE
    assert watching.golive("--for", "soon").code == Exit.USAGE
    assert watching.golive("--check", "--end").code == Exit.USAGE
