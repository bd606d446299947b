"""Slices about a word: the nearest parts that hold it, with what those name."""

from flow_core.ide.outline import outline
from flow_core.ide.word_slices import NEAREST, slice_with

HEAD = ["flow: 1\n", "name: x\n", "steps:\n"]


def steps(numbers: range, text: str) -> list[str]:
    return [f"  s{n}: {{uses: std.log, with: {{message: {text}}}}}\n" for n in numbers]


def test_the_nearest_parts_with_the_word_are_taken() -> None:
    lines = [*HEAD, *steps(range(100), "here"), *steps(range(100, 200), "there")]
    found = slice_with(lines, outline(lines), len(HEAD) + 90, "here")
    assert found.text.count("here") == NEAREST
    assert "s90:" in found.text
    assert "s10:" not in found.text
    assert "there" not in found.text


def test_a_part_of_a_word_is_not_enough() -> None:
    lines = [*HEAD, *steps(range(100), "somewhere"), "  last: {depends_on: [s7]}\n"]
    found = slice_with(lines, outline(lines), len(lines) - 1, "s7")
    assert "s7:" in found.text
    assert "s77:" not in found.text


def test_what_the_parts_name_comes_with_them() -> None:
    chain = [f"  s{n}: {{depends_on: [s{n - 1}]}}\n" for n in range(1, 100)]
    lines = [*HEAD, "  s0: {}\n", *chain]
    found = slice_with(lines, outline(lines), len(HEAD) + 50, "s50")
    assert all(f"s{n}:" in found.text for n in (49, 50, 51))


def test_what_can_not_be_split_is_whole() -> None:
    lines = ["x-a: &a\n", "  b: 1\n", *HEAD, *steps(range(50), "here")]
    assert slice_with(lines, outline(lines), 3, "here").text == "".join(lines)
