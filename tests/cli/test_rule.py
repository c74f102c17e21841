"""`golive rule`: one rule, or several, as docs/rules.md has them."""

from __future__ import annotations

import pytest

from config.rules.catalogue import catalogue
from golive.cli import run
from golive.terminal.exits import Exit


def test_every_rule_says_what_it_looks_for_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", *catalogue()]) == Exit.DONE
    said = capsys.readouterr().out.split("\n\n")
    assert len(said) == len(catalogue())
    for rule, text in zip(catalogue().values(), said, strict=True):
        assert text.startswith(f"{rule.id}  {rule.severity}")
        assert f"what   {rule.what}" in text and f"do     {rule.fix}" in text


def test_what_no_reason_sets_aside_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    run(["rule", "zd128", "GL-S09", "GL-P01"])
    account, allowed, gate = capsys.readouterr().out.split("\n\n")
    assert account.startswith("ZD128  error, asked of the account when planning\n")
    assert "No reason sets it aside" in account
    assert "x-allow: {GL-S09: your reason}" in allowed
    assert "aside" not in gate


def test_a_rule_that_is_not_there_leads_to_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule", "LG33"]) == Exit.USAGE
    assert "There is no rule `LG33`. Did you mean LG033" in capsys.readouterr().err
