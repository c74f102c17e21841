"""What is named as a number before something is written, so that nobody causes it unawares: deletions and mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from config.results.plan import PlanDocument
from config.results.reach import Reach
from golive.changes.reaching import deleting, fits, goes_with, mailing, mails_said, records_of, records_said, uncounted
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault

_WHY = "What cannot be taken back is said as a number."


@dataclass(frozen=True)
class Caused:
    """What a run causes that cannot be taken back. deletions: objects; mails: all of them, with those of `reach`."""

    deletions: int = 0
    mails: int = 0
    reach: Sequence[Reach] = field(default_factory=tuple)

    @classmethod
    def by(cls, document: PlanDocument) -> Caused:
        """What a plan causes."""
        return cls(document.deletions, document.mails, document.reach)


@dataclass(frozen=True)
class Numbers:
    """The numbers that a person has named, by their options."""

    delete: int = 0
    mail: int = 0
    delete_records: int = 0


def check_numbers(caused: Caused, named: Numbers, *, all_sandbox: bool) -> None:
    """Objects and mails that golive itself causes are named exactly; tickets come and go while somebody reads, so that
    of what rules do with them the number that was named is the most. Raises Fault."""
    if not all_sandbox:
        _check_exactly(caused.deletions, named.delete, "--delete", ("deletes {} object", "deletes {} objects"))
    check_reach(caused, named, all_sandbox=all_sandbox)


def check_reach(caused: Caused, named: Numbers, *, all_sandbox: bool) -> None:
    """Only what rules do by themselves, and the other mails. Raises Fault."""
    if all_sandbox:
        return
    deletes, mails = deleting(caused.reach), mailing(caused.reach)
    if deletes:
        run = f"begins to delete {records_said(deletes)} for good"
        _check_most("--delete-records", named.delete_records, records_of(deletes), deletes, run, "records “{}” deletes")
    else:
        what = ("deletes {} record for good", "deletes {} records for good")
        _check_exactly(0, named.delete_records, "--delete-records", what)
    if mails:
        run = f"causes {mails_said(caused.mails, mails)} mail{'' if caused.mails == 1 else 's'} to people"
        _check_most("--mail", named.mail, caused.mails, mails, run, "mails “{}” sends")
    else:
        _check_exactly(caused.mails, named.mail, "--mail", ("causes {} mail to people", "causes {} mails to people"))


def _check_exactly(needed: int, said: int, option: str, what: tuple[str, str]) -> None:
    if needed != said:
        raise _fault(
            f"This run {what[needed != 1].format(needed)}, and {option} says {said}.",
            _WHY,
            f"If that is meant:  {option} {needed}" if needed else f"Leave out {option}.",
        )


def _check_most(option: str, said: int, needed: int, rules: Sequence[Reach], run: str, of_one: str) -> None:
    """needed: all of it, as far as it could be counted. run: what this run does, with the number; of_one: what a rule
    does, without. Raises Fault."""
    if said < needed:
        names = "; ".join(fits(each) for each in rules if each.tickets)
        raise _fault(
            f"This run {run}, and {option} says {said}.",
            f"{names}. {_WHY}" if names else _WHY,
            f"If that is meant:  {option} {needed}  As tickets come and go, the number may be higher; where more fit"
            " than it says, nothing is sent.",
        )
    unknown = next(iter(uncounted(rules)), None)
    if unknown and said <= needed:
        more = f" (more than the {needed} that are known)" if needed else ""
        what = goes_with(unknown) or of_one.format(unknown.name)
        raise _fault(
            f"How many {what} could not be counted, and {option} says {said}.",
            f"{unknown.why}. {_WHY}",
            f"Look in the vendor's pages how many fit it, and say how many it may be at most:  {option} N{more}",
        )


def _fault(what: str, why: str, do: str) -> Fault:
    return Fault("number", what, why=why, do=do, exits=Exit.USAGE)
