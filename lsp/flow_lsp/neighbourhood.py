"""What the files around a document offer, gathered in the background for completion."""

import asyncio
import time
from typing import TYPE_CHECKING

from flow_core.ide.completion import Neighbour, neighbour
from flow_lsp.document import OpenDocument
from flow_lsp.work import WorkError

if TYPE_CHECKING:
    from flow_core.ide.live import LiveProject
    from flow_lsp.session import Session

_FRESH = 3.0
"""Seconds for which what was found is not looked up again."""


class Neighbourhood:
    """The neighbours of each project, as they were when somebody last completed a name.

    Asking for them costs nothing: they are read one by one between requests.
    """

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._known: dict[LiveProject, dict[str, Neighbour]] = {}
        self._looked: dict[LiveProject, float] = {}
        self._looking: set[LiveProject] = set()

    def of(self, document: OpenDocument) -> tuple[Neighbour, ...]:
        """Those that are known in a document's project; others are looked for if that is due."""
        project = document.project
        since = time.monotonic() - self._looked.get(project, -_FRESH)
        if since >= _FRESH and project not in self._looking:
            self._looking.add(project)
            self._session.spawn(self._look(document))
        return tuple(self._known.get(project, {}).values())

    def is_looking(self, document: OpenDocument) -> bool:
        """Whether the neighbours of a document are not known yet."""
        return document.project in self._looking and document.project not in self._looked

    async def _look(self, document: OpenDocument) -> None:
        project = document.project
        try:
            files: list[str] = await self._session.work.ask("around", document.file)
            found: dict[str, Neighbour] = {}
            for file in files:
                each = neighbour(project, file)
                if each is not None:
                    found[file] = each
                await asyncio.sleep(0)
            self._known[project] = found
        except WorkError:
            self._known.pop(project, None)
        finally:
            self._looked[project] = time.monotonic()
            self._looking.discard(project)
