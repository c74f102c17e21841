"""Pipelines of tickets and their stages.

Source: developers.hubspot.com, “Pipelines”, and the vendor's API description. A pipeline has at least one stage. With
`validateReferencesBeforeDelete` no pipeline is deleted in which tickets stand; without it, and with a stage, for which
there is no such word, they keep the id of what is gone. A change of a stage must say its `metadata`.
"""

from __future__ import annotations

from typing import Any

from sandbox.hubspot.portal import HubSpotError, Portal, check_known, invalid, missing, text_of
from sandbox.store import Row

STATES = ("OPEN", "CLOSED")
_PIPELINE = frozenset({"label", "displayOrder"})
_STAGE = frozenset({"label", "displayOrder", "metadata"})


def listed(portal: Portal) -> list[Row]:
    """All pipelines of tickets, in the order in which they are shown."""
    rows = sorted(portal.table("pipelines").values(), key=lambda row: (row["displayOrder"], row["label"].lower()))
    return [_shown(row) for row in rows]


def find(portal: Portal, identifier: str) -> Row:
    row: Row | None = portal.table("pipelines").get(identifier)
    if row is None:
        raise missing(f"Pipeline {identifier}")
    return row


def shown(portal: Portal, identifier: str) -> Row:
    return _shown(find(portal, identifier))


def _shown(row: Row) -> Row:
    stages = sorted(row["stages"], key=lambda stage: (stage["displayOrder"], stage["label"].lower()))
    return {**row, "stages": [dict(stage) for stage in stages]}


def create(portal: Portal, body: Row) -> Row:
    check_known(body, _PIPELINE | {"stages"})
    label = _free_label(portal, body, "")
    given = body.get("stages")
    if not isinstance(given, list) or not given:
        raise invalid("A pipeline must have at least one stage", at="stages")
    if not isinstance(body.get("displayOrder"), int):
        raise invalid('Some required fields were not set: ["displayOrder"]', at="displayOrder")
    stages: list[Row] = []
    for each in given:
        stages.append(_stage(portal, each, stages))
    row: Row = {"id": portal.new_id(), "label": label, "displayOrder": body["displayOrder"], "stages": stages}
    row |= {"archived": False, "createdAt": portal.now(), "updatedAt": portal.now()}
    portal.table("pipelines")[row["id"]] = row
    return _shown(row)


def update(portal: Portal, identifier: str, body: Row) -> Row:
    check_known(body, _PIPELINE)
    row = find(portal, identifier)
    changed = dict(body)
    if "label" in body:
        changed["label"] = _free_label(portal, body, identifier)
    row.update(changed, updatedAt=portal.now())
    return _shown(row)


def archive(portal: Portal, identifier: str, *, checked: bool) -> None:
    """checked: refuse it where tickets stand in it."""
    row = find(portal, identifier)
    if len(portal.table("pipelines")) == 1:
        raise invalid("The account's only pipeline cannot be deleted")
    tickets = portal.table("tickets").values()
    if checked and any(each["properties"].get("hs_pipeline") == identifier for each in tickets):
        raise invalid(f"Pipeline '{row['label']}' ({identifier}) is being used by tickets and cannot be deleted")
    del portal.table("pipelines")[identifier]


def stages(portal: Portal, identifier: str) -> list[Row]:
    found: list[Row] = shown(portal, identifier)["stages"]
    return found


def find_stage(portal: Portal, identifier: str, stage: str) -> Row:
    there: list[Row] = find(portal, identifier)["stages"]
    found = next((each for each in there if each["id"] == stage), None)
    if found is None:
        raise missing(f"Stage {stage} of the pipeline {identifier}")
    return found


def create_stage(portal: Portal, identifier: str, body: Row) -> Row:
    row = find(portal, identifier)
    made = _stage(portal, body, row["stages"])
    row["stages"].append(made)
    return dict(made)


def update_stage(portal: Portal, identifier: str, stage: str, body: Row) -> Row:
    found = find_stage(portal, identifier, stage)
    if not isinstance(body.get("metadata"), dict):
        raise invalid('Some required fields were not set: ["metadata"]', at="metadata")
    others = [each for each in find(portal, identifier)["stages"] if each["id"] != stage]
    changed = _stage(portal, {**{name: found[name] for name in _STAGE}, **body}, others)
    found.update(changed, id=stage, createdAt=found["createdAt"])
    return dict(found)


def archive_stage(portal: Portal, identifier: str, stage: str) -> None:
    found = find_stage(portal, identifier, stage)
    row = find(portal, identifier)
    if len(row["stages"]) == 1:
        raise invalid("A pipeline must have at least one stage")
    row["stages"].remove(found)


def _stage(portal: Portal, body: Any, others: list[Row]) -> Row:
    if not isinstance(body, dict):
        raise invalid("A stage is an object", at="stages")
    check_known(body, _STAGE)
    label = text_of(body, "label")
    if any(each["label"].lower() == label.lower() for each in others):
        raise invalid(f"Stage labels must be unique in a pipeline: '{label}' is there already", at="label")
    if not isinstance(body.get("displayOrder"), int):
        raise invalid('Some required fields were not set: ["displayOrder"]', at="displayOrder")
    metadata = dict(body.get("metadata") or {})
    state = metadata.setdefault("ticketState", "OPEN")
    if state not in STATES:
        raise invalid(f"ticketState must be one of {', '.join(STATES)}", at="metadata")
    row: Row = {"id": portal.new_id(), "label": label, "displayOrder": body["displayOrder"], "metadata": metadata}
    return {**row, "archived": False, "createdAt": portal.now(), "updatedAt": portal.now()}


def _free_label(portal: Portal, body: Row, own: str) -> str:
    label = text_of(body, "label")
    if any(row["label"].lower() == label.lower() and row["id"] != own for row in portal.table("pipelines").values()):
        raise HubSpotError(409, "OBJECT_ALREADY_EXISTS", f"A pipeline with the label '{label}' already exists.")
    return label
