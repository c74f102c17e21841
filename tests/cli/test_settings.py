"""The account's settings: only what is said is written, what is turned back by hand is seen, nothing is put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cli.workspace import Workspace, written

Small = Callable[[str], Workspace]


def configuration(**said: Any) -> str:
    return written({"settings": said} if said else {})


def live(workspace: Workspace) -> dict[str, Any]:
    settings: dict[str, Any] = workspace.zendesk("GET", "account/settings")["settings"]
    return settings


def test_settings_in_rounds(small: Small) -> None:
    workspace = small(configuration())
    before = live(workspace)
    assert before["user"]["tagging"] is False

    workspace.config(configuration(organization_tags=True, languages=["de", "en-US"]))
    planned = workspace.plan().document
    [change] = planned["changes"]
    shown = {each["path"]: (each["old"], each["new"]) for each in change["diff"]}
    assert change["action"] == "update" and shown["organization_tags"] == (False, True), change
    text = workspace.golive("plan").out
    assert "- fr" in text and "en-US" not in text, "what the account has and the list leaves out is said"
    workspace.up()
    workspace.is_settled()
    now = live(workspace)
    assert now["user"]["tagging"] is True
    assert sorted(now["localization"]["locale_ids"]) == [1, 8]
    assert now["rule"] == before["rule"], "what is not said stays"

    workspace.zendesk(
        "PUT", "account/settings", {"settings": {"user": {"tagging": False}, "rule": {"macro_order": "position"}}}
    )
    drift = workspace.plan().document["drift"]
    assert [(each["key"], [diff["path"] for diff in each["diff"]]) for each in drift] == [
        ("settings", ["organization_tags"])
    ]

    said = {"organization_tags": True, "macro_order": "alphabetical", "zendesk": {"tickets": {"status_hold": True}}}
    workspace.config(configuration(**said))
    workspace.up()
    workspace.is_settled()
    now = live(workspace)
    assert (now["user"]["tagging"], now["rule"]["macro_order"], now["tickets"]["status_hold"]) == (
        True, "alphabetical", True,
    )  # fmt: skip
    assert sorted(now["localization"]["locale_ids"]) == [1, 8], "languages that are no longer said stay"

    workspace.config(configuration())
    workspace.up()
    workspace.is_settled()
    assert live(workspace) == now, "nothing is put back"


def test_what_the_account_cannot_change_is_said(small: Small) -> None:
    workspace = small(configuration(zendesk={"limits": {"attachment_size": 1}}))
    ran = workspace.golive("up", "--yes")
    assert ran.code != 0
    assert "settings.limits" in ran.out


def test_undo_brings_back_what_the_account_had(small: Small) -> None:
    workspace = small("groups: {}\n")
    before = live(workspace)
    workspace.config(configuration(languages=["en-US", "de"], macro_order="manual"))
    workspace.up()
    assert sorted(live(workspace)["localization"]["locale_ids"]) == [1, 8]
    assert workspace.golive("undo", "--yes").code == 0
    now = live(workspace)
    for each in (now, before):
        each["localization"]["locale_ids"].sort()
    assert now == before


def test_what_is_so_already_is_no_change(small: Small) -> None:
    workspace = small(configuration(macro_order="alphabetical"))
    assert "account settings" not in workspace.golive("plan").out
    workspace.up()
    workspace.is_settled()
