"""Clients for the tests of the server."""

import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_lsp
from editor import Editor
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    """An editor on an empty folder, its server in this process: fast, and easy to debug."""
    with Editor(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the examples."""
    return shutil.copytree(EXAMPLES, tmp_path_factory.mktemp("workspace") / "examples")


@pytest_lsp.fixture(
    scope="module",
    config=ClientServerConfig(server_command=[sys.executable, "-m", "flow_lsp"]),
)
async def client(lsp_client: LanguageClient, workspace: Path) -> AsyncIterator[None]:
    """VS Code, as far as its capabilities go, and a server in a process of its own."""
    folder = types.WorkspaceFolder(workspace.as_uri(), "examples")
    params = types.InitializeParams(
        capabilities=client_capabilities("visual-studio-code"),
        root_uri=folder.uri,
        workspace_folders=[folder],
    )
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()
