"""History taken into Zendesk: looked up, sent, followed, read back, taken away again; and what is known of a call that
broke."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
import responses

from provisioners.errors import SystemFault
from provisioners.imports import (
    Imports,
    JobState,
    NewComment,
    NewFile,
    NewOrganization,
    NewTicket,
    NewUser,
    RowResult,
    RuleActed,
)
from provisioners.snapshot import Snapshot
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.imports.answers import held_comment, job_state
from provisioners.zendesk.limits import JOBS, ZendeskLimits
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.zendesk_workspace import connection

PAST = "2024-03-01T08:15:00Z"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
LATER = "2024-03-02T08:15:00Z"


@pytest.fixture(scope="module")
def running() -> Iterator[LiveSandbox]:
    with running_sandbox() as live:
        yield live


@pytest.fixture
def sandbox(running: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> LiveSandbox:
    monkeypatch.setattr("provisioners.session.RETRY_PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr("provisioners.session.DEFAULT_WAIT", 0.0)
    monkeypatch.setattr("provisioners.zendesk.imports.content.RETRY_PAUSES", (0.0, 0.0, 0.0))
    running._call("POST", "/sandbox/reset", {"empty": True})
    return running


@pytest.fixture
def imports(sandbox: LiveSandbox) -> Imports:
    return way_in(sandbox)


def way_in(sandbox: LiveSandbox) -> Imports:
    """As a new run has it."""
    found = SYSTEM.imports(connection(sandbox.url))
    assert found is not None
    return found


def done(imports: Imports, job: str) -> list[str]:
    """The ids that a job has made or deleted, as they were sent; nothing may have been refused."""
    state = imports.jobs([job])[job]
    assert state.status == "completed" and not any(row.error for row in state.rows), state
    return [row.id for row in sorted(state.rows, key=lambda row: row.index or 0)]


def customer(imports: Imports, **more: Any) -> str:
    facts = {"external_id": "old:1", "name": "Cleo", "email": "cleo@client.org", **more}
    return done(imports, imports.create_users([NewUser(**facts)]).id)[0]


def ticket(requester: str, number: int = 1, **more: Any) -> NewTicket:
    facts: dict[str, Any] = {
        "external_id": f"old:{number}",
        "subject": "Broken",
        "requester": requester,
        "status": "solved",
        "created": PAST,
        "comments": (NewComment(requester, True, PAST, body="It is broken"),),
    }
    return NewTicket(**(facts | more))


def test_people_and_organizations_come_in_and_are_found_at_once(imports: Imports, sandbox: LiveSandbox) -> None:
    made = done(imports, imports.create_organizations([NewOrganization("old:1", "Client", ("client.org",))]).id)
    user = customer(imports, organization=made[0], tags=("vip",))
    assert imports.organizations_by_external_id(["old:1", "old:2"])["old:1"].id == made[0]
    assert imports.users_by_external_id(["OLD:1", "old:2", ""]).keys() == {"OLD:1"}
    found = imports.organization_by_name(" CLIENT ")
    assert found is not None and found.id == made[0]
    assert imports.organization_by_name("Nobody") is None
    whole = sandbox.zendesk("GET", f"users/{user}")["user"]
    assert (whole["role"], str(whole["organization_id"]), whole["tags"]) == ("end-user", made[0], ["vip"])
    assert sandbox.store.table("zendesk", "mails") == {}, "nobody is asked to confirm an address"


def test_an_id_with_a_comma_is_asked_for_by_itself_and_long_ones_in_several_calls(
    imports: Imports, sandbox: LiveSandbox
) -> None:
    odd, long = "old:a,b", [f"old:{number}:{'x' * 200}" for number in range(30)]
    users = [NewUser(each, "Somebody") for each in (odd, *long)]
    done(imports, imports.create_users(users).id)
    sandbox.clear_log()
    assert imports.users_by_external_id([odd, *long]).keys() == {odd, *long}
    assert [each["path"].rpartition("/")[2] for each in sandbox.log()] == ["show_many"] * 4 + ["search"]


def test_addresses_are_looked_up_several_at_once(imports: Imports, sandbox: LiveSandbox) -> None:
    emails = [f"somebody{number}@client.org" for number in range(30)]
    users = [NewUser(f"old:{number}", "Somebody", each) for number, each in enumerate(emails)]
    done(imports, imports.create_users(users).id)
    sandbox.clear_log()
    asked = [emails[0].upper(), *emails[1:], "nobody@client.org", 'bad"address@client.org', "none"]
    assert imports.users_by_email(asked).keys() == set(asked[:30])
    assert len(sandbox.log()) == 2
    owner = imports.users_by_email(["owner@example.com"])["owner@example.com"]
    assert owner.team and owner.external_id == ""


@pytest.mark.parametrize("active", [True, False])
def test_somebody_is_found_by_another_address_too_unless_deleted(active: bool) -> None:
    body = {
        "id": 1,
        "name": "Ada",
        "email": "first@x.org",
        "role": "end-user",
        "external_id": "old:1",
        "active": active,
    }
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for path in ("search", "show_many"):
            mock.get(f"http://127.0.0.1:9/zendesk/api/v2/users/{path}", json={"users": [body], "next_page": None})
        imports = SYSTEM.imports(connection("http://127.0.0.1:9"))
        found = [imports.users_by_email(["second@x.org"]), imports.users_by_external_id(["old:1"])]
    assert [[user.id for user in each.values()] for each in found] == ([["1"], ["1"]] if active else [[], []])


def test_what_it_takes_at_most_is_what_the_vendor_takes(imports: Imports) -> None:
    cleo = customer(imports)
    longest, most = "ü" * (imports.longest_text // 2), imports.most_comments
    comment = NewComment(cleo, True, imports.earliest, body=longest)
    fits = ticket(cleo, comments=(comment, *[replace(comment, body="x")] * (most - 1)))
    longer = ticket(cleo, comments=(replace(comment, body=longest + "x"),))
    more = ticket(cleo, comments=(*fits.comments, comment))
    job = imports.import_tickets([fits, longer, more]).id
    assert [bool(row.error) for row in imports.jobs([job])[job].rows] == [False, True, True]


def test_a_ticket_comes_in_whole_and_is_read_back(imports: Imports, sandbox: LiveSandbox) -> None:
    cleo, dora = customer(imports), customer(imports, external_id="old:2", email="dora@client.org")
    content = bytes(range(256)) * 2000
    first = imports.upload(NewFile("a/b ü\n\udcff.bin", "image/png\r\nX-Evil: 1", content))
    both = imports.upload(NewFile("", "text/plain; charset=utf-8", b""), first.token)
    comments = (
        NewComment(cleo, True, PAST, html="<p>It is <b>broken</b></p>", uploads=(first.token,)),
        NewComment(dora, False, LATER, body="Psst \ud83d"),
    )
    sent = ticket(cleo, updated=LATER, solved=LATER, tags=("imported",), copied=(dora,), priority="high",
                  kind="problem", channel="email", comments=comments)  # fmt: skip
    (made,) = done(imports, imports.import_tickets([sent]).id)
    held = imports.tickets([made, "4711"])[made]
    assert (held.external_id, held.subject, held.requester, held.status) == ("old:1", "Broken", cleo, "solved")
    assert (held.created, held.updated, held.solved) == (PAST, LATER, LATER)
    assert (held.tags, held.copied, held.priority, held.kind) == (("imported",), (dora,), "high", "problem")
    assert held.channel == "email"
    one, other = imports.comments(made)
    assert (one.author, one.public, one.created, one.html) == (cleo, True, PAST, "<p>It is <b>broken</b></p>")
    assert (other.author, other.public, other.created, other.body) == (
        dora,
        False,
        LATER,
        "Psst \N{REPLACEMENT CHARACTER}",
    )
    file, empty = one.files
    assert first.token == both.token
    assert (file.name, file.media_type, file.size) == (
        "a/b ü_\N{REPLACEMENT CHARACTER}.bin",
        "application/octet-stream",
        len(content),
    )
    assert (empty.name, empty.media_type, empty.size) == ("attachment", "text/plain", 0)
    pieces = list(imports.content(file))
    assert hashlib.sha256(b"".join(pieces)).digest() == hashlib.sha256(content).digest()
    assert len(pieces) > 1 and list(imports.content(empty)) in ([], [b""])


def test_the_token_goes_to_no_other_host_and_the_name_of_a_file_into_no_log(
    imports: Imports, sandbox: LiveSandbox
) -> None:
    """The sandbox's other host refuses whoever brings a token."""
    seen: list[dict[str, Any]] = []
    here = connection(sandbox.url)
    here.report = lambda event, facts: seen.append(dict(facts))
    told = SYSTEM.imports(here)
    cleo = customer(told)
    token = told.upload(NewFile("a", "", b"content")).token
    comments = (NewComment(cleo, True, PAST, body="See", uploads=(token,)),)
    (made,) = done(told, told.import_tickets([ticket(cleo, comments=comments)]).id)
    ((file,),) = (each.files for each in told.comments(made))
    secret = file.address.split("/token/")[1].split("/")[0]
    for settings in ({}, {"attachment_host": "none"}):
        sandbox.settings("zendesk", **settings)
        assert b"".join(told.content(file)) == b"content"
    assert secret not in str(seen)
    sandbox.settings("zendesk", attachment_host="files.example.com")
    with pytest.raises(SystemFault, match="leads to a place that is not asked"):
        list(told.content(file))


