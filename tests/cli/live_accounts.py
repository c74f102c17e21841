"""Everything that stands in the sandbox's three accounts, and a person's hands that turn it back to what it was."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

from tests.cli.metadata_api import object_listed, object_read, object_written
from tests.cli.workspace import Workspace

Body = dict[str, Any]
Snapshot = dict[tuple[str, str], Body]
"""(shelf, the vendor's id) → what the vendor shows."""

ECHOES = frozenset(
    {
        "url", "updated_at", "updated_by", "created_at", "default_group_id", "attributes", "LastModifiedDate",
        "SystemModstamp", "CreatedDate",
    }
)  # fmt: skip
"""What changes by itself."""


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The attributes in which two bodies of one object differ."""
    return {name for name in {*before, *after} - ECHOES if before.get(name) != after.get(name)}


class Shelf:
    """The objects of one type at its vendor, read and written as the vendor's own pages do it."""

    name: str

    def read(self, workspace: Workspace) -> dict[str, Body]:
        raise NotImplementedError

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        """Give an object its old attributes again."""
        raise NotImplementedError

    def make(self, workspace: Workspace, old: Body) -> None:
        """Make an object again that is gone."""

    def remove(self, workspace: Workspace, identifier: str, now: Body) -> None:
        """Remove an object that was not there."""


class Zendesk(Shelf):
    """A list of Zendesk's."""

    def __init__(self, name: str, path: str = "", one: str = "", method: str = "PUT", query: str = "") -> None:
        self.name = name
        self.path = path or name
        self.one = one or name.removesuffix("s")
        self.method = method
        self.query = query

    def read(self, workspace: Workspace) -> dict[str, Body]:
        listed = workspace.zendesk("GET", f"{self.path}?per_page=100{self.query}")[self.name]
        return {str(each["id"]): each for each in listed}

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        self._write(workspace, identifier, {name: old.get(name) for name in differences(old, now)})

    def _write(self, workspace: Workspace, identifier: str, body: Body) -> None:
        workspace.zendesk(self.method, f"{self.path}/{identifier}", {self.one: body})


class Roles(Zendesk):
    """Only rights that change can be sent."""

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        body = {name: old[name] for name in differences(old, now) if name != "team_member_count"}
        if "configuration" in body:
            now_so = now["configuration"]
            body["configuration"] = {
                name: value for name, value in old["configuration"].items() if value != now_so.get(name)
            }
        if body:
            self._write(workspace, identifier, body)


class Users(Zendesk):
    def read(self, workspace: Workspace) -> dict[str, Body]:
        return {
            str(each["id"]): each
            for role in ("agent", "admin")
            for each in workspace.zendesk("GET", f"users?per_page=100&role={role}")["users"]
        }


class Fields(Zendesk):
    """An option that was removed in between is made anew."""

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        body = {name: old.get(name) for name in differences(old, now)}
        if body.get("custom_field_options"):
            ids = {each["value"]: each["id"] for each in now["custom_field_options"]}
            body["custom_field_options"] = [
                {
                    "name": each["name"],
                    "value": each["value"],
                    **({"id": ids[each["value"]]} if each["value"] in ids else {}),
                }
                for each in old["custom_field_options"]
            ]
        self._write(workspace, identifier, body)


class Contents(Zendesk):
    """Dynamic content. Its texts are written one by one."""

    def read(self, workspace: Workspace) -> dict[str, Body]:
        """The texts by language, with the ids of what can be written apart."""
        found = super().read(workspace)
        for body in found.values():
            listed = body.pop("variants")
            body["attributes"] = {each["locale_id"]: each["id"] for each in listed}
            told = ("locale_id", "content", "active", "default")
            body["variants"] = sorted(({name: each[name] for name in told} for each in listed), key=str)
        return found

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        self._write(workspace, identifier, {"name": old["name"]})
        there = now["attributes"]
        wanted = {each["locale_id"]: each for each in old["variants"]}
        path = f"{self.path}/{identifier}/variants"
        for number, variant in sorted(wanted.items(), key=lambda each: not each[1]["default"]):
            body = {name: variant[name] for name in ("content", "active", "default")}
            if number in there:
                workspace.zendesk("PUT", f"{path}/{there[number]}", {"variant": body})
            else:
                workspace.zendesk("POST", path, {"variant": {"locale_id": number, **body}})
        for number in {*there} - {*wanted}:
            workspace.zendesk("DELETE", f"{path}/{there[number]}")


class Macros(Zendesk):
    """The files are a list of their own, written as ids."""

    def read(self, workspace: Workspace) -> dict[str, Body]:
        return {
            key: {**body, "attachments": [each["id"] for each in self._files(workspace, key)]}
            for key, body in super().read(workspace).items()
        }

    def _files(self, workspace: Workspace, identifier: str) -> list[Body]:
        listed: list[Body] = workspace.zendesk("GET", f"macros/{identifier}/attachments")["macro_attachments"]
        return listed


class Views(Zendesk):
    """They are written in another form than they are read."""

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        changed = differences(old, now)
        body = {name: old[name] for name in changed - {"conditions", "execution"}}
        if "conditions" in changed:
            body |= {name: old["conditions"][name] for name in ("all", "any")}
        if "execution" in changed:
            said = ("group_by", "group_order", "sort_by", "sort_order")
            columns = [each["id"] for each in old["execution"]["columns"]]
            body["output"] = {"columns": columns, **{name: old["execution"][name] for name in said}}
        self._write(workspace, identifier, body)


class Forms(Zendesk):
    """Conditions go before the fields that they name. A form is the default one until another one is."""

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        body = {name: old[name] for name in differences(old, now) if name != "default" or old["default"]}
        for condition in body.get("agent_conditions", ()):
            for child in condition["child_fields"]:
                child["required_on_statuses"].pop("custom_statuses", None)  # the vendor takes one or the other
        conditions = {"agent_conditions": [], "end_user_conditions": []}
        if "ticket_field_ids" in body:
            self._write(workspace, identifier, conditions)
            body |= {name: old[name] for name in conditions}
        if body:
            self._write(workspace, identifier, body)


class Schedules(Zendesk):
    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        self._write(workspace, identifier, {name: old[name] for name in ("name", "time_zone")})
        workspace.zendesk("PUT", f"{self.path}/{identifier}/workweek", {"workweek": {"intervals": old["intervals"]}})


class Holidays(Shelf):
    name = "holidays"

    def read(self, workspace: Workspace) -> dict[str, Body]:
        found: dict[str, Body] = {}
        for schedule in workspace.zendesk("GET", "business_hours/schedules")["schedules"]:
            listed = workspace.zendesk("GET", f"business_hours/schedules/{schedule['id']}/holidays")["holidays"]
            found |= {str(each["id"]): {**each, "schedule": schedule["id"]} for each in listed}
        return found

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        body = {name: old[name] for name in ("name", "start_date", "end_date")}
        workspace.zendesk("PUT", f"{self._path(old)}/{identifier}", {"holiday": body})

    def make(self, workspace: Workspace, old: Body) -> None:
        body = {name: old[name] for name in ("name", "start_date", "end_date")}
        workspace.zendesk("POST", self._path(old), {"holiday": body})

    def remove(self, workspace: Workspace, identifier: str, now: Body) -> None:
        workspace.zendesk("DELETE", f"{self._path(now)}/{identifier}")

    def _path(self, body: Body) -> str:
        return f"business_hours/schedules/{body['schedule']}/holidays"


class Memberships(Zendesk):
    """Who is in which group. The default group is chosen once all are there again."""

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        if old["default"]:
            workspace.zendesk("PUT", f"users/{old['user_id']}/group_memberships/{identifier}/make_default", {})

    def make(self, workspace: Workspace, old: Body) -> None:
        body = {name: old[name] for name in ("user_id", "group_id")}
        made = workspace.zendesk("POST", self.path, {self.one: body})[self.one]
        self.change(workspace, str(made["id"]), old, made)

    def remove(self, workspace: Workspace, identifier: str, now: Body) -> None:
        workspace.zendesk("DELETE", f"{self.path}/{identifier}")


class Addresses(Zendesk):
    """An address is the default one until another one is. A new address would have to be verified, and would stand in
    the way of golive's own: nobody makes one by hand here."""

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        body = {name: old[name] for name in differences(old, now) if name != "default" or old["default"]}
        if body:
            self._write(workspace, identifier, body)


class CustomObjects(Zendesk):
    """Their key is their id."""

    def read(self, workspace: Workspace) -> dict[str, Body]:
        return {each["key"]: each for each in workspace.zendesk("GET", self.path)[self.name]}


class Statuses(Zendesk):
    """A status is the default of its category until another one is."""

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        body = {name: old[name] for name in differences(old, now) if name != "default" and not name.startswith("raw_")}
        if body:
            self._write(workspace, identifier, body)
        if old["default"] and not now["default"]:
            workspace.zendesk("PUT", "custom_status/default", {"ids": identifier})


class Brands(Zendesk):
    """A brand is the default one until another one is."""

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        changed = differences(old, now) - {"brand_url", "ticket_form_ids"}
        body = {name: old[name] for name in changed if name != "default" or old["default"]}
        if body:
            self._write(workspace, identifier, body)


class Skills(Zendesk):
    """Sorts of skills."""

    def read(self, workspace: Workspace) -> dict[str, Body]:
        return {each["id"]: each for each in workspace.zendesk("GET", "routing/attributes")["attributes"]}


class SkillValues(Shelf):
    """The skills of all sorts. One that somebody makes again has another id, and is nobody's."""

    name = "attribute_values"

    def read(self, workspace: Workspace) -> dict[str, Body]:
        listed = workspace.zendesk("GET", "routing/attributes?include=attribute_values")["attribute_values"]
        return {each["id"]: each for each in listed}

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        path = f"routing/attributes/{old['attribute_id']}/values/{identifier}"
        workspace.zendesk("PATCH", path, {"attribute_value": {"name": old["name"]}})

    def remove(self, workspace: Workspace, identifier: str, now: Body) -> None:
        workspace.zendesk("DELETE", f"routing/attributes/{now['attribute_id']}/values/{identifier}")


class AgentSkills(Shelf):
    """Who has which skill."""

    name = "instance_values"

    def read(self, workspace: Workspace) -> dict[str, Body]:
        emails = {key: each["email"] for key, each in Users("users").read(workspace).items()}
        listed = workspace.zendesk(
            "GET", f"routing/agents/instance_values?page[size]=100&filter[agent_ids]={','.join(emails)}"
        )["instance_values"]
        return {each["id"]: {**each, "declared": f"{emails[str(each['agent_id'])]}/{each['name']}"} for each in listed}

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        """Only the skill's name is another one, which is not who has it."""

    def make(self, workspace: Workspace, old: Body) -> None:
        there = {each["id"] for each in SkillValues().read(workspace).values()}
        if old["attribute_value_id"] in there:
            self._set(workspace, old, {*self._of(workspace, old), old["attribute_value_id"]})

    def remove(self, workspace: Workspace, identifier: str, now: Body) -> None:
        self._set(workspace, now, self._of(workspace, now) - {now["attribute_value_id"]})

    def _of(self, workspace: Workspace, body: Body) -> set[str]:
        held = workspace.zendesk("GET", f"routing/agents/{body['agent_id']}/instance_values")["attribute_values"]
        return {each["id"] for each in held}

    def _set(self, workspace: Workspace, body: Body, values: set[str]) -> None:
        sent = {"attribute_value_ids": sorted(values)}
        workspace.zendesk("POST", f"routing/agents/{body['agent_id']}/instance_values", sent)


class Queues(Zendesk):
    """They are written with ids of groups, and read with the groups as these are called now."""

    GROUPS = ("primary_groups", "secondary_groups")

    def read(self, workspace: Workspace) -> dict[str, Body]:
        ids = {
            key: {name: sorted(each["id"] for each in body[name]["groups"]) for name in self.GROUPS}
            for key, body in super().read(workspace).items()
        }
        return {key: {**body, **ids[key]} for key, body in super().read(workspace).items()}

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        changed = differences(old, now)
        body = {name: old[name] for name in changed - {*self.GROUPS}}
        if changed & {*self.GROUPS}:
            body |= {f"{name}_id": old[name] for name in self.GROUPS}
        self._write(workspace, identifier, body)


class Webhooks(Zendesk):
    """The vendor shows no credentials, so that whoever goes back to another way of signing in types new ones."""

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        changed = differences(old, now)
        body = {name: old.get(name) for name in changed - {"authentication"}}
        if "authentication" not in changed:
            workspace.zendesk("PATCH", f"webhooks/{identifier}", {"webhook": body})
            return
        whole = {name: value for name, value in old.items() if name not in ("id", "authentication")}
        kind = (old.get("authentication") or {}).get("type")
        if kind:
            data = {
                "bearer_token": {"token": "typed"},
                "basic_auth": {"username": "somebody", "password": "typed"},
                "api_key": {"name": "X-Typed", "value": "typed"},
            }[kind]
            whole["authentication"] = {"type": kind, "add_position": "header", "data": data}
        workspace.zendesk("PUT", f"webhooks/{identifier}", {"webhook": whole})


class HelpCenter(Zendesk):
    """Categories, sections or articles, without what stands in their texts."""

    TEXTS = ("body", "description", "draft", "outdated", "outdated_locales", "translations", "html_url", "edited_at")

    def read(self, workspace: Workspace) -> dict[str, Body]:
        listed = workspace.zendesk("GET", f"help_center/{self.name}?per_page=100")[self.name]
        return {
            str(each["id"]): {name: value for name, value in each.items() if name not in self.TEXTS} for each in listed
        }

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        changed = differences(old, now) - {"name", "title", "locale", "source_locale"}
        if "user_segment_id" in changed:  # one that golive made is gone once no article is for it
            segments = workspace.zendesk("GET", "help_center/user_segments?per_page=100")["user_segments"]
            if old["user_segment_id"] not in (None, *(each["id"] for each in segments)):
                changed.remove("user_segment_id")
        for names in (changed - {"parent_section_id"}, changed & {"parent_section_id"}):
            if names:
                self._write(workspace, identifier, {name: old.get(name) for name in names})


class HelpCenterTexts(Shelf):
    """The translations of one of these."""

    def __init__(self, owners: str) -> None:
        self.name = f"texts of {owners}"
        self.owners = owners

    def read(self, workspace: Workspace) -> dict[str, Body]:
        listed = workspace.zendesk("GET", f"help_center/{self.owners}?per_page=100&include=translations")[self.owners]
        plain = ("source_id", "locale", "title", "body", "draft")
        return {
            str(text["id"]): {name: text[name] for name in plain} for each in listed for text in each["translations"]
        }

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        body = {name: old[name] for name in ("title", "body", "draft")}
        workspace.zendesk("PUT", f"{self._path(old)}/{old['locale']}", {"translation": body})

    def make(self, workspace: Workspace, old: Body) -> None:
        body = {name: value for name, value in old.items() if name != "source_id"}
        workspace.zendesk("POST", self._path(old), {"translation": body})

    def remove(self, workspace: Workspace, identifier: str, now: Body) -> None:
        workspace.zendesk("DELETE", f"help_center/translations/{identifier}")

    def _path(self, body: Body) -> str:
        return f"help_center/{self.owners}/{body['source_id']}/translations"


class Channels(Shelf):
    """Slack's channels with their members."""

    name = "channels"

    def read(self, workspace: Workspace) -> dict[str, Body]:
        listed = workspace.slack("conversations.list", limit=200, types="public_channel,private_channel")["channels"]
        return {
            each["id"]: {
                "name": each["name"],
                "is_archived": each["is_archived"],
                "topic": html.unescape(each["topic"]["value"]),
                "purpose": html.unescape(each["purpose"]["value"]),
                "members": sorted(workspace.slack("conversations.members", channel=each["id"])["members"]),
            }
            for each in listed
        }

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        changed = differences(old, now)
        calls = {
            "name": "conversations.rename",
            "topic": "conversations.setTopic",
            "purpose": "conversations.setPurpose",
        }
        for name, method in calls.items():
            if name in changed:
                workspace.slack(method, channel=identifier, **{name: old[name]})
        for person in {*now["members"]} - {*old["members"]}:
            workspace.slack("conversations.kick", channel=identifier, user=person)
        for person in {*old["members"]} - {*now["members"]}:
            workspace.slack("conversations.invite", channel=identifier, users=person)


class UserGroups(Shelf):
    """Slack's user groups with their members."""

    name = "usergroups"

    def read(self, workspace: Workspace) -> dict[str, Body]:
        listed = workspace.slack("usergroups.list", include_disabled=True, include_users=True)["usergroups"]
        return {
            each["id"]: {
                "name": each["name"],
                "handle": each["handle"],
                "description": html.unescape(each["description"]),
                "active": not each["date_delete"],
                "users": sorted(each["users"]),
            }
            for each in listed
        }

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        changed = differences(old, now)
        texts = {name: old[name] for name in changed & {"name", "handle", "description"}}
        if texts:
            workspace.slack("usergroups.update", usergroup=identifier, **texts)
        if "users" in changed and old["users"]:
            workspace.slack("usergroups.users.update", usergroup=identifier, users=",".join(old["users"]))
        if "active" in changed:
            workspace.slack(f"usergroups.{'enable' if old['active'] else 'disable'}", usergroup=identifier)


class CrmObjects(Shelf):
    name = "CustomObject"

    def read(self, workspace: Workspace) -> dict[str, Body]:
        return {each: object_read(workspace, name) for each, name in object_listed(workspace).items()}

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        object_written(workspace, "updateMetadata", old)


class CustomFields(Shelf):
    name = "CustomField"

    def read(self, workspace: Workspace) -> dict[str, Body]:
        query = quote("SELECT Id, DeveloperName FROM CustomField")
        listed = workspace.crm("GET", f"tooling/query?q={query}")["records"]
        ids = [each["Id"] for each in listed]
        return {each: workspace.crm("GET", f"tooling/sobjects/CustomField/{each}") for each in ids}

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        body = {"FullName": old["FullName"], "Metadata": old["Metadata"]}
        workspace.crm("PATCH", f"tooling/sobjects/CustomField/{identifier}", body)


class Records(Shelf):
    """Plain records of Salesforce. written: the attributes that can be changed; all others are given once."""

    def __init__(
        self, name: str, columns: str, given: tuple[str, ...], written: tuple[str, ...], where: str = ""
    ) -> None:
        self.name = name
        self.columns = columns
        self.given = given
        self.written = written
        self.where = where

    def read(self, workspace: Workspace) -> dict[str, Body]:
        listed = workspace.crm_records(f"SELECT Id, {self.columns} FROM {self.name}{self.where}")
        return {each["Id"]: each for each in listed}

    def change(self, workspace: Workspace, identifier: str, old: Body, now: Body) -> None:
        workspace.crm("PATCH", f"sobjects/{self.name}/{identifier}", {name: old[name] for name in self.written})

    def make(self, workspace: Workspace, old: Body) -> None:
        body = {name: old[name] for name in (*self.given, *self.written)}
        workspace.crm("POST", f"sobjects/{self.name}", body)

    def remove(self, workspace: Workspace, identifier: str, now: Body) -> None:
        workspace.crm("DELETE", f"sobjects/{self.name}/{identifier}")


class QueueMembers(Records):
    """Members of queues, with their addresses."""

    def read(self, workspace: Workspace) -> dict[str, Body]:
        emails = {each["Id"]: each["Email"] for each in workspace.crm_records("SELECT Id, Email FROM User")}
        return {key: {**each, "email": emails[each["UserOrGroupId"]]} for key, each in super().read(workspace).items()}


OBJECT_RIGHTS = ("PermissionsRead", "PermissionsEdit", "PermissionsCreate", "PermissionsDelete")
SHELVES: tuple[Shelf, ...] = (
    Roles("custom_roles"),
    Zendesk("groups"),
    Users("users"),
    Memberships("group_memberships"),
    Addresses("recipient_addresses", one="recipient_address"),
    Schedules("schedules", "business_hours/schedules"),
    Holidays(),
    Contents("items", "dynamic_content/items"),
    Brands("brands"),
    Statuses("custom_statuses", one="custom_status"),
    Skills("attributes", "routing/attributes"),
    SkillValues(),
    AgentSkills(),
    Fields("ticket_fields"),
    Fields("organization_fields"),
    Fields("user_fields"),
    Forms("ticket_forms"),
    Zendesk("trigger_categories", one="trigger_category", method="PATCH"),
    Zendesk("triggers"),
    Zendesk("automations"),
    Macros("macros"),
    Views("views"),
    Zendesk("sla_policies", "slas/policies", "sla_policy"),
    CustomObjects("custom_objects", method="PATCH"),
    Zendesk("deletion_schedules"),
    Zendesk("group_sla_policies", "group_slas/policies", "group_sla_policy"),
    Queues("queues"),
    Webhooks("webhooks"),
    HelpCenter("categories", "help_center/categories", "category"),
    HelpCenterTexts("categories"),
    HelpCenter("sections", "help_center/sections", "section"),
    HelpCenterTexts("sections"),
    HelpCenter("articles", "help_center/articles", "article"),
    HelpCenterTexts("articles"),
    Channels(),
    UserGroups(),
    CrmObjects(),
    Records(
        "RecordType",
        "Name, DeveloperName, SobjectType, Description, IsActive",
        (),
        ("Name", "Description", "IsActive"),
    ),
    CustomFields(),
    Records("PermissionSet", "Name, Label", (), ("Label",), " WHERE IsOwnedByProfile = false"),
    Records(
        "FieldPermissions",
        "ParentId, SobjectType, Field, PermissionsRead, PermissionsEdit",
        ("ParentId", "SobjectType", "Field"),
        ("PermissionsRead", "PermissionsEdit"),
    ),
    Records(
        "ObjectPermissions",
        f"ParentId, SobjectType, {', '.join(OBJECT_RIGHTS)}",
        ("ParentId", "SobjectType"),
        OBJECT_RIGHTS,
    ),
    Records(
        "PermissionSetAssignment", "PermissionSetId, AssigneeId, Assignee.Email", ("PermissionSetId", "AssigneeId"), ()
    ),
    Records("Group", "Name, DeveloperName, Type", (), ("Name",), " WHERE Type = 'Queue'"),
    Records("QueueSobject", "QueueId, SobjectType", ("QueueId", "SobjectType"), ()),
    QueueMembers("GroupMember", "GroupId, UserOrGroupId", ("GroupId", "UserOrGroupId"), ()),
)


def snapshot(workspace: Workspace) -> Snapshot:
    """Everything that stands in the accounts now."""
    return {(shelf.name, key): body for shelf in SHELVES for key, body in shelf.read(workspace).items()}


def turn_back(workspace: Workspace, old: Snapshot, now: Snapshot) -> None:
    """Somebody makes by hand of everything what it was."""
    for shelf in SHELVES:
        before = {key: body for (name, key), body in old.items() if name == shelf.name}
        after = {key: body for (name, key), body in now.items() if name == shelf.name}
        for key in [key for key in after if key not in before]:
            shelf.remove(workspace, key, after[key])
        for key in [key for key in before if key not in after]:
            shelf.make(workspace, before[key])
        for key in [key for key in before if key in after]:
            if differences(before[key], after[key]):
                try:
                    shelf.change(workspace, key, before[key], after[key])
                except HTTPError as refused:
                    refused.add_note(f"{shelf.name} {key}: {refused.read().decode()}")
                    raise
