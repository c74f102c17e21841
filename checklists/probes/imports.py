"""Whether what was read is there, as it was, and caused nothing; and whether people have accepted it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from checklists.accepting import ROLES, Acceptance, acceptance, last_sample
from checklists.facts import Facts
from checklists.moments import moment
from checklists.people import key_of, roles_of
from checklists.probes.base import Answer, Probe
from config.model import Model, defaults_to
from config.results.log_entry import LogEntry
from config.results.migration_status import MigrationEntry
from config.share import Share, fraction
from config.words import counted, some


class ImportParameters(Model):
    """How much was compared."""

    compared: Share = defaults_to("100%", description="The share of the tickets that was compared, at least.")


class ImportComplete(Probe):
    """What was read and what is there are the same, to the last record, or it is said why not, as `golive migrate
    verify` has noted."""

    name = "import_complete"
    looks_at = ("migrations", "log")
    lasts = "1d"
    Parameters = ImportParameters

    def answer(self, given: Any, facts: Facts) -> Answer:
        wrong = {}
        for key, entry in _last(facts).items():
            unexplained = int(entry.data["unexplained"])
            if unexplained:
                wrong[key] = f"{counted(unexplained, 'record')} without an explanation"
            elif entry.data["result"] != "pass":
                wrong[key] = "not everything is as it was"
        return _compared(facts, given.compared, wrong, "All that was read is there, or it is said why not.")


class AuthorsMatched(Probe):
    """Each comment that came has the author that it had, as `golive migrate verify` has noted."""

    name = "authors_matched"
    looks_at = ("migrations", "log")
    lasts = "1d"

    class Parameters(ImportParameters):
        """How many may be wrong."""

        to_admin: Annotated[int, Field(ge=0)] = defaults_to(0, description="Tickets with another author, at most.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        wrong = _wrong(facts, "authors", given.to_admin)
        return _compared(facts, given.compared, wrong, "Each comment has the author that it had.")


class ImportsSilent(Probe):
    """No rule acted on what came, and nobody was told of it, as `golive migrate verify` has noted."""

    name = "imports_silent"
    looks_at = ("migrations", "log")
    lasts = "1d"

    class Parameters(ImportParameters):
        """How what came is known."""

        tag: str = defaults_to("imported", description="The tag that each ticket that came has.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        other = [key for key, entry in _last(facts).items() if entry.data["mark"] != given.tag]
        if other:
            said = f"What came with {some(other)} has another tag than `{given.tag}`: reports would count it."
            return Answer("fail", said, {"migrations": len(other)}, other)
        wrong = _wrong(facts, "silence", 0)
        return _compared(facts, given.compared, wrong, "No rule acted on what came, and nobody was told.")


def _last(facts: Facts) -> dict[str, LogEntry]:
    """The newest verification of each migration."""
    return {str(each.data["migration"]): each for each in facts.noted("migration_verified")}


def _wrong(facts: Facts, check: str, most: int) -> dict[str, str]:
    """Migration → in how many tickets a check found something, where it is more than may be."""
    found = {key: int(entry.data["checks"].get(check, 0)) for key, entry in _last(facts).items()}
    return {key: f"in {counted(number, 'ticket')}" for key, number in found.items() if number > most}


def _compared(facts: Facts, share: str, wrong: Mapping[str, str], passed: str) -> Answer:
    """What the last verifications say. Whatever was sent after them is not known, nor what a sample left out.
    wrong: migration → what they found."""
    found, last = facts.migrations.known(), _last(facts)
    numbers = {"migrations": len(found)}
    looked_at = {key: entry.digest for key, entry in last.items()}
    never = [each.key for each in found if each.key not in last]
    since = [each.key for each in found if each.key in last and _sent_after(each, last[each.key])]
    few = [key for key, entry in last.items() if entry.data["share"] < fraction(share)]
    do = "Do it:  golive migrate verify"
    if wrong:
        said = some([f"{key} {what}" for key, what in wrong.items()])
        return Answer("fail", f"It does not hold: {said}.", numbers, looked_at)
    if never:
        return Answer("unknown", f"Never compared: {some(never)}. {do}", numbers, looked_at)
    if few:
        return Answer(
            "unknown", f"Less than {share} of the tickets were compared: {some(few)}. {do}", numbers, looked_at
        )
    if since:
        return Answer("unknown", f"Sent since it was compared: {some(since)}. {do}", numbers, looked_at)
    return Answer("pass", passed, numbers, looked_at)


class SampleAccepted(Probe):
    """People of the client have looked at a sample of what came, as `golive migrate accept` has drawn and noted it, and
    not more is wrong than may be. Who brought it over does not judge it."""

    name = "sample_accepted"
    looks_at = ("migrations", "log")
    lasts = "1d"

    class Parameters(Model):
        """Who judges, and how much of it."""

        roles: list[str] = defaults_to([*ROLES], description="Whose verdicts count.")
        at_least: Share = defaults_to("5%", description="The share of closed tickets that was drawn, at least.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        found, people, roles = facts.migrations.known(), facts.checklist.people, set(given.roles)

        def counts(entry: LogEntry) -> bool:
            return bool(set(entry.by.roles) & roles & roles_of(people, key_of(people, entry.by), moment(entry.at)))

        drawn = facts.noted("sample_drawn")
        last = {each.key: last_sample(drawn, each.key) for each in found}
        judged = [each for each in facts.noted("sample_judged") if counts(each)]
        standing = {key: acceptance(key, each.data["tickets"], judged, people) for key, each in last.items() if each}
        numbers = {"migrations": len(found), "open": sum(len(each.open) for each in standing.values())}
        looked_at = [[key, each.digest if each else "", [one.digest for one in judged]] for key, each in last.items()]
        few = [key for key, each in last.items() if each is not None and each.data["share"] < fraction(given.at_least)]
        since = [each.key for each in found if (one := last[each.key]) is not None and _sent_after(each, one)]
        never, refused = [key for key, each in last.items() if each is None], _in_state(standing, "refused")
        for seen, what, keys in (
            ("fail", "More is wrong than may be", refused),
            ("unknown", "Nobody has looked at a sample", never),
            ("fail", f"Less than {given.at_least} of the closed tickets were drawn", few),
            ("unknown", "Sent since the sample was drawn", since),
            ("unknown", "Not all of the sample has a verdict", _in_state(standing, "open")),
        ):
            if keys:
                said = f"{what}: {some(keys)}. Look:  golive migrate accept"
                return Answer(seen, said, numbers, looked_at)  # type: ignore[arg-type]
        size = sum(each.size for each in standing.values())
        return Answer("pass", f"{counted(size, 'ticket')} looked at, and accepted.", numbers, looked_at)


def _in_state(standing: Mapping[str, Acceptance], state: str) -> list[str]:
    return [key for key, each in standing.items() if each.state == state]


def _second(at: str) -> datetime:
    """The ledger's times are finer than the log's."""
    return moment(f"{at[: len('2026-01-31T12:00:00')]}Z")


def _sent_after(migration: MigrationEntry, entry: LogEntry) -> bool:
    """Whether anything was sent after an entry of the log."""
    return any(_second(sent.last) > moment(entry.at) for sent in migration.sent if sent.last)


class NoRulesImported(Probe):
    """The import has written data, and no rule: golive has no way to write one from an old tool, and its ledger shows
    that none came."""

    name = "no_rules_imported"
    looks_at = ("migrations",)
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        sent = [(each.key, one) for each in facts.migrations.known() for one in each.sent]
        brought = [f"{key} in {one.environment}" for key, one in sent if one.there.get("rules")]
        looked_at = [[key, one.environment, one.there] for key, one in sent]
        if brought:
            return Answer("fail", f"Rules came with {some(brought)}.", {"rules": len(brought)}, looked_at)
        if not sent:
            return Answer("unknown", "Nothing was brought over yet.", {"rules": 0}, looked_at)
        return Answer("pass", "Tickets, people and organizations came, and no rule.", {"rules": 0}, looked_at)