def test_a_file_that_does_not_come_at_once_is_asked_for_again(imports: Imports, sandbox: LiveSandbox) -> None:
    cleo = customer(imports)
    token = imports.upload(NewFile("a", "", b"content")).token
    comments = (NewComment(cleo, True, PAST, body="See", uploads=(token,)),)
    (made,) = done(imports, imports.import_tickets([ticket(cleo, comments=comments)]).id)
    ((file,),) = (each.files for each in imports.comments(made))
    for kind in ("cut_before", "error_503"):
        sandbox.fault(kind=kind, path="usercontent", times=2)
        assert b"".join(imports.content(file)) == b"content"
    sandbox.fault(kind="error_503", path="usercontent")
    with pytest.raises(SystemFault) as raised:
        list(imports.content(file))
    assert (raised.value.code, raised.value.took_effect) == ("unreachable", False)


def test_tickets_are_found_by_external_id_each_that_has_it(imports: Imports, sandbox: LiveSandbox) -> None:
    cleo = customer(imports)
    twice = [ticket(cleo), ticket(cleo)]
    made = done(imports, imports.import_tickets(twice).id)
    assert imports.tickets_by_external_id("old:1") == made
    done(imports, imports.import_tickets([ticket(cleo, 2, status="closed"), ticket(cleo, 3)], archive=True).id)
    assert imports.tickets_by_external_id("old:2") == [], "the list does not show the archive"
    assert len(imports.tickets_by_external_id("old:2", archived=True)) == 1
    assert len(imports.tickets_by_external_id("old:3", archived=True)) == 1
    assert imports.tickets_by_external_id("old:9", archived=True) == []


