"""The mocks of a scenario: which one stands in for an attempt (R-mock-1 to R-mock-3)."""

import re
from functools import cache

import msgspec
from msgspec import UnsetType

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Failed, Start, Succeeded
from flow_core.model.read_scenario import read_step_path
from flow_core.model.scenario import Mock, MockCall, Mocks, Scenario, StepPath
from flow_core.places import Place
from flow_core.plan.plan import Leaf
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.lots import Drawn, Lots
from flow_core.simulate.outcomes import Result, Source
from flow_core.types import Type, admits_null, deref, without_null
from flow_core.types.kinds import ListType, MapType, ObjectType
from flow_core.types.show import count

_SEGMENT = re.compile(r"(?P<name>[^\[!]+)(?:\[(?P<index>\d+)\])?(?:!(?P<below>.+))?")


class _Segment(msgspec.Struct, frozen=True):
    """A step in the path of an attempt."""

    name: str
    index: int | None
    below: str


class ScenarioMocks:
    """The mocks of one scenario, and how often each activation has used its own.

    Strict: an effect that nothing mocks is an error, unless ``otherwise`` says what it does; but
    who waits for a signal may be sent one. ``lots`` decide what the mocks leave open.
    """

    def __init__(
        self,
        scenario: Scenario,
        file: str = "",
        lots: Lots | None = None,
        *,
        otherwise: Source | None = None,
    ) -> None:
        self._lots = lots or Lots()
        self._otherwise = otherwise
        self.scenario = scenario
        self._file = file
        self._used: dict[str, int] = {}
        keys = ((key, mocks) for key, mocks in scenario.mocks.items() if "." not in key)
        self._steps = [(path, mocks) for key, mocks in keys if (path := read_step_path(key))]

    def __call__(self, start: Start, leaf: Leaf, kernel: Kernel) -> Result | None:
        """The result that is mocked for an attempt.

        Raises:
            SimulationError: an effect has no mock, or a list of mocks is too short.
        """
        mocks = self._find(start, leaf, kernel)
        if mocks is not None:
            return _result(self._next(mocks, start), start, leaf, self._lots)
        if leaf.waits == "signal":
            return Result(0, None)
        if not leaf.target.effect:
            return None
        if self._otherwise is not None:
            return self._otherwise(start, leaf, kernel)
        raise self.missing(start.path, leaf)

    def _find(self, start: Start, leaf: Leaf, kernel: Kernel) -> Mocks | None:
        """An element's mock wins over its step's, a step's over a component's."""
        segments, groups = read_path(start.path), kernel.groups(start.id)
        best: tuple[int, Mocks] | None = None
        for path, mocks in self._steps:
            found = rank(path, segments, groups)
            if found is not None and (best is None or found > best[0]):
                best = found, mocks
        if best is not None:
            return best[1]
        return self.scenario.mocks.get(leaf.target.name)

    def _next(self, mocks: Mocks, start: Start) -> Mock:
        """The mock of the next attempt of an activation."""
        if not mocks.each:
            return mocks.attempts[0]
        used = self._used.get(start.path, 0)
        if used >= len(mocks.attempts):
            there = count(len(mocks.attempts), "mock")
            message = f"`{mocks.key}` has {there}, and `{start.path}` makes a further attempt"
            place = Place(mocks.path, file=self._file)
            help_ = "add what the next attempt does, or leave out the list: one mock is for all"
            raise SimulationError(message, place, help_, "FL810")
        self._used[start.path] = used + 1
        return mocks.attempts[used]

    def place(self, key: str) -> Place:
        """The place of a part of the scenario."""
        return Place((*self.scenario.path, key), "key", file=self._file)

    def missing(self, path: str, leaf: Leaf) -> SimulationError:
        """The error that nothing mocks what an attempt does."""
        returns = ", ".join(f"{name}: …" for name in leaf.outputs)
        message = f"nothing mocks `{leaf.target.name}`, which `{path}` calls"
        help_ = f"add to `mocks`: `{leaf.target.name}: {{returns: {{{returns}}}}}`"
        around = self.scenario.path
        part = (*around, "mocks") if self.scenario.mocks else around
        return SimulationError(message, Place(part, "key", file=self._file), help_, "FL807")


