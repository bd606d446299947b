"""What a test says of the calls of a pipeline: outputs, failures, silence, or a function."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

import msgspec

from flow_core.analysis.mocked import mock_problems
from flow_core.analysis.raises import BUILT_IN
from flow_core.analysis.tested import Unknown, errors_of, outputs_of
from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Start, Succeeded
from flow_core.model.scenario import Mock, MockCall, Mocks
from flow_core.plan.plan import Leaf
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.lots import Drawn, Lots
from flow_core.simulate.mocks import MockedFailure, ScenarioMocks
from flow_core.simulate.outcomes import Result
from flow_core.simulate.scenarios import Subject
from flow_core.suggest import closest
from flow_core.types.example import example
from flow_testing.amounts import Length, microseconds_of
from flow_testing.errors import FlowTestError


class Hang(msgspec.Struct, frozen=True):
    """An attempt that never ends by itself, so that a timeout cuts it."""


class Estimated(msgspec.Struct, frozen=True):
    """An attempt that goes as the component's estimate says; what it gives is not known."""


Attempt: TypeAlias = Mapping[str, Any] | MockedFailure | Hang | Estimated | MockCall
"""What one attempt does: it gives outputs, fails, hangs, or does what a function of its inputs
says. The function returns outputs, or raises what `fail` makes."""


def fail(name: str, message: str = "", data: Json = None) -> MockedFailure:
    """An attempt that fails with the error of this name: in a mock, or raised by its function."""
    return MockedFailure(name, message, data)


def hang() -> Hang:
    """An attempt that never ends by itself."""
    return Hang()


def estimated() -> Estimated:
    """An attempt that goes as the estimate says: of many runs, some fail, and times differ."""
    return Estimated()


def mocks_of(
    key: str,
    does: Attempt | Sequence[Attempt],
    takes: Length | None,
    failure_rate: float | None = None,
) -> Mocks:
    """The mocks of a step or component; a sequence has one for each attempt.

    Raises:
        FlowTestError: something in it is no mock.
    """
    __tracebackhide__ = True
    length = None if takes is None else microseconds_of(takes)
    if isinstance(does, list | tuple):
        attempts = cast("Sequence[Attempt]", does)
        found = [_mock((key, i), each, length) for i, each in enumerate(attempts)]
    else:
        found = [_mock((key,), cast("Attempt", does), length)]
    if failure_rate is not None:
        found = [_failing(each, failure_rate) for each in found]
    return Mocks(key, (key,), tuple(found), each=isinstance(does, list | tuple))


def _failing(mock: Mock, rate: float) -> Mock:
    """A mock that sometimes fails instead."""
    __tracebackhide__ = True
    if mock.returns is msgspec.UNSET or not 0 <= rate <= 1:
        message = f"`failure_rate={rate!r}` says nothing of `{mock.path[0]}`"
        raise FlowTestError(message, "give outputs, and beside them a share from 0 to 1")
    return msgspec.structs.replace(mock, failure_rate=rate)


def _mock(path: tuple[str | int, ...], does: Attempt, takes: int | None) -> Mock:
    __tracebackhide__ = True
    match does:
        case MockedFailure(message="", data=None):
            return Mock(path, fail=does.name, takes=takes)
        case MockedFailure():
            return Mock(path, fail=does.name, call=_raising(does), takes=takes)
        case Hang():
            return Mock(path, hang=True, takes=takes)
        case Estimated():
            return Mock(path, estimated=True, takes=takes)
        case Mapping():
            return Mock(path, returns=dict(does), takes=takes)
        case _ if callable(does):
            return Mock(path, call=_guarded(str(path[0]), does), takes=takes)
        case _:
            message = f"{does!r} is nothing that `{path[0]}` could do"
            help_ = (
                'give its outputs by name: `{"rows": 10}`; or `fail("Name")`, `hang()`, a function'
            )
            raise FlowTestError(message, help_)


def _raising(failure: MockedFailure) -> MockCall:
    def call(_inputs: dict[str, Any]) -> Any:
        raise failure

    return call


def _guarded(key: str, function: MockCall) -> MockCall:
    """A function whose outputs must be given by name. A component's errors are its own."""
    error_name = getattr(function, "error_name", None)

    def call(inputs: dict[str, Any]) -> Any:
        try:
            returned = function(inputs)
        except MockedFailure:
            raise
        except Exception as error:
            name = error_name(error) if error_name else None
            if name is None:
                raise
            raise MockedFailure(name, str(error)) from error
        if returned is None:
            return {}
        if not isinstance(returned, Mapping):
            message = f"the function that mocks `{key}` returned {returned!r}"
            raise FlowTestError(message, 'let it return outputs by name: `{"rows": 10}`')
        return dict(cast("Mapping[str, Any]", returned))

    return call


def check_mocks(subject: Subject, mocks: Mocks) -> None:
    """See that mocks name something, and do what it can do.

    Raises:
        FlowTestError: they don't, and the message says how to mend it.
    """
    __tracebackhide__ = True
    target = subject.names.mocked(mocks.key)
    if isinstance(target, Unknown):
        meant = f"did you mean `{target.meant}`?" if target.meant else target.help
        raise FlowTestError(target.message, meant or _known(subject))
    wanted, errors = outputs_of(target), errors_of(target)
    for mock in mocks.attempts:
        if mock.returns is not msgspec.UNSET and wanted is not None:
            for problem in mock_problems(mock.returns, wanted):
                raise FlowTestError(f"the mock of `{mocks.key}`: {problem.text}")
        if mock.fail and errors is not None and mock.fail not in errors | BUILT_IN.keys():
            raise _no_error(mocks.key, mock.fail, errors)


def _known(subject: Subject) -> str:
    steps = ", ".join(f"`{name}`" for name in subject.module.steps)
    return f"its steps: {steps}"


def _no_error(key: str, name: str, errors: frozenset[str]) -> FlowTestError:
    meant = closest(name, errors)
    known = ", ".join(sorted(errors)) or "none"
    help_ = f"did you mean `{meant}`?" if meant else f"it declares: {known}"
    return FlowTestError(f"`{key}` never raises `{name}`", help_)


class TestMocks(ScenarioMocks):
    """Mocks of a test in Python: what is missing is told as one would write it there."""

    __test__ = False

    def missing(self, path: str, leaf: Leaf) -> SimulationError:
        """The error that nothing mocks what an attempt does."""
        returns = example(leaf.type) if leaf.outputs else {}
        message = f"nothing mocks `{leaf.target.name}`, which `{path}` calls"
        if leaf.waits == "signal":
            help_ = f'use `.start()`, and `.signal("{path}", …)` when it waits'
        else:
            help_ = f'add `.mock("{leaf.target.name}", {returns!r})`, or say `mock_all=True`'
        return SimulationError(message, None, help_, "FL807")


class Examples:
    """What effects do that a test does not care for: they give examples of their types.

    Of many runs, ``lots`` say how long that takes, and which attempts fail.
    """

    def __init__(self, lots: Lots) -> None:
        self._drawn = Drawn(lots)

    def __call__(self, start: Start, leaf: Leaf, _kernel: Kernel) -> Result:
        """How an attempt ends."""
        found = self._drawn.result(start, leaf)
        if not isinstance(found.event, Succeeded):
            return found
        outputs = example(leaf.type) if leaf.outputs else {}
        return Result(found.takes, Succeeded(start.id, cast("dict[str, Json]", outputs)))
