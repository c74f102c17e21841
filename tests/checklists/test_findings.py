"""What is said of a project's own files: one finding for one mistake, in its place, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from checklists.figures import SAMPLES, misfit
from checklists.loading import load_checklist, merged, method
from checklists.rules import check_checklist
from config.declaration import Declaration
from config.document import parse_document
from config.workspace import Workspace
from tests.checklists.samples import BAD, GOOD, findings, loaded, notes

OWN = "name: Own, phase: build, owner: admin, why: It matters., fix: Do it."
ZOE = "people:\n  zoe: {name: Zoe, email: zoe@client.example, roles: [admin]"


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_one_finding_in_its_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    (finding,) = findings(text)
    place = f"{finding.position.line}:{finding.position.column}"
    assert [finding.rule, place, finding.severity] == text.splitlines()[0].split()[1:4]
    assert len(finding.message) > 10


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_nothing_is_said_of_what_is_right(path: Path) -> None:
    assert findings(path.read_text(encoding="utf-8")) == []


def test_what_is_right_is_right_together() -> None:
    assert findings(*(path.read_text(encoding="utf-8") for path in GOOD)) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("items:\n  channels_tried: {skip: x}\n", "It is called `drop`."),
        ("items:\n  chanels_tried: {lasts: 7d}\n", "Did you mean `channels_tried`?"),
        ("items:\n  own: {probe: [files_valid]}\n", "Write  probe: {files_valid: {}}"),
        ("gates:\n  soft_launch: {decision: head_of_support}\n", "Write  {head_of_support: 1}"),
        ("gates:\n  soft-launch: {decision: {a: 1}}\n", "Write `soft_launch`."),
        ("figures: {routing_acuracy: 95%}\n", "Did you mean `routing_accuracy`?"),
        ("profiles: {solo: no}\n", "Write  solo: {applies: false, why: …}"),
        ("groups:\n  a: {name: A}\n", "It is a kind: what is to be set up stands in the files of config/."),
    ],
)
def test_what_to_do(text: str, hint: str) -> None:
    assert any(each.hint.startswith(hint) for each in findings(text))


def test_a_wrong_word_for_a_profile_does_not_count_as_an_answer() -> None:
    for word in ("no", "off", "yes", "1"):
        assert loaded(f"profiles: {{solo: {word}}}").checklist.answer(["solo"]) == (None, "solo")


# ------------------------------------------------------------ one mistake is one finding


def test_a_wrong_item_is_not_missed_by_its_gate() -> None:
    assert [each.rule for each in findings("items:\n  channels_tried: {phase: launch}\n")] == ["schema.word"]


def test_a_wrong_figure_is_not_missed_by_its_items() -> None:
    assert [each.rule for each in findings("figures: {soft_launch_length: 14}\n")] == ["checklist.figure"]


def test_a_wrong_person_is_not_missed_by_delegations() -> None:
    lent = "delegates: [{role: admin, to: max, from: 2027-02-01, until: 2027-02-14}]"
    assert [each.rule for each in findings(f"{ZOE}, {lent}}}\n  max: {{role: admin}}\n")] == [
        "schema.unknown-attribute"
    ]


def test_what_stands_in_two_files() -> None:
    first, second = "figures: {training_sessions: 2}\n", "figures:\n  training_sessions: 3\n"
    (finding,) = findings(first, second)
    assert (finding.rule, str(finding.position)) == ("schema.duplicate", "checklists/1.yaml:2:3")
    assert "checklists/0.yaml:1:11" in finding.message
    (finding,) = findings("waivers: {days: 7}\n", "waivers: {days: 9}\n")
    assert (finding.rule, str(finding.position)) == ("schema.duplicate", "checklists/1.yaml:1:1")


def test_objects_that_are_wrong_in_config_are_not_missed_here() -> None:
    text = "items:\n  requirements_signed: {about: [groups/billing]}\npeople: {rea: {roles: [admin]}}\n"
    whole = merged(method(), [parse_document(text, "checklists/own.yaml")])
    whole.files = 1

    def rules(declared: dict[str, set[str]], perhaps: frozenset[str] = frozenset()) -> list[str]:
        found = check_checklist(whole, Declaration(), declared=declared, perhaps=perhaps)
        return sorted(each.rule for each in found if each.severity == "error")

    assert rules({}) == ["checklist.about", "checklist.person"]
    assert rules({"groups": {"billing"}, "people": {"rea"}}) == []
    assert rules({}, frozenset({"billing", "rea"})) == []


# ------------------------------------------------------------ files


def workspace(root: Path, **files: str) -> Workspace:
    for name, text in files.items():
        path = root / "checklists" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Workspace(root, "acme")


def test_where_there_is_no_file_nothing_is_said(tmp_path: Path) -> None:
    found = load_checklist(Workspace(tmp_path, "acme"))
    assert found.findings == []
    assert list(check_checklist(found, Declaration())) == []
    assert len(found.checklist.items) > 200


LENDS = (
    "people:\n  zoe:\n    {name: Zoe, email: z@x.example, roles: [admin],\n"
    "     delegates: [{role: admin, to: max, from: 2027-02-01, until: 2027-02-14}]}\n"
)
OPEN_QUOTE = (
    'people:\n  max: {name: "Max, email: m@x.example, roles: [admin]}\nfigures: {training_sessions: 2}\n'
    "items:\n  own: {evidence: {what: A photo}}\n"
)
ASKS = "gates: {soft_launch: {success: {own: {name: Own, items: [own]}}}}\n"


def test_a_file_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    found = load_checklist(workspace(tmp_path, a=LENDS, b=OPEN_QUOTE, c=ASKS))
    found.findings += check_checklist(found, Declaration())
    assert [(each.rule, each.position.file) for each in found.errors] == [("yaml.syntax", "checklists/b.yaml")]
    (unset,) = [each for each in found.findings if each.rule == "checklist.figures"]
    assert "`training_sessions`" not in unset.message
    assert not [each for each in found.findings if each.rule == "checklist.roles"]


def test_logs_and_what_people_attach_are_no_checklists(tmp_path: Path) -> None:
    found = load_checklist(workspace(tmp_path, log__x="- 1\n", evidence__sandbox__own__x="- 1\n", more__x="x-a: 1\n"))
    assert (found.files, found.findings) == (1, [])


def test_what_leads_out_of_the_workspace_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("items: {}\n", encoding="utf-8")
    inside = workspace(tmp_path / "acme", a="x-a: 1\n")
    (inside.root / "checklists" / "b.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (inside.root / "checklists" / "c.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (inside.root / "checklists" / "d.yaml").mkdir()
    found = load_checklist(inside)
    assert [(each.rule, each.position.file) for each in found.findings] == [("workspace.outside", "checklists/b.yaml")]


# ------------------------------------------------------------ notes


def test_what_only_the_project_can_say_is_asked_for_in_four_notes_once_it_has_begun() -> None:
    assert notes("x-a: 1\npeople: {}\nfigures: {}\ngates:\n") == []
    assert sorted(each.rule for each in notes("profiles: {solo: true}\n")) == [
        "checklist.decision", "checklist.figures", "checklist.profiles", "checklist.roles",
    ]  # fmt: skip


def test_a_reason_excuses_a_note_and_no_error() -> None:
    own = f"items:\n  own: {{{OWN}, evidence: {{what: A photo}}%s}}\n"
    asked = [each.rule for each in notes(own % "")]
    assert "checklist.not-probed" in asked
    excused = notes(own % ", x-allow: {checklist.not-probed: Everybody knows.}")
    assert [each.rule for each in excused] == [rule for rule in asked if rule != "checklist.not-probed"]
    dropped = "items:\n  channels_tried: {drop: true, x-allow: {checklist.drop: Because.}}\n"
    assert [each.rule for each in findings(dropped)] == ["checklist.drop"]


def test_samples_stand_for_every_form_of_figure() -> None:
    assert [form for form, value in SAMPLES.items() if misfit(form, value)] == []


def test_a_file_of_allowed_signers_that_is_not_there_is_said(tmp_path: Path) -> None:
    """Without it no signature proves anything, and every gate would stay closed without a word."""
    made = workspace(tmp_path, a="signatures: {required: true, allowed_signers: checklists/allowed_signers}\n")
    (finding,) = load_checklist(made).findings
    assert (finding.rule, finding.position.file) == ("checklist.signers", "checklists/a.yaml")
    (tmp_path / "checklists" / "allowed_signers").write_text("ana@client.example ssh-ed25519 AAAA\n", encoding="utf-8")
    assert load_checklist(made).findings == []
