"""The Linear provider against the npm package `emulate` (Apache-2.0), which knows nothing of golive.

It has no templates, no groups of labels, no way to change a webhook, no filter by who made an issue, no limits and no
costs, and takes any key: these are tested against our own stand-in only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from provisioners.issues import Filled
from provisioners.linear import SYSTEM
from provisioners.linear.client import LinearClient
from provisioners.linear.collections import Label, Team, Webhook
from provisioners.run_file import SystemSettings
from provisioners.system import Connection
from tests.checklists.building import declaration_of
from tests.config.cases.engineering import AS, escalation
from tests.provisioners.emulated import emulated

KEY = "lin_api_golive"
SEED = {
    "linear": {
        "organization": {"name": "Halden Pay", "url_key": "halden"},
        "users": [{"email": "golive@halden.example", "name": "golive", "admin": True}],
        "teams": [{"key": "PAY", "name": "Payments"}, {"key": "WEB", "name": "Web"}],
        "labels": [{"name": f"label {number:03}", "team": "WEB", "color": "#aaaaaa"} for number in range(120)],
        "tokens": [{"token": KEY, "user": "golive@halden.example", "scopes": ["read", "write", "admin"]}],
    }
}


ITS_OWN = ("ENG",)
"""A team that it has from the beginning, with two labels and an issue."""


class PlainLabel(Label):
    """A label of a Linear that groups none."""

    attributes = "id name color team { id key }"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with emulated(tmp_path_factory.mktemp("emulate"), "linear", SEED) as address:
        yield address


@pytest.fixture
def settings(url: str, monkeypatch: pytest.MonkeyPatch) -> SystemSettings:
    monkeypatch.setenv("LINEAR_KEY", KEY)
    return SystemSettings(type="linear", url=url, token="env:LINEAR_KEY", sandbox=False)


@pytest.fixture
def client(settings: SystemSettings) -> LinearClient:
    return LinearClient(Connection(instance="tracker", settings=settings, read_only=False))


def test_whose_key_it_is_and_which_teams_there_are(settings: SystemSettings, client: LinearClient) -> None:
    account = SYSTEM.account(Connection(instance="tracker", settings=settings, read_only=True))
    assert (account.id, account.user, account.missing_rights) == ("halden", "golive@halden.example", ())
    teams = Team(client)
    assert {teams.live_key(live) for live in teams.list({})} == {"PAY", "WEB", *ITS_OWN}
    web = next(live for live in teams.list({}) if live.body["key"] == "WEB")
    again = teams.get(web.id, {})
    assert again is not None and again.label == "Web (WEB)"


def test_a_label_from_making_to_deleting(client: LinearClient) -> None:
    labels = PlainLabel(client)
    wanted = {"name": "from-support", "team": "PAY", "color": "#0088cc"}
    made = labels.create(wanted).live
    assert labels.canonical(made, wanted) == wanted
    listed = {live.id for live in labels.list(wanted) if live.body["team"]["key"] not in ITS_OWN}
    assert len(listed) == 121 and made.id in listed, "page after page"
    changed = {**wanted, "name": "from-help", "color": "#ff0000"}
    assert labels.canonical(labels.update(made.id, changed, wanted).live, changed) == changed
    labels.delete(made.id, changed)
    assert made.id not in {live.id for live in labels.list(wanted)}


def test_a_webhook_is_made_and_deleted(client: LinearClient) -> None:
    webhooks = Webhook(client)
    wanted = {"label": "Bugs (golive)", "team": "PAY", "url": "https://relay.example/linear", "enabled": True,
              "resourceTypes": ["Issue"]}  # fmt: skip
    made = webhooks.create(wanted).live
    assert webhooks.canonical(made, wanted) == wanted
    webhooks.delete(made.id, wanted)
    assert webhooks.list(wanted) == []


def test_a_call_of_the_helpdesk_makes_an_issue(settings: SystemSettings, client: LinearClient) -> None:
    words = AS.replace("Highest", "Urgent")
    declared = declaration_of(escalation(as_=words, labels="labels: [l]").replace("{name: L,", "{name: from-bugs,"))
    label = PlainLabel(client).create({"name": "from-bugs", "team": "PAY", "color": "#0088cc"}).live
    link = "https://x.example/tickets/7"
    filled = Filled("Till", "It stays shut", "Nobody can pay", link, lambda said: said["high"])
    value = declared.of("escalations")["e"].value
    call = SYSTEM.issues().call(value, filled, declared, "tracker", settings)
    ids = {"ref:tracker/engineering_projects/pay": client.team("PAY"), "ref:tracker/engineering_labels/l": label.id}
    body: dict[str, Any] = {**call.body, "variables": _named(call.body["variables"], ids)}
    answer = requests.post(call.url, json=body, headers={call.sign_in.header: KEY}, timeout=10).json()
    assert answer["data"]["issueCreate"]["success"] is True, answer
    document = " { issues(first: 5) { nodes { title description priority labels { nodes { name } } } } }"
    [issue] = [each for each in client.query("made", document)["issues"]["nodes"] if each["title"] == "Till"]
    assert issue["priority"] == 2
    assert [each["name"] for each in issue["labels"]["nodes"]] == ["from-bugs"]
    assert issue["description"].endswith(f"Ticket: {link}")


def _named(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _named(each, ids) for name, each in value.items()}
    if isinstance(value, list):
        return [_named(each, ids) for each in value]
    return ids.get(value, value)
