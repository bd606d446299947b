"""From text to tokens: CEL's lexical grammar.

The lexer never fails: what it can't read becomes a problem, and reading goes on behind it.
"""

import re
from typing import TypeAlias

import msgspec

from flow_core.expr.escapes import BadEscape, unescape, unescape_bytes
from flow_core.expr.problems import ExprProblem, Kind

KEYWORDS = frozenset({"true", "false", "null", "in"})
RESERVED = frozenset(
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
        "loop", "package", "namespace", "return", "var", "void", "while",
    }
)  # fmt: skip

Value: TypeAlias = "bool | int | float | str | bytes | None"


class Token(msgspec.Struct, frozen=True):
    """A piece of the text.

    ``kind`` is ``name``, ``quoted`` (a name in backquotes), ``literal``, ``bad``, ``end``, or the
    text itself of an operator, a bracket or a keyword. ``value`` is a literal's value or a name.
    """

    kind: str
    start: int
    end: int
    value: Value = None


_TOKENS = re.compile(
    r"""
    (?P<space>(?:[\t\n\f\r\ ]|//[^\n]*)+)
  | (?P<raw>(?:[rR][bB]?|[bB][rR])
        (?:\"{3}(?s:.)*?\"{3}|'{3}(?s:.)*?'{3}|\"(?!\"\")[^\"\n\r]*\"|'(?!'')[^'\n\r]*'))
  | (?P<string>[bB]?
        (?:\"{3}(?s:\\.|[^\\])*?\"{3}|'{3}(?s:\\.|[^\\])*?'{3}
          |\"(?!\"\")(?:\\[^\n\r]|[^\"\\\n\r])*\"|'(?!'')(?:\\[^\n\r]|[^'\\\n\r])*'))
  | (?P<open>(?:[rR][bB]?|[bB][rR]?)?(?:\"{3}(?s:.)*|'{3}(?s:.)*|[\"'][^\n\r]*))
  | (?P<float>(?:[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)(?![A-Za-z0-9_]))
  | (?P<hex>0[xX][0-9a-fA-F]+(?![A-Za-z0-9_]))
  | (?P<int>[0-9]+(?![A-Za-z0-9_]))
  | (?P<number>[0-9][A-Za-z0-9_]*)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<quoted>`[^`\n\r]+`)
  | (?P<foreign>===|!==|\?\?)
  | (?P<operator>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]{}])
  | (?P<bad>(?s:.))
    """,
    re.VERBOSE,
)
_HELP = {
    "=": "compare with `==`",
    "===": "compare with `==`",
    "!==": "compare with `!=`",
    "&": "write `&&` for and",
    "|": "write `||` for or",
    "??": "write `coalesce(a, b)` for a default",
    "`": "quote a name on both sides",
    ";": "an expression is one value; there are no statements",
    "$": "variables have no `$`; write `inputs.name`",
}
_INSTEAD = {"=": "==", "===": "==", "!==": "!=", "&": "&&", "|": "||"}


def tokenize(source: str) -> tuple[list[Token], list[ExprProblem]]:
    """All tokens of the source, the last of kind ``end``, and what could not be read."""
    tokens: list[Token] = []
    problems: list[ExprProblem] = []
    for match in _TOKENS.finditer(source):
        group = match.lastgroup
        if group == "operator":
            tokens.append(Token(match[0], match.start(), match.end()))
        elif group == "name":
            kind = match[0] if match[0] in KEYWORDS else "name"
            tokens.append(Token(kind, match.start(), match.end(), match[0]))
        elif group != "space":
            value = _READERS[str(group)](match, problems)
            kind = _KINDS.get(str(group), "literal")
            tokens.append(Token(kind, match.start(), match.end(), value))
    tokens.append(Token("end", len(source), len(source)))
    return tokens, problems


