"""Differences between two objects, as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from config.results.plan import Difference
from config.text import is_locale
from config.vocabulary import PRIORITIES
from golive.screens.orders import order_lines
from golive.screens.rules import LABELS, action_lines, condition_lines
from golive.screens.texts import Line, changed, is_prose, whole, whole_value
from golive.terminal.masking import masked, masked_differences
from golive.wording.form_conditions import form_condition
from golive.wording.phrases import Phrase, phrase_of, plain
from golive.wording.sentences import field_of
from golive.wording.words import ORDER_CHANGED, Terms, duration_of, listed, plural_of, secret_of
from provisioners.translation import STILL_ACTIVE
from stacks.difference import UNSEEN_VALUES, moved, paired

INDENT = "      "
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_CLOCKS = {"calendar": "around the clock", "business": "in business hours"}
_NO_METRICS = (*PRIORITIES, "others")
_STAYS = "stays in {}, and can still be chosen, so that the {} that hold it keep it; only by hand is it removed there"
_HOLDERS = {"ticket_fields": ("the helpdesk", "tickets"), "crm_fields": ("the CRM", "records")}


def lines_of(kind: str, diff: Iterable[Difference], terms: Terms, key: str = "") -> list[Line]:
    """An object's differences in words; what is the same for every priority is said once. key: the object's.

    Secrets are masked here, as long as the names before them are known."""
    found: list[Line] = []
    for each in _for_every_priority(kind, masked_differences("", diff, masked)):
        found += difference_lines(kind, each, terms, key)
    return found


def _for_every_priority(kind: str, diff: list[Difference]) -> Iterator[Difference]:
    """The differences, with one for every priority (`targets.first_reply`) in place of four that say the same."""
    if kind != "sla_policies":
        yield from diff
        return
    cells: dict[str, list[Difference]] = {}
    for each in diff:
        head, dot, priority = each.path.rpartition(".")
        if dot and priority in PRIORITIES:
            cells.setdefault(head, []).append(each)
    same = {
        head: group
        for head, group in cells.items()
        if len(group) == len(PRIORITIES) and len({(str(each.old), str(each.new)) for each in group}) == 1
    }
    said: set[str] = set()
    for each in diff:
        head = each.path.rpartition(".")[0]
        if head not in same or each not in same[head]:
            yield each
        elif head not in said:
            said.add(head)
            yield Difference(head, each.old, each.new)


def difference_lines(kind: str, difference: Difference, terms: Terms, key: str = "") -> Iterator[Line]:
    """One attribute's difference in words. key: the object's, which golive begins with `_` where it makes it."""
    path, old, new = difference.path, difference.old, difference.new
    if path == "when" and kind == "sla_policies" and not (old or new):
        yield Line("for everybody")
    elif path in LABELS:
        yield from condition_lines(path, old or [], new or [], terms)
    elif path == "then":
        yield from action_lines(old or [], new or [], terms)
    elif path == "order" or (kind == "order" and isinstance(old or new, list)):
        yield from _order_lines(kind, difference, terms, key)
    elif path.removesuffix(ORDER_CHANGED).split(".")[0] == "options":
        yield from _option_lines(kind, difference, terms, key)
    elif path == "holidays":
        yield from _holiday_lines(old or [], new or [])
    elif kind == "schedules" and path.startswith("hours."):
        yield from changed(phrase_of(kind, path).said, _spans(old), _spans(new))
    elif kind == "sla_policies" and path.partition(".")[0] == "hours":
        for step in reversed(path.split(".")[1:]):
            old, new = {step: old}, {step: new}
        yield from _clock_lines(old, new, terms, whole=path == "hours")
    elif kind == "sla_policies" and path == "targets" and (old is None or new is None):
        yield from _whole_promise_lines("+" if old is None else "-", old or new or {}, terms)
    elif isinstance(old or new, dict) and (old is None or new is None):
        for name in old or new:
            inner = Difference(f"{path}.{name}", (old or {}).get(name), (new or {}).get(name))
            yield from difference_lines(kind, inner, terms, key)
    elif kind == "sla_policies" and path.startswith("targets."):
        yield from _promise_lines(path, old, new, terms)
    elif old in UNSEEN_VALUES and new in UNSEEN_VALUES:
        yield Line(f"secret in {secret_of(path)}: {old} → ", new=new)
    elif path == "replaces" and STILL_ACTIVE in f"{old}{new}":
        off = f"switches off the vendor's rule “{new}”"
        yield Line(off if new and not str(new).endswith(STILL_ACTIVE) else _stays_on(old, new))
    elif _in_languages(old, new) or _in_languages(new, old):
        for inner in _by_language(difference):
            yield from difference_lines(kind, inner, terms, key)
    elif path == "name" and old and new:
        yield Line(f"renamed {old} → ", new=str(new))
    else:
        yield from _plain_lines(kind, difference, phrase_of(kind, path), terms)


def issue_row(row: Mapping[str, Any], terms: Terms) -> str:
    """What fills a field of an issue: `priority from the ticket's priority (P1 as Highest, P2 as High)`."""
    ticket = str(row["ticket"])
    sources = {"priority": "the ticket's priority", "message": "subject, first message and address of the ticket"}
    field = terms.called.get(("ticket_fields", ticket), ticket)
    words = ", ".join(f"{terms.priorities.get(ours, ours)} as {word}" for ours, word in (row.get("as") or {}).items())
    said = f"{str(row['issue']).replace('_', ' ')} from {sources.get(ticket, field)}"
    return f"{said} ({words})" if words else said


def _in_languages(one: Any, several: Any) -> bool:
    """Whether these are one text in its language, and texts in several."""
    return isinstance(one, str) and isinstance(several, dict) and all(map(is_locale, several))


def _by_language(difference: Difference) -> Iterator[Difference]:
    """Of a text that is in one language on one side and in several on the other: what differs in each. The one is that
    of which the others say the same, or else the first."""
    old, new = difference.old, difference.new
    one, several = (old, new) if isinstance(old, str) else (new, old)
    own = next((locale for locale, text in several.items() if text == one), next(iter(several)))
    sides = [each if isinstance(each, dict) else {own: each} for each in (old, new)]
    for locale in several:
        before, after = (each.get(locale) for each in sides)
        if before != after:
            yield Difference(f"{difference.path}.{locale}", before, after)


def _stays_on(old: Any, new: Any) -> str:
    """What is said of a rule of the vendor's that is on, before or after."""
    name = str(new or old).removesuffix(STILL_ACTIVE)
    return f"switches the vendor's rule “{name}” on again" if new else f"the vendor's rule “{name}” stays switched on"


