"""Restricted YAML: what is refused, with line and column, and what is read as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.document import LARGEST_FILE, Unreadable, parse_document, read_document, show_path

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(letter)}: &{chr(letter)} [{', '.join([f'*{chr(letter - 1)}'] * 10)}]\n" for letter in range(98, 105)
)


def refusal(text: str) -> tuple[str, int, int]:
    with pytest.raises(Unreadable) as caught:
        parse_document(text, "config/test.yaml")
    finding = caught.value.finding
    assert finding.severity == "error"
    assert finding.message
    assert finding.position.file == "config/test.yaml"
    return finding.rule, finding.position.line, finding.position.column


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("a: 1\nb: 2\na: 3\n", ("yaml.duplicate-key", 3, 1)),
        ("a:\n  b: {c: 1, c: 2}\n", ("yaml.duplicate-key", 2, 13)),
        ("a: !!python/object:os.system {}\n", ("yaml.tag", 1, 4)),
        ("a: !custom x\n", ("yaml.tag", 1, 4)),
        ("a: !!str x\n", ("yaml.tag", 1, 4)),
        ("!!set {a: null}\n", ("yaml.tag", 1, 1)),
        ("a: &x {b: 1}\nc: {<<: *x}\n", ("yaml.merge", 2, 5)),
        ("a:\n\tb: 1\n", ("yaml.tab", 2, 1)),
        ("a: 1\n---\nb: 2\n", ("yaml.documents", 2, 1)),
        ("a: *b\n", ("yaml.alias", 1, 4)),
        ("a: &a [*a]\n", ("yaml.alias", 1, 8)),
        ("[a, b]: c\n", ("yaml.key", 1, 1)),
        ("? {a: 1}\n: c\n", ("yaml.key", 1, 3)),
        ("!x a: 1\n", ("yaml.key", 1, 1)),
        ("a: 'b\nc: d\n", ("yaml.syntax", 1, 4)),
        ("a: [b, c\nd: e\n", ("yaml.syntax", 1, 4)),
        ("a: {b: c\nd: [\n", ("yaml.syntax", 1, 4)),
        ("a: b: c\n", ("yaml.syntax", 1, 5)),
        ("a: @b\n", ("yaml.syntax", 1, 4)),
        ("a: %b\n", ("yaml.syntax", 1, 4)),
        ("a:\n  - b\n c: d\n", ("yaml.syntax", 3, 2)),
        ("a: &\n", ("yaml.syntax", 1, 4)),
        ("a: x\x00y\n", ("yaml.character", 1, 5)),
        ("ü: 1\nb: ü\x07\n", ("yaml.character", 2, 5)),
        ("a: \ud800\n", ("yaml.character", 1, 4)),
    ],
)
def test_refused(text: str, want: tuple[str, int, int]) -> None:
    assert refusal(text) == want


def test_alias_bomb_is_refused_at_once() -> None:
    rule, _, _ = refusal(BOMB + "z: [*h, *h]\n")
    assert rule == "yaml.too-much"


@pytest.mark.parametrize("text", ["[" * 100 + "]" * 100, "{a: " * 100 + "1" + "}" * 100])
def test_deep_nesting_is_refused(text: str) -> None:
    assert refusal(text)[0] == "yaml.too-much"


@pytest.mark.parametrize("depth", [5_000, 50_000])
def test_absurd_nesting_is_refused_and_does_not_crash(depth: int) -> None:
    assert refusal("[" * depth)[0] in ("yaml.too-much", "yaml.syntax")


@pytest.mark.parametrize(
    "text",
    ["yes", "no", "on", "off", "y", "n", "True", "FALSE", "Null", "012", "0o17", "0x1F", "1_000", "12:30", "1:30:00",
     "2026-12-24", "2026-12-24T08:00:00Z", "1e3", ".5", "5.", ".inf", "-.NaN", "=", "1.2.3", "+49 30", "$x"],
)  # fmt: skip
def test_read_as_text(text: str) -> None:
    assert parse_document(f"a: {text}\n", "f").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("0", 0), ("-3", -3), ("+4", 4),
     ("1.50", 1.5), ("-0.5", -0.5)],
)  # fmt: skip
def test_read_as_value(text: str, value: object) -> None:
    read = parse_document(f"a: {text}\n", "f").data["a"]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("text", ['"true"', "'12'", '"null"', '"~"'])
def test_quoted_is_text(text: str) -> None:
    assert parse_document(f"a: {text}\n", "f").data == {"a": text[1:-1]}


@pytest.mark.parametrize("digits", [19, 5_000, 100_000])
def test_long_number_is_text(digits: int) -> None:
    assert parse_document(f"a: {'9' * digits}\n", "f").data == {"a": "9" * digits}


def test_longest_number() -> None:
    assert parse_document(f"a: -{'9' * 18}\n", "f").data == {"a": -(10**18) + 1}


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "--- # nothing\n...\n"])
def test_empty_file(text: str) -> None:
    assert parse_document(text, "f").data is None


def test_keys_are_text() -> None:
    assert parse_document("1: a\ntrue: b\nno: c\n", "f").data == {"1": "a", "true": "b", "no": "c"}


def test_positions_of_keys_and_values() -> None:
    document = parse_document("groups:\n  tier_1:\n    name: Support\n    list: [a, b]\n", "f.yaml")
    assert str(document.position(("groups", "tier_1", "name"))) == "f.yaml:3:11"
    assert str(document.position(("groups", "tier_1", "name"), of_key=True)) == "f.yaml:3:5"
    assert str(document.position(("groups", "tier_1", "list", 1))) == "f.yaml:4:15"
    assert str(document.position(("groups", "tier_1", "missing", 3))) == "f.yaml:3:5"
    assert str(document.position(("nothing",))) == "f.yaml:1:1"


def test_position_without_any_data_is_the_file() -> None:
    assert str(parse_document("", "f.yaml").position(("a",))) == "f.yaml:1:1"


def test_alias_repeats_data_where_it_stands() -> None:
    document = parse_document("a: &x {b: [1]}\nc: *x\n", "f")
    assert document.data == {"a": {"b": [1]}, "c": {"b": [1]}}
    document.data["c"]["b"].append(2)
    assert document.data["a"] == {"b": [1]}


def test_anchored_scalar() -> None:
    assert parse_document("a: &x yes\nb: *x\n", "f").data == {"a": "yes", "b": "yes"}


def test_show_path() -> None:
    assert show_path(("triggers", "p1", "when", 0, "field")) == "triggers.p1.when[0].field"
    assert show_path(()) == ""


def read_refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        read_document(path, "config/a.yaml")
    assert caught.value.finding.hint
    return caught.value.finding.rule


def test_too_large_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"#" * (LARGEST_FILE + 1))
    assert read_refusal(path) == "yaml.too-large"


def test_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("groups: {a: {name: Größe}}".encode("latin-1"))
    assert read_refusal(path) == "yaml.encoding"


def test_byte_order_mark_and_windows_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n")
    assert read_document(path, "a").data == {"a": 1, "b": "x\ny\n"}
