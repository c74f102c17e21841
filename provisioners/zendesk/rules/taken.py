"""Names that Zendesk keeps for itself, or that two objects cannot share. What the account has besides is asked when
planning."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.names import folded
from config.rules.rule import Rule
from config.rules.scope import Scope

ROLE = Rule(
    "ZD020",
    "error",
    "A role with rights of its own has a name that Zendesk keeps for its built-in roles.",
    "Zendesk refuses it.",
    "Call it something else.",
    source="the vendor's built-in roles",
)
CONTENT = Rule(
    "ZD021",
    "error",
    "Two pieces of dynamic content have the same placeholder.",
    "It is the key, unless `zendesk: {placeholder}` says another one; Zendesk refuses the second.",
    "Give one of them another placeholder, or another key.",
)
LOCALE = Rule(
    "ZD022",
    "error",
    "A text says one language twice.",
    "Zendesk writes languages in small letters, and takes one text for each.",
    "Keep one of the two.",
)
SUBDOMAIN_TWICE = Rule(
    "ZD024",
    "error",
    "Two brands have the same subdomain.",
    "A subdomain belongs to one brand in all of Zendesk.",
    "Give one of them another subdomain.",
)
SKILL = Rule(
    "ZD025",
    "error",
    "A skill has the same value twice.",
    "Zendesk takes each name once within a skill.",
    "Name it once.",
)
CATALOGUE = (ROLE, CONTENT, LOCALE, SUBDOMAIN_TWICE, SKILL)
_BUILT_IN = ("admin", "administrator", "agent", "billing admin", "contributor", "light agent")


def check(scope: Scope) -> Iterator[Finding]:
    declaration = scope.declaration
    for role in declaration.of("roles").values():
        if role.value.rights and folded(role.name) in _BUILT_IN and not role.value.existing:
            yield ROLE.found(role, ("name",), f"“{role.name}” is the name of a built-in role")
    yield from _contents(list(declaration.of("dynamic_content").values()))
    for item in declaration:
        if item.kind not in ("integrations", "help_center"):
            yield from _languages(item, scope)
    yield from _brands(list(declaration.of("brands").values()))
    for skill in declaration.of("skills").values():
        yield from _values(skill)


def _contents(items: list[Declared]) -> Iterator[Finding]:
    seen: dict[str, Declared] = {}
    for item in items:
        if item.value.existing:
            continue
        placeholder = item.value.vendor.get("zendesk", {}).get("placeholder") or item.key
        first = seen.setdefault(placeholder, item)
        if first is not item:
            message = f"“{first.name}” ({first.position}) has the placeholder `{{{{dc.{placeholder}}}}}`, too"
            yield CONTENT.found(item, (), message, of_key=True)


def _languages(item: Declared, scope: Scope) -> Iterator[Finding]:
    for path, text in scope.told_texts(item):
        if not isinstance(text, dict):
            continue
        seen: dict[str, str] = {}
        for locale in text:
            first = seen.setdefault(locale.casefold(), locale)
            if first != locale:
                yield LOCALE.found(item, (*path, locale), f"`{locale}` is the same language as `{first}`", of_key=True)


def _brands(items: list[Declared]) -> Iterator[Finding]:
    seen: dict[str, Declared] = {}
    for item in items:
        subdomain = getattr(item.value, "subdomain", None)
        if not isinstance(subdomain, str) or item.value.existing:
            continue
        first = seen.setdefault(subdomain, item)
        if first is not item:
            yield SUBDOMAIN_TWICE.found(item, ("subdomain",), f"“{first.name}” ({first.position}) has it already")


def _values(skill: Declared) -> Iterator[Finding]:
    """Values are a map of keys to names, or to maps that have one, or a list of names."""
    said = getattr(skill.value, "values", None)
    if not isinstance(said, dict | list):
        return
    entries = list(said.items()) if isinstance(said, dict) else list(enumerate(said))
    seen: set[str] = set()
    for place, value in entries:
        name = value.get("name", place) if isinstance(value, dict) else getattr(value, "name", value)
        folded = str(name).strip().casefold()
        if folded in seen:
            yield SKILL.found(skill, ("values", place), f"“{name}” is there already")
        seen.add(folded)
