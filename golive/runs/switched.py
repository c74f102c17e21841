"""The one call that switches an object off or on, noted before and after, so that a death in between is found."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pulumi.automation import Deployment

from config.results.plan import Difference
from golive.runs.engine import engine_faults
from golive.runs.journaling import new_run, now, run_files, with_run
from golive.runs.resuming import moved
from golive.runs.switching import Switching
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from provisioners.errors import SystemFault
from stacks.automation import EngineBusy, EngineFailed, EnvironmentStack
from stacks.backups import Backups
from stacks.interruption import Interrupted, Interruption
from stacks.journal import Ended, Run, Touched
from stacks.run_files import Change, RunFile
from stacks.state import payloads, record, with_record
from stacks.switches import SwitchedOff
from stacks.unfinished import Found, noted, settled, unfinished


def begun(one: Switching, reason: str, *, on: bool, sends: bool) -> Run:
    """The run in which it is switched. sends: whether the system has to be called."""
    name = "/".join(one.name.object)
    change = Touched(name, "update" if on else "switch_off", "not_tried", (Difference("active", not on, on),))
    touched = [change if sends else Touched(name, "noted")]
    return new_run(one.opened, record(one.state).journal, "on" if on else "off", touched, about=reason)


@dataclass
class Switched:
    """The switching of one object, on its way. note: what the record says of it afterwards."""

    one: Switching
    engine: EnvironmentStack
    run: Run
    note: SwitchedOff | None
    on: bool
    copy: str = ""

    def carry_out(self, interruption: Interruption, *, sends: bool) -> None:
        """Note what is wanted, send it, note that it is done. Raises Fault."""
        one = self.one
        with engine_faults(interruption, one.opened.option):
            self.engine.begin_run(self.engine.given.run, interruption)
            if self.engine.has_moved(one.state):
                raise moved()
            backups = Backups(one.opened.workspace.root, one.opened.environment_name)
            self.copy = backups.keep(one.state, self.run.verb).name
            if sends:
                wanted = with_record(with_run(one.state, one.opened, self.run), switched_off=self._notes)
                self.engine.import_state(noted(wanted, [one.unfinished(on=self.on)]))
                self._send()
            self._finish()

    @property
    def _notes(self) -> tuple[str, ...]:
        others = [each for each in self.one.notes if each.resource != str(self.one.name)]
        return tuple(each.as_text for each in (*others, *([self.note] if self.note else [])))

    def _send(self) -> None:
        """The one writing call. Raises Fault: nothing was changed, or nobody knows."""
        one = self.one
        assert one.collection is not None  # noqa: S101 - it was looked at
        try:
            write = one.collection.turn(one.side.id, one.side.payload, on=self.on)
        except SystemFault as fault:
            if fault.took_effect is None:
                self._save(self._state(), "unknown")
                raise self._unknown(fault) from fault
            self._take_back()
            raise self._refused(fault) from fault
        one.live = write.live
        if one.is_on != self.on:
            self._take_back()
            raise Fault(
                "dropped_field",
                f"{one.title} took the call, and {one.said} is still {'off' if self.on else 'on'}.",
                where=one.page,
                why="; ".join(write.warnings) or "It does not say why.",
                do="Check that the account's plan and the token's rights allow it; or switch it in the vendor's pages.",
                exits=Exit.FAILED,
            )

    def _refused(self, fault: SystemFault) -> Fault:
        one, said = self.one, of_system(fault, self.one.page)
        stopped = fault.code == "stopped"
        return Fault(
            "cancelled" if stopped else said.code,
            "Cancelled. Nothing was changed."
            if stopped
            else f"{one.title} did not switch {one.said} {self.run.verb}; nothing was changed.",
            where="" if stopped else one.page,
            why="" if stopped else f"{fault.what}: {fault.why}",
            do="" if stopped else said.do,
            exits=Exit.CANCELLED if stopped else said.exits,
        )

    def _unknown(self, fault: SystemFault) -> Fault:
        one, verb = self.one, self.run.verb
        return Fault(
            fault.code,
            f"Nobody knows whether {one.said} is {verb} now: the answer of {one.title} did not come.",
            where=one.page,
            why=fault.why,
            do=f"Look there, or run the same command again. That it is to be {verb} is noted: the next"
            f" `golive up{one.opened.option}` sees to it.",
            exits=Exit.FAILED,
        )

    def _take_back(self) -> None:
        """The state as it was before, but for the journal."""
        before = self.one.state
        unsettled = tuple(each.as_text for each in unfinished(before))
        state = with_record(self._state(), switched_off=record(before).switched_off, unsettled=unsettled)
        self._save(state, "failed")

    def _finish(self) -> None:
        """Note that it is as it is to be. Raises Fault where that cannot be noted."""
        one = self.one
        assert one.live is not None and one.collection is not None  # noqa: S101 - it was looked at
        try:
            state = self._state()
            others = [each for each in unfinished(state) if each.entry["urn"] != one.urn]
            payload, outputs = one.payload(on=one.is_on), one.collection.outputs(one.live)
            found = Found(one.unfinished(on=one.is_on), one.live, payload, outputs)
            self._save(with_record(settled(state, [found], [], others), switched_off=self._notes), "done")
        except (EngineBusy, EngineFailed, Interrupted) as failed:
            raise Fault(
                "not_noted",
                f"{one.title} has switched it {self.run.verb}, and golive could not note that: {one.said}.",
                why=(str(failed).strip() or "another run is at work").splitlines()[-1],
                do=f"Nothing is lost: the next `golive up{one.opened.option}` looks it up.",
                exits=Exit.PARTLY,
            ) from failed

    def _state(self) -> Deployment:
        """The state as it is now; to be noted by a stopped run, too."""
        self.engine.begin_run(self.engine.given.run, Interruption())
        return self.engine.export_state()

    def _save(self, state: Deployment, result: Ended) -> None:
        """Let state and run file know what became of it."""
        one = self.one
        became = "done" if result == "done" else "failed"
        touched = tuple(replace(each, result=became) for each in self.run.touched)
        self.run = replace(self.run, ended=now(), result=result, touched=touched)
        self.engine.import_state(with_run(state, one.opened, self.run))
        change = Change(str(one.name), one.type, "update", one.side, payloads(state).get(str(one.name)))
        notes = (record(one.state).switched_off, record(state).switched_off)
        run_files(one.opened).keep(RunFile(self.run, self.copy, {}, (change,), notes))
