"""What taking over a running account comes to, as people read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import unified_diff

from rich.markup import escape

from config.results.adopt import AdoptDocument, AdoptedEntry
from golive.terminal.screen import Screen
from golive.wording.words import count_of, title_of

FEW = 8
"""So many objects are named; of more, the number says enough."""


def show_adoption(screen: Screen, document: AdoptDocument) -> None:
    """Every block that has something to say: the good news first, then everything that is not as one would wish."""
    if document.taken:
        many = len(document.taken)
        beside = f", and {len(document.named)} only named in the files" if document.named else ""
        screen.say(f"[head]To take over: {many} object{'s' if many > 1 else ''}[/]{beside}")
        for file in document.files:
            here = _counts(each for each in document.taken if each.file == file)
            named = _counts(each for each in document.named if each.file == file)
            only = f"only named: {named}" if named else ""
            screen.say(f"  [place]{escape(file)}[/]  {'; '.join(filter(None, [here, only]))}")
        screen.say()
    if document.linked:
        screen.say(f"[head]Declared, and alive[/]: {len(document.linked)} linked")
        _show_names(screen, document.linked)
        screen.say()
    strange = [each for each in [*document.taken, *document.named] if each.vendor_words]
    if strange:
        screen.say("[head]Partly in the vendor's own words[/] (under `zendesk:`; sent as it stands, not checked)")
        for kind in dict.fromkeys(each.kind for each in strange):
            same = [each for each in strange if each.kind == kind]
            words = ", ".join(dict.fromkeys(word for each in same for word in each.vendor_words))
            screen.say(f"  {count_of(len(same), kind)}: {escape(words)}")
        screen.say()
    partly = [each for each in document.taken if each.why]
    if partly:
        screen.say("[head]In the files only in part[/]")
        _show_each(screen, partly, lambda each: each.why)
    if document.named:
        screen.say("[head]Only named in the files[/] (`existing`), and not looked after")
        _show_each(screen, document.named, lambda each: each.why)
    if document.left:
        screen.say("[change]Left alone[/], and not in the files")
        _show_each(screen, document.left, lambda each: each.why)
    if document.beyond:
        said = ", ".join(f"{number} {word}" for word, number in document.beyond.items())
        screen.say(f"[change]Not taken over[/]: {escape(said)}\n")
    if document.let_pass:
        screen.say(
            f"Some of it breaks rules of `golive validate` ({', '.join(document.let_pass)}); each object says so under "
            "`x-allow`.\n"
        )


def show_texts(screen: Screen, before: dict[str, str], after: dict[str, str]) -> None:
    """The files as they would be, as differences."""
    for file, text in after.items():
        old = before.get(file, "").splitlines()
        for line in unified_diff(old, text.splitlines(), file if old else "/dev/null", file, n=2, lineterm=""):
            style = {"+": "add", "-": "remove", "@": "quiet"}.get(line[:1], "")
            screen.say(f"[{style}]{escape(line)}[/]" if style else escape(line))
    screen.say()


def _counts(objects: Iterable[AdoptedEntry]) -> str:
    return ", ".join(count_of(number, kind) for kind, number in Counter(each.kind for each in objects).items())


def _show_each(screen: Screen, objects: list[AdoptedEntry], said: object) -> None:
    """Objects of one kind and one remark on one line."""
    grouped: dict[tuple[str, str], list[AdoptedEntry]] = {}
    for each in objects:
        remark = said(each) if callable(said) else ""
        grouped.setdefault((each.kind, remark), []).append(each)
    for (kind, remark), same in grouped.items():
        named = ", ".join(f"“{escape(each.name)}”" for each in same[:FEW])
        more = f" and {len(same) - FEW} more" if len(same) > FEW else ""
        what = title_of(kind) if len(same) == 1 else count_of(len(same), kind)
        screen.say(f"  {what} {named}{more}: {escape(remark)}" if remark else f"  {what} {named}{more}")
    screen.say()


def _show_names(screen: Screen, addresses: list[str]) -> None:
    more = f" and {len(addresses) - FEW} more" if len(addresses) > FEW else ""
    screen.say(f"  {escape(', '.join(addresses[:FEW]))}{more}")


def places_of(data: dict[str, object]) -> Iterator[str]:
    """Where an object is in a vendor's own words."""
    for name, value in data.items():
        if isinstance(value, list) and any(isinstance(each, dict) and "zendesk" in each for each in value):
            yield f"`{name}`"
    extras = data.get("zendesk")
    if isinstance(extras, dict):
        yield from (f"`{name}`" for name in extras)
