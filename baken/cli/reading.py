"""Read catalogues named on the command line, each refusal with the file's name in front."""

from collections.abc import Sequence

from rich.console import Console

from baken.formats.reading import Rejection, Strictness
from baken.operations.import_catalogue import NamedContent, Provenance, ReadFile, read_catalogue
from baken.wiring.files import read_bytes, said_of


def read_catalogue_file(
    path: str,
    provenance: Provenance,
    *,
    format_name: str | None = None,
    strictness: Strictness = Strictness.LENIENT,
) -> ReadFile:
    """Read one file of element sets.

    Raises: UnreadableInput in one line that begins with the file's name.
    """
    content = read_bytes(path)
    with said_of(path):
        return read_catalogue(
            NamedContent(name=path, content=content),
            provenance,
            format_name=format_name,
            strictness=strictness,
        )


def rejection_line(path: str, rejection: Rejection) -> str:
    """Return one rejected record as a person reads it.

    >>> rejection_line("sky.3le", Rejection(3, "LINE1", "the checksum is 5, the line adds up to 7"))
    'sky.3le:3 LINE1: the checksum is 5, the line adds up to 7'
    """
    return f"{path}:{rejection.line} {rejection.field}: {rejection.reason}"


def rejection_document(rejection: Rejection) -> dict[str, object]:
    """Return one rejected record as JSON."""
    return {"line": rejection.line, "field": rejection.field, "reason": rejection.reason}


def tell_rejections(log: Console, read: Sequence[ReadFile], shown: int = 5) -> None:
    """Say which records were not taken, the first few of each file by line."""
    for one in read:
        for rejection in one.reading.rejected[:shown]:
            log.print(rejection_line(one.file.name, rejection), highlight=False, markup=False, soft_wrap=True)
        if (more := len(one.reading.rejected) - shown) > 0:
            log.print(f"{one.file.name}: and {more:,} more records rejected", highlight=False, markup=False)
