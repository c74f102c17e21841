"""Items: probes and rules that exist, parameters that fit, and what they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from checklists.binding import ALL, BY_HAND
from checklists.checklist import Listed
from checklists.figures import SAMPLES, filled_figures, uses
from checklists.probes import PROBES
from checklists.probes.declared import RulesHold
from checklists.probes.later import bringer
from checklists.rules.scope import ChecklistScope
from config.document import Path_, show_path
from config.findings import Finding
from config.kinds import ALL_KINDS
from config.rules.catalogue import catalogue
from config.schema_errors import findings_of
from config.words import did_you_mean, suggestion


def check(scope: ChecklistScope) -> Iterator[Finding]:
    """All findings about items."""
    samples = {key: SAMPLES[each.form] for key, each in scope.checklist.figures.items()}
    for listed in scope.checklist.items.values():
        if listed.item.drop:
            continue
        yield from _probes(listed, samples, scope)
        yield from _seen(listed, scope)
        yield from _concerns(listed, scope)
        if listed.item.sort not in ("probe", "metric") and not listed.item.not_probed and not listed.ours:
            yield listed.finding(
                "checklist.not-probed",
                "note",
                (listed.item.sort,),
                "nothing says why golive cannot find this out",
                "Write  not_probed: …  so that nobody wonders later.",
            )


def _probes(listed: Listed, samples: dict[str, Any], scope: ChecklistScope) -> Iterator[Finding]:
    for name, said in (listed.item.probe or {}).items():
        probe = PROBES.get(name)
        path = ("probe", name)
        if probe is None:
            hint = suggestion(name, sorted(PROBES), "golive schema --checklists lists them.")
            place = listed.document.position((*listed.path, *path), of_key=True)
            message = f"there is no probe `{name}`"
            yield Finding("checklist.probe", "error", place, show_path((*listed.path, *path)), message, hint)
            continue
        given, _ = filled_figures(said or {}, samples)
        if any(uses(given)):
            continue  # a figure that is not there; that is said where the file is read
        _, findings = findings_of(probe.Parameters, given, listed.document, (*listed.path, *path))
        yield from (_of_figure(each, listed, path, scope) for each in findings)
        if not findings:
            yield from _kinds(listed, path, given)
            yield from _rules(listed, path, given if name == RulesHold.name else {})


def _of_figure(finding: Finding, listed: Listed, path: Path_, scope: ChecklistScope) -> Finding:
    """What is wrong with a parameter for which a figure stands is wrong with the figure."""
    written = listed.document.at((*listed.path, *path))
    for below, _, name in uses(written):
        figure = scope.checklist.figures.get(name)
        if figure and finding.position == listed.document.position((*listed.path, *path, *below)):
            message = f"a figure of the form `{figure.form}` does not fit here, and `{name}` is one"
            hint = "golive schema --checklists  says what each parameter may be."
            return replace(finding, rule="checklist.figure", message=message, hint=hint)
    return finding


def _seen(listed: Listed, scope: ChecklistScope) -> Iterator[Finding]:
    """Items whose attached files are signed with a sign-off."""
    for index, each in enumerate(listed.item.sign_off.sees if listed.item.sign_off else ()):
        if each not in scope.checklist.items and not scope.has("items", each):
            hint = suggestion(each, scope.checklist.items, "Name an item that somebody attaches something to.")
            yield listed.finding(
                "checklist.item", "error", ("sign_off", "sees", index), f"there is no item `{each}`", hint
            )


def _kinds(listed: Listed, path: tuple[str, str], given: dict[str, Any]) -> Iterator[Finding]:
    """A probe's `kind` and `kinds` are kinds of the vocabulary."""
    places: list[tuple[Path_, Any]] = [(("kind",), given["kind"])] if "kind" in given else []
    places += [(("kinds", index), each) for index, each in enumerate(given.get("kinds") or ())]
    for below, kind in places:
        if kind not in ALL_KINDS:
            hint = suggestion(str(kind), ALL_KINDS, "golive schema --kinds lists them.")
            yield listed.finding("checklist.kind", "error", (*path, *below), f"there is no kind `{kind}`", hint)


def _rules(listed: Listed, path: tuple[str, str], given: dict[str, Any]) -> Iterator[Finding]:
    """The rules that a probe names are rules that golive looks for, or will: no other ever holds."""
    for index, each in enumerate(given.get("rules", ())):
        place = (*path, "rules", index)
        rule = catalogue().get(each)
        if rule is None:
            hint = suggestion(each, catalogue(), "docs/rules.md lists them.")
            yield listed.finding("checklist.rule", "error", place, f"there is no rule `{each}`", hint)
        elif not rule.is_decided_here and not bringer(each):
            message = f"golive validate does not look for `{each}`, so that nobody would ever know whether it holds"
            hint = f"It is decided elsewhere ({rule.elsewhere}): leave it out here."
            yield listed.finding("checklist.rule", "error", place, message, hint)


def _concerns(listed: Listed, scope: ChecklistScope) -> Iterator[Finding]:
    for index, each in enumerate(listed.item.concerns):
        path = ("about", index)
        kind, slash, key = each.partition("/")
        if each in (ALL, BY_HAND):
            continue
        if kind not in ALL_KINDS:
            hint = suggestion(kind, ALL_KINDS, "Write a kind, kind/key, by_hand, or all.")
            yield listed.finding("checklist.about", "error", path, f"there is no kind `{kind}`", hint)
        elif slash and not scope.declares(kind, key):
            hint = did_you_mean(key, list(scope.declaration.of(kind)), "Declare it, or name the kind alone.")
            yield listed.finding("checklist.about", "error", path, f"`{each}` is not declared", hint)
