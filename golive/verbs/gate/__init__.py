"""`golive gate …`: what a phase needs before it may begin, and who has said what about it."""

from __future__ import annotations

import click

from golive.verbs.gate.attach import attach
from golive.verbs.gate.check import check
from golive.verbs.gate.decide import decide, done
from golive.verbs.gate.diff import diff
from golive.verbs.gate.explain import explain
from golive.verbs.gate.figures import figures
from golive.verbs.gate.glass import glass
from golive.verbs.gate.history import history
from golive.verbs.gate.reviews import reviews
from golive.verbs.gate.sign import sign
from golive.verbs.gate.status import status
from golive.verbs.gate.waive import waive


@click.group("gate")
def command() -> None:
    """The gates of soft launch, rollout, handoff and the milestones after it: what they ask for, and whether it holds.

    What golive can find out, it finds out; the rest is attached, signed or confirmed by people. All of it stands in
    checklists/log/, in git.

    Example:  golive gate status -e production
    """


for each in (status, check, explain, sign, reviews, attach, waive, decide, done, glass, history, diff, figures):
    command.add_command(each)
