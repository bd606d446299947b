"""Why some steps can't be put behind a border of their own: what would mean something else."""

from collections.abc import Iterator

from flow_core.ide.actions.border import Border, port_of
from flow_core.model.pipeline import SETTLED, Status, Uses

_TRANSPARENT = ("status", "error")
"""What of a step is the same of the step that calls it."""


def refusal(border: Border, *, keeps_name: bool = False) -> str:
    """The first reason, ``""`` if there is none.

    With ``keeps_name`` the one step inside and the step that takes its place are the same to
    others.
    """
    return next(_reasons(border, keeps_name=keeps_name), "")


def _reasons(border: Border, *, keeps_name: bool) -> Iterator[str]:
    if not border.selection.module.is_whole:
        yield "the file has syntax errors"
    if border.between:
        names = " and ".join(f"`{name}`" for name in border.selection.names)
        yield f"`{border.between}` runs between {names}"
    yield from _reads(border, keeps_name=keeps_name)
    yield from _dependents(border, keeps_name=keeps_name)
    yield from _conditions(border)


def _reads(border: Border, *, keeps_name: bool) -> Iterator[str]:
    """What others read of the steps must be outputs."""
    for mention in border.given:
        step, *rest = mention.path[1:]
        if not rest:
            yield f"`{_reader(mention.site.context.step)}` reads all of `steps.{step}`"
        elif rest[0] != "outputs":
            transparent = keeps_name and rest[0] in _TRANSPARENT and step not in border.skipped
            if not transparent:
                reader = _reader(mention.site.context.step)
                yield f"`{reader}` reads `steps.{step}.{rest[0]}`, which is of that step alone"


def _reader(step: str) -> str:
    return step or "outputs"


def _dependents(border: Border, *, keeps_name: bool) -> Iterator[str]:
    """What others ask of the steps must be what the border can answer."""
    asked: dict[str, set[frozenset[Status]]] = {}
    for step, waiting in border.waited_for.items():
        for other, statuses in waiting.items():
            if step in border.skipped and "skipped" not in statuses:
                yield f"`{other}` needs `{step}`, which may be skipped"
            elif not keeps_name and not _is_passed_on(statuses):
                yield f"`{other}` waits for `{step}` to be {' or '.join(statuses)}"
            if _is_explicit(border, other, step):
                asked.setdefault(other, set()).add(frozenset(statuses))
    for other, ways in asked.items():
        if len(ways) > 1:
            yield f"`{other}` waits for the steps in different ways"


def _is_explicit(border: Border, step: str, target: str) -> bool:
    return border.selection.graph.edges[step][target].explicit


def _is_passed_on(statuses: tuple[Status, ...]) -> bool:
    """Whether success, with or without skipping, or any end at all is asked for."""
    return set(statuses) in ({"succeeded"}, {"succeeded", "skipped"}, set(SETTLED))


def _conditions(border: Border) -> Iterator[str]:
    """What the steps wait for, all of them must wait for, in one way."""
    outcomes = border.selection.module.outcomes
    for target, waiting in border.waits.items():
        sure = {"skipped"} if not outcomes.may_skip(target) else set[str]()
        ways = {frozenset(statuses) - sure for statuses in waiting.values()}
        if len(ways) > 1:
            yield f"`{'` and `'.join(waiting)}` wait for `{target}` in different ways"
        elif (ways != {frozenset({"succeeded"})} or not sure) and not border.follows(target):
            yield f"not every step waits for `{target}`, which may end in several ways"


def unreadable(border: Border) -> Iterator[str]:
    """What a file of its own could not read: state, and all of a variable."""
    yield from _shared_breakers(border)
    for step in border.selection.module.steps.values():
        for channel in step.step.set:
            if border.holds((*step.step.path, "set", channel)):
                yield f"`{step.step.name}` writes to `state.{channel}`, which is this file's own"
    for mention in border.inside:
        name = ".".join(mention.path)
        if mention.path[0] == "state":
            yield f"`{mention.site.context.step}` reads `{name}`, which is this file's own"
        elif mention.path == ("secrets",) or not port_of(mention.path):
            yield f"`{mention.site.context.step}` reads all of `{name}`"


def _shared_breakers(border: Border) -> Iterator[str]:
    """Components of the file that would break apart: used on both sides, with a breaker."""
    module = border.selection.module
    sides: dict[str, set[bool]] = {}
    for info in module.calls.values():
        if isinstance(info.call, Uses):
            sides.setdefault(info.call.target, set()).add(border.holds(info.path))
    for name, component in module.library.components.items():
        if component.breaker is not None and len(sides.get(name, ())) > 1:
            yield f"a copy of `{name}` would have a circuit breaker of its own"
