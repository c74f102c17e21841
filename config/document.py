"""Restricted YAML: plain data with the place of every key and value.

What YAML 1.1 reads in surprising ways is refused or read as text: only `true` and `false` are booleans, only
decimal numbers are numbers, `012`, `12:30`, `yes` and dates are text; keys must be plain text and unique; tags,
merge keys, several documents in one file, and aliases that unfold without end are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from config.findings import Finding, Position
from config.syntax import LOADER, diagnose

Path_ = tuple[str | int, ...]

LARGEST_FILE = 5_000_000
"""Bytes. A client's whole configuration has some hundred thousand."""
MOST_VALUES = 200_000
"""How many values one file may unfold to, aliases counted each time."""
DEEPEST = 60

LISTS = ("when", "when_any", "then", "holidays", "rows")
"""Attributes in which people forget the dashes."""
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
"""Longer ones are read as text: they are keys of other systems, and lose digits as numbers."""
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")


_NOT_ALLOWED = re.compile("[^\\t\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_LINE_END = re.compile("\\r\\n|[\\n\\r\\x85\\u2028\\u2029]")


class Unreadable(Exception):
    """The file cannot be read as restricted YAML; `finding` says where and why.

    words: what stands before colons in it. Among them are the keys that it declares, or would.
    """

    def __init__(self, finding: Finding, text: str = "") -> None:
        super().__init__(finding.message)
        self.finding = finding
        self.words = frozenset(re.findall(r"([a-z][a-z0-9_]*) *:", text))


@dataclass
class Document:
    """One file's data. `keys` and `values` give the place of each path's key and value."""

    file: str
    data: Any = None
    keys: dict[Path_, Position] = field(default_factory=dict)
    values: dict[Path_, Position] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list, repr=False)

    def behind(self, place: Position) -> str:
        """What stands in a line of the file from a place on."""
        return self.lines[place.line - 1][place.column - 1 :] if place.line <= len(self.lines) else ""

    def at(self, path: Path_) -> Any:
        """What stands at a path; None where nothing does."""
        here = self.data
        for step in path:
            inside_list = isinstance(here, list) and isinstance(step, int) and step < len(here)
            if not inside_list and not (isinstance(here, dict) and step in here):
                return None
            here = here[step]
        return here

    def position(self, path: Path_, *, of_key: bool = False) -> Position:
        """The place of a path, or of its nearest known parent."""
        first, second = (self.keys, self.values) if of_key else (self.values, self.keys)
        for length in range(len(path), -1, -1):
            found = first.get(path[:length]) or second.get(path[:length])
            if found:
                return found
        return Position(self.file)


