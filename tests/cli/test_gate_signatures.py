"""Who signs, and what proves it: keys of SSH and GPG, reviews on GitHub, and what was said elsewhere."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import responses

from golive.exits import Exit
from tests.cli.gated import ITEMS, PEOPLE, Gated, bare_checklist
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]
CONFIG = "groups:\n  day: {name: Day shift}\n"
AGREED = {"agreed": ITEMS["agreed"]}
API = "https://api.github.example/repos/acme/support"


@pytest.fixture
def gated(set_up: Small) -> Gated:
    return Gated.of(set_up(CONFIG), bare_checklist(AGREED))


def agreed(gated: Gated) -> dict[str, Any]:
    items: list[dict[str, Any]] = gated.status("--offline")["items"]
    return next(each for each in items if each["key"] == "agreed")


# SSH


def with_ssh(set_up: Small, tmp_path: Path, address: str = "ana@client.example") -> Gated:
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    gated = Gated.of(
        set_up(CONFIG),
        bare_checklist(AGREED, signatures={"required": True, "allowed_signers": "checklists/allowed_signers"}),
    )
    kind, public = key.with_suffix(".pub").read_text(encoding="utf-8").split()[:2]
    gated.workspace.config(f'{address} namespaces="golive" {kind} {public}\n', "checklists/allowed_signers")
    gated.git("config", "gpg.format", "ssh")
    gated.git("config", "user.signingkey", str(key))
    return gated


def test_a_signature_by_an_allowed_key_counts(set_up: Small, tmp_path: Path) -> None:
    gated = with_ssh(set_up, tmp_path)
    gated.does("ana", "gate", "sign", "agreed", "--yes")
    assert gated.chain.entries[0].signature.startswith("-----BEGIN SSH SIGNATURE-----")
    assert agreed(gated)["state"] == "pass"


def test_a_signature_by_somebody_elses_key_does_not(set_up: Small, tmp_path: Path) -> None:
    gated = with_ssh(set_up, tmp_path, address="ben@partner.example")
    gated.does("ana", "gate", "sign", "agreed", "--yes")
    assert agreed(gated)["state"] == "unknown"
    assert "the signature of Ana Sol is not valid" in agreed(gated)["said"]


def test_a_name_without_a_signature_does_not_count_where_one_is_asked_for(set_up: Small, tmp_path: Path) -> None:
    gated = with_ssh(set_up, tmp_path)
    checklist = (gated.root / "checklists" / "project.yaml").read_text(encoding="utf-8")
    gated.checklist(bare_checklist(AGREED))
    gated.does("ana", "gate", "sign", "agreed", "--yes")
    assert agreed(gated)["state"] == "pass"
    gated.checklist(checklist)
    assert "did not prove who they are" in agreed(gated)["said"]


def test_without_a_key_nothing_is_noted(set_up: Small, tmp_path: Path) -> None:
    gated = with_ssh(set_up, tmp_path)
    gated.git("config", "--unset", "user.signingkey")
    gated.is_now("ana")
    ran = gated.golive("gate", "sign", "agreed", "--yes")
    assert ran.code == Exit.FAILED
    assert "git knows no key of yours" in ran.err
    assert not gated.logbook.path.exists()


# GPG


def test_a_gpg_signature_of_the_fingerprint_that_is_said_counts(
    set_up: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "gpg"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    made = ["gpg", "--batch", "--passphrase", "", "--quick-gen-key", "Ana Sol <ana@client.example>", "ed25519", "sign"]
    subprocess.run(made, check=True, capture_output=True)
    listed = subprocess.run(["gpg", "--list-keys", "--with-colons"], check=True, capture_output=True, encoding="utf-8")
    finger = next(line.split(":")[9] for line in listed.stdout.splitlines() if line.startswith("fpr"))
    people = {**PEOPLE, "ana": {**PEOPLE["ana"], "gpg": finger}}
    gated = Gated.of(set_up(CONFIG), bare_checklist(AGREED, signatures={"required": True}, people=people))
    gated.git("config", "user.signingkey", finger)
    gated.does("ana", "gate", "sign", "agreed", "--yes")
    assert agreed(gated)["state"] == "pass"
    gated.checklist(bare_checklist(AGREED, signatures={"required": True}))
    assert "no `gpg` fingerprint is said" in agreed(gated)["said"]
    subprocess.run(["gpgconf", "--kill", "all"], check=False, capture_output=True)


# What was said elsewhere


def test_what_somebody_wrote_in_a_mail_is_noted_as_just_that(gated: Gated, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text("From: ana@client.example\n\nThese are our groups.\n", encoding="utf-8")
    ran = gated.golive("gate", "sign", "agreed", "--on-behalf-of", "ana", "--evidence", str(mail), "--yes")
    assert ran.code == 0, ran.err
    data = gated.data(0)
    assert data["on_behalf_of"]["name"] == "Ana Sol"
    assert (gated.root / data["on_behalf_of"]["evidence"]).read_bytes() == mail.read_bytes()
    assert gated.chain.entries[0].by.name == "Ben Ode"
    assert agreed(gated)["state"] == "pass"
    assert "Ben Ode noted that Ana Sol signed" in gated.golive("gate", "history").out


def test_nobody_signs_for_another_without_showing_it(gated: Gated) -> None:
    assert gated.golive("gate", "sign", "agreed", "--on-behalf-of", "ana", "--yes").code == Exit.USAGE


# Reviews


@pytest.fixture
def reviewed(set_up: Small, monkeypatch: pytest.MonkeyPatch) -> Gated:
    """A change of Ben's that Ana has reviewed on GitHub, merged here."""
    items = {"agreed": {**ITEMS["agreed"], "sign_off": {**ITEMS["agreed"]["sign_off"], "by_review": True}}}
    people = {**PEOPLE, "ana": {**PEOPLE["ana"], "github": "ana-sol"}}
    gated = Gated.of(set_up(CONFIG), bare_checklist(items, people=people))
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    gated.commit("Another name")
    monkeypatch.setenv("GITHUB_TOKEN", "t0ken")
    monkeypatch.setenv("GITHUB_REPOSITORY", "acme/support")
    monkeypatch.setenv("GITHUB_API_URL", "https://api.github.example")
    return gated


