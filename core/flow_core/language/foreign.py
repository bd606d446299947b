"""Words of other formats: which key of Flow is meant, and how the value is carried over.

A word is looked up by the record in which it stands. Case, `-` and `_` do not count.
"""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from flow_core.diagnostics import Json, Mend, Patch
from flow_core.places import Path
from flow_core.syntax.nodes import Mapping, Scalar, Sequence, Value

Carried: TypeAlias = "Json | msgspec.UnsetType"
Carry: TypeAlias = Callable[[Value], "Carried"]
"""The value under Flow's key: UNSET keeps the one that is there, None says that none is certain."""

_SEPARATORS = str.maketrans("", "", "-_. ")
_CREDIBLE = 1_000_000


class Foreign(msgspec.Struct, frozen=True):
    """What a word means. ``origin`` names the tool whose word it is, where there is one."""

    key: str = ""
    origin: str = ""
    help: str = ""
    carry: Carry | None = None
    safe: bool = True

    def mend(self, path: Path, value: Value) -> Mend | None:
        """The mend for the entry at a path, where it is certain enough."""
        carried = self.carry(value) if self.carry else None
        if carried is None:
            return None
        patches = [Patch("rename", path, self.key)]
        if carried is not msgspec.UNSET:
            patches.append(Patch("replace", path, carried))
        return Mend(f"Write `{self.key}`", tuple(patches), "safe" if self.safe else "unsafe")


def keep(_: Value) -> Carried:
    """The value as it is."""
    return msgspec.UNSET


def keep_text(value: Value) -> Carried:
    """The value as it is, if it is a string."""
    is_text = isinstance(value, Scalar) and isinstance(value.value, str)
    return msgspec.UNSET if is_text else None


def keep_mapping(value: Value) -> Carried:
    """The value as it is, if it is a mapping."""
    return msgspec.UNSET if isinstance(value, Mapping) else None


def names(value: Value) -> Carried:
    """A list of names, also from a single one."""
    if isinstance(value, Scalar) and _is_name(value):
        return [value.text]
    if isinstance(value, Sequence) and all(_is_name(item) for item in value.values):
        return msgspec.UNSET
    return None


def _is_name(value: Value) -> bool:
    return isinstance(value, Scalar) and value.text.isidentifier()


def condition(value: Value) -> Carried:
    """An expression, also from one without braces or with those of a template."""
    if not isinstance(value, Scalar) or value.value is None:
        return None
    if isinstance(value.value, bool) or "${{" in value.text:
        return msgspec.UNSET
    return f"${{{{ {value.text.strip().removeprefix('{{').removesuffix('}}').strip()} }}}}"


def minutes(value: Value) -> Carried:
    """A duration from a number of minutes."""
    return _duration(value, "m")


def seconds(value: Value) -> Carried:
    """A duration from a number of seconds."""
    return _duration(value, "s")


def _duration(value: Value, unit: str) -> Carried:
    count = _count(value)
    return f"{count}{unit}" if count is not None else None


def retries(value: Value) -> Carried:
    """A policy from the number of attempts after the first."""
    count = _count(value)
    return {"max_attempts": count + 1} if count is not None else None


def after_first(value: Value) -> Carried:
    """The number of all attempts from the number of those after the first."""
    count = _count(value)
    return count + 1 if count is not None else None


def _count(value: Value) -> int | None:
    found = value.value if isinstance(value, Scalar) else None
    return found if type(found) is int and 0 <= found < _CREDIBLE else None


def tolerate(value: Value) -> Carried:
    """A handler that skips, for what lets a step fail without harm."""
    return [{"skip": True}] if isinstance(value, Scalar) and value.value is True else None


def foreign(record: str, word: str) -> Foreign | None:
    """What a word means in a record, if other formats use it there."""
    from flow_core.language.foreign_words import WORDS

    words = WORDS.get(record, {})
    return words.get(word) or words.get(word.translate(_SEPARATORS).lower())
