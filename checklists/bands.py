"""What a number means: good, a warning, or red."""

from __future__ import annotations

from typing import Any, Literal

from checklists.item import Limits, Metric
from config.duration import minutes

Band = Literal["good", "warning", "red"]
NumberForm = Literal["share", "time", "count"]
"""A share is 0.0 to 1.0, a time is in minutes."""
WORST: tuple[Band, ...] = ("good", "warning", "red")


def band_of(value: float, form: NumberForm, metric: Metric) -> Band | None:
    """The band of a number; None where the item names none, or is not written in this form.

    What is red is red, whatever else holds; between good and red it is a warning.
    """
    if metric.good is None and metric.red is None:
        return None
    try:
        if metric.red is not None and _within(value, form, metric.red):
            return "red"
        good = metric.good is None or _within(value, form, metric.good)
    except ValueError:
        return None
    return "good" if good else "warning"


def _within(value: float, form: NumberForm, limits: Limits) -> bool:
    """Raises ValueError for a limit that is not of this form."""
    said = {name: _number(bound, form) for name in _TESTS if (bound := getattr(limits, name)) is not None}
    return all(_TESTS[name](value, bound) for name, bound in said.items())


_TESTS = {
    "at_least": lambda value, bound: value >= bound,
    "at_most": lambda value, bound: value <= bound,
    "more_than": lambda value, bound: value > bound,
    "less_than": lambda value, bound: value < bound,
}


def _number(bound: Any, form: NumberForm) -> float:
    if form == "share":
        text = str(bound)
        if not text.endswith("%"):
            raise ValueError(text)
        return float(text.removesuffix("%")) / 100
    if form == "time":
        return float(minutes(str(bound)))
    return float(bound)
