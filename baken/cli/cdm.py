"""``baken cdm``: warnings that others sent."""

import typer

from baken.cli.avoid import avoid
from baken.cli.cdm_assess import assess
from baken.cli.cdm_import import import_messages

app = typer.Typer(help="Conjunction messages: assess, import, avoid.", no_args_is_help=True)
app.command("assess")(assess)
app.command("import")(import_messages)
app.command("avoid")(avoid)
