"""What hover found, before it is known where that is in the text."""

import msgspec

from flow_core.places import Place


class Found(msgspec.Struct, frozen=True):
    """A text in Markdown about a place."""

    markdown: str
    place: Place
