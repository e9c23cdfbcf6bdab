"""Convert: read one format, write another, say what could not cross."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from baken.errors import BadMessage, TheirMistake, UnreadableInput
from baken.formats.ocm_ephemerides import ephemerides_of
from baken.formats.ocm_making import message_of_ephemerides, message_of_state
from baken.formats.oem_text import together
from baken.formats.reading import Deviation, Reading, Rejection, Strictness
from baken.formats.sniff import known_formats, read_any, writer_of
from baken.operations.export_catalogue import text_of
from baken.operations.import_catalogue import realm_of
from baken.records.ephemeris import Ephemeris
from baken.records.orbit import ElementSet
from baken.records.orbit_message import OrbitMessage
from baken.records.orbit_state import OrbitState

NAME_ENDINGS = {
    "tle": "3le",
    "3le": "3le",
    "txt": "3le",
    "csv": "omm-csv",
    "json": "omm-json",
    "omm": "omm-kvn",
    "kvn": "kvn",
    "xml": "xml",
    "oem": "oem-kvn",
    "cdm": "cdm-kvn",
    "ocm": "ocm-kvn",
    "opm": "opm-kvn",
    "rdm": "rdm-kvn",
    "tdm": "tdm-kvn",
    "ndm": "ndm-xml",
}
TABLES_OF_STATES = ("oem", "oem-kvn", "oem-xml")
ORBIT_MESSAGES = ("ocm", "ocm-kvn", "ocm-xml")
DRESSES = ("kvn", "xml")  # of any message; which one, what was read tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What came out of a conversion, and what stayed behind."""

    from_format: str
    to_format: str
    content: bytes
    n_records: int
    rejected: tuple[Rejection, ...]
    deviations: tuple[Deviation, ...]


def convert(content: bytes, *, to: str, from_format: str | None, strictness: Strictness) -> Converted:
    """Read a text of any format and write what stood in it in another.

    ``to`` may be a format, or ``kvn`` or ``xml``: that of the kind that was read, an OMM for element sets.

    Raises: TheirMistake when there is nothing to convert; WrongUsage when ``to`` cannot hold it.
    """
    if to not in DRESSES:
        writer_of(to)  # refuses before anything is read
    reading = read_any(content, format_name=from_format, strictness=strictness)
    if not reading.records:
        raise _all_bad(reading)
    to = dressed(to, reading.format_name)
    records, left = _fitting(reading.records, to)
    return Converted(
        from_format=reading.format_name,
        to_format=to,
        content=_text(records, to),
        n_records=len(records),
        rejected=(*reading.rejected, *left),
        deviations=reading.deviations,
    )


def _fitting(records: Sequence[object], to: str) -> tuple[tuple[object, ...], tuple[Rejection, ...]]:
    """Return records in the noun that a format writes, where Baken knows the way, and what stays behind."""
    if to in TABLES_OF_STATES:
        return _tables(records)
    if to in ORBIT_MESSAGES:
        return tuple(_orbit_messages(records)), ()
    return tuple(records), ()


def _orbit_messages(records: Sequence[object]) -> Iterator[object]:
    """Yield records as orbit messages: states one by one, the ephemerides of one message together."""
    for are_ephemerides, group in groupby(records, key=lambda record: isinstance(record, Ephemeris)):
        if are_ephemerides:
            tables = [record for record in group if isinstance(record, Ephemeris)]
            yield from (message_of_ephemerides(alike) for _, alike in together(tables))
        else:
            yield from (message_of_state(one) if isinstance(one, OrbitState) else one for one in group)


def _tables(records: Sequence[object]) -> tuple[tuple[object, ...], tuple[Rejection, ...]]:
    """Return records with the ephemerides of orbit messages in their place, and what stays behind of those.

    Raises: BadMessage for an orbit message that holds none.
    """
    opened: list[object] = []
    left: list[Rejection] = []
    for record in records:
        found, reasons = ephemerides_of(record) if isinstance(record, OrbitMessage) else ((record,), ())
        opened += found
        left += [Rejection(0, "TRAJ_START", because) for because in reasons]
    return tuple(opened), tuple(left)


def dressed(to: str, read_as: str) -> str:
    """Return the format that ``kvn`` or ``xml`` asks for when another was read.

    >>> dressed("xml", "oem-kvn"), dressed("xml", "3le"), dressed("omm-csv", "3le")
    ('oem-xml', 'omm-xml', 'omm-csv')
    """
    if to not in DRESSES:
        return to
    same_kind = f"{read_as.rpartition('-')[0]}-{to}"
    return same_kind if same_kind in known_formats() else f"omm-{to}"


def _all_bad(reading: Reading[object]) -> TheirMistake:
    if not reading.rejected:
        return UnreadableInput("there are no records in it; fetch it anew")
    first = reading.rejected[0]
    return BadMessage(
        first.reason,
        line=first.line,
        field=first.field,
        next_step=f"not one of {reading.n_read:,} records could be read: fetch it anew",
    )


def _text(records: Sequence[object], to: str) -> bytes:
    """Return records as text; element sets stay in the world they speak of."""
    element_sets = [record for record in records if isinstance(record, ElementSet)]
    if len(element_sets) < len(records):
        return writer_of(to)(records)
    realm = realm_of(element_sets, None)
    return text_of([replace(element_set, realm=realm) for element_set in element_sets], to)


def format_of_name(name: str) -> str | None:
    """Return the format that a file's name asks for, or nothing when it asks for none.

    >>> format_of_name("sky.csv.gz"), format_of_name("sky.dat")
    ('omm-csv', None)
    """
    return NAME_ENDINGS.get(name.lower().removesuffix(".gz").rpartition(".")[2])