def _plain_lines(kind: str, difference: Difference, phrase: Phrase, terms: Terms) -> Iterator[Line]:
    """An attribute that is a yes or no, a list, or one value."""
    old, new = difference.old, difference.new
    if isinstance(new, bool) and phrase.yes and (old is None or isinstance(old, bool)):
        yield Line(phrase.yes if new else phrase.no)
    elif isinstance(old, bool) and phrase.yes and new is None:
        yield Line(phrase.no if old else phrase.yes)
    elif isinstance(old or new, list):
        yield from _list_lines(kind, difference, phrase, terms)
    else:
        said = [value if is_prose(value) else terms.value(value, phrase) for value in (old, new)]
        absent = [value is None or value == "" for value in (old, new)]
        if any(absent):
            sign, value = ("+", said[1]) if absent[0] else ("-", said[0])
            yield from whole_value(sign, phrase.said, value)
        else:
            yield from changed(phrase.said, *said)


def _list_lines(kind: str, difference: Difference, phrase: Phrase, terms: Terms) -> Iterator[Line]:
    old, new = difference.old or [], difference.new or []
    stays = "stays in the channel" if kind == "slack_channels" and difference.path == "people" else ""

    def said(item: Any) -> str:
        if kind == "ticket_forms" and isinstance(item, Mapping):
            return form_condition(item, terms)
        if kind == "escalations" and isinstance(item, Mapping):
            return issue_row(item, terms)
        return _row(item, terms) if isinstance(item, Mapping) else terms.value(item, phrase)

    _, gone, come = paired(old, new)
    yield Line(f"{phrase.said}:")
    for item in gone:
        yield Line(said(item), "-", margin=1, end=stays)
    for item in come:
        yield Line(said(item), "+", margin=1)
    if moved(old, new):
        yield Line("new order: ", margin=1, new=listed(map(said, new)))


