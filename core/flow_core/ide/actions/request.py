"""What is asked for: a range of a module's text, and what the checker found in it."""

from collections.abc import Set as AbstractSet
from functools import cached_property

import msgspec

from flow_core.check import fix_of
from flow_core.diagnostics import Diagnostic, Edit, Json, Mend, Patch
from flow_core.model.walk import StepInfo
from flow_core.module import Module
from flow_core.places import Part, Path, Span


class Request(msgspec.Struct, frozen=True, dict=True):
    """A range of a module's text; ``findings`` are all that are known of the file.

    ``patient`` tells that a person asked, who can wait for a moment.
    """

    module: Module
    span: Span
    findings: tuple[Diagnostic, ...] = ()
    patient: bool = True

    @cached_property
    def here(self) -> tuple[Diagnostic, ...]:
        """The findings that the range touches."""
        start, end = self.span.start, self.span.end
        return tuple(f for f in self.findings if f.span.start <= end and start <= f.span.end)

    @cached_property
    def _at(self) -> tuple[Path, Part]:
        return self.module.document.at(self.span.start)

    @property
    def path(self) -> Path:
        """The path of what stands where the range starts."""
        return self._at[0]

    @property
    def part(self) -> Part:
        """Whether that is a key or a value."""
        return self._at[1]

    @cached_property
    def step(self) -> StepInfo | None:
        """The innermost step whose text holds the start of the range."""
        return step_at(self.module, self.path)


def step_at(module: Module, path: Path) -> StepInfo | None:
    """The innermost step that holds what stands at a path."""
    for length in range(len(path), 1, -1):
        info = module.steps.get(str(path[length - 1]))
        if info is not None and info.step.path == path[:length]:
            return info
    return None


def patched(module: Module, *patches: Patch) -> tuple[Edit, ...]:
    """The edits of patches, of other files too; none where they can't be applied."""
    fix = fix_of(module, Mend("", patches))
    return fix.edits if fix else ()


def unique(name: str, taken: AbstractSet[str]) -> str:
    """A name, with a number where it is taken.

    >>> unique("a", {"a", "a_2"})
    'a_3'
    """
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    return found


def sentence(name: str) -> str:
    """A name as the beginning of a description.

    >>> sentence("charge_card")
    'Charge card.'
    """
    words = name.replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}."


def path_from(data: Json) -> Path:
    """A path as `list` makes plain data of it."""
    return tuple(s for s in data if isinstance(s, str | int)) if isinstance(data, list) else ()
