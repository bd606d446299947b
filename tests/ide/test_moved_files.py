"""What follows files and folders that move. Each case: moves, and the changes by file."""

import os

import pytest
from marked import ROOT, project

from flow_core.diagnostics import Edit
from flow_core.ide.moved_files import edits_for_moves, users_of
from flow_core.ide.occurrences import Found, names_in
from flow_core.syntax.patch import apply_edits

FILES = {
    "main.flow.yaml": (
        "flow: 1\nname: main\nimports: {shop: ./lib/shop.flow.yaml, tools: python:work.tools}\n"
        "types: {A: {$ref: ./lib/a.schema.json}}\n"
        "steps:\n  a: {uses: './lib/sub.flow.yaml@^1'}\n  b: {uses: shop.charge}\n"
    ),
    "lib/shop.flow.yaml": (
        'flow: 1\ncomponents:\n  charge: {run: {python: "work.tools:charge"}}\n'
        "  sub: {run: {flow: sub.flow.yaml}}\n"
    ),
    "lib/sub.flow.yaml": (
        "flow: 1\nname: sub\nversion: 1.0.0\nimports: {shop: ./shop.flow.yaml}\n"
        "steps: {a: {uses: ../other.flow.json}}\n"
    ),
    "other.flow.json": '{"flow": 1, "name": "other", "steps": {"a": {"uses": "std.log"}}}\n',
    "tests/sub.flowtest.yaml": "flow_test: 1\npipeline: ../lib/sub.flow.yaml\nscenarios: {}\n",
    "lib/a.schema.json": "{}",
    "work/__init__.py": "",
    "work/tools.py": "def charge(): ...\n",
}

CASES = {
    "a pipeline, and its own paths": (
        {"lib/sub.flow.yaml": "flows/deep/sub.flow.yaml"},
        {
            "main.flow.yaml": {"'./lib/sub.flow.yaml@^1'": "'./flows/deep/sub.flow.yaml@^1'"},
            "lib/shop.flow.yaml": {"flow: sub.flow.yaml": "flow: ../flows/deep/sub.flow.yaml"},
            "lib/sub.flow.yaml": {
                "./shop.flow.yaml": "../../lib/shop.flow.yaml",
                "../other": "../../other",
            },
            "tests/sub.flowtest.yaml": {"../lib/": "../flows/deep/"},
        },
    ),
    "a new name": (
        {"lib/shop.flow.yaml": "lib/store.flow.yaml"},
        {
            "main.flow.yaml": {"lib/shop.": "lib/store."},
            "lib/sub.flow.yaml": {"./shop.": "./store."},
        },
    ),
    "a folder": (
        {"lib": "parts/lib"},
        {
            "main.flow.yaml": {"./lib/": "./parts/lib/"},
            "lib/sub.flow.yaml": {"../other": "../../other"},
            "tests/sub.flowtest.yaml": {"../lib/": "../parts/lib/"},
        },
    ),
    "up into the folder of who uses it": (
        {"lib/shop.flow.yaml": "shop.flow.yaml"},
        {
            "main.flow.yaml": {"./lib/shop": "./shop"},
            "lib/shop.flow.yaml": {"flow: sub": "flow: lib/sub"},
            "lib/sub.flow.yaml": {"./shop": "../shop"},
        },
    ),
    "two at a time": (
        {"lib/shop.flow.yaml": "x/shop.flow.yaml", "lib/sub.flow.yaml": "x/sub.flow.yaml"},
        {
            "main.flow.yaml": {"./lib/s": "./x/s"},
            "tests/sub.flowtest.yaml": {"../lib/": "../x/"},
        },
    ),
    "a scenario file": (
        {"tests/sub.flowtest.yaml": "lib/tests/sub.flowtest.yaml"},
        {"tests/sub.flowtest.yaml": {"../lib/sub": "../sub"}},
    ),
    "a schema": (
        {"lib/a.schema.json": "b.schema.json"},
        {"main.flow.yaml": {"./lib/a.schema": "./b.schema"}},
    ),
    "a Python module": (
        {"work/tools.py": "work/bank/cards.py"},
        {
            "main.flow.yaml": {"python:work.tools": "python:work.bank.cards"},
            "lib/shop.flow.yaml": {"work.tools:": "work.bank.cards:"},
        },
    ),
    "a Python package": (
        {"work": "labour"},
        {
            "main.flow.yaml": {"python:work.": "python:labour."},
            "lib/shop.flow.yaml": {"work.tools:": "labour.tools:"},
        },
    ),
    "a Python module to where no import leads": ({"work/tools.py": "work/my-tools.py"}, {}),
    "a name that needs quotes": (
        {"other.flow.json": "a, b.flow.json"},
        {"lib/sub.flow.yaml": {"../other.flow.json": '"../a, b.flow.json"'}},
    ),
    "what nobody names": ({"README.md": "docs/README.md"}, {}),
}


