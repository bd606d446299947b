"""Words for what YAML refuses or silently misreads: the cause, where it stands, and the mend."""

import re
from collections.abc import Iterator
from itertools import takewhile

from flow_core.diagnostics import Fix
from flow_core.places import Span
from flow_core.syntax import json_faults
from flow_core.syntax.compose import Failure
from flow_core.syntax.flow import FlowReader
from flow_core.syntax.leaf import Leaf, read_leaf
from flow_core.syntax.nodes import Node, Scalar, walk
from flow_core.syntax.problems import SyntaxKind, SyntaxProblem, edit
from flow_core.syntax.writing import quoted

_HOLE = re.compile(r"\$\{\{[^\n]*?\}\}")
_FLOW_TEXT = re.compile(r"(?:\$\{\{[^\n]*?\}\}|[^,\[\]{}\n:]|:(?=\S))+")
_CLOSED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
_ESCAPE = re.compile(
    r'\\(?:[0abtnvfre "/\\N_LP\t\r\n]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|(\\.)'
)
_COLON = re.compile(r":(?=[ \t]|\Z)")

_INDICATORS = {
    "*": "`*` starts an alias",
    "&": "`&` starts an anchor",
    "!": "`!` starts a tag",
    "|": "`|` starts a block of text",
    ">": "`>` starts a folded block of text",
    "@": "`@` cannot start plain text",
    "`": "a backtick cannot start plain text",
    "%": "`%` cannot start plain text",
    ",": "`,` cannot start plain text",
    "]": "`]` closes a list that was never opened",
    "}": "`}` closes a mapping that was never opened",
}


def diagnose(text: str, failure: Failure, within: int = 0) -> SyntaxProblem:
    """The problem of a part that libyaml refused; its span counts from the start of the part.

    ``within`` counts the collections around the part's value.
    """
    leaf = read_leaf(text)
    found = _of_value(leaf, text, within)
    if found is None and failure.at >= leaf.after:
        line = text.rfind("\n", 0, failure.at) + 1
        found = _of_value(read_leaf(text, line), text, within)
    return found or _other(text, failure)


def silent_traps(text: str, root: Node | None, shift: int) -> Iterator[SyntaxProblem]:
    """What YAML accepts and means otherwise: a comment that cuts an expression off."""
    for node in walk(root):
        if isinstance(node, Scalar) and node.style == "plain" and _unclosed(node.text):
            start, end = node.start - shift, node.end - shift
            line = text.find("\n", end)
            rest = text[end : len(text) if line < 0 else line]
            if rest.lstrip(" \t").startswith("#") and "}}" in rest:
                yield _cut(text, start, end, end + len(rest.rstrip())).shifted(shift)


def occupied(name: str, start: int, end: int) -> SyntaxProblem:
    """Deeper lines below a key that has its value already."""
    return SyntaxProblem(
        "bad-indentation",
        f"this is indented as if it belonged to `{name}`, which has a value already",
        Span(start, end),
        f"line it up with `{name}`, or remove the value of `{name}`",
    )


def missing_colon(source: str, start: int, end: int) -> SyntaxProblem:
    """A line with a word where ``key: value`` was expected."""
    word, _, rest = source.partition(" ")
    return SyntaxProblem(
        "missing-colon",
        f"`{source}` is no `key: value`, for it has no colon",
        Span(start, end),
        f"write `{word}: {rest}`" if rest else f"write `{word}: ` and a value, or remove it",
    )


def no_entry(start: int, end: int) -> SyntaxProblem:
    """A list or brackets where an entry of a mapping was expected."""
    return SyntaxProblem(
        "syntax-error",
        "this stands among the keys of a mapping, but is no `key: value`",
        Span(start, end),
        "put a key before it, or indent it below the key it belongs to",
    )


def _unclosed(text: str) -> bool:
    return "${{" in text and "}}" not in text[text.rfind("${{") :]


def _cut(text: str, start: int, end: int, line: int) -> SyntaxProblem:
    """An expression whose `}}` stands in the comment, which ends at ``line``."""
    closed = text.rindex("}}", start, line) + 2
    return SyntaxProblem(
        "comment-cuts-expression",
        "` #` starts a comment here, which cuts the expression off before its `}}`",
        Span(start, end),
        "quote the whole value",
        _quoting(text, start, closed),
    )


def tab(start: int, end: int) -> SyntaxProblem:
    """A tab where only spaces can indent."""
    return SyntaxProblem(
        "tab-indentation",
        "a tab indents this line, but YAML indents with spaces",
        Span(start, end),
        "replace the tab by spaces",
        Fix("Replace tabs by spaces", (edit(start, end, "  " * (end - start)),), "unsafe"),
    )


def _of_value(leaf: Leaf, text: str, within: int) -> SyntaxProblem | None:
    start, end = leaf.value
    if start == end:
        return None
    first = text[start]
    if first in "\"'":
        return _string(leaf, text)
    if first in "{[":
        return _flow(text, start, within)
    if _is_trap(leaf.source):
        return _indicator(leaf)
    if leaf.has_key and leaf.source.startswith("- "):
        return _inline_list(leaf)
    if not leaf.has_key:
        return missing_colon(leaf.source, start, end) if _is_word(leaf.source) else None
    return _colon(leaf)


def _is_word(source: str) -> bool:
    return re.fullmatch(r"[\w./@-]+", source) is not None


def _is_trap(source: str) -> bool:
    """Whether a value starts with an indicator that does not introduce what it stands for."""
    if source[0] not in _INDICATORS:
        return False
    return re.fullmatch(r"[|>][-+0-9]*|[&*][\w-]+|!(?!\$\{)[^\s{}]*(?:\s.*)?", source) is None


