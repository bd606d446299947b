"""What `flow diff` does: read both versions, compare them, report, and judge the result."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from flow_cli.errors import CLEAN, FINDINGS, UserError
from flow_cli.files import write_text
from flow_cli.options import FailOn, ReviewFormat
from flow_cli.review import FileReview, Review
from flow_cli.terminal import Color, wants_color, write
from flow_cli.versions import Version, since, version
from flow_core.diff import IMPACTS
from flow_core.diff.files import Pair, compare_pair, pair_files
from flow_core.diff.simulated import Delta, simulated_delta

if TYPE_CHECKING:
    from flow_core.module import Module


class Request(msgspec.Struct, frozen=True):
    """What is asked for."""

    paths: tuple[str, ...]
    since: str | None = None
    format: ReviewFormat = "text"
    fail_on: FailOn = "any"
    simulate: bool = True
    output: str | None = None
    color: Color = "auto"


def diff(request: Request) -> int:
    """Compare what the request names, report it, and return the exit code."""
    old, new = _versions(request)
    pairs = _pairs(old, new)
    callers = _callers(new)
    compared = frozenset(pair.new.file for pair in pairs if pair.old and pair.new)
    reviews = (_review(pair, callers, compared, simulate=request.simulate) for pair in pairs)
    review = Review(old.label, new.label, tuple(each for each in reviews if each.diff.changes))
    text = _rendered(review, request)
    if request.output:
        write_text(request.output, text)
    else:
        write(text)
    return _exit_code(review, request.fail_on)


def _versions(request: Request) -> tuple[Version, Version]:
    if request.since is not None:
        return since(request.since, list(request.paths))
    if len(request.paths) != 2:  # noqa: PLR2004 - the old one and the new one
        given = len(request.paths)
        help_ = "give the old version and the new one, or `--since REV`"
        raise UserError(f"two versions are compared, and {given} given", help_)
    old, new = map(version, request.paths)
    if old.single != new.single and old.modules and new.modules:
        raise UserError("a file can't be compared with a folder")
    return old, new


def _pairs(old: Version, new: Version) -> tuple[Pair, ...]:
    if old.single and new.single and old.modules and new.modules:
        (before,), (after,) = old.modules.values(), new.modules.values()
        (name,) = new.modules
        return (Pair(name, name, before, after),)
    return pair_files(old.modules, new.modules)


def _callers(new: Version) -> "Callable[[Module], Sequence[Module]]":
    """Finds the files of the new version that call or import one of them."""
    known = list(new.modules.values())

    def callers(of: "Module") -> "list[Module]":
        return [each for each in known if each is not of and of.file in _named(each)]

    return callers


def _named(module: "Module") -> Iterator[str]:
    """The Flow files that a file imports or calls."""
    targets = list(module.imports.values())
    targets += [getattr(info.call, "target", "") for info in module.calls.values()]
    for target in targets:
        if target.startswith((".", "/")):
            yield module.project.resolve(module.file, target)


def _review(
    pair: Pair,
    callers: "Callable[[Module], Sequence[Module]]",
    compared: frozenset[str],
    *,
    simulate: bool,
) -> FileReview:
    new = pair.new
    elsewhere = compared - {new.file} if new else compared
    found = compare_pair(pair, lambda: callers(new) if new else (), elsewhere)
    return FileReview(pair, found, _delta(pair) if simulate and found.changes else None)


def _delta(pair: Pair) -> Delta | None:
    """The simulated delta of two pipelines; libraries have none."""
    if pair.old is None or pair.new is None:
        return None
    if not (pair.old.is_pipeline and pair.new.is_pipeline):
        return None
    return simulated_delta(pair.old, pair.new)


def _rendered(review: Review, request: Request) -> str:
    match request.format:
        case "json":
            from flow_cli.review_data import review_data

            return json.dumps(review_data(review), indent=2, ensure_ascii=False) + "\n"
        case "markdown":
            from flow_cli.review_markdown import markdown

            return markdown(review)
        case "html":
            from flow_cli.review_html import html_page

            return html_page(review)
        case "github":
            from flow_cli.review_data import github

            return github(review)
        case "text":
            from flow_cli.review_text import render

            to_file = request.output is not None
            return render(review, color=not to_file and wants_color(request.color, sys.stdout))


def _exit_code(review: Review, fail_on: FailOn) -> int:
    """1 where there is a change of the class that is asked for, or of a graver one."""
    if review.impact is None:
        return CLEAN
    gravest = IMPACTS.index(review.impact)
    least = len(IMPACTS) if fail_on == "any" else IMPACTS.index(fail_on)
    return FINDINGS if gravest <= least else CLEAN
