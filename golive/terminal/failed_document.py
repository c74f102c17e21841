"""The document of a verb that ended early: its own, as far as it came, with the error in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from config.results.alerts_test import AlertsTestDocument
from config.results.cohort import CohortDocument
from config.results.context import ContextDocument
from config.results.due import DueDocument
from config.results.error import Error
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
from config.results.review import ReviewDocument
from config.results.runsheet import RunsheetDocument
from config.results.switch import SwitchDocument
from config.results.watch import WatchDocument
from golive.terminal.arguments import option_of, sub_verb_of, verb_of
from golive.terminal.fault import Fault


def failed_document(fault: Fault, arguments: list[str]) -> dict[str, Any]:
    """The verb's own document, as far as it came, with the error in it."""
    error = Error(**fault.as_json())
    environment = option_of(arguments, "-e", "--environment")
    made: Any
    match verb_of(arguments):
        case ("plan" | "up" | "destroy" | "undo") as verb:
            empty = PlanDocument("golive/plan/1", environment)
            schema: Any = f"golive/{verb}/1"
            made = replace(fault.document or empty, schema=schema, error=error).to_json()
        case "look":
            made = LookDocument(error=error).to_json()
        case "drift":
            made = DriftDocument(environment, error=error).to_json()
        case ("off" | "on") as verb:
            switched: Any = f"golive/{verb}/1"
            made = SwitchDocument(switched, environment, error=error).to_json()
        case "history":
            made = HistoryDocument(environment, error=error).to_json()
        case "runsheet":
            made = RunsheetDocument(environment, error=error).to_json()
        case "due":
            made = DueDocument(environment, error=error).to_json()
        case "gate" if sub_verb_of(arguments) == "history":
            made = GateHistoryDocument(environment=environment, error=error).to_json()
        case "gate" if sub_verb_of(arguments) == "diff":
            made = GateDiffDocument(environment, error=error).to_json()
        case "gate":
            made = GateDocument(environment=environment, error=error).to_json()
        case "log":
            made = LogDocument(environment=environment, error=error).to_json()
        case "cohort":
            made = CohortDocument(environment, error=error).to_json()
        case "context":
            made = ContextDocument(environment, error=error).to_json()
        case "people":
            made = PeopleDocument(environment, error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "extract":
            made = ExtractDocument(error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "map":
            made = MapDocument(error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "plan":
            made = MigrationPlanDocument(environment=environment, error=error).to_json()
        case "migrate" if sub_verb_of(arguments) in ("run", "rollback"):
            run: Any = sub_verb_of(arguments)
            called: Any = f"golive/migrate-{run}/1"
            made = MigrationRunDocument(environment=environment, verb=run, error=error, schema=called).to_json()
        case "migrate" if sub_verb_of(arguments) == "delta":
            made = MigrationDeltaDocument(environment=environment, error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "status":
            made = MigrationStatusDocument(error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "report":
            made = MigrationReportDocument(environment=environment, error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "redirects":
            made = MigrationRedirectsDocument(environment=environment, error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "accept":
            made = AcceptDocument(environment=environment, error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "archive":
            made = ArchiveDocument(error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "verify":
            made = VerifyDocument(environment=environment, error=error).to_json()
        case "migrate" if sub_verb_of(arguments) == "profile":
            made = ProfileDocument(error=error).to_json()
        case "alerts":
            made = AlertsTestDocument(environment=environment, error=error).to_json()
        case "watch":
            made = WatchDocument(environment=environment, error=error).to_json()
        case "validate":
            made = FindingsDocument(error=error).to_json()
        case "review":
            made = ReviewDocument(environment=environment, error=error).to_json()
        case verb:
            made = {"schema": f"golive/{verb}/1", "error": fault.as_json()}
    document: dict[str, Any] = made
    return document
