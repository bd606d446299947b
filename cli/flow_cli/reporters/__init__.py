"""The output formats of `flow validate`, one module each: ``render(report) -> str``, no IO.

A format's module is imported when the format is asked for. To add one, write its module and name
it in `FORMATS`.
"""

from importlib import import_module
from typing import Literal, TypeAlias

from flow_cli.report import Report

Format: TypeAlias = Literal["text", "concise", "json", "sarif", "github", "junit"]


def render(report: Report, name: str) -> str:
    """A report in the format of that name (or as ``statistics``)."""
    text: str = import_module(f"flow_cli.reporters.{name}").render(report)
    return text
