"""Healing: broken parts of a text as they were when they were last whole."""
