"""What holds for every type: checked on random schemas and random values of them."""

import itertools
from typing import Any

import msgspec
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from type_strategies import (
    names,
    nothing,
    scalar_schemas,
    scalars,
    schemas,
    sizes,
    types,
    values,
)

from flow_core.types import (
    Type,
    admits_null,
    all_null,
    alternatives,
    fits,
    join,
    literal_problems,
    nullable,
    parse_type,
    show,
    to_schema,
    type_of_literal,
    union,
    without_null,
)
from flow_core.types.kinds import (
    NULL,
    ListType,
    MapType,
    ObjectType,
    UnionType,
)

quick = settings(deadline=None, max_examples=100)


def parsed(schema: Any) -> Type:
    type_, problems = parse_type(schema, nothing)
    assume(
        all(problem.kind != "bad-schema" or "exceeds" in problem.message for problem in problems)
    )
    return type_


def accepts(type_: Type, value: Any) -> bool:
    return not literal_problems(value, type_)


@settings(deadline=None, max_examples=300)
@given(schemas, values)
def test_a_literal_is_judged_as_the_jsonschema_library_judges_it(schema: Any, value: Any) -> None:
    assert accepts(parsed(schema), value) == Draft202012Validator(schema).is_valid(value)


@quick
@given(types, values)
def test_the_schema_written_means_the_type(type_: Type, value: Any) -> None:
    assert accepts(type_, value) == Draft202012Validator(to_schema(type_)).is_valid(value)


@quick
@given(types)
def test_a_type_survives_its_schema(type_: Type) -> None:
    assert parse_type(to_schema(type_), nothing)[0] == type_


@quick
@given(types)
def test_every_type_fits_itself(type_: Type) -> None:
    again = parse_type(to_schema(type_), nothing)[0]
    assert fits(type_, again).verdict == "yes"


def closed(type_: Type) -> Type:
    """The same type, without values that hold undeclared properties."""
    match type_:
        case ListType():
            return msgspec.structs.replace(type_, item=closed(type_.item))
        case MapType():
            return MapType(closed(type_.value))
        case UnionType():
            return union(*map(closed, type_.members))
        case ObjectType():
            fields = {
                name: msgspec.structs.replace(field, type=closed(field.type))
                for name, field in type_.fields.items()
            }
            return ObjectType(fields, open=False)
        case _:
            return type_


def is_certain(type_: Type) -> bool:
    """Whether nothing in the type is undecided."""
    return "any" not in show(type_) and "SchemaType" not in repr(type_)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.filter_too_much])
@given(types.filter(is_certain), types, values)
def test_a_value_of_a_fitting_type_fits(source: Type, target: Type, value: Any) -> None:
    target = union(source, target) if fits(source, target).verdict != "yes" else target
    assume(fits(source, target).verdict == "yes" and accepts(closed(source), value))
    assert accepts(target, value)


@quick
@given(types, types)
def test_a_fit_that_is_no_yes_says_why(source: Type, target: Type) -> None:
    fit = fits(source, target)
    assert (fit.verdict == "yes") == (fit.reasons == ())


def _plain(kind: str, **required: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"type": st.just(kind), **required})


plain = st.recursive(
    scalar_schemas.filter(lambda schema: is_certain(parse_type(schema, nothing)[0])),
    lambda inner: st.one_of(
        _plain("array", items=inner, minItems=sizes),
        _plain("object", additionalProperties=inner),
        st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=3)}),
    ),
    max_leaves=4,
).map(parsed)
"""Types without `any` and without objects: an open object fits any map."""


@quick
@given(plain, plain, plain)
def test_fitting_is_transitive_without_any_and_objects(a: Type, b: Type, c: Type) -> None:
    first, second, third = a, union(a, b), union(a, b, c)
    for source, between, target in itertools.permutations((first, second, third, b), 3):
        if fits(source, between).verdict == "yes" == fits(between, target).verdict:
            assert fits(source, target).verdict == "yes"


@quick
@given(types, types)
def test_both_sides_fit_their_join(left: Type, right: Type) -> None:
    both = join(left, right)
    assert fits(left, both).verdict != "no"
    assert fits(right, both).verdict != "no"


@quick
@given(types)
def test_null_comes_and_goes(type_: Type) -> None:
    assert admits_null(nullable(type_))
    assert fits(type_, nullable(type_)).verdict == "yes"
    rest = without_null(type_)
    assert alternatives(type_) == (NULL,) or NULL not in alternatives(rest)
    assert fits(type_, all_null(type_)).verdict == "yes"


@quick
@given(values)
def test_a_literal_fits_its_own_type(value: Any) -> None:
    type_ = type_of_literal(value)
    assert accepts(type_, value)
    assert show(type_)


@quick
@given(types, values)
def test_a_literal_that_fits_is_of_a_type_that_fits(type_: Type, value: Any) -> None:
    assume(accepts(type_, value))
    assert fits(type_of_literal(value), type_).verdict != "no"


WORDS = (
    *("type", "enum", "const", "fields", "properties", "items", "required", "minimum", "pattern"),
    *("$ref", "$defs", "anyOf", "allOf", "oneOf", "not", "format", "additionalProperties"),
    *("maxLength", "default", "uniqueItems", "patternProperties"),
)
any_data = st.recursive(
    st.one_of(scalars, st.sampled_from(["string", "$ref", "list<a>", "#/x", "(a+)+$", 10**400])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(names, st.sampled_from(WORDS)),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=10,
)


@settings(deadline=None, max_examples=200)
@given(any_data, values)
def test_nothing_ever_raises(data: Any, value: Any) -> None:
    type_, problems = parse_type(data, nothing)
    assert isinstance(type_, Type)
    assert all(problem.message and not problem.message.endswith(".") for problem in problems)
    found = literal_problems(value, type_)
    assert all(mismatch.message for mismatch in found)
    assert isinstance(show(type_), str)
    assert fits(type_, type_).verdict == "yes"