def show_path(path: Path_) -> str:
    """A path as people write it: `triggers.p1.when[0].field`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def is_within(path: str, whole: str) -> bool:
    """Whether a path, as people write it, is another one or leads further into it."""
    return path == whole or path.startswith((f"{whole}.", f"{whole}["))


def read_document(path: Path, name: str) -> Document:
    """Read a file; `name` is what findings call it. Raises Unreadable."""
    if path.stat().st_size > LARGEST_FILE:
        raise Unreadable(
            Finding(
                "yaml.too-large",
                "error",
                Position(name),
                "",
                f"this file is larger than {LARGEST_FILE // 1_000_000} MB",
                "Divide it into several files; any kind may stand in any file.",
            )
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as broken:
        raise Unreadable(
            Finding(
                "yaml.encoding",
                "error",
                Position(name),
                "",
                f"this file is not UTF-8 text (byte {broken.start})",
                "Save it as UTF-8.",
            )
        ) from broken
    return parse_document(text, name)


def parse_document(text: str, name: str) -> Document:
    """The document in a text; `name` is what findings call it. Raises Unreadable."""
    return _Builder(text, name).build()


class _Builder:
    """Builds plain data from the YAML parser's events and refuses what is not allowed on the way."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.lines = _LINE_END.split(text)
        self.document = Document(name, lines=self.lines)
        self.anchors: dict[str, list[yaml.Event]] = {}
        self.count = 0

    def build(self) -> Document:
        self.check_characters()
        try:
            events = list(yaml.parse(self.text, Loader=LOADER))
        except yaml.MarkedYAMLError as broken:
            self.fail_syntax(broken)
        starts = [event for event in events if isinstance(event, yaml.DocumentStartEvent)]
        if len(starts) > 1:
            self.fail_at(
                "yaml.documents",
                "a second document begins here",
                starts[1],
                "Remove the line `---`, or put what follows into a file of its own.",
            )
        body = [e for e in events if not isinstance(e, yaml.StreamStartEvent | yaml.StreamEndEvent)]
        if not body:
            return self.document
        nodes = body[1:-1]
        self.document.data, _ = self.value(nodes, 0, (), 0)
        return self.document

    def check_characters(self) -> None:
        for line, text in enumerate(self.lines, 1):
            found = _NOT_ALLOWED.search(text)
            if found:
                self.fail(
                    "yaml.character",
                    f"the character U+{ord(found[0]):04X} cannot stand in a text file",
                    line,
                    found.start() + 1,
                    "It is invisible; delete it.",
                )

    def fail(self, rule: str, message: str, line: int, column: int, hint: str = "") -> NoReturn:
        finding = Finding(rule, "error", Position(self.document.file, line, column), "", message, hint)
        raise Unreadable(finding, self.text)

    def fail_at(self, rule: str, message: str, event: yaml.Event, hint: str = "") -> NoReturn:
        place = self.place(event)
        self.fail(rule, message, place.line, place.column, hint)

    def place(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        return self.at(mark) if mark else Position(self.document.file)

    def at(self, mark: yaml.error.Mark | yaml._yaml.Mark) -> Position:
        """A mark's place; the end of the text where it lies behind that."""
        line = min(mark.line, len(self.lines) - 1)
        column = min(mark.column, len(self.lines[line])) if line == mark.line else len(self.lines[line])
        return Position(self.document.file, line + 1, column + 1)

    def fail_syntax(self, broken: yaml.MarkedYAMLError) -> NoReturn:
        found = diagnose(self.lines, broken)
        self.fail(found.rule, found.message, found.line + 1, found.column + 1, found.hint)

    def value(self, events: list[yaml.Event], at: int, path: Path_, depth: int) -> tuple[Any, int]:
        """The value that begins at an event, and the index of the event after it."""
        event = events[at]
        self.count += 1
        if self.count > MOST_VALUES or depth > DEEPEST:
            self.fail_at(
                "yaml.too-much",
                "this unfolds to more values than any configuration needs",
                event,
                "Write out what the aliases (`*name`) stand for.",
            )
        self.document.values[path] = self.place(event)
        if isinstance(event, yaml.AliasEvent):
            aliased = self.anchors.get(str(event.anchor))
            if aliased is None:
                self.fail_at(
                    "yaml.alias", f"`*{event.anchor}` refers to `&{event.anchor}`, which stands nowhere above", event,
                    "Put a text that begins with an asterisk in quotes.",
                )  # fmt: skip
            result, _ = self.value(aliased, 0, path, depth + 1)
            return result, at + 1
        tag = getattr(event, "tag", None)
        if tag not in (None, "!"):
            shown = str(tag).replace("tag:yaml.org,2002:", "!!")
            self.fail_at(
                "yaml.tag",
                f"the tag `{shown}` is not allowed here",
                event,
                "Remove it: what is text stays text. A text that begins with `!` needs quotes.",
            )
        if isinstance(event, yaml.ScalarEvent):
            self.keep_anchor(event, events[at : at + 1])
            return scalar(event), at + 1
        if isinstance(event, yaml.SequenceStartEvent):
            result, after = self.sequence(events, at + 1, path, depth)
        else:
            result, after = self.mapping(events, at + 1, path, depth)
        self.keep_anchor(event, events[at:after])
        return result, after

    def keep_anchor(self, event: yaml.Event, events: list[yaml.Event]) -> None:
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.anchors[anchor] = events

    def sequence(self, events: list[yaml.Event], at: int, path: Path_, depth: int) -> tuple[list[Any], int]:
        result: list[Any] = []
        while not isinstance(events[at], yaml.SequenceEndEvent):
            item, at = self.value(events, at, (*path, len(result)), depth + 1)
            result.append(item)
        return result, at + 1

    def mapping(self, events: list[yaml.Event], at: int, path: Path_, depth: int) -> tuple[dict[str, Any], int]:
        result: dict[str, Any] = {}
        while not isinstance(events[at], yaml.MappingEndEvent):
            key_event = events[at]
            key = self.key(key_event)
            here = (*path, key)
            if key in result:
                first = self.document.keys[here]
                self.fail_at(
                    "yaml.duplicate-key",
                    f"`{key}` stands here a second time; the first is in line {first.line}",
                    key_event,
                    _second_time(here, first.line),
                )
            self.document.keys[here] = self.place(key_event)
            result[key], at = self.value(events, at + 1, here, depth + 1)
        return result, at + 1

    def key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.tag not in (None, "!"):
            place = self.place(event)
            if self.lines[place.line - 1][: place.column].endswith("{{"):
                hint = 'Put it in quotes:  "{{…}}"'
                self.fail("yaml.key", "a text cannot begin with `{{`", place.line, place.column - 1, hint)
            self.fail_at(
                "yaml.key", "a key must be plain text", event, "Put a text that begins with `[`, `{` or `!` in quotes."
            )
        if event.value == "<<":
            self.fail_at("yaml.merge", "merge keys (`<<`) are not allowed", event, "Write the attributes out.")
        return str(event.value)


def _second_time(path: Path_, first: int) -> str:
    """What to do where a key stands twice: at the left edge, in what should be a list, or elsewhere."""
    if len(path) == 1:
        return f"Move what stands below it to line {first}, and remove it."
    if path[-2] in LISTS:
        return f"`{path[-2]}` is a list: begin each entry with a dash:  - {path[-1]}: …"
    return "Keep one of them, or give the second another key."


def scalar(event: yaml.ScalarEvent) -> str | int | float | bool | None:
    """What a scalar means. Only unquoted text can be anything but text."""
    text: str = event.value
    if event.style or event.tag is not None:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
