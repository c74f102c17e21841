"""Taking over live objects with all parts: what is shown is what the next plan says, and after `up` it is empty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.cli.workspace import Ran, Workspace

Small = Callable[[str], Workspace]


def adopt(workspace: Workspace, *arguments: str) -> Ran:
    """`adopt --yes`, which must succeed and write nothing to any system."""
    workspace.sandbox.clear_log()
    ran = workspace.golive("adopt", *arguments, "--yes")
    assert ran.code == 0, f"{ran.err}\n{ran.out}"
    assert workspace.sandbox.writes() == []
    return ran


def shown(text: str) -> list[str]:
    """The lines of differences, in adopt's output or a plan's, without what a plan says of new rules."""
    found, of_something_new = [], False
    for line in text.splitlines():
        if not line.startswith("      "):
            of_something_new = line.startswith("  + ")
        elif not of_something_new:
            found.append(line.strip())
    return found


def is_what_was_shown(workspace: Workspace, ran: Ran) -> None:
    """The next plan shows the same lines, nothing is in the way, `up` carries it out, and then there is nothing."""
    plan = workspace.golive("plan")
    assert set(shown(plan.out)) <= set(shown(ran.out))
    assert [line for line in shown(ran.out) if line not in plan.out] == []
    assert "In the way" not in plan.out
    workspace.up()
    workspace.is_settled()


SCHEDULE = """\
schedules:
  office:
    name: Office hours
    time_zone: Europe/Dublin
    hours: {mon: ["09:00-17:00"], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}
    holidays:
      - {name: Christmas, date: "2026-12-25"}
      - {name: New Year, date: "2027-01-01"}
"""


def test_a_schedule_with_two_holidays_of_which_one_is_there(small: Small) -> None:
    workspace = small(SCHEDULE)
    body = {"schedule": {"name": "Office hours", "time_zone": "Dublin"}}
    theirs = workspace.zendesk("POST", "business_hours/schedules", body)["schedule"]
    place = f"business_hours/schedules/{theirs['id']}/holidays"
    holiday = {"name": "Christmas", "start_date": "2026-12-25", "end_date": "2026-12-26"}
    there = workspace.zendesk("POST", place, {"holiday": holiday})["holiday"]
    ran = adopt(workspace, "schedules/office")
    assert f"In Zendesk there is “Office hours” (id {theirs['id']})." in ran.out
    assert "Taken over with it: 1 holiday." in ran.out
    assert "Not there; `golive up` makes it: 1 holiday." in ran.out
    assert "+ holiday New Year: 1 Jan 2027" in shown(ran.out)
    is_what_was_shown(workspace, ran)
    holidays = {each["name"]: each for each in workspace.listed("holidays", place)}
    assert set(holidays) == {"Christmas", "New Year"}
    assert holidays["Christmas"]["id"] == there["id"]
    assert holidays["Christmas"]["end_date"] == "2026-12-25"
    again = workspace.golive("adopt", "schedules/office", "--yes")
    assert (again.code, "looks after `schedules/office` already" in again.err) == (2, True)


PERSON = """\
groups:
  billing: {name: Billing}
  tier_2: {name: Tier 2}
people:
  ada: {name: Ada Byrne, email: ada@acme.example, role: agent, groups: [billing, tier_2], default_group: tier_2,
        invite: now}
