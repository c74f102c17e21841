"""Halve Enterprise's first reply to P1 in the reference client: one line of YAML, as a person would edit it.

Usage: one_line.py config/slas.yaml
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


def main(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    start = text.index("\n  enterprise:\n")
    line = re.compile(r"^( *first_reply:.*\burgent: )1h\b", re.MULTILINE)
    changed = text[:start] + line.sub(r"\g<1>30m", text[start:], count=1)
    if changed == text:
        raise SystemExit(f"{path}: the line to change is not there")
    path.write_text(changed, encoding="utf-8")
    before, after = text.splitlines(), changed.splitlines()
    for old, new in zip(before, after, strict=True):
        if old != new:
            sys.stdout.write(f"  - {old.strip()}\n  + {new.strip()}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
