from flow_cli.options import new_app
app = new_app()
@app.command()
def components_() -> None:
    """Todo."""
