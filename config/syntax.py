"""What an error of the YAML parser means: where the mistake is, which is seldom where the parser stumbled.

Each check looks at the place and at the last token before it; the first that knows the mistake answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import yaml

from config.indentation import column_of_text, indentation_hint

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LOOK = "Look at this line and the one above it: a missing colon, quote or space is the usual cause."
_PAIRS = {"[": "]", "{": "}"}
_QUOTES = ("'", '"')
_SECRET = re.compile("bearer|password|token|secret|api_key|auth", re.IGNORECASE)
_SHOWN = 60
"""The longest text that a hint repeats."""


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong, what to do, and where; line and column count from 0."""

    message: str
    hint: str
    line: int
    column: int
    rule: str = "yaml.syntax"


@dataclass
class Stumble:
    """Where the parser stumbled, and what stands before that place."""

    lines: list[str]
    said: str
    line: int
    column: int
    began: tuple[int, int] | None
    """Where the construct began that could not be read to its end."""
    tokens: list[yaml.Token] = field(default_factory=list)

    @property
    def here(self) -> str:
        return self.lines[self.line]

    @property
    def last(self) -> yaml.Token | None:
        return self.tokens[-1] if self.tokens else None

    @property
    def next(self) -> str:
        """The character at which the parser stopped."""
        return self.here[self.column : self.column + 1]

    def open_bracket(self) -> tuple[int, int] | None:
        """The innermost `[` or `{` that is open here."""
        opened: list[tuple[int, int]] = []
        for token in self.tokens:
            if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                opened.append((token.start_mark.line, token.start_mark.column))
            elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and opened:
                opened.pop()
        return opened[-1] if opened else None


def diagnose(lines: list[str], broken: yaml.MarkedYAMLError) -> Diagnosis:
    """The mistake behind an error. lines: the text's, without their ends."""
    began = broken.context_mark
    mark = broken.problem_mark or began
    line, column = _inside(lines, mark.line, mark.column) if mark else (0, 0)
    stumble = Stumble(
        lines,
        f"{broken.context or ''}; {broken.problem or ''}",
        line,
        column,
        _inside(lines, began.line, began.column) if began else None,
        _tokens("\n".join([*lines[:line], lines[line][:column]])),
    )
    for check in _CHECKS:
        found = check(stumble)
        if found:
            return _without_secret(found, lines[found.line])
    return Diagnosis(f"this is not YAML: {broken.problem or broken.context}", _LOOK, line, column)


def _without_secret(found: Diagnosis, line: str) -> Diagnosis:
    """A hint that repeats nothing of a line in which a secret may stand. What hints repeat stands behind two spaces."""
    advice, spaces, _ = found.hint.partition("  ")
    if not spaces or not _SECRET.search(line):
        return found
    return replace(found, hint=f"{advice.rstrip(':')}." if " " in advice else _LOOK)


