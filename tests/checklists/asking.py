"""One probe asked of facts that a test makes up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from checklists.checklist import Checklist
from checklists.facts import Configuration, Facts, Found, Page
from checklists.probes import PROBES
from config.declaration import Declaration
from config.results.context import ContextDocument
from config.results.migration_status import MigrationEntry
from config.results.standing import AccountQuestion, LiveObject, Standing
from config.web_signs import WebSigns
from tests.checklists.building import declaration_of

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
SIGNS = WebSigns(help_center="/hc", form="/requests/new", widget="static.zdassets.com/ekr/snippet.js",
                 domain=".zendesk.com")  # fmt: skip


def asked(
    probe: str,
    given: Mapping[str, Any] | None = None,
    *,
    config: str = "",
    phase: str = "soft_launch",
    checklist: Checklist | None = None,
    answers: Mapping[AccountQuestion, Mapping[str, Any]] | None = None,
    unanswered: Mapping[AccountQuestion, str] | None = None,
    pages: Mapping[str, Page] | None = None,
    signs: WebSigns | None = SIGNS,
    contents: Mapping[str, str] | None = None,
    context: ContextDocument | None = None,
    migrations: Sequence[MigrationEntry] | None = None,
    objects: Sequence[LiveObject] = (),
) -> tuple[str, str]:
    """(What a probe has seen, what it says). config: files of `config/`. answers: None where no system was read;
    pages: None where no page was opened; context: None where no CRM was asked; migrations: None where there is none."""
    declaration = declaration_of(config) if config else Declaration()
    declaration.contents = dict(contents or {})
    read = answers is not None or unanswered is not None
    kinds = tuple(sorted({each.kind for each in objects}))
    standing = Standing(tuple(objects), kinds, answers=answers or {}, unanswered=unanswered or {})
    facts = Facts(
        NOW,
        phase,
        checklist or Checklist(),
        Found(Configuration(declaration, signs=signs, helpdesk="acme.zendesk.com"), NOW),
        standing=Found(standing, NOW) if read else Found(why="Nothing was read"),
        context=Found(context, NOW) if context is not None else Found(why="No CRM was asked"),
        migrations=Found(migrations, NOW) if migrations is not None else Found(why="There is no migration"),
        web=Found(pages, NOW) if pages is not None else Found(why="Nothing was opened"),
    )
    seen = PROBES[probe].observe(PROBES[probe].Parameters.model_validate(given or {}), facts)
    return seen.seen, seen.said
