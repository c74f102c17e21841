"""Articles that customers can read, counted. Those that stand in the help centre only are not seen."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.logic.line import Line
from config.rules.method.figures import ENOUGH_ARTICLES, FEW_ARTICLES
from config.rules.method.launching import launches
from config.rules.rule import Rule

FEW = Rule(
    "GL-K01",
    "warning",
    "Customers can read fewer than twenty articles.",
    "Below ten, self-service cannot work; below twenty, it disappoints. The gates count them in the help centre: ten "
    "for the soft launch (P5.2.g), twenty for the rollout (P5.2.g-rollout).",
    "Write those that answer the most frequent questions.",
)
CATALOGUE = (FEW,)


def check(line: Line) -> Iterator[Finding]:
    declaration = line.scope.declaration
    help_center = declaration.get("help_center", "help_center")
    if help_center is None or not launches(declaration) or not line.scope.is_whole:
        return
    read = [
        each
        for each in declaration.of("articles").values()
        if each.value.customers.can != "hidden" and not each.value.for_ and getattr(each.value, "active", True)
    ]
    if len(read) < ENOUGH_ARTICLES:
        need = FEW_ARTICLES if len(read) < FEW_ARTICLES else ENOUGH_ARTICLES
        said = "1 article is" if len(read) == 1 else f"{len(read) or 'no'} articles are"
        yield FEW.found(help_center, (), f"{said} there for customers, and {need} are needed", of_key=True)
