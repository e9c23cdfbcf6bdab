"""``baken cdm``: warnings that others sent."""

import typer

from baken.cli.cdm_assess import assess

app = typer.Typer(help="Conjunction messages: assess.", no_args_is_help=True)
app.command("assess")(assess)
