"""Pages that are made from the code, so that they cannot say something else than it does.

`python -P -m golive.documentation docs` writes them; a test compares them with what is committed.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from config.kinds import ALL_KINDS, PLACES, Kind
from config.kinds.actions import Action
from config.kinds.conditions import Condition
from config.model import From
from config.references import RefersTo
from golive.cli import group

_COMMON = ("was", "on_remove", "existing", "phase", "not_before", "why", "by_hand", "allow")


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {"kinds.md": kinds_page(), "commands.md": commands_page()}


def commands_page() -> str:
    """The help of every verb, as the terminal shows it."""
    lines = ["# Commands", "", "Made from `golive --help`; every verb has an example.", ""]
    for name, command in _commands(group, "golive"):
        context = click.Context(command, info_name=name, help_option_names=group.context_settings["help_option_names"])
        lines += [f"## {name}", "", "```text", _help(command, context), "```", ""]
    return "\n".join(lines)


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None:
                yield from _commands(found, f"{name} {sub}")


def _help(command: click.Command, context: click.Context) -> str:
    context.terminal_width = context.max_content_width = 100
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def kinds_page() -> str:
    """Every kind with its attributes and what leaving one out means."""
    lines = [
        "# Kinds",
        "",
        "What may stand in `config/`. Each attribute is of one class: **required**; **default**: left out means the "
        "value shown, and it is enforced; **leave**: left out means that golive does not touch it, and null clears it.",
        "",
        "Every object may also carry:",
        "",
        *_table(_attributes(ALL_KINDS["groups"].model, only=_COMMON)),
        "",
    ]
    for kind in ALL_KINDS.values():
        if kind.word not in ("integrations", "help_center"):
            lines += _kind(kind)
    for title, annotation in (("Conditions", Condition), ("Actions", Action)):
        lines += [f"## {title}", ""]
        for model in _models(annotation):
            lines += [f"**{(model.__doc__ or '').strip().splitlines()[0]}**", "", *_table(_attributes(model)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _kind(kind: Kind) -> list[str]:
    place = ".".join(PLACES.get(kind.word, (kind.word,)))
    later = "" if kind.applied else " This version checks it and does not apply it yet."
    lines = [f"## {kind.word}", ""]
    for model in _models(kind.model):
        said = (model.__doc__ or "").strip().splitlines()[0]
        where = f"`{place}`" + ("" if kind.single else ", a map of keys to objects")
        lines += [f"{said} Stands under {where}.{later}", "", *_table(_attributes(model)), ""]
        for part in _parts(model):
            lines += [f"**{part.__name__}**: {(part.__doc__ or '').strip().splitlines()[0]}", ""]
            lines += [*_table(_attributes(part)), ""]
    return lines


def _table(rows: list[tuple[str, str, str, str]]) -> list[str]:
    head = ["| attribute | class | values | meaning |", "| --- | --- | --- | --- |"]
    return [*head, *(f"| `{name}` | {klass} | {values} | {meaning} |" for name, klass, values, meaning in rows)]


def _attributes(model: type[BaseModel], only: tuple[str, ...] = ()) -> list[tuple[str, str, str, str]]:
    rows = []
    for name, info in model.model_fields.items():
        if name == "vendor" or (only and name not in only) or (not only and name in _COMMON):
            continue
        rows.append((info.alias or name, _class(info), _values(info), (info.description or "").replace("|", "\\|")))
    return rows


def _class(info: FieldInfo) -> str:
    extra = info.json_schema_extra
    klass = str(extra.get("x-class", "leave")) if isinstance(extra, dict) else "leave"
    if klass != "default":
        return klass
    value = info.default_factory() if info.default_factory else info.default  # type: ignore[call-arg]
    shown = {"True": "true", "False": "false", "None": "null"}.get(str(value), str(value))
    return f"default `{shown}`"


def _values(info: FieldInfo) -> str:
    marks = [mark for mark in info.metadata if isinstance(mark, RefersTo)]
    return _reference(marks[0]) if marks else _shown(info.annotation)


def _reference(mark: RefersTo) -> str:
    kinds = " or ".join(f"`{kind}/…`" if mark.needs_kind else f"a key of `{kind}`" for kind in mark.kinds)
    return kinds + "".join(f", `{word}`" for word in mark.words)


def _shown(annotation: Any) -> str:
    """An annotation in words."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        marks = [mark for mark in arguments[1:] if isinstance(mark, RefersTo)]
        return _reference(marks[0]) if marks else _shown(arguments[0])
    if origin is Literal:
        return ", ".join(f"`{str(value).lower() if isinstance(value, bool) else value}`" for value in arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(_shown(each) for each in arguments if each is not type(None)))
    if origin is list:
        return f"list of {_shown(arguments[0])}"
    if origin is dict:
        return f"map to {_shown(arguments[1])}"
    plain = {str: "text", int: "whole number", float: "number", bool: "true, false", Any: "anything"}
    return plain.get(annotation, getattr(annotation, "__name__", str(annotation)))


def _models(annotation: Any) -> list[type[BaseModel]]:
    """Every model that an annotation names directly, in order."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    found = [model for argument in get_args(annotation) for model in _models(argument)]
    return list(dict.fromkeys(found))


def _parts(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Models inside a model; conditions and actions have tables of their own."""
    found = [part for info in model.model_fields.values() for part in _models(info.annotation)]
    apart = (From, *_models(Condition), *_models(Action))
    return [part for part in dict.fromkeys(found) if part not in apart]


def write_pages(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
