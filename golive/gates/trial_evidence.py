"""What a trial has shown, kept as a file beside the log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from golive.gates.collecting import file_digest
from golive.gates.opened import OpenedGates


def kept(gates: OpenedGates, folder: str, key: str, at: str, shown: Mapping[str, Any]) -> dict[str, str]:
    """Write what was seen, and give `file` (from the workspace's root) and `digest`, as the log has them. folder: what
    was tried, such as `channels`; at: when (ISO 8601)."""
    root = gates.opened.workspace.root
    place = root / "checklists" / "evidence" / gates.opened.environment_name / folder
    place.mkdir(parents=True, exist_ok=True)
    file: Path = place / f"{key}-{at.replace(':', '')}.json"
    file.write_text(json.dumps(shown, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    path = file.relative_to(root).as_posix()
    return {"file": path, "digest": file_digest(root / path)}
