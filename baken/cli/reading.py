"""Read catalogues named on the command line, each refusal with the file's name in front."""

from baken.cli.doors import read_bytes, said_of
from baken.formats.reading import Rejection, Strictness
from baken.operations.import_catalogue import NamedContent, Provenance, ReadFile, read_catalogue


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
            NamedContent(name=path, content=content), provenance, format_name=format_name, strictness=strictness
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