"""


def _agent(workspace: Workspace, *groups: str, role: str = "agent") -> dict[str, Any]:
    """Ada, as somebody made her by hand, and the groups in which she is."""
    user = {"name": "Ada Byrne", "email": "ada@acme.example", "role": role, "skip_verify_email": True}
    made: dict[str, Any] = workspace.zendesk("POST", "users", {"user": user})["user"]
    for name in groups:
        group = workspace.zendesk("POST", "groups", {"group": {"name": name}})["group"]
        membership = {"group_membership": {"user_id": made["id"], "group_id": group["id"]}}
        workspace.zendesk("POST", "group_memberships", membership)
    return made


def _groups_of(workspace: Workspace, user: int) -> dict[str, bool]:
    """The names of the groups in which somebody is → whether it is the default one."""
    names = {each["id"]: each["name"] for each in workspace.listed("groups")}
    memberships = workspace.listed("group_memberships", f"users/{user}/group_memberships")
    return {names[each["group_id"]]: bool(each["default"]) for each in memberships}


def test_a_person_with_two_groups(small: Small) -> None:
    workspace = small(PERSON)
    theirs = _agent(workspace, "Billing", "Tier 2")
    before = workspace.listed("group_memberships", f"users/{theirs['id']}/group_memberships")
    ran = adopt(workspace, "people/ada", "groups/billing", "groups/tier_2")
    assert "Taken over with it: 2 group memberships." in ran.out
    assert "Not there; `golive up` makes it: 1 default group." in ran.out
    assert "golive looks after people/ada, groups/billing, groups/tier_2 from now on." in ran.out
    is_what_was_shown(workspace, ran)
    after = workspace.listed("group_memberships", f"users/{theirs['id']}/group_memberships")
    assert {each["id"] for each in after} == {each["id"] for each in before}
    assert _groups_of(workspace, theirs["id"])["Tier 2"] is True


def test_a_group_that_is_not_ours_yet_leaves_its_membership_to_up(small: Small) -> None:
    workspace = small(PERSON)
    theirs = _agent(workspace)
    ran = adopt(workspace, "people/ada")
    assert "Not there; `golive up` makes it: 2 group memberships, 1 default group." in ran.out
    assert "+ Tier 2" in shown(ran.out)
    is_what_was_shown(workspace, ran)
    assert {"Billing", "Tier 2"} <= set(_groups_of(workspace, theirs["id"]))


def test_a_customer_becomes_an_agent(small: Small) -> None:
    workspace = small(PERSON)
    theirs = _agent(workspace, role="end-user")
    assert [each["key"] for each in workspace.plan().document["collisions"]] == ["ada"]
    ran = adopt(workspace, "people/ada")
    assert "role customer → agent" in shown(ran.out)
    is_what_was_shown(workspace, ran)
    assert workspace.one("users", "Ada Byrne")["role"] == "agent"
    assert {"Billing", "Tier 2"} <= set(_groups_of(workspace, theirs["id"]))


CHANNEL = """\
integrations:
  slack:
    channels:
      alerts: {name: support-alerts, topic: What cannot wait}
    alerts:
      urgent: {name: Urgent, to: alerts, when: [{field: priority, changed_to: urgent}], text: Urgent!}
"""


@pytest.mark.parametrize("webhook", ["there", "absent", "no channel"])
def test_a_slack_channel_with_its_webhook(small: Small, webhook: str) -> None:
    workspace = small(CHANNEL)
    if webhook != "no channel":
        workspace.slack("conversations.create", name="support-alerts")
    if webhook != "absent":
        hook = {
            "name": "Slack #support-alerts (golive)",
            "status": "active",
            "endpoint": "https://old.example/hook",
            "http_method": "POST",
            "request_format": "json",
            "subscriptions": ["conditional_ticket_events"],
        }
        theirs = workspace.zendesk("POST", "webhooks", {"webhook": hook})["webhook"]
    ran = adopt(workspace, "slack_channels/alerts")
    if webhook == "no channel":
        assert "In Slack there is no Slack channel of that name; `golive up` makes it." in ran.out
    else:
        assert "In Slack there is “#support-alerts”" in ran.out
        assert any("topic" in line and line.endswith("What cannot wait") for line in shown(ran.out))
    if webhook == "absent":
        assert "In Zendesk there is no webhook to Slack channel of that name; `golive up` makes it." in ran.out
    else:
        assert f"In Zendesk there is “Slack #support-alerts (golive)” (id {theirs['id']})." in ran.out
    is_what_was_shown(workspace, ran)
    live = workspace.one("webhooks", "Slack #support-alerts (golive)")
    assert live["endpoint"].endswith(workspace.channels()["support-alerts"]["id"])
    assert webhook == "absent" or live["id"] == theirs["id"]


ACCESS = """\
people:
  grace: {name: Grace Oduya, email: grace@quayside.example, role: agent}
  kofi: {name: Kofi Mensah, email: kofi@quayside.example, role: agent}
integrations:
  crm:
    fields:
      arr: {object: Account, name: ARR, type: currency}
      segment: {object: Account, name: Segment, type: text}
    access:
      support: {name: Support, read: [segment], edit: [arr], people: [grace, kofi]}
