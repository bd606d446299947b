"""What holds for every text: reading never fails, and never depends on what was read before."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from flow_core.places import Place
from flow_core.syntax import Cache, Document, Mapping, Scalar, Sequence, data, parse
from flow_core.syntax.compose import compose
from flow_core.syntax.nodes import Node, walk
from flow_core.syntax.scalars import source_map

PIPELINE = """\
# A comment at the top
flow: 1
name: order-processing
inputs: {order: Order, region: {type: string, enum: [eu, us]}}
steps:
  # about the first
  validate:
    uses: shop.validate_order
    with:
      order: ${{ inputs.order }}
      text: |
        two lines # no comment
        of text

  charge:   # trailing
    uses: "payments.charge@^2.1"
    when: >-
      ${{ steps.validate.outputs.ok
      && true }}
    retry: {max_attempts: 4, errors: [timeout, 'it''s']}
    catch:
      - errors: [CardDeclined]
        uses: payments.invoice
      - skip: true
outputs:
  receipt: ${{ steps.charge.outputs.receipt }}
"""
PIECES = st.sampled_from(
    [
        "a",
        "x: ",
        ":",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        '"',
        "'",
        "{",
        "}",
        "[",
        "]",
        ",",
        "#",
        " #c",
        "|\n",
        ">",
        "&a ",
        "*a",
        "<<: ",
        "!",
        "!!int ",
        "%",
        "@",
        "`",
        "\t",
        "---\n",
        "...\n",
        "? ",
        "${{ ",
        " }}",
        "\r\n",
        "\r",
        "\ufeff",
        "\x85",
        "\u2028",
        "😀",
        "\x00",
        "\\",
        "=",
        "1",
        "steps:\n",
        "\nsteps:\n  a:\n",
        "\nb: 1\n",
        "  ",
        "~",
        "�",
        "0x1f",
        ".inf",
        "null",
    ]
)
SOUP = st.lists(PIECES, max_size=25).map("".join)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), min_size=1, max_size=6)


def edited(text: str, edit: tuple[float, int, str]) -> str:
    """A text with some characters replaced."""
    place, removed, piece = edit
    at = int(place * len(text))
    return text[:at] + piece + text[at + removed :]


def shape(document: Document) -> Any:
    """All that a document says, with offsets from the start of the text."""
    spans = [
        (path, part, document.locate(Place(path, part)))
        for path, _ in nodes(document)
        for part in ("key", "value", "entry")
    ]
    return spans, repr(data(document.root)), document.problems, document.comments


def nodes(document: Document) -> list[tuple[tuple[str | int, ...], Node]]:
    """All paths of a document, with their nodes; aliases are not entered."""
    found: list[tuple[tuple[str | int, ...], Node]] = []
    pending: list[tuple[tuple[str | int, ...], Node]] = (
        [] if document.root is None else [((), document.root)]
    )
    while pending:
        path, node = pending.pop()
        found.append((path, node))
        if isinstance(node, Sequence):
            pending += (((*path, index), item) for index, item in enumerate(node.items))
        elif isinstance(node, Mapping):
            pending += (
                ((*path, entry.key.text), entry.value)
                for entry in node.entries
                if not entry.merges and node.entry(entry.key.text) is entry
            )
    return found


def whole(text: str) -> tuple[Any, bool]:
    """The data that libyaml sees in a text as one piece, and whether it accepts it."""
    composed = compose(text.removeprefix("\ufeff"))
    return repr(data(composed.root)), composed.failure is None


@given(st.one_of(SOUP, st.text()), st.sampled_from(["yaml", "json"]))
@example("{{{{]]]]]]]]]]", "json")
@example("a: *a\nb: &a 1", "yaml")
@settings(max_examples=150, deadline=None)
def test_every_text_is_read(text: str, kind: Any) -> None:
    document = parse(text, kind)
    assert document.problems or document.root is not None
    for problem in document.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message
    for path, node in nodes(document):
        span = document.locate(Place(path))
        assert 0 <= span.start <= span.end <= len(text)
        assert node.start <= node.end
    for offset in range(len(text) + 1):
        path, _ = document.at(offset)
        assert isinstance(path, tuple)


@given(st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_every_file_is_read_exact_to_the_byte(source: bytes) -> None:
    text = source.decode("utf-8", "surrogateescape")
    assert parse(text, "yaml").text.encode("utf-8", "surrogateescape") == source


@given(EDITS)
@settings(max_examples=60, deadline=None)
def test_reading_with_a_cache_is_reading_from_scratch(edits: list[tuple[float, int, str]]) -> None:
    cache = Cache()
    text = PIPELINE
    for edit in edits:
        text = edited(text, edit)
        assert shape(parse(text, "yaml", cache)) == shape(parse(text, "yaml"))


@given(st.one_of(SOUP, EDITS.map(lambda edits: edited(PIPELINE, edits[0]))))
@settings(max_examples=150, deadline=None)
@example("a\x00")  # as UTF-16 without a mark begins
def test_a_valid_text_means_what_libyaml_makes_of_the_whole(text: str) -> None:
    expected, valid = whole(text)
    document = parse(text, "yaml")
    kinds = {problem.kind for problem in document.problems}
    if valid and not kinds & {"duplicate-key", "other-encoding"}:
        assert repr(data(document.root)) == expected


@given(EDITS)
@settings(max_examples=60, deadline=None)
def test_scalars_map_back_to_their_source(edits: list[tuple[float, int, str]]) -> None:
    text = edited(PIPELINE, edits[0]).replace("\ufeff", "")
    document = parse(text, "yaml")
    for placed in document.blocks:
        if placed.block.state != "sound":
            continue
        for node in walk(placed.block.root):
            if isinstance(node, Scalar) and node.text and "\ufffd" not in node.text:
                mapped = source_map(text, placed.origin, node, "yaml")
                assert "".join(segment[2] for segment in mapped.segments) == node.text
