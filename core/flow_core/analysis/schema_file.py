"""JSON Schemas in files of their own, which a `$ref` names: ``./order.schema.json#/$defs/Line``."""

from typing import TYPE_CHECKING

from flow_core.syntax.nodes import data
from flow_core.types import Type, parse_type
from flow_core.types.kinds import Ref
from flow_core.types.pointer import NOWHERE, find

if TYPE_CHECKING:
    from flow_core.project import Project


def schema_type(project: "Project", file: str, target: str) -> Type | None:
    """The type that a schema describes; None where a file names nothing that may be read.

    References inside the schema start from the schema's own file. What is wrong with it is not
    reported here: it is nobody's Flow file.
    """
    path, _, pointer = target.partition("#")
    home = project.resolve(file, path)
    found = None if project.is_outside(home) else project.module(home)
    if found is None or find(raw := data(found.document.root), pointer) is NOWHERE:
        return None
    name = pointer.rpartition("/")[2] or home.replace("\\", "/").rpartition("/")[2]

    def read() -> Type:
        return parse_type(raw, lambda inner: schema_type(project, home, inner), pointer=pointer)[0]

    return Ref(name.partition(".")[0], f"{home}#{pointer}", read)
