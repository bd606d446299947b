"""Healing: what is broken gives way to what it was, and nothing else changes."""

from collections.abc import Iterable, Iterator

import pytest
from example_texts import Text, name_of, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import module

from flow_core.convert import to_json
from flow_core.ide.healing.healed import Healed, heal
from flow_core.places import Place, Span
from flow_core.syntax import Cache, Document, parse

SHOP = """\
flow: 1
name: shop
# about the steps
steps:
  check:
    uses: std.log
    with: {message: "one"}

  # about the second
  charge:
    uses: std.log
    with:
      message: |
        some text
  tell: {uses: std.log, with: {message: 'two'}}
  ship:
    steps:
      pack: {uses: std.log, with: {message: "three"}}
finally:
  close:
    uses: std.log
outputs:
  a: ${{ steps.check.outputs }}
"""
STEPS = ["check", "charge", "tell", "ship", "pack", "close"]


def document(text: str, name: str = "a.flow.yaml") -> Document:
    return parse(text, "json" if name.endswith(".json") else "yaml")


def healing(name: str, *typed: str) -> Healed:
    """A document healed each time it has been changed."""
    last: Healed | None = None
    for text in typed:
        last = heal(document(text, name), last)
    assert last is not None
    return last


def steps(text: str, name: str = "a.flow.yaml") -> list[str]:
    """The names of all steps, those of groups too."""
    return [info.step.name for info in module(text, name=name).steps.values()]


# What is replaced in the text, by what, and which of its parts are then stale.
BREAKAGES = [
    pytest.param("charge:\n", "charge\n", ["steps.charge"], id="a colon is gone"),
    pytest.param('"one"}', '"one}', ["steps.check"], id="a quote is gone"),
    pytest.param("'two'}}", "'two}}", ["steps.tell"], id="a quote and its line"),
    pytest.param("'two'}}", "'two'}", ["steps.tell"], id="a brace is gone"),
    pytest.param("'two'}}\n", "'two'}}", ["steps.tell", "steps.ship"], id="the end of a line"),
    pytest.param(
        "    uses: std.log\n    with:\n",
        "   uses: std.log\n    with:\n",
        ["steps.charge"],
        id="a space is gone",
    ),
    pytest.param("  tell:", " tell:", ["steps.tell"], id="a space before a step is gone"),
    pytest.param("some text\n", "some text", ["steps.charge", "steps.tell"], id="text runs on"),
    pytest.param("  tell:", "x\n  tell:", [], id="a word at the margin"),
    pytest.param("  tell:", "  x\n  tell:", [], id="a new step that is half there"),
    pytest.param("  tell: {uses", "  x: {uses: std.log\n  tell: {uses", [], id="a new one, broken"),
    pytest.param("  tell:", "  told: {", ["steps.tell"], id="another name, and broken"),
    pytest.param("  tell:", "  told:", [], id="another name"),
    pytest.param("finally:\n", "finally\n", ["finally"], id="a section's colon"),
    pytest.param("steps:\n  check", "steps\n  check", ["steps"], id="the colon of all steps"),
    pytest.param("  check:", "  check", ["steps.check"], id="the colon of the first step"),
    pytest.param("flow: 1", "flow: [", ["flow"], id="something else"),
    pytest.param("std.log\n    with: {", "std.log\n    uses: {", ["steps.check"], id="a key twice"),
]


def stale(healed: Healed) -> list[str]:
    return [".".join(map(str, path)) for path in healed.stale]


@pytest.mark.parametrize(("old", "new", "expected"), BREAKAGES)
def test_what_is_broken_is_as_it_was(old: str, new: str, expected: list[str]) -> None:
    broken = SHOP.replace(old, new, 1)
    assert broken != SHOP
    healed = healing("a.flow.yaml", SHOP, broken)
    found = steps(healed.text)
    renamed = ["told" if new == "  told:" and name == "tell" else name for name in STEPS]
    assert [name for name in found if name != "x"] == renamed
    assert stale(healed) == expected
    assert stale(healing("a.flow.yaml", SHOP, broken, SHOP)) == []


