"""The arguments of calls against the inputs of what they call."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.components.signature import Signature
from flow_core.model.pipeline import Uses
from flow_core.places import Path
from flow_core.suggest import closest

if TYPE_CHECKING:
    from flow_core.analysis.resolve import Resolution
    from flow_core.module import Module


class KnownCall(msgspec.Struct, frozen=True):
    """A call of a component whose inputs are all known.

    ``surplus`` are the arguments that are no inputs, each with the input that is most likely meant
    (``""``: none); ``missing`` are the required inputs without an argument.
    """

    path: Path
    target: str
    signature: Signature
    surplus: dict[str, str]
    missing: tuple[str, ...]


def known_calls(module: "Module") -> Iterator[KnownCall]:
    """The calls that can be judged: of what is resolved and could be read as a whole."""
    for path in module.calls:
        found = known_call(module, path)
        if found is not None:
            yield found


def known_call(module: "Module", path: Path) -> KnownCall | None:
    """The call at a path, if it can be judged."""
    info = module.calls.get(path)
    if info is None or not isinstance(info.call, Uses) or module.is_faulty(path):
        return None
    resolution = module.resolved(path)
    signature = resolution.signature
    if signature is None or not _is_whole(module, resolution, signature):
        return None
    return _judged(path, info.call, signature)


def _judged(path: Path, call: Uses, signature: Signature) -> KnownCall:
    given, inputs = call.arguments, signature.inputs
    missing = [name for name, port in inputs.items() if port.required and name not in given]
    surplus: dict[str, str] = {}
    for name in given:
        if name not in inputs:
            free = [port for port in inputs if port not in given and port not in surplus.values()]
            surplus[name] = closest(name, free) or ""
    if len(missing) == 1 and list(surplus.values()) == [""]:
        surplus = dict.fromkeys(surplus, missing[0])
    return KnownCall(path, call.target, signature, surplus, tuple(missing))


def _is_whole(module: "Module", resolution: "Resolution", signature: Signature) -> bool:
    """Whether no input can be hidden in a part of a file that can't be read."""
    if signature.kind == "std":
        return True
    if resolution.module is not None and not resolution.module.is_whole:
        return False
    file = signature.place.file
    if file == module.file:
        return module.is_whole
    is_flow = file.endswith((".yaml", ".yml", ".json"))
    home = module.project.module(file) if is_flow else None
    return home is None or home.is_whole
