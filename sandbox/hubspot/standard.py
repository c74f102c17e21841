"""What every account has: the vendor's own properties and groups, and the pipeline that tickets begin in.

A small part of the vendor's own; none of it can be changed here, as `modificationMetadata` says.
"""

from __future__ import annotations

from sandbox.store import Row

GROUPS = {
    "companies": {"companyinformation": "Company information", "companyactivity": "Company activity"},
    "contacts": {"contactinformation": "Contact information", "contactactivity": "Contact activity"},
    "tickets": {"ticketinformation": "Ticket information", "ticketactivity": "Ticket activity"},
}

_EVERYWHERE = (
    ("hs_object_id", "Record ID", "number", "number", True),
    ("createdate", "Create Date", "datetime", "date", True),
    ("hs_lastmodifieddate", "Last Modified Date", "datetime", "date", True),
    ("hubspot_owner_id", "Owner", "enumeration", "select", False),
)
_OWN = {
    "companies": (
        ("name", "Company name", "string", "text", False),
        ("domain", "Company Domain Name", "string", "text", False),
        ("industry", "Industry", "string", "text", False),
        ("city", "City", "string", "text", False),
        ("country", "Country/Region", "string", "text", False),
        ("annualrevenue", "Annual Revenue", "number", "number", False),
        ("numberofemployees", "Number of Employees", "number", "number", False),
        ("description", "Description", "string", "textarea", False),
        ("phone", "Phone Number", "string", "phonenumber", False),
    ),
    "contacts": (
        ("firstname", "First Name", "string", "text", False),
        ("lastname", "Last Name", "string", "text", False),
        ("email", "Email", "string", "text", False),
        ("jobtitle", "Job Title", "string", "text", False),
        ("company", "Company Name", "string", "text", False),
    ),
    "tickets": (
        ("subject", "Ticket name", "string", "text", False),
        ("content", "Ticket description", "string", "textarea", False),
        ("hs_pipeline", "Pipeline", "string", "text", False),
        ("hs_pipeline_stage", "Ticket status", "string", "text", False),
        ("hs_ticket_priority", "Priority", "string", "text", False),
    ),
}


def _property(owner: str, name: str, label: str, type_: str, field_type: str, read_only: bool) -> Row:
    of_owner = name == "hubspot_owner_id"
    return {
        "name": name,
        "label": label,
        "type": type_,
        "fieldType": field_type,
        "groupName": list(GROUPS[owner])[name in ("createdate", "hs_lastmodifieddate")],
        "description": "",
        "options": [],
        "displayOrder": -1,
        "calculated": False,
        "externalOptions": of_owner,
        **({"referencedObjectType": "OWNER"} if of_owner else {}),
        "hasUniqueValue": False,
        "hidden": False,
        "formField": False,
        "hubspotDefined": True,
        "modificationMetadata": {
            "archivable": False,
            "readOnlyDefinition": True,
            "readOnlyOptions": True,
            "readOnlyValue": read_only,
        },
        "archived": False,
    }


PROPERTIES: dict[str, dict[str, Row]] = {
    owner: {each[0]: _property(owner, *each) for each in (*_EVERYWHERE, *own)} for owner, own in _OWN.items()
}

FIRST_PIPELINE = "0"
FIRST_STAGES = (("1", "New", "OPEN"), ("2", "Waiting on contact", "OPEN"), ("3", "Waiting on us", "OPEN"),
                ("4", "Closed", "CLOSED"))  # fmt: skip
"""The pipeline that each account has from the beginning, with ids that are the same everywhere."""
