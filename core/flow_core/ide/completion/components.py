"""What a call can use: components by name, pipelines by path, and what is to be imported first."""

from collections.abc import Iterator

import msgspec

from flow_core.components.signature import Signature
from flow_core.components.std import std_names, std_signature
from flow_core.components.versions import parse_version
from flow_core.diagnostics import Patch
from flow_core.fields import fields
from flow_core.ide.actions.import_component import alias_of, target_in
from flow_core.ide.completion.importing import declaring
from flow_core.ide.completion.item import Entry, Offer
from flow_core.ide.completion.neighbours import Neighbour, Neighbours
from flow_core.ide.completion.paths import paths
from flow_core.ide.completion.ports import declarations, required
from flow_core.ide.completion.spot import Spot


def components(spot: Spot, neighbours: Neighbours) -> Iterator[Offer]:
    """What may stand behind `uses`."""
    target, at, _ = spot.typed.partition("@")
    if at:
        yield from _versions(spot, target)
        return
    yield from _known(spot)
    if spot.typed.startswith("."):
        yield from paths(spot, neighbours())
        return
    for each in neighbours():
        yield from _of_neighbour(spot, each)


def _known(spot: Spot) -> Iterator[Offer]:
    """The file's own components, those of its imports, and the built-in ones."""
    module = spot.module
    own = module.library.components
    for name, signature in own.items():
        yield _offer(spot, name, signature, 2)
    for name in spot.cursor.names.get("components", ()):
        if name not in own:
            yield Offer(name, "component", name, rank=3)
    for alias in module.imports:
        for name, signature in (module.imported(alias).components or {}).items():
            yield _offer(spot, f"{alias}.{name}", signature, 3)
    for name in std_names():
        found = std_signature(name)
        if found is not None:
            yield _offer(spot, f"std.{name}", found, 4)


def _offer(spot: Spot, target: str, signature: Signature, rank: int) -> Offer:
    call, more = spot.path[:-1], _arguments(spot, signature)
    return Offer(
        target,
        "pipeline" if signature.kind == "pipeline" else "component",
        target,
        _detail(signature),
        rank + (3 if signature.deprecated else 0),
        more=more,
        edits=declarations(spot.module, call, signature.inputs.values()) if more else (),
        deprecated=bool(signature.deprecated),
    )


def _detail(signature: Signature) -> str:
    """Its version and the first line of what it says of itself."""
    words = signature.description.strip().partition("\n")[0]
    return " ".join(part for part in (signature.version, words) if part)


def _arguments(spot: Spot, signature: Signature) -> tuple[Entry, ...]:
    """The required inputs, where the call has none yet."""
    call = spot.path[:-1]
    if "with" in fields(spot.module.document.get(call)):
        return ()
    inputs = required(spot.module, call, signature)
    return (Entry("with", inputs),) if inputs else ()


def _versions(spot: Spot, target: str) -> Iterator[Offer]:
    """Ranges that hold the version that there is."""
    signature = spot.module.called(spot.path[:-1])
    version = parse_version(signature.version) if signature else None
    if version is None:
        return
    major, minor, patch = version.core
    ranges = {
        f"^{major}.{minor}": f"from {major}.{minor} on, below the next major version",
        f"~{major}.{minor}": f"any {major}.{minor}",
        f"{major}.{minor}.{patch}": "exactly this one",
    }
    for number, (text, words) in enumerate(ranges.items()):
        wanted = f"{target}@{text}"
        yield Offer(wanted, "value", wanted, words, rank=number, source=text)


def _of_neighbour(spot: Spot, neighbour: Neighbour) -> Iterator[Offer]:
    """The components of a file that is not imported yet; a pipeline by its path."""
    module = spot.module
    if neighbour.file == module.file:
        for name, signature in neighbour.components.items():
            if name in spot.cursor.names.get("components", ()):
                yield _offer(spot, name, signature, 2)
        return
    target = target_in(module, neighbour.origin)
    if neighbour.pipeline is not None:
        yield _offer(spot, target, neighbour.pipeline, 5)
    if target in module.imports.values() or not neighbour.components:
        return
    alias = alias_of(module, target, neighbour.category)
    edits = declaring(module, Patch("insert", ("imports", alias), target))
    for name, signature in neighbour.components.items() if edits else ():
        offer = _offer(spot, f"{alias}.{name}", signature, 6)
        yield msgspec.structs.replace(
            offer,
            detail=f"import from {target}",
            edits=(*edits, *offer.edits),
            data=[neighbour.file, name],
        )
