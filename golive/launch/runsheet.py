"""The day on which a phase begins, minute by minute, made from its gate, its plan, and what the project has said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from checklists.checklist import Checklist
from checklists.gating import earlier_gates
from checklists.moments import moment, written
from checklists.words import role_words
from config.declaration import Declaration
from config.duration import minutes
from config.environment import Environment
from config.phases import PHASES, phase_words
from config.results.gate import GateDocument, GateItem
from config.results.plan import Change, PlanDocument
from config.results.runsheet import RunsheetDocument, RunsheetStep
from config.words import counted
from golive.changes.reaching import deleting, mailing, records_of
from golive.launch.board import open_items
from golive.launch.ways_in import ways_in
from golive.wording.words import count_of, listed

HOUR = 60
LAUNCHES = ("soft_launch", "rollout")
"""Phases in which customers come, so that somebody watches for two days."""
WATCH = (30, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR, 48 * HOUR)
"""When somebody looks, in minutes after the beginning: often at first, and to the end of the second day."""
APART = 10
"""Minutes between two ways in, so that the first is seen to work before the second is opened."""
FRIDAY = 4
MOST = 12
"""So many open items or names stand in one step."""
_OPERATOR = "consultant"
_WATCHER = "support_lead"


@dataclass(frozen=True)
class Launch:
    """Everything that a runsheet is made from. plan: what entering the phase would do; None where it is not known, for
    the reason in `not_planned`. now: what a run would do as long as the phase does not begin. begins: when, where that
    was said. option: ` -e NAME` for commands."""

    gate: GateDocument
    checklist: Checklist
    declaration: Declaration
    environment: Environment
    people: Mapping[str, list[str]]
    plan: PlanDocument | None = None
    now: PlanDocument | None = None
    not_planned: str = ""
    begins: datetime | None = None
    option: str = ""

    @property
    def phase(self) -> str:
        return self.gate.gate

    @property
    def is_launch(self) -> bool:
        return self.phase in LAUNCHES

    def who(self, *roles: str) -> list[str]:
        """Who has these roles, by name; a role that nobody has stands for itself."""
        found = [name for role in roles for name in self.people.get(role) or [role_words(role)]]
        return list(dict.fromkeys(found))

    def figure(self, name: str) -> str:
        """What the project says; empty where it has not."""
        figure = self.checklist.figures.get(name)
        return str(figure.value) if figure is not None and figure.value is not None else ""

    @property
    def waking(self) -> list[Change]:
        """What the phase changes, beside what is pending anyway."""
        pending = [(each.kind, each.key, each.action, each.diff) for each in (self.now.changes if self.now else ())]
        return [each for each in _named(self.plan) if (each.kind, each.key, each.action, each.diff) not in pending]

    def command(self, text: str) -> str:
        return f"golive {text}{self.option}"


def runsheet(launch: Launch, client: str, now: datetime) -> RunsheetDocument:
    """The whole day."""
    steps = sorted(
        [*_before(launch), *_start(launch), *_watch(launch), *_ways(launch), *_after(launch)],
        key=lambda step: step.minute,
    )
    if launch.begins is not None:
        begins = launch.begins
        steps = [replace(each, at=written(begins + timedelta(minutes=each.minute))) for each in steps]
    plan = launch.plan
    return RunsheetDocument(
        environment=launch.gate.environment,
        client=client,
        phase=launch.phase,
        phase_name=launch.gate.gate_name,
        leaves=launch.gate.phase,
        begins=written(launch.begins) if launch.begins else "",
        time_zone=launch.gate.time_zone,
        made=written(now),
        open=launch.gate.open,
        decision=launch.gate.decision_said,
        cautions=list(_cautions(launch)),
        wakes=list(_wakes(launch)),
        notices=list(plan.notices) if plan else [],
        mails=plan.mails if plan else 0,
        not_planned=launch.not_planned,
        roll_back=launch.figure("roll_back"),
        escalation=launch.figure("launch_escalation"),
        steps=steps,
        people={role: list(launch.people.get(role, [])) for role in _roles(launch)},
    )


def _cautions(launch: Launch) -> Iterator[str]:
    """What stands against that day."""
    if launch.gate.phase != _comes_after(launch.phase):
        yield (
            f"This environment is in {phase_words(launch.gate.phase)}; the {launch.gate.gate_name.lower()} follows "
            f"{phase_words(_comes_after(launch.phase))}."
        )
    days = launch.environment.frozen_days
    begins = launch.begins
    if days and begins and days.holds(begins):
        yield f"On that day nothing may change: frozen until {days.said}."
    there = begins.astimezone(ZoneInfo(launch.gate.time_zone or "UTC")) if begins else None
    if there and there.weekday() >= FRIDAY:
        yield f"It is a {there:%A}: the two days after it are those on which fewest people are there."
    for name in ("roll_back", "launch_escalation"):
        if launch.is_launch and not launch.figure(name):
            yield f"The project has not said {_FIGURES[name]}: set `{name}` under `figures:` in checklists/."
    for each in launch.plan.not_read if launch.plan else ():
        what = f", {each.what}" if each.what else ""
        yield f"{each.system}{what} could not be read, so that it is not known what wakes there: {each.why}"
    pending = _named(launch.now)
    if pending:
        wait = counted(len(pending), "object waits", "objects wait")
        yield f"{wait} to be changed beside it, and a phase begins with nothing else: {launch.command('up')} first."
    if launch.plan and launch.plan.drift:
        many = counted(len(launch.plan.drift), "object")
        yield f"{many} changed by hand since the last run: settle that first, or it goes along."


_FIGURES = {"roll_back": "how the old way comes back", "launch_escalation": "whom to call in which minute"}


def _before(launch: Launch) -> Iterator[RunsheetStep]:
    gate, operator = launch.gate, launch.who(_OPERATOR)
    check = launch.command(f"gate check {launch.phase}")
    open_ = [each for each in open_items(gate) if each.blocks]
    yield RunsheetStep(
        -24 * HOUR, "before", "Ask the gate", operator,
        [f"{counted(len(open_), 'item')} still open:", *_open_lines(open_, launch)] if open_ else [],
        "It says that the gate is open", check, "While it is closed there is no launch: move the day",
    )  # fmt: skip
    if gate.decision != "pass":
        yield RunsheetStep(
            -24 * HOUR, "before", "Decide go or no-go", launch.who(*gate.decision_roles),
            [
                *([gate.decision_said] if gate.decision in ("out_of_date", "fail") else []),
                *(f"{each.what} ({each.who})" for each in gate.actions if not each.done),
            ],
            "The log has the decision, with what was said against it",
            launch.command(f"gate decide {launch.phase} go"), "Decide no-go, with the reason",
        )  # fmt: skip
    yield RunsheetStep(
        -24 * HOUR, "before", "Look that nothing else waits to be changed", operator, [],
        "Nothing to make, to change or to remove", launch.command("plan"),
        "Carry it out today (golive up), or take it out of the files",
    )  # fmt: skip
    plan = launch.plan
    if plan and plan.notices:
        yield RunsheetStep(
            -24 * HOUR, "before", "Tell those who get mail from the helpdesk, or lose access", launch.who(_WATCHER),
            ["They stand under “What wakes”."], "Each of them knows what will come, and why",
        )  # fmt: skip
    yield RunsheetStep(
        -24 * HOUR, "before", "Tell everybody on this page where they find each other on the day",
        launch.who(_OPERATOR), ["Telephone numbers stand in your own list, not here."],
        "Each of them has answered there once",
    )  # fmt: skip
    if launch.phase == "soft_launch" and launch.declaration.of("rollout"):
        yield RunsheetStep(
            -3 * HOUR, "before", "Mark who is in the soft launch: your own people first, then customers", operator, [],
            f"“Everybody who is in it is marked.” ({launch.command('cohort show')})", launch.command("cohort grow"),
            "Until the phase begins a mark changes nothing: untick it in the helpdesk",
        )  # fmt: skip
    yield RunsheetStep(
        -2 * HOUR, "before", "Look what somebody has changed by hand", operator, [], "Nothing was changed by hand",
        launch.command("drift"), "Keep it (golive pull) or put ours back (golive up)",
    )  # fmt: skip
    yield RunsheetStep(
        -30, "before", "Ask the gate a last time", operator, [], "It says that the gate is open", check,
        "Closed: no launch today. Tell everybody, and say when the next look is",
    )  # fmt: skip
    yield RunsheetStep(
        -15, "before", "Keep a copy of the state", operator, [], "The copy is listed",
        launch.command("state backup"),
    )  # fmt: skip
    yield RunsheetStep(
        -5, "before", "From here on nobody else changes the helpdesk or the files", launch.who("admin", _OPERATOR), [],
        "Everybody has said so",
    )  # fmt: skip


def _numbers(plan: PlanDocument) -> str:
    """What has to be named: mails, and records that are deleted for good."""
    records = records_of(plan.reach)
    mail = f" --mail {plan.mails}" if plan.mails else ""
    return f"{mail} --delete-records {records}" if records else mail


def _start(launch: Launch) -> Iterator[RunsheetStep]:
    numbers = _numbers(launch.plan) if launch.plan else ""
    back = f'golive retreat {launch.gate.phase} --reason "…"{launch.option}'
    wakes = [_wakes_short(launch)] if launch.plan else [launch.not_planned] if launch.not_planned else []
    if launch.plan and (mailing(launch.plan.reach) or deleting(launch.plan.reach)):
        wakes.append("Its numbers count tickets, which come and go: say those that it shows then.")
    said = phase_words(launch.phase)
    if launch.phase not in PHASES:
        back = "Nothing was changed in any system; note what is missing on the board"
    yield RunsheetStep(
        0, "start", f"Enter the {launch.gate.gate_name.lower()}", launch.who(_OPERATOR), wakes,
        f"“This environment is in {said} now.”", launch.command(f"advance {launch.phase}{numbers}"), back,
    )  # fmt: skip
    if launch.phase in PHASES:
        yield RunsheetStep(
            5, "start", "Look that everything is as planned", launch.who(_OPERATOR), [], "Nothing is left to do",
            launch.command("plan"), f"Run the same command again, it goes on from there; or back:  {back}",
        )  # fmt: skip


def _watch(launch: Launch) -> Iterator[RunsheetStep]:
    """golive's own watch: it has to begin with the phase."""
    if launch.is_launch:
        yield RunsheetStep(
            6, "start", "Let golive watch the promises for two days, on a machine that does not sleep",
            launch.who(_WATCHER), [], f"It says when it looks next; at any time:  {launch.command('watch --check')}",
            launch.command("watch --for 48h"), "Stop it with Ctrl-C; it changes nothing in the helpdesk",
        )  # fmt: skip


