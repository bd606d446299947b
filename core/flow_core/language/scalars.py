"""Checks of single values: strings, numbers, booleans, words, expressions."""

import json
import re
from collections.abc import Callable
from math import inf, isfinite
from typing import Any, Final

from flow_core.diagnostics import Raw
from flow_core.language.formats import (
    SPELLINGS,
    fits,
    repair_comparison,
    repair_duration,
    repair_name,
)
from flow_core.language.problem import ShapeProblem, any_of, found, quoted, replacing, subject
from flow_core.language.shapes import (
    MAX_INTEGER,
    Boolean,
    Constant,
    ExpressionKind,
    Format,
    Number,
    Shape,
    Text,
    Value,
    Words,
)
from flow_core.places import Path, Place
from flow_core.suggest import alike
from flow_core.syntax.nodes import Scalar, Sequence
from flow_core.syntax.nodes import Value as Node

_LONGEST_NUMBER = 20
_TRUE: Final = ("yes", "on", "y", "true", "True", "TRUE")
_FALSE: Final = ("no", "off", "n", "false", "False", "FALSE")
_OTHER_BRACES = r"(?s)\$?\{\{?-?(.*?)-?\}?\}"
_GIVES: Final[dict[ExpressionKind, str]] = {
    "any": "a value",
    "boolean": "a boolean or `${{ … }}`",
    "list": "a list or `${{ … }}`",
    "text": "text",
}


def expected(shape: Shape) -> str:
    """Name what a scalar shape admits, as a noun."""
    match shape:
        case Text(format=spelled):
            return SPELLINGS[spelled].noun if spelled in SPELLINGS else "text"
        case Number(integer=integer):
            return f"{'an integer' if integer else 'a number'}{_bounds(shape)}"
        case Boolean():
            return "`true` or `false`"
        case Words(words=words):
            return any_of(words)
        case Constant(value=value):
            return f"`{json.dumps(value)}`"
        case Value(gives=gives):
            return _GIVES[gives]
        case _:
            return "a value"


def _bounds(shape: Number) -> str:
    if shape.minimum is None:
        return ""
    if shape.maximum is None:
        return f" of at least {shape.minimum}"
    return f" from {shape.minimum} to {shape.maximum}"


def wrong_type(node: Node, shape: Shape, path: Path) -> ShapeProblem:
    """A value of another kind than the shape's."""
    message = f"{subject(path)} must be {expected(shape)}, found {found(node)}"
    return ShapeProblem("wrong-type", Place(path), message, f"write {expected(shape)}")


def not_evaluated(node: Scalar, shape: Shape, path: Path) -> ShapeProblem:
    """An expression where only literals stand."""
    return ShapeProblem(
        "expression-not-allowed",
        Place(path),
        f"{subject(path)} must be literal, but {quoted(node.text)} is an expression, which is "
        "never evaluated here",
        f"write {expected(shape)}",
    )


def check_text(node: Scalar, shape: Text, path: Path) -> ShapeProblem | None:
    """A string in the spelling of its format."""
    if not isinstance(node.value, str):
        return _not_text(node, shape, path)
    if "${{" in node.text and shape.format != "prose":
        return not_evaluated(node, shape, path)
    return None if fits(node.text, shape.format) else misspelt(node.text, shape.format, path)


def misspelt(text: str, spelled: Format, path: Path) -> ShapeProblem:
    """A string that has not the spelling of its format."""
    spelling = SPELLINGS[spelled]
    message = f"{subject(path)} must be {spelling.noun}, found {quoted(text)}"
    repaired = None
    if spelled == "duration":
        repaired = repair_duration(text)
    elif spelled == "comparison":
        repaired = repair_comparison(text)
    elif spelled in ("identifier", "label"):
        repaired = repair_name(text)
    help_ = f"write {_written(repaired)}" if repaired else f"write {spelling.noun}"
    is_sure = spelled == "duration"
    mend = replacing(path, repaired, repaired, safe=is_sure) if repaired else None
    return ShapeProblem(spelling.kind, Place(path), message, help_, mend)


def _written(text: str) -> str:
    """As it stands in a file: what starts with an operator has quotes."""
    return f'`"{text}"`' if text[0] in "<>=!" else f"`{text}`"


def _not_text(node: Scalar, shape: Text, path: Path) -> ShapeProblem:
    if shape.format == "duration" and not isinstance(node.value, bool):
        guess = f"{node.text}s"
        message = f"{subject(path)} is a duration and needs a unit, found {found(node)}"
        mend = replacing(path, guess, guess, safe=False) if fits(guess, "duration") else None
        return ShapeProblem("bad-duration", Place(path), message, f"write {quoted(guess)}", mend)
    source = json.dumps(node.text)
    message = f"{subject(path)} must be {expected(shape)}, but {quoted(node.text)} is read as "
    if isinstance(node.value, bool):
        return ShapeProblem(
            "wrong-type",
            Place(path),
            f"{message}a boolean",
            f"quote it: {quoted(source)}",
            replacing(path, Raw(source), source),
        )
    is_readable = isinstance(node.value, float) or len(node.text) < _LONGEST_NUMBER
    return ShapeProblem(
        "number-for-string",
        Place(path),
        f"{message}the number {node.value}" if is_readable else f"{message}a number",
        f"quote it: {quoted(source)}",
        replacing(path, Raw(source), source),
    )


