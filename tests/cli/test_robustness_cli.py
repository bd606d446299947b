"""Hostile files, folders and settings: a coded finding or a plain word, soon, never a failure."""

import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from flow_core.reading import MAX_SIZE, decode, read_bytes

Flow: TypeAlias = Callable[..., Any]
Make: TypeAlias = Callable[[Path], object]

START = "from flow_cli.main import main; main()"
SECONDS = 30
"""Far more than any of these takes, for the machine may be busy."""
HEAD = "flow: 1\nname: demo\n"
LOG = "  hello: {uses: std.log, with: {message: hi}}\n"
SOUND = f"{HEAD}steps:\n{LOG}"
IMPORT = HEAD + "imports: {{x: {}}}\nsteps:\n  a: {{uses: x.y}}\n"
DENSE = ", ".join(f"s{n}" for n in range(50))
BOMB = "x-0: &a0 [1]\n" + "".join(
    f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """Fails a test that takes too long, where it stands."""
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _too_long(_: int, __: object) -> None:
    raise TimeoutError(f"this takes more than {SECONDS} seconds")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def file(text: str | bytes, name: str = "a.flow.yaml") -> Make:
    data = text if isinstance(text, bytes) else text.encode()
    return lambda folder: (folder / name).write_bytes(data)


def both(*makes: Make) -> Make:
    return lambda folder: [make(folder) for make in makes]


def sparse(folder: Path) -> None:
    """100 MB, for the most part a hole."""
    with (folder / "a.flow.yaml").open("wb") as big:
        big.truncate(100_000_000)


def pipe(name: str) -> Make:
    return lambda folder: os.mkfifo(folder / name)


def link(name: str, target: str) -> Make:
    return lambda folder: (folder / name).symlink_to(target)


def expression(source: str) -> Make:
    return file(f'{HEAD}steps:\n  a: {{uses: std.log, with: {{message: "${{{{ {source} }}}}"}}}}\n')


def groups(depth: int) -> str:
    """Steps in steps."""
    lines = [f"{'  ' * (2 * n + 1)}g{n}:\n{'  ' * (2 * n + 2)}steps:\n" for n in range(depth)]
    return f"{HEAD}steps:\n{''.join(lines)}{'  ' * (2 * depth + 1)}x: {{uses: std.log}}\n"


FINDINGS: dict[str, tuple[Make, str]] = {
    "100 MB": (sparse, "1:1: FL012 error"),
    "brackets": (file(f"{SOUND}x-a: {'[' * 10_000}{']' * 10_000}\n"), "5:105: FL012 error"),
    "braces": (file(f"{SOUND}x-a: {'{a: ' * 10_000}"), "FL012 error"),
    "dashes": (file(f"{SOUND}x-a:\n  {'- ' * 10_000}"), "FL012 error"),
    "lines": (file(f"{SOUND}x-a:\n" + "\n".join(" " * n + "a:" for n in range(1, 900))), "FL012"),
    "json": (file("[" * 10_000, "a.flow.json"), "1:101: FL012 error"),
    "json objects": (file('{"a":' * 10_000, "a.flow.json"), "FL012 error"),
    "groups": (file(groups(1_000)), "FL012 error"),
    "list in `with`": (expression("[" * 10_000 + "]" * 10_000), "FL303 error"),
    "parentheses": (expression("(" * 10_000 + "1" + ")" * 10_000), "FL303 error"),
    "operators": (expression("1 + " * 10_000 + "1"), "FL303 error"),
    "types": (file(f"{SOUND}inputs: {{a: {'list<' * 10_000}string{'>' * 10_000}}}\n"), "error"),
    "billion laughs": (file(f"{BOMB}{SOUND}"), "FL012 error"),
    "one long line": (file(f"{SOUND}wrong: {'x' * 1_000_000}\n"), "5:1: FL101 error"),
    "no UTF-8": (file(b"flow: 1\nname: \xff\n"), "2:7: FL015 error the byte `ff`"),
    "UTF-16": (file(SOUND.encode("utf-16")), "1:1: FL015 error the file is UTF-16"),
    "nulls": (file(b"\0" * 100_000), "1:1: FL015 error"),
    "empty": (file(""), "1:1: FL016 error"),
    "comments": (file("# a\n# b\n"), "1:1: FL016 error"),
    "empty json": (file("", "a.flow.json"), "1:1: FL016 error"),
    "import of a pipe": (
        both(file(IMPORT.format("./p.flow.yaml")), pipe("p.flow.yaml")),
        "3:14: FL703 error",
    ),
    "import of a Python pipe": (
        both(file(IMPORT.format("'python:project.p'")), pipe("p.py")),
        "3:14: FL703 error",
    ),
    "import of a device": (
        both(file(IMPORT.format("./z.flow.yaml")), link("z.flow.yaml", "/dev/zero")),
        "FL711 error",
    ),
    "import of itself": (file(IMPORT.format("./a.flow.yaml")), "FL701 error"),
    "broken Python": (
        both(file(IMPORT.format("'python:project.p'")), file("def f(:\n", "p.py")),
        "FL716 error",
    ),
    "deep Python": (
        both(file(IMPORT.format("'python:project.p'")), file(f"x = {'-' * 100_000}1\n", "p.py")),
        "FL716 error",
    ),
    "lines ended by returns": (file(f"{SOUND}wrong: 1\n".replace("\n", "\r")), "5:1: FL101 error"),
    "lines ended by both": (file(f"{SOUND}wrong: 1\n".replace("\n", "\r\n")), "5:1: FL101 error"),
    "no line's end": (file(f'{SOUND}x-a: "\u2028\x85"\nwrong: 1\n'), "6:1: FL101 error"),
    "wide characters": (file(f"{SOUND}x-a: {{'👩‍👩‍👧e\u0301': 1, b: *c}}\n"), "5:24: FL011 error"),
    "many problems": (
        file(f"{HEAD}steps:\n" + "".join(f"  s{n}: 1\n" for n in range(3_000))),
        "1004:10: FL012 error 2,000 more problems are not shown",
    ),
    "a long circle": (
        file(
            f"{HEAD}steps:\n"
            + "".join(
                f"  s{n}: {{uses: std.log, depends_on: [s{(n + 1) % 900}]}}\n" for n in range(900)
            )
        ),
        "`s19` → 880 more → `s0`",
    ),
    "a dense graph": (
        file(
            f"{HEAD}steps:\n"
            + "".join(f"  s{n}: {{uses: std.log, depends_on: [{DENSE}]}}\n" for n in range(50))
        ),
        "FL203 error",
    ),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_a_hostile_file_has_a_finding(project: Path, flow: Flow, name: str) -> None:
    make, expected = FINDINGS[name]
    make(project)
    (hostile,) = project.glob("a.flow.*")
    done = flow("validate", "--format", "concise", hostile.name, folder=project)
    lines = done.out.splitlines()
    assert any(expected in line for line in lines), (lines[:5], done.err)
    assert done.code == any(" error " in line for line in lines)
    assert len(done.out) < 1_000_000
    assert not done.err


CLEAN: dict[str, Make] = {
    "json with a byte order mark": file(
        b'\xef\xbb\xbf{"flow": 1, "name": "a", "steps": {"a": {"uses": "std.wait", '
        b'"with": {"duration": "1s"}}}}',
        "a.flow.json",
    ),
    "a pipe in the folder": both(file(SOUND), pipe("p.flow.yaml")),
    "a folder that loops": both(file(SOUND), link("loop", ".")),
    "a folder with a file's name": both(file(SOUND), lambda at: (at / "x.flow.yaml").mkdir()),
    "types in a circle": both(
        file(
            f"{SOUND}imports: {{b: ./b.flow.yaml}}\n"
            "types: {T: b.T}\noutputs: {x: {type: T?}}\n"
        ),
        file("flow: 1\nname: b\nimports: {a: ./a.flow.yaml}\ntypes: {T: a.T}\n", "b.flow.yaml"),
    ),
    "2,000 steps": file(
        f"{HEAD}steps:\n" + "".join(LOG.replace("hello", f"s{n}") for n in range(2_000))
    ),
    "a cache that is a file": both(file(SOUND), file("", "flow.toml"), file("", ".flow_cache")),
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_is_odd_but_sound(project: Path, flow: Flow, name: str) -> None:
    CLEAN[name](project)
    done = flow("validate", folder=project)
    assert (done.code, done.err) == (0, ""), done.out


UNUSABLE: dict[str, tuple[Make, tuple[str, ...], str]] = {
    "a pipe": (pipe("p.flow.yaml"), ("p.flow.yaml",), "it is no regular file"),
    "a device": (link("z.flow.yaml", "/dev/zero"), ("z.flow.yaml",), "it is no regular file"),
    "a link to itself": (link("l.flow.yaml", "l.flow.yaml"), ("l.flow.yaml",), "cannot read"),
    "a folder": (lambda at: (at / "x.flow.yaml").mkdir(), ("x.flow.yaml",), "no Flow files"),
    "nothing": (lambda _: None, (), "no Flow files"),
    "no such file": (lambda _: None, ("a.flow.yaml",), "no such file"),
    "standard input twice": (lambda _: None, ("-", "-"), "stands alone"),
    "many stars": (lambda _: None, ("*" * 60 + "x.flow.yaml",), "no Flow files"),
    "no glob": (lambda _: None, ("[z-a]*",), "bad character range"),
    "a setting's type": (both(file(SOUND), file("select = 1", "flow.toml")), (), "a list of texts"),
    "an unknown setting": (both(file(SOUND), file("selct = []", "flow.toml")), (), "`select`"),
    "no TOML": (both(file(SOUND), file("a =", "flow.toml")), (), "Invalid value"),
    "no text": (both(file(SOUND), file(b"\xff", "flow.toml")), (), "0xff"),
    "deep TOML": (both(file(SOUND), file(f"a = {'[' * 10_000}", "flow.toml")), (), "deeply"),
    "no table": (both(file(SOUND), file("[tool]\nflow = 1", "pyproject.toml")), (), "a table"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used_is_told(project: Path, flow: Flow, name: str) -> None:
    make, paths, expected = UNUSABLE[name]
    make(project)
    done = flow("validate", *paths, folder=project)
    assert done.code == 2
    assert expected in done.err


def test_too_long_an_input_is_not_mended(flow: Flow) -> None:
    done = flow("validate", "--fix", "-", stdin="#" * (MAX_SIZE + 2))
    assert (done.code, done.out) == (2, "")
    assert "more than 50 MB" in done.err


def test_a_read_only_file_is_not_mended(
    project: Path, flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f'{HEAD}description: "a"# why\nsteps:\n{LOG}'
    file(text)(project)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write what is read-only
    done = flow("validate", "--fix", folder=project)
    assert done.code == 2
    assert "it is read-only" in done.err
    assert (project / "a.flow.yaml").read_text("utf-8") == text


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    sparse(tmp_path)
    tracemalloc.start()
    try:
        data = read_bytes(tmp_path / "a.flow.yaml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(decode(data)) == MAX_SIZE + 1
    assert peak < 1.1 * MAX_SIZE


def test_too_many_bytes_are_too_long_a_text() -> None:
    assert len(decode("é".encode() * (MAX_SIZE // 2 + 1))) > MAX_SIZE


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    file(f"{HEAD}steps:\n" + "".join(f"  s{n}: 1\n" for n in range(900)))(tmp_path)
    command = [sys.executable, "-c", START, "validate", "a.flow.yaml"]
    with subprocess.Popen(  # noqa: S603  # our own command
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(SECONDS) == 1


def test_runs_at_once_share_the_cache(tmp_path: Path) -> None:
    both(file("", "flow.toml"), file(SOUND), file(SOUND, "b.flow.yaml"))(tmp_path)
    command = [sys.executable, "-c", START, "validate", "--format", "concise"]
    runs = [
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)  # noqa: S603  # our own
        for _ in range(3)
    ]
    for each in runs:
        _, err = each.communicate(timeout=SECONDS)
        assert (each.returncode, err) == (0, b"")
    names = [path.name for path in (tmp_path / ".flow_cache").iterdir()]
    assert len(names) == 3, names  # two entries and a .gitignore, no scratch file
