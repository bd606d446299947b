"""Names that a file uses and does not declare yet, where it would declare them."""

from collections.abc import Collection, Iterator

from flow_core.analysis.uses import Mention
from flow_core.ide.actions.uses_of import type_of_use
from flow_core.ide.completion.item import Entry, Offer
from flow_core.ide.completion.template import Stop, Template
from flow_core.module import Module
from flow_core.types import Type, show
from flow_core.types.kinds import ANY

_DETAIL = "used here, not declared"


def undeclared(module: Module, variable: str, present: Collection[str]) -> Iterator[Offer]:
    """The properties of a variable that expressions read and that are not in a section yet."""
    for name, type_ in _used(module, variable).items():
        if name not in present:
            value: Template = Stop() if type_ == ANY else Stop(show(type_), holds=True)
            if variable == "state":
                value = {"type": value}
            yield Offer(name, "input", Entry(name, value), _DETAIL, rank=3)


def undeclared_secrets(module: Module, present: Collection[str]) -> Iterator[Offer]:
    """The secrets that expressions read, or called pipelines, and that are not listed yet."""
    found = dict.fromkeys(_used(module, "secrets"), _DETAIL)
    for call in module.calls:
        signature = module.called(call)
        for name in signature.secrets if signature else ():
            found.setdefault(name, f"step {module.calls[call].step} calls what needs it")
    for name, detail in found.items():
        if name not in present:
            yield Offer(name, "variable", name, detail, rank=3)


def _used(module: Module, variable: str) -> dict[str, Type]:
    """The names, each with the type that its first use wants."""
    found: dict[str, Type] = {}
    for mention in module.mentions:
        if mention.path[0] == variable and len(mention.path) > 1:
            found.setdefault(mention.path[1], _wanted(module, mention))
    return found


def _wanted(module: Module, mention: Mention) -> Type:
    return type_of_use(module, mention) if len(mention.path) == 2 else ANY  # noqa: PLR2004 -- a variable and a name
