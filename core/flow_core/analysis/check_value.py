"""One value with its expressions, checked where it stands."""

from collections.abc import Iterator

import msgspec

from flow_core.analysis.conform import Fitting, Misfit
from flow_core.expr.checker import check, text_problem
from flow_core.expr.problems import ExprProblem
from flow_core.expr.references import Reference, references
from flow_core.expr.scope import Scope
from flow_core.model.pipeline import (
    Constant,
    Expression,
    Interpolation,
    ListValue,
    MapValue,
    Value,
)
from flow_core.places import Path, Place
from flow_core.problems import Problem
from flow_core.types import Type, union
from flow_core.types.by_value import type_of_literal
from flow_core.types.kinds import ANY, STRING, Field, ListType, ObjectType
from flow_core.types.literals import Source


class Result(msgspec.Struct, frozen=True):
    """What checking a value found.

    ``expected`` is the type that was wanted, if any; ``problems`` are those of expressions,
    ``misfits`` say where the value does not fit; ``secret`` tells that a secret is part of it.
    """

    type: Type
    expected: Type | None = None
    problems: tuple[Problem, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    secret: bool = False


UNKNOWN = Result(ANY)


def check_value(
    value: Value,
    path: Path,
    scope: Scope,
    expected: Type | None,
    source: Source = lambda _: None,
) -> Result:
    """Check a value; ``path`` leads to it, ``source`` gives the text of the scalar at a path."""
    run = _Check(scope)
    found = run.type_of(value, path)
    wrong = Fitting(run.types, source).misfits(value, path, expected) if expected else ()
    return Result(found, expected, tuple(run.problems), tuple(wrong), run.secret)


def expressions(value: Value, path: Path = ()) -> Iterator[tuple[Path, Expression]]:
    """The expressions in a value, each with the path of the scalar that holds it."""
    match value:
        case Expression():
            yield path, value
        case Interpolation(parts=parts):
            yield from ((path, part) for part in parts if isinstance(part, Expression))
        case ListValue(items=items):
            for index, item in enumerate(items):
                yield from expressions(item, (*path, index))
        case MapValue(entries=entries):
            for key, item in entries.items():
                yield from expressions(item, (*path, key))
        case _:
            return


def value_references(value: Value, path: Path) -> Iterator[tuple[Reference, Place]]:
    """The references in a value, each with its place."""
    for where, expression in expressions(value, path):
        for use in references(expression.tree):
            start = expression.start
            yield use, Place(where, start=start + use.start, end=start + use.end)


def mentioned_steps(value: Value) -> list[str]:
    """The names that follow ``steps.`` in a value, each once."""
    paths = (use.path for _, part in expressions(value) for use in references(part.tree))
    return list(dict.fromkeys(path[1] for path in paths if path[0] == "steps" and len(path) > 1))


class _Check:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.problems: list[Problem] = []
        self.types: dict[Path, Type] = {}
        self.secret = False

    def type_of(self, value: Value, path: Path) -> Type:
        """The type of a value and, on the way, of all its parts."""
        self.types[path] = found = self._type_of(value, path)
        return found

    def _type_of(self, value: Value, path: Path) -> Type:
        match value:
            case Constant(data=data):
                return type_of_literal(data)
            case Expression():
                return self._expression(value, path)
            case Interpolation(parts=parts):
                for part in parts:
                    if isinstance(part, Expression):
                        self._text(part, path)
                return STRING
            case ListValue(items=items):
                found = [self.type_of(item, (*path, i)) for i, item in enumerate(items)]
                return ListType(union(*found))
            case MapValue(entries=entries):
                fields = {k: Field(self.type_of(v, (*path, k))) for k, v in entries.items()}
                return ObjectType(fields, open=False)

    def _expression(self, expression: Expression, path: Path) -> Type:
        checked = check(expression.tree, self.scope)
        self.secret = self.secret or checked.secret
        for problem in checked.problems:
            self._report(problem, expression, path)
        return checked.type

    def _text(self, expression: Expression, path: Path) -> None:
        found = self._expression(expression, path)
        if problem := text_problem(expression.tree, found):
            self._report(problem, expression, path)

    def _report(self, problem: ExprProblem, expression: Expression, path: Path) -> None:
        start = expression.start
        place = Place(path, start=start + problem.start, end=start + problem.end)
        self.problems.append(
            Problem(
                _kind(problem),
                place,
                problem.message,
                problem.help,
                problem.suggestion,
                problem.path,
            )
        )


_OWNERS = {"inputs": "unknown-input", "state": "unknown-channel", "secrets": "unknown-secret"}
"""What is unknown when an undeclared property of one of these variables is read."""


def _kind(problem: ExprProblem) -> str:
    """The kind of a problem; that of an unknown property says of what."""
    if problem.kind != "unknown-member":
        return problem.kind
    match problem.path:
        case ("steps", _, "outputs", _) | ("outputs" | "previous", _):
            return "unknown-output"
        case (owner, _):
            return _OWNERS.get(owner, problem.kind)
        case _:
            return problem.kind
