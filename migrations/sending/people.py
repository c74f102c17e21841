"""People as users of the new helpdesk: somebody who is there already, or a new customer whom nobody mails."""

from __future__ import annotations

from migrations.declared.mapping import WordMapping
from migrations.records.person import Person
from migrations.sending.external_ids import external_id
from migrations.sending.outgoing import seat_key
from migrations.sending.places import Places
from provisioners.history import NewUser

UNKNOWN = "golive-unknown"
"""The id of whoever wrote what has no author."""
NOBODY = Person(id=UNKNOWN, name="Unknown (brought over)", side="tool")


def seat_of(person: str, mapping: WordMapping, places: Places) -> str:
    """The id of the user with a seat whom the mapping names for an old id; empty for nobody."""
    return places.people.get(seat_key(person, mapping), "")


def new_user(person: Person, key: str, organization: str) -> NewUser:
    """A customer. Somebody of the team who has no seat any more gets no address, so that nobody is mailed as them, and
    no later mail from there is taken for a customer's. organization: the new one's id."""
    has_left = person.side != "customer"
    name = person.name or person.email or person.id
    return NewUser(
        external_id=external_id(key, person.id),
        name=f"{name} (has left)" if has_left and person.id != UNKNOWN else name,
        email="" if has_left else person.email,
        phone="" if has_left else person.phone,
        organization=organization,
        language=person.language,
        notes=person.notes,
        tags=tuple("_".join(tag.split()) for tag in person.tags),
    )
