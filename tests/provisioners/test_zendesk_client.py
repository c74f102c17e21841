"""Calls to Zendesk: paging, the vendor's errors in its own words, and answers that are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import responses

from provisioners.errors import SystemFault
from provisioners.run_file import SystemSettings
from provisioners.system import Connection
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.client import ZendeskClient, only_reads
from provisioners.zendesk.replies import warnings_in, words_of
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.zendesk_workspace import connection

URL = "http://127.0.0.1:9/zendesk"
API = f"{URL}/api/v2"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[LiveSandbox]:
    with running_sandbox() as live:
        yield live


def _client(url: str = URL, **more: Any) -> ZendeskClient:
    settings = SystemSettings("zendesk", url, "sandbox", sandbox=True)
    return ZendeskClient(Connection("helpdesk", settings, read_only=more.pop("read_only", False), **more))


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[responses.RequestsMock]:
    monkeypatch.setattr("provisioners.session.RETRY_PAUSES", (0.0, 0.0, 0.0))
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def test_lists_are_read_by_cursor_in_pages_of_a_hundred(sandbox: LiveSandbox) -> None:
    client = ZendeskClient(connection(sandbox.url))
    for number in range(205):
        client.post("groups", {"group": {"name": f"Group {number:03}"}})
    sandbox.clear_log()
    found = client.pages("groups", "groups")
    assert {f"Group {number:03}" for number in range(205)} <= {body["name"] for body in found}
    assert len({body["id"] for body in found}) == len(found)
    assert len(sandbox.log()) == 3
    sandbox.clear_log()
    assert client.pages("groups", "groups", cursor=False) == found
    assert len(sandbox.log()) == 3


def test_a_list_without_cursor_is_read_on_by_page_number(answers: responses.RequestsMock) -> None:
    answers.get(f"{API}/things?page[size]=100", json={"things": [{"id": 1}], "next_page": "https://x/2", "count": 2})
    answers.get(f"{API}/things?per_page=100&page=2", json={"things": [{"id": 2}], "next_page": None, "count": 2})
    assert _client().pages("things", "things") == [{"id": 1}, {"id": 2}]


def test_a_list_that_is_none_is_not_an_empty_one(answers: responses.RequestsMock) -> None:
    answers.get(f"{API}/things", json={"other": []})
    with pytest.raises(SystemFault) as raised:
        _client().pages("things", "things")
    assert raised.value.code == "unreachable"


def test_signs_in_with_the_token_whatever_netrc_says(
    answers: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / ".netrc").write_text("machine golive.zendesk.com login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    answers.get(f"{API}/groups/1", json={"group": {"id": 1}})
    assert _client().get("groups/1").body == {"group": {"id": 1}}
    assert answers.calls[0].request.headers["Authorization"] == "Bearer sandbox"


@pytest.mark.parametrize(
    ("status", "body", "code", "words"),
    [
        (
            422,
            {
                "error": "RecordInvalid",
                "description": "Record validation errors",
                "details": {"name": [{"description": "Name: has already been taken", "error": "DuplicateValue"}]},
            },
            "refused",
            "Name: has already been taken",
        ),
        (
            403,
            {"error": {"title": "Forbidden", "message": "You do not have access"}},
            "refused",
            "You do not have access",
        ),
        (
            400,
            {"errors": [{"code": "InvalidThing", "title": "Invalid", "detail": "No such key"}]},
            "refused",
            "No such key",
        ),
        (401, {"error": "Couldn't authenticate you"}, "credentials", "Couldn't authenticate you"),
        (404, {"error": "RecordNotFound", "description": "Not found"}, "not_found", "Not found"),
        (404, {"error": "InvalidEndpoint", "description": "Not found"}, "refused", "Not found"),
        (409, {"error": "Conflict"}, "refused", "Conflict"),
        (422, {}, "refused", "422 without a reason"),
    ],
)
def test_refusals_are_told_in_the_vendors_words(
    answers: responses.RequestsMock, status: int, body: Any, code: str, words: str
) -> None:
    answers.post(f"{API}/groups", json=body, status=status)
    with pytest.raises(SystemFault) as raised:
        _client().post("groups", {"group": {}})
    assert (raised.value.code, raised.value.status, raised.value.took_effect) == (code, status, False)
    assert words in raised.value.why


_INVALID = {"error": "RecordInvalid", "description": "Record validation errors"}


@pytest.mark.parametrize(
    ("body", "why", "do"),
    [
        (
            {**_INVALID, "details": {"raw_title": [{"description": "cannot be blank", "error": "BlankValue"}]}},
            "raw title: cannot be blank",
            "Give it a value",
        ),
        (
            {
                **_INVALID,
                "details": {
                    "base": [
                        {"description": "The tag <strong>vip</strong> is already used in a drop-down &amp; more."}
                    ],
                    "title": [{"description": "Title: is too long"}, {"error": "InvalidValue"}],
                },
            },
            "The tag “vip” is already used in a drop-down & more; Title: is too long; title: invalid value",
            "Give yours another value",
        ),
        ({"errors": {"conditions": {"all": ["Field is gone"]}}}, "all: Field is gone", "Correct in the files"),
        ({"message": {"title": ["odd", "long"]}}, "title: odd, long", "Correct in the files"),
        (
            {"error": "RecordInvalid", "details": {"role": [{"description": "all seats taken", "error": "TooMany"}]}},
            "role: all seats taken",
            "larger plan",
        ),
        ({**_INVALID, "details": {"base": [{"error": "InUse"}]}}, "in use", "Something still uses it"),
        ({"error": "RecordInvalid", "description": "is too large"}, "is too large", "Shorten it"),
        (_INVALID, "the answer was 422 without a reason", "by hand in Zendesk's admin centre"),
    ],
)
def test_a_refusal_is_in_plain_words_and_says_what_to_do(
    answers: responses.RequestsMock, body: Any, why: str, do: str
) -> None:
    """Neither names for programs, nor the vendor's notation, nor marks of its pages."""
    answers.post(f"{API}/groups", json=body, status=422)
    with pytest.raises(SystemFault) as raised:
        _client().post("groups", {"group": {}})
    assert raised.value.why == why
    assert do in raised.value.do


