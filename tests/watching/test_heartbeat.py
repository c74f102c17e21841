"""Signs of life: the file, and the address that is called; and what is no address."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from golive.terminal.fault import Fault
from golive.watching.heartbeat import beat, heartbeat_address
from tests.watching.worlds import MONDAY


@pytest.fixture
def called() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and what was called there; `/elsewhere` sends callers away."""
    paths: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(302 if self.path == "/elsewhere" else 200)
            self.send_header("Location", "/secret")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    thread.join(10)
    server.server_close()


def test_each_beat_touches_the_file_and_calls_once(tmp_path: Path, called: tuple[str, list[str]]) -> None:
    address, paths = called
    assert beat(tmp_path / "a" / "beat", f"{address}/ping/1", MONDAY) == ""
    assert paths == ["/ping/1"]
    assert (tmp_path / "a" / "beat").read_text(encoding="utf-8") == "2026-09-21T08:00:00Z\n"


def test_no_redirect_is_followed_and_silence_is_said(tmp_path: Path, called: tuple[str, list[str]]) -> None:
    address, paths = called
    assert "does not answer" in beat(tmp_path / "beat", f"{address}/elsewhere", MONDAY)
    assert paths == ["/elsewhere"]
    assert "does not answer" in beat(tmp_path / "beat", "http://127.0.0.1:9/", MONDAY)
    assert beat(tmp_path / "beat", None, MONDAY) == ""


def test_the_address_may_be_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEAT", "https://beats.example/ping/uuid")
    assert heartbeat_address("env:BEAT") == "https://beats.example/ping/uuid"
    assert heartbeat_address(None) is None
    monkeypatch.delenv("BEAT")
    with pytest.raises(Fault) as missing:
        heartbeat_address("env:BEAT")
    assert "BEAT is not set" in missing.value.what


@pytest.mark.parametrize("said", ["http://beats.example/ping", "beats.example", "ftp://127.0.0.1/", ""])
def test_what_is_no_address_is_refused(said: str) -> None:
    with pytest.raises(Fault):
        heartbeat_address(said)
