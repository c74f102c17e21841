"""What a live organisation says against a run, asked before anything is sent. The rules stand in `rules`.

A question makes calls only where the run has to do with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.crm_fields import FIELDS
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Resource
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import field_of, object_of
from provisioners.salesforce.live_types import held_by
from provisioners.salesforce.names import needs_process
from provisioners.salesforce.queue import Queue, QueueObject, waiting, waiting_said
from provisioners.salesforce.record_type import RecordType, process_for, processes
from provisioners.salesforce.rules import NO_PROCESS, QUEUE_WAITS, WRONG_TYPE


def asked(client: SalesforceClient, intent: Intent) -> Iterator[Finding]:
    """All that the organisation says against a run. Raises SystemFault."""
    yield from _queues(client, intent)
    yield from _types(client, intent)
    yield from _processes(client, intent)


def _queues(client: SalesforceClient, intent: Intent) -> Iterator[Finding]:
    whole = {each.name.object for each in intent.ended(Queue.type)}
    for queue in intent.ended(Queue.type):
        held = Queue(client).held(queue.id)
        if held:
            yield intent.found(
                QUEUE_WAITS, queue.name, f"{waiting_said(held)} in the queue {queue.said}, which would go"
            )
    for part in intent.ended(QueueObject.type):
        if part.name.object not in whole:
            yield from _object(client, intent, part)


def _types(client: SalesforceClient, intent: Intent) -> Iterator[Finding]:
    """Fields that are only looked up."""
    found = [each for each in intent.resources if each.mode == "found" and each.named.kind == FIELDS]
    by_object: dict[str, list[Resource]] = {}
    for each in found:
        by_object.setdefault(object_of(each.payload["FullName"]), []).append(each)
    for owner, resources in by_object.items():
        names = [field_of(resource.payload["FullName"]) for resource in resources]
        holds = held_by(client, owner, names)
        for resource, name in zip(resources, names, strict=True):
            item = intent.declared.get(FIELDS, resource.named.key)
            type_, words = holds.get(name.lower(), ("", ()))
            if item is None or not words or item.value.type in words:
                continue
            message = f"{owner}.{name} is a {words[0]} (to Salesforce {type_}), not {item.value.type}"
            yield intent.found(WRONG_TYPE, resource.named, message, f"Say  type: {words[0]}", ("type",))


def _processes(client: SalesforceClient, intent: Intent) -> Iterator[Finding]:
    """Record types that are made or get another process: one call, where there are any."""
    for change in intent.of(RecordType.type):
        will = change.will or {}
        owner, named = str(will.get("SobjectType", "")), will.get("process")
        moved = change.does == "create" or named not in (None, (change.was or {}).get("process"))
        if moved and needs_process(owner):
            found = process_for(processes(client, owner), named)
            if isinstance(found, str):
                path = ("process",) if named else ()
                yield intent.found(NO_PROCESS, change.name, found, path=path)


def _object(client: SalesforceClient, intent: Intent, part: PlannedChange) -> Iterator[Finding]:
    gone = part.was or {}
    held = waiting(client, str(gone["QueueId"]), [str(gone["SobjectType"])])
    if held:
        item = intent.declared.get(part.name.kind, part.name.key)
        name = item.name if item else part.name.key
        message = f"{waiting_said(held)} in the queue “{name}”, which would not take {gone['SobjectType']} any more"
        yield intent.found(
            QUEUE_WAITS, part.name, message, "Give them to people or to another queue first.", ("objects",)
        )
