"""The manual: one page for each rule, made of the docstring of the module that defines it."""

import inspect

import msgspec

from flow_core.rules.rule import Rule


class Page(msgspec.Struct, frozen=True):
    """A rule and its page, in Markdown."""

    rule: Rule
    text: str

    @property
    def summary(self) -> str:
        """The page's first paragraph, on one line."""
        return " ".join(self.text.partition("\n\n")[0].split())

    @property
    def document(self) -> str:
        """The page with a heading."""
        rule = self.rule
        facts = f"*{rule.severity.name.lower()}, since {rule.since}*"
        return f"# {rule.code} {rule.name}\n\n{facts}\n\n{self.text}\n"


def manual() -> dict[str, Page]:
    """Every rule's page by its code, in order."""
    from flow_core.rules import ALL

    found = [Page(module.RULE, inspect.cleandoc(module.__doc__ or "")) for module in ALL]
    return {page.rule.code: page for page in found}
