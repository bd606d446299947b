"""What only looks different is no change, and changes look the same from both sides."""

import json
import random
from typing import Any

import pytest
import yaml
from comparing import BASE, LIBRARY, compared, edited, module_of, told
from hypothesis import given, settings
from hypothesis import strategies as st
from test_changes import CHANGES, IN_LIBRARY

from flow_core.convert import convert
from flow_core.diff import compare

SAME = [
    # Written in another way
    "order: Order => order: {type: Order}",
    "note: string? => note: {type: [string, 'null']}",
    "note: string? => note: {type: string?, default: null}",
    "note: string? => note: {anyOf: [string, 'null']}",
    "lines: list<shop.Line> => lines: {type: array, items: shop.Line}",
    "order: Order => order: {fields: {id: string, total: number, lines: list<shop.Line>}}",
    "[eu, us], default => [us, eu], default",
    "enum: [eu, us] => enum: ['eu', \"us\"]",
    "cost: 5.0 => cost: 5",
    "duration: 3d => duration: 72h",
    "timeout: 2d => timeout: 48h",
    "[Declined, Busy] => [Busy, Declined]",
    "inputs.order.total > 100.0 => inputs.order.total>100.0",
    "inputs.order.total > 100.0 => (inputs.order['total'] > 100.0)",
    "${{ steps.charge.outputs.state }} => ${{steps.charge.outputs.state}}",
    "[charge]\n    for => {charge: succeeded}\n    for",
    (
        "state: ${{ steps.charge.outputs.state }} => "
        "state: {value: '${{ steps.charge.outputs.state }}'}"
    ),
    (
        "receipt: ${{ steps.charge.outputs.receipt }}\n  state => "
        "receipt: {type: string, value: '${{ steps.charge.outputs.receipt }}'}\n  state"
    ),
    "flow: 1\n => # a comment\nflow: 1\n",
    "> 100.0 }} => > 100.0 }}  # flow: ignore[FL203] it is so",
    # Defaults, written out
    "backoff: exponential => backoff: exponential, factor: 2, jitter: 0",
    'cron: "0 6 * * *" => overlap: skip, timezone: UTC, cron: "0 6 * * *"',
    "max_parallel: 4 => fail_fast: true\n    max_parallel: 4",
    "uses: shop.mail\n => uses: shop.mail\n    timeout: 30s\n",
    "amount: ${{ inputs.order.total }} => amount: ${{ inputs.order.total }}\n      key: none",
    "uses: shop.mail\n => uses: shop.mail\n    depends_on: [charge]\n",
]


@pytest.mark.parametrize("edit", SAME)
def test_another_spelling_is_no_change(edit: str) -> None:
    assert compared(edit) == []


def test_defaults_that_move_to_the_steps_are_no_change() -> None:
    new = edited(
        BASE,
        "defaults: {timeout: 30s}\n => ",
        "    uses: shop => " + "    timeout: 30s\n    uses: shop",
        "{uses: std.log => {timeout: 30s, uses: std.log",
    )
    assert told(compare(module_of(BASE), module_of(new))) == []


@pytest.mark.parametrize("text", [BASE, LIBRARY])
def test_json_is_no_change(text: str) -> None:
    converted = convert(text, "json").text
    assert told(compare(module_of(text), module_of(converted, "json"))) == []


@given(st.sets(st.sampled_from(sorted(CHANGES)), max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_nothing_differs_from_itself_however_it_is_laid_out(
    edits: set[str], rng: random.Random
) -> None:
    text = applied(edits)
    assert told(compare(module_of(text), module_of(text))) == []
    data = shuffled(yaml.safe_load(text), rng)
    flow = rng.choice([True, False, None])
    width = rng.choice([80, 1000])
    dumped = yaml.safe_dump(data, sort_keys=False, default_flow_style=flow, width=width)
    assert told(compare(module_of(text), module_of(dumped))) == []
    assert told(compare(module_of(text), module_of(json.dumps(data), "json"))) == []


@given(
    st.sets(st.sampled_from(sorted(CHANGES)), max_size=4),
    st.sets(st.sampled_from(sorted(CHANGES)), max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_from_the_other_side_it_looks_the_other_way_round(one: set[str], other: set[str]) -> None:
    old, new = applied(one), applied(other)
    there = compare(module_of(old), module_of(new)).changes
    back = compare(module_of(new), module_of(old)).changes
    mirror = {"added": "removed", "removed": "added"}
    assert sorted(
        (mirror.get(each.kind, each.kind), each.before, each.after) for each in there
    ) == (sorted((each.kind, each.after, each.before) for each in back))


def applied(edits: set[str]) -> str:
    """The pipeline after those of the edits that go together."""
    text = BASE
    for edit in sorted(edits):
        old, _, new = edit.partition(" => ")
        candidate = text.replace(old, new)
        text = text if module_of(candidate).document.problems else candidate
    return text


def shuffled(data: Any, rng: random.Random) -> Any:
    """The same data, its keys in another order."""
    if isinstance(data, dict):
        entries = list(data.items())
        rng.shuffle(entries)
        return {key: shuffled(value, rng) for key, value in entries}
    return [shuffled(item, rng) for item in data] if isinstance(data, list) else data


def test_the_order_of_changes_is_always_the_same() -> None:
    edits = sorted(CHANGES)[:20]
    new = module_of(applied(set(edits)))
    found = compare(module_of(BASE), new)
    assert found == compare(module_of(BASE), new)
    assert list(found.changes) == sorted(found.changes, key=lambda change: change.order)


def test_the_tables_are_not_empty() -> None:
    assert len(CHANGES) > 50
    assert len(IN_LIBRARY) > 10
