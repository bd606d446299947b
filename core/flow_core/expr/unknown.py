"""Values that are only known after the run: what a dry run has in the place of an effect's outputs.

In JSON such a value is a marker (see `flow_core.markers`). An expression that reads one raises an
`EvaluationError` of the kind "unknown", and since `&&`, `||`, `all` and `exists` make up for errors
of one side, conditions are three-valued.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from flow_core.diagnostics import Json
from flow_core.expr.errors import EvaluationError
from flow_core.markers import UNKNOWN_KEY, has_unknown, is_unknown, unknown

__all__ = [
    "AFTER",
    "UNKNOWN_KEY",
    "PartialList",
    "PartialMap",
    "has_unknown",
    "is_unknown",
    "not_known",
    "unknown",
    "variables",
]


AFTER = " is known after the run"
"""What follows a value's name in the message of an error of the kind "unknown"."""


def not_known(what: str) -> EvaluationError:
    """The error of reading what is not known."""
    return EvaluationError("unknown", f"{what}{AFTER}", 0, 0)


def variables(known: Mapping[str, Any], unknown: Mapping[str, Json]) -> Mapping[str, Any]:
    """The variables of an expression, of which some are unknown.

    >>> from flow_core.expr.evaluate import evaluate
    >>> from flow_core.expr.parser import parse
    >>> evaluate(parse("paid || ready").tree, variables({"ready": True}, {"paid": unknown("paid")}))
    True
    """
    return PartialMap(known, unknown, {})


def _told(marker: Json) -> str:
    """What a marker says of its value."""
    return str(marker[UNKNOWN_KEY]) if isinstance(marker, dict) else "something"


class PartialMap(dict[Any, Any]):
    """A map or object of which some values are unknown: only the others can be read.

    ``names`` has the markers of the unknown ones, ``declared`` the properties that read as null
    where they are absent.
    """

    __slots__ = ("declared", "names")

    def __init__(
        self, known: Mapping[Any, Any], names: Mapping[Any, Json], declared: Mapping[str, object]
    ) -> None:
        super().__init__(known)
        self.names = names
        self.declared = declared

    def __missing__(self, key: Any) -> None:
        if key in self.names:
            raise not_known(_told(self.names[key]))
        if key not in self.declared:
            raise KeyError(key)

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key, if it is not one of the unknown."""
        if key in self.names:
            raise not_known(_told(self.names[key]))
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        if key in self.names:
            raise not_known(_told(self.names[key]))
        return super().__contains__(key)

    def _whole(self, *_: Any) -> NoReturn:
        raise not_known(" and ".join(map(_told, self.names.values())))

    __eq__ = __ne__ = __iter__ = __len__ = __reversed__ = __or__ = __ror__ = _whole
    items = keys = values = copy = _whole
    __hash__ = None


class PartialList(list[Any]):
    """A list of which an item is unknown: nothing of it can be read."""

    __slots__ = ()

    def _whole(self, *_: Any) -> NoReturn:
        raise not_known("an item of the list")

    def __iter__(self) -> Iterator[Any]:
        return self._whole()

    __eq__ = __ne__ = __len__ = __getitem__ = __contains__ = _whole
    __reversed__ = __add__ = __mul__ = index = count = copy = _whole
    __hash__ = None
