"""Code actions: what can be done where the cursor is, and the edits of what somebody chose."""

from collections.abc import Iterable

import msgspec
from lsprotocol import converters, types
from pygls.exceptions import JsonRpcException

from flow_core.check import check
from flow_core.diagnostics import Diagnostic
from flow_core.ide.actions import Action, Change, Create, actions, fixes
from flow_core.places import Span
from flow_lsp.actions import Chosen, chosen_changes, offers, offers_far
from flow_lsp.features import Feature
from flow_lsp.findings import needing_the_whole
from flow_lsp.look import Look
from flow_lsp.session import Session

_SOURCE = {
    "source.fixAll": "source.fixAll.flow",
    "source.organizeImports": "source.organizeImports.flow",
}
_KINDS = [
    types.CodeActionKind.QuickFix,
    types.CodeActionKind.RefactorExtract,
    types.CodeActionKind.RefactorInline,
    types.CodeActionKind.RefactorRewrite,
    *_SOURCE.values(),
]
_CREATING = ("extract_pipeline", "new_scenario")
"""The action that is nothing for a client which can't create files."""

_converter = converters.get_converter()


class ActionRefused(JsonRpcException):
    """An action turned out to be impossible; the client shows the reason to whoever chose it."""

    CODE = types.LSPErrorCodes.RequestFailed.value
    MESSAGE = "Can't be done"


