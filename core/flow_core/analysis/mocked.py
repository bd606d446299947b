"""What a mock gives, held against the outputs of what it stands in for."""

from collections.abc import Iterator

from flow_core.diagnostics import Json
from flow_core.places import Path
from flow_core.types import Mismatch, Type, admits_null, deref, literal_problems, without_null
from flow_core.types.kinds import ListType, MapType, ObjectType
from flow_core.types.literals import Source


def mock_problems(
    returns: Json, wanted: Type, path: Path = (), source: Source | None = None
) -> Iterator[Mismatch]:
    """What does not fit; what may be null may be left out (R-mock-1).

    ``path`` leads to what the mock gives, and ``source`` is as for `literal_problems`.
    """
    for problem in literal_problems(returns, wanted, path, source):
        if not _is_null(problem, _inside(wanted, problem.path[len(path) :])):
            yield problem


def _is_null(problem: Mismatch, owner: Type) -> bool:
    """Whether a property is missing that may be null, which is what it is where it is absent."""
    if problem.kind != "missing-property" or not isinstance(owner, ObjectType):
        return problem.kind == "missing-property"
    needed = (name for name, field in owner.fields.items() if not admits_null(field.type))
    return not any(f"`{name}`" in problem.message for name in needed)


def _inside(type_: Type, path: Path) -> Type:
    """The type of a part of a value, as far as one type is possible there."""
    found = deref(without_null(type_))
    for step in path:
        match found:
            case ListType(item=item):
                inner = item
            case MapType(value=value):
                inner = value
            case ObjectType(fields=fields) if step in fields:
                inner = fields[str(step)].type
            case _:
                return found
        found = deref(without_null(inner))
    return found
