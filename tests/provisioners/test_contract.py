"""What every system promises, proven for each that is installed: a run that only reads cannot write."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.document import parse_document, read_document
from config.loading import load_documents
from provisioners.errors import SystemFault
from provisioners.resource import Resource, with_symbols
from provisioners.system import ENTRY_POINTS, systems
from stacks.compile import compile_environment
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection, settings

REFERENCE = Path(str(files("config"))) / "reference"
OURS = [point.name for point in entry_points(group=ENTRY_POINTS) if point.value.startswith("provisioners.")]
SYSTEMS = sorted(OURS)
BESIDE = """
integrations:
  crm:
    field_groups: {care: {object: Account, name: Care}}
    pipelines: {bugs: {name: Bugs, stages: {new: New, done: {name: Done, closed: true}}}}
  engineering:
    projects: {pay: {name: Payments, existing: PAY}}
    components: {checkout: {name: Checkout, project: pay}}
    labels: {support: {name: from-support, project: pay}}
    escalations:
      bug:
        name: To Engineering
        from: [technical]
        project: pay
        labels: [support]
        tag: bug-confirmed
        fields:
          - {issue: priority, ticket: priority, as: {urgent: Urgent, high: High, normal: Medium, low: Low}}
          - {issue: description, ticket: message}
          - {issue: customer_impact, ticket: customer_impact}
        comes_back: {status: request_type, at_first: bug_report, calls: "https://relay.example/linear"}
"""
"""What the reference client has none of: its engineers have no tracker, and its CRM neither groups nor pipelines."""


@pytest.fixture(scope="module")
def sandbox() -> Any:
    seed = yaml.safe_load((Path(str(files("stacks"))) / "reference" / "sandbox-account.yaml").read_text("utf-8"))
    with running_sandbox(seed) as live:
        yield live


@pytest.fixture(scope="module")
def resources() -> dict[str, list[Resource]]:
    """Every resource of the reference client, by system."""
    environment = yaml.safe_load((Path(str(files("stacks"))) / "reference" / "Pulumi.sandbox.yaml").read_text("utf-8"))
    values = environment["config"]["golive:environment"]["values"]
    documents = [read_document(path, path.name) for path in sorted(REFERENCE.glob("*.yaml"))]
    documents.append(parse_document(BESIDE, "engineering.yaml"))
    declaration = load_documents(documents, values).declaration
    found: dict[str, list[Resource]] = {}
    for beside in ("salesforce", "hubspot", "jira", "linear"):
        kinds = {systems()[name].role: name for name in (*OURS, beside)}
        here = {instance: settings(type_, f"http://127.0.0.1:1/{type_}") for instance, type_ in kinds.items()}
        compiled = compile_environment(declaration, here, lambda named: "0", "day_90")
        found |= {
            type_: [resource for resource in compiled.resources if resource.instance == instance]
            for instance, type_ in kinds.items()
        }
    return found


def _refused(call: Callable[..., object], *arguments: object) -> str | None:
    """The code of the fault that a call ends with, None where it ends well."""
    try:
        call(*arguments)
    except SystemFault as fault:
        return fault.code
    return None


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_run_that_only_reads_sends_no_write(
    system: str, sandbox: LiveSandbox, resources: dict[str, list[Resource]]
) -> None:
    collections = systems()[system].collections(connection(system, sandbox.url, read_only=True))
    sandbox.clear_log()
    tried: set[str] = set()
    for resource in resources[system]:
        if resource.type in tried:
            continue
        tried.add(resource.type)
        collection = collections[resource.type]
        payload = with_symbols(resource.payload, {each.name: "1" for each in resources[system]})
        refused = _refused(collection.create, payload)
        nothing_to_write = collection.natural_key(payload) is None  # an order of objects that are not there
        assert refused in ("not_allowed", "not_found", "refused") or nothing_to_write, resource.type
        _refused(collection.update, "1", payload, {})
        _refused(collection.delete, "1", payload)
    assert sandbox.writes() == []
    assert len(tried) >= {"zendesk": 15, "salesforce": 4, "slack": 1, "jira": 2, "linear": 4, "hubspot": 5}[system]


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_an_object_is_known_by_is_asked_of_nobody(
    system: str, sandbox: LiveSandbox, resources: dict[str, list[Resource]]
) -> None:
    """It is asked for while the system is known to be down, too, where a call would end the whole plan."""
    collections = systems()[system].collections(connection(system, sandbox.url, read_only=True))
    sandbox.clear_log()
    for resource in resources[system]:
        payload = with_symbols(resource.payload, {each.name: "1" for each in resources[system]})
        collections[resource.type].natural_key(payload)
        collections[resource.type].list_scope(payload)
    assert sandbox.log() == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_kind_it_takes_is_a_kind_of_the_vocabulary(system: str) -> None:
    from config.kinds import ALL_KINDS

    for translation in systems()[system].translations():
        assert translation.kind in ALL_KINDS


@pytest.mark.parametrize("system", SYSTEMS)
def test_asking_for_the_account_only_reads(system: str, sandbox: LiveSandbox) -> None:
    sandbox.clear_log()
    account = systems()[system].account(connection(system, sandbox.url, read_only=True))
    assert account.id
    assert account.user
    assert sandbox.log() != []
    assert sandbox.writes() == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_wrong_token_is_a_fault_of_credentials(
    system: str, sandbox: LiveSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_TOKEN", "not-the-token")
    with pytest.raises(SystemFault) as refused:
        systems()[system].account(connection(system, sandbox.url, read_only=True, token="env:SOME_TOKEN"))
    assert refused.value.code == "credentials"
    assert "not-the-token" not in str(refused.value)
