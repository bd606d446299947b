"""`std.template`."""

from collections.abc import Mapping

from flow_core.diagnostics import Json
from flow_core.expr.errors import EvaluationError
from flow_core.expr.evaluate import interpolate
from flow_core.expr.parser import parse
from flow_core.expr.template import Hole, split
from flow_core.expr.values import Value
from flow_core.run.errors import ComponentError
from flow_core.run.std.expressions import compiled, failed, seen
from flow_core.types.kinds import ANY


def template(template: str, values: Mapping[str, Json] | None = None) -> dict[str, Json]:
    """The template with the values of its expressions in their places.

    >>> template("${{ n }} of ${{ all }}", {"n": 1, "all": 2})
    {'text': '1 of 2'}

    Raises:
        ComponentError: `ExpressionFailed`, if an expression is wrong or has no text.
    """
    parts = split(template)
    for problem in parts.problems:
        raise ComponentError("ExpressionFailed", problem.message)
    names = {name: seen(value) for name, value in (values or {}).items()}
    return {"text": "".join(_text(part, names) for part in parts.parts)}


def _text(part: str | Hole, names: Mapping[str, Value]) -> str:
    if isinstance(part, str):
        return part
    value = compiled(part.source, dict.fromkeys(names, ANY))(names, "")
    tree = parse(part.source).tree
    try:
        return interpolate([(tree, value)])
    except EvaluationError as error:
        raise failed(part.source, error.message) from None
