"""What was taken over, as a document, and into files and state."""

from __future__ import annotations

from pulumi.automation import Deployment

from config.results.adopt import AdoptDocument, Adopted
from golive.adoption import Adoption
from golive.journaling import with_done
from golive.keeping import keep
from golive.opening import Opened
from golive.running import Session
from golive.screens.adoption import places_of
from stacks.adoption.candidates import Candidate
from stacks.adoption.drafting import translation_of
from stacks.record import RECORD_NAME
from stacks.state import ids, record, with_record


def save_adoption(session: Session, found: Adoption) -> None:
    """Into files and state."""
    keep(session, "adopt", adopted(session, found.after.state), found.texts, found.before_texts)


def adopted(session: Session, after: Deployment) -> Deployment:
    """The state with what was taken over in its journal."""
    before = ids(session.state)
    new = [name for name, identifier in ids(after).items() if before.get(name) != identifier and name != RECORD_NAME]
    state = with_done(after, session.opened, "adopt", new, action="adopt")
    return with_record(state, taken_over=tuple(dict.fromkeys([*record(state).taken_over, *new])))


def _unsaid(found: Adoption, candidate: Candidate) -> str:
    """What of an object stays outside the files."""
    system = found.after.reached.settings[candidate.instance].type
    return translation_of(candidate, system).unsaid(candidate.sighting, candidate.data)


def adopt_document(found: Adoption, opened: Opened, *, dry_run: bool) -> AdoptDocument:
    """What was found, for people and programs."""
    places = {(item.kind, item.key): item.position.file for item in found.after.opened.loaded.declaration}

    def told(candidate: Candidate, why: str = "") -> Adopted:
        sighting = candidate.sighting
        return Adopted(
            candidate.instance,
            candidate.kind,
            candidate.key,
            sighting.name,
            candidate.identifier,
            "" if candidate.left else places.get((candidate.kind, candidate.key), ""),
            why,
            [] if candidate.left else list(places_of(candidate.data)),
        )

    files = [places.get((each.kind, each.key), "") for each in [*found.taken, *found.named]]
    return AdoptDocument(
        opened.environment_name,
        dry_run,
        [told(each, _unsaid(found, each)) for each in found.taken],
        [told(each, each.existing) for each in found.named],
        [told(each, each.left) for each in found.left],
        [each for each in found.linked if "/_" not in each],
        found.changes,
        {file: files.count(file) for file in dict.fromkeys(files)},
        found.allowed,
        found.beyond,
    )
