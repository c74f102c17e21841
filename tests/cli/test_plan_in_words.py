"""What a plan says under a change: why it happens, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

RECEIVED = "Notify requester and CCs of received request"
OWN = f"""\
segments: {{gold: {{name: Gold}}, silver: {{name: Silver}}}}
priorities: {{urgent: {{name: P1}}, high: {{name: P2}}}}
customer_fields: {{tier: {{of: organization, name: Tier, type: dropdown, options_from: segments}}}}
groups: {{repairs: {{name: Repairs}}}}
macros:
  hand: {{name: Hand over, then: [{{set: group, to: repairs}}]}}
  greet: {{name: Greeting, then: [{{reply: public, text: Good morning}}]}}
trigger_categories: {{route: {{name: Route}}}}
triggers:
  received:
    name: Received
    category: route
    replaces: {RECEIVED}
    when: [{{event: created}}]
    then: [{{add_tags: [received]}}]
  nobody:
    name: Nobody
    category: route
    replaces: Notify nobody of nothing
    when: [{{event: created}}]
    then: [{{add_tags: [nobody]}}]
sla_policies:
  gold:
    name: Gold
    when: [{{field: organization.tier, is_one_of: [gold, silver]}}]
    targets: {{first_reply: {{urgent: 1h, high: 1h, normal: 1h, low: 1h}}}}
    hours: calendar
integrations:
  slack:
    channels: {{ops: {{name: support-ops}}}}
    alerts: {{all: {{name: Every ticket, to: ops, when: [{{event: created}}], text: New}}}}
"""


def under(text: str, head: str) -> list[str]:
    """The lines that stand under a change."""
    lines = text.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith(f"  {head}"))
    found = []
    for line in lines[start + 1 :]:
        if not line.startswith("      "):
            break
        found.append(line.strip())
    return found


def test_the_life_of_a_plan(small: Small) -> None:
    workspace = small(OWN)
    text = workspace.golive("plan").out
    assert f"  + Received: switches off the vendor's rule “{RECEIVED}”  trigger received  config/own.yaml:10\n" in text
    nothing = "the vendor's rule “Notify nobody of nothing” is not there, so that there is nothing to switch off"
    assert under(text, "+ Nobody") == [nothing]
    becomes = "a trigger in the category “Alerts (golive)”, which posts once per ticket (tag golive-alert-all)"
    alert = under(text, "+ Every ticket")
    assert (alert[0], alert[-1]) == (becomes, "text: New")
    assert alert[1].startswith("Tickets post to #") and alert[1].endswith(", day and night, if the ticket is new")
    assert under(text, "+ Gold  SLA policy") == [
        "asks for the tags tier_gold, tier_silver, which tickets take over from the customer"
    ]
    assert "+ the category “Alerts (golive)”, which holds the triggers of the alerts" in text
    assert "_category" not in text
    done = workspace.golive("up", "--yes")
    assert done.code == 0, done.err
    assert "and see what it would do:  golive plan" in done.out

    group = workspace.one("groups", "Repairs")
    workspace.zendesk("DELETE", f"groups/{group['id']}")
    workspace.edit("    name: Received\n", "    name: Received\n    phase: rollout\n")
    workspace.edit("  greet: {name: Greeting", "  morning: {name: Greeting")
    workspace.edit("  gold:\n    name: Gold", "  golden:\n    was: goldd\n    name: Golden")
    text = workspace.golive("plan").out
    assert under(text, "~ Hand over") == []
    assert "~ Hand over: points to the new group Repairs  macro hand" in text
    assert under(text, "~ Received") == [
        "falls asleep until the rollout",
        f"the vendor's rule “{RECEIVED}” is not replaced any more; it stays switched off",
    ]
    assert under(text, "+ Golden")[-1] == "was: goldd: nothing of that key is known here"
    assert "Looks like a renamed key: write  was: greet  under morning, and nothing is made anew" in text
    assert "Looks like a renamed key: write  was: gold  under golden, and nothing is made anew" in text
    assert "~ Greeting  has left the files: switched off" in text, "it counts as a change"
    assert "ref:" not in text
    assert "write `was: greet` under `morning`" in text, "the switched-off macro keeps the name"
    assert workspace.golive("up", "--yes").code == 1
    workspace.edit("  morning: {name: Greeting", "  morning: {name: Good morning")
    workspace.up()

    workspace.edit("    phase: rollout\n", "")
    text = workspace.golive("plan").out
    assert "  ~ Received: wakes, and is switched on  trigger received" in text
    assert "Looks like" not in text
