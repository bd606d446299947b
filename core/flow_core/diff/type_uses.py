"""Where a file uses its named types, and who has to do with the values there."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import msgspec

from flow_core.diff.type_judge import Use
from flow_core.types.kinds import Ref, Type

if TYPE_CHECKING:
    from flow_core.module import Module


class TypeUses:
    """The uses of named types in a module, those through other named types too."""

    def __init__(self, module: "Module") -> None:
        self._module = module

    def of(self, name: str) -> set[tuple[str, Use]]:
        """Where a type of the module's own is used, and how."""
        return self.of_other(self._module.file, name)

    def of_other(self, file: str, name: str) -> set[tuple[str, Use]]:
        """Where a type of any file is used, and how."""
        return self._found.get((file, name), (None, set[tuple[str, Use]]()))[1]

    def foreign(self) -> list[Ref]:
        """The types of other files that are used."""
        found = [ref for ref, _ in self._found.values() if ref and ref.file != self._module.file]
        return sorted(found, key=lambda ref: (ref.file, ref.name))

    @cached_property
    def _found(self) -> dict[tuple[str, str], tuple[Ref | None, set[tuple[str, Use]]]]:
        found: dict[tuple[str, str], tuple[Ref | None, set[tuple[str, Use]]]] = {}
        for subject, use, type_ in _typed(self._module):
            for ref in _reached(type_):
                found.setdefault((ref.file, ref.name), (ref, set()))[1].add((subject, use))
        return found


def _reached(type_: Type) -> set[Ref]:
    """All named types that a type leads to."""
    pending, seen = list(refs(type_)), set[Ref]()
    while pending:
        ref = pending.pop()
        if ref not in seen:
            seen.add(ref)
            pending.extend(refs(ref.resolve()))
    return seen


def _typed(module: "Module") -> Iterator[tuple[str, Use, Type]]:
    """Everything in a file that has a type: by what name, for whom, and which."""
    pipeline = module.pipeline
    for name, port in pipeline.inputs.items():
        yield f"inputs.{name}", "given", port.type
    for name, found in module.signature.outputs.items():
        yield f"outputs.{name}", "got", found.type
    for name, channel in pipeline.state.items():
        yield f"state.{name}", "inside", channel.type
    for name, signature in module.library.components.items():
        for port_name, port in signature.inputs.items():
            yield f"components.{name}.inputs.{port_name}", "given", port.type
        for port_name, port in signature.outputs.items():
            yield f"components.{name}.outputs.{port_name}", "got", port.type
    for info in module.steps.values():
        for name, type_ in (info.step.returns or {}).items():
            yield f"steps.{info.step.name}.returns.{name}", "inside", type_


def refs(part: Any) -> Iterator[Ref]:
    """All named types directly in a type."""
    pending: list[Any] = [part]
    while pending:
        each = pending.pop()
        if isinstance(each, Ref):
            yield each
        elif isinstance(each, msgspec.Struct):
            pending.extend(getattr(each, key) for key in each.__struct_fields__)
        elif isinstance(each, dict):
            pending.extend(cast("dict[str, Any]", each).values())
        elif isinstance(each, list | tuple):
            pending.extend(cast("list[Any]", each))
