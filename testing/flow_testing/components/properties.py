"""The contract of a component as a property: inputs drawn by Hypothesis, shrunk to the plainest."""

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from flow_core.components.signature import Port
from flow_testing.values import values


def for_all(
    holds: Callable[[dict[str, Any]], bool],
    ports: Mapping[str, Port],
    fixed: Mapping[str, Any],
    examples: int,
) -> None:
    """Call ``holds`` with inputs that fit the ports; False says that they were no good.

    ``fixed`` are inputs that are not drawn; nor are they shown, as they may be secret. What
    ``holds`` raises comes from the plainest inputs.
    """

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(_inputs(ports, fixed))
    def check(inputs: dict[str, Any]) -> None:
        __tracebackhide__ = True
        if not holds({**fixed, **inputs}):
            reject()

    check()


def _inputs(ports: Mapping[str, Port], fixed: Mapping[str, Any]) -> Any:
    """The inputs that are not fixed, by name; those that may be left out are, at times."""
    drawn = {name: values(port.type) for name, port in ports.items() if name not in fixed}
    needed = {name for name in drawn if ports[name].required}
    return st.fixed_dictionaries(
        {name: drawn[name] for name in drawn if name in needed},
        optional={name: drawn[name] for name in drawn if name not in needed},
    )
