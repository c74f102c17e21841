"""Every reference names something that is there (grammar 41)."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.kinds import ALL_KINDS
from config.references import references_of
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
                kinds = " or ".join(f"`{kind}/…`" for kind in reference.target.kinds)
                words = "".join(f", `{word}`" for word in reference.target.words)
                yield item.finding(
                    "reference.form", "error", reference.path, f"`{reference.text}` names nothing here",
                    f"Write {kinds}{words}.",
                )  # fmt: skip
                continue
            kind, key = named
            if scope.knows(kind, key):
                continue
            title = ALL_KINDS[kind].title
            hint = scope.nearest(kind, key)
            message = f"there is no {title} `{key}`"
            if kind == "ticket_fields" and reference.path[-1:] in (("field",), ("set",)):
                candidates = sorted({*scope.known.get(kind, set()), *TICKET})
                message = f"`{key}` is neither a field that every ticket has nor a declared ticket field"
                hint = did_you_mean(key, candidates)
            yield item.finding("reference.unknown", "error", reference.path, message, hint)
