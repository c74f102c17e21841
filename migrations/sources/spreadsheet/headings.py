"""The names of columns, and what they probably mean. It is a proposal: a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from migrations.sources.spreadsheet.settings import NOTES, Meaning

LONGEST_HEADER = 200
_WORDS: Mapping[Meaning, str] = {
    "ticket": "ticket|ticket id|ticket no|ticket nr|ticket number|id|case|case id|case number|number|nr|no|#|key"
    "|issue key|request id|ticketnummer|vorgang|fallnummer|meldingsnummer|numéro|número",
    "subject": "subject|title|summary|topic|betreff|titel|onderwerp|sujet|objet|asunto|question|frage|vraag",
    "status": "status|state|stand|statut|estado",
    "priority": "priority|prio|urgency|priorität|prioriteit|priorité|prioridad",
    "channel": "channel|source|via|kanal|kanaal|canal",
    "group": "group|team|queue|department|gruppe|abteilung|afdeling|groupe|grupo",
    "kind": "type|kind|ticket type|art|soort",
    "language": "language|locale|sprache|taal|langue|idioma",
    "tags": "tags|labels|schlagworte",
    "category": "category|reason|kategorie|categorie|catégorie|categoría|rubrik",
    "customer": "customer|customer name|requester|requester name|contact|contact name|name|client|caller|kunde"
    "|kundenname|ansprechpartner|klant|klantnaam|melder|cliente",
    "customer_email": "email|e-mail|mail|customer email|requester email|contact email|email address|e-mail-adresse"
    "|e-mailadres|courriel|correo",
    "customer_phone": "phone|telephone|phone number|telefon|telefoon|téléphone|teléfono",
    "organization": "organization|organisation|company|account|firma|unternehmen|bedrijf|société|entreprise|empresa",
    "agent": "agent|agent name|assignee|assigned to|owner|handled by|bearbeiter|bearbeitet von|zuständig|behandelaar"
    "|medewerker|agente",
    "agent_email": "agent email|assignee email|owner email",
    "author": "author|written by|from|by|autor|verfasser|auteur",
    "date": "date|created|created at|created date|created time|creation date|opened|received|timestamp|time|datum"
    "|erstellt|erstellt am|eingang|aangemaakt|ontvangen|date de création|fecha",
    "updated": "updated|updated at|last updated|last update time|modified|geändert|gewijzigd|mis à jour|actualizado",
    "first_answer": "first answer|first reply|first response|first response at|initial response time|first reply at"
    "|erste antwort|eerste antwoord|première réponse|primera respuesta",
    "resolved": "resolved|resolved at|resolved time|closed|closed at|closed time|solved|solved at|gelöst|gelöst am"
    "|erledigt|geschlossen|opgelost|gesloten|résolu|resuelto",
    "question": "description|request|message|beschreibung|anfrage|nachricht|omschrijving|vraagstelling|descripción",
    "answer": "answer|reply|response|solution|antwort|lösung|antwoord|oplossing|réponse|respuesta",
    "private_note": "note|notes|comment|comments|remark|remarks|internal note|action|bemerkung|kommentar|notiz"
    "|opmerking|notitie|remarque|commentaire|nota",
    "public_note": "public note|public comment|public reply",
    "public": "public|is public|visibility|öffentlich|openbaar",
}  # fmt: skip
_MEANINGS: Mapping[str, Meaning] = {word: meaning for meaning, words in _WORDS.items() for word in words.split("|")}


def headers_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns' names, each once: what has none or the same as another is counted. Behind the last name there is no
    column: programs end rows with delimiters that say nothing."""
    last = max((number for number, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    found: dict[str, int] = {}
    """Name → how many columns have it, as far as they were counted."""
    for number, cell in enumerate(cells[:last], start=1):
        name = again = " ".join(cell.split())[:LONGEST_HEADER] or f"(column {number})"
        while again in found:
            found[name] += 1
            again = f"{name} ({found[name]})"
        found[again] = 1
    return tuple(found)


def normal(header: str) -> str:
    """A name as it is compared: small letters, no signs between the words."""
    return " ".join(header.casefold().replace("_", " ").replace("/", " ").strip(" .:*?").split())


def meanings_of(headers: Iterable[str]) -> dict[str, Meaning]:
    """Header → what it probably means, for those that say it by their name; each meaning once but for notes."""
    found: dict[str, Meaning] = {}
    for header in headers:
        meaning = _MEANINGS.get(normal(header))
        if meaning and (meaning in NOTES or meaning not in found.values()):
            found[header] = meaning
    return found
