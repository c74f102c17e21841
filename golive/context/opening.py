"""The two systems between which the customers' context goes, and what the files say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.crm_values import crm_field_name, declared_crm
from config.kinds.integrations import Billing, Crm, CrmMapping
from config.share import fraction
from golive.context.rows import Row, rows_of
from golive.runs.reading import Reading, instance_with, open_reading
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.workspace.opening import Opened
from provisioners.accounts import Accounts
from provisioners.organizations import Organizations
from provisioners.report import Report
from provisioners.system import systems
from stacks.interruption import Interruption

METHODS_LINE = 0.7
"""The share of accounts that must hold a value, unless the files say another (002 EC1)."""
_KEYS = ("arr", "csm", "renewal_date", "segment")
"""Customer fields that the method counts where the files say no `completeness` (section 3.12)."""


@dataclass
class CustomerContext:
    """The CRM's accounts and the helpdesk's organizations, reached."""

    reading: Reading
    crm: Crm
    crm_instance: str
    helpdesk_instance: str
    rows: list[Row]

    @property
    def opened(self) -> Opened:
        return self.reading.opened

    @property
    def accounts(self) -> Accounts:
        """The CRM's side; it only reads."""
        instance = self.crm_instance
        found = systems()[self.reading.settings[instance].type].accounts(
            self.reading.connection(instance), self.reading.context(instance)
        )
        assert found is not None  # noqa: S101 - `instance_with` has chosen it for that
        return found

    def organizations(self, interruption: Interruption | None = None) -> Organizations:
        """The helpdesk's side. interruption: what stops it where it is to be written."""
        instance = self.helpdesk_instance
        connection = self.reading.connection(instance, writes=interruption is not None, interruption=interruption)
        found = systems()[connection.settings.type].organizations(connection, self.reading.context(instance))
        assert found is not None  # noqa: S101 - see `accounts`
        return found

    @property
    def crm_title(self) -> str:
        return self.reading.vendor(self.crm_instance)

    @property
    def helpdesk_title(self) -> str:
        return self.reading.vendor(self.helpdesk_instance)

    @property
    def at_least(self) -> float:
        """The share of accounts that must hold a value, from 0 to 1."""
        said = self.crm.completeness
        return fraction(said.at_least) if said is not None else METHODS_LINE

    @property
    def decisive(self) -> list[str]:
        """The CRM's fields of which that much is asked: those that the files name, otherwise the method's."""
        if self.crm.completeness is not None:
            return list(self.crm.completeness.of)
        return [row.crm for row in self.rows if row.helpdesk.partition(".")[2] in _KEYS or row.field in _KEYS]

    @property
    def billing(self) -> Billing | None:
        """Where revenue comes from that the CRM lacks; None for nowhere."""
        return self.crm.mapping.billing if self.crm.mapping is not None else None

    def stand_in(self, field: str) -> tuple[str, str]:
        """(What the files say that people go by while a field is too empty, who has it filled.) Empty for nothing."""
        said = self.crm.too_empty.get(field.partition(".")[0])
        if said is not None:
            person = self.opened.loaded.declaration.get("people", said.owner)
            return said.stand_in, person.name if person is not None else said.owner
        if self.billing is not None and self.billing.fills == field:
            return f"billing ({self.billing.file})", ""
        return "", ""

    @property
    def counted(self) -> list[str]:
        """All fields of which is said how full they are: those of the mapping, and those that decide."""
        return list(dict.fromkeys([*(row.crm for row in self.rows), *self.decisive]))

    def segment_field(self) -> str:
        """The CRM's field that says an account's segment; empty where none does."""
        for key, item in self.opened.loaded.declaration.of("crm_fields").items():
            if item.value.options_from == "segments" and not item.value.by_hand:
                return key
        return ""


def open_context(
    opened: Opened, screen: Screen, interruption: Interruption, report: Report, *, writes: bool = False
) -> CustomerContext:
    """Sign in to CRM and helpdesk and see that they are the right accounts. Reads only. Raises Fault.

    report: told of each call. writes: organizations are going to be written.
    """
    crm = declared_crm(opened.loaded.declaration)
    rows = rows_of(opened.loaded.declaration)
    if crm is None or not (rows or crm.completeness):
        raise Fault(
            "no_context",
            "These files say nothing of what the helpdesk is to know from a CRM.",
            where="config/",
            do="Say it:  integrations: {crm: {mapping: {written_by: …, rows: [{crm: …, helpdesk: organization.…}]}}}",
            exits=Exit.USAGE,
        )
    crm_instance = _instance(opened, "accounts", "no CRM whose accounts golive can read")
    helpdesk_instance = _instance(opened, "organizations", "no helpdesk whose organizations golive can fill")
    both = [crm_instance, helpdesk_instance]
    reading = open_reading(opened, screen, interruption, report, both, writes=writes)
    return CustomerContext(reading, crm, crm_instance, helpdesk_instance, rows)


def context_of(reading: Reading) -> CustomerContext | None:
    """The same of systems that are reached already, whatever the files say of it; None where the environment has not
    both systems."""
    crm, rows = declared_crm(reading.opened.loaded.declaration), rows_of(reading.opened.loaded.declaration)
    from_, to = instance_with(reading.opened, "accounts"), instance_with(reading.opened, "organizations")
    if from_ is None or to is None:
        return None
    return CustomerContext(reading, crm or Crm(), from_, to, rows)


def check_writer(context: CustomerContext, mapping: CrmMapping | None) -> None:
    """golive writes only what the files say that it writes. Raises Fault."""
    if mapping is None or mapping.written_by == "golive":
        return
    raise Fault(
        "other_writer",
        f"The vendor's own package carries these values from {context.crm_title}; nothing was changed.",
        where=_place(context.opened),
        why="A value with two writers changes back and forth, and nobody knows why.",
        do="Let the package write, and look what arrives:  golive context check"
        f"{context.opened.option}   Or take the package's mapping out, and say  written_by: golive",
        exits=Exit.USAGE,
    )


def _place(opened: Opened) -> str:
    item = opened.loaded.declaration.get("crm_mapping", "crm_mapping")
    return str(item.at("written_by")) if item is not None else "config/"


def _instance(opened: Opened, ability: str, what: str) -> str:
    found = instance_with(opened, ability)
    if found is None:
        raise Fault(
            "no_system",
            f"The environment `{opened.environment_name}` has {what}.",
            where=f"stacks/Pulumi.{opened.environment_name}.yaml",
            do="Name another environment with -e, or add the system there.",
            exits=Exit.USAGE,
        )
    return found


def field_names(context: CustomerContext, fields: Sequence[str]) -> dict[str, str]:
    """What people call the CRM's fields."""
    declaration = context.opened.loaded.declaration
    return {field: crm_field_name(declaration, field) for field in fields}
