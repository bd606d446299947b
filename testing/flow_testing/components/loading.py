"""Importing the function behind a component: only ever for a test that says that it is real."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any

_homes: dict[str, tuple[str, ModuleType]] = {}
"""The top-level packages that were imported here, and the roots of the projects that have them."""


class LoadError(Exception):
    """The function can't be had; the message says why."""


def load(target: str, root: str, paths: Sequence[str], file: str) -> Callable[..., Any]:
    """The function that ``module:function`` names.

    ``paths`` are the absolute folders in which the project looks for modules; ``file`` is the
    source that its ports were read from, "" where the project has none of it.

    Raises:
        LoadError: importing it failed, or gave another module or no function.
    """
    name, _, function = target.partition(":")
    package = name.partition(".")[0]
    _make_room(package, root)
    for path in reversed(paths):
        if path in sys.path:
            sys.path.remove(path)
        sys.path.insert(0, path)
    invalidate_caches()
    module = _imported(name)
    _homes.setdefault(package, (root, sys.modules[package]))
    other = getattr(module, "__file__", "") or ""
    if file and other and Path(other).resolve() != Path(file).resolve():
        raise LoadError(
            f"`{name}` is `{other}`, which was imported before, and not `{file}`: rename one of "
            "them, or test the two in runs of their own"
        )
    found: Callable[..., Any] | None = getattr(module, function, None)
    if not callable(found):
        raise LoadError(f"the module `{name}` has no function `{function}` once it is imported")
    return found


def _imported(name: str) -> Any:
    try:
        return import_module(name)
    except (Exception, SystemExit) as error:
        from flow_testing.components.attempt import raised

        seen = raised(error)
        at = f" ({seen.file}:{seen.line})" if seen.file not in ("", __file__) else ""
        message = f"importing `{name}` failed: {seen.names[0]}: {seen.message}{at}"
        raise LoadError(message) from error


def _make_room(package: str, root: str) -> None:
    """Forget a package that was imported here for another project."""
    home, module = _homes.get(package, (root, None))
    if module is None or sys.modules.get(package) is not module:
        _homes.pop(package, None)
    elif home != root:
        del _homes[package]
        for name in [*sys.modules]:
            if name == package or name.startswith(package + "."):
                del sys.modules[name]
