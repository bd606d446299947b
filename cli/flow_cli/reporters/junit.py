"""JUnit XML: a suite for each file, a case for each finding, a passed one for a clean file."""

import re
from xml.etree import ElementTree as ET

from flow_cli.report import Report
from flow_core.diagnostics import Diagnostic

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 (section 2.2) cannot hold, not even as references."""


def render(report: Report) -> str:
    """The report as an XML document."""
    suites = [_suite(file, found, report) for file, found in report.by_file().items()]
    root = ET.Element("testsuites", name="flow", time=f"{report.seconds:.3f}", errors="0")
    for count in ("tests", "failures"):
        root.set(count, str(sum(int(suite.get(count, 0)) for suite in suites)))
    root.extend(suites)
    return document(root)


def document(root: ET.Element) -> str:
    """The text of a whole document."""
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(file: str, found: list[Diagnostic], report: Report) -> ET.Element:
    name = clean(report.name(file))
    cases = [_case(each, name, report) for each in found]
    cases = cases or [ET.Element("testcase", classname=name, name="valid", time="0")]
    failures = sum(report.fails(each) for each in found)
    suite = ET.Element("testsuite", name=name, tests=str(len(cases)), failures=str(failures))
    suite.attrib |= {"errors": "0", "skipped": "0", "time": "0"}
    suite.extend(cases)
    return suite


def _case(diagnostic: Diagnostic, classname: str, report: Report) -> ET.Element:
    """A case named by rule and position; what does not fail the run stands in its output."""
    at = report.start(diagnostic)
    name = f"{diagnostic.code} {diagnostic.name} {at.line}:{at.column}"
    case = ET.Element("testcase", classname=classname, name=name, time="0")
    text = clean(f"{classname}:{at.line}:{at.column}: {_explained(diagnostic)}")
    if report.fails(diagnostic):
        kind = diagnostic.severity.name.lower()
        failure = ET.SubElement(case, "failure", type=kind, message=clean(diagnostic.message))
        failure.text = text
    else:
        ET.SubElement(case, "system-out").text = text
    return case


def _explained(diagnostic: Diagnostic) -> str:
    help_ = f"\nhelp: {diagnostic.help}" if diagnostic.help else ""
    return f"{diagnostic.message}{help_}"


def clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
