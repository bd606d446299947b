"""Formatting for editors: of some lines, and while typing."""
