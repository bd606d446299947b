"""The faults a composer finds in text that YAML itself accepts: one function for each kind."""

from flow_core.diagnostics import Fix
from flow_core.places import Span
from flow_core.syntax.nodes import MAX_DEPTH, MAX_EXPANSION, Scalar
from flow_core.syntax.problems import SyntaxProblem, edit


def duplicate_key(key: Scalar) -> SyntaxProblem:
    """A key that stands a second time in one mapping."""
    return SyntaxProblem(
        "duplicate-key",
        f"the key `{key.text}` stands twice in this mapping",
        Span(key.start, key.end),
        "keep one of the two; the first one counts until then",
    )


def key_not_string(key: Scalar, source: str) -> SyntaxProblem:
    """A key that YAML reads as a number, a boolean or null."""
    kind = "null" if key.value is None else type(key.value).__name__
    quoted = f'"{source}"'
    return SyntaxProblem(
        "key-not-string",
        f"the key `{source}` is read as {_WORDS[kind]}, but keys are strings",
        Span(key.start, key.end),
        f"quote it: `{quoted}`",
        Fix(f"Quote the key: {quoted}", (edit(key.start, key.end, quoted),)),
    )


_WORDS = {"null": "null", "bool": "a boolean", "int": "a number", "float": "a number"}


def missing_key(at: int) -> SyntaxProblem:
    """A colon with nothing before it, which YAML takes for a null key."""
    return SyntaxProblem(
        "key-not-string",
        "a key was expected before this colon",
        Span(at, at + 1),
        "write a key, or quote the text that starts with the colon",
    )


def complex_key(start: int, end: int) -> SyntaxProblem:
    """A mapping or sequence as a key."""
    return SyntaxProblem(
        "complex-key",
        "this key is a mapping or a list, but keys are strings",
        Span(start, end),
        "if it is meant to be text, quote it",
    )


def invented_key(key: Scalar) -> SyntaxProblem:
    """``{A: no, sorry}``: a bare word in a flow mapping becomes a key without value."""
    return SyntaxProblem(
        "invented-key",
        f"the comma makes `{key.text}` a key of its own without a value",
        Span(key.start, key.end),
        "quote the text that holds the comma, or write `: value` behind the key",
    )


def bad_merge(start: int, end: int) -> SyntaxProblem:
    """A merge key over something that is no mapping."""
    return SyntaxProblem(
        "bad-merge",
        "`<<` merges mappings, but this is none",
        Span(start, end),
        "name an anchor of a mapping, or a list of such: `<<: *base`",
    )


def custom_tag(tag: str, start: int, end: int) -> SyntaxProblem:
    """A tag that is not in YAML's core schema, or one that its value does not fit."""
    return SyntaxProblem(
        "custom-tag",
        f"the tag `{tag}` has no meaning here",
        Span(start, end),
        "remove the tag; text that starts with `!` needs quotes",
    )


def tag_mismatch(tag: str, start: int, end: int) -> SyntaxProblem:
    """A core tag over a value of another kind."""
    return SyntaxProblem(
        "tag-mismatch",
        f"the value does not fit its tag `!!{tag}`",
        Span(start, end),
        "remove the tag or change the value",
    )


def undefined_alias(name: str, start: int, end: int) -> SyntaxProblem:
    """``*name`` without an earlier ``&name``."""
    return SyntaxProblem(
        "undefined-alias",
        f"nothing before this is anchored as `&{name}`",
        Span(start, end),
        "define the anchor earlier in the file, or quote the value if a plain `*` is meant",
    )


def alias_cycle(name: str, start: int, end: int) -> SyntaxProblem:
    """An alias inside of what it stands for."""
    return SyntaxProblem(
        "alias-cycle",
        f"`*{name}` stands inside of its own anchor `&{name}`",
        Span(start, end),
        "a value cannot contain itself; write out what is meant",
    )


def expansion_bomb(start: int, end: int) -> SyntaxProblem:
    """Aliases of aliases that multiply."""
    return SyntaxProblem(
        "expansion-bomb",
        f"the aliases up to here expand to more than {MAX_EXPANSION:,} values",
        Span(start, end),
        "aliases of aliases multiply; write the data out or read it from a file",
    )


def too_deep(start: int, end: int) -> SyntaxProblem:
    """Nesting beyond the limit."""
    return SyntaxProblem(
        "too-deep",
        f"this is nested deeper than {MAX_DEPTH} levels; what follows is not read",
        Span(start, end),
        "move inner parts to a pipeline of their own",
    )


def several_documents(start: int, end: int) -> SyntaxProblem:
    """A second ``---``."""
    return SyntaxProblem(
        "several-documents",
        "a second document starts here, but a file holds one; what follows is not read",
        Span(start, end),
        "put each document into a file of its own",
    )


def bad_directive(start: int, end: int) -> SyntaxProblem:
    """A directive other than ``%YAML 1.2``."""
    return SyntaxProblem(
        "bad-directive",
        "the only directive that is understood is `%YAML 1.2`",
        Span(start, end),
        "remove the directive",
    )


def empty_file(end: int) -> SyntaxProblem:
    """A file that holds nothing but space and comments."""
    return SyntaxProblem(
        "empty-file",
        "the file is empty, but a mapping was expected",
        Span(0, min(end, 1)),
        "start with `flow: 1`, or run `flow init`",
    )


def invalid_character(character: str, start: int, end: int) -> SyntaxProblem:
    """A character that no YAML file may hold, or several of it."""
    return SyntaxProblem(
        "invalid-character",
        f"the character U+{ord(character):04X} is not allowed in YAML",
        Span(start, end),
        "remove it, or write it as an escape in a double-quoted string",
        Fix("Remove the character", (edit(start, end, ""),), "unsafe"),
    )


def utf_16() -> SyntaxProblem:
    """The byte order mark of another encoding, or a letter that takes two bytes."""
    return SyntaxProblem(
        "other-encoding",
        "the file is UTF-16, but UTF-8 was expected",
        Span(0, 2),
        "save the file as UTF-8",
    )


def libyaml_missing() -> SyntaxProblem:
    """PyYAML was built without its C part, whose grammar differs from the pure Python one."""
    return SyntaxProblem(
        "libyaml-missing",
        "YAML files cannot be read, for PyYAML is installed without libyaml",
        Span(0, 0),
        "install PyYAML from a wheel: `pip install --force-reinstall --only-binary=:all: pyyaml`",
    )


def too_large() -> SyntaxProblem:
    """A file beyond all bounds."""
    return SyntaxProblem(
        "too-large",
        "the file is longer than 50 million characters and is not read",
        Span(0, 0),
        "move data out of the pipeline into files of their own",
    )
