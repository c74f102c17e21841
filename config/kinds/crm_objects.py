"""What stands under `integrations.crm` beside fields: the CRM's sorts of records, and sorts within one of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.model import Data, Removal, Switched, defaults_to, leave, none_unless_given, required
from config.references import refers_to
from config.text import Help

CrmObjectName = Annotated[str, refers_to("crm_objects", or_word=True)]
"""The key of a declared object of the CRM, or the CRM's own word for one."""


class CrmObject(Data):
    """A sort of record of the client's own in the CRM, such as a contract term."""

    name: str = required(description="What people call one of them.")
    plural: str = required(description="What people call several of them.")
    record_name: str = defaults_to("Name", description="What people see before the name of a record.")
    numbered: Annotated[str, Field(pattern=r"^[^{}]*\{0+\}[^{}]*$")] | None = none_unless_given(
        description="Records are numbered in place of named, in this form: `T-{0000}`. Whether they are never changes."
    )
    sharing: Literal["private", "read", "edit"] = defaults_to(
        "edit", description="What people do with records of others, as far as they may do it with records at all."
    )


class CrmRecordType(Switched):
    """A sort of the records of one object in the CRM, with pages and choices of its own. Leaving the YAML switches it
    off."""

    object: CrmObjectName = required(description="What it is a sort of: an object's key, or the CRM's word, as `Case`.")
    name: str = required(description="What people see.")
    help: Help | None = leave(description="What it is for.")
    process: str | None = leave(
        description="By which process its records go, by the name that it has in the CRM, where there are several."
    )

    @property
    def removal(self) -> Removal:
        return self.on_remove or "switch_off"
