"""What a Python component is given: JSON data made into what the hints of its parameters say."""

import inspect
import sys
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import UNSET

from flow_core.run.python.hinted import to_hint


def arguments(
    function: Callable[..., Any], inputs: Mapping[str, Any], ports: Mapping[str, Any]
) -> tuple[list[Any], dict[str, Any]]:
    """The positional and keyword arguments of a call.

    ``inputs`` are JSON data, ``ports`` the names of all inputs with their defaults, UNSET where
    there is none. An input that is neither given nor has a default is None, unless the function
    has a default of its own.

    Raises:
        TypeError, ValueError: the function takes no such arguments, or a class that a hint names
            refuses its values.
    """
    required = _required(function)
    defaults = {name: None if default is UNSET else default for name, default in ports.items()}
    missing = {n: d for n, d in defaults.items() if ports[n] is not UNSET or n in required}
    hints = hints_of(function)
    named = {n: to_hint(each, hints.get(n, Any)) for n, each in {**missing, **inputs}.items()}
    bound = _bind(function, named)
    return list(bound.args), bound.kwargs


def _required(function: Callable[..., Any]) -> frozenset[str]:
    """The parameters that must be given."""
    parameters = inspect.signature(function).parameters.values()
    return frozenset(each.name for each in parameters if each.default is each.empty)


def _bind(function: Callable[..., Any], named: dict[str, Any]) -> inspect.BoundArguments:
    signature = inspect.signature(function)
    leading = [
        each.name
        for each in signature.parameters.values()
        if each.kind is each.POSITIONAL_ONLY and each.name in named
    ]
    rest = {name: value for name, value in named.items() if name not in leading}
    return signature.bind(*(named[name] for name in leading), **rest)


def hints_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The hints of a function's parameters; those that can't be evaluated are left out.

    Options that are spread (``**options: Unpack[Options]``) are there by their names.
    """
    hints = _evaluated(function)
    for parameter in inspect.signature(function).parameters.values():
        spread = hints.get(parameter.name)
        if parameter.kind is parameter.VAR_KEYWORD and typing.get_origin(spread) is typing.Unpack:
            hints |= _evaluated(typing.get_args(spread)[0])
    return hints


def _evaluated(thing: Any) -> dict[str, Any]:
    """The hints of a function or class, one by one where not all have a meaning at run time."""
    try:
        return typing.get_type_hints(thing, include_extras=True)
    except (NameError, AttributeError, TypeError):
        pass
    found: dict[str, Any] = {}
    scope = vars(sys.modules[thing.__module__])
    for name, hint in getattr(thing, "__annotations__", {}).items():
        alone = types.SimpleNamespace(__annotations__={name: hint})
        try:
            found |= typing.get_type_hints(alone, scope, include_extras=True)
        except (NameError, AttributeError, TypeError):
            continue
    return found
