"""Which plan an account has, by what it lists and refuses."""

from __future__ import annotations

import pytest

from provisioners.errors import SystemFault
from provisioners.zendesk.client import Reply, ZendeskClient
from provisioners.zendesk.plans_seen import plans_seen
from provisioners.zendesk.system import PLANS
from tests.live_sandbox import running_sandbox
from tests.provisioners.zendesk_workspace import connection


@pytest.mark.parametrize(
    ("bought", "possible", "lacks", "beyond"),
    [
        ("team", ("suite_team",), "an SLA policy", ""),
        ("growth", ("suite_growth",), "a sixth custom object", ""),
        ("professional", ("suite_professional", "trial"), "", ""),
        ("enterprise", ("suite_enterprise",), "", "a role with rights of its own"),
    ],
)
def test_plans_of_a_suite(bought: str, possible: tuple[str, ...], lacks: str, beyond: str) -> None:
    """lacks, beyond: what is other than Suite Professional says."""
    with running_sandbox() as sandbox:
        sandbox.settings("zendesk", plan=bought)
        seen = plans_seen(ZendeskClient(connection(sandbox.url, read_only=True)), PLANS)
        assert sandbox.writes() == []
        assert len(sandbox.log()) == 3
    assert seen.possible == possible
    assert (seen.lacking("suite_professional"), seen.going_beyond("suite_professional")) == (lacks, beyond)


class Support:
    """An account without a Suite: it takes so many custom objects, and has roles and policies or not."""

    def __init__(self, objects: int, *refused: str) -> None:
        self.objects = objects
        self.refused = refused

    def get(self, path: str, **query: int) -> Reply:
        if path in self.refused or (path.startswith("custom_objects") and not self.objects):
            raise SystemFault("refused", path, "Forbidden", status=403)
        return Reply({"limit": self.objects, "count": 0}, {})


def test_plans_of_support() -> None:
    def possible(account: Support) -> tuple[str, ...]:
        return plans_seen(account, PLANS).possible  # type: ignore[arg-type]

    assert possible(Support(0, "custom_roles", "slas/policies")) == ("support_team",)
    assert possible(Support(0, "custom_roles")) == ("support_professional",)
    assert possible(Support(30)) == ("support_enterprise",)
    assert possible(Support(30, "slas/policies")) == (), "no plan is like that"


def test_an_account_that_does_not_answer_has_no_plan() -> None:
    with running_sandbox() as sandbox:
        sandbox.fault(system="zendesk", kind="error_500", path="custom_roles")
        with pytest.raises(SystemFault):
            plans_seen(ZendeskClient(connection(sandbox.url, read_only=True)), PLANS)
