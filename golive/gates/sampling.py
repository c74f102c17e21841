"""People's verdicts about a sample of what came over: who may give them, which count, and how they are noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checklists.accepting import ROLES, Acceptance, acceptance, last_sample
from checklists.checklist import Checklist
from checklists.moments import moment
from checklists.words import role_words
from config.results.log_entry import Actor, LogEntry
from golive.gates.opened import OpenedGates
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from migrations.accepting.drawing import Sample

PROBE = "sample_accepted"


@dataclass(frozen=True)
class Given:
    """A verdict that somebody gives now."""

    judgement: str
    note: str = ""


def judging_roles(checklist: Checklist) -> tuple[str, ...]:
    """Whose verdicts count: as the item says that asks for them, else as golive does."""
    probes = (each.item.probe or {} for each in checklist.items.values() if not each.item.drop)
    said = [(each[PROBE] or {}).get("roles") for each in probes if PROBE in each]
    return tuple(next(filter(None, said), ROLES))


def counting(gates: OpenedGates) -> list[LogEntry]:
    """The log's entries about samples that count, in their order: drawn by people of the project, judged by those who
    may."""
    known, roles = gates.known, set(judging_roles(gates.checklist))

    def counts(entry: LogEntry) -> bool:
        if entry.entry not in ("sample_drawn", "sample_judged") or known.counts(entry):
            return False
        return entry.entry == "sample_drawn" or bool(known.roles_in(entry) & roles)

    return [each for each in known.book.chain.ordered if counts(each)]


def acceptance_of(gates: OpenedGates, migration: str, sample: Sample) -> Acceptance:
    """What the verdicts come to that the log has, for a sample as it is now."""
    return acceptance(migration, sample.digests, counting(gates), gates.people)


def noted_share(gates: OpenedGates, migration: str) -> float | None:
    """The share of the sample that was noted last; None where there was none."""
    entry = last_sample(counting(gates), migration)
    return float(entry.data["share"]) if entry is not None else None


def judge_of(gates: OpenedGates, practises_as: str | None) -> Actor:
    """Who judges now, in the roles in which they may. Raises Fault."""
    me, wanted = gates.me(practises_as), judging_roles(gates.checklist)
    roles = tuple(sorted(set(me.roles) & set(wanted)))
    if roles:
        return replace(me, roles=roles)
    raise Fault(
        "role",
        f"{me.name} is not asked whether what came over is good.",
        where="checklists/",
        why=f"That is said by: {', '.join(map(role_words, wanted))}. Whoever brought it over does not judge it.",
        do="Let one of them look; who has which role stands under `people` in a file of checklists/.",
        exits=Exit.USAGE,
    )


def note_judged(gates: OpenedGates, me: Actor, migration: str, sample: Sample, given: Mapping[str, Given]) -> None:
    """Note verdicts in somebody's name, each with the digest of the ticket that they are about. given: old id → what
    was said."""
    note_drawn(gates, me, migration, sample)
    digests = sample.digests
    verdicts = {
        source: {"verdict": each.judgement, "digest": digests[source], "note": each.note}
        for source, each in given.items()
    }
    gates.logbook.append("sample_judged", me, {"migration": migration, "verdicts": verdicts}, gates.signature())


def note_drawn(gates: OpenedGates, me: Actor, migration: str, sample: Sample, sent: str = "") -> bool:
    """Note which tickets are looked at, and what they are now, unless that is noted. sent: when the last run began; a
    sample that was drawn before is noted anew. Returns whether it was."""
    last = last_sample(counting(gates), migration)
    is_new = last is None or last.data["tickets"] != sample.digests or last.data["share"] != sample.share
    if not is_new and not (sent and last is not None and moment(f"{sent[:19]}Z") > moment(last.at)):
        return False
    data = {
        "migration": migration,
        "share": sample.share,
        "of": sample.of,
        "sorts": {each.name: each.drawn for each in sample.strata},
        "tickets": sample.digests,
    }
    gates.logbook.append("sample_drawn", me, data, gates.signature())
    return True
