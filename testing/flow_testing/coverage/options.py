"""What is asked for: kinds and pipelines to cover, reports, and a least percentage."""

import os
from collections.abc import Iterable

import msgspec

from flow_core.coverage import KINDS, Kind
from flow_core.settings import SettingsError
from flow_core.suggest import closest
from flow_testing.coverage.collect import pipelines

_PLURALS: dict[str, Kind] = {
    **{f"{kind}s": kind for kind in KINDS},
    **{kind: kind for kind in KINDS},
    "branches": "branch",
    "catches": "catch",
    "retries": "retry",
}

FILES = {
    "html": "flow-coverage",
    "xml": "flow-coverage.xml",
    "lcov": "flow-coverage.lcov",
    "json": "flow-coverage.json",
}
"""The reports that are written, and where if nothing else is said."""

ALL = 100
"""Percent."""

FORMATS = ("term", "term-missing", *FILES)


class OptionError(ValueError):
    """An option that can't be understood; the message says what was expected."""


class NoPipelineError(OptionError):
    """A file or folder that is to choose pipelines and has none."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(f"`{word}` chooses no pipeline")


class Report(msgspec.Struct, frozen=True):
    """A report: its format, and the file or folder that it is written to, if it is written."""

    format: str
    target: str = ""


class Wanted(msgspec.Struct, frozen=True):
    """What is asked for. ``paths`` are absolute; no ``reports`` are those of the terminal.

    Without ``paths`` the projects count in which something was run.
    """

    kinds: frozenset[Kind] = frozenset(KINDS)
    paths: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    fail_under: float | None = None


def wanted(
    what: Iterable[str], reports: Iterable[str], fail_under: float | None, folder: str
) -> Wanted:
    """What options ask for; paths start from ``folder``.

    Raises:
        OptionError: one of them can't be understood.
        NoPipelineError: a path leads to no pipeline.
    """
    kinds: set[Kind] = set()
    paths: list[str] = []
    for word in (word for each in what for word in each.split(",") if word):
        if word in _PLURALS:
            kinds.add(_PLURALS[word])
        else:
            paths.append(_path(word, folder))
    if fail_under is not None and not 0 <= fail_under <= ALL:
        raise OptionError(f"{fail_under:g} is no percentage: ask for at least 0 to {ALL}")
    found = tuple(_report(each, folder) for each in reports)
    return Wanted(frozenset(kinds or KINDS), tuple(paths), found, fail_under)


def _path(word: str, folder: str) -> str:
    path = os.path.normpath(os.path.join(folder, word))  # noqa: PTH118 - names are strings
    if os.path.exists(path):  # noqa: PTH110 - the same
        _see_pipelines(path, word)
        return path
    meant = closest(word, _PLURALS)
    hint = f"; did you mean `{meant}`?" if meant else f"; the kinds are {', '.join(KINDS)}"
    raise OptionError(f"`{word}` is neither a kind of coverage nor a file or folder{hint}")


def _see_pipelines(path: str, word: str) -> None:
    try:
        found = next(pipelines([path]), None)
    except SettingsError as error:
        raise OptionError(str(error)) from error
    if found is None:
        raise NoPipelineError(word)


def _report(text: str, folder: str) -> Report:
    """A report as it is asked for: `html`, or `html:build/coverage`."""
    name, _, target = text.partition(":")
    if name not in FORMATS or (target and name not in FILES):
        expected = ", ".join(FORMATS)
        raise OptionError(f"there is no report `{text}`: it is one of {expected}, or `html:DIR`")
    if name not in FILES:
        return Report(name)
    return Report(name, os.path.join(folder, target or FILES[name]))  # noqa: PTH118 - the same
