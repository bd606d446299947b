"""Strings with ``${{ … }}`` in them: split into text and expressions.

The closing ``}}`` is the first at brace depth 0 outside CEL's strings. ``$${{`` is a literal
``${{``. Offsets are code points of the scalar's decoded text.
"""

import re

import msgspec

from flow_core.expr.problems import ExprProblem

_OPENING = re.compile(r"\$\$\{\{|\$\{\{")
_INSIDE = re.compile(
    r"""
    (?:[rR][bB]?|[bB][rR])
        (?:\"{3}(?s:.)*?\"{3}|'{3}(?s:.)*?'{3}|\"(?!\"\")[^\"\n\r]*\"|'(?!'')[^'\n\r]*')
  | \"{3}(?s:\\.|[^\\])*?\"{3} | '{3}(?s:\\.|[^\\])*?'{3}
  | \"(?!\"\")(?:\\[^\n\r]|[^\"\\\n\r])*\" | '(?!'')(?:\\[^\n\r]|[^'\\\n\r])*'
  | [A-Za-z_0-9]+ | (?P<brace>[{}])
    """,
    re.VERBOSE,
)
_HELP = "close it with `}}`; in YAML ` #` begins a comment, so quote a string that holds one"


class Hole(msgspec.Struct, frozen=True):
    """An expression in a string: the text between ``${{`` and ``}}``, and where that begins."""

    source: str
    start: int

    @property
    def end(self) -> int:
        """Where the closing ``}}`` begins."""
        return self.start + len(self.source)


class Template(msgspec.Struct, frozen=True):
    """A string in parts. Literal text has its ``$${{`` resolved already."""

    parts: tuple[str | Hole, ...]
    problems: tuple[ExprProblem, ...] = ()

    @property
    def whole(self) -> Hole | None:
        """The only expression of a string that is nothing else but blanks around it."""
        holes = [part for part in self.parts if isinstance(part, Hole)]
        text = "".join(part for part in self.parts if isinstance(part, str))
        return holes[0] if len(holes) == 1 and not text.strip() else None


def has_expression(text: str) -> bool:
    """Whether a string needs `split` at all: ``${{`` or ``$${{`` stands in it."""
    return "${{" in text


def split(text: str) -> Template:
    """Split a scalar's text.

    >>> split("order ${{ inputs.id }}!").parts
    ('order ', Hole(source=' inputs.id ', start=9), '!')
    """
    parts: list[str | Hole] = []
    problems: list[ExprProblem] = []
    literal = ""
    position = 0
    while opening := _OPENING.search(text, position):
        literal += text[position : opening.start()]
        position = opening.end()
        if opening[0] == "$${{":
            literal += "${{"
            continue
        end = _closing(text, position)
        if end < 0:
            message = "the expression has no closing `}}`"
            start = opening.start()
            problems.append(ExprProblem("unclosed-expression", message, start, len(text), _HELP))
            end = len(text)
        if literal:
            parts.append(literal)
        literal = ""
        parts.append(Hole(text[position:end], position))
        position = end + 2
    literal += text[position:]
    if literal or not parts:
        parts.append(literal)
    return Template(tuple(parts), tuple(problems))


def _closing(text: str, start: int) -> int:
    """Where the ``}}`` of an expression begins that starts at an offset, or -1."""
    depth = 0
    for match in _INSIDE.finditer(text, start):
        if not match["brace"]:
            continue
        if match["brace"] == "{":
            depth += 1
        elif depth:
            depth -= 1
        elif text.startswith("}}", match.start()):
            return match.start()
    return -1
