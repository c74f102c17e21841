"""The ledger: intent, call, job, result, each committed before the next, so that after any crash nothing is sent twice.

Whoever sends
- writes down what it is about to send (`intend`) before the call;
- writes down the vendor's job (`begun`) as soon as it is known;
- writes down what became of each record (`settle`).
A batch that was intended and of which no job is known may have been sent or not: only the vendor knows, and is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from migrations.ledger.database import Database, now
from migrations.ledger.entry import SEATED, Action, Batch, Entry, Result, Run, State
from migrations.ledger.former import Former
from migrations.records.record import RecordType

_ONE_SECOND = timedelta(seconds=1)
CLOCKS_DIFFER = timedelta(minutes=10)
"""How much the vendor's clock may differ from this machine's. Tickets that nobody has touched are as old as in the old
tool, so that it costs nothing."""
FORMAT = "1"


class Ledger:
    """path: the file, which is made once something is written. former: ids that records had before.

    Raises AtWork where another process has it; so does the first step that is written, where it was made meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)
        self.former = Former(self._database)

    @property
    def path(self) -> Path:
        return self._database.path

    def close(self) -> None:
        self._database.close()

    def back_up(self) -> Path:
        """Copy the ledger beside itself; the oldest copies go."""
        return self._database.back_up()

    def account(self) -> str:
        """The id of the account to which it belongs; empty before anything was sent."""
        return self._database.noted("account")

    def set_account(self, account: str) -> None:
        with self._database.transaction():
            self._database.note("format", FORMAT)
            self._database.note("account", account)

    def note_comparing(self, also: Iterable[str] = ()) -> None:
        """A delta begins to compare what is there with what is to be there. also: old ids of tickets that are made anew
        although they were worked on until now."""
        with self._database.transaction():
            self._database.execute("DELETE FROM notes WHERE key LIKE 'also:%'")
            self._database.note(_COMPARED, now(CLOCKS_DIFFER))
            for source in also:
                self._database.note(f"also:{source}", now(-_ONE_SECOND))  # the vendor's times have no parts of one

    def first_sent(self) -> str:
        """When the first run began that was no trial; empty before that."""
        return self._database.noted(_FIRST)

    def end_trials(self) -> None:
        """A run begins that is no trial: what trials have made is its own from now on."""
        with self._database.transaction():
            if not self.first_sent():
                self._database.note(_FIRST, now())
            self._database.execute("UPDATE entries SET trial = 0 WHERE trial = 1")

    # ---------------------------------------------------------------- runs

    def begin(self, verb: str, version: str, mapping: str) -> int:
        """A run begins; its number. mapping: the digest of what the file said."""
        with self._database.transaction():
            done = self._database.execute(
                "INSERT INTO runs (verb, began, version, mapping) VALUES (?, ?, ?, ?)", (verb, now(), version, mapping)
            )
        return int(done.lastrowid or 0)

    def end(self, run: int, calls: int) -> None:
        with self._database.transaction():
            self._database.execute("UPDATE runs SET ended = ?, calls = ? WHERE id = ?", (now(), calls, run))

    def forget_run(self, run: int) -> None:
        """A run that has changed nothing is none."""
        with self._database.transaction():
            self._database.execute("DELETE FROM runs WHERE id = ?", (run,))

    def last_run(self) -> Run:
        """The newest run; one without a beginning where there is none."""
        row = self._database.execute(f"SELECT {_RUN} FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        return Run(*row) if row else Run()

    def runs(self) -> list[Run]:
        """Every run, the oldest first."""
        return [Run(*row) for row in self._database.execute(f"SELECT {_RUN} FROM runs ORDER BY id")]

    # ---------------------------------------------------------------- what is sent

    def intend(
        self, run: int, type_: RecordType, action: Action, digests: Mapping[str, str], *, trial: bool = False
    ) -> Batch:
        """Write down what is about to be sent. digests: source id → digest of what is sent, in the call's order."""
        with self._database.transaction():
            done = self._database.execute(
                "INSERT INTO batches (run, type, action, state, digest, intended) VALUES (?, ?, ?, 'intended', ?, ?)",
                (run, type_, action, " ".join(digests.values()), now()),
            )
            batch = int(done.lastrowid or 0)
            if action == "create":
                self._database.executemany(
                    "INSERT INTO entries (type, source, state, batch, place, digest, at, trial) "
                    "VALUES (?, ?, 'intended', ?, ?, ?, ?, ?) ON CONFLICT (type, source) DO UPDATE SET "
                    "target = CASE WHEN state = 'made' THEN target ELSE '' END, state = excluded.state, "
                    "batch = excluded.batch, place = excluded.place, reason = '', digest = excluded.digest, "
                    "at = CASE WHEN state = 'made' THEN at ELSE excluded.at END, "
                    "trial = CASE WHEN state = 'made' THEN trial ELSE excluded.trial END",
                    [
                        (type_, source, batch, place, digest, now(), trial)
                        for place, (source, digest) in enumerate(digests.items())
                    ],
                )
            else:
                self._database.executemany(
                    "UPDATE entries SET batch = ?, place = ? WHERE type = ? AND source = ?",
                    [(batch, place, type_, source) for place, source in enumerate(digests)],
                )
        return Batch(batch, type_, action, tuple(digests))

    def begun(self, batch: Batch, job: str) -> Batch:
        """The vendor has named the job that carries a batch out."""
        with self._database.transaction():
            self._database.execute("UPDATE batches SET state = 'begun', job = ? WHERE id = ?", (job, batch.id))
        return Batch(batch.id, batch.type, batch.action, batch.sources, job)

    def settle(self, batch: Batch, results: Iterable[Result]) -> None:
        """What became of a batch. A record without a result is open again, and is sent anew."""
        told = {each.place: each for each in results}
        with self._database.transaction():
            for place, source in enumerate(batch.sources):
                self._settle(batch, source, told.get(place))
            self._database.execute("UPDATE batches SET state = 'settled', settled = ? WHERE id = ?", (now(), batch.id))

    def _settle(self, batch: Batch, source: str, result: Result | None) -> None:
        if batch.action == "create":
            self._settle_made(batch, source, result)
        elif result is not None and result.reason:
            self._database.execute(
                f"UPDATE entries SET reason = ? {_OF}",
                (f"{_REASON.get(batch.action, '')}{result.reason}", batch.type, source),
            )
        elif result is not None and batch.action == "remove":
            self.former.add(batch.type, source, until=now())
            self._database.execute(
                f"UPDATE entries SET state = 'removed', reason = '', at = ? {_OF}", (now(), batch.type, source)
            )
        elif result is not None and batch.action == "retire":
            self.former.settle_deleted(batch.type, source)
        elif result is not None:
            self.former.settle_purged(batch.type, source)

    def _settle_made(self, batch: Batch, source: str, result: Result | None) -> None:
        """An entry that was intended and has a target is that of a ticket which was there before, and still is."""
        of = (batch.type, source)
        if result is not None and result.target:
            since = self._database.noted(f"also:{source}") or self._database.noted(_COMPARED)
            self.former.add(*of, untouched=since, state="intended")
            self._database.execute(
                "UPDATE entries SET state = 'made', target = ?, reason = ?, "
                f"at = (SELECT intended FROM batches WHERE id = ?) {_OF}",
                (result.target, result.reason, batch.id, *of),
            )
            return
        why = result.reason if result is not None else ""
        self._database.execute(
            f"UPDATE entries SET state = 'made', digest = '', reason = ? {_OF} AND target <> ''", (why, *of)
        )
        if result is not None:
            self._database.execute(f"UPDATE entries SET state = 'failed', reason = ? {_OF} AND target = ''", (why, *of))
        else:
            self._database.execute(f"DELETE FROM entries {_OF} AND state = 'intended'", of)

    def note_entries(self, entries: Iterable[Entry]) -> None:
        """What is known without a call: who was there before, what is left out and why."""
        with self._database.transaction():
            self._database.executemany(
                "INSERT OR REPLACE INTO entries (type, source, target, state, reason, digest, at, trial) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (each.type, each.source, each.target, each.state, each.reason, each.digest, now(), each.trial)
                    for each in entries
                ],
            )

    def note_skipped(self, left: Iterable[tuple[RecordType, str, str]]) -> None:
        """Why records stay behind: (type, source, reason). What was sent already is known to be there, and stays so."""
        with self._database.transaction():
            self._database.executemany(
                "INSERT INTO entries (type, source, state, reason, at) VALUES (?, ?, 'skipped', ?, ?) "
                "ON CONFLICT (type, source) DO UPDATE SET state = excluded.state, reason = excluded.reason, "
                "at = excluded.at WHERE state IN ('skipped', 'failed', 'removed')",
                ((type_, source, why, now()) for type_, source, why in left),
            )

    def forget_refusal(self, type_: RecordType, source: str) -> None:
        """A record that was refused once is there now, and has no entry of its own."""
        said = "DELETE FROM entries WHERE type = ? AND source = ? AND state = 'failed'"
        with self._database.transaction():
            self._database.execute(said, (type_, source))

    def note_seats(self, seats: Mapping[str, str]) -> None:
        """People who have a seat, by their old ids → that user, whatever they were until now. The user who was made for
        one of them before is a former one, and still ours to take away."""
        with self._database.transaction():
            for source, target in seats.items():
                self.former.add("people", source)
                self._database.execute(
                    "INSERT INTO entries (type, source, target, state, digest, at) "
                    "VALUES ('people', ?, ?, 'matched', ?, ?) ON CONFLICT (type, source) DO UPDATE SET "
                    "target = excluded.target, state = excluded.state, "
                    "reason = '', digest = excluded.digest, at = excluded.at",
                    (source, target, SEATED, now()),
                )

    def note_made_again(self, made: Mapping[str, str]) -> None:
        """People who have no seat any more, by their old ids → the user who was made for them before and is there."""
        with self._database.transaction():
            for source, target in made.items():
                self.former.take_back("people", source, target)
                self._database.execute(
                    "INSERT INTO entries (type, source, target, state, at) VALUES ('people', ?, ?, 'made', ?) "
                    "ON CONFLICT (type, source) DO UPDATE SET target = excluded.target, state = excluded.state, "
                    "reason = '', digest = '', at = excluded.at",
                    (source, target, now()),
                )

    # ---------------------------------------------------------------- what is there

    def open_batches(self) -> list[Batch]:
        """Those of which it is not known what became of them, the oldest first."""
        rows = self._database.execute("SELECT id, type, action, job FROM batches WHERE state <> 'settled' ORDER BY id")
        return [Batch(int(id_), type_, action, self._sources(int(id_)), str(job)) for id_, type_, action, job in rows]

    def _sources(self, batch: int) -> tuple[str, ...]:
        rows = self._database.execute("SELECT source FROM entries WHERE batch = ? ORDER BY place", (batch,))
        return tuple(str(row[0]) for row in rows)

    def entry(self, type_: RecordType, source: str) -> Entry | None:
        row = self._database.execute(f"SELECT {_ENTRY} FROM entries WHERE type = ? AND source = ?", (type_, source))
        found = row.fetchone()
        return _entry(found) if found else None

    def entries_of(self, type_: RecordType, sources: Sequence[str]) -> dict[str, Entry]:
        """Source id → its entry, of those that have one."""
        marks = ", ".join("?" * len(sources))
        said = f"SELECT {_ENTRY} FROM entries WHERE type = ? AND source IN ({marks})"
        return {str(row[1]): _entry(row) for row in self._database.execute(said, (type_, *sources))}

    def entries(self, type_: RecordType, *states: State) -> Iterator[Entry]:
        """One after the other, in the order of the old ids."""
        marks = ", ".join("?" * len(states))
        said = f"SELECT {_ENTRY} FROM entries WHERE type = ? AND state IN ({marks}) ORDER BY source"
        return (_entry(row) for row in self._database.execute(said, (type_, *states)))

    def seated(self) -> list[str]:
        """The old ids of people who have a seat by the mapping that they were sent with."""
        said = "SELECT source FROM entries WHERE type = 'people' AND state = 'matched' AND digest = ? ORDER BY source"
        return [str(row[0]) for row in self._database.execute(said, (SEATED,))]

    def page(self, type_: RecordType, state: State, after: str, most: int) -> list[Entry]:
        """The next ones of a state behind an old id, by their old ids."""
        said = f"SELECT {_ENTRY} FROM entries WHERE type = ? AND state = ? AND source > ? ORDER BY source LIMIT ?"
        return [_entry(row) for row in self._database.execute(said, (type_, state, after, most))]

    def targets(self, type_: RecordType, sources: Sequence[str]) -> dict[str, str]:
        """Source id → the new one's, of those that are there."""
        marks = ", ".join("?" * len(sources))
        held = f"type = ? AND source IN ({marks}) AND state IN ('made', 'matched')"
        said = f"SELECT source, target FROM entries WHERE {held}"
        return {str(source): str(target) for source, target in self._database.execute(said, (type_, *sources))}

    def counts(self) -> dict[RecordType, dict[State, int]]:
        """Type → state → how many."""
        found: dict[RecordType, dict[State, int]] = {}
        said = "SELECT type, state, COUNT(*) FROM entries GROUP BY 1, 2 ORDER BY 1, 2"
        for type_, state, number in self._database.execute(said):
            found.setdefault(type_, {})[state] = int(number)
        return found

    def changes(self) -> tuple[object, ...]:
        """The same as long as nothing was made, taken away or left open."""
        return self.counts(), self.former.counts(), len(self.open_batches())

    def examples(self, type_: RecordType, state: State, reason: str, most: int) -> list[str]:
        """A few old ids of the records with a reason."""
        said = "SELECT source FROM entries WHERE type = ? AND state = ? AND reason = ? ORDER BY source LIMIT ?"
        return [str(row[0]) for row in self._database.execute(said, (type_, state, reason, most))]

    def reasons(self, type_: RecordType, state: State) -> dict[str, int]:
        """Reason → how many, the most frequent first."""
        said = "SELECT reason, COUNT(*) FROM entries WHERE type = ? AND state = ? GROUP BY 1 ORDER BY 2 DESC, 1"
        return {str(reason): int(number) for reason, number in self._database.execute(said, (type_, state))}

    def source_of(self, type_: RecordType, target: str) -> str:
        """The old id of what is there under a new one; empty where it is none of ours."""
        said = "SELECT source FROM entries WHERE type = ? AND target = ? AND state IN ('made', 'matched')"
        row = self._database.execute(said, (type_, target)).fetchone()
        return str(row[0]) if row else ""

    def note_reason(self, type_: RecordType, source: str, reason: str) -> None:
        """Something that a person has to know of a record that is there."""
        with self._database.transaction():
            self._database.execute(f"UPDATE entries SET reason = ? {_OF}", (reason, type_, source))

    def note_gone(self, type_: RecordType, source: str) -> None:
        """What was made was deleted by somebody else, which is what a rollback wants."""
        with self._database.transaction():
            self.former.add(type_, source, until=now())
            self._database.execute(f"UPDATE entries SET state = 'removed', reason = '' {_OF}", (type_, source))


_OF = "WHERE type = ? AND source = ?"
_COMPARED, _FIRST = "compared", "first_sent"
_REASON: Mapping[Action, str] = {"retire": "the one that it took the place of could not be deleted: "}
_RUN = "id, verb, began, ended, version, mapping, calls"
_ENTRY = "type, source, state, target, reason, digest, trial, at"


def _entry(row: tuple[RecordType, str, State, str, str, str, int, str]) -> Entry:
    return Entry(row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), row[7])
