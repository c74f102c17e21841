"""Every reference names something that is there (grammar 41)."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.kinds import ALL_KINDS
from config.references import Reference, references_of
from config.rules.scope import Scope, did_you_mean
from config.vocabulary import TICKET


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        if item.kind in ("integrations", "help_center"):
            continue  # what stands below them is looked at by itself
        for reference in references_of(item.value):
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
            if scope.knows(kind, key):
                continue
            title = ALL_KINDS[kind].title
            hint = scope.nearest(kind, key)
            message = f"there is no {title} `{key}`"
            if key.startswith(f"{kind}/") and scope.knows(kind, key.removeprefix(f"{kind}/")):
                hint = f"Write `{key.removeprefix(f'{kind}/')}` alone: only a {title} can stand here."
            if kind == "ticket_fields" and (reference.target.words or reference.path[-1] in ("field", "set")):
                candidates = sorted({*scope.known.get(kind, set()), *(reference.target.words or TICKET)})
                message = f"`{key}` is neither a field that every ticket has nor a declared ticket field"
                hint = did_you_mean(key, candidates)
            yield item.finding("reference.unknown", "error", reference.path, message, hint)


def _form(reference: Reference, scope: Scope) -> str:
    """A hint for a text that should be `kind/key` or a word."""
    for kind in reference.target.kinds:
        if scope.knows(kind, reference.text):
            return f"Write `{kind}/{reference.text}`."
    words = [f"`{word}`" for word in reference.target.words] + [f"`{kind}/KEY`" for kind in reference.target.kinds]
    return f"Write {' or '.join(filter(None, (', '.join(words[:-1]), words[-1])))}."
