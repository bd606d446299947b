"""One call of a component's function, and how it went. Knows nothing of ports and types.

It stands alone, so that the process that runs contracts starts quickly.
"""

import inspect
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping
from traceback import walk_tb
from types import TracebackType
from typing import Any, TypeAlias

import msgspec

from flow_core.run.python import NotData, arguments, outputs_of
from flow_core.run.python.returned import to_json


class Returned(msgspec.Struct, frozen=True, tag="returned"):
    """It returned; ``changed`` names the arguments that it changed."""

    outputs: dict[str, Any]
    seconds: float = 0
    changed: tuple[str, ...] = ()


class Raised(msgspec.Struct, frozen=True, tag="raised"):
    """It raised. ``names`` are those of the exception's class and of its bases, nearest first.

    ``file`` and ``line`` (from 1) are the innermost place in code that is not Python's own.
    """

    names: tuple[str, ...]
    message: str
    seconds: float = 0
    file: str = ""
    line: int = 0
    defined: str = ""


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """It was not called: the inputs can't be made into what its hints say."""

    message: str


class Unusable(msgspec.Struct, frozen=True, tag="unusable"):
    """It returned what is no data."""

    message: str
    seconds: float = 0


class Stopped(msgspec.Struct, frozen=True, tag="stopped"):
    """It did not end by itself, or ended the whole process; ``code`` is the exit code then."""

    seconds: float
    code: int | None = None


Result: TypeAlias = Returned | Raised | Refused | Unusable | Stopped


def attempt(
    function: Callable[..., Any],
    inputs: Mapping[str, Any],
    defaults: Mapping[str, Any],
    outputs: tuple[str, ...],
) -> tuple[Result, BaseException | None]:
    """Call a function with JSON data; the exception that it raised is there for a traceback.

    ``defaults`` are the names of its inputs and their defaults (UNSET for none), ``outputs`` the
    names of its outputs.
    """
    try:
        positional, named = arguments(function, inputs, defaults)
    except (TypeError, ValueError, AttributeError) as error:
        return Refused(f"{type(error).__name__}: {error}"), error
    before = _seen(function, positional, named)
    began = time.perf_counter()
    try:
        value = finished(function(*positional, **named))
        seconds = time.perf_counter() - began
        data = outputs_of(value, outputs)  # which may run the function's generators
    except NotData as error:
        return Unusable(str(error), time.perf_counter() - began), error
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, it is the result
        return raised(error, time.perf_counter() - began), error
    after = _seen(function, positional, named)
    changed = tuple(name for name, seen in before.items() if after.get(name) != seen)
    return Returned(data, seconds, changed), None


def raised(error: BaseException, seconds: float = 0) -> Raised:
    """What is known of an exception."""
    classes = type(error).__mro__
    names = tuple(each.__name__ for each in classes if each not in (object, BaseException))
    file, line = _origin(error.__traceback__)
    return Raised(names, _text(error), seconds, file, line, type(error).__module__)


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - the user's own `__str__`
        return ""


def _origin(traceback: TracebackType | None) -> tuple[str, int]:
    """The innermost line that is neither Python's nor of an installed package."""
    found, stdlib = ("", 0), sysconfig.get_path("stdlib")
    for frame, line in walk_tb(traceback):
        file = frame.f_code.co_filename
        if not file.startswith(("<", stdlib, __file__)) and "site-packages" not in file:
            found = (file, line)
    return found


def finished(value: Any) -> Any:
    """What a function gives in the end: a coroutine is awaited, a generator drained."""
    if inspect.iscoroutine(value):
        return _awaited(value)
    if inspect.isasyncgen(value):
        return _awaited(_gathered(value))
    return _drained(value) if isinstance(value, Iterator) else value


def _drained(generator: Any) -> list[Any]:
    return list(generator)


async def _gathered(generator: Any) -> list[Any]:
    return [each async for each in generator]


def _awaited(coroutine: Any) -> Any:
    """Run a coroutine, in a thread of its own where this one runs others already."""
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(coroutine)
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def _seen(
    function: Callable[..., Any], positional: list[Any], named: dict[str, Any]
) -> dict[str, bytes]:
    """The arguments that could be changed, as data."""
    given = inspect.signature(function).bind(*positional, **named).arguments
    found: dict[str, bytes] = {}
    for name, value in given.items():
        if isinstance(value, Iterator | str | int | float | None):
            continue
        try:
            found[name] = msgspec.json.encode(to_json(value))
        except (NotData, TypeError, ValueError):
            continue
    return found