def paths(moves: dict[str, str]) -> dict[str, str]:
    return {f"{ROOT}/{old}": f"{ROOT}/{new}" for old, new in moves.items()}


def flow_files(files: dict[str, str]) -> list[str]:
    return [f"{ROOT}/{name}" for name in files if ".flow" in name]


def edited(files: dict[str, str], edits: tuple[Edit, ...]) -> dict[str, str]:
    return {
        name: apply_edits(text, [e for e in edits if e.file == f"{ROOT}/{name}"])
        for name, text in files.items()
    }


def moved(files: dict[str, str], moves: dict[str, str]) -> dict[str, str]:
    """Files by their names after the moves."""
    return {
        next(
            (new + name[len(old) :] for old, new in moves.items() if name.startswith(old)), name
        ): text
        for name, text in files.items()
    }


@pytest.mark.parametrize(("moves", "changes"), CASES.values(), ids=CASES)
def test_what_names_a_file_follows_it(
    moves: dict[str, str], changes: dict[str, dict[str, str]]
) -> None:
    expected = dict(FILES)
    for name, parts in changes.items():
        for old, new in parts.items():
            assert old in expected[name]
            expected[name] = expected[name].replace(old, new)
    edits = edits_for_moves(project(FILES), flow_files(FILES), paths(moves))
    assert edited(FILES, edits) == expected


def named(files: dict[str, str]) -> dict[str, list[str]]:
    """The files that each file names."""
    known = project(files)
    modules = {file: known.module(file) for file in flow_files(files)}
    return {
        file: [name.symbols[0].place.file for name in names_in(module) if is_file(name)]
        for file, module in modules.items()
        if module is not None
    }


def is_file(name: Found) -> bool:
    return name.symbols[0].kind == "file"


@pytest.mark.parametrize("moves", [moves for moves, _ in CASES.values()], ids=CASES)
def test_there_and_back_all_name_what_they_named(moves: dict[str, str]) -> None:
    edits = edits_for_moves(project(FILES), flow_files(FILES), paths(moves))
    after = moved(edited(FILES, edits), moves)
    back = {new: old for old, new in moves.items()}
    edits = edits_for_moves(project(after), flow_files(after), paths(back))
    assert named(moved(edited(after, edits), back)) == named(FILES)


def test_who_would_miss_what_goes() -> None:
    found = users_of(project(FILES), flow_files(FILES), [f"{ROOT}/lib/sub.flow.yaml"])
    assert [os.path.relpath(file, ROOT) for file in found] == [
        "main.flow.yaml",
        "lib/shop.flow.yaml",
        "tests/sub.flowtest.yaml",
    ]


def test_what_goes_together_misses_nothing() -> None:
    found = users_of(project(FILES), flow_files(FILES), [f"{ROOT}/lib", f"{ROOT}/tests"])
    assert [os.path.relpath(file, ROOT) for file in found] == ["main.flow.yaml"]