def test_a_sound_text_is_not_touched() -> None:
    assert healing("a.flow.yaml", SHOP, SHOP).text == SHOP
    changed = SHOP.replace("  tell: {uses: std.log, with: {message: 'two'}}\n", "")
    assert healing("a.flow.yaml", SHOP, changed).text == changed


def test_what_is_broken_from_the_start_is_read_as_well_as_it_can_be() -> None:
    broken = SHOP.replace("charge:\n", "charge: [\n")
    healed = healing("a.flow.yaml", broken)
    assert (healed.text, healed.stale) == (broken, ())


def test_other_steps_go_on_while_one_is_broken() -> None:
    broken = SHOP.replace('"one"}', '"one}')
    later = broken.replace("'two'", "'four'").replace(
        "outputs:", "  more: {uses: std.log}\noutputs:"
    )
    healed = healing("a.flow.yaml", SHOP, broken, later)
    assert "'four'" in healed.text
    assert steps(healed.text) == [*STEPS, "more"]
    assert stale(healed) == ["steps.check"]


def test_the_last_sound_text_counts() -> None:
    edited = SHOP.replace('"one"', '"five"')
    healed = healing("a.flow.yaml", SHOP, edited, edited.replace('"five"', '"five'))
    assert 'message: "five"}' in healed.text


def test_a_step_that_is_deleted_stays_away() -> None:
    without = SHOP.replace("  tell: {uses: std.log, with: {message: 'two'}}\n", "")
    healed = healing("a.flow.yaml", SHOP, without, without.replace('"one"', '"one'))
    assert "tell" not in steps(healed.text)


def test_a_step_that_is_deleted_beside_a_broken_one_stays_away() -> None:
    broken = SHOP.replace("charge:\n", "charge\n")
    without = broken.replace("  tell: {uses: std.log, with: {message: 'two'}}\n", "")
    healed = healing("a.flow.yaml", SHOP, broken, without)
    assert steps(healed.text) == [name for name in STEPS if name != "tell"]


def test_what_a_broken_step_swallowed_stays_while_others_are_edited() -> None:
    broken = SHOP.replace("'two'}}\n", "'two'}}")
    edited = broken.replace("name: shop", "name: shops")
    healed = healing("a.flow.yaml", SHOP, broken, edited, edited.replace("shops", "shop"))
    assert steps(healed.text) == STEPS
    assert stale(healed) == ["steps.tell", "steps.ship"]


@pytest.mark.parametrize("name", ["a.flow.yaml", "a.flow.json"])
def test_places_lead_back_to_the_document(name: str) -> None:
    text = SHOP if name.endswith("yaml") else to_json(SHOP)
    broken = text.replace('"one"', '"one', 1)
    healed = healing(name, text, broken)
    source = document(healed.text, name)
    where = {
        step: healed.place(*_span(source, "steps", step)) for step in ("check", "charge", "tell")
    }
    span, is_stale = where["check"]
    assert is_stale
    assert broken[span.start : span.end].strip('"').startswith("check")
    for step in ("charge", "tell"):
        span, is_stale = where[step]
        assert not is_stale
        assert broken[span.start : span.end].strip('"').startswith(step)


def _span(source: Document, *path: str) -> tuple[int, int]:
    span = source.locate(Place(path, "entry"))
    return span.start, span.end


# Whatever is typed or deleted


def every_name(text: str, name: str) -> set[str]:
    return set(steps(text, name))


def key_spans(found: Document, names: Iterable[str]) -> Iterator[Span]:
    """Where steps are named."""
    from flow_core.syntax.nodes import Mapping, walk

    for placed in found.blocks:
        for node in walk(placed.block.root):
            if isinstance(node, Mapping):
                for entry in node.entries:
                    if entry.key.text in names:
                        start, end = entry.key.start, entry.key.end
                        yield Span(start + placed.origin, end + placed.origin)