def test_jobs_are_followed_whatever_the_order_of_their_results(imports: Imports, sandbox: LiveSandbox) -> None:
    cleo = customer(imports)
    sandbox.settings("zendesk", job_seconds=15, jobs_at_once=1, job_results="shuffled")
    bad = ticket(cleo, 0, comments=(NewComment(cleo, True, "2999-01-01T00:00:00Z", body="x"),))
    first = imports.import_tickets([bad, *(ticket(cleo, number) for number in range(1, 20))]).id
    second = imports.import_tickets([ticket(cleo, 20)]).id
    states = imports.jobs([first, second, "0" * 32])
    assert [states[each].status for each in (first, second, "0" * 32)] == ["working", "queued", "unknown"]
    assert imports.tickets_by_external_id("old:1") == [], "a job does its work when it is over"
    sandbox.forward(15)
    rows = {row.index: row for row in imports.jobs([first])[first].rows}
    assert len(rows) == 20 and "in the future" in rows[0].error and rows[0].id == ""
    for number in range(1, 20):
        assert imports.tickets([rows[number].id])[rows[number].id].external_id == f"old:{number}"
    sandbox.forward(3700)
    assert imports.jobs([first])[first].status == "unknown", "the vendor has forgotten it"


def test_what_the_vendor_takes_is_known_from_its_answers(imports: Imports, sandbox: LiveSandbox) -> None:
    sandbox.settings("zendesk", calls_per_minute=400, job_seconds=15)
    assert (imports.limits().calls_per_minute, imports.limits().jobs_left) == (None, None)
    imports.create_organizations([NewOrganization("old:1", "Client")])
    limits = imports.limits()
    assert (limits.calls_per_minute, limits.calls_left) == (400, 399)
    assert (limits.jobs_at_once, limits.jobs_left) == (30, 29)


