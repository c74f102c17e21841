"""Texts in several languages of which each stands in a file of its own (grammar 28)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.document import parse_document
from config.loading import Loaded, load_documents
from config.writing.nodes import NotWritable
from config.writing.values import with_values
from provisioners.resource import Resource
from provisioners.zendesk.rules.articles import DEAD_LINK
from tests.provisioners.zendesk_workspace import compiled

WORKSPACE = """
company: {{name: Acme, default_locale: en-US, locales: [en-US, de]}}
dynamic_content: {{bye: {{name: Bye, text: {text}}}}}
macros: {{m: {{name: M, then: [{{reply: public, text: {text}}}]}}}}
help_center:
  categories: {{c: {{name: {{en-US: C, de: C}}}}}}
  sections: {{s: {{name: {{en-US: S, de: S}}, category: c}}}}
  articles: {{a: {{name: {{en-US: A, de: B}}, section: s, body: {text}}}}}
"""
PICTURE = b"\x89PNG\r\n\x1a\n"


def loaded(text: str, root: Path) -> Loaded:
    return load_documents([parse_document(WORKSPACE.format(text=text), "config/a.yaml")], {}, root)


def errors(text: str, root: Path) -> list[tuple[str, str, str]]:
    return [(each.rule, each.path, each.hint) for each in loaded(text, root).findings if each.severity == "error"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "en.md").write_text("Hello {{ticket.id}}")
    (tmp_path / "texts" / "de.md").write_text("Hallo {{ticket.id}}")
    return tmp_path


def sent(text: str, root: Path) -> list[tuple[str, Any]]:
    found = loaded(text, root)
    assert found.errors == []
    resources: list[Resource] = compiled(found.declaration).resources
    return [(each.name, each.payload) for each in resources]


@pytest.mark.parametrize("german", ["Hallo {{ticket.id}}", "{file: texts/de.md}"])
def test_files_are_sent_as_the_same_texts_in_the_yaml_are(german: str, root: Path) -> None:
    plain = "{en-US: 'Hello {{ticket.id}}', de: 'Hallo {{ticket.id}}'}"
    german = german if german.startswith("{") else f"'{german}'"
    assert sent(f"{{en-US: {{file: texts/en.md}}, de: {german}}}", root) == sent(plain, root)


def test_a_file_that_is_not_there_is_told_where_it_is_named(root: Path) -> None:
    found = errors("{en-US: {file: texts/en.md}, de: {file: texts/gone.md}}", root)
    assert ("texts.file", "macros.m.then[0].text.de.file") in [(rule, path) for rule, path, _ in found]


def test_what_stands_in_such_a_file_is_checked(root: Path) -> None:
    (root / "texts" / "de.md").write_text("Hallo {{dc:nobody}}")
    found = errors("{en-US: {file: texts/en.md}, de: {file: texts/de.md}}", root)
    assert ("placeholders.unknown", "macros.m.then[0].text.de.file") in [(rule, path) for rule, path, _ in found]


def test_a_map_in_a_language_is_told_what_it_lacks(root: Path) -> None:
    (found, *_) = errors("{en-US: x, de: {path: texts/de.md}}", root)
    assert found[:2] == ("schema.unknown-attribute", "dynamic_content.bye.text.de.path")


@pytest.mark.parametrize(
    ("body", "counts_from"),
    [
        ("{en-US: '![A](a.png)', de: x}", "The text stands in the YAML, so the picture's path counts from the "
         "workspace's root."),
        ("{en-US: x, de: {file: texts/shown.md}}", "Its path counts from the folder of the text's file, "
         "`texts/shown.md`."),
    ],
)  # fmt: skip
def test_a_missing_picture_says_from_where_its_path_counts(body: str, counts_from: str, root: Path) -> None:
    (root / "texts" / "shown.md").write_text("![A](a.png)")
    hints = [hint for rule, _, hint in errors(body, root) if rule == "ZD017"]
    assert hints == [counts_from]
    where = root / "texts" if "shown" in body else root
    (where / "a.png").write_bytes(PICTURE)
    assert errors(body, root) == []


def test_a_link_to_the_file_of_another_article_is_told_the_key(root: Path) -> None:
    (root / "texts" / "linking.md").write_text("See [the other](de.md#top) and [that](gone.md).")
    text = """
help_center:
  categories: {c: {name: C}}
  sections: {s: {name: S, category: c}}
  articles:
    one: {name: A, section: s, body: {file: texts/linking.md}}
    other: {name: B, section: s, body: {en-US: x, de: {file: texts/de.md}}}
"""
    found = load_documents([parse_document(text, "config/a.yaml")], {}, root).findings
    links = [(each.path, each.hint) for each in found if each.rule == "ZD052"]
    assert links == [
        ("help_center.articles.one.body", "Write  {{article:other}}  for the link's address."),
        ("help_center.articles.one.body", DEAD_LINK.fix),
    ]


def test_a_text_that_was_changed_live_leaves_the_other_language_in_its_file() -> None:
    old = {"en-US": {"file": "texts/en.md"}, "de": {"file": "texts/de.md"}}
    texts = {"texts/en.md": "Hello", "texts/de.md": "Hallo"}
    assert with_values({"en-US": "Hello", "de": "Hallo"}, old, {}, texts) == old
    mixed = {**old, "de": "Hallo"}
    assert with_values({"en-US": "Hello", "de": "Servus"}, mixed, {}, texts) == {**mixed, "de": "Servus"}
    with pytest.raises(NotWritable, match=r"texts/de\.md"):
        with_values({"en-US": "Hello", "de": "Servus"}, old, {}, texts)
