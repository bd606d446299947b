"""Values: words, strings by their format, names of steps and errors, literals by their type."""

import pytest
from accepting import accepted, offered
from small_shop import FILES, HEAD

STEPS = f"{HEAD}steps:\n  a:\n    uses: shop.charge\n  b:\n    uses: shop.charge\n"
LATER = "  c:\n    depends_on: [b]\n    uses: std.log\n    with: {message: x}\n"

OFFERED: dict[str, tuple[str, list[str], list[str]]] = {
    # where, what is offered first and in this order, what is not offered at all
    "a constant": ("flow: ‸", ["1"], []),
    "words": (f"{STEPS}    retry: {{backoff: ‸}}", ["fixed", "linear", "exponential"], []),
    "half a word": (f"{STEPS}    retry: {{backoff: ex‸}}", ["fixed"], []),
    "a boolean": (f"{STEPS}    fail_fast: ‸", ["true", "false"], []),
    "a boolean that is there": (f"{STEPS}    fail_fast: fal‸se", ["true", "false"], []),
    "a duration": (f"{STEPS}    timeout: ‸", ["30s", "1s"], []),
    "the digits of a duration": (f"{STEPS}    timeout: 90‸", ["90s", "90m", "90h", "90d"], ["30s"]),
    "more of a duration": (f"{STEPS}    timeout: 1h30‸", ["1h30s", "1h30m"], []),
    "a cron": ('schedule:\n  - cron: "‸"', ["0 6 * * *", "0 6 * * 1-5"], []),
    "a time zone": ("schedule:\n  - timezone: ‸", ["UTC", "Africa/Abidjan"], []),
    "letters of a time zone": ("schedule:\n  - timezone: eurberl‸", ["Europe/Berlin"], ["UTC"]),
    "a version": ("version: ‸", ["1.0.0"], []),
    "a reducer": ("state:\n  a: {reduce: ‸}", ["append", "merge", "last"], []),
    "a method": (
        "components:\n  c: {run: {http: {method: ‸}}}",
        ["GET", "HEAD", "POST", "PUT"],
        [],
    ),
    "steps in a list": (f"{STEPS}    depends_on: [‸]\n{LATER}", ["a"], ["b", "c"]),
    "steps that are in the list already": (f"{STEPS}    depends_on: [a, ‸]", [], ["a"]),
    "steps one below the other": (f"{STEPS}    depends_on:\n      - ‸", ["a"], ["b"]),
    "steps of a map": (f"{STEPS}    depends_on: {{‸}}", ["a"], ["b"]),
    "a list or a map": (f"{STEPS}    depends_on: ‸", ["a", "a: …"], []),
    "a status": (
        f"{STEPS}    depends_on: {{a: ‸}}",
        ["succeeded", "failed", "skipped", "cancelled", "settled"],
        [],
    ),
    "one of several": (
        f"{STEPS}    depends_on: {{a: [failed, ‸]}}",
        ["succeeded", "skipped", "cancelled", "settled"],
        ["failed"],
    ),
    "a step of `finally`": (
        f"{STEPS}finally:\n  f:\n    depends_on: [‸]\n  g: {{uses: std.log}}",
        ["a", "b", "g"],
        ["f"],
    ),
    "errors to retry": (
        f"{STEPS}    retry: {{errors: [‸]}}",
        ["CardDeclined", "GatewayError", "timeout", "circuit_open", "unexpected", "type_error"],
        ["expression_error", "cancelled", "repeat_exhausted"],
    ),
    "errors to catch": (
        f"{STEPS}    catch:\n      - errors: [CardDeclined]\n      - errors: [‸]",
        ["GatewayError", "timeout"],
        ["CardDeclined", "cancelled"],
    ),
    "errors that open a breaker": (
        (
            "components:\n  c:\n    errors: {Busy: x, Gone: y}\n"
            "    circuit_breaker: {errors: [Busy, ‸]}\n"
        ),
        ["Gone"],
        ["Busy", "timeout"],
    ),
    "errors of a pipeline": (
        f"errors: [‸]\n{STEPS}",
        ["CardDeclined", "GatewayError"],
        ["timeout", "unexpected"],
    ),
    "a value of an enum": (f"{STEPS}    with: {{currency: ‸}}", ["eur", "usd"], []),
    "a default of an enum": ("inputs:\n  a: {enum: [x, y], default: ‸}", ["x", "y"], []),
    "an input of a schedule": (
        "inputs: {a: boolean}\nschedule:\n  - cron: x\n    inputs: {a: ‸}",
        ["true", "false"],
        [],
    ),
    "what an input may be as a whole": (
        f"{STEPS}    with:\n      order: ‸",
        ["inputs.order", "${{ … }}", "{id, total, lines}", "null"],
        [],
    ),
    "properties of a value": (
        f"{STEPS}    with:\n      order:\n        id: x\n        ‸",
        ["total", "lines", "note"],
        ["id"],
    ),
    "properties deep inside": (
        f"{STEPS}    with: {{order: {{lines: [{{‸}}]}}}}",
        ["sku", "qty"],
        [],
    ),
    "required properties of a schema": (
        "types:\n  A: {properties: {x: any, y: any}, required: [x, ‸]}",
        ["y"],
        ["x"],
    ),
    "a format": ("types:\n  A: {type: string, format: ‸}", ["date", "date-time", "duration"], []),
    "a code to ignore": ("x-flow-ignore: [‸]", ["FL001"], []),
}


