"""Links: which words lead where."""

import pytest
from example_texts import EXAMPLES, Text, name_of, texts
from marked import ROOT, module

from flow_core.ide.links import Link, links

FILES = {
    "lib.flow.yaml": "components: {}\n",
    "sub/b.flow.yaml": "flow: 1\nname: b\nsteps: {}\n",
    "types.schema.json": '{"$defs": {"Line": {"type": "object"}}}',
    "shop/__init__.py": "",
    "shop/steps.py": "import os\n\n\nasync def charge(): ...\n",
}

# A text, and its links: the words, and where they lead.
CASES = [
    ("imports: {a: lib.flow.yaml, b: ./gone.flow.yaml}", ["lib.flow.yaml → lib.flow.yaml"]),
    ("imports: {a: python:shop.steps, b: python:os}", ["python:shop.steps → shop/steps.py"]),
    ("steps:\n  a: {uses: ./sub/b.flow.yaml}", ["./sub/b.flow.yaml → sub/b.flow.yaml"]),
    ('steps:\n  a: {"uses": "./sub/b.flow.yaml"}', ["./sub/b.flow.yaml → sub/b.flow.yaml"]),
    ("steps:\n  a: {steps: {b: {uses: ./lib.flow.yaml}}}", ["./lib.flow.yaml → lib.flow.yaml"]),
    ("steps:\n  a: {uses: lib.flow.yaml}", []),
    ("steps:\n  a: {uses: ../outside.flow.yaml}", []),
    ("steps:\n  a: {with: {uses: ./lib.flow.yaml}}", []),
    (
        "types: {A: {$ref: './types.schema.json#/$defs/Line'}}",
        ["./types.schema.json#/$defs/Line → types.schema.json"],
    ),
    ("types: {A: {$ref: '#/$defs/Line'}}", []),
    (
        "components: {a: {run: {python: 'shop.steps:charge'}}}",
        ["shop.steps:charge → shop/steps.py:3"],
    ),
    ("components: {a: {run: {python: 'shop:gone'}}}", ["shop:gone → shop/__init__.py"]),
    ("components: {a: {run: {flow: sub/b.flow.yaml}}}", ["sub/b.flow.yaml → sub/b.flow.yaml"]),
    (
        "description: See https://a.example/b?c=1. Or (http://d.example/#e).",
        ["https://a.example/b?c=1", "http://d.example/#e"],
    ),
    (
        "# https://f.example\nmetadata: {home: https://g.example}",
        ["https://f.example"],
    ),
]


def shown(text: str, link: Link) -> str:
    words = text[link.span.start : link.span.end]
    if link.address:
        assert link.address == words
        return words
    name = link.file.removeprefix(f"{ROOT}/")
    assert link.tooltip == f"Open {name}"
    return f"{words} → {name}" + (f":{link.line}" if link.line else "")


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_links_of_a_text(text: str, expected: list[str]) -> None:
    found = links(module(text, files=FILES))
    assert [shown(text, link) for link in found] == expected


def test_link_to_the_pipeline_under_test() -> None:
    text = '{"flow_test": 1, "pipeline": "../sub/b.flow.yaml"}'
    found = links(module(text, name="tests/a.flowtest.json", files=FILES))
    assert [shown(text, link) for link in found] == ["../sub/b.flow.yaml → sub/b.flow.yaml"]


@pytest.mark.parametrize("text", texts(), ids=name_of)
def test_links_are_apart_and_in_order(text: Text) -> None:
    found = list(links(module(text.text, name=text.name)))
    behind = 0
    for link in found:
        assert behind <= link.span.start < link.span.end <= len(text.text)
        behind = link.span.end


def test_examples_link_to_what_they_use() -> None:
    from flow_core.project import Project
    from flow_core.settings import load

    root = EXAMPLES / "order-processing"
    project = Project(load(root))
    found = project.module(str(root / "order.flow.yaml"))
    assert found is not None
    files = [link.file.removeprefix(f"{root}/") for link in links(found)]
    assert files == [
        "shop/steps.py",
        "components/payments.flow.yaml",
        "components/warehouse.flow.yaml",
        "components/notify.flow.json",
    ]