def _ways(launch: Launch) -> Iterator[RunsheetStep]:
    """What people do in the vendor's pages, then one way in after the other, then each channel as a customer."""
    minute = APART
    hands = [f"{each.kind}/{each.key}: {each.why}" for each in launch.plan.by_hand] if launch.plan else []
    if hands and launch.is_launch:
        yield RunsheetStep(
            minute, "way_in", "Do by hand what golive cannot do", launch.who("admin"), hands[:MOST],
            "Each of them is seen in the vendor's pages",
        )  # fmt: skip
        minute += APART
    ways = list(ways_in(launch.phase, launch.declaration))
    lists = launch.command("cohort export") if launch.phase == "soft_launch" else ""
    for each in ways:
        yield RunsheetStep(minute, "way_in", each.what, launch.who(each.role), [], each.check, lists, each.back)
        minute += APART
    if launch.is_launch:
        back = "Take back the way in of the channel that failed; the others go on" if ways else "Take the channel back"
        yield RunsheetStep(
            minute, "way_in", "Try each channel as a customer does", launch.who(_OPERATOR), [],
            "Each becomes a ticket, in the right group, with the right priority and the first answer",
            launch.command("try channels"), back,
        )  # fmt: skip


def _after(launch: Launch) -> Iterator[RunsheetStep]:
    """The watch of two days, and what else the phase has to come to."""
    come_to = [each for each in _outcome(launch.gate) if each.sort in ("evidence", "by_hand", "sign_off")]
    if not launch.is_launch:
        yield RunsheetStep(
            24 * HOUR, "after", "Look whether what woke does what it should", launch.who(_OPERATOR),
            [_with_role(each, launch) for each in come_to[:MOST]], "Nobody has switched anything off by hand",
            launch.command("drift"), launch.command("off KIND/KEY --reason TEXT"),
        )  # fmt: skip
        return
    metrics = [each for each in _outcome(launch.gate) if each.sort == "metric"]
    numbers = [f"{each.name}{_limits(each, launch)}" for each in metrics]
    soon = [f"{each.name}{_limits(each, launch)}" for each in metrics if _is_soon(each, launch)]
    roll_back = launch.figure("roll_back") or f"golive retreat {launch.gate.phase} --reason TEXT{launch.option}"
    for minute in WATCH:
        last = minute == WATCH[-1]
        yield RunsheetStep(
            minute, "after", "Close the watch" if last else "Look at the queue, and at each channel",
            launch.who(_WATCHER),
            numbers if last else soon if minute in (WATCH[0], 24 * HOUR) else [],
            "The numbers are noted for the next gate" if last
            else "Tickets come from every channel, somebody has answered the oldest, no rule answers twice",
            launch.command("watch --end" if last else "drift"),
            f"One rule: golive off KIND/KEY --reason TEXT{launch.option}. All of it: {roll_back}"
            if minute == WATCH[0] else f"As at {minute_said(WATCH[0])}",
        )  # fmt: skip
    if come_to:
        yield RunsheetStep(
            HOUR, "after", "Begin with what else belongs to this phase", launch.who(_OPERATOR),
            [_with_role(each, launch) for each in come_to[:MOST]], "The board shows it", launch.command("gate status"),
        )  # fmt: skip


