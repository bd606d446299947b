"""Links from what a document names to where it is."""

from lsprotocol import types

from flow_core.ide.links import Link, links
from flow_core.module import Module
from flow_lsp.features import Feature
from flow_lsp.look import Look
from flow_lsp.session import Session


async def linked(session: Session, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    """The links of a document."""
    uri = params.text_document.uri
    look = session.text(uri)
    return [_link(look, link) for link in await session.far(_all_links, uri)]


def _all_links(module: Module) -> tuple[Link, ...]:
    return tuple(links(module))


def _link(look: Look, link: Link) -> types.DocumentLink:
    target = link.address or look.uri(link.file)
    if link.line:
        target += f"#L{link.line + 1}"
    return types.DocumentLink(look.range(link.span), target, link.tooltip or None)


FEATURES = (Feature(types.TEXT_DOCUMENT_DOCUMENT_LINK, linked, types.DocumentLinkOptions()),)