def check_number(node: Scalar, shape: Number, path: Path) -> ShapeProblem | None:
    """A number within its bounds; ``1.0`` is an integer."""
    value = node.value
    if isinstance(value, str):
        return _number_in_text(node, shape, path)
    if isinstance(value, bool) or value is None:
        return wrong_type(node, shape, path)
    if isinstance(value, float) and not (value.is_integer() if shape.integer else isfinite(value)):
        return wrong_type(node, shape, path)
    low = -inf if shape.minimum is None else shape.minimum
    high = MAX_INTEGER if shape.integer else inf
    if low <= value <= (high if shape.maximum is None else shape.maximum):
        return None
    message = f"{subject(path)} must be {expected(shape)}, found {quoted(node.text)}"
    help_ = "integers have 64 bits" if value > MAX_INTEGER else f"write {expected(shape)}"
    return ShapeProblem("out-of-range", Place(path), message, help_)


def _number_in_text(node: Scalar, shape: Number, path: Path) -> ShapeProblem:
    if "${{" in node.text:
        return not_evaluated(node, shape, path)
    problem = wrong_type(node, shape, path)
    pattern = r"\d{1,15}" if shape.integer else r"\d{1,15}(?:\.\d+)?"
    if not re.fullmatch(pattern, node.text):
        return problem
    return _with_mend(problem, f"without quotes: `{node.text}`", path, node.text)


def check_boolean(node: Scalar, shape: Boolean | Value, path: Path) -> ShapeProblem | None:
    """``true`` or ``false``, and not what other formats take for one."""
    if isinstance(node.value, bool):
        return None
    problem = wrong_type(node, shape, path)
    word = node.text
    if not isinstance(node.value, str) or word not in (*_TRUE, *_FALSE):
        is_expression = isinstance(node.value, str) and "${{" in word
        return not_evaluated(node, shape, path) if is_expression else problem
    meant = "true" if word in _TRUE else "false"
    if word.lower() == meant:
        return _with_mend(problem, f"without quotes: `{meant}`", path, meant)
    return ShapeProblem(
        "yaml-boolean",
        Place(path),
        f"`{word}` is a string in YAML 1.2, but {subject(path)} must be {expected(shape)}",
        f"write `{meant}`",
        replacing(path, Raw(meant), meant),
    )


def _with_mend(problem: ShapeProblem, help_: str, path: Path, source: str) -> ShapeProblem:
    mend = replacing(path, Raw(source), source)
    return ShapeProblem(problem.kind, problem.place, problem.message, f"write it {help_}", mend)


def check_words(node: Scalar, shape: Words, path: Path) -> ShapeProblem | None:
    """One of a few words."""
    if node.value in shape.words:
        return None
    if isinstance(node.value, str) and "${{" in node.text:
        return not_evaluated(node, shape, path)
    if not isinstance(node.value, str):
        return wrong_type(node, shape, path)
    meant = alike(node.text, shape.words)
    return ShapeProblem(
        "bad-value",
        Place(path),
        f"{subject(path)} must be {expected(shape)}, found {quoted(node.text)}",
        f"did you mean `{meant}`?" if meant else f"write {expected(shape)}",
        replacing(path, meant, meant) if meant else None,
    )


def check_constant(node: Scalar, shape: Constant, path: Path) -> ShapeProblem | None:
    """The one value that may stand here."""
    if type(node.value) is type(shape.value) and node.value == shape.value:
        return None  # types are compared since 1 == True
    source = json.dumps(shape.value)
    message = f"{subject(path)} must be `{source}`, found {found(node)}"
    if isinstance(shape.value, bool):
        return check_boolean(node, Boolean(), path) or ShapeProblem(
            "bad-value", Place(path), message, f"leave {subject(path)} out"
        )
    if type(node.value) is int:
        message = f"version {quoted(node.text)} of the language is not known, only `{source}`"
        return ShapeProblem("unsupported-version", Place(path), message, f"write `{source}`")
    mend = replacing(path, shape.value, source)
    return ShapeProblem("wrong-type", Place(path), message, f"write `{source}`", mend)


def check_value(node: Node, shape: Value, path: Path) -> ShapeProblem | None:
    """Data that may hold expressions, where only some kinds of data make sense."""
    if shape.gives == "any" or (shape.gives == "list" and isinstance(node, Sequence)):
        return None
    if not isinstance(node, Scalar):
        return wrong_type(node, shape, path)
    if isinstance(node.value, str) and "${{" in node.text:
        return None
    if shape.gives == "text":
        return check_text(node, Text(), path)
    if shape.gives == "boolean" and isinstance(node.value, bool):
        return None
    if shape.gives == "boolean" and node.value in (*_TRUE, *_FALSE):
        return check_boolean(node, shape, path)
    return (
        _bare(node, shape, path) if isinstance(node.value, str) else wrong_type(node, shape, path)
    )


def _bare(node: Scalar, shape: Value, path: Path) -> ShapeProblem:
    """``when: inputs.ok``: text where an expression is certainly meant."""
    text = node.text.strip()
    braces = re.fullmatch(_OTHER_BRACES, text)
    source = f"${{{{ {(braces[1] if braces else text).strip()} }}}}"
    message = f"{subject(path)} must be {expected(shape)}, but {quoted(text)} is only text"
    mend = replacing(path, source, source, safe=False) if text else None
    return ShapeProblem(
        "bare-expression",
        Place(path),
        message,
        f"write it as an expression: {quoted(source)}",
        mend,
    )


CHECKS: Final[dict[type, Callable[[Scalar, Any, Path], ShapeProblem | None]]] = {
    Text: check_text,
    Number: check_number,
    Boolean: check_boolean,
    Words: check_words,
    Constant: check_constant,
}
"""The check of each scalar shape."""
