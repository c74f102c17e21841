"""What people decide about besides words: the old tool's rules, its macros, and the pages that customers read there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from config.declaration import Declaration
from config.model import Model
from migrations.declared.migration import MacroVerdict, Migration, PageFate, RuleVerdict
from migrations.mapping.proposing import plain
from migrations.staging.staging import Staging

Data = dict[str, Any]
Sort = Literal["rules", "macros", "articles"]
MOST = 500
"""Rows without a decision that stand in the file at once, of each sort; the next ones come when these are decided."""


class Staged(NamedTuple):
    """A rule, macro or page as it was read. url: of a page."""

    id: str
    name: str
    url: str = ""


@dataclass(frozen=True)
class Undecided:
    """key: of its row; `row` says whether there is one. said: what is missing."""

    sort: Sort
    key: str
    name: str
    said: str
    row: bool


@dataclass(frozen=True)
class OldPage:
    """A page that customers read. key: of its row. url: empty where it is not known."""

    key: str
    title: str
    url: str
    language: str
    fate: PageFate


def staged_rules(staging: Staging) -> Iterator[Staged]:
    for key, name in staging.database.execute("SELECT id, name FROM rules ORDER BY name, id"):
        yield Staged(str(key), str(name or ""))


def staged_macros(staging: Staging) -> Iterator[Staged]:
    """Those that agents could use to the end."""
    for key, name, folder in staging.database.execute(_MACROS):
        yield Staged(str(key), f"{folder}::{name}" if folder else str(name or ""))


_MACROS = "SELECT id, name, data ->> '$.folder' FROM macros WHERE data ->> '$.active' ORDER BY 3, 2, 1"


def old_pages(staging: Staging, migration: Migration) -> Iterator[OldPage]:
    """Each page that was published, and each that people have added to the file by its address."""
    staged = set()
    for key, url, title, language in staging.database.execute(_PAGES):
        staged.add(str(key))
        fate = migration.articles.get(str(key), PageFate())
        yield OldPage(str(key), str(title or ""), fate.url or str(url or ""), str(language or ""), fate)
    for key, fate in migration.articles.items():
        if key not in staged and fate.url:
            yield OldPage(key, fate.title or "", fate.url, "", fate)


_PAGES = """
    SELECT id, url, data ->> '$.title', data ->> '$.language' FROM articles WHERE data ->> '$.published'
    ORDER BY data ->> '$.category', data ->> '$.section', 3, id
