"""Plain data as source text, in the style of what stands around it."""

import json
from typing import TypeAlias

from flow_core.diagnostics import Json, Raw
from flow_core.syntax.writing import write_scalar, write_text

Content: TypeAlias = "Json | Raw"
"""What a patch writes."""

_LINE = 60


def flow_text(value: Json) -> str:
    """Data on one line of YAML.

    >>> flow_text({"errors": ["timeout", "no"], "when": "a, b"})
    '{errors: [timeout, "no"], when: "a, b"}'
    """
    if isinstance(value, dict):
        pairs = (
            f"{write_text(name, flow=True)}: {flow_text(item)}" for name, item in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    return write_scalar(value, flow=True)


def on_one_line(value: Json) -> bool:
    """Whether data is written on one line: scalars, empty collections, short lists of scalars."""
    if isinstance(value, dict):
        return not value
    if isinstance(value, list):
        simple = all(not isinstance(item, dict | list) for item in value)
        return simple and len(flow_text(value)) <= _LINE
    return True


def line_text(value: Json) -> str:
    """Data that is `on_one_line`, in a block."""
    return flow_text(value) if isinstance(value, dict | list) else write_scalar(value)


def block_lines(value: Json, step: int) -> list[str]:
    """The lines of a block that holds data; nested blocks are indented by ``step``.

    >>> block_lines({"retry": {"delay": "1s", "errors": ["a"]}}, 2)
    ['retry:', '  delay: 1s', '  errors: [a]']
    """
    if on_one_line(value):
        return [line_text(value)]
    lines: list[str] = []
    if isinstance(value, list):
        for item in value:
            first, *rest = block_lines(item, step)
            lines += (f"- {first}", *(f"  {line}" for line in rest))
    elif isinstance(value, dict):
        for name, item in value.items():
            lines += entry_lines(name, item, step)
    return lines


def entry_lines(name: str, value: Content, step: int) -> list[str]:
    """The lines of an entry in a block mapping."""
    key = write_text(name)
    if isinstance(value, Raw):
        lines = value.text.splitlines() or [""]
    elif on_one_line(value):
        lines = [line_text(value)]
    else:
        return [f"{key}:", *(" " * step + line for line in block_lines(value, step))]
    if len(lines) == 1:
        return [f"{key}: {lines[0]}".rstrip()]
    return [f"{key}:", *(" " * step + line if line else line for line in lines)]


def json_lines(value: Json, step: int) -> list[str]:
    """The lines of data in JSON; what is `on_one_line` in YAML is so here.

    >>> json_lines({"retry": {"errors": ["a", "b"]}}, 2)
    ['{', '  "retry": {', '    "errors": ["a", "b"]', '  }', '}']
    """
    if isinstance(value, dict) and value:
        keys = (f"{json.dumps(name, ensure_ascii=False)}: " for name in value)
        members = list(zip(keys, value.values(), strict=True))
        return _between("{}", members, step)
    if isinstance(value, list) and not on_one_line(value):
        return _between("[]", [("", item) for item in value], step)
    return [json.dumps(value, ensure_ascii=False)]


def _between(brackets: str, members: list[tuple[str, Json]], step: int) -> list[str]:
    """Members, each with its key, on lines of their own between brackets."""
    lines = [brackets[0]]
    for number, (key, value) in enumerate(members, 1):
        first, *rest = json_lines(value, step)
        own = [f"{key}{first}", *rest]
        own[-1] += "," if number < len(members) else ""
        lines += (" " * step + line for line in own)
    return [*lines, brackets[1]]
