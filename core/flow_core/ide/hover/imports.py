"""What there is to know about imports and the components that are called through them."""

from flow_core.components.signature import Signature
from flow_core.components.versions import parse_range, parse_version
from flow_core.ide.describe import describe_component
from flow_core.ide.location import location_of
from flow_core.markdown import code, paragraphs, table
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.problems import Problem
from flow_core.syntax.lines import LineTable
from flow_core.types import Type

_MOST = 12


def describe_import(module: Module, alias: str) -> str:
    """An import: what it brings, or why nothing."""
    found = module.imported(alias)
    head = f"**{code(alias)}**: import of {code(module.imports.get(alias, alias))}"
    if found.problem is not None:
        return paragraphs(head, _problem(found.problem))
    inner = found.module.library if found.module else found.library
    if inner is None:
        return ""
    about = found.module.pipeline.description if found.module else ""
    return paragraphs(head, about, _components(inner.components), _types(inner.types))


def _components(components: dict[str, Signature]) -> str:
    rows = [(code(name), _summary(found)) for name, found in components.items()]
    more = [(f"and {len(rows) - _MOST} more", "")] if len(rows) > _MOST else []
    return "\n".join(table(("component", "meaning"), [*rows[:_MOST], *more]))


def _summary(signature: Signature) -> str:
    """The first line of what it is for."""
    return signature.description.strip().partition("\n")[0]


def _types(types: dict[str, Type]) -> str:
    shown = [code(name) for name in types][:_MOST]
    return f"Types: {', '.join(shown)}{', …' if len(types) > _MOST else ''}" if shown else ""


def describe_call(module: Module, path: Path) -> str:
    """The component that is called at a path, and where it is declared."""
    resolution = module.resolved(path)
    signature, problem = resolution.signature, resolution.problem
    if signature is None:
        return _problem(problem) if problem is not None else ""
    call = module.calls[path].call
    target = call.target if isinstance(call, Uses) else ""
    where = "" if signature.kind == "std" else _declared(module, signature.place)
    return paragraphs(describe_component(signature, target), where)


def describe_range(module: Module, path: Path) -> str:
    """The versions that a call asks for, and the one that it gets."""
    call, signature = module.calls[path].call, module.called(path)
    wanted = parse_range(call.range) if isinstance(call, Uses) else None
    if wanted is None or not isinstance(call, Uses):
        return ""
    lowest = ".".join(map(str, wanted.lowest.core))
    bound = ".".join(map(str, wanted.bound))
    found = signature.version if signature is not None else ""
    offered = parse_version(found)
    verdict = "" if offered and wanted.holds(offered) else ", which is not among them"
    return paragraphs(
        f"**{code('@' + call.range)}**: {lowest} or later, below {bound}",
        f"{code(call.target)} is version {found}{verdict}." if found else "",
    )


def _problem(problem: Problem) -> str:
    return ": ".join(part for part in (problem.message, problem.help) if part)


def _declared(module: Module, place: Place) -> str:
    """The file and line of a declaration; of one in the file at hand no line."""
    location = location_of(module, place)
    if location is None or location.file == module.file:
        return ""
    text = module.project.text(location.file)
    line = LineTable(text).line(location.span.start) + 1 if text else 1
    return f"Declared in {code(f'{_relative(module, location.file)}:{line}')}"


def _relative(module: Module, file: str) -> str:
    """A file as it is called in its project."""
    root = module.project.settings.root.rstrip("/")
    return file.removeprefix(f"{root}/")
