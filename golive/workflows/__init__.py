"""What GitHub runs for a workspace: the workflow, and the action with which its jobs begin."""

from __future__ import annotations

import importlib.resources
import json
from importlib.metadata import version
from pathlib import Path

from golive.home import home
from stacks.engine.locate import VERSION

WORKFLOW = Path(".github/workflows/golive.yml")
ACTION = Path(".github/actions/golive/action.yml")


def workflow_files(place: str) -> dict[Path, str]:
    """Each file's text by its path. place: where the workspace stands in its repository, `.` at the root."""
    address = home()
    values = {
        '"@@WORKSPACE@@"': json.dumps(place, ensure_ascii=False),
        # Never a bare name: whoever owns it at a registry would get the client's tokens.
        "@@REQUIREMENT@@": f"golive @ git+{address}@v{version('golive')}" if address else "",
        "@@ENGINE@@": VERSION,
    }
    found = {WORKFLOW: _text("golive.yaml"), ACTION: _text("action.yaml")}
    for name, value in values.items():
        found = {path: text.replace(name, value) for path, text in found.items()}
    return found


def _text(name: str) -> str:
    return (importlib.resources.files(__name__) / name).read_text(encoding="utf-8")
