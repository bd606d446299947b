"""A review as text for people: by file, by class, each change with its place and its reason."""

from collections.abc import Iterator

from flow_cli.review import SIGNS, TITLES, FileReview, Review, delta_lines, delta_rows, told
from flow_cli.terminal import escape, paint, width
from flow_core.diff import IMPACTS, Change

_STYLES = {"breaking": "error", "behaviour": "warning", "cosmetic": "dim"}
_COLOURS = {"+": "added", "-": "removed", "→": "info", "~": "info"}


def render(review: Review, *, color: bool) -> str:
    """The whole review."""
    lines = [line for each in review.files for line in (*_file(each, color), "")]
    return "\n".join([*lines, review.summary]) + "\n"


def _file(found: FileReview, color: bool) -> Iterator[str]:  # noqa: FBT001 - the last, always
    yield paint(escape(found.title), "bold", color)
    for impact in IMPACTS:
        changes = found.of(impact)
        if changes:
            yield ""
            yield f"  {paint(TITLES[impact], _STYLES[impact], color)}"
            for change in changes:
                yield from _change(found, change, color)
    yield from _delta(found, color)


def _change(found: FileReview, change: Change, color: bool) -> Iterator[str]:  # noqa: FBT001
    sign = SIGNS[change.kind]
    where = found.where(change)
    yield f"  {paint(sign, _COLOURS[sign], color)} {escape(told(change))}"
    place = paint(f"  ({escape(where)})", "dim", color) if where else ""
    yield f"      {escape(change.why)}{place}"
    for note in change.notes:
        yield paint(f"      · {escape(note)}", "dim", color)


def _delta(found: FileReview, color: bool) -> Iterator[str]:  # noqa: FBT001
    if found.delta is None:
        return
    rows, lines = list(delta_rows(found.delta)), list(delta_lines(found.delta))
    yield ""
    yield f"  {paint('Simulated', 'bold', color)}"
    wide = max((width(before) for name, before, _ in rows if name != "critical path"), default=0)
    for name, before, after in rows:
        shown = escape(before) if before == after else f"{escape(before):{wide}} → {escape(after)}"
        yield f"    {name:14}{shown}"
    for line in lines:
        yield f"    {escape(line)}"
