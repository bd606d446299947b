"""Broken texts: the kind of each problem, where it is, and what is understood all the same."""

import time
from typing import Any

import pytest

from flow_core.reading import MAX_SIZE
from flow_core.syntax import data, parse
from flow_core.syntax.patch import apply_edits

# the language, a text with «» around the problem, its kind, the data, the mended text
CASES: list[tuple[str, str, str, Any, str | None]] = [
    ("yaml", "a: 1\n«a»: 2\n", "duplicate-key", {"a": 1}, None),
    ("yaml", "steps:\n  a: 1\n  «a»: 2\n", "duplicate-key", {"steps": {"a": 1}}, None),
    ("yaml", "«1»: x\n", "key-not-string", {"1": "x"}, '"1": x\n'),
    ("yaml", "a: {«null»: x}\n", "key-not-string", {"a": {"null": "x"}}, 'a: {"null": x}\n'),
    ("yaml", "? «[a]»\n: b\n", "complex-key", {}, None),
    ("yaml", "a: {A: no, «sorry»}\n", "invented-key", {"a": {"A": "no", "sorry": None}}, None),
    ("yaml", "a: {<<: «5», b: 1}\n", "bad-merge", {"a": {"b": 1}}, None),
    ("yaml", "a: «!mine» b\n", "custom-tag", {"a": "b"}, None),
    ("yaml", "a: !!int «b»\n", "tag-mismatch", {"a": "b"}, None),
    ("yaml", "a: «*b»\n", "undefined-alias", {"a": None}, None),
    ("yaml", "a: &b [«*b»]\n", "alias-cycle", {"a": [None]}, None),
    ("yaml", "a: 1\n«---»\nb: 2\n", "several-documents", {"a": 1}, None),
    ("yaml", "«%YAML 1.1»\n---\na: 1\n", "bad-directive", {"a": 1}, None),
    ("yaml", "«%FOO»\n---\na: 1\n", "bad-directive", {"a": 1}, None),
    ("yaml", "a: b«\x01»\n", "invalid-character", {"a": "b\ufffd"}, "a: b\n"),
    ("yaml", "«»", "empty-file", None, None),
    ("yaml", "«#» only a comment\n", "empty-file", None, None),
    (
        "yaml",
        "a:\n«\t»b: 2\nc: 1\n",
        "tab-indentation",
        {"a": {"b": 2}, "c": 1},
        "a:\n  b: 2\nc: 1\n",
    ),
    ("yaml", "a: 1\n«c»\nb: 2\n", "missing-colon", {"a": 1, "c": None, "b": 2}, None),
    (
        "yaml",
        "a: 1\n  «b: 2»\nc: 3\n",
        "bad-indentation",
        {"a": 1, "b": 2, "c": 3},
        "a: 1\nb: 2\nc: 3\n",
    ),
    (
        "yaml",
        "a:\n   «b: 1»\n  c: {d: 2}\n  e: 3\n",
        "bad-indentation",
        {"a": {"b": 1, "c": {"d": 2}, "e": 3}},
        "a:\n  b: 1\n  c: {d: 2}\n  e: 3\n",
    ),
    (
        "yaml",
        "a:\n «b: &x»\n    c: 1\n  d: *x\n",
        "bad-indentation",
        {"a": {"b": {"c": 1}, "d": {"c": 1}}},
        "a:\n  b: &x\n    c: 1\n  d: *x\n",
    ),
    (
        "yaml",
        "a:\n  - b: 1\n    c: 2\n   «- b: 3»\n    c: 4\n",
        "bad-indentation",
        {"a": [{"b": 1, "c": 2}, {"b": 3, "c": 4}]},
        "a:\n  - b: 1\n    c: 2\n  - b: 3\n    c: 4\n",
    ),
    (
        "yaml",
        "a: {b: 1,\n«c: 2}»\n",
        "bad-indentation",
        {"a": {"b": 1, "c": 2}},
        "a: {b: 1,\n  c: 2}\n",
    ),
    ("yaml", 'a: "b\n«c"»\n', "bad-indentation", {"a": "b c"}, 'a: "b\n  c"\n'),
    ("yaml", 'a:\n  - "b\n«\tc"»\n', "bad-indentation", {"a": ["b c"]}, 'a:\n  - "b\n    \tc"\n'),
    ("yaml", "a: >\n   \n« »# b\n", "bad-indentation", {"a": ""}, None),
    ("yaml", 'a: "b"«# c»\n', "syntax-error", {"a": "b"}, 'a: "b" # c\n'),
    ("yaml", "a: [b]«# c»\n", "syntax-error", {"a": ["b"]}, "a: [b] # c\n"),
    ("yaml", "a: |«# c»\n  b\n", "syntax-error", {"a": "b\n"}, "a: | # c\n  b\n"),
    ("yaml", "a: [«-», b]\n", "syntax-error", {"a": ["-", "b"]}, 'a: ["-", b]\n'),
    ("yaml", "--- «a»: b\n", "syntax-error", {"a": "b"}, None),
    (
        "json",
        '{\n  "a": «{»"b": 1,\n  "c": 2\n}\n',
        "unclosed-bracket",
        {"a": {"b": 1}, "c": 2},
        None,
    ),
    (
        "json",
        '{\n  "a": [\n    «{»"b": 1\n  ],\n  "c": 2\n}\n',
        "unclosed-bracket",
        {"a": [{"b": 1}], "c": 2},
        None,
    ),
    ("yaml", "a: 1\n«...» b\n", "several-documents", {"a": 1}, None),
    ("yaml", "%YAML 1.2\n«%YAML 1.2»\n---\na: 1\n", "bad-directive", {"a": 1}, None),
    ("yaml", "«:» a\nb: 1\n", "key-not-string", {"b": 1}, None),
    ("yaml", 'a: «"b»\nc: 1\n', "unclosed-quote", {"a": "b", "c": 1}, None),
    ("yaml", "a: «[»1, 2\nc: 1\n", "unclosed-bracket", {"a": [1, 2], "c": 1}, None),
    ("yaml", 'a: "x «\\d»"\n', "bad-escape", {"a": "x \\d"}, 'a: "x \\\\d"\n'),
    ("yaml", 'a: "x"« y»\n', "text-after-quote", {"a": 'x" y'}, "a: '\"x\" y'\n"),
    ("yaml", "a: «- b»\n", "inline-list", {"a": "- b"}, None),
    (
        "yaml",
        "a: {b: «${{ c }}», d: 1}\n",
        "flow-expression",
        {"a": {"b": "${{ c }}", "d": 1}},
        'a: {b: "${{ c }}", d: 1}\n',
    ),
    ("yaml", "a: [«${{ c }}»]\n", "flow-expression", {"a": ["${{ c }}"]}, 'a: ["${{ c }}"]\n'),
    (
        "yaml",
        "a: ${{ b ? 1 «:» 2 }}\n",
        "colon-in-value",
        {"a": "${{ b ? 1 : 2 }}"},
        'a: "${{ b ? 1 : 2 }}"\n',
    ),
    ("yaml", "a: «!${{ b }}»\n", "leading-indicator", {"a": "!${{ b }}"}, 'a: "!${{ b }}"\n'),
    ("yaml", "a: «> 6m»\nb: 1\n", "leading-indicator", {"a": "> 6m", "b": 1}, 'a: "> 6m"\nb: 1\n'),
    ("yaml", "a: «*/5 * * * *»\n", "leading-indicator", {"a": "*/5 * * * *"}, 'a: "*/5 * * * *"\n'),
    ("yaml", "a: «@daily»  # why\n", "leading-indicator", {"a": "@daily"}, 'a: "@daily"  # why\n'),
    ("yaml", "a: «%d»\n", "leading-indicator", {"a": "%d"}, 'a: "%d"\n'),
    ("yaml", "a: «`b`»\n", "leading-indicator", {"a": "`b`"}, 'a: "`b`"\n'),
    ("yaml", "a: «| b»\n", "leading-indicator", {"a": "| b"}, 'a: "| b"\n'),
    (
        "yaml",
        "a: «${{ b == '» #1' }}\n",
        "comment-cuts-expression",
        {"a": "${{ b == '"},
        "a: \"${{ b == ' #1' }}\"\n",
    ),
    ("json", '{"a": 1, «"a"»: 2}', "duplicate-key", {"a": 1}, None),
    ("json", '{"a": [1«,»]}', "trailing-comma", {"a": [1]}, '{"a": [1]}'),
    ("json", '{"a": 1 «// b»\n}', "json-comment", {"a": 1}, '{"a": 1 \n}'),
    ("json", "{\"a\": «'b'»}", "single-quotes", {"a": "b"}, '{"a": "b"}'),
    ("json", "{«a»: 1}", "bare-word", {"a": 1}, '{"a": 1}'),
    ("json", '{"a": «True»}', "bare-word", {"a": "True"}, '{"a": true}'),
    ("json", '{"a": «NaN»}', "bare-word", {"a": "NaN"}, '{"a": "NaN"}'),
    ("json", '{"a": «01»}', "bare-word", {"a": "01"}, '{"a": "01"}'),
    ("json", '{"a": 1 «"»b": 2}', "missing-comma", {"a": 1, "b": 2}, '{"a": 1, "b": 2}'),
    ("json", '{«"a"» 1}', "missing-colon", {"a": 1}, None),
    ("json", '{"a"«:»}', "missing-value", {"a": None}, None),
    ("json", '{"a": «"b»\n}', "unclosed-quote", {"a": "b"}, None),
    ("json", '{"a": «[»1}', "unclosed-bracket", {"a": [1]}, None),
    (
        "json",
        '{\n  "a": «{»\n  "b": 1,\n  "c": {"d": 2}\n}\n',
        "unclosed-bracket",
        {"a": {}, "b": 1, "c": {"d": 2}},
        None,
    ),
    (
        "json",
        '{\n  "a": {\n    «}»\n    "b": 1\n  },\n  "c": 2\n}\n',
        "stray-character",
        {"a": {"b": 1}, "c": 2},
        None,
    ),
    ("json", '{"a": 1, «[», "b": 2}', "stray-character", {"a": 1, "": None, "b": 2}, None),
    ("json", "{} «x»", "trailing-text", {}, None),
    ("json", '{"a": "«\\q»"}', "bad-escape", {"a": "q"}, None),
    ("json", '{"a": "«\\ud800»"}', "lone-surrogate", {"a": "\ufffd"}, None),
    ("json", '{"a": "«\t»"}', "invalid-character", {"a": "\t"}, None),
    ("json", '{"a": 1}«}»', "trailing-text", {"a": 1}, None),
    ("json", "«»", "empty-file", None, None),
]


