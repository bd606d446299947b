"""What only a process of its own can show: imports, pipes, signals, encodings."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

START = "import sys; from flow_cli.main import main; sys.argv[0] = 'flow'; main()"


def start(
    folder: Path, *arguments: str, code: str = START, **environment: str
) -> "subprocess.Popen[str]":
    """The command in a process of its own (or other code, given the same arguments)."""
    return subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_ascii_terminals(broken: Path) -> None:
    name = broken.rename(broken.parent / "é.flow.yaml").name
    with start(broken.parent, "validate", name, PYTHONIOENCODING="ascii") as process:
        assert "--> \\xe9.flow.yaml:6:11" in process.communicate(timeout=60)[0]
        assert process.returncode == 1


HEAVY = ("rich", "pydantic", "jsonschema", "ruamel", "concurrent.futures", "importlib.metadata")
IMPORTS = f"""
import sys
from flow_cli.main import main
try:
    main()
finally:
    print([name for name in {HEAVY} if name in sys.modules])
    print([name for name in ("flow_core.project", "yaml") if name in sys.modules])
"""


@pytest.mark.usefixtures("clean")
def test_validating_imports_nothing_heavy_and_little_when_the_cache_knows(tmp_path: Path) -> None:
    (tmp_path / "flow.toml").write_text("")
    for core in ("['flow_core.project', 'yaml']", "[]"):
        with start(tmp_path, "validate", code=IMPORTS) as process:
            out, _ = process.communicate(timeout=60)
        assert out.splitlines()[1:] == ["[]", core]


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    with start(tmp_path, "rules") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 0


HEEDING = f"import signal; signal.signal(signal.SIGINT, signal.default_int_handler); {START}"
"""As in a terminal: what a shell starts in the background ignores interrupts, and so do we then."""


def test_watching_ends_with_an_interrupt(clean: Path, tmp_path: Path) -> None:
    with start(tmp_path, "validate", "--watch", code=HEEDING) as process:
        assert process.stdout is not None
        assert "No problems in 1 file" in process.stdout.readline()
        clean.write_text(clean.read_text().replace("}", ""))
        assert "error[FL" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30)[1] == ""
        assert process.returncode == 130
