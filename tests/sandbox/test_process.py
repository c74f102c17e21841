"""The sandbox as a process of its own."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from sandbox import process
from sandbox.__main__ import main


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def call(port: int, method: str, path: str, body: object = None) -> dict[str, object]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "Bearer sandbox", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        found: dict[str, object] = json.load(answer)
    return found


def test_start_status_cut_stop_and_start_again(tmp_path: Path) -> None:
    state, seed = tmp_path / "work" / "state.json", tmp_path / "seed.yaml"
    seed.write_text("zendesk: {subdomain: acme, groups: [{name: Seeded}]}\n")
    port = free_port()
    try:
        started = process.start(port, state, seed)
        assert started.running and started.url == f"http://127.0.0.1:{port}"
        assert started.counts["zendesk"]["groups"] == 2
        assert process.start(port, state, seed).pid == started.pid
        with pytest.raises(process.SandboxError, match="taken by a sandbox"):
            process.start(port, tmp_path / "other.json")
        call(port, "POST", "/sandbox/faults", {"kind": "cut_after", "system": "zendesk", "method": "POST", "times": 1})
        with pytest.raises(http.client.RemoteDisconnected):
            call(port, "POST", "/zendesk/api/v2/groups", {"group": {"name": "Lost reply"}})
        assert process.stop(state)
        assert not process.status(state).running
        assert not process.stop(state)
        again = process.start(port, state)
        assert again.pid != started.pid
        assert again.counts["zendesk"]["groups"] == 3
    finally:
        process.stop(state)
    assert json.loads(state.read_text())["golive_sandbox"] == 1


def test_a_port_that_is_taken_is_an_error_with_the_reason(tmp_path: Path) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        with pytest.raises(process.SandboxError, match="did not start"):
            process.start(int(one.getsockname()[1]), tmp_path / "state.json")
    assert not process.status(tmp_path / "state.json").running


def test_one_that_was_slow_to_answer_is_still_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state, port = tmp_path / "state.json", free_port()
    try:
        started = process.start(port, state)
        with monkeypatch.context() as deaf:
            deaf.setattr(process, "_ask", lambda port: None)
            with pytest.raises(process.SandboxError, match="did not start"):
                process.start(port, state)
        assert process.status(state).pid == started.pid
    finally:
        assert process.stop(state)


def test_a_pid_file_of_a_dead_process_is_not_believed(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    for text in ("{", '{"pid": 999999999, "port": 1}', '{"pid": 1, "port": 1}'):
        (tmp_path / "state.json.pid").write_text(text)
        assert process.status(state).running is False
        assert process.status(state).url is None


def test_the_command_serves_until_it_is_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port, codes = free_port(), []
    arguments = ["--port", str(port), "--state", str(tmp_path / "state.json"), "--token", "mine"]
    thread = threading.Thread(target=lambda: codes.append(main(arguments)))
    thread.start()
    end = time.monotonic() + 20
    while not process.answers(port):
        assert thread.is_alive() and time.monotonic() < end
        time.sleep(0.02)
    with pytest.raises(urllib.error.HTTPError, match="401"):
        call(port, "GET", "/zendesk/api/v2/groups")
    assert call(port, "POST", "/sandbox/stop") == {"stopping": True}
    thread.join(10)
    assert codes == [0]
    assert capsys.readouterr().out == f"golive sandbox: http://127.0.0.1:{port}\n"
    assert (tmp_path / "state.json").exists()
