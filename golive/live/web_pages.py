"""Pages of the web, opened as anybody would: no name, no password, no script is run. Only reads.

Nothing is called but the addresses that are given and those on the same hosts to which they lead.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests

from checklists.facts import Page
from config.addresses import is_loopback, is_reserved, web_address

TIMEOUT = (5.0, 10.0)
"""Seconds to be reached, and between two pieces of an answer."""
LONGEST = 20.0
"""Seconds for a whole page."""
LARGEST = 3_000_000
"""Bytes of a page that are read; what customers see at once stands before."""
MOST_REDIRECTS = 5
_SIGN = "golive (looks whether customers find support here)"
_ON = (301, 302, 303, 307, 308)


def opened_pages(addresses: Iterable[str]) -> dict[str, Page]:
    """Address → what it answers, each opened once. Raises nothing: what goes wrong stands in the page."""
    wanted = list(dict.fromkeys(addresses))
    hosts = {parts.netloc.lower() for each in wanted if (parts := web_address(each))}
    if not wanted:
        return {}
    with ThreadPoolExecutor(4) as several:
        return dict(zip(wanted, several.map(lambda each: _opened(each, hosts), wanted), strict=True))


@dataclass(frozen=True)
class FirstAnswer:
    """What an address answers by itself, wherever it leads. status: HTTP's, 0 without an answer. location: where it
    leads, as a whole address. why: what went wrong."""

    status: int
    location: str = ""
    why: str = ""


def first_answers(addresses: Iterable[str], told: Callable[[int], None] = lambda _: None) -> dict[str, FirstAnswer]:
    """Address → its first answer, each asked for once; nothing is followed, and no more is read. told: how many were
    asked for just now. Raises nothing."""
    wanted = list(dict.fromkeys(addresses))
    found: dict[str, FirstAnswer] = {}
    several = ThreadPoolExecutor(4)
    try:
        for address, answer in zip(wanted, several.map(_first_answer, wanted), strict=True):
            found[address] = answer
            told(1)
    finally:
        several.shutdown(cancel_futures=True)  # whoever cancels does not wait for those that were not asked for yet
    return found


def _first_answer(address: str) -> FirstAnswer:
    if web_address(address) is None:
        return FirstAnswer(0, why="this is not the address of a page")
    if is_reserved(address):
        return FirstAnswer(0, why=f"{_host(address)} is a name for examples, which leads nowhere")
    try:
        with _asked(address) as answer:
            location = answer.headers.get("Location", "") if answer.status_code in _ON else ""
            return FirstAnswer(answer.status_code, _onward(address, location) if location else "")
    except (requests.RequestException, UnicodeError) as lost:
        return FirstAnswer(0, why=f"{_host(address)} does not answer ({_words(lost)})")


def _opened(address: str, hosts: set[str]) -> Page:
    if web_address(address) is None:
        return Page(address, "refused", why=f"{address} is not the address of a page")
    if is_reserved(address):
        return Page(address, "refused", why=f"{_host(address)} is a name for examples, which leads nowhere")
    ends = time.monotonic() + LONGEST
    url = address
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, headers, text = _answer(url, ends)
            onward = _onward(url, headers.get("Location", "")) if status in _ON else url
            if status not in _ON or not headers.get("Location"):
                return Page(address, "answered", status=status, url=url, text=text)
            why = _not_followed(url, onward, hosts)
            if why:
                return Page(address, "led_away", status=status, url=onward, why=why)
            url = onward
    except requests.exceptions.SSLError as broken:
        return _without_encryption(address, url, broken)
    except (requests.RequestException, UnicodeError) as lost:
        return Page(address, "silent", url=url, why=f"{_host(url)} does not answer ({_words(lost)})")
    return Page(address, "led_away", url=url, why=f"{_host(address)} leads on and on, and never to a page")


def _answer(url: str, ends: float) -> tuple[int, Mapping[str, str], str]:
    """(Status, headers, the page's beginning). Raises requests.RequestException."""
    with _asked(url) as answer:
        read = b""
        for piece in answer.iter_content(65_536):
            read += piece
            if len(read) >= LARGEST:
                break
            if time.monotonic() > ends:
                raise requests.Timeout("the page takes too long")
        said = answer.encoding if "charset" in answer.headers.get("Content-Type", "").lower() else None
        return answer.status_code, answer.headers, _decoded(read, said or "utf-8")


@contextmanager
def _asked(url: str) -> Iterator[requests.Response]:
    """The answer's head; it is read no further than somebody reads it. Raises requests.RequestException."""
    with requests.Session() as session:
        session.auth = lambda request: request  # what ~/.netrc has for the host is nobody's business
        around = {"http": "", "https": ""} if is_loopback(url) else None
        with session.get(
            url, allow_redirects=False, timeout=TIMEOUT, stream=True, proxies=around, headers={"User-Agent": _SIGN}
        ) as answer:
            yield answer


def _decoded(read: bytes, encoding: str) -> str:
    try:
        return read.decode(encoding, errors="replace")
    except LookupError:
        return read.decode("utf-8", errors="replace")


def _onward(url: str, location: str) -> str:
    """Where a page leads; what is no address stays as it is, and is not followed."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _not_followed(url: str, onward: str, hosts: set[str]) -> str:
    """Why a page that another one leads to is not opened; empty where it may be."""
    there, here = web_address(onward), urlsplit(url)
    if there is None:
        return f"{_host(url)} leads to what is no page"
    if there.hostname != here.hostname and there.netloc.lower() not in hosts:
        return f"{_host(url)} leads on to {there.hostname}, which the project does not name"
    if there.scheme == "http" and here.scheme == "https":
        return f"{_host(url)} leads on to a page that is not encrypted"
    return ""


def _without_encryption(address: str, url: str, broken: requests.exceptions.SSLError) -> Page:
    """What a failed encryption says: that the certificate is not valid, or no more than that there was no answer."""
    text = str(broken)
    if "CERTIFICATE_VERIFY_FAILED" not in text:
        return Page(address, "silent", url=url, why=f"{_host(url)} does not answer ({_words(broken)})")
    reason = text.partition("certificate verify failed: ")[2].partition(" (_ssl")[0]
    said = f": {reason}" if reason else ""
    return Page(address, "no_certificate", url=url, why=f"The certificate of {_host(url)} is not valid{said}")


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _words(lost: Exception) -> str:
    """What went wrong, in a word or two."""
    if isinstance(lost, requests.Timeout):
        return "it takes too long"
    text = str(lost)
    unknown = any(each in text for each in ("Name or service not known", "getaddrinfo", "NameResolution", "nodename"))
    return "nobody knows this name" if unknown else type(lost).__name__
