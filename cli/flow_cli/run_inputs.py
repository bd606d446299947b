"""The inputs of a run as the command line gives them: ``name=value``, ``@file`` or ``-``."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import cast

from flow_cli.errors import UserError, did_you_mean
from flow_cli.files import STDIN, read_text, read_whole
from flow_core.diagnostics import Json
from flow_core.model.pipeline import Pipeline
from flow_core.types import alternatives, show
from flow_core.types.example import example
from flow_core.types.kinds import (
    AnyType,
    BytesType,
    DatetimeType,
    DurationType,
    StringType,
    Type,
)

_TEXTS = (StringType, BytesType, DatetimeType, DurationType)


def read_inputs(words: Sequence[str], pipeline: Pipeline) -> dict[str, Json]:
    """The inputs that words give; a later word wins over an earlier one.

    Raises:
        UserError: a word can't be read, or names no input.
    """
    found: dict[str, Json] = {}
    for word in words:
        if word == STDIN or word.startswith("@"):
            found.update(_object(word))
        else:
            name, equals, text = word.partition("=")
            if not equals:
                help_ = "write `--input name=value`, `--input @inputs.json`, or `--input -`"
                raise UserError(f"`{word}` is no input", help_)
            found[name] = _value(name, text, pipeline)
    return found


def environment_inputs(pipeline: Pipeline, environment: Mapping[str, str]) -> dict[str, Json]:
    """The inputs that environment variables give (R-input-2)."""
    return {
        name: _value(name, environment[port.env], pipeline)
        for name, port in pipeline.inputs.items()
        if port.env and port.env in environment
    }


def _value(name: str, text: str, pipeline: Pipeline) -> Json:
    """A value: as it stands where the type admits strings, else JSON; ``@file`` is a file's."""
    port = pipeline.inputs.get(name)
    if port is None:
        known = ", ".join(f"`{input_}`" for input_ in pipeline.inputs) or "none"
        help_ = did_you_mean(name, pipeline.inputs) or f"its inputs: {known}"
        raise UserError(f"`{pipeline.name}` has no input `{name}`", help_)
    if text.startswith("@"):
        return _load(read_text(text[1:]), text[1:])
    if _admits_text(port.type) and not _is_json(text, port.type):
        return text
    try:
        return cast("Json", json.loads(text))
    except ValueError:
        wanted = show(port.type)
        help_ = f"write JSON, such as `--input '{name}={json.dumps(example(port.type))}'`"
        raise UserError(f"`{name}` is {wanted}, and `{text}` is none", help_) from None


def _admits_text(type_: Type) -> bool:
    return any(isinstance(part, (*_TEXTS, AnyType)) for part in alternatives(type_))


def _is_json(text: str, type_: Type) -> bool:
    """Whether a text for `any` reads as JSON; other types that admit strings take it as it is."""
    if not any(isinstance(part, AnyType) for part in alternatives(type_)):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _object(word: str) -> dict[str, Json]:
    source = STDIN if word == STDIN else word[1:]
    text = read_whole(STDIN).decode(errors="replace") if source == STDIN else read_text(source)
    name = "standard input" if source == STDIN else source
    data = _load(text, name)
    if not isinstance(data, dict):
        raise UserError(f"`{name}` holds no object", 'write `{"name": value, …}`')
    return data


def _load(text: str, name: str) -> Json:
    """JSON, or the data of a YAML file."""
    if os.path.splitext(name)[1] in (".yaml", ".yml"):
        from flow_core.syntax import parse
        from flow_core.syntax.nodes import data

        document = parse(text, "yaml")
        if document.problems or document.root is None:
            said = document.problems[0].message if document.problems else "it is empty"
            raise UserError(f"`{name}` is no YAML that can be read: {said}")
        return data(document.root)
    try:
        return cast("Json", json.loads(text))
    except RecursionError as error:
        raise UserError(f"`{name}` is nested too deeply") from error
    except ValueError as error:
        help_ = 'write JSON: text in double quotes, `true`, `[1, 2]`, `{"a": 1}`'
        raise UserError(f"`{name}` is no JSON: {error}", help_) from error
