"""What a component's ports are once its literal arguments are known."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import msgspec

from flow_core.components.ports import Lookup
from flow_core.components.signature import Signature
from flow_core.types import Type, parse_type
from flow_core.types.kinds import StringType

if TYPE_CHECKING:
    from flow_core.diagnostics import Json


def refine(
    signature: Signature,
    arguments: "Mapping[str, Json]",
    computed: Collection[str] = (),
    lookup: Lookup = lambda _: None,
) -> Signature:
    """The signature for a call with these literal ``arguments`` and ``computed`` others.

    `std.approval` decides one of its `options`, and its `data` has the type of its `form`, whose
    names ``lookup`` finds; `std.fail` raises the error that it is told to.
    """
    if signature.kind != "std":
        return signature
    match signature.name:
        case "approval":
            return _approval(signature, arguments, computed, lookup)
        case "fail" if isinstance(error := arguments.get("error"), str):
            return msgspec.structs.replace(signature, errors={error: "the pipeline said so"})
        case _:
            return signature


def takes_type(signature: Signature, port: str) -> bool:
    """Whether the argument for an input is a type, as under `types`."""
    return signature.kind == "std" and (signature.name, port) == ("approval", "form")


def _approval(
    signature: Signature,
    arguments: "Mapping[str, Json]",
    computed: Collection[str],
    lookup: Lookup,
) -> Signature:
    narrowed: dict[str, Type] = {}
    options = arguments.get("options", signature.inputs["options"].default)
    if isinstance(options, list) and "options" not in computed:
        decisions = tuple(option for option in options if isinstance(option, str))
        narrowed["decision"] = StringType(enum=decisions or None)
    if form := arguments.get("form"):
        narrowed["data"] = parse_type(form, lookup)[0]
    outputs = {
        name: msgspec.structs.replace(port, type=narrowed.get(name, port.type))
        for name, port in signature.outputs.items()
    }
    return msgspec.structs.replace(signature, outputs=outputs)
