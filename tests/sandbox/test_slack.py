"""The Slack stand-in, asked over HTTP and through Slack's own Python client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.live_sandbox import LiveSandbox, running_sandbox

SEED = {
    "slack": {
        "team": {"name": "Halden Pay", "id": "T0HALDEN"},
        "users": [
            {"name": "Dana Ruiz", "email": "dana@haldenpay.example"},
            {"name": "Jonas Beck", "email": "jonas@haldenpay.example"},
            {"name": "Gone", "email": "gone@haldenpay.example", "deleted": True},
        ],
        "channels": [
            {"name": "engineering-bugs", "topic": "Bugs", "people": ["jonas@haldenpay.example"]},
            {"name": "board", "private": True},
            {"name": "old-alerts", "archived": True},
        ],
        "user_groups": [{"name": "Tier 2", "handle": "tier-2", "people": ["dana@haldenpay.example"]}],
    }
}


@pytest.fixture
def live() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        yield sandbox


@pytest.fixture
def slack(live: LiveSandbox) -> WebClient:
    return WebClient(token="sandbox", base_url=f"{live.url}/slack/api/")


def refused(slack: WebClient, method: str, **arguments: Any) -> str:
    """The error of a call, which comes with status 200."""
    with pytest.raises(SlackApiError) as refusal:
        slack.api_call(method, params=arguments)
    assert refusal.value.response.status_code == 200
    return str(refusal.value.response["error"])


def channel_id(slack: WebClient, name: str) -> str:
    found = slack.conversations_list(types="public_channel,private_channel", limit=999)["channels"]
    return next(str(channel["id"]) for channel in found if channel["name"] == name)


def user_id(slack: WebClient, email: str) -> str:
    return str(slack.users_lookupByEmail(email=email)["user"]["id"])


def test_who_we_are(slack: WebClient) -> None:
    answer = slack.auth_test()
    assert (answer["team_id"], answer["team"], answer["user"]) == ("T0HALDEN", "Halden Pay", "golive")
    assert "channels:manage" in answer.headers["x-oauth-scopes"]
    assert slack.team_info()["team"]["id"] == "T0HALDEN"


def test_sign_in_and_scopes(live: LiveSandbox) -> None:
    base = f"{live.url}/slack/api/"
    assert refused(WebClient(token="wrong", base_url=base), "auth.test") == "invalid_auth"
    assert requests.post(f"{base}auth.test", timeout=10).json() == {"ok": False, "error": "not_authed"}
    narrow = WebClient(token="sandbox-narrow", base_url=base)
    assert narrow.conversations_list()["ok"] is True
    with pytest.raises(SlackApiError) as refusal:
        narrow.conversations_create(name="new")
    answer = refusal.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:manage")
    assert "channels:read" in answer["provided"]
    assert "channels:manage" not in narrow.auth_test().headers["x-oauth-scopes"]


def test_arguments_come_as_query_form_or_json(live: LiveSandbox) -> None:
    url, headers = f"{live.url}/slack/api/users.lookupByEmail", {"Authorization": "Bearer sandbox"}
    email = {"email": "dana@haldenpay.example"}
    answers = [
        requests.get(url, params=email, headers=headers, timeout=10),
        requests.post(url, data=email, headers=headers, timeout=10),
        requests.post(url, json=email, headers=headers, timeout=10),
    ]
    assert {answer.json()["user"]["real_name"] for answer in answers} == {"Dana Ruiz"}

    def error(**more: Any) -> str:
        return str(requests.post(url, headers=headers | more.pop("headers", {}), timeout=10, **more).json()["error"])

    json_type = {"Content-Type": "application/json"}
    assert error(data="{", headers=json_type) == "invalid_json"
    assert error(data="[]", headers=json_type) == "json_not_object"
    assert error(data="x", headers={"Content-Type": "text/plain"}) == "invalid_post_type"
    assert (
        requests.post(f"{live.url}/slack/api/no.such", headers=headers, timeout=10).json()["error"] == "unknown_method"
    )


def test_people_are_found_by_address_unless_they_are_gone(slack: WebClient) -> None:
    dana = user_id(slack, "DANA@haldenpay.example")
    assert slack.users_info(user=dana)["user"]["profile"]["email"] == "dana@haldenpay.example"
    assert refused(slack, "users.lookupByEmail", email="gone@haldenpay.example") == "users_not_found"
    assert refused(slack, "users.info", user="U0NOBODY") == "user_not_found"
    names = [member["real_name"] for page in slack.users_list(limit=2) for member in page["members"]]
    assert names == ["Workspace Owner", "golive", "Dana Ruiz", "Jonas Beck", "Gone"]


def test_lists_come_in_pages_without_unseen_private_channels(slack: WebClient) -> None:
    everything = slack.conversations_list(types="public_channel,private_channel", limit=3)
    pages = [[channel["name"] for channel in page["channels"]] for page in everything]
    assert pages == [["general", "random", "engineering-bugs"], ["old-alerts"]]
    awake = slack.conversations_list(exclude_archived=True)["channels"]
    assert "old-alerts" not in [channel["name"] for channel in awake]
    assert refused(slack, "conversations.list", cursor="bm9wZQ==") == "invalid_cursor"
    assert refused(slack, "conversations.list", cursor="!") == "invalid_cursor"
    assert refused(slack, "conversations.list", limit="many") == "invalid_limit"
    assert refused(slack, "conversations.list", limit=5000) == "invalid_limit"
    assert refused(slack, "conversations.list", types="nope") == "invalid_types"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("general", "name_taken"),
        ("old-alerts", "name_taken"),
        ("board", "name_taken"),
        ("", "invalid_name_required"),
        ("Upper", "invalid_name_specials"),
        ("two words", "invalid_name_specials"),
        ("---", "invalid_name_punctuation"),
        ("x" * 81, "invalid_name_maxlength"),
    ],
)
def test_names_that_cannot_be(slack: WebClient, name: str, error: str) -> None:
    assert refused(slack, "conversations.create", name=name) == error


def test_the_life_of_a_channel(slack: WebClient) -> None:
    channel = str(slack.conversations_create(name="support-alerts")["channel"]["id"])
    shown = slack.conversations_setTopic(channel=channel, topic="P1 & P2: see https://status.example")["channel"]
    assert shown["topic"]["value"] == "P1 &amp; P2: see <https://status.example>"
    slack.conversations_setPurpose(channel=channel, purpose="Alerts")
    dana, jonas = user_id(slack, "dana@haldenpay.example"), user_id(slack, "jonas@haldenpay.example")
    slack.conversations_invite(channel=channel, users=[dana, jonas])
    assert refused(slack, "conversations.invite", channel=channel, users=dana) == "already_in_channel"
    assert refused(slack, "conversations.invite", channel=channel, users="U0NOBODY") == "user_not_found"
    assert refused(slack, "conversations.invite", channel=channel) == "no_user"
    me = slack.auth_test()["user_id"]
    assert refused(slack, "conversations.invite", channel=channel, users=me) == "cant_invite_self"
    slack.conversations_kick(channel=channel, user=jonas)
    assert refused(slack, "conversations.kick", channel=channel, user=jonas) == "not_in_channel"
    assert refused(slack, "conversations.kick", channel=channel, user=me) == "cant_kick_self"
    assert slack.conversations_members(channel=channel)["members"] == [me, dana]
    renamed = slack.conversations_rename(channel=channel, name="alerts")["channel"]
    assert (renamed["name"], renamed["previous_names"]) == ("alerts", ["support-alerts"])
    assert refused(slack, "conversations.rename", channel=channel, name="random") == "name_taken"
    assert refused(slack, "conversations.setTopic", channel=channel, topic="x" * 251) == "too_long"

    slack.conversations_archive(channel=channel)
    assert refused(slack, "conversations.archive", channel=channel) == "already_archived"
    assert refused(slack, "conversations.setTopic", channel=channel, topic="x") == "is_archived"
    assert refused(slack, "conversations.join", channel=channel) == "is_archived"
    assert refused(slack, "conversations.unarchive", channel=channel) == "not_in_channel"
    assert refused(slack, "conversations.create", name="alerts") == "name_taken"
    info = slack.conversations_info(channel=channel)["channel"]
    assert info["is_archived"] is True and info["is_member"] is False


def test_a_bot_changes_only_channels_that_it_is_in(slack: WebClient) -> None:
    bugs = channel_id(slack, "engineering-bugs")
    for method in ("conversations.setTopic", "conversations.rename", "conversations.archive", "conversations.invite"):
        assert refused(slack, method, channel=bugs, topic="x", name="x", users="U1") == "not_in_channel"
    assert refused(slack, "chat.postMessage", channel=bugs, text="hello") == "not_in_channel"
    slack.conversations_join(channel=bugs)
    again = slack.conversations_join(channel=bugs)
    assert again["warning"] == "already_in_channel"
    assert refused(slack, "conversations.rename", channel=bugs, name="bugs") == "not_authorized"
    slack.conversations_setTopic(channel=bugs, topic="New")
    assert refused(slack, "conversations.unarchive", channel=bugs) == "not_archived"
    general = channel_id(slack, "general")
    assert refused(slack, "conversations.archive", channel=general) == "cant_archive_general"
    slack.conversations_join(channel=general)
    dana = user_id(slack, "dana@haldenpay.example")
    assert refused(slack, "conversations.kick", channel=general, user=dana) == "cant_kick_from_general"


def test_private_channels_are_seen_from_inside_only(live: LiveSandbox, slack: WebClient) -> None:
    board = next(row["id"] for row in live.store.table("slack", "channels").values() if row["name"] == "board")
    assert refused(slack, "conversations.info", channel=board) == "channel_not_found"
    mine = slack.conversations_create(name="mine", is_private=True)["channel"]
    assert mine["is_private"] is True
    listed = slack.conversations_list(types="private_channel")["channels"]
    assert [channel["id"] for channel in listed] == [mine["id"]]
    assert refused(slack, "conversations.join", channel=mine["id"]) == "method_not_supported_for_channel_type"


def test_messages_are_kept(live: LiveSandbox, slack: WebClient) -> None:
    channel = str(slack.conversations_create(name="alerts")["channel"]["id"])
    by_name = slack.chat_postMessage(channel="#alerts", text="P1")
    assert by_name["channel"] == channel
    assert refused(slack, "chat.postMessage", channel=channel) == "no_text"
    assert refused(slack, "chat.postMessage", channel="#nowhere", text="x") == "channel_not_found"
    kept = list(live.store.table("slack", "messages").values())
    assert [(message["channel"], message["text"]) for message in kept] == [(channel, "P1")]
    slack.conversations_archive(channel=channel)
    assert refused(slack, "chat.postMessage", channel=channel, text="x") == "is_archived"


def test_user_groups(slack: WebClient) -> None:
    first = slack.usergroups_list(include_users=True)["usergroups"][0]
    dana = user_id(slack, "dana@haldenpay.example")
    assert (first["handle"], first["users"]) == ("tier-2", [dana])
    assert refused(slack, "usergroups.create", name="tier 2") == "name_already_exists"
    assert refused(slack, "usergroups.create", name="Other", handle="tier-2") == "handle_already_exists"
    assert refused(slack, "usergroups.create", name="Other", handle="general") == "handle_already_exists"
    group = slack.usergroups_create(name="Billing", handle="billing")["usergroup"]["id"]
    slack.usergroups_update(usergroup=group, name="Billing team", description="Money")
    slack.usergroups_users_update(usergroup=group, users=[dana])
    assert slack.usergroups_users_list(usergroup=group)["users"] == [dana]
    assert refused(slack, "usergroups.users.update", usergroup=group, users="") == "no_users_provided"
    assert refused(slack, "usergroups.users.update", usergroup=group, users="U0NOBODY") == "invalid_users"
    slack.usergroups_disable(usergroup=group)
    assert [one["name"] for one in slack.usergroups_list()["usergroups"]] == ["Tier 2"]
    slack.usergroups_enable(usergroup=group)
    assert [one["name"] for one in slack.usergroups_list()["usergroups"]] == ["Tier 2", "Billing team"]
    assert refused(slack, "usergroups.update", usergroup="S0NONE", name="x") == "no_such_subteam"


def test_reads_sent_as_post_are_no_writes_in_the_log(live: LiveSandbox, slack: WebClient) -> None:
    slack.conversations_list()
    slack.users_list()
    assert live.writes() == []
    slack.conversations_create(name="new")
    assert [entry["path"] for entry in live.writes()] == ["/api/conversations.create"]


def test_faults_come_in_the_vendors_words(live: LiveSandbox) -> None:
    url, headers = f"{live.url}/slack/api/auth.test", {"Authorization": "Bearer sandbox"}
    live.fault(kind="throttle", system="slack", times=1, value=7)
    answer = requests.post(url, headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "7")
    live.fault(kind="error_500", system="slack", times=1)
    answer = requests.post(url, headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["error"]) == (500, "internal_error")
    live.fault(kind="error_503", system="slack", times=1)
    assert requests.post(url, headers=headers, timeout=10).status_code == 503
    assert requests.get(f"{live.url}/slack/other", headers=headers, timeout=10).status_code == 404


def test_a_seed_that_names_a_stranger_is_refused() -> None:
    seed = {"slack": {"channels": [{"name": "x", "people": ["nobody@x.example"]}]}}
    with pytest.raises(ValueError, match=r"nobody@x\.example"), running_sandbox(seed):
        pass
