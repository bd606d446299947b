"""Let what a scenario expects become what happens in it."""

from collections.abc import Iterator

from flow_core.diagnostics import Json
from flow_core.ide.actions.action import Action, Change, RefusedError
from flow_core.ide.actions.request import Request, patched, path_from
from flow_core.module import Module
from flow_core.places import Path

ID = "update_scenario"


def actions(request: Request) -> Iterator[Action]:
    """One at the name of a scenario, for all that it expects, and one at each expectation."""
    match request.path:
        case ("scenarios", str(name)) if request.part == "key":
            what = f"what `{name}` expects"
        case ("scenarios", str(), "expect", *_):
            what = "this expectation"
        case _:
            return
    title = f"Update {what} to what happens"
    yield Action(title, "refactor.rewrite", id=ID, data=list(request.path))


def changes(module: Module, data: Json) -> Iterator[Change]:
    """The edits of what was not met, below the path that is given.

    Raises:
        RefusedError: there is nothing to update, or it can't be done.
    """
    from flow_core.simulate.scenarios import Suite
    from flow_core.simulate.updated import Update, update_of, updated

    path = path_from(data)
    if path[1:2] == () or str(path[1]) not in module.scenario.scenarios:
        raise RefusedError("the scenario is not there any more")
    result = Suite(module).run(str(path[1]))
    if result.passed:
        raise RefusedError("all goes as the scenario expects")
    update = update_of(result, module)
    if update is None:
        raise RefusedError(f"it fails for another reason: {result.failures[0].message}")
    wanted = tuple(patch for patch in update.patches if _is_below(patch.path, path))
    done = updated(module.document.text, module, [Update(update.scenario, wanted, update.left)])
    if not done.changed:
        raise RefusedError(done.left[0] if done.left else "it is met")
    yield from patched(module, *wanted)


def _is_below(path: Path, other: Path) -> bool:
    return path[: len(other)] == other
