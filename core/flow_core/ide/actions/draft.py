"""A project as it would be with other texts, and the way from one text to another."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import takewhile

from flow_core.components.library import Library
from flow_core.diagnostics import Edit
from flow_core.module import Module
from flow_core.places import Span
from flow_core.project import Project


class Draft(Project):
    """A project in which some files have other texts; the project itself stays as it is."""

    def __init__(self, base: Project, texts: Mapping[str, str]) -> None:
        super().__init__(base.settings, lambda f: texts[f] if f in texts else base.text(f))
        self._base = base
        self._other = texts

    def module(self, file: str) -> Module | None:
        """The module of a file; one whose text is the same is not parsed again."""
        if file not in self._modules and file not in self._other:
            known = self._base.module(file)
            if known is not None:
                self._modules[file] = Module(file, known.document, self)
        return super().module(file)

    def python(self, name: str) -> Library | None:
        """The same module: only Flow files are written anew."""
        return self._base.python(name)

    def plugin(self, name: str) -> Library | None:
        """What the project itself says: whether plug-ins may run is its to decide."""
        return self._base.plugin(name)


def redrafted(module: Module, text: str) -> Module:
    """The module as it would be with another text."""
    return Draft(module.project, {}).add(module.file, text)


def edits_between(file: str, old: str, new: str) -> Iterator[Edit]:
    r"""The changes of whole lines that make one text of another.

    >>> [(e.span, e.text) for e in edits_between("f", "a\nb\nc\n", "a\nx\nc\n")]
    [(Span(start=2, end=4), 'x\n')]
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    first = sum(1 for _ in same)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    matcher = SequenceMatcher(None, before[first:], after[first:], autojunk=False)
    for kind, start, end, low, high in matcher.get_opcodes():
        if kind != "equal":
            span = Span(starts[first + start], starts[first + end])
            yield Edit(file, span, "".join(after[first + low : first + high]))
