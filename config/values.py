"""`${values.NAME}`: what an environment file supplies to `config/` (grammar 10)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from config.document import Document, Path_, show_path
from config.findings import Finding

USE = re.compile(r"(?<!\$)\$\{values\.([A-Za-z_][A-Za-z0-9_]*)\}")
"""A value's place in a text."""
_ANY = re.compile(r"(?<!\$)\$\{[^}]*\}?")
WRITTEN_OUT = "$${"
"""Stands for `${` itself."""


def names_in(data: Any) -> set[str]:
    """Every value's name that some data uses."""
    if isinstance(data, dict):
        return {name for item in data.values() for name in names_in(item)}
    if isinstance(data, list):
        return {name for item in data for name in names_in(item)}
    return set(USE.findall(data)) if isinstance(data, str) else set()


def as_text(value: Any) -> str:
    """A value inside a longer text, as the YAML writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def filled(text: str, values: Mapping[str, Any], missing: Callable[[str], str]) -> Any:
    """A text with its values filled in; nothing but `${values.NAME}` takes the value's own type. missing: what stands
    for a name that has no value."""
    whole = USE.fullmatch(text)
    if whole:
        return values[whole[1]] if whole[1] in values else missing(whole[1])
    said = USE.sub(lambda use: as_text(values[use[1]]) if use[1] in values else missing(use[1]), text)
    return said.replace(WRITTEN_OUT, "${")


def fill_in(document: Document, values: Mapping[str, Any]) -> tuple[Any, list[Finding]]:
    """The document's data with all values filled in, and findings for those that the environment lacks.

    A text that is nothing but `${values.NAME}` takes the value's own type. `$${` stands for `${` itself.
    """
    findings: list[Finding] = []

    def missing(name: str, path: Path_) -> str:
        near = get_close_matches(name, values, n=1)
        findings.append(
            Finding(
                "values.missing",
                "error",
                document.position(path),
                show_path(path),
                f"the environment has no value `{name}`",
                f"Did you mean `{near[0]}`?"
                if near
                else f"Add `{name}:` under `values:` of the environment's file in stacks/.",
            )
        )
        return ""

    def walk(data: Any, path: Path_) -> Any:
        if isinstance(data, dict):
            for key in data:
                if _ANY.search(key):
                    findings.append(
                        Finding(
                            "values.in-key",
                            "error",
                            document.position((*path, key), of_key=True),
                            show_path((*path, key)),
                            "a value cannot stand in a key",
                            "Keys are the identity of objects and are the same in every environment.",
                        )
                    )
            return {key: walk(item, (*path, key)) for key, item in data.items()}
        if isinstance(data, list):
            return [walk(item, (*path, index)) for index, item in enumerate(data)]
        if not isinstance(data, str) or "${" not in data:
            return data
        for use in _ANY.finditer(data):
            if not USE.fullmatch(use[0]):
                findings.append(
                    Finding(
                        "values.form",
                        "error",
                        document.position(path),
                        show_path(path),
                        f"`{use[0]}` is not the name of a value",
                        "Write  ${values.NAME}; NAME stands under `values:` of the environment's file.",
                    )
                )
        return filled(data, values, lambda name: missing(name, path))

    return walk(document.data, ()), findings
