"""The report in Cobertura's format (coverage-04.dtd), which CI servers read."""

import os
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flow_core.coverage import Count, FileSum, LineHits, Sums, lines_of

_DOCTYPE = "http://cobertura.sourceforge.net/xml/coverage-04.dtd"


def cobertura_report(sums: Sums, root: str, at: int) -> str:
    """The report as XML. ``at`` is when it is made, in milliseconds since 1970."""
    lines = {file.name: lines_of(file.goals, file.hits) for file in sums.files}
    every = [line for each in lines.values() for line in each]
    numbers, branches = _lines(every), _branches(every)
    coverage = Element(
        "coverage",
        {
            **_rates(every),
            "lines-covered": str(numbers.covered),
            "lines-valid": str(numbers.total),
            "branches-covered": str(branches.covered),
            "branches-valid": str(branches.total),
            "complexity": "0",
            "version": "flow",
            "timestamp": str(at),
        },
    )
    SubElement(SubElement(coverage, "sources"), "source").text = root
    packages = SubElement(coverage, "packages")
    folders: dict[str, list[FileSum]] = {}
    for file in sums.files:
        folders.setdefault(os.path.dirname(file.name), []).append(file)  # noqa: PTH120 - a string
    for folder, files in folders.items():
        _package(packages, folder, files, lines)
    indent(coverage)
    text = tostring(coverage, encoding="unicode")
    return f'<?xml version="1.0" ?>\n<!DOCTYPE coverage SYSTEM "{_DOCTYPE}">\n{text}\n'


def _package(
    packages: Element, folder: str, files: Sequence[FileSum], lines: dict[str, tuple[LineHits, ...]]
) -> None:
    """A folder with its files, each of which is a class in the words of the format."""
    inside = [line for file in files for line in lines[file.name]]
    name = folder.replace("/", ".") or "."
    package = SubElement(packages, "package", {"name": name, **_rates(inside), "complexity": "0"})
    classes = SubElement(package, "classes")
    for file in files:
        own = lines[file.name]
        names = {"name": file.name.rpartition("/")[2], "filename": file.name}
        made = SubElement(classes, "class", {**names, **_rates(own), "complexity": "0"})
        SubElement(made, "methods")
        found = SubElement(made, "lines")
        for line in own:
            SubElement(found, "line", _line(line))


def _line(line: LineHits) -> dict[str, str]:
    known = {"number": str(line.line), "hits": str(line.hits)}
    if not line.branches:
        return {**known, "branch": "false"}
    count = Count(line.covered, len(line.branches))
    ways = f"{int(count.percent)}% ({count.covered}/{count.total})"
    return {**known, "branch": "true", "condition-coverage": ways}


def _rates(lines: Iterable[LineHits]) -> dict[str, str]:
    every = list(lines)
    return {"line-rate": _rate(_lines(every)), "branch-rate": _rate(_branches(every))}


def _rate(count: Count) -> str:
    return f"{count.covered / count.total:.4g}" if count.total else "1"


def _lines(lines: Sequence[LineHits]) -> Count:
    return Count(sum(line.hits > 0 for line in lines), len(lines))


def _branches(lines: Sequence[LineHits]) -> Count:
    return Count(sum(line.covered for line in lines), sum(len(line.branches) for line in lines))
