"""Items: probes that exist, parameters that fit, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checklists.binding import ALL
from checklists.checklist import Listed
from checklists.figures import SAMPLES, filled_figures
from checklists.probes import PROBES
from checklists.rules.scope import ChecklistScope
from config.findings import Finding
from config.kinds import ALL_KINDS
from config.schema_errors import findings_of
from config.words import did_you_mean


def check(scope: ChecklistScope) -> Iterator[Finding]:
    """All findings about items."""
    samples = {key: SAMPLES[each.form] for key, each in scope.checklist.figures.items()}
    for listed in scope.checklist.items.values():
        if listed.item.drop:
            continue
        yield from _probes(listed, samples)
        yield from _concerns(listed, scope)
        if listed.item.sort not in ("probe", "metric") and not listed.item.not_probed and not listed.ours:
            yield listed.finding(
                "checklist.not-probed",
                "note",
                (listed.item.sort,),
                "nothing says why golive cannot find this out",
                "Write  not_probed: …  so that nobody wonders later.",
            )


def _probes(listed: Listed, samples: dict[str, Any]) -> Iterator[Finding]:
    for name, said in (listed.item.probe or {}).items():
        probe = PROBES.get(name)
        path = ("probe", name)
        if probe is None:
            hint = did_you_mean(name, sorted(PROBES), "docs/checklists.md lists them.")
            yield listed.finding("checklist.probe", "error", path, f"there is no probe `{name}`", hint)
            continue
        given, _ = filled_figures(said or {}, samples)
        _, findings = findings_of(probe.Parameters, given, listed.document, (*listed.path, *path))
        yield from findings
        if not findings:
            yield from _kinds(listed, path, given)


def _kinds(listed: Listed, path: tuple[str, str], given: dict[str, Any]) -> Iterator[Finding]:
    """A probe's `kind` and `kinds` are kinds of the vocabulary."""
    for kind in [*filter(None, [given.get("kind")]), *(given.get("kinds") or ())]:
        if kind not in ALL_KINDS:
            hint = did_you_mean(str(kind), list(ALL_KINDS), "")
            yield listed.finding("checklist.kind", "error", path, f"there is no kind `{kind}`", hint)


def _concerns(listed: Listed, scope: ChecklistScope) -> Iterator[Finding]:
    for each in listed.item.concerns:
        kind, slash, key = each.partition("/")
        if each == ALL:
            continue
        if kind not in ALL_KINDS:
            hint = did_you_mean(kind, list(ALL_KINDS), "Write a kind, kind/key, or all.")
            yield listed.finding("checklist.about", "error", ("about",), f"there is no kind `{kind}`", hint)
        elif slash and scope.declaration.get(kind, key) is None:
            hint = did_you_mean(key, list(scope.declaration.of(kind)), "Declare it, or name the kind alone.")
            yield listed.finding("checklist.about", "error", ("about",), f"`{each}` is not declared", hint)
