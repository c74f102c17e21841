"""What the plan that the client has bought does not carry. Systems know their own plans; this asks them.

The declaration alone does not say which plan there is: an environment's file does, under `plan:` of a system.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from config.declaration import Declaration
from config.environment import Environment
from config.findings import Finding
from config.registry import facts


def beyond_plans(declaration: Declaration, environment: Environment, where: str) -> Iterator[Finding]:
    """One finding for each object that goes beyond the plan of a system; none where no plan is named.

    where: the file, or the files, that say the environment's plans; people are told of it.
    """
    for entry in environment.systems.values():
        if entry.plan is not None:
            for rule in facts().get(entry.type, {}).get("plan_rules", ()):
                for finding in rule(declaration, entry.plan):
                    yield replace(
                        finding, hint=f"{finding.hint} If another plan is bought, write it as `plan:` into {where}."
                    )
