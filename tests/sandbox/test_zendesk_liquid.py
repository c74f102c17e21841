"""The sandbox's reading of Liquid beside that of a public implementation, and what placeholders mean."""

from __future__ import annotations

from typing import Any

import pytest
from liquid import Environment

from sandbox.zendesk.liquid import rendered
from tests.sandbox.ticket_world import World

SCOPE: dict[str, Any] = {
    "ticket": {
        "id": 5,
        "title": 'Hé <b>"x" and',
        "tags": "a b",
        "comments": [{"value": "one"}, {"value": "two"}],
        "priority": None,
        "nothing": "",
    },
    "x": 3,
}
SAME = [
    "no markup, { } and %",
    "{{ticket.id}} {{ ticket.title | escape }} {{ ticket.title | upcase | size }}",
    "{% if ticket.title contains ' and' and x > 2 %}y{% else %}n{% endif %}",
    "{% if x == 3 or x == 4 and false %}t{% endif %}{% if x < 3 %}a{% elsif x >= 3 %}b{% else %}c{% endif %}",
    "{% unless ticket.priority %}none{% endunless %}{% if ticket.nothing == empty %}e{% endif %}",
    "{% if 'a or b' == 'a or b' %}quoted{% endif %}{% if x != 3 %}no{% endif %}",
    "{% for c in ticket.comments %}{{forloop.index}}:{{c.value}}{% unless forloop.last %}, {% endunless %}{% endfor %}",
    "{% for i in (1..x) %}{{i}}{% endfor %}{% for i in nothing %}x{% endfor %}",
    "{% assign backslash = '\\/' | truncate: 1, '' %}[{{backslash}}] {{ ticket.title | replace: 'x', backslash }}",
    "{% case x %}{% when 1, 2 %}low{% when 3 or 4 %}mid{% else %}high{% endcase %}",
    "{% case ticket.tags %}{% when 'a' %}A{% endcase %}.",
    "a {{- ' b ' -}} c{%- if true -%} d {%- endif %}",
    "{{ nothing.at.all }}|{{ ticket.priority | default: 'none' }}|{{ ticket.nothing | default: 'blank' }}",
    "{{ ticket.comments.first.value | append: '!' | split: '' | join: '-' }} {{ ticket.comments | size }}",
    "{% raw %}{{x}}{% endraw %}{% comment %}{{x}}{% endcomment %}",
    "{{ ticket.comments[1].value }} {{ ticket['id'] }} {{ ticket.comments.size }}",
    "{{ 'a,b,c' | split: ',' | last }} {{ 7 | divided_by: 2 }} {{ x | plus: 1 }} {{ x | times: 2.5 }}",
    "{{ 7 | modulo: 4 }} {{ 7.5 | floor }} {{ 7.2 | ceil }} {{ 7.25 | round: 1 }} {{ 7 | minus: 9 }}",
    "{{ ticket.title | truncate: 8 }} {{ 'a b c d' | truncatewords: 2 }} {{ ' s ' | strip }}",
    "{% capture z %}q{{x}}{% endcapture %}{{z}}",
    "{{ '2026-03-09T10:00:00Z' | date: '%d.%m.%Y' }}",
    "{{ 'a  b\tc ' | split: ' ' | join: ' ' }}|{{ '<p>x</p>' | strip_html }}|{{ 'a\nb' | newline_to_br }}",
    "{{ 'hello world' | capitalize | replace_first: 'l', 'L' | remove: 'o' | slice: 1, 3 }}",
]


@pytest.mark.parametrize("template", SAME)
def test_both_read_it_alike(template: str) -> None:
    assert rendered(template, SCOPE) == Environment().from_string(template).render(**SCOPE)


def test_what_cannot_be_read_says_so_and_what_is_unknown_is_empty() -> None:
    assert rendered("{% if x %}", SCOPE).startswith("Liquid syntax error")
    assert rendered("{% frobnicate %}", SCOPE).startswith("Liquid syntax error")
    assert rendered("{{ who.knows }}{{ x | frobnicate }}", SCOPE) == "3"


# Placeholders

