"""What an attempt does in a dry run: where its result comes from, and how long it takes."""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Failed, Start, Succeeded
from flow_core.markers import has_unknown, unknown
from flow_core.plan.plan import Leaf


class Result(msgspec.Struct, frozen=True):
    """How an attempt ends, and after how many microseconds; no ``event`` means that it hangs."""

    takes: int
    event: Succeeded | Failed | None


class Source(Protocol):
    """Where results come from. A source that has none for an attempt gives None."""

    def __call__(self, start: Start, leaf: Leaf, kernel: Kernel, /) -> Result | None:
        """The result of an attempt that the kernel has just started."""
        ...


def built_in(start: Start, leaf: Leaf, _kernel: Kernel) -> Result | None:
    """The built-in components without an effect run for real (R-mock-3)."""
    if leaf.target.effect or leaf.target.kind != "std" or leaf.waits:
        return None
    from flow_core.run.errors import ComponentError
    from flow_core.run.std import pure

    function = pure(leaf.target.name.removeprefix("std."))
    if function is None:
        return None
    takes = leaf.target.p50 or 0
    if any(has_unknown(value) for value in start.inputs.values()):
        return Result(takes, _unknown_end(start, leaf))
    try:
        return Result(takes, Succeeded(start.id, function(**start.inputs)))
    except ComponentError as error:
        return Result(takes, Failed(start.id, error.name, error.message, error.data))


def _unknown_end(start: Start, leaf: Leaf) -> Succeeded | Failed:
    """The end of a built-in with inputs that are not known; what only fails fails all the same."""
    error = start.inputs.get("error")
    if leaf.target.name == "std.fail" and isinstance(error, str):
        return Failed(start.id, error, "a message that is known after the run")
    return Succeeded(start.id, unknown_outputs(start, leaf))


def estimated(start: Start, leaf: Leaf, _kernel: Kernel) -> Result:
    """Success after the time that the estimate says; the outputs are known after the run."""
    return Result(leaf.target.p50 or 0, Succeeded(start.id, unknown_outputs(start, leaf)))


def unknown_outputs(start: Start, leaf: Leaf) -> dict[str, Json]:
    """Outputs of which nothing is known."""
    return {name: unknown(f"the output `{name}` of `{start.path}`") for name in leaf.outputs}


class History:
    """What attempts did in a recorded run: the same in the same place, as often as it was done."""

    def __init__(self, results: Mapping[str, list[Result]]) -> None:
        self._results = results
        self._given: dict[str, int] = {}

    def __call__(self, start: Start, _leaf: Leaf, _kernel: Kernel) -> Result | None:
        """The next of the results recorded for this path, the last one again where it had none."""
        recorded = self._results.get(start.path)
        if not recorded:
            return None
        position = self._given.get(start.path, 0)
        self._given[start.path] = position + 1
        found = recorded[min(position, len(recorded) - 1)]
        event = found.event
        return Result(found.takes, event and msgspec.structs.replace(event, id=start.id))
