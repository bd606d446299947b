"""`flow explain`: the manual page of a rule."""

from typing import Annotated

import typer

from flow_cli.errors import UserError, did_you_mean
from flow_cli.options import examples, new_app

app = new_app()


@app.command(epilog=examples("flow explain FL203", "flow explain dependency-cycle"))
def explain(
    rule: Annotated[str, typer.Argument(help="A rule's code or name.")],
) -> None:
    """Show the manual page of a rule: what it finds, why, and how to mend it."""
    from flow_cli.markdown import write_markdown
    from flow_core.simulate.codes import all_pages

    found = all_pages()
    page = found.get(rule.upper()) or found.get(rule.lower())
    if page is None:
        raise UserError(f"there is no rule `{rule}`", did_you_mean(rule, found))
    write_markdown(page.document)
