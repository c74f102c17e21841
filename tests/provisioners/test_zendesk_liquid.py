"""What golive writes into JSON is read by another's Liquid, with values that customers could write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from liquid import Environment

from provisioners.resource import with_symbols
from provisioners.translation import Names
from provisioners.zendesk.translations.actions import declared_actions
from provisioners.zendesk.translations.options import TYPE
from provisioners.zendesk.translations.speech import Hearing
from tests.provisioners.zendesk_workspace import compiled, declaration, named

YAML = """
ticket_fields:
  reason: {name: Reason, type: dropdown, options: {a: A}}
  note: {name: Note, type: textarea}
customer_fields:
  csm: {of: organization, name: CSM, type: text}
trigger_categories: {c: {name: C}}
webhooks:
  pager: {name: Pager, url: "https://pager.example/", auth: {bearer: env:PAGER}}
integrations: {slack: {channels: {ops: {name: ops}}}}
triggers:
  t:
    name: T
    category: c
    when: [{event: updated}]
    then:
%s
"""
CALL, POST = ("call: webhooks/pager", "body"), ("slack: slack_channels/ops", "text")
NAMES = Names(
    {
        ("zendesk:TicketField", "11"): "helpdesk/ticket_fields/reason",
        ("zendesk:TicketField", "12"): "helpdesk/ticket_fields/note",
        ("zendesk:Webhook", "01PAGER"): "helpdesk/webhooks/pager",
        ("zendesk:Webhook", "01OPS"): "helpdesk/slack_channels/ops",
    },
    {(TYPE, "reason"): "dropdown"},
)
IDS = {
    "helpdesk/ticket_fields/reason": "11",
    "helpdesk/ticket_fields/note": "12",
    "helpdesk/webhooks/pager": "01PAGER",
    "helpdesk/slack_channels/ops": "01OPS",
}
HOSTILE = [
    'He said "no", "", and \'never\'',
    "C:\\temp\\new \\u0041 ends in \\",
    "one\ttwo\nthree\r\nfour\x0bfive\x0c",
    "<!channel> <!here|x> <@U012> <!subteam^S1>",
    "</script><img src=x>",
    "R&D &amp; &lt;!channel&gt; &quot;",
    "🚀 ſüß 你好",
    "{{ticket.id}} {% assign backslash = 'x' %}",
    "",
]


def _action(verb: tuple[str, str], said: Any, tmp_path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """An action as the YAML has it, and as the vendor does."""
    head, name = verb
    word, _, target = head.partition(": ")
    rule = f"      - {head}\n        {name}: {json.dumps(said)}"
    payload = named(compiled(declaration(YAML % rule, tmp_path)), "helpdesk/triggers/t").payload
    [vendor] = with_symbols(payload["actions"], IDS)
    return {word: target, name: said}, vendor


def _rendered(template: str, value: str) -> Any:
    ticket = {
        "id": 7, "status": "open", "title": value, "ticket_field_12": value, "ticket_field_option_title_11": value,
        "created_at": "2026-03-09", "comments": [{"value": value}, {"value": "second"}], "tags": "a b",
        "organization": {"custom_fields": {"csm": value}},
    }  # fmt: skip
    return json.loads(Environment().from_string(template).render(ticket=ticket))


TEXTS = [
    "{{ticket.title}}",
    "#{{ticket.id}} {{ ticket.title | upcase }} by {{organization.fields.csm | default: 'nobody'}}",
    "{{- ticket.fields.note -}} / {{ ticket.fields.reason | truncate: 20 }}",
    "Quotes \" and \\ and tabs\tof our own; {{ticket.title | replace: 'a', 'b'}} — {{ticket.status}}",
    "{% if ticket.tags contains 'zz' %}{{ticket.title}}{% else %}none{% endif %} {{ticket.fields.note}}",
    "{% for comment in ticket.comments %}{{comment.value}}; {% endfor %}",
]
WITH_QUOTES = [
    '{{ticket.created_at | date: "%d.%m.%Y"}} {{ticket.title}}',
    '{% if ticket.tags contains "zz" %}yes{% else %}{{ticket.title | append: "!"}}{% endif %}',
]


@pytest.mark.parametrize("text", [*TEXTS, *WITH_QUOTES])
@pytest.mark.parametrize("verb", [CALL, POST])
def test_hostile_values_stay_values(verb: tuple[str, str], text: str, tmp_path: Path) -> None:
    said = {"first": "{{ticket.id}}", "inner": {"text": text, "list": [text, 5, None]}} if verb is CALL else text
    _, vendor = _action(verb, said, tmp_path)
    template = vendor["value"][1]
    plain = _rendered(template, "plain")
    for value in HOSTILE:
        read = _rendered(template, value)
        texts = [read["inner"]["text"], *read["inner"]["list"]] if verb is CALL else [read["text"]]
        assert read.keys() == plain.keys() and texts[1:] in ([], [texts[0], 5, None])
        assert not [mark for mark in ("<!", "<@", "</script", "\x0b") if mark in texts[0]]
        if verb is POST:
            assert "<" not in texts[0] and (read["link_names"], read["parse"]) == (False, "none")


@pytest.mark.parametrize("verb", [CALL, POST])
def test_what_people_read_of_a_value(verb: tuple[str, str], tmp_path: Path) -> None:
    said = "{{ticket.title}}"
    _, vendor = _action(verb, {"x": said} if verb is CALL else said, tmp_path)
    read = _rendered(vendor["value"][1], ' a\t"b"\n\\c ')
    assert next(iter(read.values())) == "a ”b” ＼c"


def test_users_filters_work_inside_json(tmp_path: Path) -> None:
    _, vendor = _action(
        CALL, {"day": '{{ticket.created_at | date: "%d.%m.%Y"}}', "t": "{{ticket.title | upcase}}"}, tmp_path
    )
    assert _rendered(vendor["value"][1], 'say "x"') == {"day": "09.03.2026", "t": "SAY ”X”"}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("verb", [CALL, POST])
def test_a_template_is_json_before_it_is_rendered(verb: tuple[str, str], text: str, tmp_path: Path) -> None:
    _, vendor = _action(verb, {"a": {"b": [text]}} if verb is CALL else text, tmp_path)
    assert json.loads(vendor["value"][1]).keys() == ({"a"} if verb is CALL else {"text", "link_names", "parse"})


def test_a_backslash_is_made_once_and_only_where_it_is_needed(tmp_path: Path) -> None:
    _, vendor = _action(CALL, {"id": "{{ticket.id}}", "a": "x {{ticket.title}}", "b": "{{ticket.title}}"}, tmp_path)
    template = vendor["value"][1]
    assert template.count("{% assign backslash") == 1
    assert template.startswith('{"id": "{{ticket.id}}", "a": "x {% assign backslash')
    _, vendor = _action(CALL, {"id": "{{ticket.id}}"}, tmp_path)
    assert vendor["value"][1] == '{"id": "{{ticket.id}}"}'


@pytest.mark.parametrize("text", [*TEXTS, *WITH_QUOTES, "{{ticket.id}}", "no placeholder"])
@pytest.mark.parametrize("verb", [CALL, POST])
def test_the_yaml_comes_back_as_it_was(verb: tuple[str, str], text: str, tmp_path: Path) -> None:
    said, vendor = _action(verb, {"a": text, "b": [{"c": text}]} if verb is CALL else text, tmp_path)
    assert declared_actions([vendor], Hearing(NAMES)) == [said]


def test_what_an_older_version_wrote_can_be_read(tmp_path: Path) -> None:
    older = (
        "{\"a\": \"{{ticket.title | escape | replace: '&quot;', '”' | strip_newlines}}\", "
        '"b": "{{ticket.created_at | date: \\"%d\\"}}"}'
    )
    [read] = declared_actions([{"field": "notification_webhook", "value": ["01PAGER", older]}], Hearing(NAMES))
    assert read["body"].keys() == {"a", "b"}


MARKED = [
    '<b>R&D</b> &amp; "quoted" \\ C:\\new {{ticket.fields.note}}',
    "  indented\n\n\n{{ organization.fields.csm | default: 'nobody' }}\n- a\n- b",
    "{{ticket.fields.reason}}{{ticket.fields.reason.tag}}",
    "{% comment %}of ours{% endcomment %}{{ticket.link}}",
]


@pytest.mark.parametrize("text", [*TEXTS, *WITH_QUOTES, *MARKED])
@pytest.mark.parametrize("to", ["requester", "assignee"])
def test_a_mail_comes_back_as_it_was(to: str, text: str, tmp_path: Path) -> None:
    line = " ".join(text.split())
    rule = f"      - {{email: {to}, subject: {json.dumps(line)}, body: {json.dumps(text)}}}"
    payload = named(compiled(declaration(YAML % rule, tmp_path)), "helpdesk/triggers/t").payload
    [vendor] = with_symbols(payload["actions"], IDS)
    assert "ticket.fields." not in str(vendor), "the vendor knows fields by their ids"
    assert declared_actions([vendor], Hearing(NAMES)) == [{"email": to, "subject": line, "body": text}]
