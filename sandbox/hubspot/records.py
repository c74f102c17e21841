"""Companies, contacts and tickets: their values, page by page and by id."""

from __future__ import annotations

from typing import Any

from sandbox.hubspot.pipelines import find_stage
from sandbox.hubspot.portal import Portal, check_known, invalid, missing, page, text_of
from sandbox.hubspot.properties import checked_value, listed
from sandbox.store import Row

ALWAYS = ("hs_object_id", "createdate", "hs_lastmodifieddate")
USUAL = {
    "companies": ("name", "domain"),
    "contacts": ("firstname", "lastname", "email"),
    "tickets": ("subject", "hs_pipeline", "hs_pipeline_stage"),
}
"""What is shown where the call names no properties."""
MOST_AT_ONCE = 100
_BODY = frozenset({"properties", "associations"})


def create(portal: Portal, owner: str, body: Row) -> Row:
    check_known(body, _BODY)
    values = _checked(portal, owner, body.get("properties"))
    if owner == "tickets":
        for name in ("hs_pipeline", "hs_pipeline_stage"):
            text_of(values, name)
    identifier, now = portal.new_id(), portal.now()
    values |= {"hs_object_id": identifier, "createdate": now, "hs_lastmodifieddate": now}
    row: Row = {"id": identifier, "properties": values, "createdAt": now, "updatedAt": now, "archived": False}
    _check_stage(portal, owner, values)
    portal.table(owner)[identifier] = row
    return shown(portal, owner, row, "")


def update(portal: Portal, owner: str, identifier: str, body: Row) -> Row:
    check_known(body, _BODY)
    row = find(portal, owner, identifier)
    values = {**row["properties"], **_checked(portal, owner, body.get("properties"))}
    _check_stage(portal, owner, values)
    values["hs_lastmodifieddate"] = portal.now()
    row.update(properties=values, updatedAt=portal.now())
    return shown(portal, owner, row, "")


def find(portal: Portal, owner: str, identifier: str) -> Row:
    row = portal.table(owner).get(identifier)
    if row is None:
        raise missing(f"Object {identifier} of {owner}")
    return row


def archive(portal: Portal, owner: str, identifier: str) -> None:
    find(portal, owner, identifier)
    del portal.table(owner)[identifier]


def shown(portal: Portal, owner: str, row: Row, names: str) -> Row:
    """A record with the properties named, comma after comma; those that do not exist are left out."""
    wanted = [each for each in names.split(",") if each] or list(USUAL[owner])
    known = {each["name"] for each in listed(portal, owner)}
    values = {name: row["properties"].get(name) or None for name in (*wanted, *ALWAYS) if name in known}
    return {**row, "properties": values}


def listed_page(portal: Portal, owner: str, query: dict[str, str]) -> Row:
    found = page(list(portal.table(owner).values()), query, MOST_AT_ONCE)
    names = query.get("properties", "")
    return {**found, "results": [shown(portal, owner, row, names) for row in found["results"]]}


def batch(portal: Portal, owner: str, body: Row) -> tuple[int, Row]:
    """Several by id; those that are not there make it a 207."""
    check_known(body, frozenset({"properties", "propertiesWithHistory", "inputs", "idProperty"}))
    inputs = body.get("inputs")
    if not isinstance(inputs, list) or len(inputs) > MOST_AT_ONCE:
        raise invalid(f"inputs must be a list of at most {MOST_AT_ONCE}", at="inputs")
    table = portal.table(owner)
    ids = [str(each.get("id")) for each in inputs]
    names = ",".join(body.get("properties") or [])
    answer: Row = {
        "status": "COMPLETE",
        "results": [shown(portal, owner, table[each], names) for each in ids if each in table],
        "startedAt": portal.now(),
        "completedAt": portal.now(),
    }
    gone = [each for each in ids if each not in table]
    if not gone:
        return 200, answer
    error = {"status": "error", "category": "OBJECT_NOT_FOUND", "context": {"ids": gone},
             "message": "Could not get some objects, they may be deleted or not exist."}  # fmt: skip
    return 207, {**answer, "numErrors": 1, "errors": [error]}


def _checked(portal: Portal, owner: str, given: Any) -> Row:
    if not isinstance(given, dict):
        raise invalid('Some required fields were not set: ["properties"]', at="properties")
    known = {each["name"]: each for each in listed(portal, owner)}
    found: Row = {}
    for name, value in given.items():
        definition = known.get(name)
        if definition is None:
            why = f'{{"isValid":false,"message":"Property {name} does not exist","error":"PROPERTY_DOESNT_EXIST"}}'
            raise invalid(f"Property values were not valid: [{why}]", at=name)
        if definition["modificationMetadata"]["readOnlyValue"]:
            raise invalid(f"{name} is a read only property; its value cannot be set.", at=name)
        if name == "hubspot_owner_id" and value and str(value) not in portal.table("owners"):
            raise invalid(f"{value} is not a valid owner ID", at=name)
        found[name] = checked_value(definition, value)
    return found


def _check_stage(portal: Portal, owner: str, values: Row) -> None:
    if owner == "tickets":
        find_stage(portal, str(values["hs_pipeline"]), str(values["hs_pipeline_stage"]))
