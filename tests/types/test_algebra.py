"""Unions, null, members and joins."""

import pytest

from flow_core.types import (
    Type,
    admits_null,
    all_null,
    deref,
    join,
    member,
    nullable,
    show,
    union,
    without_null,
)
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    BooleanType,
    Field,
    ListType,
    MapType,
    ObjectType,
    Ref,
    SchemaType,
    StringType,
    UnionType,
)

MAYBE = Ref("Maybe", "", lambda: UnionType((STRING, NULL)))
A = StringType(enum=("a",))
B = StringType(enum=("b",))

UNIONS: list[tuple[tuple[Type, ...], Type]] = [
    ((), ANY),
    ((STRING,), STRING),
    ((STRING, STRING), STRING),
    ((NULL, STRING), UnionType((STRING, NULL))),
    ((STRING, ANY, NULL), ANY),
    ((UnionType((STRING, NULL)), INTEGER), UnionType((STRING, INTEGER, NULL))),
    ((A, STRING), STRING),
    ((INTEGER, NUMBER), NUMBER),
    ((BooleanType(const=True), BOOLEAN), BOOLEAN),
    ((A, B), UnionType((A, B))),
]


@pytest.mark.parametrize(("types", "expected"), UNIONS)
def test_union(types: tuple[Type, ...], expected: Type) -> None:
    assert union(*types) == expected


def test_null() -> None:
    assert admits_null(NULL)
    assert admits_null(ANY)
    assert admits_null(MAYBE)
    assert not admits_null(STRING)
    assert without_null(MAYBE) == STRING
    assert without_null(nullable(MAYBE)) == STRING
    plain = Ref("Plain", "", lambda: STRING)
    assert without_null(plain) is plain


def test_deref_looks_behind_names_and_schemas() -> None:
    assert deref(Ref("A", "", lambda: SchemaType(MAYBE, {}))) == UnionType((STRING, NULL))


def test_a_union_with_itself_is_what_else_it_holds() -> None:
    loop = Ref("Loop", "", lambda: UnionType((loop, STRING)))
    assert not admits_null(loop)
    assert without_null(UnionType((loop, NULL))) == STRING


ORDER = ObjectType({"id": Field(STRING), "note": Field(STRING, required=False)})
OTHER = ObjectType({"id": Field(INTEGER)})


def test_member() -> None:
    assert member(ORDER, "id") == STRING
    assert member(ORDER, "note") == nullable(STRING)
    assert member(ORDER, "nothing") is None
    assert member(MapType(INTEGER), "key") == INTEGER
    assert member(ANY, "key") == ANY
    assert member(STRING, "key") is None
    assert member(nullable(ORDER), "id") == STRING
    assert member(UnionType((ORDER, OTHER)), "id") == UnionType((STRING, INTEGER))
    assert member(UnionType((ORDER, OTHER)), "note") is None


def test_outputs_of_a_step_that_may_not_have_succeeded() -> None:
    assert all_null(ORDER) == ObjectType(
        {"id": Field(nullable(STRING)), "note": Field(nullable(STRING), required=False)}
    )
    assert all_null(ListType(STRING)) == nullable(ListType(STRING))
    assert all_null(ANY) == ANY


JOINS: list[tuple[Type, Type, str]] = [
    (STRING, STRING, "string"),
    (INTEGER, NUMBER, "number"),
    (STRING, NULL, "string?"),
    (A, B, "string"),
    (ListType(INTEGER), ListType(NUMBER), "list<number>"),
    (ListType(ANY, max_items=0), ListType(STRING), "list<string>"),
    (MapType(STRING), MapType(NULL), "map<string?>"),
    (nullable(ListType(STRING)), ListType(NULL), "list<string?>?"),
    (ORDER, OTHER, "{id: string, note?: string} | {id: integer}"),
    (STRING, ANY, "any"),
]


@pytest.mark.parametrize(("left", "right", "shown"), JOINS)
def test_join(left: Type, right: Type, shown: str) -> None:
    assert show(join(left, right)) == shown


def test_join_keeps_the_values_of_enums() -> None:
    assert join(A, B) == StringType(enum=("a", "b"))
