"""What a live account says against a run, asked before anything is sent. The rules stand in `rules`.

A question makes calls only where the run has to do with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.crm_fields import FIELDS
from provisioners.hubspot.client import HubSpotClient
from provisioners.hubspot.field_types import words_for
from provisioners.hubspot.pipeline import Pipeline, PipelineStage, standing, tickets_in
from provisioners.hubspot.rules import TICKETS_STAND, WRONG_TYPE
from provisioners.intent import Intent


def asked(client: HubSpotClient, intent: Intent) -> Iterator[Finding]:
    """All that the account says against a run. Raises SystemFault."""
    yield from _tickets(client, intent)
    yield from _types(client, intent)


def _tickets(client: HubSpotClient, intent: Intent) -> Iterator[Finding]:
    """One finding for a pipeline that goes, or for each stage that goes of one that stays."""
    whole = {each.name.object for each in intent.ended(Pipeline.type)}
    for pipeline in intent.ended(Pipeline.type):
        held = tickets_in(client, "hs_pipeline", pipeline.id)
        if held:
            yield intent.found(TICKETS_STAND, pipeline.name, f"{standing(held)} in {pipeline.said}, which would go")
    for stage in intent.ended(PipelineStage.type):
        held = 0 if stage.name.object in whole else tickets_in(client, "hs_pipeline_stage", stage.id)
        if held:
            label = str((stage.was or {}).get("label") or stage.label)
            message = f"{standing(held)} in the stage “{label}”, which would go"
            yield intent.found(TICKETS_STAND, stage.name, message, path=("stages",))


def _types(client: HubSpotClient, intent: Intent) -> Iterator[Finding]:
    """Properties that are only looked up: one call per object."""
    found = [each for each in intent.resources if each.mode == "found" and each.named.kind == FIELDS]
    for owner in dict.fromkeys(str(each.payload["object"]) for each in found):
        live = {str(each["name"]): each for each in client.results(f"properties/{owner}")}
        for resource in found:
            item = intent.declared.get(FIELDS, resource.named.key)
            definition = live.get(str(resource.payload["name"]))
            if resource.payload["object"] != owner or item is None or definition is None:
                continue
            words = words_for(definition)
            if words and item.value.type not in words:
                shown = f"{definition['type']}, {definition['fieldType']}"
                message = f"{definition['name']} of {owner} is a property of the type {shown}, not {item.value.type}"
                yield intent.found(WRONG_TYPE, resource.named, message, f"Say  type: {words[0]}", ("type",))
