"""Coordinates along the layers of a layered layout: of things, of stand-ins, of arrows' ends."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from flow_visualize.ranks import Layers

GAP = 22.0
LANE = 12.0
"""The room that an arrow takes which passes a layer."""
PORT = 11.0
"""How far the ends of arrows are apart."""
ROUNDS = 24
MOST_POLISHED = 3_000
"""Things and stand-ins; with more of them there are fewer rounds."""
_STRAIGHT = 8.0
"""How much more a long arrow wants to be straight than a short one."""


class Sizes(msgspec.Struct, frozen=True):
    """Extents along both axes, of things and of stand-ins."""

    main: list[float]
    cross: list[float]


def centres_of(layers: Layers, sizes: Sizes) -> list[float]:
    """Centres such that neighbours keep their distance and arrows are as straight as they can be.

    Each layer in turn takes the best places with the others as they are, which is a problem of
    least squares under an order, solved exactly by `spread`.
    """
    pulls = _pulls(layers, len(sizes.main))
    centres = [0.0] * len(sizes.main)
    for layer in layers.layers:
        for node, at in zip(
            layer, spread([0.0] * len(layer), _gaps(layer, layers, sizes)), strict=True
        ):
            centres[node] = at
    rounds = ROUNDS if len(sizes.main) < MOST_POLISHED else 4
    for turn in range(rounds):
        for layer in layers.layers if turn % 2 == 0 else reversed(layers.layers):
            _settle(layer, layers, sizes, pulls, centres)
    low = min((centres[n] - sizes.cross[n] / 2 for n in range(len(centres))), default=0)
    return [centre - low for centre in centres]


def _pulls(layers: Layers, count: int) -> list[list[tuple[int, float]]]:
    """For each position what it wants to be in line with, and how much."""
    pulls: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for way in layers.ways:
        for one, other in pairwise(way):
            if one == other:
                continue
            inner = (one >= layers.real) + (other >= layers.real)
            weight = (1.0, 2.0, _STRAIGHT)[inner]
            pulls[one].append((other, weight))
            pulls[other].append((one, weight))
    return pulls


def _settle(
    layer: Sequence[int],
    layers: Layers,
    sizes: Sizes,
    pulls: list[list[tuple[int, float]]],
    centres: list[float],
) -> None:
    wanted: list[float] = []
    weights: list[float] = []
    for node in layer:
        weight = sum(pull for _, pull in pulls[node])
        mean = sum(centres[other] * pull for other, pull in pulls[node])
        wanted.append(mean / weight if weight else centres[node])
        weights.append(weight or 0.05)
    found = spread(wanted, _gaps(layer, layers, sizes), weights)
    for node, at in zip(layer, found, strict=True):
        centres[node] = at


def _gaps(layer: Sequence[int], layers: Layers, sizes: Sizes) -> list[float]:
    """The least distance of the centres of neighbours."""
    gaps: list[float] = []
    for one, other in pairwise(layer):
        both_real = one < layers.real and other < layers.real
        room = GAP if both_real else LANE
        gaps.append((sizes.cross[one] + sizes.cross[other]) / 2 + room)
    return gaps


def spread(
    wanted: Sequence[float], gaps: Sequence[float], weights: Sequence[float] = ()
) -> list[float]:
    """Places as near as possible to those wanted, in this order and at least so far apart.

    The least squares under these bounds are an isotonic regression, found by pooling neighbours
    that violate their order.

    >>> spread([0.0, 0.0, 10.0], [4.0, 4.0])
    [-2.0, 2.0, 10.0]
    """
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    pools: list[tuple[float, float, int]] = []
    for index, want in enumerate(wanted):
        weight = weights[index] if weights else 1.0
        mean, size = want - offsets[index], 1
        while pools and pools[-1][0] >= mean:
            other, heavy, many = pools.pop()
            mean = (mean * weight + other * heavy) / (weight + heavy)
            weight, size = weight + heavy, size + many
        pools.append((mean, weight, size))
    means = [mean for mean, _, size in pools for _ in range(size)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=False)]


# Ends and ways of arrows


def _ports(layers: Layers, sizes: Sizes, centres: list[float]) -> dict[tuple[int, int], float]:
    """Where along the side of its thing each link ends, by thing and link; in order, so that the
    ends of arrows do not cross.
    """  # noqa: D205 - one sentence
    sides: dict[tuple[int, bool], list[tuple[float, int]]] = {}
    for index, way in enumerate(layers.ways):
        sides.setdefault((way[0], True), []).append((centres[way[1]], index))
        sides.setdefault((way[-1], False), []).append((centres[way[-2]], index))
    found: dict[tuple[int, int], float] = {}
    for (node, leaving), ends in sides.items():
        ends.sort()
        size = sizes.cross[node]
        room = min(max(0.0, size / 2 - 14), 1.5 * PORT * (len(ends) - 1))
        step = min(PORT, 2 * room / max(1, len(ends) - 1))
        low, high = centres[node] - room, centres[node] + room
        wanted = [min(max(at, low), high) for at, _ in ends]
        placed = spread(wanted, [step] * (len(ends) - 1))
        shift = max(0.0, low - placed[0]) - max(0.0, placed[-1] - high)
        for (_, index), at in zip(ends, placed, strict=True):
            found[node, index * 2 + leaving] = at + shift
    return found


def straighten(layers: Layers, sizes: Sizes, centres: list[float]) -> dict[tuple[int, int], float]:
    """Move stand-ins in line with the ends of their arrows, with all boxes where they are."""
    ports = _ports(layers, sizes, centres)
    pinned = 1e6
    for turn in range(ROUNDS if layers.real < len(centres) < MOST_POLISHED else 0):
        pulls = _lines(layers, centres, ports)
        for layer in layers.layers if turn % 2 == 0 else reversed(layers.layers):
            wanted = [pulls.get(node, centres[node]) for node in layer]
            weights = [pinned if node < layers.real else 1.0 for node in layer]
            found = spread(wanted, _gaps(layer, layers, sizes), weights)
            for node, at in zip(layer, found, strict=True):
                if node >= layers.real:
                    centres[node] = at
        ports = _ports(layers, sizes, centres)
    return ports


def _lines(
    layers: Layers, centres: list[float], ports: dict[tuple[int, int], float]
) -> dict[int, float]:
    """For each stand-in the place where its arrow bends least."""
    found: dict[int, float] = {}
    for index, way in enumerate(layers.ways):
        if way[0] == way[-1] or len(way) == 2:  # noqa: PLR2004 - no stand-in
            continue
        at = [centres[node] for node in way]
        at[0], at[-1] = ports[way[0], index * 2 + 1], ports[way[-1], index * 2]
        if len(way) == 3 and way[1] not in layers.label_of:  # noqa: PLR2004 - one stand-in
            at[0] = at[2]  # a single bend is enough
        for place in range(1, len(way) - 1):
            before = _STRAIGHT if place > 1 else 1.0
            after = _STRAIGHT if place < len(way) - 2 else 1.0
            mean = before * at[place - 1] + after * at[place + 1]
            found[way[place]] = mean / (before + after)
    return found
