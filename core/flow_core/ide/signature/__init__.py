"""Signature help: how what is being called is called, and which argument is being written."""

from flow_core.ide.cursor import Cursor
from flow_core.ide.signature.components import component_help
from flow_core.ide.signature.functions import function_help
from flow_core.ide.signature.help import Help, Parameter, Signature

__all__ = ["Help", "Parameter", "Signature", "signature_help"]


def signature_help(cursor: Cursor) -> Help | None:
    """The function whose arguments hold the cursor, else the component whose `with` does."""
    return function_help(cursor) or component_help(cursor)
