"""The manual's page of a rule, as far as it has room beside a finding."""

from functools import cache

from flow_core.markdown import paragraphs

_EXAMPLES = "\n## Fails"


@cache
def rule_page(code: str) -> str:
    """The rule, what it finds and why that matters; "" for a code that no rule has."""
    from flow_core.simulate.codes import all_pages  # reads every rule

    page = all_pages().get(code)
    if page is None:
        return ""
    head, _, _ = page.text.partition(_EXAMPLES)
    shown = [part for part in head.split("\n\n") if not part.startswith("#")]
    return paragraphs(f"**{page.rule.code} {page.rule.name}**", *shown)
