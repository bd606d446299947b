"""Symbols: the outline of a document, and what the files of a workspace declare."""
