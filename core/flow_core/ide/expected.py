"""What is expected of a value where it stands: an argument, a default, a mock, or a part of one."""

from msgspec.structs import replace

from flow_core.analysis.scopes import channel_type
from flow_core.analysis.tested import StepTarget, outputs_of
from flow_core.components.signature import Port
from flow_core.module import Module
from flow_core.places import Path
from flow_core.types import Type, alternatives, nullable, union, without_null
from flow_core.types.kinds import Field, ListType, MapType, ObjectType


def expected(module: Module, path: Path) -> Field | None:
    """The type that is wanted at a path, and what a value there means; None where any will do."""
    if module.is_scenario:
        return _in_scenario(module, path)
    for length in range(len(path), 0, -1):
        if path[:length] in module.sites:
            return _in_site(module, path[:length], path[length:])
    return _literal(module, path)


def part_of(field: Field | None, path: Path) -> Field | None:
    """What is wanted of a part of a value.

    >>> from flow_core.types.kinds import INTEGER
    >>> part_of(Field(ListType(MapType(INTEGER))), (0, "a")).type == INTEGER
    True
    """
    for step in path:
        if field is None:
            return None
        found = [_inner(type_, step) for type_ in alternatives(without_null(field.type))]
        known = [inner for inner in found if inner is not None]
        field = replace(known[0], type=union(*(each.type for each in known))) if known else None
    return field


def _inner(type_: Type, step: str | int) -> Field | None:
    match type_:
        case ListType(item=item) if isinstance(step, int):
            return Field(item)
        case MapType(value=value) if isinstance(step, str):
            return Field(value)
        case ObjectType(fields=fields) if isinstance(step, str):
            return fields.get(step)
        case _:
            return None


def _port(port: Port | None) -> Field | None:
    if port is None:
        return None
    return Field(port.type, port.required, port.default, port.description)


def _in_site(module: Module, path: Path, rest: Path) -> Field | None:
    """What is wanted in a value that may hold expressions."""
    site = module.sites[path]
    if site.role == "with":
        signature = module.called(site.call)
        return part_of(_port(signature.inputs.get(str(path[-1]))) if signature else None, rest)
    found = module.typing.expected(site)
    return part_of(Field(found), rest) if found is not None else None


def _literal(module: Module, path: Path) -> Field | None:
    """What is wanted of a literal outside of the steps."""
    match path:
        case ("inputs", str(name), "default", *rest):
            return part_of(_port(module.pipeline.inputs.get(name)), tuple(rest))
        case ("schedule", int(), "inputs", str(name), *rest):
            return part_of(_port(module.pipeline.inputs.get(name)), tuple(rest))
        case ("state", str(name), "default", *rest):
            channel = module.pipeline.state.get(name)
            return part_of(Field(channel.type), tuple(rest)) if channel else None
        case ("components", str(name), "inputs", str(port), "default", *rest):
            component = module.library.components.get(name)
            return part_of(_port(component.inputs.get(port)), tuple(rest)) if component else None
        case _:
            return None


def _in_scenario(module: Module, path: Path) -> Field | None:
    match path:
        case ("scenarios", str(), "inputs", str(name), *rest) if module.tested:
            return part_of(_port(module.tested.module.pipeline.inputs.get(name)), tuple(rest))
        case ("scenarios", str(), "mocks", str(key), *rest) if module.tested:
            if rest[:1] and isinstance(rest[0], int):
                rest = rest[1:]
            return _mocked(module, key, tuple(rest[1:])) if rest[:1] == ["returns"] else None
        case ("scenarios", str(), "expect", *rest) if module.tested:
            return _in_expectation(module, tuple(rest))
        case _:
            return None


def _mocked(module: Module, key: str, rest: Path) -> Field | None:
    """What a mock must return."""
    target = module.tested.mocked(key) if module.tested else None
    outputs = outputs_of(target)
    return part_of(Field(outputs), rest) if outputs is not None else None


def _in_expectation(module: Module, path: Path) -> Field | None:
    if module.tested is None:
        return None
    tested = module.tested.module
    match path:
        case ("outputs", str(name), *rest):
            return part_of(_port(tested.signature.outputs.get(name)), tuple(rest))
        case ("state", str(name), *rest) if name in tested.pipeline.state:
            return part_of(Field(channel_type(tested.pipeline.state[name])), tuple(rest))
        case ("steps", str(key), "outputs", *rest):
            target = module.tested.step(key)
            if not isinstance(target, StepTarget):
                return None
            found = nullable(target.module.typing.outputs(target.step))
            return part_of(Field(found), tuple(rest))
        case _:
            return None
