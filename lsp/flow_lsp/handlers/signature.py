"""Signature help: of functions in expressions, of components in `with`."""

from lsprotocol import types

from flow_core.ide.signature import Signature, signature_help
from flow_lsp.features import Feature
from flow_lsp.session import Session


def helped(session: Session, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    """How what is being called at a position is called."""
    found = signature_help(session.at(params).cursor)
    if found is None:
        return None
    return types.SignatureHelp(
        [_signature(session, each) for each in found.signatures], found.active, found.parameter
    )


def _signature(session: Session, signature: Signature) -> types.SignatureInformation:
    """A signature; its label's offsets are in the client's units."""
    label, units = signature.label, session.encoding.units
    return types.SignatureInformation(
        label=label,
        documentation=_markdown(signature.doc),
        parameters=[
            types.ParameterInformation(
                label=(units(label[: each.span.start]), units(label[: each.span.end])),
                documentation=_markdown(each.doc),
            )
            for each in signature.parameters
        ],
    )


def _markdown(text: str) -> types.MarkupContent | None:
    return types.MarkupContent(types.MarkupKind.Markdown, text) if text else None


FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_SIGNATURE_HELP,
        helped,
        types.SignatureHelpOptions(trigger_characters=["(", ",", ":"], retrigger_characters=[")"]),
    ),
)
