"""Slack: its client, its channels against the stand-in, and the translation both ways."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from provisioners.access import Access
from provisioners.authors import Asked, Author, Authors
from provisioners.collection import Live
from provisioners.live_objects import RESOURCE
from provisioners.payload import encode
from provisioners.provider import GenericProvider
from provisioners.resource import Payload
from provisioners.run_file import RunRequest
from provisioners.slack import SYSTEM
from provisioners.slack.channel import Channel, plain
from provisioners.slack.client import READS, SlackClient
from provisioners.slack.translations import SlackChannelTranslation
from provisioners.translation import Names
from sandbox.slack.api import METHODS
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection, context, declaration, parts_of
from tests.provisioners.faults import fault_of

DANA, JONAS = "dana@haldenpay.example", "jonas@haldenpay.example"
SEED = {
    "slack": {
        "team": {"name": "Halden Pay", "id": "T0HALDEN"},
        "users": [{"name": "Dana Ruiz", "email": DANA}, {"name": "Jonas Beck", "email": JONAS}],
        "channels": [
            {"name": "engineering-bugs", "people": [JONAS]},
            {"name": "old-alerts", "archived": True},
            {"name": "board", "private": True},
        ],
    }
}


@pytest.fixture
def live() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        yield sandbox


@pytest.fixture
def client(live: LiveSandbox) -> SlackClient:
    return SlackClient(connection("slack", live.url))


@pytest.fixture
def channels(client: SlackClient) -> Channel:
    return Channel(client)


def payload(**more: Any) -> Payload:
    return {"name": "support-alerts", "private": False, "archived": False, "people": [DANA]} | more


def in_store(live: LiveSandbox, name: str) -> dict[str, Any]:
    return next(row for row in live.store.table("slack", "channels").values() if row["name"] == name)


# channels


def test_a_channel_is_made_with_its_topic_and_its_people(live: LiveSandbox, channels: Channel) -> None:
    wanted = payload(topic="P1 & P2: https://status.example", purpose="For the <team>", people=[DANA, JONAS])
    write = channels.create(wanted)
    assert write.warnings == ()
    assert channels.canonical(write.live, wanted) == wanted
    assert channels.outputs(write.live) == {"name": "support-alerts"}
    again = channels.get(write.live.id, wanted)
    assert again is not None and channels.canonical(again, wanted) == wanted
    assert again.active is True and again.label == "#support-alerts"


def test_what_is_not_managed_is_left_alone(live: LiveSandbox, channels: Channel) -> None:
    write = channels.create(payload(topic="Ours", people=[]))
    row = in_store(live, "support-alerts")
    row["purpose"]["value"] = "Theirs"
    row["members"].append("U0SOMEBODY")
    wanted = payload(topic="New", people=[DANA])
    changed = channels.update(write.live.id, wanted, payload(topic="Ours", people=[]))
    assert channels.canonical(changed.live, wanted) == wanted
    assert row["purpose"]["value"] == "Theirs"
    assert "U0SOMEBODY" in row["members"]


def test_who_set_a_topic_by_hand(live: LiveSandbox, channels: Channel) -> None:
    write = channels.create(payload(topic="Ours", people=[]))
    name, since = "chat/slack_channels/a", "2026-10-09T12:00:00.5Z"
    own = SYSTEM.account(connection("slack", live.url)).user_id
    asked = [Asked(name, Channel.type, write.live.id, since, ("topic",))]

    def told(*more: Asked) -> Authors:
        return SYSTEM.authors(connection("slack", live.url, read_only=True), [*asked, *more], own)

    assert told() == Authors(), "the bot's own text is no person's"
    jonas = next(user for user in live.store.table("slack", "users").values() if user["email"] == JONAS)
    row = in_store(live, "support-alerts")
    row["topic"] = {"value": "Theirs", "creator": jonas["id"], "last_set": 1_791_554_700}
    live.clear_log()
    assert told().found == {name: Author("Jonas Beck", "2026-10-09T14:05:00Z")}
    assert len(live.log()) == 2
    row["topic"]["last_set"] -= 24 * 3600
    assert told().found == {}, "it was before our last run"
    assert told(Asked("x", Channel.type, write.live.id, since, ("name",))).unknown.startswith("Slack tells")


def test_nobody_is_ever_removed(live: LiveSandbox, channels: Channel) -> None:
    write = channels.create(payload(people=[DANA, JONAS]))
    live.clear_log()
    changed = channels.update(write.live.id, payload(people=[DANA]), payload(people=[DANA, JONAS]))
    assert len(in_store(live, "support-alerts")["members"]) == 3
    assert live.writes() == []
    assert channels.canonical(changed.live, payload(people=[DANA]))["people"] == [DANA]


def test_somebody_who_left_is_invited_again(live: LiveSandbox, channels: Channel) -> None:
    write = channels.create(payload(people=[DANA, JONAS]))
    row = in_store(live, "support-alerts")
    row["members"].pop()
    seen = channels.get(write.live.id, payload())
    assert seen is not None
    assert channels.canonical(seen, payload(people=[DANA, JONAS]))["people"] == [DANA]
    channels.update(write.live.id, payload(people=[DANA, JONAS]), payload(people=[DANA]))
    assert len(row["members"]) == 3


def test_a_person_whom_slack_does_not_know_is_named_before_anything_is_made(
    live: LiveSandbox, channels: Channel
) -> None:
    fault = fault_of(channels.create, payload(people=[DANA, "mei@haldenpay.example"]))
    assert fault.code == "refused" and "mei@haldenpay.example" in fault.why and DANA not in fault.why
    assert live.writes() == []


def test_a_failure_after_the_making_keeps_the_channel(live: LiveSandbox, channels: Channel) -> None:
    live.fault(kind="error_500", system="slack", path="setTopic")
    wanted = payload(topic="New")
    write = channels.create(wanted)
    assert write.live.body["name"] == "support-alerts"
    assert "internal_error" in write.warnings[0]
    assert channels.canonical(write.live, wanted)["topic"] == ""


def test_names_are_taken_by_archived_hidden_and_open_channels(channels: Channel) -> None:
    archived = fault_of(channels.create, payload(name="old-alerts"))
    assert archived.code == "collision" and "no bot unarchive" in archived.do
    hidden = fault_of(channels.create, payload(name="board"))
    assert hidden.code == "collision" and "cannot see" in hidden.why
    open_ = fault_of(channels.create, payload(name="random"))
    assert open_.code == "collision" and "golive adopt" in open_.do
    found = next(one for one in channels.list(payload()) if one.body["name"] == "old-alerts")
    assert "unarchives it in Slack" in channels.if_taken(found)
    assert found.label == "#old-alerts (archived)" and found.active is False


def test_a_plan_says_how_to_free_an_archived_name(live: LiveSandbox, channels: Channel) -> None:
    request = RunRequest(mode="up", systems={})
    provider = GenericProvider(channels, Access("chat", request))
    props = {"payload": encode(payload(name="old-alerts")), "mode": "managed", "on_remove": "delete", "optional": False}
    token = RESOURCE.set("chat/slack_channels/old_alerts")
    try:
        fault = fault_of(provider.create, props)
    finally:
        RESOURCE.reset(token)
    assert fault.code == "collision" and "unarchives it in Slack" in fault.do
    assert live.writes() == []


def test_renaming(live: LiveSandbox, channels: Channel) -> None:
    write = channels.create(payload())
    renamed = channels.update(write.live.id, payload(name="alerts"), payload())
    assert renamed.live.body["name"] == "alerts"
    assert fault_of(channels.update, write.live.id, payload(name="old-alerts"), payload()).code == "collision"


def test_the_bot_joins_a_channel_before_it_changes_it(live: LiveSandbox, channels: Channel) -> None:
    bugs = in_store(live, "engineering-bugs")
    wanted = payload(name="engineering-bugs", topic="Bugs", people=[DANA])
    channels.update(bugs["id"], wanted, wanted)
    assert bugs["topic"]["value"] == "Bugs"


def test_deleting_archives_and_is_done_when_it_was_done(live: LiveSandbox, channels: Channel) -> None:
    write = channels.create(payload())
    channels.delete(write.live.id, payload())
    row = in_store(live, "support-alerts")
    assert row["archived"] is True
    live.clear_log()
    channels.delete(write.live.id, payload())
    channels.delete("C0NOTHING", payload())
    assert live.writes() == []
    channels.switch_off(in_store(live, "engineering-bugs")["id"], payload())
    assert in_store(live, "engineering-bugs")["archived"] is True
    general = fault_of(channels.delete, in_store(live, "general")["id"], payload())
    assert general.code == "refused" and "on_remove: release" in general.do


def test_a_channel_archived_by_hand_is_drift_that_only_a_person_can_mend(channels: Channel) -> None:
    write = channels.create(payload())
    channels.delete(write.live.id, payload())
    seen = channels.get(write.live.id, payload())
    assert seen is not None and channels.canonical(seen, payload())["archived"] is True
    fault = fault_of(channels.update, write.live.id, payload(), payload(archived=True))
    assert "Unarchive" in fault.do


def test_a_private_channel_without_the_bot(channels: Channel) -> None:
    hidden = {"id": "C0BOARD", "name": "board", "is_private": True, "is_archived": False, "is_member": False}
    fault = fault_of(channels._join, hidden)
    assert fault.code == "refused" and "invites the bot" in fault.do


def test_natural_keys_and_absence(channels: Channel) -> None:
    assert channels.get("C0NOTHING", payload()) is None
    live = Live("C1", {"name": "random"}, "#random")
    assert channels.live_key(live) == channels.natural_key(payload(name="random"))


def test_the_list_is_read_page_by_page(live: LiveSandbox, channels: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provisioners.slack.client.PAGE", 2)
    names = [one.body["name"] for one in channels.list(payload())]
    assert names == ["general", "random", "engineering-bugs", "old-alerts"]
    assert [entry["path"] for entry in live.log()] == ["/api/conversations.list"] * 2


@pytest.mark.parametrize(
    ("given", "typed"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("see <https://x.example|x> and <https://y.example>", "see https://x.example and https://y.example"),
        ("to <mailto:a@x.example|a@x.example>", "to a@x.example"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_topics_are_read_as_they_were_typed(given: str, typed: str) -> None:
    assert plain(given) == typed


# the client


def test_reading_only_lets_no_write_through(live: LiveSandbox) -> None:
    reader = SlackClient(connection("slack", live.url, read_only=True))
    for method in METHODS:
        if method not in READS:
            assert fault_of(reader.call, method).code == "not_allowed"
    assert live.log() == []
    channels = Channel(reader)
    found = channels.list(payload())
    channels.canonical(found[0], payload())
    assert channels.get(found[0].id, payload()) is not None
    for write in (lambda: channels.create(payload()), lambda: channels.delete(found[0].id, payload())):
        assert fault_of(write).code == "not_allowed"
    assert SYSTEM.account(connection("slack", live.url, read_only=True)).id == "T0HALDEN"
    assert live.writes() == []


def test_our_list_of_reads_is_the_vendors() -> None:
    assert {name for name, method in METHODS.items() if not method.writes} == READS


def test_every_call_is_counted(live: LiveSandbox) -> None:
    events: list[tuple[str, Any]] = []
    client = SlackClient(connection("slack", live.url, report=lambda event, facts: events.append((event, facts))))
    client.person(DANA)
    client.person(DANA.upper())
    ((event, facts),) = events
    assert event == "call" and facts["method"] == "users.lookupByEmail" and facts["status"] == 200


def test_a_limit_is_waited_for(live: LiveSandbox) -> None:
    events: list[str] = []
    client = SlackClient(connection("slack", live.url, report=lambda event, facts: events.append(event)))
    live.fault(kind="throttle", system="slack", times=2, value=0)
    assert client.call("auth.test")["team_id"] == "T0HALDEN"
    assert events == ["call", "call", "call"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provisioners.slack.client.RETRY_PAUSES", (0.0, 0.0, 0.0))


def test_reads_are_tried_again_and_writes_are_not(live: LiveSandbox, client: SlackClient, quick: None) -> None:
    live.fault(kind="error_500", system="slack", path="auth.test", times=2)
    live.fault(kind="cut_before", system="slack", path="auth.test", times=1)
    assert client.call("auth.test")["ok"] is True
    live.fault(kind="cut_after", system="slack", path="conversations.create", times=1)
    lost = fault_of(lambda: client.call("conversations.create", name="lost"))
    assert lost.code == "unreachable" and lost.took_effect is None
    assert in_store(live, "lost")["archived"] is False
    live.fault(kind="error_503", system="slack", path="conversations.create", times=1)
    broken = fault_of(lambda: client.call("conversations.create", name="broken"))
    assert broken.code == "unreachable" and broken.status == 503 and broken.took_effect is None
    assert len(live.writes()) == 2


def test_answers_that_are_no_answers(live: LiveSandbox, client: SlackClient, quick: None) -> None:
    live.fault(kind="html", system="slack", path="auth.test", times=1)
    assert fault_of(client.call, "auth.test").code == "unreachable"
    live.fault(kind="truncated", system="slack", path="auth.test", times=1)
    assert fault_of(client.call, "auth.test").code == "unreachable"


def test_nobody_answers(quick: None) -> None:
    gone = SlackClient(connection("slack", "http://127.0.0.1:9"))
    fault = fault_of(lambda: gone.call("conversations.create", name="x"))
    assert fault.code == "unreachable" and fault.took_effect is False and "nobody answers" in fault.why


def test_no_redirect_is_followed(live: LiveSandbox) -> None:
    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(302)
            self.send_header("Location", f"{live.url}/slack/api/auth.test")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        client = SlackClient(connection("slack", f"http://127.0.0.1:{server.server_port}"))
        fault = fault_of(client.call, "auth.test")
        server.shutdown()
    assert fault.code == "unreachable" and live.log() == []


def test_sign_in_and_missing_scopes(live: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_TOKEN", "wrong")
    wrong = SlackClient(connection("slack", live.url, token="env:SLACK_TOKEN"))
    assert fault_of(wrong.call, "auth.test").code == "credentials"
    monkeypatch.setenv("SLACK_TOKEN", "sandbox-narrow")
    narrow = connection("slack", live.url, token="env:SLACK_TOKEN")
    fault = fault_of(lambda: SlackClient(narrow).call("conversations.create", name="x"))
    assert fault.code == "credentials" and "channels:manage" in fault.do
    assert "channels:manage" not in (SYSTEM.account(narrow).rights or ())
    full = SYSTEM.account(connection("slack", live.url))
    assert (full.id, full.name, full.user, full.missing_rights) == ("T0HALDEN", "Halden Pay", "golive", ())
    assert full.rights is not None and {"channels:manage", "usergroups:write"} <= full.rights


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        ({"a": {"name": "a"}}, "channels:read groups:read users:read channels:manage channels:join"),
        ({"a": {"name": "a", "private": True}}, "channels:read groups:read users:read groups:write"),
        ({"a": {"existing": "a"}}, "channels:read groups:read users:read"),
        ({}, ""),
    ],
)
def test_which_scopes_channels_need(said: dict[str, Any], needed: str) -> None:
    assert list(SYSTEM.rights_needed(declaration(slack_channels=said)).needed) == needed.split()


def test_which_scopes_people_groups_and_posts_need() -> None:
    group = {"g": {"name": "G", "people": ["dana"]}}
    needed = SYSTEM.rights_needed(declaration(people=PEOPLE, slack_user_groups=group)).needed
    assert set(needed) == {"usergroups:read", "usergroups:write", "users:read", "users:read.email"}
    alert = {"x": {"name": "X", "to": "a", "when": [{"event": "created"}], "text": "X"}}
    channel = {"existing": "a"}
    wanted = SYSTEM.rights_needed(declaration(slack_channels={"a": channel}, alerts=alert))
    assert "chat:write" in wanted.needed and list(wanted.useful) == ["channels:history"]
    own_way = {"a": {**channel, "incoming_webhook": "env:X"}}
    assert "chat:write" not in SYSTEM.rights_needed(declaration(slack_channels=own_way, alerts=alert)).needed


# the translation


PEOPLE = {
    "dana": {"name": "Dana Ruiz", "email": DANA, "role": "admin"},
    "jonas": {"name": "Jonas Beck", "email": JONAS, "role": "admin"},
}
NAMES = Names(values={("people", DANA): "dana", ("people", JONAS): "jonas"})


@pytest.mark.parametrize(
    "said",
    [
        {"name": "support-alerts", "topic": "SLA warnings", "private": False, "people": ["dana", "jonas"]},
        {"name": "war-room", "purpose": "", "private": True, "people": []},
        {"name": "engineering-bugs", "existing": True},
    ],
)
def test_round_trip(said: dict[str, Any]) -> None:
    declared = declaration(people=PEOPLE, slack_channels={"alerts": said})
    item = declared.of("slack_channels")["alerts"]
    resources = SlackChannelTranslation().resources(item, context(declared, "chat", "slack"))
    assert [one.name for one in resources] == ["chat/slack_channels/alerts"]
    assert resources[0].mode == ("found" if "existing" in said else "managed")
    assert SlackChannelTranslation().declared(parts_of(resources), NAMES) == said


def test_leaving_the_files_archives_unless_it_is_released() -> None:
    declared = declaration(slack_channels={"a": {"name": "a"}, "b": {"name": "b", "on_remove": "release"}})
    made = [
        SlackChannelTranslation().resources(item, context(declared, "chat", "slack"))[0].on_remove
        for item in declared.of("slack_channels").values()
    ]
    assert made == ["delete_ours", "release"]


def test_live_channels_are_read_back_in_the_words_of_the_files(channels: Channel) -> None:
    declared = declaration(people=PEOPLE, slack_channels={"a": {"name": "a", "topic": "Old", "people": ["dana"]}})
    item = declared.of("slack_channels")["a"]
    wanted = SlackChannelTranslation().resources(item, context(declared, "chat", "slack"))[0].payload
    made = channels.create(wanted)
    channels.client.call("conversations.setTopic", channel=made.live.id, topic="By hand")
    channels.delete(made.live.id, wanted)
    seen = channels.get(made.live.id, wanted)
    assert seen is not None
    said = SlackChannelTranslation().declared({"": (Channel.type, channels.canonical(seen, wanted))}, NAMES)
    assert said == {"name": "a", "topic": "By hand", "private": False, "archived": True, "people": ["dana"]}


def test_the_system_offers_its_types_without_a_call(live: LiveSandbox) -> None:
    assert list(SYSTEM.collections(connection("slack", live.url))) == ["slack:Channel", "slack:UserGroup"]
    assert [one.kind for one in SYSTEM.translations()] == ["slack_channels", "slack_user_groups"]
    assert live.log() == []
    assert SYSTEM.page("https://x", "slack:Channel", "C1") == "https://slack.com/app_redirect?channel=C1"
    assert SYSTEM.page("https://x", "slack:Other", "C1") is None
