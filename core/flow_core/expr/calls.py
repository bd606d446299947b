"""Checking calls: which overload fits, and what is wrong where none does."""

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING

from flow_core.expr.ast import Ast, Call, Name
from flow_core.expr.functions import MACROS, Function, Overload, functions
from flow_core.expr.literals import check_constants
from flow_core.expr.operators import Kind, kinds, may_be_null
from flow_core.expr.problems import ExprProblem
from flow_core.expr.results import Wanted, result_of
from flow_core.types import show, union, without_null
from flow_core.types.kinds import ANY, NULL, Type

if TYPE_CHECKING:
    from flow_core.expr.inference import Inference
    from flow_core.expr.scope import Scope

_MAX_COMBINATIONS = 200


def check_call(inference: "Inference", node: Call, scope: "Scope") -> Type:
    """The type of a call. Its arguments are checked whatever the function is."""
    name, target = called(node, scope)
    function = functions().get(name)
    if function is None and name in MACROS:
        _misused_macro(inference, node, name)
        return ANY
    operands = node.arguments if target is None else (target, *node.arguments)
    types = [inference.type_of(operand, scope) for operand in operands]
    if function is None:
        inference.complaints.unknown_function(node, name)
        return ANY
    overloads = _by_form(inference, node, function, target)
    if not overloads:
        return ANY
    types = _without_nulls(inference, name, operands, overloads, types)
    found = _matching(overloads, types)
    if found is None:
        _mismatch(inference, name, operands, overloads, types)
        return ANY
    for problem in check_constants(name, operands):
        inference.complaints.add(problem)
    return _result(inference, node, name, found, types)


def called(node: Call, scope: "Scope") -> tuple[str, Ast | None]:
    """The name of what is called and its target; `lists.range` is a name, not a member call."""
    target = node.target
    if isinstance(target, Name) and scope.lookup(target.name) is None:
        full = f"{target.name}.{node.function}"
        if full in functions():
            return full, None
    return node.function, target


def _misused_macro(inference: "Inference", node: Call, name: str) -> None:
    """A macro with the wrong number of arguments; they may hold variables that nothing declares."""
    message = f"`{name}` is written `{MACROS[name][0]}`"
    start, end = node.name_start, node.name_end
    inference.complaints.add(ExprProblem("wrong-argument-count", message, start, end))


def _by_form(
    inference: "Inference", node: Call, function: Function, target: Ast | None
) -> list[Overload]:
    """The overloads that are called in this form with this many arguments, or a problem."""
    members = [one for one in function.overloads if (one.target is None) == (target is None)]
    found = [one for one in members if one.takes(len(node.arguments))]
    if found:
        return found
    forms = " or ".join(f"`{one.text}`" for one in (members or function.overloads))
    message = f"`{function.name}` is called as {forms}"
    start, end = node.name_start, node.name_end
    inference.complaints.add(ExprProblem("wrong-argument-count", message, start, end))
    return []


def _parameters(overload: Overload, count: int) -> list[tuple[frozenset[str], bool]]:
    """For each operand the kinds it may have, and whether it may be null."""
    found = [] if overload.target is None else [overload.target]
    found += [overload.parameter(index) for index in range(count - len(found))]
    return [(parameter.kinds, parameter.null) for parameter in found]


def _without_nulls(
    inference: "Inference",
    name: str,
    operands: Sequence[Ast],
    overloads: list[Overload],
    types: list[Type],
) -> list[Type]:
    """The types of operands without null, which is a problem where no overload takes it."""
    rows = [_parameters(overload, len(operands)) for overload in overloads]
    found: list[Type] = []
    for index, (operand, type_) in enumerate(zip(operands, types, strict=True)):
        if not may_be_null(type_) or any(row[index][1] for row in rows):
            found.append(type_)
            continue
        inference.complaints.null_operand(operand, f"be given to `{name}`")
        found.append(ANY if type_ == NULL else without_null(type_))
    return found


def _matching(overloads: list[Overload], types: list[Type]) -> list[Overload] | None:
    """The overloads that some combination of kinds needs; None where one finds no overload."""
    combinations = [kinds(type_) for type_ in types]
    size = 1
    for options in combinations:
        size *= len(options)
    if size > _MAX_COMBINATIONS:
        return overloads
    used: list[Overload] = []
    for combination in product(*combinations):
        fitting = [one for one in overloads if _takes(one, combination)]
        if not fitting:
            return None
        used += [one for one in fitting if one not in used]
    return used


def _takes(overload: Overload, combination: tuple[Kind, ...]) -> bool:
    rows = _parameters(overload, len(combination))
    return all(_accepts(row, kind) for row, kind in zip(rows, combination, strict=True))


def _accepts(parameter: tuple[frozenset[str], bool], kind: Kind) -> bool:
    allowed, null = parameter
    return kind == "any" or (null if kind == "null" else kind in allowed or "any" in allowed)


def _mismatch(
    inference: "Inference",
    name: str,
    operands: Sequence[Ast],
    overloads: list[Overload],
    types: list[Type],
) -> None:
    """Name the first operand that fits no overload, or the whole call."""
    rows = [_parameters(overload, len(operands)) for overload in overloads]
    for index, (operand, type_) in enumerate(zip(operands, types, strict=True)):
        wanted = sorted({kind for row in rows for kind in row[index][0]})
        if all(any(_accepts(row[index], kind) for row in rows) for kind in kinds(type_)):
            continue
        words = " or ".join(f"`{kind}`" for kind in wanted)
        message = f"`{name}` needs {words} here, not `{show(type_)}`"
        inference.complaints.mismatch(operand, message, _hint(wanted))
        return
    shown = ", ".join(f"`{show(type_)}`" for type_ in types)
    message = f"`{name}` can't work with {shown}"
    inference.complaints.mismatch(operands[0], message, "convert one of them")


def _hint(wanted: list[str]) -> str:
    """How to make what is wanted of something else."""
    if wanted == ["string"]:
        return "turn it into text with `string(…)`"
    return f"give {' or '.join(wanted)}"


def _result(
    inference: "Inference", node: Call, name: str, overloads: list[Overload], types: list[Type]
) -> Type:
    """The union of what the overloads give."""
    found: list[Type] = []
    for overload in overloads:
        declared = overload.result
        result = result_of(declared, types) if isinstance(declared, str) else declared
        if isinstance(result, Wanted):
            message = f"`{name}` needs {result.text}, not `{show(types[0])}`"
            operand = node.target or node.arguments[0]
            inference.complaints.mismatch(operand, message, f"give {result.text}")
            return ANY
        found.append(result)
    return union(*found)
