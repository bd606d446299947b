"""The paths of steps that are keys of a scenario: which part of one the cursor is in."""

from flow_core.analysis.tested import StepTarget, UnderTest
from flow_core.ide.cursor import Cursor
from flow_core.ide.symbol import name_span
from flow_core.places import Place, Span


def key_at_cursor(cursor: Cursor) -> str:
    """The key that the cursor is in, up to the end of the part of a path that it is in.

    In `onboard/create!catch[0]` that is `onboard`, `onboard/create`, or all of it.
    """
    key = str(cursor.path[-1])
    for end, character in enumerate(key):
        if character in "/!" and "." not in key:
            span = name_span(cursor.module.document, Place(cursor.path, "key", 0, end))
            if span is not None and cursor.offset <= span.end:
                return key[:end]
    return key


def handler_at(cursor: Cursor) -> tuple[Span, StepTarget] | None:
    """The handler or compensation that a key of a scenario names at the cursor.

    With it comes the range of its name: `catch[0]` in `charge!catch[0]`.
    """
    match cursor.path, cursor.module.tested:
        case ("scenarios", str(), "mocks", str(key)) as path, UnderTest() as tested if "!" in key:
            place = Place(path, "key", key.index("!") + 1, len(key))
        case _:
            return None
    is_there = cursor.part == "key" and key_at_cursor(cursor) == key
    target = tested.step(key) if is_there else None
    span = name_span(cursor.module.document, place)
    if span is None or not isinstance(target, StepTarget) or target.call == target.step.path:
        return None
    return span, target
