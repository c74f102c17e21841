"""The workflow that `golive init` writes: its commands are run, with a stand-in for `gh`; its form is GitHub's."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.results.plan import PlanDocument
from golive.review.reviewing import review
from golive.workflows import ACTION, workflow_files
from tests.cli.conftest import account, new_workspace
from tests.cli.workspace import SCRIPT, Workspace, golive
from tests.live_sandbox import running_sandbox
from tests.repository import ClientRepository, environment
from tests.workflow_steps import Jobs, read_workflow, resolved

ROOT = Path(__file__).parents[2]
CHECK = SCRIPT.with_name("check-jsonschema")
PULL = {"github.token": "token-of-the-job", "github.event.pull_request.number": "7"}
OURS = "config/own.yaml"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace."""
    folder = tmp_path_factory.mktemp("written")
    assert golive("-C", str(folder), "init", "acme").code == 0
    return folder / "acme"


def files(root: Path) -> list[Path]:
    return [root / ".github" / "workflows" / "golive.yml", root / ".github" / "actions" / "golive" / "action.yml"]


# ------------------------------------------------------------ its form


def test_it_is_valid_against_the_public_schemas(written: Path) -> None:
    workflow, action = files(written)
    for schema, file in (("workflows", workflow), ("actions", action), ("actions", ROOT / "action.yml")):
        command = [str(CHECK), "--builtin-schema", f"vendor.github-{schema}", str(file)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stdout


def steps_of(root: Path) -> list[dict[str, Any]]:
    workflow, action = (read_workflow(file) for file in files(root))
    own = read_workflow(ROOT / "action.yml")
    jobs = [step for job in workflow["jobs"].values() for step in job["steps"]]
    return [*jobs, *action["runs"]["steps"], *own["runs"]["steps"]]


def test_nothing_runs_that_somebody_else_can_change(written: Path) -> None:
    for text in (file.read_text(encoding="utf-8") for file in (*files(written), ROOT / "action.yml")):
        for line in re.findall(r"uses: .*", text):
            local = line.startswith("uses: ./.github/actions/golive")
            assert local or re.fullmatch(r"uses: [\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
    digests = {step["uses"] for step in steps_of(written) if "@" in step.get("uses", "")}
    assert len({each.partition("@")[0] for each in digests}) == len(digests), "one release of each action"


def test_no_text_of_others_stands_in_a_command(written: Path) -> None:
    for step in steps_of(written):
        assert "${{" not in step.get("run", ""), step["name"]


def test_who_may_do_what(written: Path) -> None:
    workflow = read_workflow(files(written)[0])
    text = files(written)[0].read_text(encoding="utf-8")
    assert "pull_request_target" not in text and "secrets." not in text
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "validate": {"contents": "read", "security-events": "write"},
        "plan": {"contents": "read", "id-token": "write"},
        "review": {"contents": "read", "pull-requests": "write"},
        "up": {"contents": "read", "id-token": "write"},
        "drift": {"contents": "read", "id-token": "write", "issues": "write"},
        "sync": {"contents": "read", "id-token": "write"},
    }
    live = {name: job["environment"] for name, job in workflow["jobs"].items() if "environment" in job}
    assert live == {"plan": "golive-read", "up": "production", "drift": "golive-read", "sync": "golive-sync"}
    assert workflow["concurrency"] == {
        "group": "golive-${{ github.event_name == 'pull_request' && github.ref || github.run_id }}",
        "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    }, "an approval that nobody gives keeps no later run from planning"
    assert {name: job["concurrency"] for name, job in workflow["jobs"].items() if "concurrency" in job} == {
        name: {"group": f"golive-{name}", "cancel-in-progress": False} for name in ("up", "drift", "sync")
    }
    for job in workflow["jobs"].values():
        assert job["steps"][0]["with"]["persist-credentials"] is False
        assert job["timeout-minutes"] <= 120


def test_a_workspace_in_a_folder_is_told_where_its_workflow_belongs(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / 'a "b"').mkdir()
    ran = golive("-C", str(tmp_path / 'a "b"'), "init", "acme")
    assert 'move a "b"/acme/.github there' in ran.out
    assert read_workflow(files(tmp_path / 'a "b"' / "acme")[0])["env"]["WORKSPACE"] == 'a "b"/acme'


# ------------------------------------------------------------ a pull request


@pytest.fixture
def pulled(written: Path, tmp_path: Path) -> Jobs:
    """A pull request as it is checked out: the merge, whose first parent is main."""
    repository = ClientRepository.new(tmp_path / "client").based_on("groups: {a: {name: A}}\n")
    repository.write(OURS, "groups: {a: {name: B}}\n")
    repository.commit()
    return Jobs(read_workflow(files(written)[0]), repository.root, tmp_path / "runner", contexts=dict(PULL))


def reviewed(jobs: Jobs, plan: str = "skipped") -> int:
    """The jobs' steps of a pull request; the exit code of the last one, which is the job's."""
    review = jobs.step("review", "review", needs__plan__result=plan)
    assert review.code == 0, review.out
    commented = jobs.step("review", "comment")
    assert commented.code == 0, commented.out
    return jobs.step("review", "result", steps__review__outputs__code=review.outputs["code"]).code


def edit(jobs: Jobs, text: str) -> None:
    repository = ClientRepository(jobs.folder)
    repository.write(OURS, text)
    repository.git("add", "-A")
    repository.git("commit", "-q", "--amend", "-m", "again")


def test_one_comment_is_updated_and_not_repeated(pulled: Jobs) -> None:
    marker = "<!-- golive review: acme -->"
    others = [{"id": n, "issue": 7, "user": {"login": "mallory"}, "body": f"{marker}\nmine"} for n in range(1, 151)]
    elsewhere = {"id": 151, "issue": 8, "user": {"login": "github-actions[bot]"}, "body": f"{marker}\nelsewhere"}
    lint = {"id": 152, "issue": 7, "user": {"login": "github-actions[bot]"}, "body": "Another workflow's"}
    pulled.store({"comments": [*others, elsewhere, lint], "issues": [], "calls": []})
    assert reviewed(pulled) == 0
    edit(pulled, "groups: {a: {name: C}}\n")
    assert reviewed(pulled) == 0
    comments = pulled.gh["comments"]
    assert comments[:152] == [*others, elsewhere, lint]
    (ours,) = comments[152:]
    assert ours["issue"] == 7
    assert "renamed A → C" in ours["body"] and "renamed A → B" not in ours["body"]
    assert [method for method, _ in pulled.gh["calls"]] == ["GET", "POST", "GET", "PATCH"]
    assert "renamed A → B" in pulled.summary.read_text(encoding="utf-8")
    assert "<html" in (pulled.temp / "review.html").read_text(encoding="utf-8")
    assert (pulled.temp / "rest.md").read_text(encoding="utf-8") == ""


def test_a_result_that_is_missing_fails_and_says_so(pulled: Jobs) -> None:
    assert reviewed(pulled, plan="failure") == 1
    assert "❌ **The live plan is missing.**" in pulled.gh["comments"][0]["body"]
    assert "renamed A → B" in pulled.gh["comments"][0]["body"]
    edit(pulled, "gruops: {}\n")
    assert reviewed(pulled) == 2
    assert "❌ **The files have a mistake" in pulled.gh["comments"][0]["body"]
    ClientRepository(pulled.folder).git("checkout", "-q", "--orphan", "alone")
    ClientRepository(pulled.folder).commit()
    assert reviewed(pulled) == 1
    (ours,) = pulled.gh["comments"]
    assert "❌ There is no review of this change" in ours["body"]


def test_validation_says_what_is_wrong_and_fails(pulled: Jobs) -> None:
    ran = pulled.step("validate", "validate")
    assert (ran.code, "are valid" in ran.out) == (0, True)
    edit(pulled, "gruops: {}\n")
    ran = pulled.step("validate", "validate")
    assert (ran.code, "there is no kind `gruops`" in ran.out) == (2, True)
    sarif = json.loads((pulled.temp / "golive.sarif").read_text(encoding="utf-8"))
    assert sarif["runs"][0]["results"][0]["ruleId"] == "schema.kind"


# ------------------------------------------------------------ main, and the night


@pytest.fixture(scope="module")
def live(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Jobs]]:
    """A production environment in the sandbox, with its state outside the workspace, as a bucket is."""
    folder = tmp_path_factory.mktemp("live")
    with running_sandbox(account()) as sandbox:
        workspace = new_workspace(folder, sandbox)
        bucket = folder / "bucket"
        bucket.mkdir()
        workspace.set({**workspace.settings(), "production": True, "state": f"file://{bucket}"}, "production")
        workspace.config("groups:\n  billing: {name: Billing}\n")
        repository = ClientRepository(workspace.root)
        repository.git("init", "-q", "-b", "main")
        repository.commit("empty")
        workspace.config("groups:\n  billing: {name: Billing}\n  care: {name: Care}\n")
        repository.commit()
        jobs = Jobs(read_workflow(files(workspace.root)[0]), workspace.root, folder / "runner", "push")
        jobs.contexts |= {"github.token": "token-of-the-job", "vars.GOLIVE_ALLOWED_HOSTS": ""}
        yield workspace, jobs


def test_main_is_planned_approved_and_carried_out(live: tuple[Workspace, Jobs]) -> None:
    workspace, jobs = live
    planned = jobs.step("plan", "plan")
    assert planned.code == 0, planned.out
    assert planned.outputs["changes"] == "true"
    digest = planned.outputs["digest"]
    said = jobs.step("plan", "say", steps__plan__outputs__digest=digest, github__event__before="")
    assert said.code == 0, said.out
    summary = jobs.summary.read_text(encoding="utf-8")
    assert f"approves the plan **{digest}**" in summary
    assert "Group Care" in summary and "The live plan of production" in summary
    done = jobs.step("up", "up", needs__plan__outputs__digest=digest)
    assert done.code == 0, done.out
    assert "Care" in workspace.titles("groups")
    jobs.event = "pull_request"
    (jobs.temp / "saved-plan.json").unlink()
    pulled = jobs.step("plan", "plan")
    assert (pulled.code, pulled.outputs) == (0, {"changes": "false"})
    assert not (jobs.temp / "saved-plan.json").exists()
    jobs.event = "push"


def test_one_issue_is_opened_kept_up_to_date_and_closed(live: tuple[Workspace, Jobs]) -> None:
    workspace, jobs = live

    def note(found: str) -> None:
        ran = jobs.step("drift", "issue", steps__drift__outputs__found=found)
        assert ran.code == 0, ran.out

    def night() -> str:
        drift = jobs.step("drift", "drift")
        assert drift.code == 0, drift.out
        note(drift.outputs["found"])
        return drift.outputs["found"]

    jobs.store({"comments": [], "issues": [], "calls": []})
    if "Billing" not in workspace.titles("groups"):
        assert workspace.golive("up", "-e", "production", "--yes", "--client", "Acme").code == 0
    group = workspace.one("groups", "Billing")["id"]
    token = "xoxb-123456789012-abcdef"
    for name in ("Finance @team", f"Finance <!-- --> {token}"):
        workspace.zendesk("PUT", f"groups/{group}", {"group": {"name": name}})
        assert night() == "true"
        (issue,) = jobs.gh["issues"]
        assert (issue["state"], issue["labels"]) == ("open", ["golive-drift"])
        assert issue["title"] == "Changed by hand in production"
        assert issue["body"].startswith("<!-- golive drift: acme-production -->\n## Acme, production: changed by hand")
        assert f"renamed Billing → {name.replace(token, '(masked)')}" in issue["body"]
    before = workspace.settings("production")
    workspace.set({**before, "expect": {"helpdesk": "somebody-else"}}, "production")
    assert jobs.step("drift", "drift").code == 3, "what was not seen is not gone"
    workspace.set(before, "production")
    workspace.zendesk("PUT", f"groups/{group}", {"group": {"name": "Billing"}})
    assert night() == "false"
    note("false")
    (issue,) = jobs.gh["issues"]
    assert (issue["state"], issue["state_reason"]) == ("closed", "completed")
    assert [each["body"] for each in jobs.gh["comments"]] == ["Nothing differs any more."]


def test_a_state_on_one_machine_is_refused(live: tuple[Workspace, Jobs]) -> None:
    workspace, jobs = live
    before = workspace.settings("production")
    workspace.set({**before, "state": "local"}, "production")
    ran = jobs.step("plan", "plan")
    workspace.set(before, "production")
    assert (ran.code, "::error::state: local lives on one machine" in ran.out) == (1, True)


@pytest.mark.parametrize("before", ["0" * 40, "1" * 40, "", "first"])
def test_an_approval_is_of_everything_that_was_pushed(written: Path, tmp_path: Path, before: str) -> None:
    """No commit before the push: the first one, or one that is not there any more."""
    repository = ClientRepository.new(tmp_path / "client")
    repository.write("config/own.yaml", "groups: {a: {name: Alpha}}\n")
    repository.write("stacks/Pulumi.production.yaml", environment(production=True))
    repository.git("add", "-A")
    repository.git("commit", "-q", "--amend", "-m", "first")
    first = repository.git("rev-parse", "HEAD")
    if before == "first":
        for name in ("Beta", "Gamma"):
            repository.write(f"config/{name.lower()}.yaml", f"groups: {{{name.lower()}: {{name: {name}}}}}\n")
            repository.commit()
        before = first
    jobs = Jobs(read_workflow(files(written)[0]), repository.root, tmp_path / "runner", "push")
    jobs.contexts["vars.GOLIVE_ALLOWED_HOSTS"] = ""
    declared = review(repository.root, "HEAD", "HEAD", "production").head.declared
    plan = PlanDocument("golive/plan/1", "production", declared=declared)
    (jobs.temp / "plan.json").write_text(json.dumps(plan.to_json()))
    said = jobs.step("plan", "say", steps__plan__outputs__digest="0123", github__event__before=before)
    assert said.code == 0, said.out
    summary = jobs.summary.read_text(encoding="utf-8")
    assert "The live plan of production" in summary
    assert ("Alpha" in summary, "everything is new" in summary) == (before != first, before != first)
    assert ("Beta" in summary, "Gamma" in summary) == (before == first, before == first)


# ------------------------------------------------------------ golive itself, and tokens


def test_golive_comes_from_where_somebody_said(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare name would be whoever's has taken it at a registry."""
    jobs = Jobs({"jobs": {"a": read_workflow(files(written)[1])["runs"]}}, tmp_path, tmp_path / "runner")
    pipx = jobs.scratch / "bin" / "pipx"
    pipx.write_text('#!/bin/sh\necho "installs $4"\n', encoding="utf-8")
    pipx.chmod(0o755)
    ran = jobs.step("a", "install", inputs__golive="")
    assert (ran.code, "Set the variable GOLIVE_REQUIREMENT" in ran.out) == (1, True)
    ran = jobs.step("a", "install", inputs__golive="golive @ git+https://code.example/golive@0123")
    assert (ran.code, ran.out) == (0, "installs golive @ git+https://code.example/golive@0123\n")
    monkeypatch.setattr("golive.workflows.home", lambda: "https://code.example/golive")
    assert 'REQUIREMENT: "golive @ git+https://code.example/golive@v' in workflow_files(".")[ACTION]


def test_tokens_are_masked_before_anything_can_print_them(written: Path, tmp_path: Path) -> None:
    action = read_workflow(files(written)[1])
    jobs = Jobs({"jobs": {"a": action["runs"]}}, tmp_path, tmp_path / "runner")
    tokens = {"ZENDESK_TOKEN": "first-token", "SALESFORCE_KEY": "-----BEGIN KEY-----\nline=two\n-----END KEY-----"}
    aws = jobs.scratch / "bin" / "aws"
    aws.write_text(f"#!/bin/sh\ncat <<'EOF'\n{json.dumps(tokens)}\nEOF\n", encoding="utf-8")
    aws.chmod(0o755)
    variables = tmp_path / "variables"
    step = next(each for each in action["runs"]["steps"] if each.get("id") == "tokens")
    step["env"]["GITHUB_ENV"] = str(variables)
    ran = jobs.step("a", "tokens", inputs__cloud="aws", inputs__tokens="golive")
    assert ran.code == 0, ran.out
    masked = ["first-token", "-----BEGIN KEY-----", "line=two", "-----END KEY-----"]
    assert ran.out.splitlines() == [f"::add-mask::{line}" for line in masked]
    said = variables.read_text(encoding="utf-8")
    found = re.findall(r"^(\w+)<<(end-[0-9a-f]{32})\n(.*?)\n\2$", said, re.MULTILINE | re.DOTALL)
    assert {name: value for name, _, value in found} == tokens
    ran = jobs.step("a", "tokens", inputs__cloud="moon", inputs__tokens="golive")
    assert (ran.code, "golive knows aws, google and azure" in ran.out) == (1, True)


def test_expressions_that_nobody_has_said_are_errors() -> None:
    with pytest.raises(KeyError):
        resolved("${{ github.event.pull_request.title }}", {})
