"""What is named as a number before something is written, so that nobody causes it unawares: deletions and mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from config.results.plan import PlanDocument
from config.results.reach import Reach
from golive.changes.reaching import mailing, mails_said, uncounted
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


def check_numbers(caused: Caused, named: Numbers, *, all_sandbox: bool) -> None:
    """Objects and mails that golive itself causes are named exactly; tickets come and go while somebody reads, so that
    of mails about tickets the number that was named is the most. Raises Fault."""
    if not all_sandbox:
        _check_exactly(caused.deletions, named.delete, "--delete", ("deletes {} object", "deletes {} objects"))
    check_mails(caused, named, all_sandbox=all_sandbox)


def check_mails(caused: Caused, named: Numbers, *, all_sandbox: bool) -> None:
    """Only the mails. Raises Fault."""
    if all_sandbox:
        return
    rules = mailing(caused.reach)
    if rules:
        _check_most(rules, caused.mails, named.mail)
    else:
        _check_exactly(caused.mails, named.mail, "--mail", ("causes {} mail to people", "causes {} mails to people"))


def _check_exactly(needed: int, said: int, option: str, what: tuple[str, str]) -> None:
    if needed != said:
        raise _fault(
            f"This run {what[needed != 1].format(needed)}, and {option} says {said}.",
            _WHY,
            f"If that is meant:  {option} {needed}" if needed else f"Leave out {option}.",
        )


def _check_most(rules: Sequence[Reach], mails: int, said: int) -> None:
    """rules: those that mail. mails: all that the run causes, as far as it could be counted."""
    unknown = uncounted(rules)
    if said < mails:
        names = "; ".join(f"“{each.name}” fits {each.tickets:,} now" for each in rules if each.tickets)
        raise _fault(
            f"This run causes {mails_said(mails, rules)} mail{'' if mails == 1 else 's'} to people, and --mail says"
            f" {said}.",
            f"{names}: a mail for each of these tickets {rules[0].when}. {_WHY}" if names else _WHY,
            f"If that is meant:  --mail {mails}  As tickets come and go, the number may be higher; where more fit than"
            " it says, nothing is sent.",
        )
    if unknown and said <= mails:
        rule = unknown[0]
        raise _fault(
            f"How many mails “{rule.name}” sends {rule.when} could not be counted, and --mail says {said}.",
            f"{rule.why}. {_WHY}",
            "Run the command again later. Or look in the vendor's pages how many tickets fit it, and say how many mails"
            f" it may be at most:  --mail N{f' (more than the {mails} that are known)' if mails else ''}",
        )


def _fault(what: str, why: str, do: str) -> Fault:
    return Fault("number", what, why=why, do=do, exits=Exit.USAGE)
