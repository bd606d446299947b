"""Events of libyaml to nodes: one iterative pass, whatever the nesting."""

import re
from typing import Any, Final

import msgspec
from yaml import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from flow_core.syntax import dialect, faults
from flow_core.syntax.anchors import Anchors
from flow_core.syntax.braces import bare_expression, is_bare
from flow_core.syntax.entries import EntryReader
from flow_core.syntax.layout import Layout
from flow_core.syntax.nodes import (
    MAX_DEPTH,
    Alias,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Style,
    Value,
)
from flow_core.syntax.problems import SyntaxProblem
from flow_core.syntax.resolve import resolve
from flow_core.syntax.tags import TagReader, content_start

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # PyYAML without its C part
    _parser: Any = None
else:
    _parser = _Parser

_STYLES: Final[dict[str, Style]] = {
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
_BLOCK_STYLES = frozenset(("literal", "folded"))
_BLANK = " \t\r\n"

_INVALID = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What YAML forbids; compiled where there is some, for that takes longer than most parses."""


class Failure(msgspec.Struct, frozen=True):
    """Where libyaml gave up and why, in its own words."""

    problem: str
    at: int


class Composed(msgspec.Struct, frozen=True):
    """What a text holds.

    After a ``failure`` the root is None. ``undefined`` tells that an alias named no anchor of this
    text. ``read`` is False when the root is missing because there was nothing to read.
    """

    root: Node | None = None
    problems: tuple[SyntaxProblem, ...] = ()
    failure: Failure | None = None
    undefined: bool = False


def compose(text: str, shift: int = 0, anchors: Anchors | None = None) -> Composed:
    """Compose a text; ``shift`` is added to every offset.

    Characters that YAML forbids are reported and taken as U+FFFD. ``anchors`` carries anchors
    from one text to the next.
    """
    if _parser is None:
        return Composed(problems=(faults.libyaml_missing(),))
    anchors = Anchors() if anchors is None else anchors
    try:
        return _compose(text, shift, anchors)
    except (ReaderError, UnicodeEncodeError):
        composed = _compose(re.sub(_INVALID, "\ufffd", text), shift, anchors)
        problems = [
            faults.invalid_character(found[1], found.start() + shift, found.end() + shift)
            for found in re.finditer(rf"({_INVALID})\1*", text)
        ]
        return msgspec.structs.replace(composed, problems=(*problems, *composed.problems))


def _compose(text: str, shift: int, anchors: Anchors) -> Composed:
    """Compose a text of characters that YAML allows."""
    source = dialect.hide(text)
    composed = _Composer(text, source, shift, anchors).run()
    if composed.failure is not None and (again := dialect.rewrite(source)) != source:
        second = _Composer(text, again, shift, anchors).run()
        return composed if second.failure is not None else second
    return composed


class _Frame:
    """A collection whose end has not come yet."""

    __slots__ = ("event", "items")

    def __init__(self, event: Any) -> None:
        self.event = event
        self.items: list[Node] = []


class _Composer:
    """The state of one composition."""

    def __init__(self, text: str, source: str, shift: int, anchors: Anchors) -> None:
        self._text = text
        self._source = source
        self._shift = shift
        self._anchors = anchors
        self._problems: list[SyntaxProblem] = []
        self._entries = EntryReader(text, shift, self._problems)
        self._undefined = False
        self._open: list[str] = []
        self._layout = Layout(text, shift, self._problems, self._parent)
        self._tags = TagReader(text, shift, self._problems)
        self._hides = dialect.hides(source)
        self._stack = [_Frame(None)]

    def run(self) -> Composed:
        failure = root = None
        try:
            root = self._read(_parser(self._source))
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            failure = Failure(str(error.problem), 0 if mark is None else mark.index)
        return Composed(root, tuple(self._problems), failure, self._undefined)

    def _read(self, parser: Any) -> Node | None:  # noqa: C901 - one hot loop over kinds of events
        """Read the first document of the stream."""
        stack = self._stack
        items = stack[0].items
        while True:
            event = parser.get_event()
            kind = event.__class__
            if kind is ScalarEvent:
                items.append(self._scalar(event))
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(stack) > MAX_DEPTH:
                    self._report(faults.too_deep, event)
                    return self._unwind(stack, event)
                frame = _Frame(event)
                if event.anchor is not None:
                    self._open.append(event.anchor)
                stack.append(frame)
                items = frame.items
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                frame = stack.pop()
                items = stack[-1].items
                items.append(self._collection(frame, event))
            elif kind is AliasEvent:
                items.append(self._alias(event, len(stack)))
            elif kind is DocumentStartEvent:
                if items:
                    self._report(faults.several_documents, event)
                    return items[0]
                self._directives(event)
            elif kind is StreamEndEvent:
                return items[0] if items else None

    def _unwind(self, stack: list[_Frame], event: Any) -> Node | None:
        """Close all open collections where reading stops."""
        while len(stack) > 1:
            frame = stack.pop()
            stack[-1].items.append(self._collection(frame, event))
        return stack[0].items[0] if stack[0].items else None

    def _scalar(self, event: Any) -> Scalar:
        text = event.value
        start, end = event.start_mark.index, event.end_mark.index
        if self._hides:
            text = dialect.shown(text)
        shift = self._shift
        if event.anchor is None and event.tag is None:
            if event.implicit[0]:
                return Scalar(start + shift, end + shift, text, resolve(text))
            style = _STYLES[event.style]
            self._layout.check_scalar(style, start, end)
            if style in _BLOCK_STYLES:
                end = self._block_end(start, end)
            return Scalar(start + shift, end + shift, text, text, style)
        return self._decorated(event, text, start, end)

    def _decorated(self, event: Any, text: str, start: int, end: int) -> Scalar:
        """A scalar with an anchor or a tag."""
        style = _STYLES.get(event.style, "plain")
        self._layout.check_scalar(style, start, end)
        start = min(content_start(self._text, start), end)
        value = self._tags.value(event, text, style, (start, end))
        if style in _BLOCK_STYLES:
            end = self._block_end(start, end)
        anchor = event.anchor or ""
        scalar = Scalar(start + self._shift, end + self._shift, text, value, style, anchor)
        if anchor:
            self._anchors.define(anchor, scalar)
        return scalar

    def _block_end(self, start: int, end: int) -> int:
        """The end of a block scalar's last line of text; with ``+`` of its last line."""
        source = self._text[start:end]
        return start + len(source.rstrip(_BLANK)) if end > start else end

    def _alias(self, event: Any, depth: int) -> Alias:
        name, start, end = event.anchor, event.start_mark.index, event.end_mark.index
        target = self._anchors.get(name)
        if name in self._open:
            self._problems.append(self._at(faults.alias_cycle, name, start, end))
            target = None
        elif target is None:
            self._undefined = True
            self._problems.append(self._at(faults.undefined_alias, name, start, end))
        elif depth + self._anchors.height(target) > MAX_DEPTH:
            self._report(faults.too_deep, event)
            target = None
        elif not self._expand(target, event):
            target = None
        return Alias(start + self._shift, end + self._shift, name, target)

    def _expand(self, target: Value, event: Any) -> bool:
        """Whether an alias may stand for a node; the first that may not is reported."""
        burst = self._anchors.burst
        if not self._anchors.expand(target) and not burst:
            self._report(faults.expansion_bomb, event)
        return not self._anchors.burst

    def _collection(self, frame: _Frame, end: Any) -> Value:
        event = frame.event
        start = self._start(event)
        node: Value
        if event.__class__ is MappingStartEvent:
            node = self._mapping(frame, start, end)
            self._tags.check_collection(event, "map")
        else:
            node = self._sequence(frame, start, end)
            self._tags.check_collection(event, "seq")
        self._layout.check_collection(event, start, end)
        if event.anchor:
            self._open.remove(event.anchor)
            self._anchors.define(event.anchor, node)
        return node

    def _start(self, event: Any) -> int:
        """Where a collection starts behind its anchor and tag."""
        start: int = event.start_mark.index
        plain = event.anchor is None and event.tag is None
        return start if plain else content_start(self._text, start)

    def _sequence(self, frame: _Frame, start: int, end: Any) -> Sequence:
        items = frame.items
        flow = bool(frame.event.flow_style)
        last = end.end_mark.index + self._shift if flow or not items else items[-1].end
        return Sequence(start + self._shift, last, tuple(items), flow, frame.event.anchor or "")

    def _mapping(self, frame: _Frame, start: int, end: Any) -> Mapping | Scalar:
        flow = bool(frame.event.flow_style)
        entries = self._entries.read(frame.items, flow=flow)
        braces = flow and self._text.startswith("{", start)
        if braces and is_bare(source := self._text[start : end.end_mark.index], frame.items):
            within = self._parent() is None
            return bare_expression(source, start + self._shift, self._problems, within=within)
        ends_inside = entries and not braces
        last = entries[-1].value.end if ends_inside else end.end_mark.index + self._shift
        return Mapping(start + self._shift, last, entries, braces, frame.event.anchor or "")

    def _parent(self) -> int | None:
        """Where the innermost open collection starts, unless it stands in brackets."""
        event = self._stack[-1].event
        return None if event is None or event.flow_style else self._start(event)

    def _directives(self, event: Any) -> None:
        if event.tags or event.version not in (None, (1, 2)):
            start = event.start_mark.index
            end = start + len(self._text[start:].split("\n", 1)[0].rstrip())
            shift = self._shift
            self._problems.append(faults.bad_directive(start + shift, end + shift))

    def _report(self, fault: Any, event: Any) -> None:
        self._problems.append(
            fault(event.start_mark.index + self._shift, event.end_mark.index + self._shift)
        )

    def _at(self, fault: Any, word: str, start: int, end: int) -> SyntaxProblem:
        problem: SyntaxProblem = fault(word, start + self._shift, end + self._shift)
        return problem
