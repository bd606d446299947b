"""Which of its own names a file makes use of."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from flow_core.analysis.arguments import known_calls
from flow_core.analysis.resolve import PATHS
from flow_core.analysis.unmarked import Unmarked, unmarked
from flow_core.fields import fields
from flow_core.model.pipeline import Uses
from flow_core.syntax.nodes import Mapping, Scalar, Sequence, Value

if TYPE_CHECKING:
    from flow_core.module import Module

_MEMBER = re.compile(r"\.\s*(\w+)")
_WORD = re.compile(r"\w+")
_GUESSED = ("unknown-input", "unknown-secret", "unknown-channel", "unknown-type", "unknown-name")
"""Problems behind which a name may be meant that seems unused."""


class Usage:
    """The names in use. Where a file can't be read in full, a doubtful name counts as used."""

    def __init__(self, module: "Module") -> None:
        self._module = module

    def reads(self, variable: str, name: str) -> bool:
        """Whether ``inputs.name``, or that of another variable, is read anywhere."""
        read = self._read.get(variable, set())
        return name in read or "" in read or name in self._doubtful

    @cached_property
    def _read(self) -> dict[str, set[str]]:
        """What is read of each variable; ``""`` is the variable as a whole."""
        found: dict[str, set[str]] = {}
        for variable, *rest in (mention.path for mention in self._module.mentions):
            found.setdefault(variable, set()).add(rest[0] if rest else "")
        return found

    @cached_property
    def called_secrets(self) -> frozenset[str]:
        """The secrets that the files need which this one calls; all, if one can't be found."""
        module = self._module
        found: set[str] = set()
        for path, info in module.calls.items():
            signature = module.called(path)
            if signature is not None:
                found |= set(signature.secrets)
            elif isinstance(info.call, Uses) and info.call.target.startswith(PATHS):
                found |= set(module.pipeline.secrets)
        return frozenset(found)

    @cached_property
    def types(self) -> frozenset[str]:
        """The words that stand where types do; those of a type's own definition are not its own."""
        module = self._module
        root = fields(module.document.root)
        nodes = [root.get(key) for key in ("inputs", "outputs", "state", "components")]
        nodes += (
            module.document.get((*info.step.path, "returns"))
            for info in module.steps.values()
            if info.step.returns
        )
        found = set(words(nodes))
        for name, node in fields(root.get("types")).items():
            found |= set(words([node])) - {name}
        return frozenset(found | self._doubtful)

    @cached_property
    def unmarked(self) -> tuple[Unmarked, ...]:
        """Text that may be meant to make use of a name."""
        return tuple(unmarked(self._module))

    @cached_property
    def _doubtful(self) -> frozenset[str]:
        """Names that problems elsewhere may keep from being seen."""
        module = self._module
        guessed = {problem.suggestion or "" for problem in module.problems.of(*_GUESSED)}
        broken = module.document.problems or module.reading.problems or module.shape
        guessed |= {name for call in known_calls(module) for name in call.missing}
        guessed |= {name for found in self.unmarked for name in found.names}
        return frozenset(guessed | set(_MEMBER.findall(module.document.text) if broken else ()))


def words(nodes: Iterable[Value | None]) -> Iterator[str]:
    """The words in all texts below some nodes; keys are none."""
    pending = list(nodes)
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        match node:
            case Mapping():
                pending.extend(node.fields.values())
            case Sequence():
                pending.extend(node.values)
            case Scalar(value=str(text)):
                yield from _WORD.findall(text)
            case _:
                continue
