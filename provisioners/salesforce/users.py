"""Who has a user in Salesforce, which permission sets they hold, which queues they take from: three queries, whatever
the number of people."""

from __future__ import annotations

from provisioners.people import Belonging, LivePerson
from provisioners.salesforce.access import PermissionSet, PermissionSetAssignment
from provisioners.salesforce.client import SalesforceClient, long_id
from provisioners.salesforce.queue import Queue, QueueMember


def users(client: SalesforceClient, url: str) -> list[LivePerson]:
    """All users that people sign in with. Reads only. Raises SystemFault."""
    held: dict[str, list[Belonging]] = {}
    columns = "Id, AssigneeId, PermissionSetId, PermissionSet.Label"
    for row in client.select("PermissionSetAssignment", columns, "PermissionSet.IsOwnedByProfile = false"):
        label = str((row.get("PermissionSet") or {}).get("Label") or "")
        assignment = (PermissionSetAssignment.type, long_id(row["Id"]))
        belonging = Belonging(PermissionSet.type, long_id(row["PermissionSetId"]), label, assignment)
        held.setdefault(long_id(row["AssigneeId"]), []).append(belonging)
    for row in client.select("GroupMember", "Id, UserOrGroupId, GroupId, Group.Name", "Group.Type = 'Queue'"):
        called, member = str((row.get("Group") or {}).get("Name") or ""), (QueueMember.type, long_id(row["Id"]))
        queue = Belonging(Queue.type, long_id(row["GroupId"]), called, member)
        held.setdefault(long_id(row["UserOrGroupId"]), []).append(queue)
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
