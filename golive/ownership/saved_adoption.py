"""What was taken over, as a document, and into files and state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pulumi.automation import Deployment

from config.results.adopt import AdoptDocument, AdoptedEntry
from golive.carrying.keeping import keep
from golive.ownership.adoption import Adoption
from golive.runs.journaling import with_done
from golive.runs.running import Session
from golive.screens.adoption import places_of
from golive.workspace.opening import Opened
from provisioners.resource import ResourceName
from stacks.adoption.candidates import Candidate
from stacks.adoption.drafting import translation_of
from stacks.journal import Journal
from stacks.record import RECORD_NAME
from stacks.state import ids, payloads, record, with_record
from stacks.taken_over import TakenOver


def save_adoption(session: Session, found: Adoption) -> None:
    """Into files and state."""
    places = _places(found)
    files = {each.address: places.get((each.kind, each.key), "") for each in found.taken}
    taken = [str(ResourceName(each.instance, each.kind, each.key)) for each in found.taken]
    keep(session, "adopt", adopted(session, found.after.state, files, taken), found.texts, found.before_texts)


def adopted(
    session: Session,
    after: Deployment,
    files: Mapping[str, str] = MappingProxyType({}),
    taken: Sequence[str] = (),
) -> Deployment:
    """The state with what was taken over in its journal. files: `kind/key` → file into which an object is written.
    taken: resources that stand in the files from now on, also of those that only the next run notes in the state."""
    before = ids(session.state)
    new = [
        name
        for name, identifier in ids(after).items()
        if name != RECORD_NAME and (before.get(name) != identifier or ResourceName.of(name).address in files)
    ]
    sides = payloads(after)
    counted = [name for name in new if sides[name].mode != "found" and not ResourceName.of(name).is_generated]
    state = with_done(after, session.opened, "adopt", [*taken, *counted], action="adopt")
    run = Journal.of(record(state).journal).last
    notes = [TakenOver(name, run, files.get(ResourceName.of(name).address, "")).as_text for name in new]
    again = set(new)
    others = [text for text in record(state).taken_over if TakenOver.of(text).resource not in again]
    return with_record(state, taken_over=(*others, *notes))


def _places(found: Adoption) -> dict[tuple[str, str], str]:
    """(kind, key) → file, of everything that is declared now."""
    return {(item.kind, item.key): item.position.file for item in found.after.opened.loaded.declaration}


def _unsaid(found: Adoption, candidate: Candidate) -> str:
    """What of an object stays outside the files."""
    system = found.after.reached.settings[candidate.instance].type
    return translation_of(candidate, system).unsaid(candidate.sighting, candidate.data)


def adopt_document(found: Adoption, opened: Opened, *, dry_run: bool) -> AdoptDocument:
    """What was found, for people and programs."""
    places = _places(found)

    def told(candidate: Candidate, why: str = "") -> AdoptedEntry:
        sighting = candidate.sighting
        return AdoptedEntry(
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
        found.not_read,
    )