TEXTS = [text for text in texts() if ".flowtest." not in text.name and "broken" not in text.name]
WHOLE = [text for text in TEXTS if not text.document.problems and steps(text.text, text.name)]


@pytest.mark.parametrize("text", [*WHOLE, Text("shop.flow.yaml", SHOP)], ids=name_of)
def test_deleting_any_character_loses_no_step(text: Text) -> None:
    """But the one whose name it was in, which has another name now."""
    last = heal(text.document)
    names = every_name(text.text, text.name)
    renaming = {
        offset for span in key_spans(text.document, names) for offset in range(span.start, span.end)
    }
    cache = Cache()
    every = max(len(text.text) // 150, 1)
    for offset in range(0, len(text.text), every):
        changed = text.text[:offset] + text.text[offset + 1 :]
        found = parse(changed, text.document.kind, cache)
        healed = heal(found, last)
        lost = names - every_name(healed.text, text.name)
        assert len(lost) <= (offset in renaming), (offset, changed[offset - 20 : offset + 20], lost)


NEW = """\
  another: # is new
    description: "It's: new"
    when: "${{ steps.check.status == 'ok' && {'a': [1]}.a[0] > 0 }}"
    uses: std.log
    with: {message: "a ${{ inputs['x'] }}", level: [info, {a: 'b'}]}
    catch:
      - errors: [Busy]
        skip: true
"""


@pytest.mark.parametrize("before", ["  tell:", "  check:", "finally:"])
def test_typing_a_step_loses_no_step(before: str) -> None:
    """At every prefix of it, wherever it is typed."""
    at = SHOP.index(before)
    last = heal(document(SHOP))
    for end in range(len(NEW) + 1):
        healed = heal(document(f"{SHOP[:at]}{NEW[:end]}\n{SHOP[at:]}"), last)
        assert set(steps(healed.text)) >= set(STEPS), NEW[:end]
        last = healed
    assert "another" in steps(last.text)
    assert last.stale == ()


@pytest.mark.parametrize("typed", ["{}", "{", '{"steps": {"a": {"uses": "x"},[', '{"steps": {'])
def test_what_is_hardly_json_can_be_healed(typed: str) -> None:
    sound = '{"steps": {"a": {"uses": "x"}, "b": {"uses": "y"}}}'
    for before in ("{}", sound, '{"steps": {"a": {"uses": "x"},[ "b": {"uses": "y"}}}'):
        assert healing("a.flow.json", before, typed, sound).text == sound


def test_typing_a_step_in_json_loses_no_step() -> None:
    text = to_json(SHOP)
    new = '    "another": {"uses": "std.log", "with": {"message": "a ${{ inputs[\'x\'] }}"}},\n'
    at = text.index('    "tell"')
    last = heal(document(text, "a.flow.json"))
    for end in range(len(new) + 1):
        last = heal(document(text[:at] + new[:end] + text[at:], "a.flow.json"), last)
        assert set(steps(last.text, "a.flow.json")) >= set(STEPS), new[:end]
    assert "another" in steps(last.text, "a.flow.json")


@given(
    st.sampled_from([*WHOLE, Text("shop.flow.yaml", SHOP)]),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(["", "x", "{", "\n", '"'])),
        max_size=5,
    ),
)
@settings(max_examples=150, deadline=None)
def test_any_edits_can_be_healed(text: Text, edits: list[tuple[float, int, str]]) -> None:
    current, last = text.text, heal(text.document)
    for place, removed, piece in edits:
        at = int(place * len(current))
        current = current[:at] + piece + current[at + removed :]
        last = heal(document(current, text.name), last)
        for part in last.parts:
            span = part.unit.span
            assert 0 <= span.start <= span.end <= len(current)
            assert last.text.startswith(part.unit.text.rstrip(), part.start)
            if not part.stale:
                assert current[span.start : span.end] == part.unit.text
