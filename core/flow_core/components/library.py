"""What an import brings: the components and the types of one file."""

import msgspec

from flow_core.components.signature import Signature
from flow_core.problems import Problem
from flow_core.types.kinds import Type


class Library(msgspec.Struct, frozen=True):
    """Components and types by name. ``file`` is absolute; ``problems`` is what is wrong with it.

    Of a Python source the problems are of the kinds ``python-syntax``, ``python-decorator``
    (arguments that can't be read), ``python-variadic``, ``python-nested`` and ``python-undefined``
    (the name of a return hint); of a Flow file those of its types.
    """

    file: str = ""
    components: dict[str, Signature] = {}
    types: dict[str, Type] = {}
    problems: tuple[Problem, ...] = ()
