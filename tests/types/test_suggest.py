"""Did you mean: near words are found, far ones are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_core.suggest import closest

KEYS = ["depends_on", "for_each", "timeout", "retry", "uses", "with", "when", "catch", "set", "x"]

NEAR = [
    ("timeuot", "timeout"),
    ("timout", "timeout"),
    ("dependsOn", "depends_on"),
    ("depends-on", "depends_on"),
    ("DEPENDS_ON", "depends_on"),
    ("foreach", "for_each"),
    ("retyr", "retry"),
    ("use", "uses"),
    ("wtih", "with"),
    ("ste", "set"),
]


@pytest.mark.parametrize(("word", "meant"), NEAR)
def test_near(word: str, meant: str) -> None:
    assert closest(word, KEYS) == meant


@pytest.mark.parametrize("word", ["", "_", "y", "if", "payload", "needs_it", "a" * 10_000, "ab"])
def test_far(word: str) -> None:
    assert closest(word, KEYS) is None


def test_order_does_not_matter() -> None:
    assert closest("cat", ["cut", "bat"]) == closest("cat", ["bat", "cut"]) == "bat"


@given(st.text(max_size=70), st.lists(st.text(max_size=70), max_size=5))
def test_the_answer_is_a_candidate(word: str, candidates: list[str]) -> None:
    assert closest(word, candidates) in {None, *candidates}
