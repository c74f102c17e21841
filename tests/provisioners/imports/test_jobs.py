"""Jobs that are followed, and what is known of a call that broke."""

from collections.abc import Mapping
from typing import Any

import pytest

from provisioners.errors import SystemFault
from provisioners.history import NewComment, NewFile, NewOrganization, NewTicket, NewUser
from provisioners.imports import Imports, JobState, RowResult
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.imports.answers import job_state
from provisioners.zendesk.limits import JOBS, ZendeskLimits
from tests.live_sandbox import LiveSandbox
from tests.provisioners.imports.history import customer, done, ticket, way_in
from tests.provisioners.zendesk_workspace import connection


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
