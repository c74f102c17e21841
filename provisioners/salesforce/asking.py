"""What a live organisation says against a run, asked before anything is sent. The rules stand in `rules`.

A question makes calls only where the run has to do with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.intent import Intent, PlannedChange
from provisioners.salesforce.client import SalesforceClient, quoted
from provisioners.salesforce.custom_field import object_of
from provisioners.salesforce.field_types import FIELDS
from provisioners.salesforce.live_types import words_for
from provisioners.salesforce.queue import Queue, QueueObject, waiting, waiting_said
from provisioners.salesforce.rules import QUEUE_WAITS, WRONG_TYPE


def asked(client: SalesforceClient, intent: Intent) -> Iterator[Finding]:
    """All that the organisation says against a run. Raises SystemFault."""
    yield from _queues(client, intent)
    yield from _types(client, intent)


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
    """Fields that are only looked up: one call per object."""
    found = [each for each in intent.resources if each.mode == "found" and each.named.kind == FIELDS]
    named = {each.payload["FullName"].lower(): each for each in found}
    for owner in dict.fromkeys(object_of(each.payload["FullName"]) for each in found):
        condition = f"EntityDefinition.QualifiedApiName = {quoted(owner)}"
        for row in client.select("FieldDefinition", "DurableId, QualifiedApiName, DataType", condition, tooling=True):
            name, shown = f"{owner}.{row['QualifiedApiName']}", str(row["DataType"])
            resource = named.get(name.lower())
            item = intent.declared.get(FIELDS, resource.named.key) if resource else None
            words = words_for(shown)
            if resource is None or item is None or not words or item.value.type in words:
                continue
            message = (
                f"{owner}.{row['QualifiedApiName']} is a field of the type {row['DataType']}, not {item.value.type}"
            )
            yield intent.found(WRONG_TYPE, resource.named, message, f"Say  type: {words[0]}", ("type",))


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
