"""What a test asks for that can't be: told without the insides of Flow."""


class FlowTestError(Exception):
    """A test of a pipeline is wrong itself; the message says how to mend it."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002 - as in a diagnostic
        super().__init__(f"{message}\n{help}" if help else message)
        self.message = message
        self.help = help


FlowTestError.__module__ = "flow_testing"  # where users know it from; summaries are short
