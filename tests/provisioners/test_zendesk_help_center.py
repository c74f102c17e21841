"""Bodies in both directions, what the help centre lacks, and how its calls are counted."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provisioners.access import Access
from provisioners.limits import ACCOUNT
from provisioners.live_objects import LiveObjects
from provisioners.run_file import RunRequest
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.collections.readers import PermissionGroup
from provisioners.zendesk.limits import HELP_CENTER, ZendeskLimits
from provisioners.zendesk.markup.html_tree import readable, same_meaning
from provisioners.zendesk.markup.markdown import as_html, as_written
from tests.live_sandbox import running_sandbox
from tests.provisioners.zendesk_workspace import connection


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a  b</p>\n<p>c</p>", "<p>\n  a b</p><p>c\n</p>"),
        ("<h2>T</h2>", '<h2 id="h_01HABCDEFGHJKMNPQRST">T</h2>'),
        ("<p><strong>a</strong> <em>b</em></p>", "<p><b>a</b> <i>b</i></p>"),
        ('<a href="/x">a</a>', '<a rel="noopener noreferrer" href="/x">a</a>'),
        ("<ul><li>a</li></ul>", "<ul>\n<li>\n<p>a</p>\n</li>\n</ul>"),
        ("<table><tr><td>a</td></tr></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<p>a &amp; b&nbsp;c</p>", "<p>a & b\u00a0c</p>"),
        ('<img src="a.png" alt="A" />', "<img alt='A' src='a.png'>"),
        ("<p>a<br>b</p>", "<p>a<br />\nb<br></p>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
    ],
)
def test_what_the_vendor_writes_otherwise_means_the_same(one: str, other: str) -> None:
    assert same_meaning(one, other)
    assert same_meaning(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>a</p>", "<h2>a</h2>"),
        ("<p>a</p>", '<p class="note">a</p>'),
        ('<a href="/x">a</a>', '<a href="/y">a</a>'),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ('<h2 id="first">T</h2>', "<h2>T</h2>"),
        ("<ol><li>a</li></ol>", "<ul><li>a</li></ul>"),
    ],
)
def test_what_readers_see_otherwise_does_not(one: str, other: str) -> None:
    assert not same_meaning(one, other)


@pytest.mark.parametrize(
    "text",
    [
        "Plain.",
        "# Head\n\nText with **bold**, *slanted*, `code` and [a link](https://a.example/?a=1&b=2).",
        "1. One\n2. Two\n   - inner\n   - other\n3. Three",
        "> Quoted\n\n---\n\n```python\nx = 1 < 2\n```",
        "| A | B |\n| --- | --- |\n| 1 | 2_3 |",
        "![A button](pictures/a%20b.png)",
        "See [this]({{article:password}}).",
        "Not a list: 1\\. and \\# no head, 2 \\* 3, a_b_c, \\<b\\>",
        "Grüße & Küsse",
    ],
)
def test_markdown_comes_back_as_it_was(text: str) -> None:
    html = as_html(text)
    back = as_written(html)
    assert same_meaning(as_html(back), html)
    assert as_written(as_html(back)) == back
    assert not back.startswith("<")


def test_html_in_markdown_is_text_and_cannot_run() -> None:
    assert "<script" not in as_html("Hello <script>alert(1)</script>")
    assert 'href="javascript' not in as_html("[a](javascript:alert(1))")


def test_what_markdown_has_no_sign_for_is_html_with_a_line_for_each_block() -> None:
    html = '<div class="note"><p>One <u>two</u></p><ul><li>a</li></ul></div>'
    written = as_written(html)
    assert written.splitlines()[0] == '<div class="note">'
    assert len(written.splitlines()) > 3
    assert same_meaning(as_html(written), html)
    assert readable(written) == written


def test_the_help_center_has_a_limit_of_its_own() -> None:
    limits = ZendeskLimits()
    assert limits.account("/api/v2/triggers") == ACCOUNT
    assert limits.account("/api/v2/help_center/articles/1/translations/de") == HELP_CENTER
    assert limits.account("/api/v2/guide/permission_groups") == HELP_CENTER
    headers = {"ratelimit-limit": "700", "ratelimit-remaining": "0", "ratelimit-reset": "9"}
    assert [each.scope for each in limits.seen("GET", "/api/v2/help_center/articles", headers)] == [HELP_CENTER]
    assert limits.refused("GET", "/api/v2/help_center/articles", headers) == HELP_CENTER
    assert limits.refused("GET", "/api/v2/triggers", headers) == ACCOUNT


def test_the_help_center_is_written_one_call_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_sandbox() as sandbox:
        client = ZendeskClient(connection(sandbox.url))
        at_once, most, lock = 0, 0, threading.Lock()
        call = client._called

        def counted(method: str, path: str, **more: Any) -> Any:
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            time.sleep(0.02)
            try:
                return call(method, path, **more)
            finally:
                with lock:
                    at_once -= 1

        monkeypatch.setattr(client, "_called", counted)
        with ThreadPoolExecutor(6) as threads:
            list(
                threads.map(
                    lambda name: client.post("help_center/categories", {"category": {"name": name, "locale": "en-us"}}),
                    "abcdef",
                )
            )
        assert most == 1


def test_the_usual_permission_group_is_found_in_every_account_and_by_its_own_name() -> None:
    with running_sandbox() as sandbox:
        groups = PermissionGroup(ZendeskClient(connection(sandbox.url)))
        sandbox.clear_log()
        assert groups.natural_key({"built_in": True}) is None and sandbox.log() == []
        found = LiveObjects(groups, Access("helpdesk", RunRequest("plan", {})))
        assert found.by_key({"built_in": True}, "found") == found.by_key({"name": "Agents and admins"}, "found")
        usual = groups.natural_key({"built_in": True})
        assert usual == "Agents and admins"
        assert groups.natural_key({"name": "Agents and admins"}) == usual
        assert [groups.live_key(each) for each in groups.list({})].count(usual) == 1
