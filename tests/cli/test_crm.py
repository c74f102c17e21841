"""The CRM through the command line: values that people entered, access that comes and goes, the right organisation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.metadata_api import object_listed, object_read, object_written
from tests.cli.real_environment import Real, real
from tests.cli.workspace import Workspace

__all__ = ["real"]

Small = Callable[[str], Workspace]

SCORE = "integrations: {crm: {fields: {score: {object: Account, name: Score, type: TYPE}}}}\n"


@pytest.mark.parametrize(("before", "after"), [("decimal", "integer"), ("integer", "decimal")])
def test_a_number_keeps_its_digits(set_up: Small, before: str, after: str) -> None:
    workspace = set_up(SCORE.replace("TYPE", before))
    workspace.config(SCORE.replace("TYPE", after))
    workspace.sandbox.clear_log()
    refused = workspace.golive("up", "--yes", "--json")
    assert refused.code == 1
    assert refused.checked("up")["error"]["code"] == "data"
    assert workspace.sandbox.writes() == []


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
      support: {name: Support, on_remove: release, read: [segment], edit: [arr], people: [grace, kofi]}
"""


def held(workspace: Workspace) -> tuple[set[str], dict[str, bool]]:
    """Who holds the permission set, and which fields it shows → whether they can be changed."""
    people = workspace.crm_records(
        "SELECT Id, Assignee.Email FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Support'"
    )
    fields = workspace.crm_records("SELECT Id, Field, PermissionsEdit FROM FieldPermissions")
    emails = {each["Assignee"]["Email"] for each in people}
    assert "integration@salesforce.example" in emails, "golive's own user sees what it has made"
    return emails - {"integration@salesforce.example"}, {each["Field"]: each["PermissionsEdit"] for each in fields}


def test_who_leaves_the_list_loses_access_and_what_leaves_as_a_whole_stays(set_up: Small) -> None:
    workspace = set_up(ACCESS)
    everybody = {"grace@quayside.example", "kofi@quayside.example"}
    both = {"Account.Segment__c": False, "Account.Arr__c": True}
    assert held(workspace) == (everybody, both)
    workspace.edit("read: [segment], edit: [arr], people: [grace, kofi]", "edit: [arr], people: [grace]")
    notices = workspace.plan().document["notices"]
    assert any("loses “Support” in the CRM" in each for each in notices)
    workspace.up()
    assert held(workspace) == ({"grace@quayside.example"}, {"Account.Arr__c": True})
    workspace.is_settled()
    workspace.edit("      support: {name: Support, on_remove: release, edit: [arr], people: [grace]}\n", "")
    workspace.edit("    access:\n", "")
    workspace.up()
    assert held(workspace) == ({"grace@quayside.example"}, {"Account.Arr__c": True})


def test_what_somebody_granted_by_hand_is_no_collision(set_up: Small) -> None:
    workspace = set_up(ACCESS.replace("read: [segment], edit: [arr], people: [grace, kofi]", "people: [grace]"))
    owner = workspace.crm_records("SELECT Id FROM PermissionSet WHERE Name = 'Support'")[0]["Id"]
    kofi = workspace.crm_records("SELECT Id FROM User WHERE Email = 'kofi@quayside.example'")[0]["Id"]
    held_by_hand = {"PermissionSetId": owner, "AssigneeId": kofi}
    workspace.crm("POST", "sobjects/PermissionSetAssignment", held_by_hand)
    grant = {"ParentId": owner, "SobjectType": "Account", "Field": "Account.Arr__c", "PermissionsRead": True}
    workspace.crm("POST", "sobjects/FieldPermissions", {**grant, "PermissionsEdit": False})
    workspace.config(ACCESS)
    assert workspace.plan().document["collisions"] == []
    assert set(workspace.up().results.values()) == {"done"}
    workspace.is_settled()
    everybody = {"grace@quayside.example", "kofi@quayside.example"}
    assert held(workspace) == (everybody, {"Account.Segment__c": False, "Account.Arr__c": True})


