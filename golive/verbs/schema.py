"""`golive schema`: the JSON Schemas that editors use."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from golive.terminal.exits import Exit
from golive.terminal.options import screen_of


@click.command("schema")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Write each schema into this folder instead of printing the one of `config/`.",
)
@click.option("--kinds", is_flag=True, help="Print the same for people: every kind and attribute, as Markdown.")
@click.option("--checklists", is_flag=True, help="Print for people what gates ask for, and what checklists/ may say.")
@click.pass_context
def command(ctx: click.Context, out: Path | None, kinds: bool, checklists: bool) -> int:
    """Print the JSON Schema (draft 7) of the files in `config/`, or write all schemas into a folder.

    Example:  golive schema --out .golive/schemas
    """
    from golive.workspace.schemas import schemas

    if sum(map(bool, (kinds, checklists, out))) > 1:
        raise click.UsageError("--kinds, --checklists and --out exclude each other.", ctx)
    if kinds or checklists:
        from golive.documentation import checklists_page, kinds_page

        sys.stdout.write(kinds_page() if kinds else checklists_page())
        return int(Exit.DONE)
    screen = screen_of(ctx)
    made = schemas()
    if out is None:
        screen.document(made["config.json"])
        return int(Exit.DONE)
    for name, schema in made.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    screen.note(f"{len(made)} schemas are in {out}.")
    return int(Exit.DONE)
