"""``baken release sign``: sign a statement where the key lies, away from the node that asks it."""

from typing import Annotated

import typer

from baken.cli.exits import Exit
from baken.cli.setting import Setting
from baken.cli.terminal import print_text
from baken.errors import WrongUsage
from baken.operations.approve_release import sign_statement
from baken.share.release_statement import read_statement
from baken.wiring.files import read_bytes, said_of
from baken.wiring.keys import kept_keys, open_key, passphrase


def sign(
    context: typer.Context,
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="The file to sign; - reads it.")],
    key: Annotated[str, typer.Option(metavar="NAME", help="Your key, kept in this home.")],
) -> int:
    """Print what somebody signed: the statement of a release and the signature; nothing is kept or sent.

    Read the statement first: it is all that goes, to whom and on which terms.
    """
    setting: Setting = context.obj
    with said_of(statement):
        told = read_statement(read_bytes(statement).decode(errors="replace"))
    here = [
        each
        for each in kept_keys(setting.home)
        if each.name.endswith(f"/authority/{key}") or each.name == key
    ]
    if len(here) != 1:
        raise WrongUsage(
            f"{len(here)} keys of an authority called {key!r} lie in this home; name the one you mean in full"
        )
    print_text(sign_statement(told, open_key(setting.home, here[0], passphrase(here[0].name))).decode())
    return Exit.DONE
