"""A log in a file of `migrations/`."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import yaml

from migrations.declared.reading import read_migration
from migrations.declared.schema import migration_schema

SAID = """
name: The old log
source:
  spreadsheet:
    files:
      - path: log.csv
        columns: {No: ticket, Date: date}
        dates: [DD-MM-YYYY]
        time_zone: Europe/Amsterdam
      - {path: lag.csv}
"""


def declared(root: Path, text: str) -> Path:
    path = root / "migrations" / "log.yaml"
    path.parent.mkdir()
    path.write_text(text)
    (root / "log.csv").touch()
    return path


def test_files_that_are_not_there_are_found_before_anything_is_read(tmp_path: Path) -> None:
    found = read_migration(declared(tmp_path, SAID), "migrations/log.yaml")
    assert found.value is not None
    [finding] = found.findings
    assert (finding.message, finding.hint, finding.position.line) == (
        "there is no file `lag.csv`",
        "Did you mean `log.csv`?",
        10,
    )


def test_the_schema_takes_what_the_model_takes(tmp_path: Path) -> None:
    jsonschema.validate(yaml.safe_load(SAID), migration_schema())


def test_a_word_that_no_column_means_is_a_finding_with_its_line(tmp_path: Path) -> None:
    found = read_migration(declared(tmp_path, SAID.replace("No: ticket", "No: nonsense")), "migrations/log.yaml")
    assert found.value is None and [each.position.line for each in found.findings] == [7]
