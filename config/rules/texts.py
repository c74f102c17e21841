"""Texts in files are there, and texts in several languages have the default one (grammar 28)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.kinds import kind_path
from config.rules.rule import Rule
from config.rules.scope import Scope
from config.text import FileText, file_texts_in, text_in_file

CATALOGUE = (
    Rule(
        "texts.file",
        "error",
        "A text stands in a file that is not there.",
        "There would be nothing to send.",
        "Correct the path; it counts from the workspace's root.",
    ),
    Rule(
        "texts.default-locale",
        "error",
        "A text in several languages has none in the default one.",
        "Whoever speaks none of the others would see nothing.",
        "Add the text in the company's default locale.",
    ),
    Rule(
        "texts.default-language",
        "error",
        "What stands in the help centre is not there in the default language.",
        "Readers whose language it is not in do not see it.",
        "Add it in the company's default locale, or say why it is for some readers only.",
        excused=True,
    ),
    Rule(
        "texts.locale",
        "warning",
        "A text is there in a language that the company does not name.",
        "Nobody keeps it right.",
        "Add the locale to the company's, or remove the text.",
    ),
)

_HELP_CENTER = "help_center"


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        if item.kind in ("integrations", _HELP_CENTER):
            continue  # what stands below them is looked at by itself
        for path, text in scope.told_texts(item):
            if not isinstance(text, FileText):
                yield from _locales(item, path, text, scope)
        for path, named in file_texts_in(item.value):
            yield from _file(item, path, named.file, scope)


def _file(item: Declared, path: Path_, name: str, scope: Scope) -> Iterator[Finding]:
    if scope.root is None:
        return
    root = scope.root.resolve()
    target = (root / name).resolve()
    if not target.is_relative_to(root):
        yield item.finding(
            "texts.file", "error", (*path, "file"), f"`{name}` is outside the workspace",
            "Texts stand in files of the workspace, named from its root.",
        )  # fmt: skip
    elif not target.is_file():
        yield item.finding(
            "texts.file", "error", (*path, "file"), f"there is no file `{name}`",
            "The path counts from the workspace's root, not from this file.",
        )  # fmt: skip
    elif text_in_file(root, name) is None:
        yield item.finding(
            "texts.file", "error", (*path, "file"), f"`{name}` cannot be read as a text",
            "Save it as plain text in UTF-8.",
        )  # fmt: skip


def _without_default(item: Declared, path: Path_, locale: str) -> Finding:
    """In the help centre each language stands by itself; elsewhere the default one takes the place of all others."""
    if kind_path(item.kind)[0] == _HELP_CENTER:
        return item.finding(
            "texts.default-language", "error", path, f"it is not there in {locale}",
            "It is the company's default locale; say why these readers alone are meant:  "
            "x-allow: {texts.default-language: reason}", of_key=True,
        )  # fmt: skip
    return item.finding(
        "texts.default-locale", "error", path, f"the text in {locale} is missing",
        "It is the company's default locale, shown to everybody whose language has no text.", of_key=True,
    )  # fmt: skip


def _locales(item: Declared, path: Path_, texts: Mapping[str, str | FileText], scope: Scope) -> Iterator[Finding]:
    company = scope.declaration.single("company")
    if company is None:
        return
    if company.default_locale not in texts:
        yield _without_default(item, path, str(company.default_locale))
    spoken = {company.default_locale, *company.locales}
    for locale in texts:
        if company.locales and locale not in spoken:
            yield item.finding(
                "texts.locale", "warning", (*path, locale), f"`{locale}` is not among the company's locales",
                f"Its locales: {', '.join(sorted(spoken))}.", of_key=True,
            )  # fmt: skip
