"""Does an expression make sense where it stands, and what is its type?"""

import msgspec

from flow_core.expr.ast import Ast
from flow_core.expr.inference import Inference
from flow_core.expr.operators import kinds
from flow_core.expr.problems import ExprProblem
from flow_core.expr.references import Reference, path_of, references
from flow_core.expr.scope import Scope
from flow_core.types import show
from flow_core.types.kinds import Type


class Checked(msgspec.Struct, frozen=True):
    """What checking found.

    ``doubles`` are the ranges of choices (``c ? 1 : 0.5``) whose ints must become doubles when they
    are evaluated; ``secret`` tells that the value comes from a secret.
    """

    type: Type
    problems: tuple[ExprProblem, ...] = ()
    references: tuple[Reference, ...] = ()
    doubles: frozenset[tuple[int, int]] = frozenset()
    secret: bool = False


def check(tree: Ast, scope: Scope) -> Checked:
    """Check a tree where ``scope`` is visible. Problems come in the order of the text."""
    inference = Inference()
    type_ = inference.type_of(tree, scope)
    found = references(tree)
    return Checked(
        type_,
        tuple(sorted(inference.complaints.problems, key=lambda problem: problem.start)),
        found,
        frozenset(inference.doubles),
        any(scope.is_secret(reference.path) for reference in found),
    )


_TEXT = frozenset({"any", "string", "boolean", "integer", "number", "datetime", "duration"})


def text_problem(tree: Ast, type_: Type) -> ExprProblem | None:
    """What is wrong with an expression of a type in the middle of a text."""
    wrong = [kind for kind in kinds(type_) if kind not in _TEXT]
    if not wrong:
        return None
    if "null" in wrong:
        hint = "write `coalesce(…, '')`, or `json(…)` to show null as such"
        path = path_of(tree)
        subject = f"`{'.'.join(path)}`" if path else "the value"
        message = f"{subject} may be null, which has no text"
        return ExprProblem("null-operand", message, tree.start, tree.end, hint, path=path)
    message = f"`{show(type_)}` has no text of its own"
    return ExprProblem("not-text", message, tree.start, tree.end, "write `json(…)` around it")
