"""Signing in for real: the vendors' token endpoints over HTTP, through the clients that golive uses."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from provisioners.errors import SystemFault
from provisioners.run_file import SystemSettings
from provisioners.salesforce.client import SalesforceClient
from provisioners.sign_in import Grant, Granted
from provisioners.system import Connection
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.sign_in import end_of_api_tokens
from tests.live_sandbox import LiveSandbox, running_sandbox

SEED: dict[str, Any] = {
    "zendesk": {"subdomain": "acme", "name": "Acme"},
    "salesforce": {"organization": {"name": "Acme", "id": "00D7q00000Qs4PdEAJ"}, "users": []},
}
HELPDESK_CLIENT = {"client_id": "golive", "client_secret": "env:HELPDESK_SECRET"}
CRM_CLIENT = {"client_id": "3MVG9golive", "client_secret": "env:CRM_SECRET"}
CRM_KEY = {"client_id": "3MVG9golive", "private_key": "env:CRM_KEY", "user": "golive@acme.example"}


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LiveSandbox]:
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    monkeypatch.setenv("HELPDESK_SECRET", "shh")
    monkeypatch.setenv("HELPDESK_REFRESH", "first")
    monkeypatch.setenv("CRM_SECRET", "hush")
    monkeypatch.setenv("CRM_KEY", private.decode())
    monkeypatch.setenv("GOLIVE_USER_FOLDER", str(tmp_path))
    with running_sandbox(SEED) as running:
        running.settings("zendesk", oauth_clients=[{"identifier": "golive", "secret": "shh", "refresh_token": "first"}])
        app = {"key": "3MVG9golive", "secret": "hush", "public_key": public.decode(), "users": [CRM_KEY["user"]]}
        running.settings("salesforce", connected_apps=[app])
        yield running


def helpdesk(sandbox: LiveSandbox, sign_in: dict[str, str] | None = None, **more: Any) -> ZendeskClient:
    settings = SystemSettings("zendesk", f"{sandbox.url}/zendesk", "", sign_in=sign_in or {}, **more)
    return ZendeskClient(Connection("helpdesk", settings, read_only=True))


def crm(sandbox: LiveSandbox, sign_in: dict[str, str]) -> SalesforceClient:
    settings = SystemSettings("salesforce", f"{sandbox.url}/salesforce", "", sign_in=sign_in)
    return SalesforceClient(Connection("crm", settings, read_only=True))


def asked_for_tokens(sandbox: LiveSandbox) -> int:
    return sum("oauth" in entry["path"] and entry["path"].endswith(("tokens", "token")) for entry in sandbox.log())


def test_a_client_of_zendesk_signs_in_once_and_again_before_the_end(sandbox: LiveSandbox) -> None:
    client = helpdesk(sandbox, HELPDESK_CLIENT)
    for _ in range(3):
        assert client.get("groups").body["groups"]
    assert asked_for_tokens(sandbox) == 1
    assert not any(entry["status"] == 401 for entry in sandbox.log())
    sandbox.settings("zendesk", token_seconds=61)
    client = helpdesk(sandbox, HELPDESK_CLIENT)
    client.get("groups")
    time.sleep(1.1)
    client.get("groups")
    assert asked_for_tokens(sandbox) == 3, "a minute before its end a token is renewed"
    assert not any(entry["status"] == 401 for entry in sandbox.log())


@pytest.mark.parametrize("system", ["zendesk", "salesforce"])
def test_a_token_that_ends_in_mid_run_is_renewed_once_for_all(sandbox: LiveSandbox, system: str) -> None:
    zendesk, salesforce = helpdesk(sandbox, HELPDESK_CLIENT), crm(sandbox, CRM_CLIENT)

    def call(_: int) -> Any:
        return zendesk.get("groups") if system == "zendesk" else salesforce.query("SELECT Id FROM User")

    call(0)
    for row in sandbox.store.table(system, "granted_tokens").values():
        row["ends"] = 0
    sandbox.clear_log()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(call, range(24)))
    assert asked_for_tokens(sandbox) == 1
    assert 1 <= sum(entry["status"] == 401 for entry in sandbox.log()) <= 8


def test_a_token_in_an_envelope_is_renewed_as_well(sandbox: LiveSandbox) -> None:
    """The Metadata API takes it there, and says with a fault of its own that it has ended."""
    client = crm(sandbox, CRM_CLIENT)
    assert client.listed("CustomObject") == []
    for row in sandbox.store.table("salesforce", "granted_tokens").values():
        row["ends"] = 0
    sandbox.clear_log()
    assert client.listed("CustomObject") == []
    assert asked_for_tokens(sandbox) == 1
    assert [entry["status"] for entry in sandbox.log() if "Soap" in entry["path"]] == [500, 200]


def test_refresh_tokens_are_used_once_and_kept_between_runs(sandbox: LiveSandbox, tmp_path: Path) -> None:
    said = {**HELPDESK_CLIENT, "refresh_token": "env:HELPDESK_REFRESH"}
    with ThreadPoolExecutor(4) as threads:  # as golive and its host do, and another run beside them
        list(threads.map(lambda _: helpdesk(sandbox, said).get("groups"), range(4)))
    assert asked_for_tokens(sandbox) == 1
    (kept,) = (tmp_path / "tokens").glob("*.json")
    assert kept.stat().st_mode & 0o077 == 0 and "first" not in kept.read_text()
    for row in sandbox.store.table("zendesk", "granted_tokens").values():
        row["ends"] = 0
    helpdesk(sandbox, said).get("groups")
    assert asked_for_tokens(sandbox) == 2


def test_a_new_refresh_token_in_the_environment_counts(sandbox: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {**HELPDESK_CLIENT, "refresh_token": "env:HELPDESK_REFRESH"}
    helpdesk(sandbox, said).get("groups")
    monkeypatch.setenv("HELPDESK_REFRESH", "second")
    with pytest.raises(SystemFault, match="invalid, expired, revoked") as raised:
        helpdesk(sandbox, said).get("groups")
    assert raised.value.code == "credentials" and "works once" in raised.value.do
    client = {"identifier": "golive", "secret": "shh", "refresh_token": "second"}
    sandbox.settings("zendesk", oauth_clients=[client])
    helpdesk(sandbox, said).get("groups")


def test_api_tokens_are_taken_with_the_date_of_their_end(sandbox: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_TOKEN", "sandbox")
    settings = SystemSettings("zendesk", f"{sandbox.url}/zendesk", "env:API_TOKEN", user="ada@acme.example")
    connection = Connection("helpdesk", settings, read_only=True)
    assert ZendeskClient(connection).get("groups").body["groups"]
    assert "30 April 2027" in end_of_api_tokens(connection) == SYSTEM.way_in(connection)
    assert end_of_api_tokens(Connection("helpdesk", SystemSettings("zendesk", "", "env:X"), True)) == ""


@pytest.mark.parametrize("sign_in", [CRM_CLIENT, CRM_KEY, {**CRM_KEY, "audience": "test"}])
def test_salesforce_by_secret_and_by_key(sandbox: LiveSandbox, sign_in: dict[str, str]) -> None:
    client = crm(sandbox, sign_in)
    assert client.query("SELECT Id FROM Organization")
    assert client.user_info()["organization_id"]
    assert asked_for_tokens(sandbox) == 1


@pytest.mark.parametrize(
    ("sign_in", "variable", "value", "why"),
    [
        (CRM_CLIENT, "CRM_SECRET", "other", "invalid client credentials"),
        (CRM_KEY, "CRM_KEY", "no key", "the private key cannot be read"),
        ({**CRM_KEY, "user": "else@acme.example"}, "X", "", "hasn't approved"),
        ({**CRM_KEY, "client_id": "unknown"}, "X", "", "client identifier invalid"),
        ({"client_id": "a", "private_key": "env:CRM_KEY"}, "X", "", "it is not said under `sign_in:`"),
        (CRM_CLIENT, "CRM_SECRET", "", "the environment variable CRM_SECRET is not set"),
    ],
)
def test_what_is_wrong_with_a_sign_in_is_said(
    sandbox: LiveSandbox, monkeypatch: pytest.MonkeyPatch, sign_in: dict[str, str], variable: str, value: str, why: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemFault, match=why) as raised:
        crm(sandbox, sign_in).query("SELECT Id FROM User")
    assert raised.value.code == "credentials" and raised.value.do


def test_a_refusal_that_no_new_token_changes_is_told(sandbox: LiveSandbox) -> None:
    sandbox.fault(kind="unauthorized", system="zendesk", path="groups")
    with pytest.raises(SystemFault) as raised:
        helpdesk(sandbox, HELPDESK_CLIENT).get("groups")
    assert raised.value.code == "credentials"
    assert asked_for_tokens(sandbox) == 2, "it is tried once more, and no oftener"


def test_no_answer_to_a_sign_in_is_no_wrong_secret(sandbox: LiveSandbox) -> None:
    sandbox.fault(kind="cut_before", path="oauth")
    for call in (
        lambda: helpdesk(sandbox, HELPDESK_CLIENT).get("groups"),
        lambda: crm(sandbox, CRM_CLIENT).query("SELECT Id FROM User"),
    ):
        with pytest.raises(SystemFault) as raised:
            call()
        assert raised.value.code == "unreachable"


def test_threads_that_need_a_token_share_one() -> None:
    asked: list[str] = []

    def grant(refused: str) -> Grant:
        asked.append(refused)
        time.sleep(0.05)
        return Grant(f"t{len(asked)}")

    granted = Granted(grant)
    with ThreadPoolExecutor(8) as threads:
        headers = set(threads.map(lambda _: granted.header(), range(8)))
        assert headers == {"Bearer t1"} and asked == [""]
        assert all(threads.map(lambda _: granted.renew("Bearer t1"), range(8)))
    assert asked == ["", "t1"] and granted.header() == "Bearer t2"
