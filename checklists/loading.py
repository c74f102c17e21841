"""From the files in `checklists/` to one checklist: the method's items and gates, and over them what a project says."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

from checklists.checklist import Checklist, Listed
from checklists.figures import filled_figures, misfit, uses
from checklists.gate import PARTS, Gate
from checklists.item import SORTS, Item, Profile
from checklists.project import FigureNeeded, Participant, ProfileAnswer, Signatures, Waivers
from config.declaration import Declaration
from config.document import Document, Path_, Unreadable, parse_document, read_document, show_path
from config.findings import Finding, Position
from config.kinds import ALL_KINDS
from config.schema_errors import findings_of
from config.words import as_key, did_you_mean, suggestion
from config.workspace import Workspace

WORDS = ("people", "profiles", "figures", "items", "gates", "waivers", "signatures")
BESIDE = ("log", "evidence")
"""Folders below `checklists/` that hold no checklists: the logs, and what people attach."""
_MAPS = ("people", "profiles", "figures", "items", "gates")
_WITH_FIGURES = ("probe", "metric")
"""The attributes of an item in which figures can stand."""
_KEY = re.compile(r"[a-z][a-z0-9_]*")


@dataclass
class LoadedChecklist:
    """The checklist and what is to be said of the project's files. files: how many there are. known: word → keys of all
    that is said below it, valid or not; perhaps: words of files that could not be read. By these one mistake is not
    reported again by all that name what is wrong."""

    checklist: Checklist
    findings: list[Finding] = field(default_factory=list)
    files: int = 0
    known: Mapping[str, Set[str]] = field(default_factory=dict)
    perhaps: frozenset[str] = frozenset()

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]


def load_checklist(workspace: Workspace) -> LoadedChecklist:
    """The method's checklist with what the files in `checklists/` add, change and leave out."""
    documents: list[Document] = []
    findings: list[Finding] = []
    unreadable: list[Unreadable] = []
    paths = checklist_files(workspace)
    for path in paths:
        if not path.resolve().is_relative_to(workspace.root.resolve()):
            findings.append(_outside(workspace.show(path)))
            continue
        try:
            documents.append(read_document(path, workspace.show(path)))
        except Unreadable as broken:
            unreadable.append(broken)
    loaded = merged(method(), documents)
    return replace(
        loaded,
        findings=[
            *findings,
            *(each.finding for each in unreadable),
            *loaded.findings,
            *_no_signers(workspace, loaded.checklist),
        ],
        files=len(paths),
        perhaps=frozenset(word for broken in unreadable for word in broken.words),
    )


def checklist_files(workspace: Workspace) -> list[Path]:
    """The files of `checklists/`, sorted by path; without what lies beside them: logs and what was attached."""
    folder = workspace.root / "checklists"
    every = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml") and path.is_file())
    return sorted(path for path in every if path.relative_to(folder).parts[0] not in BESIDE)


@cache
def method() -> tuple[Document, ...]:
    """The method's own files, in their order."""
    folder = importlib.resources.files("checklists") / "reference"
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".yaml")), key=lambda each: each.name)
    return tuple(parse_document(each.read_text(encoding="utf-8"), f"golive:{each.name}") for each in files)


def merged(reference: tuple[Document, ...], documents: list[Document]) -> LoadedChecklist:
    """One checklist of the method's documents and a project's, and findings about the project's."""
    return _Merge(reference, documents).result()


def with_people(checklist: Checklist, declaration: Declaration) -> Mapping[str, Participant]:
    """The project's people, with names and addresses of those whom `config/` declares under the same key."""
    found: dict[str, Participant] = {}
    for key, person in checklist.people.items():
        item = declaration.get("people", key)
        known = item.value if item else None
        name, email = (getattr(known, each, None) for each in ("name", "email"))
        found[key] = person.model_copy(update={"name": person.name or name, "email": person.email or email})
    return found


