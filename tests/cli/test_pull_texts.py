"""Texts in several languages, texts of files and orders, edited by hand at the vendor, on their way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.workspace import Ran, Workspace

pytestmark = pytest.mark.engine
Small = Callable[[str], Workspace]

COMPANY = "company: {name: Acme, default_locale: en-US, locales: [en-US, de]}\n"
MACROS = """\
macros:
  hello:
    name: Hello
    then:
      - reply: public
        text:
          en-US: Hello there      # as we say it
          de: Guten Tag
  terms:
    name: Terms
    then:
      - reply: public
        text: {file: texts/terms.txt}   # looked after by legal
      - {add_tags: [terms]}
"""
TERMS = "Within 30 days.\nNo questions.\n"
VIEWS = """\
views:
  first: {name: First, when: [{field: status, is: open}], columns: [subject]}
  second: {name: Second, when: [{field: status, is: open}], columns: [subject]}
  third: {name: Third, when: [{field: status, is: open}], columns: [subject]}
"""
AUTOMATIONS = """\
automations:
  first: {name: One, when: [{field: status, is: open}, {hours_since: open, is: 4h}], then: [{add_tags: [a]}]}
  second: {name: Two, when: [{field: status, is: open}, {hours_since: open, is: 5h}], then: [{add_tags: [b]}]}
"""


def ours(workspace: Workspace) -> str:
    return (workspace.root / "config" / "own.yaml").read_text(encoding="utf-8")


def with_terms(small: Small) -> Workspace:
    workspace = small(MACROS)
    workspace.config(COMPANY, "config/company.yaml")
    (workspace.root / "texts").mkdir(exist_ok=True)
    (workspace.root / "texts" / "terms.txt").write_text(TERMS, encoding="utf-8")
    workspace.up()
    return workspace


def pulled(workspace: Workspace, *more: str) -> Ran:
    return workspace.golive("pull", "--yes", *more)


def test_one_language_of_a_text_comes_back_and_the_other_stays(small: Small) -> None:
    workspace = with_terms(small)
    (item,) = [each for each in workspace.zendesk("GET", "dynamic_content/items")["items"] if "hello" in each["name"]]
    (german,) = [each for each in item["variants"] if each["content"] == "Guten Tag"]
    path = f"dynamic_content/items/{item['id']}/variants/{german['id']}"
    workspace.zendesk("PUT", path, {"variant": {"content": "Moin"}})
    ran = pulled(workspace)
    assert ran.code == 0, ran.out + ran.err
    assert ours(workspace) == MACROS.replace("Guten Tag", "Moin")
    workspace.is_settled()


def test_a_text_of_a_file_is_written_there_or_it_is_said_what_to_do(small: Small) -> None:
    workspace = with_terms(small)
    macro = workspace.one("macros", "Terms")
    actions = [
        {**each, "value": "Within 60 days.\nNo questions.\n"} if each["field"] == "comment_value" else each
        for each in macro["actions"]
    ]
    workspace.zendesk("PUT", f"macros/{macro['id']}", {"macro": {"actions": actions}})
    ran = pulled(workspace)
    said = " ".join((ran.out + ran.err).split())
    assert ran.code == 4, ran.out + ran.err
    assert "this text stands in texts/terms.txt, into which golive does not write. Put there what is live" in said
    assert ours(workspace) == MACROS
    file = workspace.root / "texts" / "terms.txt"
    assert file.read_text(encoding="utf-8") == TERMS
    file.write_text("Within 60 days.\nNo questions.\n", encoding="utf-8")
    ran = pulled(workspace)
    assert ran.code == 0, ran.out + ran.err
    assert ours(workspace) == MACROS
    workspace.is_settled()


def test_what_stands_beside_a_text_of_a_file_comes_back_and_the_file_stays_named(small: Small) -> None:
    workspace = with_terms(small)
    macro = workspace.one("macros", "Terms")
    actions = [
        {**each, "value": "conditions"} if each["field"] == "current_tags" else each for each in macro["actions"]
    ]
    workspace.zendesk("PUT", f"macros/{macro['id']}", {"macro": {"actions": actions}})
    ran = pulled(workspace)
    assert ran.code == 0, ran.out + ran.err
    assert ours(workspace) == MACROS.replace("[terms]", "[conditions]")
    workspace.is_settled()


@pytest.mark.parametrize(
    ("kind", "text", "names"),
    [("views", VIEWS, ["First", "Second", "Third"]), ("automations", AUTOMATIONS, ["One", "Two"])],
)
def test_another_order_comes_back(small: Small, kind: str, text: str, names: list[str]) -> None:
    workspace = small(text)
    workspace.up()
    ids = {each["title"]: each["id"] for each in workspace.zendesk("GET", kind)[kind]}
    wanted = list(reversed(names))
    many = [{"id": ids[name], "position": 100 + place} for place, name in enumerate(wanted)]
    workspace.zendesk("PUT", f"{kind}/update_many", {kind: many})
    ran = pulled(workspace)
    assert ran.code == 0, ran.out + ran.err
    workspace.is_settled()
    assert [each for each in workspace.titles(kind) if each in names] == wanted
