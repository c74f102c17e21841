"""The plan of an undo: which run, what of it comes back, and what does not. Sends no write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from config.results.plan import PlanDocument, Summary, Undoes, Waiting
from golive.carrying.answers import intended, with_answers
from golive.carrying.approval import check_by_hand
from golive.carrying.held_values import values_lost
from golive.carrying.planned import Planned, called, noticed, with_pages
from golive.carrying.seats import seats_of
from golive.changes.notices import notices_of
from golive.live.live_authors import with_authors
from golive.runs.engine import engine_faults
from golive.runs.irreversible import cannot_be_undone
from golive.runs.past_runs import Known as KnownRun
from golive.runs.past_runs import known_runs, run_named, touching
from golive.runs.running import Session, open_session
from golive.runs.undoable import can_be_undone, file_of, last_run
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.terminal.screen import Screen
from golive.wording.words import ORDER, STAYS, title_of
from golive.workspace.opening import Opened
from golive.workspace.selection import Selection, selection_of
from provisioners.collection import Collection
from provisioners.errors import SystemFault
from provisioners.resource import Payload, ResourceName, Source, with_symbols
from provisioners.system import Connection, systems
from stacks.automation import EnvironmentStack, Outcome
from stacks.interruption import Interruption
from stacks.journal import Run
from stacks.leaving import chosen
from stacks.planning import Planner
from stacks.run_files import Change, RunFile, with_after
from stacks.soundness import check_sound
from stacks.state import Adopted, with_adopted
from stacks.steps import Operation, Side, Step
from stacks.switches import notes_in, turned
from stacks.undoing import Known, Left, StillThere, Undoing, removed_by, undoing
from stacks.undone_notes import undone_notes


@dataclass
class UndoPlan:
    """What comes back of a run. before: the last `up` before it whose commit is known."""

    run: Run
    before: Run | None
    undo: Undoing
    plan: Planned

    def relink(self, stack: EnvironmentStack) -> None:
        """Let what the run let go of be ours again, before the engine changes it. Raises BadState."""
        if not self.undo.relinked:
            return
        session = self.plan.session
        names = session.opened.workspace.name, session.opened.environment_name
        resources = {each.name: each for each in self.undo.resources}
        adopted = []
        for name, found in self.undo.relinked.items():
            before = self.undo.targets[name].before
            assert before is not None  # noqa: S101 - otherwise there is nothing to link
            outputs = {key: str(value) for key, value in before.outputs.items()}
            live = found.live
            adopted.append(Adopted(resources[name], live.id, found.payload, live.label, outputs, before.origin))
        state = with_adopted(stack.export_state(), *names, adopted)
        check_sound(state)
        stack.import_state(state)


class Types:
    """What knows the types of an environment's systems; it only reads, and makes each once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, Mapping[str, Collection]] = {}

    def __call__(self, instance: str, type_: str) -> Collection:
        if instance not in self._known:
            settings = self._session.reached.settings.get(instance)
            if settings is None:
                raise Fault(
                    "no_system",
                    f"The environment file no longer names the system `{instance}`, where some of that run was.",
                    do=f"Put it back under `systems:`; or leave it out:  --exclude {instance}",
                    exits=Exit.USAGE,
                )
            connection = Connection(instance, settings, read_only=True, stop=self._session.interruption.stopped)
            self._known[instance] = systems()[settings.type].collections(connection)
        return self._known[instance][type_]


def undo_plan(
    opened: Opened,
    screen: Screen,
    interruption: Interruption,
    said: str | None,
    *,
    only: Sequence[str],
    exclude: Sequence[str],
    by_hand: int,
    writes: bool,
) -> UndoPlan:
    """Read what is live, and compare it with what was there before a run. Raises Fault.

    said: the run's number, None for the last one. by_hand: how many objects are put back although somebody has changed
    them by hand since. writes: the plan is going to be carried out.
    """
    session = open_session(opened, screen, interruption, say_renamed=False, writes=writes, compiles=False)
    runs = known_runs(opened, session.state)
    known = run_named(runs, said, opened.option) if said else last_run(runs, opened.option)
    file = file_of(known, opened)
    if not file.run.ended:  # it died: what it left is what the state has since
        file = replace(file, changes=with_after(file.changes, session.state))
    changes = _chosen(session, file, only, exclude)
    _check_answers(session, changes)
    type_of = Types(session)
    lives = _still_there(session, removed_by(changes, session.state), type_of)
    knows = Known(session.state, type_of, lives, lambda named: _source(opened, named))
    undo = _held_off(session, file, undoing(changes, knows))
    _check(undo, known, runs, session.selection, opened.option)
    session.former = {(each.type, each.before.id): each.was or each.name for each in file.changes if each.before}
    outcome, planner = _previewed(session, undo)
    now = _changed_by_hand(outcome, {*undo.removed, *(each for each in undo.targets)}, undo)
    if now or by_hand:
        undo = _held_off(session, file, undoing(changes, replace(knows, now=now)))
        edited = [each for each in undo.left if each.why == "by_hand"]
        edited += [Left(name, "by_hand") for name, found in undo.relinked.items() if found.is_edited]
        check_by_hand([ResourceName.of(each.name).address for each in edited], by_hand)
        if by_hand:
            undo = _held_off(session, file, undoing(changes, replace(knows, now=now, put_back=True)))
        outcome, planner = _previewed(session, undo)
    with engine_faults(interruption, opened.option):
        interruption.check()
    return UndoPlan(known.run, _before(runs, known), undo, _planned(session, undo, outcome, planner, known.run))


