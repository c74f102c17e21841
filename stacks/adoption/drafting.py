"""From live objects to what the files would say of them, so that sending it back would change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from config.declaration import Declaration
from config.document import Document
from config.kinds import object_path
from config.loading import load_documents
from config.placeholders import placeholders_in, texts_of
from config.references import references_of
from provisioners.sighting import Data
from provisioners.system import systems
from provisioners.translation import Context, Names, Translation
from stacks.adoption.candidates import Candidate
from stacks.adoption.wording import WHY_ALLOWED, adapter, in_order, only_named, without_defaults

RULES = (
    "ticket_forms", "triggers", "automations", "macros", "views", "sla_policies", "queues", "deletion_schedules",
    "crm_record_types", "crm_access", "crm_queues",
)  # fmt: skip
"""Kinds whose words depend on what else is declared, above all on the fields and their options."""
_WITH_TEXTS = ("ticket_fields", "ticket_statuses")
"""Kinds whose texts may name dynamic content, and on which rules depend: they are said twice."""
ROLES = {"admin": "Administrator", "agent": "Agent", "light_agent": "Light agent"}

ContextOf = Callable[[str, Declaration], Context]
"""The context of a system for a declaration."""


def draft(
    candidates: Sequence[Candidate],
    documents: Sequence[Document],
    values: Mapping[str, object],
    names: Names,
    context_of: ContextOf,
) -> dict[str, Data]:
    """Put words to every candidate that is not left alone, and return the roles that they need and nobody declares.

    documents: the files as they are. names: of everything that is or is going to be declared.
    """
    there = [each for each in candidates if not each.left]
    declared = load_documents(list(documents), values).declaration
    for each in there:
        if each.kind not in RULES:
            _say(each, names, context_of(each.instance, declared))
    roles = _missing_roles(there, declared)
    new = [*documents, *_as_documents(each for each in there if each.kind not in RULES), *_roles_document(roles)]
    declared = load_documents(new, values).declaration
    contexts = {instance: context_of(instance, declared) for instance in {each.instance for each in there}}
    words = {instance: systems()[each.settings.type].words(each) for instance, each in contexts.items()}
    for each in there:
        if each.kind in (*RULES, *_WITH_TEXTS):
            _say(each, replace(names, values=words[each.instance]), contexts[each.instance])
    return roles


def translation_of(candidate: Candidate, system: str) -> Translation:
    """What knows the kind in a system (`zendesk`)."""
    return next(each for each in systems()[system].translations() if each.kind == candidate.kind)


def _say(candidate: Candidate, names: Names, context: Context) -> None:
    translation = translation_of(candidate, context.settings.type)
    data = translation.said(candidate.sighting, replace(names, own=candidate.key), context)
    if candidate.existing:
        data = only_named(candidate.sighting, data)
    if candidate.allowed:
        data = {**data, "x-allow": dict.fromkeys(sorted(candidate.allowed), WHY_ALLOWED)}
    candidate.data = in_order(without_defaults(candidate.kind, data))


def _missing_roles(candidates: Iterable[Candidate], declared: Declaration) -> dict[str, Data]:
    said = {each.data.get("role") for each in candidates if each.kind == "people"}
    return {
        str(role): {"name": ROLES[str(role)], "like": role}
        for role in sorted(filter(None, said))
        if role not in declared.of("roles") and role in ROLES
    }


def _roles_document(roles: Mapping[str, Data]) -> list[Document]:
    return [Document("", {"roles": dict(roles)})] if roles else []


def _as_documents(candidates: Iterable[Candidate]) -> list[Document]:
    """The candidates as if they stood in a file."""
    whole: Data = {}
    for each in candidates:
        place = whole
        *above, last = object_path(each.kind, each.key)
        for step in above:
            place = place.setdefault(step, {})
        place[last] = each.data
    return [Document("", whole)] if whole else []


def referred_to(candidate: Candidate) -> set[tuple[str, str]]:
    """(kind, key) of what a candidate's words and placeholders name; nothing where they are not valid."""
    try:
        value = adapter(candidate.kind).validate_python(candidate.data)
    except ValidationError:
        return set()
    named = {target for each in references_of(value) if (target := each.resolve())}
    return named.union(*(placeholders_in(text) for _, text in texts_of(value)))