class _Merge:
    """Each word's entries by key: those of the method, and over them, attribute by attribute, the project's."""

    def __init__(self, reference: tuple[Document, ...], documents: list[Document]) -> None:
        self.findings: list[Finding] = []
        self.data: dict[str, dict[str, Any]] = {word: {} for word in WORDS}
        self.places: dict[tuple[str, str], tuple[Document, Path_]] = {}
        self.said: set[tuple[str, str]] = set()
        for document in reference:
            for word, content in (document.data or {}).items():
                for key, entry in content.items():
                    self.data[word][key] = entry
                    self.places[word, key] = (document, (word, key))
        self.method = {word: set(entries) for word, entries in self.data.items()}
        for document in documents:
            self._take(document)

    def result(self) -> LoadedChecklist:
        known = {word: set(entries) for word, entries in self.data.items()}
        figures = {key: value for key, value in self._made("figures", FigureNeeded) if self._figure_fits(key, value)}
        values = {key: each.value for key, each in figures.items() if each.value is not None}
        checklist = Checklist(
            items=dict(self._items(values, known["figures"])),
            gates=dict(self._made("gates", Gate)),
            figures=figures,
            people=dict(self._made("people", Participant)),
            profiles=self._profiles(),
            waivers=self._single("waivers", Waivers),
            signatures=self._single("signatures", Signatures),
            places=self.places,
        )
        return LoadedChecklist(checklist, self.findings, known=known)

    def _take(self, document: Document) -> None:
        if document.data is None:
            return
        if not isinstance(document.data, dict):
            self._find("schema.file", document, (), "a file of checklists/ maps words", f"Begin with one of {_said()}.")
            return
        for word, content in document.data.items():
            if word.startswith("x-") or content is None:
                continue
            if word not in WORDS:
                hint = did_you_mean(word, WORDS)
                if word in ALL_KINDS:
                    hint = "It is a kind: what is to be set up stands in the files of config/."
                self._find("schema.checklist", document, (word,), f"a checklist has no `{word}`", hint, of_key=True)
            elif not isinstance(content, dict):
                what = "maps keys" if word in _MAPS else "has attributes below it"
                self._find("schema.checklist", document, (word,), f"`{word}` {what}", f"Write  {word}:  and indent.")
            elif word in _MAPS:
                for key, entry in content.items():
                    self._entry(document, word, key, entry)
            else:
                self._whole(document, word, content)

    def _entry(self, document: Document, word: str, key: str, entry: Any) -> None:
        place = (word, key)
        if not _KEY.fullmatch(key):
            hint = "Keys are lower-case letters, digits and underscores, and begin with a letter."
            hint = f"Write `{as_key(key)}`. {hint}" if as_key(key) else hint
            self._find("schema.key", document, place, f"`{key}` cannot be a key", hint, of_key=True)
            return
        if place in self.said:
            first = self.places[place][0].position(place, of_key=True)
            self._find(
                "schema.duplicate",
                document,
                place,
                f"`{key}` is said a second time; the first is at {first}",
                "Write under one of them what both say.",
                of_key=True,
            )
            return
        self.said.add(place)
        if self._is_strange(document, word, key, entry):
            return
        before = self.data[word].get(key)
        if word == "figures" and not isinstance(entry, dict):
            entry = {"value": entry}
        self.data[word][key] = _over(word, before, entry)
        self.places[place] = (document, place)

    def _is_strange(self, document: Document, word: str, key: str, entry: Any) -> bool:
        """Whether an entry can say nothing: it is not there to be changed, or nothing stands below it."""
        place, known = (word, key), sorted(self.method[word])
        if word == "gates" and key not in known:
            hint = suggestion(key, known, f"There are {', '.join(known)}.")
            self._find("checklist.gate", document, place, f"there is no gate `{key}`", hint, of_key=True)
        elif word == "figures" and key not in known and not isinstance(entry, dict):
            hint = suggestion(key, known, "A figure of your own needs name, form, why, needed_by and value below it.")
            self._find("checklist.figure", document, place, f"no item asks for a figure `{key}`", hint, of_key=True)
        elif word in ("items", "gates") and entry is None and key in known:
            hint = "Write below it what is other here, or take the line out."
            self._find("schema.empty", document, place, f"nothing stands below `{key}`", hint, of_key=True)
        else:
            return False
        return True

    def _whole(self, document: Document, word: str, content: dict[str, Any]) -> None:
        if self.data[word]:
            self._find(
                "schema.duplicate", document, (word,), f"`{word}` is said a second time", "Keep one.", of_key=True
            )
            return
        self.data[word] = content
        self.places[word, ""] = (document, (word,))

    def _made(self, word: str, model: Any) -> Iterator[tuple[str, Any]]:
        """Every entry of a word that is valid; what is not is a finding."""
        for key, entry in self.data[word].items():
            document, path = self.places[word, key]
            value, findings = findings_of(model, {} if entry is None else entry, document, path)
            self.findings += self._with_near_key(word, key, findings)
            if value is not None:
                yield key, value

    def _with_near_key(self, word: str, key: str, findings: list[Finding]) -> Iterator[Finding]:
        """Whoever mistypes the key of something that the method has is told that everything is missing: say why."""
        near = suggestion(key, self.method[word], "") if key not in self.method[word] else ""
        for each in findings:
            alone = each.rule == "schema.missing" and each.path == f"{word}.{key}"
            yield replace(each, hint=near) if near and alone else each

    def _items(self, values: Mapping[str, Any], known: set[str]) -> Iterator[tuple[str, Listed]]:
        for key, entry in self.data["items"].items():
            document, path = self.places["items", key]
            whole, unset = filled_figures(entry, values)
            told = self._check_figures(entry, known, document, path)
            value, findings = findings_of(Item, {} if whole is None else whole, document, path)
            self.findings += self._with_near_key("items", key, [each for each in findings if each.position not in told])
            if value is not None:
                yield key, Listed(key, value, document, path, tuple(unset), ("items", key) not in self.said)

    def _check_figures(self, entry: Any, known: Set[str], document: Document, path: Path_) -> set[Position]:
        """Findings about figures that an item names. Returns where they are."""
        told: set[Position] = set()
        for below, text, name in uses(entry):
            place = (*path, *below)
            if below[:1] and below[0] not in _WITH_FIGURES:
                if not name:
                    continue  # a text in which somebody writes about such things
                message, hint = "a figure cannot stand here", "Figures stand in `probe` and `metric`: write the value."
            elif not name:
                message, hint = f"`{text}` is not the name of a figure", 'Write  "${figures.NAME}"  and nothing else.'
            elif name not in known:
                hint = suggestion(name, known, "Declare it under `figures:`, with name, form, why and needed_by.")
                message = f"there is no figure `{name}`"
            else:
                continue
            self._find("checklist.figure", document, place, message, hint)
            told.add(document.position(place))
        return told

    def _profiles(self) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        words = get_args(Profile)
        for key, entry in self.data["profiles"].items():
            document, path = self.places["profiles", key]
            if key not in words:
                hint = suggestion(key, words, f"There are {', '.join(words)}.")
                self._find("checklist.profile", document, path, f"there is no profile `{key}`", hint, of_key=True)
            elif isinstance(entry, dict) and entry.get("applies") is not True:
                value, findings = findings_of(ProfileAnswer, entry, document, path)
                self.findings += findings
                if value is not None:
                    found[key] = value
            elif entry is True:
                found[key] = True
            else:
                no = entry is False or entry in ("no", "off", "false", "never")
                message = "why it does not apply is missing" if no else f"this does not say whether `{key}` applies"
                hint = f"Write  {key}: true" if not no else f"Write  {key}: {{applies: false, why: …}}"
                self._find("checklist.profile", document, path, message, hint)
        return found

    def _figure_fits(self, key: str, figure: FigureNeeded) -> bool:
        if figure.value is None:
            return True
        wrong = misfit(figure.form, figure.value)
        if wrong:
            document, path = self.places["figures", key]
            self._find("checklist.figure", document, path, f"{_shown(figure.value)} is no {wrong[0]}", wrong[1])
        return not wrong

    def _single(self, word: str, model: Any) -> Any:
        if not self.data[word]:
            return model()
        document, path = self.places[word, ""]
        value, findings = findings_of(model, self.data[word], document, path)
        self.findings += findings
        return value if value is not None else model()

    def _find(
        self, rule: str, document: Document, path: Path_, message: str, hint: str, *, of_key: bool = False
    ) -> None:
        place = document.position(path, of_key=of_key)
        self.findings.append(Finding(rule, "error", place, show_path(path), message, hint))


