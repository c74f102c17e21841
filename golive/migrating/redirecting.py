"""Old pages led to the new ones: by rules of the help centre, or by files for the servers where they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from config.results.migration_redirects import (
    ChangedRule,
    CheckedPages,
    MigrationRedirectsDocument,
    RefusedPage,
    WrongPage,
)
from golive.live.web_pages import first_answers
from golive.migrating.opening import OpenedMigration
from golive.migrating.target import Target
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from migrations.declared.reading import FOLDER
from migrations.mapping.decisions import old_pages
from migrations.redirecting.checking import Led, what_is_wrong
from migrations.redirecting.resolving import Code, NewPage, Redirect, Refused, Resolved, resolved
from migrations.redirecting.rules import MadeRules, RuleChange, RuleChanges, rule_changes
from migrations.staging.staging import Staging
from provisioners.redirects import Redirects
from provisioners.resource import ResourceName
from provisioners.system import systems
from stacks.state import ids

Did = Literal["rules", "file", "checked", "removed"]
_HERE = 200


@dataclass
class Redirecting:
    """redirects: the way to the help centre. pages: how many old ones there are."""

    migration: OpenedMigration
    target: Target
    redirects: Redirects
    found: Resolved
    pages: int
    refused: list[Refused] = field(default_factory=list)
    """Pages of the help centre's own host to which no rule can be set."""

    @cached_property
    def here(self) -> list[Redirect]:
        """Those of the help centre's own host."""
        return [each for each in self.found.redirects if each.old.host in self.redirects.hosts()]

    @cached_property
    def elsewhere(self) -> list[Redirect]:
        return [each for each in self.found.redirects if each.old.host not in self.redirects.hosts()]

    @cached_property
    def made(self) -> MadeRules:
        environment = self.target.reading.opened.environment_name
        folder = self.migration.workspace.root / FOLDER / "ledger"
        return MadeRules(folder / f"{self.migration.key}.{environment}.redirects.json")

    def changes(self, told: Callable[[int], None]) -> RuleChanges:
        """What has to be done to the help centre's rules; pages that no rule helps stand in `refused` then. Reads
        only. told: how many old pages were asked for just now. Raises Fault, SystemFault."""
        wanted: dict[str, str] = {}
        by_start: dict[str, Redirect] = {}
        for each in self.here:
            start = self.redirects.start(each.old.path, each.old.query)
            if not start:
                self._refuse(each, "no_rule", "no rule of the help centre can act on this address",
                             "Write  drop: true  with a decision, or set it where the address is served.")  # fmt: skip
                continue
            wanted[start], by_start[start] = each.new, each
        if len(wanted) > self.redirects.most:
            raise Fault(
                "too_many",
                f"{len(wanted):,} old pages need a rule, and {self.target.title} takes {self.redirects.most:,}.",
                where=self.migration.file,
                do="Drop those that nobody reads any more.",
                exits=Exit.FAILED,
            )
        found = rule_changes(wanted, self.redirects.rules(), read_made(self.made))
        for start, to in found.others.items():
            self._refuse(by_start[start], "others", f"somebody else has set a rule for it, to {to}",
                         "Take that rule away in the help centre, or drop the page here.")  # fmt: skip
        self._refuse_answering(found, by_start, told)
        return found

    def _refuse_answering(self, found: RuleChanges, by_start: dict[str, Redirect], told: Callable[[int], None]) -> None:
        """A rule acts only where nothing is."""
        new = {each.start: self.redirects.asked_at(by_start[each.start].old.url) for each in found.changes if each.to}
        answers = first_answers(new.values(), told)
        for start, at in new.items():
            if answers[at].status == _HERE:
                self._refuse(by_start[start], "answers", "a page is still there, and a rule acts only where none is",
                             "Archive that page first.")  # fmt: skip

    def _refuse(self, page: Redirect, code: Code, why: str, do: str) -> None:
        self.refused.append(Refused(page.page, page.title, page.old.url, code, why, do))

    def carry_out(self, changes: Sequence[RuleChange], renewed: Mapping[str, str], told: Callable[[int], None]) -> None:
        """Set, change and remove rules, each noted before or after so that a crash leaves none that is nobody's.
        renewed: see `RuleChanges`. told: how many were done just now. Raises SystemFault; what was done until then is
        noted."""
        self.made.add({**renewed, **{each.start: each.to for each in changes if each.action == "set"}})
        for each in changes:
            if each.action == "remove":
                self.redirects.remove(each.id)
            else:
                self.redirects.set(each.start, each.to)
            told(1)
            if each.action == "change":
                self.made.add({each.start: each.to})
        self.made.forget(each.start for each in changes if each.action == "remove")

    def check(self, told: Callable[[int], None]) -> CheckedPages:
        """Ask each old address as anybody would, and the page to which it leads. told: how many were asked for."""
        at = {each.page: self.redirects.asked_at(each.old.url) for each in self.found.redirects}
        first = first_answers(at.values(), told)
        onward = {page: self.redirects.asked_at(first[old].location) for page, old in at.items() if first[old].location}
        then = first_answers(onward.values())
        statuses, hops, ends = Counter[str](), Counter[str](), Counter[str]()
        wrong = []
        for each in self.found.redirects:
            answer, end = first[at[each.page]], then.get(onward.get(each.page, ""))
            led = Led(answer.status, answer.location, end.status if end else 0, answer.why or (end.why if end else ""))
            statuses[str(led.status)] += 1
            hops[str(led.hops)] += 1
            ends[str(led.then)] += 1
            said = what_is_wrong(each.new, self.redirects.asked_at(each.new), led)
            if said is not None:
                wrong.append(WrongPage(each.old.url, each.new, said[0], led.status, led.location, led.then, said[1]))
        return CheckedPages(len(self.found.redirects), dict(statuses), dict(hops), dict(ends), wrong)

    def document(self, did: Did, changes: Sequence[RuleChange] = (), there: int = 0) -> MigrationRedirectsDocument:
        """did: see the document."""
        return MigrationRedirectsDocument(
            self.migration.key,
            self.migration.declared.name,
            self.target.reading.opened.environment_name,
            self.target.account,
            did,
            self.pages,
            self.found.stays,
            self.found.dropped,
            [
                RefusedPage(each.page, each.title, each.url, each.code, each.why, each.do)
                for each in (*self.found.refused, *self.refused)
            ],
            [ChangedRule(each.action, each.start, each.to, each.was) for each in changes],
            there,
            dict(Counter(each.old.host for each in self.elsewhere)),
        )


