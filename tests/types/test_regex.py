"""The linear-time engine: agrees with Python's on what both know, and never hangs."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.regex import is_tame, matches, regex_problem

atoms = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", r"\W", r"\bb", "^", "$", "1"])
patterns = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("|".join),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "*?", "{0,2}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map("({})".format),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=500)
@given(patterns, st.text("ab1 \n", max_size=6))
def test_agrees_with_re(pattern: str, text: str) -> None:
    oracle = pattern.replace("$", r"\Z")  # Python's `$` also stands before a last newline
    assert matches(pattern, text) == bool(re.search(oracle, text, re.ASCII))


@pytest.mark.parametrize("pattern", [r"(a)\1", "(?=a)", "(?i)a", "a{5000}", "(" * 5_000, "("])
def test_what_is_not_decided(pattern: str) -> None:
    assert matches(pattern, "aa") is None


@pytest.mark.parametrize("pattern", ["(a+)+$", "^(a|a)*$", "(a*)*b", "a*a*a*a*a*a*b"])
def test_patterns_that_make_others_hang(pattern: str) -> None:
    before = time.process_time()
    assert matches(pattern, "a" * 5_000 + "!") is False
    assert time.process_time() - before < 5
    assert not is_tame(pattern)


def test_too_much_work_is_not_begun() -> None:
    assert matches("a{1000}", "a" * 1_000_000) is None


def test_problems() -> None:
    assert regex_problem("^a+$") == ""
    assert regex_problem("(a") == "not a regular expression: missing ), unterminated subpattern"
    assert regex_problem("(" * 10_000).startswith("not a regular expression")
    assert regex_problem("a{99999999999999999999}").startswith("not a regular expression")
