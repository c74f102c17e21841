"""What comes up: milestones, risks that end, conditions, sign-offs that age, holidays that run out, and more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from checklists.book import Book, Waiver, signer_of
from checklists.checklist import Listed
from checklists.circumstances import Circumstances
from checklists.glass import confirm_by, confirmed, glass_said, others_than, reviewed, reviewing_roles
from checklists.last_words import signatures_of
from checklists.milestones import milestone_day, milestones_left
from checklists.moments import day_words, moment, written
from checklists.verdict import HOLDS, Verdict
from checklists.waiving import approval, waiver_state
from checklists.words import role_words
from config.crm_values import crm_field_name, fields_too_empty
from config.duration import minutes
from config.environment import Environment
from config.phases import phase_words
from config.results.due import DueEntry, DueSort
from config.results.key_end import KeyEnd
from config.words import counted

NONE: Mapping[str, KeyEnd] = MappingProxyType({})
_DONE: dict[str, tuple[DueSort, str]] = {
    "sign_off": ("sign_off", "sign"),
    "evidence": ("evidence", "attach"),
    "by_hand": ("evidence", "attach"),
}
"""How an item is established → what its date is, and the verb that does it again."""


def coming(
    known: Circumstances,
    verdicts: Mapping[str, Verdict],
    environment: Environment,
    keys: Mapping[str, KeyEnd] = NONE,
    option: str = "",
) -> list[DueEntry]:
    """Everything that has a date, the nearest first; what is overdue among it.

    verdicts: item → its state. keys: system → when the way into it stops by itself. option: ` -e NAME`, for the
    commands that people are told.
    """
    found = [
        *_milestones(known, option),
        *_waivers(known, verdicts, option),
        *_conditions(known.book, option),
        *_ageing(known, verdicts, option),
        *_glass(known, option),
        *_lent_roles(known),
        *_holidays(known),
        *_clean_ups(known, option),
        *_freeze(environment, known.now),
        *_keys(keys),
    ]  # fmt: skip
    return sorted((_judged(each, known.now) for each in found), key=lambda each: (each.at, each.sort, each.ref))


def within(entries: Iterable[DueEntry], now: datetime, days: int) -> tuple[list[DueEntry], DueEntry | None]:
    """(What is overdue or comes up within so many days, the first one after these.)"""
    latest = written(_end((now + timedelta(days=days)).date()))
    found = list(entries)
    return (
        [each for each in found if each.overdue or each.at <= latest],
        next((each for each in found if not each.overdue and each.at > latest), None),
    )


def _milestones(known: Circumstances, option: str) -> Iterator[DueEntry]:
    """The day makes eligible; what wakes, wakes by `golive advance`."""
    for phase in milestones_left(known.book.progress):
        day = milestone_day(phase, known.book.progress, working_days=known.checklist.counts_working_days)
        if day is None:
            continue
        waiting = [each for each in known.declaration if getattr(each.value, "not_before", None) == phase]
        gate = known.checklist.gates.get(phase)
        names = _names(known, known.asked(set(gate.decision or ()) if gate else set()))
        wakes = f"{counted(len(waiting), 'object sleeps', 'objects sleep')} until then. " if waiting else ""
        said = phase_words(phase)
        yield _entry(
            "milestone",
            _begin(day),
            f"{said.capitalize()} after the rollout",
            f"{wakes}The date alone wakes nothing: somebody enters it through its gate.",
            f"golive gate status {phase}{option}",
            names,
            f"milestone/{phase}",
        )


def _waivers(known: Circumstances, verdicts: Mapping[str, Verdict], option: str) -> Iterator[DueEntry]:
    """Risks that are accepted and end; those that have ended while the item does not hold; and those that wait for an
    answer."""
    for waiver in known.book.waivers:
        state, agreed = waiver_state(waiver, known), approval(waiver, known)
        is_last = known.book.waiver_of(waiver.item) is waiver
        verdict = verdicts.get(waiver.item)
        open_ = verdict is not None and verdict.state not in HOLDS
        if state == "asked" and is_last and open_:
            yield _asked_risk(known, waiver, option)
        if state != "approved" and not (state == "expired" and agreed and is_last and open_):
            continue
        asked = [signer_of(waiver.asked).name, *_names(known, verdict.asked if verdict else ())]
        yield _entry(
            "waiver",
            waiver.until,
            f"The accepted risk of “{_title(known, waiver.item)}” ends",
            waiver.reason,
            f"golive gate explain {waiver.item}{option}",
            list(dict.fromkeys(asked)),
            f"waiver/{waiver.id[:8]}",
        )


def _asked_risk(known: Circumstances, waiver: Waiver, option: str) -> DueEntry:
    """It waits for somebody else's answer from the moment on in which it was asked."""
    asker = signer_of(waiver.asked)
    deciders = known.asked(known.checklist.deciders_of(waiver.item))
    return _entry(
        "waiver",
        moment(waiver.asked.at),
        f"{asker.name} asks to accept a risk: “{_title(known, waiver.item)}”",
        waiver.reason,
        f"golive gate waive {waiver.item} --approve{option}",
        _names(known, [key for key in deciders if key != asker.key]),
        f"waiver/{waiver.id[:8]}/answer",
        whole_day=False,
    )


