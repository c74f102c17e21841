"""A new workspace runs at once; the sandbox that belongs to it comes and goes by its own verbs."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import jsonschema
import pytest
import yaml

from config.document import read_document
from golive.home import report_to
from golive.workspace.embedded import DEFAULT_PORT
from golive.workspace.template import FromAccount, write_workspace
from sandbox.fault_kinds import KINDS
from tests.cli.conftest import new_workspace
from tests.cli.workspace import Ran, Workspace, free_port, golive, golive_process, point_to
from tests.live_sandbox import LiveSandbox
from tests.running_account import build


@pytest.mark.parametrize("form", ["--empty", "--example"])
def test_a_new_workspace_comes_up_at_once(engine: Path, tmp_path: Path, sandbox: LiveSandbox, form: str) -> None:
    workspace = new_workspace(tmp_path, sandbox, form)
    checked = workspace.golive("validate", "--json")
    assert checked.code == 0, checked.out
    assert [each for each in checked.document["findings"] if each["severity"] != "note"] == []
    assert workspace.plan().document["collisions"] == []
    if form == "--empty":  # the reference client comes up in a test of its own
        assert set(workspace.up().results.values()) == {"done"}
        workspace.is_settled()


@pytest.mark.parametrize("form", ["--empty", "--example"])
def test_its_files_name_schemas_that_are_there_and_hold(tmp_path: Path, form: str) -> None:
    assert golive("-C", str(tmp_path), "init", "acme", form).code == 0
    root = tmp_path / "acme"
    files = sorted([*(root / "config").glob("*.yaml"), *(root / "checklists").glob("*.yaml")])
    assert {file.parent.name for file in files} == {"config", "checklists"}
    for file in files:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        assert first.startswith("# yaml-language-server: $schema=")
        schema = (file.parent / first.partition("=")[2]).resolve()
        assert schema.is_relative_to(root)
        jsonschema.validate(read_document(file, file.name).data, json.loads(schema.read_text(encoding="utf-8")))


def test_what_a_new_workspace_holds(tmp_path: Path) -> None:
    ran = golive("-C", str(tmp_path), "init", "north-light")
    assert ran.code == 0
    assert "cd north-light" in ran.out
    root = tmp_path / "north-light"
    project = yaml.safe_load((root / "Pulumi.yaml").read_text(encoding="utf-8"))
    assert project["name"] == "north-light"
    assert project["golive"]["format"] == 1
    assert "Support of North Light" in project["description"] or "North Light" in project["description"]
    ignored = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {".golive/", ".pulumi-state/", "exports/"} <= set(ignored)
    assert "golive plan" in (root / "README.md").read_text(encoding="utf-8")
    assert golive("-C", str(root), "validate").code == 0


def ports_of(root: Path) -> set[int]:
    """The ports that a workspace's own files name."""
    texts = [path.read_text(encoding="utf-8") for path in (root / "stacks").iterdir()]
    return {int(port) for text in texts for port in re.findall(r"127\.0\.0\.1:(\d+)", text)}


@pytest.mark.parametrize("form", ["--empty", "--example"])
def test_two_workspaces_of_one_evening_have_ports_of_their_own(tmp_path: Path, form: str) -> None:
    for name in ("one", "two"):
        assert golive("-C", str(tmp_path), "init", name, form).code == 0
    one, two = ports_of(tmp_path / "one"), ports_of(tmp_path / "two")
    assert len(one) == len(two) == 1
    assert min(one) >= DEFAULT_PORT
    assert min(two) > min(one)


def test_a_port_that_answers_is_left_to_whom_it_belongs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        monkeypatch.setattr("golive.workspace.embedded.DEFAULT_PORT", taken)
        assert golive("-C", str(tmp_path), "init", "acme").code == 0
        assert min(ports_of(tmp_path / "acme")) > taken


def test_no_workspace_stands_in_another(tmp_path: Path) -> None:
    assert golive("-C", str(tmp_path), "init", "acme").code == 0
    for folder in ("acme", "acme/config"):
        ran = golive("-C", str(tmp_path / folder), "init", "inner")
        assert ran.code == 2
        assert "`inner` would stand inside another workspace." in ran.err
        assert f"golive -C {tmp_path} init inner" in ran.err
        assert not (tmp_path / folder / "inner").exists()


