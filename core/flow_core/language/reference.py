"""The reference page of all keys: one section for each record, made from the definition."""

import json

import msgspec

from flow_core.language.keys import FileKind, records
from flow_core.language.shapes import Key, Record, TypeShape
from flow_core.language.type_keys import INPUT, OUTPUT, TYPE, TYPE_KEYS
from flow_core.language.words import TYPE_SHAPES, key_words

_INTRODUCTION = """\
# Keys

Every key of Flow's files, by the mapping in which it stands. This page is made from the definition
of the language, as are the [JSON Schemas](flow.schema.json), completion and hover; what happens
when a pipeline runs is told in [the language reference](../language.md).

A key in **bold** is required. *Since* is the version of the language that brought a key. Keys that
begin with `x-` may stand anywhere and mean nothing.
"""
_FILES: dict[FileKind, str] = {
    "pipeline": "Pipelines and libraries",
    "scenario": "Scenarios",
    "settings": "Settings",
}
_TYPES = {
    TYPE: "A JSON Schema, with shorthand; other keywords of 2020-12 may stand too.",
    INPUT: "What a port takes: a type, with these keys beside those of a type.",
    OUTPUT: "What a component gives: a type, and beside its keys:",
}


def reference() -> str:
    """The page, in Markdown; the same text each time."""
    lines = [_INTRODUCTION]
    shown: set[str] = set()
    for kind, title in _FILES.items():
        lines.append(f"## {title}\n")
        for record, places in records(kind):
            lines += _section(record, places)
            lines += _examples(record.keys, shown)
        if kind == "pipeline":
            for shape in _TYPES:
                lines += _type_section(shape)
                lines += _examples(shape.keys or TYPE_KEYS, shown)
    return "\n".join(lines)


def _section(record: Record, places: list[str]) -> list[str]:
    where = ", ".join(f"`{place}`" for place in places if place)
    lines = [f"### {_heading(record.name)}", "", record.doc, ""]
    lines += [f"Stands at {where}.", ""] if where else []
    lines += _table(record.keys)
    if record.choice:
        heads = ", ".join(f"`{head}`" for head in record.choice.heads)
        lines += [f"Exactly one of {heads} must be there.", ""]
    return lines


def _type_section(shape: TypeShape) -> list[str]:
    title = _heading(TYPE_SHAPES[shape])
    return [f"### {title}", "", _TYPES[shape], "", *_table(shape.keys or TYPE_KEYS)]


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _table(keys: tuple[Key, ...]) -> list[str]:
    head = ["| key | type | default | since | meaning |", "|---|---|---|---|---|"]
    return [*head, *map(_row, keys), ""]


def _row(key: Key) -> str:
    name = f"**`{key.name}`**" if key.required else f"`{key.name}`"
    default = "" if key.default is msgspec.UNSET else f"`{json.dumps(key.default)}`"
    gone = f" *Deprecated: {key.deprecated}.*" if key.deprecated else ""
    example = f"<br>`{key.example}`" if key.example and not _is_block(key) else ""
    cells = (name, key_words(key, _link), default, str(key.since), key.doc + gone + example)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _is_block(key: Key) -> bool:
    return "\n" in key.example


def _examples(keys: tuple[Key, ...], shown: set[str]) -> list[str]:
    """The examples of more than one line, each once on the page."""
    fresh = [key.example for key in keys if _is_block(key) and key.example not in shown]
    shown.update(fresh)
    return [f"```yaml fragment\n{example}\n```\n" for example in fresh]


def _link(name: str) -> str:
    """A link to the section of a record or of a form of type."""
    return f"[{name}](#{name.replace(' ', '-')})"
