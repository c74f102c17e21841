"""A site on this machine, with pages of every sort."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Site(ThreadingHTTPServer):
    """pages: path → HTML. redirects: path → where it leads. calls: what was asked for, with its headers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pages)
        self.pages: dict[str, str] = {}
        self.redirects: dict[str, str] = {}
        self.calls: list[tuple[str, dict[str, str]]] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Pages(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.calls.append((self.path, dict(self.headers)))
        if self.path in self.server.redirects:
            self.send_response(302)
            self.send_header("Location", self.server.redirects[self.path])
            self.end_headers()
        elif self.path == "/endless":
            self._answer(200)
            while True:
                try:
                    self.wfile.write(b"x" * 65_536)
                except OSError:
                    return
        elif self.path == "/slow":
            self._answer(200)
            for _ in range(50):
                try:
                    self.wfile.write(b"x")
                except OSError:
                    return
                time.sleep(0.05)
        elif self.path == "/latin":
            self._answer(200, "text/html; charset=iso-8859-1")
            self.wfile.write("Grüße".encode("latin-1"))
        elif self.path == "/odd":
            self._answer(200, "text/html; charset=no-such-thing")
            self.wfile.write("Grüße".encode())
        elif self.path in self.server.pages:
            self._answer(200)
            self.wfile.write(self.server.pages[self.path].encode())
        else:
            self._answer(404)

    def _answer(self, status: int, type_: str = "text/html") -> None:
        self.send_response(status)
        self.send_header("Content-Type", type_)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Site]:
    """Answers until the block ends. certificate: with its key, for one that speaks HTTPS."""
    site = Site()
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        site.socket = context.wrap_socket(site.socket, server_side=True)
    thread = threading.Thread(target=site.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join(10)
