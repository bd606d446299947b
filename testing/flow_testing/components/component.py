"""`component("shop.payments.charge")`: the real code of one component, called alone by a test."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any

from flow_core.components.signature import Signature
from flow_core.durations import show_duration
from flow_core.project import Project
from flow_core.run.python.kinds import is_list, is_object
from flow_core.run.python.returned import to_json
from flow_core.settings import load as load_settings
from flow_testing.components.attempt import Raised, Result, Returned, attempt, raised
from flow_testing.components.declared import Declared, Unknown, declared, find
from flow_testing.components.fakes import faked
from flow_testing.components.judging import (
    Breach,
    ContractError,
    breaches,
    declared_error,
    input_breaches,
    secret_inputs,
    show_inputs,
)
from flow_testing.components.loading import LoadError, load
from flow_testing.components.raising import Expected
from flow_testing.errors import not_installed
from flow_testing.locating import caller_folder

_SECOND = 1_000_000
_SHORTEST_SECRET = 4
"""Shorter ones are not looked for in texts, as they occur in words."""


class Component:
    """The real code of a component. It is imported by its first call.

    A call checks its inputs against the ports, gives them to the function as its hints want them,
    and checks what comes back. It gives the outputs as JSON data, as a pipeline would see them.
    Errors that the component declares are raised as they are.

    ``measured`` are the seconds that each call has taken.
    """

    __test__ = False

    def __init__(self, declared: Declared, fakes: Mapping[str, Any]) -> None:
        self._declared = declared
        self._fakes = dict(fakes)
        self.measured: list[float] = []

    def __repr__(self) -> str:
        return f"component({self.name!r})"

    @property
    def name(self) -> str:
        """The component's name."""
        return self._declared.name

    @property
    def signature(self) -> Signature:
        """What it declares."""
        return self._declared.signature

    def __call__(self, inputs: Mapping[str, Any] | None = None, /, **named: Any) -> dict[str, Any]:
        """Call the real code; inputs are given by name, or as a mapping.

        Raises:
            ContractError: an input or output does not fit, or an error is not declared.
        """
        __tracebackhide__ = True
        given = self._given({**(inputs or {}), **named})
        result, error = self._attempt(given)
        if isinstance(result, Raised) and error and declared_error(self.signature, result):
            raise error
        for breach in breaches(self._declared, result):
            if isinstance(result, Raised):
                self.measured.pop()
            raise self._failure(breach, given, error) from self._cause(error, given)
        return result.outputs if isinstance(result, Returned) else {}

    call = __call__

    def raises(self, error: str, *, match: str | re.Pattern[str] | None = None) -> Expected:
        """Expect that the calls inside raise an error that the component declares.

        ``match`` is a regular expression that occurs in its message, as for `pytest.raises`.

        Raises:
            ContractError: nothing was raised, or another error, or it declares none of that name.
        """
        __tracebackhide__ = True
        self._expectable(error)
        return Expected(self.name, error, match, self.error_name)

    def error_name(self, exception: BaseException) -> str | None:
        """The declared error that an exception is, None for one that is none."""
        return declared_error(self.signature, raised(exception))

    def within_estimate(
        self, inputs: Mapping[str, Any] | None = None, /, *, times: int = 20, **named: Any
    ) -> None:
        """Call it some times and compare the fastest call with what its `estimate` says.

        The fastest call, as a busy machine makes calls slower, and never faster. It may take ten
        times `p50` or twice `p95`, whichever is more.

        Raises:
            ContractError: it takes longer, or has no estimate.
        """
        __tracebackhide__ = True
        limit = slow_after(self.signature)
        if limit is None:
            raise ContractError(f"`{self.name}` has no `estimate` with a `p50` to compare with")
        already = len(self.measured)
        for _ in range(times):
            self(inputs, **named)
        fastest = min(self.measured[already:])
        if fastest > limit:
            raise ContractError(
                f"the fastest of {times} calls of `{self.name}` took {fastest:.3g} s: "
                f"{show_estimate(self.signature)}"
            )

    def check_contract(
        self, inputs: Mapping[str, Any] | None = None, /, *, examples: int = 100, **named: Any
    ) -> None:
        """Call it with inputs that Hypothesis draws from its ports; those that are given stay.

        Errors that it declares are no breach, nor is a `ValueError` or an `OSError`: drawn inputs
        may mean nothing to it.

        Raises:
            ContractError: with the plainest inputs that break the contract.
        """
        __tracebackhide__ = True
        try:
            from flow_testing.components.properties import for_all
        except ModuleNotFoundError as error:
            raise not_installed("check_contract", error) from None
        for_all(self._holds, self.signature.inputs, {**(inputs or {}), **named}, examples)

    def _holds(self, inputs: dict[str, Any]) -> bool:
        """Whether a call kept the contract; False where Python's own errors refused the inputs."""
        __tracebackhide__ = True
        try:
            self(inputs)
        except ContractError as failure:
            undeclared = failure.breach is not None and failure.breach.kind == "undeclared-error"
            if undeclared and isinstance(failure.__cause__, ValueError | OSError):
                return False
            raise
        except Exception as error:
            if self.error_name(error) is None:
                raise
        return True

    def _given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs as data, checked against the ports; records of Python may be given too."""
        __tracebackhide__ = True
        given: dict[str, Any] = {name: to_json(value) for name, value in values.items()}
        for breach in input_breaches(self._declared, given):
            raise self._failure(breach, given, None)
        return given

    def _attempt(self, given: dict[str, Any]) -> tuple[Result, BaseException | None]:
        __tracebackhide__ = True
        signature = self.signature
        defaults = {name: port.default for name, port in signature.inputs.items()}
        with self._faked():
            result, error = attempt(self._function, given, defaults, (*signature.outputs,))
        self.measured.append(getattr(result, "seconds", 0.0))
        return result, error

    def _faked(self) -> ExitStack:
        """The fakes in their places, until it is closed."""
        __tracebackhide__ = True
        function = self._function
        with ExitStack() as stack:
            for name, fake in self._fakes.items():
                stack.enter_context(faked(name, fake, function.__module__))
            return stack.pop_all()

    @cached_property
    def _function(self) -> Callable[..., Any]:
        __tracebackhide__ = True
        try:
            return function_of(self._declared)
        except LoadError as error:
            raise ContractError(f"`{self.name}`: {error}") from error.__cause__

    def _expectable(self, error: str) -> None:
        __tracebackhide__ = True
        if error not in self.signature.errors:
            known = ", ".join(f"`{name}`" for name in self.signature.errors) or "none"
            where = self._declared.shown(self._declared.errors_place)
            message = f"`{self.name}` declares no error `{error}` ({where}); it declares {known}"
            raise ContractError(message)

    def _failure(
        self, breach: Breach, given: Mapping[str, Any], error: BaseException | None
    ) -> ContractError:
        where = self._declared.shown(breach.place)
        called = f"  called as {self.name}({show_inputs(given, secret_inputs(self.signature))})"
        text = f"`{self.name}`: {breach.message}\n  {where}\n  help: {breach.help}\n{called}"
        failure = ContractError(self._hidden(text, given))
        failure.breach = breach
        failure.__suppress_context__ = error is None
        return failure

    def _secrets(self, given: Mapping[str, Any]) -> list[str]:
        names = secret_inputs(self.signature)
        values = (text for name in names for text in _scalars(given.get(name)))
        return sorted((v for v in values if len(v) >= _SHORTEST_SECRET), key=len, reverse=True)

    def _hidden(self, text: str, given: Mapping[str, Any]) -> str:
        """A text without the values of secret inputs (R-secret-3)."""
        for secret in self._secrets(given):
            text = text.replace(secret, "***")
        return text

    def _cause(self, error: BaseException | None, given: Mapping[str, Any]) -> BaseException | None:
        """What a failure came from, unless its words would show a secret."""
        text = str(error)
        return None if any(secret in text for secret in self._secrets(given)) else error


def _scalars(data: Any) -> Iterator[str]:
    """The scalars in data, as text."""
    if is_object(data) or is_list(data):
        parts = data.values() if is_object(data) else data
        yield from (text for part in parts for text in _scalars(part))
    elif data is not None:
        yield str(data)


def component(
    name: str, *, fakes: Mapping[str, Any] | None = None, root: str | Path | None = None
) -> Component:
    """The real code of one Python component, to be called alone.

    Calling this is how a test says that a component is real; the first call imports it.

    Args:
        name: As pipelines call it (`payments.charge`: a file and a component of it), or by its
            function (`shop.payments.charge`).
        fakes: What stands for its effects while it is called: the dotted name of an attribute
            (`shop.payments.gateway`; without a dot one of the component's own module) and what
            takes its place.
        root: A folder of the project; else the one with the file that calls this.

    Raises:
        LookupError: there is no such component, or it is none in Python.
    """
    __tracebackhide__ = True
    found = _find(name, [Path(root)] if root is not None else [caller_folder(), Path.cwd()])
    if found.signature.kind != "python":
        raise LookupError(
            f"`{name}` is a {found.signature.kind} component ({found.shown(found.signature.place)})"
            ": only Python components can be called alone yet"
        )
    return Component(found, fakes or {})


def _find(name: str, folders: Sequence[Path]) -> Declared:
    """The component of a name in the first project that has it."""
    __tracebackhide__ = True
    unknown: list[Unknown] = []
    for folder in folders:
        try:
            return find(name, declared(Project(load_settings(folder))))
        except Unknown as error:
            unknown.append(error)
    raise LookupError(str(unknown[0])) from None


def function_of(declared: Declared) -> Callable[..., Any]:
    """Import the function of a component.

    Raises:
        LoadError: it can't be had.
    """
    settings = declared.project.settings
    target = declared.signature.target
    paths = [str(Path(settings.root, path).resolve()) for path in settings.python_paths]
    source = declared.project.python_source(target.partition(":")[0])
    return load(target, settings.root, paths, source[0] if source else "")


def slow_after(signature: Signature) -> float | None:
    """The seconds after which even the fastest call is too slow for its estimate."""
    estimate = signature.estimate
    if estimate is None or estimate.p50 is None:
        return None
    return max(10 * estimate.p50, 2 * (estimate.p95 or 0)) / _SECOND


def show_estimate(signature: Signature) -> str:
    """What a component's estimate says of its time."""
    estimate = signature.estimate
    if estimate is None or estimate.p50 is None:
        return "it has no estimate"
    p95 = f", p95 {show_duration(estimate.p95)}" if estimate.p95 is not None else ""
    return f"its estimate says p50 {show_duration(estimate.p50)}{p95}"
