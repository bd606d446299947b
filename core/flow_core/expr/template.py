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
        problem = _unclosed(text, opening.start(), end)
        if problem is not None:
            problems.append(problem)
        if literal:
            parts.append(literal)
        literal = ""
        parts.append(Hole(text[position:end], position))
        position = end + (2 if problem is None else 1)
    literal += text[position:]
    if literal or not parts:
        parts.append(literal)
    return Template(tuple(parts), tuple(problems))


def _unclosed(text: str, start: int, end: int) -> ExprProblem | None:
    """What is wrong with the end of an expression."""
    if text.startswith("}}", end):
        return None
    if end == len(text):
        message = "the expression has no closing `}}`"
        return ExprProblem("unclosed-expression", message, start, end, _HELP)
    message = "a single `}` does not close an expression"
    return ExprProblem("unclosed-expression", message, end, end + 1, "write `}}`", "}}")


def _closing(text: str, start: int) -> int:
    """Where an expression ends that starts at an offset: at the first ``}`` that it did not open.

    That is the end of the text where there is none.
    """
    depth = 0
    for match in _INSIDE.finditer(text, start):
        if not match["brace"]:
            continue
        if match["brace"] == "{":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return match.start()
    return len(text)
