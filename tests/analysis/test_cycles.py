"""Elementary cycles, against a search that tries every path."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from flow_core.analysis.cycles import MOST_CYCLES, components, cycles
from flow_core.analysis.graph import dependencies_first

Graph = dict[str, list[str]]

NODES = "abcdef"
GRAPHS: st.SearchStrategy[Graph] = st.lists(
    st.lists(st.sampled_from(NODES), unique=True, max_size=3), min_size=6, max_size=6
).map(lambda targets: dict(zip(NODES, targets, strict=True)))


def brute_force(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Every path back to its first node that visits no node twice, from its least node."""

    def search(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for target in graph[path[-1]]:
            if target == path[0]:
                yield path
            elif target > path[0] and target not in path:
                yield from search((*path, target))

    for node in graph:
        yield from search((node,))


def reachable(graph: Graph, start: str) -> set[str]:
    found: set[str] = set()
    pending = list(graph[start])
    while pending:
        if (node := pending.pop()) not in found:
            found.add(node)
            pending += graph[node]
    return found


@given(GRAPHS)
@settings(deadline=None, max_examples=300)
def test_all_cycles_once(graph: Graph) -> None:
    expected = sorted(brute_force(graph))
    assert len(expected) <= MOST_CYCLES
    assert sorted(cycles(graph)) == expected


@given(GRAPHS)
@settings(deadline=None, max_examples=200)
def test_components_are_what_reaches_itself(graph: Graph) -> None:
    closed = {node: reachable(graph, node) for node in graph}
    expected = {
        frozenset(other for other in closed[node] if node in closed[other])
        for node in graph
        if node in closed[node]
    }
    assert set(map(frozenset, components(graph))) == expected


@given(GRAPHS)
@settings(deadline=None, max_examples=200)
def test_dependencies_come_first_unless_a_cycle_is_in_the_way(graph: Graph) -> None:
    order = dependencies_first(graph)
    assert sorted(order) == sorted(graph)
    for node, targets in graph.items():
        for target in targets:
            in_cycle = node in reachable(graph, target) or node == target
            assert in_cycle or order.index(target) < order.index(node)


def test_the_number_is_bounded() -> None:
    nodes = [f"n{index}" for index in range(40)]
    assert len(list(cycles(dict.fromkeys(nodes, nodes)))) == MOST_CYCLES


def test_a_long_cycle_is_found_in_the_order_of_the_graph() -> None:
    size = 50_000
    ring = {f"n{index}": [f"n{(index + 1) % size}"] for index in range(size)}
    assert list(cycles(ring)) == [tuple(ring)]
