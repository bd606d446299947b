"""The report for people, as expected output."""

import re
from collections.abc import Callable

import msgspec
import pytest

from flow_cli.report import Report
from flow_cli.reporters.text import render, summary
from flow_core.diagnostics import Diagnostic, Severity
from flow_core.excerpt import Source
from flow_core.places import Span

ReportOf = Callable[..., Report]


def at(span: Span, message: str = "look") -> Diagnostic:
    return Diagnostic("/project/a.flow.yaml", span, "FL001", "a-rule", Severity.ERROR, message)


def excerpt(text: str, span: Span) -> list[str]:
    """The lines between the arrow and the summary."""
    file = "/project/a.flow.yaml"
    lines = render(Report((file,), (at(span),), {file: Source(text)}, "/project")).split("\n")
    assert lines[1].lstrip().startswith("--> a.flow.yaml:")
    return lines[2:-3]


def test_a_finding_with_everything(error: Diagnostic, report_of: ReportOf) -> None:
    assert (
        render(report_of(error, seconds=0.012))
        == """\
error[FL210]: there is no step `chrge`
 --> a.flow.yaml:7:18
  |
7 |     depends_on: [chrge]
  |                  ^^^^^
  |
note: `charge` is here
 --> a.flow.yaml:3:3
  |
3 |   charge:
  |   ------
  |
  = help: did you mean `charge`?
  = fix: replace `chrge` by `charge` (--fix)

Found 1 error in 1 file (12 ms)
1 fixable with `--fix`
"""
    )


def test_numbers_of_lines_are_aligned_within_a_finding() -> None:
    text = "a: 1\n" * 12
    assert excerpt(text, Span(5 * 11, 5 * 11 + 1)) == ["   |", "12 | a: 1", "   | ^", "   |"]


@pytest.mark.parametrize(
    ("line", "word", "shown", "underline"),
    [
        ("a: b", "b", "a: b", "   ^"),
        ("\tkey: b", "b", "    key: b", "         ^"),
        ("日本: bad", "bad", "日本: bad", "      ^^^"),
        ("x: 日本", "日本", "x: 日本", "   ^^^^"),
        ("🚀🚀: bad", "bad", "🚀🚀: bad", "      ^^^"),
        ("e\u0301: bad", "bad", "e\u0301: bad", "   ^^^"),
        ("a: \x1b[2Jb", "b", "a: \\x1b[2Jb", "          ^"),
        ("a: \u202eb", "b", "a: \\u202eb", "         ^"),
        ("a: b", "", "a: b", "^"),
    ],
)
def test_the_underline_stands_below_its_range(
    line: str, word: str, shown: str, underline: str, span_of: Callable[..., Span]
) -> None:
    assert excerpt(line, span_of(word, line)) == ["  |", f"1 | {shown}", f"  | {underline}", "  |"]


def test_a_range_of_several_lines() -> None:
    text = "a: [1,\n  2,\n  3]\n"
    assert excerpt(text, Span(3, 16)) == [
        "  |",
        "1 | a: [1,",
        "  |    ^^^",
        "2 |   2,",
        "  |   ^^",
        "3 |   3]",
        "  |   ^^",
        "  |",
    ]


def test_a_long_range_shows_its_head_and_its_end() -> None:
    text = "".join(f"line{number}\n" for number in range(1, 21))
    shown = excerpt(text, Span(0, text.index("line20") + 6))
    assert [line for line in shown if "line" in line] == [
        " 1 | line1",
        " 2 | line2",
        " 3 | line3",
        "20 | line20",
    ]
    assert "..." in shown


def test_a_range_that_ends_with_a_line_break_shows_no_line_after_it() -> None:
    assert excerpt("a: 1\nb: 2\n", Span(0, 5)) == ["  |", "1 | a: 1", "  | ^^^^", "  |"]


def test_the_end_of_a_file_and_beyond() -> None:
    assert excerpt("a: 1\n", Span(5, 5)) == ["  |", "2 |", "  | ^", "  |"]
    assert excerpt("a: 1", Span(90, 99)) == ["  |", "1 | a: 1", "  |     ^", "  |"]


def test_a_very_long_line_is_cropped_around_the_range(span_of: Callable[..., Span]) -> None:
    line = "x" * 1_000_000 + "HERE" + "y" * 1_000_000
    shown = excerpt(line, span_of("HERE", line))
    assert len(shown[1]) < 200
    column = shown[1].index("HERE")
    assert shown[2][column : column + 4] == "^^^^"
    assert shown[2].strip("| ") == "^^^^"


def test_a_message_cannot_command_the_terminal(report_of: ReportOf) -> None:
    text = render(report_of(at(Span(0, 1), "bad \x1b]0;title\x07 name\nerror: fake")))
    assert text.startswith("error[FL001]: bad \\x1b]0;title\\x07 name\\nerror: fake\n")


def test_the_summary_counts_by_severity(
    error: Diagnostic, warning: Diagnostic, report_of: ReportOf
) -> None:
    assert "Found 1 error, 1 warning in 1 file" in render(report_of(warning, error))
    assert render(report_of()) == "No problems in 2 files\n"
    assert render(report_of(fixed=2)) == "Fixed 2 problems. No problems in 2 files\n"


def test_colour_changes_nothing_but_colour(error: Diagnostic, report_of: ReportOf) -> None:
    coloured = render(report_of(error, color=True))
    assert "\x1b[1;31merror[FL210]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render(report_of(error))


def test_the_summary_tells_what_unsafe_fixes_would_mend(
    report_of: ReportOf, error: Diagnostic
) -> None:
    assert error.fix is not None
    unsafe = msgspec.structs.replace(error, fix=msgspec.structs.replace(error.fix, safety="unsafe"))
    both = summary(report_of(error, unsafe)).splitlines()[1]
    assert both == "1 fixable with `--fix`, 1 more with `--unsafe-fixes`"
    assert summary(report_of(unsafe)).splitlines()[1] == "1 fixable with `--unsafe-fixes`"
