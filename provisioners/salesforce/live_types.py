"""What a field that is there holds, in our words, by types that are the same in every language.

What the organisation's pages call a type (`DataType` of the Tooling API's FieldDefinition) is translated, and is never
gone by.
"""

from __future__ import annotations

from collections.abc import Mapping

from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import CustomField
from provisioners.salesforce.definitions import nearest_type
from provisioners.salesforce.names import is_custom

_HOLDS = {
    "string": ("text", "textarea", "pattern"),
    "combobox": ("text",),
    "encryptedstring": ("text",),
    "email": ("text",),
    "phone": ("text",),
    "url": ("text",),
    "time": ("text",),
    "id": ("text",),
    "textarea": ("textarea", "text"),
    "int": ("integer", "decimal"),
    "long": ("integer", "decimal"),
    "double": ("decimal", "integer"),
    "currency": ("currency", "decimal"),
    "percent": ("decimal",),
    "date": ("date",),
    "datetime": ("date",),
    "boolean": ("checkbox",),
    "picklist": ("dropdown", "text"),
    "multipicklist": ("multiselect", "text"),
    "reference": ("lookup",),
}
"""Type of a description → our words for what such a field holds, the best one first. A formula has the type of what it
gives. Source: developer.salesforce.com, “Object Reference”, Field Types."""
_ALSO = {"dropdown": ("text",), "multiselect": ("text",), "textarea": ("text",), "currency": ("decimal",)}


def words_for(described: str) -> tuple[str, ...]:
    """Our words for a described type, the best one first; empty for what there is no word for."""
    return _HOLDS.get(described, ())


def held_by(client: SalesforceClient, owner: str, names: list[str]) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """API name in small letters → (the vendor's word for its type, our words for it) of these fields of an object.

    One call for the object. It leaves out fields that golive's own user may not see: of those, the organisation's own
    ones cost two calls more, and of the vendor's nothing is known. Raises SystemFault.
    """
    described = (client.get(f"sobjects/{owner}/describe") or {}).get("fields") or []
    found = {str(each["name"]).lower(): (str(each["type"]), words_for(str(each["type"]))) for each in described}
    hidden = {f"{owner}.{name}".lower() for name in names if is_custom(name) and name.lower() not in found}
    if hidden:
        fields = CustomField(client)
        for listed in fields.list({"FullName": f"{owner}."}):
            whole = fields.get(listed.id, {}) if listed.label.lower() in hidden else None
            if whole is not None:
                metadata = whole.body["Metadata"]
                best = nearest_type(metadata)
                words = (best, *_ALSO.get(best, ())) if best else ()
                found[listed.label.partition(".")[2].lower()] = (str(metadata["type"]), words)
    return found
