"""What a mock stands in for: which outputs it has to give, and which errors it can raise."""

from typing import Any

import msgspec

from flow_core.analysis.mocked import mock_problems
from flow_core.analysis.raises import BUILT_IN
from flow_core.analysis.tested import Unknown, errors_of, outputs_of
from flow_core.simulate.scenarios import Subject
from flow_core.suggest import closest
from flow_core.types import Type, deref, show
from flow_core.types.kinds import ObjectType
from flow_testing.errors import FlowTestError
from flow_testing.given import see_data, text


class StandIn(msgspec.Struct, frozen=True):
    """What is known of the step or component that ``key`` names; None of what is not."""

    key: str
    outputs: Type | None = None
    errors: frozenset[str] | None = None

    def see_outputs(self, given: Any) -> None:
        """See that outputs fit.

        Raises:
            FlowTestError: they do not, and the message says which do.
        """
        __tracebackhide__ = True
        see_data(given, f"the mock of `{self.key}`")
        wrong = self._misfit(given)
        if wrong:
            help_ = self._in_python(given) or self._gives()
            raise FlowTestError(f"the mock of `{self.key}`: {wrong}", help_)

    def see_none_needed(self) -> None:
        """See that a function need not return outputs.

        Raises:
            FlowTestError: it has to.
        """
        if self._misfit({}):
            message = f"the function that mocks `{self.key}` returned nothing"
            raise FlowTestError(message, self._gives())

    def _misfit(self, given: Any) -> str:
        problems = mock_problems(given, self.outputs) if self.outputs else ()
        return next((problem.text for problem in problems), "")

    def _gives(self) -> str:
        return f"`{self.key}` gives `{show(self.outputs)}`" if self.outputs else ""

    def _in_python(self, given: dict[str, Any]) -> str:
        """How to write what would be right in a scenario, "" where it would not."""
        outputs = deref(self.outputs) if self.outputs else None
        known = outputs.fields if isinstance(outputs, ObjectType) else {}
        match {name: value for name, value in given.items() if name not in known}:
            case {"fail": name}:
                return f'in Python: `fail("{name}")`'
            case {"hang": _}:
                return "in Python: `hang()`"
            case {"estimated": _}:
                return "in Python: `estimated()`"
            case {"returns": returns}:
                return f"in Python the outputs alone: `{returns!r}`"
            case _:
                return ""

    def see_error(self, name: str) -> None:
        """See that an error can be raised.

        Raises:
            FlowTestError: it is not declared.
        """
        __tracebackhide__ = True
        if self.errors is None or name in self.errors or name in BUILT_IN:
            return
        meant = closest(name, (*self.errors, *BUILT_IN))
        known = ", ".join(f"`{each}`" for each in sorted(self.errors - BUILT_IN.keys()))
        declared = f"it declares {known}" if known else "it declares no errors"
        help_ = f"did you mean `{meant}`?" if meant else f"{declared}; `unexpected` is possible"
        raise FlowTestError(f"`{self.key}` never raises `{name}`", help_)


def stand_in(subject: Subject, key: str) -> StandIn:
    """What a mock of this name stands in for.

    Raises:
        FlowTestError: nothing in the pipeline has that name.
    """
    __tracebackhide__ = True
    target = subject.names.mocked(text(key, "name of a step or component"))
    if isinstance(target, Unknown):
        meant = f"did you mean `{target.meant}`?" if target.meant else target.help
        steps = ", ".join(f"`{name}`" for name in subject.module.steps)
        raise FlowTestError(target.message, meant or f"its steps: {steps}")
    return StandIn(key, outputs_of(target), errors_of(target))
