"""The reports for programs: exact where short, checked for structure where long."""

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest

from flow_cli.report import Report
from flow_cli.reporters import FORMATS, render
from flow_cli.reporters.json import Output
from flow_core.diagnostics import Diagnostic, Edit, Fix, Severity
from flow_core.excerpt import Source
from flow_core.places import Span
from flow_core.rules.pages import Page
from flow_core.rules.rule import Rule

ReportOf = Callable[..., Report]


@pytest.fixture
def hostile() -> Report:
    """A file name and a message with everything that a format must escape."""
    file = '/project/a,b:c %\n\x1b\udcff<&>".flow.yaml'
    found = Diagnostic(
        file,
        Span(0, 1),
        "FL001",
        "a-rule",
        Severity.ERROR,
        'a %0A\r\n\x00 <b attr="1"> ]]> ::error',
    )
    return Report((file,), (found,), {file: Source("a: 1\n")}, "/project")


def test_concise(report_of: ReportOf, error: Diagnostic, warning: Diagnostic) -> None:
    assert render(report_of(warning, error), "concise") == (
        "a.flow.yaml:5:14: FL401 warning `10 sec` is no duration\n"
        "a.flow.yaml:7:18: FL210 error there is no step `chrge`\n"
    )


def test_concise_keeps_a_finding_on_one_line(hostile: Report) -> None:
    assert render(hostile, "concise").count("\n") == 1
    assert "\x1b" not in render(hostile, "concise")


def test_statistics(report_of: ReportOf, error: Diagnostic, warning: Diagnostic) -> None:
    assert render(report_of(warning, error, error), "statistics") == (
        "2  FL210  error    unknown-step [*]\n"
        "1  FL401  warning  bad-duration\n"
        "\n"
        "Found 2 errors, 1 warning in 1 file\n"
        "2 fixable with `--fix`\n"
    )
    assert render(report_of(), "statistics") == "No problems in 2 files\n"


def test_github(report_of: ReportOf, error: Diagnostic, warning: Diagnostic) -> None:
    assert render(report_of(warning, error), "github") == (
        "::warning file=a.flow.yaml,line=5,endLine=5,col=14,endColumn=19,"
        "title=FL401 bad-duration::`10 sec` is no duration\n"
        "::error file=a.flow.yaml,line=7,endLine=7,col=18,endColumn=22,"
        "title=FL210 unknown-step::there is no step `chrge`%0Ahelp: did you mean `charge`?\n"
    )


def test_github_escapes_what_the_runner_reads(hostile: Report) -> None:
    text = render(hostile, "github")
    assert text.count("\n") == 1
    head, _, message = text.removeprefix("::").partition("::")
    assert "file=a%2Cb%3Ac %25%0A" in head
    assert message.startswith("a %250A%0D%0A")


def test_github_gives_no_columns_across_lines(report_of: ReportOf, error: Diagnostic) -> None:
    wide = msgspec.structs.replace(error, span=Span(0, 30))
    assert "line=1,endLine=4,title=" in render(report_of(wide), "github")


def parse_xml(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  # our own text


def test_junit(report_of: ReportOf, error: Diagnostic, warning: Diagnostic) -> None:
    root = parse_xml(render(report_of(warning, error, seconds=1.5), "junit"))
    assert root.tag == "testsuites"
    assert root.attrib == {
        "name": "flow",
        "time": "1.500",
        "errors": "0",
        "tests": "3",
        "failures": "1",
    }
    broken, clean = root
    assert (broken.get("name"), broken.get("tests"), broken.get("failures")) == (
        "a.flow.yaml",
        "2",
        "1",
    )
    passed, failed = broken
    assert passed.find("failure") is None
    assert "is no duration" in (passed.findtext("system-out") or "")
    assert failed.get("name") == "FL210 unknown-step 7:18"
    failure = failed.find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "error", "message": "there is no step `chrge`"}
    assert (failure.text or "").endswith("help: did you mean `charge`?")
    assert [case.get("name") for case in clean] == ["valid"]


def test_junit_counts_warnings_as_failures_when_strict(
    report_of: ReportOf, warning: Diagnostic
) -> None:
    assert parse_xml(render(report_of(warning, strict=True), "junit")).get("failures") == "1"
    assert parse_xml(render(report_of(warning), "junit")).get("failures") == "0"


def test_junit_is_xml_whatever_it_holds(hostile: Report) -> None:
    root = parse_xml(render(hostile, "junit"))
    failure = root.find(".//failure")
    assert failure is not None
    assert '<b attr="1"> ]]> ::error' in failure.get("message", "")


def test_json(report_of: ReportOf, error: Diagnostic) -> None:
    location = {
        "file": "a.flow.yaml",
        "start": {"line": 7, "column": 18, "offset": error.span.start},
        "end": {"line": 7, "column": 23, "offset": error.span.end},
    }
    note = error.notes[0].span
    related = {
        "file": "a.flow.yaml",
        "start": {"line": 3, "column": 3, "offset": note.start},
        "end": {"line": 3, "column": 9, "offset": note.end},
    }
    assert json.loads(render(report_of(error, fixed=3), "json")) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "FL210",
                "name": "unknown-step",
                "severity": "error",
                "message": "there is no step `chrge`",
                "location": location,
                "help": "did you mean `charge`?",
                "tags": [],
                "related": [{"location": related, "message": "`charge` is here"}],
                "fix": {
                    "title": "replace `chrge` by `charge`",
                    "safety": "safe",
                    "edits": [{"location": location, "text": "charge"}],
                },
            }
        ],
        "summary": {
            "files": 2,
            "errors": 1,
            "warnings": 0,
            "infos": 0,
            "hints": 0,
            "fixable": 1,
            "fixed": 3,
            "failed": True,
            "rules": [{"code": "FL210", "name": "unknown-step", "count": 1}],
        },
    }


