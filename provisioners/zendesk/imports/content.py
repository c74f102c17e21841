"""Files of comments as they are loaded again.

The address is the account's own and leads, mostly, to another host, whose address is signed. The token is for the
account alone: what lies elsewhere is asked for without it. Source: developer.zendesk.com, “Attachments”, `content_url`.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import requests
from requests.utils import get_environ_proxies

from config.addresses import is_loopback
from provisioners.errors import SystemFault
from provisioners.session import READ_RETRIES, RETRY_PAUSES, TIMEOUT
from provisioners.zendesk.client import ZendeskClient, as_it_is
from provisioners.zendesk.replies import fault, unreachable

PIECE = 256 * 1024
"""Bytes that are held at a time."""
HOPS = 5


def content(client: ZendeskClient, address: str) -> Iterator[bytes]:
    """The file, in pieces. Raises SystemFault."""
    what = f"{client.guard.system} GET a file at {urlsplit(address).netloc or 'an address without a host'}"
    if urlsplit(address).netloc == urlsplit(client.guard.base_url).netloc:
        response = client.page(address)
        if response.is_redirect:
            yield from _elsewhere(client, urljoin(address, response.headers["Location"]), what)
        elif response.ok:
            yield response.content
        else:
            raise fault(what, response.status_code, None, reads=True)
    else:
        yield from _elsewhere(client, address, what)


def _elsewhere(client: ZendeskClient, address: str, what: str) -> Iterator[bytes]:
    """From a host that is not the account's, unsigned."""
    with requests.Session() as session:
        session.auth = as_it_is
        for failed in range(READ_RETRIES + 1):
            client.guard.check("GET", "a file")
            try:
                response = _followed(session, address, what)
            except (requests.ConnectionError, requests.Timeout) as broken:
                if failed == READ_RETRIES:
                    raise unreachable(what, f"no answer ({type(broken).__name__})", reads=True) from broken
            else:
                if response.status_code < 500 or failed == READ_RETRIES:
                    break
                response.close()
            client.guard.pause(RETRY_PAUSES[failed])
        if not response.ok:
            raise fault(what, response.status_code, None, reads=True)
        try:
            yield from response.iter_content(PIECE)
        except requests.RequestException as broken:
            raise unreachable(what, f"the file broke off ({type(broken).__name__})", reads=True) from broken


def _followed(session: requests.Session, address: str, what: str) -> requests.Response:
    """The answer behind at most so many hops."""
    for _ in range(HOPS):
        _check(address, what)
        proxies = {} if is_loopback(address) else get_environ_proxies(address)
        response = session.get(address, stream=True, allow_redirects=False, timeout=TIMEOUT, proxies=proxies)
        if not response.is_redirect:
            return response
        address = urljoin(address, response.headers["Location"])
        response.close()
    raise unreachable(what, f"its address leads on more than {HOPS} times", reads=True)


def _check(address: str, what: str) -> None:
    """Files come over an encrypted connection; on this machine, where the sandbox is, any will do."""
    scheme = urlsplit(address).scheme
    if scheme == "https" or (scheme == "http" and is_loopback(address)):
        return
    raise SystemFault(
        "refused",
        what,
        f"its address leads to a place that is not asked ({scheme or 'no'} address)",
        "Look at the file in Zendesk, where the comment shows it.",
    )
