"""What gates ask of the help centre, answered from what is live."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from checklists.checklist import Checklist
from checklists.facts import Configuration, Facts, Found
from checklists.moments import written
from checklists.probes import PROBES
from config.declaration import Declaration, Declared
from config.findings import Position
from config.kinds.help_center import Article
from config.results.standing import LiveObject, Standing
from tests.checklists.logs import added, chain_of

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def live(name: str, *, ours: str = "", days: int = 1, **facts: Any) -> LiveObject:
    """An article that is published and open, and was looked at so many days ago."""
    said = {"published": True, "open": True, "labels": ["how-to"], "votes": 0, "pictures": 0, **facts}
    said["edited_at"] = written(NOW - timedelta(days=days))
    return LiveObject("helpdesk", "articles", name, name, ours, facts=said)


def answer(probe: str, *objects: LiveObject, given: dict[str, Any] | None = None, **more: Any) -> tuple[str, str]:
    standing = Standing(objects, listed=("articles",))
    facts = Facts(NOW, "soft_launch", Checklist(), standing=Found(standing, NOW), **more)
    seen = PROBES[probe].observe(PROBES[probe].Parameters.model_validate(given or {}), facts)
    return seen.seen, seen.said


def several(number: int, **facts: Any) -> list[LiveObject]:
    return [live(f"a{index}", **facts) for index in range(number)]


@pytest.mark.parametrize(
    ("number", "given", "wanted"),
    [
        (20, {"at_least": 20}, "pass"),
        (19, {"at_least": 20}, "fail"),
        (19, {"at_least": 10, "warn_below": 20}, "warn"),
        (9, {"at_least": 10, "warn_below": 20}, "fail"),
        (21, {"at_least": 15, "at_most": 20}, "warn"),
        (3, {"at_least": 1, "label": "troubleshooting"}, "fail"),
        (3, {"at_least": 3, "label": "how-to"}, "pass"),
    ],
)
def test_published_articles_are_counted(number: int, given: dict[str, Any], wanted: str) -> None:
    assert answer("articles", *several(number), live("draft", published=False), given=given)[0] == wanted


def test_what_was_not_listed_is_not_known() -> None:
    facts = Facts(NOW, "build", Checklist(), standing=Found(Standing(), NOW))
    seen = PROBES["articles"].observe(PROBES["articles"].Parameters.model_validate({"at_least": 1}), facts)
    assert seen.seen == "unknown"
    assert "were not read" in seen.said


def test_old_articles_are_named() -> None:
    given = {"at_most": "180d"}
    assert answer("article_age", live("new"), live("near", days=179), given=given)[0] == "pass"
    seen, said = answer("article_age", live("new"), live("Old one", days=181), given=given)
    assert (seen, "Old one" in said) == ("fail", True)
    assert answer("article_age", live("d", published=False, days=999), given=given)[0] == "fail", "nothing is published"


def _declared(**articles: dict[str, Any]) -> Found[Configuration]:
    declaration = Declaration()
    for key, data in articles.items():
        value = Article.model_validate({"name": key, "section": "s", "body": "x", **data})
        declaration.add(Declared("articles", key, value, Position("config/a.yaml", 1)))
    return Found(Configuration(declaration), NOW)


def test_what_customers_need_a_password_for_is_named() -> None:
    configuration = _declared(team={"for": ["groups/one"]}, signed={}, contract={"why": "The contract says so."})
    closed = [live("team", ours="articles/team", open=False)]
    assert answer("articles_open", live("open"), *closed, configuration=configuration)[0] == "pass"
    for key in ("signed", "contract"):
        configuration.known().declaration.of("articles")[key].value.vendor["zendesk"] = {"user_segment": "signed_in"}
    why = live("contract", ours="articles/contract", open=False)
    assert answer("articles_open", why, configuration=configuration)[0] == "pass", "it says why"
    asked = live("signed", ours="articles/signed", open=False)
    assert answer("articles_open", asked, configuration=configuration)[0] == "fail"
    assert answer("articles_open", live("theirs", open=False), configuration=configuration)[0] == "fail"


def test_pictures_and_votes() -> None:
    assert answer("article_pictures", live("a"), live("b", pictures=2)) == ("pass", "1 of 2 articles shows a picture.")
    assert answer("article_pictures", live("a"))[0] == "warn"
    assert answer("article_feedback", live("a"))[0] == "fail"
    assert answer("article_feedback", live("a", votes=1)) == ("pass", "Readers have voted 1 time.")


def test_a_bot_needs_articles_and_time() -> None:
    def rolled_out(days: int) -> Any:
        lines: list[str] = []
        at = written(NOW - timedelta(days=days))
        for phase in ("soft_launch", "rollout"):
            lines = added(lines, "advance_started", at, {"phase": phase, "gate": "asked"})
            lines = added(lines, "advanced", at, {"phase": phase})
        return chain_of(lines)

    given = {"articles": 20, "day": 60}
    assert answer("bot_ready", *several(20), given=given, log=rolled_out(61))[0] == "pass"
    assert answer("bot_ready", *several(19), given=given, log=rolled_out(61))[0] == "fail"
    assert answer("bot_ready", *several(20), given=given, log=rolled_out(59))[0] == "fail"
    assert answer("bot_ready", *several(20), given=given)[0] == "fail"
