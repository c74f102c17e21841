"""A client's repository may hold any file; golive runs none of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.workspace import Workspace, free_port, golive_process

MODULES = (
    "dill.py",
    "pulumi.py",
    "yaml.py",
    "json.py",
    "sitecustomize.py",
    "usercustomize.py",
    "golive.py",
    "sandbox.py",
    "__main__.py",
    "config/__init__.py",
    "config/kinds.py",
    "provisioners/__init__.py",
    "provisioners/host/__init__.py",
    "stacks/__init__.py",
    "stacks/__main__.py",
    ".golive/engine/dill.py",
    ".golive/engine/__main__.py",
    ".golive/engine/provisioners/__init__.py",
)


def test_nothing_in_the_workspace_is_imported(small: Callable[[str], Workspace], tmp_path: Path) -> None:
    workspace = small("groups:\n  billing: {name: Billing}\n")
    marks = tmp_path / "marks"
    marks.mkdir()
    for number, name in enumerate(MODULES):
        path = workspace.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"open({str(marks / f'{number}')!r}, 'w').write({name!r})\n", encoding="utf-8")
    for verb in ("validate", "doctor", "plan", "up --yes"):
        ran = golive_process(*verb.split(), cwd=workspace.root)
        assert ran.code == 0, f"{verb}: {ran.err}"
    assert golive_process("drift", cwd=workspace.root / "config").code == 0
    assert "Billing" in workspace.titles("groups")
    assert [mark.read_text(encoding="utf-8") for mark in marks.iterdir()] == []


def test_nor_by_the_sandbox_that_it_starts(small: Callable[[str], Workspace], tmp_path: Path) -> None:
    workspace = small("groups: {}\n")
    mark = tmp_path / "mark"
    folder = workspace.root / ".pulumi-state" / "sandbox"
    folder.mkdir(parents=True)
    for place in (workspace.root, folder):
        for name in ("sandbox.py", "uvicorn.py", "starlette.py", "sitecustomize.py"):
            (place / name).write_text(f"open({str(mark)!r}, 'w')\n", encoding="utf-8")
    started = golive_process("sandbox", "start", "--port", "0", cwd=workspace.root)
    assert started.code == 2
    started = golive_process("sandbox", "start", "--port", str(free_port()), cwd=workspace.root)
    assert started.code == 0, started.err
    assert golive_process("sandbox", "stop", cwd=workspace.root).code == 0
    assert not mark.exists()