# Which part of it.


def _chosen(session: Session, file: RunFile, only: Sequence[str], exclude: Sequence[str]) -> list[Change]:
    changes = list(file.changes)
    if not (only or exclude):
        return changes
    objects = [(each.kind, each.key) for each in (ResourceName.of(change.name) for change in changes)]
    session.selection = selection_of(only, exclude, session.reached.settings, objects)
    return [each for each in changes if session.selection.includes(ResourceName.of(each.name))]


def _before(runs: Sequence[KnownRun], known: KnownRun) -> Run | None:
    earlier = [each.run for each in runs if each.run.number < known.run.number and each.run.verb == "up"]
    return next((each for each in reversed(earlier) if each.commit), None)


def _check_answers(session: Session, changes: Sequence[Change]) -> None:
    """What is there must be seen before anything of it is taken back. Raises Fault."""
    down = [each for each in session.reached.down if any(ResourceName.of(c.name).instance == each for c in changes)]
    if down:
        title = systems()[session.reached.settings[down[0]].type].title
        raise Fault(
            "unreachable",
            f"{title} does not answer; nothing was changed.",
            where=session.reached.settings[down[0]].url,
            why=session.reached.down[down[0]],
            do=f"Run the command again later; or undo the rest:  --exclude {down[0]}",
            exits=Exit.FAILED,
        )


def _check(undo: Undoing, known: KnownRun, runs: Sequence[KnownRun], selection: Selection, option: str) -> None:
    """Nothing is undone below what came after it. Raises Fault."""
    if not undo.in_the_way:
        return
    lines = dict.fromkeys(_in_the_way(each, known, runs) for each in undo.in_the_way)
    addresses = list(dict.fromkeys(map(_address, undo.in_the_way)))
    rest = replace(selection, exclude=(*selection.exclude, *addresses)).options
    settled = all(_can_be_undone(each, known, runs) for each in undo.in_the_way)
    first = "Undo the later run first; or leave" if settled else "Leave"
    raise Fault(
        "in_the_way",
        f"Run {known.run.number} cannot be undone as a whole; nothing was changed.",
        where=", ".join(addresses),
        why="; ".join(lines) + ".",
        do=f"{first} these as they are:  golive undo {known.run.number}{rest}{option}",
        exits=Exit.FAILED,
    )


def _can_be_undone(left: Left, known: KnownRun, runs: Sequence[KnownRun]) -> bool:
    """Whether what is in the way can be: that something was taken over, or came into the files, cannot."""
    if left.why != "later":
        return True
    return not left.more and all(can_be_undone(each) for each in _later(left, known, runs))


def _later(left: Left, known: KnownRun, runs: Sequence[KnownRun]) -> list[Run]:
    """The runs after it that touched the same object, the oldest first."""
    name = "/".join(ResourceName.of(left.name).object)
    return [each.run for each in runs if each.run.number > known.run.number and touching(each.whole, [name])]


def _in_the_way(left: Left, known: KnownRun, runs: Sequence[KnownRun]) -> str:
    named = ResourceName.of(left.name)
    called_ = f"{title_of(named.kind)} {named.key}"
    if left.why == "needed":
        by = ResourceName.of(left.more)
        return f"{called_} was made by it, and {title_of(by.kind)} {by.key} needs it by now"
    if left.why == "mode":
        return f"whether golive looks after {called_} has changed"
    if left.more:
        by = ResourceName.of(left.more)
        return f"{called_} was taken over since, and is {title_of(by.kind)} {by.key} by now"
    later = _later(left, known, runs)
    if not later:
        return f"something later has changed the same of {called_}"
    last = later[-1]
    if last.verb == "pull":
        return f"somebody changed {called_} by hand, and run {last.number} (`pull`) took that into the files"
    verb = "" if can_be_undone(last) else f" (`{last.verb}`)"
    return f"run {last.number}{verb} has changed the same of {called_}"


def _address(left: Left) -> str:
    return ResourceName.of(left.name).address


# What is there.


def _source(opened: Opened, named: ResourceName) -> Source:
    item = opened.loaded.declaration.get(named.kind, named.key)
    place = (item.position.file, item.position.line) if item is not None else ("", 0)
    return Source(named.kind, named.key, *place)


def _still_there(session: Session, removed: Sequence[Change], type_of: Types) -> dict[str, StillThere]:
    """What a run took out of the state and is live all the same, because it was let go of. Raises Fault."""
    found: dict[str, StillThere] = {}
    for change in removed:
        before = change.before
        instance = ResourceName.of(change.name).instance
        if before is None or before.mode != "managed" or instance in session.reached.down:
            continue
        collection = type_of(instance, change.type)
        if collection.only_set:
            continue
        try:
            live = collection.get(before.id, before.payload)
        except SystemFault as fault:
            if fault.code == "not_found":
                continue
            raise of_system(fault, session.opened.environment_name) from fault
        if live is not None:
            found[change.name] = StillThere(live, collection.canonical(live, before.payload), _left(before, collection))
    return found


