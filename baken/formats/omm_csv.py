"""Element sets as CSV, one a row: the tables of CelesTrak and of Space-Track.

The header says which column is which, so that order and extra columns do not matter.  A row stands on one
line; a quoted cell may hold commas and quotes but no line break, so that one lost quote costs one row.
"""

import csv
from collections.abc import Iterable, Sequence

from baken.errors import BadMessage, UnreadableInput, WrongUsage
from baken.formats._element_columns import Carried, only_element_sets
from baken.formats._grammar import shown
from baken.formats._lines import NOT_UTF_8, Lines, judged, lines_of
from baken.formats._omm_rows import COMMENT, OBLIGATORY, element_set_from_row, element_sets_from_columns
from baken.formats._omm_write import CELESTRAK_COLUMNS, row_from_element_set
from baken.formats.reading import Deviation, Reading, Rejection, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet

NAME = "omm-csv"
ROW = "ROW"  # what is at fault when no single field is
MAX_HEADER_LENGTH = 10_000  # characters; Space-Track's header has 570


def sniff(head: bytes) -> bool:
    """Tell whether a content begins like a table of element sets.

    >>> sniff(b"OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY")
    True
    """
    first = next((line for line in lines_of(head).texts if line.strip()), "")
    return "," in first and {"EPOCH", "MEAN_MOTION"} <= set(_cells(first[:MAX_HEADER_LENGTH]) or ())


