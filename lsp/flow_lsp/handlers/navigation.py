"""From a name to where it is declared, to its type, to its code, and to where it is used."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeAlias

from lsprotocol import types

from flow_core.ide.cursor import Cursor
from flow_core.ide.definition import Targets, definition
from flow_core.ide.implementation import implementation
from flow_core.ide.references import references
from flow_core.ide.type_definition import type_definition
from flow_lsp.everywhere import at, in_workspace
from flow_lsp.features import Feature
from flow_lsp.look import Look
from flow_lsp.session import AtPosition, Session

_Find: TypeAlias = Callable[[Cursor], Targets | None]
_Places: TypeAlias = list[types.Location] | list[types.LocationLink]


def _going(find: _Find, ability: str) -> Callable[[Session, AtPosition], Awaitable[_Places]]:
    """What answers a request for places; ``ability`` is what the client's one is called."""

    async def go(session: Session, params: AtPosition) -> _Places:
        look, found = await at(session, params, find)
        return [] if found is None else _places(session, look, found, ability)

    return go


def _places(session: Session, look: Look, found: Targets, ability: str) -> _Places:
    client: Any = getattr(session.client.text_document, ability, None)
    if client is None or not client.link_support:
        return [look.location(location) for location in found.locations]
    origin = look.range(found.origin)
    return [_link(look.location(location), origin) for location in found.locations]


def _link(location: types.Location, origin: types.Range) -> types.LocationLink:
    return types.LocationLink(location.uri, location.range, location.range, origin)


async def used(session: Session, params: types.ReferenceParams) -> list[types.Location]:
    """Where a name is used in the whole workspace."""
    find = partial(references, declaration=params.context.include_declaration)
    look, found = await in_workspace(session, params, find)
    return [look.location(location) for location in found or ()]


FEATURES = (
    Feature(types.TEXT_DOCUMENT_DEFINITION, _going(definition, "definition")),
    Feature(types.TEXT_DOCUMENT_DECLARATION, _going(definition, "declaration")),
    Feature(types.TEXT_DOCUMENT_TYPE_DEFINITION, _going(type_definition, "type_definition")),
    Feature(types.TEXT_DOCUMENT_IMPLEMENTATION, _going(implementation, "implementation")),
    Feature(types.TEXT_DOCUMENT_REFERENCES, used),
)
