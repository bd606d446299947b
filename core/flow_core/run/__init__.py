"""Runs for real: what components do, and what drives the kernel while they do it."""
