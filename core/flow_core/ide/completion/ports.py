"""Ports as keys: the inputs of a call and of a run, with a value that each may begin with."""

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from flow_core.components.signature import Port, Signature
from flow_core.diagnostics import Edit
from flow_core.ide.actions.missing_inputs import Fill
from flow_core.ide.completion.importing import Declaring
from flow_core.ide.completion.item import Entry, Extra, Offer
from flow_core.ide.completion.literals import skeleton
from flow_core.ide.completion.template import EXPRESSION, Stop, Template
from flow_core.module import Module
from flow_core.places import Path
from flow_core.types import show
from flow_core.types.kinds import BooleanType


def inputs_of_call(module: Module, call: Path, present: Iterable[str]) -> Iterator[Offer]:
    """The inputs of what a call calls that it does not give yet."""
    signature = module.called(call)
    if signature is not None:
        for port in _missing(signature, present):
            offer = _offer(port, argument(module, call, port))
            if port.secret:
                extra = partial(_declared, module, call, port)
                offer = msgspec.structs.replace(offer, extra=extra)
            yield offer


def _declared(module: Module, call: Path, port: Port) -> Extra:
    return Extra(edits=declarations(module, call, [port], Declaring(module)))


def inputs_of_run(module: Module, present: Iterable[str]) -> Iterator[Offer]:
    """The inputs of a pipeline, as literals."""
    for port in module.pipeline.inputs.values():
        if port.name not in present:
            yield _offer(port, skeleton(port.type, port.name))


def returns(module: Module, call: Path, present: Iterable[str]) -> Iterator[Offer]:
    """The outputs of what a call calls, those first of which nothing is known."""
    signature = module.called(call)
    for port in signature.outputs.values() if signature else ():
        if port.name not in present:
            rank = 3 if show(port.type) == "any" else 6
            yield Offer(port.name, "output", Entry(port.name, Stop()), show(port.type), rank)


def required(module: Module, call: Path, signature: Signature) -> dict[str | Stop, Template]:
    """The inputs that a call of a component must give, with values to begin with."""
    ports = (port for port in signature.inputs.values() if port.required)
    return {port.name: argument(module, call, port) for port in ports}


def argument(module: Module, call: Path, port: Port) -> Template:
    """A value for an input: what is at hand under its name, else a place for one of its type."""
    source = Fill(module, call).source(port) if call in module.calls else None
    if source is not None:
        return Stop(source, quoted="text", before="${{ ", after=" }}", holds=True)
    return EXPRESSION if isinstance(port.type, BooleanType) else skeleton(port.type, port.name)


def declarations(
    module: Module, call: Path, ports: Iterable[Port], declaring: Declaring
) -> tuple[Edit, ...]:
    """The edits that declare the secrets which the values of ports read."""
    secret = [port for port in ports if port.secret]
    if not secret or call not in module.calls:
        return ()
    patches = list(Fill(module, call).declarations(secret))
    return declaring(*patches) if patches else ()


def _missing(signature: Signature, present: Iterable[str]) -> Iterator[Port]:
    given = set(present)
    return (port for port in signature.inputs.values() if port.name not in given)


def _offer(port: Port, value: Template) -> Offer:
    return Offer(
        port.name,
        "input",
        Entry(port.name, value),
        detail=port_detail(port),
        rank=2 if port.required else 4,
    )


def port_detail(port: Port) -> str:
    """The type of a port, and what holds without it."""
    notes = [show(port.type)]
    if port.default is not msgspec.UNSET:
        notes.append(f"default {msgspec.json.encode(port.default).decode()}")
    elif port.required:
        notes.append("required")
    if port.secret:
        notes.append("secret")
    return ", ".join(notes)