def _conditions(book: Book, option: str) -> Iterator[DueEntry]:
    for each in book.actions:
        if each.done is None:
            identifier = f"{each.decision[:8]}.{each.number + 1}"
            said = f"A condition of the go for the {phase_words(each.phase)}"
            do = f"golive gate done {identifier}{option}"
            yield _entry("condition", each.due, each.what, said, do, [each.who], f"condition/{identifier}")


def _ageing(known: Circumstances, verdicts: Mapping[str, Verdict], option: str) -> Iterator[DueEntry]:
    """Sign-offs and evidence that hold for a while only."""
    for key, listed in known.checklist.items.items():
        verdict = verdicts.get(key)
        if verdict is None or not listed.item.lasts or listed.item.drop or listed.item.sort not in _DONE:
            continue
        until = verdict.until if verdict.state == "pass" else None
        if verdict.state == "out_of_date":
            until = _was_until(listed, known)
        if until is None:
            continue
        sort, verb = _DONE[listed.item.sort]
        roles = set(listed.item.sign_off.roles) if listed.item.sign_off else {listed.item.owner}
        shown, again = ("signature", "is signed") if sort == "sign_off" else ("evidence", "has to be shown")
        yield _entry(
            sort,
            until,
            f"“{listed.item.name}” {again} again",
            f"Its {shown} holds for {listed.item.lasts}.",
            f"golive gate {verb} {key}{option}",
            _names(known, known.asked(roles)),
            f"{sort}/{key}",
            whole_day=False,
        )


def _was_until(listed: Listed, known: Circumstances) -> datetime | None:
    """When something that is out of date by its age was so; None where it is out of date for another reason."""
    entries = [*signatures_of(listed, known), *known.book.attached.get(listed.key, ())]
    if not entries or not listed.item.lasts:
        return None
    until = max(moment(each.at) for each in entries) + timedelta(minutes=minutes(listed.item.lasts))
    return until if until < known.now else None


def _glass(known: Circumstances, option: str) -> Iterator[DueEntry]:
    for each in known.book.glass:
        others = others_than(each, known.people)
        done = f"golive gate glass {each.id[:8]}"
        if confirmed(each, known) is None and reviewed(each, known) is None:
            what = "A second person confirms the broken glass"
            who = _names(known, others)
            ref = f"glass/{each.id[:8]}/confirm"
            yield _entry("glass", confirm_by(each), what, f"{glass_said(each)}.", f"{done} --confirm{option}", who, ref,
                         whole_day=False)  # fmt: skip
        if reviewed(each, known) is None:
            deciders = set(known.asked(reviewing_roles(each, known.checklist)))
            who = _names(known, [key for key in others if key in deciders])
            yield _entry(
                "glass", moment(each.broken.at), "The broken glass is to be reviewed", f"{glass_said(each)}.",
                f"{done} --review{option}", who, f"glass/{each.id[:8]}/review", whole_day=False,
            )  # fmt: skip


