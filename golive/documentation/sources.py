"""docs/migrations/NAME.md: what golive reads of each old tool, made from its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.model import Model
from golive.documentation.forms import attributes, form_of, left_out, parts
from golive.wording.record_words import TITLES
from migrations.sources.source import Source, sources


def source_pages() -> dict[str, str]:
    """Every page by its file name."""
    return {f"migrations/{name}.md": "\n".join(_lines(each)) for name, each in sources().items()}


def _lines(source: Source) -> Iterator[str]:
    gives = ", ".join(TITLES[type_][1] for type_ in source.gives)
    yield from (f"# {source.title}", "")
    yield (
        f"golive reads {gives}. How a migration goes, from reading to the archive, stands in "
        "[migrations.md](../migrations.md); this page says what is particular to this source."
    )
    yield from ("", "## In the file", "", f"Under `source: {source.name}:` in a file of `migrations/`:", "")
    yield from _attributes(source.Settings)
    yield from ("", "## Words", "")
    yield "What `golive migrate map` proposes. Any other word that the data hold is asked for."
    yield from ("", *_words("status", source.statuses))
    if source.priorities:
        yield from ("", *_words("priority", source.priorities))
    yield from ("", "## What surprises, and what golive does about it", "")
    yield from ("| what | golive |", "| --- | --- |")
    yield from (f"| {trap.what} | {trap.done} |" for trap in source.traps)
    yield ""


def _attributes(model: type[Model]) -> Iterator[str]:
    yield from ("| attribute | form | left out | meaning |", "| --- | --- | --- | --- |")
    below: list[type[Model]] = []
    for word, name, info in attributes(model):
        below += [each for each in parts(info.annotation) if issubclass(each, Model) and each not in below]
        form = form_of(model, name).replace("|", "\\|")
        yield f"| `{word}` | {form} | {left_out(model, name, info)} | {info.description or ''} |"
    for each in below:
        yield from ("", f"**{each.__name__}.** {(each.__doc__ or '').strip().splitlines()[0]}", "")
        yield from _attributes(each)


def _words(title: str, known: Mapping[str, str]) -> Iterator[str]:
    yield from (f"| {title} there | {title} in the new helpdesk |", "| --- | --- |")
    yield from (f"| {word} | `{place}` |" for word, place in known.items())
