"""One file and everything that is known about it: what rules, editors and pictures look at.

A module is lazy: each part is computed when it is first asked for, from the parts before it. It
never changes; a new text is a new module.
"""

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from flow_core.analysis.conditions import Conditions
from flow_core.analysis.faults import Faults, lost_sections
from flow_core.analysis.graph import Graph
from flow_core.analysis.liveness import Liveness
from flow_core.analysis.misfits import Misfits, group_misfits
from flow_core.analysis.module_problems import ModuleProblems
from flow_core.analysis.outcomes import Outcomes
from flow_core.analysis.raises import Raises
from flow_core.analysis.requests import Requests, read_requests
from flow_core.analysis.resolve import Resolution, resolve_call, resolve_import
from flow_core.analysis.scopes import pipeline_names
from flow_core.analysis.state import State
from flow_core.analysis.type_names import TypeNames
from flow_core.analysis.typing import CheckedSite, Typing
from flow_core.analysis.usage import Usage
from flow_core.analysis.uses import Mention, Use, explicit_uses, implied_uses, mentions
from flow_core.analysis.worst_case import WorstCase
from flow_core.components.from_pipeline import pipeline_signature
from flow_core.components.library import Library
from flow_core.components.signature import Signature
from flow_core.components.yaml_library import read_components
from flow_core.fields import fields, named, text
from flow_core.language.problem import HIDING_USES, ShapeProblem
from flow_core.language.shape import check_shape
from flow_core.model.pipeline import Pipeline
from flow_core.model.read_pipeline import Reading, read_pipeline
from flow_core.model.sites import Site, walk_sites
from flow_core.model.walk import CallInfo, StepInfo, walk_calls, walk_steps
from flow_core.places import Path
from flow_core.syntax import Document
from flow_core.syntax.nodes import Scalar
from flow_core.syntax.problems import LOSING_NOTHING
from flow_core.types.kinds import ANY

if TYPE_CHECKING:
    from flow_core.analysis.tested import UnderTest
    from flow_core.model.scenario import ScenarioFile
    from flow_core.project import Project

_CALLING: tuple[Path, ...] = (("steps",), ("finally",))
SCENARIO_SUFFIXES = (".flowtest.yaml", ".flowtest.yml", ".flowtest.json")


