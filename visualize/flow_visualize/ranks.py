"""The first half of a layered layout: which layer each thing belongs to, and in which order.

After Sugiyama, Tagawa and Toda (1981): arrows of cycles are turned round, layers are the longest
ways from the sources, arrows over several layers get a stand-in on each, and barycentres order the
layers. Everything is by position and by declaration, so the same graph gives the same picture.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from flow_visualize.geometry import Link

MOST_STAND_INS = 40_000
"""More than this, and long arrows go straight, behind what is in their way."""
SWEEPS = 12
MOST_COUNTED = 4_000
"""Above so many arrows crossings are not counted, and the last order is taken."""


class Layers(msgspec.Struct):
    """Layers of positions; those from ``real`` on are stand-ins.

    ``ways`` are the positions that each link passes, the source first; ``turned`` tells a link that
    is drawn against the layers. ``label_of`` is the link whose label a stand-in holds the place of.
    With a ``stride`` of 2 every second layer is between those of the things, for labels only.
    """

    layers: list[list[int]]
    ways: list[list[int]]
    turned: set[int]
    label_of: dict[int, int]
    real: int
    stride: int = 1


def arrange(count: int, links: Sequence[Link], last: Iterable[int] = ()) -> Layers:
    """Arrange so many things in layers; ``last`` are those that stand behind all others."""
    turned = _back_links(count, links)
    stride = 2 if any(link.label for link in links) else 1
    ranks = [rank * stride for rank in _ranks(count, links, turned)]
    for position in last:
        before = (rank for other, rank in enumerate(ranks) if other != position)
        ranks[position] = max(before, default=-stride) + stride
    layers = _with_stand_ins(links, ranks, turned, stride)
    _order(layers)
    return layers


def _back_links(count: int, links: Sequence[Link]) -> set[int]:
    """The links that close a cycle, as a search from the first thing on finds them."""
    leaving: list[list[int]] = [[] for _ in range(count)]
    for index, link in enumerate(links):
        leaving[link.source].append(index)
    state = [0] * count
    found: set[int] = set()
    for root in range(count):
        stack = [] if state[root] else [(root, iter(leaving[root]))]
        state[root] = state[root] or 1
        while stack:
            node, rest = stack[-1]
            index = next(rest, -1)
            if index < 0:
                state[node] = 2
                stack.pop()
                continue
            target = links[index].target
            if state[target] == 1:
                found.add(index)
            elif state[target] == 0:
                state[target] = 1
                stack.append((target, iter(leaving[target])))
    return found


def _ends(link: Link, *, turned: bool) -> tuple[int, int]:
    return (link.target, link.source) if turned else (link.source, link.target)


def _ranks(count: int, links: Sequence[Link], turned: set[int]) -> list[int]:
    """The longest way to each thing; a source stands right before the first that waits for it."""
    after: list[list[int]] = [[] for _ in range(count)]
    waits = [0] * count
    for index, link in enumerate(links):
        if link.source != link.target:
            source, target = _ends(link, turned=index in turned)
            after[source].append(target)
            waits[target] += 1
    sources = [node for node in range(count) if not waits[node]]
    ranks, ready = [0] * count, list(sources)
    for node in ready:
        for target in after[node]:
            ranks[target] = max(ranks[target], ranks[node] + 1)
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    for node in sources:
        if after[node]:
            ranks[node] = min(ranks[target] - 1 for target in after[node])
    return ranks


def _with_stand_ins(
    links: Sequence[Link], ranks: list[int], turned: set[int], stride: int
) -> Layers:
    layers: list[list[int]] = [[] for _ in range(max(ranks, default=-1) + 1)]
    for node, rank in enumerate(ranks):
        layers[rank].append(node)
    found = Layers(layers, [], turned, {}, len(ranks), stride)
    spans = sum(max(0, abs(ranks[link.target] - ranks[link.source]) - 1) for link in links)
    next_ = len(ranks)
    for index, link in enumerate(links):
        source, target = _ends(link, turned=index in turned)
        between = range(ranks[source] + 1, ranks[target])
        if spans > MOST_STAND_INS:
            between = between[:1] if link.label else range(0)
        way = [source]
        for rank in between:
            layers[rank].append(next_)
            way.append(next_)
            next_ += 1
        if link.label and len(way) > 1:
            found.label_of[way[1]] = index
        found.ways.append([*way, target])
    return found


# Order within the layers


def _order(layers: Layers) -> None:
    """Order each layer by the places of its neighbours, and keep the order with least crossings."""
    above, below = _neighbours(layers)
    links = sum(map(len, below.values()))
    sweeps = SWEEPS if links <= MOST_COUNTED else 4
    best, least = [list(layer) for layer in layers.layers], -1
    for sweep in range(sweeps):
        crossings = _crossings(layers.layers, below) if links <= MOST_COUNTED else -sweep
        if least < 0 or crossings < least:
            best, least = [list(layer) for layer in layers.layers], crossings
        if crossings == 0:
            break
        if sweep % 2 == 0:
            _sweep(layers.layers, above)
        else:
            _sweep(layers.layers[::-1], below)
    if links > MOST_COUNTED or _crossings(layers.layers, below) < least:
        best = layers.layers
    layers.layers[:] = best
    if links <= MOST_COUNTED // 4:
        _swap(layers.layers, above, below)


def _neighbours(layers: Layers) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    above: dict[int, list[int]] = {}
    below: dict[int, list[int]] = {}
    for way in layers.ways:
        for one, other in pairwise(way):
            if one != other:
                below.setdefault(one, []).append(other)
                above.setdefault(other, []).append(one)
    return above, below


def _sweep(layers: Sequence[list[int]], fixed: dict[int, list[int]]) -> None:
    """Sort each layer by the middle of what it is joined to in the layers before it."""
    place = {node: float(index) for layer in layers for index, node in enumerate(layer)}
    for layer in layers:
        middles = {
            node: sum(place[other] for other in fixed[node]) / len(fixed[node])
            for node in layer
            if fixed.get(node)
        }
        layer.sort(key=lambda node: (middles.get(node, place[node]), place[node]))
        place.update((node, float(index)) for index, node in enumerate(layer))


def _crossings(layers: Sequence[list[int]], below: dict[int, list[int]]) -> int:
    """How many pairs of arrows cross between neighbouring layers."""
    total = 0
    place = {node: index for layer in layers for index, node in enumerate(layer)}
    for layer in layers:
        seen: list[int] = []
        for node in layer:
            ends = sorted(place[other] for other in below.get(node, ()))
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _swap(
    layers: Sequence[list[int]], above: dict[int, list[int]], below: dict[int, list[int]]
) -> None:
    """Exchange neighbours as long as that saves crossings."""
    place = {node: index for layer in layers for index, node in enumerate(layer)}
    for _ in range(SWEEPS):
        changed = False
        for layer in layers:
            for index in range(len(layer) - 1):
                one, other = layer[index : index + 2]
                gain = _pair(one, other, above, below, place) - _pair(
                    other, one, above, below, place
                )
                if gain > 0:
                    layer[index : index + 2] = other, one
                    place[one], place[other] = index + 1, index
                    changed = True
        if not changed:
            return


def _pair(
    left: int,
    right: int,
    above: dict[int, list[int]],
    below: dict[int, list[int]],
    place: dict[int, int],
) -> int:
    """The crossings of the arrows of two neighbours."""
    return sum(
        place[one] > place[other]
        for side in (above, below)
        for one in side.get(left, ())
        for other in side.get(right, ())
    )
