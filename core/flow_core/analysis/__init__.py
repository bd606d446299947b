"""What follows from a module: graphs, types, outcomes, limits; computed when it is asked for.

A part takes the `Module` (or pieces of its model) and is kept by it; see `flow_core.module`.
"""