@pytest.mark.parametrize(("text", "first", "none"), OFFERED.values(), ids=OFFERED)
def test_what_is_offered(text: str, first: list[str], none: list[str]) -> None:
    found = list(offered(text, files=FILES))
    assert found[: len(first)] == first
    assert not set(none).intersection(found)


WRITTEN = {
    # where, what is accepted, what the line is then
    "behind a colon": (f"{STEPS}    timeout:‸", "30s", "    timeout: 30s‸"),
    "behind a colon and a blank": (f"{STEPS}    timeout: ‸", "30s", "    timeout: 30s‸"),
    "in the place of another": (f"{STEPS}    timeout: 1‸m", "1h", "    timeout: 1h‸"),
    "what needs quotes": ("schedule:\n  - cron: ‸", "*/5 * * * *", '  - cron: "*/5 * * * *"‸'),
    "within quotes": ('schedule:\n  - cron: "0‸"', "0 * * * *", '  - cron: "0 * * * *"‸'),
    "a name in brackets": (f"{STEPS}    depends_on: [‸]", "a", "    depends_on: [a‸]"),
    "brackets too": (f"{STEPS}    depends_on: ‸", "a", "    depends_on: [a]‸"),
    "a map": (f"{STEPS}    depends_on: ‸", "a: …", "    depends_on:\n      a: succeeded‸"),
    "the dash too": (f"{STEPS}    depends_on:\n      ‸", "a", "      - a‸"),
    "brackets that nobody closed": (
        f"{STEPS}    depends_on: [‸\n    timeout: 3s",
        "a",
        "    depends_on: [a]‸\n    timeout: 3s",
    ),
    "a new value": (
        f"{STEPS}    with:\n      order: ‸",
        "{id, total, lines}",
        (
            "      order:\n        id: id‸\n        total: 0\n        lines:\n"
            "          - sku: sku\n            qty: 1"
        ),
    ),
    "a new value in braces": (
        f"{STEPS}    with: {{order: ‸}}",
        "{id, total, lines}",
        "    with: {order: {id: id‸, total: 0, lines: [{sku: sku, qty: 1}]}}",
    ),
}


@pytest.mark.parametrize(("text", "label", "line"), WRITTEN.values(), ids=WRITTEN)
def test_what_a_value_writes(text: str, label: str, line: str) -> None:
    start = text.rfind("\n", 0, text.index("‸")) + 1
    found = accepted(text, label, files=FILES)
    assert found[start : start + len(line)] == line


JSON = {
    "a text": ('{"version": ‸}', "1.0.0", '{"version": "1.0.0"‸}'),
    "a number": ('{"flow": ‸}', "1", '{"flow": 1‸}'),
    "within quotes": ('{"version": "‸"}', "1.0.0", '{"version": "1.0.0"‸}'),
    "without quotes": (
        '{"state": {"a": {"reduce": ap‸}}}',
        "append",
        '{"state": {"a": {"reduce": "append"‸}}}',
    ),
    "a boolean": (
        '{"steps": {"a": {"fail_fast": ‸}}}',
        "false",
        '{"steps": {"a": {"fail_fast": false‸}}}',
    ),
    "without a comma behind": (
        '{\n  "flow": ‸\n  "name": "x"\n}',
        "1",
        '{\n  "flow": 1,‸\n  "name": "x"\n}',
    ),
}


@pytest.mark.parametrize(("text", "label", "result"), JSON.values(), ids=JSON)
def test_what_a_value_writes_in_json(text: str, label: str, result: str) -> None:
    assert accepted(text, label, "a.flow.json") == result


def test_many_values_are_cut_and_narrowed_by_what_is_typed() -> None:
    assert len(offered("schedule:\n  - timezone: ‸")) == 200
    assert len(offered("schedule:\n  - timezone: berl‸")) < 10


def test_details_say_what_values_mean() -> None:
    found = offered(f"{STEPS}    retry: {{errors: [‸]}}", files=FILES)
    assert found["GatewayError"].detail == "the gateway did not answer"
    assert found["timeout"].detail == "an attempt reached its timeout, or retry.max_duration"
    crons = offered("schedule:\n  - cron: ‸")
    assert crons["0 6 * * 1-5"].detail == "from Monday to Friday at 06:00"
    words = offered(f"{STEPS}    retry: {{backoff: ‸}}", files=FILES)
    assert words["fixed"].detail == "default"
    steps = offered(f"{STEPS}    depends_on: [‸]", files=FILES)
    assert steps["a"].detail == "shop.charge"


def test_what_only_removes_a_default_is_offered_where_there_is_one() -> None:
    assert "null" in offered(f"{STEPS}    timeout: ‸", files=FILES)
    assert "null" not in offered("steps:\n  a:\n    timeout: ‸")
