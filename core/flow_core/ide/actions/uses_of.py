"""What is known of something that is not there: how it is used tells what it should be."""

from collections.abc import Iterator

import msgspec

from flow_core.analysis.uses import Mention
from flow_core.diagnostics import Json
from flow_core.expr.references import NamePath, path_of
from flow_core.ide.actions.spelling import NameOf, spell
from flow_core.model.pipeline import Expression, Interpolation, Uses
from flow_core.module import Module
from flow_core.places import Path
from flow_core.types import Type
from flow_core.types.by_value import widened
from flow_core.types.kinds import ANY, STRING


def type_of_use(module: Module, mention: Mention) -> Type:
    """What is wanted where all that a reference reads is the value; `any` elsewhere."""
    value = mention.site.value
    if mention.place.path != mention.site.path:
        return ANY
    if isinstance(value, Interpolation):
        return STRING
    if isinstance(value, Expression) and path_of(value.tree) == mention.path:
        return module.typing.expected(mention.site) or ANY
    return ANY


class Ports(msgspec.Struct, frozen=True):
    """The ports of a component that is not there yet, as files write them."""

    inputs: dict[str, Json]
    outputs: dict[str, Json]


def ports_of(module: Module, path: Path, naming: NameOf) -> Ports:
    """The inputs of what a call calls, by its arguments; the outputs, by who reads them.

    ``naming`` says what the named types of this file are called in the other one.
    """
    call = module.calls[path].call
    given = call.arguments if isinstance(call, Uses) else {}
    inputs = {name: _input(module, (*path, "with", name), naming) for name in given}
    step = module.steps[module.calls[path].step].step
    outputs: dict[str, Json] = dict.fromkeys(step.returns or (), "any")
    for name, mention in _read(module, path):
        known = outputs.get(name, "any")
        found = spell(type_of_use(module, mention), naming) if _is_exact(mention) else "any"
        outputs[name] = found if known == "any" else known
    return Ports(inputs, outputs)


def _input(module: Module, path: Path, naming: NameOf) -> Json:
    result = module.typing.checked(path).result
    spelled = spell(widened(result.type), naming)
    return {"type": "string", "secret": True} if result.secret else spelled


def _read(module: Module, path: Path) -> Iterator[tuple[str, Mention]]:
    """The outputs of a call that expressions read."""
    info = module.calls[path]
    own: NamePath = ("steps", info.step, "outputs")
    is_list = module.steps[info.step].step.for_each is not None
    for mention in module.mentions:
        if info.role == "step" and not is_list and mention.path[:3] == own and mention.path[3:]:
            yield mention.path[3], mention
        elif mention.path[:1] == ("outputs",) and mention.site.context.outputs == path:
            yield from ((name, mention) for name in mention.path[1:2])


def _is_exact(mention: Mention) -> bool:
    """Whether a reference ends at the output."""
    return len(mention.path) == (4 if mention.path[0] == "steps" else 2)