"""


def test_access_to_the_crm(small: Small) -> None:
    workspace = small(ACCESS)
    fields = workspace.crm("POST", "tooling/sobjects/CustomField", _currency("Account.Arr__c", "ARR"))
    owner = workspace.crm("POST", "sobjects/PermissionSet", {"Name": "Support", "Label": "Support"})["id"]
    grant = {"ParentId": owner, "SobjectType": "Account", "Field": "Account.Arr__c", "PermissionsRead": True,
             "PermissionsEdit": True}  # fmt: skip
    workspace.crm("POST", "sobjects/FieldPermissions", grant)
    grace = workspace.crm_records("SELECT Id, Email FROM User WHERE Email = 'grace@quayside.example'")[0]
    held = {"PermissionSetId": owner, "AssigneeId": grace["Id"]}
    workspace.crm("POST", "sobjects/PermissionSetAssignment", held)
    ran = adopt(workspace, "crm_access/support", "crm_fields/arr")
    assert f"(id {fields['id']})" in ran.out
    assert "Taken over with it: 1 field permission, 1 permission set assignment." in ran.out
    assert "Not there; `golive up` makes it: 1 field permission, 1 permission set assignment." in ran.out
    assert "+ Kofi Mensah" in shown(ran.out)
    is_what_was_shown(workspace, ran)


def _currency(name: str, label: str) -> dict[str, Any]:
    return {"FullName": name, "Metadata": {"label": label, "type": "Currency", "precision": 18, "scale": 2}}


HOOK = """\
webhooks:
  pager: {name: Pager, url: "env:PAGER_URL", method: POST, format: json, auth: {bearer: env:PAGER_TOKEN}}
"""


def test_a_webhook_with_credentials(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER_URL", "https://pager.example/in")
    monkeypatch.setenv("PAGER_TOKEN", "hidden-word")
    workspace = small(HOOK)
    hook = {
        "name": "Pager",
        "status": "active",
        "endpoint": "https://pager.example/in",
        "http_method": "POST",
        "request_format": "json",
        "subscriptions": ["conditional_ticket_events"],
        "authentication": {"type": "bearer_token", "data": {"token": "an-old-word"}, "add_position": "header"},
    }
    theirs = workspace.zendesk("POST", "webhooks", {"webhook": hook})["webhook"]
    before = workspace.sandbox.store.table("zendesk", "webhooks")[theirs["id"]]["authentication"]["_digest"]
    ran = adopt(workspace, "webhooks/pager")
    assert shown(ran.out) == [
        "secret in the variable PAGER_TOKEN: a value that nobody can see → the value of the variable"
    ]
    assert "hidden-word" not in ran.out
    workspace.sandbox.clear_log()
    is_what_was_shown(workspace, ran)
    sent = [entry for entry in workspace.sandbox.log() if entry["method"] == "PATCH"]
    assert [entry["path"].rpartition("/")[2] for entry in sent] == [theirs["id"]]
    assert workspace.sandbox.store.table("zendesk", "webhooks")[theirs["id"]]["authentication"]["_digest"] != before


FIELD = """\
ticket_fields:
  reason:
    name: Reason
    type: dropdown
    options:
      refund: Refund
      question: Question
      other: {name: Other, tag: said_here}
      idea: An idea
trigger_categories:
  route: {name: Route}
triggers:
  refunds: {name: Refunds, category: route, when: [{field: reason, is: refund}], then: [{add_tags: [money]}]}
