"""Components from the `components` section of a Flow document.

Tolerant: what is malformed is absent here and is the shape checker's to report.
"""

from flow_core.components.library import Library
from flow_core.components.ports import Lookup, PortReader
from flow_core.components.signature import Breaker, Estimate, Kind, Signature
from flow_core.fields import duration, fields, integer, label, named, number, text, texts
from flow_core.places import Path, Place
from flow_core.syntax.nodes import Mapping, Value
from flow_core.types.kinds import Ref, Type

_KINDS: dict[str, Kind] = {
    "python": "python",
    "shell": "shell",
    "http": "http",
    "flow": "pipeline",
}
"""The kind of component for each way to run one."""


def read_library(root: Value | None, file: str) -> Library:
    """A document that stands by itself: its types know each other, and no imports."""
    keys = fields(root)
    types: dict[str, Type] = {}

    def lookup(name: str) -> Type | None:
        if name not in fields(keys.get("types")):
            return None
        return Ref(name, file, lambda: types[name])

    reader = PortReader(file, lookup)
    types |= reader.types(keys.get("types"), ("types",))
    components = _components(keys.get("components"), reader)
    return Library(file, components, types, tuple(reader.problems))


def read_components(section: Value | None, file: str, lookup: Lookup) -> Library:
    """The components of a `components` section, whose types ``lookup`` finds by name."""
    reader = PortReader(file, lookup)
    components = _components(section, reader)
    return Library(file, components, problems=tuple(reader.problems))


def read_estimate(node: Value | None) -> Estimate | None:
    """An `estimate`, None where there is none."""
    if not isinstance(node, Mapping):
        return None
    keys = node.fields
    return Estimate(
        p50=duration(keys.get("p50")),
        p95=duration(keys.get("p95")),
        cost=number(keys.get("cost")),
        failure_rate=number(keys.get("failure_rate")),
    )


def _components(section: Value | None, reader: PortReader) -> dict[str, Signature]:
    return {
        name: _component(name, fields(node), reader)
        for name, node in named(section).items()
        if isinstance(node, Mapping)
    }


def _component(name: str, keys: dict[str, Value], reader: PortReader) -> Signature:
    path: Path = ("components", name)
    kind, target = _run(keys.get("run"))
    return Signature(
        name=name,
        kind=kind,
        inputs=reader.ports(keys.get("inputs"), (*path, "inputs")),
        outputs=reader.ports(keys.get("outputs"), (*path, "outputs")),
        errors=_errors(keys.get("errors")),
        version=label(keys.get("version")),
        description=text(keys.get("description")),
        estimate=read_estimate(keys.get("estimate")),
        breaker=_breaker(keys.get("circuit_breaker")),
        tags=texts(keys.get("tags")) or (),
        deprecated=text(keys.get("deprecated")),
        place=Place(path, file=reader.file),
        target=target,
    )


def _run(node: Value | None) -> tuple[Kind, str]:
    """The kind of component, and what runs it where one name says so."""
    for way, value in fields(node).items():
        if way in _KINDS:
            return _KINDS[way], text(value)
    return "python", ""


def _errors(node: Value | None) -> dict[str, str]:
    """Names and meanings; a list of names is understood too."""
    listed = texts(node)
    if listed is not None:
        return dict.fromkeys(listed, "")
    return {name: text(meaning) for name, meaning in named(node).items()}


def _breaker(node: Value | None) -> Breaker | None:
    """A breaker, None where one of its two required keys is missing."""
    keys = fields(node)
    threshold = integer(keys.get("failure_threshold"))
    reset = duration(keys.get("reset_timeout"))
    if threshold is None or reset is None:
        return None
    half_open = integer(keys.get("half_open_max"))
    errors = texts(keys.get("errors"))
    return Breaker(threshold, reset, 1 if half_open is None else half_open, errors)
