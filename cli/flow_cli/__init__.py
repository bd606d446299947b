"""The `flow` command: arguments in, reports and exit codes out."""
