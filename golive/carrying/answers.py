"""What the accounts say about a run before anything is sent: whatever verb it is of, they are asked here.

Of a run that goes by the files, everything that they declare counts. One that goes by what golive remembers (`undo`,
`on`) has to do with the objects that it touches alone; the exceptions that the files make for these hold.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from config.declaration import Declaration
from config.findings import Finding
from config.loading import against_accounts
from config.results.findings import FindingsDocument
from config.results.plan import PlanDocument
from config.results.reach import Reach
from golive.carrying.held_values import held_values
from golive.changes.reaching import mails_of, reach_lines
from golive.runs.engine import engine_faults
from golive.runs.running import Session
from golive.runs.switching import Switching
from golive.screens.ending import leave
from golive.terminal.fault import of_system
from provisioners.errors import SystemFault
from provisioners.intent import Intent
from provisioners.resource import NotSent
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, systems
from stacks.automation import Outcome
from stacks.intending import Intents
from stacks.interruption import Interruption
from stacks.leaving import released_parts
from stacks.planning import Planner
from stacks.state import payloads


@dataclass
class Answers:
    """What they say. cautions: what people should know before, as lines. said: what is against it, by rules; those that
    objects set aside with a reason stand under `allowed`. reach: on how many tickets rules act at once."""

    cautions: list[str] = field(default_factory=list)
    reach: list[Reach] = field(default_factory=list)
    said: FindingsDocument = field(default_factory=FindingsDocument)

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing to be said."""
        return not (self.cautions or self.reach or self.said.findings or self.said.allowed)

    @classmethod
    def to(
        cls,
        intents: Mapping[str, Intent],
        settings: Mapping[str, SystemSettings],
        reading: Callable[[str], Connection],
        *,
        all_is_asked: bool,
    ) -> Answers:
        """Ask each system about what would be done in it. Reads only. Raises Fault.

        all_is_asked: whether an exception in the files that sets nothing aside is one too many, because everything was
        asked that it could be about.
        """
        answers, found = cls(), list[Finding]()
        asked: set[tuple[str, str]] = set()
        for instance, intent in intents.items():
            connection, system = reading(instance), systems()[settings[instance].type]
            try:
                answers.cautions += system.cautions(connection, intent)
                found += system.asked(connection, intent)
                answers.reach += system.reach(connection, intent)
            except SystemFault as fault:
                if fault.code == "stopped":  # the run ends as soon as what is shown of it is whole
                    break
                raise of_system(fault, f"{instance} at {settings[instance].url}") from fault
            asked |= {(kind, key) for _, kind, key in intent.objects}
        spoken_of: Container[tuple[str, str]] = asked if all_is_asked else ()
        declared = next((each.declared for each in intents.values()), Declaration())
        kept, set_aside = against_accounts(declared, found, spoken_of)
        answers.said = FindingsDocument.of(kept, allowed=set_aside)
        return answers


def intended(
    session: Session,
    document: PlanDocument,
    planner: Planner,
    outcome: Outcome,
    missing: Iterable[NotSent] = (),
    *,
    by_files: bool,
) -> dict[str, Intent]:
    """What a run would do in each system that answers.

    missing: what is declared as existing and is not there. by_files: whether it goes by the files, or by what golive
    remembers.
    """
    declared = session.opened.loaded.declaration
    if not by_files:
        declared = declared.only({(each.kind, each.key) for each in document.changes})
    released = set(released_parts(payloads(session.state), {each.name for each in session.resources}))
    intents = Intents(
        declared, session.compiled, planner.facts, planner.ids, document.collisions, list(missing), released
    )
    steps, reached = outcome.of("apply"), session.reached
    found = {each: intents.of(each, steps) for each in reached.settings if each not in reached.down}
    return found if by_files else {each: replace(intent, resources=()) for each, intent in found.items()}


def _too_many_calls(document: PlanDocument) -> Iterator[str]:
    """A line for each system whose calls of the day do not suffice for carrying a plan out."""
    for system, each in document.expected.items():
        if document.changes and each.left_today is not None and each.calls > each.left_today:
            yield (
                f"This takes about {each.calls:,} calls to {system}, and of the {each.per_day:,} that it takes in 24 "
                f"hours {each.left_today:,} are left: it would stop on the way. Wait until enough of them are over, or "
                "look which other tool takes them."
            )


def with_answers(
    session: Session, document: PlanDocument, planner: Planner, intents: Mapping[str, Intent], *, by_files: bool
) -> PlanDocument:
    """A plan with what the accounts say against it, and what people should know of them before: first of all whom it
    mails at once about tickets that are there. Raises Fault."""
    calls = dict(document.calls)
    answers = Answers.to(
        intents,
        session.reached.settings,
        lambda instance: session.reading(instance, calls),
        all_is_asked=by_files,
    )
    return replace(
        document,
        notices=[*reach_lines(answers.reach), *document.notices],
        mails=document.mails + mails_of(answers.reach),
        reach=answers.reach,
        cautions=[
            *document.cautions,
            *_too_many_calls(document),
            *answers.cautions,
            *held_values(session, document, planner, calls),
        ],
        calls=calls,
        findings=answers.said.findings,
        allowed=answers.said.allowed or [],
    )


def answers_to_switching_on(one: Switching) -> Answers:
    """What the account says about switching one object on, after it was looked at. Raises Fault.

    Nobody asks before switching off: at night that has to work, with the fewest calls.
    """
    change = one.switched_on()
    declared = one.opened.loaded.declaration.only({(one.name.kind, one.name.key)})
    intent = Intent(declared, [change], {str(one.name): one.side.id})
    with Interruption(on_overdue=leave) as interruption, engine_faults(interruption, one.opened.option):
        found = Answers.to(
            {one.name.instance: intent},
            {one.name.instance: one.settings},
            lambda instance: Connection(
                instance, one.settings, read_only=True, report=one.count, stop=interruption.stopped
            ),
            all_is_asked=False,
        )
        interruption.check()
    return found
