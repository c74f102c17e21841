"""Salesforce: queues, the objects that wait in them, the people who take from them."""

from __future__ import annotations

import pytest

from config.findings import Finding
from config.rules.scope import Scope
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Payload, Resource, ResourceName
from provisioners.salesforce import SYSTEM
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.queue import Queue, QueueMember, QueueObject
from provisioners.salesforce.queue_translation import CrmQueueTranslation
from provisioners.salesforce.rules import check
from provisioners.translation import Names
from tests.live_sandbox import LiveSandbox
from tests.provisioners.declared import connection, context, declaration, parts_of
from tests.provisioners.faults import fault_of
from tests.provisioners.salesforce.conftest import DANA, PIET, listed

INTAKE: Payload = {"DeveloperName": "Csm_Intake", "Name": "CSM intake"}
PEOPLE = {
    "dana": {"name": "Dana Ruiz", "email": DANA, "role": "admin"},
    "piet": {"name": "Piet de Vries", "email": PIET, "role": "admin"},
}
SAID = {"name": "CSM intake", "objects": ["Case", "Lead"], "people": ["dana", "piet"]}


def of_queue(said: object, key: str = "csm_intake") -> list[Resource]:
    declared = declaration(people=PEOPLE, crm_queues={key: said})  # type: ignore[dict-item]
    return CrmQueueTranslation().resources(declared.of("crm_queues")[key], context(declared, "crm", "salesforce"))


def test_a_queue_goes_there_and_back() -> None:
    resources = of_queue(SAID)
    main = "crm/crm_queues/csm_intake"
    objects = [f"{main}/object_case", f"{main}/object_lead"]
    assert [one.name for one in resources] == [main, *objects, f"{main}/person_dana", f"{main}/person_piet"]
    assert resources[0].payload == INTAKE
    assert resources[-1].depends_on == tuple(objects), "nobody takes from it before something waits in it"
    assert [one.on_remove for one in resources] == ["delete_ours", *["delete"] * 4]
    assert CrmQueueTranslation().declared(parts_of(resources), Names()) == SAID


@pytest.mark.parametrize(("existing", "name"), [("Theirs", "Theirs"), (True, "Csm_Intake")])
def test_a_queue_that_is_there_is_only_looked_up(existing: object, name: str) -> None:
    resources = of_queue({**SAID, "existing": existing})
    assert [(one.mode, one.payload["DeveloperName"]) for one in resources] == [("found", name)]


def test_a_queue_is_made_filled_renamed_and_emptied(client: SalesforceClient) -> None:
    queues, objects, members = Queue(client), QueueObject(client), QueueMember(client)
    queue = queues.create(INTAKE).live
    assert queues.canonical(queue, INTAKE) == INTAKE
    client.create("sobjects/Group", {"Name": "Readers", "DeveloperName": "Csm_Intake", "Type": "Regular"})
    assert [one.label for one in queues.list(INTAKE)] == ["CSM intake"], "a public group is no queue"
    renamed = {**INTAKE, "Name": "Intake"}
    assert queues.canonical(queues.update(queue.id, renamed, INTAKE).live, renamed) == renamed
    assert fault_of(queues.create, {**INTAKE, "DeveloperName": "CSM_intake"}).code == "collision"

    case: Payload = {"QueueId": queue.id, "SobjectType": "Case"}
    row = objects.create(case).live
    assert objects.canonical(row, case) == case
    assert objects.create(case).was_there
    assert fault_of(objects.update, row.id, case, case).code == "refused"

    dana: Payload = {"GroupId": queue.id, "email": DANA.title()}
    member = members.create(dana).live
    assert members.canonical(member, dana) == dana
    assert members.canonical(member, {**dana, "email": PIET})["email"] == DANA
    assert listed(members, dana, members.natural_key(dana)) is not None
    assert members.create(dana).was_there

    for collection, identifier, payload in ((members, member.id, dana), (objects, row.id, case)):
        assert collection.delete(identifier, payload) is None
        assert collection.get(identifier, payload) is None
    assert queues.delete(queue.id, INTAKE) is None
    assert queues.delete(queue.id, INTAKE) is None, "what is gone is gone"


def test_members_without_an_address_keep_their_id(client: SalesforceClient) -> None:
    members = QueueMember(client)
    queue = Queue(client).create(INTAKE).live.id
    group = client.create("sobjects/Group", {"Name": "Readers", "Type": "Regular"})
    client.create("sobjects/GroupMember", {"GroupId": queue, "UserOrGroupId": group})
    assert [members.label(one.body) for one in members.list({})] == [group]


def removals(queue: str, *parts: str) -> Intent:
    """A run that deletes a queue (""), or an object of it."""
    was: dict[str, tuple[str, Payload]] = {
        "": (Queue.type, INTAKE),
        "object_case": (QueueObject.type, {"QueueId": queue, "SobjectType": "Case"}),
    }
    name = "crm/crm_queues/csm_intake"
    changes = [
        PlannedChange(
            ResourceName.of(f"{name}/{part}" if part else name), was[part][0], "delete", queue, was[part][1], None, "I"
        )
        for part in parts
    ]
    return Intent(declaration(), changes)


def test_what_waits_in_a_queue_is_said_before_it_goes(live: LiveSandbox, client: SalesforceClient) -> None:
    queue = Queue(client).create(INTAKE).live.id
    case: Payload = {"QueueId": queue, "SobjectType": "Case"}
    row = QueueObject(client).create(case).live.id

    def said(*parts: str) -> list[Finding]:
        return SYSTEM.asked(connection("salesforce", live.url, read_only=True), removals(queue, *parts))

    assert said("", "object_case") == said("object_case") == []
    mine = client.create("sobjects/Case", {"Subject": "Refund", "OwnerId": queue})
    whole, part = said("", "object_case"), said("object_case")
    assert [(one.rule, one.severity) for one in (*whole, *part)] == [("salesforce.queue-waits", "error")] * 2
    assert whole[0].message == "1 Case record waits in the queue “I”, which would go"
    assert "would not take Case any more" in part[0].message
    client.create("sobjects/Case", {"Subject": "Refund", "OwnerId": queue})
    assert "2 Case records wait" in said("")[0].message

    assert "2 Case records wait in it" in (Queue(client).delete(queue, INTAKE) or "")
    assert "2 Case records wait in the queue" in (QueueObject(client).delete(row, case) or "")
    assert fault_of(client.delete, f"sobjects/Group/{queue}").code == "refused", "the vendor's own refusal"
    for each in client.select("Case", "Id", f"OwnerId = '{queue}'"):
        client.update(f"sobjects/Case/{each['Id']}", {"OwnerId": client.user(DANA).id})
    assert client.get(f"sobjects/Case/{mine}") is not None and said("", "object_case") == []


def test_accounts_wait_in_no_queue(client: SalesforceClient) -> None:
    declared = declaration(crm_queues={"q": {"name": "Q", "objects": ["Case", "Account"], "people": []}})
    assert [(one.rule, one.path) for one in check(Scope(declared))] == [("salesforce.queue", "crm_queues.q.objects[1]")]
    queue = Queue(client).create(INTAKE).live.id
    refused = fault_of(QueueObject(client).create, {"QueueId": queue, "SobjectType": "Account"})
    assert (refused.code, "bad value" in refused.why) == ("refused", True)


def test_a_stranger_takes_from_no_queue(client: SalesforceClient) -> None:
    queue = Queue(client).create(INTAKE).live.id
    refused = fault_of(QueueMember(client).create, {"GroupId": queue, "email": "nobody@haldenpay.example"})
    assert "no active user has this address" in refused.why
