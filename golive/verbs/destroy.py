"""`golive destroy`: take everything away that golive made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import click
from rich.markup import escape

from config.results.plan import Action, Change, PlanDocument, Result, Summary
from golive.carrying.approval import ask, check_freeze, check_own_user
from golive.carrying.lost import lost_with
from golive.carrying.numbers import Caused, Numbers, check_numbers
from golive.changes.reaching import reach_lines
from golive.runs.noting import begin, end, message
from golive.runs.running import Session, open_session, unmoved_state
from golive.screens.ending import leave, show_undone, stopping
from golive.terminal.exits import Exit
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.terminal.progress import progress
from golive.terminal.screen import Screen
from golive.wording.words import CATEGORIES, GENERATED, KEPT_BY, ORDER, count_in, tally, title_in
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from golive.workspace.selection import selection_options
from provisioners.provider import ABSENT
from provisioners.resource import ObjectName, ResourceName, closure
from provisioners.run_file import SystemSettings
from provisioners.system import readable
from stacks.automation import Outcome
from stacks.facts import RunFacts
from stacks.interruption import Interruption
from stacks.record import RECORD_NAME
from stacks.results import Reason
from stacks.selecting import may_go
from stacks.state import dependencies, payloads, types
from stacks.steps import Side


@click.command("destroy")
@environment_option
@json_option
@agreement_options
@click.option("--delete", type=click.IntRange(min=0), default=0, help="How many objects are deleted.")
@click.option(
    "--delete-records",
    type=click.IntRange(min=0),
    default=0,
    help="How many records of the CRM may lose values, or go, with fields and objects that are deleted.",
)
@selection_options
@click.pass_context
def command(
    ctx: click.Context,
    environment: str | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
    delete: int,
    delete_records: int,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
) -> int:
    """Delete what golive made, whatever `on_remove` says, and let go of what it took over. Slack channels are
    archived, and its user groups and the CRM's record types are switched off. What people have entered in the CRM's
    fields and objects goes with them, and is named as a number (--delete-records).

    Example:  golive destroy -e sandbox
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with Interruption(on_overdue=leave) as interruption:
        session = open_session(opened, screen, interruption, writes=True)
        session.choose(only, exclude)
    everything = {name: side for name, side in payloads(session.state).items() if name != RECORD_NAME}
    needs = {name: needed for name, needed in dependencies(session.state).items() if name in everything}
    going, held = may_go(needs, session.selection.includes)
    ours = {name: side for name, side in everything.items() if name in going}
    fate = _fate(ours)
    goes, loses, stays = fate.goes, fate.loses, fate.stays
    names = {
        ResourceName.of(name).object: session.compiled.called.get(ResourceName.of(name)[1:3], side.label)
        for name, side in ours.items()
        if not ResourceName.of(name).part
    }
    _show(screen, session, fate, names)
    _show_held(screen, session, held)
    calls: dict[str, int] = {}
    lost = lost_with(session, ours, goes, calls)
    for line in reach_lines(lost):
        screen.say(f"[danger]{escape(line)}[/]")
    if ours:
        check_freeze(opened)
        check_own_user(goes, ours, session.reached.accounts)
        caused, named = Caused(len(goes) + len(loses), reach=lost), Numbers(delete, delete_records=delete_records)
        check_numbers(caused, named, all_sandbox=session.reached.all_sandbox)
        ask(opened, screen, "\nDelete all of this?", yes=yes, client=client)

    with Interruption(stopping(screen), leave) as interruption:
        session.interruption = interruption
        with progress(screen, len(ours)) as bar, session.stack("destroy", bar.on_step) as (stack, folder):
            bar.follow(folder)
            unmoved_state(session, stack)
            file = begin(session, "destroy", PlanDocument("golive/destroy/1", opened.environment_name))
            outcome = stack.destroy(None if session.selection.is_everything else going, message(file))
            facts = RunFacts.of(folder.events())
            became = _became(session, ours, fate, outcome, facts)
            document = PlanDocument(
                schema="golive/destroy/1",
                environment=opened.environment_name,
                summary=Summary.of(became.changes, 0),
                changes=became.changes,
                calls={name: facts.calls.get(name, 0) + calls.get(name, 0) for name in {*facts.calls, *calls}},
                reach=lost,
                run=file.run.number,
            )
            end(session, stack, file, document, outcome, facts, ())
    if json_wanted:
        screen.document(document.to_json())
    left, kept = became.left, became.kept
    undone = [] if outcome.interrupted else [each for each in became.changes if each.result != "done"]
    show_undone(session, undone, became.reasons, facts, outcome.messages)
    done = len(goes - left - kept.keys())
    if outcome.interrupted:
        screen.say(f"\n[danger]Stopped.[/] {done} deleted, {len(left)} left. Run it again to go on.")
        return int(Exit.CANCELLED)
    if left or not outcome.ok:
        screen.say(f"\n[danger]{done} deleted, {len(left)} left.[/] Run it again to go on.")
        return int(Exit.PARTLY if became.gone else Exit.FAILED)
    if ours:
        released = len(stays | set(loses) | (goes & kept.keys()))
        deleted = f"{done} object{' is' if done == 1 else 's are'} deleted"
        let_go = f", {released} {'is' if released == 1 else 'are'} let go" if released else ""
        screen.say(f"\n[good]Done.[/] {deleted}{let_go}.")
        if session.reached.all_sandbox:
            screen.say("To begin again from nothing in the sandbox:  golive sandbox reset")
    return int(Exit.DONE)


