"""One Python file, parsed and never run: what its top level binds, and where things stand in it."""

import ast
import re
import warnings
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TypeAlias

import msgspec

from flow_core.places import Place
from flow_core.problems import Problem

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_MAX_SIZE = 2_000_000
_LINE_END = re.compile(r"\r\n?|\n")
_NAME_AFTER_KEYWORD = re.compile(r"(?:async[\s\\]+)?(?:def|class)[\s\\]+(\w+)")


class Imported(msgspec.Struct, frozen=True):
    """A name bound by an import: a module, or with ``name`` something of a module."""

    module: str
    name: str = ""


Binding: TypeAlias = Imported | ast.ClassDef | FunctionNode | ast.expr
"""What a name stands for; an expression is the value that was assigned to it."""


@lru_cache(maxsize=1024)
def parse_source(module: str, file: str, text: str) -> "Source":
    """Parse a file, once for each text of it; never raises."""
    return Source(module, file, text)


class Source:
    """A parsed file. With a syntax error, which ``problem`` tells, its ``tree`` is empty."""

    def __init__(self, module: str, file: str, text: str) -> None:
        self.module = module
        self.file = file
        self.text = text
        self.problem: Problem | None = None
        self.tree = ast.Module([], [])
        if len(text) > _MAX_SIZE:
            self.problem = self._problem("it has more than 2 MB", Place(file=file))
            return
        try:
            self.tree = _parse(text.removeprefix("\ufeff"))
        except SyntaxError as error:
            self.problem = self._syntax_problem(error)
        except (ValueError, RecursionError, MemoryError):
            # Null bytes, lone surrogates, nesting that is too deep for Python's own parser.
            self.problem = self._problem("it is no Python", Place(file=file))

    @property
    def package(self) -> str:
        """The package that relative imports start from."""
        if re.search(r"(?:^|[/\\])__init__\.pyi?$", self.file):
            return self.module
        return self.module.rpartition(".")[0]

    @cached_property
    def bindings(self) -> dict[str, Binding]:
        """What the top level binds; the last binding wins, the first branch of an ``if`` too."""
        return {
            name: bound for node in top_level(self.tree.body) for name, bound in self._bind(node)
        }

    @cached_property
    def stars(self) -> tuple[str, ...]:
        """The modules that ``from … import *`` names."""
        return tuple(
            self._absolute(node)
            for node in top_level(self.tree.body)
            if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
        )

    def binds(self, name: str) -> bool:
        """Whether the module may bind a name anywhere: also in loops, and through `import *`."""
        return bool(name in self.bindings or self.stars) or any(
            isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
            for node in ast.walk(self.tree)
        )

    def place(self, node: ast.AST) -> Place:
        """The range of a node: code points from the start of the file."""
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        end_line = getattr(node, "end_lineno", None) or line
        end_column = getattr(node, "end_col_offset", None) or column
        return Place(
            file=self.file,
            start=self._offset(line, column),
            end=self._offset(end_line, end_column),
        )

    def name_place(self, node: "ast.ClassDef | FunctionNode") -> Place:
        """The range of the name that a ``def`` or ``class`` defines."""
        place = self.place(node)
        found = _NAME_AFTER_KEYWORD.match(self.text, place.start)
        if found is None:
            return place
        return Place(file=self.file, start=found.start(1), end=found.end(1))

    def _bind(self, node: ast.stmt) -> Iterator[tuple[str, Binding]]:
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name, node
            case ast.Assign(targets=targets, value=value):
                yield from ((t.id, value) for t in targets if isinstance(t, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value
            case ast.Import():
                for alias in node.names:
                    first = alias.name.partition(".")[0]
                    yield alias.asname or first, Imported(alias.name if alias.asname else first)
            case ast.ImportFrom():
                module = self._absolute(node)
                for alias in node.names:
                    yield alias.asname or alias.name, Imported(module, alias.name)
            case _ if type(node).__name__ == "TypeAlias":  # `type X = …`, from Python 3.12 on
                yield node.name.id, node.value  # type: ignore[attr-defined]
            case _:
                pass

    def _absolute(self, node: ast.ImportFrom) -> str:
        """The dotted name of the module that an import names; "" beyond the top package."""
        if not node.level:
            return node.module or ""
        parts = self.package.split(".") if self.package else []
        if node.level - 1 > len(parts):
            return ""
        kept = parts[: len(parts) - node.level + 1]
        return ".".join([*kept, node.module] if node.module else kept)

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        """The offset and the text of each line, as Python counts lines."""
        bom = len(self.text) - len(self.text.removeprefix("\ufeff"))
        starts = [bom, *(found.end() for found in _LINE_END.finditer(self.text))]
        ends = [*starts[1:], len(self.text)]
        return [(start, self.text[start:end]) for start, end in zip(starts, ends, strict=True)]

    def _offset(self, line: int, column: int) -> int:
        """A code point offset from Python's line (from 1) and column (in UTF-8 bytes)."""
        start, text = self._lines[min(max(line, 1), len(self._lines)) - 1]
        if not text.isascii():
            column = len(text.encode(errors="replace")[:column].decode(errors="replace"))
        return start + min(column, len(text))

    def _syntax_problem(self, error: SyntaxError) -> Problem:
        """Python's own words, where Python stopped; its columns count characters from 1."""
        line = min(max(error.lineno or 1, 1), len(self._lines))
        start, text = self._lines[line - 1]
        begin = start + min(max((error.offset or 1) - 1, 0), len(text))
        length = (error.end_offset or 0) - (error.offset or 0)
        end = begin + max(length, 1) if error.end_lineno == error.lineno else begin + 1
        place = Place(file=self.file, start=begin, end=min(end, max(len(self.text), begin)))
        return self._problem(error.msg, place)

    @staticmethod
    def _problem(reason: str, place: Place) -> Problem:
        return Problem(
            kind="python-syntax",
            place=place,
            message=f"the Python source can't be read: {reason}",
            help="until this is mended nothing of the module is known",
        )


def _parse(text: str) -> ast.Module:
    with warnings.catch_warnings():
        # Python warns about the user's string escapes; those are not ours to report.
        warnings.simplefilter("ignore")
        return ast.parse(text)


def parse_expression(text: str) -> ast.expr | None:
    """The expression that a string holds (a quoted hint), None where it holds none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def top_level(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run on import, those inside ``if``, ``try`` and ``with`` too.

    Alternatives come first, so that the branch that is written first has the last word:
    ``if TYPE_CHECKING``, ``try: import``.
    """
    pending = list(reversed(body))
    while pending:
        node = pending.pop()
        match node:
            case ast.If():
                pending += reversed([*node.orelse, *node.body])
            case ast.Try() | ast.TryStar():
                handled = [stmt for handler in node.handlers for stmt in handler.body]
                pending += reversed([*handled, *node.body, *node.orelse, *node.finalbody])
            case ast.With():
                pending += reversed(node.body)
            case _:
                yield node
