"""What a browser sees of the stand-in."""

from __future__ import annotations

import re
import shlex
import urllib.error
import urllib.request
from html import unescape
from itertools import pairwise

import pytest

from provisioners.zendesk.system import PAGES
from tests.live_sandbox import LiveSandbox, running_sandbox

SEED = {
    "zendesk": {
        "groups": [{"name": "Tier <1>"}],
        "webhooks": [
            {
                "name": "Pager",
                "endpoint": "https://pager.example/x",
                "http_method": "POST",
                "request_format": "json",
                "status": "active",
                "subscriptions": ["conditional_ticket_events"],
                "authentication": {
                    "type": "bearer_token",
                    "add_position": "header",
                    "data": {"token": "a-secret-of-theirs"},
                },
            }
        ],
    }
}


def text_of(sandbox: LiveSandbox, path: str) -> str:
    with urllib.request.urlopen(f"{sandbox.url}{path}", timeout=5) as answer:
        assert answer.headers["content-type"].startswith("text/html")
        return str(answer.read().decode())


def test_the_first_page_says_what_this_is_and_its_line_works() -> None:
    with running_sandbox(SEED) as sandbox:
        front = text_of(sandbox, "/")
        assert all(f"{sandbox.url}/{name}" in front for name in ("zendesk", "salesforce", "slack"))
        (command,) = re.findall(r"<pre>(.*?)</pre>", front, re.DOTALL)
        words = shlex.split(unescape(command).replace("\\\n", " "))
        assert words[:3] == ["curl", "-X", "PUT"]
        headers = dict(each.split(": ", 1) for before, each in pairwise(words) if before == "-H")
        request = urllib.request.Request(words[3], data=words[-1].encode(), headers=headers, method="PUT")
        with urllib.request.urlopen(request, timeout=5) as answer:
            assert answer.status == 200
        assert "Renamed by hand" in {each["name"] for each in sandbox.zendesk("GET", "groups")["groups"]}


def test_where_a_link_leads_the_object_is_shown_without_secrets() -> None:
    with running_sandbox(SEED) as sandbox:
        group = next(each for each in sandbox.zendesk("GET", "groups")["groups"] if each["name"] == "Tier <1>")
        hook = sandbox.zendesk("GET", "webhooks")["webhooks"][0]
        trigger = sandbox.zendesk("GET", "triggers")["triggers"][0]
        sandbox.clear_log()
        shown = text_of(sandbox, f"/zendesk/{PAGES['zendesk:Group'].format(id=group['id'])}")
        assert "Tier &lt;1&gt;" in shown and str(group["id"]) in shown and "Tier <1>" not in shown
        assert trigger["title"] in text_of(sandbox, f"/zendesk/{PAGES['zendesk:Trigger'].format(id=trigger['id'])}")
        shown = text_of(sandbox, f"/zendesk/{PAGES['zendesk:Webhook'].format(id=hook['id'])}")
        assert "pager.example" in shown and "a-secret-of-theirs" not in shown
        assert trigger["title"] in text_of(sandbox, f"/zendesk/{PAGES['zendesk:TriggerOrder']}")
        assert "groups" in text_of(sandbox, f"/zendesk/{PAGES['zendesk:HelpCenterCategory']}")
        assert "general" in text_of(sandbox, "/slack/admin/channels")
        assert sandbox.log() == []


@pytest.mark.parametrize("path", ["/zendesk/admin/people/team/groups/1234", "/zendesk/knowledge/articles/7"])
def test_what_is_not_there_is_said_on_a_page_and_the_api_stays_as_it_is(path: str) -> None:
    with running_sandbox(SEED) as sandbox:
        with pytest.raises(urllib.error.HTTPError) as nothing:
            text_of(sandbox, path)
        assert nothing.value.code == 404 and "Nothing with that id is here" in nothing.value.read().decode()
        with pytest.raises(urllib.error.HTTPError) as unsigned:
            text_of(sandbox, "/zendesk/api/v2/groups")
        assert unsigned.value.code == 401
