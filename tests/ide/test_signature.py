"""Signature help: the mark is the cursor; the active parameter is in `⟨…⟩` in the answer."""

import pytest
from marked import at
from small_shop import FILES, HEAD

from flow_core.ide.signature import Help, signature_help

FUNCTIONS = {
    "the first argument": ("size(‸)", "size(⟨string|bytes|list|map⟩) -> integer"),
    "a second argument": ("range(1, ‸)", "range(integer, ⟨integer⟩) -> list<integer>"),
    "an overload by its count": (
        "'a'.indexOf('b', ‸)",
        "string.indexOf(string, ⟨integer⟩) -> integer",
    ),
    "the shorter one first": ("'a'.indexOf(‸'b')", "string.indexOf(⟨string⟩) -> integer"),
    "what is behind the cursor counts": (
        "'a'.indexOf(‸'b', 1)",
        "string.indexOf(⟨string⟩, integer) -> integer",
    ),
    "a repeated parameter": ("coalesce(1, 2, ‸3)", "coalesce(⟨any?*⟩)"),
    "an overload by its target": ("duration('1h').getHours(‸)", "duration.getHours() -> integer"),
    "another by its target": ("timestamp('x').getHours(‸)", "datetime.getHours() -> integer"),
    "another by target and count": (
        "timestamp('x').getHours('‸')",
        "datetime.getHours(⟨string⟩) -> integer",
    ),
    "a function of its own": ("matches('a', ‸'b')", "matches(string, ⟨string⟩) -> boolean"),
    "the same as a member": ("'a'.matches(‸'b')", "string.matches(⟨string⟩) -> boolean"),
    "a namespace": ("lists.range(‸3)", "lists.range(⟨integer⟩) -> list<integer>"),
    "a macro": ("inputs.order.lines.map(l, ‸l.qty)", "list.map(x, ⟨value⟩)"),
    "a macro with a condition": ("inputs.order.lines.map(l, true, ‸l)", "list.map(x, ⟨value⟩)"),
    "a test of presence": ("has(‸)", "has(⟨value.property⟩)"),
    "the innermost call": ("size(range(1, ‸2))", "range(integer, ⟨integer⟩) -> list<integer>"),
    "behind an inner call": ("range(size('a'), ‸)", "range(integer, ⟨integer⟩) -> list<integer>"),
    "in a list": ("range(size([1, 2, ‸]))", "size(⟨string|bytes|list|map⟩) -> integer"),
    "in brackets": ("range(0, (1 + ‸2))", "range(integer, ⟨integer⟩) -> list<integer>"),
    "a call that is not closed": ("range(1, ‸", "range(integer, ⟨integer⟩) -> list<integer>"),
    "a comma in a text": ("chunk('a, b', ‸2)", "chunk(list, ⟨integer⟩)"),
}
NO_FUNCTIONS = {
    "before the brackets": "siz‸e('a')",
    "behind the call": "size('a')‸ + 1",
    "an unknown function": "nothing(‸)",
    "brackets that call nothing": "(1 + ‸2)",
}
CALL = "steps:\n  a:\n    uses: shop.charge\n"
CHARGE = "shop.charge(amount: number, key: string, currency?: string, order?: Order?) -> {receipt: string, hint: string?}"  # noqa: E501 -- as it is shown
COMPONENTS = {
    "the name of an input": ("    with: {amo‸unt: 1}\n", "amount: number"),
    "its value": ("    with:\n      key: ‸x\n", "key: string"),
    "deep in its value": ("    with: {order: {lines: [{qty: ‸1}]}}\n", "order?: Order?"),
    "a new line": ("    with:\n      amount: 1\n      ‸\n", "key: string"),
    "nothing yet": ("    with:\n      ‸\n", "amount: number"),
    "an unknown name": ("    with: {amount: 1, x‸: 1}\n", "key: string"),
    "in an expression": ('    with: {currency: "${{ inputs.re‸gion }}"}\n', "currency?: string"),
    "a handler": ("    catch:\n      - uses: shop.charge\n        with: {key: ‸}\n", "key: string"),
}


def shown(found: Help | None) -> str | None:
    """The active signature, its active parameter marked."""
    if found is None:
        return None
    signature = found.signatures[found.active]
    if not signature.parameters:
        return signature.label
    span = signature.parameters[found.parameter].span
    label = signature.label
    return f"{label[: span.start]}⟨{label[span.start : span.end]}⟩{label[span.end :]}"


def in_expression(source: str) -> Help | None:
    text = f'{HEAD}steps:\n  a:\n    when: "${{{{ {source} }}}}"\n    uses: shop.ask\n'
    return signature_help(at(text, files=FILES))


@pytest.mark.parametrize(("source", "expected"), FUNCTIONS.values(), ids=FUNCTIONS)
def test_help_in_the_call_of_a_function(source: str, expected: str) -> None:
    assert shown(in_expression(source)) == expected


@pytest.mark.parametrize("source", NO_FUNCTIONS.values(), ids=NO_FUNCTIONS)
def test_no_help_elsewhere_in_an_expression(source: str) -> None:
    assert in_expression(source) is None


@pytest.mark.parametrize(("text", "expected"), COMPONENTS.values(), ids=COMPONENTS)
def test_help_in_the_arguments_of_a_component(text: str, expected: str) -> None:
    found = signature_help(at(f"{HEAD}{CALL}{text}", files=FILES))
    assert shown(found) == CHARGE.replace(expected, f"⟨{expected}⟩")


@pytest.mark.parametrize("text", ["uses: shop.ch‸arge", "uses: gone.x\n    with: {a: ‸1}"])
def test_no_help_elsewhere_in_a_step(text: str) -> None:
    assert signature_help(at(f"{HEAD}steps:\n  a:\n    {text}\n", files=FILES)) is None


def test_help_tells_what_things_mean() -> None:
    found = signature_help(at(f"{HEAD}{CALL}    with: {{currency: ‸eur}}\n", files=FILES))
    assert found is not None
    assert found.signatures[0].doc == "Charge a card."
    amount, *_, currency, _ = found.signatures[0].parameters
    assert amount.doc == "How much; minimum `0`"
    assert currency.doc == 'one of `"eur"` or `"usd"`\n\nDefault: `"eur"`'


def test_all_overloads_are_there() -> None:
    found = in_expression("'a'.replace(‸'b', 'c')")
    assert found is not None
    assert [len(each.parameters) for each in found.signatures] == [2, 3]
    assert found.signatures[0].doc == "With a text replaced, at most so many times."