def test_a_job_too_many_is_sent_once_there_is_room(sandbox: LiveSandbox) -> None:
    """Time passes in the sandbox when the thirty-first is refused."""
    sandbox.settings("zendesk", job_seconds=15)
    here, refused = connection(sandbox.url), []

    def on(event: str, facts: Mapping[str, Any]) -> None:
        if event == "call" and facts["status"] == 429:
            refused.append(facts["path"])
            sandbox.forward(15)

    here.report = on
    imports = SYSTEM.imports(here)
    jobs = [imports.create_organizations([NewOrganization(f"old:{n}", f"Org {n}")]).id for n in range(31)]
    assert len(refused) == 1
    assert [each.id for each in imports.jobs_under_way()] == jobs[30:]
    sandbox.forward(15)
    assert len(sandbox.zendesk("GET", "organizations")["organizations"]) == 31


def test_a_place_that_never_comes_is_a_fault_and_nothing_was_sent(imports: Imports, sandbox: LiveSandbox) -> None:
    sandbox.settings("zendesk", job_seconds=1000)
    for number in range(30):
        imports.create_organizations([NewOrganization(f"old:{number}", f"Org {number}")])
    with pytest.raises(SystemFault, match="as many background jobs under way as it takes") as raised:
        imports.create_organizations([NewOrganization("old:30", "Org 30")])
    assert (raised.value.code, raised.value.took_effect) == ("throttled", False)
    assert len(imports.jobs_under_way()) == 30 and imports.limits().jobs_left == 0


def test_a_bulk_call_whose_answer_was_lost_may_still_be_at_work(imports: Imports, sandbox: LiveSandbox) -> None:
    """To look up what is there, and to send the rest again, is safe only once no job is under way."""
    cleo = customer(imports)
    sandbox.settings("zendesk", job_seconds=15)
    sandbox.fault(kind="cut_after", path="imports", times=1)
    with pytest.raises(SystemFault):
        imports.import_tickets([ticket(cleo)])
    after = way_in(sandbox)
    assert after.tickets_by_external_id("old:1") == [] and len(after.jobs_under_way()) == 1
    sandbox.forward(15)
    assert after.jobs_under_way() == [] and len(after.tickets_by_external_id("old:1")) == 1