def _row(row: Mapping[str, Any], terms: Terms) -> str:
    """A row of the mapping: `Yearly revenue → customer's Yearly revenue`."""
    if {"crm", "helpdesk"} <= set(row):
        return f"{terms.name('crm_fields', str(row['crm']))} → {field_of(str(row['helpdesk']), terms)}"
    return ", ".join(f"{plain(str(name))} {value}" for name, value in row.items())


def _order_lines(kind: str, difference: Difference, terms: Terms, key: str) -> Iterator[Line]:
    """The order of a kind, or of the triggers of a category."""
    ordered = "triggers" if kind == "trigger_categories" and not key.startswith("_") else kind
    if kind == "order":
        ordered = difference.path
    what = "" if key.startswith("_") else plural_of(ordered)
    yield from order_lines(
        difference.old or [], difference.new or [], lambda each: terms.name_or_key(ordered, each), what
    )


def _promise_lines(path: str, old: Any, new: Any, terms: Terms) -> Iterator[Line]:
    """`P1 System down: first reply 1 h → 30 min`."""
    _, metric, *priority = path.split(".")
    before, after = ("no promise" if each in (None, "none") else duration_of(str(each)) for each in (old, new))
    if before == after:
        return
    yield from changed(plain(metric), before, after, about=_about(priority, terms))


def _whole_promise_lines(sign: str, targets: Mapping[str, Any], terms: Terms) -> Iterator[Line]:
    """The promises of a policy that comes or goes as a whole: `+ P1 System down: first reply 1 h`."""
    cells = [
        Difference(f"targets.{metric}" + (f".{priority}" if priority else ""), None, value)
        for metric, row in targets.items()
        for priority, value in (row.items() if isinstance(row, Mapping) else [("", row)])
    ]
    for each in _for_every_priority("sla_policies", cells):
        if each.new not in (None, "none"):
            _, metric, *priority = each.path.split(".")
            yield Line(f"{plain(metric)} {duration_of(str(each.new))}", sign, about=_about(priority, terms))


def _about(priority: list[str], terms: Terms) -> str:
    return terms.priorities.get(priority[0], f"priority {priority[0]}") if priority else "every priority"


def _clock_lines(old: Any, new: Any, terms: Terms, *, whole: bool) -> Iterator[Line]:
    """Which clock counts, per metric and priority where they differ; for all metrics at once where they change alike.

    A clock that is the same everywhere stands once in the files, and `others` are priorities for which nothing is
    promised. whole: this is all that differs in the clocks.
    """
    changes = list(_clocks(old, new))
    sides = [side for side in (old, new) if isinstance(side, dict)] if whole else []
    metrics = {name for side in sides for name in side if name not in _NO_METRICS}
    said: set[tuple[str, str | None, str | None]] = set()
    for metric, priority, before, after in changes:
        alike = {one for one, *rest in changes if rest == [priority, before, after]}
        if alike == metrics and (priority, before, after) in said:
            continue
        said.add((priority, before, after))
        words = "counted" if alike == metrics or not metric else f"{plain(metric)} counted"
        about = _about([priority], terms) if priority else ""
        if before is None or after is None:
            yield Line(f"{words} {_CLOCKS.get(str(before or after))}", "-" if after is None else "+", about=about)
        else:
            yield from changed(words, _CLOCKS.get(before, before), _CLOCKS.get(after, after), about=about)


