"""The JSON Schemas (draft 7) of what people write and of what commands print, made from the models.

Editors use them while somebody writes; `config/schemas/` holds them as files, and a test keeps those equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel, TypeAdapter

from config.draft7 import draft7
from config.environment import EnvironmentFile
from config.kinds import ALL_KINDS, KINDS, Kind
from config.kinds.conditions import VendorCondition
from config.model import Model, Object, VendorPiece
from config.registry import fragment, vendor_words
from config.results.adopt import AdoptDocument
from config.results.alerts_test import AlertsTestDocument
from config.results.cohort import CohortDocument
from config.results.context import ContextDocument
from config.results.document import schema_of
from config.results.due import DueDocument
from config.results.findings import FindingsDocument
from config.results.gate import GateDocument
from config.results.gate_diff import GateDiffDocument
from config.results.gate_history import GateHistoryDocument
from config.results.history import HistoryDocument
from config.results.log import LogDocument
from config.results.look import LookDocument
from config.results.migration_accept import AcceptDocument
from config.results.migration_archive import ArchiveDocument
from config.results.migration_delta import MigrationDeltaDocument
from config.results.migration_extract import ExtractDocument
from config.results.migration_map import MapDocument
from config.results.migration_plan import MigrationPlanDocument
from config.results.migration_profile import ProfileDocument
from config.results.migration_redirects import MigrationRedirectsDocument
from config.results.migration_report import MigrationReportDocument
from config.results.migration_run import MigrationRunDocument
from config.results.migration_status import MigrationStatusDocument
from config.results.migration_verify import VerifyDocument
from config.results.people import PeopleDocument
from config.results.plan import DriftDocument, PlanDocument
from config.results.pull import PullDocument
from config.results.release import ReleaseDocument
from config.results.review import ReviewDocument
from config.results.runsheet import RunsheetDocument
from config.results.saved_plan import SavedPlan
from config.results.switch import SwitchDocument
from config.results.watch import WatchDocument

DRAFT = "http://json-schema.org/draft-07/schema#"
KEY_PATTERN = "^[a-z][a-z0-9_]*$"
OPEN_KEYS: dict[str, Any] = {"^x-": {}}
"""What people may add for themselves, at the top and in every part of the vocabulary."""
_VALUE = {
    "description": "What the environment file says under `values:`.",
    "type": "string",
    "pattern": r"^\$\{values\.[A-Za-z_][A-Za-z0-9_]*\}$",
}
_IS_EXISTING = {
    "properties": {"existing": {"anyOf": [{"const": True}, {"type": "string", "minLength": 1}]}},
    "required": ["existing"],
}


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema of this room by its file's name in `config/schemas/`. Loads the installed systems."""
    return {
        "config.json": config_schema(),
        "environment.json": environment_schema(),
        "results/validate.json": schema_of(FindingsDocument, "golive/validate/1"),
        "results/plan.json": schema_of(PlanDocument, "golive/plan/1"),
        "results/up.json": schema_of(PlanDocument, "golive/up/1"),
        "results/undo.json": schema_of(PlanDocument, "golive/undo/1"),
        "results/saved-plan.json": schema_of(SavedPlan, "golive/saved-plan/1"),
        "results/adopt.json": schema_of(AdoptDocument, "golive/adopt/1"),
        "results/pull.json": schema_of(PullDocument, "golive/pull/1"),
        "results/release.json": schema_of(ReleaseDocument, "golive/release/1"),
        "results/look.json": schema_of(LookDocument, "golive/look/1"),
        "results/drift.json": schema_of(DriftDocument, "golive/drift/1"),
        "results/review.json": schema_of(ReviewDocument, "golive/review/1"),
        "results/history.json": schema_of(HistoryDocument, "golive/history/1"),
        "results/gate.json": schema_of(GateDocument, "golive/gate/1"),
        "results/gate-diff.json": schema_of(GateDiffDocument, "golive/gate-diff/1"),
        "results/runsheet.json": schema_of(RunsheetDocument, "golive/runsheet/1"),
        "results/due.json": schema_of(DueDocument, "golive/due/1"),
        "results/cohort.json": schema_of(CohortDocument, "golive/cohort/1"),
        "results/context.json": schema_of(ContextDocument, "golive/context/1"),
        "results/people.json": schema_of(PeopleDocument, "golive/people/1"),
        "results/migrate-extract.json": schema_of(ExtractDocument, "golive/migrate-extract/1"),
        "results/migrate-map.json": schema_of(MapDocument, "golive/migrate-map/1"),
        "results/migrate-plan.json": schema_of(MigrationPlanDocument, "golive/migrate-plan/1"),
        "results/migrate-run.json": schema_of(MigrationRunDocument, "golive/migrate-run/1"),
        "results/migrate-delta.json": schema_of(MigrationDeltaDocument, "golive/migrate-delta/1"),
        "results/migrate-rollback.json": schema_of(MigrationRunDocument, "golive/migrate-rollback/1"),
        "results/migrate-status.json": schema_of(MigrationStatusDocument, "golive/migrate-status/1"),
        "results/migrate-report.json": schema_of(MigrationReportDocument, "golive/migrate-report/1"),
        "results/migrate-redirects.json": schema_of(MigrationRedirectsDocument, "golive/migrate-redirects/1"),
        "results/migrate-accept.json": schema_of(AcceptDocument, "golive/migrate-accept/1"),
        "results/migrate-archive.json": schema_of(ArchiveDocument, "golive/migrate-archive/1"),
        "results/migrate-verify.json": schema_of(VerifyDocument, "golive/migrate-verify/1"),
        "results/migrate-profile.json": schema_of(ProfileDocument, "golive/migrate-profile/1"),
        "results/alerts-test.json": schema_of(AlertsTestDocument, "golive/alerts-test/1"),
        "results/watch.json": schema_of(WatchDocument, "golive/watch/1"),
        "results/off.json": schema_of(SwitchDocument, "golive/off/1"),
        "results/on.json": schema_of(SwitchDocument, "golive/on/1"),
        "results/gate-history.json": schema_of(GateHistoryDocument, "golive/gate-history/1"),
        "results/log.json": schema_of(LogDocument, "golive/log/1"),
    }


