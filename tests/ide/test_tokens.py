"""Semantic tokens: what each word is, and what holds of all texts."""

from collections.abc import Iterable

import pytest
from example_texts import Text, name_of, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.ide.tokens import PieceTokens, Token, tokens, tokens_between
from flow_core.ide.tokens.legend import MODIFIERS, TYPES
from flow_core.language.keys import FileKind
from flow_core.syntax import Cache, Document, parse

TEXTS = texts()


def words(text: str, kind: FileKind = "pipeline", syntax: str = "yaml") -> list[str]:
    """The tokens of a text as `word type modifier…`."""
    document = parse(text, "json" if syntax == "json" else "yaml")
    lines = text.split("\n")
    return [
        " ".join((lines[line][token.column :][: token.length], *said(token)))
        for line, token in numbered(tokens(document, kind))
    ]


def said(token: Token) -> list[str]:
    flags = [name for index, name in enumerate(MODIFIERS) if token.modifiers >> index & 1]
    return [TYPES[token.type], *flags]


def numbered(found: Iterable[PieceTokens]) -> list[tuple[int, Token]]:
    """Tokens with the numbers of their lines."""
    return [(each.line + token.line, token) for each in found for token in each.tokens]


# A text, and the tokens that are of interest in it.
CASES = [
    pytest.param(
        "steps:\n  pay: {uses: std.log, timeout: 30s}",
        [
            "steps keyword",
            "pay class declaration",
            "uses keyword",
            "std namespace defaultLibrary",
            "log function defaultLibrary",
            "timeout keyword",
            "30s number",
        ],
        id="a step",
    ),
    pytest.param(
        "steps:\n  pay: {uses: shop.pay@^2.1}",
        ["shop namespace", "pay function", "@ operator", "^2.1 number"],
        id="a component with a version",
    ),
    pytest.param("steps:\n  a: {uses: ./b.flow.yaml}", ["./b.flow.yaml string"], id="a path"),
    pytest.param(
        "imports:\n  s: python:shop.steps",
        ["s namespace declaration", "python keyword", ": operator", "shop.steps namespace"],
        id="an import of Python",
    ),
    pytest.param(
        "inputs: {order: 'list<shop.Order>?'}",
        [
            "order parameter declaration",
            "list type defaultLibrary",
            "< operator",
            "shop namespace",
            "Order type",
            "> operator",
            "? operator",
        ],
        id="a type in shorthand",
    ),
    pytest.param(
        'inputs: {order: {type: [string, "null"]}}',
        ["type keyword", "string type defaultLibrary", "null type defaultLibrary"],
        id="a type as JSON Schema",
    ),
    pytest.param(
        "types:\n  Order: {fields: {id: string}}",
        ["Order type declaration", "fields keyword", "id property", "string type defaultLibrary"],
        id="the declaration of a type",
    ),
    pytest.param(
        "components:\n  a: {deprecated: use b, run: {python: 'm.n:f'}}",
        ["a function declaration deprecated", "m.n namespace", ": operator", "f function"],
        id="a deprecated component",
    ),
    pytest.param(
        'schedule: [{cron: "0 6 * * MON-5"}]',
        ["0 number", "6 number", "* operator", "MON enumMember", "- operator", "5 number"],
        id="a schedule",
    ),
    pytest.param(
        "steps:\n  a: {retry: {backoff: linear, errors: [Busy]}, repeat: {collect: true}}",
        ["linear enumMember", "Busy event", "true enumMember"],
        id="words, errors and constants",
    ),
    pytest.param(
        "steps:\n  a: {depends_on: [b]}\n  c: {depends_on: {d: settled}, set: {log: 1}}",
        ["b class", "d class", "settled enumMember", "log variable modification"],
        id="names of steps and channels",
    ),
    pytest.param(
        "secrets: [KEY]\nstate: {log: {type: string}}",
        ["KEY variable declaration readonly", "log variable declaration"],
        id="secrets and channels",
    ),
    pytest.param(
        "outputs: {a: {value: 1, type: string}, b: {type: string, more: 1}}",
        ["value keyword", "type keyword", "type property", "more property"],
        id="a typed output, and data that looks like one",
    ),
    pytest.param("# why\nflow: 1", ["# why comment", "flow keyword", "1 number"], id="a comment"),
    pytest.param(
        "description: |  # why\n  two\n\n    lines",
        ["| operator", "# why comment", "two string", "lines string"],
        id="a text over several lines",
    ),
    pytest.param(
        "x: &a 1\ny: *a\nz: {<<: {b: 1}}",
        ["&a variable declaration", "*a variable", "<< operator"],
        id="anchors and aliases",
    ),
    pytest.param("steps:\n  hal", ["hal class declaration"], id="a step that is still typed"),
]

