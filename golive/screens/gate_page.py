"""The board as a page for a browser: all gates beside each other, and everything that is known of each item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from checklists.moments import moment, since_words
from checklists.words import role_words
from config.characters import visible
from config.phases import phase_words
from config.results.gate import GateCondition, GateDocument, GateFact, GateItem, GatePhase, GateState
from config.words import counted
from golive.launch.board import (
    LESS,
    VERBS,
    by_name,
    common_reasons,
    groups,
    held_said,
    items_that_count,
    needs_reason,
    open_items,
    review_said,
    states_said,
    verb_of,
)
from golive.pages import page
from golive.screens.due import date_said, distance
from golive.screens.gate import WORDS, day_of
from golive.terminal.masking import masked_document, with_texts

TONES: dict[GateState, str] = {
    "fail": "bad",
    "out_of_date": "warn",
    "unknown": "warn",
    "waived": "warn",
    "warn": "warn",
    "pass": "good",
    "not_applicable": "",
}
_ORDER: tuple[GateState, ...] = ("fail", "out_of_date", "unknown", "waived", "warn", "pass")
"""The states in a column, what needs somebody first."""
HEADS: dict[GateState, str] = {
    "fail": "Does not hold",
    "out_of_date": "Out of date",
    "unknown": "Nobody knows yet",
    "waived": "Risk accepted",
    "warn": "Holds, with a warning",
    "pass": "Holds",
}
_ASKS = {
    "answer": "Say whether {} applies",
    "figure": "Set the figure {}",
    "wait": "golive needs {} to find out",
}


def gate_page(document: GateDocument, client: str) -> str:
    """The page. document: with the items of all gates. What nobody would see in a name is written out."""
    shown: GateDocument = with_texts(masked_document(document), visible)
    items = {each.key: each for each in shown.items}
    asked, open_ = items_that_count(shown), open_items(shown)
    owners = dict.fromkeys(role for each in shown.items for role in _roles(each))
    zone = shown.time_zone or "UTC"
    now = moment(shown.now)
    return page(
        "gate.html.j2",
        client=visible(client),
        environment=shown.environment,
        phase=phase_words(shown.phase),
        since=day_of(shown.since) if shown.since else "",
        under_way=phase_words(shown.under_way),
        not_before=day_of(shown.not_before) if shown.not_before else "",
        gate=shown.gate_name,
        open=shown.open,
        held=held_said(asked),
        states=states_said(asked),
        tiles=[(HEADS[state], count, TONES[state]) for state in _ORDER if (count := _count(asked, state))],
        review=review_said(shown),
        review_tone=TONES[shown.decision],
        made=_time(shown.now),
        read=since_words(moment(shown.read_at), now) if shown.read_at else "",
        glass=[each for each in shown.broken_glass if not each.reviewed_by],
        actions=[(each, moment(each.due) < now, day_of(each.due)) for each in shown.actions if not each.done],
        risks=[(each, _name(items, each.item), day_of(each.until)) for each in shown.waivers if each.state in _OPEN],
        phases=[_column(each, items) for each in shown.phases],
        groups=[_group(each.role, each.people, each.items) for each in groups(open_, shown.people)],
        unsaid=_unsaid(open_, shown.figures),
        reasons=common_reasons(open_),
        less=[(each, LESS[each.what]) for each in shown.less],
        dates=[(each, distance(each, now), date_said(each, zone)) for each in shown.dates],
        zone=zone,
        details=[_detail(each, items, shown.conditions) for each in shown.phases],
        states_filter=[(state, HEADS[state]) for state in _ORDER if any(each.state == state for each in shown.items)],
        owners_filter=[(role, role_words(role)) for role in sorted(owners, key=lambda each: role_words(each).lower())],
        day=day_of,
        time=_time,
    )


_OPEN = ("asked", "approved")
"""Risks that are of interest still."""


def _column(phase: GatePhase, items: dict[str, GateItem]) -> dict[str, Any]:
    """One gate: how much of it holds, and its items by state; what many wait for stands there once."""
    own = [items[key] for key in phase.items if key in items]
    return {
        "name": phase.name,
        "key": phase.phase,
        "state": phase.state,
        "since": day_of(phase.since) if phase.since else "",
        "held": phase.held,
        "asked": phase.asked,
        "also": phase.asked - len(own),
        "share": round(100 * phase.held / phase.asked) if phase.asked else 100,
        "blocks": [
            {
                "state": state,
                "title": HEADS[state],
                "tone": TONES[state],
                "count": len(mine),
                "open": state == "fail" or (phase.state == "next" and state != "pass"),
                "chips": [_chip(each) for each in mine if each.step not in _ASKS],
                "bundles": _bundles(mine),
            }
            for state in _ORDER
            if (mine := [each for each in own if each.state == state])
        ],
    }


def _count(items: Iterable[GateItem], state: GateState) -> int:
    return sum(each.state == state for each in items)


def _bundles(items: Sequence[GateItem]) -> list[dict[str, Any]]:
    return [
        {
            "title": said.format(name),
            "count": counted(len(waiting), "item"),
            "classes": " ".join(dict.fromkeys(word for each in waiting for word in _classes(each).split())),
            "chips": [_chip(each) for each in waiting],
        }
        for step, said in _ASKS.items()
        for name, waiting in by_name(items, step).items()  # type: ignore[arg-type]
    ]


def _chip(item: GateItem) -> dict[str, str]:
    return {"key": item.key, "name": item.name, "tone": TONES[item.state], "classes": _classes(item)}


def _classes(item: GateItem) -> str:
    """By which the filters find it: its state, who owns it and who is asked. Keys are plain words."""
    return " ".join([f"s-{item.state}", *(f"o-{role}" for role in _roles(item))])


def _roles(item: GateItem) -> list[str]:
    return list(dict.fromkeys(role for role in (item.owner, *item.roles) if role))


def _group(role: str, people: Sequence[str], items: Sequence[GateItem]) -> dict[str, Any]:
    return {
        "role": role_words(role),
        "class": f"o-{role}",
        "people": ", ".join(people),
        "lines": [(verb_of(each), _chip(each)) for each in items],
    }


def _unsaid(items: Iterable[GateItem], figures: dict[str, str]) -> list[tuple[str, str, str]]:
    """What only the project can say: (what to do, which, for how many items)."""
    several = list(items)
    answers = [("say whether it applies", name, each) for name, each in by_name(several, "answer").items()]
    numbers = [("set", f"{name}: {figures.get(name, '')}", each) for name, each in by_name(several, "figure").items()]
    return [(verb, name.removesuffix(": "), counted(len(each), "item")) for verb, name, each in [*answers, *numbers]]


def _detail(phase: GatePhase, items: dict[str, GateItem], conditions: Sequence[GateCondition]) -> dict[str, Any]:
    """Everything that is known of the items of one gate."""
    asked_by: dict[str, list[str]] = {}
    for each in conditions:
        for key in each.items:
            asked_by.setdefault(key, []).append(f"{each.id} {each.name}".strip())
    return {
        "name": phase.name,
        "key": phase.phase,
        "next": phase.state == "next",
        "items": [_whole(items[key], asked_by.get(key, [])) for key in phase.items if key in items],
    }


def _whole(item: GateItem, asked_by: list[str]) -> dict[str, Any]:
    return {
        "item": item,
        "tone": TONES[item.state],
        "word": WORDS[item.state],
        "classes": _classes(item),
        "verb": verb_of(item) if item.step in VERBS else "",
        "reason": item.said if needs_reason(item) or item.state in ("waived", "warn", "pass") else "",
        "owner": role_words(item.owner),
        "asked": ", ".join(item.asked) or ", ".join(role_words(role) for role in item.roles),
        "asked_by": list(dict.fromkeys(asked_by)),
        "until": _time(item.until) if item.until else "",
        "at": _time(item.at) if item.at else "",
        "facts": [(each, _numbers(each)) for each in item.facts],
    }


def _numbers(fact: GateFact) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in fact.numbers.items())


def _name(items: dict[str, GateItem], key: str) -> str:
    return items[key].name if key in items else key


def _time(text: str) -> str:
    at = moment(text)
    return f"{at.day} {at:%b %Y %H:%M} UTC"