def test_empty_and_example_exclude_each_other(tmp_path: Path) -> None:
    for forms in (("--empty", "--example"), ("--example", "--empty")):
        ran = golive("-C", str(tmp_path), "init", "acme", *forms)
        assert ran.code == 2
        assert "Say one of --empty, --example and --from-account." in ran.err
        assert list(tmp_path.iterdir()) == []


def test_nothing_points_to_an_address_that_does_not_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = "golive.home.metadata"
    monkeypatch.setattr(read, lambda name: Message())
    assert golive("-C", str(tmp_path), "init", "one").code == 0
    readme = (tmp_path / "one" / "README.md").read_text(encoding="utf-8")
    assert "://" not in readme
    assert "golive schema --kinds" in readme
    assert report_to() == "to whoever gave you golive"
    urls = Message()
    urls["Project-URL"] = "Repository, https://code.example/golive"
    monkeypatch.setattr(read, lambda name: urls)
    assert golive("-C", str(tmp_path), "init", "two").code == 0
    assert "[golive](https://code.example/golive)" in (tmp_path / "two" / "README.md").read_text(encoding="utf-8")
    assert report_to() == "at https://code.example/golive"


def test_the_reference_of_all_kinds_is_at_hand() -> None:
    ran = golive("schema", "--kinds")
    assert ran.code == 0
    assert ran.out == (Path(__file__).parents[2] / "docs" / "kinds.md").read_text(encoding="utf-8")


def test_it_never_writes_over_anything(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "notes.txt").write_text("mine", encoding="utf-8")
    ran = golive("-C", str(tmp_path), "init", "acme", "--example")
    assert ran.code == 2
    assert "`acme` is there already, and is not empty." in ran.err
    assert [path.name for path in (tmp_path / "acme").iterdir()] == ["notes.txt"]
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert golive("-C", str(tmp_path), "init", "file").code == 2
    (tmp_path / "bare").mkdir()
    assert golive("-C", str(tmp_path), "init", "bare").code == 0


@pytest.mark.parametrize("name", ["Acme", "9lives", "../up", "a b", ""])
def test_a_name_that_cannot_be(tmp_path: Path, name: str) -> None:
    ran = golive("-C", str(tmp_path), "init", name)
    assert ran.code == 2
    assert "cannot be a workspace's name" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_caches_can_be_thrown_away(engine: Path, tmp_path: Path, sandbox: LiveSandbox) -> None:
    workspace = new_workspace(tmp_path, sandbox)
    workspace.up()
    shutil.rmtree(workspace.root / ".golive")
    workspace.is_settled()


def test_the_clients_project_file_is_never_rewritten(engine: Path, tmp_path: Path, sandbox: LiveSandbox) -> None:
    workspace = new_workspace(tmp_path, sandbox)
    kept = [workspace.root / "Pulumi.yaml", *(workspace.root / "stacks").iterdir()]
    before = {path: path.read_bytes() for path in kept}
    workspace.up()
    assert {path: path.read_bytes() for path in kept} == before
    assert {path.name for path in workspace.root.iterdir()} == {
        ".github", ".gitignore", ".golive", ".pulumi-state", "Pulumi.yaml", "README.md", "checklists", "config",
        "stacks",
    }  # fmt: skip


