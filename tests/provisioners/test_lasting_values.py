"""Tags and keys of fields stay what they were at first, however often the YAML renames them."""

from __future__ import annotations

from pathlib import Path

from config.kinds.fields import Option
from provisioners.lasting import lasting_values, values_of_live
from provisioners.resource import Known, Resource
from provisioners.translation import Names
from provisioners.zendesk import SYSTEM
from provisioners.zendesk.translations.fields import CustomerFields, TicketFields
from provisioners.zendesk.translations.options import tag_of
from provisioners.zendesk.translations.texts import compiled_text, declared_text
from provisioners.zendesk.translations.vendor_fields import field_word, value_word
from tests.provisioners.zendesk_workspace import compiled, context, declaration, named


def test_lasting_values() -> None:
    def fresh(key: str) -> str:
        return f"f_{key}"

    options = {"a": Option(name="A"), "b": Option(name="B", was="old"), "c": Option(name="C", tag="own")}
    assert lasting_values(options, {}, fresh) == {"a": "f_a", "b": "f_old", "c": "own"}
    assert lasting_values(options, {"old": "f_old"}, fresh) == {"a": "f_a", "b": "f_old", "c": "own"}
    taken = lasting_values({"old": Option(name="New"), "b": options["b"]}, {"b": "f_old"}, fresh)
    assert taken == {"old": "f_old_2", "b": "f_old"}, "a key that is free again must not get another option's tag"


def test_a_renamed_key_keeps_its_object_and_its_options(tmp_path: Path) -> None:
    more = """
customer_fields:
  size: {was: headcount, of: organization, name: Size, type: dropdown,
         options: {big: {name: Big, was: large}, small: Small}}
"""
    declared = declaration(more, tmp_path)
    fresh = named(compiled(declared), "helpdesk/customer_fields/size")
    assert fresh.aliases == ("helpdesk/customer_fields/headcount",)
    assert (fresh.payload["key"], _tags(fresh)) == ("headcount", ["headcount_large", "headcount_small"])

    tags = {"large": "people_large", "small": "people_small", "gone": "people_gone"}
    before = Known({"key": "people"}, {"values": tags})
    asked = context(declared)
    asked.known = {"helpdesk/customer_fields/headcount": before}
    [kept] = CustomerFields().resources(declared.of("customer_fields")["size"], asked)
    assert (kept.payload["key"], _tags(kept)) == ("people", ["people_large", "people_small"])
    assert kept.notes == {"values": {**tags, "big": "people_large"}}
    assert tag_of("organization.size", "big", asked) == "people_large"
    assert compiled_text("{{organization.fields.size}}", asked) == "{{ticket.organization.custom_fields.people.title}}"
    names = Names({}, SYSTEM.words(asked))
    assert declared_text("{{ticket.organization.custom_fields.people.title}}", names) == "{{organization.fields.size}}"
    assert field_word("organization.custom_fields.people", names) == "organization.size"
    assert value_word("organization.size", "people_large", names) == "big"


def test_a_tag_that_the_files_change_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    more = "ticket_fields: {why: {name: Why, type: dropdown, options: {a: {name: A, tag: money}, b: B}}}"
    declared = declaration(more, tmp_path)
    asked = context(declared)
    asked.known = {"helpdesk/ticket_fields/why": Known({}, {"values": {"a": "why_a", "b": "why_b"}})}
    [field] = TicketFields().resources(declared.of("ticket_fields")["why"], asked)
    assert field.payload["former_values"] == {"money": "why_a"}
    asked.known = {"helpdesk/ticket_fields/why": Known(field.payload, field.notes)}
    [again] = TicketFields().resources(declared.of("ticket_fields")["why"], asked)
    assert (again.payload, again.notes) == (field.payload, field.notes)


def _tags(resource: Resource) -> list[str]:
    return [option["value"] for option in resource.payload["custom_field_options"]]


def test_what_is_taken_over_keeps_the_values_that_records_hold() -> None:
    options = {
        "refund": Option(name="Refund"),
        "question": Option(name="A  Question"),
        "other": Option(name="Other", tag="said"),
        "idea": Option(name="Idea"),
    }
    fresh = {"refund": "r_refund", "question": "r_question", "other": "said", "idea": "r_idea"}
    live = [("refund", "money"), ("a question", "r_idea"), ("Refund", "second"), ("Other", "theirs")]
    found = values_of_live(options, fresh, live)
    assert found == {"refund": "money", "question": "r_idea", "other": "said"}
    assert lasting_values(options, found, lambda key: f"r_{key}")["idea"] == "r_idea_2"
    assert values_of_live(options, fresh, []) == fresh
