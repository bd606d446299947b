"""The project's components: functions whose ports are read from their type hints."""

from flow_core import component


@component
def greet(name: str) -> str:
    """Make a greeting.

    Args:
        name: Who is greeted.
    """
    return f"Hello, {name}!"
