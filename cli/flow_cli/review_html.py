"""A review as one page: nothing from a network, no script, and all that was written is escaped."""

from collections.abc import Iterator
from html import escape as escape_html

from flow_cli.review import SIGNS, TITLES, FileReview, Review, delta_lines, delta_rows, told
from flow_cli.terminal import escape
from flow_core.diff import IMPACTS, Change

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """\
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
section { border: 1px solid #8886; border-radius: 6px; margin: 1rem 0; padding: 0 1rem 1rem }
li { margin: .5rem 0 }
ul { padding-left: 1.2rem }
table { border-collapse: collapse }
th, td { border: 1px solid #8886; padding: .2rem .6rem; text-align: left }
.breaking { border-left: 4px solid #c62828; padding-left: .8rem }
.behaviour { border-left: 4px solid #b26a00; padding-left: .8rem }
.cosmetic { border-left: 4px solid #888; padding-left: .8rem }
"""


def html_page(review: Review) -> str:
    """The whole page."""
    body = [line for each in review.files for line in _file(each)]
    head = [
        "<!doctype html>",
        '<html lang="en">',
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{_text(f'{review.old} → {review.new}')}</title>",
        f"<style>\n{_STYLE}</style>",
        "<main>",
        f"<h1>{_text(review.summary)}</h1>",
        f"<p><code>{_text(review.old)}</code> → <code>{_text(review.new)}</code></p>",
    ]
    return "\n".join([*head, *body, "</main>", "</html>"]) + "\n"


def _file(found: FileReview) -> Iterator[str]:
    yield f"<section><h2><code>{_text(found.title)}</code></h2>"
    for impact in IMPACTS:
        changes = found.of(impact)
        if changes:
            yield f'<div class="{impact}"><h3>{TITLES[impact]}</h3><ul>'
            yield from (_change(found, change) for change in changes)
            yield "</ul></div>"
    yield from _delta(found)
    yield "</section>"


def _change(found: FileReview, change: Change) -> str:
    where = found.where(change)
    place = f" <small><code>{_text(where)}</code></small>" if where else ""
    notes = "".join(f"<li>{_text(note)}</li>" for note in change.notes)
    more = f"<ul>{notes}</ul>" if notes else ""
    return (
        f"<li>{SIGNS[change.kind]} <code>{_text(told(change))}</code>{place}"
        f"<br>{_text(change.why)}{more}</li>"
    )


def _delta(found: FileReview) -> Iterator[str]:
    if found.delta is None:
        return
    yield "<h3>Simulated</h3>"
    rows = list(delta_rows(found.delta))
    if rows:
        yield '<table><tr><th></th><th scope="col">before</th><th scope="col">after</th></tr>'
        for name, before, after in rows:
            cells = f"<td>{_text(before)}</td><td>{_text(after)}</td>"
            yield f'<tr><th scope="row">{_text(name)}</th>{cells}</tr>'
        yield "</table>"
    yield from (f"<p>{_text(line)}</p>" for line in delta_lines(found.delta))


def _text(text: str) -> str:
    return escape_html(escape(text))