def _over(word: str, before: Any, entry: Any) -> Any:
    """An entry of the project's over the method's. A new way of establishing an item takes the place of the old."""
    if not isinstance(before, dict) or not isinstance(entry, dict):
        return entry
    kept = dict(before)
    if word == "items" and any(sort in entry for sort in SORTS):
        kept = {name: part for name, part in before.items() if name not in (*SORTS, "not_probed")}
    if word == "gates":
        return {**kept, **{name: _conditions(name, before, part) for name, part in entry.items()}}
    return {**kept, **entry}


def _conditions(name: str, before: dict[str, Any], part: Any) -> Any:
    """A gate's conditions, each attribute by attribute."""
    old = before.get(name)
    if name not in PARTS or not isinstance(old, dict) or not isinstance(part, dict):
        return part
    return {**old, **{key: _over("conditions", old.get(key), each) for key, each in part.items()}}


def _outside(name: str) -> Finding:
    return Finding(
        "workspace.outside",
        "error",
        Position(name),
        "",
        "this leads out of the workspace",
        "Put the file itself in its place.",
    )


def _no_signers(workspace: Workspace, checklist: Checklist) -> list[Finding]:
    """That the file of allowed signers is not there: then no signature proves anything, and every gate stays closed."""
    named = checklist.signatures.allowed_signers
    if not named or (workspace.root / named).is_file():
        return []
    document, path = checklist.places["signatures", ""]
    place = (*path, "allowed_signers")
    return [
        Finding(
            "checklist.signers",
            "error",
            document.position(place),
            show_path(place),
            f"there is no file `{named}`",
            "Write it, a line for each person:  ana@client.example ssh-ed25519 AAAA…   It is ssh-keygen's own form.",
        )
    ]


def _shown(value: Any) -> str:
    return f"`{value}`" if isinstance(value, str | int | float) else "this list"


def _said() -> str:
    return f"{', '.join(WORDS[:-1])} and {WORDS[-1]}"
