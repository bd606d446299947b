"""The pytest harness for pipelines. Loading this package imports nothing of the core."""
