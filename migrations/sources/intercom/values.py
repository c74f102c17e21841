"""Single values of Intercom's documents: texts, times, lists within lists, attributes of the workspace's own."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from migrations.records.moment import Moment
from migrations.records.record import Value
from migrations.sources.downloads import FileLink
from migrations.sources.intercom.client import objects
from migrations.sources.page_text import text_of_html
from migrations.sources.text import plain

Document = Mapping[str, Any]
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC).timestamp()
"""Before anybody wrote tickets; a time before it is a mistake of somebody's import."""
_AHEAD = timedelta(days=1).total_seconds()
_UPLOAD = "upload"


def text(said: Any) -> str:
    """A text without characters that no system takes; empty for nothing."""
    return plain(str(said))[0] if said is not None else ""


def line(said: Any) -> str:
    """A text that may be a page, in one line."""
    found = text(said)
    return " ".join((text_of_html(found) if "<" in found else found).split())


def identifier(said: Any) -> str:
    """An id as text; empty for nothing, and for the vendor's 0, which means nobody."""
    found = "" if said is None or isinstance(said, bool | float | dict | list) else text(said).strip()
    return "" if found == "0" else found


def in_path(number: str) -> str:
    """An id as it stands in an address, whatever is in it."""
    return quote(number, safe="")


def moment(said: Any, now: datetime) -> Moment | None:
    """A time in seconds since 1970; None where there is none that can be right."""
    if isinstance(said, bool) or not isinstance(said, int | float) or said != said:
        return None
    if not _EARLIEST <= said <= now.timestamp() + _AHEAD:
        return None
    return Moment.of_epoch(said, str(said))


def inner(document: Document, name: str, within: str) -> list[Document]:
    """The objects of a list that stands in an object: `{"tags": {"tags": [...]}}`."""
    held = document.get(name)
    return objects(held.get(within)) if isinstance(held, Mapping) else []


def values(attributes: Any, dates: Collection[str] = ()) -> dict[str, Value]:
    """The attributes that hold something. dates: the names of those that are times, which become text."""
    if not isinstance(attributes, Mapping):
        return {}
    held = {text(name): _value(value, is_time=name in dates) for name, value in attributes.items()}
    return {name: value for name, value in held.items() if value not in (None, "", [])}


def _value(value: Any, *, is_time: bool) -> Value:
    if is_time and isinstance(value, int) and not isinstance(value, bool):
        try:
            return Moment.of_epoch(value).at
        except (OverflowError, OSError, ValueError):
            return value
    if isinstance(value, str):
        return text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return text(value)  # no JSON has such numbers
    if value is None or isinstance(value, bool | int | float):
        return value
    if is_upload(value):
        return text(value.get("name"))
    if isinstance(value, list) and all(is_upload(each) for each in value):
        return [text(each.get("name")) for each in value]
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return [text(each) for each in value]
    return text(json.dumps(value, ensure_ascii=False, sort_keys=True))


def is_upload(value: Any) -> bool:
    """Whether a value is a file."""
    return isinstance(value, Mapping) and value.get("type") == _UPLOAD


def file_links(listed: Any, owner: str) -> list[FileLink]:
    """Files as the vendor lists them. They have no ids: each gets its place in the list as one."""
    return [_file_link(each, f"{owner}/file-{number}") for number, each in enumerate(objects(listed))]


def _file_link(document: Document, own: str) -> FileLink:
    said = document.get("filesize")
    size = said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else 0
    name, media_type = text(document.get("name")), text(document.get("content_type"))
    return FileLink(own, name, media_type, size, text(document.get("url")))
