"""What a call says about its component's contract: whether it kept what its ports promise."""

import os
from collections.abc import Collection, Iterator, Mapping
from keyword import iskeyword
from typing import Literal, TypeAlias

import msgspec

from flow_core.components.signature import Port, Signature
from flow_core.diagnostics import Json
from flow_core.places import Place
from flow_core.suggest import closest
from flow_core.types import admits_null, show
from flow_core.types.runtime import Misfit, port_check
from flow_testing.components.attempt import Raised, Refused, Result, Returned, Stopped, Unusable
from flow_testing.components.declared import Declared

Kind: TypeAlias = Literal[
    "input-type",
    "refused-input",
    "output-type",
    "missing-output",
    "undeclared-error",
    "changed-input",
    "crash",
    "hang",
    "too-slow",
    "import",
    "source",
]


class Breach(msgspec.Struct, frozen=True):
    """How a component, or who calls it, breaks its contract.

    ``place`` is where that is promised; ``about`` tells breaches of one kind apart.
    """

    kind: Kind
    message: str
    help: str
    place: Place
    about: str = ""


class ContractError(AssertionError):
    """A component, or the test that called it, broke the contract of its ports: by ``breach``."""

    breach: Breach | None = None


def is_promised(port: Port) -> bool:
    """Whether an output must be there."""
    return port.required and not port.absent and not admits_null(port.type)


def input_breaches(declared: Declared, inputs: Mapping[str, Json]) -> Iterator[Breach]:
    """Inputs that a component does not have, lacks, or that do not fit."""
    signature, ports = declared.signature, declared.signature.inputs
    for name in (each for each in inputs if each not in ports):
        meant = closest(name, ports)
        known = ", ".join(f"{each}=…" for each in ports)
        given = f"inputs are given by name: `{known}`" if ports else "it has none"
        hint = f"did you mean `{meant}`?" if meant else given
        message = f"it has no input `{name}`"
        yield Breach("input-type", message, hint, signature.place, name)
    for name, port in ports.items():
        if name not in inputs:
            if port.required and port.default is msgspec.UNSET:
                message = f"the input `{name}: {show(port.type)}` is missing"
                yield Breach("input-type", message, f"give `{name}`", port.place, name)
            continue
        why = misfit(inputs[name], port)
        if why:
            message = f"the input `{name}` does not fit `{show(port.type)}`: {why}"
            yield Breach("input-type", message, "give what the port takes", port.place, name)


def misfit(data: Json, port: Port) -> str:
    """Why a value does not fit a port, "" if it does; a secret is not shown."""
    try:
        port_check(port.type)(data)
    except Misfit as wrong:
        return "the value (it is secret) is another" if port.secret else wrong.message
    return ""


def breaches(declared: Declared, result: Result) -> Iterator[Breach]:
    """What is wrong with how a call went; a declared error is nothing wrong."""
    signature = declared.signature
    match result:
        case Returned(outputs=outputs, changed=changed):
            yield from _outputs(signature, outputs)
            yield from (_changed(signature, name) for name in changed)
        case Raised():
            if declared_error(signature, result) is None:
                yield undeclared(declared, result)
        case Unusable(message=message):
            hint = "return a record, or what the return hint says"
            yield Breach("output-type", message, hint, signature.place)
        case Refused(message=message):
            hint = "let the hint take what the port takes, or narrow the port"
            text = f"what fits the port does not fit its hint: {message}"
            yield Breach("refused-input", text, hint, signature.place, message.partition(":")[0])
        case Stopped(code=int() as code):
            message = f"it ended the whole process (exit code {code})"
            hint = "raise an error that it declares instead"
            yield Breach("crash", message, hint, signature.place)
        case Stopped(seconds=seconds):
            message = f"it had not ended after {seconds:.3g} s"
            hint = "bound what it waits for; give it longer with `--timeout`"
            yield Breach("hang", message, hint, signature.place)


def declared_error(signature: Signature, result: Raised) -> str | None:
    """The declared error that an exception is: by its class, or the nearest base (R-comp-3)."""
    return next((name for name in result.names if name in signature.errors), None)


def undeclared(declared: Declared, result: Raised) -> Breach:
    """An exception that callers see as `unexpected`."""
    name = result.names[0]
    file = os.path.relpath(result.file, declared.project.settings.root) if result.file else ""
    at = f" at {file}:{result.line}" if file else ""
    said = f": {result.message}" if result.message else ""
    message = f"it raised `{name}`{at}, which it does not declare{said}"
    where = declared.shown(declared.errors_place)
    hint = f"callers can't name it: add `{name}` to its errors at {where}, or raise another"
    return Breach("undeclared-error", message, hint, declared.errors_place, f"{name}{at}")


def _outputs(signature: Signature, outputs: Mapping[str, Json]) -> Iterator[Breach]:
    for name, port in signature.outputs.items():
        if name in outputs:
            why = "" if outputs[name] is None and port.absent else misfit(outputs[name], port)
            if why:
                message = f"the output `{name}` does not fit `{show(port.type)}`: {why}"
                hint = f"return what the port promises, or declare what is returned as `{name}`"
                yield Breach("output-type", message, hint, port.place, name)
        elif is_promised(port):
            message = f"the output `{name}: {show(port.type)}` is missing"
            given = ", ".join(f"`{each}`" for each in outputs) or "nothing"
            hint = f"return `{name}` too: it returned {given}"
            yield Breach("missing-output", message, hint, port.place, name)


def _changed(signature: Signature, name: str) -> Breach:
    port = signature.inputs.get(name)
    message = f"it changed its input `{name}`, which other steps may read too"
    hint = "work on a copy"
    place = port.place if port else signature.place
    return Breach("changed-input", message, hint, place, name)


def show_inputs(inputs: Mapping[str, Json], secret: Collection[str] = ()) -> str:
    """Inputs as they stand in a call in Python; the values of ``secret`` ones are hidden."""
    shown = {name: "'***'" if name in secret else repr(data) for name, data in inputs.items()}
    if all(name.isidentifier() and not iskeyword(name) for name in shown):
        return ", ".join(f"{name}={text}" for name, text in shown.items())
    return "{" + ", ".join(f"{name!r}: {text}" for name, text in shown.items()) + "}"


def secret_inputs(signature: Signature) -> frozenset[str]:
    """The names of the inputs that are secret."""
    return frozenset(name for name, port in signature.inputs.items() if port.secret)
