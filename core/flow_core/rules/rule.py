"""What a rule is: a value with a code and a name, beside a `check` function and a manual page."""

import re
from typing import TYPE_CHECKING

import msgspec

from flow_core.diagnostics import Edit, Finding, Mend, Patch, Raw, Safety, Severity
from flow_core.places import Path, Place
from flow_core.problems import Problem
from flow_core.syntax.nodes import Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flow_core.module import Module

_NEEDS_ESCAPES = re.compile(r"""["'\\\s]""")
"""What may not stand in every kind of YAML string as it is."""


class Rule(msgspec.Struct, frozen=True):
    """A rule's identity. ``severity`` is the default; settings may change it.

    ``whole`` tells that it would be wrong about a slice of a file (see `flow_core.ide.slices`): it
    speaks of what is nowhere used, or sums up.

    The module that defines ``RULE`` also defines ``check(module) -> Iterator[Finding]``, and its
    docstring is the manual page.
    """

    code: str
    name: str
    severity: Severity
    since: str = "0.1"
    whole: bool = False


def from_syntax(module: "Module", *kinds: str) -> "Iterator[Finding]":
    """The findings of a rule that reports these kinds of `SyntaxProblem`."""
    for problem in module.document.problems:
        if problem.kind in kinds:
            place = Place(start=problem.span.start, end=problem.span.end)
            fix = problem.fix
            mend = Mend(fix.title, safety=fix.safety, edits=fix.edits) if fix else None
            yield Finding(place, problem.message, problem.help, mend=mend)


def from_shape(module: "Module", *kinds: str) -> "Iterator[Finding]":
    """The findings of a rule that reports these kinds of `ShapeProblem`."""
    for problem in module.shape:
        if problem.kind in kinds:
            yield Finding(problem.place, problem.message, problem.help, problem.notes, problem.mend)


def from_problems(module: "Module", *kinds: str) -> "Iterator[Finding]":
    """The findings of a rule that reports these kinds of `Problem`."""
    for problem in module.problems.of(*kinds):
        yield finding(module, problem)


def finding(module: "Module", problem: Problem) -> Finding:
    """One problem as a finding; its suggestion becomes a fix that replaces the place."""
    mend = rewrite(module, problem.place, problem.suggestion)
    return Finding(problem.place, problem.message, problem.help, mend=mend)


def rewrite(module: "Module", place: Place, text: str | None) -> Mend | None:
    """The fix that writes another text at a place: a value, a key, or a range of a string."""
    if text is None:
        return None
    title = f"Write `{text}`"
    if place.part == "key":
        return Mend(title, (Patch("rename", place.path, text),), "unsafe")
    if place.start < 0:
        return Mend(title, (Patch("replace", place.path, Raw(text)),), "unsafe")
    if _NEEDS_ESCAPES.search(text):
        return None
    edit = Edit(module.file, module.document.locate(place), text)
    return Mend(title, safety="unsafe", edits=(edit,))


def removal(module: "Module", path: Path, title: str, safety: Safety = "unsafe") -> Mend:
    """The fix that deletes an entry or item, and what holds it if there is nothing else in that."""
    holder = module.document.get(path[:-1])
    others = len(holder.fields) if isinstance(holder, Mapping) else 0
    others = len(holder.values) if isinstance(holder, Sequence) else others
    return Mend(title, (Patch("delete", path if others > 1 else path[:-1]),), safety)