def _inside(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """A place; the end of the text where it lies behind that."""
    if line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    return line, min(column, len(lines[line]))


def _tokens(text: str) -> list[yaml.Token]:
    """The tokens of a text that may break off anywhere, without those that only mark where blocks begin and end."""
    found: list[yaml.Token] = []
    try:
        for token in yaml.scan(text, Loader=LOADER):
            if token.start_mark.index != token.end_mark.index:
                found.append(token)
    except yaml.YAMLError:
        pass  # it breaks off
    return found


def quoted(text: str) -> str:
    """A text as YAML takes it, whatever stands in it."""
    text = text.strip().strip("“”„")
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _rest(stumble: Stumble, line: int, column: int) -> str:
    """The text that was probably meant as one: to the line's end, or to the end of its entry between brackets."""
    text = stumble.lines[line][column:]
    if stumble.open_bracket() is None:
        return re.split(r" #", text)[0].strip() if not text.startswith("#") else text.strip()
    placeholder = re.match(r"[^,]*?(\{\{.*?\}\}|\{%.*%\}|\$\{[^}]*\})[^,\]}]*", text)
    return (placeholder[0] if placeholder else re.split(r"[,\]}]", text)[0]).strip()


def _in_quotes(stumble: Stumble, line: int, column: int) -> str:
    """A hint: the text at a place in quotes, behind its key."""
    before = re.search(r"([\w.-]+: *)$", stumble.lines[line][max(0, column - _SHOWN) : column])
    rest = _rest(stumble, line, column)
    if not rest or len(rest) > _SHOWN:
        return "Put the whole text in quotes."
    return f"Put the text in quotes:  {before[1] if before else ''}{quoted(rest)}"


def _tab(stumble: Stumble) -> Diagnosis | None:
    here = stumble.here
    if "\t" in here[: column_of_text(here)] or stumble.next == "\t":
        return Diagnosis("a tab stands in the indentation", "Use spaces.", stumble.line, stumble.column, "yaml.tab")
    return None


def _backslash(stumble: Stumble) -> Diagnosis | None:
    if "escape character" not in stumble.said and "escape sequence" not in stumble.said:
        return None
    line, column = stumble.began or (stumble.line, stumble.column)
    hint = "Between double quotes `\\` begins a special character; use single quotes"
    text = re.match(r'"([^"\']*)"', stumble.lines[line][column:])
    return Diagnosis("this text has a backslash in it", f"{hint}:  '{text[1]}'" if text else f"{hint}.", line, column)


def _open_quote(stumble: Stumble) -> Diagnosis | None:
    """A quotation mark that is never closed, or only by the next one, which was to open another text."""
    message = "a quotation mark opens here and is not closed"
    hint = 'Close it in the same line. In \'…\' an apostrophe is written twice; in "…" a quotation mark is written \\".'
    last = stumble.last
    if "quoted scalar" in stumble.said and stumble.began:
        return Diagnosis(message, hint, *stumble.began)
    if isinstance(last, yaml.ScalarToken) and last.style in _QUOTES and last.start_mark.line < last.end_mark.line:
        message += f"; the next one, in line {last.end_mark.line + 1}, ends the text"
        return Diagnosis(message, hint, last.start_mark.line, last.start_mark.column)
    return None


def _after_quote(stumble: Stumble) -> Diagnosis | None:
    """`'Ann's team'`, `"Billing" team`."""
    last = stumble.last
    if not isinstance(last, yaml.ScalarToken) or last.style not in _QUOTES or last.end_mark.line != stumble.line:
        return None
    if stumble.next in ("", ":", "#"):
        return None
    hint = "Put the whole text in quotes, and those inside it in quotes of the other sort."
    rest = _rest(stumble, stumble.line, last.start_mark.column)
    if stumble.open_bracket() is None and len(rest) <= _SHOWN:
        text = rest[1:-1] if rest.endswith(last.style) else rest
        hint = f"Put the whole text in quotes:  {quoted(text)}"
    return Diagnosis("the text in quotes ends before this, and more follows", hint, stumble.line, stumble.column)


def _begins_with(stumble: Stumble, column: int) -> Diagnosis:
    """A text begins with a bracket, which opens something else."""
    bracket = stumble.here[column : column + 1]
    message = f"a text cannot begin with `{bracket}`: that opens a {'list' if bracket == '[' else 'map'}"
    return Diagnosis(message, _in_quotes(stumble, stumble.line, column), stumble.line, column)


def _after_bracket(stumble: Stumble) -> Diagnosis | None:
    """A text that begins with `[` or `{{`; or entries of a list below each other without dashes."""
    last = stumble.last
    if not isinstance(last, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) or not stumble.next:
        return None
    beside = last.end_mark.line == stumble.line
    if stumble.open_bracket():
        placeholder = re.search(r"\{\{[^{}]*\}\}", stumble.here[: stumble.column + 1])
        if not beside or stumble.next in "]}":
            return None
        if placeholder:
            return _begins_with(stumble, placeholder.start())
        return Diagnosis("a comma is missing here", "Put a comma between the entries.", stumble.line, stumble.column)
    if beside:
        value = re.search(r"(?:^|: |- )\s*([\[{])", stumble.here)
        return _begins_with(stumble, value.start(1) if value else stumble.column)
    if stumble.next in _PAIRS:
        hint = f"Begin each entry of the list with a dash:  - {_short(stumble.here.strip())}"
        return Diagnosis("a dash is missing", hint, stumble.line, stumble.column)
    return None


def _second_colon(stumble: Stumble) -> Diagnosis | None:
    """A colon where none can be: the text needs quotes, or the line above is not what it was meant to be."""
    last = stumble.last
    if "mapping values are not allowed" not in stumble.said:
        return None
    if not isinstance(last, yaml.ScalarToken):
        return Diagnosis("this colon stands where none can", _LOOK, stumble.line, stumble.column)
    line, column = last.start_mark.line, last.start_mark.column
    text = stumble.lines[line]
    if not text[:column].strip(" -") or _has_glued_dash(text):
        return _bare(stumble, line)
    if line == stumble.line:
        hint = _in_quotes(stumble, line, column)
        return Diagnosis("this text has a colon with a space behind it", hint, line, stumble.column)
    key = text.strip().removeprefix("- ").partition(":")[0]
    spaces = column_of_text(text) + (2 if text.strip().startswith("- ") else 0)
    message = f"this line stands further in than `{key}:` in line {line + 1}, so it goes on with that text"
    hint = f"Let it begin with {spaces} spaces, like `{key}`; or, if it belongs to the text, put the whole in quotes."
    return Diagnosis(message, hint, stumble.line, column_of_text(stumble.here))


def _missing_colon(stumble: Stumble) -> Diagnosis | None:
    if "expected ':'" not in stumble.said:
        return None
    return _bare(stumble, stumble.began[0] if stumble.began else stumble.line)


def _has_glued_dash(line: str) -> bool:
    return re.match(r"\s*-[^\s-]", line) is not None


def _bare(stumble: Stumble, line: int) -> Diagnosis:
    """A line that is neither `key: value` nor an entry of a list."""
    text = stumble.lines[line].strip()
    entry = text.removeprefix("- ")
    above = next((each for each in reversed(stumble.lines[:line]) if each.strip()), "")
    glued = re.match(r"([\w-]+):(\S.*)", entry)
    words = re.match(r"([\w-]+)(?: *[=：] *| +)(\S.*)", entry)
    message, hint = "a colon is missing in this line", _LOOK
    if _has_glued_dash(text):
        message, hint = "a space is missing after the dash", f"Write  - {_short(text[1:])}"
    elif text.startswith("//"):
        hint = "If it is a comment, begin it with #."
    elif re.search(r"[|>][+-]?$", above):
        message = "this line belongs to the text that begins above it, and is not indented"
        hint = "Indent every line of the text further than the key above it."
    elif glued:
        message, hint = "a space is missing after the colon", f"Write  {glued[1]}: {_short(glued[2])}"
    elif words:
        hint = f"Write  {words[1]}: {_short(words[2])}"
    elif re.fullmatch(r"[\w-]+", entry):
        message, hint = f"a colon is missing after `{entry}`", f"Write  {entry}:"
    return Diagnosis(message, hint, line, column_of_text(stumble.lines[line]))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}…"


