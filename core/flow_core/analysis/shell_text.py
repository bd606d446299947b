"""Texts that a shell reads: which they are, and the variables in them that are not quoted."""

import re
from collections.abc import Iterator, Sequence

from flow_core.model.pipeline import Constant, Value
from flow_core.places import Span
from flow_core.types import Type, alternatives
from flow_core.types.kinds import StringType

_SHELLS = ("sh", "bash", "dash", "ash", "zsh", "ksh")
_COMMAND_FLAG = re.compile(r"-[a-z]*c")
_HARMLESS_WORD = re.compile(r"[\w.,:/@%+=-]+")
_TOKEN = re.compile(
    r"""
      '[^']*' | "(?:\\.|[^"\\])*" | \\.            # quoted
    | \[\[[^\]\n]{0,200}\]\]                        # no words are split in [[ … ]]
    | \bcase[ ]+\$\{?\w+\}?[ ]+in\b                 # nor after case
    | (?<![^\s;&|(])[A-Za-z_]\w*=\$\{?\w+\}?        # nor in an assignment
    | \$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)\})
    """,
    re.VERBOSE | re.DOTALL,
)


def shell_text(command: Sequence[Value]) -> int | None:
    """Which item of a list of arguments is text for a shell: that after ``sh -c``."""
    words = [item.data if isinstance(item, Constant) else None for item in command[:4]]
    if not words or not isinstance(words[0], str) or _base_name(words[0]) not in _SHELLS:
        return None
    for index, word in enumerate(words[1:], 1):
        if isinstance(word, str) and _COMMAND_FLAG.fullmatch(word):
            return index + 1 if index + 1 < len(command) else None
    return None


def _base_name(program: str) -> str:
    return program.rpartition("/")[2]


def unquoted(text: str) -> Iterator[tuple[str, Span]]:
    """The variables of a shell's text that stand where their values are split into words.

    >>> list(unquoted('echo $a "$b"'))
    [('a', Span(start=5, end=7))]
    """
    for match in _TOKEN.finditer(text):
        name = match["plain"] or match["braced"]
        if name:
            yield name, Span(*match.span())


def is_dangerous(type_: Type) -> bool:
    """Whether a type has texts that mean something to a shell: strings, but those of plain enums.

    Of `any` nothing is known.
    """
    return any(_is_free_text(part) for part in alternatives(type_))


def _is_free_text(part: Type) -> bool:
    if not isinstance(part, StringType):
        return False
    return part.enum is None or not all(map(_HARMLESS_WORD.fullmatch, part.enum))
