"""HubSpot: the translations, both ways, and what the files may not say."""

from __future__ import annotations

from typing import Any

import pytest

from config.document import parse_document
from config.loading import load_documents
from config.rules.scope import Scope
from provisioners.hubspot import SYSTEM
from provisioners.hubspot.field_translation import CrmFieldGroupTranslation, CrmFieldTranslation, words_of_values
from provisioners.hubspot.pipeline_translation import CrmPipelineTranslation
from provisioners.hubspot.rules import check, check_plan
from provisioners.hubspot.scopes import needed, useful
from provisioners.translation import Names
from stacks.compile import compile_environment
from tests.provisioners.declared import context, declaration, parts_of, settings

GROUP = {"care": {"object": "Account", "name": "Care"}}


@pytest.mark.parametrize(
    "said",
    [
        {"object": "companies", "name": "Note", "type": "text"},
        {"object": "contacts", "name": "Note", "type": "textarea"},
        {"object": "tickets", "name": "Seats", "type": "integer"},
        {"object": "companies", "name": "Score", "type": "decimal"},
        {"object": "companies", "name": "ARR", "type": "currency", "group": "care"},
        {"object": "companies", "name": "Renewal", "type": "date"},
        {"object": "companies", "name": "VIP", "type": "checkbox"},
        {"object": "companies", "name": "Office", "type": "dropdown", "options": {"berlin": "Berlin", "boston": "B"}},
        {"object": "companies", "name": "Offices", "type": "multiselect", "options": {"berlin": "Berlin"}},
        {"object": "companies", "name": "CSM", "type": "lookup", "to": "User"},
        {"object": "companies", "name": "Twice", "type": "currency", "formula": "arr * 2"},
    ],
)
def test_a_field_comes_back_as_it_was_declared(said: dict[str, Any]) -> None:
    declared = declaration(crm_field_groups=GROUP, crm_fields={"it": said})
    compiling = context(declared, "crm", "hubspot")
    names = Names(values=words_of_values(compiling), own="it")
    parts = parts_of(CrmFieldTranslation().resources(declared.of("crm_fields")["it"], compiling))
    assert CrmFieldTranslation().declared(parts, names) == said


@pytest.mark.parametrize("word", ["Account", "account", "company", "Companies"])
def test_objects_have_the_words_of_other_crms_too(word: str) -> None:
    declared = declaration(crm_fields={"arr": {"object": word, "name": "ARR", "type": "currency"}})
    compiling = context(declared, "crm", "hubspot")
    [made] = CrmFieldTranslation().resources(declared.of("crm_fields")["arr"], compiling)
    assert (made.payload["object"], made.payload["name"]) == ("companies", "arr")
    assert list(check(Scope(declared))) == []


def test_groups_and_pipelines_come_back_as_they_were_declared() -> None:
    stages = {"new": {"name": "New"}, "done": {"name": "Done", "closed": True}}
    declared = declaration(
        crm_field_groups={"care": {"object": "contacts", "name": "Care"}},
        crm_pipelines={"bugs": {"name": "Bugs", "stages": {"new": "New", "done": stages["done"]}}},
    )
    compiling = context(declared, "crm", "hubspot")
    groups, pipelines = CrmFieldGroupTranslation(), CrmPipelineTranslation()
    made = groups.resources(declared.of("crm_field_groups")["care"], compiling)
    assert groups.declared(parts_of(made), Names()) == {"object": "contacts", "name": "Care"}
    bugs = pipelines.resources(declared.of("crm_pipelines")["bugs"], compiling)
    assert [each.part for each in bugs] == ["", "stage_new", "stage_done", "order"]
    back = pipelines.declared(parts_of(bugs), Names())
    assert back == {"name": "Bugs", "stages": stages, "stage_order": ["New", "Done"]}


