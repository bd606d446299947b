"""What signature help consists of."""

import msgspec

from flow_core.places import Span


class Parameter(msgspec.Struct, frozen=True):
    """A parameter: where it is in the label of its signature, and what it means, in Markdown."""

    span: Span
    doc: str = ""


class Signature(msgspec.Struct, frozen=True):
    """One way to call something."""

    label: str
    doc: str
    parameters: tuple[Parameter, ...]


class Help(msgspec.Struct, frozen=True):
    """The ways to call something, which of them is likely meant, and which of its parameters."""

    signatures: tuple[Signature, ...]
    active: int
    parameter: int
