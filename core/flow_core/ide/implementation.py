"""What runs the component at the cursor: a Python function, a pipeline, or what `run` says."""

from collections.abc import Iterator

from flow_core.ide.cursor import Cursor
from flow_core.ide.definition import Targets, located
from flow_core.ide.names.calls import names_in_target, runs
from flow_core.ide.occurrences import found_at
from flow_core.ide.symbol import Symbol, key_of
from flow_core.model.pipeline import Uses
from flow_core.model.walk import step_calls
from flow_core.module import Module


def implementation(cursor: Cursor) -> Targets | None:
    """Where the code is of the component at the cursor, or of all that the step there calls."""
    found, module = found_at(cursor), cursor.module
    if found is None:
        return None
    called = (each for symbol in found.symbols for each in _called(module, symbol))
    code = (each for symbol in called for each in _code(module, symbol))
    places = (located(module, symbol) for symbol in code)
    known = tuple(dict.fromkeys(place for place in places if place))
    return Targets(found.span, known) if known else None


def _called(module: Module, symbol: Symbol) -> Iterator[Symbol]:
    """The component itself, or those that a step calls."""
    step = module.steps.get(symbol.name) if symbol.kind == "step" else None
    if symbol.kind in {"component", "file"}:
        yield symbol
    for info in step_calls(step.step) if step else ():
        if isinstance(info.call, Uses):
            named = names_in_target(module, info.call.target, module.resolved(info.path))
            yield from (each.symbol for each in named if each.symbol.kind != "alias")


def _code(module: Module, symbol: Symbol) -> tuple[Symbol, ...]:
    """What runs a component; a pipeline is a file, and a Python component runs itself."""
    file = symbol.place.file
    if symbol.place.span is not None:
        return (symbol,)
    home = module if file == module.file else module.project.module(file)
    component = home.library.components.get(symbol.name) if home else None
    if home is None or component is None:
        return ()
    names = runs(home, symbol.name, component).names
    if names:
        return names[-1].symbols
    return (Symbol("component", "run", key_of(file, *symbol.place.path, "run")),)
