"""Pipelines in Python: a builder that gives the same data as a file, and so the same meaning.

>>> order = (
...     Pipeline("greet", description="Say hello.")
...     .input("name", "string")
...     .step("hello", uses="std.log", with_={"message": "hello " + expr("inputs.name")})
... )
>>> order.data()["steps"]
{'hello': {'uses': 'std.log', 'with': {'message': 'hello ${{ inputs.name }}'}}}

Keys are the language's own; where Python reserves a word, a ``_`` follows it (``with_``). Nothing
is checked here: `check` does that, with the rules that a file is checked with.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self, cast

from flow_core.diagnostics import Diagnostic, Json
from flow_core.durations import show_duration
from flow_core.model.pipeline import Pipeline as Model

if TYPE_CHECKING:
    from flow_core.module import Module


class Pipeline:
    """A pipeline in the making; every method returns the pipeline itself.

    ``keys`` are top-level keys of the language, such as ``version``, ``imports`` or ``types``.
    """

    def __init__(self, name: str, **keys: Any) -> None:
        self._data: dict[str, Json] = {"flow": 1, "name": name, **_plain_keys(keys)}

    def input(self, name: str, type_: Any, **keys: Any) -> Self:
        """Declare an input: a type as the language writes it, and the port's further keys."""
        return self._put("inputs", name, _typed(type_, keys))

    def output(self, name: str, value: Any, **keys: Any) -> Self:
        """Declare an output; with ``type_`` its type is declared, not inferred."""
        declared = {"value": value, **_plain_keys(keys)} if keys else value
        return self._put("outputs", name, _plain(declared))

    def type(self, name: str, type_: Any) -> Self:
        """Declare a type: shorthand, or a schema as a mapping."""
        return self._put("types", name, _plain(type_))

    def state(self, name: str, type_: Any, **keys: Any) -> Self:
        """Declare a channel of state."""
        return self._put("state", name, {"type": _plain(type_), **_plain_keys(keys)})

    def step(self, name: str, **keys: Any) -> Self:
        """Add a step; ``keys`` are those of a step in a file."""
        return self._put("steps", name, _plain_keys(keys))

    def finally_(self, name: str, **keys: Any) -> Self:
        """Add a step to ``finally``."""
        return self._put("finally", name, _plain_keys(keys))

    def _put(self, section: str, name: str, value: Json) -> Self:
        entries = cast("dict[str, Json]", self._data.setdefault(section, {}))
        if name in entries:
            raise ValueError(f"`{section}` already has `{name}`")
        entries[name] = value
        return self

    def data(self) -> dict[str, Json]:
        """The pipeline as plain data."""
        return self._data

    def json(self) -> str:
        """The pipeline as the text of a ``*.flow.json`` file."""
        return json.dumps(self._data, indent=2, ensure_ascii=False) + "\n"

    def yaml(self) -> str:
        """The pipeline as the text of a ``*.flow.yaml`` file, in the formatter's style."""
        from flow_core.convert import to_yaml

        return to_yaml(self.json())

    def model(self) -> Model:
        """The frozen model, the same as that of a file with this text."""
        return self.module("").pipeline

    def check(self, folder: str = ".") -> tuple[Diagnostic, ...]:
        """What is wrong, as if the pipeline were a file in ``folder``; spans count in `json`."""
        from flow_core.check import check

        return check(self.module(folder))

    def module(self, folder: str = "") -> "Module":
        """The pipeline as if it were a file in ``folder``."""
        from pathlib import Path

        from flow_core.project import Project
        from flow_core.settings import load

        home = Path(folder).resolve()
        file = home / f"{self._data['name']}.flow.json"
        return Project(load(home)).add(str(file), self.json())


def expr(source: str) -> str:
    """An expression as a value: ``${{ source }}``.

    >>> expr("inputs.order.total")
    '${{ inputs.order.total }}'
    """
    return f"${{{{ {source} }}}}"


def step(**keys: Any) -> dict[str, Json]:
    """A step of a group, a branch or a handler; in a pipeline use `Pipeline.step`.

    >>> step(uses="warehouse.book", with_={"parcels": 2}, timeout=timedelta(seconds=90))
    {'uses': 'warehouse.book', 'with': {'parcels': 2}, 'timeout': '1m30s'}
    """
    return _plain_keys(keys)


def _typed(type_: Any, keys: Mapping[str, Any]) -> Json:
    plain = _plain(type_)
    if not keys:
        return plain
    base: dict[str, Json] = plain if isinstance(plain, dict) else {"type": plain}
    return {**base, **_plain_keys(keys)}


def _plain_keys(keys: Mapping[str, Any]) -> dict[str, Json]:
    return {name.removesuffix("_"): _plain(value) for name, value in keys.items()}


def _plain(value: Any) -> Json:
    """Plain data: durations become text, tuples lists."""
    match value:
        case timedelta():
            return show_duration(value // timedelta(microseconds=1))
        case Mapping():
            entries = cast("Mapping[str, Any]", value)
            return {name: _plain(item) for name, item in entries.items()}
        case list() | tuple():
            return [_plain(item) for item in cast("Sequence[Any]", value)]
        case _:
            return cast("Json", value)
