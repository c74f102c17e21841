"""HubSpot as the CRM, through the command line: the one line of the environment's file, rounds, guards, adoption."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import empty_workspace, with_config
from tests.cli.workspace import Workspace
from tests.live_sandbox import LiveSandbox, running_sandbox

pytestmark = pytest.mark.engine

SEED: dict[str, Any] = {
    "hubspot": {
        "account": {"name": "Acme", "id": 24160387},
        "owners": [{"name": "Dana Ruiz", "email": "dana@acme.example"}],
    }
}
FILES = """\
people: {dana: {name: Dana Ruiz, email: dana@acme.example, role: agent}}
segments: {big: {name: Big}, small: {name: Small}}
customer_fields:
  arr: {of: organization, name: Yearly revenue, type: decimal}
  csm: {of: organization, name: Manager, type: text}
  segment: {of: organization, name: Segment, type: dropdown, options_from: segments}
integrations:
  crm:
    field_groups:
      care: {object: Account, name: Customer care}
    fields:
      account_name: {object: Account, type: text, existing: name}
      csm: {object: Account, type: lookup, existing: hubspot_owner_id}
      arr: {object: Account, name: ARR, type: currency, group: care}
      segment: {object: Account, name: Segment, type: dropdown, options_from: segments, group: care}
      standing: {object: Account, name: Standing, type: dropdown, options: {good: Good, at_risk: At risk}}
      seats: {object: Case, name: Seats, type: integer}
      vip: {object: Contact, name: VIP, type: checkbox}
    pipelines:
      bugs: {name: Bugs, stages: {new: New, looked_at: Looked at, done: {name: Done, closed: true}}}
    mapping:
      written_by: golive
      rows:
        - {crm: account_name, helpdesk: organization.name}
        - {crm: arr, helpdesk: organization.arr}
        - {crm: csm.Name, helpdesk: organization.csm}
        - {crm: segment, helpdesk: organization.segment}
    completeness: {at_least: 70%, of: [arr, segment]}
