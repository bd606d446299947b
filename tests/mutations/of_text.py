"""Mistakes of typing: what people do to lines, brackets, quotes and keys."""

from collections.abc import Iterator

from mutant import Mutant, Mutation, Original

from flow_core.syntax import Mapping, Scalar, Sequence


def _plain_lines(original: Original) -> Iterator[tuple[int, str, str]]:
    """The lines that hold keys: number, indentation, rest; JSON has no such lines."""
    if original.document.kind == "json":
        return
    for number in sorted({original.line(path) for path, _ in original.entries}):
        line = original.lines[number]
        rest = line.lstrip()
        yield number, line[: len(line) - len(rest)], rest


def tab_for_spaces(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        if indentation:
            yield original.rewritten(number, "\t" + indentation[2:] + rest)


def one_space_more(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        yield original.rewritten(number, indentation + " " + rest)


def two_spaces_more(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        yield original.rewritten(number, indentation + "  " + rest)


def two_spaces_less(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        if indentation:
            yield original.rewritten(number, indentation[2:] + rest)


def one_space_less(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        if indentation:
            yield original.rewritten(number, indentation[1:] + rest)


def colon_missing(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        key, _, value = rest.partition(":")
        yield original.rewritten(number, indentation + key + value)


def space_after_colon_missing(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        key, _, value = rest.partition(": ")
        if value:
            yield original.rewritten(number, f"{indentation}{key}:{value}")


def dash_missing(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        if rest.startswith("- "):
            yield original.rewritten(number, indentation + "  " + rest[2:])


def space_after_dash_missing(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        if rest.startswith("- "):
            yield original.rewritten(number, indentation + "-" + rest[2:])


def line_twice(original: Original) -> Iterator[Mutant]:
    for number, indentation, rest in _plain_lines(original):
        if not rest.startswith("- ") and not rest.endswith((":", ">-")):
            mutant = original.rewritten(number, f"{indentation}{rest}\n{indentation}{rest}")
            yield Mutant(mutant.text, frozenset({number, number + 1}))


def value_missing(original: Original) -> Iterator[Mutant]:
    for path, value in original.entries:
        if isinstance(value, Scalar) and "metadata" not in path:
            span = original.span(path)
            if "\n" not in original.text[span.start : span.end]:
                yield original.edited(span.start, span.end, "")


def quote_missing(original: Original) -> Iterator[Mutant]:
    for path, value in original.entries:
        if isinstance(value, Scalar) and value.style in ("double", "single"):
            span = original.span(path)
            yield original.edited(span.end - 1, span.end, "")


def bracket_missing(original: Original) -> Iterator[Mutant]:
    for path, value in original.entries:
        if isinstance(value, Mapping | Sequence) and value.flow:
            span = original.span(path)
            if "\n" not in original.text[span.start : span.end]:
                yield original.edited(span.end - 1, span.end, "")


def comma_missing(original: Original) -> Iterator[Mutant]:
    for path, value in original.entries:
        if isinstance(value, Mapping) and value.flow:
            for name in list(value.fields)[1:]:
                start = original.span((*path, name), "key").start
                comma = original.text.rindex(",", 0, start)
                mutant = original.edited(comma, comma + 1, "")
                yield Mutant(mutant.text, mutant.lines | {original.line((*path, name))})


def list_for_map(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if isinstance(original.document.get(path), Mapping):
            yield original.valued(path, "[first, second]")


def map_for_list(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        if isinstance(original.document.get(path), Sequence):
            yield original.valued(path, "{first: 1}")


def text_for_collection(original: Original) -> Iterator[Mutant]:
    for path in original.keys:
        value = original.document.get(path)
        if isinstance(value, Mapping | Sequence) and path[-1] != "uses":
            yield original.valued(path, "something")


MUTATIONS: tuple[Mutation, ...] = (
    tab_for_spaces,
    one_space_more,
    two_spaces_more,
    one_space_less,
    two_spaces_less,
    colon_missing,
    space_after_colon_missing,
    dash_missing,
    space_after_dash_missing,
    line_twice,
    value_missing,
    quote_missing,
    bracket_missing,
    comma_missing,
    list_for_map,
    map_for_list,
    text_for_collection,
)
