"""Posting into Slack: only where it can be, and nothing in a text is taken for markup or a mention."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from provisioners.errors import SystemFault
from provisioners.posts import Posts
from provisioners.system import systems
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection

SEED = {"slack": {"channels": [
    {"name": "open"}, {"name": "joined", "bot": True}, {"name": "shut", "bot": True, "archived": True},
    {"name": "secret", "private": True, "bot": True},
]}}  # fmt: skip


@pytest.fixture
def sandbox() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as live:
        yield live


def posts(live: LiveSandbox, *, read_only: bool = False) -> Posts:
    made = systems()["slack"].posts(connection("slack", live.url, read_only=read_only))
    assert made is not None
    return made


def channel(live: LiveSandbox, name: str) -> str:
    return next(key for key, each in live.store.table("slack", "channels").items() if each["name"] == name)


def texts(live: LiveSandbox) -> list[str]:
    return [each["text"] for each in live.store.table("slack", "messages").values()]


def test_it_posts_where_it_is_and_joins_what_is_open(sandbox: LiveSandbox) -> None:
    chat = posts(sandbox)
    for name in ("joined", "open", "secret"):
        assert chat.ready(channel(sandbox, name)) == name
        chat.post(channel(sandbox, name), f"into {name}")
    assert texts(sandbox) == ["into joined", "into open", "into secret"]


def test_what_cannot_be_posted_into_is_said(sandbox: LiveSandbox) -> None:
    chat = posts(sandbox)
    with pytest.raises(SystemFault) as shut:
        chat.ready(channel(sandbox, "shut"))
    assert "archived" in shut.value.why
    with pytest.raises(SystemFault) as gone:
        chat.ready("C0NOBODY")
    assert gone.value.code == "not_found"
    assert texts(sandbox) == []


def test_a_run_that_only_reads_posts_nothing(sandbox: LiveSandbox) -> None:
    with pytest.raises(SystemFault) as refused:
        posts(sandbox, read_only=True).post(channel(sandbox, "joined"), "x")
    assert refused.value.code == "not_allowed"
    assert texts(sandbox) == []


def test_markup(sandbox: LiveSandbox) -> None:
    chat = posts(sandbox)
    assert chat.plain("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert chat.link("https://a.example/1", "#1 <b>") == "<https://a.example/1|#1 &lt;b&gt;>"
    at = datetime(2026, 9, 21, 8, 5, tzinfo=UTC)
    assert chat.moment(at) == f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|21 Sep 08:05 UTC>"


@pytest.mark.parametrize("system", ["salesforce", "zendesk"])
def test_other_systems_post_nothing(system: str, sandbox: LiveSandbox) -> None:
    assert systems()[system].posts(connection(system, sandbox.url)) is None
    assert (systems()[system].clocks(connection(system, sandbox.url, read_only=True)) is None) == (system != "zendesk")