def says(gated: Gated, *reviews: tuple[str, str, str]) -> None:
    """What GitHub answers: (login, state, commit) of each review."""
    head = gated.git("rev-parse", "HEAD").strip()
    responses.get(f"{API}/commits/{head}/pulls", json=[{"number": 7, "merged_at": "2026-11-29T10:00:00Z"}])
    responses.get(f"{API}/pulls/7/reviews", json=[
        {"user": {"login": login}, "state": state, "commit_id": commit or head, "submitted_at": "2026-11-29T09:00:00Z",
         "html_url": f"https://github.example/acme/support/pull/7#{number}"}
        for number, (login, state, commit) in enumerate(reviews)
    ])  # fmt: skip


@responses.activate
def test_an_approving_review_counts_as_a_signature(reviewed: Gated) -> None:
    says(reviewed, ("ana-sol", "COMMENTED", ""), ("ana-sol", "APPROVED", ""))
    ran = reviewed.golive("gate", "reviews")
    assert ran.code == 0, ran.err
    assert "Signed by Ana Sol's review" in ran.out
    data = reviewed.data(0)
    assert (data["source"], data["review"]["url"][-3:]) == ("review", "7#1")
    assert agreed(reviewed)["state"] == "pass"
    assert "signs anything that is not signed already" in reviewed.golive("gate", "reviews").out


@responses.activate
def test_a_review_that_was_taken_back_does_not(reviewed: Gated) -> None:
    says(reviewed, ("ana-sol", "APPROVED", ""), ("ana-sol", "CHANGES_REQUESTED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    assert not reviewed.logbook.path.exists()


@responses.activate
def test_a_strangers_review_does_not(reviewed: Gated) -> None:
    says(reviewed, ("somebody", "APPROVED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    assert not reviewed.logbook.path.exists()


@responses.activate
def test_a_review_of_other_content_does_not(reviewed: Gated) -> None:
    seen = reviewed.git("rev-parse", "HEAD").strip()
    reviewed.workspace.edit("{name: Day crew}", "{name: Day people}")
    reviewed.commit("Changed after the review")
    says(reviewed, ("ana-sol", "APPROVED", seen))
    assert reviewed.golive("gate", "reviews").code == 0
    assert not reviewed.logbook.path.exists()


def test_reviews_need_a_token(reviewed: Gated, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    ran = reviewed.golive("gate", "reviews")
    assert ran.code == Exit.CREDENTIALS
    assert "GITHUB_TOKEN" in ran.err
