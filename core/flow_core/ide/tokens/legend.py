"""What semantic tokens can be: the types and modifiers that editors know, and what we mean by them.

The names are those of the Language Server Protocol, so that every theme has a colour for them.
"""

from typing import Literal, TypeAlias, get_args

TokenType: TypeAlias = Literal[
    "keyword",  # a key of the language
    "class",  # a step
    "namespace",  # an alias of an import, a Python module
    "type",  # a type
    "function",  # a component, a function of expressions
    "method",  # a member function of expressions
    "macro",  # a macro of expressions
    "parameter",  # an input, an argument, a variable of a macro
    "variable",  # a variable of expressions, a channel, a secret
    "property",  # a property, an output, a key of data
    "event",  # an error
    "enumMember",  # one of a few words, a constant
    "string",
    "number",  # also a duration, a version, a date
    "operator",
    "comment",
]
Modifier: TypeAlias = Literal[
    "declaration", "readonly", "deprecated", "modification", "defaultLibrary"
]

TYPES: tuple[TokenType, ...] = get_args(TokenType)
MODIFIERS: tuple[Modifier, ...] = get_args(Modifier)

Word: TypeAlias = tuple[int, int, TokenType, tuple[Modifier, ...]]
"""A range of some text, and what it is."""
