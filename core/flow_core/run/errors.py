"""The error that a component raises."""

from flow_core.diagnostics import Json


class ComponentError(Exception):
    """An attempt has failed: ``name`` is one of the component's errors, ``data`` goes with it."""

    def __init__(self, name: str, message: str, data: Json = None) -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.data = data
