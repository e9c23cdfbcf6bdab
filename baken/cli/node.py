"""``baken node``: what this node is called."""

from typing import Annotated

import typer

from baken.cli.doors import print_json
from baken.cli.exits import Exit
from baken.cli.setting import Setting, table_console
from baken.errors import RefusedByPolicy
from baken.records.reader import Keeper, Reader, Role
from baken.wiring.readers import reader_of
from baken.wiring.stores import open_store


def node(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Its name from now on, two to eight capitals, like NL."),
    ] = None,
) -> int:
    """Show what this node is called, or name it.  What was named before keeps its name."""
    setting: Setting = context.obj
    reader = reader_of(setting.home, None)
    with open_store(setting.home, reader) as store:
        if name is not None:
            refuse_unless_he_names(reader)
            store.name_node(name)
        stands = store.node_name()
    if setting.as_json:
        print_json({"node": stands})
    else:
        table_console().print(f"This node is called {stands}.", markup=False)
    return Exit.DONE


def refuse_unless_he_names(reader: Reader | Keeper) -> None:
    """Refuse to let anybody name a node but its keeper, or an administrator.

    Raises: RefusedByPolicy.
    """
    if isinstance(reader, Reader) and Role.ADMINISTRATOR not in reader.roles:
        raise RefusedByPolicy(f"{reader.name} is no administrator, and only an administrator names a node")
