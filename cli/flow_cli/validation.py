"""What `flow validate` does: find files, mend them if asked, check them, report."""

import os
import sys
import time
from collections.abc import Mapping

import msgspec

from flow_cli.checking import Checked, Checker, Options, check_files
from flow_cli.discovery import find, walk
from flow_cli.errors import CLEAN, FINDINGS, UNUSABLE, UserError
from flow_cli.files import STDIN, read_bytes, read_lossless, read_whole, write_text
from flow_cli.projects import Projects, settings_at
from flow_cli.report import Report
from flow_cli.reporters import render
from flow_cli.terminal import Color, complain, wants_color, write, write_data
from flow_core.diagnostics import Diagnostic, Safety
from flow_core.discovery import SUFFIXES
from flow_core.excerpt import Source
from flow_core.finding_text import named_files
from flow_core.printable import shown_name
from flow_core.reading import decode


class Request(msgspec.Struct, frozen=True):
    """What is asked for. ``fix`` holds the kinds of fixes to apply; ``diff`` only shows them."""

    paths: tuple[str, ...]
    options: Options = Options()
    format: str = "text"
    strict: bool = False
    fix: tuple[Safety, ...] = ()
    diff: bool = False
    output: str | None = None
    color: Color = "auto"
    stdin_filename: str = "stdin.flow.yaml"


def validate(request: Request) -> int:
    """Check what the request names, report it, and return the exit code."""
    started = time.perf_counter()
    if STDIN in request.paths:
        return _validate_stdin(request, started)
    checked = check_files(wanted_files(request.paths), request.options)
    if request.diff:
        return _show_fixes(checked, request)
    fixed = 0
    if request.fix and (texts := _fixable_texts(checked, request)):
        fixed = _fix_files(texts, request)
        checked = check_files([each.file for each in checked], request.options)
    report = _report(checked, {}, request, started, fixed)
    _publish(report, request)
    return _exit_code(checked, report)


def wanted_files(paths: tuple[str, ...]) -> list[str]:
    """The files to check: those that the paths stand for, without any the current project's."""
    base = os.getcwd()
    projects = Projects()
    return find(list(paths) or [settings_at(base).root], base, projects.wants)


def watched_files(paths: tuple[str, ...]) -> list[str]:
    """All files of the projects at hand that findings could depend on."""
    projects = Projects()
    roots = {projects.settings(file).root for file in wanted_files(paths)}
    suffixes = (*SUFFIXES, ".py", ".json", ".toml")
    return sorted({file for root in roots for file in walk(root, suffixes)})


def _exit_code(checked: list[Checked], report: Report) -> int:
    """The exit code, after a word on each file that could not be read."""
    unreadable = [each.file for each in checked if each.diagnostics is None]
    for file in unreadable:
        try:
            read_bytes(file)
        except UserError as error:
            complain(error.message, error.help)
    return UNUSABLE if unreadable else FINDINGS if report.failed else CLEAN


def _validate_stdin(request: Request, started: float) -> int:
    if len(request.paths) > 1:
        raise UserError("`-` stands alone", "give either files or standard input")
    file = os.path.abspath(request.stdin_filename)
    old = decode(read_whole(STDIN))
    texts = {file: old}
    fixed = _fix(texts, request) if request.fix else 0
    checked = [Checker(request.options, texts).check(file)]
    report = _report(checked, texts, request, started, fixed)
    if request.diff:
        _write_diff(file, old, texts[file], request)
        return FINDINGS if report.failed or texts[file] != old else CLEAN
    if request.fix:
        write_data(texts[file])
    _publish(report, request, aside=bool(request.fix))
    return _exit_code(checked, report)


def _fixable_texts(checked: list[Checked], request: Request) -> dict[str, str]:
    """The texts that fixes would change, if they are of files that are being checked."""
    fixes = [
        diagnostic.fix
        for each in checked
        for diagnostic in each.diagnostics or ()
        if diagnostic.fix and diagnostic.fix.safety in request.fix
    ]
    named = {edit.file for fix in fixes for edit in fix.edits}
    files = [each.file for each in checked if each.file in named]
    return {file: text for file in files if (text := read_lossless(file)) is not None}


def _fix(texts: dict[str, str], request: Request) -> int:
    from flow_core.fixing import fix_all

    def findings(texts: Mapping[str, str]) -> list[Diagnostic]:
        checker = Checker(request.options, texts)
        return [found for file in texts for found in checker.check(file).diagnostics or ()]

    return fix_all(texts, findings, request.fix)


def _fix_files(texts: dict[str, str], request: Request) -> int:
    """Mend files and return how many problems were fixed."""
    old = dict(texts)
    fixed = _fix(texts, request)
    for file, text in texts.items():
        if text != old[file]:
            if read_lossless(file) != old[file]:
                raise UserError(f"`{file}` was changed while it was being fixed", "run again")
            write_text(file, text)
    return fixed


def _show_fixes(checked: list[Checked], request: Request) -> int:
    """Show what fixing would change; that, or what would be left, is a finding."""
    texts = _fixable_texts(checked, request)
    old = dict(texts)
    _fix(texts, request)
    for file, text in texts.items():
        _write_diff(file, old[file], text, request)
    report = _report(checked, {}, request, 0, 0)
    return max(_exit_code(checked, report), FINDINGS if texts != old else CLEAN)


def _write_diff(file: str, old: str, new: str, request: Request) -> None:
    from flow_cli.diff import write_diff

    write_diff(shown_name(file, os.getcwd()), old, new, request.color)


def _report(
    checked: list[Checked], texts: Mapping[str, str], request: Request, started: float, fixed: int
) -> Report:
    """The report of a run; ``texts`` are those of files that are not as the disk has them."""
    diagnostics = sorted(
        (found for each in checked for found in each.diagnostics or ()),
        key=lambda found: found.order,
    )
    sources = {
        file: Source(texts[file] if file in texts else read_lossless(file) or "")
        for file in named_files(diagnostics)
    }
    return Report(
        files=tuple(each.file for each in checked if each.diagnostics is not None),
        diagnostics=tuple(diagnostics),
        sources=sources,
        base=os.getcwd(),
        strict=request.strict,
        seconds=time.perf_counter() - started,
        fixed=fixed,
        color=not request.output and wants_color(request.color, sys.stdout),
    )


def _publish(report: Report, request: Request, *, aside: bool = False) -> None:
    """Hand out a report: to a file, to standard output, or ``aside``, to standard error."""
    text = render(report, request.format)
    if request.output:
        write_text(request.output, text.encode(errors="backslashreplace").decode())
    else:
        write(text, sys.stderr if aside else sys.stdout)
