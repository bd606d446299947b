"""The steps and outputs of a file as they read inside of another one."""

from collections.abc import Iterator
from functools import cached_property

import msgspec

from flow_core.analysis.check_value import expressions
from flow_core.analysis.in_force import is_defaulted
from flow_core.analysis.uses import Mention
from flow_core.diagnostics import Edit, Json, Patch
from flow_core.expr.references import path_of
from flow_core.fields import fields, text
from flow_core.ide.actions.action import RefusedError
from flow_core.ide.actions.adoption import Adoption
from flow_core.ide.actions.anchors import freed
from flow_core.ide.actions.arguments import Argument
from flow_core.ide.actions.inline_refusal import hidden
from flow_core.ide.actions.references import head, waits
from flow_core.ide.actions.request import unique
from flow_core.ide.actions.source import Content, Lines, Members
from flow_core.ide.actions.substitution import Substitution
from flow_core.model.pipeline import Constant, Step, Switch, Uses
from flow_core.model.walk import step_calls
from flow_core.module import Module
from flow_core.places import Place
from flow_core.syntax.nodes import data
from flow_core.syntax.patch import apply_patches

_POLICIES = ("timeout", "retry")


class Inlined(msgspec.Struct, frozen=True, dict=True):
    """The insides of ``inner``, which ``step`` of ``module`` calls."""

    module: Module
    step: Step
    inner: Module
    adoption: Adoption

    @cached_property
    def arguments(self) -> dict[str, Argument]:
        """What stands for each input."""
        found: dict[str, Argument] = {}
        given = self.step.call.arguments if isinstance(self.step.call, Uses) else {}
        for name, port in self.inner.pipeline.inputs.items():
            path = (*self.step.path, "with", name)
            if name in given:
                type_ = self.module.typing.checked(path).result.type
                value = data(self.module.document.get(path))
                found[name] = Argument(given[name], value, type_, port.type)
            else:
                default = None if isinstance(port.default, msgspec.UnsetType) else port.default
                found[name] = Argument(Constant(default), default, port.type, port.type)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """The new names of its steps, where the file has others of that name."""
        taken = set(self.module.graph.infos)
        found: dict[str, str] = {}
        for name in self.inner.graph.infos:
            found[name] = unique(name if name not in taken else f"{self.step.name}_{name}", taken)
            taken.add(found[name])
        return {old: new for old, new in found.items() if old != new}

    def steps(self) -> Lines:
        """The steps, without indentation."""
        names = tuple(self.inner.pipeline.steps)
        members = Members(self.inner.document, ("steps",), names)
        edits = [*self._edits, *freed(self.inner.document, members.span)]
        return members.lines(edits)

    def outputs(self) -> Content:
        """The outputs; nothing where there are none."""
        names = tuple(self.inner.pipeline.outputs)
        if not names:
            return {}
        members = Members(self.inner.document, ("outputs",), names)
        edits = [*self._edits, *freed(self.inner.document, members.span)]
        return members.lines(edits)

    def lost(self) -> set[str]:
        """The steps that the arguments name, but the insides do not in the same way."""
        used: dict[str, bool] = {}
        for mention in self._reads():
            used[mention.path[1]] = (
                used.get(mention.path[1], True) and not mention.reference.guarded
            )
        return {
            reference.path[1]
            for name, argument in self.arguments.items()
            if not used.get(name, False)
            for reference in argument.references
            if reference.path[0] == "steps" and len(reference.path) > 1
        }

    def _reads(self) -> Iterator[Mention]:
        """The references to inputs that are there."""
        for mention in self.inner.mentions:
            if (
                mention.path[0] == "inputs"
                and mention.path[1:2]
                and mention.path[1] in self.arguments
            ):
                yield mention

    # What is written differently

    @cached_property
    def _edits(self) -> list[Edit]:
        substitution = Substitution(self.inner.document)
        for mention in self._reads():
            self._substitute(mention, substitution)
        for mention in self.inner.mentions:
            if mention.path[0] == "steps" and mention.path[1] in self.names:
                substitution.write(mention.name(1), self.names[mention.path[1]])
        return [*substitution.edits(), *apply_patches(self.inner.document, self._patches())]

    def _substitute(self, mention: Mention, substitution: Substitution) -> None:
        argument = self.arguments[mention.path[1]]
        for reason in hidden(mention, argument):
            raise RefusedError(reason)
        braces = _braces(self.inner, mention)
        if braces is not None and _is_all(self.inner, braces):
            substitution.replace(mention.place.path, argument.data)
        elif braces is not None and argument.text is not None:
            substitution.write(braces, argument.text)
        elif argument.source is None:
            raise RefusedError(f"no expression gives what `{mention.path[1]}` is here")
        else:
            substitution.write(head(self.inner, mention, 2), argument.source)

    def _patches(self) -> Iterator[Patch]:
        for info in self.inner.steps.values():
            step = info.step
            if step.name in self.names:
                yield Patch("rename", step.path, self.names[step.name])
            for path, name in waits(self.inner, step):
                if name in self.names:
                    listed = isinstance(path[-1], int)
                    yield Patch("replace" if listed else "rename", path, self.names[name])
            yield from self._policies(step)
        for path, made in self.inner.calls.items():
            if isinstance(made.call, Uses):
                yield from self.adoption.target((*path, "uses"), made.call)

    def _policies(self, step: Step) -> Iterator[Patch]:
        """The defaults of its file, or none, where those of the other file would hold."""
        own, other = self._defaults(self.inner), self._defaults(self.module)
        keys = fields(self.inner.document.get(step.path))
        for key in _POLICIES:
            if own.get(key) == other.get(key) or key in keys or not self._is_defaulted(step):
                continue
            if isinstance(step.call, Switch):
                raise RefusedError(f"the branches of `{step.name}` have other defaults")
            yield Patch("insert", (*step.path, key), own.get(key))

    def _defaults(self, module: Module) -> dict[str, Json]:
        found = data(fields(module.document.root).get("defaults"))
        return found if isinstance(found, dict) else {}

    def _is_defaulted(self, step: Step) -> bool:
        """Whether the defaults of a file apply to what a step calls."""
        calls = (info for info in step_calls(step) if info.role in ("step", "branch"))
        found = (self.inner.called(info.path) for info in calls)
        return any(signature is not None and is_defaulted(signature) for signature in found)


def _braces(module: Module, mention: Mention) -> Place | None:
    """Where the expression is, braces included, that is nothing but an input as a whole."""
    source = text(module.document.get(mention.place.path))
    for path, expression in expressions(mention.site.value, mention.site.path):
        start, end = expression.start, expression.start + len(expression.source)
        is_here = path == mention.place.path and start <= mention.place.start < end
        if is_here and not mention.path[2:] and path_of(expression.tree) == mention.path:
            opening, closing = source.rindex("${{", 0, start + 1), source.index("}}", end)
            return Place(path, start=opening, end=closing + len("}}"))
    return None


def _is_all(module: Module, place: Place) -> bool:
    """Whether a scalar has nothing else than what is at a place."""
    source = text(module.document.get(place.path))
    return not (source[: place.start] + source[place.end :]).strip()