EXPRESSIONS = [
    (
        "steps.a.outputs.b == inputs.c",
        ["a class", "outputs property", "b property", "== operator", "c parameter"],
    ),
    ("state.log + secrets.KEY", ["log variable", "+ operator", "KEY variable readonly"]),
    (
        "inputs.l.map(x, x.id)",
        ["map macro defaultLibrary", "x parameter declaration", "x parameter"],
    ),
    ("x.map(x, x)[x]", ["x variable", "x parameter declaration", "x parameter", "x variable"]),
    ("has(inputs.a) && size('b') > 1.5", ["has macro defaultLibrary", "&& operator"]),
    ("size('b') > 1.5", ["size function defaultLibrary", "'b' string", "> operator", "1.5 number"]),
    ("'a'.size() in [null, true]", ["size method defaultLibrary", "in keyword", "null enumMember"]),
    ("strings.quote(item)", ["strings namespace defaultLibrary", "quote function defaultLibrary"]),
    ("unheard(a.of())", ["unheard function", "a variable", "of method"]),
    ("a ? b : -1", ["? operator", "b variable", ": operator", "- operator", "1 number"]),
    ("steps.", ["steps variable"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert in_order(expected, words(text))


@pytest.mark.parametrize(("source", "expected"), EXPRESSIONS)
@pytest.mark.parametrize(
    "form", ["${{{{ {} }}}}", '"a\\n${{{{ {} }}}} é"', ">-\n    a\n\n    ${{{{ {} }}}}"]
)
def test_words_of_an_expression(source: str, expected: list[str], form: str) -> None:
    found = words(f"steps:\n  s:\n   when: {form.format(source)}")
    opening, closing = found.index("${{ operator"), found.index("}} operator")
    assert in_order(expected, found[opening + 1 : closing])


def test_words_of_a_scenario() -> None:
    text = "scenarios:\n  it works: {mocks: {a: {fail: Busy}}, expect: {ran: [a], cost: '< 0.4'}}"
    expected = ["it works string", "a class", "Busy event", "a class", "< operator", "0.4 number"]
    assert in_order(expected, words(text, "scenario"))


def test_json_is_told_apart_as_yaml_is() -> None:
    text = '{"steps": {"a": {"uses": "std.log", "when": "${{ inputs[\\"a\\"] }}"}}}'
    assert words(text, syntax="json") == [
        '"steps" keyword',
        '"a" class declaration',
        '"uses" keyword',
        '" string',
        "std namespace defaultLibrary",
        "log function defaultLibrary",
        '" string',
        '"when" keyword',
        '" string',
        "${{ operator",
        "inputs variable",
        '\\"a\\" string',
        "}} operator",
        '" string',
    ]


def in_order(wanted: list[str], found: list[str]) -> bool:
    """Whether some words come in this order, perhaps with others between them."""
    rest = iter(found)
    missing = [word for word in wanted if word not in rest]
    assert not missing, f"{missing} of {found}"
    return True


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_tokens_are_in_order_apart_and_within_their_lines(text: Text) -> None:
    check(text.document, text.kind)


@given(st.sampled_from(TEXTS), st.floats(0, 1), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_tokens_of_what_is_broken_are_too(text: Text, place: float, removed: int) -> None:
    at = int(place * len(text.text))
    changed = text.text[:at] + text.text[at + removed :]
    check(parse(changed, text.document.kind), text.kind)


def check(document: Document, kind: FileKind) -> None:
    starts = [*document.lines.starts, len(document.text) + 1]
    behind = (0, 0)
    for line, token in numbered(tokens(document, kind)):
        source = document.text[starts[line] : starts[line + 1]].rstrip("\r\n")
        assert (line, token.column) >= behind
        assert 0 < token.length <= len(source) - token.column
        assert not source[token.column].isspace()
        behind = (line, token.column + token.length)


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_tokens_of_lines_are_those_of_the_whole_there(text: Text) -> None:
    document, kind = text.document, text.kind
    every = numbered(tokens(document, kind))
    last = len(document.lines) - 1
    for first, end in [(0, last), (last // 3, last // 2), (last // 2, last // 2), (last, last + 5)]:
        wanted = [(line, token) for line, token in every if first <= line <= end]
        assert numbered(tokens_between(document, kind, first, end)) == wanted


@given(st.floats(0, 1), st.sampled_from(["a", ":", " ", "\n", '"', "${{", ""]))
@settings(max_examples=60, deadline=None)
def test_remembered_tokens_are_those_of_the_text(place: float, piece: str) -> None:
    text = next(text for text in TEXTS if text.name == "order-processing/order.flow.yaml")
    cache = Cache()
    before = parse(text.text, "yaml", cache)
    list(tokens(before, "pipeline"))
    at = int(place * len(text.text))
    changed = text.text[:at] + piece + text.text[at + 1 :]
    found = numbered(tokens(parse(changed, "yaml", cache), "pipeline"))
    assert found == numbered(tokens(parse(changed, "yaml"), "pipeline"))
