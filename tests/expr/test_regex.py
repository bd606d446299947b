"""Regular expressions: RE2's syntax, Python's answers, linear time."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.expr.regex import RegexError, compile_regex


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("", "", True),
        ("b", "abc", True),
        ("^b", "abc", False),
        ("^a.c$", "abc", True),
        ("a.c", "a\nc", False),
        ("(?s)a.c", "a\nc", True),
        ("^b$", "a\nb\nc", False),
        ("(?m)^b$", "a\nb\nc", True),
        ("(?i)STRASSE", "strasse", True),
        ("(?i:A)b", "aB", False),
        ("[^a-c]", "abc", False),
        ("[]a]", "]", True),
        ("[a-]", "-", True),
        (r"\bfoo\b", "a foo b", True),
        (r"\bfoo\b", "afoob", False),
        (r"\Boo", "foo", True),
        (r"^\d{3}-\d{4}$", "555-1234", True),
        (r"^\w+@\w+\.com$", "me@example.com", True),
        (r"^a{2,3}$", "aaaa", False),
        (r"^a{2,}$", "aaaa", True),
        (r"^a{,2}$", "a{,2}", True),
        (r"^\Qa.b\E$", "a.b", True),
        (r"\p{Lu}", "aÉ", True),
        (r"\pN", "a1", True),
        (r"^\P{L}+$", "123", True),
        (r"\p{Greek}", "\u03b1", True),
        (r"^[[:alpha:]]+$", "abc", True),
        (r"^[[:^alpha:]]+$", "123", True),
        (r"\x41\x{42}\011", "AB\t", True),
        (r"(?P<year>\d+)", "in 1999", True),
        (r"(?<year>\d+)", "in 1999", True),
        ("a|b|", "c", True),
        ("(a*)*b", "aaaac", False),
    ],
)
def test_search(pattern: str, text: str, found: bool) -> None:  # noqa: FBT001 - data
    assert compile_regex(pattern).search(text) is found


@pytest.mark.parametrize(
    "pattern",
    [
        "(", ")", "[", "[a", "[z-a]", "*", "a**", "a*+", "a{2}{3}", "(?=a)", "(?!a)", "(?<=a)",
        "(?<!a)", "(?>a)", r"(a)\1", r"\y", "\\", "a{1001}", "a{3,2}", "[[:foo:]]", r"\p{Nope}",
        r"\x{110000}", r"\xg", "(?z)", "(" * 1000, "(a{1000}){1000}", r"\p{L", "[[:alpha",
        "a" * 10_001,
    ],
)  # fmt: skip
def test_refused(pattern: str) -> None:
    with pytest.raises(RegexError):
        compile_regex(pattern)


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "(a|a)*b", "(.*a){20}$", "^(a?){50}a{50}$", "(x+x+)+y", r"^(\w+\s?)*$"]
)
def test_linear_time(pattern: str) -> None:
    started = time.process_time()
    compile_regex(pattern).search("a" * 2000 + "!")
    assert time.process_time() - started < 5


PATTERNS = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\w", "\\b", "^", "$", "\\d", "1"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"(?:{two[0]}|{two[1]})"),
        st.tuples(inner, st.sampled_from("*+?")).map(lambda two: f"(?:{two[0]}){two[1]}"),
        inner.map(lambda one: f"({one}){{1,2}}"),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=300)
@given(PATTERNS, st.text("ab1 -", max_size=8))
def test_agrees_with_python(pattern: str, text: str) -> None:
    expected = re.search(pattern.replace("$", r"\Z"), text, re.ASCII) is not None
    assert compile_regex(pattern).search(text) is expected


@settings(deadline=None, max_examples=300)
@given(st.text("ab(|)[]*+?{}1,^$\\.pPdQE-:=!<>xiAz", max_size=16), st.text(max_size=5))
def test_never_fails_otherwise(pattern: str, text: str) -> None:
    try:
        regex = compile_regex(pattern)
    except RegexError as error:
        assert str(error)  # noqa: PT017 - either outcome is right
    else:
        assert regex.search(text) in {True, False}
