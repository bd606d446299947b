"""What the tests of the command share."""

from collections.abc import Callable

import pytest

from flow_cli.report import Report, Source
from flow_core.diagnostics import Diagnostic, Edit, Fix, Note, Severity
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
