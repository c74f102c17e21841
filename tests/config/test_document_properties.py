"""Whatever is in a file, reading it gives data or a refusal with a place inside the file."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from config.document import Document, Unreadable, parse_document
from config.loading import load_documents

PIECES = some.sampled_from(
    ["groups", "a", ":", ": ", "- ", "\n", "\n  ", "\n\t", "[", "]", "{", "}", ",", "'", '"', "|", ">", "&x", "*x",
     "!!int", "!t", "<<",
     "---\n", "...\n", "#", "? ", "%", "@", "`", "yes", "012", "null", "ü", "\u2028", "\x00", "\ufeff",
     " ", "name", "when", "true", "${values.x}", "{{", "x-"]
)  # fmt: skip
TEXTS = some.lists(PIECES, max_size=40).map("".join) | some.text(max_size=200)
LETTERS = some.characters(min_codepoint=0x20, max_codepoint=0x7E) | some.characters(
    min_codepoint=0xA0, max_codepoint=0xFFFD, exclude_categories=["Cs"], exclude_characters="\u2028\u2029\ufeff"
)
WORDS = some.text(LETTERS, max_size=12)
SCALARS = some.none() | some.booleans() | some.integers(-(10**17), 10**17) | WORDS
DATA = some.recursive(
    SCALARS,
    lambda inner: (
        some.lists(inner, max_size=4) | some.dictionaries(WORDS.filter(lambda word: word != "<<"), inner, max_size=4)
    ),
)


def read(text: str) -> Document | None:
    lines = text.count("\n") + text.count("\u2028") + text.count("\u2029") + text.count("\x85") + text.count("\r") + 1
    try:
        document = parse_document(text, "f")
    except Unreadable as refused:
        place = refused.finding.position
        assert 1 <= place.line <= lines + 1
        assert place.column >= 1
        return None
    for place in (*document.keys.values(), *document.values.values()):
        assert 1 <= place.line <= lines
        assert place.column >= 1
    return document


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_reading_never_fails_otherwise(text: str) -> None:
    read(text)


@settings(max_examples=150, deadline=None)
@given(DATA)
def test_json_is_read_as_it_is(data: Any) -> None:
    document = read(json.dumps(data, ensure_ascii=False))
    assert document is not None
    assert document.data == data


@settings(max_examples=150, deadline=None)
@given(some.dictionaries(some.sampled_from(["groups", "triggers", "integrations", "company", "order", "x"]), DATA))
def test_loading_never_fails_otherwise(data: Any) -> None:
    document = read(json.dumps(data, ensure_ascii=False))
    if document is not None:
        for finding in load_documents([document], {}).findings:
            assert finding.position.file == "f"
            assert finding.message
