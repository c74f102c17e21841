"""What a board says, whatever it is printed as: a screen, Markdown, or a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checklists.verdict import PASSED
from checklists.words import role_words
from config.results.gate import GateDocument, GateItem, GateState, GateStep
from config.words import counted

VERBS: dict[GateStep, str] = {
    "mend": "mend",
    "look": "find out",
    "sign": "sign",
    "attach": "attach",
    "confirm": "confirm",
}
"""What a person does about an item, the first thing first."""
_COUNTED: dict[GateState, tuple[str, str]] = {
    "fail": ("{} does not hold", "{} do not hold"),
    "unknown": ("{} is not known yet", "{} are not known yet"),
    "out_of_date": ("{} is out of date", "{} are out of date"),
    "waived": ("{} accepted risk", "{} accepted risks"),
    "warn": ("{} holds with a warning", "{} hold with a warning"),
}
LESS = {"left_out": "left out", "eased": "holds more easily"}
"""How a project asks for less than the method does."""
OFTEN = 3
"""So many items with one reason have it said once."""


@dataclass
class Group:
    """What one role has to do. people: who has the role, by name."""

    role: str
    people: list[str]
    items: list[GateItem] = field(default_factory=list)


def items_that_count(document: GateDocument) -> list[GateItem]:
    """The items that decide about the gate: those of its outcome come later, and some are not for this project."""
    names = {
        name for each in document.conditions if each.part != "outcome" and not each.left_out for name in each.items
    }
    return [each for each in document.items if each.key in names and each.state != "not_applicable"]


def open_items(document: GateDocument) -> list[GateItem]:
    """Those of them about which something has to be done, advisory ones among them."""
    return [each for each in items_that_count(document) if each.step]


def is_advisory(item: GateItem) -> bool:
    """Whether it is open and keeps no gate closed."""
    return bool(item.step) and not item.blocks


def holds(item: GateItem) -> bool:
    """Whether it holds by itself: an accepted risk does not, and lets the gate open all the same."""
    return item.state in PASSED


def held_said(items: Sequence[GateItem]) -> str:
    """`28 of 32 items hold, 3 risks are accepted, 1 blocks nothing`."""
    said = [f"{sum(map(holds, items))} of {len(items)} items hold"]
    risks, advisory = sum(each.state == "waived" for each in items), sum(map(is_advisory, items))
    if risks:
        said.append(f"{counted(risks, 'risk')} {'is' if risks == 1 else 'are'} accepted")
    if advisory:
        said.append(f"{advisory} {'blocks' if advisory == 1 else 'block'} nothing")
    return ", ".join(said)


def groups(items: Iterable[GateItem], people: Mapping[str, list[str]]) -> list[Group]:
    """What each role has to do, most first; what several have to sign stands with each of them."""
    found: dict[str, Group] = {}
    for each in items:
        if each.step in VERBS:
            for role in each.roles or [each.owner]:
                found.setdefault(role, Group(role, people.get(role, []))).items.append(each)
    order = list(VERBS)
    for group in found.values():
        group.items.sort(key=lambda each: order.index(each.step))
    return sorted(found.values(), key=lambda group: -len(group.items))


def by_name(items: Iterable[GateItem], step: GateStep) -> dict[str, list[GateItem]]:
    """Profile, figure or what golive lacks → the items that wait for it, most of them first."""
    found: dict[str, list[GateItem]] = {}
    for each in items:
        if each.step == step:
            for name in each.names:
                found.setdefault(name, []).append(each)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


def common_reasons(items: Iterable[GateItem]) -> dict[str, int]:
    """Why several items could not be found out, where it is the same reason → how many they are."""
    found = Counter(each.said for each in items if each.step == "look")
    return {said: count for said, count in found.items() if count >= OFTEN}


def verb_of(item: GateItem) -> str:
    """`sign`, `sign again`."""
    again = item.state == "out_of_date" and item.step != "look"
    return f"{VERBS[item.step]}{' again' if again else ''}"


def needs_reason(item: GateItem) -> bool:
    """Whether the verb and the name leave open why."""
    if item.step == "sign" and not item.roles:  # all have signed, and it does not count
        return True
    return item.step in ("mend", "look") or item.state in ("out_of_date", "fail")


def states_said(items: Sequence[GateItem]) -> str:
    """How many are in which state, but for those that simply hold."""
    states = Counter(each.state for each in items if not is_advisory(each))
    said = [words[states[state] > 1].format(states[state]) for state, words in _COUNTED.items() if states[state]]
    return ", ".join(said) or "everything holds"


def waits_for(items: Iterable[GateItem]) -> list[tuple[str, int]]:
    """(Who is asked, about how many items): the project itself first, then roles, the most first."""
    roles: Counter[str] = Counter()
    project = 0
    for each in items:
        project += each.step in ("answer", "figure")
        if each.step in VERBS:
            roles.update(each.roles or [each.owner])
    first = [("the project itself", project)] if project else []
    return [*first, *((role_words(role), count) for role, count in roles.most_common())]


def review_said(document: GateDocument) -> str:
    """Whether the review can be held, and what was decided."""
    if document.decision != "unknown":
        return document.decision_said
    if not document.decision_roles:
        return "Nobody has said who decides go or no-go."
    first = {name for each in document.conditions if each.part == "entrance" for name in each.items}
    missing = sum(each.key in first and each.blocks for each in items_that_count(document))
    many = f"{missing} item{'s' if missing > 1 else ''} of its entrance {'are' if missing > 1 else 'is'} open"
    held = f"The review cannot be held yet: {many}." if missing else "The review can be held."
    who = ", ".join(map(role_words, document.decision_roles))
    names = f" ({', '.join(document.decision_asked)})" if document.decision_asked else ""
    return f"{held} Decided by: {who}{names}."


def nobody_has(groups_: Iterable[Group]) -> list[str]:
    """Roles that are asked and that nobody has."""
    return [role_words(each.role) for each in groups_ if not each.people]
