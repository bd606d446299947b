"""Who calls what: pipelines, components, and the steps that call them."""

import os
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

import msgspec

from flow_core.analysis.resolve import PATHS, resolve_pipeline
from flow_core.components.signature import Signature
from flow_core.ide.cursor import Cursor
from flow_core.ide.occurrences import found_at
from flow_core.ide.references import Search
from flow_core.ide.symbol import Symbol, name_span
from flow_core.model.pipeline import Step, Uses
from flow_core.module import Module
from flow_core.places import Path, Place, Span

Kind: TypeAlias = Literal["pipeline", "component", "step"]


class CallItem(msgspec.Struct, frozen=True):
    """What calls or is called: a pipeline, a component, or a step that calls.

    ``span`` is all of it and ``selection`` its name, in ``file``. ``path`` leads to it there; it is
    empty for a pipeline and for what is no Flow file's. ``detail`` says where it stands.
    """

    kind: Kind
    name: str
    file: str
    span: Span
    selection: Span
    path: Path = ()
    detail: str = ""


class Calls(msgspec.Struct, frozen=True):
    """The calls between two: the other one, and where in the caller's file they stand."""

    other: CallItem
    places: tuple[Span, ...]


def prepare_calls(cursor: Cursor) -> CallItem | None:
    """What the cursor is on that calls or is called: by default the pipeline around it."""
    module, found = cursor.module, found_at(cursor)
    named = (_of_symbol(module, symbol) for symbol in (found.symbols if found else ()))
    tested = module.tested.module if module.tested else None
    around = _pipeline(module, tested or module)
    return next(filter(None, named), around)


def incoming(callee: CallItem, search: Search) -> tuple[Calls, ...]:
    """The steps, and the components that run a pipeline, that call something.

    Who calls the pipeline that a step belongs to calls the step.
    """
    word = callee.name if callee.kind == "component" else _base(callee.file)
    found = (
        pair
        for each in search(word)
        if not each.is_scenario
        for pair in (*_calling_steps(each, callee), *_calling_components(each, callee))
    )
    return _gathered(found)


def outgoing(module: Module, caller: CallItem) -> tuple[Calls, ...]:
    """What a pipeline, a step, or a component that runs a pipeline calls.

    ``module`` is any of the project.
    """
    home = module if caller.file == module.file else module.project.module(caller.file)
    if home is None or caller.file.endswith(".py"):
        return ()
    if caller.kind == "component":
        return _gathered(_runs(home, caller.name))
    return _gathered(_called(home, caller.path))


def _gathered(found: Iterable[tuple[CallItem, Span]]) -> tuple[Calls, ...]:
    """Calls between the same two as one."""
    places: dict[CallItem, list[Span]] = {}
    for other, span in found:
        places.setdefault(other, []).append(span)
    return tuple(Calls(other, tuple(sorted(spans))) for other, spans in places.items())


# Calls


def _calling_steps(module: Module, callee: CallItem) -> Iterator[tuple[CallItem, Span]]:
    for path, info in module.calls.items():
        if isinstance(info.call, Uses) and _is_callee(module, path, info.call, callee):
            step = module.steps[info.step].step
            yield _step(module, step), _target(module, (*path, "uses"), info.call.target)


def _is_callee(module: Module, path: Path, call: Uses, callee: CallItem) -> bool:
    """Whether a call is of something, directly: a pipeline by its path, a component by its name."""
    found = module.resolved(path)
    if call.target.startswith(PATHS):
        is_path = found.module is not None and found.module.file == callee.file
        return is_path and callee.kind != "component"
    signature = found.signature
    return (
        callee.kind == "component"
        and signature is not None
        and (signature.place.file, signature.name) == (callee.file, callee.name)
    )


def _calling_components(module: Module, callee: CallItem) -> Iterator[tuple[CallItem, Span]]:
    if callee.kind == "component":
        return
    for name, component in module.library.components.items():
        for other, span in _runs(module, name):
            if other.file == callee.file:
                yield _component(module, component), span


def _runs(module: Module, name: str) -> Iterator[tuple[CallItem, Span]]:
    """The pipeline that runs a component of a file."""
    component = module.library.components.get(name)
    if component is None or component.kind != "pipeline" or not component.target:
        return
    path: Path = ("components", name, "run", "flow")
    found = resolve_pipeline(module, component.target, Place(path)).module
    pipeline = _pipeline(module, found) if found else None
    if pipeline is not None:
        yield pipeline, _target(module, path, component.target)


def _called(module: Module, within: Path) -> Iterator[tuple[CallItem, Span]]:
    """What the calls below a path call."""
    for path, info in module.calls.items():
        if not isinstance(info.call, Uses) or path[: len(within)] != within:
            continue
        found = module.resolved(path)
        is_path = info.call.target.startswith(PATHS)
        other: CallItem | None = None
        if is_path and found.module is not None:
            other = _pipeline(module, found.module)
        elif not is_path and found.signature is not None:
            other = _component(module, found.signature)
        if other is not None:
            yield other, _target(module, (*path, "uses"), info.call.target)


def _target(module: Module, path: Path, target: str) -> Span:
    """Where a call says what it calls."""
    place = Place(path, start=0, end=len(target))
    return name_span(module.document, place) or module.document.locate(place)


# Callables


def _of_symbol(module: Module, symbol: Symbol) -> CallItem | None:
    if symbol.kind == "step" and (info := module.steps.get(symbol.name)):
        return _step(module, info.step)
    if symbol.kind == "file" and symbol.place.file.endswith((".yaml", ".yml", ".json")):
        project, file = module.project, symbol.place.file
        found = None if project.is_outside(file) else project.module(file)
        return _pipeline(module, found) if found else None
    if symbol.kind != "component":
        return None
    calls = (module.called(path) for path in module.calls)
    known = (*module.library.components.values(), *filter(None, calls))
    places = {(each.place.file, each.name): each for each in known}
    signature = places.get((symbol.place.file, symbol.name))
    return _component(module, signature) if signature else None


def _pipeline(module: Module, found: Module) -> CallItem | None:
    if not found.is_pipeline:
        return None
    document = found.document
    name = name_span(document, Place(("name",))) or Span(0, 0)
    shown = found.pipeline.name or _base(found.file)
    where = _shown(module, found.file)
    return CallItem("pipeline", shown, found.file, Span(0, len(document.text)), name, (), where)


def _component(module: Module, signature: Signature) -> CallItem:
    place, name = signature.place, signature.name
    where = _shown(module, place.file)
    if place.span is not None:
        return CallItem("component", name, place.file, place.span, place.span, (), where)
    home = module if place.file == module.file else module.project.module(place.file)
    span = selection = Span(0, 0)
    if home is not None:
        span = home.document.locate(Place(place.path, "entry"))
        selection = name_span(home.document, Place(place.path, "key")) or span
    return CallItem("component", name, place.file, span, selection, place.path, where)


def _step(module: Module, step: Step) -> CallItem:
    span = module.document.locate(Place(step.path, "entry"))
    selection = name_span(module.document, Place(step.path, "key")) or span
    where = f"{module.pipeline.name} · {_shown(module, module.file)}"
    return CallItem("step", step.name, module.file, span, selection, step.path, where)


def _shown(module: Module, file: str) -> str:
    """A file as people name it: from the root of the project, or its name alone."""
    if file.startswith(module.project.settings.root):
        return os.path.relpath(file, module.project.settings.root).replace(os.sep, "/")
    return _base(file)


def _base(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]
