"""A CRM with accounts and a helpdesk with organizations, beside files that say what goes from one to the other."""

from __future__ import annotations

from typing import Any

from sandbox.salesforce.identifier import numbered_id
from tests.cli.workspace import Workspace
from tests.live_sandbox import LiveSandbox

FILES = """
segments: {{big: {{name: Big}}, small: {{name: Small}}}}
people: {{tool: {{name: Integration User, email: integration@salesforce.example, role: admin}}}}
customer_fields:
  account: {{of: organization, name: Account, type: text}}
  arr: {{of: organization, name: Yearly revenue, type: decimal}}
  csm: {{of: organization, name: Manager, type: text}}
  renewal_date: {{of: organization, name: Renewal date, type: date}}
  segment: {{of: organization, name: Segment, type: dropdown, options_from: segments}}
trigger_categories: {{route: {{name: Route}}}}
triggers:
  big_first:
    name: Big ones first
    category: route
    when: [{{field: organization.renewal_date, within_next: 30d}}, {{event: created}}]
    then: [{{add_tags: [first]}}]
integrations:
  crm:
    account_key: {account_key}
    fields:
      account_name: {{object: Account, type: text, existing: Name}}
      arr: {{object: Account, type: currency, existing: ARR__c}}
      csm: {{object: Account, type: lookup, existing: CSM__c}}
      renewal_date: {{object: Account, type: date, existing: Renewal__c}}
      segment: {{object: Account, type: dropdown, existing: Segment__c, options_from: segments}}
    mapping:
      written_by: {written_by}
      {billing}
      rows:
        - {{crm: account_name, helpdesk: organization.name}}
        - {{crm: arr, helpdesk: organization.arr}}
        - {{crm: csm.Name, helpdesk: organization.csm}}
        - {{crm: renewal_date, helpdesk: organization.renewal_date}}
        - {{crm: segment, helpdesk: organization.segment}}
    completeness: {{at_least: 70%, of: [arr, renewal_date, segment]}}
"""
SEED = {
    "salesforce": {
        "organization": {"name": "Acme", "id": "00D5e000002hrt1"},
        "users": [{"name": "Dana Ruiz", "email": "dana@acme.example"}],
        "custom_fields": [
            {"name": "ARR__c", "type": "Currency"},
            {"name": "CSM__c", "type": "Lookup", "referenceTo": "User", "relationshipName": "Accounts"},
            {"name": "Renewal__c", "type": "Date"},
            {
                "name": "Segment__c",
                "type": "Picklist",
                "valueSet": {
                    "restricted": False,
                    "valueSetDefinition": {
                        "sorted": False,
                        "value": [{"valueName": "A", "label": "Big"}, {"valueName": "small", "label": "Small"}],
                    },
                },
            },
        ],
    }
}


def files(account_key: str = "external_id", written_by: str = "golive", billing: str = "") -> str:
    """What the workspace declares."""
    said = f"billing: {billing}" if billing else ""
    return FILES.format(account_key=account_key, written_by=written_by, billing=said)


def account(sandbox: LiveSandbox, number: int, name: str, **values: Any) -> str:
    """An account that somebody has entered; its id."""
    table = sandbox.store.table("salesforce", "Account")
    identifier = numbered_id("001", 10_000 + number)
    table[identifier] = {"Id": identifier, "Name": name, **values}
    return identifier


def manager(sandbox: LiveSandbox) -> str:
    """The id of the one who looks after accounts."""
    users = sandbox.store.table("salesforce", "User").values()
    return next(str(user["Id"]) for user in users if user["Email"] == "dana@acme.example")


def organization(workspace: Workspace, **body: Any) -> str:
    """An organization that somebody has entered; its id."""
    return str(workspace.zendesk("POST", "organizations", {"organization": body})["organization"]["id"])


def held(sandbox: LiveSandbox) -> dict[str, tuple[str, dict[str, Any]]]:
    """Name of each organization → its external id and values."""
    rows = sandbox.store.table("zendesk", "organizations").values()
    return {
        row["name"]: (
            row["external_id"] or "",
            {key: value for key, value in row["organization_fields"].items() if value is not None},
        )
        for row in rows
    }
