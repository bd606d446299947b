"""Code actions as plain values: looked for, and made, in the worker where a file is long."""

from typing import Any

import msgspec

from flow_core.check import check
from flow_core.ide.actions import Action, Change, RefusedError, actions, resolve
from flow_core.module import Module
from flow_core.places import Span


class Chosen(msgspec.Struct, frozen=True):
    """What an offer remembers so that its edits can be made later.

    ``version`` and ``range`` are of the document for which it was made; ``id`` and ``data`` are
    those of an action that makes its edits itself.
    """

    uri: str
    version: int
    range: dict[str, Any]
    title: str
    id: str = ""
    data: Any = None


def offers(module: Module, span: Span, *, checked: bool, patient: bool) -> tuple[Action, ...]:
    """What can be done in a range of a whole file; its findings count if it is to be checked."""
    return actions(module, span, check(module) if checked else (), patient=patient)


def offers_far(module: Module, start: int, end: int, *flags: bool) -> tuple[Action, ...]:
    """The same with plain arguments: whether it is ``checked``, whether somebody is ``patient``."""
    checked, patient = flags
    return offers(module, Span(start, end), checked=checked, patient=patient)


def chosen_changes(
    module: Module, chosen: Chosen, start: int, end: int
) -> tuple[Change, ...] | str:
    """The changes of what was chosen in a range, or why there are none."""
    try:
        if chosen.id:
            return resolve(module, chosen.id, chosen.data)
        found = offers(module, Span(start, end), checked=True, patient=True)
        for action in found:
            if action.title == chosen.title:
                return action.changes or resolve(module, action.id, action.data)
    except RefusedError as error:
        return error.reason
    return "it is not needed any more"