_TALL = "Write it alone behind the key, with the text below it and indented; or put the text in quotes."
_BEGINNINGS = dict.fromkeys("@`%,*&?!", "") | {"|": _TALL, ">": _TALL}
"""Characters with which a text cannot begin, and what to do where quotes are not the answer."""


def _first_character(stumble: Stumble) -> Diagnosis | None:
    """A text that begins with a character that means something else in YAML."""
    if "block sequence entries are not allowed" in stumble.said:
        return Diagnosis("a list cannot begin in the line of its key",
                         "Put each entry in a line of its own below the key. " + _in_quotes_if(stumble, "-"),
                         stumble.line, stumble.column)  # fmt: skip
    if not re.search(r"any token|scanning an? \w+;|scanning a block|keys are not allowed", stumble.said):
        return None
    inside = "scanning" in stumble.said and "next token" not in stumble.said and stumble.began
    line, column = stumble.began if inside and stumble.began else (stumble.line, stumble.column)
    character = stumble.lines[line][column : column + 1]
    if character == "%" and stumble.here[:column].endswith("{"):
        return _begins_with(stumble, column - 1)
    if character not in _BEGINNINGS:
        return None
    hint = _BEGINNINGS[character] or _in_quotes(stumble, line, column)
    if re.match(r"[<>]=?:", stumble.lines[line][column:]):
        hint = "Comparisons are words: `more_than`, `less_than`, `at_least`, `at_most`, `before`, `after`."
    shown = "a backtick" if character == "`" else f"`{character}`"
    return Diagnosis(f"a text cannot begin with {shown}", hint, line, column)


def _in_quotes_if(stumble: Stumble, character: str) -> str:
    rest = _in_quotes(stumble, stumble.line, stumble.column)
    return rest.replace("Put the text", f"If it is a text that begins with `{character}`, put it", 1)