def test_json_round_trips_through_its_model(
    report_of: ReportOf, error: Diagnostic, warning: Diagnostic, hostile: Report
) -> None:
    for report in (report_of(warning, error), report_of(), hostile):
        text = render(report, "json")
        assert Output.model_validate(json.loads(text)).model_dump() == json.loads(text)


@pytest.fixture(autouse=True)
def known_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """One rule with a page; the other is a third party's."""
    rule = Rule("FL210", "unknown-step", Severity.ERROR)
    page = Page(rule, "A step that\nis not there.\n\nWhy: because.")
    monkeypatch.setattr("flow_cli.reporters.sarif.manual", lambda: {"FL210": page})


def sarif(report: Report) -> dict[str, Any]:
    log = json.loads(render(report, "sarif"))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    return run


def test_sarif_result(report_of: ReportOf, error: Diagnostic) -> None:
    run = sarif(report_of(error))
    artifact = {"uri": "a.flow.yaml", "uriBaseId": "ROOT"}
    region = {"startLine": 7, "startColumn": 18, "endLine": 7, "endColumn": 23}
    (result,) = run["results"]
    fingerprints = result.pop("partialFingerprints")
    assert set(fingerprints) == {"flow/v1"}
    assert result == {
        "ruleId": "FL210",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "there is no step `chrge`\nhelp: did you mean `charge`?"},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "relatedLocations": [
            {
                "id": 0,
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 9},
                },
                "message": {"text": "`charge` is here"},
            }
        ],
        "fixes": [
            {
                "description": {"text": "replace `chrge` by `charge`"},
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [
                            {"deletedRegion": region, "insertedContent": {"text": "charge"}}
                        ],
                    }
                ],
            }
        ],
    }


def test_sarif_run(report_of: ReportOf, error: Diagnostic, warning: Diagnostic) -> None:
    run = sarif(report_of(warning, error))
    driver = run["tool"]["driver"]
    assert driver["name"] == "flow"
    assert driver["version"]
    text = "A step that\nis not there.\n\nWhy: because."
    assert driver["rules"] == [
        {
            "id": "FL210",
            "name": "unknown-step",
            "shortDescription": {"text": "A step that is not there."},
            "fullDescription": {"text": "A step that is not there."},
            "help": {"text": text, "markdown": text},
            "defaultConfiguration": {"level": "error"},
        },
        {"id": "FL401", "name": "bad-duration"},
    ]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"ROOT": {"uri": "file:///project/"}}


def test_sarif_fingerprints_survive_moved_lines_and_tell_twins_apart(error: Diagnostic) -> None:
    bare = msgspec.structs.replace(error, notes=(), fix=None)

    def fingerprints(text: str) -> list[str]:
        spans = [Span(at, at + 5) for at in range(len(text)) if text.startswith("chrge", at)]
        found = tuple(msgspec.structs.replace(bare, span=span) for span in spans)
        report = Report((error.file,), found, {error.file: Source(text)}, "/project")
        return [each["partialFingerprints"]["flow/v1"] for each in sarif(report)["results"]]

    text = "a: [chrge]\nb: [chrge]\na: [chrge]\n"
    assert len(set(fingerprints(text))) == 3
    assert fingerprints("# a new line\n" + text) == fingerprints(text)


def test_sarif_names_files_by_uri(hostile: Report) -> None:
    (result,) = sarif(hostile)["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%2Cb%3Ac%20%25%0A%1B%FF%3C%26%3E%22.flow.yaml"


def test_sarif_levels(report_of: ReportOf, warning: Diagnostic) -> None:
    found = [msgspec.structs.replace(warning, severity=Severity(number)) for number in range(1, 5)]
    levels = [result["level"] for result in sarif(report_of(*found))["results"]]
    assert levels == ["error", "warning", "note", "note"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_something_to_say_of_a_clean_run(name: str, report_of: ReportOf) -> None:
    text = render(report_of(), name)
    assert text == "" if name in ("concise", "github") else text.endswith("\n")


def test_a_file_outside_of_the_folder_is_named_in_full() -> None:
    fix = Fix("mend", (Edit("/elsewhere/x.flow.yaml", Span(0, 1), "b"),))
    found = Diagnostic(
        "/elsewhere/x.flow.yaml", Span(0, 1), "FL001", "a", Severity.HINT, "look", fix=fix
    )
    report = Report((found.file,), (found,), {found.file: Source("a")}, "/project")
    assert render(report, "concise") == "/elsewhere/x.flow.yaml:1:1: FL001 hint look\n"
    change = sarif(report)["results"][0]["fixes"][0]["artifactChanges"][0]
    assert change["artifactLocation"] == {"uri": "file:///elsewhere/x.flow.yaml"}
