"""Decorated functions as components: recognition, ports, texts, errors, options, positions."""

from collections.abc import Callable

import pytest
from msgspec import UNSET

from flow_core.components.library import Library
from flow_core.components.signature import Breaker, Estimate, Port
from flow_core.diagnostics import Json
from flow_core.types import deref, show

Read = Callable[..., Library]

IMPORTS = [
    "from flow_core import component\n@component",
    "from flow_core import component\n@component()",
    "from flow_core import component as task\n@task",
    "import flow_core\n@flow_core.component",
    "import flow_core as f\n@f.component(version='1.0.0')",
    "from flow_core.components.decorator import component\n@component",
    "from flow_core import *\n@component",
    "from flow_core import component\ntask = component\n@task",
    "from flow_core import component\n@other\n@component",
]


@pytest.mark.parametrize("header", IMPORTS)
def test_decorated_functions_are_components(read: Read, header: str) -> None:
    assert list(read(f"{header}\ndef run(): ...").components) == ["run"]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "@component",
        "from other import component\n@component",
        "from flow_core import Secret as component\n@component",
        "component = print\n@component",
    ],
)
def test_other_functions_are_not(read: Read, header: str) -> None:
    assert read(f"{header}\ndef run(): ...").components == {}


def ports(found: dict[str, Port]) -> dict[str, str]:
    return {name: show(port.type) + ("" if port.required else "=") for name, port in found.items()}


PARAMETERS = [
    ("a, b: int, *, c: str", {"a": "any", "b": "integer", "c": "string"}),
    ("a: int, /, b: int = 1", {"a": "integer", "b": "integer="}),
    ("*, a: int = 1, b: str", {"a": "integer=", "b": "string"}),
    ("a: int | None", {"a": "integer?="}),
    ("a: int = None", {"a": "integer?="}),
    ("a: 'list[int]' = []", {"a": "list<integer>="}),
    ("a: int = compute()", {"a": "integer="}),
    ("a: Annotated[int, Field(default=3)]", {"a": "integer="}),
    ("**options: Unpack[Options]", {"size": "integer", "name": "string?="}),
]
PRELUDE = """
from __future__ import annotations
from dataclasses import dataclass
from typing import *
from flow_core import component, Secret, Estimate
from pydantic import Field
class Options(TypedDict):
    size: int
    name: NotRequired[str]
class Declined(Exception):
    '''The bank said no.

    Ask another.
    '''
class Busy(Declined): ...
@dataclass
class Receipt:
    '''A receipt.

    Attributes:
        id: Its number.
    '''
    id: str
    note: str = ""
    '''What to
    add.'''
"""


@pytest.mark.parametrize(("parameters", "expected"), PARAMETERS)
def test_inputs(read: Read, parameters: str, expected: dict[str, str]) -> None:
    library = read(f"{PRELUDE}\n@component\ndef f({parameters}): ...")
    assert ports(library.components["f"].inputs) == expected


DEFAULTS = [
    ("1", 1),
    ("-1.5", -1.5),
    ("'a'", "a"),
    ("True", True),
    ("None", None),
    ("[1, [2]]", [1, [2]]),
    ("(1, 2)", [1, 2]),
    ("{'a': {'b': 1}}", {"a": {"b": 1}}),
    ("LIMIT", 5),
    ("Color.RED", "red"),
    ("{1: 2}", UNSET),
    ("{**x}", UNSET),
    ("f(1)", UNSET),
    ("1e999", UNSET),
    ("b'x'", UNSET),
    ("1 + 1", UNSET),
    ("f'{x}'", UNSET),
    ("...", UNSET),
]


@pytest.mark.parametrize(("default", "value"), DEFAULTS)
def test_defaults(read: Read, default: str, value: Json) -> None:
    text = f"import enum\nLIMIT = 5\nclass Color(enum.Enum):\n    RED = 'red'\n{PRELUDE}"
    port = read(f"{text}\n@component\ndef f(x={default}): ...").components["f"].inputs["x"]
    assert (port.required, port.default) == (False, value)


