"""Scenarios in the client's terms, for a view of tests.

The simulator is imported when somebody asks: no keystroke needs it.
"""

from typing import TYPE_CHECKING, Any

from flow_core.diagnostics import Note
from flow_core.ide.location import Location
from flow_lsp.look import Look
from flow_lsp.session import Session

if TYPE_CHECKING:
    from flow_core.ide.scenario_coverage import FileHits
    from flow_core.ide.scenario_runs import Failure, ScenarioRun


async def scenarios(session: Session, uri: str) -> list[dict[str, Any]]:
    """The scenarios of a file: `[{name, range}]`."""
    from flow_core.ide.scenario_runs import scenarios as scenarios_of

    look = session.syntax(uri)
    return [{"name": s.name, "range": look.range(s.span)} for s in scenarios_of(look.module)]


async def run_scenarios(session: Session, uri: str, *names: str) -> dict[str, Any]:
    """How scenarios of a file go, all of them if none is named: `{results, files}`.

    A result is `{name, text, took, failures}`, with `took` in milliseconds; ``files`` are the URIs
    of the files that the results hang on.
    """
    from flow_core.ide.scenario_runs import run_scenarios as run

    return await _answer(session, uri, await session.apart(run, uri, names))


async def cover_scenarios(session: Session, uri: str, *names: str) -> dict[str, Any]:
    """The same, and what the runs cover: `{results, files, coverage}`.

    The coverage of a file is `{uri, lines, steps}`: lines count from 0.
    """
    from flow_core.ide.scenario_runs import cover_scenarios as cover

    found, hits = await session.apart(cover, uri, names)
    look = session.text(uri)
    answer = await _answer(session, uri, found)
    return {**answer, "coverage": [_hits(look, each) for each in hits]}


async def _answer(session: Session, uri: str, found: "tuple[ScenarioRun, ...]") -> dict[str, Any]:
    files = await session.work.ask("needs", session.document(uri).file)
    look = session.text(uri)
    return {
        "results": [_result(look, each) for each in found],
        "files": [look.uri(file) for file in files],
    }


def _hits(look: Look, found: "FileHits") -> dict[str, Any]:
    return {
        "uri": look.uri(found.file),
        "lines": [
            {
                "line": each.line - 1,
                "hits": each.hits,
                "branches": [
                    {"id": way.id, "label": way.label, "hits": way.hits} for way in each.branches
                ],
            }
            for each in found.lines
        ],
        "steps": [
            {"name": each.name, "range": look.range(each.span, found.file), "hits": each.hits}
            for each in found.steps
        ],
    }


def _result(look: Look, run: "ScenarioRun") -> dict[str, Any]:
    return {
        "name": run.name,
        "text": run.text,
        "took": run.took / 1000,
        "failures": [_failure(look, each) for each in run.failures],
    }


def _failure(look: Look, failure: "Failure") -> dict[str, Any]:
    return {
        "message": failure.message,
        "help": failure.help,
        "expected": failure.expected,
        "found": failure.found,
        "location": look.location(failure.where),
        "about": [_note(look, each) for each in failure.about],
    }


def _note(look: Look, note: Note) -> dict[str, Any]:
    location = look.location(Location(note.file, note.span))
    return {"message": note.message, "location": location}
