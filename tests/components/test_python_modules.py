"""Names across the modules of a project; and that nothing is ever imported."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flow_core.components.library import Library
from flow_core.components.modules import module_finder
from flow_core.components.python import read_function, read_module
from flow_core.types import deref, member, show

Read = Callable[..., Library]

MODELS = """
from typing import TypedDict
class Order(TypedDict):
    id: str
class _Hidden(TypedDict):
    id: str
"""
IMPORTS = [
    ("from models import Order", "Order"),
    ("from models import Order as O", "O"),
    ("import models", "models.Order"),
    ("import models as m", "m.Order"),
    ("from models import *", "Order"),
    ("from shop import Order", "Order"),
    ("from shop import models", "models.Order"),
    ("import shop.models", "shop.models.Order"),
    ("import shop", "shop.models.Order"),
    ("from shop.again import Order", "Order"),
    ("from shop.star import Order", "Order"),
    ("from shop.deep.far import Order", "Order"),
    (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from models import Order",
        "'Order'",
    ),
    ("try:\n    from models import Order\nexcept ImportError:\n    Order = dict", "Order"),
]


@pytest.mark.parametrize(("header", "hint"), IMPORTS)
def test_names_are_followed(read: Read, header: str, hint: str) -> None:
    library = read(
        f"from flow_core import component\n{header}\n@component\ndef f(x: {hint}): ...",
        models=MODELS,
        shop="from .models import Order",
        shop__models=MODELS,
        shop__again="from . import Order",
        shop__star="from .models import *",
        shop__deep="",
        shop__deep__far="from ..models import Order",
    )
    assert show(deref(library.components["f"].inputs["x"].type)) == "{id: string}"


UNKNOWN = [
    ("from requests import Session", "Session"),
    ("import numpy as np", "np.ndarray"),
    ("from requests import *", "Session"),
    ("from a import X", "X"),
    ("from steps import X", "X"),
    ("from ....... import X", "X"),
    ("from broken import X", "X"),
    ("from chain0 import X", "X"),
]


@pytest.mark.parametrize(("header", "hint"), UNKNOWN)
def test_what_is_not_found_is_any(read: Read, header: str, hint: str) -> None:
    chain = {f"chain{n}": f"from chain{n + 1} import X" for n in range(500)}
    library = read(
        f"from flow_core import component\n{header}\n@component\ndef f(x: {hint}): ...",
        a="from b import X",
        b="from a import X",
        broken="def def",
        **chain,
    )
    assert show(library.components["f"].inputs["x"].type) == "any"


def test_exported_components_belong_to_the_library(read: Read) -> None:
    library = read(
        "from shop.steps import charge\nfrom more import *",
        shop="",
        shop__steps="from flow_core import component\n@component\ndef charge(): ...",
        more="from flow_core import component as c\n@c\ndef ship(): ...\n@c\ndef _x(): ...",
    )
    assert {n: c.target for n, c in library.components.items()} == {
        "charge": "shop.steps:charge",
        "ship": "more:ship",
    }


def test_nothing_is_imported(tmp_path: Path) -> None:
    (tmp_path / "loud.py").write_text("raise SystemExit('imported')\n")
    (tmp_path / "noisy.py").write_text(
        "import loud\nfrom flow_core import component\nopen('trace', 'w')\n"
        "@component\ndef f(x: loud.X = print('run')): ...\nraise SystemExit\n"
    )
    library = read_module("noisy", module_finder([str(tmp_path)]))
    assert library is not None
    assert list(library.components) == ["f"]
    assert not {"noisy", "loud"} & sys.modules.keys()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loud.py", "noisy.py"]


def test_modules_are_found_below_the_search_paths(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "__init__.py").write_text("package = 1")
    (tmp_path / "a" / "b.py").write_text("b = 1")
    find = module_finder([str(tmp_path / "missing"), str(tmp_path)])
    assert find("a") == (str(tmp_path / "a" / "__init__.py"), "package = 1")
    assert find("a.b") == (str(tmp_path / "a" / "b.py"), "b = 1")
    assert find("a.c") is find("..a") is find("a/b") is find("") is None


def test_types_that_are_looked_at_late_are_not_stale() -> None:
    line = "from typing import TypedDict\nclass Line(TypedDict):\n  sku: int"
    order = "from typing import *\nfrom lines import Line\nclass Order(TypedDict):\n  line: Line"
    files = {
        "steps": ("/steps.py", "from orders import Order"),
        "orders": ("/orders.py", order),
        "lines": ("/lines.py", line),
    }
    read_module("steps", dict(files).get)
    files["lines"] = ("/lines.py", line.replace("int", "str"))
    library = read_module("steps", files.get)
    assert library is not None
    order_line = member(library.types["Order"], "line")
    assert order_line is not None
    assert show(deref(order_line)) == "{sku: string}"


def test_any_function_has_a_signature() -> None:
    files = {"steps": ("/steps.py", "X = 1\ndef f(x: int) -> str: ...")}
    found = read_function("steps", "f", files.get)
    assert found is not None
    assert (found.target, list(found.inputs), list(found.outputs)) == ("steps:f", ["x"], ["result"])
    assert read_function("steps", "X", files.get) is None
    assert read_function("steps", "g", files.get) is None
    assert read_function("gone", "f", files.get) is None


def test_a_module_that_is_not_there() -> None:
    assert read_module("steps", {}.get) is None


def test_libraries_are_remembered_until_a_module_changes() -> None:
    steps = "from flow_core import component\nfrom models import X\n@component\ndef f(x: X): ..."
    files = {
        "steps": ("/steps.py", steps),
        "models": ("/models.py", "X = int"),
    }
    first = read_module("steps", files.get)
    assert read_module("steps", files.get) is first
    files["models"] = ("/models.py", "X = str")
    second = read_module("steps", files.get)
    assert second is not None
    assert show(second.components["f"].inputs["x"].type) == "string"