def _indicator(leaf: Leaf) -> SyntaxProblem:
    source = leaf.source
    return SyntaxProblem(
        "leading-indicator",
        f"{_INDICATORS[source[0]]}, so this value needs quotes",
        Span(*leaf.value),
        f"write `{quoted(source)}`",
        _quoting(leaf.text, *leaf.value),
    )


def _colon(leaf: Leaf) -> SyntaxProblem | None:
    found = _COLON.search(leaf.source)
    if found is None:
        return None
    start, end = leaf.value
    within = "expression" if "${{" in leaf.source else "text"
    return SyntaxProblem(
        "colon-in-value",
        f"`: ` inside of an unquoted {within} starts a mapping, which cannot stand here",
        Span(start + found.start(), start + found.start() + 1),
        f"quote the whole value: `{quoted(leaf.source)}`",
        _quoting(leaf.text, start, end, safe=within == "expression"),
    )


def _inline_list(leaf: Leaf) -> SyntaxProblem:
    return SyntaxProblem(
        "inline-list",
        "a list of `- ` items cannot start on the line of its key",
        Span(*leaf.value),
        "put the items on lines of their own, or write `[a, b]`",
    )


def _string(leaf: Leaf, text: str) -> SyntaxProblem | None:
    start, end = leaf.value
    closed = _CLOSED.match(text, start)
    if closed is None:
        return json_faults.unclosed_quote(start, end)
    if text[start] == '"':
        for found in _ESCAPE.finditer(text, start + 1, closed.end() - 1):
            if found[1]:
                return _bad_escape(found)
    if closed.end() < end:
        rest = text[closed.end() : end].strip()
        return SyntaxProblem(
            "text-after-quote",
            f"`{rest}` follows the closing quote, where the value ends",
            Span(closed.end(), end),
            "put quotes around the whole value, with the other kind of quotes inside",
            _quoting(text, start, end, safe=False),
        )
    return None


def _bad_escape(found: re.Match[str]) -> SyntaxProblem:
    return SyntaxProblem(
        "bad-escape",
        f"`{found[0]}` is no escape of a double-quoted string",
        Span(*found.span()),
        "write `\\\\` for a backslash, or use single quotes, which know no escapes",
        Fix("Double the backslash", (edit(found.start(), found.start(), "\\"),), "unsafe"),
    )


def _flow(text: str, start: int, within: int) -> SyntaxProblem | None:
    reader = FlowReader(text, start=start, strict=False, within=within)
    end = reader.value().end
    strings = _CLOSED.finditer(text, start)
    string, quoted = next(strings, None), start
    for hole in takewhile(lambda hole: hole.start() < end, _HOLE.finditer(text, start)):
        while string is not None and string.start() < hole.start():
            quoted = string.end()
            string = next(strings, None)
        if quoted <= hole.start():
            return _flow_expression(text, hole)
    return reader.problems[0] if reader.problems else None


def _flow_expression(text: str, hole: re.Match[str]) -> SyntaxProblem:
    """Quote the whole item that holds the expression."""
    start, end = hole.span()
    while start > 0 and text[start - 1] not in ",[{\n" and not text.startswith(": ", start - 2):
        start -= 1
    rest = _FLOW_TEXT.match(text, start)
    end = max(end, end if rest is None else rest.end())
    source = text[start:end]
    start += len(source) - len(source.lstrip())
    end = start + len(source.strip())
    return SyntaxProblem(
        "flow-expression",
        "inside of `{…}` and `[…]` an expression needs quotes, for its braces end the value",
        Span(start, end),
        f"write `{quoted(text[start:end])}`",
        _quoting(text, start, end),
    )


def _quoting(text: str, start: int, end: int, *, safe: bool = True) -> Fix:
    edits = (edit(start, end, quoted(text[start:end])),)
    return Fix("Quote the value", edits, "safe" if safe else "unsafe")


_INDENTATION = {
    "did not find expected key": "this line does not line up with the keys before it",
    "did not find expected '-'": "this line does not line up with the items before it",
    "did not find expected <document": "this line belongs to nothing, for it is indented less",
}
_WORDS = {
    "mapping values are not allowed": "a `key:` cannot stand here",
    "could not find expected ':'": "this line is no `key: value`, for it has no colon",
    "block sequence entries": "a `- ` item cannot stand here",
    "did not find expected ',' or '}'": "a `,` or the closing `}` was expected here",
    "did not find expected ',' or ']'": "a `,` or the closing `]` was expected here",
    "found unexpected end of stream": "the text ends inside of a string",
    "found unexpected document indicator": "a document mark stands inside of a string",
    "cannot start any token": "this character cannot start a value",
    "unknown directive": "the only directive that is understood is `%YAML 1.2`",
    "duplicate": "this stands twice",
}
_KNOWN = _INDENTATION | _WORDS


def _other(text: str, failure: Failure) -> SyntaxProblem:
    at = max(min(failure.at, len(text.rstrip()) - 1), 0)
    line = text.find("\n", at)
    end = at + len(text[at : len(text) if line < 0 else line].rstrip())
    words = next((words for raw, words in _KNOWN.items() if raw in failure.problem), None)
    return SyntaxProblem(
        _kind(failure),
        words or f"this is no YAML: {failure.problem}",
        Span(at, max(end, min(at + 1, len(text)))),
        "check indentation, colons and quotes from here upwards",
    )


def _kind(failure: Failure) -> SyntaxKind:
    if "directive" in failure.problem:
        return "bad-directive"
    misplaced = any(raw in failure.problem for raw in _INDENTATION)
    return "bad-indentation" if misplaced else "syntax-error"
