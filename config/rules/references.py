"""Every reference names something that is there (grammar 41)."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.kinds import ALL_KINDS
from config.references import Reference
from config.rules.rule import Rule
from config.rules.scope import Scope, did_you_mean
from config.vocabulary import TICKET
from config.words import joined, nearest

CATALOGUE = (
    Rule(
        "reference.unknown",
        "error",
        "Something names an object that is not declared.",
        "The rule, list or person that it names would be missing, and what depends on it would not be sent.",
        "Correct the key, or declare the object.",
    ),
    Rule(
        "reference.form",
        "error",
        "A reference is not written as `kind/key` or as one of the words that are allowed there.",
        "Nobody can tell which object is meant.",
        "Write the kind, a slash and the key, or one of the words that the message lists.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    for item, reference in scope.references:
        if reference.text in reference.target.words:
            continue
        named = reference.resolve()
        if named is None:
            yield item.finding(
                "reference.form", "error", reference.path, f"`{reference.text}` names nothing here",
                _form(reference, scope),
            )  # fmt: skip
            continue
        kind, key = named
        if reference.target.or_word or scope.knows(kind, key):
            continue
        title = ALL_KINDS[kind].title
        message, hint = f"there is no {title} `{key}`", scope.nearest(kind, key)
        alone = key.rpartition("/")[2]
        if alone != key and scope.knows(kind, alone):
            hint = f"Write `{alone}` alone: only a {title} can stand here."
        elif kind == "ticket_fields" and (reference.target.words or reference.path[-1] in ("field", "set")):
            message = f"`{key}` is neither a field that every ticket has nor a declared ticket field"
            hint = _field(key, reference.target.words, scope)
        yield item.finding("reference.unknown", "error", reference.path, message, hint)


def _field(key: str, words: tuple[str, ...], scope: Scope) -> str:
    """A hint for the name of a field that is not there."""
    customers = scope.declaration.get("customer_fields", key)
    if customers and not words:
        return f"It is a customer field: write `{customers.value.of}.{key}`."
    known = sorted({*scope.known.get("ticket_fields", set()), *(words or TICKET)})
    return did_you_mean(key, known, names=scope.names("ticket_fields"))


def _form(reference: Reference, scope: Scope) -> str:
    """A hint for a text that should be `kind/key` or a word."""
    target, key = reference.target, reference.text.rpartition("/")[2]
    words = nearest(reference.text, target.words)
    if words:
        return f"Did you mean `{words[0]}`?"
    for kind in target.kinds:
        if scope.knows(kind, key):
            return f"Write `{kind}/{key}`."
    for kind in target.kinds:
        known = nearest(key, sorted(scope.known.get(kind, set())), scope.names(kind))
        if known:
            return f"Did you mean `{kind}/{known[0]}`?"
    if "@" in key and "people" in target.kinds:
        return "Declare who has this address under `people:`, and write `people/KEY`."
    return f"Write {joined([*target.words, *(f'{kind}/KEY' for kind in target.kinds)], 'or')}."
