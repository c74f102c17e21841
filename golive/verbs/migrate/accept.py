"""`golive migrate accept`: people look at a sample, and say whether it is good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from checklists.accepting import JUDGEMENTS, Acceptance
from checklists.loading import checklist_files
from config.results.log_entry import Actor
from config.words import suggestion
from golive import clock
from golive.gates.identity import acting_actor
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.sampling import Given, acceptance_of, judge_of, note_drawn, note_judged, noted_share
from golive.migrating.accepting import accept_page_file, accepted, expecting_of
from golive.migrating.opening import OpenedMigration, open_migration
from golive.migrating.target import Target, check_account, open_ledger, open_target
from golive.migrating.verdict_table import verdicts_in
from golive.runs.reading import system_faults
from golive.screens.ending import leave
from golive.screens.migration_accept import MEANINGS, show_accept, show_beside, write_accept_page
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import environment_option, json_option, practising_option, screen_of
from golive.terminal.output import OutputFile, writing_to
from golive.terminal.screen import Screen
from golive.verbs.migrate.selecting import Share
from golive.workspace.heading import heading
from golive.workspace.opening import Opened, open_environment
from migrations.accepting.beside import Beside, tickets_beside
from migrations.accepting.drawing import USUAL, Drawn, Sample, draw
from migrations.ledger.ledger import Ledger
from migrations.staging.staging import Staging
from stacks.interruption import Interruption

_KEYS = {"o": "ok", "c": "cosmetic", "m": "medium", "h": "high", "x": "critical"}
_LATER, _STOP = "l", "s"
_NOTED_EVERY = 20
"""Verdicts. Whoever looks at a thousand tickets loses no more than these when the machine goes down."""


@click.command("accept", short_help="Draw tickets for people to look at, and note what they say.")
@click.argument("source")
@environment_option
@click.option("--sample", type=Share(), default=None, metavar="SHARE", help="The share of closed tickets: 5%.")
@click.option("--html", "page", type=OutputFile(), default=None, metavar="FILE", help="Where the page is written.")
@click.option("--judge", is_flag=True, help="Show them one after the other here, and ask for a verdict.")
@click.option(
    "--verdict", "said", type=(str, click.Choice(JUDGEMENTS)), multiple=True, metavar="TICKET VERDICT",
    help="Say one: ok, cosmetic, medium, high or critical.",
)  # fmt: skip
@click.option("--note", default="", metavar="TEXT", help="What is wrong.")
@click.option(
    "--verdicts", "table", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None, metavar="FILE",
    help="A CSV file with many: ticket,verdict,note.",
)  # fmt: skip
@json_option
@practising_option
@click.pass_context
def accept(
    ctx: click.Context,
    source: str,
    environment: str | None,
    sample: float | None,
    page: Path | None,
    judge: bool,
    said: tuple[tuple[str, str], ...],
    note: str,
    table: Path | None,
    json_wanted: bool,
    practises_as: str | None,
) -> int:
    """Draw a sample of what came, always the same, of everything that can go wrong: open tickets, customers that
    matter most, each language, odd ones. A page shows old and new side by side.

    People of the client say of each ticket ok, cosmetic, medium, high or critical, in their own name in the log. It is
    accepted once all have been looked at, with less than 10 % cosmetic, 5 % medium, 2 % high faults, and none that is
    critical; until then it leaves with 1. A ticket that changes afterwards is looked at again.

    Example:  golive migrate accept old_inbox --judge -e production
    """
    screen = screen_of(ctx, json_wanted)
    migration = open_migration(ctx.obj["folder"], source)
    opened = open_environment(ctx.obj["folder"], environment)
    gates = open_gates(ctx, environment) if checklist_files(opened.workspace) else None
    with migration.staging() as staging, open_ledger(migration, opened.environment_name) as ledger:
        migration.check_read(staging)
        share = sample or (noted_share(gates, source) if gates is not None else None) or USUAL
        drawn = draw(staging, ledger, migration.declared, share)
        _check_sent(migration, drawn, opened.option)
        session = _Session(screen, migration, opened, gates, staging, ledger, drawn)
        if said or table is not None:
            given = dict(session.given(each, verdict, note) for each, verdict in said)
            given |= dict(session.given(*row) for row in (verdicts_in(table) if table is not None else ()))
            session.note(judge_of(session.known_gates, practises_as), given)
        elif judge:
            heading(screen, opened)
            session.judge(judge_of(session.known_gates, practises_as))
        if page is not None or not (said or table is not None or judge):
            if not judge:
                heading(screen, opened)
            session.write_page(page or accept_page_file(migration, opened.environment_name))
            session.renew(practises_as)
        document = session.document()
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_accept(screen, document, opened.option)
    return int(Exit.DONE if document.state == "accepted" else Exit.FAILED)


def _check_sent(migration: OpenedMigration, drawn: Sample, option: str) -> None:
    """Raises Fault where nothing is there that anybody could look at."""
    if not drawn.tickets:
        raise Fault(
            "nothing_sent",
            f"No ticket of {migration.declared.name} is there yet.",
            where=migration.file,
            do=f"Send it first:  golive migrate run {migration.key}{option}",
            exits=Exit.USAGE,
        )


@dataclass
class _Session:
    """What one run of the verb has at hand. differences: old id → what golive itself sees."""

    screen: Screen
    migration: OpenedMigration
    opened: Opened
    gates: OpenedGates | None
    staging: Staging
    ledger: Ledger
    sample: Sample
    calls: CallCount = field(default_factory=CallCount)
    differences: dict[str, int] = field(default_factory=dict)
    page: str = ""

    @property
    def known_gates(self) -> OpenedGates:
        """Raises Fault where nobody is known who could say anything."""
        if self.gates is None:
            raise Fault(
                "no_people",
                "Nobody is known who may say that it is good.",
                where="checklists/",
                why="This workspace has no checklists/, so that it has no people with roles, and no log.",
                do="Write them into checklists/project.yaml:  people: {KEY: {roles: [support_lead], git: [ADDRESS]}}",
                exits=Exit.USAGE,
            )
        return self.gates

    @property
    def acceptance(self) -> Acceptance:
        if self.gates is None:
            return Acceptance(len(self.sample.tickets), open=tuple(self.sample.digests))
        return acceptance_of(self.gates, self.migration.key, self.sample)

    def document(self) -> Any:
        return accepted(
            self.migration, self.opened.environment_name, self.sample, self.acceptance, self.differences, self.page,
            self.calls.made,
        )  # fmt: skip

    # ---------------------------------------------------------------- verdicts

    def given(self, word: str, judgement: str, note: str) -> tuple[str, Given]:
        """A verdict with the old id of its ticket, which can be named by any of its ids. Raises Fault."""
        found = next((each for each in self.sample.tickets if word in (each.source, each.target)), None)
        if found is None:
            known = [name for each in self.sample.tickets for name in (each.source, each.target)]
            raise Fault(
                "not_drawn",
                f"`{word}` is not among the {len(self.sample.tickets):,} tickets that are looked at.",
                why="A verdict counts for the sample; what nobody drew would change its shares.",
                do=suggestion(word, known, f"To look at it, too, write it into {self.migration.file}:  "
                                           f"accept: {{golden: [ID]}}  with its old id"),
                exits=Exit.USAGE,
            )  # fmt: skip
        if judgement not in JUDGEMENTS:
            raise Fault(
                "verdict",
                f"`{judgement}` is no verdict, at the ticket {word}; nothing was noted.",
                do=f"Say one of {', '.join(JUDGEMENTS)}.",
                exits=Exit.USAGE,
            )
        if judgement != "ok" and not note.strip():
            raise Fault(
                "no_note",
                f"What is wrong in the ticket {word}? Nothing was noted.",
                why="Whoever mends it has to know what you saw.",
                do="Say it:  --note TEXT   or in the column `note`.",
                exits=Exit.USAGE,
            )
        return found.source, Given(judgement, note.strip())

    def note(self, me: Actor, given: Mapping[str, Given]) -> None:
        if given:
            gates = self.known_gates
            note_judged(gates, me, self.migration.key, self.sample, given)
            many = "1 verdict" if len(given) == 1 else f"{len(given):,} verdicts"
            self.screen.say(
                f"[good]Noted[/]: {many} by {escape(me.name)}.  [quiet]{escape(gates.logbook.shown)}: commit it[/]\n"
            )

    def judge(self, me: Actor) -> None:
        """Show what waits for a verdict, one after the other, and ask; what was said is noted every few tickets and at
        the end, however that comes. Raises Fault without a terminal."""
        if not self.screen.can_ask:
            raise Fault(
                "not_asked",
                "Nobody can be asked here, so nothing was noted.",
                do="Say them in the command, --verdict TICKET ok, or in a table, --verdicts FILE.",
                exits=Exit.USAGE,
            )
        waiting = [each for each in self.sample.tickets if each.source in set(self.acceptance.open)]
        given: dict[str, Given] = {}
        for key, word in _KEYS.items():
            self.screen.note(f"  [head]{key}[/] {word}: {MEANINGS[word]}")
        self.screen.note(f"  [head]{_LATER}[/] later   [head]{_STOP}[/] stop; what you said is kept")
        try:
            target = self._target()
            with system_faults(target.where):
                for number, one in enumerate(self._beside(target, waiting), 1):
                    show_beside(self.screen, one, f"{number} of {len(waiting)}")
                    answer = click.prompt("\nVerdict", type=click.Choice([*_KEYS, _LATER, _STOP]), err=True)
                    if answer == _STOP:
                        break
                    if answer in _KEYS:
                        note = click.prompt("What is wrong?", err=True) if answer != "o" else ""
                        given[one.drawn.source] = Given(_KEYS[answer], note)
                    if len(given) == _NOTED_EVERY:
                        self.note(me, given)
                        given = {}
        except (click.Abort, KeyboardInterrupt):
            self.screen.note("\nStopped.")
        finally:
            self.note(me, given)

    # ---------------------------------------------------------------- reading

    def write_page(self, file: Path) -> None:
        """Raises Fault."""
        shown = self.document()
        with writing_to(file), self.calls.shown(self.screen, "Reading"):
            target = self._target()
            with system_faults(target.where):
                tickets = self._beside(target, self.sample.tickets)
                read_at = f"{clock.now():%Y-%m-%d %H:%M}"
                write_accept_page(file, shown, tickets, read_at, self.opened.option)
        workspace = self.migration.workspace
        self.page = workspace.show(file) if file.is_relative_to(workspace.root) else str(file)

    def renew(self, practises_as: str | None) -> None:
        """Note the sample anew where it is known and something was sent since, so that gates know what it is now."""
        gates = self.gates
        if gates is None or noted_share(gates, self.migration.key) != self.sample.share:
            return
        me = acting_actor(gates.opened.workspace.root, gates.people, practises_as, gates.opened.environment)
        if me is not None and me.key:
            note_drawn(gates, me, self.migration.key, self.sample, self.ledger.last_run().began)

    def _target(self) -> Target:
        """The helpdesk, signed in to. Raises Fault."""
        with Interruption(on_overdue=leave) as interruption:
            target = open_target(self.migration, self.opened, self.screen, interruption, self.calls.report)
            check_account(self.ledger, target, self.migration)
            return target

    def _beside(self, target: Target, drawn: tuple[Drawn, ...] | list[Drawn]) -> Iterator[Beside]:
        imports = target.imports(writes=False)
        expecting = expecting_of(self.migration, self.staging, self.ledger, target, imports)
        for one in tickets_beside(drawn, expecting, imports):
            self.differences[one.drawn.source] = one.differences
            yield one
