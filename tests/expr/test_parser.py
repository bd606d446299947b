"""The parser: what it builds, what it says is wrong, and that nothing makes it fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.expr import ast
from flow_core.expr.ast import children, walk
from flow_core.expr.cursor import MAX_DEPTH
from flow_core.expr.parser import parse

PIECES = [
    *"abx01 .,:?()[]{}+-*/%!<>='\"`\\\n\t&|$#@é\U0001f600",
    "&&", "||", "==", "!=", "<=", ">=", "in", " in ", "true", "null", "has(", ".map(", ".all(x, ",
    "steps.", "r'", "b'", "'''", '"""', "\\u00", "//", "1u", "0x", "9223372036854775808", "1e400",
    "not ", " and ", "{a:", "?.", "[?", "coalesce(", ".x", "-",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=40)


def outline(node: ast.Ast) -> str:  # noqa: C901, PLR0912 - one case for each kind of node
    """A tree as an S-expression."""
    match node:
        case ast.Hole():
            return "_"
        case ast.Literal():
            return repr(node.value)
        case ast.Name():
            return f".{node.name}" if node.absolute else node.name
        case ast.Select():
            return f"{outline(node.operand)}.{node.name or '_'}"
        case ast.Index():
            return f"{outline(node.operand)}[{outline(node.index)}]"
        case ast.Call():
            head = (
                node.function if node.target is None else f"{outline(node.target)}:{node.function}"
            )
            return f"{head}({', '.join(map(outline, node.arguments))})"
        case ast.Has():
            return f"has({outline(node.field)})"
        case ast.Macro():
            names = " ".join(variable.name for variable in node.variables)
            inner = ", ".join(map(outline, node.arguments))
            return f"{outline(node.target)}:{node.name}({names} -> {inner})"
        case ast.Unary():
            return f"({node.operator} {outline(node.operand)})"
        case ast.Binary():
            return f"({outline(node.left)} {node.operator} {outline(node.right)})"
        case ast.Ternary():
            parts = (node.condition, node.then, node.otherwise)
            return "({} ? {} : {})".format(*map(outline, parts))
        case ast.ListLiteral():
            return f"[{', '.join(map(outline, node.items))}]"
        case ast.MapLiteral():
            entries = (f"{outline(key)}: {outline(value)}" for key, value in node.entries)
            return f"{{{', '.join(entries)}}}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"),
        ("a || b && c || d", "((a || (b && c)) || d)"),
        ("a < b == c", "((a < b) == c)"),
        ("a ? b : c ? d : e", "(a ? b : (c ? d : e))"),
        ("a in [1, 2,]", "(a in [1, 2])"),
        ("!a.b", "(! a.b)"),
        ("--1", "(- -1)"),
        ("-a.b", "(- a.b)"),
        ("-1.5.x", "-1.5.x"),
        ("(a)", "a"),
        (".a.b", ".a.b"),
        ("a.`b-c`[0]['d']", "a.b-c[0]['d']"),
        ("f(a, b.g(1))", "f(a, b:g(1))"),
        ("has(a.b)", "has(a.b)"),
        ("x.map(y, y + 1)", "x:map(y -> (y + 1))"),
        ("x.map(y, y > 1, y)", "x:map(y -> (y > 1), y)"),
        ("x.all(i, v, i < v)", "x:all(i v -> (i < v))"),
        ("m.transformMap(k, v, v > 1, v)", "m:transformMap(k v -> (v > 1), v)"),
        ("{'a': 1, b: 2,}", "{'a': 1, b: 2}"),
        ("a // comment\n + b", "(a + b)"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("0xFF", "255"),
        (".5 + 1e3 + 1.5E-2", "((0.5 + 1000.0) + 0.015)"),
        ("'a\\n\\x41\\u00e9\\U0001F600\\101'", repr("a\nAé\U0001f600A")),
        ("r'\\d' + R\"\\n\"", r"('\\d' + '\\n')"),
        ("b'\\xff\\101\u00e9'", repr(b"\xffA\xc3\xa9")),
        ("rb'\\x' + br'a'", r"(b'\\x' + b'a')"),
        ("'''a'b\nc'''", repr("a'b\nc")),
        ('"""a"b"""', repr('a"b')),
        ("''", "''"),
    ],
)
def test_trees(source: str, expected: str) -> None:
    parsed = parse(source)
    assert not parsed.problems
    assert outline(parsed.tree) == expected


