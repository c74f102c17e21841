"""Pipelines of tickets, their stages, and the order of these.

Source: developers.hubspot.com, “Pipelines”. A pipeline always has a stage, so that it is made with all of its stages;
each of them is then taken as a part of its own, whose id tickets hold.
"""

from __future__ import annotations

import builtins
from dataclasses import replace
from typing import Any

from provisioners.collection import Collection, Live, Write
from provisioners.errors import SystemFault
from provisioners.hubspot.client import Body, HubSpotClient
from provisioners.resource import Payload

PATH = "pipelines/tickets"
CLOSED, OPEN = "CLOSED", "OPEN"
CHECKED = {"validateReferencesBeforeDelete": "true"}
"""The vendor then refuses to delete a pipeline in which tickets stand. Deleting a stage knows no such word."""
GOES_WITH_IT = "it is the pipeline's last stage, and goes with its pipeline"


def stages_of(pipeline: Body) -> list[Body]:
    """A pipeline's stages in the order in which people see them."""
    live = [each for each in pipeline.get("stages") or () if not each.get("archived")]
    return sorted(live, key=lambda each: each.get("displayOrder") or 0)


def tickets_in(client: HubSpotClient, attribute: str, identifier: str) -> int:
    """How many tickets stand in a pipeline (`hs_pipeline`) or a stage (`hs_pipeline_stage`)."""
    return client.count("tickets", {"propertyName": attribute, "operator": "EQ", "value": identifier})


def standing(number: int) -> str:
    """`3 tickets stand`."""
    return "1 ticket stands" if number == 1 else f"{number:,} tickets stand"


def why_it_stays(client: HubSpotClient, attribute: str, identifier: str, where: str) -> str | None:
    """Why a pipeline or a stage is not deleted: tickets stand in it, or golive may not count them. None where nothing
    keeps it. where: `in it`. Raises SystemFault where HubSpot does not answer."""
    try:
        held = tickets_in(client, attribute, identifier)
    except SystemFault as fault:
        if fault.code != "refused":
            raise
        return f"how many tickets stand {where} could not be counted: {fault.why}"
    return f"{standing(held)} {where}, and would stand nowhere" if held else None


