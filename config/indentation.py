"""Where a line could stand: the lines above it to which it may belong, by their indentation."""

from __future__ import annotations


def column_of_text(line: str) -> int:
    """Where a line's text begins; its length where it has none."""
    return len(line) - len(line.lstrip())


def indentation_hint(lines: list[str], line: int) -> tuple[str, str]:
    """(what is wrong with a line's indentation, which ones would fit). line counts from 0."""
    indent = column_of_text(lines[line])
    places = _places(lines, line)
    nearest = [*sorted(at for at in places if at < indent)[-1:], *sorted(at for at in places if at > indent)[:1]]
    fits = [f"{_spaces(at)} (like {places[at]})" for at in nearest]
    message = f"this line begins with {_spaces(indent)}, and fits no line above it"
    hint = f"Let it begin with {', or with '.join(fits)}." if fits else "Indent it like the lines to which it belongs."
    return message, hint


def _places(lines: list[str], line: int) -> dict[int, str]:
    """Indentations that may be continued in a line, each with the nearest line above that has it."""
    found: dict[int, str] = {}
    least: int | None = None
    for number in range(line - 1, -1, -1):
        text = lines[number].strip()
        at = column_of_text(lines[number])
        if not text or text.startswith("#") or (least is not None and at >= least):
            continue
        least = at
        if text.startswith("- "):
            found.setdefault(at + len(text) - len(text[1:].lstrip()), _called(text[1:].lstrip(), number))
            found.setdefault(at, f"the dash in line {number + 1}")
        else:
            found.setdefault(at, _called(text, number))
    return found


def _called(text: str, number: int) -> str:
    return f"`{text.partition(':')[0].strip()[:30]}` in line {number + 1}"


def _spaces(count: int) -> str:
    return "no space" if count == 0 else "1 space" if count == 1 else f"{count} spaces"
