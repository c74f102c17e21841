"""From facts to the state of an item: one pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from checklists.binding import BY_HAND, changed_since, concerned
from checklists.book import bound_by, is_review, signer_of
from checklists.checklist import Listed
from checklists.circumstances import Circumstances
from checklists.item import Sort
from checklists.last_words import signatures_of
from checklists.moments import day_words, moment
from checklists.observation import Observation
from checklists.probes.later import METRICS_BRING
from checklists.verdict import HOLDS, State, Verdict
from checklists.waiving import approval, not_accepted, waiver_of, waiver_state
from config.duration import minutes
from config.results.log_entry import Actor, LogEntry
from config.words import some

_SEEN: dict[str, State] = {"pass": "pass", "warn": "warn", "fail": "fail", "unknown": "unknown"}


def judge(listed: Listed, known: Circumstances) -> Verdict:
    """The state of one item, and why."""
    verdict = _without_waiver(listed, known)
    verdict = _with_waiver(listed, verdict, known)
    owners = known.asked({listed.item.owner})
    settled = verdict.state in HOLDS - {"waived"}
    asked = () if settled else verdict.asked or owners
    roles = () if settled else verdict.roles or (listed.item.owner,)
    blocks = verdict.state not in HOLDS and not listed.item.advisory
    return replace(verdict, asked=asked, roles=roles, blocks=blocks)


def _without_waiver(listed: Listed, known: Circumstances) -> Verdict:
    item = listed.item
    if item.drop:
        reason = item.drop if isinstance(item.drop, str) else "it is not required"
        return _verdict(listed, "not_applicable", f"Left out: {_sentence(reason)}")
    applies, why = known.checklist.answer(item.only_if)
    if applies is False:
        return _verdict(listed, "not_applicable", f"Not for this project: {_sentence(why)}")
    if applies is None:
        return _verdict(listed, "unknown", f"Nobody has said yet whether the profile `{why}` applies to this project.")
    if listed.unset:
        names = ", ".join(f"`{name}`" for name in listed.unset)
        return _verdict(listed, "unknown", f"The figure {names} is not set; no method gives it, the project does.")
    return _JUDGES[item.sort](listed, known)


def _probed(listed: Listed, known: Circumstances) -> Verdict:
    seen = known.observations.get(listed.key, ())
    if not seen:
        missing = "It was not looked at."
        if listed.item.sort == "metric":
            missing = f"golive cannot count this yet; it comes with {METRICS_BRING}."
        return _verdict(listed, "unknown", missing)
    at = min(each.at for each in seen)
    until = min(each.at + each.lasts for each in seen)
    numbers = {name: value for each in seen for name, value in each.numbers.items()}
    states: list[tuple[State, Observation]] = [
        ("out_of_date" if each.seen in ("pass", "warn") and each.is_old(known.now) else _SEEN[each.seen], each)
        for each in seen
    ]
    for state in ("fail", "unknown", "out_of_date", "warn", "pass"):
        said = [each for found, each in states if found == state]
        if said:
            text = " ".join(dict.fromkeys(each.said for each in said))
            if state == "out_of_date":
                text = f"Last seen on {day_words(at)}, which is too long ago: {text}"
            found = _verdict(listed, state, text)
            return replace(found, at=at, until=until, numbers=numbers, observations=tuple(seen))
    raise AssertionError(seen)


def _attached(listed: Listed, known: Circumstances) -> Verdict:
    entries = known.book.attached.get(listed.key, ())
    needed = listed.item.evidence.at_least if listed.item.evidence else 1
    what = listed.item.evidence.what if listed.item.evidence else listed.item.by_hand.task  # type: ignore[union-attr]
    if listed.item.concerns == [BY_HAND]:
        objects = [f"{item.kind}/{item.key}" for item in concerned([BY_HAND], known.declaration)]
        if not objects:
            return _verdict(listed, "not_applicable", "Nothing that is declared is left to people.")
        what = f"{_sentence(what)[:-1]} ({some(objects)})"
    if not entries:
        how = "Nothing is attached yet" if listed.item.evidence else "Nobody has confirmed it yet"
        return _verdict(listed, "unknown", f"{how}: {_sentence(what)}")
    fresh: list[LogEntry] = []
    refused, old = "", ""
    for entry in entries:
        why_not = known.unproven(entry)
        why = "" if why_not else _outdated(listed, entry, known)
        if not why_not and not why:
            fresh.append(entry)
        refused, old = why_not or refused, why or old
    pieces = {piece for entry in fresh for piece in (*entry.data.get("files", {}), *entry.data.get("links", ()))}
    if listed.item.by_hand and fresh:
        pieces |= {entry.digest for entry in fresh}
    if len(pieces) >= needed:
        last = fresh[-1]
        who = f"{last.by.name} on {day_words(moment(last.at))}"
        done = "Confirmed by" if listed.item.by_hand else "Attached by"
        found = _verdict(listed, "pass", f"{done} {who}.")
        return replace(found, at=moment(fresh[0].at), until=_until(listed, fresh))
    if old:
        return _verdict(listed, "out_of_date", old)
    if refused:
        return _verdict(listed, "unknown", f"{_sentence(refused)} Still asked: {_sentence(what)}")
    return _verdict(listed, "unknown", f"{len(pieces)} of {needed} attached: {_sentence(what)}")


def _signed(listed: Listed, known: Circumstances) -> Verdict:
    sign_off = listed.item.sign_off
    assert sign_off is not None  # noqa: S101 - it is a sign-off
    entries = signatures_of(listed, known)
    good: list[LogEntry] = []
    old, refused = "", ""
    for entry in entries:
        why_not = known.counts(entry)
        if is_review(entry) and not sign_off.by_review:
            why_not = why_not or f"{signer_of(entry).name} reviewed it, and a review does not sign this"
        outdated = "" if why_not else _outdated(listed, entry, known)
        if not why_not and not outdated:
            good.append(entry)
        refused, old = why_not or refused, outdated or old
    missing = {role: many - known.many_in(role, good) for role, many in sign_off.roles.items()}
    left = {role: many for role, many in missing.items() if many > 0}
    if left:
        who = ", ".join(f"{many} × {role.replace('_', ' ')}" for role, many in left.items())
        asked = tuple(key for key in known.asked(set(left)) if key not in _keys(good, known))
        if old:
            found = _verdict(listed, "out_of_date", old)
        elif refused:
            found = _verdict(listed, "unknown", f"{_sentence(refused)} Still asked: {who}.")
        else:
            found = _verdict(listed, "unknown", f"{'Not signed yet' if not good else 'Not yet signed by all'}: {who}.")
        return replace(found, asked=asked, roles=tuple(left))
    return _by_others(listed, good, known)


def _by_others(listed: Listed, good: Sequence[LogEntry], known: Circumstances) -> Verdict:
    """Who wrote something cannot be the only one who signs it."""
    signers = [signer_of(each) for each in good]
    authors = [known.is_by_author(listed.key, each) for each in good]
    names = ", ".join(dict.fromkeys(each.name for each in signers))
    if None in authors:
        return _verdict(listed, "unknown", "Nobody knows who wrote what is signed: git does not say it here.")
    if authors and all(authors):
        named = ", ".join(dict.fromkeys(each.name for each in _authors(listed, good, known)))
        said = f"{named} wrote what is signed and cannot be its only signer."
        taken = _keys(good, known)
        roles = set(listed.item.sign_off.roles) if listed.item.sign_off else set()
        return replace(
            _verdict(listed, "unknown", said), asked=tuple(each for each in known.asked(roles) if each not in taken)
        )
    last = max(good, key=lambda each: each.at)
    found = _verdict(listed, "pass", f"Signed by {names} on {day_words(moment(last.at))}.")
    return replace(found, at=min(moment(each.at) for each in good), until=_until(listed, good))


def _keys(entries: Sequence[LogEntry], known: Circumstances) -> set[str]:
    """The people in whose names entries stand, by the keys that they have now."""
    return {known.key_of(signer_of(each)) for each in entries}


def _authors(listed: Listed, entries: Sequence[LogEntry], known: Circumstances) -> Iterator[Actor]:
    """Those who wrote what is signed, among who signed it and who noted it for them."""
    for entry in entries:
        yield from (each for each in (entry.by, signer_of(entry)) if known.is_author(listed.key, each))


def _outdated(listed: Listed, entry: LogEntry, known: Circumstances) -> str:
    """Why something that was signed or attached is out of date; empty where it is not."""
    at = moment(entry.at)
    what = "Signed" if entry.entry == "signed" else "Attached"
    changed = changed_since(bound_by(entry), listed, known.declaration, known.files)
    if changed:
        return f"{what} on {day_words(at)}; since then {changed.said}."
    if listed.item.lasts and known.now > at + timedelta(minutes=minutes(listed.item.lasts)):
        return f"{what} on {day_words(at)}; it holds for {listed.item.lasts}."
    return ""


def _until(listed: Listed, entries: Sequence[LogEntry]) -> datetime | None:
    if not listed.item.lasts:
        return None
    return min(moment(each.at) for each in entries) + timedelta(minutes=minutes(listed.item.lasts))


def _with_waiver(listed: Listed, verdict: Verdict, known: Circumstances) -> Verdict:
    """An accepted risk is shown as that, and never as passed."""
    waiver = waiver_of(listed.key, known)
    if waiver is None or verdict.state in HOLDS or not listed.item.waivable:
        return verdict
    state, agreed = waiver_state(waiver, known), approval(waiver, known)
    if state == "expired" and agreed:
        over = f"The risk was accepted until {day_words(waiver.until)}; that is over."
        return replace(verdict, state="fail", said=f"{over} {verdict.said}")
    if state == "approved" and agreed:
        said = f"Risk accepted by {agreed.by.name} until {day_words(waiver.until)}: {_sentence(waiver.reason)}"
        return replace(verdict, state="waived", said=said, until=waiver.until)
    if state != "asked":
        return verdict
    refused = not_accepted(waiver, known)
    if refused:
        return replace(verdict, said=f"{verdict.said} The risk is not accepted: {refused}.")
    who = waiver.asked.by.name
    return replace(verdict, said=f"{verdict.said} {who} asks to accept the risk until {day_words(waiver.until)}.")


def _verdict(listed: Listed, state: State, said: str) -> Verdict:
    return Verdict(listed.key, state, said, state)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


_JUDGES: dict[Sort, Callable[[Listed, Circumstances], Verdict]] = {
    "probe": _probed,
    "metric": _probed,
    "evidence": _attached,
    "by_hand": _attached,
    "sign_off": _signed,
}


def judge_all(known: Circumstances) -> Iterator[Verdict]:
    """The state of every item, in the order of the checklist."""
    for listed in known.checklist.items.values():
        yield judge(listed, known)