class Pipeline(Collection):
    """A pipeline of tickets. Payload: `label`; `stages`, with which it is made."""

    type = "hubspot:Pipeline"
    kind_word = "pipeline"
    create_only = frozenset({"stages"})

    def __init__(self, client: HubSpotClient) -> None:
        self.client = client

    def natural_key(self, payload: Payload) -> str:
        return str(payload["label"]).lower()

    def live_key(self, live: Live) -> str:
        return live.label.lower()

    def list(self, payload: Payload) -> list[Live]:
        return [_pipeline(each) for each in self.client.results(PATH)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.get(f"{PATH}/{identifier}")
        return None if body is None or body.get("archived") else _pipeline(body)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {word: payload[word] if word in self.create_only else live.body[word] for word in payload}

    def create(self, payload: Payload) -> Write:
        body = {"label": payload["label"], "displayOrder": len(self.client.results(PATH)), "stages": payload["stages"]}
        made = _pipeline(self.client.create(PATH, body))
        self.client.pipelines_made.add(made.id)
        return Write(made)

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        return Write(_pipeline(self.client.update(f"{PATH}/{identifier}", {"label": payload["label"]})))

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """Not as long as tickets stand in it; its stages go with it."""
        why = why_it_stays(self.client, "hs_pipeline", identifier, "in it")
        if why is None:
            self.client.delete(f"{PATH}/{identifier}", **CHECKED)
        return why


class PipelineStage(Collection):
    """A stage. Payload: `pipeline` (an id), `label`, `ticketState`. One that is there when its turn comes is taken: as
    made where its pipeline was made in this run, and as somebody's own otherwise."""

    type = "hubspot:PipelineStage"
    kind_word = "stage"
    replace_on = frozenset({"pipeline"})
    calls_per_write = 2
    joins = True

    def __init__(self, client: HubSpotClient) -> None:
        self.client = client

    def natural_key(self, payload: Payload) -> str:
        return f"{payload['pipeline']}/{payload['label']}".lower()

    def live_key(self, live: Live) -> str:
        return f"{live.body['pipeline']}/{live.label}".lower()

    def list_scope(self, payload: Payload) -> str:
        return str(payload["pipeline"])

    def list(self, payload: Payload) -> list[Live]:
        """Of a pipeline that is gone there are none."""
        pipeline = str(payload["pipeline"])
        return [_stage(pipeline, each) for each in stages_of(self.client.get(f"{PATH}/{pipeline}") or {})]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        pipeline = str(payload["pipeline"])
        body = self.client.get(f"{PATH}/{pipeline}/stages/{identifier}")
        return None if body is None or body.get("archived") else _stage(pipeline, body)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        found = {
            "pipeline": live.body["pipeline"],
            "label": live.body["label"],
            "ticketState": (live.body.get("metadata") or {}).get("ticketState") or OPEN,
        }
        return {word: found[word] for word in payload}

    def create(self, payload: Payload) -> Write:
        there = self.list(payload)
        key = self.natural_key(payload)
        same = next((live for live in there if self.live_key(live) == key), None)
        pipeline = str(payload["pipeline"])
        if same is not None:
            fits = self.canonical(same, payload) == payload
            taken = Write(same) if fits else self.update(same.id, payload, {})
            return replace(taken, was_there=pipeline not in self.client.pipelines_made)
        body = {**_body(payload), "displayOrder": len(there)}
        return Write(_stage(pipeline, self.client.create(f"{PATH}/{pipeline}/stages", body)))

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        pipeline = str(payload["pipeline"])
        answer = self.client.update(f"{PATH}/{pipeline}/stages/{identifier}", _body(payload))
        return Write(_stage(pipeline, answer))

    def delete(self, identifier: str, payload: Payload) -> str | None:
        """Not as long as tickets stand in it: HubSpot would delete it all the same. The last one goes with its
        pipeline, which cannot be without; it may have become the last just now."""
        where = f"in its stage “{payload['label']}”"
        why = why_it_stays(self.client, "hs_pipeline_stage", identifier, where)
        if why is not None:
            return why
        if self._is_last(identifier, payload):
            return GOES_WITH_IT
        try:
            self.client.delete(f"{PATH}/{payload['pipeline']}/stages/{identifier}")
        except SystemFault as refused:
            if refused.code != "refused" or not self._is_last(identifier, payload):
                raise
            return GOES_WITH_IT
        return None

    def _is_last(self, identifier: str, payload: Payload) -> bool:
        return [live.id for live in self.list(payload)] == [identifier]


class StageOrder(Collection):
    """The order of a pipeline's stages. Payload: `pipeline`, `order` (ids of stages). Stages that are not in the files
    keep their places among the others."""

    type = "hubspot:StageOrder"
    kind_word = "order of stages"
    only_set = True
    orders = PipelineStage.type

    def __init__(self, client: HubSpotClient) -> None:
        self.client = client

    def natural_key(self, payload: Payload) -> None:
        return None

    def live_key(self, live: Live) -> None:
        return None

    def list_scope(self, payload: Payload) -> str:
        return str(payload["pipeline"])

    def list(self, payload: Payload) -> list[Live]:
        """Each pipeline has one."""
        found = self.get(str(payload["pipeline"]), payload)
        return [found] if found else []

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.get(f"{PATH}/{identifier}")
        return None if body is None else Live(identifier, body, "the order of the stages")

    def arranged(self, live: Live) -> builtins.list[str]:
        return [str(each["id"]) for each in stages_of(live.body)]

    def rearranged(self, now: builtins.list[str], payload: Payload, old: Payload | None = None) -> builtins.list[str]:
        ours = [each for each in payload["order"] if each in now]
        places = iter(ours)
        return [next(places) if each in ours else each for each in now]

    def canonical(self, live: Live, payload: Payload) -> Payload:
        wanted = payload.get("order") or []
        found: Payload = {
            "pipeline": live.id,
            "order": [each for each in self.arranged(live) if each in wanted],
        }
        return {word: found[word] for word in payload}

    def create(self, payload: Payload) -> Write:
        return self.update(str(payload["pipeline"]), payload, {})

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        live = self._there(identifier, payload)
        stages = {str(each["id"]): each for each in stages_of(live.body)}
        wanted = self.rearranged(self.arranged(live), payload)
        if wanted == self.arranged(live):
            return Write(live)
        for number, stage in enumerate(wanted):
            if stages[stage].get("displayOrder") != number:
                self.client.update(f"{PATH}/{identifier}/stages/{stage}", _placed(stages[stage], number))
        return Write(self._there(identifier, payload))

    def delete(self, identifier: str, payload: Payload) -> None:
        """It stays as it is."""

    def _there(self, identifier: str, payload: Payload) -> Live:
        live = self.get(identifier, payload)
        if live is None:
            raise SystemFault(
                "not_found",
                "the order of stages",
                "the pipeline is not there any more",
                "Somebody deleted it while golive was at work: run the same command again.",
            )
        return live


def _placed(stage: Body, number: int) -> dict[str, Any]:
    """A stage at another place. Its metadata has to be said with each change (the vendor's own clients name it as the
    one required attribute), and says whether tickets in it are closed."""
    metadata = dict(stage.get("metadata") or {"ticketState": OPEN})
    return {"label": stage["label"], "displayOrder": number, "metadata": metadata}


def _body(payload: Payload) -> Body:
    return {"label": payload["label"], "metadata": {"ticketState": payload["ticketState"]}}


def _pipeline(body: Body) -> Live:
    return Live(str(body["id"]), body, str(body["label"]))


def _stage(pipeline: str, body: Body) -> Live:
    return Live(str(body["id"]), {**body, "pipeline": pipeline}, str(body["label"]))
