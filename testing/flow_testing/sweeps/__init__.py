"""Generated tests of a pipeline: worlds to run it in, faults to run it with, and what must hold."""