PLACES: list[tuple[str, str]] = [
    ("{{ticket.id}} {{ticket.title}} {{ticket.account}}", "1 Help Acme"),
    ("{{ticket.link}}", "https://acme.zendesk.com/agent/tickets/1"),
    ("{{ticket.url}} {{ticket.status}} {{ticket.priority}}", "acme.zendesk.com/agent/tickets/1 New High"),
    ("{{ticket.requester.name}}, {{ticket.requester.first_name}} {{ticket.requester.email}}", "Cleo Client, Cleo {}"),
    ("{{current_user.name}} {{agent.name}}", "Account owner Account owner"),
    ("{{ticket.assignee.name}}|{{ticket.group.name}}", "Bob Biller|Billing"),
    ("{{ticket.organization.name}} {{ticket.organization.custom_fields.segment}}", "Client Large enterprise"),
    (
        "{{ticket.requester.custom_fields.plan}} {{ticket.requester.custom_fields.plan.title}}",
        "plan_gold Gold plan",
    ),
    ("{{ticket.ticket_field_<area>}} {{ticket.ticket_field_option_title_<area>}}", "area_pay Pay"),
    ("{{ticket.ticket_field_<order>}}|{{ticket.ticket_field_77}}", "A-1|"),
    ("{{ticket.tags}} {{ticket.via}} {{ticket.brand.name}}", "vip area_pay Web service Acme"),
    ("{{ticket.description}}|{{ticket.latest_comment}}", "It is broken|It is broken"),
    ("{{ticket.latest_comment.author.name}} {{ticket.comments.size}}", "Account owner 1"),
    ("{{ticket.comments_formatted}}", "Account owner, September 21, 2026:\n\nIt is broken"),
    ("{{ticket.created_at}} {{ticket.created_at_with_timestamp}}", "September 21, 2026 2026-09-21T14:13:20Z"),
    ("{{ticket.in_business_hours}} {{ticket.current_holiday_name}}", "true "),
    ("{{dc.hello}} {{dc.unknown}}", "Hello Cleo "),
    ("{{ticket.ticket_form}}, {{ticket.cc_names}}", "Default Ticket Form, Ann Agent"),
]


@pytest.mark.parametrize(("template", "text"), PLACES)
def test_what_placeholders_mean(template: str, text: str) -> None:
    world = World()
    variants = [{"locale_id": 1, "content": "Hello {{ticket.requester.first_name}}"}]
    world.zendesk.make("dynamic_content/items", "item", name="hello", default_locale_id=1, variants=variants)
    action = {"field": "notification_webhook", "value": ["<pager>", template]}
    world.trigger("T", [{"field": "update_type", "operator": "is", "value": "Create"}], [action])
    fields = [{"id": "<area>", "value": "area_pay"}, {"id": "<order>", "value": "A-1"}]
    people = {"assignee_id": "<bob>", "email_ccs": [{"user_id": "<ann>"}]}
    world.ticket(priority="high", tags=["vip"], custom_fields=fields, status="new", **people)
    [call] = world.zendesk.admin.get("/sandbox/webhook_calls").json()["webhook_calls"]
    assert call["body"] == text.replace("{}", "cleo@client.org").replace("New", "Open")


def test_a_reader_gets_dynamic_content_in_the_readers_language() -> None:
    world = World()
    variants = [{"locale_id": 1, "content": "Hello"}, {"locale_id": 8, "content": "Hallo"}]
    world.zendesk.make("dynamic_content/items", "item", name="hello", default_locale_id=1, variants=variants)
    world.zendesk.put(f"users/{world.ids['<ann>']}", {"user": {"locale_id": 8}})
    action = {"field": "notification_user", "value": ["all_agents", "{{dc.hello}}", "{{ticket.link}}"]}
    world.trigger("T", [{"field": "update_type", "operator": "is", "value": "Create"}], [action])
    world.ticket()
    subjects = {mail["to"]: mail["subject"] for mail in world.mails()}
    assert subjects == {"owner@example.com": "Hello", "ann@acme.com": "Hallo", "bob@acme.com": "Hello"}


def test_customers_read_no_private_notes_and_none_of_their_own_words_back() -> None:
    text = "{{ticket.latest_comment}}/{{ticket.latest_public_comment}}/{{ticket.description}}/{{ticket.link}}"
    action = {"field": "notification_user", "value": ["requester_id", "s", text]}
    link = "https://acme.zendesk.com/hc/requests/1"
    for suppressed, first in ((True, f"///{link}"), (False, f"Help me/Help me/Help me/{link}")):
        world = World(suppress_placeholders=suppressed)
        world.trigger("T", [{"field": "status", "operator": "less_than", "value": "closed"}], [action])
        world.mail("From: dana@client.org\nTo: help@acme.com\nSubject: S\n\nHelp me")
        world.change({"id": 1}, comment={"body": "Secret", "public": False})
        bodies = [mail["body"].partition("\n")[0] for mail in world.mails()]
        assert bodies == [first, f"Help me/Help me/Help me/{link}"]
