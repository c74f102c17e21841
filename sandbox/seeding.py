"""What a seed file may say, as far as that is the same for every system. Written for whoever made the mistake."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from sandbox.store import Row


def check_words(system: str, data: Row, known: Collection[str]) -> None:
    """Raises `ValueError` for a word that nothing of the system's start state is called."""
    for word in data:
        if word not in known:
            near = get_close_matches(str(word), known, n=1)
            instead = f"did you mean `{near[0]}`?" if near else f"there is {', '.join(known)}"
            raise ValueError(f"{system}: there is no `{word}`; {instead}")


def check_lists(system: str, data: Row, names: Collection[str]) -> None:
    """Raises `ValueError` where one of these is no list of objects."""
    for name in names:
        listed = data.get(name) or []
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            raise ValueError(f"{system}: `{name}` is a list of objects, such as `{name}: [{{name: …}}]`")