def read(
    content: bytes,
    *,
    strictness: Strictness = Strictness.STRICT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[ElementSet]:
    r"""Read a table of element sets.  A bad row is rejected by its line and field; the rest goes on.

    Raises: UnreadableInput when the header is none of such a table, or when no row follows it.

    >>> table = (b"NORAD_CAT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,"
    ...     b"ARG_OF_PERICENTER,MEAN_ANOMALY\n"
    ...     b"5,2000-06-27T18:50:19.733568,10.82419157,.1859667,34.2682,348.7242,331.7664,19.3264\n"
    ...     b"5,2000-06-27T18:50:19.733568,10.82419157,.1859667,34.2682,34B.7242,331.7664,19.3264\n")
    >>> reading = read(table)
    >>> reading.records[0].identity.norad_cat_id
    5
    >>> reading.rejected
    (Rejection(line=3, field='RA_OF_ASC_NODE', reason="is not a number: '34B.7242'"),)
    """
    lines = lines_of(content)
    header, first_line = _header(lines)
    rows, misshapen = _rows(lines, header, first_line)
    if not rows and not misshapen:
        raise UnreadableInput("the table has a header and no rows; fetch it anew")
    odd, deviations = _read_as_latin_1(rows, lines, strictness)
    good, bad = _element_sets(header, rows, Carried(realm=realm, marking=marking, lineage=lineage), odd)
    return Reading(
        format_name=NAME,
        records=good,
        rejected=tuple(sorted([*misshapen, *bad], key=lambda rejection: rejection.line)),
        deviations=deviations,
    )


def write(records: Iterable[object]) -> bytes:
    """Write a table as CelesTrak lays it out, with further columns for whatever else the sets carry.

    Raises: WrongUsage when a text holds a line break, which no row of such a table can carry.
    """
    rows = [row_from_element_set(element_set) for element_set in only_element_sets(records, NAME)]
    n_comments = max((len(row.comments) for row in rows), default=0)
    others = list(dict.fromkeys(keyword for row in rows for keyword in row.others))
    table = [[*CELESTRAK_COLUMNS, *others, *[COMMENT] * n_comments]]
    for row in rows:
        comments = [*row.comments, *[""] * (n_comments - len(row.comments))]
        table.append([*row.plain, *(row.others.get(keyword, "") for keyword in others), *comments])
    return "".join(_line(cells) for cells in table).encode()


# --- How it is done --------------------------------------------------------------------------------------

Row = tuple[int, list[str]]  # line number, cells


def _cells(line: str) -> list[str] | None:
    """Return the cells of one line, or ``None`` when its quotes do not match."""
    if '"' not in line:
        return line.split(",")
    try:
        return next(csv.reader([line], strict=True))
    except (csv.Error, StopIteration):
        return None


def _header(lines: Lines) -> tuple[list[str], int]:
    """Return the columns' keywords and the line on which they stand."""
    number, text = next(((n, line) for n, line in enumerate(lines.texts, 1) if line.strip()), (1, ""))
    header = [cell.strip() for cell in _cells(text[:MAX_HEADER_LENGTH]) or []]
    absent = [keyword for keyword in OBLIGATORY if keyword not in header]
    if absent or len(text) > MAX_HEADER_LENGTH:
        why = (
            f"its first line reads {shown(text)} and has no column {absent[0]}" if absent else "it never ends"
        )
        raise UnreadableInput(f"this is no table of element sets: {why}; fetch it anew")
    twice = {keyword for keyword in header if header.count(keyword) > 1} - {COMMENT}
    if twice:
        raise UnreadableInput(f"the column {min(twice)} stands twice in line {number}; remove one")
    return header, number


def _rows(lines: Lines, header: Sequence[str], first_line: int) -> tuple[list[Row], list[Rejection]]:
    """Return the rows with as many cells as the header, and a rejection for each of the others."""
    rows, misshapen = [], []
    for number, line in enumerate(lines.texts[first_line:], first_line + 1):
        cells = _cells(line)
        if cells is not None and len(cells) == len(header):
            rows.append((number, cells))
        elif cells is None:
            misshapen.append(Rejection(number, ROW, f"has a quote that does not close: {shown(line)}"))
        elif line.strip():
            cut = f"has {len(cells)} cells where the header has {len(header)}; it may be cut short"
            misshapen.append(Rejection(number, ROW, cut))
    return rows, misshapen


def _read_as_latin_1(
    rows: Sequence[Row], lines: Lines, strictness: Strictness
) -> tuple[dict[int, Rejection], tuple[Deviation, ...]]:
    """Return what is to be said of rows whose letters are not UTF-8, and which of them that condemns."""
    deviations = [Deviation(number, ROW, NOT_UTF_8) for number, _ in rows if number in lines.not_utf_8]
    judgements = {deviation.line: judged([deviation], strictness)[0] for deviation in deviations}
    return {line: rejection for line, rejection in judgements.items() if rejection}, tuple(deviations)


def _element_sets(
    header: Sequence[str], rows: Sequence[Row], carried: Carried, condemned: dict[int, Rejection]
) -> tuple[tuple[ElementSet, ...], list[Rejection]]:
    columns = list(zip(*(cells for _, cells in rows), strict=True)) if rows else [()] * len(header)
    comments = _comments(header, columns, len(rows))
    table = {keyword: column for keyword, column in zip(header, columns, strict=True) if keyword != COMMENT}
    good: list[ElementSet] = []
    bad: list[Rejection] = []
    for row, element_set in enumerate(element_sets_from_columns(table, comments, carried)):
        number = rows[row][0]
        if number in condemned:
            bad.append(condemned[number])
        elif element_set is not None:
            good.append(element_set)
        else:
            fields = {keyword: column[row] for keyword, column in table.items()}
            try:
                good.append(element_set_from_row(fields, comments[row], carried))
            except BadMessage as problem:
                bad.append(Rejection(number, problem.field, problem.problem))
    return tuple(good), bad


def _comments(header: Sequence[str], columns: Sequence[Sequence[str]], n_rows: int) -> list[tuple[str, ...]]:
    said = [column for keyword, column in zip(header, columns, strict=True) if keyword == COMMENT]
    if not said:
        return [()] * n_rows
    return [tuple(text for text in row if text.strip()) for row in zip(*said, strict=True)]


def _line(cells: Sequence[str]) -> str:
    if any("\n" in cell or "\r" in cell for cell in cells):
        broken = next(cell for cell in cells if "\n" in cell or "\r" in cell)
        raise WrongUsage(f"CSV carries no line break, and one stands in {shown(broken)}; write omm-json")
    if any(mark in cell for cell in cells for mark in '",'):
        cells = [
            '"' + cell.replace('"', '""') + '"' if '"' in cell or "," in cell else cell for cell in cells
        ]
    return ",".join(cells) + "\r\n"
