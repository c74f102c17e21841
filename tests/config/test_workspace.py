"""A workspace on disk: found from below, its files and environments listed, its format checked first."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.loading import load
from config.workspace import NoEnvironment, NoWorkspace, find_workspace, read_workspace, satisfies

PROJECT = 'name: halden\nruntime: python\nstackConfigDir: stacks\ngolive: {format: 1, requires: ">=0.1"}\n'
ENVIRONMENT = """
config:
  golive:environment:
    state: local
    systems: {chat: {type: slack, url: http://127.0.0.1:1, token: sandbox}}
    values: {team: Support}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text(PROJECT)
    (tmp_path / "config" / "rules").mkdir(parents=True)
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / "Pulumi.sandbox.yaml").write_text(ENVIRONMENT)
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text)


def test_found_from_below(root: Path) -> None:
    workspace = find_workspace(root / "config" / "rules")
    assert workspace.root == root
    assert workspace.name == "halden"
    assert workspace.findings == ()
    assert workspace.scratch == root / ".golive"


def test_not_found(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspace):
        find_workspace(tmp_path)


def test_files_are_sorted_and_only_yaml(root: Path) -> None:
    for name in ("b.yaml", "a.yml", "rules/c.yaml", "notes.md", "d.json"):
        write(root, f"config/{name}", "")
    workspace = read_workspace(root)
    assert [workspace.show(path) for path in workspace.config_files()] == [
        "config/a.yml", "config/b.yaml", "config/rules/c.yaml"
    ]  # fmt: skip


def test_environments(root: Path) -> None:
    write(root, "stacks/Pulumi.production.yaml", ENVIRONMENT)
    write(root, "stacks/Pulumi.Bad Name.yaml", ENVIRONMENT)
    workspace = read_workspace(root)
    assert workspace.environments() == ["production", "sandbox"]
    environment, findings = workspace.environment("sandbox")
    assert findings == []
    assert environment is not None
    assert environment.values == {"team": "Support"}


@pytest.mark.parametrize("name", ["staging", "../sandbox", ""])
def test_no_such_environment(root: Path, name: str) -> None:
    with pytest.raises(NoEnvironment) as caught:
        read_workspace(root).environment(name)
    assert caught.value.known == ["sandbox"]
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (PROJECT.replace("name: halden\n", ""), ["workspace.name"]),
        (PROJECT.replace("name: halden", "name: two words"), ["workspace.name"]),
        ("name: halden\nruntime: python\n", ["workspace.format"]),
        (PROJECT.replace("format: 1", "format: 2"), ["workspace.format"]),
        (PROJECT.replace(">=0.1", ">=99"), ["workspace.requires"]),
        (PROJECT.replace(">=0.1", "newest"), ["workspace.requires"]),
        (PROJECT.replace(', requires: ">=0.1"', ""), []),
        ("name: [\n", ["yaml.syntax"]),
        ("", ["workspace.name", "workspace.format"]),
    ],
)
def test_project_file(root: Path, text: str, rules: list[str]) -> None:
    write(root, "Pulumi.yaml", text)
    workspace = read_workspace(root)
    assert [each.rule for each in workspace.findings] == rules
    assert all(each.position.file == "Pulumi.yaml" and each.hint for each in workspace.findings)


@pytest.mark.parametrize(
    ("have", "wanted", "fits"),
    [("0.1.0", ">=0.1", True), ("0.1.0", ">=0.1,<0.1", False), ("0.2.0rc1", ">=0.1", True), ("0.1.0", "?", False)],
)
def test_satisfies(have: str, wanted: str, fits: bool) -> None:
    assert satisfies(have, wanted) is fits


def test_all_findings_of_all_files_at_once_and_in_order(root: Path) -> None:
    write(root, "Pulumi.yaml", PROJECT.replace(">=0.1", ">=99"))
    write(root, "config/b.yaml", "groups:\n  one: {nam: One}\n  Two: {name: Two}\n")
    write(root, "config/a.yaml", "groups: [\n")
    write(root, "config/c.yaml", "macros: {a: {name: A, then: [{set: group, to: three}]}}\n")
    found = load(read_workspace(root), {})
    assert [(str(each.position), each.rule) for each in found.findings] == [
        ("Pulumi.yaml:4:31", "workspace.requires"),
        ("config/a.yaml:1:9", "yaml.syntax"),
        ("config/b.yaml:2:9", "schema.unknown-attribute"),
        ("config/b.yaml:3:3", "schema.key"),
        ("config/c.yaml:1:47", "reference.unknown"),
    ]
    assert len(found.errors) == 5


def test_nothing_in_a_workspace_is_imported(root: Path) -> None:
    trap = "raise SystemExit('imported')\n"
    for name in ("config/__init__.py", "pulumi.py", "yaml.py", "config/dill.py"):
        write(root, name, trap)
    write(root, "config/a.yaml", "groups: {one: {name: '${values.team}'}}\n")
    workspace = read_workspace(root)
    environment, _ = workspace.environment("sandbox")
    assert environment is not None
    loaded = load(workspace, environment.values)
    assert loaded.findings == []
    assert loaded.declaration.of("groups")["one"].name == "Support"


def test_nothing_outside_is_read_or_written(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, "there.yaml", "macros: {m: {name: M}}\n")
    write(root, "config/own.yaml", "groups: {a: {name: A}}\n")
    (root / "config" / "inside.yaml").symlink_to("own.yaml")
    (root / "config" / "there.yaml").symlink_to(elsewhere / "there.yaml")
    (root / "config" / "nowhere.yaml").symlink_to(elsewhere / "nowhere.yaml")
    workspace = read_workspace(root)
    assert [path.name for path in workspace.config_files()] == ["inside.yaml", "own.yaml"]
    found = [each for each in load(workspace, {}).findings if each.rule == "workspace.outside"]
    assert [each.position.file for each in found] == ["config/nowhere.yaml", "config/there.yaml"]
    (root / "config").rename(elsewhere / "config")
    (root / "config").symlink_to(elsewhere / "config")
    assert [each.position.file for each in load(workspace, {}).errors] == ["config"]
