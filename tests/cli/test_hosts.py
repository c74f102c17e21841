"""A token goes to no host that nobody has confirmed. Nothing here ever calls anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.workspace import hosts
from provisioners.run_file import SystemSettings
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("GOLIVE_USER_FOLDER", str(tmp_path / "user"))
    monkeypatch.setenv("HELPDESK", "s3cr3t-token")
    monkeypatch.setenv("CLIENT_SECRET", "an0ther")
    return tmp_path / "user"


class Terminal(Screen):
    can_ask = True  # type: ignore[assignment]


def helpdesk(url: str = "https://acme.zendesk.com", **more: dict[str, str]) -> dict[str, SystemSettings]:
    return {"helpdesk": SystemSettings("zendesk", url, "" if more else "env:HELPDESK", **more)}  # type: ignore[arg-type]


def test_each_token_is_confirmed_once_for_each_host(monkeypatch: pytest.MonkeyPatch, user: Path) -> None:
    asked: list[str] = []
    agree = [True, False]
    monkeypatch.setattr(hosts.click, "confirm", lambda question, **_: asked.append(question) or agree.pop(0))
    hosts.check_hosts(helpdesk(), Terminal())
    hosts.check_hosts(helpdesk(), Terminal())
    hosts.check_hosts(helpdesk(), Screen())
    assert asked == ["Is this the client's?"]
    kept = user / "hosts.json"
    assert list(json.loads(kept.read_text()).values()) == [["acme.zendesk.com"]]
    assert "s3cr3t" not in kept.read_text() and kept.stat().st_mode & 0o077 == 0
    with pytest.raises(Fault, match="Nothing was sent"):
        hosts.check_hosts(helpdesk("https://acme.zendesk.com.evil.example.net"), Terminal())
    monkeypatch.setenv("HELPDESK", "a-new-token")
    with pytest.raises(Fault, match="Nobody has confirmed yet that HELPDESK may be sent to acme"):
        hosts.check_hosts(helpdesk(), Screen())


def test_a_pipeline_names_them_beforehand(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Fault) as raised:
        hosts.check_hosts(helpdesk(sign_in={"client_id": "x", "client_secret": "env:CLIENT_SECRET"}), Screen())
    assert "CLIENT_SECRET" in raised.value.what and "GOLIVE_ALLOWED_HOSTS=acme.zendesk.com" in raised.value.do
    monkeypatch.setenv("GOLIVE_ALLOWED_HOSTS", "other.example, ACME.zendesk.com")
    hosts.check_hosts(helpdesk(), Screen())
    with pytest.raises(Fault):
        hosts.check_hosts(helpdesk("https://zendesk.com"), Screen())


def test_nothing_is_asked_on_this_machine_and_where_there_is_nothing_to_send(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts.check_hosts(helpdesk("http://127.0.0.1:8411/zendesk"), Screen())
    monkeypatch.delenv("HELPDESK")
    hosts.check_hosts(helpdesk(), Screen())


def test_a_changed_address_gets_no_token(small: Small) -> None:
    workspace = small("groups: {a: {name: A}}\n")
    settings = workspace.settings()
    settings["systems"] = {"helpdesk": {"type": "zendesk", "url": "https://acme.zendesk.com", "token": "env:HELPDESK"}}
    workspace.set(settings, "live")
    for verb in ("plan", "up", "drift", "destroy", "doctor", "adopt groups/a"):
        ran = workspace.golive(*verb.split(), "-e", "live")
        assert ran.code == 3, verb
        assert "Nobody has confirmed yet that HELPDESK may be sent to acme.zendesk.com; nothing was sent." in ran.err
    open_line = {**settings["systems"]["helpdesk"], "url": "http://acme.zendesk.com"}
    workspace.set({**settings, "systems": {"helpdesk": open_line}}, "live")
    ran = workspace.golive("plan", "-e", "live")
    assert (ran.code, "write https" in ran.err) == (2, True)