"""


def _dropdown(title: str, **options: str) -> dict[str, Any]:
    """A ticket field as somebody made it by hand; options: value → name."""
    listed = [{"name": name, "value": value} for value, name in options.items()]
    return {"ticket_field": {"type": "tagger", "title": title, "custom_field_options": listed}}


def _tags(workspace: Workspace) -> dict[str, str]:
    options = workspace.one("ticket_fields", "Reason")["custom_field_options"]
    return {each["value"]: each["name"] for each in options}


def test_the_options_of_a_field_keep_the_tags_that_tickets_hold(small: Small) -> None:
    workspace = small(FIELD)
    # One has another tag, one has the tag that a third would have, one is written otherwise, one is not declared.
    live = _dropdown("Reason", money_back="refund", reason_idea="Question", old="Long ago")
    field = workspace.zendesk("POST", "ticket_fields", live)["ticket_field"]
    ran = adopt(workspace, "ticket_fields/reason")
    assert "choice refund → Refund" in shown(ran.out)
    assert "+ choice “An idea”  (tag reason_idea_2)" in shown(ran.out)
    assert not any("Question" in line for line in shown(ran.out))
    is_what_was_shown(workspace, ran)
    assert _tags(workspace) == {
        "money_back": "Refund",
        "reason_idea": "Question",
        "said_here": "Other",
        "reason_idea_2": "An idea",
        "old": "Long ago",
    }
    condition = workspace.one("triggers", "Refunds")["conditions"]["all"][0]
    assert condition == {"field": f"custom_fields_{field['id']}", "operator": "is", "value": "money_back"}


def test_the_settings_of_an_account(small: Small) -> None:
    workspace = small("groups: {}\n")
    workspace.zendesk("PUT", "account/settings", {"settings": {"user": {"tagging": True}}})
    adopt(workspace, "settings")
    workspace.is_settled()
    written = yaml.safe_load((workspace.root / "config" / "settings.yaml").read_text(encoding="utf-8"))
    assert written["settings"]["organization_tags"] is True
    assert written["settings"]["macro_order"] == "alphabetical"


def test_the_values_of_a_crm_picklist_stay_what_records_hold(small: Small) -> None:
    workspace = small(
        "integrations: {crm: {fields: {band: {object: Account, name: Band, type: dropdown, "
        "options: {big: Large accounts, small: Small ones}}}}}\n"
    )
    values = [{"valueName": "L", "label": "Large accounts"}, {"valueName": "XL", "label": "Huge"}]
    metadata = {
        "label": "Band",
        "type": "Picklist",
        "valueSet": {"restricted": True, "valueSetDefinition": {"sorted": False, "value": values}},
    }
    workspace.crm("POST", "tooling/sobjects/CustomField", {"FullName": "Account.BAND__c", "Metadata": metadata})
    ran = adopt(workspace, "crm_fields/band")
    assert shown(ran.out) == ["+ choice “Small ones”"]
    is_what_was_shown(workspace, ran)
    rows = workspace.sandbox.store.table("salesforce", "CustomField").values()
    live = next(row for row in rows if row["DeveloperName"] == "BAND")["Metadata"]
    names = {each["valueName"]: each["label"] for each in live["valueSet"]["valueSetDefinition"]["value"]}
    assert names == {"L": "Large accounts", "small": "Small ones", "XL": "Huge"}


SEVERAL = """\
groups:
  billing: {name: Billing}
  tier_2: {name: Tier 2}
  support: {existing: true, name: Support}
macros:
  greet: {name: Greeting, then: [{add_tags: [greeted]}]}
"""


def test_several_at_once_and_the_environment_in_every_next_step(small: Small) -> None:
    workspace = small(SEVERAL)
    for name in ("Billing", "Tier 2"):
        workspace.zendesk("POST", "groups", {"group": {"name": name}})
    collisions = workspace.golive("plan", "-e", "sandbox", "--json").document["collisions"]
    assert "golive adopt groups/billing -e sandbox " in collisions[0]["do"]
    ran = adopt(workspace, "groups/billing", "groups/tier_2", "groups/billing", "-e", "sandbox")
    assert ran.out.count("It is as the files say.") == 2
    assert ran.out.endswith(
        "golive looks after groups/billing, groups/tier_2 from now on. "
        "See what is left to do:  golive plan -e sandbox\n"
    )
    absent = workspace.golive("adopt", "groups/billing", "macros/greet", "--yes", "-e", "sandbox")
    assert (absent.code, "`golive up -e sandbox` makes it." in absent.err) == (1, True)
    assert "config/own.yaml:6" in absent.err


def test_nothing_is_linked_where_one_of_several_cannot_be(small: Small) -> None:
    workspace = small(SEVERAL)
    workspace.zendesk("POST", "groups", {"group": {"name": "Billing"}})
    assert workspace.golive("adopt", "groups/billing", "groups/tier_2", "--yes").code == 1
    assert [each["key"] for each in workspace.plan().document["collisions"]] == ["billing"]


def test_what_is_meant_is_of_the_same_kind_or_is_not_guessed(small: Small) -> None:
    workspace = small(SEVERAL)
    for address, advice in {
        "groups/biling": "Did you mean groups/billing?",
        "groups/nope": "The groups here: billing, tier_2, support.",
        "group/billing": "Did you mean groups/billing?",
        "billing": "Did you mean groups/billing?",
        "nope/billing": "The kinds here: groups, macros,",
    }.items():
        refused = workspace.golive("adopt", address, "--yes")
        assert refused.code == 2
        assert f"Nothing is called `{address}`, neither in these files nor live." in refused.err
        assert advice in refused.err, refused.err
    looked_up = workspace.golive("adopt", "groups/support", "--yes")
    assert looked_up.code == 2
    assert "`groups/support` is only looked up; there is nothing to take over." in looked_up.err
    workspace.config("people: {ada: {name: Ada, email: ada@acme.example, role: agent}}\n")
    waiting = workspace.golive("adopt", "people/ada", "--yes")
    assert (waiting.code, "no invitation" in waiting.err) == (2, True)


def test_what_was_deleted_and_made_again_is_linked_anew(set_up: Small) -> None:
    workspace = set_up(SCHEDULE + "macros: {greet: {name: Greeting, then: [{add_tags: [greeted]}]}}\n")
    old = workspace.one("schedules", "Office hours", "business_hours/schedules")
    workspace.zendesk("DELETE", f"business_hours/schedules/{old['id']}")
    body = {"schedule": {"name": "Office hours", "time_zone": "London"}}
    new = workspace.zendesk("POST", "business_hours/schedules", body)["schedule"]
    holiday = {"name": "New Year", "start_date": "2027-01-01", "end_date": "2027-01-01"}
    place = f"business_hours/schedules/{new['id']}/holidays"
    workspace.zendesk("POST", place, {"holiday": holiday})
    assert [each["key"] for each in workspace.plan().document["collisions"]] == ["office"]
    ran = adopt(workspace, "schedules/office")
    assert (
        f"The one that golive looked after (id {old['id']}) is gone; from now on it looks after this one "
        f"(id {new['id']})." in ran.out
    )
    assert "time zone Europe/London → Europe/Dublin" in shown(ran.out)
    assert "Taken over with it: 1 holiday." in ran.out
    is_what_was_shown(workspace, ran)
    assert workspace.one("schedules", "Office hours", "business_hours/schedules")["id"] == new["id"]


def test_what_could_only_be_made_anew_is_not_linked(small: Small) -> None:
    workspace = small("ticket_fields:\n  reason: {name: Reason, type: text}\n  title: {name: Subject, type: text}\n")
    workspace.zendesk("POST", "ticket_fields", _dropdown("Reason", money_back="Refund"))
    refused = workspace.golive("adopt", "ticket_fields/reason", "--yes")
    assert refused.code == 1
    assert "would be removed and made anew, with every value that people have entered" in refused.err
    assert "cannot be changed in Zendesk: type" in refused.err
    assert "another name" in refused.err
    own = {each["key"]: each["do"] for each in workspace.plan().document["collisions"]}
    assert "one of Zendesk's own fields: give ours another name" in own["title"]
    assert "golive adopt ticket_fields/reason" in own["reason"]
    vendors = workspace.golive("adopt", "ticket_fields/title", "--yes")
    assert vendors.code == 1
    assert "one of Zendesk's own fields: give ours another name" in vendors.err
    assert len(workspace.plan().document["collisions"]) == 2


OWNER = """roles: {boss: {name: Boss, like: admin}}
people:
  fergal: {name: Fergal Keane, email: Fergal@quayside.example, role: ROLE, invite: now}