def redirecting(migration: OpenedMigration, staging: Staging, target: Target, *, writes: bool) -> Redirecting:
    """Where each old page leads, by what is live. Reads only. writes: whether rules are going to be set. Raises Fault,
    SystemFault."""
    connection = target.reading.connection(target.instance, writes=writes)
    redirects = systems()[connection.settings.type].redirects(connection)
    if redirects is None:
        raise Fault(
            "no_help_center",
            f"golive knows no help centre of {target.title}.",
            where=migration.file,
            do="Set the redirects where the old pages were.",
            exits=Exit.USAGE,
        )
    pages = [*old_pages(staging, migration.declared)]
    return Redirecting(migration, target, redirects, resolved(pages, _new_pages(target, redirects)), len(pages))


def _new_pages(target: Target, redirects: Redirects) -> Callable[[str, str], NewPage]:
    """Where an article of the files can be read, in a language or else in the help centre's own."""
    live, made = redirects.articles(), ids(target.reading.state)
    declared = target.declared.of("articles")
    option = target.reading.opened.option

    def new_page(key: str, language: str) -> NewPage:
        if key not in declared:
            few = ", ".join(list(declared)[:8])
            return NewPage(
                why=f"there is no article `{key}` in config/",
                do=f"Write the key of one; known: {few}",
                code="no_article",
            )
        languages = live.get(made.get(str(ResourceName(target.instance, "articles", key)), ""), {})
        if not languages:
            do = f"Set it up with  golive up{option}"
            return NewPage(why=f"`{key}` is not in {target.title} yet", do=do)
        wanted = language.lower().replace("_", "-")
        order = sorted(languages, key=lambda each: (each != wanted, each.partition("-")[0] != wanted.partition("-")[0]))
        open_ = next((languages[each] for each in order if languages[each].published), None)
        if open_ is None:
            do = f"Take out `active: false` there, and  golive up{option}"
            return NewPage(why=f"`{key}` is a draft, which nobody can read", do=do)
        return NewPage(open_.url)

    return new_page


def read_made(made: MadeRules) -> dict[str, str]:
    """The rules that golive has made. Raises Fault."""
    try:
        return made.all()
    except (OSError, ValueError) as broken:
        raise Fault(
            "redirects_file",
            f"{made.path.name} cannot be read; nothing was changed.",
            where=str(Path(FOLDER) / "ledger" / made.path.name),
            why="It says which rules golive has made: without it nobody knows what may be changed.",
            do="Bring it back from git.",
            exits=Exit.FAILED,
        ) from broken


def removals(one: Redirecting) -> Iterator[RuleChange]:
    """Every rule that golive has made and nobody has changed since. Raises Fault, SystemFault."""
    yield from rule_changes({}, one.redirects.rules(), read_made(one.made)).changes
