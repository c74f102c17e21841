"""Salesforce's query language, as far as configuration needs it.

`SELECT fields | COUNT() | COUNT(field) alias … FROM object WHERE … GROUP BY … ORDER BY … LIMIT … OFFSET …`, with `=`,
`!=`, `<`, `<=`, `>`, `>=`, `IN`, `NOT IN`, `LIKE`, `AND`, `OR`, `NOT`, brackets, null, and paths through relationships.
Text compares without regard to case, as it does at the vendor. Anything else is MALFORMED_QUERY.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Row = Mapping[str, Any]
ValueOf = Callable[[Row, str], Any]
"""The value of a path (`Name`, `Parent.Name`) in a row."""


class QueryError(Exception):
    """A query that the vendor refuses, with the vendor's code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Column:
    """One thing selected: a path, or a count of the rows where it is not null."""

    path: str
    count: bool = False
    alias: str = ""


@dataclass(frozen=True)
class Comparison:
    path: str
    operator: str
    value: Any


@dataclass(frozen=True)
class Both:
    word: Literal["AND", "OR"]
    left: Condition
    right: Condition


@dataclass(frozen=True)
class Not:
    inner: Condition


Condition = Comparison | Both | Not


@dataclass(frozen=True)
class Order:
    path: str
    descending: bool = False
    nulls_last: bool = False


@dataclass
class Query:
    object: str
    columns: list[Column] = field(default_factory=list)
    count_rows: bool = False
    where: Condition | None = None
    group: list[str] = field(default_factory=list)
    order: list[Order] = field(default_factory=list)
    limit: int | None = None
    offset: int = 0

    @property
    def aggregates(self) -> bool:
        return bool(self.group) or any(column.count for column in self.columns)

    def filtered_paths(self) -> list[str]:
        return _paths(self.where)


_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>'(?:\\.|[^'\\])*')
    | (?P<date>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?)
    | (?P<number>-?\d+(?:\.\d+)?)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
    | (?P<sign><=|>=|!=|<>|=|<|>|\(|\)|,)
    )""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _malformed(message: str) -> QueryError:
    return QueryError("MALFORMED_QUERY", message)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise _malformed(f"unexpected token: '{text[position:].strip()[:1]}'")
        found.append((match.lastgroup, match.group(match.lastgroup)))
        position = match.end()
    return found


def _literal(kind: str, token: str) -> Any:
    if kind == "text":
        return re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), token[1:-1])
    if kind == "number":
        return float(token) if "." in token else int(token)
    if kind == "date":
        return token
    word = token.lower()
    if kind == "word" and word in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[word]
    raise _malformed(f"unexpected token: '{token}'")


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.at = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "<EOF>")

    def next(self) -> tuple[str, str]:
        token = self.peek()
        self.at += 1
        return token

    def take(self, *words: str) -> bool:
        """Step over these words if they come next."""
        ahead = [value.upper() for _, value in self.tokens[self.at : self.at + len(words)]]
        if ahead == list(words):
            self.at += len(words)
            return True
        return False

    def expect(self, word: str) -> None:
        if not self.take(word):
            raise _malformed(f"unexpected token: '{self.peek()[1]}', expecting '{word}'")

    def name(self) -> str:
        kind, value = self.next()
        if kind != "word":
            raise _malformed(f"unexpected token: '{value}'")
        return value

    def whole_number(self) -> int:
        kind, value = self.next()
        if kind != "number" or not value.isdigit():
            raise _malformed(f"unexpected token: '{value}'")
        return int(value)

    def query(self) -> Query:
        self.expect("SELECT")
        columns: list[Column] = []
        count_rows = False
        if self.take("COUNT", "(", ")"):
            count_rows = True
        else:
            columns.append(self.column(0))
            while self.take(","):
                columns.append(self.column(len(columns)))
        self.expect("FROM")
        query = Query(self.name(), columns, count_rows)
        if self.take("WHERE"):
            query.where = self.any_of()
        if self.take("GROUP", "BY"):
            query.group.append(self.name())
            while self.take(","):
                query.group.append(self.name())
        if self.take("ORDER", "BY"):
            query.order.append(self.order())
            while self.take(","):
                query.order.append(self.order())
        if self.take("LIMIT"):
            query.limit = self.whole_number()
        if self.take("OFFSET"):
            query.offset = self.whole_number()
        if self.peek()[0] != "end":
            raise _malformed(f"unexpected token: '{self.peek()[1]}'")
        grouped = [path.lower() for path in query.group]
        plain = [column.path for column in columns if not column.count and column.path.lower() not in grouped]
        if query.aggregates and plain:
            raise _malformed(f"Field must be grouped or aggregated: {plain[0]}")
        return query

    def column(self, index: int) -> Column:
        if self.take("COUNT", "("):
            path = self.name()
            self.expect(")")
            kind, value = self.peek()
            alias = f"expr{index}"
            if kind == "word" and value.upper() != "FROM":
                alias = self.name()
            return Column(path, count=True, alias=alias)
        return Column(self.name())

    def order(self) -> Order:
        path = self.name()
        descending = self.take("DESC")
        if not descending:
            self.take("ASC")
        nulls_last = self.take("NULLS", "LAST")
        if not nulls_last:
            self.take("NULLS", "FIRST")
        return Order(path, descending, nulls_last)

    def any_of(self) -> Condition:
        left = self.all_of()
        while self.take("OR"):
            left = Both("OR", left, self.all_of())
        return left

    def all_of(self) -> Condition:
        left = self.single()
        while self.take("AND"):
            left = Both("AND", left, self.single())
        return left

    def single(self) -> Condition:
        if self.take("NOT"):
            return Not(self.single())
        if self.take("("):
            inner = self.any_of()
            self.expect(")")
            return inner
        path = self.name()
        if self.take("NOT", "IN"):
            return Comparison(path, "NOT IN", self.values())
        if self.take("IN"):
            return Comparison(path, "IN", self.values())
        operator = "LIKE" if self.take("LIKE") else self.next()[1]
        operator = "!=" if operator == "<>" else operator
        if operator not in ("=", "!=", "<", "<=", ">", ">=", "LIKE"):
            raise _malformed(f"unexpected token: '{operator}'")
        return Comparison(path, operator, _literal(*self.next()))

    def values(self) -> list[Any]:
        self.expect("(")
        found = [_literal(*self.next())]
        while self.take(","):
            found.append(_literal(*self.next()))
        self.expect(")")
        return found


