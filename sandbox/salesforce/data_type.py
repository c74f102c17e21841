"""What Setup calls the type of a field, which is what the Tooling API shows as its `DataType`."""

from __future__ import annotations

from sandbox.salesforce.objects import Field

_GERMAN = {
    "Text": "Text",
    "Lookup": "Nachschlagebeziehung",
    "Date/Time": "Datum/Uhrzeit",
    "Date": "Datum",
    "Checkbox": "Kontrollkästchen",
    "Long Text Area": "Textbereich (lang)",
    "Number": "Zahl",
    "Currency": "Währung",
    "Percent": "Prozent",
    "Picklist": "Auswahlliste",
    "Picklist (Multi-Select)": "Auswahlliste (Mehrfachauswahl)",
    "Formula": "Formel",
    "Email": "E-Mail",
    "Phone": "Telefon",
}
"""Setup's words in an organisation whose language is German."""
_WORDS = {
    "string": "Text",
    "id": "Lookup()",
    "datetime": "Date/Time",
    "boolean": "Checkbox",
    "textarea": "Long Text Area",
    "int": "Number",
    "double": "Number",
    "multipicklist": "Picklist (Multi-Select)",
    "url": "URL",
}
_WITH_LENGTH = ("string", "textarea", "url")


def data_type(field: Field, language: str = "en_US") -> str:
    """`Text(255)`, `Lookup(User)`, `Formula (Currency)`; in the organisation's language, as Setup shows it."""

    def said(word: str) -> str:
        return _GERMAN.get(word, word) if language == "de" else word

    word = said(_WORDS.get(field.type, field.type.capitalize()))
    if field.calculated:
        return f"{said('Formula')} ({word})"
    if field.type == "reference":
        return f"{said('Lookup')}({','.join(field.refers_to)})"
    return f"{word}({field.length})" if field.type in _WITH_LENGTH and field.length else word
