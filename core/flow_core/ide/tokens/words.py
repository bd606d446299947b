"""The tokens inside of strings that mean something: what is used, types, schedules, comparisons."""

import re
from collections.abc import Iterator

from flow_core.ide.tokens.legend import Modifier, TokenType, Word
from flow_core.types.kinds import BUILTIN

_LIBRARY: tuple[Modifier, ...] = ("defaultLibrary",)
_GENERIC = ("list", "map")
_USES = re.compile(
    r"(?P<path>\.{0,2}/[^@]*)|(?P<alias>[\w-]+(?:\.[\w-]+)*)(?=\.)|(?P<name>[\w-]+)|(?P<at>@)"
    r"|(?P<version>(?<=@)[^\s]+)"
)
_IMPORT = re.compile(r"(?P<scheme>python)(?P<colon>:)(?P<module>.*)")
_FUNCTION = re.compile(r"(?P<module>[^:]*)(?P<colon>:)(?P<name>.*)")
_TYPE = re.compile(r"(?P<alias>[A-Za-z_][\w.]*)(?=\.)|(?P<name>[A-Za-z_]\w*)|(?P<mark>[?|<>()])")
_CRON = re.compile(r"(?P<number>\d+)|(?P<name>[A-Za-z]+)|(?P<mark>[-*/,])")
_COMPARISON = re.compile(r"\s*(?P<mark>[<>=!]+)?\s*(?P<number>\S+)")


def uses_words(text: str) -> Iterator[Word]:
    """A component that is called: `payments.charge@^2.1`, or the path of a pipeline.

    >>> text = "std.log@1"
    >>> [text[start:end] for start, end, _, _ in uses_words(text)]
    ['std', 'log', '@', '1']
    """
    library = _LIBRARY if text.startswith("std.") else ()
    for found in _USES.finditer(text):
        match found.lastgroup:
            case "path":
                yield *found.span(), "string", ()
            case "alias":
                yield *found.span(), "namespace", library
            case "name":
                yield *found.span(), "function", library
            case "at":
                yield *found.span(), "operator", ()
            case _:
                yield *found.span(), "number", ()


def import_words(text: str) -> Iterator[Word]:
    """Where an import leads: a path, or `python:module`."""
    found = _IMPORT.fullmatch(text)
    if found is None:
        yield 0, len(text), "string", ()
        return
    yield *found.span("scheme"), "keyword", ()
    yield *found.span("colon"), "operator", ()
    yield *found.span("module"), "namespace", ()


def function_words(text: str) -> Iterator[Word]:
    """A Python function: `module:name`."""
    found = _FUNCTION.fullmatch(text)
    if found is None:
        yield 0, len(text), "namespace", ()
        return
    yield *found.span("module"), "namespace", ()
    yield *found.span("colon"), "operator", ()
    yield *found.span("name"), "function", ()


def type_words(text: str) -> Iterator[Word]:
    """A type in shorthand.

    >>> text = "shop.Order?"
    >>> [(text[start:end], kind) for start, end, kind, _ in type_words(text)]
    [('shop', 'namespace'), ('Order', 'type'), ('?', 'operator')]
    """
    for found in _TYPE.finditer(text):
        kind: TokenType = "operator"
        modifiers: tuple[Modifier, ...] = ()
        if found.lastgroup == "alias":
            kind = "namespace"
        elif found.lastgroup == "name":
            kind = "type"
            modifiers = _LIBRARY if found[0] in BUILTIN or found[0] in _GENERIC else ()
        yield *found.span(), kind, modifiers


def cron_words(text: str) -> Iterator[Word]:
    """The five fields of a schedule."""
    kinds: dict[str | None, TokenType] = {"number": "number", "name": "enumMember"}
    for found in _CRON.finditer(text):
        yield *found.span(), kinds.get(found.lastgroup, "operator"), ()


def comparison_words(text: str) -> Iterator[Word]:
    """A bound: `< 2h`."""
    found = _COMPARISON.fullmatch(text)
    if found is None:
        yield 0, len(text), "string", ()
        return
    if found["mark"]:
        yield *found.span("mark"), "operator", ()
    yield *found.span("number"), "number", ()
