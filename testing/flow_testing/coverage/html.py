"""The report as web pages: a table, and for each file its graph and its lines.

The pages are files that need nothing else: no script, no network.
"""

import os
from html import escape
from pathlib import Path

from flow_core.coverage import Count, FileSum, LineHits, Sums, lines_of
from flow_core.printable import escape as printable
from flow_testing.coverage.html_style import STYLE
from flow_visualize.covering import with_coverage
from flow_visualize.layout import lay_out
from flow_visualize.reading import picture_of
from flow_visualize.svg import svg
from flow_visualize.view import MOST, fitting


def write_html(sums: Sums, folder: Path) -> Path:
    """Write the pages to a folder; the one to open is returned.

    Raises:
        OSError: they can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = {file.name: _page_name(file.name) for file in sums.files}
    for file in sums.files:
        (folder / names[file.name]).write_text(_file_page(file, sums), encoding="utf-8")
    index = folder / "index.html"
    index.write_text(_index(sums, names), encoding="utf-8")
    return index


def _page_name(name: str) -> str:
    """The name of a file's page.

    >>> _page_name("flows/pay_in.flow.yaml")
    'flows_-pay__in.flow.yaml.html'
    """
    return name.replace("_", "__").replace("/", "_-") + ".html"


def _page(title: str, body: str) -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<title>{_text(title)}</title>\n<style>{STYLE}</style></head>\n"
        f"<body>\n{body}</body></html>\n"
    )


def _text(text: str) -> str:
    return escape(printable(text))


# The table


def _index(sums: Sums, names: dict[str, str]) -> str:
    rows = "".join(
        _row(f'<a href="{escape(names[file.name])}">{_text(file.name)}</a>', file.count)
        for file in sums.files
    )
    kinds = "".join(_row(kind, count) for kind, count in sums.kinds.items())
    body = (
        f"<h1>Coverage of pipelines: {sums.count.text}</h1>\n"
        f"{_table('file', rows + _row('total', sums.count))}"
        f"<h2>By kind</h2>\n{_table('kind', kinds)}"
    )
    return _page("Coverage of pipelines", body)


def _table(head: str, rows: str) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in (head, "goals", "missed", "cover"))
    return f'<table class="sums"><thead><tr>{heads}<td></td></tr></thead>{rows}</table>\n'


def _row(name: str, count: Count) -> str:
    bar = f'<meter max="100" value="{count.percent:.1f}">{count.text}</meter>'
    numbers = "".join(f"<td>{each}</td>" for each in (count.total, count.missed, count.text))
    return f'<tr><th scope="row">{name}</th>{numbers}<td>{bar}</td></tr>\n'


# A file


def _file_page(file: FileSum, sums: Sums) -> str:
    stale = "<p>It has changed since it was run: no run of it counts.</p>\n" if file.stale else ""
    body = (
        f'<p><a href="index.html">All files</a></p>\n'
        f"<h1>{_text(file.name)}: {file.count.text}</h1>\n"
        f"<p>{file.count.covered} of {file.count.total} goals are covered.</p>\n{stale}"
        f'<div class="graph">{_graph(file, sums)}</div>\n'
        f"{_missed(file)}"
        f"<h2>Lines</h2>\n{_key()}{_lines(file)}"
    )
    return _page(f"{file.name}: coverage", body)


def _graph(file: FileSum, sums: Sums) -> str:
    """The picture of the pipeline, painted, as SVG in the page."""
    base = os.path.dirname(file.module.file)  # noqa: PTH120 - names of files are strings
    found = {os.path.relpath(f.module.file, base).replace(os.sep, "/"): f for f in sums.files}
    picture = fitting(with_coverage(picture_of(file.module), found), MOST)
    text = svg(picture, lay_out(picture, direction="TB"))
    return text[text.index("<svg") :]


def _missed(file: FileSum) -> str:
    if not file.missed:
        return ""
    items = "".join(
        f'<li><a href="#l{goal.line}">line {goal.line}</a>: {_text(goal.lacking)}</li>\n'
        for goal in file.missed
    )
    return f"<h2>Missed</h2>\n<ul>{items}</ul>\n"


def _key() -> str:
    signs = (("all", "covered"), ("some", "partly covered"), ("none", "missed"))
    spans = (f'<span class="{name}">{_SIGNS[name]} {words}</span>' for name, words in signs)
    return f'<p class="key">{" ".join(spans)}; in front of the line: how many runs came there</p>\n'


def _lines(file: FileSum) -> str:
    known = {line.line: line for line in lines_of(file.goals, file.hits)}
    missed: dict[int, list[str]] = {}
    for goal in file.missed:
        missed.setdefault(goal.line, []).append(goal.lacking)
    text = file.module.document.text.splitlines()
    rows = "".join(
        _source(number, line, known.get(number), missed.get(number, []))
        for number, line in enumerate(text, 1)
    )
    return f'<table class="source">{rows}</table>\n'


_SIGNS = {"all": "✓", "some": "◐", "none": "✕"}


def _source(number: int, text: str, line: LineHits | None, missed: list[str]) -> str:
    """A line of the file: its number, its state, how many runs came there, and what is missing."""
    state = "" if line is None else "all" if not missed else "some" if line.hits else "none"
    sign = f"{_SIGNS[state]} {line.hits}&times;" if line is not None else ""
    notes = "".join(f"<li>{_text(each)}</li>" for each in missed)
    told = f"<ul>{notes}</ul>" if notes else ""
    return (
        f'<tr id="l{number}" class="{state}"><td>{number}</td><td>{sign}</td>'
        f"<td><pre>{_text(text)}</pre></td><td>{told}</td></tr>\n"
    )