class Own:
    """A workspace with a sandbox process of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        point_to(root, f"127.0.0.1:{self.port}")

    def golive(self, *arguments: str) -> Ran:
        return golive("-C", str(self.root), *arguments)

    def sandbox(self, *arguments: str) -> Ran:
        ran = self.golive("sandbox", *arguments)
        assert ran.code == 0, ran.err
        return ran


@pytest.fixture
def two(engine: Path, tmp_path: Path) -> Iterator[tuple[Own, Own]]:
    """Two workspaces side by side; whatever sandbox runs is ended."""
    made = []
    for name in ("north", "south"):
        assert golive("-C", str(tmp_path), "init", name).code == 0
        made.append(Own(tmp_path / name))
    try:
        yield made[0], made[1]
    finally:
        for own in made:
            own.golive("sandbox", "stop")


def test_two_workspaces_at_once(two: tuple[Own, Own]) -> None:
    north, south = two
    assert "does not run" in north.sandbox("status").out
    planned = north.golive("plan", "--json")
    assert planned.code == 0, planned.err
    assert f"The sandbox is started on port {north.port}" in planned.err
    assert planned.document["summary"]["create"] == 1
    raised = south.golive("up", "--yes")
    assert raised.code == 0, raised.err
    held = {own.port: own.sandbox("status", "--json").document["counts"]["zendesk"]["groups"] for own in two}
    assert held == {north.port: 1, south.port: 2}

    assert "has ended" in south.sandbox("stop").out
    assert "did not run" in south.sandbox("stop").out
    assert south.sandbox("status", "--json").document["running"] is False
    settled = south.golive("plan")
    assert "Nothing to do." in settled.out
    again = south.sandbox("start")
    assert f"http://127.0.0.1:{south.port}" in again.out
    taken = north.golive("sandbox", "stop"), north.golive("sandbox", "start", "--port", str(south.port))
    assert taken[1].code == 1
    assert "is taken by a sandbox with another state file" in taken[1].err


def test_a_sandbox_that_runs_on_another_port_is_said_and_none_is_claimed_to_be_started(two: tuple[Own, Own]) -> None:
    own, _ = two
    own.sandbox("start")
    other = free_port()
    point_to(own.root, f"127.0.0.1:{other}")
    for arguments in (["plan"], ["pull"], ["adopt", "--all", "--dry-run"], ["sandbox", "start"]):
        ran = own.golive(*arguments)
        assert ran.code == 1, (arguments, ran.out, ran.err)
        said = f"This workspace's sandbox runs already, on port {own.port}; none was started on port {other}."
        assert said in ran.err and "golive sandbox stop" in ran.err
        assert "is started" not in ran.out + ran.err
    own.sandbox("stop")
    assert f"The sandbox is started on port {other}" in own.golive("plan").err


def test_a_proxy_of_the_surroundings_stands_before_nothing_on_this_machine(two: tuple[Own, Own]) -> None:
    own, _ = two
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")
    environment = {**{name: value for name, value in os.environ.items() if name.lower() != "no_proxy"}, **nowhere}
    for arguments in (["plan"], ["up", "--yes"], ["doctor"], ["sandbox", "fault", "--clear"], ["sandbox", "stop"]):
        ran = golive_process(*arguments, cwd=own.root, environment=environment)
        assert ran.code == 0, f"{arguments}\n{ran.out}\n{ran.err}"
    assert "has ended" in ran.out


def test_the_sandboxs_own_verbs(two: tuple[Own, Own]) -> None:
    own, _ = two
    nothing = own.golive("sandbox", "reset")
    assert nothing.code == 1
    assert "Start it:  golive sandbox start" in nothing.err
    own.sandbox("start")
    assert "The sandbox runs at" in own.sandbox("status").out
    assert own.sandbox("fault").out == "Nothing fails on purpose.\n"
    assert "From now on: error_500." in own.sandbox("fault", "error_500", "--system", "zendesk", "--times", "9").out
    (rule,) = own.sandbox("fault").out.splitlines()
    assert rule.startswith("error_500 in zendesk, at most 9 times: the vendor answers with its own error (struck 0")
    (rule,) = own.sandbox("fault", "--json").document["faults"]
    assert (rule["kind"], rule["system"]) == ("error_500", "zendesk")
    examined = own.golive("doctor")
    assert examined.code == 1
    assert "fail helpdesk" in examined.out
    own.sandbox("fault", "--clear")
    assert own.sandbox("fault").out == "Nothing fails on purpose.\n"
    for arguments, said in (
        (["earthquake"], "There is no kind `earthquake`. There are latency, throttle,"),
        (["eror_500"], "There is no kind `eror_500`. Did you mean `error_500`?"),
        (
            ["error_500", "--system", "slak"],
            "why    there is no system `slak`; there are freshdesk, hubspot, intercom, jira, linear, salesforce, "
            "slack, zendesk",
        ),
        (["latency", "--value", "long"], "why    the value of latency is a number, and 'long' is none"),
    ):
        wrong = own.golive("sandbox", "fault", *arguments)
        assert wrong.code == 2
        assert said in wrong.err
    helped = own.sandbox("fault", "--help").out
    assert all(kind in helped and what in helped for kind, what in KINDS.items())
    held = own.sandbox("status")
    assert "  zendesk: brands 1, groups 1," in held.out
    assert "permission sets 2" in held.out
    assert not re.search(r"_|Permission|organization", held.out)
    assert own.golive("up", "--yes").code == 0
    own.sandbox("reset")
    drifted = own.golive("drift", "--exit-code")
    assert drifted.code == 7
    assert "deleted First line  group first_line" in drifted.out
    refused = own.golive("sandbox", "start", "--port", "0")
    assert refused.code == 2


ENTERPRISE = """\
company: {name: North, default_locale: en-US}
roles: {lead: {name: Lead, like: agent, rights: {delete_tickets: true}}}
skills: {languages: {name: Languages, values: {german: German}}}
groups: {first_line: {name: First line}}
"""


def test_the_sandbox_has_the_plan_of_the_environment_file(two: tuple[Own, Own]) -> None:
    own, _ = two
    (own.root / "config" / "company.yaml").write_text(ENTERPRISE, encoding="utf-8")
    file, account = (own.root / "stacks" / name for name in ("Pulumi.sandbox.yaml", "sandbox-account.yaml"))
    smaller = own.golive("plan")
    assert smaller.code == 2 and "write it as `plan:` into stacks/Pulumi.sandbox.yaml." in smaller.err
    file.write_text(file.read_text(encoding="utf-8").replace("suite_professional", "suite_enterprise"), "utf-8")
    larger = own.golive("plan")
    assert larger.code == 0, larger.out + larger.err
    assert "does not have" not in larger.out

    text = account.read_text(encoding="utf-8")
    assert "  # plan: suite_enterprise " in text
    named = text.replace("  # plan: suite_enterprise ", "  plan: support_professional #")
    account.write_text(named, encoding="utf-8")
    own.sandbox("reset")
    refused = own.golive("plan")
    assert refused.code == 2
    assert "this account does not have a skill" in refused.out
    assert "`plan` stands under `zendesk:` in stacks/sandbox-account.yaml" in refused.out
    doctor = own.golive("doctor")
    assert doctor.code == 1 and "or the `plan` in stacks/sandbox-account.yaml" in doctor.out


def test_a_misspelt_word_of_the_account_file_is_said_and_breaks_nothing(two: tuple[Own, Own]) -> None:
    own, _ = two
    account = own.root / "stacks" / "sandbox-account.yaml"
    right = account.read_text(encoding="utf-8")
    account.write_text(right.replace("  # plan:", "  plann:"), encoding="utf-8")
    for arguments in (["sandbox", "start"], ["plan"]):
        ran = own.golive(*arguments)
        assert ran.code == 2, ran.out + ran.err
        assert "sandbox-account.yaml" in ran.err and "there is no `plann`; did you mean `plan`?" in ran.err
        assert "Traceback" not in ran.err
    account.write_text(right, encoding="utf-8")
    assert own.golive("plan").code == 0
    account.write_text(right.replace("  # plan: suite_enterprise ", "  plan: suite_enterprize #"), encoding="utf-8")
    reset = own.golive("sandbox", "reset")
    assert reset.code == 2
    assert "it is as it was" in reset.err and "sandbox-account.yaml: zendesk: `plan: suite_enterprize`" in reset.err
    account.write_text(right, encoding="utf-8")
    assert own.golive("doctor").code == 0


def test_a_changed_account_file_is_said_and_taken_over_by_a_reset(two: tuple[Own, Own]) -> None:
    own, _ = two
    file = own.root / "stacks" / "sandbox-account.yaml"
    said = "sandbox-account.yaml has changed since this sandbox began; take it over with `golive sandbox reset`"
    assert said not in own.sandbox("start").out
    assert own.sandbox("status", "--json").document["seed_changed"] is None
    file.write_text("# a word\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert said not in own.sandbox("status").out  # nothing that it says is another
    text = file.read_text(encoding="utf-8")
    seeded = text.replace("\nsalesforce:", "\n  groups: [{name: Seeded}]\nsalesforce:")
    file.write_text(seeded, encoding="utf-8")
    assert said in own.sandbox("status").out
    assert own.sandbox("status", "--json").document["seed_changed"] == "sandbox-account.yaml"
    assert said in own.golive("plan").err
    own.sandbox("stop")
    started = own.golive("plan")
    assert "The sandbox is started" in started.err
    assert said in started.err
    assert said in own.sandbox("start").out
    file.write_text("zendesk: [", encoding="utf-8")
    refused = own.golive("sandbox", "reset")
    assert refused.code == 2
    assert "sandbox-account.yaml" in refused.err
    file.write_text(seeded, encoding="utf-8")
    own.sandbox("reset")
    assert said not in own.sandbox("status").out
    assert own.sandbox("status", "--json").document["counts"]["zendesk"]["groups"] == 2


def test_after_destroy_one_begins_again_with_a_reset(two: tuple[Own, Own]) -> None:
    own, _ = two
    channel = "integrations: {slack: {channels: {alerts: {name: support-alerts}}}}\n"
    (own.root / "config" / "slack.yaml").write_text(channel, encoding="utf-8")
    assert own.golive("up", "--yes").code == 0
    gone = own.golive("destroy", "--yes")
    assert gone.code == 0
    assert gone.out.endswith("To begin again from nothing in the sandbox:  golive sandbox reset\n")
    own.sandbox("reset")
    assert own.golive("up", "--yes").code == 0


def test_schemas_are_written_where_one_wants_them(tmp_path: Path) -> None:
    printed = golive("schema")
    assert printed.document["$schema"] == "http://json-schema.org/draft-07/schema#"
    ran = golive("schema", "--out", str(tmp_path / "schemas"))
    assert ran.code == 0
    assert json.loads((tmp_path / "schemas" / "config.json").read_text(encoding="utf-8")) == printed.document
    assert {path.name for path in (tmp_path / "schemas" / "results").iterdir()} >= {
        "plan.json", "up.json", "drift.json", "validate.json"
    }  # fmt: skip


def test_a_workspace_is_no_place_for_a_stray_one(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: other\nruntime: go\n", encoding="utf-8")
    ran = Workspace(tmp_path, None).golive("validate")  # type: ignore[arg-type]
    assert ran.code == 2
    assert "this Pulumi project is not a golive workspace: `golive:` is missing" in ran.out


def test_a_workspace_begins_with_everything_that_a_running_account_holds(
    tmp_path: Path, sandbox: LiveSandbox, engine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTS_TOKEN", "sandbox")
    build(sandbox.zendesk, triggers=20, macros=4)
    sandbox.clear_log()
    address = ("--url", f"{sandbox.url}/zendesk", "--token", "env:CLIENTS_TOKEN")
    made = golive("-C", str(tmp_path), "init", "acme", "--from-account", *address)
    assert made.code == 0, made.err
    assert sandbox.writes() == []
    (many,) = re.findall(r"^To take over: (\d+) objects", made.out, re.MULTILINE)
    lines = re.findall(r"^  config/\S+  (.*)$", made.out, re.MULTILINE)
    assert sum(int(number) for line in lines for number in re.findall(r"\d+", line.split("only named")[0])) == int(many)
    assert f"golive looks after {many} objects from now on" in made.out
    workspace = Workspace(tmp_path / "acme", sandbox)
    assert workspace.settings("production")["expect"] == {"helpdesk": "quayside"}
    assert "name: Quayside Payments" in (workspace.root / "config" / "company.yaml").read_text(encoding="utf-8")
    planned = workspace.golive("plan", "-e", "production", "--json").checked("plan")
    assert (planned["changes"], planned["drift"], planned["collisions"]) == ([], [], [])
    checked = workspace.golive("validate")
    assert checked.code == 0, checked.out


def test_the_sandbox_beside_a_live_account_has_the_plan_that_this_shows(
    tmp_path: Path, sandbox: LiveSandbox, engine: Path
) -> None:
    sandbox.settings("zendesk", plan="enterprise")
    address = ("--url", f"{sandbox.url}/zendesk", "--token", "sandbox")
    made = golive("-C", str(tmp_path), "init", "acme", "--from-account", *address)
    assert made.code == 0, made.err
    workspace = Workspace(tmp_path / "acme", sandbox)
    assert workspace.settings()["systems"]["helpdesk"]["plan"] == "suite_enterprise"
    role = "roles: {lead: {name: Lead, like: agent, rights: {delete_tickets: true}}}\n"
    (workspace.root / "config" / "own.yaml").write_text(role, encoding="utf-8")
    assert workspace.golive("validate").code == 0
    path = workspace.root / "stacks" / "Pulumi.sandbox.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("suite_enterprise", "suite_growth"), encoding="utf-8")
    ran = workspace.golive("validate")
    assert ran.code == 2 and "write it as `plan:` into stacks/Pulumi.sandbox.yaml." in ran.out


def test_a_running_sandbox_of_another_workspace_can_be_begun_with(
    tmp_path: Path, sandbox: LiveSandbox, engine: Path
) -> None:
    """What another workspace serves is an account like any other; nothing is started in its place."""
    one = golive("-C", str(tmp_path), "init", "one", "--empty")
    assert one.code == 0, one.err
    first = Workspace(tmp_path / "one", sandbox)
    assert first.golive("sandbox", "start").code == 0
    try:
        url = first.settings()["systems"]["helpdesk"]["url"]
        begin = ("-C", str(tmp_path), "init", "two", "--from-account", "--url")
        assert "--token sandbox" in golive(*begin, url).err
        wrong = golive(*begin, url.removesuffix("/zendesk"), "--token", "sandbox")
        assert f"Correct the address:  --url {url}\n" in wrong.err
        made = golive(*begin, url, "--token", "sandbox")
        assert made.code == 0, made.err
        second = Workspace(tmp_path / "two", sandbox)
        assert second.settings("production")["expect"] == {"helpdesk": "one"}
        assert second.settings()["systems"]["helpdesk"]["url"] != url
        assert second.golive("plan", "-e", "production").code == 0
    finally:
        assert first.golive("sandbox", "stop").code == 0


def test_a_workspace_that_could_not_be_begun_leaves_no_folder(
    tmp_path: Path, sandbox: LiveSandbox, engine: Path
) -> None:
    begin = ("-C", str(tmp_path), "init", "acme", "--from-account", "--token", "sandbox")
    sandbox.fault(kind="forbidden", system="zendesk", method="GET", path="/triggers")
    broken = golive(*begin, "--url", f"{sandbox.url}/zendesk")
    assert broken.code != 0
    assert not (tmp_path / "acme").exists()
    sandbox.heal()
    assert golive(*begin, "--url", f"{sandbox.url}/zendesk").code == 0
    assert (tmp_path / "acme" / "config" / "triggers.yaml").exists()


def test_an_account_is_named_by_its_address(tmp_path: Path) -> None:
    for options in (("--from-account",), ("--url", "https://acme.zendesk.com", "--token", "env:T")):
        assert golive("-C", str(tmp_path), "init", "acme", *options).code == 2
    assert not (tmp_path / "acme").exists()


def test_an_account_keeps_the_address_that_was_given(tmp_path: Path) -> None:
    """Also the very one at which sandboxes begin, while the new workspace's own sandbox gets another port."""
    entry = {"type": "zendesk", "url": "http://127.0.0.1:8411/zendesk", "token": "env:ZENDESK_TOKEN"}
    write_workspace(tmp_path, "beta", example=False, port=8412, from_account=FromAccount("Acme", entry, "acme", ""))
    written = Workspace(tmp_path, None)  # type: ignore[arg-type]
    assert written.settings("production")["systems"]["helpdesk"] == entry
    assert {each["url"].split("/")[2] for each in written.settings()["systems"].values()} == {"127.0.0.1:8412"}


def test_an_account_that_stops_answering_is_not_taken_over(tmp_path: Path, sandbox: LiveSandbox, engine: Path) -> None:
    begin = ("-C", str(tmp_path), "init", "acme", "--from-account", "--token", "sandbox")
    sandbox.fault(kind="error_503", system="zendesk", path="users/me", after=1)
    made = golive(*begin, "--url", f"{sandbox.url}/zendesk")
    assert made.code == 1
    assert "Zendesk does not answer; nothing was changed." in made.err and "looks after" not in made.out
    assert "golive doctor" not in made.err
    assert not (tmp_path / "acme").exists()
