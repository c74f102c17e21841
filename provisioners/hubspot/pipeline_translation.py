"""`crm_pipelines` in HubSpot: a pipeline of tickets, its stages, and their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from config.declaration import Declared
from config.keys import unique_key
from config.kinds.integrations import CrmPipeline, PipelineStage
from provisioners.hubspot.field_types import PIPELINES
from provisioners.hubspot.pipeline import CLOSED, OPEN, Pipeline, StageOrder
from provisioners.hubspot.pipeline import PipelineStage as Stage
from provisioners.resource import SYMBOL, Payload, Resource, ResourceName
from provisioners.sighting import Data, Look, Part, Sighting
from provisioners.translation import Context, Names, Translation

STAGE = "stage_"
ORDER = "order"
STAGE_ORDER = "stage_order"
"""How a plan calls the order; in the files it is that in which the stages are written."""


class CrmPipelineTranslation(Translation):
    """A pipeline, each of its stages, and the order in which they stand. Stages that the files do not name are left
    alone."""

    kind = PIPELINES
    only_when_named = True

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in look.lives(Pipeline.type):
            parts: dict[str, Part] = {"": look.part(Pipeline.type, live, {"label": ""})}
            keys: dict[str, Any] = {}
            ids: list[str] = []
            for stage in look.lives(Stage.type, {"pipeline": live.id}):
                part = look.part(Stage.type, stage, {"pipeline": "", "label": "", "ticketState": ""})
                key = unique_key([stage.label, f"stage {stage.id}"], keys)
                keys[key] = stage.label
                ids.append(stage.id)
                parts[f"{STAGE}{key}"] = part
            if len(ids) > 1:
                parts[ORDER] = look.part(StageOrder.type, live, {"pipeline": live.id, "order": ids})
            yield Sighting(self.kind, live.label, parts)

    def several(self, look: Look, number: int) -> str:
        return "pipeline of tickets" if number == 1 else "pipelines of tickets"

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        """The order is that in which the stages are written."""
        data = super().said(sighting, names, context)
        data.pop(STAGE_ORDER, None)
        return data

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        pipeline: CrmPipeline = item.value
        called = pipeline.existing if isinstance(pipeline.existing, str) else item.name
        payload: Payload = {"label": called}
        if not pipeline.existing:
            payload["stages"] = [
                {"label": step.name, "displayOrder": number, "metadata": {"ticketState": _state(step)}}
                for number, step in enumerate(pipeline.steps.values())
            ]
        main = context.ref(PIPELINES, item.key)
        made = [self._part(item, context, "", Pipeline.type, payload)]
        for key, step in pipeline.steps.items():
            former = f"{STAGE}{step.was}" if step.was else ""
            stage: Payload = {"pipeline": main, "label": step.name}
            if not pipeline.existing:
                stage["ticketState"] = _state(step)
            made.append(self._part(item, context, f"{STAGE}{key}", Stage.type, stage, former))
        if len(pipeline.steps) > 1 and not pipeline.existing:
            order = [context.ref(PIPELINES, item.key, f"{STAGE}{key}") for key in pipeline.steps]
            made.append(self._part(item, context, ORDER, StageOrder.type, {"pipeline": main, "order": order}))
        return made

    def _part(
        self, item: Declared, context: Context, part: str, type_: str, payload: Payload, former: str = ""
    ) -> Resource:
        keys = [item.key, *([item.value.was] if item.value.was else [])]
        name = context.name(PIPELINES, item.key, part)
        aliases = [context.name(PIPELINES, key, each) for key in keys for each in (part, former) if each or not part]
        return Resource(
            name=name,
            type=type_,
            payload=payload,
            source=context.source(item),
            mode="found" if item.value.existing else "managed",
            on_remove="delete" if part == ORDER else item.value.removal,
            aliases=tuple(dict.fromkeys(each for each in aliases if each != name)),
        )

    def task(self, item: Declared, context: Context) -> str:
        steps = ", ".join(step.name for step in item.value.steps.values())
        return (
            f"make the pipeline “{item.name}” of tickets with the stages {steps}: Settings, Objects, Tickets, Pipelines"
        )

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        said: dict[str, Any] = {}
        if "" in parts:
            said["name"] = parts[""][1]["label"]
        found = {part.removeprefix(STAGE): each for part, (_, each) in parts.items() if part.startswith(STAGE)}
        order = [_key(each, names) for each in parts[ORDER][1]["order"]] if ORDER in parts else []
        keys = dict.fromkeys([*(key for key in order if key in found), *found])
        said["stages"] = {key: _said(found[key]) for key in keys}
        if order:
            said[STAGE_ORDER] = [str(found[key]["label"]) for key in keys]
        return said


def _state(stage: PipelineStage) -> str:
    return CLOSED if stage.closed else OPEN


def _said(stage: Payload) -> Data:
    said: Data = {"name": stage["label"]}
    return {**said, "closed": True} if stage.get("ticketState") == CLOSED else said


def _key(identifier: Any, names: Names) -> str:
    """The key of the stage with that id or symbol; the id where it is none of ours."""
    text = str(identifier)
    name = text.removeprefix(SYMBOL) if text.startswith(SYMBOL) else names.by_id.get((Stage.type, text), "")
    return ResourceName.of(name).part.removeprefix(STAGE) if name else text
