"""A review as Markdown, for the description of a change or a comment on it."""

import re
from collections.abc import Iterator

from flow_cli.review import SIGNS, TITLES, FileReview, Review, delta_lines, delta_rows, told
from flow_cli.terminal import escape
from flow_core.diff import IMPACTS, Change

_MEANING = re.compile(r"([\\*_{}\[\]<>#|~&!@])")


def markdown(review: Review) -> str:
    """The whole review."""
    parts = [f"**{review.summary}**", *(part for each in review.files for part in _file(each))]
    return "\n\n".join(parts) + "\n"


def _file(found: FileReview) -> Iterator[str]:
    yield f"### {_code(found.title)}"
    for impact in IMPACTS:
        changes = found.of(impact)
        if changes:
            yield f"#### {TITLES[impact]}"
            yield "\n".join(_change(found, change) for change in changes)
    yield from _delta(found)


def _change(found: FileReview, change: Change) -> str:
    where = found.where(change)
    place = f" ({_code(where)})" if where else ""
    head = f"- {SIGNS[change.kind]} {_code(told(change))}: {_prose(change.why)}{place}"
    return "\n".join([head, *(f"  - {_prose(note)}" for note in change.notes)])


def _delta(found: FileReview) -> Iterator[str]:
    if found.delta is None:
        return
    rows, lines = list(delta_rows(found.delta)), list(delta_lines(found.delta))
    if rows or lines:
        yield "#### Simulated"
    if rows:
        table = ["| | before | after |", "|---|---|---|"]
        table += [f"| {n} | {_prose(before)} | {_prose(after)} |" for n, before, after in rows]
        yield "\n".join(table)
    if lines:
        yield "\n".join(f"- {_prose(line)}" for line in lines)


def _code(text: str) -> str:
    """A text as a span of code, whatever backticks it holds."""
    text = escape(text)
    runs = [len(run) for run in re.findall(r"`+", text)]
    fence = "`" * (max(runs, default=0) + 1)
    space = " " if runs else ""
    return f"{fence}{space}{text}{space}{fence}"


def _prose(text: str) -> str:
    """A text in which nothing but backticks has a meaning: those that stand in pairs are code."""
    parts = escape(text).split("`")
    if len(parts) % 2 == 0:
        return _MEANING.sub(r"\\\1", escape(text)).replace("`", "\\`")
    return "".join(
        _code(part) if i % 2 and part else _MEANING.sub(r"\\\1", part)
        for i, part in enumerate(parts)
    )