"""


# ---------------------------------------------------------------- what is not decided


def undecided(staging: Staging, migration: Migration, declared: Declaration) -> Iterator[Undecided]:
    """Every rule, macro and old page about which a person still has to say something."""
    for each in staged_rules(staging):
        held = rule_row(migration, each)
        verdict = held or RuleVerdict()
        if verdict.verdict is None or verdict.owner is None:
            said = "it has no verdict yet: write  verdict: rebuild, drop or later  and its owner"
            yield Undecided("rules", each.id, each.name or each.id, said, held is not None)
    for each in staged_macros(staging):
        row = migration.macros.get(each.id)
        said = _macro_lacks(row or MacroVerdict(), declared)
        if said:
            yield Undecided("macros", each.id, each.name or each.id, said, row is not None)
    for page in old_pages(staging, migration):
        said = _page_lacks(page.fate, declared)
        if said:
            name = page.title or page.url or page.key
            yield Undecided("articles", page.key, name, said, page.key in migration.articles)


def rule_row(migration: Migration, rule: Staged) -> RuleVerdict | None:
    """People name rules by their ids or by their names."""
    return migration.rules.get(rule.id) or migration.rules.get(rule.name)


def _macro_lacks(row: MacroVerdict, declared: Declaration) -> str:
    if row.verdict is None:
        return "nobody has read it yet: write  verdict: rebuild, drop or later"
    if row.verdict != "rebuild":
        return "" if row.decision else f"it is to be {_LATER[row.verdict]}; say why:  decision: …"
    if row.target is None:
        return "it is to be rebuilt: say which one it is once it is there:  target: macros/KEY"
    return "" if is_there(row.target, declared) else f"there is no {row.target} in config/ yet"


_LATER = {"drop": "dropped", "later": "made later"}


def _page_lacks(fate: PageFate, declared: Declaration) -> str:
    if not fate.is_decided:
        return "nobody has said where it leads: write  to: …, the key of an article, or  drop: true  with a decision"
    if fate.to is not None and declared.get("articles", fate.to) is None:
        return f"there is no article `{fate.to}` in config/ yet"
    return ""


def is_there(target: str, declared: Declaration) -> bool:
    """Whether `macros/KEY` is declared."""
    kind, _, key = target.partition("/")
    return declared.get(kind, key) is not None


# ---------------------------------------------------------------- rows of the file


def proposed_rows(staging: Staging, migration: Migration, declared: Declaration) -> dict[Sort, Data]:
    """The rows as the file is to have them, by sort: what people wrote stays, names are filled in, new ones come last.
    Where something of the same name is declared, it is proposed; a sort without rows is left out."""
    macro_keys, page_keys = keys_by_name("macros", declared), keys_by_name("articles", declared)

    def of_rule(rule: Staged) -> Data:
        return {"name": rule.name} if rule.name else {}

    def of_macro(macro: Staged) -> Data:
        target = macro_keys(macro.name) or macro_keys(macro.name.rpartition("::")[2])
        return {**of_rule(macro), **({"target": f"macros/{target}"} if target else {})}

    def of_page(page: Staged) -> Data:
        to = page_keys(page.name)
        said = {"title": page.name, "url": page.url, "to": to}
        return {name: value for name, value in said.items() if value}

    named = {rule.name for rule in staged_rules(staging) if rule.name in migration.rules}
    pages = (Staged(each.key, each.title, each.url) for each in old_pages(staging, migration))
    found: dict[Sort, Data] = {
        "rules": _rows(
            migration.rules,
            (each for each in staged_rules(staging) if each.name not in named),
            of_rule,
            lambda row: row.verdict is not None,
        ),
        "macros": _rows(
            migration.macros, staged_macros(staging), of_macro, lambda row: row.verdict is not None or bool(row.target)
        ),
        "articles": _rows(migration.articles, pages, of_page, lambda row: row.is_decided),
    }
    return {sort: rows for sort, rows in found.items() if rows}


def _rows(
    held: Mapping[str, Any],
    staged: Iterable[Staged],
    proposed: Callable[[Staged], Data],
    settled: Callable[[Any], bool],
) -> Data:
    """Rows of the file in their order, then new ones, as many as it takes."""
    rows: Data = {key: _said(row) for key, row in held.items()}
    open_ = sum(not settled(row) for row in held.values())
    for each in staged:
        new = proposed(each)
        if each.id in held:
            decided = settled(held[each.id])
            fill = {name: value for name, value in new.items() if not decided or name in ("name", "title", "url")}
            rows[each.id] = {**fill, **rows[each.id]}
        elif "to" in new or "target" in new:
            rows[each.id] = new
        elif open_ < MOST:
            rows[each.id] = new
            open_ += 1
    return rows


def _said(row: Model) -> Data:
    """A row as somebody wrote it."""
    said: Data = row.model_dump(exclude_unset=True)
    return said


def keys_by_name(kind: str, declared: Declaration) -> Callable[[str], str | None]:
    """The key of what is called so in any language; None where nothing is, or several are."""
    known: dict[str, set[str]] = {}
    for item in declared.of(kind).values():
        names = item.value.name
        for name in names.values() if isinstance(names, Mapping) else (names,):
            if isinstance(name, str) and plain(name):
                known.setdefault(plain(name), set()).add(item.key)

    def key(name: str) -> str | None:
        found = known.get(plain(name), set())
        return next(iter(found)) if len(found) == 1 else None

    return key