@pytest.mark.parametrize(("kind", "marked", "problem", "expected", "mended"), CASES)
def test_a_problem(kind: Any, marked: str, problem: str, expected: Any, mended: str | None) -> None:
    text = marked.replace("«", "").replace("»", "")
    document = parse(text, kind)
    (found,) = document.problems
    assert found.kind == problem
    assert (
        marked
        == text[: found.span.start]
        + "«"
        + text[found.span.start : found.span.end]
        + "»"
        + text[found.span.end :]
    )
    assert found.help
    assert data(document.root) == expected
    if mended is not None:
        assert found.fix is not None
        assert apply_edits(text, found.fix.edits) == mended
        assert not parse(mended, kind).problems


def test_a_half_typed_step_leaves_the_others_alone() -> None:
    text = (
        'steps:\n  a:\n    uses: x\n  b:\n    uses\n    with: {k: "v}\n  cha\n  c:\n    uses: z\n'
    )
    document = parse(text, "yaml")
    assert [problem.kind for problem in document.problems] == [
        "missing-colon",
        "unclosed-quote",
        "missing-colon",
    ]
    assert data(document.get(("steps", "c"))) == {"uses": "z"}
    assert data(document.get(("steps", "b", "uses"))) is None
    assert document.get(("steps", "cha")) is not None


BOMB = "a0: &a0 [1]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("yaml", BOMB, "expansion-bomb"),
        ("yaml", "[" * 10_000, "too-deep"),
        ("yaml", "- " * 10_000, "too-deep"),
        ("yaml", "a: " + "{a: " * 10_000, "too-deep"),
        ("yaml", "\n".join(" " * n + "a:" for n in range(2_000)), "too-deep"),
        ("json", "[" * 10_000, "too-deep"),
        ("json", '{"a":' * 10_000, "too-deep"),
        ("json", "[" + "}" * 100_000, "unclosed-bracket"),
    ],
)
def test_hostile_texts_are_answered_quickly(kind: Any, text: str, problem: str) -> None:
    start = time.process_time()
    document = parse(text, kind)
    data(document.root)
    assert problem in {found.kind for found in document.problems}
    assert time.process_time() - start < 2


def test_a_text_beyond_the_limit_is_not_read() -> None:
    (problem,) = parse("x" * (MAX_SIZE + 1), "yaml").problems
    assert problem.kind == "too-large"
