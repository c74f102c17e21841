"""What git has of a log: nothing that ever stood there, here or where it was fetched from, may be missing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from config.chain import BrokenChain, Chain
from config.words import some
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.logbook import Logbook, broken_log
from golive.workspace.repository import run_git

_COMMIT = "commit "
_GONE_BY = ("Pulumi.yaml", "config", "stacks", "checklists")
_WHOLE = ("--full-history", "-m", "--patch", "--unified=0", "--text", "--no-ext-diff", "--no-textconv", "--no-color")
"""Every line that any commit added, also one that a merge has dropped later, whatever the repository's settings say."""


def check_committed(logbook: Logbook, chain: Chain) -> int:
    """How many versions of a log git has on this branch. Raises Fault where an entry of one of them is gone: a log that
    was cut at its end is whole in itself."""
    added = _added(logbook, "HEAD")
    commit = _commit_of_missing(added, chain)
    if commit:
        why = f"An entry that stood in it in commit {commit[:9]} is not there any more."
        raise broken_log(logbook, BrokenChain(0, why))
    return len({each for each, _ in added})


def check_pulled(logbook: Logbook, chain: Chain) -> None:
    """Raises Fault where the branch that this one follows elsewhere has entries that this checkout lacks, as far as
    they were fetched: a no-go may be among them."""
    commit = _commit_of_missing(_added(logbook, "@{upstream}", "--not", "HEAD"), chain)
    if commit:
        why = f"It lacks an entry that others have added in commit {commit[:9]}."
        raise broken_log(logbook, BrokenChain(0, why))


def check_written_down(logbook: Logbook) -> None:
    """Raises Fault where what a gate goes by differs from the last commit: nobody could look at it afterwards. The log
    itself is committed by golive."""
    root, log = logbook.root, Path(logbook.shown).parent.as_posix()
    asked = run_git(root, "status", "--porcelain", "-z", "--", *_GONE_BY, f":(exclude){log}")
    changed = [each[3:] for each in asked.stdout.decode(errors="replace").split("\0") if each]
    if asked.returncode or not changed:
        return
    raise Fault(
        "not_committed",
        "Files that this gate goes by are not committed; nothing was changed.",
        where=some(changed),
        why="Who looks at this decision later has to find the files that it was about.",
        do="Commit them, in a pull request where that is how changes are reviewed here, then run the command again.",
        exits=Exit.FAILED,
    )


def _commit_of_missing(added: Sequence[tuple[str, str]], chain: Chain) -> str:
    known = {entry.digest for entry in chain.entries}
    return next((commit for commit, digest in added if digest and digest not in known), "")


def _added(logbook: Logbook, *revisions: str) -> list[tuple[str, str]]:
    """(Commit, digest of an entry that it added, empty for a commit itself), nothing where git has no such revision."""
    shown = run_git(logbook.root, "log", f"--format={_COMMIT}%H", *_WHOLE, *revisions, "--", logbook.shown)
    return list(_lines(shown.stdout.decode(errors="replace"))) if shown.returncode == 0 else []


def _lines(shown: str) -> Iterator[tuple[str, str]]:
    commit = ""
    for line in shown.splitlines():
        if line.startswith(_COMMIT):
            commit = line.removeprefix(_COMMIT)
            yield commit, ""
        elif line.startswith("+") and not line.startswith("+++ "):
            yield commit, _digest(line[1:])


def _digest(line: str) -> str:
    try:
        said = json.loads(line)
    except ValueError:
        return ""
    return str(said.get("digest", "")) if isinstance(said, dict) else ""
