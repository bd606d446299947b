"""Did you mean …? The candidate that a misspelt word most likely stands for."""

import re
from collections.abc import Iterable

_MAX_LENGTH = 64
_MIN_LENGTH = 2
_BEGINNING = 4
_SEPARATORS = re.compile(r"[\s_.\-]+")


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate within an edit distance of a third of its length, or None.

    Case and separators do not count; swapping two neighbours is one edit. Of equally close ones
    the first in alphabetical order is taken, so the answer does not depend on the order given.

    >>> closest("timout", ["timeout", "retry"]), closest("dependsOn", ["depends_on"])
    ('timeout', 'depends_on')
    >>> closest("payload", ["timeout", "retry"]) is None
    True
    """
    best: tuple[int, str] | None = None
    plain = _plain(word)
    if not plain or len(plain) > _MAX_LENGTH:
        return None
    for candidate in candidates:
        other = _plain(candidate)
        limit = _allowed(plain, other) if best is None else best[0]
        if len(other) > _MAX_LENGTH or abs(len(plain) - len(other)) > limit:
            continue
        distance = _distance(plain, other)
        if distance <= limit and (best is None or (distance, candidate) < best):
            best = (distance, candidate)
    return best[1] if best else None


def alike(word: str, candidates: Iterable[str]) -> str | None:
    """The closest candidate, or the only one that begins like the word; for words of a closed set.

    >>> alike("expo", ["fixed", "exponential"]), alike("success", ["succeeded", "skipped"])
    ('exponential', 'succeeded')
    """
    words = tuple(candidates)
    beginning = _plain(word)[:_BEGINNING]
    similar = [other for other in words if _plain(other).startswith(beginning)]
    is_clear = len(beginning) == _BEGINNING and len(similar) == 1
    return closest(word, words) or (similar[0] if is_clear else None)


def _plain(word: str) -> str:
    return _SEPARATORS.sub("", word).casefold()


def _allowed(word: str, other: str) -> int:
    """How many edits are credible: a third of the longer word; none in words of one letter."""
    longer = max(len(word), len(other))
    return 0 if longer < _MIN_LENGTH else max(1, longer // 3)


def _distance(left: str, right: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(right) + 1))
    for i, a in enumerate(left):
        row = [i + 1]
        for j, b in enumerate(right):
            cost = min(above[j + 1] + 1, row[j] + 1, above[j] + (a != b))
            if i and j and a == right[j - 1] and b == left[i - 1]:
                cost = min(cost, before[j - 1] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