RETURNS = [
    ("", {"result": "any"}),
    (" -> None", {}),
    (" -> 'None'", {}),
    (" -> NoReturn", {}),
    (" -> int", {"result": "integer"}),
    (" -> int | None", {"result": "integer?"}),
    (" -> Receipt", {"id": "string", "note": "string"}),
    (" -> 'Receipt'", {"id": "string", "note": "string"}),
    (" -> Annotated[Receipt, 1]", {"id": "string", "note": "string"}),
    (" -> Awaitable[Receipt]", {"id": "string", "note": "string"}),
    (" -> Coroutine[Any, Any, 'Receipt']", {"id": "string", "note": "string"}),
    (" -> Alias", {"id": "string", "note": "string"}),
    (" -> Receipt | None", {"result": "Receipt?"}),
    (" -> list[Receipt]", {"result": "list<Receipt>"}),
    (" -> Options", {"size": "integer", "name": "string?="}),
    (" -> Iterator[int]", {"result": "list<integer>"}),
    (" -> Generator[int, None, str]", {"result": "list<integer>"}),
    (" -> AsyncIterator[int]", {"result": "list<integer>"}),
]


@pytest.mark.parametrize(("returns", "expected"), RETURNS)
@pytest.mark.parametrize("keyword", ["def", "async def"])
def test_outputs(read: Read, keyword: str, returns: str, expected: dict[str, str]) -> None:
    text = f"{PRELUDE}\nAlias = Annotated[Receipt, 1]\n@component\n{keyword} f(){returns}: ..."
    assert ports(read(text).components["f"].outputs) == expected


def test_secrets_are_marked(read: Read) -> None:
    library = read(
        f"{PRELUDE}\nKey = Secret[str]\n@component\n"
        "def f(a: Secret[str], b: Key, c: Secret[str] | None, d: str,"
        " e: Annotated[Secret[int], 1], f: Optional[Secret[str]]): ..."
    )
    secret = {name: port.secret for name, port in library.components["f"].inputs.items()}
    assert secret == {"a": True, "b": True, "c": True, "d": False, "e": True, "f": True}


RAISES = [
    ("raise Declined", {"Declined": "The bank said no."}),
    ("raise Declined('x') from None", {"Declined": "The bank said no."}),
    ("raise Busy()", {"Busy": ""}),
    ("raise ValueError('x')", {"ValueError": ""}),
    ("raise", {}),
    ("raise error", {}),
    ("raise make()", {}),
    ("raise x.Gone()", {}),
    ("from gone import Gone\n raise Gone()", {"Gone": ""}),
    ("if x:\n  for y in x:\n   raise Declined", {"Declined": "The bank said no."}),
    ("def g():\n  raise Declined", {}),
    ("try:\n  raise Busy\n except Busy:\n  pass", {}),
    ("try:\n  raise Busy\n except Declined:\n  pass", {}),
    ("try:\n  raise Busy\n except (KeyError, Declined):\n  pass", {}),
    ("try:\n  raise Busy\n except Exception:\n  pass", {}),
    ("try:\n  raise Busy\n except* Busy:\n  pass", {}),
    ("try:\n  raise Busy\n except:\n  pass", {}),
    ("try:\n  raise Busy\n except KeyError:\n  pass", {"Busy": ""}),
    ("try:\n  pass\n except KeyError:\n  raise Busy", {"Busy": ""}),
    ("match x:\n  case 1:\n   raise Busy", {"Busy": ""}),
    ("with x:\n  raise Busy", {"Busy": ""}),
]


@pytest.mark.parametrize(("body", "errors"), RAISES)
def test_raised_errors(read: Read, body: str, errors: dict[str, str]) -> None:
    library = read(f"{PRELUDE}\n@component\ndef f(x):\n {body}")
    assert library.components["f"].errors == errors


