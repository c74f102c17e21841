"""What customers write about, by the words of their subjects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from config.results.migration_profile import Driver

MOST = 20
"""Drivers that are named."""
_MOST_HELD = 100_000
"""Pairs of words in memory; the rarest are forgotten then."""
_LEAST_SHARE = 0.005
"""Of all tickets; what is rarer drives nothing."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_IDLE = frozenset(
    (
        "the", "and", "for", "with", "from", "your", "our", "this", "that", "has", "have", "not", "can", "you",
        "are", "was", "will", "about", "please", "hello", "dear",
        "der", "die", "das", "und", "für", "mit", "von", "ihr", "ihre", "eine", "einen", "nicht", "bitte", "hallo",
        "les", "des", "une", "pour", "avec", "dans", "vous", "nous", "est", "que", "sur", "pas", "bonjour",
        "los", "las", "una", "para", "con", "por", "del", "hola",
    )
)  # fmt: skip
"""Words that say nothing of what somebody wants: English, German, French, Spanish."""


def drivers(subjects: Iterable[str], tickets: int) -> list[Driver]:
    """The pairs of words that most subjects have in common, then single words; none that an earlier one explains.

    Memory does not grow with the number of subjects.
    """
    pairs: Counter[tuple[str, ...]] = Counter()
    for subject in subjects:
        words = sorted({word for word in _WORD.findall(subject.casefold()) if word not in _IDLE})[:12]
        pairs.update((word,) for word in words)
        pairs.update(combinations(words, 2))
        if len(pairs) > _MOST_HELD:
            pairs = Counter(dict(pairs.most_common(_MOST_HELD // 2)))
    found: list[tuple[tuple[str, ...], int]] = []
    least = max(2, tickets * _LEAST_SHARE)
    for words_, number in sorted(pairs.items(), key=lambda one: (-one[1] * len(one[0]), one[0])):
        if number < least or len(found) == MOST:
            continue
        if not any(set(words_) & set(other) for other, _ in found):
            found.append((words_, number))
    named = sorted(found, key=lambda one: (-one[1], one[0]))
    return [Driver(" + ".join(words_), number, number / tickets) for words_, number in named]
