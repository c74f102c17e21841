"""Plans in files: written by `golive plan --out`, carried out by `golive up FILE` if nothing has moved since."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from config.results.reach import Reach
from config.results.saved_plan import SavedPlan
from golive.carrying.planned import Planned
from golive.changes.reaching import mails_of
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.output import writing_to
from provisioners.payload import digest
from provisioners.private_file import write_private
from provisioners.resource import Resource, ResourceName, with_symbols
from stacks.engine.locate import VERSION
from stacks.record import RECORD_NAME

FEW = 5
"""So many things that moved are named."""


def saved_plan(plan: Planned) -> SavedPlan:
    """What a plan is made of."""
    session, document = plan.session, plan.document
    remembered = session.new_record
    return SavedPlan(
        environment=session.opened.environment_name,
        client=session.opened.client,
        as_of=datetime.now(UTC).isoformat(timespec="seconds"),
        golive=version("golive"),
        engine=VERSION,
        phase=remembered.phase,
        record=digest(replace(remembered, fingerprint_key="", journal=(), log_head="").payload),
        declared={each.name: _declared(each) for each in session.compiled.resources},
        seen={name: each for name, each in plan.outcome.seen.items() if name != RECORD_NAME},
        changes={f"{each.system}/{each.kind}/{each.key}": each.action for each in document.changes},
        deletions=document.deletions,
        mails=document.mails,
        only=list(session.selection.only),
        exclude=list(session.selection.exclude),
        fingerprint_key=remembered.fingerprint_key,
        reach=document.reach or None,
        switch_on=sum(each.fate == "turned_on" for each in session.held) or None,
    ).sealed()


def _declared(resource: Resource) -> str:
    said = [resource.type, with_symbols(resource.payload), resource.mode, resource.on_remove, resource.optional]
    return digest([*said, dict(resource.notes), list(resource.aliases), resource.untouched])


def write(plan: SavedPlan, file: Path) -> None:
    """Only its owner reads it. Raises Fault."""
    with writing_to(file):
        write_private(file, (json.dumps(plan.to_json(), indent=2, ensure_ascii=False) + "\n").encode())


def read(file: Path) -> SavedPlan:
    """A plan as it was written. Raises Fault for anything else."""
    try:
        plan = TypeAdapter(SavedPlan).validate_json(file.read_bytes(), strict=True)
    except (OSError, ValidationError, ValueError) as broken:
        raise Fault(
            "saved_plan",
            f"{file} is no plan that golive has saved.",
            why=str(broken).splitlines()[0],
            do="Make one:  golive plan --out FILE",
            exits=Exit.USAGE,
        ) from broken
    if plan.digest != plan.content_digest:
        raise Fault(
            "saved_plan",
            f"{file} was changed after golive had saved it; nothing was changed.",
            why="Its digest is not that of what it says.",
            do="Make it anew:  golive plan --out FILE",
            exits=Exit.USAGE,
        )
    return plan


def check_saved(saved: SavedPlan, now: SavedPlan) -> None:
    """Raises Fault that names what is not as it was when the plan was saved."""
    moved = list(_moved(saved, now))
    if not moved:
        return
    more = f", and {len(moved) - FEW} more" if len(moved) > FEW else ""
    raise Fault(
        "moved",
        f"The plan of {saved.as_of[:16].replace('T', ' ')} UTC does not hold any more; nothing was changed.",
        why=f"{'; '.join(moved[:FEW])}{more}.",
        do="Look at what would happen now, and save that:  golive plan --out FILE",
        exits=Exit.FAILED,
    )


def _moved(saved: SavedPlan, now: SavedPlan) -> Iterator[str]:
    for name, title in (
        ("environment", "the environment"),
        ("client", "the client"),
        ("golive", "golive's version"),
        ("engine", "the engine's version"),
        ("phase", "the phase"),
    ):
        before, after = getattr(saved, name), getattr(now, name)
        if before != after:
            yield f"{title} was {before} and is {after}"
    yield from _differing(saved.declared, now.declared, "the files say something else of {}")
    yield from _differing(saved.seen, now.seen, "somebody changed {} in the live system")
    if saved.record != now.record:
        yield "another run was there since"
    if saved.changes != now.changes or _surely(saved) != _surely(now):
        names = {name for name in {*saved.changes, *now.changes} if saved.changes.get(name) != now.changes.get(name)}
        yield from (f"what would be done with {_address(name)} is not the same" for name in sorted(names))
        if not names:
            yield "how much is deleted or mailed is not the same"
    yield from _further(saved.reach or [], now.reach or [])


def _surely(plan: SavedPlan) -> tuple[int, int]:
    """How many objects it deletes, and how many mails it causes beside those about tickets, which come and go."""
    return plan.deletions, plan.mails - mails_of(plan.reach or [])


def _further(before: Sequence[Reach], after: Sequence[Reach]) -> Iterator[str]:
    """Rules that fit more tickets now than was shown; that they fit fewer harms nobody."""
    known = {(each.system, each.kind, each.key, each.name): each for each in before}
    for rule in after:
        was = known.get((rule.system, rule.kind, rule.key, rule.name))
        then = was.tickets if was else 0
        if rule.tickets is None and then is not None:
            yield f"how many tickets “{rule.name}” fits could not be counted, and was {then:,} when the plan was saved"
        elif rule.tickets is not None and then is None:
            yield f"“{rule.name}” fits {_tickets(rule.tickets)} now, which could not be counted when the plan was saved"
        elif rule.tickets is not None and then is not None and rule.tickets > then:
            yield f"“{rule.name}” fits {_tickets(rule.tickets)} now, {then:,} when the plan was saved"


def _tickets(count: int) -> str:
    return "1 ticket" if count == 1 else f"{count:,} tickets"


def _differing(before: Mapping[str, str], after: Mapping[str, str], said: str) -> Iterator[str]:
    names = sorted({name for name in {*before, *after} if before.get(name) != after.get(name)})
    yield from dict.fromkeys(said.format(_address(name)) for name in names)


def _address(name: str) -> str:
    return ResourceName.of(name).address


def check_approved(approved: str, plan: SavedPlan) -> None:
    """An approval covers exactly the plan whose digest it names: the saved one, which `check_saved` holds against what
    is there now, otherwise the one that would be saved now. Raises Fault."""
    if approved != plan.digest:
        counted = [f"“{each.name}” fits {_tickets(each.tickets)}" for each in plan.reach or [] if each.tickets]
        tickets = f" The tickets of rules are part of it, which come and go: {'; '.join(counted)}." if counted else ""
        raise Fault(
            "approval",
            "What would be done now is not what was approved; nothing was changed.",
            why=f"The digest that was approved is {approved}, and that of this plan {plan.digest}.{tickets}",
            do="Let somebody look at the plan as it is now (golive plan --out FILE), and carry it out:  golive up "
            "FILE --approve DIGEST",
            exits=Exit.FAILED,
        )
