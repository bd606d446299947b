"""``{{ … }}`` without the dollar, which YAML takes for a mapping whose key is a mapping."""

from flow_core.diagnostics import Fix
from flow_core.places import Span
from flow_core.syntax.nodes import Mapping, Node, Scalar
from flow_core.syntax.problems import SyntaxProblem, edit


def is_bare(source: str, items: list[Node]) -> bool:
    """Whether a flow mapping of these keys and values is an expression that lacks its dollar."""
    if len(items) != 2 or not source.startswith("{{") or not source.endswith("}}"):  # noqa: PLR2004 -- one key, one value
        return False
    key, value = items
    return isinstance(key, Mapping) and value.start == value.end and "\n" not in source


def bare_expression(
    source: str, start: int, problems: list[SyntaxProblem], *, within: bool
) -> Scalar:
    """The expression that is meant; the only problem of its text is what it lacks.

    ``within`` tells that it stands in other brackets, where an expression needs quotes.
    """
    from flow_core.syntax.writing import quoted

    while problems and problems[-1].span.start >= start:
        problems.pop()
    end = start + len(source)
    text = f"${source}"
    mended = quoted(text) if within else text
    problems.append(
        SyntaxProblem(
            "bare-expression",
            f"`{source}` is a mapping to YAML: an expression starts with `${{{{`",
            Span(start, end),
            f"write `{mended}`",
            Fix(f"Write `{mended}`", (edit(start, end, mended),), "unsafe"),
        )
    )
    return Scalar(start, end, text, text)
