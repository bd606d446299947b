"""What the checker promises, evaluation keeps.

An expression without a problem, over variables that are neither nullable nor `any`, either has a
value that fits its type, or fails for a reason that no type can rule out.
"""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.expr.ast import Ast
from flow_core.expr.checker import check
from flow_core.expr.errors import EvaluationError
from flow_core.expr.evaluate import compile_expression
from flow_core.expr.inference import Inference
from flow_core.expr.parser import parse
from flow_core.expr.scope import Scope
from flow_core.expr.times import Duration, Timestamp
from flow_core.expr.values import Value, adopt
from flow_core.types import alternatives, show
from flow_core.types.kinds import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    AnyType,
    BooleanType,
    BytesType,
    DatetimeType,
    DurationType,
    Field,
    ListType,
    MapType,
    NullType,
    NumberType,
    ObjectType,
    StringType,
    Type,
)

LINE = ObjectType({"sku": Field(STRING), "qty": Field(INTEGER)})
VARIABLES: dict[str, tuple[Type, Any]] = {
    "n": (INTEGER, 3),
    "d": (NUMBER, 2),
    "s": (STRING, "text"),
    "e": (StringType(enum=("eu", "us")), "eu"),
    "f": (BOOLEAN, True),
    "t": (DatetimeType(), "2026-01-31T09:00:00Z"),
    "w": (DurationType(), "1h30m"),
    "xs": (ListType(INTEGER), [1, 2, 3]),
    "ls": (ListType(LINE), [{"sku": "a", "qty": 2}, {"sku": "b", "qty": 3}]),
    "m": (MapType(NUMBER), {"a": 1, "b": 2.5}),
    "o": (LINE, {"sku": "c", "qty": 4}),
}
SCOPE = Scope({name: type_ for name, (type_, _) in VARIABLES.items()})
DATA: dict[str, Value] = {name: adopt(data, type_) for name, (type_, data) in VARIABLES.items()}
DATA_DEPENDENT = {
    "overflow", "not-finite", "divide-by-zero", "out-of-range", "no-such-key", "limit",
    "bad-argument",  # a text that is no number
}  # fmt: skip
MEMBERS = [
    "a", "b", "sku", "qty", "size()", "reverse()", "distinct()", "sort()", "flatten()", "join()",
    "getHours()", "sortBy(x, x)",
]  # fmt: skip
LEAVES = [*VARIABLES, "1", "2.5", "'a'", "true", "[]", "o.qty", "m.a", "ls[0].sku", "b'x'"]


def fits(value: Value, type_: Type) -> bool:
    """Whether a value is one of a type's. An int may stand where a double is declared."""
    return any(_fits(value, member) for member in alternatives(type_))


def _fits(value: Any, type_: Type) -> bool:  # noqa: C901 - one case for each kind of type
    match type_:
        case AnyType():
            return True
        case NullType():
            return value is None
        case BooleanType():
            return isinstance(value, bool) and type_.const in {None, value}
        case NumberType():
            kinds = {int} if type_.integer else {int, float}
            return type(value) in kinds and (type_.enum is None or value in type_.enum)
        case StringType():
            return isinstance(value, str) and (type_.enum is None or value in type_.enum)
        case BytesType():
            return isinstance(value, bytes)
        case DurationType():
            return isinstance(value, Duration)
        case DatetimeType():
            return isinstance(value, Timestamp)
        case ListType():
            return isinstance(value, list) and all(fits(item, type_.item) for item in value)
        case MapType():
            return isinstance(value, dict) and all(fits(v, type_.value) for v in value.values())
        case ObjectType():
            return isinstance(value, dict) and all(
                fits(value.get(name), field.type) or (not field.required and name not in value)
                for name, field in type_.fields.items()
            )
        case _:
            return False


def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    binary = st.sampled_from(["+", "-", "*", "/", "%", "<", "==", "&&", "||", "in"])
    return st.one_of(
        st.tuples(inner, binary, inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} ? {t[1]} : {t[2]})"),
        pair.map(lambda t: f"[{t[0]}, {t[1]}]"),
        pair.map(lambda t: f"{{'a': {t[0]}, 'b': {t[1]}}}"),
        pair.map(lambda t: f"{t[0]}.map(x, {t[1]})"),
        pair.map(lambda t: f"{t[0]}.map(x, [x, {t[1]}])"),
        pair.map(lambda t: f"{t[0]}.filter(x, x == {t[1]})"),
        pair.map(lambda t: f"{t[0]}.transformMap(k, v, [v, {t[1]}])"),
        pair.map(lambda t: f"merge({t[0]}, {t[1]})"),
        pair.map(lambda t: f"get({t[0]}, 'a', {t[1]})"),
        pair.map(lambda t: f"coalesce({t[0]}, {t[1]})"),
        pair.map(lambda t: f"{t[0]}[{t[1]}]"),
        st.tuples(
            inner, st.sampled_from(MEMBERS)
        ).map(lambda t: f"{t[0]}.{t[1]}"),
        st.tuples(
            st.sampled_from(["size", "string", "int", "double", "sum", "json", "flatten", "!"]),
            inner,
        ).map(lambda t: f"{t[0]}({t[1]})"),
        inner.map(lambda one: f"chunk({one}, 2)"),
    )  # fmt: skip


class Recording(Inference):
    """Inference that remembers whether anything on the way was unknown."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown = False

    def type_of(self, node: Ast, scope: Scope) -> Type:
        type_ = super().type_of(node, scope)
        self.unknown = self.unknown or "any" in show(type_)
        return type_


@settings(deadline=None, max_examples=600)
@given(st.recursive(st.sampled_from(LEAVES), grow, max_leaves=6))
def test_checked_expressions_keep_their_types(source: str) -> None:
    tree = parse(source).tree
    inference = Recording()
    type_ = inference.type_of(tree, SCOPE)
    if inference.complaints.problems:
        return
    try:
        value = compile_expression(tree, frozenset(inference.doubles))(DATA)
    except EvaluationError as error:
        assert inference.unknown or error.kind in DATA_DEPENDENT, error.message  # noqa: PT017
    else:
        assert fits(value, type_), (value, type_)


def test_the_generator_reaches_what_is_well_typed() -> None:
    good = ["(n + d)", "ls.map(x, x.qty)", "[n, d]", "(f ? n : d)", "m.transformMap(k, v, [v, s])"]
    for source in good:
        found = check(parse(source).tree, SCOPE)
        assert not found.problems
        assert fits(compile_expression(parse(source).tree, found.doubles)(DATA), found.type)
