"""Give a value that may be null something to be instead."""

from collections.abc import Iterator

from flow_core.diagnostics import Patch
from flow_core.expr.ast import Call
from flow_core.expr.checker import check
from flow_core.fields import text
from flow_core.ide.actions.action import UNSAFE, Action, Kind
from flow_core.ide.actions.literals import literal
from flow_core.ide.actions.request import Request, patched
from flow_core.ide.cursor import Cursor, Inside
from flow_core.model.pipeline import Expression
from flow_core.rules import nullable_argument, text_of_value
from flow_core.types import Type, admits_null
from flow_core.types.example import example
from flow_core.types.kinds import STRING, AnyType

_MENDED = (nullable_argument.RULE.code, text_of_value.RULE.code)


def actions(request: Request) -> Iterator[Action]:
    """One where all that an expression gives may be null, and something else is wanted."""
    inside = _expression(request)
    if inside is None:
        return
    tree, module = inside.expression.tree, request.module
    found = check(tree, module.typing.scope(inside.site)).type
    wanted = _wanted(request, inside)
    wraps = isinstance(tree, Call) and tree.function == "coalesce"
    if wanted is None or wraps or isinstance(found, AnyType) or not admits_null(found):
        return
    other = literal(example(wanted), wanted)
    if other is None:
        return
    source, start = text(module.document.get(inside.path)), inside.expression.start
    first, last = start + tree.start, start + tree.end
    new = f"{source[:first]}coalesce({source[first:last]}, {other}){source[last:]}"
    mends = tuple(finding for finding in request.here if finding.code in _MENDED)
    edits = patched(module, Patch("replace", inside.path, new))
    kind: Kind = "quickfix" if mends else "refactor.rewrite"
    yield Action(f"Put `{other}` in the place of null{UNSAFE}", kind, edits, mends=mends)


def _expression(request: Request) -> Inside | None:
    """The expression around the start of the range, or that is all of the value there."""
    cursor = Cursor(request.module, request.span.start)
    site = request.module.sites.get(request.path) if request.part == "value" else None
    if site is not None and isinstance(site.value, Expression):
        return Inside(site.value, 0, site.path, site)
    return cursor.inside


def _wanted(request: Request, inside: Inside) -> Type | None:
    """The type that is wanted in the place of null, None where null will do or it is not known."""
    if inside.path != inside.site.path:
        return None
    whole = isinstance(inside.site.value, Expression)
    wanted = request.module.typing.expected(inside.site) if whole else STRING
    return None if wanted is None or admits_null(wanted) else wanted