def _result(mock: Mock, start: Start, leaf: Leaf, lots: Lots) -> Result:
    if mock.estimated:
        found = Drawn(lots).result(start, leaf)
        return found if mock.takes is None else Result(mock.takes, found.event)
    takes = mock.takes if mock.takes is not None else lots.duration(leaf.target)
    if mock.call is not None:
        return Result(takes, _called(mock.call, start, leaf))
    if mock.hang:
        return Result(takes, None)
    error: str | None = mock.fail
    if mock.failure_rate:
        error = lots.error(leaf.target, mock.failure_rate)
    if error:
        return Result(takes, Failed(start.id, error, "as the mock says"))
    returns = completed(mock.returns, leaf.type)
    return Result(takes, Succeeded(start.id, returns if isinstance(returns, dict) else {}))


class MockedFailure(Exception):  # noqa: N818 - it is what a mock does, and no mistake
    """What a mock in Python raises to let its attempt fail with an error of that name."""

    def __init__(self, name: str, message: str = "", data: Json = None) -> None:
        super().__init__(name)
        self.name = name
        self.message = message
        self.data = data


def _called(call: MockCall, start: Start, leaf: Leaf) -> Succeeded | Failed:
    """How a function says that an attempt ends; what else it raises is its caller's to see."""
    try:
        returns = completed(call(start.inputs), leaf.type)
    except MockedFailure as failure:
        message = failure.message or "as the mock says"
        return Failed(start.id, failure.name, message, failure.data)
    return Succeeded(start.id, returns if isinstance(returns, dict) else {})


def completed(data: "Json | UnsetType", type_: Type) -> Json:
    """What a mock gives, with null for what it leaves out and may be null."""
    type_ = deref(without_null(type_))
    match data, type_:
        case dict(), ObjectType(fields=fields):
            missing = {n: None for n, f in fields.items() if n not in data and admits_null(f.type)}
            known = {
                n: completed(value, fields[n].type) if n in fields else value
                for n, value in data.items()
            }
            return {**known, **missing}
        case dict(), MapType(value=value):
            return {name: completed(each, value) for name, each in data.items()}
        case list(), ListType(item=item):
            return [completed(each, item) for each in data]
        case UnsetType(), _:
            return {}
        case _:
            return data


@cache
def _read_segment(text: str) -> _Segment:
    match = _SEGMENT.fullmatch(text)
    if match is None:
        return _Segment(text, None, "")
    index = match["index"]
    return _Segment(match["name"], None if index is None else int(index), match["below"] or "")


def read_path(path: str) -> list[_Segment]:
    """The segments of the path of an attempt."""
    return [_read_segment(part) for part in path.split("/")]


def rank(path: StepPath, segments: list[_Segment], groups: frozenset[str]) -> int | None:
    """How well a key fits the path of an attempt: by how many names and indices it gives.

    Only the names of groups may be left out. None where it does not fit.
    """
    wanted = list(path.segments)
    last = segments[-1]
    below = (
        ""
        if not path.below
        else "compensate"
        if path.below[0] == "compensate"
        else f"catch[{path.below[1]}]"
    )
    if last.below != below or wanted[-1].name != last.name:
        return None
    found = 0
    for position in range(len(segments) - 1, -1, -1):
        segment = segments[position]
        if wanted and wanted[-1].name == segment.name:
            if wanted[-1].index is not None:
                if wanted[-1].index != segment.index:
                    return None
                found += 100
            found += 1
            wanted.pop()
        elif segment.name not in groups:
            return None
    return None if wanted else found
