"""Keys: which are offered where, and what accepting one writes."""

import pytest
from accepting import accepted, offered
from marked import at
from small_shop import FILES, HEAD

from flow_core.ide.completion import complete

STEP = f"{HEAD}steps:\n  a:\n    uses: shop.charge\n  b:\n"

OFFERED: dict[str, tuple[str, list[str], list[str]]] = {
    # where, what is offered first and in this order, what is not offered at all
    "a fresh file": ("‸", ["flow", "name", "steps"], ["uses"]),
    "behind a comment": ("# what it is for\n‸", ["flow", "name", "steps"], []),
    "half a word": ("flow: 1\nna‸", ["name"], ["flow"]),
    "the margin below steps": (f"{STEP}    uses: std.log\n‸", ["version"], ["uses", "steps"]),
    "a step without a call": (f"{STEP}    ‸\n", ["uses", "steps", "switch"], ["with"]),
    "a step with `uses`": (f"{STEP}    uses: shop.ask\n    ‸", ["with"], ["steps", "switch"]),
    "a step with `with` alone": (f"{STEP}    with: {{}}\n    ‸", ["uses"], ["steps", "switch"]),
    "a group": (f"{STEP}    steps: {{}}\n    ‸", ["outputs"], ["uses", "with"]),
    "a half-typed key between others": (
        f"{STEP}    uses: std.log\n    ti‸\n    with: {{message: x}}\n",
        ["description"],
        ["uses", "with"],
    ),
    "a key that is changed": (f"{STEP}    uses: std.log\n    time‸r: 3s", ["with"], ["uses"]),
    "an output in braces": ("outputs: {url: {‸}}", ["value", "type", "description"], []),
    "an output of a group": (
        f"{STEP}    steps: {{}}\n    outputs:\n      url: {{type: string, ‸}}",
        ["value", "description"],
        ["type"],
    ),
    "an output that is data": ("outputs: {url: {other: 1, ‸}}", [], ["value", "type"]),
    "an output below its name": (
        "outputs:\n  url:\n    ‸",
        ["run.id", "run.pipeline", "run.scheduled_at", "value", "${{ … }}"],
        [],
    ),
    "a policy": (f"{STEP}    retry:\n      ‸", ["max_attempts", "delay"], ["uses"]),
    "a policy on one line": (f"{STEP}    retry: {{delay: 1s, ‸}}", ["max_attempts"], ["delay"]),
    "a policy that is never closed": (f"{STEP}    retry: {{‸\n    uses: x", ["max_attempts"], []),
    "a handler": (f"{STEP}    catch:\n      - ‸", ["uses", "steps"], ["depends_on"]),
    "the next line of a handler": (
        f"{STEP}    catch:\n      - errors: [x]\n        ‸",
        ["uses", "steps", "switch", "value", "skip"],
        ["errors"],
    ),
    "the next handler": (f"{STEP}    catch:\n      - skip: true\n      ‸", ["uses"], []),
    "a branch": (f"{STEP}    switch:\n      - when: true\n        ‸", ["uses"], ["when"]),
    "a step of the end": ("steps: {}\nfinally:\n  x:\n    ‸", ["uses"], []),
    "a type of text": (
        "types:\n  A:\n    type: string\n    ‸",
        ["fields", "description", "default", "enum", "format"],
        ["type"],
    ),
    "a component": ("components:\n  c:\n    ‸", ["run"], ["steps"]),
    "what runs it": ("components:\n  c:\n    run: {‸}", ["python", "shell", "http", "flow"], []),
    "how Python runs": ("components:\n  c:\n    run: {python: a:b, ‸}", ["executor"], ["shell"]),
}


@pytest.mark.parametrize(("text", "first", "none"), OFFERED.values(), ids=OFFERED)
def test_what_is_offered(text: str, first: list[str], none: list[str]) -> None:
    found = list(offered(text, files=FILES))
    assert found[: len(first)] == first
    assert not set(none).intersection(found)


