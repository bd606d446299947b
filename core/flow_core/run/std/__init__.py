"""stub"""

from flow_core.run.errors import ComponentError


def _fail(message, error="Failed", data=None):
    raise ComponentError(error, message, data)


def _check(that, message="x"):
    if not that:
        raise ComponentError("AssertionFailed", message)
    return {}


def pure(name):
    return {"log": lambda **k: {}, "fail": _fail, "assert": _check}.get(name)
