"""The Slack provider against the npm package `emulate` (Apache-2.0), which knows nothing of golive.

It has no user groups and no limits, and shows no scopes of a token: these are tested against our own stand-in only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from provisioners.resource import Payload
from provisioners.slack import SYSTEM
from provisioners.slack.channel import Channel
from provisioners.slack.client import SlackClient
from tests.provisioners.emulated_slack import DANA, JONAS, NARROW, TOKEN, emulated_slack, signed_in
from tests.provisioners.faults import fault_of

SCOPES = (
    "channels:read", "channels:manage", "channels:join", "groups:read", "groups:write", "users:read",
    "users:read.email", "chat:write",
)  # fmt: skip


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulated_slack(tmp_path_factory.mktemp("emulate"), SCOPES) as address:
        yield address


@pytest.fixture(autouse=True)
def tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_TOKEN", TOKEN)
    monkeypatch.setenv("NARROW_TOKEN", NARROW)


@pytest.fixture
def client(url: str) -> SlackClient:
    return SlackClient(signed_in(url, "SLACK_TOKEN"))


@pytest.fixture
def channels(client: SlackClient) -> Channel:
    return Channel(client)


def payload(name: str, **more: Any) -> Payload:
    return {"name": name, "private": False, "archived": False, "people": [DANA]} | more


def test_whose_token_it_is(url: str) -> None:
    account = SYSTEM.account(signed_in(url, "SLACK_TOKEN", read_only=True))
    assert (account.name, account.user, account.missing_rights) == ("Halden Pay", "golive", ())


@pytest.mark.parametrize("private", [False, True])
def test_a_channel_from_making_to_archiving(private: bool, channels: Channel) -> None:
    name = f"alerts-{'private' if private else 'public'}"
    wanted = payload(name, private=private, topic="P1 & P2", purpose="For the team", people=[DANA, JONAS])
    made = channels.create(wanted)
    assert made.warnings == () and channels.canonical(made.live, wanted) == wanted
    assert made.live.id in {live.id for live in channels.list(wanted)}
    renamed = payload(f"{name}-2", private=private, topic="", purpose="For all", people=[DANA])
    changed = channels.update(made.live.id, renamed, wanted)
    assert channels.canonical(changed.live, renamed) == renamed
    channels.delete(made.live.id, renamed)
    gone = channels.get(made.live.id, renamed)
    assert gone is not None and channels.canonical(gone, renamed)["archived"] is True
    channels.delete(made.live.id, renamed)
    taken = fault_of(channels.create, renamed)
    assert taken.code == "collision" and "archived" in taken.why and "no bot unarchive" in taken.do
    assert "Unarchive" in fault_of(channels.update, made.live.id, renamed, renamed).do


def test_a_channel_of_somebody_else_is_joined_and_a_foreign_name_refused(channels: Channel) -> None:
    bugs = next(live for live in channels.list({}) if live.body["name"] == "engineering-bugs")
    wanted = payload("engineering-bugs", topic="Bugs", people=[])
    changed = channels.update(bugs.id, wanted, wanted | {"topic": ""})
    assert channels.canonical(changed.live, wanted) == wanted
    assert fault_of(channels.create, payload("engineering-bugs")).code == "collision"


def test_somebody_who_left_is_invited_again(channels: Channel) -> None:
    made = channels.create(payload("second-line", people=[DANA, JONAS]))
    channels.client.call("conversations.kick", channel=made.live.id, user=channels.client.person(JONAS))
    seen = channels.get(made.live.id, {})
    assert seen is not None
    assert channels.canonical(seen, payload("second-line", people=[DANA, JONAS]))["people"] == [DANA]
    channels.update(made.live.id, payload("second-line", people=[DANA, JONAS]), payload("second-line"))
    assert channels.client.person(JONAS) in channels.client.pages(
        "conversations.members", "members", channel=made.live.id
    )


def test_people_whom_slack_does_not_know_are_named(channels: Channel) -> None:
    fault = fault_of(channels.create, payload("nobody", people=[DANA, "x@else.example"]))
    assert fault.code == "refused" and "x@else.example" in fault.why
    assert "nobody" not in {live.body["name"] for live in channels.list({})}


@pytest.mark.parametrize(
    ("name", "error"), [("alerts!", "invalid_name_specials"), ("a" * 81, "invalid_name_maxlength")]
)
def test_names_that_slack_refuses(name: str, error: str, client: SlackClient) -> None:
    fault = fault_of(client.call, "conversations.create", name=name)
    assert fault.code == "refused" and fault.why.startswith(error)


def test_long_lists_come_page_by_page(channels: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [live.id for live in channels.list({})]
    monkeypatch.setattr("provisioners.slack.client.PAGE", 1)
    assert [live.id for live in channels.list({})] == whole and len(whole) > 2


def test_a_missing_scope_is_named(url: str) -> None:
    narrow = SlackClient(signed_in(url, "NARROW_TOKEN"))
    fault = fault_of(narrow.call, "conversations.create", name="x")
    assert fault.code == "credentials" and "channels:manage" in fault.do


def test_posting(url: str, channels: Channel) -> None:
    posts = SYSTEM.posts(signed_in(url, "SLACK_TOKEN"))
    assert posts is not None
    bugs = next(live for live in channels.list({}) if live.body["name"] == "general")
    assert posts.ready(bugs.id) == "general"
    posts.post(bugs.id, posts.plain("<!channel> P1"))
    assert fault_of(posts.post, "C0NOBODY", "x").code == "not_found"


def test_reading_only_changes_nothing(url: str) -> None:
    reading = Channel(SlackClient(signed_in(url, "SLACK_TOKEN", read_only=True)))
    before = [live.body["name"] for live in reading.list({})]
    assert fault_of(reading.create, payload("not-made")).code == "not_allowed"
    assert [live.body["name"] for live in reading.list({})] == before