QUEUE = """\
people:
  grace: {name: Grace Oduya, email: grace@quayside.example, role: agent}
  kofi: {name: Kofi Mensah, email: kofi@quayside.example, role: agent}
integrations:
  crm:
    queues:
      intake: {name: Intake, objects: [Case, Lead], people: [grace, kofi]}
"""


def takes(workspace: Workspace) -> tuple[list[str], set[str], set[str]]:
    """The names of all queues, what waits in them, and who takes from them."""
    people = {
        each["Id"]: each["Email"].partition("@")[0] for each in workspace.crm_records("SELECT Id, Email FROM User")
    }
    queues = workspace.crm_records("SELECT Id, Name FROM Group WHERE Type = 'Queue'")
    objects = workspace.crm_records("SELECT Id, SobjectType FROM QueueSobject")
    members = workspace.crm_records("SELECT Id, UserOrGroupId FROM GroupMember")
    return (
        [each["Name"] for each in queues],
        {each["SobjectType"] for each in objects},
        {people[each["UserOrGroupId"]] for each in members},
    )


def test_a_queue_comes_changes_and_goes_only_when_nothing_waits_in_it(set_up: Small) -> None:
    workspace = set_up(QUEUE)
    assert takes(workspace) == (["Intake"], {"Case", "Lead"}, {"grace", "kofi"})
    queue = workspace.crm_records("SELECT Id FROM Group WHERE Type = 'Queue'")[0]["Id"]
    aoife = workspace.crm_records("SELECT Id FROM User WHERE Email = 'aoife@quayside.example'")[0]["Id"]
    workspace.crm("POST", "sobjects/GroupMember", {"GroupId": queue, "UserOrGroupId": aoife})
    workspace.is_settled()
    case = workspace.crm("POST", "sobjects/Case", {"Subject": "Refund", "OwnerId": queue})["id"]

    workspace.edit(
        "name: Intake, objects: [Case, Lead], people: [grace, kofi]", "name: In, objects: [Lead], people: [grace]"
    )
    refused = workspace.golive("up", "--yes", "--json")
    assert refused.code == 2
    [finding] = [each for each in refused.document["findings"] if each["severity"] == "error"]
    assert (finding["rule"], finding["path"]) == ("salesforce.queue-waits", "integrations.crm.queues.intake.objects")
    workspace.crm("PATCH", f"sobjects/Case/{case}", {"OwnerId": aoife})
    shown = workspace.plan().document
    expected, notices = shown["expected"]["crm"], shown["notices"]
    assert shown["cautions"] == [] and expected["per_day"] - expected["left_today"] > shown["calls"]["crm"]
    used = expected["per_day"] - expected["left_today"] + shown["calls"]["crm"]
    workspace.sandbox.settings("salesforce", daily_calls=used + expected["calls"] - 1)
    short = workspace.golive("plan").out
    assert f"This takes about {expected['calls']} calls to crm" in " ".join(short.split()), short
    assert "are left of the day's" in " ".join(short.split())
    workspace.sandbox.settings("salesforce", daily_calls=100_000)
    assert "Access: Kofi Mensah loses the queue “In” in the CRM" in notices
    assert set(workspace.up().results.values()) == {"done"}
    assert takes(workspace) == (["In"], {"Lead"}, {"grace", "aoife"}), "whom somebody put there by hand stays"
    workspace.is_settled()

    lead = workspace.crm("POST", "sobjects/Lead", {"LastName": "Roe", "Company": "Roe", "OwnerId": queue})["id"]
    workspace.config(QUEUE[: QUEUE.index("integrations")])
    assert "1 Lead record waits in the queue “In”, which would go" in workspace.golive("plan").out
    workspace.crm("PATCH", f"sobjects/Lead/{lead}", {"OwnerId": aoife})
    workspace.up()
    assert takes(workspace)[0] == []
    workspace.is_settled()