def _string(match: re.Match[str], problems: list[ExprProblem]) -> Value:
    """A literal with escapes: a string, or bytes with the prefix ``b``."""
    prefix, quotes, body = _parts(match[0])
    value: str | bytes
    bad: tuple[BadEscape, ...]
    value, bad = unescape_bytes(body) if prefix else unescape(body)
    offset = match.start() + len(prefix) + quotes
    for escape in bad:
        start, end = offset + escape.start, offset + escape.end
        hint = "double the backslash, or write a raw string: `r'…'`"
        problems.append(ExprProblem("bad-escape", escape.message, start, end, hint))
    return value


def _raw(match: re.Match[str], _problems: list[ExprProblem]) -> Value:
    """A literal without escapes."""
    prefix, _, body = _parts(match[0])
    return body.encode("utf-8", "replace") if "b" in prefix.lower() else body


def _parts(text: str) -> tuple[str, int, str]:
    """The prefix of a literal, the length of its quotes, and what stands between them."""
    prefix = text[: min(text.find(quote) for quote in "\"'" if quote in text)]
    rest = text[len(prefix) :]
    quotes = 3 if rest[:3] in {'"""', "'''"} else 1
    return prefix, quotes, rest[quotes:-quotes]


def _open(match: re.Match[str], problems: list[ExprProblem]) -> Value:
    """A literal that never ends: all up to the end of the line, or of the text if triple-quoted."""
    quote = match[0].lstrip("rRbB")[0]
    message = f"the string has no closing `{quote}`"
    hint = f"add `{quote}` where the text ends"
    problems.append(ExprProblem("unclosed-string", message, match.start(), match.end(), hint))
    return match[0].lstrip("rRbB").lstrip(quote)


def _float(match: re.Match[str], problems: list[ExprProblem]) -> Value:
    value = float(match[0])
    if value == float("inf"):
        _complain(match, problems, "bad-number", f"`{_short(match[0])}` is too large for a double")
        return 0.0
    return value


def _int(match: re.Match[str], _problems: list[ExprProblem]) -> Value:
    # An int64 has 19 digits; Python refuses to read thousands of them.
    return int(match[0]) if len(match[0].lstrip("0")) <= 20 else 2**64  # noqa: PLR2004 - see above


def _hex(match: re.Match[str], _problems: list[ExprProblem]) -> Value:
    return int(match[0], 16)


def _number(match: re.Match[str], problems: list[ExprProblem]) -> Value:
    """Digits run into letters: an unsigned number of plain CEL, a bare duration, or a slip."""
    text = match[0]
    if re.fullmatch(r"(0[xX][0-9a-fA-F]+|[0-9]+)[uU]", text):
        message = f"`{_short(text)}` is an unsigned number, which Flow does not have"
        _complain(match, problems, "unsigned-number", message, "write it without `u`", text[:-1])
        return 0
    duration = re.fullmatch(r"([0-9]+(ms|us|[dhms]))+", text)
    hint = f"write a duration as `duration('{text}')`" if duration else "put a space or an operator"
    instead = f"duration('{text}')" if duration else None
    _complain(match, problems, "bad-number", f"`{_short(text)}` is no number", hint, instead)
    return 0


def _quoted(match: re.Match[str], _problems: list[ExprProblem]) -> Value:
    return match[0][1:-1]


def _bad(match: re.Match[str], problems: list[ExprProblem]) -> Value:
    text = match[0]
    message = f"`{text}` has no meaning in an expression"
    instead = _INSTEAD.get(text)
    _complain(match, problems, "unexpected-character", message, _HELP.get(text, ""), instead)
    return None


def _complain(  # noqa: PLR0913, PLR0917 - the parts of a problem
    match: re.Match[str],
    problems: list[ExprProblem],
    kind: Kind,
    message: str,
    hint: str = "",
    suggestion: str | None = None,
) -> None:
    problems.append(ExprProblem(kind, message, match.start(), match.end(), hint, suggestion))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"  # noqa: PLR2004 - what a line can hold


_KINDS = {"quoted": "quoted", "foreign": "bad", "bad": "bad"}
_READERS = {
    "string": _string,
    "raw": _raw,
    "open": _open,
    "float": _float,
    "hex": _hex,
    "int": _int,
    "number": _number,
    "quoted": _quoted,
    "foreign": _bad,
    "bad": _bad,
}
