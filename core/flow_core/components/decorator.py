"""What authors of Python components use at run time: `component`, `Secret`, `Estimate`.

The checker reads all of this from source. At run time a component is the plain function that it
was, with what the decorator says attached to it for the runner.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple, NotRequired, TypeAlias, TypedDict, TypeVar, overload

_T = TypeVar("_T")
_Function = TypeVar("_Function", bound=Callable[..., Any])


class SecretMark:
    """The mark in the annotation of a port that takes or gives a secret."""

    def __repr__(self) -> str:
        return "Secret"


Secret: TypeAlias = Annotated[_T, SecretMark()]
"""``key: Secret[str]`` is a string to type checkers, and a port that secrets may enter."""


class Estimate(NamedTuple):
    """What simulation assumes of a component, as one writes it.

    Durations are in Flow's syntax (``"300ms"``), the cost is in the project's unit, the rate is
    between 0 and 1. The checker's own `Estimate` (in `signature`) holds microseconds.
    """

    p50: str | None = None
    p95: str | None = None
    cost: float | None = None
    failure_rate: float | None = None


class CircuitBreaker(TypedDict):
    """A circuit breaker; without ``errors`` every error counts."""

    failure_threshold: int
    reset_timeout: str
    half_open_max: NotRequired[int]
    errors: NotRequired[Sequence[type[BaseException]]]


class ComponentOptions(NamedTuple):
    """What the decorator was told; a component has it as ``__flow_component__``."""

    errors: tuple[type[BaseException], ...] = ()
    estimate: Estimate | None = None
    circuit_breaker: CircuitBreaker | None = None
    version: str = ""
    tags: tuple[str, ...] = ()
    deprecated: str = ""


@overload
def component(function: _Function, /) -> _Function: ...
@overload
def component(
    *,
    errors: Sequence[type[BaseException]] = (),
    estimate: Estimate | None = None,
    circuit_breaker: CircuitBreaker | None = None,
    version: str = "",
    tags: Sequence[str] = (),
    deprecated: str = "",
) -> Callable[[_Function], _Function]: ...
def component(  # noqa: PLR0913 - each is a keyword of the decorator
    function: Callable[..., Any] | None = None,
    /,
    *,
    errors: Sequence[type[BaseException]] = (),
    estimate: Estimate | None = None,
    circuit_breaker: CircuitBreaker | None = None,
    version: str = "",
    tags: Sequence[str] = (),
    deprecated: str = "",
) -> Callable[..., Any]:
    """Make a typed function a component, bare or with arguments; the function stays as it is.

    Args:
        function: The function, where the decorator is used without arguments.
        errors: The exceptions by which callers may tell failures apart, besides those that the
            function's own body raises.
        estimate: What simulation assumes.
        circuit_breaker: When to stop calling it for a while.
        version: Its version, three numbers.
        tags: Words to find it by.
        deprecated: What to use instead.
    """
    options = ComponentOptions(
        tuple(errors), estimate, circuit_breaker, version, tuple(tags), deprecated
    )

    def mark(function: _Function) -> _Function:
        function.__flow_component__ = options  # type: ignore[attr-defined] # functions take any
        return function

    return mark if function is None else mark(function)
