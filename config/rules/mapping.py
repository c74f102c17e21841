"""What goes from the CRM's accounts to the helpdesk's organizations, where it cannot work (grammar 44)."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.kinds.integrations import MappingRow
from config.rules.naming import option_tags
from config.rules.rule import Rule
from config.rules.scope import Scope

NAME = "organization.name"
_PAIRS = {
    "text": ("text", "textarea", "dropdown", "pattern"),
    "textarea": ("text", "textarea"),
    "integer": ("integer", "decimal"),
    "decimal": ("decimal",),
    "currency": ("decimal",),
    "date": ("date",),
    "checkbox": ("checkbox",),
    "dropdown": ("dropdown", "text"),
    "multiselect": ("multiselect",),
}
"""CRM type → helpdesk types that can show it. What a link leads to is read as a text."""
_NAMES = ("text", "dropdown")
"""CRM types that can be an organization's name."""

PATH = Rule(
    "mapping.path",
    "error",
    "A row of the CRM's mapping follows a field that is no link, or fills a field with a link itself.",
    "A link is a record's id: whoever reads the ticket learns nothing from it.",
    "Say what is read of the record behind it, such as  crm: csm.Name",
)
OPTIONS = Rule(
    "mapping.options",
    "error",
    "A dropdown of the CRM has options that the helpdesk's field lacks.",
    "Accounts that hold them would reach the helpdesk without a value.",
    "Declare the same options on both sides, by the same keys; `options_from: segments` does it for segments.",
)
BILLING = Rule(
    "mapping.billing",
    "error",
    "Revenue from billing is to stand in, and golive does not carry the values, or no row carries revenue.",
    "It would reach nobody.",
    "Say  written_by: golive  and a row for the field that it fills; otherwise take `billing` out.",
)
BILLING_FILE = Rule(
    "mapping.billing-file",
    "warning",
    "The export from billing is not there.",
    "`golive context sync` stops without it, and revenue in the helpdesk grows old.",
    "Export the subscriptions to this file; docs/context.md names the columns.",
)
CATALOGUE = (
    Rule(
        "mapping.twice",
        "error",
        "Two rows of the CRM's mapping fill the same field.",
        "The last one would win, whichever that is.",
        "Keep one row for each field.",
    ),
    Rule(
        "mapping.owner",
        "error",
        "A row of the CRM's mapping fills a field of people.",
        "An account's values belong to the organization.",
        "Choose a customer field with  of: organization",
    ),
    Rule(
        "mapping.type",
        "error",
        "A CRM field fills a field of the helpdesk that cannot hold it.",
        "Values would arrive cut, or not at all.",
        "Choose a type that holds it; the message lists them.",
    ),
    PATH,
    OPTIONS,
    BILLING,
    BILLING_FILE,
    Rule(
        "crm.account-key",
        "error",
        "The field for the CRM's account id cannot hold it.",
        "Customers could not be matched with their accounts.",
        "Choose a field of the organization, of type text, that no row of the mapping fills.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    yield from _account_key(scope)
    mapping = scope.declaration.get("crm_mapping", "crm_mapping")
    if mapping is None:
        return
    written: set[str] = set()
    for index, row in enumerate(mapping.value.rows):
        if row.helpdesk in written:
            yield mapping.finding(
                "mapping.twice", "error", ("rows", index, "helpdesk"), f"another row writes `{row.helpdesk}` already",
                "A field has one writer; remove one of the rows.",
            )  # fmt: skip
        written.add(row.helpdesk)
        yield from _row(mapping, index, row, scope)
    billing = mapping.value.billing
    if billing is not None and mapping.value.written_by != "golive":
        message = "only golive joins revenue from billing, and the vendor's package carries these values"
        yield BILLING.found(mapping, ("billing",), message, "Take `billing` out, or say  written_by: golive")
    elif billing is not None and billing.fills not in [row.crm for row in mapping.value.rows]:
        message = f"no row carries `{billing.fills}`, for which billing stands in"
        yield BILLING.found(mapping, ("billing", "fills"), message, "Name a field of the rows.")
    elif billing is not None and scope.root is not None and not (scope.root / billing.file).is_file():
        yield BILLING_FILE.found(mapping, ("billing", "file"), f"there is no file `{billing.file}` in the workspace")


def _account_key(scope: Scope) -> Iterator[Finding]:
    whole = scope.declaration.get("integrations", "integrations")
    crm = whole.value.crm if whole else None
    owner, _, key = (crm.account_key if crm else "").partition(".")
    if whole is None or owner != "organization":
        return
    path = ("crm", "account_key")
    field = scope.declaration.get("customer_fields", key)
    if not scope.knows("customer_fields", key):
        hint = scope.nearest("customer_fields", key)
        yield whole.finding("reference.unknown", "error", path, f"there is no customer field `{key}`", hint)
    elif field and (field.value.of != "organization" or field.value.type != "text"):
        yield whole.finding(
            "crm.account-key", "error", path, f"`{key}` cannot hold the CRM's account id",
            "It needs a field of the organization, of type text.",
        )  # fmt: skip
    elif crm and crm.mapping and any(row.helpdesk == crm.account_key for row in crm.mapping.rows):
        yield whole.finding(
            "crm.account-key", "error", path, f"a row of the mapping fills `{key}`, which holds the CRM's account id",
            "Take the row out: the id is written beside the mapping.",
        )  # fmt: skip


def _row(mapping: Declared, index: int, row: MappingRow, scope: Scope) -> Iterator[Finding]:
    """What is wrong with one row by itself."""
    source = scope.declaration.get("crm_fields", row.field)
    if source is not None:
        yield from _path(mapping, index, row, source)
    shown = "text" if row.path else source.value.type if source else None
    if row.helpdesk == NAME:
        if shown is not None and shown not in _NAMES:
            yield mapping.finding(
                "mapping.type", "error", ("rows", index), f"`{row.crm}` is {shown} in the CRM, and a name is a text",
                f"Fill the name from a field of type {' or '.join(_NAMES)}.",
            )  # fmt: skip
        return
    owner, _, key = row.helpdesk.partition(".")
    if not scope.knows("customer_fields", key):
        yield mapping.finding(
            "reference.unknown", "error", ("rows", index, "helpdesk"), f"there is no customer field `{key}`",
            scope.nearest("customer_fields", key),
        )  # fmt: skip
        return
    field = scope.declaration.get("customer_fields", key)
    if field is None or source is None or shown is None:
        return
    if field.value.of != owner:
        yield mapping.finding(
            "mapping.owner", "error", ("rows", index, "helpdesk"),
            f"`{key}` is a field of the {field.value.of}, and an account's fields belong to organizations",
            "Choose a customer field with `of: organization`.",
        )  # fmt: skip
    if field.value.type is None:
        return  # an existing field, whose type is the helpdesk's
    fitting = _PAIRS.get(shown, ())
    if field.value.type not in fitting:
        if shown != "lookup":
            yield mapping.finding(
                "mapping.type", "error", ("rows", index),
                f"`{row.crm}` is {shown} in the CRM and `{key}` is {field.value.type} in the helpdesk",
                f"Make the helpdesk's field one of: {', '.join(fitting)}." if fitting
                else f"No type of the helpdesk shows {shown}: leave this row out.",
            )  # fmt: skip
        return
    yield from _options(mapping, index, source, field, scope)


def _path(mapping: Declared, index: int, row: MappingRow, source: Declared) -> Iterator[Finding]:
    """A path follows a link, and a link is followed."""
    is_link = source.value.type == "lookup"
    if row.path and not is_link:
        message = f"`{row.field}` is {source.value.type} in the CRM, and leads to no other record"
        yield PATH.found(mapping, ("rows", index, "crm"), message, f"Write  crm: {row.field}")
    if is_link and not row.path:
        message = f"`{row.field}` is a link to another record: of itself it is only an id"
        yield PATH.found(mapping, ("rows", index, "crm"), message, f"Say what is read of it:  crm: {row.field}.Name")


def _options(mapping: Declared, index: int, source: Declared, field: Declared, scope: Scope) -> Iterator[Finding]:
    """Every option of the CRM's field is one of the helpdesk's field."""
    if source.value.type not in ("dropdown", "multiselect") or field.value.type not in ("dropdown", "multiselect"):
        return
    there = option_tags(field, scope)
    if source.value.options_from:
        wanted = list(scope.known.get(source.value.options_from, ()))
    else:
        wanted = list(source.value.options or ())
    missing = sorted(key for key in wanted if key not in there)
    if missing and there:
        options = ", ".join(f"`{key}`" for key in missing)
        message = f"the helpdesk's `{field.key}` has no option {options}, and the CRM's `{source.key}` has"
        hint = "Declare them in the customer field, or take them out of the CRM field."
        yield OPTIONS.found(mapping, ("rows", index), message, hint)