def _open_lines(items: Sequence[GateItem], launch: Launch) -> Iterator[str]:
    for each in items[:MOST]:
        yield _with_role(each, launch)
    if items[MOST:]:
        yield f"and {len(items) - MOST} more:  golive gate status{launch.option}"


def _with_role(item: GateItem, launch: Launch) -> str:
    return f"{item.name} ({', '.join(launch.who(*(item.roles or [item.owner])))})"


def _outcome(gate: GateDocument) -> list[GateItem]:
    """What the phase has to come to, as far as it counts here."""
    keys = {key for each in gate.conditions if each.part == "outcome" and not each.left_out for key in each.items}
    return [each for each in gate.items if each.key in keys and each.state != "not_applicable"]


def _limits(item: GateItem, launch: Launch) -> str:
    """`: good less than 4h; red more than 12h`."""
    listed_ = launch.checklist.items.get(item.key)
    metric = listed_.item.metric if listed_ else None
    said = []
    for word, limits in (("good", metric.good), ("red", metric.red)) if metric else ():
        bounds = limits.model_dump(exclude_none=True) if limits else {}
        said += [f"{word} {name.replace('_', ' ')} {value}" for name, value in bounds.items()]
    return f": {', '.join(said)}" if said else ""


def _is_soon(item: GateItem, launch: Launch) -> bool:
    """Whether a number is counted over the watch, and not over weeks."""
    metric = launch.checklist.items[item.key].item.metric
    try:
        return metric is not None and minutes(metric.window) <= WATCH[-1]
    except ValueError:  # a figure that nobody has set
        return False


