"""What accounts say of themselves, as far as anything asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from config.results.standing import AccountQuestion, Standing
from golive.runs.running import Session
from provisioners.errors import SystemFault
from provisioners.system import systems


def with_answers(
    standing: Standing, session: Session, asked: Iterable[AccountQuestion], calls: dict[str, int]
) -> Standing:
    """The same with an answer to each question, or why there is none. Reads only; the calls, few for each
    question, are added."""
    found, unsaid = dict(standing.answers), dict(standing.unanswered)
    for question in asked:
        unsaid[question] = "no system of this environment says it"
        for instance, settings in session.reached.settings.items():
            if instance in session.reached.down:
                unsaid[question] = f"{instance} does not answer"
                continue
            connection = session.reading(instance, calls)
            try:
                answer = systems()[settings.type].answer_about(connection, question, standing.objects)
            except SystemFault as fault:
                unsaid[question] = f"the call failed: {fault.why.rstrip('.')}. {fault.do}".strip()
                break
            if answer is not None:
                found[question] = answer
                del unsaid[question]
                break
    return replace(standing, answers=found, unanswered=unsaid)
