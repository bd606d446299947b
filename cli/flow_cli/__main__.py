"""``python -m flow_cli``: the command, for who knows a Python that has Flow but not its scripts."""

from flow_cli.main import main

main()
