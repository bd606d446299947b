"""What the tests of the command share."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from flow_cli.main import main
from flow_cli.report import Report
from flow_core.diagnostics import Diagnostic, Edit, Fix, Note, Severity
from flow_core.excerpt import Source
from flow_core.places import Span

TEXT = """\
name: demo
steps:
  charge:
    uses: payments.charge
    timeout: 10 sec
  ship:
    depends_on: [chrge]
"""
CLEAN = """\
flow: 1
name: demo
steps:
  hello:
    uses: std.log
    with: {message: hello}
"""
BROKEN = CLEAN.replace("}", "")
"""Has one finding, at 6:11."""


def find_span(word: str, text: str = TEXT) -> Span:
    start = text.index(word)
    return Span(start, start + len(word))


def make_report(*diagnostics: Diagnostic, text: str = TEXT, **more: object) -> Report:
    """A report on one file of that text (and a clean one)."""
    sources = {"/project/a.flow.yaml": Source(text)}
    files = ("/project/a.flow.yaml", "/project/b.flow.yaml")
    return Report(files, diagnostics, sources, "/project", **more)  # type: ignore[arg-type]


@pytest.fixture
def span_of() -> Callable[..., Span]:
    return find_span


@pytest.fixture
def report_of() -> Callable[..., Report]:
    return make_report


@pytest.fixture
def error() -> Diagnostic:
    """An error with everything that a finding can have."""
    at = find_span("chrge")
    return Diagnostic(
        file="/project/a.flow.yaml",
        span=at,
        code="FL210",
        name="unknown-step",
        severity=Severity.ERROR,
        message="there is no step `chrge`",
        help="did you mean `charge`?",
        notes=(Note("/project/a.flow.yaml", find_span("charge"), "`charge` is here"),),
        fix=Fix("replace `chrge` by `charge`", (Edit("/project/a.flow.yaml", at, "charge"),)),
    )


@pytest.fixture
def warning() -> Diagnostic:
    return Diagnostic(
        file="/project/a.flow.yaml",
        span=find_span("10 sec"),
        code="FL401",
        name="bad-duration",
        severity=Severity.WARNING,
        message="`10 sec` is no duration",
    )


class Done(msgspec.Struct, frozen=True):
    """How a command ended."""

    code: object
    out: str
    err: str


@pytest.fixture
def flow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs the command, in this process, in an empty project."""
    (tmp_path / "flow.toml").write_text("")

    def run(*arguments: str, stdin: str = "", folder: Path = tmp_path) -> Done:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["flow", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        output = capsys.readouterr()
        return Done(ended.value.code, output.out, output.err)

    return run


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    (tmp_path / "clean.flow.yaml").write_text(CLEAN)
    return tmp_path / "clean.flow.yaml"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    (tmp_path / "broken.flow.yaml").write_text(BROKEN)
    return tmp_path / "broken.flow.yaml"