def _named(plan: PlanDocument | None) -> list[Change]:
    """What a plan changes and people have a name for; orders of rules change with it."""
    return [each for each in (plan.changes if plan else ()) if not each.key.startswith("_")]


def _wakes_short(launch: Launch) -> str:
    """`10 people, 6 triggers`."""
    kinds = Counter(each.kind for each in launch.waking)
    said = ", ".join(count_of(many, kind) for kind, many in kinds.items())
    if launch.plan and launch.plan.not_read:
        return f"{said or 'Nothing that is known'} wakes, and what could not be read"
    return f"{said} wake" if said else "Nothing wakes: no object waits for it"


def _wakes(launch: Launch) -> Iterator[str]:
    """What begins to work, by kind."""
    plan, changes = launch.plan, launch.waking
    for kind in dict.fromkeys(each.kind for each in changes):
        names = [each.name or each.key for each in changes if each.kind == kind]
        more = f" and {len(names) - MOST} more" if names[MOST:] else ""
        yield f"{count_of(len(names), kind)}: {listed(names[:MOST])}{more}"
    if plan and not changes and not plan.not_read:
        yield "Nothing wakes: no object waits for it"


def _roles(launch: Launch) -> list[str]:
    """The roles that are asked for on that day."""
    rollout = [each.role for each in ways_in(launch.phase, launch.declaration)]
    return list(dict.fromkeys([_OPERATOR, *launch.gate.decision_roles, _WATCHER, "admin", *rollout]))


def _comes_after(phase: str) -> str:
    """The phase from which one is entered."""
    if phase == "handoff":
        return "rollout"
    before = [each for each in earlier_gates(phase) if each != "handoff"]
    return before[-1] if before else "build"


def minute_said(minute: int) -> str:
    """`T-24 h`, `T-30 min`, `T`, `T+2 h`."""
    if not minute:
        return "T"
    sign, size = ("+" if minute > 0 else "-"), abs(minute)
    hours = size // HOUR if size % HOUR == 0 else 0
    return f"T{sign}{hours} h" if hours else f"T{sign}{size} min"


def clock_said(at: str, zone: tzinfo) -> tuple[str, str]:
    """(`Tue 1 Dec`, `09:00`) of a moment, as clocks in a zone show it."""
    there = moment(at).astimezone(zone)
    return f"{there:%a} {there.day} {there:%b}", f"{there:%H:%M}"
