"""What a test asks for that can't be: told without the insides of Flow."""

from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class FlowTestError(Exception):
    """A test of a pipeline is wrong itself; the message says how to mend it."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002 - as in a diagnostic
        super().__init__(f"{message}\n{help}" if help else message)
        self.message = message
        self.help = help


FlowTestError.__module__ = "flow_testing"  # where users know it from; summaries are short


def not_installed(what: str, error: ModuleNotFoundError) -> ModuleNotFoundError:
    """What to tell where ``what`` needs a package that only tests need; else the error itself."""
    if error.name not in ("hypothesis", "pytest"):
        return error
    message = f"`{what}` needs {error.name}: `pip install 'flow-pipelines[test]'`"
    return ModuleNotFoundError(message, name=error.name)


class BrokenMock(Exception):  # noqa: N818 - it carries an error
    """A function of a test raised an error of its own inside of a run; ``trace`` begins there.

    What ends a test, such as `pytest.fail`, is one too.
    """

    def __init__(self, error: BaseException, trace: TracebackType | None) -> None:
        super().__init__()
        self.error = error
        self.trace = trace


def told(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Let what keeps a run from going on be told as what is wrong with the test.

    Tracebacks show lines of the test alone.
    """

    @wraps(function)
    def wrapper(*args: _P.args, **named: _P.kwargs) -> _T:
        __tracebackhide__ = True
        from flow_core.simulate.errors import SimulationError

        failure: BaseException
        try:
            return function(*args, **named)
        except SimulationError as error:
            failure = FlowTestError(error.message, error.help)
        except FlowTestError as error:
            failure = error.with_traceback(None)
        except BrokenMock as broken:
            failure = broken.error.with_traceback(broken.trace)
        raise failure

    return wrapper
