"""Create a file of scenarios for a pipeline, with a first one that passes."""

import os
from collections.abc import Iterator

from flow_core.diagnostics import Json
from flow_core.ide.actions.action import Action, Change, Create, RefusedError
from flow_core.ide.actions.request import Request
from flow_core.module import Module

ID = "new_scenario"
_HEAD = ("flow", "name", "description")


def actions(request: Request) -> Iterator[Action]:
    """One at the head of a pipeline that has no such file beside it."""
    module, path = request.module, request.path
    if module.is_pipeline and path and path[0] in _HEAD and request.part == "key":
        file = file_of(module)
        if module.project.text(file) is None:
            title = f"Create scenarios in `{os.path.basename(file)}`"  # noqa: PTH119 -- a text
            yield Action(title, "refactor.rewrite", id=ID)


def file_of(module: Module) -> str:
    """The file beside a pipeline's that its scenarios belong in."""
    stem, _, kind = module.file.rpartition(".flow.")
    return f"{stem}.flowtest.{kind}"


def changes(module: Module, _: Json) -> Iterator[Change]:
    """The file.

    Raises:
        RefusedError: the pipeline can't be simulated, or the file is there.
    """
    from flow_core.ide.first_scenario import first_scenario
    from flow_core.simulate import SimulationError

    file = file_of(module)
    if module.project.text(file) is not None:
        raise RefusedError("the pipeline has a file of scenarios already")
    try:
        text = first_scenario(module, file)
    except SimulationError as error:
        raise RefusedError(f"the pipeline can't be simulated: {error.message}") from error
    yield Create(file, text)
