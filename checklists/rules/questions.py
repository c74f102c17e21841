"""What nobody can say but the project: its figures, what it is like, who decides, who has which role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checklists.checklist import Checklist
from checklists.item import Profile
from checklists.rules.scope import ChecklistScope
from config.findings import Finding
from config.words import counted, some

FEW = 4


def check(scope: ChecklistScope) -> Iterator[Finding]:
    """One note for each sort of thing that is still to be said, once a project has begun to say something. A gate that
    needs it stays closed until then."""
    checklist = scope.checklist
    if not any(scope.is_own(place) for place in checklist.places):
        return
    figures = [key for key, each in checklist.asked_figures() if each.value is None and key not in scope.perhaps]
    if figures:
        yield scope.whole(
            "checklist.figures",
            "note",
            "figures",
            f"{counted(len(figures), 'figure')} that no method gives {_are(figures)} not set: {_few(figures)}",
            "Set them under `figures:`; `golive gate figures` says what each of them decides.",
        )
    profiles = [each for each in unanswered_profiles(checklist) if not scope.has("profiles", each)]
    if profiles:
        yield scope.whole(
            "checklist.profiles",
            "note",
            "profiles",
            f"nobody has said whether the project is, or has: {_few(profiles)}",
            "Write under `profiles:`  NAME: true   or  NAME: {applies: false, why: …}",
        )
    deciders = [key for key, gate in checklist.gates.items() if not gate.decision and key not in scope.perhaps]
    if deciders:
        yield scope.whole(
            "checklist.decision",
            "note",
            "gates",
            f"nobody has said who decides go or no-go for {_few(deciders)}",
            "Write under `gates:`  NAME: {decision: {ROLE: 1}}",
        )
    roles = [role for role in asked_roles(checklist) if not checklist.with_role(role)]
    if roles and not scope.perhaps:
        yield scope.whole(
            "checklist.roles",
            "note",
            "people",
            f"these roles have nobody: {_few(roles)}",
            "Add people under `people:` with  roles: [ROLE]; one person may have several.",
        )


def unanswered_profiles(checklist: Checklist) -> list[Profile]:
    """Profiles that something depends on and of which nobody has said whether they apply."""
    used: dict[Profile, None] = {}
    for listed in checklist.items.values():
        if not listed.item.drop:
            used.update(dict.fromkeys(listed.item.only_if))
    for gate in checklist.gates.values():
        for _, _, condition in gate.conditions():
            used.update(dict.fromkeys(condition.only_if))
    return [each for each in used if each not in checklist.profiles]


def asked_roles(checklist: Checklist) -> list[str]:
    """Roles that own something which counts here, or sign or decide."""
    found: dict[str, None] = {}
    for listed in checklist.items.values():
        item = listed.item
        if item.drop or checklist.answer(item.only_if)[0] is False:
            continue
        found[item.owner] = None
        if item.sign_off:
            found.update(dict.fromkeys(item.sign_off.roles))
    for gate in checklist.gates.values():
        found.update(dict.fromkeys(gate.decision or ()))
    return list(found)


def _are(several: list[str]) -> str:
    return "is" if len(several) == 1 else "are"


def _few(names: Sequence[str]) -> str:
    return some([f"`{name}`" for name in names], FEW)