class Module:
    """A file of a project. ``file`` is absolute."""

    def __init__(self, file: str, document: Document, project: "Project") -> None:
        self.file = file
        self.document = document
        self.project = project

    @property
    def is_scenario(self) -> bool:
        """Whether the file holds scenarios that test a pipeline."""
        return self.file.endswith(SCENARIO_SUFFIXES)

    @cached_property
    def is_pipeline(self) -> bool:
        """Whether the file holds a pipeline, not only a library."""
        return "steps" in fields(self.document.root)

    @cached_property
    def shape(self) -> tuple[ShapeProblem, ...]:
        """Where the document departs from the definition of the language."""
        return check_shape(self.document, "scenario" if self.is_scenario else "pipeline")

    @cached_property
    def reading(self) -> Reading:
        """The model, and what was wrong with types and the syntax of expressions."""
        root = None if self.is_scenario else self.document.root
        names = self.type_names
        return read_pipeline(root, self.file, names.find, names.reading)

    @property
    def pipeline(self) -> Pipeline:
        """The model of the file."""
        return self.reading.pipeline

    @cached_property
    def is_whole(self) -> bool:
        """Whether all keys of the file could be read, so that what is not seen is not there."""
        known = all(problem.kind in LOSING_NOTHING for problem in self.document.problems)
        return known and not self.lost

    @cached_property
    def lost(self) -> frozenset[str]:
        """The keys of the root that may declare more names than could be read."""
        return frozenset(lost_sections(self.document))

    @cached_property
    def shows_uses(self) -> bool:
        """Whether all that the file makes use of could be read: nothing looks unused by mistake."""
        return self.is_whole and not any(map(self._hides_uses, self.shape))

    def _hides_uses(self, problem: ShapeProblem) -> bool:
        """Whether there is more behind a problem than one value, or perhaps a call."""
        path = problem.place.path
        is_value = path[:1] not in _CALLING and isinstance(self.document.get(path), Scalar)
        return problem.kind in HIDING_USES and not is_value

    def is_faulty(self, path: Path) -> bool:
        """Whether a fault of the text touches or follows the entry at a path: it is unsure."""
        return self._faults.touch(path)

    @cached_property
    def _faults(self) -> Faults:
        return Faults(self.document)

    def scalar_text(self, path: Path) -> str | None:
        """The text of the scalar at a path as it stands in the file."""
        node = self.document.get(path)
        return node.text if isinstance(node, Scalar) else None

    # Types and components

    @cached_property
    def type_names(self) -> TypeNames:
        """What the names of types mean here."""
        return TypeNames(self)

    @cached_property
    def imports(self) -> dict[str, str]:
        """The targets of the file's imports; types need them before there is a model."""
        return {k: text(v) for k, v in named(fields(self.document.root).get("imports")).items()}

    @cached_property
    def library(self) -> Library:
        """What other files can import from this one."""
        names = self.type_names
        read = read_components(fields(self.document.root).get("components"), self.file, names.find)
        return Library(self.file, read.components, names.all_own(), read.problems)

    def imported(self, alias: str) -> Resolution:
        """What an alias stands for."""
        if alias not in self._imported:
            self._imported[alias] = resolve_import(self, alias)
        return self._imported[alias]

    @cached_property
    def _imported(self) -> dict[str, Resolution]:
        return {}

    @cached_property
    def signature(self) -> Signature:
        """This file's pipeline as a component.

        A pipeline that calls itself, through whatever files, sees only an outline of itself.
        """
        self.__dict__["signature"] = self._outline()
        with self.project.nested() as allowed:
            return self._full_signature() if allowed else self._outline()

    def _outline(self) -> Signature:
        """The signature as far as it shows without a look at the steps."""
        outputs = {name: found.type or ANY for name, found in self.pipeline.outputs.items()}
        errors = dict.fromkeys(self.pipeline.errors or (), "")
        return pipeline_signature(self.pipeline, outputs, errors, self.file)

    def _full_signature(self) -> Signature:
        outputs = {
            name: output.type or self.typing.checked(output.path).result.type
            for name, output in self.pipeline.outputs.items()
            if output.type is not None or output.value is not None
        }
        errors = dict.fromkeys(self.raises.pipeline, "")
        return pipeline_signature(self.pipeline, outputs, errors, self.file)

    # Steps, calls and sites

    @cached_property
    def steps(self) -> dict[str, StepInfo]:
        """All steps by name, those of groups and of ``finally`` too; the first of a name counts."""
        found: dict[str, StepInfo] = {}
        for info in walk_steps(self.pipeline):
            found.setdefault(info.step.name, info)
        return found

    @cached_property
    def calls(self) -> dict[Path, CallInfo]:
        """All calls by the path of the mapping that makes them."""
        return {info.path: info for info in walk_calls(self.pipeline)}

    @cached_property
    def sites(self) -> dict[Path, Site]:
        """All values that may hold expressions, by path."""
        return {site.path: site for site in walk_sites(self.pipeline)}

    def resolved(self, path: Path) -> Resolution:
        """What the call at a path calls."""
        if path not in self._resolved:
            self._resolved[path] = resolve_call(self, self.calls[path])
        return self._resolved[path]

    @cached_property
    def _resolved(self) -> dict[Path, Resolution]:
        return {}

    def called(self, path: Path) -> Signature | None:
        """The signature behind the call at a path, None where it is unknown."""
        return self.resolved(path).signature if path in self.calls else None

    # Scenarios

    @cached_property
    def scenario(self) -> "ScenarioFile":
        """The scenarios of the file; none in a file that holds a pipeline."""
        from flow_core.model.read_scenario import read_scenarios

        return read_scenarios(self.document.root if self.is_scenario else None)

    @cached_property
    def tested(self) -> "UnderTest | None":
        """The pipeline that the scenarios test, as they see it, None where there is none."""
        from flow_core.analysis.tested import UnderTest, under_test

        inner = under_test(self).module
        return UnderTest(inner) if inner and inner.is_pipeline else None

    # What follows from them

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """All references in the sites."""
        return tuple(mentions(self.sites.values()))

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Where steps are named: the entries of `depends_on`, then the references."""
        explicit = (explicit_uses(info.step, self.document) for info in self.steps.values())
        return (*chain.from_iterable(explicit), *implied_uses(self.mentions))

    @cached_property
    def graph(self) -> Graph:
        """What waits for what."""
        return Graph(self.steps, self.uses)

    @cached_property
    def state(self) -> State:
        """Who reads and writes the channels."""
        return State(self)

    @cached_property
    def outcomes(self) -> Outcomes:
        """How steps can end."""
        inputs = pipeline_names(self.pipeline)["inputs"]
        return Outcomes(self.graph, inputs, self.problems.misread)

    @cached_property
    def typing(self) -> Typing:
        """The types of steps and sites."""
        return Typing(
            self.pipeline,
            self.calls,
            self.sites,
            self.graph,
            self.outcomes,
            self.called,
            self.scalar_text,
        )

    @cached_property
    def conditions(self) -> Conditions:
        """The conditions whose outcome is certain."""
        return Conditions(self)

    @cached_property
    def liveness(self) -> Liveness:
        """Which steps can never run."""
        return Liveness(self)

    @cached_property
    def usage(self) -> Usage:
        """Which of its own names the file makes use of."""
        return Usage(self)

    @cached_property
    def raises(self) -> Raises:
        """The errors that steps can raise."""
        return Raises(self)

    @cached_property
    def worst_case(self) -> WorstCase:
        """What steps and the pipeline take at most: time, cost, attempts."""
        return WorstCase(self)

    @cached_property
    def checked(self) -> tuple[CheckedSite, ...]:
        """All sites, checked; those in the requests of the file's components come last."""
        return (*(self.typing.checked(path) for path in self.sites), *self.requests.sites)

    @cached_property
    def requests(self) -> Requests:
        """The expressions in the requests of the file's components."""
        return read_requests(self)

    @cached_property
    def misfits(self) -> Misfits:
        """What does not fit where it stands, by purpose; not where something else is wrong."""
        return group_misfits(self)

    @cached_property
    def problems(self) -> ModuleProblems:
        """All that is wrong with types, expressions, imports and calls, by kind."""
        return ModuleProblems(self)
