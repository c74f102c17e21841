"""Files that a macro adds to the comment: of the workspace, and those that are live."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from config.declaration import Declared
from provisioners.resource import Payload
from provisioners.translation import Context
from provisioners.zendesk.macro_words import FILES, LARGEST, MOST
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.workspace_files import content_of

_DIGITS = 8


def sent_files(item: Declared, context: Context) -> Payload:
    """What a macro's payload says of its files; nothing where the YAML leaves them alone. Raises CannotSend."""
    if item.value.files is None:
        return {}
    return {FILES: [_sent(place, path, context.declared.root) for place, path in enumerate(_checked(item.value.files))]}


def _checked(paths: Sequence[str]) -> Sequence[str]:
    """Raises CannotSend for too many files, and for two that agents and golive could not tell apart."""
    if len(paths) > MOST:
        raise CannotSend(
            f"it has {len(paths)} files, and Zendesk takes {MOST}",
            "Put several into one, or link to them in the text.",
            ("files", MOST),
        )
    names: dict[str, str] = {}
    for place, path in enumerate(paths):
        other = names.setdefault(PurePosixPath(path).name.casefold(), path)
        if other != path or paths.index(path) != place:
            raise CannotSend(
                f"`{path}` stands here twice" if other == path else f"`{path}` and `{other}` have the same name",
                "Name it once." if other == path else "Rename one of them: whoever gets both cannot tell them apart.",
                ("files", place),
            )
    return paths


def _sent(place: int, path: str, root: Path | None) -> Payload:
    content = content_of(root, path)
    wrong = _problem(path, content)
    if wrong or content is None:
        reason, hint = wrong or (path, "")
        raise CannotSend(reason, hint, ("files", place))
    return {
        "file": PurePosixPath(path).as_posix(),
        "digest": hashlib.sha256(content).hexdigest(),
        "size": len(content),
    }


def _problem(path: str, content: bytes | None) -> tuple[str, str] | tuple[()]:
    """Why a file cannot be sent, and what to do; nothing where it can."""
    if content is None:
        return f"the file `{path}` cannot be read", "Its path counts from the workspace's root."
    if not content:
        return f"the file `{path}` is empty", "Put something into it, or name another one."
    if len(content) > LARGEST:
        return f"the file `{path}` has more than 50 MB", "Zendesk takes none that is larger: link to it in the text."
    return ()


def files_back(payload: Payload) -> dict[str, Any]:
    """The files as the YAML has them. file_contents: what it does not say, so that a plan tells of another content."""
    if FILES not in payload:
        return {}
    found: dict[str, Any] = {"files": [str(each["file"]) for each in payload[FILES]]}
    known = {PurePosixPath(each["file"]).name: str(each["digest"])[:_DIGITS] for each in payload[FILES]}
    contents = {_word(name): digest for name, digest in known.items() if digest}
    return {**found, **({"file_contents": contents} if contents else {})}


def _word(name: str) -> str:
    """A file's name as a step of a path, in which a dot divides."""
    return name.replace(".", " ")


def named(files: Iterable[Mapping[str, Any]]) -> str:
    """What people call them."""
    return ", ".join(PurePosixPath(str(each["file"])).name for each in files)
