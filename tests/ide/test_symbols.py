"""The outline of a file, and finding what files declare."""

import pytest
from example_texts import Text, name_of, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import ROOT, module

from flow_core.convert import to_json
from flow_core.ide.symbols.document import symbols
from flow_core.ide.symbols.pieces import DocumentSymbol
from flow_core.ide.symbols.workspace import MOST, find_symbols, nearness
from flow_core.module import Module

TEXTS = texts()
SHOP = """\
flow: 1
name: shop
version: 1.2.0
imports: {pay: ./pay.flow.yaml}
types: {Order: {fields: {id: string}}, Id: string?}
inputs: {order: Order, note: {type: string, default: ""}}
secrets: [KEY]
state:
  audit: {type: list<string>}
components:
  print: {run: {shell: [lp]}}
  mail: {run: {python: "shop:mail"}}
steps:
  check: {uses: std.log}
  each:
    steps:
      charge:
        uses: pay.charge
        compensate: {uses: pay.refund}
      tell: {uses: mail}
    catch:
      - {errors: [Busy, Lost], value: {ok: false}}
      - uses: std.log
  ship:
    switch:
      - when: ${{ inputs.note == '' }}
        steps: {pack: {uses: print}}
      - skip: true
finally:
  close: {uses: std.log}
outputs:
  id: ${{ steps.check.outputs.id }}
  sure: {value: 1, type: integer}
"""
OUTLINE = """\
shop (pipeline): 1.2.0
  imports (section)
    pay (import): ./pay.flow.yaml
  types (section)
    Order (type): object
    Id (type): string?
  inputs (section)
    order (input): Order
    note (input): string
  secrets (section)
    KEY (secret)
  state (section)
    audit (channel): list<string>
  components (section)
    print (component): shell
    mail (component): shop:mail
  steps (section)
    check (step): std.log
    each (group): steps
      charge (step): pay.charge
        compensate (compensation): pay.refund
      tell (step): mail
      catch Busy, Lost (handler): value
      catch (handler): std.log
    ship (step): switch
      when ${{ inputs.note == '' }} (branch): steps
        pack (step): print
      otherwise (branch): skip
  finally (section)
    close (step): std.log
  outputs (section)
    id (output): ${{ steps.check.outputs.id }}
    sure (output): 1
"""


def shown(symbol: DocumentSymbol, indent: str = "") -> str:
    detail = f": {symbol.detail}" if symbol.detail else ""
    inside = "".join(shown(child, f"{indent}  ") for child in symbol.children)
    return f"{indent}{symbol.name} ({symbol.kind}){detail}\n{inside}"


def outline(found: Module) -> str:
    symbol = symbols(found)
    return shown(symbol) if symbol else ""


@pytest.mark.parametrize("name", ["a.flow.yaml", "a.flow.json"])
def test_outline(name: str) -> None:
    text = SHOP if name.endswith("yaml") else to_json(SHOP)
    assert outline(module(text, name=name)) == OUTLINE


# A text, and its outline without the file itself.
CASES = [
    ("steps:\n  a:\n    uses: x\n  hal", ["steps", "  a: x", "  hal"]),
    ("steps:\n  a: {uses: [\n  b: {uses: y}\n", ["steps", "  a", "  b: y"]),
    ("steps: {}\nother: {a: 1}", ["steps"]),
    ("steps:\n  a: &x {uses: z}\n  b: *x\n", ["steps", "  a: z", "  b: z"]),
    ("steps:\n  a: {switch: [{when: >\n      x\n      y, uses: b}]}", ["steps", "  a: switch"]),
    ("types: {A: {$ref: ./a.json}}", ["types", "  A: ./a.json"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_outline_of_parts_and_of_what_is_broken(text: str, expected: list[str]) -> None:
    found = symbols(module(text))
    assert found is not None
    lines = [line.rstrip() for child in found.children for line in shown(child).split("\n") if line]
    short = [line.replace(" (section)", "").replace(" (step)", "") for line in lines]
    assert [line.replace(" (type)", "") for line in short][: len(expected)] == expected


def test_outline_of_scenarios() -> None:
    text = (
        "flow_test: 1\npipeline: ./a.flow.yaml\nscenarios:\n  it works: {description: Why not.}\n"
    )
    found = outline(module(text, name="a.flowtest.yaml"))
    expected = "scenarios (section)\n    it works (scenario): Why not.\n"
    assert found == f"a.flowtest.yaml (scenarios)\n  {expected}"


def test_a_file_without_keys_has_no_outline() -> None:
    assert symbols(module("")) is None


def check(found: Module) -> None:
    symbol = symbols(found)
    if symbol is not None:
        check_symbol(symbol, len(found.document.text))


def check_symbol(symbol: DocumentSymbol, end: int) -> None:
    assert symbol.name
    assert 0 <= symbol.span.start <= symbol.selection.start
    assert symbol.selection.start <= symbol.selection.end <= symbol.span.end <= end
    behind = symbol.span.start
    for child in symbol.children:
        assert behind <= child.span.start
        assert child.span.end <= symbol.span.end
        behind = child.span.end
        check_symbol(child, end)


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_symbols_are_nested_and_in_order(text: Text) -> None:
    check(module(text.text, name=text.name))


@given(st.sampled_from(TEXTS), st.floats(0, 1), st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_symbols_of_what_is_broken_are_too(text: Text, place: float, removed: int) -> None:
    at = int(place * len(text.text))
    check(module(text.text[:at] + text.text[at + removed :], name=text.name))


# What is typed, and the names that are found, the nearest first.
QUERIES = [
    ("charge", ["charge"]),
    ("ch", ["check", "charge", "each"]),
    ("CHARGE", ["charge"]),
    ("cke", []),
    ("std", []),
    ("comp", []),
    ("ord", ["Order", "order"]),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_search(query: str, expected: list[str]) -> None:
    assert [found.name for found in find_symbols([module(SHOP)], query)] == expected


def test_found_symbols_say_where_they_are() -> None:
    (found,) = find_symbols([module(SHOP), module("a: 1", name="b.flow.yaml")], "pack")
    span = found.location.span
    assert (found.container, found.kind, found.location.file) == (
        "ship",
        "step",
        f"{ROOT}/a.flow.yaml",
    )
    assert SHOP[span.start : span.end] == "pack"


def test_an_empty_query_finds_all_up_to_a_bound() -> None:
    names = "".join(f"  s{number}: {{uses: std.log}}\n" for number in range(MOST + 50))
    assert len(find_symbols([module(f"steps:\n{names}")], "")) == MOST


@pytest.mark.parametrize(
    "names",
    [
        ["pay", "payments", "pay_back_all", "repay", "p_l_a_y", "replay_all"],
        ["chargeCard", "xchargecard"],
    ],
)
def test_nearer_names_come_first(names: list[str]) -> None:
    query = {"pay": "pay"}.get(names[0], "card")
    scores = [nearness(query, name) for name in names]
    assert all(score is not None for score in scores)
    assert scores == sorted(scores, key=lambda score: -(score or 0))
