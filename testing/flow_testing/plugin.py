"""The pytest plugin: hooks and fixtures that import nothing until a test needs them.

pytest loads this module in every run of every project that Flow is installed for, and before it
measures coverage, so that what is imported here is paid for by all and measured by none.
"""
