"""Which steps a range of a text means: one or several beside each other."""

from collections.abc import Iterator
from string import whitespace

import msgspec

from flow_core.analysis.graph import Graph
from flow_core.diagnostics import Json
from flow_core.ide.actions.action import RefusedError
from flow_core.ide.actions.request import Request, step_at, unique
from flow_core.model.pipeline import Step
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Mapping


class Selection(msgspec.Struct, frozen=True):
    """Steps that stand one after the other in a mapping; ``level`` is its path."""

    module: Module
    level: Path
    names: tuple[str, ...]

    @property
    def steps(self) -> Iterator[Step]:
        """The steps themselves."""
        return (self.module.steps[name].step for name in self.names)

    @property
    def title(self) -> str:
        """The steps as a title names them."""
        first, *rest = self.names
        if len(rest) > 1:
            return f"`{first}` to `{rest[-1]}`"
        return f"`{first}`" + "".join(f" and `{name}`" for name in rest)

    def free_name(self) -> str:
        """A name for all of them that no step of the file has."""
        first, *rest = self.names
        joint = "to" if len(rest) > 1 else "and"
        name = f"{first}_{joint}_{rest[-1]}" if rest else f"{first}_group"
        return unique(name, set(self.graph.infos))

    def holds(self, path: Path) -> bool:
        """Whether a path leads into one of the steps."""
        depth = len(self.level)
        return path[:depth] == self.level and len(path) > depth and path[depth] in self.names

    def holds_step(self, name: str) -> bool:
        """Whether a step is one of them, or in a group of one."""
        infos = self.graph.infos
        return name in infos and self.holds(infos[name].step.path)

    @property
    def graph(self) -> Graph:
        """What waits for what in the file."""
        return self.module.graph

    @property
    def data(self) -> Json:
        """The selection as plain data, which `restored` takes."""
        return {"level": list(self.level), "names": list(self.names)}


def restored(module: Module, data: Json) -> Selection:
    """The selection that data name, in the text as it is now.

    Raises:
        RefusedError: its steps are not there any more.
    """
    found = data if isinstance(data, dict) else {}
    level, names = found.get("level"), found.get("names")
    if isinstance(level, list) and isinstance(names, list):
        path = tuple(step for step in level if isinstance(step, str | int))
        selection = Selection(module, path, tuple(name for name in names if isinstance(name, str)))
        if selection.names and all(_is_at(module, path, name) for name in selection.names):
            return selection
    raise RefusedError("the steps are not there any more")


def _is_at(module: Module, level: Path, name: str) -> bool:
    return name in module.steps and module.steps[name].step.path == (*level, name)


def selected(request: Request) -> Selection | None:
    """The steps of a range: that whose name it starts on, or all from its start to its end."""
    module, span = request.module, request.span
    text = module.document.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    behind = f"{whitespace}," if module.document.kind == "json" else whitespace
    end = max(start, span.end - len(text) + len(text.rstrip(behind)))
    first = list(_around(module, module.document.at(start)[0]))
    last = list(_around(module, module.document.at(end)[0]))
    for one in first:
        other = next((path for path in last if path[:-1] == one[:-1]), None)
        if other is not None and (one != other or _covers(module, one, start, end)):
            return _between(module, one, other)
    return None


def _around(module: Module, path: Path) -> Iterator[Path]:
    """The paths of the steps that hold a path, the innermost first."""
    info = step_at(module, path)
    if info is not None:
        yield info.step.path
        for name in module.graph.parents(info.step.name):
            yield module.steps[name].step.path


def _covers(module: Module, path: Path, start: int, end: int) -> bool:
    """Whether a range is a step from its name to its end, or is on the step's name."""
    entry = module.document.locate(Place(path, "entry"))
    key = module.document.locate(Place(path, "key"))
    on_key = key.start <= start <= end <= key.end
    return on_key or (start <= key.end and end >= entry.end)


def _between(module: Module, first: Path, last: Path) -> Selection | None:
    node = module.document.get(first[:-1])
    if not isinstance(node, Mapping) or any(entry.merges for entry in node.entries):
        return None
    names = [entry.key.text for entry in node.entries]
    if first[-1] not in names or last[-1] not in names:
        return None
    low, high = sorted((names.index(str(first[-1])), names.index(str(last[-1]))))
    chosen = tuple(names[low : high + 1])
    if all(_is_at(module, first[:-1], name) for name in chosen):
        return Selection(module, first[:-1], chosen)
    return None
