"""Anchors and tags before a value: where they end, and what tags of the core schema mean."""

import re
from typing import Any, Final

from flow_core.syntax import faults
from flow_core.syntax.nodes import Style
from flow_core.syntax.problems import SyntaxProblem
from flow_core.syntax.resolve import resolve, resolve_tag

_CORE: Final = "tag:yaml.org,2002:"
_SCALARS = frozenset(("str", "int", "float", "bool", "null"))
_PROPERTIES = re.compile(
    r"(?:(?:!<[^>\s]*>|[&!][^ \t\r\n\[\]{},]*)(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\n]*)*)+"
)
_SOURCE = re.compile(r"(?:&\S*\s+)?(!\S*)")


def content_start(text: str, start: int) -> int:
    """Where a node starts behind its anchor and tag."""
    found = _PROPERTIES.match(text, start)
    return start if found is None else found.end()


class TagReader:
    """Reads the tags of one text; offsets of problems are ``shift`` ahead of the text's."""

    def __init__(self, text: str, shift: int, problems: list[SyntaxProblem]) -> None:
        self._text = text
        self._shift = shift
        self._problems = problems

    def value(self, event: Any, text: str, style: Style, span: tuple[int, int]) -> Any:
        """What a scalar means under its tag, if it has one."""
        tag = event.tag
        value = resolve(text) if style == "plain" else text
        if tag is None:
            return value
        if tag == "!":
            return text
        name = tag.removeprefix(_CORE)
        if tag == name or name not in _SCALARS:
            self._report(event)
            return value
        try:
            return resolve_tag(text, name)
        except ValueError:
            self._problems.append(faults.tag_mismatch(name, *span).shifted(self._shift))
            return value

    def check_collection(self, event: Any, name: str) -> None:
        """A mapping may be tagged as ``map``, a sequence as ``seq``."""
        if event.tag not in (None, "!", _CORE + name):
            self._report(event)

    def _report(self, event: Any) -> None:
        start = event.start_mark.index
        found = _SOURCE.match(self._text, start)
        span = found.span(1) if found else (start, start + 1)
        source = self._text[slice(*span)]
        self._problems.append(faults.custom_tag(source, *span).shifted(self._shift))
