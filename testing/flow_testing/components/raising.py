"""`with charge.raises("CardDeclined")`: a test that expects a component's declared error."""

import re
from collections.abc import Callable
from types import TracebackType

from flow_testing.components.judging import ContractError


class RaisedError:
    """The declared error that a call raised inside ``with charge.raises(…)``."""

    name: str = ""
    message: str = ""
    exception: BaseException | None = None


class Expected:
    """Expects that what is inside of it raises the error ``name`` of ``component``.

    ``match`` is a pattern that occurs in its message; ``error_name`` finds the names of errors.
    It is no generator, as pytest would show the lines of Python that run such a one.
    """

    def __init__(
        self,
        component: str,
        name: str,
        match: str | re.Pattern[str] | None,
        error_name: Callable[[BaseException], str | None],
    ) -> None:
        self._component = component
        self._name = name
        self._match = match
        self._error_name = error_name
        self._caught = RaisedError()

    def __enter__(self) -> RaisedError:
        """What is known of the error once it has been raised."""
        return self._caught

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        exception: BaseException | None,
        _trace: TracebackType | None,
    ) -> bool:
        """Whether the error is the expected one; what the component does not declare goes on.

        Raises:
            ContractError: nothing was raised, or another error that the component declares.
        """
        __tracebackhide__ = True
        if exception is None:
            raise ContractError(f"`{self._component}` did not raise `{self._name}`")
        found = self._error_name(exception) if isinstance(exception, Exception) else None
        if found is None:
            return False
        if found != self._name:
            message = f"`{self._component}` raised `{found}`, and `{self._name}` was expected"
            raise ContractError(message) from exception
        self._see_match(exception)
        caught = self._caught
        caught.name, caught.message, caught.exception = found, str(exception), exception
        return True

    def _see_match(self, exception: BaseException) -> None:
        __tracebackhide__ = True
        if self._match is not None and not re.search(self._match, str(exception)):
            said = f"`{self._component}` raised `{self._name}` with {str(exception)!r}"
            raise ContractError(f"{said}, in which {self._match!r} does not occur") from exception
