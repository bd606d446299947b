"""Applying fixes: whole, compatible, repeated, and never to a text's harm."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.diagnostics import Diagnostic, Edit, Fix, Safety, Severity
from flow_core.fixing import MOST_PASSES, compatible, fix_all
from flow_core.places import Span

FILE = "/a.flow.yaml"


def fix(*edits: tuple[int, int, str], safety: Safety = "safe", file: str = FILE) -> Fix:
    return Fix("mend", tuple(Edit(file, Span(a, b), text) for a, b, text in edits), safety)


def found(mend: Fix) -> Diagnostic:
    return Diagnostic(FILE, Span(0, 1), "FL001", "a", Severity.ERROR, "look", fix=mend)


def replacing(old: str, new: str, safety: Safety = "safe") -> "Checker":
    """A checker that finds each ``old`` and would make it ``new``."""

    def check(texts: dict[str, str]) -> Iterator[Diagnostic]:
        for file, text in texts.items():
            at = text.find(old)
            while at >= 0:
                yield found(fix((at, at + len(old), new), safety=safety, file=file))
                at = text.find(old, at + 1)

    return check


Checker = type(replacing)


def test_all_fixes_are_applied() -> None:
    texts = {FILE: "a: x\nb: x\n", "/b.flow.yaml": "c: x\n"}
    assert fix_all(texts, replacing("x", "y"), ["safe"]) == 3
    assert texts == {FILE: "a: y\nb: y\n", "/b.flow.yaml": "c: y\n"}


def test_fixes_repeat_until_nothing_is_found() -> None:
    texts = {FILE: "a: xxxx\n"}
    assert fix_all(texts, replacing("xx", "x"), ["safe"]) == 3
    assert texts == {FILE: "a: x\n"}


def test_fixes_that_never_end_are_stopped() -> None:
    texts = {FILE: "a: x\n"}
    assert fix_all(texts, replacing("x", "xx"), ["safe"]) >= MOST_PASSES
    assert texts[FILE].startswith("a: xx")


def test_only_allowed_fixes_are_applied() -> None:
    texts = {FILE: "a: x\n"}
    assert fix_all(texts, replacing("x", "y", "unsafe"), ["safe"]) == 0
    assert fix_all(texts, replacing("x", "y", "unsafe"), ["safe", "unsafe"]) == 1
    assert texts == {FILE: "a: y\n"}


def test_a_fix_that_reaches_into_another_file_is_not_applied() -> None:
    texts = {FILE: "a: x\n"}
    outside = fix((0, 1, "b"), file="/other.flow.yaml")
    assert fix_all(texts, lambda _: [found(outside)], ["safe"]) == 0
    assert texts == {FILE: "a: x\n"}


def test_a_fix_that_breaks_the_text_is_left_out_and_the_others_applied() -> None:
    def check(texts: dict[str, str]) -> Iterator[Diagnostic]:
        yield found(fix((3, 4, "[")))
        if texts[FILE].endswith("x\n"):
            yield found(fix((8, 9, "y")))

    texts = {FILE: "a: x\nb: x\n"}
    assert fix_all(texts, check, ["safe"]) == 1
    assert texts == {FILE: "a: x\nb: y\n"}


@pytest.mark.parametrize(
    ("fixes", "chosen"),
    [
        ([fix((0, 1, "a")), fix((2, 3, "b"))], [0, 1]),
        ([fix((0, 2, "a")), fix((1, 3, "b"))], [0]),
        ([fix((0, 1, "a")), fix((1, 2, "b"))], [0]),
        ([fix((0, 0, "a")), fix((0, 0, "a"))], [0]),
        ([fix((4, 5, "a")), fix((0, 1, "b"), (4, 5, "c")), fix((0, 1, "d"))], [0, 2]),
        ([fix((0, 9, "a")), fix((3, 4, "b"))], [0]),
        ([fix((3, 4, "b")), fix((0, 9, "a"))], [0]),
        ([fix((0, 1, "a")), fix((0, 1, "b"), file="/b")], [0, 1]),
        ([fix()], []),
    ],
)
def test_which_fixes_go_together(fixes: list[Fix], chosen: list[int]) -> None:
    assert compatible(fixes) == [fixes[number] for number in chosen]


spans = st.tuples(st.integers(0, 20), st.integers(0, 5)).map(lambda pair: (pair[0], sum(pair), "x"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(spans, max_size=3)))
def test_chosen_edits_of_different_fixes_never_touch(
    edits: list[list[tuple[int, int, str]]],
) -> None:
    chosen = compatible([fix(*each) for each in edits])
    covered = [
        {at for edit in mend.edits for at in range(edit.span.start, edit.span.end + 1)}
        for mend in chosen
    ]
    assert sum(map(len, covered)) == len(set().union(*covered))
