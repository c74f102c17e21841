"""A page of the old help centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from migrations.records.moment import Moment
from migrations.records.record import Record, RecordType


@dataclass(frozen=True, slots=True)
class Article(Record):
    """url: where customers read it; it is what has to lead to the new page. body: HTML as it was written."""

    type: ClassVar[RecordType] = "articles"
    title: str = ""
    body: str = ""
    category: str = ""
    section: str = ""
    language: str = ""
    published: bool = True
    url: str = ""
    tags: tuple[str, ...] = ()
    created: Moment | None = None
    updated: Moment | None = None
