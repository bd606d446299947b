"""What docstrings say of parameters, results and errors: Google's, NumPy's and Sphinx' ways."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from textwrap import dedent

import msgspec

_SECTIONS = {
    "args": "parameters",
    "arguments": "parameters",
    "parameters": "parameters",
    "params": "parameters",
    "keyword args": "parameters",
    "other parameters": "parameters",
    "attributes": "parameters",
    "fields": "parameters",
    "returns": "returns",
    "return": "returns",
    "yields": "returns",
    "raises": "raises",
    "exceptions": "raises",
}
_OTHER = frozenset(
    {
        "example",
        "examples",
        "note",
        "notes",
        "see also",
        "todo",
        "warning",
        "warnings",
        "references",
    }
)
_ITEM = re.compile(r"\*{0,2}(?P<name>[\w.]+)\s*(?:\([^)]*\))?\s*:\s*(?P<text>.*)")
_NUMPY_ITEM = re.compile(r"\*{0,2}(?P<name>[\w.]+(?:\s*,\s*\*{0,2}[\w.]+)*)\s*(?::.*)?")
_SPHINX = re.compile(
    r":(?P<role>param|parameter|arg|argument|key|keyword|ivar|raises|raise|except|exception"
    r"|return|returns)\b(?P<subject>[^:]*):\s*(?P<text>.*)"
)
_SPHINX_OTHER = re.compile(r":(?:type|rtype|vartype)\b[^:]*:")
_ROLES = {"return": "returns", "returns": "returns"} | dict.fromkeys(
    ("raises", "raise", "except", "exception"), "raises"
)


class Docstring(msgspec.Struct, frozen=True):
    """A docstring, taken apart. ``returns`` holds the named results, and the rest under ``""``."""

    description: str = ""
    parameters: dict[str, str] = {}
    returns: dict[str, str] = {}
    raises: dict[str, str] = {}


@lru_cache(maxsize=1024)
def read_docstring(text: str) -> Docstring:
    r"""Take a docstring apart; what belongs to no section is the description.

    >>> read_docstring("Charge a card.\n\nArgs:\n  amount: In euros.").parameters
    {'amount': 'In euros.'}
    """
    description: list[str] = []
    found: dict[str, dict[str, str]] = {"parameters": {}, "returns": {}, "raises": {}}
    for section, lines, numpy in _sections(_clean(text).splitlines()):
        if section == "description":
            description += lines
        elif section in found:
            found[section] |= _items(lines, numpy=numpy)
    plain, fields = _split_fields(description)
    for role, subject, words in fields:
        found[role][subject] = words
    return Docstring(
        "\n".join(plain).strip(), found["parameters"], found["returns"], found["raises"]
    )


def summary(text: str) -> str:
    """The first paragraph of a text, on one line."""
    return " ".join(text.strip().partition("\n\n")[0].split())


def _sections(lines: list[str]) -> Iterator[tuple[str, list[str], bool]]:
    """Sections with their lines, and whether the heading is underlined as NumPy does it."""
    section, kept, numpy = "description", list[str](), False
    position = 0
    while position < len(lines):
        heading, underlined = _heading(lines, position)
        if heading:
            yield section, kept, numpy
            section, kept, numpy = heading, [], underlined
            position += 1 + underlined
        else:
            kept.append(lines[position])
            position += 1
    yield section, kept, numpy


def _heading(lines: list[str], position: int) -> tuple[str, bool]:
    """The section that a line opens, "" for none; and whether the next line underlines it."""
    line = lines[position]
    if line[:1].isspace():
        return "", False
    word = line.strip().removesuffix(":").lower()
    section = _SECTIONS.get(word) or ("other" if word in _OTHER else "")
    following = lines[position + 1].strip() if position + 1 < len(lines) else ""
    if section and len(following) > 2 and not following.strip("-="):  # noqa: PLR2004 - a rule
        return section, True
    return (section, False) if line.rstrip().endswith(":") else ("", False)


def _items(lines: list[str], *, numpy: bool) -> dict[str, str]:
    """Named items and their texts; a text without a name is under ``""``."""
    items: dict[str, list[str]] = {}
    names = [""]
    base = min((_indent(line) for line in lines if line.strip()), default=0)
    for line in lines:
        pattern = _NUMPY_ITEM if numpy else _ITEM
        found = pattern.fullmatch(line.strip()) if _indent(line) == base else None
        if found and line.strip():
            names = [name.strip(" *") for name in found["name"].split(",")]
        words = line.strip() if not found else "" if numpy else found["text"]
        for name in names:
            items.setdefault(name, []).append(words)
    texts = {name: " ".join(" ".join(words).split()) for name, words in items.items()}
    return {name: text for name, text in texts.items() if text}


def _split_fields(lines: Iterable[str]) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Sphinx' field list: the lines before it, then (section, name, text) of its fields."""
    plain: list[str] = []
    fields: list[tuple[str, str, str]] = []
    inside = False
    for line in lines:
        found = _SPHINX.match(line)
        if found:
            inside = True
            subject = (found["subject"].split() or [""])[-1]
            fields.append((_ROLES.get(found["role"], "parameters"), subject, found["text"].strip()))
        elif _SPHINX_OTHER.match(line):
            inside = False
        elif inside and fields and line[:1].isspace():
            section, subject, text = fields[-1]
            fields[-1] = (section, subject, f"{text} {line.strip()}".strip())
        elif not inside or line.strip():
            inside = False
            plain.append(line)
    return plain, fields


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _clean(text: str) -> str:
    """Without the indentation of the source (`inspect` does the same, and costs start-up time)."""
    first, _, rest = text.expandtabs().partition("\n")
    return f"{first.strip()}\n{dedent(rest)}"
