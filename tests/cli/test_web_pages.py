"""Pages of the web opened as anybody would: what comes, what does not, and where golive does not go."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from checklists.facts import Page
from golive.live import web_pages
from golive.live.web_pages import opened_pages
from tests.cli.site import Site, serving

HELP = {"/help": "<p>Grüße"}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.pages = HELP
        yield running


def opened(address: str, *others: str) -> Page:
    return opened_pages([address, *others])[address]


def test_a_page_comes_with_its_status_and_its_text(site: Site) -> None:
    page = opened(f"http://{site.host}/help")
    assert (page.came, page.status, page.text) == ("answered", 200, "<p>Grüße")
    assert opened(f"http://{site.host}/nothing").status == 404
    assert opened(f"http://{site.host}/latin").text == "Grüße"
    assert opened(f"http://{site.host}/odd").text == "Grüße", "an encoding that nobody knows is read as UTF-8"


def test_each_page_is_opened_once_and_without_any_name(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ana password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    address = f"http://{site.host}/help"
    assert list(opened_pages([address, address])) == [address]
    ((path, headers),) = site.calls
    assert path == "/help"
    assert "Authorization" not in headers and "Cookie" not in headers
    assert headers["User-Agent"].startswith("golive")
    assert opened_pages([]) == {}


def test_it_follows_where_the_same_host_leads(site: Site) -> None:
    site.redirects = {"/old": "/help", "/loop": "/loop"}
    page = opened(f"http://{site.host}/old")
    assert (page.came, page.asked, page.url) == ("answered", f"http://{site.host}/old", f"http://{site.host}/help")
    round_ = opened(f"http://{site.host}/loop")
    assert (round_.came, "on and on" in round_.why) == ("led_away", True)
    assert len([path for path, _ in site.calls if path == "/loop"]) == web_pages.MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "target", ["http://localhost:{port}/help", "file:///etc/hostname", "http://ana:word@127.0.0.1:{port}/help"]
)
def test_it_does_not_follow_to_anybody_else(site: Site, target: str) -> None:
    site.redirects["/away"] = target.format(port=site.server_port)
    page = opened(f"http://{site.host}/away")
    assert (page.came, page.text) == ("led_away", "")
    assert page.why.startswith("127.0.0.1 leads ")
    assert [path for path, _ in site.calls] == ["/away"]


def test_it_follows_to_another_host_that_the_project_names(site: Site) -> None:
    site.redirects["/away"] = f"http://localhost:{site.server_port}/help"
    page = opened(f"http://{site.host}/away", f"http://localhost:{site.server_port}/nothing")
    assert (page.came, page.text) == ("answered", "<p>Grüße")


@pytest.mark.parametrize(
    "address", ["", "acme.example/help", "ftp://acme.example", "http://ana@acme.example", "http://["]
)
def test_what_is_no_address_of_a_page_is_not_opened(address: str) -> None:
    page = opened(address)
    assert (page.came, page.status) == ("refused", 0)
    assert "is not the address of a page" in page.why


def test_a_page_without_an_end_is_read_in_part(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_pages, "LARGEST", 100_000)
    page = opened(f"http://{site.host}/endless")
    assert page.came == "answered"
    assert 100_000 <= len(page.text) < 200_000


def test_a_page_that_takes_too_long_is_no_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_pages, "LONGEST", 0.2)
    page = opened(f"http://{site.host}/slow")
    assert (page.came, page.why) == ("silent", "127.0.0.1 does not answer (it takes too long)")


def test_where_nobody_listens_there_is_no_answer() -> None:
    with serving() as gone:
        address = f"http://{gone.host}/help"
    page = opened(address)
    assert (page.came, page.status) == ("silent", 0)
    assert page.why.startswith("127.0.0.1 does not answer")


def certificate(folder: Path, host: str = "127.0.0.1", days: int = 1) -> Path:
    """A certificate that nobody but itself has signed, with its key. days: until it ends."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{host}.pem"
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_that_browsers_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(signed))
    with serving(signed) as site:
        site.pages = HELP
        assert opened(f"https://{site.host}/help").text == "<p>Grüße"


@pytest.mark.parametrize(
    ("host", "days", "trusted", "why"),
    [
        ("127.0.0.1", 1, False, "self-signed certificate"),
        ("127.0.0.1", -1, True, "certificate has expired"),
        ("127.0.0.2", 1, True, "certificate is not valid for '127.0.0.1'"),
    ],
)
def test_a_certificate_that_browsers_refuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, days: int, trusted: bool, why: str
) -> None:
    wrong = certificate(tmp_path, host, days)
    if trusted:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(wrong))
    with serving(wrong) as site:
        page = opened(f"https://{site.host}/help")
        assert site.calls == []
    assert page.came == "no_certificate"
    assert page.why.startswith("The certificate of 127.0.0.1 is not valid: ") and why in page.why


def test_it_does_not_follow_out_of_encryption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    signed = certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(signed))
    with serving(signed) as safe:
        safe.redirects["/away"] = f"http://{site.host}/help"
        page = opened(f"https://{safe.host}/away")
    assert (page.came, "not encrypted" in page.why) == ("led_away", True)
    assert site.calls == []


def test_what_speaks_no_encryption_at_all_says_nothing_of_a_certificate(site: Site) -> None:
    assert opened(f"https://{site.host}/help").came == "silent"
