"""What a rule is: a value with a code and a name, beside a `check` function and a manual page."""

import msgspec

from flow_core.diagnostics import Severity


class Rule(msgspec.Struct, frozen=True):
    """A rule's identity. ``severity`` is the default; settings may change it.

    The module that defines ``RULE`` also defines ``check(module) -> Iterator[Finding]``, and its
    docstring is the manual page.
    """

    code: str
    name: str
    severity: Severity
    since: str = "0.1"
