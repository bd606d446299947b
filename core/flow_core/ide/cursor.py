"""The cursor: an offset of a module's text, and what stands there."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import msgspec

from flow_core.analysis.check_value import expressions
from flow_core.expr.scope import Scope
from flow_core.language.keys import FileKind, key_at
from flow_core.language.shapes import Key
from flow_core.model.pipeline import Expression
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.places import Part, Path
from flow_core.syntax.nodes import Scalar, Value
from flow_core.syntax.scalars import source_map


class Inside(msgspec.Struct, frozen=True):
    """An expression around the cursor. ``offset`` counts from the start of its source."""

    expression: Expression
    offset: int
    path: Path
    site: Site


class Cursor(msgspec.Struct, frozen=True, dict=True):
    """An offset of a module's text.

    Where that is a slice of a longer file, ``others`` are the names of the steps it leaves out,
    ``naming`` gives the module of a slice with all that names a step, and ``names`` are what the
    sections of the file declare: steps, types, components.
    """

    module: Module
    offset: int
    others: tuple[str, ...] = ()
    naming: Callable[[str], Module] | None = None
    names: Mapping[str, tuple[str, ...]] = {}

    @cached_property
    def _found(self) -> tuple[Path, Part]:
        return self.module.document.at(self.offset)

    @property
    def path(self) -> Path:
        """The path of what stands here; in blank space, of what a line typed here would be in."""
        return self._found[0]

    @property
    def part(self) -> Part:
        """Whether that is a key or a value."""
        return self._found[1]

    @cached_property
    def node(self) -> Value | None:
        """The value at the path."""
        return self.module.document.get(self.path)

    @property
    def kind(self) -> FileKind:
        """Which language the file is written in."""
        return "scenario" if self.module.is_scenario else "pipeline"

    @cached_property
    def key(self) -> Key | None:
        """The key of the language that the path leads to."""
        return key_at(self.path, self.kind)

    def dependents(self, step: str) -> Sequence[str]:
        """The steps that wait for a step; none where it is not known whether there are any."""
        module = self.module
        if self.others:
            if self.naming is None:
                return ()
            module = self.naming(step)
        return module.graph.dependents.get(step, ())

    @cached_property
    def line(self) -> str:
        """The text of the line before the cursor."""
        lines = self.module.document.lines
        number, _ = lines.position(self.offset)
        return self.module.document.text[lines.starts[number] : self.offset]

    @cached_property
    def inner(self) -> int | None:
        """The offset in the decoded text of the scalar here; None outside of one."""
        located, depth = self.module.document.reach(self.path)
        if located is None or depth < len(self.path) or not isinstance(located.node, Scalar):
            return None
        node, origin = located.node, located.origin
        if self.part == "key" or not node.start <= self.offset - origin <= node.end:
            return None
        document = self.module.document
        return source_map(document.text, origin, node, document.kind).inner(self.offset)

    @cached_property
    def site(self) -> Site | None:
        """The value with expressions, or where such may stand, that holds the cursor."""
        return site_around(self.module, self.path)

    @cached_property
    def scope(self) -> Scope | None:
        """What expressions see in the site here; of the steps only those that they name."""
        return None if self.site is None else scope_of(self.module, self.site)

    @cached_property
    def inside(self) -> Inside | None:
        """The expression around the cursor, its braces not included."""
        site, inner = self.site, self.inner
        if site is None or inner is None:
            return None
        for path, expression in expressions(site.value, site.path):
            end = expression.start + len(expression.source)
            if path == self.path and expression.start <= inner <= end:
                return Inside(expression, inner - expression.start, path, site)
        return None


def site_around(module: Module, path: Path) -> Site | None:
    """The innermost value with expressions, or where such may stand, that holds a path."""
    sites = module.sites
    if path[:1] == ("components",):
        sites = {checked.site.path: checked.site for checked in module.requests.sites}
    starts = (path[:length] for length in range(len(path), 0, -1))
    return next((sites[start] for start in starts if start in sites), None)


def scope_of(module: Module, site: Site) -> Scope:
    """What expressions see in a site; of the steps only those that they name."""
    if site.role == "request":
        return module.requests.scopes[site.path]
    return module.typing.scope(site)
