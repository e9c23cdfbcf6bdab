"""What is asked alike of every release, and how the answers are read; what nobody says is the strictest."""

from typing import Annotated

import typer

from baken.cli.setting import instant
from baken.errors import WrongUsage
from baken.operations.release_wish import SaidOfRelease
from baken.records.evidence import ENTRY_ID
from baken.records.handling import Onward
from baken.records.marking import Realm
from baken.records.release import ReleaseId, read_release_id

What = Annotated[
    str,
    typer.Argument(metavar="WHAT", help="An entry (EV-12), a case (NL-IN26-0001), or an object of ours."),
]
For = Annotated[list[str], typer.Option("--for", metavar="PARTNER", help="To whom; again for more.")]
Precise = Annotated[
    str,
    typer.Option(metavar="TEXT", help="Like 'epoch=1min position=1km', or full; else as his file says."),
]
Purpose = Annotated[str, typer.Option(help="What it may be used for; else what the partner receives for.")]
Until = Annotated[str, typer.Option(metavar="UTC", help="Until when it may be used.")]
OnwardTo = Annotated[Onward, typer.Option(help="To whom the recipient may hand it on.")]
Licence = Annotated[str, typer.Option(help="The licence of the data, in words; else as its label says.")]
Consents = Annotated[
    list[str] | None,
    typer.Option("--consent", metavar="NAME=EV-n", help="An originator agreed; the entry holds his word."),
]
Title = Annotated[str, typer.Option(help="How it is called there; else by its own title, when that goes.")]


def said_of_release(
    what: str,
    because: str,
    precision: str,
    purpose: str,
    until: str,
    onward: Onward,
    licence: str,
    consents: list[str] | None,
    title: str,
    realm: Realm,
) -> SaidOfRelease:
    """Return what was said on the command line.

    Raises: WrongUsage naming the option.
    """
    return SaidOfRelease(
        what=what,
        because=because,
        precision=precision,
        purpose=purpose,
        expires_tai_ns=instant("--until", until) if until else None,
        onward=onward,
        licence=licence,
        consents=tuple(map(_consent, consents or ())),
        title=title,
        realm=realm,
    )


def asked_release(name: str) -> ReleaseId:
    """Read the name of a release from the command line.

    Raises: WrongUsage when it does not read like one.
    """
    try:
        return read_release_id(name)
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def _consent(told: str) -> tuple[str, str]:
    who, equals, where = told.partition("=")
    if not equals or not who.strip() or not ENTRY_ID.fullmatch(where.strip().upper()):
        raise WrongUsage(f"--consent {told}: say who agreed, and which entry holds his word, like US=EV-9")
    return who.strip(), where.strip().upper()
