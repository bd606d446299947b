"""Valid files, broken in many ways: each is found, at the right line, with a word on its mend.

Some mistakes make another valid file, or can be told from their consequences alone, so a hundredth
may be missed. Each kind of mistake is made a few times; raise `MOST` to make them all.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice

import of_calls
import of_expressions
import of_keys
import of_names
import of_outcomes
import of_text
import of_values
import pytest
from mutant import Mutant, Mutation, Original, findings, is_broken, originals

MOST = 6
"""How many mutants are tried of each kind of mistake."""

KINDS = {
    "text": of_text.MUTATIONS,
    "keys": of_keys.MUTATIONS,
    "values": of_values.MUTATIONS,
    "expressions": of_expressions.MUTATIONS,
    "calls": of_calls.MUTATIONS,
    "names": of_names.MUTATIONS,
    "outcomes": of_outcomes.MUTATIONS,
}


@cache
def _originals() -> list[Original]:
    return [Original(path) for path in originals()]


def _mutants(mutation: Mutation) -> Iterator[tuple[Original, Mutant]]:
    """The mutants of one kind, by turns from each file."""
    left = [(original, mutation(original)) for original in _originals()]
    while left:
        drawn = [(original, mutants, next(mutants, None)) for original, mutants in left]
        left = [(original, mutants) for original, mutants, mutant in drawn if mutant]
        for original, _, mutant in drawn:
            if mutant and is_broken(original, mutant):
                yield original, mutant


def _misses(original: Original, mutant: Mutant) -> str:
    """What is found in place of what is wrong, or "" if that is found."""
    found = findings(original, mutant)
    if any(line in mutant.lines and finding.help for line, finding in found):
        return ""
    wanted = sorted(line + 1 for line in mutant.lines)
    told = [f"{line + 1}: {finding.message}" for line, finding in found]
    return f"{original.path.name}:{wanted}, found {told}"


def test_the_originals_are_clean() -> None:
    assert len(_originals()) > 20
    for original in _originals():
        assert not findings(original, Mutant(original.text, frozenset())), original.path


@pytest.mark.parametrize("kind", KINDS)
def test_breakages_are_found(kind: str) -> None:
    tried = 0
    missed: list[str] = []
    for mutation in KINDS[kind]:
        for original, mutant in islice(_mutants(mutation), MOST):
            tried += 1
            missed += [f"{mutation.__name__}: {m}" for m in [_misses(original, mutant)] if m]
    assert tried > 50
    assert len(missed) <= tried // 100, "\n".join(missed)
