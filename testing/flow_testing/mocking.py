"""What a test says of the calls of a pipeline: outputs, failures, silence, or a function."""

from collections.abc import Coroutine, Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeAlias, cast

import msgspec

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Start, Succeeded
from flow_core.model.scenario import Mock, MockCall, Mocks
from flow_core.places import Path
from flow_core.plan.plan import Leaf
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.lots import Drawn, Lots
from flow_core.simulate.mocks import MockedFailure, ScenarioMocks
from flow_core.simulate.outcomes import Result
from flow_core.types.example import example
from flow_testing.amounts import Length, length_of
from flow_testing.errors import BrokenMock, FlowTestError
from flow_testing.given import see_callable, see_data, text
from flow_testing.stand_ins import StandIn


class Hang(msgspec.Struct, frozen=True):
    """An attempt that never ends by itself, so that a timeout cuts it."""


class Estimated(msgspec.Struct, frozen=True):
    """An attempt that goes as the component's estimate says; what it gives is not known."""


Attempt: TypeAlias = Mapping[str, Any] | MockedFailure | Hang | Estimated | MockCall
"""What one attempt does: it gives outputs, fails, hangs, or does what a function of its inputs
says. The function returns outputs, or raises what `fail` makes."""


def fail(name: str, message: str = "", data: Json = None) -> MockedFailure:
    """An attempt that fails with the error of this name: in a mock, or raised by its function."""
    __tracebackhide__ = True
    see_data(data, f"the data of `{text(name, 'name of an error')}`")
    return MockedFailure(name, text(message, "message of an error"), data)


def hang() -> Hang:
    """An attempt that never ends by itself."""
    return Hang()


def estimated() -> Estimated:
    """An attempt that goes as the estimate says: of many runs, some fail, and times differ."""
    return Estimated()


_MAKERS: "tuple[tuple[object, str], ...]" = (
    (fail, 'fail("Name")'),
    (hang, "hang()"),
    (estimated, "estimated()"),
)
"""Functions that make what an attempt does, and are not what it does; how each is called."""
_MOCKS = 'give its outputs by name: `{"rows": 10}`; or `fail("Name")`, `hang()`, a function'


def mocks_of(
    target: StandIn,
    does: Attempt | Sequence[Attempt],
    takes: Length | None,
    failure_rate: float | None = None,
) -> Mocks:
    """The mocks of a step or component; a sequence has one for each attempt.

    Raises:
        FlowTestError: something in it is no mock, or not what the target can do.
    """
    __tracebackhide__ = True
    length = None if takes is None else length_of(takes)
    key = target.key
    if isinstance(does, list | tuple):
        attempts = cast("Sequence[Attempt]", does)
        found = [_mock(target, (key, i), each, length) for i, each in enumerate(attempts)]
    else:
        found = [_mock(target, (key,), cast("Attempt", does), length)]
    if failure_rate is not None:
        found = [_failing(each, failure_rate) for each in found]
    return Mocks(key, (key,), tuple(found), each=isinstance(does, list | tuple))


def _failing(mock: Mock, rate: object) -> Mock:
    """A mock that sometimes fails instead."""
    __tracebackhide__ = True
    if not isinstance(rate, int | float) or not 0 <= rate <= 1:
        raise FlowTestError(f"`failure_rate={rate!r}` is no share", "write a number from 0 to 1")
    if mock.returns is msgspec.UNSET:
        message = f"`failure_rate={rate!r}` says nothing of `{mock.path[0]}`"
        raise FlowTestError(message, "it is for a mock that gives outputs")
    return msgspec.structs.replace(mock, failure_rate=rate)


def _mock(target: StandIn, path: Path, does: Attempt, takes: int | None) -> Mock:
    __tracebackhide__ = True
    match does:
        case MockedFailure():
            target.see_error(does.name)
            return Mock(path, call=_raising(does), takes=takes)
        case Hang():
            return Mock(path, hang=True, takes=takes)
        case Estimated():
            return Mock(path, estimated=True, takes=takes)
        case Mapping():
            target.see_outputs(does)
            return Mock(path, returns=deepcopy(dict(does)), takes=takes)
        case _ if callable(does):
            _see_no_maker(does)
            see_callable(does, target.key)
            return Mock(path, call=_guarded(target, does), takes=takes)
        case _:
            raise FlowTestError(f"{does!r} is nothing that `{target.key}` could do", _MOCKS)


def _see_no_maker(function: object) -> None:
    __tracebackhide__ = True
    for maker, call in _MAKERS:
        if function is maker:
            raise FlowTestError(f"`{call.partition('(')[0]}` is not called", f"write `{call}`")


def _raising(failure: MockedFailure) -> MockCall:
    def call(_inputs: dict[str, Any]) -> Any:
        raise failure

    return call


def _guarded(target: StandIn, function: MockCall) -> MockCall:
    """A function that does only what its target can do. A component's errors are its own."""
    error_name = getattr(function, "error_name", None)

    def call(inputs: dict[str, Any]) -> Any:
        failure: MockedFailure
        try:
            outputs = _outputs(target, function(deepcopy(inputs)))
        except MockedFailure as raised:
            failure = raised
        except FlowTestError:
            raise
        except BaseException as error:  # noqa: BLE001 - it is raised again where the test stands
            name = error_name(error) if error_name and isinstance(error, Exception) else None
            if name is None:
                trace = error.__traceback__
                raise BrokenMock(error, trace and trace.tb_next) from None
            failure = MockedFailure(name, str(error))
        else:
            target.see_outputs(outputs)
            return outputs
        target.see_error(failure.name)
        raise failure

    return call


def _outputs(target: StandIn, returned: object) -> dict[str, Any]:
    """What a function returned, as outputs by name."""
    key = target.key
    if returned is None:
        target.see_none_needed()
        return {}
    message = f"the function that mocks `{key}` returned {returned!r}"
    if isinstance(returned, MockedFailure):
        raise FlowTestError(message, f"let it raise that: `raise fail({returned.name!r})`")
    if isinstance(returned, Coroutine):
        returned.close()
        raise FlowTestError(f"the function that mocks `{key}` is async", "write it without `async`")
    if not isinstance(returned, Mapping):
        raise FlowTestError(message, 'let it return outputs by name: `{"rows": 10}`')
    return deepcopy(dict(cast("Mapping[str, Any]", returned)))


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
