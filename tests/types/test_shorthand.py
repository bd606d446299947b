"""Shorthand: what it means, what is wrong with it and where, and that it survives showing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.types import Type, parse_type, show
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    BUILTIN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    ListType,
    MapType,
    Ref,
    UnionType,
)
from flow_core.types.shorthand import parse_shorthand

ORDER = Ref("Order", "a.flow.yaml", lambda: STRING)
RECEIPT = Ref("payments.Receipt", "b.flow.yaml", lambda: STRING)
NAMED: dict[str, Type] = {"Order": ORDER, "payments.Receipt": RECEIPT}

MEANINGS: list[tuple[str, Type]] = [
    *BUILTIN.items(),
    ("Order", ORDER),
    ("payments.Receipt", RECEIPT),
    ("list<string>", ListType(STRING)),
    ("map<Order>", MapType(ORDER)),
    ("string?", UnionType((STRING, NULL))),
    ("null | string", UnionType((STRING, NULL))),
    ("string | integer", UnionType((STRING, INTEGER))),
    ("list<string?>?", UnionType((ListType(UnionType((STRING, NULL))), NULL))),
    ("string | boolean?", UnionType((STRING, BOOLEAN, NULL))),
    ("list<(string | integer)?>", ListType(UnionType((STRING, INTEGER, NULL)))),
    ("  map < list<integer> > ", MapType(ListType(INTEGER))),
    ("string | any", ANY),
    ("integer | number", NUMBER),
    ("string??", UnionType((STRING, NULL))),
]


@pytest.mark.parametrize(("text", "meaning"), MEANINGS)
def test_meaning(text: str, meaning: Type) -> None:
    assert parse_shorthand(text, NAMED.get) == (meaning, [])


FOREIGN = [
    ("str", "string"),
    ("int", "integer"),
    ("float", "number"),
    ("bool", "boolean"),
    ("String", "string"),
    ("array", "list<any>"),
    ("list", "list<any>"),
    ("dict", "map<any>"),
    ("None", "null"),
    ("List[str]", "list<string>"),
    ("list[Order]", "list<Order>"),
    ("string[]", "list<string>"),
    ("string[][]", "list<list<string>>"),
    ("Dict[str, int]", "map<integer>"),
    ("map<string, number>", "map<number>"),
    ("Optional[int]", "integer?"),
    ("Union[str, int]", "string | integer"),
    ("array<string>", "list<string>"),
    ("timestamp", "datetime"),
    ("date-time", "datetime"),
]


@pytest.mark.parametrize(("text", "wanted"), FOREIGN)
def test_foreign_spelling_is_understood_and_mended(text: str, wanted: str) -> None:
    type_, problems = parse_shorthand(text, NAMED.get)
    assert show(type_) == wanted
    assert problems[-1].kind == "foreign-type"
    mended = text
    for problem in reversed(problems):
        assert problem.suggestion is not None
        mended = mended[: problem.start] + problem.suggestion + mended[problem.end :]
    assert parse_shorthand(mended, NAMED.get) == (type_, [])


FAULTS = [
    ("Ordr", "unknown-type", "Ordr", "unknown type `Ordr`", "did you mean `Order`?"),
    ("list<Ordr>?", "unknown-type", "Ordr", "unknown type `Ordr`", "did you mean `Order`?"),
    ("payment.Receipt", "unknown-type", "payment.Receipt", None, "`payments.Receipt`?"),
    ("strng", "unknown-type", "strng", None, "did you mean `string`?"),
    ("Elephant", "unknown-type", "Elephant", None, "declare it under `types` or import it"),
    ("", "bad-shorthand", "", "expected a type", ""),
    ("list<", "bad-shorthand", "", "expected a type", ""),
    ("list<string", "bad-shorthand", "<", "expected `>` to close `<`", ""),
    ("(string", "bad-shorthand", "(", "expected `)` to close `(`", ""),
    ("string |", "bad-shorthand", "", "expected a type", ""),
    ("string >", "bad-shorthand", ">", "unexpected `>` after the type", ""),
    ("string integer", "bad-shorthand", "integer", "unexpected `integer` after the type", ""),
    ("Order<string>", "bad-shorthand", "Order", "`Order` takes no type in brackets", "list<T>"),
    ('"a" | "b"', "bad-shorthand", '"', 'expected a type, found `"`', "enum"),
    ("{a: string}", "bad-shorthand", "{", "expected a type, found `{`", "fields"),
    ("${{ inputs.x }}", "bad-shorthand", "${{ inputs.x }}", "a type cannot hold an expr", ""),
    ("check-stock", "bad-shorthand", "check-stock", "`check-stock` is no name of a type", ""),
]


@pytest.mark.parametrize(("text", "kind", "at", "message", "help_"), FAULTS)
def test_fault(text: str, kind: str, at: str, message: str | None, help_: str) -> None:
    problem = parse_shorthand(text, NAMED.get, NAMED)[1][0]
    assert (problem.kind, text[problem.start : problem.end]) == (kind, at)
    assert message is None or problem.message.startswith(message)
    assert help_ in problem.help


def test_a_fault_leaves_the_rest_of_the_type() -> None:
    assert parse_shorthand("map<Elephant>?", NAMED.get)[0] == UnionType((MapType(ANY), NULL))


@pytest.mark.parametrize("text", ["list<" * 10_000, "(" * 10_000, "a|" * 10_000, "?" * 10_000])
def test_depth_is_bounded(text: str) -> None:
    assert parse_shorthand(text, NAMED.get)[1]


atoms = st.sampled_from([*BUILTIN.items(), *NAMED.items()]).map(lambda entry: entry[0])
shorthands = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map("list<{}>".format),
        inner.map("map<{}>".format),
        inner.map("({})?".format),
        st.tuples(inner, inner).map(" | ".join),
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=150)
@given(shorthands)
def test_showing_and_parsing_is_identity(text: str) -> None:
    type_, problems = parse_shorthand(text, NAMED.get)
    assert not problems
    assert parse_shorthand(show(type_), NAMED.get) == (type_, [])


@settings(deadline=None, max_examples=300)
@given(st.text("stringlOdermap<>[]()?|, .-'\"{}5é\n", max_size=30))
def test_never_raises_and_points_into_the_text(text: str) -> None:
    type_, problems = parse_type(text, NAMED.get)
    assert isinstance(type_, Type)
    assert all(0 <= problem.start <= problem.end <= len(text) for problem in problems)
