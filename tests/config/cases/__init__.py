"""For each rule: a text that breaks it and nothing else, and the same text put right."""

from __future__ import annotations

from tests.config.cases import conditions, engineering, exceptions, logic, method, objects, rollout, texts

CASES: list[tuple[str, str, str]] = [
    *conditions.CASES,
    *texts.CASES,
    *objects.CASES,
    *rollout.CASES,
    *engineering.CASES,
    *exceptions.CASES,
    *logic.CASES,
    *method.CASES,
]