@dataclass(frozen=True)
class Became:
    """What became of everything. gone: resources that are. left: objects that are not. kept: object → why it was left
    on purpose."""

    changes: list[Change]
    gone: set[str]
    left: set[ObjectName]
    kept: dict[ObjectName, str]
    reasons: dict[ObjectName, Reason]


def _became(session: Session, ours: Mapping[str, Side], fate: Fate, outcome: Outcome, facts: RunFacts) -> Became:
    failed = {step.name: Reason.of(step, facts) for step in outcome.steps if step.status == "failed"}
    gone = {step.name for step in outcome.of("apply") if step.status == "done"}
    left = _objects({name: side for name, side in ours.items() if name not in gone})
    reasons = _waiting(session, ours.keys() - gone, failed)
    reasons |= {ResourceName.of(name).object: reason for name, reason in failed.items()}
    actions: dict[Action, set[ObjectName]] = {"delete": fate.goes, "update": set(fate.loses), "release": fate.stays}
    kept = {ResourceName.of(resource).object: why for resource, why in facts.kept}
    changes = [
        _change(each, "release" if each in kept else action, reasons, left, kept)
        for action, objects in actions.items()
        for each in sorted(objects)
    ]
    told = {each for objects in actions.values() for each in objects}
    changes += [_change(each, "update", reasons, left, kept) for each in reasons.keys() - told]
    return Became(changes, gone, left, kept, reasons)


@dataclass(frozen=True)
class Fate:
    """What becomes of our objects. loses: object that was there before → resources that golive added to it."""

    goes: set[ObjectName]
    loses: dict[ObjectName, list[str]]
    stays: set[ObjectName]


def _fate(ours: Mapping[str, Side]) -> Fate:
    made = {name: side for name, side in ours.items() if side.origin == "made" and side.mode == "managed"}
    whole = _objects({name: side for name, side in ours.items() if not ResourceName.of(name).part})
    goes = _objects({name: side for name, side in made.items() if not ResourceName.of(name).part})
    goes |= _objects(made) - whole
    loses: dict[ObjectName, list[str]] = {}
    for name in made:
        if ResourceName.of(name).object not in goes and ours[name].on_remove != "release":
            loses.setdefault(ResourceName.of(name).object, []).append(name)
    return Fate(goes, loses, _objects(ours) - goes - set(loses))