WRITTEN = {
    # where, what is accepted, what the line is then and those below it
    "a constant": ("‸", "flow", "flow: 1‸"),
    "a value": (f"{STEP}    ‸", "timeout", "    timeout: ‸"),
    "a word": ("state:\n  a:\n    ‸", "reduce", "    reduce: append‸"),
    "a flag that is on by default": (f"{STEP}    ‸", "fail_fast", "    fail_fast: false‸"),
    "a condition": (f"{STEP}    ‸", "when", "    when: ${{ ‸ }}"),
    "a condition in braces": (f"{STEP}    retry: {{‸}}", "when", '    retry: {when: "${{ ‸ }}"}'),
    "a list of names": (f"{STEP}    ‸", "depends_on", "    depends_on: [‸]"),
    "a list of mappings": (f"{STEP}    ‸", "catch", "    catch:\n      - ‸"),
    "a mapping": (f"{STEP}    ‸", "set", "    set:\n      ‸"),
    "required keys": (f"{STEP}    ‸", "retry", "    retry:\n      max_attempts: ‸"),
    "required keys and an expression": (
        f"{STEP}    ‸",
        "repeat",
        "    repeat:\n      until: ${{ ‸ }}\n      max_iterations: ",
    ),
    "a list with required keys": ("‸", "schedule", 'schedule:\n  - cron: "‸"'),
    "the first of names": ("‸", "steps", "steps:\n  name‸:\n    "),
    "required inputs": (
        f"{STEP}    uses: shop.ask\n    ‸",
        "with",
        "    with:\n      question: question‸",
    ),
    "half a word": (f"{STEP}    ti‸", "timeout", "    timeout: ‸"),
    "a word in quotes": (f"{STEP}    'ti‸'", "timeout", "    'timeout': ‸"),
    "a key that has its value": (f"{STEP}    tim‸er: 3s", "timeout", "    timeout‸: 3s"),
    "a key that is missing before its colon": (
        f"{STEP}    ‸: {{max_attempts: 3, delay: 1s}}",
        "retry",
        "    retry‸: {max_attempts: 3, delay: 1s}",
    ),
    "a key that is missing above its value": (
        f"{STEP}    ‸:\n      max_attempts: 3",
        "retry",
        "    retry‸:\n      max_attempts: 3",
    ),
    "a key that is missing in braces": (
        f"{STEP}    retry: {{‸: 3, delay: 1s}}",
        "max_attempts",
        "    retry: {max_attempts‸: 3, delay: 1s}",
    ),
    "a key that is missing behind a dash": (
        f"{STEP}    catch:\n      - ‸: true",
        "skip",
        "      - skip‸: true",
    ),
    "behind a dash": (f"{STEP}    catch:\n      - ‸", "errors", "      - errors: [‸]"),
    "a mapping behind a dash": (
        f"{STEP}    catch:\n      - ‸",
        "retry",
        "      - retry:\n          max_attempts: ‸",
    ),
    "behind a dash without a blank": (f"{STEP}    catch:\n      -‸", "skip", "      - skip: true‸"),
    "a new item": (f"{STEP}    catch:\n      ‸", "skip", "      - skip: true‸"),
    "below a key on its line": (f"{STEP}    retry: ‸", "delay", "    retry:\n      delay: ‸"),
    "a list below a key on its line": (
        f"{STEP}    catch: ‸",
        "errors",
        "    catch:\n      - errors: [‸]",
    ),
    "before another in braces": (
        f"{STEP}    retry: {{‸delay: 1s}}",
        "delay",
        "    retry: {delay‸: 1s}",
    ),
    "in braces that nobody closed": (
        f"{STEP}    retry: {{‸\n    when: true",
        "delay",
        "    retry: {delay: ‸}",
    ),
    "deeper than two blanks": (
        "steps:\n    a:\n        ‸",
        "retry",
        "        retry:\n            max_attempts: ‸",
    ),
}


