"""`flow test --update`: expectations that were not met become what happened."""

import os
import sys

from flow_cli.diff import write_diff
from flow_cli.errors import UserError
from flow_cli.files import read_lossless, write_text
from flow_cli.terminal import Color, complain
from flow_core.printable import shown_name
from flow_core.simulate.updated import Update, updated
from flow_testing.cases import FileResult
from flow_testing.suites import Suites


def update_files(results: tuple[FileResult, ...], color: Color) -> bool:
    """Rewrite what was not met, show what changes, and tell whether anything did."""
    done = [_update_file(each, color) for each in results]
    return any(done)


def _update_file(result: FileResult, color: Color) -> bool:
    updates = [case.update for case in result.cases if case.update is not None]
    return bool(updates) and _rewrite(result.file, updates, color)


def _rewrite(file: str, updates: list[Update], color: Color) -> bool:
    suite, text = Suites().suite(file), read_lossless(file)
    if suite is None or text is None or suite.module.document.text != text:
        raise UserError(f"`{file}` was changed while it was tested", "run again")
    name = shown_name(file, os.getcwd())
    found = updated(text, suite.module, updates)
    for why in found.left:
        complain(f"{name}: {why}", "it is left as it is: mend it by hand, or mend the pipeline")
    if not found.changed:
        return False
    sys.stdout.flush()
    write_diff(name, text, found.text, color)
    write_text(file, found.text)
    return True
