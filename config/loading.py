"""From files to typed objects: every finding of every file at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from config.crm_values import put_to_sleep
from config.declaration import Declaration, Declared
from config.document import Document, Path_, Unreadable, read_document, show_path
from config.environment import Environment
from config.findings import Finding
from config.kind_words import kind_hint, lost_hint
from config.kinds import ALL_KINDS, KINDS, PLACES, Kind
from config.misplaced import misplaced
from config.rules import RULES, Scope
from config.rules.catalogue import catalogue
from config.rules.exceptions import Allowed, Exceptions
from config.rules.plans import beyond_plans
from config.schema_errors import findings_of
from config.schema_hints import keyed_hint
from config.text import files_named_in, text_in_file
from config.values import fill_in
from config.words import as_key, joined, priority_hint
from config.workspace import Workspace

KEY = re.compile(r"[a-z][a-z0-9_]*")
_IN_SEVERAL_FILES = ("integrations", "help_center")
"""Single objects whose parts may stand in several files."""


@dataclass
class Loaded:
    """What was read. The declaration holds what is valid; `known` also the keys of what is not, so that one
    mistake is not reported again by all that refer to it."""

    declaration: Declaration = field(default_factory=Declaration)
    findings: list[Finding] = field(default_factory=list)
    known: dict[str, set[str]] = field(default_factory=dict)
    perhaps: frozenset[str] = frozenset()
    """Words of files that could not be read, any of which may be a key."""
    allowed: list[Allowed] = field(default_factory=list)
    """What objects set aside with a reason."""

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def load(workspace: Workspace, values: Mapping[str, Any], systems: frozenset[str] | None = None) -> Loaded:
    """Everything that a workspace declares, with one environment's values, and all that is to be said of it. systems:
    those that the environment names; None where there is none."""
    documents: list[Document] = []
    unreadable: list[Unreadable] = []
    for path in workspace.config_files():
        try:
            documents.append(read_document(path, workspace.show(path)))
        except Unreadable as broken:
            unreadable.append(broken)
    perhaps = frozenset(word for broken in unreadable for word in broken.words)
    loaded = load_documents(documents, values, workspace.root, perhaps, systems)
    there = [*workspace.findings, *workspace.config_findings(), *(each.finding for each in unreadable)]
    loaded.findings = sort_findings([*there, *loaded.findings])
    return loaded


def load_documents(
    documents: list[Document],
    values: Mapping[str, Any],
    root: Path | None = None,
    perhaps: frozenset[str] = frozenset(),
    systems: frozenset[str] | None = None,
) -> Loaded:
    """Like `load`, from documents that were read before.

    root: where files that texts name are looked for. perhaps: words of files that could not be read, any of which may
    be a key, so that one quotation mark is not reported again by all that refer to its file.
    """
    loaded = Loaded(perhaps=perhaps)
    for document in documents:
        _load_document(document, values, loaded)
    if root is not None:
        loaded.declaration.root = root
        _read_texts(loaded.declaration, root)
    put_to_sleep(loaded.declaration)
    scope = Scope(loaded.declaration, loaded.known, root, perhaps=perhaps, systems=systems)
    exceptions = Exceptions(loaded.declaration, catalogue())
    for rule in RULES:
        scope.findings.extend(exceptions.sift(list(rule(scope))))
    scope.findings.extend(exceptions.check())
    loaded.findings = sort_findings([*loaded.findings, *scope.findings])
    if not perhaps and not loaded.errors:  # what is wrong elsewhere may keep a rule from finding what is allowed
        loaded.findings = sort_findings([*loaded.findings, *exceptions.unused()])
    loaded.allowed = exceptions.allowed
    return loaded


def against_plans(loaded: Loaded, environment: Environment, where: str) -> Loaded:
    """The same with what the plans that the client has bought do not carry, as far as an environment names them.

    where: the file, or the files, that say these plans.
    """
    exceptions = Exceptions(loaded.declaration, catalogue(), list(loaded.allowed))
    found = list(exceptions.sift(beyond_plans(loaded.declaration, environment, where)))
    if not found and exceptions.allowed == loaded.allowed:
        return loaded
    return replace(loaded, findings=sort_findings([*loaded.findings, *found]), allowed=exceptions.allowed)


def against_accounts(
    declaration: Declaration, found: list[Finding], asked: Container[tuple[str, str]]
) -> tuple[list[Finding], list[Allowed]]:
    """What live accounts say against a run: what stays, and what objects set aside with a reason.

    asked: the objects (kind and key) of which they were asked; an exception of one of these that sets nothing aside is
    a finding, unless a question was left without an answer.
    """
    exceptions = Exceptions(declaration, catalogue())
    kept = list(exceptions.sift(found))
    if all(finding.path for finding in found):
        kept += exceptions.unused_of_account(asked)
    return sort_findings(kept), exceptions.allowed


def _read_texts(declaration: Declaration, root: Path) -> None:
    """Take in the files that texts name."""
    named = {file for item in declaration for file in files_named_in(item.value)}
    for name in sorted(named):
        text = text_in_file(root, name)
        declaration.texts[name] = "" if text is None else hashlib.sha256(text.encode()).hexdigest()
        if text is not None:
            declaration.contents[name] = text


def sort_findings(findings: list[Finding]) -> list[Finding]:
    """Findings by file, line and column, each once, however often its place is repeated by aliases."""
    once = {(finding.position, finding.rule, finding.message): finding for finding in reversed(findings)}
    return [once[order] for order in sorted(once)]


def _load_document(document: Document, values: Mapping[str, Any], loaded: Loaded) -> None:
    if document.data is None:
        return
    if not isinstance(document.data, dict):
        loaded.findings.append(
            Finding(
                "schema.file",
                "error",
                document.position(()),
                "",
                "a file maps kinds to objects",
                "Begin with a kind, for example `groups:`.",
            )
        )
        return
    strange = next((word for word in document.data if word != word.strip() and not word.startswith("x-")), None)
    if strange is not None:
        hint = f"What looks like spaces before `{strange.strip()}` is something else: delete it and type spaces."
        position = document.position((strange,), of_key=True)
        loaded.findings.append(
            Finding("yaml.character", "error", position, "", "this line begins with invisible characters", hint)
        )
        return
    data, findings = fill_in(document, values)
    told = {finding.position for finding in findings}
    before = len(loaded.findings)
    above, lost = "", dict[str, list[str]]()
    for word, content in data.items():
        if word.startswith("x-"):
            continue
        kind = KINDS.get(word)
        if kind is None:
            _load_unknown(document, word, content, lost.setdefault(above, []), loaded)
            if above and word in lost[above]:
                loaded.known.setdefault(above, set()).add(word)
            continue
        above = word if content is None else ""
        if kind.single:
            _add(document, word, word, content, (word,), loaded)
        elif content is not None and not isinstance(content, dict):
            loaded.findings.append(_not_a_map(document, kind, content))
        else:
            _load_objects(document, kind, content or {}, loaded)
    for empty, words in lost.items():
        if words:
            hint = lost_hint(words, empty, Path(document.file).stem)
            loaded.findings.append(_no_kind(document, words, hint))
    # A value that is missing is one mistake, whatever it makes of the place where it is missing.
    new = [finding for finding in loaded.findings[before:] if finding.position not in told]
    loaded.findings[before:] = [*findings, *new]


def _load_objects(document: Document, kind: Kind, content: dict[str, Any], loaded: Loaded) -> None:
    """The objects of a kind."""
    elsewhere = misplaced(document, kind, content)
    loaded.findings.extend(elsewhere.findings)
    for word, keys in elsewhere.meant.items():
        loaded.known.setdefault(word, set()).update(keys)
    for key, item in content.items():
        if key not in elsewhere.keys:
            _add(document, kind.word, key, item, (kind.word, key), loaded)


def _not_a_map(document: Document, kind: Kind, content: Any) -> Finding:
    hint = f"Write  {kind.word}:  and below it, indented, a key for each {kind.title}."
    if isinstance(content, list):
        hint = keyed_hint(content, objects=True)
    path = (kind.word,)
    return Finding(
        "schema.kind", "error", document.position(path), kind.word, f"`{kind.word}` maps keys to objects", hint
    )


def _load_unknown(document: Document, word: str, content: Any, lost: list[str], loaded: Loaded) -> None:
    """A word that is no kind. Objects of the kind that is meant count as known, so that who refers to them is not
    blamed; words that mean no kind are gathered in `lost`, because one line that is missing makes many of them."""
    hint, kinds = kind_hint(word)
    if not hint and isinstance(content, dict):
        lost.append(word)
        return
    for kind in kinds if isinstance(content, dict) else ():
        loaded.known.setdefault(kind, set()).update(content)
    loaded.findings.append(_no_kind(document, [word], hint or lost_hint([word], "", "")))


def _no_kind(document: Document, words: list[str], hint: str) -> Finding:
    message = f"there is no kind {joined(words)}" if len(words) == 1 else f"there are no kinds {joined(words)}"
    position = document.position((words[0],), of_key=True)
    return Finding("schema.kind", "error", position, words[0], message, hint)


def _add(document: Document, kind: str, key: str, data: Any, path: Path_, loaded: Loaded, whole: Any = None) -> None:
    """Take in one object, with what stands below it.

    whole: the single object below which it stands and with which it was validated; others are validated here.
    """
    keys = loaded.known.setdefault(kind, set())
    if key in keys and kind not in _IN_SEVERAL_FILES:
        loaded.findings.append(_twice(document, kind, key, path, loaded))
        return
    keys.add(key)
    value, findings = (_part(whole, path), []) if whole is not None else _validated(document, kind, key, data, path)
    loaded.findings.extend(findings)
    below = list(_below(kind, data))
    if findings or value is None:
        for word, name, _, _ in below:
            loaded.known.setdefault(word, set()).add(name)
        return
    earlier = loaded.declaration.get(kind, key)
    position = document.position(path, of_key=True)
    item = Declared(kind, key, value, position, len(loaded.declaration.of(kind)), document, path)
    loaded.declaration.add(_merged(earlier, item, loaded) if earlier else item)
    for word, name, part, place in below:
        _add(document, word, name, part, place, loaded, value)


def _validated(document: Document, kind: str, key: str, data: Any, path: Path_) -> tuple[Any, list[Finding]]:
    value, findings = findings_of(ALL_KINDS[kind].model, {} if data is None else data, document, path)
    if not KEY.fullmatch(key):
        # What is wrong below a key that has swallowed something else comes from the same slip.
        findings = [*([] if ":" in key else findings), _bad_key(document, kind, key, path)]
    return value, findings


def _bad_key(document: Document, kind: str, key: str, path: Path_) -> Finding:
    hint = "Keys are lower-case letters, digits and underscores, and begin with a letter."
    glued = re.match(r"([\w-]+):(\S.*)", key)
    if glued:
        hint = f"A space is missing after the colon:  {glued[1]}: {glued[2]}…"
    elif kind == "priorities":
        hint = priority_hint(key)
    elif as_key(key):
        hint = f"Write `{as_key(key)}`. {hint}"
    position = document.position(path, of_key=True)
    return Finding("schema.key", "error", position, show_path(path), f"`{key}` cannot be a key", hint)


def _part(whole: Any, path: Path_) -> Any:
    """What stands at a path of the document, in the validated single object that holds it."""
    for step in path[1:]:
        whole = whole.get(step) if isinstance(whole, dict) else getattr(whole, str(step))
    return whole


def _twice(document: Document, kind: str, key: str, path: Path_, loaded: Loaded) -> Finding:
    first = loaded.declaration.get(kind, key)
    return Finding(
        "schema.duplicate",
        "error",
        document.position(path, of_key=True),
        show_path(path),
        f"`{key}` is declared a second time" + (f"; the first is at {first.position}" if first else ""),
        "A key stands once per kind, over all files.",
    )


def _below(kind: str, data: Any) -> Iterator[tuple[str, str, Any, Path_]]:
    """Objects that stand below a single object: (kind, key, data, path)."""
    for word, place in PLACES.items():
        if place[0] != kind:
            continue
        content = data
        for step in place[1:]:
            content = content.get(step) if isinstance(content, dict) else None
        if not isinstance(content, dict):
            continue
        if ALL_KINDS[word].single:
            yield word, word, content, place
        else:
            for key, item in content.items():
                yield word, key, item, (*place, key)


def _merged(earlier: Declared, later: Declared, loaded: Loaded) -> Declared:
    """One `integrations` (or `help_center`) from two files; what both say is a finding."""

    def merge(first: Any, second: Any, path: Path_) -> Any:
        if isinstance(first, dict) and isinstance(second, dict):
            return {**second, **first}
        if ("integrations", *path) in PLACES.values():
            return first  # said where its objects are taken in
        if not isinstance(first, BaseModel) or not isinstance(second, BaseModel):
            place = earlier.at(*path)
            loaded.findings.append(
                later.finding(
                    "schema.duplicate", "error", path, f"`{path[-1]}` is said a second time; the first is at {place}",
                    "Keep one of them.", of_key=True,
                )
            )  # fmt: skip
            return first
        update = {}
        for name in second.model_fields_set:
            old, new = getattr(first, name), getattr(second, name)
            update[name] = merge(old, new, (*path, name)) if name in first.model_fields_set else new
        return first.model_copy(update=update)

    return replace(earlier, value=merge(earlier.value, later.value, ()))
