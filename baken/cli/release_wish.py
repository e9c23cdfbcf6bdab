"""What is asked alike of every release, and how the answers are read; what nobody says is the strictest."""

from typing import Annotated

import typer

from baken.cli.incident import Place
from baken.cli.setting import instant
from baken.errors import WrongUsage
from baken.operations.explain_release import Wish, is_case
from baken.operations.keep_orbit import keep_orbit
from baken.operations.release_desk import Sharing
from baken.records.bundle import new_item_id
from baken.records.evidence import ENTRY_ID
from baken.records.handling import Onward
from baken.records.marking import Realm
from baken.records.partner import Partner
from baken.records.precision import FULL, Precision, precision_from_text
from baken.records.release import ReleaseId, read_release_id
from baken.records.terms import Terms

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


def wishes(
    place: Place,
    sharing: Sharing,
    what: str,
    recipients: list[str],
    precision: str,
    purpose: str,
    until: str,
    onward: Onward,
    licence: str,
    consents: list[str] | None,
    title: str,
    because: str,
    realm: Realm,
) -> list[Wish]:
    """Return what is asked, one wish for each recipient; an orbit of an object is first kept as evidence.

    Raises: WrongUsage naming the option; NoSuchRecord for a partner nobody knows.
    """
    partners = [sharing.partner(code) for code in dict.fromkeys(recipients)]
    named = _named(place, what, realm)
    return [
        Wish(
            what=named,
            recipient=partner.code,
            precision=_precision(named, precision, partner),
            terms=Terms(
                purpose=purpose or partner.purpose,
                onward=onward,
                expires_tai_ns=instant("--until", until) if until else None,
                licence=licence,
            ),
            because=because,
            item_id=new_item_id(place.desk.luck),
            realm=realm,
            title=title,
            consents=tuple(map(_consent, consents or ())),
        )
        for partner in partners
    ]


def asked_release(name: str) -> ReleaseId:
    """Read the name of a release from the command line.

    Raises: WrongUsage when it does not read like one.
    """
    try:
        return read_release_id(name)
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def _named(place: Place, what: str, realm: Realm) -> str:
    word = what.strip().upper()
    if is_case(word) or ENTRY_ID.fullmatch(word):
        return word
    return keep_orbit(place.desk, place.store, what.strip(), realm).entry_id


def _precision(what: str, told: str, partner: Partner) -> Precision:
    if told:
        return precision_from_text(told)
    if is_case(what):
        return FULL
    if not partner.precision:
        raise WrongUsage(
            f"say how precisely it goes to {partner.code} with --precision, like 'epoch=1min position=1km', "
            "or full; the file of the partner does not say"
        )
    return precision_from_text(partner.precision)


def _consent(told: str) -> tuple[str, str]:
    who, equals, where = told.partition("=")
    if not equals or not who.strip() or not ENTRY_ID.fullmatch(where.strip().upper()):
        raise WrongUsage(f"--consent {told}: say who agreed, and which entry holds his word, like US=EV-9")
    return who.strip(), where.strip().upper()
