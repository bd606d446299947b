"""What a file takes from others: the components and pipelines that it calls, and their types."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flow_core.analysis.resolve import SUFFIXES
from flow_core.diff.canonical import ref_name
from flow_core.diff.names import Names
from flow_core.diff.port_tree import PortTrees
from flow_core.diff.tree import Branch, Tree, branch, placed
from flow_core.diff.type_uses import TypeUses
from flow_core.model.pipeline import Uses
from flow_core.places import Path

if TYPE_CHECKING:
    from flow_core.components.signature import Signature
    from flow_core.module import Module


def called(module: "Module", names: Names) -> Branch:
    """The signatures of what is called and stands in other files, by what calls say."""
    ports = PortTrees(module.file, names)
    found: dict[str, Tree | None] = {}
    for target, path in call_sites(module).items():
        signature = module.called(path)
        if (
            signature is not None
            and signature.kind != "std"
            and signature.place.file != module.file
        ):
            at, file = _declared(signature, (*path, "uses"))
            found[names.target(target)] = placed(ports.signature(signature, at), file)
    return branch(found, "", ("calls",))


def call_sites(module: "Module") -> dict[str, Path]:
    """What is called, and where first."""
    found: dict[str, Path] = {}
    for path, info in module.calls.items():
        if isinstance(info.call, Uses):
            found.setdefault(info.call.target, path)
    return found


def _declared(signature: "Signature", call: Path) -> tuple[Path, str]:
    """Where a signature is declared: in a Flow file, else it is shown where it is called."""
    place = signature.place
    if not place.file.endswith(SUFFIXES):
        return call, ""
    return (() if place.path == ("name",) else place.path), place.file


def borrowed(module: "Module", names: Names) -> Branch:
    """The types of other files that this one uses."""
    ports = PortTrees(module.file, names)
    found: dict[str, Tree | None] = {}
    for ref in TypeUses(module).foreign():
        if ref.file.endswith(SUFFIXES):
            key = "#".join(ref_name(ref, module.file, names))
            found[key] = placed(ports.type(ref.resolve(), ("types", ref.name)), ref.file)
    return branch(found, "", ("borrowed",))


def callers_of(module: "Module", target: str) -> Iterator[str]:
    """The steps that call something."""
    for info in module.calls.values():
        if isinstance(info.call, Uses) and info.call.target == target:
            yield info.step
