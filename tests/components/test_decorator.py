"""What authors of components import."""

import subprocess
import sys
from typing import Annotated, get_type_hints

import pytest

import flow_core
from flow_core import Estimate, Secret, component
from flow_core.builder import Pipeline, step
from flow_core.components.decorator import ComponentOptions, SecretMark


def test_the_public_names() -> None:
    assert flow_core.__all__ == sorted(flow_core.__all__)
    assert {name: getattr(flow_core, name) for name in flow_core.__all__} == {
        "Estimate": Estimate,
        "Pipeline": Pipeline,
        "Secret": Secret,
        "component": component,
        "step": step,
    }
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        flow_core.nothing  # noqa: B018


def plain(x: int) -> int:
    return x + 1


def test_the_function_stays_what_it_is() -> None:
    assert component(plain) is plain
    assert plain.__flow_component__ == ComponentOptions()
    assert component(version="1.0.0", tags=["a"], errors=[ValueError])(plain) is plain
    options = plain.__flow_component__
    assert (options.version, options.tags, options.errors) == ("1.0.0", ("a",), (ValueError,))
    assert plain(1) == 2


def test_a_secret_is_its_type_with_a_mark() -> None:
    def charge(key: Secret[str], other: Annotated[int, 1]) -> None: ...

    hints = get_type_hints(charge, include_extras=True)
    assert get_type_hints(charge)["key"] is str
    assert isinstance(hints["key"].__metadata__[0], SecretMark)


def run(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - our own


def test_importing_the_package_imports_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import flow_core; "
        "print(sorted(set(sys.modules) - before))"
    )
    assert run(code) == "['flow_core']"


def test_the_decorator_is_light() -> None:
    code = (
        "import sys; from flow_core import component; "
        "print({'msgspec', 'yaml', 'ast', 'inspect', 'dataclasses'} & set(sys.modules))"
    )
    assert run(code) == "set()"
