"""The first block of a plan: who gets mail or loses access. No alarm that is none, and none missing."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

RECEIVED = "Notify requester and CCs of received request"
ASSIGNED = "Notify assignee of assignment"
ALERT = """\
integrations:
  slack:
    channels: {ops: {name: ops}}
    alerts: {all: {name: Every ticket, to: ops, when: [{event: created}], text: New}}
"""


def notices(workspace: Workspace) -> list[str]:
    """The lines of the block, which are the same on the screen and in the document."""
    found: list[str] = workspace.plan().document["notices"]
    said = workspace.golive("plan").out.partition("Who gets mail or loses access\n")[2].partition("\n\n")[0]
    assert said.splitlines() == [f"  {line}" for line in found or ["Nobody."]]
    return found


def test_only_the_channel_itself_is_archived(set_up: Small) -> None:
    workspace = set_up(ALERT)
    workspace.config("integrations: {slack: {channels: {ops: {name: ops}}}}\n")
    planned = workspace.plan()
    assert planned.actions["helpdesk/slack_channels/ops"] == "delete"
    assert "chat/slack_channels/ops" not in planned.actions
    assert notices(workspace) == []
    workspace.config("groups: {}\n")
    assert notices(workspace) == ["Slack: #ops is archived; nobody can write there any more"]


def vendor_rules(**active: str) -> str:
    names = {"received": RECEIVED, "assigned": ASSIGNED}
    return "triggers:\n" + "".join(
        f"  {key}: {{name: {names[key]}, existing: vendor_default, active: {on}}}\n" for key, on in active.items()
    )


def test_the_vendors_rules_are_judged_by_what_they_do(small: Small) -> None:
    workspace = small(vendor_rules(received="false", assigned="false"))
    assert notices(workspace) == [
        f"Customers: 1 rule no longer mails customers: {RECEIVED}",
        f"Agents: 1 rule no longer mails agents: {ASSIGNED}",
    ]
    workspace.up()
    assert notices(workspace) == []
    workspace.config(vendor_rules(received="true", assigned="true"))
    assert notices(workspace) == [
        f"Customers: 1 rule begins to mail customers: {RECEIVED}",
        f"Agents: 1 rule begins to mail agents: {ASSIGNED}",
    ]
    workspace.config("groups: {}\n")
    assert notices(workspace) == []  # they are let go, and stay as they are


def test_a_rule_of_ours_and_the_one_it_replaces(small: Small) -> None:
    workspace = small(
        "trigger_categories: {route: {name: Route}}\n"
        "groups: {night: {name: Night}}\n"
        "triggers:\n"
        f"  ours:\n    name: Ours\n    category: route\n    replaces: {RECEIVED}\n    when: [{{event: created}}]\n"
        "    then: [{email: requester, subject: Hello, body: Hello}, {email: groups/night, subject: New, body: New}]\n"
        "  mine: {name: Mine, category: route, when: [{event: created}],"
        " then: [{email: assignee, subject: New, body: New}]}\n"
    )
    assert notices(workspace) == [
        "Customers: 1 rule begins to mail customers: Ours",
        f"Customers: 1 rule no longer mails customers: {RECEIVED}",
        "Agents: 2 rules begin to mail agents: Ours, Mine",
    ]
    workspace.up()
    workspace.edit("  mine: {name: Mine,", "  mine: {name: Mine, on_remove: release,")
    workspace.up()
    path = workspace.root / "config" / "own.yaml"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines(True) if "mine:" not in line]
    path.write_text("".join(kept), encoding="utf-8")
    assert workspace.plan().actions["helpdesk/triggers/mine"] == "release"
    assert notices(workspace) == []  # what is let go goes on mailing


def test_an_address_that_changes(small: Small) -> None:
    workspace = small("channels:\n  mail: {type: email, name: Support, address: support@acme-payments.com}\n")
    assert notices(workspace) == ["Addresses: support@acme-payments.com gets a mail to be verified"]
    workspace.up()
    workspace.edit("support@acme", "help@acme")
    said = "help@acme-payments.com gets a mail to be verified; support@acme-payments.com stops taking mail"
    assert notices(workspace) == [f"Addresses: {said}"]
    text = workspace.golive("plan").out
    address = "address support@acme-payments.com → help@acme-payments.com"
    assert f"± Support: {address}  removed and made anew  channel mail  config/own.yaml:2\n" in text
    assert "values are lost" not in text
    workspace.config("channels: {}\n")
    assert notices(workspace) == ["Addresses: support@acme-payments.com stops taking mail"]


PEOPLE = """\
groups: {billing: {name: Billing}}
people:
  ben: {name: Ben Hill, email: ben@acme-payments.com, role: agent, invite: now, groups: [billing]}
