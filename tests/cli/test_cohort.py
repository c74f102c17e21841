"""Who is in the soft launch, on the command line: shown, let in, marked, and all of it again without harm."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config.cohort import Organization, is_drawn
from provisioners.customers import Marking
from provisioners.errors import SystemFault
from provisioners.zendesk.customers import ZendeskCustomers
from tests.cli.test_rollout import begin
from tests.cli.workspace import Workspace

pytestmark = pytest.mark.engine

Small = Callable[[str], Workspace]

FILES = """
segments: {big: {name: Big}, small: {name: Small}}
customer_fields: {segment: {of: organization, name: Segment, type: dropdown, options_from: segments}}
channels:
  support:
    type: email
    name: Support
    address: support@sandbox.zendesk.com
    forwards_from: help@acme.example
    by_hand: true
  chat: {type: messaging, existing: Chat, by_hand: true}
  phone: {type: voice, name: Telephone, by_hand: true}
rollout:
  soft_launch:
    cohort: {share: 15%, always: [friend.example, gone.example], never: [rival.example], internal: [acme.example]}
    entry: {support: mail_server_rule, chat: website_flag, phone: link_only}
"""
SHOPS = 240


def shop(number: int) -> str:
    return f"0017Q{number:05}"


DRAWN = [number for number in range(SHOPS) if is_drawn(shop(number), 15)]


@pytest.fixture
def launched(set_up: Small) -> Workspace:
    """A workspace whose mark is made, and an account with customers."""
    workspace = set_up(FILES)
    named = [
        {"name": "Acme itself", "domain_names": ["acme.example"]},
        {"name": "Friend", "domain_names": ["friend.example"], "external_id": "F-1"},
        {"name": "=HYPERLINK(1)", "domain_names": ["rival.example"], "external_id": shop(DRAWN[0]) + "x"},
    ]
    shops = [
        {
            "name": f"Shop {number}",
            "external_id": shop(number),
            "domain_names": ["gmail.com"] if number == DRAWN[1] else [f"shop{number}.example"],
            "organization_fields": {"segment": "segment_big" if number % 4 == 0 else None},
        }
        for number in range(SHOPS)
    ]
    for first in range(0, len(named) + SHOPS, 100):
        workspace.zendesk("POST", "organizations/create_many", {"organizations": [*named, *shops][first : first + 100]})
    workspace.sandbox.clear_log()
    return workspace


def marked(workspace: Workspace) -> list[str]:
    """The names of all organizations that bear the mark."""
    table = workspace.sandbox.store.table("zendesk", "organizations")
    return [row["name"] for row in table.values() if row["organization_fields"].get("rollout") is True]


def grow(workspace: Workspace, *more: str) -> dict[str, Any]:
    ran = workspace.golive("cohort", "grow", "--yes", "--json", *more)
    assert ran.code == 0, ran.err
    return ran.checked("cohort")


def calls(workspace: Workspace) -> Counter[str]:
    log = workspace.sandbox.log()
    return Counter(f"{each['method']} {each['path'].partition('/api/v2/')[2].split('/')[0]}" for each in log)


def test_growing_marks_ones_own_people_first_then_customers_and_nobody_twice(launched: Workspace) -> None:
    ran = launched.golive("cohort", "grow", "--yes")
    assert (ran.code, "Your own people come first" in ran.err, marked(launched)) == (2, True, [])

    document = grow(launched, "--stage", "internal")
    assert (document["newly_marked"], marked(launched)) == (1, ["Acme itself"])

    launched.sandbox.clear_log()
    document = grow(launched)
    wanted = {"Acme itself", "Friend", *(f"Shop {number}" for number in DRAWN)}
    assert set(marked(launched)) == wanted and document["newly_marked"] == len(wanted) - 1
    assert document["organizations"]["members"] == len(wanted)
    made = calls(launched)
    assert (made["GET organizations"], made["PUT organizations"]) == (3, 1), "a hundred with one call"

    launched.sandbox.clear_log()
    again = launched.golive("cohort", "grow", "--yes")
    assert (again.code, "Nobody is new." in again.out, launched.sandbox.writes()) == (0, True, [])


def test_a_larger_share_adds_and_a_smaller_one_takes_nothing_away(launched: Workspace) -> None:
    grow(launched, "--stage", "internal")
    grow(launched)
    before = set(marked(launched))
    launched.edit("share: 15%", "share: 20%")
    assert grow(launched)["newly_marked"] > 0 and before < set(marked(launched))
    more = set(marked(launched))
    launched.edit("share: 20%", "share: 10%")
    document = grow(launched)
    assert (document["newly_marked"], set(marked(launched))) == (0, more)
    assert document["organizations"]["kept"] > 0


def test_only_whoever_agrees_marks_and_what_is_said_before_is_done(launched: Workspace) -> None:
    ran = launched.golive("cohort", "grow", "--stage", "internal")
    assert (ran.code, "Nobody can be asked here" in ran.err, launched.sandbox.writes()) == (2, True, [])
    assert "1 organization will bear the mark: 1 of your own." in ran.out


def test_production_asks_for_the_clients_name(launched: Workspace) -> None:
    launched.set({**launched.settings(), "production": True}, "production")
    begin_state(launched, "production")
    ran = launched.golive("cohort", "grow", "--stage", "internal", "--yes", "-e", "production")
    assert (ran.code, marked(launched)) == (2, [])
    assert "--yes also needs the client's name" in ran.err
    ran = launched.golive("cohort", "grow", "--stage", "internal", "--yes", "--client", "Acme", "-e", "production")
    assert (ran.code, "PRODUCTION" in ran.out, marked(launched)) == (0, True, ["Acme itself"])


def begin_state(workspace: Workspace, environment: str) -> None:
    """Let the environment look after what is live."""
    ran = workspace.golive("adopt", "rollout/rollout", "--yes", "--client", "Acme", "-e", environment)
    assert ran.code == 0, ran.err


def test_a_frozen_environment_and_one_without_a_mark_are_left(launched: Workspace, small: Small) -> None:
    settings = launched.settings()
    launched.set({**settings, "freeze": "2099-12-31 Peak season"})
    ran = launched.golive("cohort", "grow", "--stage", "internal", "--yes")
    assert (ran.code, "Nothing may change" in ran.err) == (1, True)
    launched.set(settings)
    fresh = small(FILES)
    ran = fresh.golive("cohort", "grow", "--yes")
    assert (ran.code, "The mark is not made yet." in ran.err, "golive up" in ran.err) == (1, True, True)
    assert fresh.golive("cohort", "show", "--json").checked("cohort")["mark"] == "missing"


def test_what_somebody_else_has_put_into_the_field_stays(launched: Workspace) -> None:
    table = launched.sandbox.store.table("zendesk", "organizations")
    own = next(row for row in table.values() if row["name"] == f"Shop {DRAWN[2]}")
    own["organization_fields"]["rollout"] = "wave 2"
    grow(launched, "--stage", "internal")
    document = grow(launched)
    assert document["organizations"]["foreign"] == 1
    assert own["organization_fields"]["rollout"] == "wave 2"
    assert f"Shop {DRAWN[3]}" in marked(launched)


def test_a_run_that_breaks_off_is_gone_on_with(launched: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provisioners.zendesk.jobs.AT_ONCE", 10)
    monkeypatch.setattr("provisioners.zendesk.jobs.UNDER_WAY", 1)
    grow(launched, "--stage", "internal")
    launched.sandbox.fault(kind="error_500", path="organizations/update_many", method="PUT", after=2)
    ran = launched.golive("cohort", "grow", "--yes", "--json")
    document = ran.checked("cohort")
    assert ran.code == 4, ran.err
    assert document["error"]["code"] and 0 < document["newly_marked"] < len(DRAWN)
    done = set(marked(launched))
    assert len(done) == document["newly_marked"] + 1
    launched.sandbox.heal()
    rest = grow(launched)
    assert rest["newly_marked"] == len(DRAWN) + 1 - document["newly_marked"]
    assert done < set(marked(launched))


def test_an_organization_that_is_refused_is_named(launched: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(self: ZendeskCustomers, ids: Iterator[str]) -> Iterator[Marking]:
        yield Marking(len(list(ids)) - 1, {"4711": "Name: is too long"})

    monkeypatch.setattr(ZendeskCustomers, "mark_many", refusing)
    ran = launched.golive("cohort", "grow", "--stage", "internal", "--yes")
    assert (ran.code, "organization 4711: Name: is too long" in ran.out) == (4, True)
    assert "Run it again, it does what is left:  golive cohort grow --stage internal" in ran.out


def test_a_run_that_is_stopped_says_how_far_it_came(launched: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(self: ZendeskCustomers, ids: Iterator[str]) -> Iterator[Marking]:
        yield Marking(1)
        raise SystemFault("stopped", "helpdesk PUT organizations/update_many", "the run was stopped")

    monkeypatch.setattr(ZendeskCustomers, "mark_many", stopped)
    ran = launched.golive("cohort", "grow", "--stage", "internal", "--yes", "--json")
    assert (ran.code, ran.checked("cohort")["newly_marked"]) == (8, 1)
    assert "Run it again, it does what is left" in ran.err


def test_reading_cannot_write(launched: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever goes wrong in it: the connection of everything but the marking itself refuses writes."""
    seen = []
    real = ZendeskCustomers.organizations

    def writing(self: ZendeskCustomers) -> Iterator[Organization]:
        with pytest.raises(SystemFault, match="only reads"):
            next(self.mark_many(["1"]))
        seen.append(1)
        return real(self)

    monkeypatch.setattr(ZendeskCustomers, "organizations", writing)
    for verb in (("show", "--no-tickets"), ("export",), ("grow", "--stage", "internal", "--yes")):
        assert launched.golive("cohort", *verb).code == 0
    assert len(seen) == 3


