"""What keeps a dry run from going on: told with a place, and with the words to mend it."""

from flow_core.places import Place


class SimulationError(Exception):
    """A run can't be simulated.

    ``place`` is where the cause stands; its ``file`` is absolute, "" where there is none. ``code``
    is that of the rule that reports the same when it can see it without a run.
    """

    def __init__(
        self,
        message: str,
        place: Place | None = None,
        help: str = "",  # noqa: A002 - as in a diagnostic
        code: str = "",
    ) -> None:
        super().__init__(f"{message}\n{help}" if help else message)
        self.message = message
        self.place = place or Place()
        self.help = help
        self.code = code