@pytest.mark.parametrize(
    ("source", "tree", "kind", "marked"),
    [
        ("steps.a.", "steps.a._", "missing-name", "."),
        ("steps.a. == 1", "(steps.a._ == 1)", "missing-name", "."),
        ("f(a., b)", "f(a._, b)", "missing-name", "."),
        ("xs.map(x, x.)", "xs:map(x -> x._)", "missing-name", "."),
        ("a +", "(a + _)", "missing-expression", ""),
        ("f(1,)", "f(1, _)", "missing-expression", ")"),
        ("a ? b", "(a ? b : _)", "missing-expression", ""),
        ("{'a'}", "{'a': _}", "missing-expression", "}"),
        ("", "_", "empty-expression", ""),
        ("  ", "_", "empty-expression", "  "),
        ("(a", "a", "unclosed-bracket", "("),
        ("[a, b", "[a, b]", "unclosed-bracket", "["),
        ("a b", "a", "unexpected-token", "b"),
        ("a and b", "a", "unexpected-token", "and"),
        ("not a", "not", "unexpected-token", "not"),
        ("[a b]", "[a, b]", "unexpected-token", "b"),
        ("a)", "a", "unexpected-token", ")"),
        ("a = b", "a", "unexpected-character", "="),
        ("a === b", "a", "unexpected-character", "==="),
        ("a ?? b", "a", "unexpected-character", "??"),
        ("a & b", "a", "unexpected-character", "&"),
        ("'abc", "'abc'", "unclosed-string", "'abc"),
        ("'''abc'", '"abc\'"', "unclosed-string", "'''abc'"),
        ("'a\\qb'", r"'a\\qb'", "bad-escape", "\\q"),
        ("'\\ud800'", r"'\\ud800'", "bad-escape", "\\ud800"),
        ("b'\\u0041'", r"b''", "bad-escape", "\\u0041"),
        ("1u", "0", "unsigned-number", "1u"),
        ("0x1U", "0", "unsigned-number", "0x1U"),
        ("30s", "0", "bad-number", "30s"),
        ("9223372036854775808", "0", "bad-number", "9223372036854775808"),
        ("1e999", "0.0", "bad-number", "1e999"),
        ("if", "if", "reserved-word", "if"),
        ("a.in", "a.in", "reserved-word", "in"),
        ("a.?b", "a.b", "unsupported-syntax", "?"),
        ("a[?b]", "a[b]", "unsupported-syntax", "?"),
        ("a.B{c: 1}", "_", "unsupported-syntax", "a.B{"),
        ("x.map(1, 2)", "x:map( -> 2)", "bad-macro", "1"),
        ("has(a)", "has(a)", "bad-macro", "a"),
    ],
)
def test_problems_and_holes(source: str, tree: str, kind: str, marked: str) -> None:
    parsed = parse(source)
    problem = parsed.problems[0]
    assert (problem.kind, source[problem.start : problem.end]) == (kind, marked)
    assert outline(parsed.tree) == tree


def test_suggestions_mend() -> None:
    for source in ("a and b", "a & b", "1u", "5m", "a === b"):
        problem = parse(source).problems[0]
        assert problem.suggestion is not None
        mended = source[: problem.start] + problem.suggestion + source[problem.end :]
        assert not parse(mended).problems, mended


@pytest.mark.parametrize("piece", ["(", "[", "{", "!", "-", "a?b:", "1+", "a.b(", "[[", "{1:"])
def test_nesting_is_bounded(piece: str) -> None:
    parsed = parse(piece * 20_000)
    assert any(problem.kind == "too-deep" for problem in parsed.problems)
    assert len(parsed.problems) <= 20


@pytest.mark.parametrize("piece", ["a+", ".a", "[0]", "()", " && a", "?a:", ".f(1)"])
def test_chains_are_bounded(piece: str) -> None:
    tree = parse("a" + piece * 20_000).tree
    assert height(tree) <= MAX_DEPTH


@pytest.mark.parametrize(
    "piece", ["'", '"', "'''", "\\", "/", "r'", "`", "9", "é", "//", "0x", "?"]
)
def test_long_texts_of_one_kind(piece: str) -> None:
    assert len(parse(piece * 30_000).problems) <= 20


def test_at_least_what_cel_asks_for() -> None:
    for source in (
        "a" + " || a" * 32,
        "a" + " + 1" * 24,
        "(" * 12 + "a" + ")" * 12,
        "a?b:" * 24 + "c",
    ):
        assert not parse(source).problems


def height(tree: ast.Ast) -> int:
    levels, nodes = 0, [tree]
    while nodes:
        levels += 1
        nodes = [child for node in nodes for child in children(node)]
    return levels


@settings(deadline=None, max_examples=400)
@given(SOURCES)
def test_never_raises_and_ranges_nest(source: str) -> None:
    parsed = parse(source)
    for problem in parsed.problems:
        assert 0 <= problem.start <= problem.end <= len(source)
        assert problem.message
        assert not problem.message.endswith(".")
    assert 0 <= parsed.tree.start <= parsed.tree.end <= len(source)
    for node in walk(parsed.tree):
        for child in children(node):
            assert node.start <= child.start <= child.end <= node.end


EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "1", "-2.5", "'x'", "null", "true", "b'y'", "a.b", "steps['c']"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "&&", "==", "in", "<", "%"]), inner).map(" ".join),
        st.tuples(inner, inner, inner).map(lambda three: "({} ? {} : {})".format(*three)),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"(!({one})).f({one})"),
        st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]"),
        inner.map(lambda one: f"[{one}].map(x, {one})"),
        inner.map(lambda one: f"{{'k': {one}}}.k[{one}]"),
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=150)
@given(EXPRESSIONS)
def test_slices_parse_to_the_same(source: str) -> None:
    parsed = parse(source)
    assert not parsed.problems
    for node in walk(parsed.tree):
        part = source[node.start : node.end]
        assert outline(parse(part).tree) == outline(node)
