"""What is offered at a place: by a provider as an offer, to an editor as an item."""

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from flow_core.diagnostics import Edit, Json
from flow_core.ide.completion.template import Stop, Template
from flow_core.places import Span

Kind: TypeAlias = Literal[
    "key",
    "word",
    "value",
    "variable",
    "field",
    "input",
    "output",
    "step",
    "function",
    "component",
    "pipeline",
    "type",
    "error",
    "module",
    "file",
    "folder",
    "snippet",
]
"""What an item is, in words of Flow."""

MOST_ITEMS = 200

FAR = 6
"""The rank from which on offers are unlikely, so that few of them are enough."""

MOST_FAR = 50


class Entry(msgspec.Struct, frozen=True):
    """A key of a mapping, and its value."""

    name: "str | Stop"
    value: Template


class Extra(msgspec.Struct, frozen=True):
    """What comes with an item: keys that follow its own, edits elsewhere in the file."""

    more: tuple[Entry, ...] = ()
    edits: tuple[Edit, ...] = ()


class Offer(msgspec.Struct, frozen=True):
    """Something that may stand at a place, before it is written there.

    ``write`` is what it writes: a value, or a key with its value; ``extra`` gives what comes with
    it, and is asked only if the offer is among the best. What ``continues`` is there for something
    to be read of it. Offers of a lower ``rank`` come first. ``filter`` is what people type to find
    it; ``source`` what hover is asked about for its documentation, where that is not the label.
    """

    label: str
    kind: Kind
    write: "Template | Entry"
    detail: str = ""
    rank: int = 5
    extra: Callable[[], Extra] | None = None
    continues: bool = False
    filter: str = ""
    source: str = ""
    deprecated: bool = False
    data: Json = None


class Item(msgspec.Struct, frozen=True):
    """What an editor offers: ``text`` takes the place of ``span``, and ``edits`` are made too.

    ``text`` is a snippet of the protocol or plain; its lines are indented from the margin of the
    line that it starts on. ``data`` is what `documentation` makes the item's documentation of.
    """

    label: str
    kind: Kind
    text: str
    span: Span
    detail: str = ""
    is_snippet: bool = False
    sort: str = ""
    filter: str = ""
    edits: tuple[Edit, ...] = ()
    deprecated: bool = False
    data: Json = None


class Completions(msgspec.Struct, frozen=True):
    """The items at a place, best first; ``incomplete`` tells that there are more.

    ``margin`` is what the line starts with, from which the lines of items are indented.
    """

    items: tuple[Item, ...] = ()
    incomplete: bool = False
    margin: str = ""
