"""What was changed by hand as texts of files, proved by what these would send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from config.document import is_within, show_path
from config.loading import Loaded
from config.writing.edit import Edit, with_edits
from config.writing.nodes import NotWritable
from golive.live.hands import Hand, Pull
from golive.live.live_words import LiveWords
from golive.runs.compiling import compiled_for
from provisioners.resource import Compiled, Payload, ResourceName, with_symbols
from stacks.adoption.edits import by_attribute, edits_of, with_taken

NO_WORDS = "golive finds no words for it that mean what is live"


class PulledFiles:
    """Writes value by value. Where that is not read as what is live, attribute by attribute; and where that is not
    either, nothing of the object."""

    def __init__(self, words: LiveWords) -> None:
        self.words = words
        self.account = words.account
        self.data = {each.file: each.data for each in self.account.documents}

    def write(self, found: Pull) -> None:
        """Find the texts. What stands in `found` afterwards is proved. Raises Fault, SystemFault."""
        whole: set[int] = set()
        while True:
            found.settled, found.let_go = {}, set()
            wrong = self._render(found, whole) or self._wrong(found, whole)
            if not wrong:
                return
            for hand, reason in wrong:
                if id(hand) in whole or not hand.merge.taken:
                    hand.problem = reason
                whole.add(id(hand))

    def _render(self, found: Pull, whole: set[int]) -> list[tuple[Hand, str]]:
        """Put what was taken into the files. Returns what cannot be written, with the reasons."""
        texts, wrong = self._texts(found.written, whole)
        found.texts = {file: text for file, text in texts.items() if text != self.account.texts[file]}
        return wrong

    def _texts(self, hands: Sequence[Hand], whole: set[int]) -> tuple[dict[str, str], list[tuple[Hand, str]]]:
        """The files' texts, all changes to a file at once; where that cannot be, object by object."""
        texts: dict[str, str] = {}
        wrong: list[tuple[Hand, str]] = []
        by_file: dict[str, list[tuple[Hand, list[Edit]]]] = {}
        for hand in hands:
            try:
                edits = self._edits(hand, whole)
            except NotWritable as reason:
                wrong.append((hand, str(reason)))
            else:
                by_file.setdefault(hand.item.position.file, []).append((hand, edits))
        for file, listed in by_file.items():
            before = self.account.texts[file]
            try:
                texts[file] = with_edits(before, [edit for _, edits in listed for edit in edits])
            except NotWritable:
                texts[file] = before
                for hand, edits in listed:
                    try:
                        texts[file] = with_edits(texts[file], edits)
                    except NotWritable as reason:
                        wrong.append((hand, str(reason)))
        return texts, wrong

    def _edits(self, hand: Hand, whole: set[int]) -> list[Edit]:
        taken = by_attribute(hand.said, hand.merge.taken) if id(hand) in whole else hand.merge.taken
        values = self.account.session.opened.environment.values
        texts = self.account.declaration.contents
        return edits_of(self.data[hand.item.position.file], hand.item.path, taken, values, texts)

    # ------------------------------------------------------------ the proof

    def _wrong(self, found: Pull, whole: set[int]) -> list[tuple[Hand, str]]:
        """What the files, as they would be, do not say as it is meant, with the reasons."""
        found.loaded = self.account.loaded(found.texts)
        if found.loaded.errors:
            return self._invalid(found.loaded, found.written, whole)
        session = self.account.session
        opened = replace(session.opened, loaded=found.loaded)
        compiled = compiled_for(opened, session.reached, session.record, session.state)
        new = {each.name: with_symbols(each.payload, self.words.ids) for each in compiled.resources}
        return [
            (hand, _why_not_sent(compiled, hand) or NO_WORDS)
            for hand in found.hands
            if not hand.problem and not self._is_meant(hand, new, found)
        ]

    def _invalid(self, loaded: Loaded, hands: Sequence[Hand], whole: set[int]) -> list[tuple[Hand, str]]:
        """Whose text is not valid. A finding elsewhere is that of whoever brings it about alone, or of all of them."""
        found = [
            (hand, f"the files cannot say it: {finding.path.removeprefix(f'{_path(hand)}.')}: {finding.message}")
            for hand in hands
            if (finding := next((each for each in loaded.errors if is_within(each.path, _path(hand))), None))
        ]
        if found:
            return found
        for hand in hands:
            texts, _ = self._texts([hand], whole)
            errors = self.account.loaded(texts).errors
            if errors:
                found.append((hand, f"{errors[0].message} ({errors[0].position})"))
        first = loaded.errors[0]
        return found or [(hand, f"{first.message} ({first.position})") for hand in hands]

    def _is_meant(self, hand: Hand, new: Mapping[str, Payload], found: Pull) -> bool:
        """Whether what was taken would be sent as it is live, and everything else as the files had it before."""
        wanted = {name: new.get(name) for name in hand.live}
        now: dict[str, Payload | None] = {}
        differs = False
        for name, payload in wanted.items():
            live = hand.live[name]
            if payload is None and name in hand.file and hand.base[name].mode == "patched":
                found.let_go.add(name)
            elif (payload is None) != (live is None):
                if not hand.kept and (name in hand.file) != (payload is not None):
                    return False
                differs = True
            if payload is None or live is None:
                continue
            now[name] = there = self.words.payload(name, live, payload) or {}
            for attribute in payload:
                if there.get(attribute) == payload[attribute]:
                    continue
                if not (hand.kept or hand.merge.conflicts or self._is_pending(hand, name, attribute)):
                    return False
                differs = True
            before = hand.base[name].payload
            found.settled[name] = {
                each: value if there.get(each) == value else before.get(each) for each, value in payload.items()
            }
        return not differs or self._says(hand, wanted, now)

    @staticmethod
    def _is_pending(hand: Hand, name: str, attribute: str) -> bool:
        """Whether the files say something else than the last run sent."""
        return name not in hand.file or hand.file[name].get(attribute) != hand.base[name].payload.get(attribute)

    def _says(self, hand: Hand, wanted: Mapping[str, Payload | None], now: Mapping[str, Payload | None]) -> bool:
        """Whether the files say of an object what they said and what was taken."""
        got = self.words.of(hand.name, wanted, only_given=hand.only_given)
        there = self.words.of(hand.name, {**wanted, **now}, only_given=hand.only_given)
        meant = with_taken(hand.said, hand.merge.taken)
        taken = {each.path[0] for each in hand.merge.taken if len(each.path) == 1}
        return all(
            got.get(word) == meant.get(word) or (word in taken and got.get(word) == there.get(word))
            for word in {**got, **meant}
        )


def _path(hand: Hand) -> str:
    return show_path(hand.item.path)


def _why_not_sent(compiled: Compiled, hand: Hand) -> str:
    address = ResourceName(*hand.name).address
    return next((each.reason for each in compiled.not_sent if f"{each.source.kind}/{each.source.key}" == address), "")
