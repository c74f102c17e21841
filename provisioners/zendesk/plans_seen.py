"""Which plan an account has: no interface says it, so it is known by what the account lists and refuses.

Only needs that are certain are signs (`plans`): roles of the account's own (Enterprise), SLA policies, and how many
custom objects the account takes. An account in trial has what its plan will have. What is refused for another reason,
such as a right that the token's user lacks, would look like a smaller plan; doctor asks for these rights before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from provisioners.errors import SystemFault
from provisioners.plans_seen import PlansSeen
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.plans import NEEDS, Need, level_of
from provisioners.zendesk.replies import NOT_GIVEN

LISTS = {"a role with rights of its own": "custom_roles", "an SLA policy": "slas/policies"}
"""What a plan may carry → the list that is refused where it does not."""
OBJECTS = {
    "a custom object": 1,
    "a fourth custom object": 4,
    "a sixth custom object": 6,
    "a 31st custom object": 31,
}
"""What a plan may carry → how many custom objects an account has to take for it."""


@dataclass(frozen=True)
class Sign:
    """Whether the account has what a need says."""

    need: Need
    there: bool

    def fits(self, plan: str) -> bool:
        """Whether a plan says the same of it."""
        known = level_of(plan)
        return known is not None and self.need.carried_by(*known) == self.there


def plans_seen(client: ZendeskClient, plans: Iterable[str]) -> PlansSeen:
    """Of these plans; three calls. Raises SystemFault where the account gives no answer."""
    signs = list(_signs(client))
    wrong = {plan: [sign for sign in signs if not sign.fits(plan)] for plan in plans}
    return PlansSeen(
        tuple(plan for plan, against in wrong.items() if not against),
        _first(wrong, there=False),
        _first(wrong, there=True),
    )


def _first(wrong: dict[str, list[Sign]], *, there: bool) -> tuple[tuple[str, str], ...]:
    """Plan → the first thing in which the account is otherwise."""
    found = ((plan, [sign.need.what for sign in against if sign.there is there]) for plan, against in wrong.items())
    return tuple((plan, what[0]) for plan, what in found if what)


def _signs(client: ZendeskClient) -> Iterator[Sign]:
    needs = {need.what: need for need in NEEDS}
    for what, path in LISTS.items():
        yield Sign(needs[what], _body(client, path, per_page=1) is not None)
    limits = _body(client, "custom_objects/limits/object_limit")
    most = 0 if limits is None else limits.get("limit")
    if isinstance(most, int):
        for what, many in OBJECTS.items():
            yield Sign(needs[what], most >= many)


def _body(client: ZendeskClient, path: str, **query: int) -> dict[str, object] | None:
    """The answer; None where the account refuses it."""
    try:
        return dict(client.get(path, **query).body)
    except SystemFault as refused:
        if refused.status not in NOT_GIVEN:
            raise
        return None
