"""Hypothesis strategies from a pipeline: its inputs, what its calls give, and its faults."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from hypothesis import strategies as st
from msgspec import UNSET

from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.faults import KINDS, Fault, FaultPlan, Kind, possible
from flow_core.suggest import closest
from flow_core.types import deref
from flow_core.types.kinds import ObjectType
from flow_testing import keeping
from flow_testing.chosen import Kinds, Steps, chosen_kinds, chosen_steps
from flow_testing.errors import FlowTestError
from flow_testing.locating import caller_folder, find_subject
from flow_testing.sweeps.spots import Spot, spots
from flow_testing.values import values

if TYPE_CHECKING:
    import os

T = TypeVar("T")
Inputs: TypeAlias = "st.SearchStrategy[dict[str, Any]]"
Pathlike: TypeAlias = "str | os.PathLike[str]"
_MOST_FAULTS = 3
_ATTEMPTS = 4
_ELEMENTS = 3


def flow_inputs(path: Pathlike) -> Inputs:
    """Inputs of a pipeline that fit their types; those with a default are often left out.

    Raises:
        FlowTestError: there is no such pipeline (when a test first draws).
    """
    folder = caller_folder()
    return _deferred(lambda: _inputs(_plan(path, folder)))


def outputs_of(name: str, *, pipeline: Pathlike) -> Inputs:
    """What a call of a pipeline may give: ``name`` is a step, or a component that it uses.

    Raises:
        FlowTestError: nothing in the pipeline has that name (when a test first draws).
    """
    folder = caller_folder()
    return _deferred(lambda: values(_leaf(_plan(pipeline, folder), name).type))


def fault_plans(
    path: Pathlike,
    *,
    each: Kinds = KINDS,
    most: int = _MOST_FAULTS,
    steps: Steps | None = None,
) -> "st.SearchStrategy[FaultPlan]":
    """Fault plans of a pipeline, with ``most`` faults at most; the plainest has none.

    ``each`` are the kinds of faults, ``steps`` those that may fail. A fault may be one of an
    attempt that no run makes; nothing comes of it then.

    Raises:
        FlowTestError: there is no such pipeline, kind or step (when a test first draws).
    """
    folder = caller_folder()
    return _deferred(lambda: _plans(_plan(path, folder), each, most, steps))


def _deferred(make: "Callable[[], st.SearchStrategy[T]]") -> "st.SearchStrategy[T]":
    """A strategy that is made when a test first draws from it, and that marks the test."""

    def made() -> "st.SearchStrategy[T]":
        __tracebackhide__ = True
        try:
            return make().map(_marked)
        except SimulationError as error:
            raise FlowTestError(error.message, error.help) from None

    return st.deferred(made)


def _marked(drawn: T) -> T:
    keeping.watch()
    return drawn


def _plan(path: Pathlike, folder: Path) -> PipelinePlan:
    return find_subject(path, folder).plan


def _inputs(plan: PipelinePlan) -> Inputs:
    type_ = deref(plan.input_type)
    fields = type_.fields if isinstance(type_, ObjectType) else {}
    drawn = {name: values(fields[name].type) for name in plan.inputs}
    optional = {
        n for n, port in plan.inputs.items() if not port.required or port.default is not UNSET
    }
    return st.fixed_dictionaries(
        {name: each for name, each in drawn.items() if name not in optional},
        optional={name: each for name, each in drawn.items() if name in optional},
    )


def _leaf(plan: PipelinePlan, name: str) -> Leaf:
    found: dict[str, Leaf] = {}
    for path, spot in spots(plan).items():
        for leaf in spot.leaves:
            found.setdefault(path, leaf)
            found.setdefault(path.rpartition("/")[2], leaf)
            found.setdefault(leaf.target.name, leaf)
    if name not in found:
        near = closest(name, found)
        help_ = f"did you mean `{near}`?" if near else "name a step or a component that it calls"
        raise SimulationError(f"`{plan.name}` has no call `{name}`", None, help_)
    return found[name]


def _plans(
    plan: PipelinePlan, each: Kinds, most: int, steps: Steps | None
) -> "st.SearchStrategy[FaultPlan]":
    possible = list(_possible(plan, chosen_kinds(each), chosen_steps(plan, steps)))
    if not possible:
        return st.just(FaultPlan())
    faults = st.one_of([_faults(pattern, hows) for pattern, hows in possible])
    unique = st.lists(faults, max_size=most, unique_by=lambda fault: (fault.path, fault.attempt))
    return unique.map(lambda found: FaultPlan(tuple(found)))


def _faults(pattern: str, hows: tuple[str, ...]) -> "st.SearchStrategy[Fault]":
    """The faults of a call; in ``pattern`` each ``[]`` is to be an element of a `for_each`."""
    index = st.integers(0, _ELEMENTS - 1)
    parts = pattern.split("[]")
    indices = st.lists(index, min_size=len(parts) - 1, max_size=len(parts) - 1)
    paths = indices.map(
        lambda chosen: "".join(
            part + (f"[{chosen[i]}]" if i < len(chosen) else "") for i, part in enumerate(parts)
        )
    )
    return st.builds(
        Fault, paths, st.integers(0, _ATTEMPTS).map(_first_then_each), st.sampled_from(hows)
    )


def _first_then_each(number: int) -> int:
    """The first attempt is plainer than each of them, and that plainer than a later one."""
    return {0: 1, 1: 0}.get(number, number)


def _possible(
    plan: PipelinePlan, each: Collection[Kind], steps: Collection[str] | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where something can go wrong, and what."""
    known = spots(plan)
    for path, spot in known.items():
        if steps is not None and not {p.partition("!")[0] for p in path.split("/")} & {*steps}:
            continue
        hows: dict[str, None] = {}
        for leaf in spot.leaves:
            bounded = _is_bounded(known, spot, leaf)
            hows.update(dict.fromkeys(possible(leaf, each, bounded=bounded)))
        if hows:
            yield _with_elements(known, path), tuple(hows)


def _is_bounded(known: dict[str, Spot], spot: Spot, leaf: Leaf) -> bool:
    calls = [leaf, *(call for path in _around(spot.path) for call in known[path].calls)]
    return any(
        call.policy.timeout is not None
        or (call.policy.retry is not None and call.policy.retry.policy.max_duration is not None)
        for call in calls
    )


def _around(path: str) -> list[str]:
    """The paths of what encloses a path; what undoes or handles is outside of timeouts."""
    parts = path.split("/")[:-1]
    found = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
    return [] if "!" in path else found


def _with_elements(known: dict[str, Spot], path: str) -> str:
    """A path with ``[]`` behind each step that has elements."""
    parts = path.split("/")
    marked: list[str] = []
    for depth, part in enumerate(parts):
        name, bang, below = part.partition("!")
        step = known["/".join([*parts[:depth], name])].step
        marked.append(f"{name}{'[]' if step.for_each else ''}{bang}{below}")
    return "/".join(marked)
