"""The faults of JSON texts and of brackets: one function for each kind."""

import json

from flow_core.diagnostics import Fix
from flow_core.places import Span
from flow_core.syntax.escapes import Fault, Piece
from flow_core.syntax.nodes import Scalar
from flow_core.syntax.problems import SyntaxProblem, edit


def json_comment(start: int, end: int) -> SyntaxProblem:
    """A comment, which JSON does not have."""
    return SyntaxProblem(
        "json-comment",
        "JSON has no comments",
        Span(start, end),
        "put it into a `description`, or convert the file with `flow convert`",
        Fix("Remove the comment", (edit(start, end, ""),), "unsafe"),
    )


def trailing_comma(at: int) -> SyntaxProblem:
    """A comma before a closing bracket."""
    return SyntaxProblem(
        "trailing-comma",
        "nothing follows this comma, but a value was expected",
        Span(at, at + 1),
        "remove the comma",
        Fix("Remove the comma", (edit(at, at + 1, ""),)),
    )


def missing_comma(end: int, following: int) -> SyntaxProblem:
    """Two items without a comma between them."""
    return SyntaxProblem(
        "missing-comma",
        "a comma is missing before this",
        Span(following, following + 1),
        "put `,` behind the value before",
        Fix("Insert the comma", (edit(end, end, ","),)),
    )


def missing_colon(start: int, end: int, key: str) -> SyntaxProblem:
    """A key without ``: value``."""
    return SyntaxProblem(
        "missing-colon",
        f"a colon and a value were expected after `{key}`",
        Span(start, end),
        f"write `{key}: ` and a value",
    )


def missing_value(start: int, end: int) -> SyntaxProblem:
    """A colon with nothing behind it, in JSON."""
    return SyntaxProblem(
        "missing-value",
        "a value was expected after this colon",
        Span(start, end),
        "write the value, or `null`",
    )


def stray(at: int, character: str) -> SyntaxProblem:
    """A character that has no place where it stands."""
    return SyntaxProblem(
        "stray-character",
        f"`{character}` was not expected here",
        Span(at, at + 1),
        "remove it, or quote the text it belongs to",
    )


_CONSTANTS = {"true": "true", "false": "false", "null": "null", "none": "null"}
"""What JSON calls the constants of other languages."""


def bare_word(word: Scalar) -> SyntaxProblem:
    """A word that is no JSON: a key without quotes, ``NaN``, ``01``, ``True``."""
    written = _CONSTANTS.get(word.text.lower()) or json.dumps(word.text, ensure_ascii=False)
    return SyntaxProblem(
        "bare-word",
        f"`{word.text}` is not JSON, where text needs double quotes",
        Span(word.start, word.end),
        f"write `{written}`",
        Fix(f"Write {written}", (edit(word.start, word.end, written),), "unsafe"),
    )


def single_quotes(start: int, end: int, text: str) -> SyntaxProblem:
    """A string in single quotes, in JSON."""
    quoted = json.dumps(text, ensure_ascii=False)
    return SyntaxProblem(
        "single-quotes",
        "JSON strings stand in double quotes",
        Span(start, end),
        f"write `{quoted}`",
        Fix("Use double quotes", (edit(start, end, quoted),)),
    )


def unclosed_quote(start: int, end: int) -> SyntaxProblem:
    """A string that its line ends."""
    return SyntaxProblem(
        "unclosed-quote",
        "this string has no closing quote",
        Span(start, end),
        "close it with the quote it starts with",
    )


def unclosed_bracket(start: int, opener: str) -> SyntaxProblem:
    """A bracket that nothing closes."""
    closer = "}" if opener == "{" else "]"
    return SyntaxProblem(
        "unclosed-bracket",
        f"this `{opener}` is never closed",
        Span(start, start + 1),
        f"close it with `{closer}`",
    )


def trailing_text(start: int, end: int) -> SyntaxProblem:
    """Something behind the one value of a JSON file."""
    return SyntaxProblem(
        "trailing-text",
        "the file ends before this, for it holds one value",
        Span(start, max(end, start + 1)),
        "remove it, or check the brackets before it",
    )


def bad_piece(fault: Fault, piece: Piece, text: str) -> SyntaxProblem:
    """A part of a JSON string that means nothing."""
    source = text[piece.start : piece.end]
    words = {
        "lone-surrogate": f"`{source}` is one half of a character",
        "bad-escape": f"`{source}` is no escape",
        "invalid-character": f"U+{ord(source[0]):04X} must be escaped in a JSON string",
    }
    helps = {
        "lone-surrogate": r"write both halves, such as `\ud83d\ude00`, or the character itself",
        "bad-escape": r"write `\\` for a backslash",
        "invalid-character": f"write `\\u{ord(source[0]):04x}`",
    }
    span = Span(piece.start, piece.end)
    return SyntaxProblem(fault, words[fault], span, helps[fault])
