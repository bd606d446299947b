"""What the client tells of the workspace: folders, files that changed, settings."""

from lsprotocol import types

from flow_lsp.features import Feature
from flow_lsp.plain import record
from flow_lsp.projects import SETTINGS_FILES
from flow_lsp.session import Session

_WATCHED = ("**/*.flow.*", "**/*.flowtest.*", "**/*.py", *(f"**/{name}" for name in SETTINGS_FILES))


def initialized(session: Session, _: types.InitializedParams) -> None:
    """Ask to be told of files that change and of settings."""
    workspace = session.client.workspace
    wanted: list[types.Registration] = []
    if session.watches:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        files = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        wanted.append(types.Registration("flow-files", method, files))
    configuration = workspace.did_change_configuration if workspace else None
    if configuration and configuration.dynamic_registration:
        method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
        section = types.DidChangeConfigurationRegistrationOptions(section="flow")
        wanted.append(types.Registration("flow-settings", method, section))
    if wanted:
        session.server.client_register_capability(types.RegistrationParams(wanted))


def files_changed(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """Files changed on the disk."""
    files = [session.file_of(change.uri) for change in params.changes]
    if any(file.endswith(SETTINGS_FILES) for file in files):
        session.restart()
        return
    open_ = {document.file for document in session.documents.values()}
    listing = any(change.type != types.FileChangeType.Changed for change in params.changes)
    session.forget([file for file in files if file not in open_], listing=listing)


def folders_changed(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Folders came or went."""
    gone = {session.file_of(folder.uri) for folder in params.event.removed}
    came = [session.file_of(folder.uri) for folder in params.event.added]
    kept = [folder for folder in session.projects.folders if folder not in gone]
    session.restart([*kept, *(folder for folder in came if folder not in kept)])


def settings_changed(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """The client's settings changed; it sends them, or has to be asked."""
    settings = record(params.settings)
    if settings:
        session.settings = record(settings.get("flow", settings))
        session.refresh_shown()
        return
    workspace = session.client.workspace
    if workspace and workspace.configuration:
        session.spawn(_ask_settings(session))


async def _ask_settings(session: Session) -> None:
    items = [types.ConfigurationItem(section="flow")]
    found = await session.server.workspace_configuration_async(types.ConfigurationParams(items))
    session.settings = record(found[0]) if found else {}
    session.refresh_shown()


FEATURES = (
    Feature(types.INITIALIZED, initialized),
    Feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, files_changed),
    Feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, folders_changed),
    Feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION, settings_changed),
)
