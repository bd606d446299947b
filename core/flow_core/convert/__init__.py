"""YAML to JSON and back, without loss of meaning.

Aliases are resolved and merge keys applied, numbers keep their spelling, and what comes out is in
the formatter's style. JSON holds no comments: those that suppress findings become ``x-flow-ignore``
keys, the others are dropped and counted. YAML keeps such keys, for they cover a whole mapping, and
a comment only its line.
"""

from typing import Literal

import msgspec

from flow_core.convert.sound import sound


class Converted(msgspec.Struct, frozen=True):
    """A text in the other syntax, and how many comments it could not hold."""

    text: str
    dropped_comments: int = 0


def convert(text: str, to: Literal["yaml", "json"]) -> Converted:
    """Convert a text to YAML or from it.

    Raises `ValueError` with the line where the text has syntax problems, or a value JSON has not.
    """
    if to == "json":
        from flow_core.convert.json_text import write_json

        return write_json(sound(text, "yaml"))
    from flow_core.convert.yaml_text import write_yaml

    return Converted(write_yaml(sound(text, "json")))


def to_json(text: str) -> str:
    r"""A YAML text as JSON.

    >>> print(to_json("a: &x 1.10\nb: [*x, no]"), end="")
    {
      "a": 1.10,
      "b": [1.10, "no"]
    }
    """
    return convert(text, "json").text


def to_yaml(text: str) -> str:
    """A JSON text as YAML.

    >>> print(to_yaml('{"a": {"b": "${{ x }}", "c": "no"}, "d": [1, 2]}'), end="")
    a:
      b: ${{ x }}
      c: "no"
    d: [1, 2]
    """
    return convert(text, "yaml").text
