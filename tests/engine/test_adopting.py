"""Which live object a declared one is: by what the state says of it, and by its name where that is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pulumi.automation import Deployment

from provisioners.collection import Live
from provisioners.resource import Compiled, Resource, with_symbols
from stacks.adopting import Finder, Links, steps_of
from stacks.state import Adopted, with_adopted
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.zendesk_workspace import compiled, declaration, named, settings

EMPTY = Deployment(3, {})
ALERT = """\
integrations:
  slack:
    channels: {{ops: {{name: ops}}}}
    alerts: {{late: {{name: Late, to: ops, when: [{when}], text: Look}}}}
"""
AT_ONCE, WAITS = "{field: priority, changed_to: urgent}", "{hours_since: created, is: 4h}, {field: status, is: open}"
LATE = "helpdesk/alerts/late"


@pytest.fixture
def sandbox() -> Iterator[LiveSandbox]:
    with running_sandbox({"zendesk": {}}) as running:
        yield running


def alert(when: str, sandbox: LiveSandbox, tmp_path: Path) -> Resource:
    """The alert by itself, without what it refers to."""
    found = named(compiled(declaration(ALERT.format(when=when), tmp_path), url=sandbox.url), LATE)
    return replace(found, payload=with_symbols(found.payload), depends_on=())


def finder(state: Deployment, sandbox: LiveSandbox, result: Compiled) -> Finder:
    return Finder(state, {"helpdesk": settings(sandbox.url)}, result)


def test_what_becomes_another_sort_of_rule_is_looked_for_as_what_it_is(sandbox: LiveSandbox, tmp_path: Path) -> None:
    """A trigger is in no list of automations, and it is not gone."""
    was, will = (alert(when, sandbox, tmp_path) for when in (AT_ONCE, WAITS))
    conditions = {"all": [{"field": "priority", "operator": "value", "value": "urgent"}], "any": []}
    actions = [{"field": "current_tags", "value": "late"}]
    made = sandbox.zendesk(
        "POST", "triggers", {"trigger": {"title": "Late", "conditions": conditions, "actions": actions}}
    )["trigger"]
    state = with_adopted(EMPTY, "acme", "sandbox", [Adopted(was, str(made["id"]), was.payload, "Late")])

    now = Compiled([will])
    assert (was.type, will.type) == ("zendesk:Trigger", "zendesk:Automation")
    found = finder(state, sandbox, now)
    links = found.links({"alerts/late"})
    assert ([each.name for each in links.held], links.lost, links.absent) == ([LATE], [], [])
    [step] = [each for each in steps_of(state, now, {"alerts/late"}, found) if each.name == LATE]
    assert step.operation == "replace"

    sandbox.zendesk("DELETE", f"triggers/{made['id']}")
    links = finder(state, sandbox, now).links({"alerts/late"})
    assert ([each.name for each in links.held], links.lost) == ([], [LATE])


MACROS = """\
macros:
  first: {name: Close, then: [{add_tags: [first]}]}
  second: {name: Close, then: [{add_tags: [second]}]}
"""


def macro(sandbox: LiveSandbox, *tags: str) -> str:
    """The id of a macro called Close that adds tags."""
    body = {"title": "Close", "actions": [{"field": "current_tags", "value": " ".join(tags)}]}
    return str(sandbox.zendesk("POST", "macros", {"macro": body})["macro"]["id"])


def links_of(sandbox: LiveSandbox, tmp_path: Path, chosen: dict[str, Live] | None = None) -> Links:
    result = compiled(declaration(MACROS, tmp_path, checked=False), url=sandbox.url)
    finding = Finder(EMPTY, {"helpdesk": settings(sandbox.url)}, result, chosen=chosen or {})
    return finding.links({"macros/first", "macros/second"})


def seen(links: Links) -> dict[str, Any]:
    return {each.resource.named.key: each.live.id for each in links.found}


def test_of_namesakes_each_declared_one_is_the_live_one_that_is_just_so(sandbox: LiveSandbox, tmp_path: Path) -> None:
    second, first = macro(sandbox, "second"), macro(sandbox, "first")
    links = links_of(sandbox, tmp_path)
    assert (seen(links), links.several) == ({"first": first, "second": second}, [])


def test_of_namesakes_one_that_differs_is_what_the_other_leaves(sandbox: LiveSandbox, tmp_path: Path) -> None:
    second, other = macro(sandbox, "second"), macro(sandbox, "by", "hand")
    links = links_of(sandbox, tmp_path)
    assert (seen(links), links.several) == ({"first": other, "second": second}, [])


def test_of_namesakes_that_both_differ_none_is_guessed(sandbox: LiveSandbox, tmp_path: Path) -> None:
    one, other = macro(sandbox, "by"), macro(sandbox, "hand")
    links = links_of(sandbox, tmp_path)
    assert seen(links) == {} and [each.name for each in links.absent] == [
        "helpdesk/macros/first",
        "helpdesk/macros/second",
    ]
    assert [(each.resource.named.key, {live.id for live in each.lives}) for each in links.several] == [
        ("first", {one, other}),
        ("second", {one, other}),
    ]
    chosen = {"helpdesk/macros/first": next(live for live in links.several[0].lives if live.id == other)}
    links = links_of(sandbox, tmp_path, chosen)
    assert (seen(links), links.several) == ({"first": other, "second": one}, []), "what somebody has chosen is taken"