def test_the_wait_for_a_jobs_place_holds_back_nothing_else(sandbox: LiveSandbox) -> None:
    limits, path = ZendeskLimits(), "/api/v2/users/create_many"
    headers = {"zendesk-ratelimit-inflight-jobs": "total=30; remaining=0; resets=60", "x-rate-limit": "400",
               "x-rate-limit-remaining": "390"}  # fmt: skip
    limits.seen("POST", path, headers)
    assert limits.refused("POST", path, headers) == JOBS
    assert (limits.scopes("POST", path), limits.scopes("GET", "/api/v2/job_statuses/show_many")) == ([JOBS], [])


@pytest.mark.parametrize(
    ("fault", "took_effect", "made"),
    [
        ({"kind": "cut_after"}, None, 1),
        ({"kind": "cut_before"}, None, 0),
        ({"kind": "truncated"}, None, 1),
        ({"kind": "error_500"}, None, 0),
        ({"kind": "error_503"}, None, 0),
        ({"kind": "html"}, None, 0),
        ({"kind": "html", "value": 502}, None, 0),
        ({"kind": "html", "value": 408}, None, 0),
        ({"kind": "forbidden"}, False, 0),
        ({"kind": "unauthorized"}, False, 0),
    ],
)
def test_a_broken_import_is_sent_once_and_says_what_is_known_of_it(
    imports: Imports, sandbox: LiveSandbox, fault: dict[str, Any], took_effect: bool | None, made: int
) -> None:
    cleo = customer(imports)
    sandbox.clear_log()
    sandbox.fault(method="POST", path="imports", **fault)
    with pytest.raises(SystemFault) as raised:
        imports.import_tickets([ticket(cleo)])
    assert raised.value.took_effect is took_effect
    sandbox.heal()
    assert len([each for each in sandbox.log() if "imports" in each["path"]]) == 1, "nothing is sent again by itself"
    assert len(way_in(sandbox).tickets_by_external_id("old:1")) == made, "the look-up tells"


def sent_surely(imports: Imports, sandbox: LiveSandbox, tickets: list[NewTicket]) -> int:
    """What a ledger does: send, follow the job, and after an answer that was lost look up before sending the rest. How
    often answers were lost."""
    waiting, lost = {each.external_id: each for each in tickets}, 0
    while waiting:
        batch = list(waiting.values())[:7]
        try:
            job = imports.import_tickets(batch).id
        except SystemFault as fault:
            if fault.took_effect is False:
                continue
            lost += 1
            while imports.jobs_under_way():
                sandbox.forward(5)
            done = [each.external_id for each in batch if imports.tickets_by_external_id(each.external_id)]
        else:
            while imports.jobs([job])[job].status != "completed":
                sandbox.forward(5)
            rows = imports.jobs([job])[job].rows
            done = [batch[row.index].external_id for row in rows if row.index is not None and not row.error]
        for each in done:
            del waiting[each]
    return lost


def test_whatever_breaks_each_ticket_is_there_once(imports: Imports, sandbox: LiveSandbox) -> None:
    cleo = customer(imports)
    sandbox.settings("zendesk", job_seconds=5, job_results="shuffled")
    kinds = ("cut_before", "cut_after", "truncated", "html", "error_503", "throttle_without_header")
    for seed, kind in enumerate(kinds):
        sandbox.fault(kind=kind, path="imports", rate=0.15, seed=seed)
    sandbox.fault(kind="cut_before", path="(job_statuses|tickets$)", method="GET", rate=0.05)
    lost = sent_surely(imports, sandbox, [ticket(cleo, number) for number in range(150)])
    sandbox.heal()
    held = sandbox.store.table("zendesk", "tickets").values()
    assert sorted(each["external_id"] for each in held) == sorted(f"old:{number}" for number in range(150))
    assert lost > 5, "the faults have struck"


