"""Races for state, against a search through all orders of steps."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.analysis.state import State
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings

SIZE = 6
STEPS = st.lists(
    st.tuples(
        st.sets(st.integers(0, SIZE - 1), max_size=2),  # what it waits for, if that comes before
        st.sampled_from(["", "read", "write", "both"]),
    ),
    min_size=2,
    max_size=SIZE,
)
Steps = list[tuple[set[int], str]]


def module_of(text: str) -> Module:
    return Project(Settings("/project")).add("/project/main.flow.yaml", text)


def text_of(steps: Steps, reduce: str) -> str:
    lines = ["flow: 1", "name: state", f"state: {{c: {{type: any, reduce: {reduce}}}}}", "steps:"]
    for index, (waits, use) in enumerate(steps):
        names = ", ".join(f"s{other}" for other in sorted(waits) if other < index)
        message = "${{ json(state.c) }}" if use in ("read", "both") else "hello"
        write = ", set: {c: []}" if use in ("write", "both") else ""
        lines.append(
            f'  s{index}: {{uses: std.log, with: {{message: "{message}"}},'
            f" depends_on: [{names}]{write}}}"
        )
    return "\n".join(lines)


def unordered(steps: Steps) -> set[frozenset[int]]:
    """The pairs of steps of which neither waits for the other."""
    before: list[set[int]] = []
    for index, (waits, _) in enumerate(steps):
        direct = {other for other in waits if other < index}
        before.append(direct.union(*(before[other] for other in direct)))
    every = combinations(range(len(steps)), 2)
    return {frozenset(pair) for pair in every if pair[0] not in before[pair[1]]}


def races(steps: Steps, reduce: str) -> set[frozenset[int]]:
    """The unordered pairs that must be ordered."""

    def matters(one: str, other: str) -> bool:
        both = {one, other}
        if "" in both or both == {"read"}:
            return False
        return reduce == "last" or both != {"write"}

    return {p for p in unordered(steps) if matters(*(steps[index][1] for index in p))}


def pairs(state: State) -> set[frozenset[int]]:
    """The steps of the races that were found."""
    return {
        frozenset(int(access.step[1:]) for access in (race.access, other))
        for race in state.races
        for other in race.others
    }


@given(STEPS)
@settings(deadline=None, max_examples=150)
def test_a_channel_whose_writes_need_an_order(steps: Steps) -> None:
    found = pairs(module_of(text_of(steps, "last")).state)
    expected = races(steps, "last")
    assert found <= expected
    assert bool(found) == bool(expected)


@given(STEPS)
@settings(deadline=None, max_examples=150)
def test_a_channel_that_keeps_all_writes(steps: Steps) -> None:
    assert pairs(module_of(text_of(steps, "append")).state) == races(steps, "append")


def test_many_readers_and_writers_take_a_moment() -> None:
    size = 3000
    steps: Steps = [({index - 1}, "both") for index in range(size)]
    for reduce in ("append", "last"):
        assert module_of(text_of(steps, reduce)).state.races == []
