"""The arguments of ``@component(…)``, read from source."""

import ast
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import UNSET

from flow_core.components.python.literals import literal
from flow_core.components.python.names import Names
from flow_core.components.python.raises import error_class
from flow_core.components.python.source import Source
from flow_core.components.signature import Breaker, Estimate
from flow_core.durations import parse_duration
from flow_core.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from flow_core.diagnostics import Json

_T = TypeVar("_T")


class Options(msgspec.Struct):
    """What the decorator says of a component."""

    errors: dict[str, str] = {}
    estimate: Estimate | None = None
    breaker: Breaker | None = None
    version: str = ""
    tags: tuple[str, ...] = ()
    deprecated: str = ""


class OptionsReader:
    """Reads the decorator of one function; ``problems`` gathers what can't be understood."""

    def __init__(self, source: Source, names: Names) -> None:
        self._source = source
        self._names = names
        self.problems: list[Problem] = []

    def read(self, decorator: ast.expr | None) -> Options:
        """The options; those not given or not understood keep their defaults."""
        options = Options()
        if not isinstance(decorator, ast.Call):
            return options
        for argument in decorator.args:
            self._report(argument, "`@component` takes keywords only")
        for word in decorator.keywords:
            self._keyword(options, word)
        return options

    def _keyword(self, options: Options, word: ast.keyword) -> None:
        match word.arg:
            case "errors":
                options.errors = self._errors(word.value)
            case "estimate":
                options.estimate = self._estimate(word.value)
            case "circuit_breaker":
                options.breaker = self._breaker(word.value)
            case "version" | "deprecated":
                setattr(options, word.arg, self._literal(word.value, _text, "a string") or "")
            case "tags":
                options.tags = self._literal(word.value, _texts, "a list of strings") or ()
            case name:
                self._report(word, f"`@component` has no argument `{name or '**'}`")

    def _errors(self, node: ast.expr) -> dict[str, str]:
        errors: dict[str, str] = {}
        if not isinstance(node, ast.List | ast.Tuple | ast.Set):
            self._report(node, "`errors` must be a list of exception classes, written out")
            return errors
        for item in node.elts:
            found = error_class(item, self._source, self._names)
            if found:
                errors.setdefault(*found)
            else:
                self._report(item, "this is not the name of an exception class")
        return errors

    def _estimate(self, node: ast.expr) -> Estimate | None:
        values = self._arguments(node, ("p50", "p95", "cost", "failure_rate"), "Estimate(…)")
        if values is None:
            return None
        return Estimate(
            p50=self._take(values, "p50", _duration, "a duration such as `300ms`"),
            p95=self._take(values, "p95", _duration, "a duration such as `300ms`"),
            cost=self._take(values, "cost", _number, "a number"),
            failure_rate=self._take(values, "failure_rate", _number, "a number"),
        )

    def _breaker(self, node: ast.expr) -> Breaker | None:
        values = self._arguments(node, (), "a dictionary, written out")
        if values is None:
            return None
        threshold = self._take(values, "failure_threshold", _integer, "a whole number")
        reset = self._take(values, "reset_timeout", _duration, "a duration such as `30s`")
        half_open = self._take(values, "half_open_max", _integer, "a whole number")
        errors = tuple(self._errors(values["errors"])) if "errors" in values else None
        if threshold is None or reset is None:
            self._report(node, "a breaker needs `failure_threshold` and `reset_timeout`")
            return None
        return Breaker(threshold, reset, 1 if half_open is None else half_open, errors)

    def _arguments(
        self, node: ast.expr, positional: tuple[str, ...], wanted: str
    ) -> dict[str, ast.expr] | None:
        """The named values of a call or of a dictionary that is written out; None for ``None``."""
        match node:
            case ast.Constant(value=None):
                return None
            case ast.Call() if positional:
                named = {word.arg: word.value for word in node.keywords if word.arg}
                return dict(zip(positional, node.args, strict=False)) | named
            case ast.Dict() if not positional:
                keys = (literal(key, self._source, self._names) for key in node.keys)
                pairs = zip(keys, node.values, strict=True)
                return {key: value for key, value in pairs if isinstance(key, str)}
            case _:
                self._report(node, f"this must be {wanted}")
                return None

    def _take(
        self,
        values: dict[str, ast.expr],
        name: str,
        convert: "Callable[[Json], _T | None]",
        wanted: str,
    ) -> _T | None:
        return self._literal(values[name], convert, wanted) if name in values else None

    def _literal(
        self, node: ast.expr, convert: "Callable[[Json], _T | None]", wanted: str
    ) -> _T | None:
        """The converted literal; None for ``None``, and with a problem for what does not fit."""
        value = literal(node, self._source, self._names)
        if value is None:
            return None
        found = None if value is UNSET else convert(value)
        if found is None:
            self._report(node, f"this must be {wanted}, written out")
        return found

    def _report(self, node: ast.AST, message: str) -> None:
        place = self._source.place(node)
        self.problems.append(Problem("python-decorator", place, message))


def _text(value: "Json") -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: "Json") -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    texts = tuple(item for item in value if isinstance(item, str))
    return texts if len(texts) == len(value) else None


def _number(value: "Json") -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _integer(value: "Json") -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _duration(value: "Json") -> int | None:
    return parse_duration(value) if isinstance(value, str) else None