@pytest.mark.parametrize(
    ("status", "body", "content_type"),
    [
        (200, "<html>Sign in</html>", "text/html"),
        (200, '{"group": {"id": 1', "application/json"),
        (200, "[1]", "application/json"),
        (502, "<html>Bad gateway</html>", "text/html"),
        (500, '["broken"]', "application/json"),
        (302, "", "text/html"),
    ],
)
def test_answers_that_are_none_are_unreachable(
    answers: responses.RequestsMock, status: int, body: str, content_type: str
) -> None:
    answers.get(f"{API}/groups/1", body=body, status=status, content_type=content_type)
    answers.put(f"{API}/groups/1", body=body, status=status, content_type=content_type)
    with pytest.raises(SystemFault) as read:
        _client().find("groups/1", "group")
    with pytest.raises(SystemFault) as written:
        _client().put("groups/1", {"group": {}})
    assert (read.value.code, read.value.took_effect) == ("unreachable", False)
    assert (written.value.code, written.value.took_effect) == ("unreachable", None)


def test_an_answer_that_leads_nowhere_is_none_either(answers: responses.RequestsMock) -> None:
    """`requests` fails over such an address even where it is not followed."""
    leads = {"Location": "https://[broken"}
    answers.get(f"{API}/groups/1", status=302, headers=leads)
    answers.put(f"{API}/groups/1", status=302, headers=leads)
    with pytest.raises(SystemFault) as read:
        _client().find("groups/1", "group")
    with pytest.raises(SystemFault) as written:
        _client().put("groups/1", {"group": {}})
    assert (read.value.code, read.value.took_effect) == ("unreachable", False)
    assert (written.value.code, written.value.took_effect) == ("unreachable", None)
    assert "302" in written.value.why


def test_only_the_vendors_own_words_make_an_object_gone(answers: responses.RequestsMock) -> None:
    answers.get(f"{API}/groups/1", json={"error": "RecordNotFound"}, status=404)
    answers.get(f"{API}/groups/2", json={"error": "InvalidEndpoint"}, status=404)
    answers.get(f"{API}/groups/3", body="not found", status=404)
    assert _client().find("groups/1", "group") is None
    for identifier in (2, 3):
        with pytest.raises(SystemFault) as raised:
            _client().find(f"groups/{identifier}", "group")
        assert raised.value.code == "refused"


