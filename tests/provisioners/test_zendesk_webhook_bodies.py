"""What rules send to webhooks in XML and as a form: values stay values, and the YAML comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from liquid import Environment

from provisioners.resource import with_symbols
from provisioners.translation import Names
from provisioners.zendesk.likeness import action_meaning
from provisioners.zendesk.markup.xml_template import xml_data, xml_template
from provisioners.zendesk.translations.actions import declared_actions
from provisioners.zendesk.translations.options import FORMAT, TYPE
from provisioners.zendesk.translations.speech import Hearing
from tests.provisioners.test_zendesk_liquid import HOSTILE
from tests.provisioners.zendesk_workspace import compiled, declaration, named

YAML = """
ticket_fields:
  note: {name: Note, type: textarea}
trigger_categories: {c: {name: C}}
webhooks:
  pager: {name: Pager, url: "https://pager.example/", format: %s}
triggers:
  t: {name: T, category: c, when: [{event: updated}], then: [{call: webhooks/pager, body: %s}]}
"""
IDS = {"helpdesk/ticket_fields/note": "12", "helpdesk/webhooks/pager": "01PAGER"}


def names(format_: str) -> Names:
    return Names(
        {
            ("zendesk:TicketField", "12"): "helpdesk/ticket_fields/note",
            ("zendesk:Webhook", "01PAGER"): "helpdesk/webhooks/pager",
        },
        {(TYPE, "note"): "textarea", (FORMAT, "webhooks/pager"): format_},
    )


def sent(format_: str, body: str, tmp_path: Path) -> dict[str, Any]:
    payload = named(compiled(declaration(YAML % (format_, body), tmp_path)), "helpdesk/triggers/t").payload
    [vendor] = with_symbols(payload["actions"], IDS)
    found: dict[str, Any] = vendor
    return found


def rendered(template: str, value: str) -> str:
    ticket = {"id": 7, "title": value, "ticket_field_12": value, "tags": "a b"}
    return str(Environment().from_string(template).render(ticket=ticket))


XML = """{ticket: {id: "{{ticket.id}}", said: 'a < b & "{{ticket.title}}"',
  note: ["{{ticket.fields.note | upcase}}", 5], when: '{% if ticket.id < 9 %}{{ticket.title}}{% endif %}',
  empty: "", yes: true, none: null}}"""


@pytest.mark.parametrize("value", [each for each in HOSTILE if "\x0b" not in each])
def test_hostile_values_stay_values_in_xml(value: str, tmp_path: Path) -> None:
    template = sent("xml", XML, tmp_path)["value"][1]
    read = ElementTree.fromstring(rendered(template, value))
    assert [each.tag for each in read] == ["id", "said", "note", "note", "when", "empty", "yes", "none"]
    texts = [(each.text or "").replace("\r\n", "\n") for each in read]
    value = value.replace("\r\n", "\n")
    assert texts == ["7", f'a < b & "{value}"', value.upper(), "5", value, "", "true", ""]


def test_a_form_is_names_and_values_which_the_vendor_encodes(tmp_path: Path) -> None:
    action = sent("form", '{title: "R&D {{ticket.title}}", note: ["{{ticket.fields.note}}", 5], none: null}', tmp_path)
    assert action["value"] == [
        "01PAGER",
        [["title", "R&D {{ticket.title}}"], ["note", "{{ticket.ticket_field_12}}"], ["note", "5"], ["none", ""]],
    ]


@pytest.mark.parametrize(
    ("format_", "body"),
    [
        ("xml", {"ticket": {"id": "{{ticket.id}}", "text": 'a < "b" & {{ticket.title | escape}}', "tag": ["x", "y"]}}),
        ("xml", {"t": {"a": {"b": [{"c": "1"}, {"c": "{% if ticket.id < 3 %}{{ticket.fields.note}}{% endif %}"}]}}}),
        ("xml", {"t": "only {{ticket.title}}"}),
        ("form", {"a": "R&D {{ticket.title}}", "b": ["1", "{{ticket.fields.note}}"]}),
    ],
)
def test_the_yaml_comes_back_as_it_was(format_: str, body: dict[str, Any], tmp_path: Path) -> None:
    action = sent(format_, json.dumps(body), tmp_path)
    assert declared_actions([action], Hearing(names(format_))) == [{"call": "webhooks/pager", "body": body}]


def test_names_and_values_that_no_map_holds_are_a_query() -> None:
    pairs = [["a", "1"], ["b", "2"], ["a", "3"]]
    action = {"field": "notification_webhook", "value": ["01PAGER", pairs]}
    assert declared_actions([action], Hearing(names("form"))) == [{"call": "webhooks/pager", "query": pairs}]
    pairs = [["a", "1"], ["a", "3"], ["b", "2"]]
    action = {"field": "notification_webhook", "value": ["01PAGER", pairs]}
    assert declared_actions([action], Hearing(names("form")))[0]["body"] == {"a": ["1", "3"], "b": "2"}
    assert declared_actions([action], Hearing(names("json")))[0]["query"] == pairs


@pytest.mark.parametrize(
    "strange",
    [
        "<a b='1'/>",
        "<a>x<b/>y</a>",
        "<a>",
        "<a/><b/>",
        "<?xml version='1.0'?><a/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<a><![CDATA[x]]></a>",
    ],
)
def test_xml_that_maps_cannot_say_stays_a_text(strange: str) -> None:
    assert xml_data(strange) == strange


def test_white_space_between_elements_says_nothing() -> None:
    assert xml_data("<a>\n  <b>1</b>\n</a>") == {"a": {"b": "1"}}

    def call(body: str) -> Any:
        return action_meaning({"field": "notification_webhook", "value": ["1", body]})

    def mail(body: str) -> Any:
        return action_meaning({"field": "notification_user", "value": ["1", "Hello", body]})

    assert call("<a>\n  <b>1</b>\n</a>") == call("<a><b>1</b></a>") != call("<a><b>1 </b></a>")
    assert mail("<b>a</b> <i>b</i>") != mail("<b>a</b><i>b</i>")
    assert xml_template({"a": {"b": [], "c": {}}}) == "<a><c/></a>"
