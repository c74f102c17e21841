"""What is live, as gates ask for it: from what a plan has read anyway, so that nothing is listed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from config.results.standing import LiveObject, Standing
from golive.runs.running import Session
from provisioners.resource import ResourceName
from stacks.left_alone import LeftAlone, kinds_listed
from stacks.planning import Planner


def standing_of(session: Session, planner: Planner, beside: Sequence[LeftAlone]) -> Standing:
    """Every live object of the kinds that were listed, ours and others'. beside: see `golive.live.left_alone`."""
    objects = [*_listed(session, planner), *_beside(beside)]
    kinds = {each.kind for each in objects} | set(kinds_listed(session.compiled).values())
    return Standing(
        objects=tuple(objects),
        listed=tuple(sorted(kinds)),
        signed_in={instance: account.user_id for instance, account in session.reached.accounts.items()},
        not_read={each.system: each.why for each in planner.not_read()},
        calls=dict(planner.facts.calls),
    )


def _listed(session: Session, planner: Planner) -> Iterator[LiveObject]:
    kinds = kinds_listed(session.compiled)
    found = {each["id"]: name for name, each in planner.facts.found.items() if each["id"]}
    seen: set[tuple[str, str, str]] = set()
    for (instance, type_), objects in planner.facts.listed.items():
        kind = kinds.get((instance, type_))
        for each in objects if kind else ():
            identifier = str(each["id"])
            if (instance, type_, identifier) in seen:
                continue
            seen.add((instance, type_, identifier))
            name = planner.names.by_id.get((type_, identifier)) or found.get(identifier, "")
            ours = ResourceName.of(name).address if name else ""
            yield LiveObject(
                instance, str(kind), identifier, str(each["label"]), ours, each.get("active"),
                bool(each.get("default")), each.get("facts") or {},
            )  # fmt: skip


def _beside(rules: Iterable[LeftAlone]) -> Iterator[LiveObject]:
    for each in rules:
        yield LiveObject(each.system, each.kind, each.id, each.name, "", each.active, each.default)
