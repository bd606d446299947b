"""The built-in library."""

import pytest

from flow_core.components.ports import Lookup
from flow_core.components.refine import refine
from flow_core.components.signature import Signature
from flow_core.components.std import FAMILIES, std_family, std_file, std_names, std_signature
from flow_core.components.yaml_library import read_library
from flow_core.diagnostics import Json
from flow_core.language.shape import check_shape
from flow_core.syntax import parse
from flow_core.types import Type, literal_problems, show
from flow_core.types.kinds import INTEGER, StringType

RESERVED = {
    "timeout", "type_error", "expression_error", "cancelled", "budget_exceeded", "circuit_open",
    "repeat_exhausted", "unexpected",
}  # fmt: skip


def std(name: str) -> Signature:
    signature = std_signature(name)
    assert signature is not None
    return signature


@pytest.mark.parametrize("family", FAMILIES)
def test_files_are_valid_libraries(family: str) -> None:
    document = parse(std_file(family).read_text("utf-8"), "yaml")
    assert document.problems == ()
    assert check_shape(document) == ()
    library = read_library(document.root, str(std_file(family)))
    assert library.problems == ()
    assert tuple(library.components) == FAMILIES[family]


def test_every_file_is_a_family() -> None:
    files = {path.name for path in std_file("control").parent.glob("*.flow.yaml")}
    assert files == {f"{family}.flow.yaml" for family in FAMILIES}


@pytest.mark.parametrize("name", std_names())
def test_all_is_documented(name: str) -> None:
    signature = std(name)
    assert (signature.name, signature.kind) == (name, "std")
    assert signature.description.endswith(".")
    assert signature.tags
    assert signature.target.startswith(f"flow_core.run.std.{std_family(name)}:")
    for port in (*signature.inputs.values(), *signature.outputs.values()):
        assert port.description, port.name
    for error, meaning in signature.errors.items():
        assert meaning
        assert error not in RESERVED
        assert error[0].isupper()


@pytest.mark.parametrize("name", std_names())
def test_defaults_fit_their_types(name: str) -> None:
    signature = std(name)
    for port in signature.inputs.values():
        if isinstance(port.default, (str, int, float, bool, list, dict)):
            assert literal_problems(port.default, port.type) == []


def test_names_are_unique() -> None:
    assert len(std_names()) == len(set(std_names())) == sum(map(len, FAMILIES.values()))


def test_what_has_no_effect() -> None:
    assert {name for name in std_names() if not std(name).effect} == {
        "log", "wait", "assert", "fail", "map", "filter", "sort", "aggregate", "join", "template",
    }  # fmt: skip


def test_unknown_names() -> None:
    assert std_signature("std.log") is None
    assert std_signature("nothing") is None


def approval_outputs(
    arguments: dict[str, Json], computed: tuple[str, ...] = (), lookup: Lookup = lambda _: None
) -> dict[str, Type]:
    refined = refine(std("approval"), arguments, computed, lookup)
    return {port.name: port.type for port in refined.outputs.values()}


@pytest.mark.parametrize(
    ("arguments", "computed", "enum"),
    [
        ({}, (), ("approve", "reject")),
        ({"options": ["yes", "no", "later"]}, (), ("yes", "no", "later")),
        ({"options": "yes"}, (), None),
        ({}, ("options",), None),
    ],
)
def test_approval_decides_one_of_its_options(
    arguments: dict[str, Json], computed: tuple[str, ...], enum: tuple[str, ...] | None
) -> None:
    assert approval_outputs(arguments, computed)["decision"] == StringType(enum=enum)


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"fields": {"reason": "string", "days": "integer?"}}, "{reason: string, days?: integer?}"),
        ("string", "string"),
        ("Days", "integer"),
        (None, "any"),
        ({}, "any"),
        ("Missing", "any"),
    ],
)
def test_approval_data_has_the_type_of_its_form(form: Json, shown: str) -> None:
    found = approval_outputs({"form": form}, lookup={"Days": INTEGER}.get)
    assert show(found["data"]) == shown
    assert show(found["at"]) == "datetime"


def test_fail_raises_what_it_is_told_to() -> None:
    fail = std("fail")
    assert list(refine(fail, {"error": "OutOfStock"}).errors) == ["OutOfStock"]
    assert list(refine(fail, {"message": "no"}).errors) == ["Failed"]


def test_other_components_stay_as_they_are() -> None:
    log = std("log")
    assert refine(log, {"message": "x"}) is log
    library = read_library(parse("components: {approval: {run: {shell: [a]}}}", "yaml").root, "/f")
    own = library.components["approval"]
    assert refine(own, {"options": ["a"]}) is own
