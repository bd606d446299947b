"""A line of YAML read alone, as one that is typed has to be."""

import re
from functools import cached_property

import msgspec

_PARTS = re.compile(
    r"""
    [ ]* (?P<dashes>(?:-[ ]+)*) (?P<dash>-(?=\s*\Z))?
    (?P<key>(?:"[^"]*"|'[^']*'|[^\s"'{}\[\]\#&*!|>%@`,-][^:\#]*?|\$\w+)[ ]*:(?=\s|\Z))?
    \s* (?P<value>.*?) \s*
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"(?:(?<=\s)|\A)#.*", re.DOTALL)
_HEADER = re.compile(r"[|>][-+0-9]*")
_STRING = re.compile(r"'[^']*'|\"(?:[^\"\\]|\\.)*\"|\$\{\{.*?\}\}")


class TypedLine(msgspec.Struct, frozen=True, dict=True):
    """A line: its indentation, dashes, a key with a colon, and what follows."""

    text: str

    @cached_property
    def _parts(self) -> dict[str, str]:
        found = _PARTS.fullmatch(_COMMENT.sub("", self.text))
        return {} if found is None else found.groupdict("")

    @property
    def indent(self) -> int:
        """How many spaces it starts with."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def column(self) -> int:
        """Where its content starts, behind all dashes."""
        return self.indent + len(self._parts.get("dashes", ""))

    @property
    def is_blank(self) -> bool:
        """Whether nothing but a comment stands on it."""
        return not any(self._parts.values())

    @property
    def is_item(self) -> bool:
        """Whether an item of a list starts on it, with something in it."""
        return bool(self._parts.get("dashes"))

    @property
    def is_empty_item(self) -> bool:
        """Whether it is a dash with nothing behind it."""
        return bool(self._parts.get("dash")) or (
            self.is_item and not self.has_key and not self.value
        )

    @property
    def has_key(self) -> bool:
        """Whether there is a key."""
        return bool(self._parts.get("key"))

    @property
    def key(self) -> str:
        """The key without quotes."""
        return self._parts.get("key", "").removesuffix(":").strip().strip("\"'")

    @property
    def value(self) -> str:
        """What stands behind the key or the dashes, without a comment."""
        return self._parts.get("value", "")

    @property
    def is_open(self) -> bool:
        """Whether what its key stands for is still to come below."""
        return self.has_key and (not self.value or _HEADER.fullmatch(self.value) is not None)

    @property
    def is_unfinished(self) -> bool:
        """Whether brackets or quotes are open at its end."""
        rest = _STRING.sub("", self.value)
        opened = sum(rest.count(bracket) for bracket in "{[")
        closed = sum(rest.count(bracket) for bracket in "}]")
        return opened > closed or rest[:1] in {'"', "'"}
