"""Contracts: each component that is said to be real, called with many inputs, held to its ports.

Nobody writes these tests. What is tried follows from the types of the ports, and from the inputs
that scenarios and pipelines show.
"""

import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
from msgspec.structs import replace

from flow_core.components.signature import Signature
from flow_core.diagnostics import Json
from flow_core.project import Project
from flow_core.types import show
from flow_testing.components.attempt import Raised, Result, Returned, Stopped
from flow_testing.components.cases import Case, cases
from flow_testing.components.component import show_estimate, slow_after
from flow_testing.components.declared import Declared
from flow_testing.components.harvest import Harvest
from flow_testing.components.judging import (
    Breach,
    breaches,
    declared_error,
    show_inputs,
    undeclared,
)
from flow_testing.components.process import ImportFailed, Process, make_scratch
from flow_testing.components.source import source_breaches
from flow_testing.components.words import words
from flow_testing.components.worker import Job

TIMEOUT = 5.0
"""How many seconds a call may take, unless its estimate gives it more."""

_LEAST_PATIENCE = 2.0
_REFUSALS = frozenset({"ValueError", "OSError"})
"""Python's own ways to say no to a value. On made-up inputs they are no breach by themselves."""

Status: TypeAlias = Literal["kept", "broken", "not-run", "skipped"]


class Found(msgspec.Struct, frozen=True):
    """A breach, and the first inputs that show it (None: the source shows it).

    ``count`` is how many inputs do; ``source`` is who shows them, if they are not made up.
    """

    breach: Breach
    inputs: dict[str, Json] | None = None
    count: int = 1
    source: str = ""


class Report(msgspec.Struct, frozen=True):
    """What the contract of one component came to; ``reason`` is why it was not tried.

    ``tried`` is how many calls were made, in ``seconds`` of the real clock.
    """

    declared: Declared
    status: Status
    found: tuple[Found, ...] = ()
    tried: int = 0
    reason: str = ""
    notes: tuple[str, ...] = ()
    seconds: float = 0


class Contracts:
    """The contracts of components of one project.

    ``real`` are patterns of the components that may be imported and called.
    """

    def __init__(
        self, project: Project, components: Sequence[Declared], real: Sequence[str], timeout: float
    ) -> None:
        self._project = project
        self._components = components
        self._real = real
        self._timeout = timeout
        self._harvest = Harvest(project)

    def run(self) -> Iterator[Report]:
        """Try one component after the other."""
        process = Process()
        with tempfile.TemporaryDirectory(prefix="flow-contracts-") as scratch:
            make_scratch(scratch, self._project.settings.root)
            try:
                for component in self._components:
                    began = time.perf_counter()
                    report = self._report(component, process, scratch)
                    seconds = time.perf_counter() - began
                    yield replace(report, seconds=seconds)
            finally:
                process.close()

    def _report(self, component: Declared, process: Process, scratch: str) -> Report:
        signature = component.signature
        static = tuple(Found(breach) for breach in source_breaches(component))
        if signature.kind != "python":
            reason = f"it is a {signature.kind} component: only Python's can be called alone yet"
            return Report(component, "skipped", static, reason=reason)
        shown = self._harvest.found.get(component.key, ())
        wanted = cases(signature, shown, words(component))
        if not any(component.matches(pattern) for pattern in self._real):
            status: Status = "broken" if static else "not-run"
            reason = f"no `--real` names it; {len(wanted)} calls would be tried"
            return Report(component, status, static, reason=reason)
        if not wanted:
            reason = f"no inputs could be made up: {_show_ports(signature)}"
            return Report(component, "broken" if static else "skipped", static, reason=reason)
        return _Trial(component, wanted, process, scratch, self._timeout).report(static)


