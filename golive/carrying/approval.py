"""What must hold before something is written, and how somebody agrees: in production by the client's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from config.results.findings import FindingEntry
from config.results.plan import Change, PlanDocument
from config.rules.catalogue import catalogue
from golive import clock
from golive.changes.notices import Sides
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.wording.phrases import phrase_of
from golive.wording.words import count_of, listed, title_of
from golive.workspace.opening import Opened
from provisioners.resource import ObjectName, ResourceName
from provisioners.system import Account
from stacks.steps import Side
from stacks.switches import Held

NAME_TAKEN = "ZD101"


def check_collisions(document: PlanDocument) -> None:
    """Nothing is begun while a live object is in the way. Raises Fault."""
    if not document.collisions:
        return
    first = document.collisions[0]
    many = f" and {len(document.collisions) - 1} more" if len(document.collisions) > 1 else ""
    raise Fault(
        "collision",
        f"In {first.system}, something named “{first.name}” is there already{many}; nothing was changed.",
        where=first.where,
        why="golive never takes over an object by its name alone.",
        do=first.do,
        exits=Exit.FAILED,
    )


def errors_of_accounts(findings: Iterable[FindingEntry]) -> list[FindingEntry]:
    """What the accounts would refuse, beside names that are taken, which `check_collisions` refuses."""
    return [each for each in findings if each.severity == "error" and each.rule != NAME_TAKEN]


def check_accounts(findings: Iterable[FindingEntry], *, can_exclude: bool = False) -> None:
    """Nothing is begun that an account refuses. can_exclude: whether the verb takes --exclude. Raises Fault."""
    errors = errors_of_accounts(findings)
    if not errors:
        return
    first = errors[0]
    many = f", and {len(errors) - 1} more" if errors[1:] else ""
    rule = catalogue().get(first.rule)  # a system from elsewhere need not list its rules
    allowed = rule is None or rule.may_be_allowed
    reason = f" If you know better, say why:  x-allow: {{{first.rule}: …}}" if allowed else ""
    rest = " To send everything else now:  --exclude KIND/KEY" if can_exclude else ""
    raise Fault(
        "account_refuses",
        f"The account would refuse this{many}; nothing was changed.",
        where=f"{first.file}:{first.line}" if first.file else first.path,
        why=f"{first.message} ({first.rule})",
        do=f"{first.hint}{reason}{rest}",
        exits=Exit.USAGE,
    )


def check_data(lost: list[tuple[Change, int | None]]) -> None:
    """What people have entered is never thrown away by the way. Raises Fault."""
    if not lost:
        return
    first, held = lost[0]
    many = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    values = {None: "every value that people have entered", 1: "the value that 1 record holds"}.get(
        held, f"the values that {held} records hold"
    )
    raise Fault(
        "data",
        f"{title_of(first.kind)} {first.key}{many} would be removed and made anew, with {values}; nothing was changed.",
        where=first.where,
        why=f"What would change cannot be changed there: {listed(_said(first))}.",
        do="Leave it as it is and declare a new one under a new key; or put back by hand what was changed by hand.",
        exits=Exit.FAILED,
    )


def _said(change: Change) -> list[str]:
    """What differs, as people call it."""
    return list(dict.fromkeys(phrase_of(change.kind, each.path).said for each in change.diff))


def check_own_role(changes: Sequence[Change], sides: Sides, accounts: Mapping[str, Account]) -> None:
    """golive never takes away the rights by which it works. Raises Fault."""
    lost = losing_own_role(changes, sides, accounts)
    if lost is None:
        return
    _, will = sides[lost.system, lost.kind, lost.key]
    becomes = "would lose the seat" if lost.action in ("delete", "switch_off") else f"would become {will.get('role')}"
    if lost.action not in ("delete", "switch_off") and will.get("active") is False:
        becomes = "could not sign in any more"
    raise Fault(
        "own_role",
        f"{lost.name or lost.key} {becomes}, and golive works with this person's token; nothing was changed.",
        where=lost.where,
        why="Only an admin can change rules, fields and people: golive would lock itself out, half-way.",
        do="Give the person a role that is `like: admin`, or let golive work with another admin's token.",
        exits=Exit.FAILED,
    )


def losing_own_role(changes: Sequence[Change], sides: Sides, accounts: Mapping[str, Account]) -> Change | None:
    """The change by which the person whose token golive uses is an admin no more."""
    for change in changes:
        account = accounts.get(change.system)
        was, will = sides.get((change.system, change.kind, change.key), ({}, {}))
        if change.kind != "people" or account is None or was.get("role") != "admin" or change.action == "release":
            continue
        keeps = change.action == "update" and will.get("role") == "admin" and will.get("active") is not False
        if _is_user(account, was) and not keeps:
            return change
    return None


def check_own_user(goes: Iterable[ObjectName], ours: Mapping[str, Side], accounts: Mapping[str, Account]) -> None:
    """golive does not delete the person whose token it works with. Raises Fault.

    ours: resource → what is known of it.
    """
    for instance, kind, key in goes:
        account, side = accounts.get(instance), ours.get(str(ResourceName(instance, kind, key)))
        if kind == "people" and account and side and _is_user(account, side.payload):
            raise Fault(
                "own_role",
                f"{side.label or key} would be deleted, and golive works with this person's token.",
                why="golive would lock itself out, half-way.",
                do="Let golive work with another admin's token.",
                exits=Exit.FAILED,
            )


def _is_user(account: Account, person: Mapping[str, Any]) -> bool:
    """Whether a person is the one whose token golive uses."""
    return str(person.get("email", "")).lower() == account.user.lower()


def check_freeze(opened: Opened, *, can_break: bool = False) -> None:
    """Nothing is changed while the environment file says so. can_break: whether the verb takes --break-glass. Raises
    Fault."""
    frozen = opened.environment.frozen(clock.now())
    if frozen is None:
        return
    emergency = "; in an emergency:  --break-glass --reason TEXT" if can_break else ""
    raise Fault(
        "frozen",
        f"Nothing may change in {opened.environment_name} until {frozen.last} (UTC); nothing was changed.",
        where=f"stacks/Pulumi.{opened.environment_name}.yaml",
        why=frozen.why or "The environment file says `freeze:`.",
        do="Wait until the day after, or take `freeze:` out of the environment file, reviewed as any change"
        f"{emergency}. Going back (golive retreat) and switching off (golive off) stay possible.",
        exits=Exit.FAILED,
    )


MOST_GONE = 5
LARGEST_SHARE_GONE = 0.05


def check_gone(document: PlanDocument, known: Mapping[tuple[str, str], int], remake: int, *, all_sandbox: bool) -> None:
    """So many objects gone at once are hardly meant: nothing is made again before somebody has said how many.

    known: (instance, kind) → how many objects of ours there were. One alone is everyday life. Raises Fault.
    """
    gone = Counter((each.system, each.kind) for each in document.drift if each.action == "delete")
    many = [
        place
        for place, count in gone.items()
        if count > MOST_GONE or (count > 1 and count > LARGEST_SHARE_GONE * known.get(place, count))
    ]
    if all_sandbox or not many or remake == gone.total():
        return
    system, kind = many[0]
    raise Fault(
        "gone",
        f"{gone[many[0]]} of our {count_of(known.get(many[0], 0), kind)} are gone from {system}; nothing was changed.",
        why="So many at once are rarely deleted on purpose: it may be another tool, or a list that was cut short.",
        do=f"Look there first. If they are to be made again:  --remake {gone.total()}  Or take them out of the files.",
        exits=Exit.USAGE,
    )


LARGE_SHARE = 0.3
FEWEST_FOR_A_SHARE = 10


_GOING = ("delete", "replace", "switch_off")
"""What happens to objects that have left the files, or that have to be made anew."""


def check_share(
    document: PlanDocument, known: Mapping[tuple[str, str], int], agreed: Sequence[str], *, all_sandbox: bool
) -> None:
    """So large a share of a kind goes only where somebody has named the kind. Raises Fault.

    known: (instance, kind) → how many objects of ours there are. agreed: kinds.
    """
    going = Counter((each.system, each.kind) for each in document.changes if each.action in _GOING)
    for (system, kind), count in going.items():
        there = known.get((system, kind), 0)
        if all_sandbox or kind in agreed or there < FEWEST_FOR_A_SHARE or count <= LARGE_SHARE * there:
            continue
        number = f"--delete {document.deletions} " if document.deletions else ""
        raise Fault(
            "share",
            f"This run deletes or switches off {count} of {count_of(there, kind)} in {system}, which is"
            f" {count / there:.0%}; nothing was changed.",
            why=f"More than {LARGE_SHARE:.0%} of a kind at once is rarely meant: a file may be missing.",
            do=f"If it is meant:  {number}--share {kind}",
            exits=Exit.USAGE,
        )


def check_taken_out(taken_out: Sequence[str], said: int, *, all_sandbox: bool) -> None:
    """What was taken over and no run has seen in the files leaves by its number only. Raises Fault."""
    if all_sandbox or len(taken_out) == said:
        return
    many = f"{len(taken_out)} object{'s' if len(taken_out) != 1 else ''} that no run has seen in the files"
    why = "They were taken over, and the file into which they were written is here without them."
    raise _another_number(f"lets go of {many}", "--taken-out", len(taken_out), said, why)


def check_switches(held: Sequence[Held], said: int) -> None:
    """What somebody has switched off by hand is switched on by its number only. Raises Fault."""
    which = [each.note.named.address for each in held if each.fate == "stays_off"]
    if len(which) == said:
        return
    many = f"{len(which)} object{'s' if len(which) != 1 else ''} that somebody switched off by hand"
    named = f" ({listed(which)})" if which else ""
    why = "Whoever switched it off had a reason, which the plan shows."
    raise _another_number(f"switches on {many}{named}", "--switch-on", len(which), said, why)


def _another_number(does: str, option: str, needed: int, said: int, why: str) -> Fault:
    return Fault(
        "number",
        f"This run {does}, and {option} says {said}; nothing was changed.",
        why=why,
        do=f"If that is meant:  {option} {needed}" if needed else f"Leave out {option}.",
        exits=Exit.USAGE,
    )


def check_by_hand(edited: Sequence[str], said: int) -> None:
    """What somebody has changed by hand is overwritten by an undo by its number only. Raises Fault.

    edited: addresses of objects that were changed by hand in what would be put back.
    """
    if not said or said == len(edited):
        return
    named = f" ({listed(edited)})" if edited else ""
    many = f"{len(edited)} object{'s were' if len(edited) != 1 else ' was'}"
    raise Fault(
        "number",
        f"{many} changed by hand since in what would be put back{named}, and --by-hand says {said}; nothing was"
        " changed.",
        why="Somebody may have put right by hand what the run had done wrong.",
        do=f"If it is to be put back all the same:  --by-hand {len(edited)}" if edited else "Leave out --by-hand.",
        exits=Exit.USAGE,
    )


def ask(opened: Opened, screen: Screen, question: str, *, yes: bool, client: str | None) -> None:
    """Let a person agree; in production by typing the client's name. Raises Fault where nobody agrees."""
    production = opened.environment.production
    if production and yes and client != opened.client:
        raise Fault(
            "client",
            "In production, --yes also needs the client's name.",
            why=f"It was {'not said' if client is None else f'“{client}”'}.",
            do=f'--client "{opened.client}"',
            exits=Exit.USAGE,
        )
    if yes:
        return
    if not screen.can_ask:
        raise Fault(
            "no_terminal",
            "Nobody can be asked here; nothing was changed.",
            why="golive does not run in a terminal here, so it cannot ask and be answered.",
            do="Say --yes to agree beforehand.",
            exits=Exit.USAGE,
        )
    if production:
        typed = click.prompt(f"{question} Type the client's name to agree", err=True, default="", show_default=False)
        if typed.strip() and typed != opened.client:
            raise Fault(
                "cancelled",
                f"That is not the name; it is “{opened.client}”; nothing was done.",
                do="Run the command again, and type the name as it stands here.",
                exits=Exit.CANCELLED,
            )
        agreed = typed == opened.client
    else:
        agreed = click.confirm(question, err=True, default=False)
    if not agreed:
        raise Fault("cancelled", "Not agreed. Nothing was changed.", exits=Exit.CANCELLED)
