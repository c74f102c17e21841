"""Probes that the method needs and that this version of golive cannot answer yet: nobody knows, and that is no pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import ConfigDict

from checklists.facts import Facts, NotKnown, Source
from checklists.probes.base import Answer, Probe
from config.model import Model
from config.rules.catalogue import catalogue
from config.rules.method.elsewhere import COUNTED, MIGRATION, TRIED


class AnyParameters(Model):
    """What such a probe takes is not settled yet."""

    model_config = ConfigDict(extra="allow")


class LaterProbe(Probe):
    """Stands for a probe that is still to come."""

    Parameters: ClassVar[type[Model]] = AnyParameters
    looks_at: ClassVar[tuple[Source, ...]] = ()

    def __init__(self, name: str, brings: str) -> None:
        self.name = name  # type: ignore[misc]
        self.brings = brings

    def answer(self, given: Any, facts: Facts) -> Answer:
        raise NotKnown(f"golive cannot find this out yet; it comes with {self.brings}.")


METRICS_BRING = "the indicators"
"""What brings the numbers of metrics."""
_SIMULATOR, _MIGRATIONS = "the simulator", "migrations"
_BRINGS = {
    _SIMULATOR: "scenarios_pass scenarios_tried",
    METRICS_BRING: """
        scorecard history_span top_drivers overrides_have_reasons kpi_targets articles_by_driver sections_by_driver
    """,
    "runbooks and the handoff": "practice_done runbook_current client_did_tasks ownership_moved",
}
"""What brings them → their names."""

LATER: tuple[LaterProbe, ...] = tuple(
    LaterProbe(name, brings) for brings, names in _BRINGS.items() for name in names.split()
)
RULES_BRING = {COUNTED: METRICS_BRING, TRIED: _SIMULATOR, MIGRATION: _MIGRATIONS}
"""Where a rule's facts come from, as the catalogue of rules says it → what brings them, for people. A rule that
something else decides for good stands in no item."""


def bringer(rule: str) -> str:
    """What brings the facts of a rule that golive cannot decide yet, for people; empty for one that it decides, for one
    that something else decides for good, and for one that there is not."""
    known = catalogue().get(rule)
    return RULES_BRING.get(known.elsewhere, "") if known is not None else ""


def lacking(probes: Mapping[str, Any]) -> tuple[str, ...]:
    """What golive itself still needs before it can answer these probes of an item; empty where it can.

    probes: each with what it is given.
    """
    brings = {each.name: each.brings for each in LATER}
    found = [brings[name] for name in probes if name in brings]
    found += [bringer(rule) for rule in (probes.get("rules_hold") or {}).get("rules", ())]
    return tuple(dict.fromkeys(filter(None, found)))
