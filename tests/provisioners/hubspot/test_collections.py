"""HubSpot's objects through the real client: what is sent comes back, what is refused is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from config.results.standing import LiveObject
from provisioners.collection import Collection
from provisioners.hubspot import SYSTEM
from provisioners.hubspot.client import HubSpotClient
from provisioners.hubspot.pipeline import GOES_WITH_IT, Pipeline, PipelineStage, StageOrder
from provisioners.hubspot.property import ARCHIVED, Property
from provisioners.hubspot.property_group import PropertyGroup
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import ResourceName
from tests.live_sandbox import LiveSandbox
from tests.provisioners.declared import connection, declaration
from tests.provisioners.faults import fault_of


def a_property(name: str, **more: Any) -> dict[str, Any]:
    usual = {"object": "companies", "name": name, "label": "ARR", "type": "number", "fieldType": "number"}
    return {**usual, "holds": "currency", **more}


OPTIONS = [{"label": "Good", "value": "good"}, {"label": "At risk", "value": "at_risk"}]
STAGES = [
    {"label": label, "displayOrder": number, "metadata": {"ticketState": state}}
    for number, (label, state) in enumerate((("New", "OPEN"), ("Done", "CLOSED")))
]


@pytest.mark.parametrize(
    ("type_", "wanted", "change"),
    [
        (PropertyGroup, {"object": "companies", "name": "care", "label": "Care"}, {"label": "Customer care"}),
        (Property, a_property("arr"), {"label": "Yearly revenue", "groupName": "companyactivity"}),
        (Property, a_property("vip", type="bool", fieldType="booleancheckbox", holds="checkbox"), {"label": "V"}),
        (
            Property,
            a_property("standing", type="enumeration", fieldType="select", options=OPTIONS, holds="dropdown"),
            {"options": [OPTIONS[1], {"label": "Well", "value": "good"}]},
        ),
        (
            Property,
            a_property("twice", fieldType="calculation_equation", calculationFormula="arr * 2"),
            {"calculationFormula": "arr * 3"},
        ),
        (Pipeline, {"label": "Escalations", "stages": STAGES}, {"label": "To Engineering"}),
    ],
)
def test_each_comes_changes_and_goes(client: HubSpotClient, type_: Any, wanted: Any, change: Any) -> None:
    collection: Collection = type_(client)
    made = collection.create(wanted).live
    assert collection.canonical(made, wanted) == wanted
    assert collection.live_key(made) == collection.natural_key(wanted)
    changed = {**wanted, **change}
    assert collection.canonical(collection.update(made.id, changed, wanted).live, changed) == changed
    seen = collection.get(made.id, changed)
    assert seen is not None and collection.canonical(seen, changed) == changed
    assert made.id in {each.id for each in collection.list(changed)}
    assert collection.delete(made.id, changed) is None
    assert collection.get(made.id, changed) is None
    assert fault_of(collection.delete, made.id, changed).code == "not_found"


def test_choices_that_leave_stay_for_the_records_that_hold_them(client: HubSpotClient) -> None:
    collection = Property(client)
    wanted = a_property("mood", type="enumeration", fieldType="select", options=OPTIONS, holds="dropdown")
    made = collection.create(wanted).live
    client.create("objects/companies", {"properties": {"name": "Shop", "mood": "at_risk"}})
    explained = [{**each, "description": f"About {each['label']}"} for each in OPTIONS]
    client.update("properties/companies/mood", {"options": explained})
    left = {**wanted, "options": [OPTIONS[0], {"label": "At risk", "value": "worried"}]}
    assert collection.choices_left_out(left, wanted) == [("At risk", "at_risk")]
    assert collection.count_choice(made.id, "at_risk") == 1
    written = collection.update(made.id, left, wanted).live
    assert collection.canonical(written, left) == left
    assert collection.choices(written, left) == [
        ("Good", "good"), ("At risk", "worried"), ("At risk (at_risk)", "at_risk"),
    ]  # fmt: skip
    said = [each["description"] for each in written.body["options"]]
    assert said == ["About Good", "", "About At risk"], "what a person wrote there stays"
    assert collection.count_values(made.id, left) == 1
    assert collection.canonical(collection.update(made.id, wanted, left).live, wanted) == wanted


def test_an_archived_name_and_hubspots_own_are_in_the_way_and_said_to_be(client: HubSpotClient) -> None:
    collection = Property(client)
    wanted = a_property("gone")
    made = collection.create(wanted).live
    assert collection.unlisted(wanted) == []
    collection.delete(made.id, wanted)
    [archived] = collection.unlisted(wanted)
    assert collection.if_taken(archived) == ARCHIVED
    refused = fault_of(collection.create, wanted)
    assert (refused.code, refused.do) == ("collision", ARCHIVED)
    own = next(each for each in collection.list(wanted) if each.id == "companies/industry")
    assert "existing: industry" in collection.if_taken(own)
    assert fault_of(collection.update, own.id, {**a_property("industry")}, {}).code == "refused"


def test_a_group_in_which_something_stands_is_left(client: HubSpotClient) -> None:
    groups = PropertyGroup(client)
    group = groups.create({"object": "companies", "name": "kept", "label": "Kept"}).live
    Property(client).create(a_property("stands", label="Stands", groupName="kept"))
    assert groups.delete(group.id, {}) == "Stands still stands in it"
    assert groups.get(group.id, {}) is not None


def test_stages_are_made_with_their_pipeline_and_keep_their_ids_and_places(client: HubSpotClient) -> None:
    pipelines, stages, orders = Pipeline(client), PipelineStage(client), StageOrder(client)
    made = pipelines.create({"label": "Bugs", "stages": STAGES}).live
    new: dict[str, Any] = {"pipeline": made.id, "label": "New", "ticketState": "OPEN"}
    done: dict[str, Any] = {"pipeline": made.id, "label": "Done", "ticketState": "CLOSED"}
    ids = [stages.create(each).live.id for each in (new, done)]
    assert ids == [each.id for each in stages.list(new)], "they were there"
    theirs = client.create(f"pipelines/tickets/{made.id}/stages", {"label": "Theirs", "displayOrder": 1})
    wanted = {"pipeline": made.id, "order": ids[::-1]}
    assert orders.canonical(orders.create(wanted).live, wanted) == wanted
    shown = orders.get(made.id, wanted)
    assert shown is not None and set(orders.arranged(shown)) == {*ids, str(theirs["id"])}
    renamed = {**done, "label": "Solved"}
    assert stages.update(ids[1], renamed, done).live.id == ids[1]
    assert shown.body["stages"][-1]["metadata"] == {"ticketState": "OPEN"} == theirs["metadata"]
    assert {each["label"]: each["metadata"]["ticketState"] for each in shown.body["stages"]}["Done"] == "CLOSED"
    assert stages.delete(str(theirs["id"]), new) is None
    assert stages.delete(ids[0], new) is None
    assert stages.delete(ids[1], renamed) == GOES_WITH_IT
    assert [each.id for each in stages.list(new)] == [ids[1]]


def test_where_tickets_stand_nothing_goes(live: LiveSandbox, client: HubSpotClient) -> None:
    pipelines, stages = Pipeline(client), PipelineStage(client)
    made = pipelines.create({"label": "Held", "stages": STAGES}).live
    new: dict[str, Any] = {"pipeline": made.id, "label": "New", "ticketState": "OPEN"}
    stage = stages.list(new)[0].id
    ticket = {"subject": "x", "hs_pipeline": made.id, "hs_pipeline_stage": stage}
    client.create("objects/tickets", {"properties": ticket})
    assert stages.delete(stage, new) == "1 ticket stands in its stage “New”, and would stand nowhere"
    assert pipelines.delete(made.id, {}) == "1 ticket stands in it, and would stand nowhere"
    live.fault(kind="forbidden", system="hubspot", path="/search", times=1)
    assert "could not be counted" in (stages.delete(stage, new) or "")
    assert stage in {each.id for each in stages.list(new)}


def test_a_stage_that_somebody_made_stays_somebodys(client: HubSpotClient) -> None:
    stages = PipelineStage(client)
    made = Pipeline(client).create({"label": "Shared", "stages": STAGES}).live
    new: dict[str, Any] = {"pipeline": made.id, "label": "New", "ticketState": "OPEN"}
    assert not stages.create(new).was_there, "it was made with its pipeline"
    client.pipelines_made.clear()  # another run
    for state in ("OPEN", "CLOSED"):
        assert stages.create({**new, "ticketState": state}).was_there


def test_what_people_call_yes_and_no_stays(client: HubSpotClient) -> None:
    wanted = a_property("agreed", type="bool", fieldType="booleancheckbox", holds="checkbox")
    made = Property(client).create(wanted).live
    options = [{"label": "Ja", "value": "true"}, {"label": "Nein", "value": "false"}]
    client.update("properties/companies/agreed", {"options": options})
    written = Property(client).update(made.id, {**wanted, "label": "Agreed"}, wanted).live
    assert [each["label"] for each in written.body["options"]] == ["Ja", "Nein"]


def test_values_that_golive_may_not_count_are_lost_only_when_a_person_says_so(live: LiveSandbox) -> None:
    was = a_property("note", object="contacts")
    change = PlannedChange(
        ResourceName.of("crm/crm_fields/note"), Property.type, "delete", "contacts/note", was, None, "Note"
    )
    live.settings("hubspot", scopes=["crm.schemas.contacts.read"])
    try:
        [lost] = SYSTEM.reach(connection("hubspot", live.url, read_only=True), Intent(declaration(), [change]))
    finally:
        live.settings("hubspot", scopes=None)
    assert lost.tickets is None and "crm.objects.contacts.read" in str(lost.why)


def test_a_token_of_which_hubspot_does_not_tell_the_scopes_signs_in(live: LiveSandbox) -> None:
    own = connection("hubspot", live.url, read_only=True)
    known = SYSTEM.account(own)
    assert known.rights and known.user == "dana@haldenpay.example"
    pipeline = LiveObject("crm", "crm_pipelines", "7", "Bugs", "crm_pipelines/bugs")
    note = LiveObject("crm", "crm_fields", "contacts/note", "Note", "crm_fields/note")
    live.settings("hubspot", scopes=["crm.schemas.companies.read", "crm.objects.companies.read"])
    try:
        lacking = SYSTEM.answer_about(own, "crm_rights", [pipeline, note, replace(note, id="tickets/x", ours="")])
    finally:
        live.settings("hubspot", scopes=None)
    assert lacking == {"missing": [
        "crm.schemas.companies.write", "tickets", "crm.schemas.contacts.read", "crm.schemas.contacts.write",
    ]}  # fmt: skip
    live.fault(kind="unauthorized", system="hubspot", path="access-token-info", times=2)
    unknown = SYSTEM.account(own)
    assert (unknown.id, unknown.rights) == (known.id, None)
    assert SYSTEM.answer_about(own, "crm_rights", [note]) is None, "nobody says that it lacks anything"
    live.fault(kind="unauthorized", system="hubspot", times=1)
    assert fault_of(SYSTEM.account, own).code == "credentials"


def test_scopes_that_are_missing_are_named(live: LiveSandbox, client: HubSpotClient) -> None:
    live.settings("hubspot", scopes=["crm.schemas.companies.read"])
    try:
        refused = fault_of(PropertyGroup(client).create, {"object": "companies", "name": "x", "label": "X"})
    finally:
        live.settings("hubspot", scopes=None)
    assert refused.code == "refused" and "crm.schemas.companies.write" in refused.why and "Service Keys" in refused.do


def test_a_limit_is_waited_for_and_a_day_is_not(live: LiveSandbox, client: HubSpotClient) -> None:
    live.fault(kind="throttle", system="hubspot", times=1, value="1")
    assert client.details()["portalId"] == 24160387
    live.settings("hubspot", calls_a_day=1)
    try:
        refused = fault_of(client.details)
    finally:
        live.settings("hubspot", calls_a_day=250_000)
    assert (refused.code, refused.do) == ("throttled", "Run the same command again tomorrow.")


def test_searches_keep_to_their_own_limit(live: LiveSandbox) -> None:
    client = HubSpotClient(connection("hubspot", live.url, read_only=True))
    for _ in range(8):
        client.count("companies")
    assert {each["status"] for each in live.log()} == {200}, "none was refused"
    assert live.writes() == []
