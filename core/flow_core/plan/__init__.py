"""A plan: a checked pipeline with its names resolved and its expressions compiled, ready to run.

The kernel drives a plan and nothing else: it never looks at a file, a module or a model again.
"""
