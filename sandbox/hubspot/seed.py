"""The account's start state: what every account has, and what the seed file lists.

Under `hubspot:` a seed file may say

    account: {name, id, currency}
    owners: [{name, email, archived}]                 people with a seat; the first one is whose token is used
    property_groups: [{object, name, label}]
    properties: [{object, name, label, type, fieldType, groupName, options}]      as if made by hand
    pipelines: [{label, stages: [{label, closed}]}]   of tickets, beside the one that each account begins with
    companies: [{name, arr, …}]                       values by property; `hubspot_owner_id` may be an e-mail address
"""

from __future__ import annotations

from typing import Any

from sandbox.hubspot import pipelines, properties, records
from sandbox.hubspot.portal import HubSpotError, Portal
from sandbox.hubspot.standard import FIRST_PIPELINE, FIRST_STAGES, GROUPS
from sandbox.seeding import check_lists, check_words
from sandbox.store import Row, Store

LISTS = ("owners", "property_groups", "properties", "pipelines", "companies")
_FIELD_TYPE = {"string": "text", "number": "number", "date": "date", "enumeration": "select", "bool": "booleancheckbox"}


def seed(store: Store, data: Row) -> None:
    """Fill an empty account. Raises `ValueError` for what the seed cannot mean."""
    check_words("hubspot", data, ["account", *LISTS])
    check_lists("hubspot", data, LISTS)
    portal = Portal(store)
    _account(portal, data.get("account") or {})
    people = data.get("owners") or [{"name": "Account Owner", "email": "owner@hubspot.example"}]
    for person in people:
        _owner(portal, person)
    _first_pipeline(portal)
    try:
        for given in data.get("property_groups") or []:
            row = {"name": given["name"], "label": given.get("label", given["name"])}
            properties.create_group(portal, given.get("object", "companies"), row)
        for given in data.get("properties") or []:
            _property(portal, dict(given))
        for given in data.get("pipelines") or []:
            _pipeline(portal, given)
        for given in data.get("companies") or []:
            _company(portal, dict(given))
    except HubSpotError as wrong:
        raise ValueError(f"hubspot: {wrong}") from wrong


def _account(portal: Portal, about: Row) -> None:
    portal.table("_account")["1"] = {
        "id": "1",
        "name": about.get("name", "Sandbox Company"),
        "portalId": int(about.get("id", 1_234_567)),
        "userId": 1,
        "accountType": "STANDARD",
        "timeZone": "US/Eastern",
        "companyCurrency": about.get("currency", "USD"),
        "additionalCurrencies": [],
        "utcOffset": "-04:00",
        "utcOffsetMilliseconds": -14_400_000,
        "uiDomain": "app.hubspot.com",
        "dataHostingLocation": "na1",
    }


def _owner(portal: Portal, person: Row) -> None:
    first, _, last = str(person["name"]).rpartition(" ")
    number = len(portal.table("owners")) + 1
    row: Row = {"id": portal.new_id(), "email": person["email"], "firstName": first, "lastName": last, "userId": number}
    row |= {"createdAt": portal.now(), "updatedAt": portal.now(), "archived": bool(person.get("archived")), "teams": []}
    portal.table("owners")[row["id"]] = row


def _first_pipeline(portal: Portal) -> None:
    """It was there before anybody came, with ids of its own."""
    stages = [
        {"id": identifier, "label": label, "displayOrder": number, "metadata": {"ticketState": state},
         "archived": False, "createdAt": portal.now(), "updatedAt": portal.now()}
        for number, (identifier, label, state) in enumerate(FIRST_STAGES)
    ]  # fmt: skip
    row: Row = {"id": FIRST_PIPELINE, "label": "Support Pipeline", "displayOrder": 0, "stages": stages}
    row |= {"archived": False, "createdAt": portal.now(), "updatedAt": portal.now()}
    portal.table("pipelines")[FIRST_PIPELINE] = row


def _property(portal: Portal, given: Row) -> None:
    owner = str(given.pop("object", "companies"))
    sort = str(given.setdefault("type", "string"))
    given.setdefault("fieldType", _FIELD_TYPE.get(sort))
    given.setdefault("label", given["name"])
    given.setdefault("groupName", next(iter(GROUPS[owner])))
    if sort == "bool":
        given.setdefault("options", [{"label": "Yes", "value": "true"}, {"label": "No", "value": "false"}])
    properties.create(portal, owner, given)


def _pipeline(portal: Portal, given: Row) -> None:
    stages = [
        {"label": each["label"], "displayOrder": number,
         "metadata": {"ticketState": "CLOSED" if each.get("closed") else "OPEN"}}
        for number, each in enumerate(given["stages"])
    ]  # fmt: skip
    pipelines.create(portal, {"label": given["label"], "displayOrder": 1, "stages": stages})


def _company(portal: Portal, given: Row) -> None:
    owner: Any = given.get("hubspot_owner_id")
    if isinstance(owner, str) and "@" in owner:
        found = next((row["id"] for row in portal.table("owners").values() if row["email"] == owner), None)
        if found is None:
            raise ValueError(f"company {given.get('name')}: no owner has the address {owner}")
        given["hubspot_owner_id"] = found
    records.create(portal, "companies", {"properties": given})
