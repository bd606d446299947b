"""Whatever a file holds, reading it gives a library and never an exception."""

import random
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.components.library import Library
from flow_core.components.python import read_module
from flow_core.components.python.docstrings import read_docstring
from flow_core.types import deref, show

SEED_SOURCE = '''
from __future__ import annotations
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Annotated, Literal, NewType, TypedDict
from annotated_types import Ge, Len
from pydantic import BaseModel, Field
from flow_core import Estimate, Secret, component

Sku = NewType("Sku", str)
Tree = dict[str, "Tree | None"]

class Color(StrEnum):
    RED = auto()

@dataclass
class Line:
    sku: Sku
    parent: Line | None = None
    tags: list[str] = field(default_factory=list)

class Order(BaseModel):
    """An order.

    Attributes:
        lines: What was ordered.
    """
    lines: Annotated[list[Line], Len(1, 3)]
    total: float = Field(ge=0, description="In euros.")

class Declined(Exception):
    """No."""

@component(errors=[Declined], estimate=Estimate(p50="300ms"), tags=["a"],
           circuit_breaker={"failure_threshold": 5, "reset_timeout": "30s"})
async def charge(order: Order, key: Secret[str], *rest: int, color: Color = Color.RED,
                 tree: Tree | None = None, kind: Literal["a", 1] = "a", **more: str) -> Order:
    """Charge.

    :param order: The order.
    :raises Declined: the bank said no
    """
    try:
        raise Declined("x")
    except ValueError as error:
        raise KeyError from error
'''
PIECES = [
    *"()[]{}:,.=|*'\"@\n\t #\\-é😀\x00\ud800\ufeff\r",
    "    ", "class A(A): a: 'A'\n", "X = X | X\n", "from . import *\n", "from steps import *\n",
    "def f(*, a): raise\n", "@component", "Literal[", "Annotated[", "1e999", "lambda: ",
    "[()]", "[]",
]  # fmt: skip


def read_all(text: str) -> Library:
    library = read_module("steps", {"steps": ("/steps.py", text)}.get)
    assert library is not None
    for signature in library.components.values():
        for port in (*signature.inputs.values(), *signature.outputs.values()):
            show(deref(port.type))
            assert -1 <= port.place.start <= port.place.end <= len(text)
    for type_ in library.types.values():
        show(deref(type_))
    for problem in library.problems:
        assert problem.message
        assert -1 <= problem.place.start <= problem.place.end <= len(text)
    return library


def test_the_seed_is_read_without_its_variadics() -> None:
    assert [problem.kind for problem in read_all(SEED_SOURCE).problems] == ["python-variadic"] * 2


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_any_text(text: str) -> None:
    read_all(text)


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_mutated_sources(random_: random.Random, count: int) -> None:
    text = SEED_SOURCE
    for _ in range(count):
        at, to = sorted(random_.choices(range(len(text) + 1), k=2))
        to = min(to, at + random_.choice([0, 12]))
        text = text[:at] + random_.choice([*PIECES, text[at : at + 30]]) + text[to:]
    read_all(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Args:",
                "x: y",
                "  a (int): b",
                "---",
                "a : int",
                ":param a: b",
                "Raises",
                ":returns:",
                "",
                "    z",
                "*k, **l: m",
            ]
        )
    )
)
def test_any_docstring(lines: list[str]) -> None:
    found = read_docstring("\n".join(lines))
    for texts in (found.parameters, found.returns, found.raises):
        assert all("\n" not in text for text in texts.values())
    assert found.description == found.description.strip()


DEEP = 20_000


@pytest.mark.parametrize(
    "hint",
    [
        "list[" * DEEP + "int" + "]" * DEEP,
        "list[" * 150 + "int" + "]" * 150,
        "int" + " | int" * DEEP,
        "a" + ".b" * DEEP,
        "(" * DEEP,
        "'" * DEEP,
        "-" * DEEP + "1",
        "9" * DEEP,
    ],
)
def test_nesting_is_bounded(hint: str) -> None:
    read_all(f"from flow_core import component\n@component\ndef f(x: {hint} = {hint}): ...")


def test_long_chains_of_definitions_are_bounded() -> None:
    header = "from flow_core import component\nfrom dataclasses import dataclass\n"
    classes = "".join(f"@dataclass\nclass C{n}(C{n + 1}):\n  x: 'C{n + 2}'\n" for n in range(2000))
    aliases = "".join(f"A{n} = list[A{n + 1}]\nB{n} = B{n + 1}\n" for n in range(2000))
    branches = "if a: x = 1\n" + "elif a: x = 1\n" * 2000
    read_all(f"{header}{classes}{aliases}{branches}\n@component\ndef f(a: C0, b: A0, c: B0): ...")


def test_a_file_of_a_size_that_nobody_writes_is_left_alone() -> None:
    (problem,) = read_all("x = 1\n" * 1_000_000).problems
    assert "more than 2 MB" in problem.message


def test_pythons_warnings_are_not_ours() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        library = read_all("from flow_core import component\n@component\ndef f(x='\\d'): ...")
    assert list(library.components) == ["f"]
