"""Descriptions: what is special about them; hover shows the rest."""

from flow_core.components.signature import Port, Signature
from flow_core.ide.describe import (
    describe_component,
    describe_field,
    describe_function,
    describe_key,
    describe_port,
    describe_type,
)
from flow_core.language.shapes import Key, Text
from flow_core.types.kinds import (
    INTEGER,
    STRING,
    Field,
    ListType,
    NumberType,
    ObjectType,
    Ref,
    StringType,
    Type,
    UnionType,
)


def test_a_deprecated_key_says_so() -> None:
    text = describe_key(Key("old", Text(), "What it was.", deprecated="use `new`"))
    assert "**Deprecated:** use `new`" in text


def test_a_deprecated_component_says_so() -> None:
    text = describe_component(Signature("old", "shell", {}, {}, deprecated="use new"), "lib.old")
    assert text == "**`lib.old`**: a shell component\n\n**Deprecated:** use new"


def test_a_port_says_where_its_value_comes_from() -> None:
    assert describe_port(Port("a", STRING, required=False)) == "```yaml\na: string\n```\n\noptional"
    text = describe_port(Port("a", STRING, required=False, default="x", env="A", secret=True))
    assert text.splitlines()[4:] == [
        'default `"x"`, from the environment variable `A`',
        "",
        "secret",
    ]


def test_bounds_are_said_beside_the_meaning() -> None:
    text = describe_field("a", Field(StringType(enum=("x", "y")), description="What it is."))
    assert text == '```yaml\na: string\n```\n\nWhat it is; one of `"x"` or `"y"`'


def test_a_type_that_holds_itself_is_shown_once() -> None:
    node: Type = Ref("Node", "f", lambda: shape)
    shape = ObjectType({"next": Field(node), "size": Field(INTEGER, required=False)})
    assert describe_type(node) == "```yaml\nNode:\n  next: Node\n  size?: integer\n```"


def test_long_types_are_cut() -> None:
    wide = ObjectType({f"f{n}": Field(STRING) for n in range(100)})
    assert describe_type(ListType(wide)).splitlines()[-2] == "…"


def test_all_objects_that_a_value_may_be_are_shown() -> None:
    cat, dog = (ObjectType({name: Field(NumberType(minimum=1))}) for name in ("cat", "dog"))
    text = describe_type(UnionType((cat, dog)))
    assert "cat: number  # minimum 1\n\ndog: number  # minimum 1" in text


def test_there_is_nothing_to_say_of_what_is_no_function() -> None:
    assert not describe_function("nothing")
