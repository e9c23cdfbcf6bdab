"""With whom a home shares: the files in its folder ``partners``, and nobody without one."""

from collections.abc import Mapping
from pathlib import Path

from baken.errors import NoSuchRecord, UnreadableInput
from baken.records.partner import Partner
from baken.share.partner_file import read_partner
from baken.wiring.files import read_bytes, said_of

FOLDER = "partners"


def partners(home: Path) -> Mapping[str, Partner]:
    """Return every partner of a home by his code.

    Raises: UnreadableInput in one line that names the file, the table and the field; also when two files
    speak of one partner, or of two whom nobody could tell apart, since nobody could say which holds.
    """
    found: dict[str, Partner] = {}
    for file in sorted((home / FOLDER).glob("*.toml")):
        partner = partner_of_file(str(file))
        for code in found:
            if code.casefold() == partner.code.casefold():
                raise UnreadableInput(f"{file} code: {code} has another file already; keep one of them")
        found[partner.code] = partner
    return found


def partner(home: Path, code: str) -> Partner:
    """Return one partner.

    Raises: NoSuchRecord that tells those there are.
    """
    known = partners(home)
    if code not in known:
        there = ", ".join(sorted(known)) or "none"
        raise NoSuchRecord(f"no partner is called {code!r}; there are {there}, in {home / FOLDER}")
    return known[code]


def partner_of_file(path: str) -> Partner:
    """Return the partner a file speaks of.

    Raises: UnreadableInput in one line that names the file, the table and the field.
    """
    with said_of(path):
        return read_partner(read_bytes(path).decode(errors="replace"))


def folder_of(home: Path, told: str) -> Path | None:
    """Return a folder of a partner's file; one that is not absolute counts from the home."""
    return home / Path(told).expanduser() if told else None
