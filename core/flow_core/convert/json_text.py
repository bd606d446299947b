"""A YAML document as JSON."""

import json
import re
from collections.abc import Iterator

from flow_core.convert import Converted
from flow_core.convert.ignored import ignored
from flow_core.places import Path, Place
from flow_core.suppress import KEY
from flow_core.syntax.document import Document
from flow_core.syntax.format import format_text
from flow_core.syntax.nodes import Mapping, Node, Scalar, Sequence, Value, data, follow

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_NO_NUMBERS = frozenset(("inf", "-inf", "nan"))


def write_json(document: Document) -> Converted:
    """A sound YAML document as JSON; `ValueError` for numbers that JSON does not have."""
    codes, count = ignored(document)
    text = "".join(_Writer(document, codes).parts(document.root, (), "\n"))
    return Converted(format_text(text, "json"), len(document.comments) - count)


class _Writer:
    def __init__(self, document: Document, codes: dict[Path, list[str]]) -> None:
        self._document = document
        self._codes = codes

    def parts(self, node: Node | None, path: Path, space: str) -> Iterator[str]:
        """The source of a value; ``space`` stands before each member of a block collection."""
        value = None if node is None else follow(node)
        if value is None or isinstance(value, Scalar):
            yield "null" if value is None else self._scalar(value, path)
            return
        members = list(self._members(value, path))
        brackets = "{}" if isinstance(value, Mapping) else "[]"
        space = "" if value.flow else space
        for number, (key, step, member) in enumerate(members):
            yield f"{',' if number else brackets[0]}{space}{key}"
            if isinstance(member, str):
                yield member
            else:
                yield from self.parts(member, (*path, step), space)
        yield brackets if not members else space + brackets[1]

    def _members(self, value: Value, path: Path) -> Iterator[tuple[str, str | int, Node | str]]:
        """The key, the step and the value of each member; a value may be source text."""
        if isinstance(value, Sequence):
            yield from (("", index, item) for index, item in enumerate(value.items))
        if not isinstance(value, Mapping):
            return
        codes = self._codes.get(path, [])
        for name, member in value.fields.items():
            if not (name == KEY and codes):
                yield f"{json.dumps(name, ensure_ascii=False)}:", name, member
        if codes:
            yield f'"{KEY}":', KEY, json.dumps([*_listed(value.fields.get(KEY)), *codes])

    def _scalar(self, node: Scalar, path: Path) -> str:
        value = node.value
        if not isinstance(value, int | float) or isinstance(value, bool):
            return json.dumps(value, ensure_ascii=False)
        if _NUMBER.fullmatch(node.text):
            return node.text
        if str(value) in _NO_NUMBERS:
            line = self._document.lines.line(self._document.locate(Place(path)).start) + 1
            raise ValueError(f"line {line}: JSON has no number for `{node.text}`")
        return json.dumps(value)


def _listed(node: Value | None) -> list[str]:
    """The codes that a key ignores already."""
    found = data(node)
    return [code for code in found if isinstance(code, str)] if isinstance(found, list) else []
