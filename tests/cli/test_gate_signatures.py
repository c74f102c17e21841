"""Who signs, and what proves it: keys of SSH and GPG, reviews on GitHub, and what was said elsewhere."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import responses
import yaml

from checklists.moments import written
from golive.terminal.exits import Exit
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


def test_what_somebody_showed_stays_when_they_have_left(set_up: Small, tmp_path: Path) -> None:
    """Whoever set the system up leaves when it runs; their key may stay among those that are allowed."""
    shown = {**ITEMS["agreed"], "evidence": {"what": "A list."}}
    del shown["sign_off"]
    gated = with_ssh(set_up, tmp_path, address="ben@partner.example")
    rules = {"signatures": {"required": True, "allowed_signers": "checklists/allowed_signers"}}
    gated.checklist(bare_checklist({"agreed": shown}, **rules))
    gated.does("ben", "gate", "attach", "agreed", "--link", "https://x.example/1")
    assert agreed(gated)["state"] == "pass", agreed(gated)["said"]
    people = {key: each for key, each in PEOPLE.items() if key != "ben"}
    gated.checklist(bare_checklist({"agreed": shown}, people=people, **rules))
    assert agreed(gated)["state"] == "pass", agreed(gated)["said"]
    gated.workspace.config("ana@client.example ssh-ed25519 AAAA\n", "checklists/allowed_signers")
    assert agreed(gated)["state"] == "unknown"


# Practice


def test_who_only_plays_somebody_counts_in_the_sandbox_and_nowhere_else(gated: Gated) -> None:
    assert gated.golive("gate", "sign", "agreed", "--as", "ana", "--yes").code == 0
    assert gated.golive("gate", "decide", "soft_launch", "go", "--as", "ana", "--yes").code == 0
    assert [each.data.get("practice") for each in gated.chain.entries] == [True, True]
    assert agreed(gated)["state"] == "pass"
    environment = gated.root / "stacks" / "Pulumi.sandbox.yaml"
    said = environment.read_text(encoding="utf-8")
    assert said.count("production: false") == 1
    environment.write_text(said.replace("production: false", "production: true"), encoding="utf-8")
    board = gated.status("--offline", "-e", "sandbox")
    (item,) = [each for each in board["items"] if each["key"] == "agreed"]
    assert (item["state"], "Ana Sol was only played, to practise" in item["said"]) == ("unknown", True)
    assert "is not decided yet" in board["decision_said"]
    for command in (["gate", "sign", "agreed"], ["gate", "waive", "agreed", "--reason", "x", "--until", "2027-01-01"]):
        ran = gated.golive(*command, "--as", "ana", "--yes", "-e", "sandbox")
        assert (ran.code, "production: true" in ran.err) == (Exit.USAGE, True), ran.err
    assert len(gated.chain.entries) == 2


def test_nobody_is_played_where_a_system_is_not_the_sandbox(gated: Gated) -> None:
    environment = gated.root / "stacks" / "Pulumi.sandbox.yaml"
    said = yaml.safe_load(environment.read_text(encoding="utf-8"))
    systems = said["config"]["golive:environment"]["systems"]
    systems["chat"] = {**systems["chat"], "url": "https://slack.com/api", "token": "env:SLACK_TOKEN"}
    environment.write_text(yaml.safe_dump(said), encoding="utf-8")
    ran = gated.golive("gate", "sign", "agreed", "--as", "ana", "--yes")
    assert (ran.code, "Not everything that its file names is the local sandbox" in ran.err) == (Exit.USAGE, True)


# What was said elsewhere


def test_what_somebody_wrote_in_a_mail_is_noted_as_just_that(gated: Gated, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text("From: ana@client.example\n\nThese are our groups.\n", encoding="utf-8")
    gated.does("cai", "gate", "sign", "agreed", "--on-behalf-of", "ana", "--evidence", str(mail), "--yes")
    data = gated.data(0)
    assert data["on_behalf_of"]["name"] == "Ana Sol"
    kept = gated.root / data["on_behalf_of"]["evidence"]
    assert kept.read_bytes() == mail.read_bytes()
    assert list(data["binds"]["files"]) == [data["on_behalf_of"]["evidence"]]
    assert gated.chain.entries[0].by.name == "Cai Lin"
    assert agreed(gated)["state"] == "pass"
    assert "Cai Lin noted that Ana Sol signed" in gated.golive("gate", "history").out
    kept.write_text("These are not our groups.\n", encoding="utf-8")
    assert (agreed(gated)["state"], f"{kept.name} is not what it was" in agreed(gated)["said"]) == ("out_of_date", True)
    kept.unlink()
    assert agreed(gated)["state"] == "out_of_date"


def test_who_wrote_it_cannot_note_alone_that_another_has_signed(gated: Gated, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_text("From: ana@client.example\n\nThese are our groups.\n", encoding="utf-8")
    gated.does("ben", "gate", "sign", "agreed", "--on-behalf-of", "ana", "--evidence", str(mail), "--yes")
    assert agreed(gated)["state"] == "unknown"
    assert "Ben Ode wrote what is signed and cannot be its only signer" in agreed(gated)["said"]


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


def says(gated: Gated, *reviews: tuple[str, str, str], pull: int = 7, at: str = "2026-11-29T09:00:00Z") -> None:
    """What GitHub answers from now on: (login, state, commit) of each review. at: when the last of them was given."""
    head = gated.git("rev-parse", "HEAD").strip()
    responses.reset()
    responses.get(f"{API}/commits/{head}/pulls", json=[{"number": pull, "merged_at": "2026-11-29T10:00:00Z"}])
    responses.get(f"{API}/pulls/{pull}/reviews", json=[
        {"user": {"login": login}, "state": state, "commit_id": commit or head,
         "submitted_at": at if number == len(reviews) - 1 else "2026-11-29T08:00:00Z",
         "html_url": f"https://github.example/acme/support/pull/{pull}#{number}"}
        for number, (login, state, commit) in enumerate(reviews)
    ])  # fmt: skip


def later() -> str:
    """A time after everything that has happened, as GitHub writes it."""
    return written(datetime.now(UTC) + timedelta(hours=1))


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
def test_a_review_stands_in_the_reviewers_name_and_says_who_noted_it(reviewed: Gated) -> None:
    says(reviewed, ("ana-sol", "APPROVED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    (entry,) = reviewed.chain.entries
    assert (entry.by.name, entry.data["on_behalf_of"]["name"]) == ("Ben Ode", "Ana Sol")
    assert "Ben Ode noted that Ana Sol signed" in reviewed.golive("gate", "history").out
    assert agreed(reviewed)["said"].startswith("Signed by Ana Sol")


@responses.activate
def test_a_pipeline_notes_reviews_though_nobody_of_the_project_runs_it(reviewed: Gated) -> None:
    reviewed.git("config", "user.email", "bot@pipeline.example")
    says(reviewed, ("ana-sol", "APPROVED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    assert (reviewed.chain.entries[0].by.key, agreed(reviewed)["state"]) == ("", "pass")


@responses.activate
def test_what_somebody_took_back_their_old_review_does_not_sign_again(reviewed: Gated) -> None:
    says(reviewed, ("ana-sol", "APPROVED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    reviewed.does("ana", "gate", "sign", "agreed", "--withdraw", "--yes")
    assert "signs anything" in reviewed.golive("gate", "reviews").out
    assert (reviewed.noted, agreed(reviewed)["state"]) == (["signed", "withdrawn"], "unknown")
    says(reviewed, ("ana-sol", "APPROVED", ""), ("ana-sol", "APPROVED", ""), at=later())
    assert reviewed.golive("gate", "reviews").code == 0
    assert (reviewed.noted[2:], agreed(reviewed)["state"]) == (["signed"], "pass")


@responses.activate
def test_what_somebody_took_back_before_the_review_was_noted_it_does_not_sign(reviewed: Gated) -> None:
    reviewed.does("ana", "gate", "sign", "agreed", "--yes")
    reviewed.does("ana", "gate", "sign", "agreed", "--withdraw", "--yes")
    says(reviewed, ("ana-sol", "APPROVED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    assert reviewed.noted == ["signed", "withdrawn"]


@responses.activate
def test_a_review_is_noted_once_whatever_is_attached_later(reviewed: Gated, tmp_path: Path) -> None:
    """Nobody has reviewed what was attached since."""
    says(reviewed, ("ana-sol", "APPROVED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    shown = tmp_path / "shown.md"
    shown.write_text("Shown\n", encoding="utf-8")
    reviewed.does("ben", "gate", "attach", "agreed", str(shown), "--yes")
    assert reviewed.golive("gate", "reviews").code == 0
    assert reviewed.noted == ["signed", "attached"]


@responses.activate
@pytest.mark.parametrize(
    "now",
    [
        [("ana-sol", "DISMISSED", "")],
        [("ana-sol", "APPROVED", ""), ("ana-sol", "CHANGES_REQUESTED", "")],
    ],
    ids=["dismissed", "changed"],
)
def test_a_review_that_approves_no_more_takes_back_what_it_signed(
    reviewed: Gated, now: list[tuple[str, str, str]]
) -> None:
    says(reviewed, ("ana-sol", "APPROVED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    says(reviewed, *now)
    ran = reviewed.golive("gate", "reviews")
    assert (ran.code, "Withdrawn; Ana Sol's review approves it no more" in ran.out) == (0, True)
    assert (reviewed.noted, agreed(reviewed)["state"]) == (["signed", "withdrawn"], "unknown")
    assert "Ben Ode noted that Ana Sol withdrew" in reviewed.golive("gate", "history").out
    assert "signs anything" in reviewed.golive("gate", "reviews").out
    assert reviewed.noted == ["signed", "withdrawn"]
    says(reviewed, ("ana-sol", "APPROVED", ""), ("ana-sol", "APPROVED", ""), at="2026-11-29T09:30:00Z")
    assert reviewed.golive("gate", "reviews").code == 0
    assert agreed(reviewed)["state"] == "pass", "a new approval, given after that"


@responses.activate
def test_a_review_of_another_change_takes_nothing_back(reviewed: Gated) -> None:
    says(reviewed, ("ana-sol", "APPROVED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    says(reviewed, ("ana-sol", "CHANGES_REQUESTED", ""), pull=8)
    assert reviewed.golive("gate", "reviews", "--pull", "8").code == 0
    assert (reviewed.noted, agreed(reviewed)["state"]) == (["signed"], "pass")


@responses.activate
def test_a_review_does_not_take_back_what_somebody_signed_by_hand(reviewed: Gated) -> None:
    reviewed.does("ana", "gate", "sign", "agreed", "--yes")
    says(reviewed, ("ana-sol", "CHANGES_REQUESTED", ""))
    assert reviewed.golive("gate", "reviews").code == 0
    assert (reviewed.noted, agreed(reviewed)["state"]) == (["signed"], "pass")


@pytest.fixture
def proven(reviewed: Gated, tmp_path: Path) -> Gated:
    """Like `reviewed`, where entries are signed. Ben and Cai have a key."""
    made = tmp_path / "proof"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(made)], check=True)
    public = " ".join(made.with_suffix(".pub").read_text(encoding="utf-8").split()[:2])
    lines = "".join(f"{PEOPLE[key]['email']} {public}\n" for key in ("ben", "cai"))
    reviewed.workspace.config(lines, "checklists/allowed_signers")
    file = reviewed.root / "checklists" / "project.yaml"
    rules = "signatures: {required: true, allowed_signers: checklists/allowed_signers}\n"
    file.write_text(file.read_text(encoding="utf-8") + rules, encoding="utf-8")
    reviewed.git("config", "gpg.format", "ssh")
    reviewed.git("config", "user.signingkey", str(made))
    reviewed.commit("Entries are signed")
    return reviewed


@responses.activate
def test_where_signatures_are_asked_for_who_notes_a_review_signs(proven: Gated) -> None:
    says(proven, ("ana-sol", "APPROVED", ""))
    proven.does("cai", "gate", "reviews")
    assert proven.chain.entries[0].signature.startswith("-----BEGIN SSH SIGNATURE-----")
    assert agreed(proven)["state"] == "pass", agreed(proven)["said"]


@responses.activate
def test_where_signatures_are_asked_for_who_wrote_the_change_cannot_note_its_review(proven: Gated) -> None:
    """Nothing but the author's own key would stand for it."""
    says(proven, ("ana-sol", "APPROVED", ""))
    proven.does("ben", "gate", "reviews")
    assert agreed(proven)["state"] == "unknown"
    assert "Ben Ode wrote what is signed" in agreed(proven)["said"]


@responses.activate
def test_where_signatures_are_asked_for_a_stranger_notes_no_review(proven: Gated) -> None:
    says(proven, ("ana-sol", "APPROVED", ""))
    proven.git("config", "user.email", "bot@pipeline.example")
    ran = proven.golive("gate", "reviews")
    assert (ran.code, "bot@pipeline.example is nobody of this project" in ran.err) == (Exit.USAGE, True)
    assert not proven.logbook.path.exists()


@responses.activate
def test_an_entry_that_only_says_that_it_is_a_review_proves_nothing(proven: Gated) -> None:
    says(proven, ("ana-sol", "APPROVED", ""))
    proven.does("cai", "gate", "reviews")
    (entry,) = proven.chain.entries
    forged = replace(entry, signature="").sealed
    proven.write_log([forged.line])
    assert "Cai Lin did not prove who they are" in agreed(proven)["said"]
    proven.does("cai", "gate", "reviews")
    assert agreed(proven)["state"] == "pass", "noted once more, with its proof"


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
