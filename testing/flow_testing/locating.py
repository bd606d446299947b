"""Finding the pipeline that a test names."""

import inspect
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from flow_core.analysis.tested import StepTarget
from flow_core.check import span_of
from flow_core.module import Module
from flow_core.places import Place
from flow_core.printable import shown_name
from flow_core.project import Project
from flow_core.settings import load
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.scenarios import Subject
from flow_core.suggest import closest

_FLOW = ".flow."
_TOPS = ("flow.toml", "pyproject.toml", ".git")


def caller_folder() -> Path:
    """The folder of the test that called into this package."""
    own = str(Path(__file__).parent)
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_filename.startswith(own):
        frame = frame.f_back
    return Path(frame.f_code.co_filename).absolute().parent if frame else Path.cwd()


def find_pipeline(path: str | os.PathLike[str], folder: Path) -> Module:
    """The pipeline at a path from a test's folder, from one above it in its project, or from here.

    Raises:
        SimulationError: there is none.
    """
    return find_subject(path, folder).module


def find_subject(path: str | os.PathLike[str], folder: Path) -> Subject:
    """The same with its errors and its plan, which are made once for as long as its files stay.

    Raises:
        SimulationError: there is none.
    """
    folders = *_folders(folder), Path.cwd()
    for above in folders:
        file = Path(os.path.normpath(above / path))
        if os.path.isfile(file):  # noqa: PTH113 - too long a name is one of no file
            return _subject(file)
    meant = _meant(Path(path), folders)
    help_ = f"paths start from the folder of the test ({folder}) or one above it"
    message = f"there is no pipeline `{os.fspath(path)}`"
    raise SimulationError(message, None, f"did you mean `{meant}`?" if meant else help_)


def _meant(path: Path, folders: Iterable[Path]) -> str:
    """The file whose name is like that of a path, "" if there is none; endings do not count."""
    beside = {os.path.normpath(folder / path.parent): None for folder in folders}
    for folder in filter(os.path.isdir, beside):
        files = (file.name for file in Path(folder).iterdir())
        names = {name.partition(".")[0]: name for name in files if _FLOW in name}
        near = closest(path.name.partition(".")[0], names)
        if near:
            return path.with_name(names[near]).as_posix()
    return ""


def _folders(folder: Path) -> list[Path]:
    """A folder and those above it, up to the top of its project."""
    found: list[Path] = []
    for each in (folder, *folder.parents):
        found.append(each)
        if any((each / name).exists() for name in _TOPS):
            break
    return found


def line_of(subject: Subject, path: str) -> str:
    """Where a step stands, as ``order.flow.yaml:12``; "" where there is none."""
    target = subject.names.step(path)
    if not isinstance(target, StepTarget):
        return ""
    module = target.module
    start = span_of(module, Place(target.step.path, "key")).start
    line = module.document.lines.line(start) + 1
    return f"{shown_name(module.file, os.getcwd())}:{line}"  # noqa: PTH109 - names are strings


def known_subject(file: str) -> Subject | None:
    """The pipeline in a file that was asked for before."""
    known = _known.get(Path(file))
    return known.subject if known else None


class _Known(msgspec.Struct):
    """A pipeline that was asked for before, and when each file that it was read from changed."""

    subject: Subject
    changed: dict[str, tuple[int, int]] = {}

    def is_current(self) -> bool:
        """Whether all files are as they were."""
        now = {file: _changed(file) for file in self.subject.module.project.texts}
        return all(self.changed.setdefault(file, at) == at for file, at in now.items())


_known: dict[Path, _Known] = {}


def _subject(file: Path) -> Subject:
    known = _known.get(file)
    if known is None or not known.is_current():
        known = _known[file] = _Known(Subject(_module(file)))
        known.is_current()
    return known.subject


def _changed(file: str) -> tuple[int, int]:
    try:
        status = Path(file).stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _module(file: Path) -> Module:
    module = Project(load(file)).module(str(file))
    if module is None:
        raise SimulationError(f"`{file.name}` can't be read")
    if not module.is_pipeline:
        raise SimulationError(f"`{file.name}` holds no pipeline: it has no `steps`")
    return module
