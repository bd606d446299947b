"""When a text is split at all: not where its parts share what only one of them holds."""

import pytest

from flow_core.ide.outline import outline

SHARED = [
    "x: &a {b: 1}",
    "x: [&a 1, *a]",
    "x: *a",
    "x: {b: *a}",
    "x: {b: *a, c: 1}",
    "- &a b",
    "<<: *a",
    "{<<: {b: 1}}",
    "---",
]
APART = [
    "x: ${{ a && b * c }}",
    "x: a&b",
    "x: '**bold**'",
    "x: 0 6 * * 1",
    "x: https://a.example?b&c",
    "x: a # & *",
]


@pytest.mark.parametrize("line", SHARED)
def test_what_parts_share_keeps_them_together(line: str) -> None:
    assert outline(["a: 1\n", f"{line}\n", "c: 1\n"]).whole


@pytest.mark.parametrize("line", APART)
def test_what_only_looks_like_it_does_not(line: str) -> None:
    assert not outline(["a: 1\n", f"{line}\n", "c: 1\n"]).whole
