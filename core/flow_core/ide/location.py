"""Where something is: a file and a range of its text."""

import msgspec

from flow_core.check import owner_of, span_of
from flow_core.module import Module
from flow_core.places import Place, Span


class Location(msgspec.Struct, frozen=True, order=True):
    """A range of a file; ``file`` is absolute."""

    file: str
    span: Span


def location_of(module: Module, place: Place) -> Location | None:
    """Where a place of a module, or of another file that it names, is; None where that is gone.

    A place in a source that is no Flow file (Python) holds its own span.
    """
    file = place.file or module.file
    if place.span is None and owner_of(module, place.file) is None:
        return None
    return Location(file, span_of(module, place))
