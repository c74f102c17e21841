"""An account of more than 800 objects of all kinds is taken over, and its files make an account like it elsewhere.

Likeness is told from raw HTTP, without anything of golive's translation.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import new_workspace
from tests.cli.workspace import Ran, Workspace
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.whole_account import SEED, build
from tests.whole_account.likeness import Account, differences, read_account
from tests.whole_account.moving import (
    LEFT_BEHIND,
    PICTURED,
    RENAMED,
    SUSPENDED,
    TOKEN,
    made_by_hand,
    said_in_files,
)

pytestmark = pytest.mark.engine
COMPANY = "company: {name: Halden Bikes, default_locale: en-US, locales: [en-US, de, fr, es]}\n"


@dataclass
class Taken:
    """The account, its workspace, and what the verb said. before: what raw HTTP showed. made: how many objects."""

    workspace: Workspace
    ran: Ran
    before: Account
    made: int
    writes: list[dict[str, Any]]

    @property
    def document(self) -> dict[str, Any]:
        return self.ran.document


@pytest.fixture(scope="module")
def taken(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    with running_sandbox(SEED) as sandbox:
        made = build(sandbox.url)
        before = read_account(sandbox.url)
        workspace = _workspace(tmp_path_factory.mktemp("whole"), sandbox)
        (workspace.root / "config" / "company.yaml").write_text(COMPANY, encoding="utf-8")
        sandbox.clear_log()
        ran = workspace.golive("adopt", "--all", "--yes", "--json")
        assert ran.code == 0, ran.err
        yield Taken(workspace, ran, before, sum(made.counts.values()), sandbox.writes())


def _workspace(root: Path, sandbox: LiveSandbox) -> Workspace:
    workspace = new_workspace(root, sandbox)
    settings = workspace.settings()
    settings["systems"] = {"helpdesk": {**settings["systems"]["helpdesk"], "plan": "suite_enterprise"}}
    workspace.set(settings)
    return workspace


def test_everything_is_taken_over_or_named_with_the_reason(taken: Taken) -> None:
    assert taken.made >= 800
    assert taken.writes == []
    named: dict[str, set[str]] = {}
    for each in [*taken.document["named"], *taken.document["left"]]:
        assert each["why"]
        named.setdefault(each["kind"], set()).add(each["name"])
    assert named == {kind: set(names) for kind, names in LEFT_BEHIND.items()}
    partly = {each["name"]: each["why"] for each in taken.document["taken"] if each["why"]}
    assert "without its field `Old-Number`: its key cannot be one here" in partly["bike"]
    assert "`refunded`" in partly["Refunded?"]
    assert "samples" in partly["Order number"]


def test_the_next_plan_is_empty(taken: Taken) -> None:
    taken.workspace.is_settled()
    assert taken.workspace.golive("validate", "-e", "sandbox").code == 0


def test_the_files_make_an_account_like_it(taken: Taken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "s3cr3t")
    with running_sandbox(SEED) as sandbox:
        workspace = _workspace(tmp_path, sandbox)
        shutil.rmtree(workspace.root / "config")
        shutil.copytree(taken.workspace.root / "config", workspace.root / "config")
        by_hand = made_by_hand(sandbox.url)
        (there,) = taken.workspace.zendesk("GET", "organizations")["organizations"]
        said_in_files(workspace.root / "config", (there["id"], by_hand.id("organizations", "Firm")))
        planned = workspace.golive("plan", "--json").document
        in_the_way = [f"{each['kind']}/{each['key']}" for each in planned["collisions"]]
        assert {each["rule"] for each in planned["findings"] if each["severity"] == "error"} == {"ZD101"}
        linked = workspace.golive("adopt", *in_the_way, "--yes")
        assert linked.code == 0, linked.err
        raised = workspace.golive("up", "--yes", "--json")
        assert raised.code == 0, raised.err
        unlike = differences(taken.before, read_account(sandbox.url))
    unexplained = [line for line in unlike if not any(re.match(known, line) for known in KNOWN)]
    assert not unexplained, "\n".join(unexplained)
    assert [known for known in KNOWN if not any(re.match(known, line) for line in unlike)] == []


def _any(values: Iterable[Any]) -> str:
    return f"({'|'.join(map(str, values))})"


_GONE = rf"agent{_any(SUSPENDED)}@halden\.example"
_NOT_ALIKE = _any(each.removeprefix("How to ") for each in LEFT_BEHIND["articles"])
KNOWN = (
    r"webhooks > \[webhooks: Listens\]: only in the first",
    r"deletion_schedules > \[deletion_schedules: Unheard of\]: only in the first",
    rf"articles > \[articles: How to {_NOT_ALIKE} .*: only in the first",
    r"order > articles in \[sections: (Delivery|Payment) / ",
    rf"articles > \[articles: How to {_any(PICTURED)} .* > (body|files|translations > \d+ > body)",
    rf"users > \[users: {_GONE}\]: only in the first",
    rf"group_memberships > \[group_memberships: \[users: {_GONE}\] .*: only in the first",
    r"custom_objects > \[custom_objects: bike\] > fields > (anything|Old-Number): only in the first",
    r"order > fields of bike: ",
    r"group_sla_policies > \[group_sla_policies: Billing keeps\] > filter > ",  # one group, asked as a list of one
    r"ticket_fields > \[ticket_fields: Refunded\? / checkbox\] > tag: 'refunded' / None",
    rf"ticket_fields > \[ticket_fields: {_any(map(re.escape, RENAMED))} / text\]: only in the ",
)
"""What the files do not bring into another account: the adoption or the plan has said so, or a person chose it."""