class _Trial:
    """The calls of one component."""

    def __init__(
        self,
        component: Declared,
        wanted: Sequence[Case],
        process: Process,
        scratch: str,
        timeout: float,
    ) -> None:
        self._component = component
        self._cases = wanted
        self._process = process
        self._scratch = scratch
        self._limit = slow_after(component.signature)
        self._patience = (
            timeout
            if self._limit is None
            else min(timeout, max(1.5 * self._limit, _LEAST_PATIENCE))
        )

    def report(self, static: tuple[Found, ...]) -> Report:
        try:
            results = self._process.run(self._job(self._cases), self._patience)
            tried = list(zip(self._cases, results, strict=False))
            slow = list(self._slow(tried))
        except ImportFailed as failed:
            breach = _import_breach(self._component, str(failed))
            return Report(self._component, "broken", (*static, Found(breach)))
        found = _merged([*static, *self._judged(tried), *slow])
        status: Status = "broken" if found else "kept"
        notes = tuple(self._notes(tried))
        return Report(self._component, status, tuple(found), len(tried), notes=notes)

    def _job(self, wanted: Sequence[Case]) -> Job:
        signature, project = self._component.signature, self._component.project
        settings = project.settings
        source = project.python_source(signature.target.partition(":")[0])
        ports = signature.inputs.items()
        return Job(
            target=signature.target,
            root=settings.root,
            paths=tuple(str(Path(settings.root, path).resolve()) for path in settings.python_paths),
            file=source[0] if source else "",
            folder=self._scratch,
            inputs=tuple(signature.inputs),
            defaults={n: port.default for n, port in ports if port.default is not msgspec.UNSET},
            outputs=tuple(signature.outputs),
            cases=tuple(case.inputs for case in wanted),
        )

    def _judged(self, tried: Sequence[tuple[Case, Result]]) -> Iterator[Found]:
        worked = any(self._is_fine(result) for _, result in tried)
        for case, result in tried:
            if isinstance(result, Stopped) and result.code is None and self._limit is not None:
                continue  # how long it may take is `_slow`'s to say
            if isinstance(result, Raised) and self._is_refusal(case, result):
                if worked:
                    continue
                yield Found(self._never(result), case.inputs)
                continue
            for breach in breaches(self._component, result):
                yield Found(breach, case.inputs, source=case.source)

    def _is_fine(self, result: Result) -> bool:
        if isinstance(result, Raised):
            return declared_error(self._component.signature, result) is not None
        return isinstance(result, Returned)

    def _is_refusal(self, case: Case, result: Raised) -> bool:
        """Whether made-up inputs were refused in one of Python's own ways."""
        if case.source or declared_error(self._component.signature, result) is not None:
            return False
        return result.defined == "builtins" and not _REFUSALS.isdisjoint(result.names)

    def _never(self, result: Raised) -> Breach:
        breach = undeclared(self._component, result)
        message = f"no input that was tried is accepted: {breach.message}"
        hint = f"{breach.help}; or show inputs that work in a scenario"
        return replace(breach, message=message, help=hint, about="never")

    def _slow(self, tried: Sequence[tuple[Case, Result]]) -> Iterator[Found]:
        """The first case that takes much longer than the estimate says, again and again."""
        limit = self._limit
        if limit is None:
            return
        for case, result in tried:
            if _seconds(result) <= limit and not _is_stopped(result):
                continue
            again = self._process.run(self._job([case, case]), self._patience)
            fastest = min(_seconds(each) for each in (result, *again))
            stopped = all(map(_is_stopped, (result, *again)))
            if fastest > limit or stopped:
                yield Found(self._too_slow(fastest, stopped=stopped), case.inputs)
                return

    def _too_slow(self, fastest: float, *, stopped: bool) -> Breach:
        signature = self._component.signature
        estimate = show_estimate(signature)
        if stopped:
            message = f"it had not ended after {fastest:.3g} s: {estimate}"
            hint = "correct the estimate, or give it longer with `--timeout`"
        else:
            message = f"it took {fastest:.3g} s at best: {estimate}"
            hint = "correct the estimate, or make it faster"
        return Breach("too-slow", message, hint, signature.place)

    def _notes(self, tried: Sequence[tuple[Case, Result]]) -> Iterator[str]:
        """What a reader should know of a contract that was kept."""
        refused = [
            result
            for case, result in tried
            if isinstance(result, Raised) and self._is_refusal(case, result)
        ]
        if refused:
            names = ", ".join(sorted({f"`{result.names[0]}`" for result in refused}))
            yield f"{len(refused)} of {len(tried)} made-up inputs were refused with {names}"
        if not any(isinstance(result, Returned) for _, result in tried):
            yield "no call returned, so its outputs were not seen: show inputs that work"


def _seconds(result: Result) -> float:
    return getattr(result, "seconds", 0.0)


def _is_stopped(result: Result) -> bool:
    return isinstance(result, Stopped) and result.code is None


def _import_breach(component: Declared, message: str) -> Breach:
    hint = "a component has to be importable from the project's root, without an effect"
    return Breach("import", message, hint, component.signature.place)


def _merged(found: Iterable[Found]) -> list[Found]:
    """Breaches that are the same but for the inputs as one, with the inputs that came first."""
    merged: dict[tuple[str, str], Found] = {}
    for each in found:
        key = (each.breach.kind, each.breach.about)
        first = merged.get(key)
        if first is None or first.inputs is None:
            merged[key] = each if first is None else replace(each, breach=first.breach)
        else:
            merged[key] = replace(first, count=first.count + 1)
    return list(merged.values())


def _show_ports(signature: Signature) -> str:
    return ", ".join(f"{name}: {show(port.type)}" for name, port in signature.inputs.items())


def as_test(component: Declared, inputs: dict[str, Json]) -> str:
    """A test that shows a breach, to be pasted into a test file."""
    name = "".join(c if c.isalnum() else "_" for c in component.signature.name)
    call = f'component("{component.name}")({show_inputs(inputs)})'
    return f"from flow_testing import component\n\n\ndef test_{name}():\n    {call}\n"