@pytest.mark.parametrize("kind", ["cut_after", "error_503", "truncated"])
def test_every_other_write_is_sent_once_too(imports: Imports, sandbox: LiveSandbox, kind: str) -> None:
    cleo = customer(imports)
    (made,) = done(imports, imports.import_tickets([ticket(cleo)]).id)
    sandbox.fault(kind=kind, system="zendesk", path="(create_many|destroy_many|uploads|deleted_users)")
    writes = [
        lambda: imports.create_users([NewUser("old:7", "Ada")]),
        lambda: imports.create_organizations([NewOrganization("old:7", "Ada's")]),
        lambda: imports.upload(NewFile("a", "", b"content")),
        lambda: imports.delete_tickets([made]),
        lambda: imports.delete_users([cleo]),
        lambda: imports.delete_organizations(["1"]),
    ]
    for write in writes:
        sandbox.clear_log()
        with pytest.raises(SystemFault) as raised:
            write()
        assert (raised.value.took_effect, len(sandbox.log())) == (None, 1)


def test_what_is_throttled_has_had_no_effect_and_goes_on_by_itself(imports: Imports, sandbox: LiveSandbox) -> None:
    cleo = customer(imports)
    sandbox.fault(kind="throttle_without_header", path="imports", times=2)
    assert len(done(imports, imports.import_tickets([ticket(cleo)]).id)) == 1
    assert len(imports.tickets_by_external_id("old:1")) == 1


def test_a_run_that_only_reads_sends_nothing(sandbox: LiveSandbox) -> None:
    only_reads = SYSTEM.imports(connection(sandbox.url, read_only=True))
    with pytest.raises(SystemFault) as raised:
        only_reads.import_tickets([ticket("1")])
    assert raised.value.code == "not_allowed" and sandbox.log() == []


def test_look_ups_show_what_is_there_now_also_where_lists_are_kept(imports: Imports, sandbox: LiveSandbox) -> None:
    here = connection(sandbox.url, read_only=True)
    here.snapshot = Snapshot()
    reads = SYSTEM.imports(here)
    for there in (0, 1):
        found = [reads.users_by_external_id(["old:1"]), reads.users_by_email(["cleo@client.org"])]
        assert [len(each) for each in found] == [there, there]
        if not there:
            customer(imports)


def test_more_than_a_call_takes_is_not_sent(imports: Imports, sandbox: LiveSandbox) -> None:
    for count in (0, 101):
        with pytest.raises(ValueError, match=str(count)):
            imports.import_tickets([ticket("1")] * count)
    assert sandbox.log() == []


def test_everything_goes_again(imports: Imports, sandbox: LiveSandbox) -> None:
    (organization,) = done(imports, imports.create_organizations([NewOrganization("old:1", "Client")]).id)
    cleo = customer(imports)
    made = done(imports, imports.import_tickets([ticket(cleo, number) for number in range(3)]).id)
    assert done(imports, imports.delete_tickets(made).id) == made
    gone = imports.delete_tickets_for_good(made).id
    assert imports.jobs([gone])[gone] == JobState(gone, "completed")
    assert done(imports, imports.delete_users([cleo]).id) == [cleo]
    assert imports.users_by_external_id(["old:1"]) == {} == imports.users_by_email(["cleo@client.org"])
    assert imports.delete_user_for_good(cleo) is True
    assert imports.delete_user_for_good(cleo) is False
    done(imports, imports.delete_organizations([organization]).id)
    again = imports.delete_organizations([organization]).id
    (row,) = imports.jobs([again])[again].rows
    assert "RecordNotFound" in row.error
    token = imports.upload(NewFile("a", "", b"content")).token
    for _ in range(2):
        imports.discard(token)
    assert sandbox.store.table("zendesk", "attachments") == {}
    assert imports.tickets(made) == {}


def test_that_nothing_has_acted_on_a_ticket_can_be_seen(imports: Imports, sandbox: LiveSandbox) -> None:
    cleo = customer(imports)
    (made,) = done(imports, imports.import_tickets([ticket(cleo, status="open")]).id)
    assert imports.acted(made) == []
    told = {"field": "notification_user", "value": ["requester_id", "Hello", "Hello"]}
    when = {"all": [{"field": "update_type", "operator": "is", "value": "Change"}]}
    trigger = {"title": "Tell them", "conditions": when, "actions": [told]}
    sandbox.zendesk("POST", "triggers", {"trigger": trigger})
    sandbox.zendesk("PUT", f"tickets/{made}", {"ticket": {"priority": "high"}})
    assert imports.acted(made) == [RuleActed("Tell them", "Notification")]