def _clocks(old: Any, new: Any, steps: tuple[str, ...] = ()) -> Iterator[tuple[str, str, str | None, str | None]]:
    """(metric, priority, clock before, clock after) of each that differs; "" where it is the same for all."""
    maps = [side for side in (old, new) if isinstance(side, dict)]
    if not maps:
        metric = next((step for step in steps if step not in _NO_METRICS), "")
        yield metric, next((step for step in steps if step in PRIORITIES), ""), old, new
        return
    for name in dict.fromkeys(name for side in maps for name in side if name != "others"):
        if all(name in side for side in maps):
            before, after = (side.get(name) if isinstance(side, dict) else side for side in (old, new))
            if before != after:
                yield from _clocks(before, after, (*steps, name))


def _option_lines(kind: str, difference: Difference, terms: Terms, key: str) -> Iterator[Line]:
    """The choices of a field."""
    path, old, new = difference.path, difference.old, difference.new
    _, _, rest = path.removesuffix(ORDER_CHANGED).partition(".")
    if path.endswith(ORDER_CHANGED):
        yield from order_lines(old or [], new or [], lambda each: terms.option(kind, key, each), "choices")
        return
    if not rest:
        for option in dict.fromkeys([*(old or {}), *(new or {})]):
            before, after = (old or {}).get(option), (new or {}).get(option)
            if before != after:
                yield from _option_lines(kind, Difference(f"options.{option}", before, after), terms, key)
        return
    option, _, attribute = rest.partition(".")
    called = terms.option(kind, key, option)
    if attribute == "tag":
        yield from changed(f"tag of the choice “{called}”", old, new)
    elif attribute == "was":
        yield from changed(f"former key of the choice “{called}”", old, new)
    elif attribute:
        yield from changed("choice", old, new)
    elif old is None:
        tag = new.get("tag") if isinstance(new, Mapping) else None
        yield from whole("+", f"choice “{_option_name(new)}”", end=f"tag {tag}" if tag else "")
    elif new is None:
        yield from whole(
            "-", f"choice “{_option_name(old)}”", end=_STAYS.format(*_HOLDERS.get(kind, ("the helpdesk", "records")))
        )
    else:
        if _option_name(old) != _option_name(new):
            yield from changed("choice", _option_name(old), _option_name(new))
        before, after = (side.get("tag") if isinstance(side, Mapping) else None for side in (old, new))
        if before != after:
            yield from changed(f"tag of the choice “{called}”", before or "the usual one", after or "the usual one")


def _option_name(option: Any) -> str:
    return str(option.get("name")) if isinstance(option, Mapping) else str(option)


def _spans(spans: Any) -> str | None:
    """`["09:00-17:30"]` → `09:00–17:30`."""
    if spans is None:
        return None
    return listed(str(span).replace("-", "–") for span in spans) or "closed"


def _holiday_lines(old: list[dict[str, str]], new: list[dict[str, str]]) -> Iterator[Line]:
    pairs, gone, come = paired(old, new, lambda holiday: holiday["name"])
    for before, after in pairs:
        yield from changed(f"holiday {after['name']}", _days(before), _days(after))
    for sign, holidays in (("-", gone), ("+", come)):
        for holiday in holidays:
            yield from whole(sign, f"holiday {holiday['name']}: {_days(holiday)}")


def _days(holiday: Mapping[str, str]) -> str:
    if "date" in holiday:
        return _day(holiday["date"])
    return f"{_day(holiday['from'])} to {_day(holiday['to'])}"


def _day(date: str) -> str:
    """`2026-12-25` → `25 Dec 2026`."""
    pieces = str(date).split("-")
    if len(pieces) != 3 or not all(piece.isdecimal() for piece in pieces):
        return str(date)
    year, month, day = map(int, pieces)
    return f"{day} {_MONTHS[month - 1]} {year}"
