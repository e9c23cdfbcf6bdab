"""``baken respond``: everybody's part when something happened, and the toolbox."""

import typer

from baken.cli import respond_measures

app = typer.Typer(help="The response: measures, worksheets, proposals and decisions.", no_args_is_help=True)
app.command("measures")(respond_measures.measures)
app.command("measure")(respond_measures.measure)
app.command("compare")(respond_measures.compare)
app.command("worksheet")(respond_measures.worksheet)
app.command("propose")(respond_measures.propose)
app.command("outcome")(respond_measures.outcome)