def _left(before: Side, collection: Collection) -> Payload:
    """An object as the run left it that let go of it."""
    switch = collection.switch
    if chosen(before.on_remove, before.origin) != "switch_off" or switch is None:
        return before.payload
    return {**before.payload, switch.attribute: switch.off}


def _held_off(session: Session, file: RunFile, undo: Undoing) -> Undoing:
    """The undo, in which everything stays off that a note holds off; the session knows these notes from then on."""
    notes, settings = notes_in(session.record.switched_off), session.reached.settings
    session.undone = undone_notes(notes, file, undo, session.state, settings, session.selection.includes)
    off = [each for each in session.undone if each.fate == "stays_off"]
    return replace(undo, resources=turned(undo.resources, off, settings, on=False))


# The plan.


def _previewed(session: Session, undo: Undoing) -> tuple[Outcome, Planner]:
    """What the engine would do, and with it what is live; what is ours again only then is told from its live object."""
    resources = [each for each in undo.resources if each.name not in undo.relinked]
    session.unchosen = {each.name for each in resources if each.untouched}
    there = {each.name for each in resources}
    loose = [replace(each, depends_on=tuple(name for name in each.depends_on if name in there)) for each in resources]
    session.compiled = replace(session.compiled, resources=loose)
    outcome, folder = session.preview()
    session.compiled = replace(session.compiled, resources=undo.resources)
    steps = [*outcome.steps, *_relinking(undo)]
    return replace(outcome, steps=steps), session.planner(folder)


def _relinking(undo: Undoing) -> list[Step]:
    """What happens to what becomes ours again, as the engine would tell it."""
    resources = {each.name: each for each in undo.resources}
    steps = []
    for name, found in undo.relinked.items():
        resource = resources[name]
        before = undo.targets[name].before
        assert before is not None  # noqa: S101 - otherwise there is nothing to link
        live = replace(before, id=found.live.id, payload=found.payload, label=found.live.label)
        left = replace(live, payload=found.left)
        wanted = replace(live, payload=with_symbols(resource.payload))
        read: Operation = "update" if found.is_edited else "same"
        change: Operation = "same" if wanted.payload == live.payload else "update"
        steps.append(Step(name, resource.type, read, "refresh", left, live))
        steps.append(Step(name, resource.type, change, "apply", live, wanted))
    return steps


def _changed_by_hand(outcome: Outcome, names: set[str], undo: Undoing) -> dict[str, Payload | None]:
    """Resource → its live payload, None where it is gone, of what was changed since the last run."""
    aliases = {alias for each in undo.resources if each.name in names for alias in each.aliases}
    return {
        step.name: step.new.payload if step.new else None
        for step in outcome.of("refresh")
        if step.name in names | aliases and step.name not in undo.relinked and step.operation in ("update", "delete")
    }


def _planned(session: Session, undo: Undoing, outcome: Outcome, planner: Planner, run: Run) -> Planned:
    document = _without_orders(planner.document(outcome.steps))
    session.reached.down.update(planner.facts.not_read)
    intents = intended(session, document, planner, outcome, by_files=False)
    document = replace(document, seats=seats_of(session, intents, planner.facts))
    said = notices_of(document, session.compiled, planner.sides, session.reached.settings)
    calls = dict(document.calls)
    drift, unknown = with_authors(session, document.drift, calls)
    document = replace(
        document,
        schema="golive/undo/1",
        calls=calls,
        changes=noticed(session, document.changes, planner.sides),
        drift=with_pages(session, drift),
        by_unknown=unknown,
        notices=[*session.reached.said_of_renamed, *said.lines],
        mails=said.mails,
        deletions=said.deletions,
        unmanaged={},
        not_sent=[_waiting(each) for each in undo.left],
        switched_off=[each.told(called(session, each)) for each in session.held],
        undoes=Undoes(run.number, run.at, run.verb, run.by, run.commit),
    )
    document = with_answers(session, document, planner, intents, by_files=False)
    document = replace(document, cannot_be_undone=cannot_be_undone(session, document, planner.sides))
    lost = values_lost(session, planner.loses_data(document))
    return Planned(session, outcome, document, [], lost, planner.sides, planner.facts.found)


def _without_orders(document: PlanDocument) -> PlanDocument:
    """Of an order of which nothing is left, nobody needs to hear."""
    left = [each for each in document.changes if each.key != ORDER or each.action not in ("delete", "release")]
    return replace(document, changes=left, summary=Summary.of(left, document.summary.same))


def _waiting(left: Left) -> Waiting:
    """What does not come back, as documents tell it."""
    named = ResourceName.of(left.name)
    more = f": {left.more}" if left.why == "for_good" else ""
    more = ", because something that stays needs it" if left.why == "kept" and left.more else more
    return Waiting(named.kind, named.key, f"{STAYS[left.why]}{more}", held=True)
