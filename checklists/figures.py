"""`${figures.NAME}`: a figure that no method gives and that the project sets, in the parameters of an item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from checklists.project import Form
from config.addresses import web_address
from config.document import Path_
from config.duration import minutes
from config.time_zones import time_zones

_USE = re.compile(r"\$\{figures\.([a-z][a-z0-9_]*)\}")
SAMPLES: dict[Form, Any] = {
    "duration": "1d",
    "count": 1,
    "share": "50%",
    "amount": 1,
    "text": "-",
    "words": ["-"],
    "role": "consultant",
    "time_zone": "UTC",
    "day_sort": "calendar",
    "address": "https://client.example",
}
"""What stands for a figure that nobody has set, while the rest is checked."""


def filled_figures(data: Any, values: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """The data with all figures that are set filled in, and the names of those that are not; they stay as written."""
    unset: list[str] = []

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(item) for key, item in value.items()}
        if isinstance(value, list):
            return [walk(item) for item in value]
        found = _USE.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            return value
        if found[1] in values:
            return values[found[1]]
        unset.append(found[1])
        return value

    return walk(data), list(dict.fromkeys(unset))


def uses(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str, str]]:
    """(Path, text, figure's name) of every text in which `${` stands; the name is empty where the text is anything but
    `${figures.NAME}`."""
    if isinstance(data, dict | list):
        for step, part in data.items() if isinstance(data, dict) else enumerate(data):
            yield from uses(part, (*path, step))
    elif isinstance(data, str) and "${" in data:
        found = _USE.fullmatch(data)
        yield path, data, found[1] if found else ""


def misfit(form: Form, value: Any) -> tuple[str, str] | None:
    """(What it should be, how it is written) where a figure's value has not its form; None where it has."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match form:
        case "duration":
            return None if _is_duration(value) else ("time", "Write it as 30m, 4h or 14d.")
        case "count":
            return None if number and isinstance(value, int) and value >= 0 else ("count", "Write a whole number.")
        case "amount":
            return None if number and value >= 0 else ("amount", "Write a number, such as 5000.")
        case "share":
            fits = isinstance(value, str) and re.fullmatch(r"([0-9]|[1-9][0-9]|100)%", value)
            return None if fits else ("share", "Write it as 95%.")
        case "words":
            fits_words = isinstance(value, list) and value and all(isinstance(each, str) and each for each in value)
            return None if fits_words else ("list of words", "Write them as [one, another].")
        case "role":
            fits_role = isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9_]*", value)
            return None if fits_role else ("role", "Write a role that somebody has under `people`.")
        case "time_zone":
            return (
                None
                if isinstance(value, str) and value in time_zones()
                else ("time zone", "Write it as Europe/Berlin.")
            )
        case "day_sort":
            return None if value in ("calendar", "business") else ("sort of days", "Write calendar or business.")
        case "address":
            fits_address = isinstance(value, str) and web_address(value) is not None
            return None if fits_address else ("web address", "Write it as https://client.example/help.")
    return None if isinstance(value, str) and value.strip() else ("text", "Write it in words.")


def _is_duration(value: Any) -> bool:
    try:
        return minutes(value) > 0
    except (ValueError, TypeError):
        return False
