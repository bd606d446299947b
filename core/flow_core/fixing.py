"""Applying the fixes of findings, again and again, until nothing is left to fix."""

from bisect import bisect, insort
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from flow_core.diagnostics import Diagnostic, Edit, Fix, Safety
from flow_core.places import Span

MOST_PASSES = 10
"""A bound, should two rules' fixes undo each other."""


def fix_all(
    texts: dict[str, str],
    check: Callable[[dict[str, str]], Iterable[Diagnostic]],
    allowed: Sequence[Safety],
) -> int:
    """Mend ``texts`` (by file) in place and return how many fixes were applied.

    ``check`` gives the findings for such texts. A fix is applied whole or not at all, and only
    when all that it edits is in ``texts``.
    """
    count = 0
    for _ in range(MOST_PASSES):
        fixes = [each.fix for each in check(texts) if each.fix and each.fix.safety in allowed]
        chosen = compatible(fix for fix in fixes if all(edit.file in texts for edit in fix.edits))
        if not _parses_as_well(texts, _edited(texts, chosen)):
            chosen = [fix for fix in chosen if _parses_as_well(texts, _edited(texts, [fix]))]
        edited = _edited(texts, chosen)
        if edited == texts or not _parses_as_well(texts, edited):
            break
        texts.update(edited)
        count += len(chosen)
    return count


def compatible(fixes: Iterable[Fix]) -> list[Fix]:
    """Those of the fixes that can be applied together, the first of two that touch winning."""
    chosen: list[Fix] = []
    taken: dict[str, list[Span]] = {}
    for fix in fixes:
        if not _is_sound(fix) or any(_touches(e.span, taken.get(e.file, [])) for e in fix.edits):
            continue
        chosen.append(fix)
        for edit in fix.edits:
            insort(taken.setdefault(edit.file, []), edit.span)
    return chosen


def _is_sound(fix: Fix) -> bool:
    """Tell whether a fix edits something, and nothing twice."""
    edits = sorted(fix.edits)
    return bool(edits) and not any(
        one.file == other.file and other.span.start < one.span.end for one, other in pairwise(edits)
    )


def _touches(span: Span, taken: list[Span]) -> bool:
    """Tell whether a span overlaps or adjoins one of others, which are sorted and disjoint."""
    place = bisect(taken, span)
    return (place > 0 and taken[place - 1].end >= span.start) or (
        place < len(taken) and taken[place].start <= span.end
    )


def _edited(texts: dict[str, str], fixes: list[Fix]) -> dict[str, str]:
    from flow_core.syntax.patch import apply_edits

    edits: dict[str, list[Edit]] = {}
    for fix in fixes:
        for edit in fix.edits:
            edits.setdefault(edit.file, []).append(edit)
    return {
        file: apply_edits(text, edits[file]) if file in edits else text
        for file, text in texts.items()
    }


def _parses_as_well(old: dict[str, str], new: dict[str, str]) -> bool:
    """Tell whether no changed text has more syntax problems than before."""
    return all(
        _problems(file, text) <= _problems(file, old[file])
        for file, text in new.items()
        if text != old[file]
    )


def _problems(file: str, text: str) -> int:
    from flow_core.project import kind_of
    from flow_core.syntax import parse

    return len(parse(text, kind_of(file)).problems)