def as_text(schema: dict[str, Any]) -> str:
    """A schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def config_schema() -> dict[str, Any]:
    """A file of `config/`: it maps kinds."""
    made, shared = schemas_of({word: kind.model for word, kind in KINDS.items()})
    definitions: dict[str, Any] = {"Value": _VALUE}
    for name, made_definition in shared.items():
        definitions[name] = with_values(made_definition, "Value")
    properties = {word: _kind(kind, made[word]) for word, kind in KINDS.items()}
    return {
        "$schema": DRAFT,
        "title": "golive: a file of config/",
        "description": "A file maps kinds to objects by key. Any kind may stand in any file.",
        "type": ["object", "null"],
        "properties": properties,
        "patternProperties": OPEN_KEYS,
        "additionalProperties": False,
        "definitions": definitions,
    }


def environment_schema() -> dict[str, Any]:
    """An environment file: `stacks/Pulumi.<name>.yaml`."""
    _, definitions = schemas_of({"file": EnvironmentFile})
    whole = definitions.pop(EnvironmentFile.__name__)
    return {"$schema": DRAFT, **whole, "title": "golive: an environment", "definitions": definitions}


def _kind(kind: Kind, made: dict[str, Any]) -> dict[str, Any]:
    """The schema of a kind's word at the top of a file."""
    classes = list(members(kind.model))
    said = classes[0].__doc__ or "" if len(classes) == 1 else ""
    about = {"title": kind.title, "description": " ".join(said.split()) or f"What a {kind.title} is, by its `type`."}
    may_be_nothing = len(classes) == 1 and not classes[0].needed({})
    content = {"anyOf": [made, {"type": "null"}]} if may_be_nothing else made
    if kind.single:
        return {**about, "allOf": [content]}
    return {
        **about,
        "type": ["object", "null"],
        "propertyNames": {"pattern": KEY_PATTERN},
        "additionalProperties": content,
    }