def test_each_thing_that_hubspot_cannot_hold_is_said_at_its_place_once() -> None:
    fields: dict[str, Any] = {
        "arr": {"object": "Account", "type": "currency", "existing": "ARR__c"},
        "csm": {"object": "Account", "name": "CSM", "type": "text", "formula": 'Owner.First & " "'},
        "code": {"object": "Account", "name": "Code", "type": "pattern"},
        "place": {"object": "Lead", "name": "Place", "type": "text"},
        "parent": {"object": "Account", "name": "Parent", "type": "lookup", "to": "Account"},
        "many": {"object": "Account", "name": "Many", "type": "dropdown", "options": {"a": "A"}, "formula": "1"},
        "hs_mine": {"object": "Account", "name": "Mine", "type": "text"},
        "strange": {"object": "Contact", "name": "Strange", "type": "text", "group": "care"},
        "left": {"object": "Account", "name": "Left", "type": "card", "by_hand": True},
    }
    people = {"ana": {"name": "Ana", "email": "ana@acme.example", "role": "agent"}}
    declared = declaration(
        crm_field_groups=GROUP,
        crm_fields=fields,
        crm_access={
            "support": {"name": "S", "read": ["arr"]},
            "hand": {"name": "H", "people": ["ana"], "by_hand": True},
        },
        crm_queues={
            "intake": {"name": "I", "objects": ["Case"]},
            "hand": {"name": "H", "objects": [], "by_hand": True},
        },
        people=people,
    )
    found = [(each.rule, each.path) for each in check(Scope(declared))]
    assert found == [
        ("hubspot.field", "crm_fields.arr.existing"),
        ("hubspot.field", "crm_fields.csm.formula"),
        ("hubspot.field", "crm_fields.code.type"),
        ("hubspot.field", "crm_fields.place.object"),
        ("hubspot.field", "crm_fields.parent.to"),
        ("hubspot.field", "crm_fields.many.type"),
        ("hubspot.field", "crm_fields.hs_mine.object"),
        ("hubspot.group", "crm_fields.strange.group"),
        ("hubspot.access", "crm_access.support"),
        ("hubspot.queue", "crm_queues.intake"),
    ]
    assert all(each.hint for each in check(Scope(declared)))


BOTH = """
integrations:
  crm:
    fields: {arr: {object: Account, type: currency, existing: ARR__c}, code: {object: Account, name: C, type: pattern}}
    field_groups: {care: {object: Account, name: Care}, hand: {object: Account, name: Hand, by_hand: true}}
    pipelines: {bugs: {name: Bugs, stages: {new: New}}}
    queues: {intake: {name: Intake, objects: [Account]}}
    objects: {term: {name: Term, plural: Terms}}
    record_types: {refund: {object: Case, name: Refund}}
"""


def test_only_the_crm_that_an_environment_names_has_something_to_say() -> None:
    document = parse_document(BOTH, "crm.yaml")

    def found(*named: str) -> set[str]:
        systems = frozenset(named) if named else None
        loaded = load_documents([document], {}, systems=systems)
        return {each.rule for each in loaded.findings if each.rule.startswith(("hubspot.", "salesforce."))}

    assert found("zendesk", "hubspot") == {
        *("hubspot.field", "hubspot.queue", "hubspot.object", "hubspot.record-type"),
    }
    lacking = {"salesforce.group", "salesforce.pipeline"}
    assert found("zendesk", "salesforce") == {"salesforce.field", "salesforce.queue", *lacking}
    assert found("zendesk") == set()
    assert found() == {"salesforce.field", "salesforce.queue"}, "where no environment is known"


def test_what_no_system_takes_and_a_person_does_is_a_persons_step() -> None:
    declared = load_documents([parse_document(BOTH, "crm.yaml")], {}).declaration
    compiled = compile_environment(declared, {"crm": settings("salesforce", "http://127.0.0.1:1")}, lambda named: "0")
    assert {each.source.key for each in compiled.by_hand} == {"hand"}
    assert {each.source.key for each in compiled.not_sent} >= {"care", "bugs"}


def test_what_a_plan_does_not_carry() -> None:
    fields = {"twice": {"object": "Account", "name": "Twice", "type": "decimal", "formula": "arr * 2"}}
    pipelines = {"bugs": {"name": "Bugs", "stages": {"new": "New"}}, "own": {"existing": "Support Pipeline"}}
    declared = declaration(crm_fields=fields, crm_pipelines=pipelines)
    assert [each.rule for each in check_plan(declared, "free")] == ["hubspot.pipelines", "hubspot.formula"]
    assert [each.rule for each in check_plan(declared, "starter")] == ["hubspot.formula"]
    assert list(check_plan(declared, "professional")) == []


def test_only_the_scopes_that_the_files_need_are_asked_for() -> None:
    fields = {
        "name": {"object": "Account", "type": "text", "existing": "name"},
        "note": {"object": "Contact", "name": "Note", "type": "text"},
    }
    assert set(needed(declaration(crm_fields=fields))) == {
        "crm.schemas.companies.read", "crm.schemas.contacts.read", "crm.schemas.contacts.write",
    }  # fmt: skip
    counted = useful(declaration(crm_fields=fields))
    assert counted["crm.objects.contacts.read"] == "saying how many contacts hold a value"
    assert SYSTEM.account_id("https://app.hubspot.com/contacts/24160387/objects/0-2") == "24160387"
