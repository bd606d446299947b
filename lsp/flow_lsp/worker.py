"""The worker: a process beside the server that does what takes longer than a keystroke may.

It is told what the server is told (folders, open texts, files that changed) and has projects of its
own.
"""

import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flow_core.check import check
from flow_core.diagnostics import Diagnostic
from flow_core.discovery import any_of, name_in, walk
from flow_core.ide.completion.neighbours import python_files
from flow_lsp.messages import Answer, Call, frame, loads, read
from flow_lsp.projects import Projects, is_in

if TYPE_CHECKING:
    from lsprotocol import types


_LONG = 100_000
"""Characters of a text whose module is worth collecting."""


class Worker:
    """The state of the process."""

    def __init__(self) -> None:
        self.projects = Projects([], lambda _: None, trusted=False)
        self._open: dict[str, str] = {}
        self._stale: set[str] = set()

    def begin(self, folders: list[str], trusted: bool) -> None:  # noqa: FBT001 -- as it comes
        """Start anew with these folders."""
        self.projects = Projects(folders, lambda _: None, trusted=trusted)
        for file, text in self._open.items():
            self.projects.of(file).open(file, text)

    def open(self, file: str, text: str) -> None:
        """Take a text for a file's."""
        self._open[file] = text
        self._forget(file)
        self.projects.of(file).open(file, text)
        if len(text) > _LONG:
            gc.collect()  # what was made of the text before is large, and holds itself alive

    def close(self, file: str) -> None:
        """Take a file as the disk has it."""
        self._open.pop(file, None)
        self._forget(file)
        self.projects.of(file).close(file)

    def forget(self, file: str) -> None:
        """A file changed on the disk."""
        self._forget(file)

    def _forget(self, file: str) -> None:
        for project in self.projects:
            self._stale |= project.forget(file)

    def check(self, file: str) -> tuple[Diagnostic, ...]:
        """The findings of a file."""
        project = self.projects.of(file)
        module = project.module(file)
        found = () if module is None else check(module)
        project.release(file)
        return found

    def apply(self, function: Callable[..., Any], file: str, arguments: tuple[Any, ...]) -> Any:
        """What a function makes of the module of a file; None where there is no such file."""
        module = self.projects.of(file).module(file)
        return None if module is None else function(module, *arguments)

    def needs(self, file: str) -> list[str]:
        """A file with those that what is known of it hangs on, as far as it was looked at."""
        return sorted(self.projects.of(file).needs(file))

    def stale(self) -> list[str]:
        """The files that changed, or use such, since this was asked last."""
        stale, self._stale = self._stale, set()
        return sorted(stale)

    def files(self) -> list[str]:
        """The Flow files of the workspace."""
        found: list[str] = []
        for folder in self.projects.folders:
            found += [file for file in walk(folder) if self._wants(file)]
        return sorted(set(found))

    def around(self, file: str) -> list[str]:
        """The files below the root of a file's project that others could name, Python's too."""
        root = self.projects.of(file).settings.root
        found = [each for each in self.files() if is_in(each, root)]
        return [*found, *python_files(root)] if is_in(file, *self.projects.folders) else found

    def symbols(self, query: str, encoding: str) -> "list[tuple[str, types.WorkspaceSymbol]]":
        """What the files of the workspace, and those that are open, declare."""
        from flow_lsp.symbols import symbols_of

        files = sorted({*self.files(), *self._open})
        found = (self.projects.of(file).module(file) for file in files)
        return symbols_of((module for module in found if module is not None), query, encoding)

    def _wants(self, file: str) -> bool:
        settings = self.projects.of(file).settings
        name = name_in(file, settings)
        included = any_of(settings.include).fullmatch(name)
        return bool(included) and not any_of(settings.exclude, below=True).fullmatch(name)


def tasks(worker: Worker) -> dict[str, Callable[..., Any]]:
    """What can be asked, by name."""
    return {
        "begin": worker.begin,
        "open": worker.open,
        "close": worker.close,
        "forget": worker.forget,
        "check": worker.check,
        "apply": worker.apply,
        "needs": worker.needs,
        "stale": worker.stale,
        "files": worker.files,
        "around": worker.around,
        "symbols": worker.symbols,
    }


def answer(table: dict[str, Callable[..., Any]], call: Call) -> bytes:
    """The answer to a call, to be sent; an exception is told, and the worker lives on."""
    try:
        return frame(Answer(call.number, table[call.task](*call.arguments)))
    except Exception as error:  # noqa: BLE001 -- whatever it is, it must not end the worker
        return frame(Answer(call.number, error=f"{type(error).__name__}: {error}"))


def main() -> None:
    """Answer until the server hangs up."""
    table = tasks(Worker())
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # so that nothing that prints can break the stream of answers
    while (body := read(source)) is not None:
        call: Call = loads(body)
        result = answer(table, call)
        if call.number:
            target.write(result)
            target.flush()


if __name__ == "__main__":
    main()
