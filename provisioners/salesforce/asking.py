"""What a live organisation says against a run, asked before anything is sent. The rules stand in `rules`.

A question makes calls only where the run has to do with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.intent import Intent, PlannedChange
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.queue import Queue, QueueObject, waiting, waiting_said
from provisioners.salesforce.rules import QUEUE_WAITS


def asked(client: SalesforceClient, intent: Intent) -> Iterator[Finding]:
    """All that the organisation says against a run. Raises SystemFault."""
    yield from _queues(client, intent)


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
