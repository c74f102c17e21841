"""Whether the past was read whole, and whether people have decided what becomes of all of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from checklists.facts import Facts, NotKnown
from checklists.moments import moment
from checklists.probes.base import Answer, Probe
from config.duration import Duration, minutes
from config.model import Model, defaults_to, none_unless_given
from config.results.log_entry import LogEntry
from config.results.migration_status import MigrationEntry
from config.words import counted, some


class HistoryComplete(Probe):
    """Every source was read to its end, and what was read is as much as the old tool itself shows."""

    name = "history_complete"
    looks_at = ("migrations",)
    lasts = "1d"

    class Parameters(Model):
        """What is compared."""

        counted: list[Literal["tickets", "comments", "attachments", "contacts"]] = defaults_to(
            ["tickets"], description="Numbers that a person types in (`shown`) and that golive counts."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        found = facts.migrations.known()
        numbers = {"migrations": len(found)}
        looked_at = [[each.key, each.is_whole, each.counted, each.shown, each.not_shown] for each in found]
        unread = [each.key for each in found if not each.is_whole]
        if unread:
            return Answer(
                "fail", f"Not read to its end: {some(unread)}. Go on:  golive migrate extract", numbers, looked_at
            )
        odd = [
            f"{each.key}: {what} {each.counted.get(what, 0):,} read, {each.shown[what]:,} shown"
            for each in found
            for what in given.counted
            if what in each.shown and each.shown[what] != each.counted.get(what, 0)
        ]
        if odd:
            return Answer("fail", f"Not as much as the old tool shows: {some(odd)}.", numbers, looked_at)
        missing = [
            f"{each.key} {what}"
            for each in found
            for what in given.counted
            if what not in each.shown and what not in each.not_shown
        ]
        if missing:
            said = f"Nobody has written (`shown`) what the old tool shows, or why nothing: {some(missing)}."
            return Answer("unknown", said, numbers, looked_at)
        said = f"{counted(len(found), 'source')} read to the end, as much as is shown there"
        silent = [f"{each.key} {what}" for each in found for what in given.counted if what in each.not_shown]
        said += f"; not shown there: {some(silent)}." if silent else "."
        return Answer("pass", said, numbers, looked_at)


class MappingDecided(Probe):
    """Each word of the old tool has a place, or is left behind on purpose."""

    name = "mapping_decided"
    looks_at = ("migrations",)
    lasts = "1d"

    class Parameters(Model):
        """How much people have to say."""

        with_reason: bool = defaults_to(False, description="Each row says why, under `decision`.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        found = facts.migrations.known()
        missing = sum(each.without_reason for each in found) if given.with_reason else sum(each.open for each in found)
        numbers = {"migrations": len(found), "missing": missing}
        looked_at = [[each.key, each.open, each.without_reason] for each in found]
        unread = [each.key for each in found if not each.is_whole]
        if unread:
            said = f"Not read to its end, so that not every word is known: {some(unread)}."
            return Answer("unknown", said, numbers, looked_at)
        if missing:
            what = "a reason" if given.with_reason else "a place"
            keys = [each.key for each in found if (each.without_reason if given.with_reason else each.open)]
            said = f"{counted(missing, 'word')} without {what}, in {some(keys)}. See them:  golive migrate map"
            return Answer("fail", said, numbers, looked_at)
        return Answer("pass", "Each word of the old tool is decided.", numbers, looked_at)


class LegacyRulesDecided(Probe):
    """A person has decided about each rule of the old tool, and somebody owns it."""

    name = "legacy_rules_decided"
    looks_at = ("migrations",)
    lasts = "1d"

    class Parameters(Model):
        """Which verdicts count."""

        verdicts: list[Literal["rebuild", "drop", "later"]] = defaults_to(
            ["rebuild", "drop", "later"], description="Verdicts that are one."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        return _open(
            facts.migrations.known(), "rules", "rule of the old tool", "a verdict or an owner (rules: in the file)"
        )


class MacrosReviewed(Probe):
    """A person has read each macro that came along: it is rebuilt and there, or left out with a reason."""

    name = "macros_reviewed"
    looks_at = ("migrations",)
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        lacks = "a verdict, or not there yet (macros: in the file)"
        return _open(facts.migrations.known(), "macros", "macro of the old tool", lacks)


class LegacyPagesMoved(Probe):
    """Each page of the old help centre has a new article, or a reason why it has none."""

    name = "legacy_pages_moved"
    looks_at = ("migrations",)
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        lacks = "an article that is there, or a reason (articles: in the file)"
        return _open(facts.migrations.known(), "pages", "old page", lacks)


class AddressesDecided(Probe):
    """Each address that customers wrote to has its fate."""

    name = "addresses_decided"
    looks_at = ("migrations",)
    lasts = "1d"

    class Parameters(Model):
        """Which fates count."""

        fates: list[Literal["forward", "merge", "close"]] = defaults_to(
            ["forward", "merge", "close"], description="Fates that are one."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        return _open(facts.migrations.known(), "addresses", "address", "a fate (addresses: in the file)")


class RedirectsAnswer(Probe):
    """Each old page leads to the new one, as `golive migrate redirects --check` has noted, and nobody has decided
    otherwise since."""

    name = "redirects_answer"
    looks_at = ("migrations", "log")
    lasts = "1d"

    class Parameters(Model):
        """How they lead there."""

        status: Annotated[int, Field(ge=300, le=399)] = defaults_to(301, description="What an old address answers.")
        hops: Annotated[int, Field(ge=1)] = defaults_to(1, description="Steps to the new page, at most.")
        then: Annotated[int, Field(ge=200, le=299)] = defaults_to(200, description="What the new page answers.")
        lasts: Duration = defaults_to("30d", description="How long a look at them holds.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        found = [each for each in facts.migrations.known() if each.old_pages]
        last = {str(each.data["migration"]): each for each in facts.noted("redirects_checked")}
        span = timedelta(minutes=minutes(given.lasts))
        numbers = {"migrations": len(found), "pages": sum(each.old_pages for each in found)}
        looked_at = [[each.key, each.pages_digest, last[each.key].digest if each.key in last else ""] for each in found]
        bad = [f"{each.key} ({said})" for each in found if each.key in last and (said := _odd(given, last[each.key]))]
        never = [each.key for each in found if each.key not in last]
        changed = [each.key for each in found if each.key in last and last[each.key].data["pages"] != each.pages_digest]
        old = [each.key for each in found if each.key in last and moment(last[each.key].at) + span < facts.now]
        do = "Do it:  golive migrate redirects --check"
        if not found:
            return Answer("pass", "No page of an old help centre is known.", numbers, looked_at)
        if bad:
            return Answer("fail", f"Old pages do not lead where they are to: {some(bad)}.", numbers, looked_at)
        if never:
            return Answer("unknown", f"Nobody has asked for the old pages of {some(never)}. {do}", numbers, looked_at)
        if changed:
            said = f"Since the old pages were asked for, other things were decided about {some(changed)}. {do}"
            return Answer("unknown", said, numbers, looked_at)
        if old:
            return Answer("unknown", f"It is long ago that {some(old)} was asked for. {do}", numbers, looked_at)
        return Answer("pass", f"{counted(numbers['pages'], 'old page')} decided, and led there.", numbers, looked_at)


def _odd(given: Any, entry: LogEntry) -> str:
    """What is not as it was asked for, of a look at old pages; empty where all is."""
    data = entry.data
    if data.get("undecided"):
        return f"{int(data['undecided']):,} lead nowhere"
    if data["wrong"]:
        return f"{int(data['wrong']):,} do not lead there"
    others = {
        "answer": [each for each in data.get("statuses", {}) if each != str(given.status)],
        "steps": [each for each in data.get("hops", {}) if int(each) > given.hops],
        "page": [each for each in data.get("then", {}) if each != str(given.then)],
    }
    return ", ".join(f"{what} {some(found)}" for what, found in others.items() if found)


class LogHasColumns(Probe):
    """The log kept by hand has the columns that the audit needs, or is named as the fields that will take it."""

    name = "log_columns"
    looks_at = ("migrations",)
    lasts = "1d"

    class Parameters(Model):
        """What is asked of the columns."""

        columns: list[Literal["date", "channel", "customer", "category", "first_answer", "resolved"]] = defaults_to(
            [], description="What the log has to tell."
        )
        named_as: Literal["ticket_fields"] | None = none_unless_given(
            description="Each column that tells none of that is named as one of these."
        )

    def answer(self, given: Any, facts: Facts) -> Answer:
        logs = [each for each in facts.migrations.known() if each.log_has is not None]
        if not logs:
            raise NotKnown("no file in migrations/ names a log kept by hand that can be read")
        looked_at = [[each.key, each.log_has, each.of_no_field] for each in logs]
        lacking = [f"{each.key} {word}" for each in logs for word in given.columns if word not in (each.log_has or ())]
        if given.named_as is not None:
            lacking += [f"{each.key} “{header}”" for each in logs for header in each.of_no_field]
        numbers = {"logs": len(logs), "lacking": len(lacking)}
        if not lacking:
            return Answer("pass", "The log has every column that is asked of it.", numbers, looked_at)
        what = "of no field" if given.named_as is not None and not given.columns else "lacking"
        return Answer("fail", f"{counted(len(lacking), 'column')} {what}: {some(lacking)}.", numbers, looked_at)


_Decided = Literal["rules", "macros", "pages", "addresses"]


def _open(found: Sequence[MigrationEntry], attribute: _Decided, what: str, lacks: str) -> Answer:
    """Whether nothing is left that a person has to decide."""
    lacking = [each for entry in found for each in getattr(entry, attribute)]
    numbers = {"migrations": len(found), "missing": len(lacking)}
    looked_at = [[entry.key, entry.is_whole, getattr(entry, attribute)] for entry in found]
    unread = [entry.key for entry in found if not entry.is_whole]
    if unread:
        return Answer("unknown", f"Not read to its end, so that not all is known: {some(unread)}.", numbers, looked_at)
    if lacking:
        return Answer("fail", f"{counted(len(lacking), what)} without {lacks}: {some(lacking)}.", numbers, looked_at)
    return Answer("pass", f"Each {what} is decided.", numbers, looked_at)
