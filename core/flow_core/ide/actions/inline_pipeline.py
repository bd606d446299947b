"""Put the steps of a file in the place of the step that calls it."""

from collections.abc import Iterator
from functools import cached_property

import msgspec

from flow_core.analysis.resolve import PATHS
from flow_core.convert import convert
from flow_core.diagnostics import Edit, Json, Patch, Severity
from flow_core.fields import fields
from flow_core.ide.actions.action import Action, RefusedError
from flow_core.ide.actions.adoption import Adoption
from flow_core.ide.actions.draft import Draft, edits_between
from flow_core.ide.actions.inline_refusal import of_step, own_to_file, shared_breakers
from flow_core.ide.actions.inlined import Inlined
from flow_core.ide.actions.request import Request
from flow_core.ide.actions.rewiring import depends_on
from flow_core.ide.actions.scenarios import with_new_names
from flow_core.ide.actions.source import Content, Members, exchanged
from flow_core.ide.actions.verdict import require_as_right
from flow_core.model.pipeline import Status, Step, Uses
from flow_core.module import Module
from flow_core.syntax.nodes import Mapping, data
from flow_core.syntax.patch import apply_edits, apply_patches

ID = "inline_pipeline"


def actions(request: Request) -> Iterator[Action]:
    """One on the name or the `uses` of a step that calls a file."""
    info = request.step
    if info is None or request.path not in (info.step.path, (*info.step.path, "uses")):
        return
    inner = _called(request.module, info.step)
    if inner is not None:
        title = f"Inline `{inner.pipeline.name}` into `{info.step.name}`"
        reason = next(_reasons(request.module, info.step, inner), "")
        yield Action(
            title,
            "refactor.inline",
            disabled=reason,
            id="" if reason else ID,
            data=info.step.name,
        )


def _called(module: Module, step: Step) -> Module | None:
    """The file whose pipeline a step calls by its path."""
    if not isinstance(step.call, Uses) or not step.call.target.startswith(PATHS):
        return None
    inner = module.resolved(step.path).module
    return inner if inner is not None and inner.is_pipeline else None


def _reasons(module: Module, step: Step, inner: Module) -> Iterator[str]:
    if not module.is_whole:
        yield "the file has syntax errors"
    if inner.file == module.file:
        yield "it would have no end"
    yield from of_step(step)
    yield from own_to_file(inner)
    yield from shared_breakers(inner)


def changes(module: Module, name: Json) -> Iterator[Edit]:
    """The edits: the group, and what its steps need of the file."""
    info = module.steps.get(name) if isinstance(name, str) else None
    inner = _called(module, info.step) if info else None
    if info is None or inner is None:
        raise RefusedError("the step is not there any more")
    if reason := next(_reasons(module, info.step, inner), ""):
        raise RefusedError(reason)
    inlining = _Inlining(module, info.step, _in_syntax_of(module, inner))
    text = inlining.text()
    require_as_right(module, {module.file: text}, Severity.ERROR)
    yield from edits_between(module.file, module.document.text, text)
    yield from dict.fromkeys(with_new_names(module, info.step, inner, inlining.inlined.names))


def _in_syntax_of(module: Module, inner: Module) -> Module:
    """A file as if it were written in YAML, or in JSON, as the other one is."""
    kind = module.document.kind
    if inner.document.kind == kind:
        return inner
    text = convert(inner.document.text, kind).text
    return Draft(module.project, {}).add(f"{inner.file}.{kind}", text)


class _Inlining(msgspec.Struct, frozen=True, dict=True):
    """The calling step on its way to become a group."""

    module: Module
    step: Step
    inner: Module

    @cached_property
    def inlined(self) -> Inlined:
        return Inlined(self.module, self.step, self.inner, Adoption(self.module, self.inner))

    def text(self) -> str:
        """The text of the file then."""
        group: dict[str, Content] = {"steps": self.inlined.steps()}
        if outputs := self.inlined.outputs():
            group["outputs"] = outputs
        edits = [*self._group(group)]
        edits += apply_patches(self.module.document, self.inlined.adoption.patches())
        return apply_edits(self.module.document.text, edits)

    def _group(self, group: dict[str, Content]) -> Iterator[Edit]:
        """The step's own keys stay as they are, if they do not stand between braces."""
        document, path = self.module.document, self.step.path
        node, waits = document.get(path), self._waits()
        is_block = isinstance(node, Mapping) and not node.flow
        if is_block or document.kind == "json":
            written = fields(node)
            new = {key: value for key, value in waits.items() if key not in written}
            old = [Patch("replace", (*path, key), waits[key]) for key in waits if key in written]
            gone = [Patch("delete", (*path, "with"))] if "with" in written else []
            yield exchanged(document, (*path, "uses"), {**new, **group})
            yield from apply_patches(document, [*old, *gone])
            return
        level = Members(document, path[:-1], (self.step.name,))
        if level.flow:
            raise RefusedError("the steps of the file stand between braces")
        known = data(node)
        own = known if isinstance(known, dict) else {}
        kept = {key: value for key, value in own.items() if key not in ("uses", "with")}
        yield level.replaced(self.step.name, {**kept, **waits, **group})

    def _waits(self) -> dict[str, Json]:
        """The step's `depends_on` where its references would no longer imply the same."""
        lost = self.inlined.lost()
        if not lost:
            return {}
        edges = self.module.graph.edges[self.step.name]
        wanted: dict[str, tuple[Status, ...]] = {
            name: edge.statuses for name, edge in edges.items() if edge.explicit or name in lost
        }
        return {"depends_on": depends_on(wanted)} if wanted else {}