def _text_of(token: yaml.Token | None) -> str:
    return str(token.value) if isinstance(token, yaml.ScalarToken) else ""


def _flow(stumble: Stumble) -> Diagnosis | None:
    """Something between brackets: a comment that hides their end, a missing comma, a missing quote or bracket."""
    if "parsing a flow" not in stumble.said:
        return None
    line, column = stumble.open_bracket() or stumble.began or (stumble.line, stumble.column)
    bracket = stumble.lines[line][column : column + 1]
    comment = re.search(r"\s(#)", stumble.lines[line][column:])
    if comment and stumble.line > line:
        at = column + comment.start(1)
        said = stumble.lines[line][at:].rstrip(" }]")
        return Diagnosis("what follows ` #` is a comment, so the bracket before it is not closed",
                         f"Put a text that begins with # in quotes:  {quoted(said)}", line, at)  # fmt: skip
    last = stumble.last
    # A line that begins with a key, below the bracket's own, was not meant to stand inside it.
    inside = stumble.line == line or stumble.next != ":" or stumble.here[: stumble.column].strip() != _text_of(last)
    if inside and isinstance(last, yaml.ScalarToken) and last.start_mark.line == stumble.line and stumble.next in ":{[":
        words = last.value.split()
        message = "a comma is missing here, or this text needs quotes"
        hint = _in_quotes(stumble, last.start_mark.line, last.start_mark.column)
        if stumble.next == ":" and ";" in last.value:
            message, hint = "between brackets, entries are divided by commas", "Write a comma for the semicolon."
        elif stumble.next == ":" and len(words) > 1 and words[-1].islower():
            hint = f"Write a comma before `{words[-1]}`; or put the whole text in quotes."
        elif stumble.next != ":":
            message = f"a text with `{stumble.next}` in it needs quotes between brackets"
        return Diagnosis(message, hint, last.start_mark.line, last.start_mark.column)
    if bracket not in _PAIRS:
        return None
    what = "list" if bracket == "[" else "map"
    wrong = f" before the `{stumble.next}`" if stumble.line == line and stumble.next in ("]", "}") else ""
    hint = f"Close it with `{_PAIRS[bracket]}`, with commas between entries; a text that begins with it needs quotes."
    return Diagnosis(f"a `{bracket}` opens here and its {what} is not closed{wrong}", hint, line, column)


def _block(stumble: Stumble) -> Diagnosis | None:
    """A line that fits nothing above it: no dash among entries with dashes, or its indentation."""
    if not re.search(r"expected (key|<block end>|'-' indicator)", stumble.said):
        return None
    here, indent = stumble.here, column_of_text(stumble.here)
    column = min(stumble.column, indent)
    for above in reversed(stumble.lines[: stumble.line]):
        if above.strip() and column_of_text(above) <= indent:
            if column_of_text(above) == indent and above.strip().startswith("- ") and not here.strip().startswith("-"):
                return Diagnosis("a dash is missing: the lines beside this one are entries of a list",
                                 f"Write  - {_short(here.strip())}", stumble.line, indent)  # fmt: skip
            break
    message, hint = indentation_hint(stumble.lines, stumble.line)
    return Diagnosis(message, hint, stumble.line, column)


def _stray(stumble: Stumble) -> Diagnosis | None:
    """A bracket that closes nothing, or a line that stands further left than the first one of the file."""
    if re.search("expected (the )?node content", stumble.said) and stumble.next in ("}", "]", ","):
        message = f"this `{stumble.next}` belongs to nothing"
        return Diagnosis(message, "Remove it, or open what it is to close.", stumble.line, stumble.column)
    if "document start" not in stumble.said:
        return None
    first = next(n for n, line in enumerate(stumble.lines) if line.strip() and not line.strip().startswith("#"))
    if column_of_text(stumble.lines[first]) > column_of_text(stumble.here):
        message = f"this line begins further in than line {stumble.line + 1}, which follows it"
        return Diagnosis(message, "Let kinds begin at the left edge, without spaces.", first, 0)
    return Diagnosis("what stands above is complete, and this cannot follow it", _LOOK, stumble.line, stumble.column)


_CHECKS: tuple[Callable[[Stumble], Diagnosis | None], ...] = (
    _tab, _backslash, _open_quote, _after_quote, _after_bracket, _second_colon, _missing_colon, _first_character, _flow,
    _block, _stray,
)  # fmt: skip
