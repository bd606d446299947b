"""Random schemas, types and values, for what must hold for all of them."""

from typing import Any

from hypothesis import strategies as st

from flow_core.types import Type, parse_type

names = st.sampled_from("abc")
small = st.integers(-4, 4)
sizes = st.integers(0, 3)
numbers = st.one_of(small, st.sampled_from([-1.5, 0.5, 2.0]))
texts = st.text("xy", max_size=3)
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=6,
)


def keywords(kind: str, **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"type": st.just(kind)}, optional=optional)


scalar_schemas = st.one_of(
    st.sampled_from([{}, {"type": "null"}, {"type": "boolean"}, {"const": True}]),
    keywords("integer", minimum=small, maximum=small, multipleOf=st.sampled_from([1, 2, 3])),
    keywords("number", exclusiveMinimum=numbers, maximum=numbers),
    keywords("number", minimum=numbers, exclusiveMaximum=numbers),
    keywords("number", enum=st.lists(numbers, min_size=1, max_size=3)),
    keywords("string", minLength=sizes, maxLength=sizes),
    keywords("string", pattern=st.sampled_from(["^x", "y$", "x+y?", "^[xy]{2}$", "(x|yy)+"])),
    keywords("string", enum=st.lists(texts, min_size=1, max_size=3)),
    st.fixed_dictionaries({"enum": st.lists(scalars, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"type": st.sampled_from([["string", "null"], ["integer", "boolean"]])}),
)


def _structures(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    properties = st.dictionaries(names, inner, max_size=3)
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        keywords("array", items=inner, minItems=sizes, maxItems=sizes, uniqueItems=st.booleans()),
        keywords(
            "object",
            properties=properties,
            required=st.lists(names, unique=True, max_size=2),
            additionalProperties=st.booleans(),
        ),
        keywords("object", additionalProperties=inner),
        st.fixed_dictionaries({"anyOf": some}),
        keywords("object", properties=properties, additionalProperties=inner),
        keywords("object", patternProperties=st.dictionaries(st.just("^a"), inner, max_size=1)),
        keywords("array", prefixItems=some, items=inner),
        keywords("object", properties=properties, minProperties=sizes),
        st.fixed_dictionaries({"oneOf": some}),
        st.fixed_dictionaries({"allOf": some}),
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"if": inner, "then": inner, "else": inner}),
    )


schemas = st.recursive(scalar_schemas, _structures, max_leaves=6)


def nothing(_name: str) -> Type | None:
    return None


types = schemas.map(lambda schema: parse_type(schema, nothing)[0])
