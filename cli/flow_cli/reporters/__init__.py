"""The output formats of `flow validate`, one module each: ``render(report) -> str``, no IO.

A format's module is imported when the format is asked for. To add one, write its module and name
it in `Format`.
"""

from importlib import import_module
from typing import Literal, TypeAlias, get_args

from flow_cli.report import Report

Format: TypeAlias = Literal["text", "concise", "json", "sarif", "github", "junit"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(report: Report, name: str) -> str:
    """A report in the format of that name (or as ``statistics``)."""
    text: str = import_module(f"flow_cli.reporters.{name}").render(report)
    return text
