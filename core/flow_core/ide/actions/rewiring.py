"""One step in the place of several: what others read and wait for is led to it."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from flow_core.analysis.uses import Mention, implied_uses
from flow_core.diagnostics import Edit, Json, Patch
from flow_core.ide.actions.border import Border
from flow_core.ide.actions.references import rewritten, waits
from flow_core.ide.actions.request import unique
from flow_core.model.pipeline import SETTLED, Status, Step
from flow_core.syntax.nodes import data
from flow_core.syntax.patch import apply_patches

_SUCCEEDED: tuple[Status, ...] = ("succeeded",)


class Rewiring(msgspec.Struct, frozen=True, dict=True):
    """What changes outside of a border when the step ``name`` takes the place of those inside."""

    border: Border
    name: str

    @cached_property
    def outputs(self) -> dict[tuple[str, ...], str]:
        """The names of its outputs, by what they are inside: a step, and a port or nothing."""
        found: dict[tuple[str, ...], str] = {}
        own = [(self.border.selection.names[0], mention.path[1]) for mention in self._own()]
        given = [_parts(m) for m in self.border.given if m.path[2] == "outputs"]
        for parts in (*own, *sorted(given, key=len, reverse=True)):
            if parts not in found:
                found[parts] = unique(parts[-1], set(found.values()))
        return found

    def _own(self) -> Iterator[Mention]:
        """What the keys that stay read of the outputs of their own step."""
        for mention in self.border.outside:
            is_port = mention.path[0] == "outputs" and len(mention.path) > 1
            if is_port and self.border.stays(mention.site.path):
                yield mention

    @property
    def values(self) -> dict[str, Json]:
        """The outputs as the file says them."""
        return {
            name: f"${{{{ {'.'.join(('steps', parts[0], 'outputs', *parts[1:]))} }}}}"
            for parts, name in self.outputs.items()
        }

    def references(self) -> Iterator[Edit]:
        """The edits of the references from outside."""
        module = self.border.selection.module
        for mention in self.border.given:
            if mention.path[2] == "outputs":
                parts = _parts(mention)
                new = f"steps.{self.name}.outputs.{self.outputs[parts]}"
                edit = rewritten(module, mention, 2 + len(parts), new)
                if edit is not None:
                    yield edit

    def dependents(self) -> Iterator[Edit]:
        """The edits of what waits in so many words."""
        module, names = self.border.selection.module, self.border.selection.names
        patches: list[Patch] = []
        for info in module.steps.values():
            held = self.border.selection.holds_step(info.step.name)
            if not held and names != (self.name,):
                patches += self._renamed(info.step)
        for edit in apply_patches(module.document, patches):
            yield msgspec.structs.replace(edit, file=module.file)

    def _renamed(self, step: Step) -> Iterator[Patch]:
        """Of the entries for steps inside the first is for the new step; the others go."""
        entries = waits(self.border.selection.module, step)
        inside = [path for path, name in entries if name in self.border.selection.names]
        if inside:
            listed = isinstance(inside[0][-1], int)
            yield Patch("replace" if listed else "rename", inside[0], self.name)
            yield from (Patch("delete", path) for path in inside[1:])

    # What it waits for itself

    def left(self) -> dict[str, Json]:
        """The keys that stay outside, which are its own now."""
        document = self.border.selection.module.document
        return {str(path[-1]): data(document.get(path)) for path in self.border.left}

    def deletions(self) -> Iterator[Patch]:
        """The patches that take those keys out of the steps."""
        return (Patch("delete", path) for path in self.border.left)

    def depends_on(self, uses: Iterable[tuple[str, tuple[Status, ...]]]) -> Json:
        """Its own `depends_on`, None for none; ``uses`` are the steps that its arguments name."""
        stay = (m for m in self.border.outside if self.border.stays(m.site.path))
        own = ((use.target, use.statuses) for use in implied_uses(stay))
        implied: dict[str, set[Status]] = {}
        for target, statuses in (*own, *uses):
            implied[target] = implied.get(target, set(SETTLED)) & set(statuses)
        wanted = {t: next(iter(found.values())) for t, found in self.border.waits.items()}
        return depends_on({t: s for t, s in wanted.items() if set(s) != implied.get(t, set())})


def _parts(mention: Mention) -> tuple[str, ...]:
    """The step, and the port if there is one."""
    return (mention.path[1], *mention.path[3:4])


def depends_on(wanted: Mapping[str, tuple[Status, ...]]) -> Json:
    """A `depends_on`: a list where success is all that is asked for; None where nothing is.

    >>> depends_on({"a": ("succeeded",)}), depends_on({"a": ("failed",), "b": ("succeeded",)})
    (['a'], {'a': 'failed', 'b': 'succeeded'})
    """
    entries = {target: condition(statuses) for target, statuses in wanted.items()}
    if all(entry == "succeeded" for entry in entries.values()):
        return list(entries) or None
    return entries


def condition(statuses: tuple[Status, ...]) -> Json:
    """Statuses as an entry of `depends_on` names them."""
    if set(statuses) == set(SETTLED):
        return "settled"
    return statuses[0] if len(statuses) == 1 else list(statuses)
