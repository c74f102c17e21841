"""Who has a user in Salesforce, and which permission sets they hold: two queries, whatever the number of people."""

from __future__ import annotations

from provisioners.people import Belonging, LivePerson
from provisioners.salesforce.access import PermissionSet
from provisioners.salesforce.client import SalesforceClient, long_id


def users(client: SalesforceClient, url: str) -> list[LivePerson]:
    """All users that people sign in with. Reads only. Raises SystemFault."""
    held: dict[str, list[Belonging]] = {}
    columns = "AssigneeId, PermissionSetId, PermissionSet.Label"
    for row in client.select("PermissionSetAssignment", columns, "PermissionSet.IsOwnedByProfile = false"):
        label = str((row.get("PermissionSet") or {}).get("Label") or "")
        belonging = Belonging(PermissionSet.type, long_id(row["PermissionSetId"]), label)
        held.setdefault(long_id(row["AssigneeId"]), []).append(belonging)
    found = client.select("User", "Id, Email, Name, IsActive, Profile.Name", "UserType = 'Standard'")
    return [
        LivePerson(
            str(row.get("Email") or ""),
            str(row.get("Name") or ""),
            row.get("IsActive") is True,
            str((row.get("Profile") or {}).get("Name") or ""),
            tuple(held.get(long_id(row["Id"]), ())),
            f"{url.rstrip('/')}/{long_id(row['Id'])}",
        )
        for row in found
    ]
