"""SARIF 2.1.0, which GitHub code scanning and many viewers read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; the paragraphs in this module's
comments are that document's.
"""

import json
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from flow_cli.report import Report
from flow_core.diagnostics import Diagnostic, Fix, Json, Severity
from flow_core.places import Span
from flow_core.rules.pages import Page, manual

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
"""§3.27.10; everything else is a ``note``."""


def render(report: Report) -> str:
    """The report as a SARIF log with one run."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return json.dumps(log, indent=2) + "\n"


def _run(report: Report) -> Json:
    from importlib.metadata import version

    codes = sorted({(each.code, each.name) for each in report.diagnostics})
    known = manual()
    index = {code: number for number, (code, _) in enumerate(codes)}
    seen: Counter[str] = Counter()
    return {
        "tool": {
            "driver": {
                "name": "flow",
                "version": version("flow-pipelines"),
                "rules": [_rule(code, name, known.get(code)) for code, name in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"uri": Path(report.base).as_uri().rstrip("/") + "/"}},
        "results": [_result(each, index[each.code], seen, report) for each in report.diagnostics],
    }


def _rule(code: str, name: str, page: Page | None) -> Json:
    """A reportingDescriptor (§3.49); a third party's rule may have no page."""
    if page is None:
        return {"id": code, "name": name}
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {"level": LEVELS.get(page.rule.severity, "note")},
    }


def _result(diagnostic: Diagnostic, index: int, seen: Counter[str], report: Report) -> Json:
    """A result (§3.27)."""
    text = diagnostic.message
    result: dict[str, Json] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": LEVELS.get(diagnostic.severity, "note"),
        "message": {"text": f"{text}\nhelp: {diagnostic.help}" if diagnostic.help else text},
        "locations": [_location(diagnostic.file, diagnostic.span, report)],
        "partialFingerprints": {"flow/v1": _fingerprint(diagnostic, seen, report)},
    }
    if diagnostic.notes:
        result["relatedLocations"] = [
            {
                "id": number,
                **_location(note.file, note.span, report),
                "message": {"text": note.message},
            }
            for number, note in enumerate(diagnostic.notes)
        ]
    if diagnostic.fix is not None and diagnostic.fix.edits:
        result["fixes"] = [_fix(diagnostic.fix, report)]
    return result


def _fingerprint(diagnostic: Diagnostic, seen: Counter[str], report: Report) -> str:
    """What stays when lines move (§3.27.17): rule, file, the line's text, which of equal ones."""
    source = report.sources[diagnostic.file]
    line = source.line(report.start(diagnostic).line).strip()
    identity = "\0".join((diagnostic.code, report.name(diagnostic.file), line, diagnostic.message))
    digest = blake2b(identity.encode(errors="surrogatepass"), digest_size=16).hexdigest()
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _location(file: str, span: Span, report: Report) -> dict[str, Json]:
    """A location (§3.28)."""
    place = {"artifactLocation": _artifact(file, report), "region": _region(file, span, report)}
    return {"physicalLocation": place}


def _artifact(file: str, report: Report) -> Json:
    """An artifactLocation (§3.4): relative to ROOT, or absolute where it lies outside."""
    name = report.name(file)
    if Path(name).is_absolute():
        return {"uri": Path(name).as_uri()}
    return {"uri": quote(name, errors="surrogateescape"), "uriBaseId": "ROOT"}


def _region(file: str, span: Span, report: Report) -> Json:
    """A region (§3.30): from 1, the end column exclusive."""
    start, end = report.sources[file].range(span)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _fix(fix: Fix, report: Report) -> Json:
    """A fix (§3.55), its replacements grouped by file."""
    files = dict.fromkeys(edit.file for edit in fix.edits)
    changes: list[Json] = [
        {
            "artifactLocation": _artifact(file, report),
            "replacements": [
                {
                    "deletedRegion": _region(file, edit.span, report),
                    "insertedContent": {"text": edit.text},
                }
                for edit in fix.edits
                if edit.file == file
            ],
        }
        for file in files
    ]
    return {"description": {"text": fix.title}, "artifactChanges": changes}