def ticket(workspace: Workspace, organization: str | None, ago: timedelta, *tags: str) -> None:
    """A ticket that was made and last changed so long ago."""
    made = workspace.zendesk("POST", "tickets", {"ticket": {"subject": "Hello", "comment": {"body": "Hello"}}})[
        "ticket"
    ]
    at = (datetime.now(UTC) - ago).strftime("%Y-%m-%dT%H:%M:%SZ")
    there = workspace.sandbox.store.table("zendesk", "organizations").values()
    by_name = {row["name"]: row["id"] for row in there}
    workspace.sandbox.store.table("zendesk", "tickets")[str(made["id"])] |= {
        "organization_id": by_name[organization] if organization else None,
        "tags": list(tags),
        "created_at": at,
        "updated_at": at,
    }


def test_show_counts_customers_and_what_they_write(launched: Workspace) -> None:
    days = timedelta(days=1)
    for ago in (1, 8, 9, 22):
        ticket(launched, "Friend", ago * days)
    ticket(launched, "Shop 0" if 0 not in DRAWN else "Shop 1", 2 * days, "outside_rollout")
    ticket(launched, None, 3 * days)
    ticket(launched, "Friend", 40 * days)
    launched.sandbox.clear_log()
    document = launched.golive("cohort", "show", "--json").checked("cohort")
    counted = document["organizations"]
    assert (counted["total"], counted["internal"], counted["always"], counted["never"]) == (SHOPS + 3, 1, 1, 1)
    assert (counted["drawn"], counted["marked"], counted["to_mark"]) == (len(DRAWN), 0, len(DRAWN) + 2)
    assert counted["share"] == round((len(DRAWN) + 1) / (SHOPS + 2), 4)
    tickets = document["tickets"]
    assert (tickets["all"], tickets["members"], tickets["outside"], tickets["without"]) == (6, 4, 1, 1)
    assert tickets["weekly"] == [[1, 1], [0, 0], [2, 2], [3, 1]]
    segments = {each["segment"]: each for each in document["segments"]}
    assert segments["big"]["all"] == SHOPS / 4
    assert segments["big"]["members"] == sum(number % 4 == 0 for number in DRAWN)
    assert document["not_found"] == [{"list": "always", "entry": "gone.example"}]
    assert launched.sandbox.writes() == []
    text = launched.golive("cohort", "show").out
    assert f"In the soft launch: {len(DRAWN) + 2} of {SHOPS + 3} organizations" in text
    assert "in the soft launch     1.0  66.7 %" in text
    assert "Your own people first:  golive cohort grow --stage internal" in text
    assert "The soft launch has not begun here: the fence sleeps." in text