def test_options(read: Read) -> None:
    library = read(
        PRELUDE
        + """
@component(
    errors=[Declined, Busy], version="2.1.0", tags=["pay", "card"], deprecated="use g",
    estimate=Estimate("300ms", p95="2s", cost=0.002, failure_rate=0.01),
    circuit_breaker={"failure_threshold": 5, "reset_timeout": "30s", "errors": [Busy]},
)
def f(): ...
"""
    )
    assert library.problems == ()
    found = library.components["f"]
    assert found.errors == {"Declined": "The bank said no.", "Busy": ""}
    assert (found.version, found.tags, found.deprecated) == ("2.1.0", ("pay", "card"), "use g")
    assert found.estimate == Estimate(300_000, 2_000_000, 0.002, 0.01)
    assert found.breaker == Breaker(5, 30_000_000, 1, ("Busy",))
    assert found.target == "steps:f"


PROBLEMS = [
    ("@component(colour=1)\ndef f(): ...", "colour=1", "`@component` has no argument `colour`"),
    ("@component(**x)\ndef f(): ...", "**x", "`@component` has no argument `**`"),
    ("@component(1)\ndef f(): ...", "1", "`@component` takes keywords only"),
    ("@component(version=1)\ndef f(): ...", "1", "this must be a string, written out"),
    ("@component(tags='a')\ndef f(): ...", "'a'", "this must be a list of strings, written out"),
    ("@component(errors=known)\ndef f(): ...", "known",
     "`errors` must be a list of exception classes, written out"),
    ("@component(errors=[1])\ndef f(): ...", "1", "this is not the name of an exception class"),
    ("@component(estimate=3)\ndef f(): ...", "3", "this must be Estimate(…)"),
    ("@component(estimate=Estimate(p50='3 s'))\ndef f(): ...", "'3 s'",
     "this must be a duration such as `300ms`, written out"),
    ("@component(circuit_breaker={})\ndef f(): ...", "{}",
     "a breaker needs `failure_threshold` and `reset_timeout`"),
    ("@component\ndef f(*ä: int): ...", "ä: int",
     "`*ä` is no input, as inputs have names and types"),
    ("@component\ndef f(**k): ...", "k", "`**k` is no input, as inputs have names and types"),
    ("class A:\n  @component\n  def f(self): ...", "f",
     "the component `f` is not at the top level of its module"),
    ("x = 'ä'; def", " ", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "marked", "message"), PROBLEMS)
def test_problems_say_where(read: Read, text: str, marked: str, message: str | None) -> None:
    source = f"{PRELUDE}\n{text}\n"
    (problem,) = read(source).problems
    assert problem.place.file == "/project/steps.py"
    if message is not None:
        assert source[problem.place.start : problem.place.end] == marked
        assert problem.message == message
    else:
        assert problem.kind == "python-syntax"
        assert source[: problem.place.start].endswith("x = 'ä'; ")


def test_places_are_code_points(read: Read) -> None:
    source = PRELUDE + "\r\ns = '😀'; x = 1\r\n@component\r\nasync  def  f(größe: int, b): ...\r\n"
    component = read(source).components["f"]
    named = {port.name: port.place for port in component.inputs.values()}
    for name, place in {"f": component.place, **named}.items():
        assert source[place.start : place.end] == name


def test_fields_have_places_and_texts(read: Read) -> None:
    source = f"{PRELUDE}\n@component\ndef f() -> Receipt: ...\n"
    outputs = read(source).components["f"].outputs
    assert {n: p.description for n, p in outputs.items()} == {
        "id": "Its number.",
        "note": "What to add.",
    }
    assert {n: source[p.place.start : p.place.end] for n, p in outputs.items()} == {
        "id": "id",
        "note": "note",
    }


def test_types_of_a_module(read: Read) -> None:
    types = read(f"{PRELUDE}\nLIMIT = 5\nIds = list[int]\ndef g(): ...").types
    assert {name: show(deref(type_)) for name, type_ in types.items()} == {
        "Options": "{size: integer, name?: string}",
        "Receipt": "{id: string, note?: string}",
        "Ids": "list<integer>",
    }