def members(annotation: Any) -> Iterator[type[Model]]:
    """The models that a kind's annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for argument in get_args(annotation):
        yield from members(argument)


def schemas_of(annotations: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(The schema of each annotation by its name, definitions of all models that they name)."""
    inputs: list[tuple[str, Any, TypeAdapter[Any]]] = [
        (name, "validation", TypeAdapter(annotation)) for name, annotation in annotations.items()
    ]
    made, shared = TypeAdapter.json_schemas(inputs)
    classes = {each.__name__: each for annotation in annotations.values() for each in _reached(annotation)}
    raw = shared.get("$defs", {})
    definitions = {name: _model(classes[name], _plain(draft7(raw[name]))) for name in sorted(raw)}
    return {name: _plain(draft7(made[name, "validation"])) for name in annotations}, definitions


def _reached(annotation: Any) -> set[type[Model]]:
    """The models that an annotation names, and those that these name."""
    found: set[type[Model]] = set()
    waiting = list(members(annotation))
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.add(model)
            waiting += [each for hint in get_type_hints(model, include_extras=True).values() for each in members(hint)]
    return found


def _model(model: type[BaseModel], made: dict[str, Any]) -> dict[str, Any]:
    """A model's schema with what pydantic cannot know of it: required attributes, open keys, vendors' words."""
    properties = made["properties"]
    for info in properties.values():
        if info.get("x-class") != "default" or ("default" in info and info["default"] is None):
            info.pop("default", None)
    made["description"] = " ".join(str(made.get("description", "")).split())
    made["patternProperties"] = OPEN_KEYS
    made["title"] = model.__name__
    if not issubclass(model, Model):
        return made
    if issubclass(model, VendorPiece):
        pieces = "conditions" if issubclass(model, VendorCondition) else "actions"
        said = {word: part for word in model.words() if (part := fragment(word, pieces)) is not None}
        made["properties"] = said
        made["oneOf"] = [{"required": [word]} for word in said]
        return made
    always = model.needed({"existing": True}) if issubclass(model, Object) else model.needed({})
    made["required"] = sorted({*made.get("required", []), *always})
    if issubclass(model, Object):
        properties.pop("vendor", None)
        properties["existing"].pop("anyOf")
        properties["existing"]["anyOf"] = [*_IS_EXISTING["properties"]["existing"]["anyOf"], {"type": "null"}]  # type: ignore[index]
        properties.update(_vendor_words(model))
        rest = [name for name in model.needed({}) if name not in made["required"]]
        if rest:
            made.update({"if": _IS_EXISTING, "else": {"required": rest}})
    if not made["required"]:
        del made["required"]
    return made


def _vendor_words(model: type[Object]) -> dict[str, Any]:
    """What installed systems take under their own names in this model's kind."""
    kinds = [word for word, kind in ALL_KINDS.items() if model in members(kind.model)]
    found: dict[str, Any] = {}
    for system in vendor_words():
        fragments = [part for kind in kinds if (part := fragment(system, kind)) is not None]
        if fragments and system not in model.model_fields:
            found[system] = fragments[0]
    return found


def _plain(schema: Any, *, names: bool = False) -> Any:
    """Without the titles that pydantic makes of names, and with maps whose keys have a form closed for others."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if names:
        return {name: _plain(part) for name, part in schema.items()}
    made = {
        word: _plain(part, names=word in ("properties", "patternProperties", "definitions"))
        for word, part in schema.items()
        if word != "title"
    }
    keyed = made.pop("patternProperties", None)
    if keyed and "properties" not in made:
        ((pattern, content),) = keyed.items()
        made["propertyNames"] = {"pattern": pattern}
        made["additionalProperties"] = content
    return made


def with_values(schema: Any, definition: str) -> Any:
    """The same schema, with what a definition takes, such as `${values.NAME}`, wherever one scalar of a certain form
    is."""
    if isinstance(schema, list):
        return [with_values(part, definition) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {word: part if word in _NOT_CONTENT else with_values(part, definition) for word, part in schema.items()}
    if "properties" in schema:
        made["properties"] = {name: with_values(part, definition) for name, part in schema["properties"].items()}
    narrow = [word for word in ("type", "pattern", "enum", "minimum", "minLength") if word in made]
    if made.get("type") in ("integer", "number", "boolean") or "enum" in made or "pattern" in made:
        exact = {word: made.pop(word) for word in narrow}
        made["anyOf"] = [exact, {"$ref": f"#/definitions/{definition}"}]
    return made


_NOT_CONTENT = ("propertyNames", "properties", "patternProperties", "if", "else", "required", "default", "enum", "not")
