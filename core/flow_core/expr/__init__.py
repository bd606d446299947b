"""Expressions: CEL, parsed with exact ranges, checked against Flow's types, and evaluated.

Everything here is total and bounded: no text, tree or value makes it raise something unexpected,
loop or exhaust the stack, and nothing does IO or reads a clock.
"""