def test_an_organisation_is_expected_by_either_form_of_its_id(small: Small) -> None:
    workspace = small("groups: {billing: {name: Billing}}\n")
    settings = workspace.settings()
    long = "00D7q00000Qs4PdEAJ"
    for said, code in ((long[:15], 0), (long, 0), ("00D7q00000Qs4Pe", 3)):
        workspace.set({**settings, "expect": {"crm": said}})
        assert workspace.golive("plan").code == code
        doctor = workspace.golive("doctor")
        assert doctor.code == code
        assert ("of the day's 100,000 calls are left" in " ".join((doctor.out + doctor.err).split())) == (code == 0)


TERMS = """\
integrations:
  crm:
    objects:
      term: {name: Term, plural: Terms, numbered: "T-{0000}"}
    record_types:
      yearly: {object: term, name: Yearly}
    fields:
      months: {object: term, name: Months, type: integer}
      current: {object: Account, name: Current term, type: lookup, to: term}
    access:
      terms: {name: Terms, edit: [months, current], objects: {term: edit}}
    queues:
      ending: {name: Ending, objects: [term]}
"""


def test_a_sort_of_record_comes_with_all_that_belongs_to_it_and_goes_with_its_number(real: Real) -> None:
    workspace = real(TERMS)
    up = ("up", "-e", "live", "--yes", "--json")
    made = workspace.golive(*up)
    assert made.code == 0 and set(made.results.values()) == {"done"}, made.err
    [(_, name)] = object_listed(workspace).items()
    assert name == "Term__c" and object_read(workspace, name)["sharingModel"] == "ReadWrite"
    [grant] = workspace.crm_records("SELECT Id, SobjectType, PermissionsEdit FROM ObjectPermissions")
    assert (grant["SobjectType"], grant["PermissionsEdit"]) == ("Term__c", True)
    assert takes(workspace)[1:] == ({"Term__c"}, set())
    assert workspace.golive("plan", "-e", "live", "--exit-code").code == 0

    object_written(workspace, "updateMetadata", {**object_read(workspace, name), "label": "By hand"})
    drift = workspace.golive("drift", "-e", "live")
    assert "By hand" in drift.out, drift.out
    workspace.edit('plural: Terms, numbered: "T-{0000}"', 'plural: All terms, numbered: "T-{00}", sharing: read')
    workspace.edit("object: term, name: Yearly", "object: term, name: Each year, active: false")
    assert workspace.golive(*up).code == 0
    now = object_read(workspace, name)
    assert (now["label"], now["pluralLabel"], now["sharingModel"]) == ("Term", "All terms", "Read")
    assert now["nameField"]["displayFormat"] == "T-{00}"
    assert workspace.golive("plan", "-e", "live", "--exit-code").code == 0

    workspace.crm("POST", "sobjects/Term__c", {"Months__c": 12})
    destroy = ("destroy", "-e", "live", "--yes", "--delete", "6")
    refused = workspace.golive(*destroy)
    assert refused.code == 2 and "Records: the object “Term” is deleted: 1 record goes with it" in refused.out
    assert "--delete-records 1" in refused.err and object_listed(workspace)
    gone = workspace.golive(*destroy, "--delete-records", "1")
    assert gone.code == 0, gone.err
    assert object_listed(workspace) == {} and takes(workspace)[0] == []


def test_destroy_names_the_values_that_go_with_a_field(real: Real) -> None:
    workspace = real(SCORE.replace("TYPE", "integer").replace("crm: {", "crm: {access: {see: {read: [score]}}, "))
    assert workspace.golive("up", "-e", "live", "--yes").code == 0
    for number in (1, 2):
        workspace.crm("POST", "sobjects/Account", {"Name": f"Acme {number}"})
    accounts = workspace.sandbox.store.table("salesforce", "Account")
    for row in accounts.values():
        if row["Name"].startswith("Acme"):
            row["Score__c"] = 7
    workspace.sandbox.clear_log()
    refused = workspace.golive("destroy", "-e", "live", "--yes", "--delete", "2")
    assert refused.code == 2 and "Values: the field “Score” is deleted: 2 records hold one" in refused.out
    assert "--delete-records 2" in refused.err and workspace.sandbox.writes() == []
    assert workspace.golive("destroy", "-e", "live", "--yes", "--delete", "2", "--delete-records", "2").code == 0