def _lent_roles(known: Circumstances) -> Iterator[DueEntry]:
    """Somebody signs for another from one day to another; both have to know it."""
    today = written(known.now)[:10]
    for key, person in known.people.items():
        for each in person.delegates:
            if today > each.until:
                continue
            who, names = [each.to, key], (person.name or key, role_words(each.role))
            what, ref = "{} lends the role {}", f"lent_role/{key}/{each.role}/{each.from_}"
            if today < each.from_:
                yield _entry(
                    "lent_role", _begin(date.fromisoformat(each.from_)), what.format(*names),
                    f"Until {day_words(moment(each.until))} {_names(known, [each.to])[0]} signs and decides in it.",
                    who=_names(known, who), ref=f"{ref}/from",
                )  # fmt: skip
            yield _entry(
                "lent_role", _end(date.fromisoformat(each.until)), f"The last day on which {what.format(*names)}",
                f"Then {names[0]} has it alone again.", who=_names(known, who), ref=f"{ref}/until",
            )  # fmt: skip


def _holidays(known: Circumstances) -> Iterator[DueEntry]:
    """The last holiday of each schedule: afterwards clocks run on days on which nobody works. The helpdesk takes days
    of the next two years only, so that every list runs out."""
    for key, item in known.declaration.of("schedules").items():
        holidays = getattr(item.value, "holidays", None)
        if not holidays or not getattr(item.value, "active", True):
            continue
        last = max(holidays, key=lambda each: each.last)
        yield _entry(
            "holiday",
            _end(date.fromisoformat(last.last)),
            f"The last holiday of “{item.name}”: {last.name}",
            "After it clocks run on days on which nobody works, and promises are broken that nobody could keep.",
            f"Add the next ones in {item.position.file}:{item.position.line}",
            _names(known, known.asked({"admin"})),
            f"holiday/{key}",
        )


def _clean_ups(known: Circumstances, option: str) -> Iterator[DueEntry]:
    """Fields of the CRM that are too empty to be relied on, and are to be filled by a day."""
    for key, said in fields_too_empty(known.declaration).items():
        if said.by is None:
            continue
        owner = known.declaration.get("people", said.owner)
        yield _entry(
            "clean_up",
            _end(date.fromisoformat(said.by)),
            f"The CRM's field “{crm_field_name(known.declaration, key)}” is to be filled in",
            f"Until then rules that ask for it sleep; people go by this: {said.stand_in}",
            f"golive context check{option}",
            [owner.name if owner else said.owner],
            f"clean_up/{key}",
        )


def _freeze(environment: Environment, now: datetime) -> Iterator[DueEntry]:
    days = environment.frozen_days
    if days is None:
        return
    why = days.why or "The environment file says `freeze:`."
    if days.begins and now < days.begins:
        yield _entry("freeze", days.begins, "Nothing may change from then on", why, ref="freeze/from")
    if now <= days.ends:
        yield _entry("freeze", days.ends, "The last day on which nothing may change", why, ref="freeze/until")


def _keys(keys: Mapping[str, KeyEnd]) -> Iterator[DueEntry]:
    for instance, each in keys.items():
        what = f"The key to {instance} stops"
        yield _entry("credential", _end(each.day), what, each.why, each.do, ref=f"credential/{instance}")


def _entry(
    sort: DueSort,
    at: datetime,
    what: str,
    why: str = "",
    do: str = "",
    who: Sequence[str] = (),
    ref: str = "",
    *,
    whole_day: bool = True,
) -> DueEntry:
    return DueEntry(sort, written(at), whole_day, what, why, do, list(who), ref)


def _judged(entry: DueEntry, now: datetime) -> DueEntry:
    """A day is over with its last second, wherever in it something falls."""
    over = entry.at[:10] < written(now)[:10] if entry.whole_day else entry.at < written(now)
    return replace(entry, overdue=over)


def _names(known: Circumstances, keys: Iterable[str]) -> list[str]:
    return [known.people[key].name or key for key in keys]


def _title(known: Circumstances, item: str) -> str:
    listed = known.checklist.items.get(item)
    return (listed.item.name or item) if listed else item


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


def day_said(entry: DueEntry) -> str:
    """The day (UTC) of an entry: `3 May 2026`."""
    return day_words(moment(entry.at))
