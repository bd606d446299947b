"""Why the steps of a file can't stand in the place of a call of it."""

from collections.abc import Iterator

from flow_core.analysis.check_value import expressions
from flow_core.analysis.uses import Mention
from flow_core.expr.ast import Macro, walk
from flow_core.ide.actions.arguments import Argument
from flow_core.model.pipeline import Budget, Step
from flow_core.model.sites import Context
from flow_core.module import Module

_HIDING = ("item", "index", "iteration", "previous", "outputs", "error", "attempt")


def own_to_file(inner: Module) -> Iterator[str]:
    """What only a file of its own can have."""
    pipeline = inner.pipeline
    if not inner.is_whole or inner.shape:
        yield f"`{pipeline.name}` has errors"
    for key, has in (
        ("state", bool(pipeline.state)),
        ("finally", bool(pipeline.finally_)),
        ("budget", pipeline.budget != Budget()),
        ("max_parallel", pipeline.max_parallel is not None),
    ):
        if has:
            yield f"`{pipeline.name}` has `{key}` of its own"
    for mention in inner.mentions:
        if mention.path[0] == "run" and mention.path != ("run", "scheduled_at"):
            yield f"`{pipeline.name}` reads `{'.'.join(mention.path)}` of its own run"
        if mention.path in {("inputs",), ("steps",), ("secrets",)}:
            yield f"`{pipeline.name}` reads all of `{mention.path[0]}`"


def shared_breakers(inner: Module) -> Iterator[str]:
    """Components of the file whose copies would have breakers of their own."""
    for component in inner.library.components.values():
        if component.breaker is not None:
            yield f"a copy of `{component.name}` would have a circuit breaker of its own"


def hidden(mention: Mention, argument: Argument) -> Iterator[str]:
    """What an argument reads and would be something else where the input is read."""
    for reference in argument.references:
        name = reference.path[0]
        where = ".".join(mention.path)
        if name in _HIDING and _hides(mention.site.context, name):
            yield f"`{name}` would be another one where `{where}` is read"
        if name in _variables(mention):
            yield f"`{name}` is a variable where `{where}` is read"
        if name == "secrets" and mention.site.role != "with":
            yield f"`{where}` is read where no secret may be"


def _hides(context: Context, name: str) -> bool:
    """Whether a place has a variable of its own of this name."""
    match name:
        case "item" | "index":
            return bool(context.item)
        case "iteration" | "previous":
            return bool(context.loop)
        case "outputs":
            return context.outputs is not None
        case "error":
            return context.error
        case _:
            return context.attempt


def _variables(mention: Mention) -> set[str]:
    """The variables of the macros in the expression that a reference is in."""
    return {
        variable.name
        for path, expression in expressions(mention.site.value, mention.site.path)
        if path == mention.place.path
        for node in walk(expression.tree)
        if isinstance(node, Macro)
        for variable in node.variables
    }


def of_step(step: Step) -> Iterator[str]:
    """Keys of the calling step that a group can't have."""
    if step.returns:
        yield f"`{step.name}` says what the call `returns`"
