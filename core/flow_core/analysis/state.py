"""Who reads and writes the channels of `state`, and in which order."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from flow_core.analysis.timeline import Instant, Timeline
from flow_core.analysis.uses import Mention
from flow_core.model.sites import Site
from flow_core.places import Place
from flow_core.suggest import closest

if TYPE_CHECKING:
    from flow_core.module import Module

MOST_READS = 1000
"""How many reads of a channel are compared with writes that need no order of their own."""

MOST_OTHERS = 8
"""How many accesses a race names."""

_AT_START = ("when", "for_each", "with", "switch", "value", "concurrency")
"""The keys of a step whose values are needed before its call is made."""


class Access(msgspec.Struct, frozen=True):
    """One read or write of a channel by a step (``""``: by an output of the pipeline).

    ``accumulates`` tells a read whose value goes into a write of the same channel, ``between`` a
    read by a step that writes the channel too: what holds for that write holds for the read.
    """

    channel: str
    step: str
    place: Place
    instant: Instant
    writes: bool = False
    accumulates: bool = False
    between: bool = False


class Race(msgspec.Struct, frozen=True):
    """An access without an order with others, one of them a write; of two writes the later one."""

    access: Access
    others: tuple[Access, ...]


class State:
    """The accesses of a file to its channels, to those that it does not declare too.

    ``races`` are complete in that there are some if any two accesses are without the order that
    they need; ``unwritten`` are the reads that see no write, although there are some.
    """

    def __init__(self, module: "Module") -> None:
        self._module = module
        self._timeline = Timeline(module.graph)
        self._rank = {name: rank for rank, name in enumerate(module.graph.infos)}
        self.reads: dict[str, list[Access]] = {}
        self.writes: dict[str, list[Access]] = {}
        self.races: list[Race] = []
        self.unwritten: list[Access] = []
        for site in module.sites.values():
            if site.role == "set":
                write = self._write(site)
                self.writes.setdefault(write.channel, []).append(write)
        for mention in module.mentions:
            if mention.path[0] == "state":
                for read in self._reads(mention):
                    self.reads.setdefault(read.channel, []).append(read)
        for channel in module.pipeline.state:
            if channel in self.writes:
                self._judge(channel)

    def may_be_written(self, channel: str) -> bool:
        """Whether a write to an undeclared channel may be meant for this one."""
        return channel in self._meant

    @cached_property
    def _meant(self) -> set[str | None]:
        declared = self._module.pipeline.state
        return {closest(name, declared) for name in self.writes if name not in declared}

    def _write(self, site: Site) -> Access:
        step = site.context.step
        place = Place(site.path, "key")
        return Access(str(site.path[-1]), step, place, self._timeline.end(step), writes=True)

    def _reads(self, mention: Mention) -> Iterator[Access]:
        """The channels that a reference reads: all of them, if it is ``state`` itself."""
        site = mention.site
        written = site.path[-1] if site.role == "set" else None
        for name in mention.path[1:2] or tuple(self._module.pipeline.state):
            instant = self._instant(site)
            yield Access(
                name, site.context.step, mention.place, instant, accumulates=name == written
            )

    def _instant(self, site: Site) -> Instant:
        """When a site is evaluated."""
        step = site.context.step
        if not step:
            return self._timeline.closing
        depth = len(self._module.graph.infos[step].step.path)
        key = site.path[depth : depth + 1]  # none, where another step has this name too
        if site.role != "output" and key and key[0] in _AT_START:
            return self._timeline.start(step)
        return self._timeline.end(step)

    def _position(self, access: Access) -> int:
        return self._timeline.position[access.instant]

    def _judge(self, channel: str) -> None:
        writes = sorted(self.writes[channel], key=self._position)
        reads = self._first_reads(channel, {write.step for write in writes})
        if self._module.pipeline.state[channel].reduce in ("last", "merge"):
            self._judge_chain(writes, reads)
        else:
            self._judge_each(writes, reads[:MOST_READS])

    def _first_reads(self, channel: str, writers: set[str]) -> list[Access]:
        """The reads of a channel, of each step only the first at its start and at its end.

        What a step reads and writes counts as read when it starts.
        """
        found: dict[tuple[str, Instant], Access] = {}
        for read in self.reads.get(channel, ()):
            if read.step in writers:
                start = self._timeline.start(read.step)
                found.setdefault((read.step, start), replace(read, instant=start, between=True))
            else:
                found.setdefault((read.step, read.instant), read)
        return list(found.values())

    def _judge_chain(self, writes: list[Access], reads: list[Access]) -> None:
        """Each write must follow the one before it, so only neighbours have to be compared."""
        positions = [self._position(write) for write in writes]
        between: list[list[Access]] = [[] for _ in range(len(writes) + 1)]
        for read in reads:
            between[bisect_right(positions, self._position(read))].append(read)
        for (before, after), found in zip(pairwise([None, *writes, None]), between, strict=True):
            self._judge_between(before, after, found, writes)

    def _judge_between(
        self, before: Access | None, after: Access | None, reads: list[Access], writes: list[Access]
    ) -> None:
        """Compare two neighbouring writes, and the reads between them."""
        if not after and not reads:
            return
        line = self._timeline
        until = self._position(after) if after else None
        follow = line.later(before.instant, until) if before else set[Instant]()
        if before and after and after.instant not in follow and before.step != after.step:
            first, second = sorted((before, after), key=lambda write: self._rank[write.step])
            self.races.append(Race(second, (first,)))
        if not reads:
            return
        since = self._position(before) if before else 0
        precede = line.earlier(after.instant, since) if after else set[Instant]()
        for read in reads:
            if before and read.instant not in follow:
                self._clash(read, before)
            elif after and read.instant not in precede:
                self._clash(read, after)
            elif not before:
                self._miss(read, writes)

    def _clash(self, read: Access, write: Access) -> None:
        if not read.between:
            self.races.append(Race(read, (write,)))

    def _judge_each(self, writes: list[Access], reads: list[Access]) -> None:
        """Compare each read with all writes, which need no order among themselves."""
        if not reads:
            return
        loose: list[list[Access]] = [[] for _ in reads]
        wanted = unwritten = (1 << len(reads)) - 1
        order = self._timeline.order_to(
            [read.instant for read in reads], [write.instant for write in writes]
        )
        for write, (before, after) in zip(writes, order, strict=True):
            unwritten &= ~after
            for index in _bits(wanted & ~before & ~after):
                loose[index].append(write)
                if len(loose[index]) == MOST_OTHERS:
                    wanted &= ~(1 << index)
        for index, (read, others) in enumerate(zip(reads, loose, strict=True)):
            if others:
                self.races.append(Race(read, tuple(others)))
            elif unwritten >> index & 1:
                self._miss(read, writes)

    def _miss(self, read: Access, writes: list[Access]) -> None:
        """Note a read before all writes, unless it is repeated together with one of them."""
        if read.accumulates:
            return
        loops = self._loops(read.step)
        if not loops or not any(loops & self._loops(write.step) for write in writes):
            self.unwritten.append(read)

    def _loops(self, step: str) -> set[str]:
        """The steps with a `repeat` around a step, itself included."""
        graph = self._module.graph
        around = [step, *graph.parents(step)] if step else []
        return {name for name in around if graph.infos[name].step.repeat is not None}


def _bits(number: int) -> Iterator[int]:
    """The indices of the bits that are set."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
