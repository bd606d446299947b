"""Hover: what there is to know about whatever stands under the cursor."""

from datetime import datetime

import msgspec

from flow_core.ide.cursor import Cursor
from flow_core.ide.hover.declared import describe_name
from flow_core.ide.hover.expressions import in_expression
from flow_core.ide.hover.found import Found
from flow_core.ide.hover.keys import describe_key_at
from flow_core.ide.hover.scenarios import in_scenario
from flow_core.ide.hover.values import at_value
from flow_core.places import Place, Span


class Hover(msgspec.Struct, frozen=True):
    """A text in Markdown, and the range of the text that it is about."""

    markdown: str
    span: Span


def hover(cursor: Cursor, now: datetime | None = None) -> Hover | None:
    """What is known of what stands under the cursor, None where that is nothing.

    ``now`` is when it is asked: schedules then tell when they are due next.
    """
    found = in_expression(cursor) or in_scenario(cursor) or _at_key(cursor) or at_value(cursor, now)
    if found is None or not found.markdown:
        return None
    span = cursor.module.document.locate(found.place)
    return Hover(found.markdown, span) if span.start <= cursor.offset <= span.end else None


def _at_key(cursor: Cursor) -> Found | None:
    """A key: a name that a person gave, or one of the language."""
    if cursor.part != "key":
        return None
    text = describe_key_at(cursor)
    text = text or describe_name(cursor)
    return Found(text, Place(cursor.path, "key"))
