"""The page of one component, in Markdown: what it does, takes, gives, and raises."""

from flow_core.components.catalog import CatalogEntry
from flow_core.ide.describe import component_body, component_words
from flow_core.markdown import code, paragraphs


def component_page(entry: CatalogEntry) -> str:
    """The page; a table of ports needs a Markdown reader that knows tables."""
    signature = entry.signature
    origin = f"From {code(entry.origin)}: {component_words(signature)}"
    return paragraphs(f"# {signature.name}", origin, component_body(signature)) + "\n"