integrations: {slack: {channels: {ops: {name: ops}}}}
"""


def test_people_who_come_and_go(small: Small) -> None:
    workspace = small(PEOPLE)
    assert notices(workspace) == [
        "Agents: 1 gets an invitation by mail: Ben Hill",
        "Seats for agents: 1 more is taken; 1 is in use now (how many are paid for stands in the account's billing)",
    ]
    assert workspace.plan().document["seats"] == {
        "helpdesk": {"taken": 1, "given_back": 0, "in_use": 1, "paid_for": None}
    }
    workspace.up()
    workspace.edit("groups: [billing]", "groups: []")
    assert notices(workspace) == ["Access: Ben Hill leaves the group Billing; open tickets there lose their assignee"]
    workspace.config("groups: {billing: {name: Billing}}\nintegrations: {slack: {channels: {ops: {name: ops}}}}\n")
    assert notices(workspace) == ["Access: Ben Hill keeps seat, groups and Slack: take them away by hand"]


def test_whom_slack_does_not_know_is_said_before_anything_is_written(small: Small) -> None:
    workspace = small(PEOPLE.replace("{name: ops}", "{name: ops, people: [ben]}"))
    [line] = workspace.plan().document["cautions"]
    assert line.startswith("Slack knows nobody with the address ben@acme-payments.com, who is to be in #ops: ")
    workspace.sandbox.fault(kind="forbidden", system="slack", path="users.lookupByEmail")
    [line] = workspace.plan().document["cautions"]
    assert line == (
        "Whether Slack knows the people of #ops could not be read: missing_scope: the bot lacks users:read.email"
    )
    workspace.sandbox.heal()
    workspace.edit("ben@acme-payments.com", "grace@quayside.example")
    assert workspace.plan().document["cautions"] == []


def test_nobody_is_invited_who_is_there_already(small: Small) -> None:
    workspace = small(PEOPLE)
    ben = {"name": "B. Hill", "email": "ben@acme-payments.com", "role": "agent"}
    workspace.zendesk("POST", "users", {"user": ben})
    document = workspace.plan().document
    assert [each["key"] for each in document["collisions"]] == ["ben"]
    assert (document["notices"], document["mails"]) == ([], 0)


SEATS = """\
roles:
  reader: {name: Reader, like: light_agent}
  lead: {name: Team lead, like: agent, rights: {delete_tickets: true}}
people:
  ben: {name: Ben Hill, email: ben@acme-payments.com, role: lead, invite: now}
  kim: {name: Kim Oh, email: kim@acme-payments.com, role: reader, invite: now}
"""


def test_light_agents_take_no_seat_and_who_is_switched_off_keeps_it(small: Small) -> None:
    workspace = small(SEATS)
    workspace.on_enterprise()
    assert workspace.plan().document["seats"]["helpdesk"]["taken"] == 1
    workspace.up("--mail", "2")
    workspace.is_settled()
    workspace.edit("role: lead, invite: now", "role: lead, invite: now, active: false")
    assert notices(workspace) == ["Access: Ben Hill cannot sign in to Zendesk any more; tickets and groups stay"]
    assert "seats" not in {name for name, value in workspace.plan().document.items() if value and name == "seats"}
    workspace.up()
    assert workspace.one("users", "Ben Hill")["suspended"] is True
    workspace.is_settled()
    workspace.edit("role: lead", "role: reader")
    assert notices(workspace) == [
        "Seats for agents: 1 is given back; 2 are in use now (how many are paid for stands in the account's billing)",
        "Access: Ben Hill becomes light agent (was Team lead)",
    ]
    workspace.up()
    workspace.edit("kim@acme-payments.com, role: reader", "kim@acme-payments.com, role: lead")
    assert workspace.plan().document["seats"]["helpdesk"]["taken"] == 1
    workspace.up()
    undone = workspace.golive("undo", "--dry-run", "--json").checked("undo")["seats"]["helpdesk"]
    assert (undone["taken"], undone["given_back"], undone["in_use"]) == (0, 1, 2)


PRIVATE = """\
help_center:
  categories: {account: {name: Account}}
  sections: {access: {name: Access, category: account}}
  articles:
    one: {name: Reset your password, section: access, body: Ask., customers: {can: hidden}}
    two: {name: Locked out, section: access, body: Ask., customers: {can: hidden}}
macros: {found: {name: Found it, then: [{reply: internal, text: Found.}]}}
ticket_fields: {place: {name: Place, type: text, customers: {can: hidden}}}
"""


def test_what_more_people_get_to_see(small: Small) -> None:
    workspace = small(PRIVATE)
    workspace.speaks("en-us")
    workspace.up()
    workspace.edit("body: Ask., customers: {can: hidden}}\n    two", "body: Ask., customers: {can: see}}\n    two")
    workspace.edit("{reply: internal", "{reply: public")
    workspace.edit("type: text, customers: {can: hidden}", "type: text, customers: {can: edit}")
    one = "the article “Reset your password” becomes public (only the team could read it)"
    others = [
        "Customers: the macro “Found it” begins to answer publicly (it wrote internal notes)",
        "Customers: the ticket field “Place” becomes visible to them, and they can fill it in",
    ]
    assert sorted(notices(workspace)) == sorted([f"Customers: {one}", *others])
    workspace.edit("can: hidden", "can: see")
    both = "Customers: 2 articles become public (only the team could read them): "
    [said] = [each.removeprefix(both) for each in notices(workspace) if each.startswith(both)]
    assert set(said.split(", ")) == {"Reset your password", "Locked out"}
    workspace.up()
    assert notices(workspace) == []
    workspace.edit("body: Ask., customers: {can: see}}\n    two", "body: Ask., customers: {can: hidden}}\n    two")
    workspace.edit("{reply: public", "{reply: internal")
    assert notices(workspace) == [], "what becomes less public is no alarm"
