"""What can be wrong with a text before it means anything."""

from typing import Literal, TypeAlias

import msgspec

from flow_core.diagnostics import Edit, Fix
from flow_core.places import Span

SyntaxKind: TypeAlias = Literal[
    "alias-cycle",
    "bad-directive",
    "bad-escape",
    "bad-indentation",
    "bad-merge",
    "bare-expression",
    "bare-word",
    "colon-in-value",
    "comment-cuts-expression",
    "complex-key",
    "custom-tag",
    "duplicate-key",
    "empty-file",
    "expansion-bomb",
    "flow-expression",
    "inline-list",
    "invalid-character",
    "invented-key",
    "json-comment",
    "key-not-string",
    "leading-indicator",
    "libyaml-missing",
    "lone-surrogate",
    "missing-colon",
    "missing-comma",
    "missing-value",
    "other-encoding",
    "several-documents",
    "single-quotes",
    "stray-character",
    "syntax-error",
    "tab-indentation",
    "tag-mismatch",
    "text-after-quote",
    "too-deep",
    "too-large",
    "trailing-comma",
    "trailing-text",
    "unclosed-bracket",
    "unclosed-quote",
    "undefined-alias",
]
"""The stable names of all kinds of problems; each is one rule's to report."""

LOSING_NOTHING: frozenset[SyntaxKind] = frozenset(
    {
        "bad-escape",
        "bare-expression",
        "bare-word",
        "comment-cuts-expression",
        "custom-tag",
        "duplicate-key",
        "json-comment",
        "key-not-string",
        "lone-surrogate",
        "single-quotes",
        "tag-mismatch",
        "trailing-comma",
    }
)
"""The kinds after which every other key of the text is still known."""


class SyntaxProblem(msgspec.Struct, frozen=True):
    """A fault of the text itself.

    Spans count from the start of the text (inside a block: from the start of the block). The edits
    of a fix have the empty file name: they belong to this very text.
    """

    kind: SyntaxKind
    message: str
    span: Span
    help: str = ""
    fix: Fix | None = None

    def shifted(self, by: int) -> "SyntaxProblem":
        """The same problem, ``by`` code points later."""
        if not by:
            return self
        fix = self.fix
        if fix is not None:
            moved = tuple(edit(e.span.start + by, e.span.end + by, e.text) for e in fix.edits)
            fix = msgspec.structs.replace(fix, edits=moved)
        span = Span(self.span.start + by, self.span.end + by)
        return msgspec.structs.replace(self, span=span, fix=fix)


def edit(start: int, end: int, text: str) -> Edit:
    """An edit of the text that is being read."""
    return Edit("", Span(start, end), text)
