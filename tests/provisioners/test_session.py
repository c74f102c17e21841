"""Which addresses are this machine, and what becomes of an answer that breaks off."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from config.addresses import is_loopback
from provisioners import session
from provisioners.errors import SystemFault


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8411/zendesk", True),
        ("http://127.9.8.7", True),
        ("http://[::1]:8411", True),
        ("http://localhost:1/x", True),
        ("https://127.0.0.1.evil.example", False),
        ("https://127.example", False),
        ("https://acme.zendesk.com", False),
        ("nothing", False),
    ],
)
def test_what_is_this_machine(url: str, here: bool) -> None:
    assert is_loopback(url) is here


class _CutOff(BaseHTTPRequestHandler):
    """Promises a hundred bytes, sends three and hangs up."""

    def _answer(self) -> None:
        self.send_response(201)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"abc")

    do_GET = do_POST = _answer

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.mark.parametrize(("method", "took_effect"), [("GET", False), ("POST", None)])
def test_an_answer_that_breaks_off_is_a_broken_connection(
    method: str, took_effect: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "RETRY_PAUSES", (0.0, 0.0, 0.0))
    with ThreadingHTTPServer(("127.0.0.1", 0), _CutOff) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        made = requests.Session()
        made.mount(
            "http://",
            session.GuardedAdapter(session.CallGuard("crm", url, lambda how, path: how == "GET", read_only=False)),
        )
        with pytest.raises(SystemFault) as broken:
            made.request(method, f"{url}/x", timeout=5)
        server.shutdown()
    assert (broken.value.code, broken.value.took_effect) == ("unreachable", took_effect)
