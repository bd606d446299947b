"""What an editor offers to do: mend findings, refactor, tidy up.

Each action is a module of this package. Its ``actions`` looks at a request and yields what it
offers there; it is asked at every move of a cursor, so what is dear is left to ``changes``, which
makes the changes of an offer that names it.
"""

from collections.abc import Iterable, Iterator

from flow_core.diagnostics import Diagnostic, Json
from flow_core.ide.actions import (
    coalesce,
    create_component,
    create_name,
    delete_step,
    dependencies,
    extract_group,
    extract_input,
    extract_pipeline,
    fixes,
    import_component,
    imports,
    inline_pipeline,
    missing_inputs,
    missing_keys,
    missing_mocks,
    new_scenario,
    policies,
    style,
    suppress,
    update_scenario,
)
from flow_core.ide.actions.action import Action, Change, Create, Kind, RefusedError
from flow_core.ide.actions.request import Request
from flow_core.module import Module
from flow_core.places import Span

__all__ = ["Action", "Change", "Create", "Kind", "RefusedError", "actions", "resolve"]

_OFFERING = (
    missing_inputs,
    missing_mocks,
    fixes,
    missing_keys,
    create_name,
    create_component,
    import_component,
    coalesce,
    suppress,
    extract_pipeline,
    extract_group,
    extract_input,
    inline_pipeline,
    delete_step,
    policies,
    dependencies,
    style,
    imports,
    new_scenario,
    update_scenario,
)
"""What offers actions, in the order in which they are shown."""

_LAZY = (
    fixes,
    create_name,
    create_component,
    extract_pipeline,
    extract_group,
    extract_input,
    inline_pipeline,
    delete_step,
    imports,
    new_scenario,
    update_scenario,
)
_RESOLVING = {module.ID: module for module in _LAZY}


def actions(
    module: Module,
    span: Span,
    findings: tuple[Diagnostic, ...] = (),
    *,
    patient: bool = True,
) -> tuple[Action, ...]:
    """What can be done in a range of a module's text; ``findings`` are all known of its file.

    Whoever is not ``patient`` is offered nothing that takes a look at the whole project.
    """
    request = Request(module, span, findings, patient)
    found = (action for each in _OFFERING for action in each.actions(request))
    return tuple(_different(each for each in found if each.changes or each.id or each.disabled))


def _different(found: Iterable[Action]) -> Iterator[Action]:
    """Of actions with the same changes the first."""
    known: set[tuple[Change, ...]] = set()
    for action in found:
        if action.changes not in known:
            yield action
        if action.changes:
            known.add(action.changes)


def resolve(module: Module, id_: str, data: Json) -> tuple[Change, ...]:
    """The changes of an action that has none yet; the module is all of its file.

    Raises:
        RefusedError: they can't be made, for a reason that shows only now.
    """
    return tuple(_RESOLVING[id_].changes(module, data))