def parse(text: str) -> Query:
    """The query as data. Raises QueryError."""
    return _Parser(text).query()


def _paths(condition: Condition | None) -> list[str]:
    if condition is None:
        return []
    if isinstance(condition, Comparison):
        return [condition.path]
    if isinstance(condition, Not):
        return _paths(condition.inner)
    return _paths(condition.left) + _paths(condition.right)


def single_value(condition: Condition | None, path: str) -> Any:
    """What `path` must equal for the condition to hold, or None when the condition does not say."""
    if isinstance(condition, Comparison):
        same = condition.path.lower() == path.lower() and condition.operator == "="
        return condition.value if same else None
    if isinstance(condition, Both) and condition.word == "AND":
        left = single_value(condition.left, path)
        return single_value(condition.right, path) if left is None else left
    return None


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _matches(condition: Condition | None, row: Row, value_of: ValueOf, same_id: Callable[[str], str]) -> bool:
    if condition is None:
        return True
    if isinstance(condition, Not):
        return not _matches(condition.inner, row, value_of, same_id)
    if isinstance(condition, Both):
        left = _matches(condition.left, row, value_of, same_id)
        if condition.word == "AND":
            return left and _matches(condition.right, row, value_of, same_id)
        return left or _matches(condition.right, row, value_of, same_id)

    is_id = condition.path.endswith("Id")

    def comparable(value: Any) -> Any:
        if is_id and isinstance(value, str):
            return same_id(value)
        return _folded(value)

    have = comparable(value_of(row, condition.path))
    if condition.operator in ("IN", "NOT IN"):
        inside = have in [comparable(value) for value in condition.value]
        return inside if condition.operator == "IN" else not inside
    want = comparable(condition.value)
    if condition.operator == "=":
        return bool(have == want)
    if condition.operator == "!=":
        return bool(have != want)
    if have is None or want is None:
        return False
    if condition.operator == "LIKE":
        pattern = "".join({"%": ".*", "_": "."}.get(sign, re.escape(sign)) for sign in str(want))
        return re.fullmatch(pattern, str(have), re.DOTALL) is not None
    try:
        return bool(
            {
                "<": have < want,
                "<=": have <= want,
                ">": have > want,
                ">=": have >= want,
            }[condition.operator]
        )
    except TypeError:
        raise QueryError(
            "INVALID_FIELD",
            f"value of filter criterion for field '{condition.path}' must not be of that type",
        ) from None


def select(query: Query, rows: list[Row], value_of: ValueOf, same_id: Callable[[str], str]) -> list[Row]:
    """The rows that the query asks for, sorted and cut. `same_id` brings 15- and 18-character ids together."""
    found = [row for row in rows if _matches(query.where, row, value_of, same_id)]
    for order in reversed(query.order):
        nulls_first = not order.nulls_last

        def position(row: Row, order: Order = order, nulls_first: bool = nulls_first) -> tuple[bool, Any]:
            value = _folded(value_of(row, order.path))
            absent = value is None
            first = absent if order.descending == nulls_first else not absent
            return (first, "" if absent else value)

        found.sort(key=position, reverse=order.descending)
    end = None if query.limit is None else query.offset + query.limit
    return found[query.offset : end]
