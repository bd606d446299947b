"""Give steps a file of their own, and call it in their place."""

import os
from collections.abc import Iterator
from functools import cached_property

import msgspec

from flow_core.analysis.resolve import PATHS, SUFFIXES
from flow_core.diagnostics import Edit, Json, Patch
from flow_core.expr.references import NamePath
from flow_core.ide.actions.action import Action, Change, Create, RefusedError
from flow_core.ide.actions.anchors import freed
from flow_core.ide.actions.border import Border, border_of, port_of
from flow_core.ide.actions.draft import edits_between
from flow_core.ide.actions.new_file import New, written
from flow_core.ide.actions.references import rewritten, waits
from flow_core.ide.actions.refusal import refusal, unreadable
from flow_core.ide.actions.request import Request, unique
from flow_core.ide.actions.rewiring import Rewiring
from flow_core.ide.actions.scenarios import in_scenarios
from flow_core.ide.actions.selection import Selection, restored, selected
from flow_core.ide.actions.source import Lines, Members
from flow_core.ide.actions.verdict import require_as_right, tidied
from flow_core.model.pipeline import SETTLED, Status, Step, Uses
from flow_core.module import Module
from flow_core.syntax.patch import apply_edits, apply_patches

ID = "extract_pipeline"


def actions(request: Request) -> Iterator[Action]:
    """One for the steps of the range; disabled where they can't stand alone."""
    selection = selected(request)
    if selection is not None and not _is_call(selection):
        title = f"Extract {selection.title} to a pipeline of its own"
        reason = _reason(border_of(selection, of_file=True))
        yield Action(
            title,
            "refactor.extract",
            disabled=reason,
            id="" if reason else ID,
            data=selection.data,
        )


def _is_call(selection: Selection) -> bool:
    """Whether it is a single step that does nothing but call a pipeline: it was extracted."""
    calls = [step.call for step in selection.steps]
    return len(calls) == 1 and isinstance(calls[0], Uses) and calls[0].target.startswith(PATHS)


def changes(module: Module, data: Json) -> Iterator[Change]:
    """The new file, and the edits of the old one."""
    border = border_of(restored(module, data), of_file=True)
    if reason := _reason(border):
        raise RefusedError(reason)
    extraction = _Extraction(border)
    texts = tidied(module, extraction.texts())
    require_as_right(module, texts)
    yield Create(extraction.file, texts[extraction.file])
    yield from edits_between(module.file, module.document.text, texts[module.file])
    yield from in_scenarios(border.selection, extraction.name, of_file=True)


def _reason(border: Border) -> str:
    keeps_name = len(border.selection.names) == 1
    return refusal(border, keeps_name=keeps_name) or next(unreadable(border), "")


class _Extraction(msgspec.Struct, frozen=True, dict=True):
    """The steps inside a border on their way to a file of their own."""

    border: Border

    @property
    def module(self) -> Module:
        return self.border.selection.module

    @cached_property
    def name(self) -> str:
        """The name of the calling step; a single step's stays, for no other can be meant."""
        names = self.border.selection.names
        return names[0] if len(names) == 1 else self.border.selection.free_name()

    @cached_property
    def file(self) -> str:
        """The new file: beside the old one, with a name that no file has."""
        project, file = self.module.project, self.module.file
        suffix = next((end for end in SUFFIXES if file.endswith(end)), SUFFIXES[0])
        found, number = project.resolve(file, f"{self.name}{suffix}"), 1
        while project.text(found) is not None:
            number += 1
            found = project.resolve(file, f"{self.name}_{number}{suffix}")
        return found

    @cached_property
    def ports(self) -> dict[NamePath, str]:
        """The names of the new inputs, by what they stand for."""
        found: dict[NamePath, str] = {}
        paths = dict.fromkeys(port_of(mention.path) for mention in self.border.reads)
        for path in sorted(paths, key=lambda path: path[0] != "inputs"):
            found[path] = unique(_port_name(path), set(found.values()))
        return found

    @cached_property
    def rewiring(self) -> Rewiring:
        return Rewiring(self.border, self.name)

    def texts(self) -> dict[str, str]:
        """The two files as they will be, but for what is then left over."""
        outer = self._outer()
        new = New(self.border, self.name, self._moved(), self.ports, self.rewiring.values)
        return {self.module.file: outer, self.file: written(new, outer, self.file)}

    def _outer(self) -> str:
        call = self._members.replaced(self.name, self._call())
        edits = [call, *self.rewiring.references(), *self.rewiring.dependents()]
        return apply_edits(self.module.document.text, edits)

    @cached_property
    def _members(self) -> Members:
        selection = self.border.selection
        return Members(self.module.document, selection.level, selection.names)

    # The new file's steps

    def _moved(self) -> Lines:
        edits = apply_patches(self.module.document, self._without())
        freed_ = freed(self.module.document, self._members.span)
        return self._members.lines([*self._references(), *edits, *freed_])

    def _references(self) -> Iterator[Edit]:
        for mention in self.border.reads:
            port = port_of(mention.path)
            edit = rewritten(self.module, mention, len(port), f"inputs.{self.ports[port]}")
            if edit is not None:
                yield edit

    def _without(self) -> Iterator[Patch]:
        """The deletion of what is no matter of the new file: keys that stay, outer dependencies."""
        yield from self.rewiring.deletions()
        for step in self.border.selection.steps:
            yield from self._outer_dependencies(step)

    def _outer_dependencies(self, step: Step) -> Iterator[Patch]:
        """The deletion of what a step waits for outside."""
        entries = waits(self.module, step)
        gone = [path for path, name in entries if name in self.border.waits]
        whole = bool(gone) and len(gone) == len(entries)
        return (Patch("delete", path) for path in ([gone[0][:-1]] if whole else gone))

    # The calling step

    def _call(self) -> dict[str, Json]:
        """The step that calls the new file, with the keys that stay."""
        call, left = dict[str, Json](), self.rewiring.left()
        if (waits := self.rewiring.depends_on(self._uses())) is not None:
            call["depends_on"] = waits
        if "when" in left:
            call["when"] = left["when"]
        call["uses"] = f"./{os.path.basename(self.file)}"  # noqa: PTH119 -- a text
        if self.ports:
            call["with"] = {name: f"${{{{ {'.'.join(p)} }}}}" for p, name in self.ports.items()}
        if "set" in left:
            call["set"] = left["set"]
        return call

    def _uses(self) -> Iterator[tuple[str, tuple[Status, ...]]]:
        """The steps that the arguments name, and what that implies."""
        for path in self.ports:
            if path[0] == "steps":
                yield path[1], ("succeeded",) if path[2] == "outputs" else SETTLED


def _port_name(path: NamePath) -> str:
    """The name of an input that stands for something.

    >>> _port_name(("steps", "a", "outputs", "b")), _port_name(("run", "id")), _port_name(("item",))
    ('b', 'run_id', 'item')
    """
    match path:
        case ("steps", step, "outputs"):
            return step
        case ("steps", step, attribute):
            return f"{step}_{attribute}"
        case ("run", attribute):
            return f"run_{attribute}"
        case _:
            return path[-1]
