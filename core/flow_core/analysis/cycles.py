"""The elementary cycles of a directed graph.

The elementary circuits of each strongly connected component, after Johnson (1975), up to a bound
since there may be exponentially many.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)

MOST_CYCLES = 100


def cycles(graph: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Each elementary cycle once, from its first node on; at most 100 a component.

    >>> list(cycles({"a": ["b"], "b": ["a", "c"], "c": ["c"]}))
    [('a', 'b'), ('c',)]
    """
    rank = {node: index for index, node in enumerate(graph)}
    for component in sorted(components(graph), key=lambda nodes: min(map(rank.__getitem__, nodes))):
        yield from islice(_circuits(component, graph, rank), MOST_CYCLES)


def components(graph: Mapping[Node, Iterable[Node]]) -> list[set[Node]]:
    """The strongly connected components that hold a cycle, after Kosaraju."""
    against: dict[Node, list[Node]] = {node: [] for node in graph}
    for node, targets in graph.items():
        for target in targets:
            if target in against:
                against[target].append(node)
    seen: set[Node] = set()
    found: list[set[Node]] = []
    for node in reversed(_finished(graph)):
        nodes = _reach(node, against, seen)
        if len(nodes) > 1 or (nodes and node in graph[node]):
            found.append(nodes)
    return found


def _finished(graph: Mapping[Node, Iterable[Node]]) -> list[Node]:
    """The nodes in the order in which a depth-first search leaves them."""
    seen: set[Node] = set()
    done: list[Node] = []
    for root in graph:
        stack = [(root, iter(graph[root]))] if root not in seen else []
        seen.add(root)
        while stack:
            node, targets = stack[-1]
            target = next((t for t in targets if t in graph and t not in seen), None)
            if target is None:
                done.append(node)
                stack.pop()
            else:
                seen.add(target)
                stack.append((target, iter(graph[target])))
    return done


def _reach(start: Node, graph: Mapping[Node, Iterable[Node]], seen: set[Node]) -> set[Node]:
    """The nodes reached from ``start`` that were not seen before."""
    pending = [start]
    found: set[Node] = set()
    while pending:
        if (node := pending.pop()) not in seen:
            seen.add(node)
            found.add(node)
            pending.extend(graph[node])
    return found


def _circuits(
    component: set[str], graph: Mapping[str, Iterable[str]], rank: Mapping[str, int]
) -> Iterator[tuple[str, ...]]:
    """Circuits through the first node of a component, then those of what is left without it."""
    pending = [component]
    while pending:
        nodes = pending.pop()
        start = min(nodes, key=rank.__getitem__)
        yield from _circuits_through(start, nodes, graph)
        left = sorted(nodes - {start}, key=rank.__getitem__)
        parts = components({node: [t for t in graph[node] if t in nodes] for node in left})
        pending += reversed(parts)


def _circuits_through(
    start: str, left: set[str], graph: Mapping[str, Iterable[str]]
) -> Iterator[tuple[str, ...]]:
    """Johnson's search with its blocking: a node is tried again only when that can succeed."""
    path = [start]
    blocked = {start}
    waits_for: dict[str, set[str]] = {}
    closed: set[str] = set()
    stack = [iter([t for t in graph[start] if t in left])]
    while stack:
        target = next(stack[-1], None)
        if target is None:
            node = path.pop()
            stack.pop()
            if node in closed:
                _unblock(node, blocked, waits_for)
            else:
                for after in graph[node]:
                    waits_for.setdefault(after, set()).add(node)
        elif target == start:
            closed.update(path)
            yield tuple(path)
        elif target not in blocked:
            path.append(target)
            blocked.add(target)
            closed.discard(target)
            stack.append(iter([t for t in graph[target] if t in left]))


def _unblock(node: str, blocked: set[str], waits_for: dict[str, set[str]]) -> None:
    pending = [node]
    while pending:
        found = pending.pop()
        if found in blocked:
            blocked.discard(found)
            pending.extend(waits_for.pop(found, ()))