@pytest.mark.parametrize(("text", "label", "line"), WRITTEN.values(), ids=WRITTEN)
def test_what_a_key_writes(text: str, label: str, line: str) -> None:
    start = text.rfind("\n", 0, text.index("‸")) + 1
    found = accepted(text, label, files=FILES)
    assert found[start : start + len(line)] == line


JSON = {
    "a constant": ("{‸}", "flow", '{"flow": 1‸}'),
    "a text": ('{"flow": 1, ‸}', "name", '{"flow": 1, "name": "‸"}'),
    "within quotes": ('{"fl‸"}', "flow", '{"flow": 1‸}'),
    "within quotes that nobody closed": ('{"fl‸', "flow", '{"flow": 1‸'),
    "a key that has its value": ('{"fl‸": 1}', "flow", '{"flow"‸: 1}'),
    "a key that is missing before its colon": (
        '{\n  ‸: 1,\n  "name": "x"}',
        "flow",
        '{\n  "flow"‸: 1,\n  "name": "x"}',
    ),
    "a key that is missing behind a comma": (
        '{"name": "x",‸ : 1}',
        "flow",
        '{"name": "x", "flow"‸ : 1}',
    ),
    "without a comma before": ('{"flow": 1 ‸}', "name", '{"flow": 1, "name": "‸"}'),
    "without a comma behind": ('{‸ "name": "x"}', "flow", '{"flow": 1,‸ "name": "x"}'),
    "on lines of their own": (
        '{\n  "flow": 1\n  ‸\n}',
        "steps",
        '{\n  "flow": 1,\n  "steps": {\n    "name‸": {\n      \n    }\n  }\n}',
    ),
    "on one line": (
        '{"steps": {"a": {‸}}}',
        "retry",
        '{"steps": {"a": {"retry": {"max_attempts": ‸}}}}',
    ),
    "a condition": ('{"steps": {"a": {‸}}}', "when", '{"steps": {"a": {"when": "${{ ‸ }}"}}}'),
    "a list": ('{"steps": {"a": {‸}}}', "depends_on", '{"steps": {"a": {"depends_on": ["‸"]}}}'),
    "a mapping for a value": ('{"steps": {"a": ‸}}', "uses", '{"steps": {"a": {"uses": "‸"}}}'),
    "a file of nothing": ("‸", "flow", '{"flow": 1}‸'),
}


@pytest.mark.parametrize(("text", "label", "result"), JSON.values(), ids=JSON)
def test_what_a_key_writes_in_json(text: str, label: str, result: str) -> None:
    assert accepted(text, label, "a.flow.json") == result


NOTHING = {
    "in a comment": "flow: 1  # a ‸",
    "in a value that is free": "name: ‸",
    "in a text": "description: what it ‸",
    "behind a value": "flow: 1 ‸",
    "in the margin of a line": "steps:\n  a:\n  ‸  uses: std.log\n",
    "left of what belongs together": "steps:\n  a:\n    uses: std.log\n‸\n    timeout: 3s\n",
    "between a colon and a value": "steps: ‸ {a: 1}\n",
    "under a name of data": "metadata:\n  ‸",
    "deeper than a value": "name: x\n    ‸",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_nothing_is_offered(text: str) -> None:
    assert not offered(text)


def test_blanks_that_indent_a_line_ask_for_nothing() -> None:
    cursor = at(f"{STEP}    ‸")
    assert complete(cursor).items
    assert not complete(cursor, typed=" ").items
    assert complete(at(f"{STEP}    timeout: ‸"), typed=" ").items


def test_details_say_what_a_key_takes() -> None:
    found = offered(f"{STEP}    ‸", files=FILES)
    assert found["timeout"].detail == "duration or null"
    assert found["timeout"].kind == "key"
    assert found["max_parallel"].sort > found["catch"].sort, "it says nothing without `for_each`"


def test_without_snippets_a_text_ends_where_something_is_to_be_written() -> None:
    found = {i.label: i for i in complete(at(f"{STEP}    ‸"), snippets=False).items}
    assert not any(item.is_snippet for item in found.values())
    assert found["retry"].text == "retry:\n  max_attempts: "
    assert found["when"].text == "when: "
