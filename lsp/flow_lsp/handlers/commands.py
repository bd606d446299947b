"""Commands: the manual, dry runs, scenarios, fixes, and what the server knows of itself.

The simulator is imported when somebody asks for a run: no keystroke needs it.
"""

import platform
import sys
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from flow_core.diagnostics import Json
from flow_core.ide.actions import RefusedError, resolve
from flow_core.ide.actions.fixes import ID as FIXES
from flow_core.ide.actions.new_scenario import ID as NEW
from flow_core.ide.actions.new_scenario import file_of
from flow_core.ide.actions.update_scenario import ID as UPDATE
from flow_lsp.features import Feature
from flow_lsp.handlers.actions import workspace_edit
from flow_lsp.scenarios import cover_scenarios, run_scenarios, scenarios
from flow_lsp.session import Session


async def _explain(_: Session, code: str) -> str:
    """The manual's page of a rule, by its code or name."""
    from flow_core.simulate.codes import all_pages

    found = all_pages()
    page = found.get(code.upper()) or found.get(code.lower())
    if page is None:
        raise JsonRpcInvalidParams(f"there is no rule `{code}`")
    return page.document


async def _dry_run(session: Session, uri: str, scenario: str = "") -> dict[str, Any]:
    """What a pipeline would do: `{status, text, outputs, svg}`."""
    from flow_lsp.running import drawn_dry_run

    return await session.apart(drawn_dry_run, uri, scenario)


async def _fix_all(session: Session, uri: str) -> bool:
    """Mend all that is safe to mend in a document; tells whether the client did so."""
    return await _done(session, uri, FIXES, None, "Fix all that is safe to fix")


async def _create_scenarios(session: Session, uri: str) -> str | None:
    """Create a file of scenarios beside a pipeline's; its URI if the client did so."""
    done = await _done(session, uri, NEW, None, "Create scenarios")
    return session.uri(file_of(session.text(uri).module)) if done else None


async def _update_scenario(session: Session, uri: str, name: str) -> bool:
    """Let what a scenario expects become what happens; tells whether the client did so."""
    return await _done(session, uri, UPDATE, ["scenarios", name], f"Update `{name}`")


async def _done(session: Session, uri: str, action: str, data: Json, label: str) -> bool:
    """Let the client make the changes of an action; tells whether it did.

    Raises:
        JsonRpcInvalidParams: The changes can't be made, and why.
    """
    try:
        changes = await session.far(resolve, uri, action, data)
    except RefusedError as error:
        raise JsonRpcInvalidParams(error.reason) from error
    if not changes:
        return True
    edit = workspace_edit(session, session.text(uri), changes)
    params = types.ApplyWorkspaceEditParams(edit, label)
    answer = await session.server.workspace_apply_edit_async(params)
    return answer.applied


async def _status(session: Session) -> dict[str, Any]:
    """What somebody wants to know whose server does not do as expected."""
    return {
        "version": version("flow-pipelines"),
        "python": f"{platform.python_version()} ({sys.executable})",
        "folders": session.projects.folders,
        "documents": len(session.documents),
        "trusted": session.trusted,
        "encoding": session.encoding.kind.value,
    }


_COMMANDS: dict[str, Callable[..., Awaitable[Any]]] = {
    "flow.server.explain": _explain,
    "flow.server.dryRun": _dry_run,
    "flow.server.scenarios": scenarios,
    "flow.server.runScenarios": run_scenarios,
    "flow.server.coverScenarios": cover_scenarios,
    "flow.server.fixAll": _fix_all,
    "flow.server.createScenarios": _create_scenarios,
    "flow.server.updateScenario": _update_scenario,
    "flow.server.status": _status,
}


async def execute(session: Session, params: types.ExecuteCommandParams) -> Any:
    """The answer of a command.

    Raises:
        JsonRpcInvalidParams: It was given something else than it takes.
    """
    given = params.arguments or []
    if not all(isinstance(each, str) for each in given):
        raise JsonRpcInvalidParams(f"`{params.command}` takes texts")
    try:
        answer = _COMMANDS[params.command](session, *given)
    except TypeError as error:
        raise JsonRpcInvalidParams(f"`{params.command}` takes other arguments") from error
    return await answer


FEATURES = (
    Feature(
        types.WORKSPACE_EXECUTE_COMMAND,
        execute,
        types.ExecuteCommandOptions(commands=list(_COMMANDS)),
    ),
)
