"""One patch to edits: where its text goes, and how it is written there."""

import json
import re
from collections.abc import Collection

from flow_core.diagnostics import Edit, Patch, Raw
from flow_core.places import Path, show_path
from flow_core.syntax.document import Document, Located
from flow_core.syntax.nodes import Entry, Mapping, Sequence, follow
from flow_core.syntax.problems import edit
from flow_core.syntax.render import (
    Content,
    block_lines,
    entry_lines,
    flow_text,
    json_lines,
    line_text,
    on_one_line,
)
from flow_core.syntax.siblings import Siblings
from flow_core.syntax.writing import write_text

_COLON = re.compile(r"\s*:")


class Splicer:
    """Makes edits of patches of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text
        self._json = document.kind == "json"
        self._break = "\r\n" if "\r\n" in document.text else "\n"
        self._step = indentation(document)

    def change(self, patch: Patch) -> Edit:
        """The edit of a patch that deletes nothing; `ValueError` if its path is not there."""
        if patch.op == "insert":
            return self._insert(patch.path, patch.value, patch.before)
        located, depth = self._document.reach(patch.path)
        if located is None or depth < len(patch.path):
            raise ValueError(f"there is no `{show_path(patch.path)}`")
        if patch.op == "replace":
            return self._replace(patch.path, located, patch.value)
        return self._rename(patch.path, located, patch.value)

    def _rename(self, path: Path, located: Located, value: Content) -> Edit:
        entry, origin = located.entry, located.origin
        if entry is None or not isinstance(value, str):
            raise ValueError(f"`{show_path(path)}` has no key that could be renamed")
        new = json.dumps(value) if self._json else write_text(value, flow=self._in_flow(path))
        return edit(entry.key.start + origin, entry.key.end + origin, new)

    def _replace(self, path: Path, located: Located, value: Content) -> Edit:
        start, end = located.node.start + located.origin, located.node.end + located.origin
        if not path or self._json or self._in_flow(path):
            compact = bool(path) and not Siblings(self._document, path[:-1]).own_lines
            lines = self._inline(value, compact=compact)
            space = " " if start == end and self._text[start - 1 : start] == ":" else ""
            return edit(start, end, space + self._joined(lines, self._indentation(start)))
        if isinstance(value, Raw) or on_one_line(value):
            lines = [value.text if isinstance(value, Raw) else line_text(value)]
        else:
            lines = block_lines(value, self._step)
        if located.entry is None:
            return self._replace_item(start, end, lines)
        return self._replace_field(located, located.entry, lines, nested=not _single(value))

    def _replace_item(self, start: int, end: int, lines: list[str]) -> Edit:
        """An item goes where the old one stood; behind a bare dash, one space further."""
        space = "" if self._text[start - 1 : start].isspace() else " "
        column = self._column(start) + len(space)
        return edit(start, end, space + self._joined(lines, " " * column))

    def _replace_field(
        self, located: Located, entry: Entry, lines: list[str], *, nested: bool
    ) -> Edit:
        """A value goes behind its colon, or below it; an anchor or a comment there is kept."""
        text, origin = self._text, located.origin
        start, end = entry.value.start + origin, entry.value.end + origin
        colon = _COLON.match(text, entry.key.end + origin)
        after = start if colon is None else min(colon.end(), start)
        key = self._column(entry.key.start + origin)
        column = self._column(start)
        below = "\n" in text[after:start]
        if not below or column <= key:
            column = key + self._step
        kept = text[after:start].rstrip()
        after += len(kept)
        if nested or "#" in kept:
            indent = " " * column
            return edit(after, end, self._break + indent + self._joined(lines, indent))
        if start < end and not below:
            return edit(start, end, self._joined(lines, " " * (key + self._step)))
        return edit(after, end, " " + self._joined(lines, " " * (key + self._step)))

    def deletions(self, parent: Path, names: Collection[str | int]) -> list[Edit]:
        """The edits that delete members of a collection; of all of them `{}` or `[]` is left."""
        siblings = Siblings(self._document, parent)
        indices = {siblings.index(name) for name in names}
        if len(indices) < len(siblings):
            return siblings.deletions(indices)
        if siblings.flow:
            return [siblings.clearing()]
        located, _ = self._document.reach(parent)
        if located is None:
            raise ValueError("there is nothing to delete")
        return [self._replace(parent, located, {} if siblings.keyed else [])]

    def _insert(self, path: Path, value: Content, before: Collection[str]) -> Edit:
        if self._document.root is None:
            return self._insert_root(path, value)
        siblings = Siblings(self._document, path[:-1])
        name = path[-1]
        if siblings.keyed != isinstance(name, str):
            raise ValueError(f"`{show_path(path[:-1])}` cannot hold `{name}`")
        index = siblings.first_of(before) if isinstance(name, str) else min(name, len(siblings))
        if siblings.flow:
            lines = self._inline(value, compact=not siblings.own_lines)
            if isinstance(name, str):
                key = json.dumps(name) if self._json else write_text(name, flow=True)
                lines[0] = f"{key}: {lines[0]}"
            return siblings.flow_insertion(index, lines, self._break)
        if isinstance(name, str):
            lines = entry_lines(name, value, self._step)
        else:
            lines = self._item_lines(value)
        return siblings.block_insertion(index, lines, self._break)

    def _insert_root(self, path: Path, value: Content) -> Edit:
        end = len(self._text)
        lines = entry_lines(str(path[0]), value, self._step)
        before = "" if not self._text or self._text.endswith("\n") else self._break
        return edit(end, end, before + self._joined(lines, "") + self._break)

    def _item_lines(self, value: Content) -> list[str]:
        lines = (
            value.text.splitlines() if isinstance(value, Raw) else block_lines(value, self._step)
        )
        first, *rest = lines or [""]
        return [f"- {first}", *(f"  {line}" for line in rest)]

    def _inline(self, value: Content, *, compact: bool) -> list[str]:
        """The lines of a root, or of a value in JSON or in a flow collection of YAML."""
        if isinstance(value, Raw):
            return value.text.splitlines() or [""]
        if not self._json:
            return [flow_text(value)] if compact or value == {} else block_lines(value, self._step)
        if compact or "\n" not in self._text.strip():
            return [json.dumps(value, ensure_ascii=False)]
        return json_lines(value, self._step)

    def _joined(self, lines: list[str], indent: str) -> str:
        return (self._break + indent).join(lines)

    def _in_flow(self, path: Path) -> bool:
        """Whether what is at a path stands inside of brackets or braces."""
        for depth in range(len(path)):
            located, _ = self._document.reach(path[:depth])
            if located is not None:
                value = follow(located.node)
                if isinstance(value, Mapping | Sequence) and value.flow:
                    return True
        return False

    def _column(self, offset: int) -> int:
        return self._document.lines.position(offset)[1]

    def _indentation(self, offset: int) -> str:
        """The space that the line of an offset starts with."""
        line = self._text[offset - self._column(offset) : offset]
        return line[: len(line) - len(line.lstrip(" "))]


def _single(value: Content) -> bool:
    if isinstance(value, Raw):
        return "\n" not in value.text.strip("\n")
    return on_one_line(value)


def indentation(document: Document) -> int:
    """How many columns the document indents by."""
    pattern = r"^( +)\"" if document.kind == "json" else r"^[^\s#][^\n]*:[ \t]*\r?\n( +)[^\s#-]"
    found = re.search(pattern, document.text, re.MULTILINE)
    return 2 if found is None else len(found[1])
