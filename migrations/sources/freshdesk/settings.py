"""What a file says of a Freshdesk."""

from __future__ import annotations

import re
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from config.environment import SystemAddress
from config.model import Model, defaults_to, none_unless_given, required

_RANGE = r"^[1-9][0-9]{0,11}(-[1-9][0-9]{0,11})?$"


def _ends(said: str | int) -> tuple[int, int]:
    """First and last of `7` or `1-5000`."""
    numbers = str(said).split("-")
    return int(numbers[0]), int(numbers[-1])


def _check_range(said: str) -> str:
    """Numbers, of which the first is not the higher one."""
    if not re.match(_RANGE, said):
        raise PydanticCustomError("range", "`{said}` is no number of a ticket; write 7, or 1-5000", {"said": said})
    first, last = _ends(said)
    if first > last:
        raise PydanticCustomError("range", "`{said}` ends before it begins", {"said": said})
    return said


Numbers = (
    Annotated[str, Field(json_schema_extra={"pattern": _RANGE}), AfterValidator(_check_range)]
    | Annotated[int, Field(ge=1)]
)
"""Numbers of tickets: one, or the first and the last."""


class FreshdeskApi(Model):
    """The account itself, read over its API."""

    url: SystemAddress = required(
        description="https://client.freshdesk.com, not an address of the client's own for it."
    )
    api_key: Annotated[str, Field(pattern=r"^(env:[A-Za-z_][A-Za-z0-9_]*|sandbox)$")] = required(
        description="`env:NAME`: the variable that holds the API key of an agent who may see everything, best an "
        "administrator; `sandbox` is the local sandbox's own."
    )
    calls_per_minute: Annotated[int, Field(ge=1)] | None = none_unless_given(
        description="golive's own ceiling. The vendor counts the calls of everybody together: without one, reading "
        "takes what the client's other tools need."
    )
    archived: list[Numbers] = defaults_to(
        [],
        description="Numbers of tickets among which archived ones are looked for, such as `1-5000` or `7012`: the "
        "vendor lists none of them. One call for each number.",
    )

    @property
    def archived_ranges(self) -> list[tuple[int, int]]:
        """First and last number of each, in their order."""
        return sorted(_ends(each) for each in self.archived)


class FreshdeskExport(Model):
    """The export of the whole account, as a file on this machine."""

    path: str = required(description="The ZIP file with the JSON files; it counts from the workspace's root.")
    url: SystemAddress | None = none_unless_given(
        description="Where the account is or was: https://client.freshdesk.com. The addresses of its articles begin so."
    )


class FreshdeskSettings(Model):
    """Either `api` or `export`."""

    api: FreshdeskApi | None = none_unless_given(description="Read the account over its API.")
    export: FreshdeskExport | None = none_unless_given(description="Read the export of the whole account.")
    spam: bool = defaults_to(
        False, description="Carry over what is marked as spam. Otherwise it is counted and left out."
    )
    deleted: bool = defaults_to(
        False, description="Carry over what is in the bin. Otherwise it is counted and left out."
    )
    attachments: bool = defaults_to(
        True, description="Download attachments while reading: the links to them end after minutes."
    )
    largest_attachment_mb: Annotated[int, Field(ge=1, le=100)] = defaults_to(
        50, description="Larger ones are named and not downloaded. Zendesk takes 50 MB."
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.api is None) == (self.export is None):
            said = "are both said" if self.api else "are both missing"
            raise PydanticCustomError("one_of", "`api` and `export` {said}: exactly one says how it is read",
                                      {"said": said, "at": "api" if self.api else ""})  # fmt: skip
        return self
