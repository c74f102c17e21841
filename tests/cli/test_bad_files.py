"""Files that are wrong: one clear finding each, exit code 2, and no call to any system."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import account, new_workspace
from tests.cli.workspace import Workspace, golive
from tests.live_sandbox import LiveSandbox, running_sandbox

TRIGGER = "trigger_categories:\n  c: {name: C}\ntriggers:\n  a: "
SCHEDULE = "  s: {name: S, hours: {mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}, "
BOMB = "x-a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"x-{new}: &{new} [{','.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcde", "bcdef", strict=True)
)

BAD = {
    "a tab": ("groups:\n\tbilling: {name: Billing}\n", "yaml.tab", 2),
    "a key twice": ("groups:\n  a: {name: A}\n  a: {name: B}\n", "yaml.duplicate-key", 3),
    "an open quote": ('groups:\n  a: {name: "A}\n', "yaml.syntax", 2),
    "an open list": ("groups:\n  a: {name: [A\n", "yaml.syntax", 2),
    "no colon": ("groups:\n  billing\n    name: Billing\n", "yaml.syntax", 2),
    "an odd indentation": ("groups:\n  a:\n    name: A\n   why: x\n", "yaml.syntax", 4),
    "a tag": ("groups: !!python/object/apply:os.system [ls]\n", "yaml.tag", 1),
    "an alias bomb": (BOMB, "yaml.too-much", 1),
    "an alias of nothing": ("groups:\n  a: {name: *b}\n", "yaml.alias", 2),
    "a merge key": ("groups:\n  a: &a {name: A}\n  b: {<<: *a, name: B}\n", "yaml.merge", 3),
    "two documents": ("groups: {}\n---\ngroups: {}\n", "yaml.documents", 2),
    "a control character": ("groups:\n  a: {name: A\x07}\n", "yaml.character", 2),
    "not UTF-8": ("groups:\n  a: {name: Caf\udce9}\n", "yaml.encoding", 1),
    "a list as a file": ("- groups\n", "schema.file", 1),
    "an unknown kind": ("gruops:\n  a: {name: A}\n", "schema.kind", 1),
    "an unknown attribute": ("groups:\n  a: {name: A, nmae: B}\n", "schema.unknown-attribute", 2),
    "a missing attribute": ("groups:\n  a: {why: Because}\n", "schema.missing", 2),
    "a number for a text": ("groups:\n  a: {name: 12}\n", "schema.type", 2),
    "yes for true": ("macros:\n  a: {name: A, active: yes, then: [{add_tags: [x]}]}\n", "schema.type", 2),
    "a key with a dash": ("groups:\n  tier-2: {name: A}\n", "schema.key", 2),
    "an unknown phase": ("macros:\n  a: {name: A, phase: launch, then: [{add_tags: [x]}]}\n", "schema.word", 2),
    "no condition": (f"{TRIGGER}{{name: A, category: c, when: [], then: [{{add_tags: [x]}}]}}\n", "schema.no-condition",
                     4),
    "two operators": (
        f"{TRIGGER}{{name: A, category: c, when: [{{field: status, is: open, is_not: new}}], "
        "then: [{add_tags: [x]}]}\n", "schema.one-operator", 4,
    ),
    "a reference to nothing": (
        f"{TRIGGER}{{name: A, category: c, when: [{{event: created}}], then: [{{set: group, to: nobody}}]}}\n",
        "reference.unknown", 4,
    ),
    "a value that is not there": ('groups:\n  a: {name: "${values.nope}"}\n', "values.missing", 2),
    "a secret written out": (
        "webhooks:\n  w: {name: W, url: https://x.example, method: POST, format: json, auth: {bearer: hunter2}}\n",
        "secrets.written-out", 2,
    ),
    "a former key that lives": ("groups:\n  a: {name: A}\n  b: {name: B, was: a}\n", "was.alive", 3),
    "a wrong time zone": (f"schedules:\n{SCHEDULE}time_zone: Europe/Atlantis}}\n", "schema.time-zone", 2),
    "days in business hours": (
        "sla_policies:\n  p: {name: P, when: [], hours: business, "
        "targets: {first_reply: {urgent: 2d, high: 1h, normal: 1h, low: 1h}}}\n", "schema.days-in-business-hours", 2,
    ),
    "a promise left open": (
        "sla_policies:\n  p: {name: P, when: [], hours: calendar, "
        "targets: {first_reply: {urgent: 1h, high: 1h, normal: 1h}}}\n", "schema.missing", 2,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def quiet() -> Iterator[LiveSandbox]:
    """A sandbox that nobody should call."""
    with running_sandbox(account()) as running:
        yield running


@pytest.fixture
def broken(quiet: LiveSandbox, tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path, quiet)


@pytest.mark.parametrize(("text", "rule", "line"), BAD.values(), ids=BAD)
def test_one_clear_finding_and_nothing_sent(broken: Workspace, text: str, rule: str, line: int) -> None:
    (broken.root / "config" / "own.yaml").write_bytes(text.encode("utf-8", errors="surrogateescape"))
    broken.sandbox.clear_log()
    validated = broken.golive("validate", "--json")
    assert validated.code == 2
    (finding,) = validated.checked("validate")["findings"]
    assert (finding["rule"], finding["severity"]) == (rule, "error")
    assert (finding["file"], finding["line"]) == ("config/own.yaml", line)
    assert finding["column"] >= 1
    assert len(finding["message"]) > 10
    planned = broken.golive("plan", "--json")
    assert planned.code == 2
    error = planned.checked("plan")["error"]
    assert error["where"].startswith(f"config/own.yaml:{line}:")
    assert error["why"] == finding["message"]
    raised = broken.golive("up", "--yes")
    assert raised.code == 2
    assert f"config/own.yaml:{line}:" in raised.err
    assert "Traceback" not in validated.err + planned.err + raised.err
    assert broken.sandbox.log() == []


def test_what_is_wrong_is_said_with_what_to_do(broken: Workspace) -> None:
    broken.config("gruops:\n  a: {name: A}\n")
    text = broken.golive("validate").out
    assert "config/own.yaml:1:1  error  there is no kind `gruops`" in text
    assert "Did you mean `groups`?" in text
    assert "\n1 error. Correct what is wrong and check again:  golive validate\n" in text


def test_a_secret_written_out_is_not_repeated(broken: Workspace) -> None:
    broken.config(BAD["a secret written out"][0])
    for verb in ("validate", "validate --json", "validate --format github", "plan", "plan --json"):
        ran = broken.golive(*verb.split())
        assert ran.code == 2
        assert "hunter2" not in ran.out + ran.err


def test_everything_is_shown_at_once_and_sorted(broken: Workspace) -> None:
    broken.config("groups:\n  a: {name: 12}\n  b: {why: x}\n")
    broken.config("gruops: {}\n", "config/a.yaml")
    findings = broken.golive("validate", "--json").document["findings"]
    places = [(each["file"], each["line"]) for each in findings]
    assert places == [("config/a.yaml", 1), ("config/own.yaml", 2), ("config/own.yaml", 3)]


def test_one_key_in_two_files(broken: Workspace) -> None:
    broken.config("groups:\n  a: {name: A}\n", "config/a.yaml")
    broken.config("groups:\n  a: {name: B}\n", "config/b.yaml")
    (finding,) = broken.golive("validate", "--json").document["findings"]
    assert finding["file"] == "config/b.yaml"
    assert "config/a.yaml:2:3" in finding["message"]


def test_how_many_files_are_valid(tmp_path: Path) -> None:
    assert golive("-C", str(tmp_path), "init", "acme").code == 0
    root = tmp_path / "acme"

    def said() -> str:
        return golive("-C", str(root), "validate").out

    assert said() == "All 2 files in config/ and checklists/ are valid.\n"
    (root / "checklists" / "project.yaml").unlink()
    assert said() == "The one file in config/ is valid.\n"
    (root / "config" / "more.yaml").write_text("groups: {a: {name: A}}\n", encoding="utf-8")
    assert said() == "All 2 files in config/ are valid.\n"
    (root / "config" / "more.yaml").write_text("groups: {a: {nam: A}}\n", encoding="utf-8")
    assert said().endswith("\n1 error. Correct what is wrong and check again:  golive validate\n")
    for file in (root / "config").iterdir():
        file.unlink()
    assert said() == "There is nothing in config/ yet, and nothing is wrong.\n"


def test_validate_says_one_thing_about_environments() -> None:
    helped = " ".join(golive("validate", "--help").out.split())
    assert "Only this environment's values; all are tried otherwise." in helped
    assert "sandbox" not in helped


def test_annotations_for_github(broken: Workspace) -> None:
    broken.config("groups:\n  a: {name: 12}\n")
    ran = broken.golive("validate", "--format", "github")
    assert ran.code == 2
    assert ran.out.startswith("::error file=config/own.yaml,line=2,col=13,title=schema.type::`12` stands where")
    assert ran.out.count("\n") == 1


def test_a_number_with_a_leading_zero_and_a_time_are_text(broken: Workspace) -> None:
    broken.config("groups:\n  a: {name: 012}\n  b: {name: 12:30}\n  c: {name: off}\n  d: {name: 2026-01-01}\n")
    ran = broken.golive("validate", "--json")
    assert (ran.code, ran.document["findings"]) == (0, [])


def test_a_bad_environment_file(broken: Workspace) -> None:
    broken.edit("type: zendesk", "typ: zendesk", "stacks/Pulumi.sandbox.yaml")
    broken.sandbox.clear_log()
    ran = broken.golive("plan")
    assert ran.code == 2
    assert "stacks/Pulumi.sandbox.yaml:" in ran.err
    assert broken.sandbox.log() == []


def test_an_unknown_product(broken: Workspace) -> None:
    broken.edit("type: slack", "type: slak", "stacks/Pulumi.sandbox.yaml")
    ran = broken.golive("doctor")
    assert ran.code == 2
    assert "slak" in ran.err
    assert "Installed are: hubspot, jira, linear, salesforce, slack," in ran.err


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("format: 1", "format: 7", "this workspace has format 7, and this golive reads format 1"),
        ('requires: ">=0.1"', 'requires: ">=99"', "this workspace needs golive >=99"),
        ('requires: ">=0.1"', 'requires: "soon"', "this workspace needs golive soon"),
    ],
)
def test_a_workspace_of_another_version(broken: Workspace, old: str, new: str, says: str) -> None:
    broken.edit(old, new, "Pulumi.yaml")
    broken.sandbox.clear_log()
    for verb in ("validate", "plan"):
        ran = broken.golive(verb)
        assert ran.code == 2
        assert says in ran.out + ran.err
    assert broken.sandbox.log() == []
