"""All that reading, resolving and checking a module found wrong, by kind."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from flow_core.analysis.targets import target_problem
from flow_core.model.sites import Site
from flow_core.places import Path
from flow_core.problems import Problem

if TYPE_CHECKING:
    from flow_core.module import Module


class ModuleProblems:
    """The problems of one module; each kind is one rule's to report."""

    def __init__(self, module: "Module") -> None:
        self._module = module

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._by_kind or self.of_components)

    def of(self, *kinds: str) -> Iterator[Problem]:
        """The problems of these kinds."""
        for kind in kinds:
            yield from self._by_kind.get(kind, ())

    @cached_property
    def misread(self) -> frozenset[Path]:
        """The paths of values whose expressions, or types, could not be read as they were meant."""
        return frozenset(problem.place.path for problem in self._module.reading.problems)

    @cached_property
    def in_expressions(self) -> tuple[tuple[Site, Problem], ...]:
        """What is wrong with expressions, and where each stands; not in broken text.

        Of what could not be read as it was meant only the names are sure.
        """
        return tuple(
            (checked.site, problem)
            for checked in self._module.checked
            for problem in checked.result.problems
            if problem.kind.startswith("unknown-") or problem.place.path not in self.misread
            if not self._module.is_faulty(problem.place.path)
        )

    @cached_property
    def of_components(self) -> tuple[Problem, ...]:
        """What is wrong with the targets of this file's components; their kinds are their own."""
        components = self._module.library.components.items()
        found = (target_problem(self._module, name, component) for name, component in components)
        return tuple(problem for problem in found if problem is not None)

    @cached_property
    def _by_kind(self) -> dict[str, list[Problem]]:
        found: dict[str, list[Problem]] = {}
        for problem in self._all():
            found.setdefault(problem.kind, []).append(problem)
        return found

    def _all(self) -> Iterator[Problem]:
        module = self._module
        yield from module.reading.problems
        yield from module.requests.problems
        yield from module.library.problems
        yield from (problem for _, problem in self.in_expressions)
        yield from self._unresolved()

    def _unresolved(self) -> Iterator[Problem]:
        """Imports and calls that stand for nothing."""
        module = self._module
        imports = (module.imported(alias) for alias in module.imports)
        for resolution in (*imports, *map(module.resolved, module.calls)):
            if resolution.problem is not None:
                yield resolution.problem