"""


def with_hubspot(workspace: Workspace) -> Workspace:
    """The one line."""
    settings = workspace.settings()
    settings["systems"]["crm"] |= {"type": "hubspot", "url": f"{workspace.sandbox.url}/hubspot"}
    settings["expect"] = {"crm": "24160387"}
    workspace.set(settings)
    workspace.sandbox.settings("hubspot", calls_in_ten_seconds=100_000)
    return workspace


@pytest.fixture
def workspace(empty_state: Path, tmp_path: Path) -> Iterator[Workspace]:
    with running_sandbox(SEED) as sandbox:
        yield with_config(with_hubspot(empty_workspace(tmp_path, sandbox, empty_state)), "")


def asked(sandbox: LiveSandbox, method: str, path: str, body: Any = None) -> Any:
    """A person's hands in HubSpot."""
    request = urllib.request.Request(
        f"{sandbox.url}/hubspot/crm/v3/{path}",
        data=None if body is None else json.dumps(body).encode(),
        method=method,
        headers={"Authorization": "Bearer sandbox", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def pipeline(sandbox: LiveSandbox, label: str) -> Any:
    return next(each for each in asked(sandbox, "GET", "pipelines/tickets")["results"] if each["label"] == label)


def test_all_of_it_is_made_changed_and_carried_over(workspace: Workspace) -> None:
    workspace.config(FILES)
    live = workspace.sandbox
    assert set(workspace.up().results.values()) == {"done"}
    workspace.is_settled()
    segment = asked(live, "GET", "properties/companies/segment")
    assert [(each["label"], each["value"]) for each in segment["options"]] == [("Big", "big"), ("Small", "small")]
    assert segment["groupName"] == "care"
    stages = {each["label"]: each["id"] for each in pipeline(live, "Bugs")["stages"]}
    assert list(stages) == ["New", "Looked at", "Done"]

    dana = asked(live, "GET", "owners")["results"][0]["id"]
    shop = {"name": "Shop", "arr": "1200.5", "segment": "big", "hubspot_owner_id": dana, "standing": "at_risk"}
    company = asked(live, "POST", "objects/companies", {"properties": shop})["id"]
    asked(live, "POST", "objects/companies", {"properties": {"name": "Bare"}})
    live.clear_log()
    counted = workspace.golive("context", "check", "--json").checked("context")
    assert {each["field"]: each["filled"] for each in counted["fields"]} == {
        "account_name": 2, "arr": 1, "csm.Name": 1, "segment": 1,
    }  # fmt: skip
    assert live.writes() == []
    synced = workspace.golive("context", "sync", "--yes", "--json")
    assert (synced.code, synced.checked("context")["written"]) == (0, 2), synced.err
    rows = live.store.table("zendesk", "organizations").values()
    held = {each["name"]: (each["external_id"], each["organization_fields"]) for each in rows}
    assert held["Shop"] == (company, {"arr": 1200.5, "csm": "Dana Ruiz", "segment": "segment_big"})

    people = workspace.golive("people").out
    assert "dana@acme.example" in people and "HubSpot  owner of records" in people

    workspace.edit("name: ARR, type", "name: Yearly revenue, type")
    workspace.edit("options: {good: Good, at_risk: At risk}", "options: {fine: {name: Fine, was: good}}")
    workspace.edit("looked_at: Looked at, done: {name: Done", "done: {name: Solved")
    workspace.edit("closed: true}}}", "closed: true}, seen: {name: Seen, was: looked_at}}}")
    shown = workspace.golive("plan").out
    assert "choice Good → Fine" in shown and "order of the steps" in shown
    assert "golive lets go of the choice “At risk”" in " ".join(shown.split())
    assert set(workspace.up().results.values()) == {"done"}
    workspace.is_settled()
    after = {each["label"]: each["id"] for each in pipeline(live, "Bugs")["stages"]}
    assert after == {"New": stages["New"], "Solved": stages["Done"], "Seen": stages["Looked at"]}
    assert list(after) == ["New", "Solved", "Seen"]
    options = asked(live, "GET", "properties/companies/standing")["options"]
    assert [(each["label"], each["value"]) for each in options] == [("Fine", "good"), ("At risk", "at_risk")]

    live.settings("hubspot", scopes=["crm.schemas.companies.read", "tickets"])
    doctor = workspace.golive("doctor")
    said = " ".join(doctor.out.split())
    assert doctor.code == 3 and "crm.schemas.companies.write (for groups of properties of companies)" in said
    assert "Service Keys" in said


def test_what_records_and_tickets_hold_is_not_deleted_unseen(workspace: Workspace) -> None:
    live = workspace.sandbox
    kept = "      kept: {name: Kept, stages: {new: New}, on_remove: release}\n"
    files = FILES.replace("    mapping:\n", f"{kept}    mapping:\n")
    workspace.config(files.replace("type: currency, group: care", "type: currency, on_remove: delete, group: care"))
    workspace.up()
    asked(live, "POST", "objects/companies", {"properties": {"name": "Shop", "arr": "5"}})
    bugs = pipeline(live, "Bugs")
    done = bugs["stages"][2]["id"]
    ticket = {"subject": "x", "hs_pipeline": bugs["id"], "hs_pipeline_stage": done}
    identifier = asked(live, "POST", "objects/tickets", {"properties": ticket})["id"]
    workspace.edit(", done: {name: Done, closed: true}", "")
    refused = workspace.golive("up", "--yes", "--json")
    [finding] = [each for each in refused.document["findings"] if each["severity"] == "error"]
    assert (refused.code, finding["rule"]) == (2, "hubspot.tickets-stand")
    assert finding["path"] == "integrations.crm.pipelines.bugs.stages" and "1 ticket stands" in finding["message"]
    asked(
        live, "PATCH", f"objects/tickets/{identifier}", {"properties": {"hs_pipeline_stage": bugs["stages"][0]["id"]}}
    )
    workspace.edit("      bugs: {name: Bugs, stages: {new: New, looked_at: Looked at}}\n", "")
    workspace.edit(f"    pipelines:\n{kept}", "")
    assert "1 ticket stands in “Bugs”, which would go" in " ".join(workspace.golive("plan").out.split())
    asked(live, "DELETE", f"objects/tickets/{identifier}")
    workspace.edit("        - {crm: arr, helpdesk: organization.arr}\n", "")
    workspace.edit("of: [arr, segment]", "of: [segment]")
    workspace.edit("      arr: {object: Account, name: ARR, type: currency, on_remove: delete, group: care}\n", "")
    [lost] = [each for each in workspace.plan().document["reach"] if each["of"] == "values"]
    assert (lost["key"], lost["tickets"], lost["does"]) == ("arr", 1, ["deletes"])
    assert set(workspace.up().results.values()) == {"done"}
    workspace.is_settled()
    left = [each["label"] for each in asked(live, "GET", "pipelines/tickets")["results"]]
    assert left == ["Support Pipeline", "Kept"]
    archived = asked(live, "GET", "properties/companies?archived=true")["results"]
    assert [each["name"] for each in archived] == ["arr"]
    workspace.config(FILES)
    in_the_way = workspace.golive("plan").out
    assert "An archived property has this name" in " ".join(in_the_way.split())


def test_what_people_made_in_hubspot_is_taken_over(workspace: Workspace) -> None:
    live = workspace.sandbox
    asked(live, "POST", "properties/companies/groups", {"name": "care", "label": "Customer care"})
    usual = {"groupName": "care", "type": "string", "fieldType": "text"}
    tiers = [{"label": "Gold", "value": "G 1"}, {"label": "Old", "value": "old", "hidden": True}]
    for name, more in {
        "note": {"label": "Note"},
        "tier": {"label": "Tier", "type": "enumeration", "fieldType": "select", "options": tiers},
        "phone_2": {"label": "Phone", "fieldType": "phonenumber"},
    }.items():
        asked(live, "POST", "properties/companies", {**usual, "name": name, **more})
    stages = [{"label": label, "displayOrder": number + 3} for number, label in enumerate(("Open", "Shut"))]
    asked(live, "POST", "pipelines/tickets", {"label": "Returns", "displayOrder": 1, "stages": stages})
    live.clear_log()
    taken = workspace.golive("adopt", "crm_field_groups", "crm_fields", "crm_pipelines", "--yes", "--json")
    assert taken.code == 0, taken.err
    assert live.writes() == []
    crm = yaml.safe_load((workspace.root / "config" / "crm.yaml").read_text(encoding="utf-8"))["integrations"]["crm"]
    assert crm["field_groups"] == {"care": {"object": "companies", "name": "Customer care"}}
    assert crm["fields"]["note"] == {"object": "companies", "name": "Note", "type": "text"}
    assert crm["fields"]["tier"]["options"] == {"gold": "Gold"}
    assert crm["pipelines"]["returns"]["stages"] == {"open": {"name": "Open"}, "shut": {"name": "Shut"}}
    assert crm["fields"]["phone_2"]["existing"] == "phone_2", "golive makes no telephone numbers"
    assert set(crm["fields"]) == {"note", "tier", "phone_2"}, "nothing of HubSpot's own"
    workspace.is_settled()
    file = "config/crm.yaml"
    workspace.edit("name: Note", "name: Notes", file)
    workspace.up()
    assert asked(live, "GET", "properties/companies/note")["label"] == "Notes"
    assert asked(live, "GET", "properties/companies/note")["groupName"] == "care", "it stays where it stood"
    workspace.is_settled()


HALDEN = Path(__file__).parents[1] / "clients" / "halden_pay"
ONE_BY_ONE = (
    ("        existing: ARR__c", "        existing: annualrevenue"),
    (
        '        type: text\n        formula: CSM__r.FirstName & " " & CSM__r.LastName',
        "        type: lookup\n        existing: hubspot_owner_id",
    ),
    ("        existing: Next_Renewal__c", "        existing: next_renewal"),
    ("        name: Support context\n", "        name: Support context\n        by_hand: true\n"),
    ("        name: CSM intake\n", "        name: CSM intake\n        by_hand: true\n"),
    ("{crm: csm_name, helpdesk", "{crm: csm_name.Name, helpdesk"),
)
"""What the findings ask for, in the client's own file."""


@pytest.fixture
def halden_pay(engine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The example client with the one line changed; HubSpot as its people have it."""
    root = tmp_path / "halden_pay"
    shutil.copytree(HALDEN, root)
    for name in ("ZENDESK_TOKEN", "SALESFORCE_TOKEN", "SLACK_TOKEN"):
        monkeypatch.setenv(name, "sandbox")
    seed = yaml.safe_load((root / "stacks" / "sandbox-account.yaml").read_text(encoding="utf-8"))
    seed["hubspot"] = {"properties": [{"name": "next_renewal", "label": "Renewal", "type": "date"}]}
    with running_sandbox(seed) as sandbox:
        path = root / "stacks" / "Pulumi.sandbox.yaml"
        text = path.read_text(encoding="utf-8").replace("127.0.0.1:8411", sandbox.url.removeprefix("http://"))
        path.write_text(text.replace("type: salesforce", "type: hubspot").replace("/salesforce", "/hubspot"))
        sandbox.settings("hubspot", calls_in_ten_seconds=100_000)
        yield Workspace(root, sandbox)


def test_a_client_changes_the_crm_by_one_line(halden_pay: Workspace) -> None:
    """Each thing that HubSpot does otherwise is a finding at its line, and then it comes up."""
    refused = halden_pay.golive("validate", "--json").checked("validate")["findings"]
    crm = "integrations.crm."
    errors = {each["path"].removeprefix(crm): each for each in refused if each["severity"] == "error"}
    assert set(errors) == {
        "fields.arr.existing", "fields.csm_name.formula", "fields.renewal_date.existing", "access.support_context",
        "queues.csm_intake",
    }  # fmt: skip
    assert all(each["hint"] and each["line"] > 1 for each in errors.values())
    assert not [each for each in refused if each["rule"].startswith("salesforce.")]
    for old, new in ONE_BY_ONE:
        halden_pay.edit(old, new, "config/config.yaml")
    shown = halden_pay.plan().document
    assert {each["key"] for each in shown["not_sent"]} == {"piet"}
    by_hand = {f"{each['kind']}/{each['key']}": each["why"] for each in shown["by_hand"]}
    assert "Manage access" in by_hand["crm_access/support_context"]
    assert "hubspot_owner_id → Name to the organisation's “CSM”" in by_hand["crm_mapping/crm_mapping"]
    assert {"crm_queues/csm_intake", "channels/chat"} <= set(by_hand)
    assert set(halden_pay.up().results.values()) == {"done"}
    made = asked(halden_pay.sandbox, "GET", "properties/companies")["results"]
    assert {each["name"] for each in made if not each["hubspotDefined"]} == {"segment", "served_from", "next_renewal"}
    halden_pay.is_settled()
