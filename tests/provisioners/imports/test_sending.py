"""History taken into Zendesk: looked up, sent, read back, taken away again."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
import responses

from provisioners.errors import SystemFault
from provisioners.history import NewComment, NewFile, NewOrganization, NewUser
from provisioners.imports import Imports, JobState, RuleActed
from provisioners.snapshot import Snapshot
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.imports.answers import held_comment
from tests.live_sandbox import LiveSandbox
from tests.provisioners.imports.history import LATER, PAST, customer, done, ticket
from tests.provisioners.zendesk_workspace import connection


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
    people = [NewUser(f"old:cc{number}", "Somebody") for number in range(imports.most_copied + 1)]
    copied = done(imports, imports.create_users(people).id)
    many, too_many = ticket(cleo, copied=tuple(copied[1:])), ticket(cleo, copied=tuple(copied))
    job = imports.import_tickets([fits, longer, more, many, too_many]).id
    assert [bool(row.error) for row in imports.jobs([job])[job].rows] == [False, True, True, False, True]


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
    assert len(imports.tickets_by_external_id("old:2")) == 1, "the list does not show the archive"
    assert len(imports.tickets_by_external_id("old:3")) == 1
    assert imports.tickets_by_external_id("old:9") == []


def test_marked_tickets_are_counted_also_in_the_archive(imports: Imports) -> None:
    cleo = customer(imports)
    tickets = [ticket(cleo, number, status="closed", tags=("imported_frontdesk",)) for number in range(3)]
    done(imports, imports.import_tickets(tickets, archive=True).id)
    done(imports, imports.import_tickets([ticket(cleo, 9, tags=("imported",))]).id)
    assert imports.count_tagged("imported_frontdesk") == 3


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
    assert imports.acted(made) == [RuleActed("Tell them", "Notification", tells=True, upon_somebody=True)]


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


def test_what_is_not_known_to_be_private_counts_as_public() -> None:
    assert held_comment({"id": 1}).public and not held_comment({"id": 1, "public": False}).public
