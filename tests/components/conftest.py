"""A project of Python modules held in memory."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from flow_core.components.library import Library
from flow_core.components.python import read_module

Read = Callable[..., Library]


@pytest.fixture
def read() -> Read:
    """Read the module `steps` of a project; other modules are keywords, `__` for a dot."""

    def read_steps(steps: str, **modules: str) -> Library:
        sources = {name.replace("__", "."): dedent(text) for name, text in modules.items()}
        sources["steps"] = dedent(steps)

        def find(module: str) -> tuple[str, str] | None:
            if module not in sources:
                return None
            package = any(name.startswith(f"{module}.") for name in sources)
            path = module.replace(".", "/") + ("/__init__" if package else "")
            return f"/project/{path}.py", sources[module]

        library = read_module("steps", find)
        assert library is not None
        return library

    return read_steps
