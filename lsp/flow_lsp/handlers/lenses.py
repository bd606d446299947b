"""Code lenses. What they count is looked up when one is about to be seen."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec
from lsprotocol import types

from flow_core.ide.lenses import Lens, Subject, callers, dependents, lenses, scenarios_of
from flow_core.ide.location import Location
from flow_core.types.show import count
from flow_lsp.features import Feature
from flow_lsp.session import Session

_RUNS: dict[Subject, tuple[str, str]] = {
    "dry run": ("Dry run", "flow.dryRun"),
    "graph": ("Show graph", "flow.showGraph"),
    "scenarios": ("Run all scenarios", "flow.test"),
    "scenario": ("Run scenario", "flow.runScenario"),
    "timeline": ("Show timeline", "flow.showTimeline"),
}
"""The titles and commands of those that count nothing. A command is given the file, and the name
of what is meant in it."""


class _Data(msgspec.Struct):
    """What a lens remembers of what it is to count."""

    uri: str
    subject: str
    name: str


def found(session: Session, params: types.CodeLensParams) -> list[types.CodeLens]:
    """The lenses of a document."""
    uri = params.text_document.uri
    look = session.syntax(uri)
    return [_lens(uri, look.range(lens.span), lens) for lens in lenses(look.module)]


def _lens(uri: str, where: types.Range, lens: Lens) -> types.CodeLens:
    if lens.subject in _RUNS:
        title, command = _RUNS[lens.subject]
        arguments = [uri, lens.name] if lens.name else [uri]
        return types.CodeLens(where, types.Command(title, command, arguments=arguments))
    data = msgspec.to_builtins(_Data(uri, lens.subject, lens.name))
    return types.CodeLens(where, data=data)


async def resolved(session: Session, lens: types.CodeLens) -> types.CodeLens:
    """A lens with what it counts."""
    try:
        data = msgspec.convert(lens.data, _Data)
    except msgspec.ValidationError:  # no lens of this server's
        return lens
    count_of = _COUNTS.get(data.subject)
    if count_of is not None:
        lens.command = await count_of(session, data.uri, data.name, lens.range.start)
    return lens


async def _dependents(
    session: Session, uri: str, step: str, where: types.Position
) -> types.Command:
    number, places = await session.far(dependents, uri, step)
    return _references(session, uri, where, count(number, "dependent"), places)


async def _callers(
    session: Session, uri: str, component: str, where: types.Position
) -> types.Command:
    places = await session.far(callers, uri, component, await session.files())
    return _references(session, uri, where, count(len(places), "caller"), places)


async def _tests(session: Session, uri: str, _: str, __: types.Position) -> types.Command:
    files = await session.far(scenarios_of, uri, await session.files())
    if not files:
        return types.Command("Create scenarios", "flow.createScenarios", arguments=[uri])
    title = f"Test ({count(sum(files.values()), 'scenario')})"
    return types.Command(title, "flow.test", arguments=[session.uri(file) for file in files])


def _references(
    session: Session, uri: str, where: types.Position, title: str, places: Sequence[Location]
) -> types.Command:
    """The command that shows places; it does nothing where there are none."""
    if not places:
        return types.Command(title, "")
    look = session.text(uri)
    arguments = [uri, where, [look.location(place) for place in places]]
    return types.Command(title, "flow.showReferences", arguments=arguments)


_Count = Callable[[Session, str, str, types.Position], Awaitable[types.Command]]
_COUNTS: dict[str, _Count] = {
    "dependents": _dependents,
    "callers": _callers,
    "tests": _tests,
}

FEATURES = (
    Feature(types.TEXT_DOCUMENT_CODE_LENS, found, types.CodeLensOptions(resolve_provider=True)),
    Feature(types.CODE_LENS_RESOLVE, resolved),
)