"""


def test_golive_never_takes_its_own_admin_away(small: Small) -> None:
    workspace = small(OWNER.replace("ROLE", "agent"))
    refused = workspace.golive("adopt", "people/fergal", "--yes")
    assert refused.code == 1
    assert "Fergal Keane would become agent, and golive works with this person's token" in refused.err
    workspace.config(OWNER.replace("ROLE", "boss"))
    adopt(workspace, "people/fergal")
    workspace.up()
    for text in (OWNER.replace("ROLE", "agent"), "groups: {}\n"):
        workspace.config(text)
        if text.startswith("groups"):  # the person leaves the files, as the last run knew that it should
            workspace.config(OWNER.replace("ROLE", "boss").replace("invite: now", "invite: now, on_remove: delete"))
            workspace.up()
            workspace.config(text)
        assert workspace.golive("plan").out.endswith(
            "golive would lose the role by which it works: `golive up` refuses this.\n"
        )
        workspace.sandbox.clear_log()
        stopped = workspace.golive("up", "--yes", "--json")
        assert stopped.code == 1
        assert stopped.checked("up")["error"]["code"] == "own_role"
        assert workspace.sandbox.writes() == []
    assert workspace.one("users", "Fergal Keane")["role"] == "admin"


def test_what_a_declared_rule_asks_as_well_is_only_named(small: Small) -> None:
    """Two automations that ask for the very same cannot both be on, whichever of the two a finding stands at."""
    workspace = small(
        "automations:\n  close:\n    name: Ours closes\n"
        "    when: [{field: status, is: solved}, {hours_since: solved, more_than: 96h}]\n"
        "    then: [{set: status, to: closed}]\n"
    )
    ran = adopt(workspace, "automations")
    assert "“Ours closes” asks for the very same" in ran.out
    written = yaml.safe_load((workspace.root / "config" / "own.yaml").read_text(encoding="utf-8"))["automations"]
    named = [each["name"] for each in written.values() if each.get("existing")]
    assert named == ["Close ticket 4 days after status is set to solved"]