def test_the_account_is_asked_for_rules_that_would_act(imports: Imports, sandbox: LiveSandbox) -> None:
    sent = {"name": "Pager", "endpoint": "https://pager.example.com/", "http_method": "POST", "status": "active"}
    sent |= {"request_format": "json", "subscriptions": ["conditional_ticket_events"]}
    webhook = sandbox.zendesk("POST", "webhooks", {"webhook": sent})["webhook"]
    for title, without in (("Loud", ""), ("Quiet", "imported")):
        asked = [{"field": "status", "operator": "is", "value": "open"}]
        asked += [{"field": "current_tags", "operator": "not_includes", "value": without}] if without else []
        does = [{"field": "notification_webhook", "value": [webhook["id"], "{}"]}]
        sandbox.zendesk(
            "POST", "triggers", {"trigger": {"title": title, "conditions": {"all": asked}, "actions": does}}
        )
    schedule = {"title": "Old", "object": "zen:ticket", "conditions": {"all": [asked[0]]}, "active": True}
    asked[0]["value"] = "closed"
    sandbox.zendesk("POST", "deletion_schedules", {"deletion_schedule": schedule})
    met = imports.rules_met("imported", ["open", "closed"])
    assert "Old" in {each.title for each in met}
    (loud,) = (each for each in met if each.title == "Loud")
    assert loud.does == ("calls the webhook Pager",)
    assert "Quiet" not in {each.title for each in met}


def test_jobs_as_the_vendor_may_show_them() -> None:
    assert job_state({"id": "a", "status": "killed", "message": "out of order"}) == JobState(
        "a", "failed", why="out of order"
    )
    assert job_state({"id": "a", "status": "resting"}).status == "unknown"
    assert job_state({"id": "a", "status": "completed", "results": {"success": False}}).status == "failed"
    results = [{"id": 7, "success": True}, {"index": 1, "error": "Oops"}, {"index": 2, "success": False}]
    assert job_state({"id": "a", "status": "completed", "results": results}).rows == (
        RowResult(None, "7"), RowResult(1, error="Oops"), RowResult(2, error="refused without a reason"),
    )  # fmt: skip


def test_results_that_do_not_say_which_is_which(imports: Imports, sandbox: LiveSandbox) -> None:
    """Who was made is then to be looked up by external id."""
    sandbox.settings("zendesk", job_results="without_index")
    users = [NewUser("old:1", "Ada", "ada@x.org"), NewUser("old:2", "Twin", "ada@x.org"), NewUser("old:3", "Eve")]
    job = imports.create_users(users).id
    rows = imports.jobs([job])[job].rows
    assert [(row.index, bool(row.id), bool(row.error)) for row in rows] == [
        (None, True, False), (1, False, True), (None, True, False),
    ]  # fmt: skip
    assert {imports.users_by_external_id([each])[each].id for each in ("old:1", "old:3")} == {
        row.id for row in rows if row.id
    }
    made, failed = {"id": 77, "status": "Created", "email": "a@x.org"}, {"id": 1, "status": "Failed", "errors": "Oops"}
    for results, total in (([made], 2), ([failed, made], 2)):
        state = job_state({"id": "a", "status": "completed", "results": results, "total": total})
        assert {row.index for row in state.rows} == {None}
        assert [row.email for row in state.rows if row.id] == ["a@x.org"]


def test_what_is_not_known_to_be_private_counts_as_public() -> None:
    assert held_comment({"id": 1}).public and not held_comment({"id": 1, "public": False}).public
