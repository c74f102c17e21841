"""What a command line reads before it does anything: whoever asks for help waits for nothing."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from golive.cli import run
code = run({arguments})
print([name for name in {heavy} if name in sys.modules], file=sys.stderr)
sys.exit(code)
"""
HEAVY = ["config.kinds", "checklists", "provisioners.zendesk", "pulumi", "stacks.engine", "zenpy"]


def loaded(*arguments: str) -> tuple[int, str]:
    """The exit code of a command line, and which heavy packages it has loaded."""
    program = PROGRAM.format(arguments=list(arguments), heavy=HEAVY)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    return ran.returncode, ran.stderr.splitlines()[-1]


def test_help_loads_no_kinds_and_no_engine() -> None:
    assert loaded("--help") == (0, "[]")


def test_a_word_that_is_no_verb_is_answered_at_once() -> None:
    assert loaded("pln") == (2, "[]")
