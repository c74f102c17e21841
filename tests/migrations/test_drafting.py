"""Texts of an old tool as drafts: placeholders renamed, pages without what acts, languages as files call them."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from config.declaration import Declaration, Declared
from config.findings import Position
from config.kinds.fields import TicketField
from migrations.declared.mapping import FieldRow
from migrations.drafting.articles import our_locale
from migrations.drafting.macros import macro_draft
from migrations.drafting.pages import page_draft
from migrations.drafting.placeholders import known_placeholder, with_placeholders
from migrations.records.macro import Macro
from migrations.sources.freshdesk.source import FreshdeskSource
from migrations.sources.zendesk.source import ZendeskSource
from migrations.staging.staging import Staging

DECLARED = Declaration()
DECLARED.add(
    Declared("ticket_fields", "area", TicketField.model_validate({"name": "Area", "type": "text"}), Position(""))
)


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    made = Staging(tmp_path)
    made.database.executescript(files("migrations.sources.zendesk").joinpath("tables.sql").read_text(encoding="utf-8"))
    for number, title in ((7, "Area"), (8, "Gone")):
        field = {"id": number, "title": title, "type": "text"}
        made.database.execute(
            "INSERT INTO zendesk_lists VALUES ('ticket_fields', ?, ?)", (str(number), json.dumps(field))
        )
    return made


def test_an_old_zendesks_fields_are_named_by_our_keys(staging: Staging) -> None:
    known = known_placeholder(
        lambda name: ZendeskSource().placeholder(name, staging),
        {"Area": FieldRow(to="area"), "Gone": FieldRow(drop=True, decision="x")},
        DECLARED,
    )
    text = (
        "{{ticket.id}} {{ ticket.ticket_field_7 | upcase }} {{ticket.ticket_field_option_title_7}} "
        "{{ticket.ticket_field_8}} {{ticket.ticket_field_99}} {{dc.hello}} "
        "{{ticket.requester.custom_fields.x}} {% if x %}"
    )
    said, unknown = with_placeholders(text, known)
    assert said == text.replace("{{ ticket.ticket_field_7 | upcase }}", "{{ticket.fields.area| upcase }}").replace(
        "{{ticket.ticket_field_option_title_7}}", "{{ticket.fields.area}}"
    )
    assert unknown == [
        "{{ticket.ticket_field_8}}", "{{ticket.ticket_field_99}}", "{{dc.hello}}",
        "{{ticket.requester.custom_fields.x}}", "{% if x %}",
    ]  # fmt: skip


def test_a_freshdesks_fields_are_named_by_our_keys(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    source = FreshdeskSource()
    known = known_placeholder(
        lambda name: source.placeholder(name, staging), {"cf_area": FieldRow(to="area")}, DECLARED
    )
    said, unknown = with_placeholders(
        "{{ticket.cf_area}} {{ticket.cf_other}} {{ticket.agent.name}} {{helpdesk_name}}", known
    )
    assert said == "{{ticket.fields.area}} {{ticket.cf_other}} {{ticket.assignee.name}} {{helpdesk_name}}"
    assert unknown == ["{{ticket.cf_other}}", "{{helpdesk_name}}"]


@pytest.mark.parametrize(
    ("page", "draft"),
    [
        ("<p onclick=x()>a</p><script>b</script><style>c</style><iframe src=d></iframe>", "<p>a</p>"),
        ("a <b>c</b>", "<div>a <b>c</b></div>"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<img src="data:image/png;base64,xx" alt="A"><img src="//cdn.example/a.png">', '<img alt="A"><img>'),
        ("", "<div></div>"),
        ("<p>\x00\r\n</p>", "<p>\n</p>"),
    ],
)
def test_a_page_acts_no_more(page: str, draft: str) -> None:
    assert page_draft(page, lambda _: "")[0] == draft


def test_what_a_page_loses_is_said() -> None:
    said = page_draft(
        '<iframe></iframe><SCRIPT></SCRIPT><img src="https://a.example/1"><img src="https://a.example/2">', str
    )
    assert said[1] == [
        "Left out: 1 × <iframe>.", "Left out: 1 × <script>.",
        "2 pictures are loaded from a.example: put them into files of your own.",
    ]  # fmt: skip


def test_whatever_a_macro_holds_is_a_draft_that_can_be_read() -> None:
    macro = Macro(id="1\n2", name='a: "b"\n# c', folder="- !!x", text="d\x00\x1b\n  e: #f\u2028g", does=("g\nh: i", ""))
    taken: set[str] = set()
    lines, _ = macro_draft(macro, taken, lambda _: "")
    [(key, draft)] = yaml.safe_load(f"macros:\n{lines}")["macros"].items()
    assert key in taken and draft["then"] == [{"reply": "public", "text": "d\x1b\n  e: #f\u2028g"}]
    assert all(line.lstrip().startswith("#") for line in lines.splitlines()[:4])


@pytest.mark.parametrize(
    ("said", "ours"),
    [("en", "en-GB"), ("EN_gb", "en-GB"), ("de", "de"), ("pt-br", "pt-BR"), ("", ""), ("??", ""), ("en-us", "en-US")],
)
def test_a_language_is_the_one_that_the_company_speaks(said: str, ours: str) -> None:
    assert our_locale(said, ["en-GB", "de"]) == ours