async def offered(session: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done in a range."""
    client = _Client(session)
    if not client.takes_actions:
        return []
    look, found, is_whole = await _found(session, params, client)
    if _is_saved(params.context) and fixes.ALL not in found:
        found = (*found, fixes.ALL)
    wanted = [action for action in found if _is_wanted(action, params.context.only)]
    shown = [action for action in wanted if client.shows(action)]
    offer = _Offer(session, look, params, client)
    made = [offer.action(action, made=is_whole) for action in shown]
    return made if client.resolves else await _at_once(session, made)


def _is_saved(context: types.CodeActionContext) -> bool:
    """Whether an editor asks for all fixes by itself: it has no list that would get longer.

    Whether there are any shows when they are made.
    """
    by_itself = context.trigger_kind == types.CodeActionTriggerKind.Automatic
    return by_itself and bool(context.only)


async def _found(
    session: Session, params: types.CodeActionParams, client: "_Client"
) -> tuple[Look, tuple[Action, ...], bool]:
    """The actions, a look that knows their spans, and whether that is one at all of the file.

    A client that asks unasked (at every move of the cursor) gets what a look at the part tells.
    """
    uri, context = params.text_document.uri, params.context
    document = session.document(uri)
    patient = context.trigger_kind != types.CodeActionTriggerKind.Automatic
    checked = patient or bool(context.diagnostics)
    if document.is_short:
        look = session.whole(uri, params.range.start)
        span = Span(look.offset, look.offset_at(params.range.end))
        return look, offers(look.module, span, checked=checked, patient=patient), True
    far = any(each.code in needing_the_whole() for each in context.diagnostics)
    if document.is_split and not patient and not far and client.resolves:
        look = session.within(uri, params.range)
        span = Span(look.offset, look.offset_at(params.range.end))
        findings = check(look.module, reach="part") if checked else ()
        return look, actions(look.module, span, findings, patient=False), False
    look = session.text(uri)
    start, end = (look.offset_at(each) for each in (params.range.start, params.range.end))
    found = await session.far(offers_far, uri, start, end, checked, patient)
    return look, found, True


async def _at_once(session: Session, made: list[types.CodeAction]) -> list[types.CodeAction]:
    """Actions with all their edits, for a client that does not ask for them later."""
    found: list[types.CodeAction] = []
    for action in made:
        try:
            found.append(await resolved(session, action) if action.data else action)
        except ActionRefused:
            continue
    return found


def _is_wanted(action: Action, only: Iterable[str] | None) -> bool:
    """Whether an action is of a kind that the client asks for."""
    kind = _SOURCE.get(action.kind, action.kind)
    return only is None or any(kind == each or kind.startswith(f"{each}.") for each in only)


class _Client:
    """What the client can."""

    def __init__(self, session: Session) -> None:
        text_document, workspace = session.client.text_document, session.client.workspace
        can = text_document.code_action if text_document else None
        properties = can.resolve_support.properties if can and can.resolve_support else ()
        edit = workspace.workspace_edit if workspace else None
        operations = edit.resource_operations if edit and edit.document_changes else None
        self.takes_actions = bool(can and can.code_action_literal_support)
        self.resolves = bool(can and can.data_support) and "edit" in properties
        self.shows_disabled = bool(can and can.disabled_support)
        self.prefers = bool(can and can.is_preferred_support)
        self.creates = types.ResourceOperationKind.Create in (operations or ())

    def shows(self, action: Action) -> bool:
        """Whether an action is something for the client."""
        if action.disabled:
            return self.shows_disabled
        return self.creates or action.id not in _CREATING


class _Offer:
    """Puts actions into the client's terms."""

    def __init__(
        self, session: Session, look: Look, params: types.CodeActionParams, client: _Client
    ) -> None:
        self._session = session
        self._look = look
        self._params = params
        self._client = client

    def action(self, action: Action, *, made: bool) -> types.CodeAction:
        """An action; its edits are there if they are made already, and of all of the file."""
        found = types.CodeAction(
            action.title,
            kind=_SOURCE.get(action.kind, action.kind),
            diagnostics=[d for each in action.mends for d in self._known(each)] or None,
            is_preferred=True if action.preferred and self._client.prefers else None,
        )
        if action.disabled:
            found.disabled = types.CodeActionDisabled(action.disabled)
        elif made and action.changes:
            found.edit = workspace_edit(self._session, self._look, action.changes)
        else:
            found.data = msgspec.to_builtins(self._chosen(action))
        return found

    def _known(self, found: Diagnostic) -> Iterable[types.Diagnostic]:
        """The client's own words for a finding that an action mends."""
        where = self._look.range(found.span)
        known = self._params.context.diagnostics
        return (each for each in known if each.code == found.code and each.range == where)

    def _chosen(self, action: Action) -> Chosen:
        uri = self._params.text_document.uri
        version = self._session.document(uri).version
        where = _converter.unstructure(self._params.range)
        return Chosen(uri, version, where, action.title, action.id, action.data)


def workspace_edit(session: Session, look: Look, changes: Iterable[Change]) -> types.WorkspaceEdit:
    """Changes of files in the client's terms; new files come first."""
    edits, made = look.edits(c for c in changes if not isinstance(c, Create)), list(changes)
    created = [change for change in made if isinstance(change, Create)]
    if not created:
        return edits
    steps: list[types.CreateFile | types.TextDocumentEdit] = []
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    for new in created:
        uri = session.uri(new.file)
        steps += (types.CreateFile(uri), _edit(uri, None, [types.TextEdit(start, new.text)]))
    for uri, found in (edits.changes or {}).items():
        document = session.documents.get(uri)
        steps.append(_edit(uri, document.version if document else None, list(found)))
    return types.WorkspaceEdit(document_changes=steps)


def _edit(uri: str, version: int | None, edits: list[types.TextEdit]) -> types.TextDocumentEdit:
    document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    return types.TextDocumentEdit(document, list(edits))


async def resolved(session: Session, action: types.CodeAction) -> types.CodeAction:
    """An action with its edits.

    Raises:
        ActionRefused: It can't be done after all, and why.
    """
    try:
        chosen = msgspec.convert(action.data, Chosen)
        where = _converter.structure(chosen.range, types.Range)
    except (msgspec.ValidationError, TypeError, KeyError):
        return action  # it is none of this server's
    if session.document(chosen.uri).version != chosen.version:
        raise ActionRefused("The text has changed since.")
    look = session.text(chosen.uri)
    start, end = look.offset_at(where.start), look.offset_at(where.end)
    found = await session.far(chosen_changes, chosen.uri, chosen, start, end)
    if isinstance(found, str):
        raise ActionRefused(f"{found[:1].upper()}{found[1:]}.")
    if any(isinstance(each, Create) for each in found) and not _Client(session).creates:
        raise ActionRefused("The editor can't create files.")
    action.edit = workspace_edit(session, session.text(chosen.uri), found)
    return action


FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        offered,
        types.CodeActionOptions(code_action_kinds=_KINDS, resolve_provider=True),
    ),
    Feature(types.CODE_ACTION_RESOLVE, resolved),
)
