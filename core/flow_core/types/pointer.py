"""JSON pointers into a schema document."""

from typing import Any

import msgspec

from flow_core.diagnostics import Json

NOWHERE: Any = object()
"""The answer where a pointer leads nowhere."""


def find(data: Json, pointer: str) -> Any:
    """What stands at a pointer, or `NOWHERE`.

    >>> find({"$defs": {"a/b": [1, 2]}}, "/$defs/a~1b/1")
    2
    """
    if not pointer:
        return data
    from urllib.parse import unquote  # rarely needed, and slow to import

    here = data
    for step in pointer.split("/")[1:]:
        key = unquote(step).replace("~1", "/").replace("~0", "~")
        if isinstance(here, dict) and key in here:
            here = here[key]
        elif isinstance(here, list) and key.isdecimal() and int(key) < len(here):
            here = here[int(key)]
        else:
            return NOWHERE
    return here


def digest(data: Json) -> str:
    """A name for a document by its content, so that equal documents have equal parts."""
    import hashlib  # rarely needed, and slow to import

    try:
        text = msgspec.json.encode(data)
    except (TypeError, ValueError, RecursionError, OverflowError):
        text = str(id(data)).encode()
    return hashlib.sha1(text, usedforsecurity=False).hexdigest()
