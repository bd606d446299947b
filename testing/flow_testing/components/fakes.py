"""What stands for a component's effects while a test calls it."""

from contextlib import AbstractContextManager
from typing import Any


def faked(name: str, fake: Any, home: str) -> AbstractContextManager[object]:
    """Puts ``fake`` in the place of an attribute, named by module and attribute.

    A name without a dot is one of the module ``home``.

    Raises:
        AttributeError: there is no such attribute.
    """
    from unittest.mock import patch

    __tracebackhide__ = True
    owner, attribute = _owner(name if "." in name else f"{home}.{name}")
    if not hasattr(owner, attribute):
        raise AttributeError(_missing(name, owner, attribute))
    patched: AbstractContextManager[object] = patch.object(owner, attribute, fake)
    return patched


def _owner(name: str) -> tuple[Any, str]:
    from pkgutil import resolve_name

    __tracebackhide__ = True
    path, _, attribute = name.rpartition(".")
    try:
        return resolve_name(path), attribute
    except (ImportError, AttributeError, ValueError) as error:
        message = f"there is no `{path}` in which to fake `{attribute}`: {error}"
        raise AttributeError(message) from None


def _missing(name: str, owner: Any, attribute: str) -> str:
    from flow_core.suggest import closest

    meant = closest(attribute, dir(owner))
    hint = f"did you mean `{meant}`?" if meant else "a fake takes the place of what is there"
    return f"there is no `{name}` to fake: {hint}"
