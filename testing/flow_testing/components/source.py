"""Breaches that the source of a component shows by itself. Nothing is imported.

Only what is certain is told: a value that is written out, an error that is always raised.
"""

import ast
import builtins
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from flow_core.components.python import read_function
from flow_core.components.python.names import Names
from flow_core.components.python.raises import error_class, lineage, raised
from flow_core.components.python.source import FunctionNode, Source, parse_source
from flow_core.components.signature import Port, Signature
from flow_core.project import Project
from flow_core.run.python.returned import NotData, to_json
from flow_core.types import fits, show
from flow_testing.components.declared import Declared
from flow_testing.components.judging import Breach, Kind, is_promised, misfit

if TYPE_CHECKING:
    from flow_core.diagnostics import Json

_BUILTIN = frozenset(dir(builtins))


def source_breaches(component: Declared) -> Iterator[Breach]:
    """What a component's function certainly does otherwise than its ports promise."""
    signature, project = component.signature, component.project
    found = _function(project, signature.target) if signature.kind == "python" else None
    if found is None:
        return
    source, function, names = found
    if signature.place.path:  # its ports stand in a file of their own
        own = read_function(source.module, function.name, project.python_source)
        if own is not None:
            yield from _signatures(component, own, function)
            yield from _errors(component, function, source, names)
    yield from _always_raises(function, source, names)
    yield from _returns(signature, function, source)


def _function(project: Project, target: str) -> tuple[Source, FunctionNode, Names] | None:
    """The function behind a component, where it is defined in the module that is named."""
    module, _, name = target.partition(":")
    found = project.python_source(module)
    if found is None:
        return None
    source = parse_source(module, *found)
    function = source.bindings.get(name)
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    return source, function, Names(project.python_source)


def _signatures(component: Declared, own: Signature, function: FunctionNode) -> Iterator[Breach]:
    """Ports that are declared in a file against the function's own hints."""
    declared = component.signature
    for name, port in declared.inputs.items():
        if name in own.inputs:
            yield from _disagreement(port, own.inputs[name], "input")
        elif function.args.kwarg is None:
            message = f"the function has no parameter `{name}`, which is declared as an input"
            hint = f"give `{function.name}` a parameter `{name}`, or remove the input"
            yield Breach("source", message, hint, port.place, name)
    for name, port in own.inputs.items():
        if port.required and name not in declared.inputs:
            message = f"the function needs `{name}`, which is no input"
            hint = f"declare `{name}` as an input, or give the parameter a default"
            yield Breach("source", message, hint, port.place, name)
    for name in declared.outputs.keys() & own.outputs.keys():
        yield from _disagreement(declared.outputs[name], own.outputs[name], "output")


def _disagreement(port: Port, own: Port, what: str) -> Iterator[Breach]:
    given, taken = (port, own) if what == "input" else (own, port)
    fit = fits(given.type, taken.type)
    if fit.verdict == "no":
        why = "; ".join(reason.text for reason in fit.reasons)
        message = (
            f"the {what} `{port.name}` is declared as `{show(port.type)}`, and the function's hint "
            f"says `{show(own.type)}`: {why}"
        )
        yield Breach("source", message, "let the two say the same", own.place, port.name)


def _errors(
    component: Declared, function: FunctionNode, source: Source, names: Names
) -> Iterator[Breach]:
    """Exceptions of the project's own that are raised and not declared (R-comp-3)."""
    declared = component.signature.errors.keys()
    escaping = raised(function, source, names).keys() - declared - _BUILTIN
    where = component.shown(component.errors_place)
    for node in _own_statements(function):
        if not isinstance(node, ast.Raise) or node.exc is None:
            continue
        known = error_class(_class(node), source, names)
        if known is None or known[0] not in escaping:
            continue
        if declared & lineage(_class(node), source, names):
            continue
        message = f"it raises `{known[0]}`, which the component does not declare"
        hint = f"add `{known[0]}` to its errors at {where}"
        yield Breach("undeclared-error", message, hint, source.place(node), known[0])


def _always_raises(function: FunctionNode, source: Source, names: Names) -> Iterator[Breach]:
    """A `raise` that no condition stands before."""
    for statement in function.body:
        if isinstance(statement, ast.Return | ast.If | ast.Match):
            return
        if isinstance(statement, ast.Raise):
            known = error_class(_class(statement), source, names) if statement.exc else None
            name = f"`{known[0]}`" if known else "an error"
            message = f"the function never returns: it always raises {name}"
            hint = "return what its outputs promise"
            yield Breach("source", message, hint, source.place(statement), "raises")
            return
        if any(isinstance(node, ast.Return | ast.Yield) for node in ast.walk(statement)):
            return


def _class(statement: ast.Raise) -> ast.expr:
    exception = statement.exc or ast.Constant(None)
    return exception.func if isinstance(exception, ast.Call) else exception


def _returns(signature: Signature, function: FunctionNode, source: Source) -> Iterator[Breach]:
    """Values that are written out in `return` statements, against the outputs."""
    for statement in _own_statements(function):
        if isinstance(statement, ast.Return):
            for kind, message, about in _returned(signature, statement.value):
                hint = "return what the port promises, or change what is declared"
                yield Breach(kind, message, hint, source.place(statement), about)


def _own_statements(function: FunctionNode) -> Iterator[ast.stmt]:
    """The statements of a function without those of functions inside of it."""
    pending: list[ast.AST] = [*function.body]
    while pending:
        node = pending.pop(0)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.stmt):
            yield node
        pending += ast.iter_child_nodes(node)


def _returned(signature: Signature, value: ast.expr | None) -> Iterator[tuple[Kind, str, str]]:
    """What is wrong with a value: how, in words, and with which output."""
    ports = signature.outputs
    if not ports:
        return
    if set(ports) == {"result"} and not isinstance(value, ast.Dict):
        why = _literal_misfit(value, ports["result"])
        if why:
            yield "output-type", f"this is not what `result` promises: {why}", "result"
    elif isinstance(value, ast.Dict):
        yield from _record(value, ports)
    elif value is None or isinstance(value, ast.Constant | ast.List | ast.Tuple | ast.JoinedStr):
        wanted = ", ".join(f"`{name}`" for name in ports)
        if any(is_promised(port) for port in ports.values()):
            yield "output-type", f"this is no record, and the outputs {wanted} are promised", ""


def _record(value: ast.Dict, ports: dict[str, Port]) -> Iterator[tuple[Kind, str, str]]:
    keys = [key.value if isinstance(key, ast.Constant) else None for key in value.keys]
    if set(ports) == {"result"} and "result" not in keys:
        return
    for name, port in ports.items():
        if name in keys:
            why = _literal_misfit(value.values[keys.index(name)], port)
            if why:
                message = f"the output `{name}` does not fit `{show(port.type)}`: {why}"
                yield "output-type", message, name
        elif None not in keys and is_promised(port):
            yield "missing-output", f"the output `{name}: {show(port.type)}` is missing", name


def _literal_misfit(value: ast.expr | None, port: Port) -> str:
    """Why a value that is written out does not fit a port, "" where it may."""
    data = _literal(value)
    if isinstance(data, UnsetType) or (data is None and port.absent):
        return ""
    return misfit(data, port)


def _literal(value: ast.expr | None) -> "Json | UnsetType":
    """A value that is written out, UNSET for any other."""
    if value is None:
        return None
    if isinstance(value, ast.JoinedStr):
        return UNSET
    try:
        data: Json = to_json(ast.literal_eval(value))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError, NotData):
        return UNSET
    return data
