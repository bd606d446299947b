"""Which files paths stand for."""

import os
from pathlib import Path

import pytest

from flow_cli.discovery import find
from flow_cli.errors import UserError


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "a.flow.yaml",
        "b.flow.json",
        "c.flow.yml",
        "notes.yaml",
        "sub/d.flow.yaml",
        "sub/deep/e.flowtest.yaml",
        ".hidden/x.flow.yaml",
        "node_modules/x.flow.yaml",
        "venv/x.flow.yaml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("flow: 1\n")
    return tmp_path


def found(tree: Path, *paths: str) -> list[str]:
    found = find(list(paths), str(tree), lambda _file, _folder: True)
    return [os.path.relpath(file, tree) for file in found]


EVERYTHING = [
    "a.flow.yaml",
    "b.flow.json",
    "c.flow.yml",
    "sub/d.flow.yaml",
    "sub/deep/e.flowtest.yaml",
]


@pytest.mark.parametrize(
    ("paths", "files"),
    [
        (["."], EVERYTHING),
        (["sub"], ["sub/d.flow.yaml", "sub/deep/e.flowtest.yaml"]),
        (["notes.yaml"], ["notes.yaml"]),
        ([".hidden"], [".hidden/x.flow.yaml"]),
        (["a.flow.yaml", "./a.flow.yaml", "sub/../a.flow.yaml"], ["a.flow.yaml"]),
        (["b.flow.json", "a.flow.yaml"], ["a.flow.yaml", "b.flow.json"]),
        (["*.flow.yaml"], ["a.flow.yaml"]),
        (["**/*.flow.yaml"], ["a.flow.yaml", "sub/d.flow.yaml"]),
        (["*.flow.y*ml"], ["a.flow.yaml", "c.flow.yml"]),
        (["[ab].flow.*"], ["a.flow.yaml", "b.flow.json"]),
        (["[!a].flow.*"], ["b.flow.json", "c.flow.yml"]),
        (["su?/**"], ["sub/d.flow.yaml", "sub/deep/e.flowtest.yaml"]),
    ],
)
def test_paths_and_their_files(tree: Path, paths: list[str], files: list[str]) -> None:
    assert found(tree, *paths) == files


def test_a_name_with_wildcards_is_taken_literally_where_it_exists(tree: Path) -> None:
    (tree / "[a].flow.yaml").write_text("flow: 1\n")
    assert found(tree, "[a].flow.yaml") == ["[a].flow.yaml"]


def test_loops_of_links_end(tree: Path) -> None:
    for name in ("one", "two"):
        (tree / "sub" / name).symlink_to(tree, target_is_directory=True)
    assert found(tree, ".") == EVERYTHING
    assert found(tree, "**/*.flow.json") == ["b.flow.json"]


def test_links_to_folders_are_followed(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "z.flow.yaml").write_text("flow: 1\n")
    (tree / "linked").symlink_to(other, target_is_directory=True)
    assert found(tree, "linked") == ["linked/z.flow.yaml"]


def test_pipes_below_a_folder_are_left_alone(tree: Path) -> None:
    os.mkfifo(tree / "sub" / "p.flow.yaml")
    assert found(tree, "sub/*") == ["sub/d.flow.yaml"]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.flow.yaml", "no such file or folder: `nowhere.flow.yaml`"),
        ("nowhere/*.flow.yaml", "no Flow files in `nowhere/*.flow.yaml`"),
        ("x*.flow.yaml", "no Flow files in `x*.flow.yaml`"),
        ("empty", "no Flow files in `empty`"),
    ],
)
def test_what_is_not_there(tree: Path, path: str, message: str) -> None:
    (tree / "empty").mkdir()
    with pytest.raises(UserError) as caught:
        find([path], str(tree), lambda _file, _folder: True)
    assert caught.value.message == message