def test_golive_waits_on_a_limit_and_zenpy_never_does(
    answers: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def must_not_wait(seconds: float) -> None:
        raise AssertionError(f"zenpy slept {seconds}")

    monkeypatch.setattr("zenpy.lib.api.sleep", must_not_wait)
    waits: list[str] = []
    answers.get(f"{API}/groups/1", status=429, headers={"Retry-After": "2"}, json={})
    answers.get(f"{API}/groups/1", json={"group": {"id": 1}})
    client = _client(report=lambda event, facts: waits.append(facts["why"]) if event == "wait" else None)
    assert client.find("groups/1", "group") == {"id": 1}
    assert waits == ["the time that the vendor asked for"]


def test_a_limit_that_does_not_end_is_said(answers: responses.RequestsMock) -> None:
    answers.get(f"{API}/groups/1", status=429, headers={"Retry-After": "0"}, json={})
    with pytest.raises(SystemFault) as raised:
        _client().get("groups/1")
    assert raised.value.code == "throttled"


def test_a_run_that_only_reads_cannot_write(sandbox: LiveSandbox) -> None:
    sandbox.clear_log()
    client = ZendeskClient(connection(sandbox.url, read_only=True))
    for call in (client.post, client.put, client.patch):
        with pytest.raises(SystemFault) as raised:
            call("groups", {})
        assert raised.value.code == "not_allowed"
    with pytest.raises(SystemFault):
        client.remove("groups/1")
    assert sandbox.log() == []
    assert not only_reads("POST", "/api/v2/triggers")


def test_warnings_are_read_in_each_form() -> None:
    assert warnings_in({}) == ()
    assert warnings_in({"x-zendesk-api-warn": "Removed restricted keys"}) == ("Removed restricted keys",)
    said = '{"unpermitted_keys": ["ticket_field.type"], "invalid_values": {"status": "x"}}'
    assert warnings_in({"x-zendesk-api-warn": said}) == (
        "unpermitted keys: ticket_field.type",
        "invalid values: status (x)",
    )
    assert warnings_in({"x-zendesk-api-warn": "[1]"}) == ("[1]",)
    printed = '{:allowed_parameters=>{:controller=>"triggers", :action=>"update", :unpermitted_keys=>%s}}'
    both = '["trigger.foo", "trigger.conditions.none"], :invalid_values=>["trigger.title"]'
    assert warnings_in({"x-zendesk-api-warn": printed % both}) == (
        "unpermitted keys: trigger.foo, trigger.conditions.none",
        "invalid values: trigger.title",
    )
    assert warnings_in({"x-zendesk-api-warn": printed % "[], :invalid_values=>[]"}) == ()
    assert words_of("text") == ""


def test_the_account_is_known_by_its_subdomain(sandbox: LiveSandbox) -> None:
    account = SYSTEM.account(connection(sandbox.url, read_only=True))
    assert (account.id, account.missing_rights) == ("sandbox", ())
    assert "@" in account.user


def test_a_worthless_token_is_not_the_anonymous_user(sandbox: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRONG", "wrong")
    settings = SystemSettings("zendesk", f"{sandbox.url}/zendesk", "env:WRONG", sandbox=True)
    with pytest.raises(SystemFault) as raised:
        SYSTEM.account(Connection("helpdesk", settings, read_only=True))
    assert raised.value.code == "credentials"


def test_an_anonymous_user_and_missing_rights(answers: responses.RequestsMock) -> None:
    settings = SystemSettings("zendesk", URL, "sandbox", sandbox=True)
    here = Connection("helpdesk", settings, read_only=True)
    answers.get(f"{API}/brands", json={"error": {"title": "Forbidden", "message": "no"}}, status=403)
    answers.get(f"{API}/users/me", json={"user": {"id": None, "name": "Anonymous user"}})
    with pytest.raises(SystemFault) as raised:
        SYSTEM.account(here)
    assert raised.value.code == "credentials"
    answers.replace(responses.GET, f"{API}/users/me", json={"user": {"id": 7, "email": "a@b.example", "role": "agent"}})
    account = SYSTEM.account(here)
    assert account.user == "a@b.example" and len(account.missing_rights) == 2 and account.id == ""
    address = "https://acme.zendesk.com/api/v2/users/7.json"
    answers.replace(responses.GET, f"{API}/users/me", json={"user": {"id": 7, "url": address, "role": "admin"}})
    assert SYSTEM.account(here).id == "acme", "whose account it is must be known even where brands are refused"


def test_pages_of_the_admin_centre() -> None:
    page = SYSTEM.page("https://acme.zendesk.com/", "zendesk:Trigger", "5")
    assert page == "https://acme.zendesk.com/admin/objects-rules/rules/triggers/5"
    assert SYSTEM.page("https://acme.zendesk.com", "zendesk:GroupMembership", "5") is None


def test_an_agent_that_the_vendor_does_not_delete_becomes_a_customer_first(answers: responses.RequestsMock) -> None:
    settings = SystemSettings("zendesk", URL, "sandbox", sandbox=True)
    users = SYSTEM.collections(Connection("helpdesk", settings, read_only=False))["zendesk:User"]
    answers.delete(f"{API}/users/7", json={"error": "RecordInvalid", "description": "is an agent"}, status=422)
    answers.put(f"{API}/users/7", json={"user": {"id": 7}})
    answers.delete(f"{API}/users/7", json={"user": {"id": 7, "active": False}})
    users.delete("7", {"email": "a@b.example"})
    assert [call.request.method for call in answers.calls] == ["DELETE", "PUT", "DELETE"]
    assert answers.calls[1].request.body == b'{"user": {"role": "end-user"}}'
    answers.delete(f"{API}/users/8", json={"error": {"title": "Forbidden", "message": "no"}}, status=403)
    with pytest.raises(SystemFault):
        users.delete("8", {"email": "c@d.example"})


def test_a_field_that_was_left_out_is_named(sandbox: LiveSandbox) -> None:
    client = ZendeskClient(connection(sandbox.url))
    made = client.post("ticket_fields", {"ticket_field": {"type": "text", "title": "Named"}}).body["ticket_field"]
    changed = client.put(f"ticket_fields/{made['id']}", {"ticket_field": {"type": "date", "colour": "red"}})
    assert warnings_in(changed.headers) == ("unpermitted keys: ticket_field.type, ticket_field.colour",)


def test_too_many_jobs_are_waited_for(answers: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provisioners.session.DEFAULT_WAIT", 0.1)
    busy = {"error": "TooManyJobs", "current_job_ids": ["a", "b"]}
    answers.post(f"{API}/trigger_categories/jobs", status=422, json=busy)
    answers.post(f"{API}/trigger_categories/jobs", json={"status": "complete"})
    assert _client(read_only=False).post("trigger_categories/jobs", {"job": {}}).body == {"status": "complete"}