def test_show_goes_on_where_tickets_cannot_be_read(launched: Workspace) -> None:
    launched.sandbox.fault(kind="forbidden", path="incremental/tickets/cursor")
    document = launched.golive("cohort", "show", "--json").checked("cohort")
    assert document["not_read"] and "tickets" not in document
    launched.sandbox.heal()
    launched.sandbox.clear_log()
    launched.golive("cohort", "show", "--no-tickets")
    assert not any("incremental" in each["path"] for each in launched.sandbox.log())


def test_a_segment_instead_of_a_share(launched: Workspace) -> None:
    launched.edit("share: 15%", "segment: big")
    document = launched.golive("cohort", "show", "--json", "--no-tickets").checked("cohort")
    assert (document["declared"], document["organizations"]["segment"]) == ("all of Big", SHOPS // 4)
    grow(launched, "--stage", "internal")
    grow(launched)
    assert {f"Shop {number}" for number in range(0, SHOPS, 4)} < set(marked(launched))


def test_the_share_that_is_drawn_is_said_where_it_is_far_from_what_is_meant(launched: Workspace) -> None:
    launched.edit("share: 15%", "share: 40%, always: []".replace(", always: []", ""))
    assert "is not within 10% and 20%" in launched.golive("cohort", "show", "--no-tickets").out


def test_export_gives_domains_ids_and_the_steps(launched: Workspace) -> None:
    document = launched.golive("cohort", "export", "--format", "json").checked("cohort")
    usable = [number for number in DRAWN if number != DRAWN[1]]
    assert document["domains"] == sorted(
        ["acme.example", "friend.example", *(f"shop{each}.example" for each in usable)]
    )
    assert document["account_ids"] == ["F-1", *map(shop, DRAWN)]
    assert (document["without_domain"], document["without_account_id"]) == (1, 1)
    assert document["left_out"] == [{"domain": "gmail.com", "why": "anybody can have an address there"}]
    assert [(each["channel"], each["way"]) for each in document["entry"]] == [
        ("support", "mail_server_rule"), ("chat", "website_flag"), ("phone", "link_only"),
    ]  # fmt: skip
    for each in document["entry"]:
        said = " ".join(each["steps"])
        assert "Try it" in said and "The way back" in said
    assert "help@acme.example" in document["entry"][0]["steps"][0]
    assert "support@sandbox.zendesk.com: no other rule" in document["entry"][0]["steps"][2]
    text = launched.golive("cohort", "export").out
    assert f"{len(document['domains'])} domains, for a rule of the mail server" in text
    assert all(step in text for each in document["entry"] for step in each["steps"])
    assert launched.sandbox.writes() == []


def test_a_domain_that_somebody_outside_has_too_is_in_no_rule(launched: Workspace) -> None:
    outside = next(number for number in range(SHOPS) if number not in DRAWN)
    table = launched.sandbox.store.table("zendesk", "organizations")
    row = next(each for each in table.values() if each["name"] == f"Shop {outside}")
    row["domain_names"] = [f"shop{DRAWN[0]}.example"]
    document = launched.golive("cohort", "export", "--format", "json").document
    assert {"domain": f"shop{DRAWN[0]}.example", "why": "a customer outside has it, too"} in document["left_out"]
    assert f"shop{DRAWN[0]}.example" not in document["domains"]


def test_the_table_holds_nothing_that_a_spreadsheet_would_carry_out(launched: Workspace) -> None:
    launched.edit("never: [rival.example]", "never: []")
    launched.edit("always: [friend.example", "always: [friend.example, rival.example")
    ran = launched.golive("cohort", "export", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    by_domain = {row["domain"]: row for row in rows}
    assert by_domain["rival.example"]["organization"] == "'=HYPERLINK(1)"
    assert by_domain["friend.example"] == {
        "domain": "friend.example", "account_id": "F-1", "organization": "Friend", "why": "in any case", "marked": "no",
        "organization_id": by_domain["friend.example"]["organization_id"],
    }  # fmt: skip
    assert len(rows) == len(DRAWN) + 3
    assert "The way back" in ran.err, "the steps stand beside the table"


def test_where_nobody_is_in_it_not_everybody_is_marked(set_up: Small) -> None:
    """Nought of nought is no soft launch: whoever goes by the runsheet must not take it for done."""
    text = set_up(FILES).golive("cohort", "show").out
    assert "Nobody is in it" in text
    assert "Everybody who is in it is marked" not in text


def test_the_first_stage_lets_nobody_but_ones_own_people_in(launched: Workspace) -> None:
    document = launched.golive("cohort", "export", "--stage", "internal", "--format", "json").document
    assert (document["domains"], [each["organization"] for each in document["members"]]) == (
        ["acme.example"],
        ["Acme itself"],
    )


@pytest.mark.parametrize("rollout", ["", "rollout: {why: Later}\n"])
def test_files_without_a_cohort_are_told_what_to_say(rollout: str, set_up: Small) -> None:
    ran = set_up(rollout or "groups: {a: {name: A}}\n").golive("cohort", "show", "--json")
    assert (ran.code, ran.checked("cohort")["error"]["code"]) == (2, "no_cohort")


def test_another_account_is_refused(launched: Workspace) -> None:
    launched.set({**launched.settings(), "expect": {"helpdesk": "somebody-else"}})
    ran = launched.golive("cohort", "grow", "--yes")
    assert (ran.code, launched.sandbox.writes()) == (3, [])


def test_what_has_no_name_of_its_own_says_the_whole_verb(launched: Workspace) -> None:
    for environment in launched.root.glob("stacks/Pulumi.*.yaml"):
        if environment.stem != "Pulumi.production":
            environment.unlink()
    assert "golive cohort show -e production" in launched.golive("cohort", "show").err


def test_the_mark_that_was_deleted_by_hand_is_missed(launched: Workspace) -> None:
    (mark,) = (each for each in launched.listed("organization_fields") if each["key"] == "rollout")
    launched.zendesk("DELETE", f"organization_fields/{mark['id']}")
    ran = launched.golive("cohort", "grow", "--yes")
    assert (ran.code, "somebody has deleted it" in ran.err) == (1, True)


def test_the_fence_and_the_mark_belong_together(launched: Workspace) -> None:
    begin(launched, "soft_launch")
    launched.up()
    assert "the fence sleeps" not in launched.golive("cohort", "show", "--no-tickets").out
    assert json.loads(launched.golive("cohort", "show", "--no-tickets", "--json").out)["phase"] == "soft_launch"