def _change(
    name: ObjectName,
    action: Action,
    reasons: Mapping[ObjectName, Reason],
    left: set[ObjectName],
    kept: Mapping[ObjectName, str],
) -> Change:
    """What became of an object. kept: what was left although it was to go, with the reason."""
    failed = name in reasons and not reasons[name].needs
    result: Result = "failed" if failed else "not_tried" if name in left else "done"
    why = str(reasons[name]) if name in reasons else kept.get(name)
    return Change(*name, action, result=result, why=why)


def _waiting(session: Session, left: Iterable[str], failed: Mapping[str, Reason]) -> dict[ObjectName, Reason]:
    """Why objects are left although nothing is wrong with them: something still points to them that could not go."""
    needs = dependencies(session.state)
    found: dict[ObjectName, Reason] = {}
    for name in left:
        holder = next((each for each in failed if name in closure(needs, each)), None)
        if holder is not None and holder != name:
            address = ResourceName.of(holder).address
            found[ResourceName.of(name).object] = Reason(f"{address} needs it and could not be deleted", needs=address)
    return found


def _objects(resources: Mapping[str, Side]) -> set[ObjectName]:
    """The objects that there are: not those that were only looked for in vain, and no orders, which are nothing by
    themselves."""
    found = {name: side for name, side in resources.items() if side.id != ABSENT}
    return {ResourceName.of(name).object for name in found if ResourceName.of(name).key != ORDER}


def _show(screen: Screen, session: Session, fate: Fate, names: Mapping[ObjectName, str]) -> None:
    """What will go and what will stay, before anything is asked."""
    _show_objects(screen, session, "This will be deleted", fate.goes, names, deleted=True)
    if fate.loses:
        screen.say("[head]This stays, and loses what golive added to it[/]")
    type_of = types(session.state)
    for (instance, kind, key), resources in sorted(fate.loses.items()):
        parts = _parts(session.reached.settings.get(instance), instance, [type_of[name] for name in resources])
        called = names.get((instance, kind, key), key)
        screen.say(f"  {session.vendor(instance)}: {title_in(session.vendor(instance), kind)} {escape(called)}")
        screen.say(f"    [quiet]{parts}[/]")
    _show_objects(screen, session, "This is let go, and stays as it is now", fate.stays, names)
    if fate.stays:
        screen.say("  [quiet]Rules of the vendor that these files had switched off stay switched off.[/]")
    if not (fate.goes or fate.loses or fate.stays):
        screen.say("golive has made nothing here.")


def _show_held(screen: Screen, session: Session, held: Mapping[str, str]) -> None:
    """What was chosen and stays, because what was not chosen needs it."""
    for name, holder in sorted(held.items()):
        named, by = ResourceName.of(name), ResourceName.of(holder)
        if named.object != by.object:
            screen.say(f"[change]stays[/]  {escape(named.address)}: {escape(by.address)} needs it and is not chosen")


def _parts(settings: SystemSettings | None, instance: str, types_: list[str]) -> str:
    """`2 group memberships, 1 holiday`; without words where the environment no longer names the system."""
    if settings is None:
        return tally("part" for _ in types_)
    collections = readable(instance, settings)
    return tally(collections[type_].kind_word for type_ in types_)


def _show_objects(
    screen: Screen,
    session: Session,
    title: str,
    objects: set[ObjectName],
    names: Mapping[ObjectName, str],
    *,
    deleted: bool = False,
) -> None:
    if not objects:
        return
    screen.say(f"[head]{title}[/]")
    kinds: dict[tuple[str, str], list[str]] = {}
    for instance, kind, key in sorted(objects):
        name = names.get((instance, kind, key), key)
        shown = GENERATED.get(key, key if name in (key, "") else f"{key} ({name})")
        kinds.setdefault((instance, kind if key not in CATEGORIES else "trigger_categories"), []).append(shown)
    for (instance, kind), keys in kinds.items():
        system, kept = KEPT_BY.get(kind, ("", ""))
        end = f" ({kept}: {system} cannot delete)" if deleted and session.vendor(instance) == system else ""
        screen.say(f"  {session.vendor(instance)}: {count_in(session.vendor(instance), len(keys), kind)}{end}")
        screen.say(f"    [quiet]{escape(', '.join(keys))}[/]")
