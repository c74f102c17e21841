"""What becomes of each word of the old tool. A value without a place is undecided, and nothing is sent before it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.model import Model, defaults_to, none_unless_given

PLACEHOLDER = "placeholder"
"""Instead of the key of a person: somebody who has left, and stays as a name without a seat."""


class Decidable(Model):
    """Something of the old tool: it goes somewhere, or is left behind on purpose."""

    to: str | None = none_unless_given(description="What it becomes in the new tool.")
    drop: bool = defaults_to(False, description="Left behind on purpose; needs `decision`.")
    decision: str | None = none_unless_given(description="Why, by whom it was decided.")

    @property
    def is_decided(self) -> bool:
        return self.drop or self.to is not None

    @model_validator(mode="after")
    def _one_fate(self) -> Self:
        if self.drop and self.to is not None:
            raise PydanticCustomError("fate", "it cannot both go to {to} and be dropped", {"to": self.to})
        if self.drop and not self.decision:
            raise PydanticCustomError("decision", "what is dropped needs a `decision`: why, and who said so", {})
        return self


class Row(Decidable):
    """One value of the old tool: it goes somewhere, or is left behind on purpose."""

    records: Annotated[int, Field(ge=0)] | None = none_unless_given(
        description="How many records it touches, as `golive migrate map` counted them."
    )


class PersonRow(Row):
    """One of the client's own people."""

    name: str | None = none_unless_given(description="Who it is, for whoever reads the file; golive fills it in.")


class FieldRow(Row):
    """A field of the old tool's own. `to` names one of `ticket_fields` (for organizations and people: of
    `customer_fields`) by its key; each value of a field with choices has a row of its own."""

    values: dict[str, Row] = defaults_to({}, description="Each value, where the new field has choices.")


class WordMapping(Model):
    """By sort of word. Whatever the old tool holds of these and no row names is undecided."""

    statuses: dict[str, Row] = defaults_to({}, description="To `open`, `pending`, `hold`, `solved` or `closed`.")
    priorities: dict[str, Row] = defaults_to({}, description="To `urgent`, `high`, `normal` or `low`.")
    groups: dict[str, Row] = defaults_to({}, description="To the key of a group.")
    people: dict[str, PersonRow] = defaults_to(
        {}, description="Agents, to the key of a person or `placeholder`: no seat."
    )
    tags: dict[str, Row] = defaults_to({}, description="Tags that change; all others stay as they are.")
    kinds: dict[str, Row] = defaults_to({}, description="To `question`, `incident`, `problem` or `task`.")
    ticket_fields: dict[str, FieldRow] = defaults_to({}, description="Fields of tickets.")
    person_fields: dict[str, FieldRow] = defaults_to({}, description="Fields of customers.")
    organization_fields: dict[str, FieldRow] = defaults_to({}, description="Fields of organizations.")

    def rows(self) -> Iterator[tuple[tuple[str, ...], Row]]:
        """Every row with its place, those of values behind that of their field. Of a field that is dropped, the values
        need no place."""
        for sort in type(self).model_fields:
            named: Mapping[str, Row] = getattr(self, sort)
            for word, row in named.items():
                yield (sort, word), row
                if isinstance(row, FieldRow) and not row.drop:
                    yield from (((sort, word, "values", value), each) for value, each in row.values.items())

    def undecided(self) -> list[tuple[str, ...]]:
        """The places of the rows that say neither where to nor `drop`."""
        return [place for place, row in self.rows() if not row.is_decided]
