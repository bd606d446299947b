"""Worlds: inputs and outputs drawn from the types of a pipeline, for runs that nobody has written.

In one world an activation gives the same outputs however often it is tried, so that a run with a
fault differs from the one without it by that fault alone. Iterations differ, so that what is
repeated comes to an end, but in each fourth world: there they are all alike.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from random import Random
from typing import TypeAlias

import msgspec

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Start, Succeeded
from flow_core.plan.find import without_indices
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate.fault_sweep import Sweeper
from flow_core.simulate.faults import KINDS, FaultPlan, Kind
from flow_core.simulate.outcomes import Result, Source
from flow_core.simulate.run import Run
from flow_core.types import deref
from flow_core.types.kinds import ObjectType
from flow_core.types.sample import sample

SEEDS = 100
"""So many worlds are looked at, unless their runs are long."""
MOST_LOOKED = 20_000
"""After so many attempts no further world is looked at."""
MOST_WORLDS = 6
"""In so many of them faults are tried."""
MONDAY = "2026-03-02T06:00:00Z"
_ATTEMPT = re.compile(r"~\d+")
_ATTEMPT_OR_ITERATION = re.compile(r"[~#]\d+")
_STUBBORN = 4

Mocked: TypeAlias = Callable[[], Source]
Feature: TypeAlias = tuple[str, str]
"""Something that a run shows: a path without indices, and what happened there."""
_BROKEN: Feature = ("", "can't be run")
Answers: TypeAlias = dict[str, Json]
"""What calls give, by their keys (R-resume-1) without the attempts of what encloses them."""


class World(msgspec.Struct, frozen=True):
    """One world. ``answers`` come before what is drawn from the seed.

    ``scheduled`` tells that a schedule started the run.
    """

    seed: int
    inputs: dict[str, Json]
    answers: Answers = {}
    scheduled: bool = False


def key_in(world: World, start: Start) -> str:
    """Under which key the answer to an attempt is found in a world."""
    is_stubborn = world.seed % _STUBBORN == _STUBBORN - 1
    return (_ATTEMPT_OR_ITERATION if is_stubborn else _ATTEMPT).sub("", start.key)


class WorldSource:
    """What the effects of a world do: they succeed, after the time that is usual for them.

    ``given`` are the answers that were asked for; with ``late`` each takes as long as only one of
    twenty does.
    """

    def __init__(self, world: World, *, late: bool = False) -> None:
        self._world = world
        self._late = late
        self.given: Answers = {}

    def __call__(self, start: Start, leaf: Leaf, _kernel: Kernel) -> Result | None:
        """The outputs of a call with an effect."""
        if not leaf.target.effect:
            return None
        key = key_in(self._world, start)
        if key not in self.given:
            known = self._world.answers.get(key)
            self.given[key] = self._drawn(key, leaf) if known is None else known
        found = self.given[key]
        takes = leaf.target.p50 or 0
        if self._late:
            takes = max(takes, leaf.target.p95 or 0)
        return Result(takes, Succeeded(start.id, found if isinstance(found, dict) else {}))

    def _drawn(self, key: str, leaf: Leaf) -> Json:
        draw = Random(f"{self._world.seed}|{key}")  # noqa: S311 - nothing secret
        type_ = deref(leaf.type)
        fields = type_.fields if isinstance(type_, ObjectType) else {}
        return {name: sample(field.type, draw, name) for name, field in fields.items()}


def drawn_world(plan: PipelinePlan, seed: int, given: Mapping[str, Json] | None = None) -> World:
    """The world of a seed: its inputs, of which those with a default often have that.

    A secret one never has it: a sweep is kept, and shown, with all its values.

    ``given`` are inputs that are not to be drawn.
    """
    if given is not None:
        return World(seed, dict(given))
    draw = Random(f"{seed}|inputs")  # noqa: S311 - nothing secret
    type_ = deref(plan.input_type)
    fields = type_.fields if isinstance(type_, ObjectType) else {}
    inputs: dict[str, Json] = {}
    for name, port in plan.inputs.items():
        has_default = port.default is not msgspec.UNSET
        value = sample(fields[name].type, draw, name)
        is_needed = port.secret if has_default else port.required
        if is_needed or draw.choice((True, False)):
            inputs[name] = value
    return World(seed, inputs, scheduled=bool(plan.schedule) and draw.randrange(3) == 0)


def sweeper(  # noqa: PLR0913 - all by name
    plan: PipelinePlan,
    world: World,
    *,
    each: Collection[Kind] = KINDS,
    late: bool = False,
    mocks: Mocked | None = None,
    steps: Collection[str] | None = None,
) -> Sweeper:
    """What runs a pipeline in a world. ``mocks`` makes a source that is asked before the world."""

    def source() -> Source:
        drawn = WorldSource(world, late=late)
        return first_of(mocks(), drawn) if mocks else drawn

    scheduled_at = MONDAY if world.scheduled else None
    return Sweeper(
        plan, world.inputs, source, each=each, steps=steps, start=MONDAY, scheduled_at=scheduled_at
    )


def first_of(one: Source, other: Source) -> Source:
    """The source that asks another one where it has no result itself."""

    def find(start: Start, leaf: Leaf, kernel: Kernel) -> Result | None:
        return one(start, leaf, kernel) or other(start, leaf, kernel)

    return find


def choose_worlds(
    plan: PipelinePlan,
    *,
    most: int = MOST_WORLDS,
    given: Mapping[str, Json] | None = None,
    mocks: Mocked | None = None,
    tick: Callable[[], object] = lambda: None,
) -> tuple[World, ...]:
    """Few worlds in which a pipeline does all that it does in many.

    The first is the one in which most of it runs and goes well. ``given`` are inputs for all of
    them, ``mocks`` makes a source that is asked before each.
    """
    looks: list[_Look] = []
    attempts = 0
    for seed in range(SEEDS):
        looks.append(_look(plan, drawn_world(plan, seed, given), mocks))
        tick()
        attempts += looks[-1].attempts
        if looks[-1].is_broken or attempts >= MOST_LOOKED:  # there is enough to tell
            break
    return tuple(look.world for look in _covering(looks, most))


def _look(plan: PipelinePlan, world: World, mocks: Mocked | None) -> "_Look":
    case = sweeper(plan, world, mocks=mocks).run(FaultPlan())
    if case.run is None:
        return _Look(world, succeeded=False, shown=frozenset({_BROKEN}))
    return _Look(world, case.run.succeeded, features(case.run), len(case.run.starts))


class _Look(msgspec.Struct, frozen=True):
    """A world, whether its run succeeds, what that shows, and how many attempts it makes."""

    world: World
    succeeded: bool
    shown: frozenset[Feature]
    attempts: int = 0

    @property
    def is_broken(self) -> bool:
        """Whether it could not be run at all."""
        return _BROKEN in self.shown

    @property
    def started(self) -> int:
        """How much of the pipeline runs."""
        return sum(how == "started" for _, how in self.shown)


def _covering(looks: list[_Look], most: int) -> Iterator[_Look]:
    """The best look, then whatever shows most that is new, until nothing is."""
    left = sorted(looks, key=lambda look: (not look.succeeded, -look.started, look.world.seed))
    seen: set[Feature] = set()
    for number in range(most):
        if not left or (number and not left[0].shown - seen):
            return
        yield left[0]
        seen |= left[0].shown
        left.sort(key=lambda look: (-len(look.shown - seen), not look.succeeded, look.world.seed))


def features(run: Run) -> frozenset[Feature]:
    """What a run shows of its pipeline: how each step, handler and call in it went."""
    return frozenset(_features(run))


def _features(run: Run) -> Iterator[Feature]:
    for note in run.notes:
        path = without_indices(note.path)
        if note.what in ("settled", "skipped", "caught"):
            yield path, f"{note.what} {note.how}"
        elif note.what == "started" and not note.composite:
            yield path, "started"
    error = run.error
    yield "", f"{run.status} {error.name if error else ''}"
    yield from (
        ("", f"null {name}") for name, value in (run.outputs or {}).items() if value is None
    )
