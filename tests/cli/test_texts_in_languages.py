"""What a plan says of texts in several languages, which Zendesk keeps as dynamic content."""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]
ONE = "{reply: public, text: Thank you.}"
TWO = "{reply: public, text: {en-US: Thank you., de: Danke.}}"
OWN = "macros:\n  thanks: {name: Thanks, then: [%s]}\n  other: {name: Other, then: [{add_tags: [other]}]}\n"
NAME = "dynamic content golive_macros_thanks_text, which holds the text in each language"


def said(workspace: Workspace) -> str:
    ran = workspace.golive("plan")
    assert ran.code == 0, ran.out + ran.err
    return ran.out


def test_the_dynamic_content_of_a_text_is_told_when_it_is_made_changed_and_removed(small: Small) -> None:
    workspace = small("")
    workspace.edit("default_locale: en-US", "default_locale: en-US, locales: [en-US, de]", "config/company.yaml")
    workspace.config(OWN % TWO)
    told = said(workspace)
    assert told.count("dynamic content") == 1 and f"      makes {NAME}" in told, told
    workspace.up()
    workspace.is_settled()

    workspace.edit("name: Thanks,", "name: Many thanks,")
    assert "dynamic content" not in said(workspace)
    workspace.edit("de: Danke.", "de: Vielen Dank.")
    told = said(workspace)
    assert told.count("dynamic content") == 1 and f"      changes {NAME}" in told, told
    workspace.up()

    workspace.config(OWN % ONE)
    assert f"      removes {NAME}" in said(workspace)
    workspace.up()
    workspace.is_settled()
