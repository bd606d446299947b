"""Types in shorthand: those of the language, of the file, of its imports."""

import re
from collections.abc import Iterator

from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.template import Stop
from flow_core.module import Module
from flow_core.types import show
from flow_core.types.kinds import BUILTIN, Ref, Type

_WORD = re.compile(r"[\w.]*\Z")
_GENERIC = {"list": "a list of values of one type", "map": "an object with any names as keys"}


def types(spot: Spot) -> Iterator[tuple[Spot, Offer]]:
    """The names of types where the word at a spot stands, be it inside of others."""
    word = _WORD.search(spot.typed)
    start = len(spot.typed) if word is None else word.start()
    within = spot.within(start)
    for offer in _names(spot):
        yield within, offer


def _names(spot: Spot) -> Iterator[Offer]:
    module = spot.module
    for name in BUILTIN:
        yield Offer(name, "type", name, rank=3)
    for name, words in _GENERIC.items():
        text = Stop(before=f"{name}<", after=">")
        yield Offer(f"{name}<…>", "type", text, words, rank=3, filter=name, source=name)
    own = module.type_names.all_own()
    for name, type_ in own.items():
        yield Offer(name, "type", name, _kind(type_), rank=2)
    for name in spot.cursor.names.get("types", ()):
        if name not in own:
            yield Offer(name, "type", name, rank=2)
    for alias in module.imports:
        for name, type_ in _imported(module, alias).items():
            yield Offer(f"{alias}.{name}", "type", f"{alias}.{name}", _kind(type_), rank=2)


def _imported(module: Module, alias: str) -> dict[str, Type]:
    found = module.imported(alias)
    if found.module is not None:
        return found.module.type_names.all_own()
    return found.library.types if found.library else {}


def _kind(type_: Type) -> str:
    return show(type_.target) if isinstance(type_, Ref) else show(type_)
