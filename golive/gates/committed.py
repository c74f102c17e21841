"""What git has of a log: nothing that ever stood there may be missing."""

from __future__ import annotations

import json

from config.chain import BrokenChain, Chain
from golive.logbook import Logbook, broken_log
from golive.repository import run_git


def check_committed(logbook: Logbook, chain: Chain) -> int:
    """How many versions of a log git has on this branch. Raises Fault where an entry of one of them is gone: a log that
    was cut at its end is whole in itself."""
    listed = run_git(logbook.root, "log", "--format=%H", "--", logbook.shown)
    if listed.returncode:
        return 0
    commits = listed.stdout.decode().split()
    known = {entry.digest for entry in chain.entries}
    for commit in commits:
        there = run_git(logbook.root, "show", f"{commit}:./{logbook.shown}")
        if there.returncode:
            continue  # the commit that took the file away; its parents have it
        for line in there.stdout.decode(errors="replace").splitlines():
            digest = _digest(line)
            if digest and digest not in known:
                why = f"An entry that stood in it in commit {commit[:9]} is not there any more."
                raise broken_log(logbook, BrokenChain(0, why))
    return len(commits)


def _digest(line: str) -> str:
    try:
        said = json.loads(line)
    except ValueError:
        return ""
    return str(said.get("digest", "")) if isinstance(said, dict) else ""
