"""What a call can use: components by name, pipelines by path, and what is to be imported first."""

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from flow_core.components.signature import Signature
from flow_core.components.std import std_names, std_signature
from flow_core.components.versions import parse_version
from flow_core.diagnostics import Patch
from flow_core.fields import fields
from flow_core.ide.actions.import_component import alias_of
from flow_core.ide.actions.request import unique
from flow_core.ide.completion.importing import Declaring
from flow_core.ide.completion.item import Entry, Extra, Offer
from flow_core.ide.completion.neighbours import Neighbour, Neighbours, nearest
from flow_core.ide.completion.paths import pipelines
from flow_core.ide.completion.ports import declarations, required
from flow_core.ide.completion.spot import Spot


def components(spot: Spot, neighbours: Neighbours) -> Iterator[Offer]:
    """What may stand behind `uses`."""
    target, at, _ = spot.typed.partition("@")
    if at:
        yield from _versions(spot, target)
        return
    known = neighbours()
    if spot.typed.startswith("."):
        yield from pipelines(spot, known)
        return
    declaring = Declaring(spot.module)
    yield from _known(spot, declaring)
    yield from _near(spot, declaring, known)
    if declaring(Patch("insert", ("imports", "_"), "")):
        yield from _to_import(spot, declaring, known)


def _known(spot: Spot, declaring: Declaring) -> Iterator[Offer]:
    """The file's own components, those of its imports, and the built-in ones."""
    module = spot.module
    own = module.library.components
    for name, signature in own.items():
        yield _offer(spot, declaring, name, signature, 2)
    for name in spot.cursor.names.get("components", ()):
        if name not in own:
            yield Offer(name, "component", name, rank=3)
    for alias in module.imports:
        for name, signature in (module.imported(alias).components or {}).items():
            yield _offer(spot, declaring, f"{alias}.{name}", signature, 3)
    for name in std_names():
        found = std_signature(name)
        if found is not None:
            yield _offer(spot, declaring, f"std.{name}", found, 4)


def _offer(spot: Spot, declaring: Declaring, target: str, signature: Signature, rank: int) -> Offer:
    return Offer(
        target,
        "pipeline" if signature.kind == "pipeline" else "component",
        target,
        _detail(signature),
        rank + (3 if signature.deprecated else 0),
        extra=partial(_extra, spot, declaring, signature),
        deprecated=bool(signature.deprecated),
    )


def _detail(signature: Signature) -> str:
    """Its version and the first line of what it says of itself."""
    words = signature.description.strip().partition("\n")[0]
    return " ".join(part for part in (signature.version, words) if part)


def _extra(
    spot: Spot, declaring: Declaring, signature: Signature, imports: Patch | None = None
) -> Extra:
    """The required inputs, where the call has none yet, the secrets they read, and an import."""
    module, call = spot.module, spot.path[:-1]
    edits = declaring(imports) if imports is not None else ()
    if "with" in fields(module.document.get(call)) or not spot.has_room:
        return Extra(edits=edits)
    inputs = required(module, call, signature)
    secret = (port for port in signature.inputs.values() if port.required)
    more = (Entry("with", inputs),) if inputs else ()
    return Extra(more, (*edits, *declarations(module, call, secret, declaring)))


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


def _near(spot: Spot, declaring: Declaring, known: Sequence[Neighbour]) -> Iterator[Offer]:
    """What needs no import: pipelines by their paths, and what a slice leaves out of the file."""
    module = spot.module
    for target, each in nearest(module, known):
        if each.pipeline is not None:
            yield _offer(spot, declaring, target, each.pipeline, 5)
    for each in known:
        if each.file == module.file:
            for name in spot.cursor.names.get("components", ()):
                if name in each.components:
                    yield _offer(spot, declaring, name, each.components[name], 2)


def _to_import(spot: Spot, declaring: Declaring, known: Sequence[Neighbour]) -> Iterator[Offer]:
    """The components of files that are not imported yet."""
    module = spot.module
    taken = {"std", *module.imports}
    for target, each in nearest(module, known):
        if not each.components or target in module.imports.values():
            continue
        alias = unique(alias_of(module, target, each.category), taken)
        taken.add(alias)
        imports = Patch("insert", ("imports", alias), target)
        for name, signature in each.components.items():
            yield msgspec.structs.replace(
                _offer(spot, declaring, f"{alias}.{name}", signature, 6),
                detail=f"import from {target}",
                extra=partial(_extra, spot, declaring, signature, imports),
                data=[each.file, name],
            )
