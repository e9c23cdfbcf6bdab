"""Element sets in two lines, with or without a third for the name: the oldest format, and a lossy one.

Two lines hold catalogue numbers up to 339999 (with a letter for the first digit, Alpha-5), two digits of the
year, angles to a ten-thousandth of a degree.  What does not fit is refused when written, never squeezed.
"""

from collections.abc import Iterable, Iterator, Sequence

from baken.errors import BadMessage, UnreadableInput
from baken.formats._element_columns import Carried, only_element_sets
from baken.formats._grammar import shown
from baken.formats._lines import BYTE_ORDER_MARK, judged
from baken.formats._tle_columns import element_sets_from_pairs
from baken.formats._tle_lines import Pair, fields_from_pair
from baken.formats._tle_write import lines_from_element_sets
from baken.formats.omm import element_set_from_fields
from baken.formats.reading import Deviation, Reading, Rejection, Strictness
from baken.records.lineage import NO_LINEAGE, Lineage
from baken.records.marking import OWNER_ONLY, Marking, Realm
from baken.records.orbit import ElementSet

NAME = "3le"
MAX_NAME_LENGTH = 26  # characters: 24, after a zero and a blank
CLASSIFICATIONS = (b"U ", b"C ", b"S ", b"V ", b"  ")  # as a line may have it, right or wrong
STRAY = "stands alone: no element set follows; a line may be missing, or the file cut short"


def sniff(head: bytes) -> bool:
    r"""Tell whether a content begins like element sets in two lines.

    >>> sniff(b"VANGUARD 1\n1 00005U 58002B   00179.78495062")
    True
    """
    # An archive that is packed without being pressed shows the lines it holds.
    if b"\x00" in head:
        return False
    lines = [line.strip() for line in head.removeprefix(BYTE_ORDER_MARK).splitlines()[:20]]
    return any(line[:2] == b"1 " and line[7:9] in CLASSIFICATIONS for line in lines)


def read(
    content: bytes,
    *,
    strictness: Strictness = Strictness.STRICT,
    realm: Realm = Realm.REAL,
    marking: Marking = OWNER_ONLY,
    lineage: Lineage = NO_LINEAGE,
) -> Reading[ElementSet]:
    r"""Read element sets in two or three lines, mixed as they come.  A bad set costs only itself.

    A wrong checksum condemns its set, also leniently: no telling which digit is wrong.

    Raises: UnreadableInput when no line of an element set is in it.

    >>> reading = read(b'''0 VANGUARD 1
    ... 1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753
    ... 2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667
    ... 1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4754
    ... 2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667
    ... ''')
    >>> reading.records[0].identity.name, reading.records[0].eccentricity
    ('VANGUARD 1', 0.1859667)
    >>> reading.rejected
    (Rejection(line=4, field='LINE1', reason='checksum is 4, the line adds up to 3'),)
    """
    carried = Carried(realm=realm, marking=marking, lineage=lineage)
    pairs, strays = _sorted_out(content)
    if not pairs and all(
        len(text) <= MAX_NAME_LENGTH or text[:2] not in (b"1 ", b"2 ") for _, text in strays
    ):
        raise UnreadableInput("this holds no element set in two lines; fetch it anew, or name its format")
    records: list[ElementSet] = []
    rejected, deviations = _judged_strays(strays, strictness)
    for pair, element_set in zip(pairs, element_sets_from_pairs(pairs, carried), strict=True):
        if element_set is not None:
            records.append(element_set)
            continue
        try:
            slow, odd = element_set_from_pair(pair, carried)
        except BadMessage as problem:
            rejected.append(Rejection(problem.line or pair.at_1, problem.field, problem.problem))
            continue
        condemned, told = judged(odd, strictness)
        deviations += told
        if condemned:
            rejected.append(condemned)
        else:
            records.append(slow)
    return Reading(
        format_name=NAME,
        records=tuple(records),
        rejected=tuple(sorted(rejected, key=lambda rejection: rejection.line)),
        deviations=tuple(sorted(deviations, key=lambda deviation: deviation.line)),
    )


def element_set_from_pair(pair: Pair, carried: Carried) -> tuple[ElementSet, list[Deviation]]:
    """Read one element set, slowly, and tell where its lines are not quite as they should be.

    Raises: BadMessage with line and field.
    """
    fields, deviations = fields_from_pair(pair)
    try:
        element_set = element_set_from_fields(
            fields, realm=carried.realm, marking=carried.marking, lineage=carried.lineage
        )
    except BadMessage as problem:
        raise BadMessage(problem.problem, line=pair.at_1, field=problem.field) from problem
    return element_set, deviations


def write(records: Iterable[object]) -> bytes:
    """Write element sets in three lines each; in two, where there is no name.

    Angles, rates and the epoch are rounded to the last digit the columns hold.  Whatever else does not fit is
    refused.

    Raises: WrongUsage naming the object and what of it does not fit.
    """
    lines = lines_from_element_sets(list(only_element_sets(records, NAME)))
    return "".join(line + "\r\n" for line in lines).encode()


# --- How it is done --------------------------------------------------------------------------------------

Numbered = tuple[int, bytes]


def _sorted_out(content: bytes) -> tuple[list[Pair], list[Numbered]]:
    """Return the pairs of lines that belong together, and the lines that belong to nothing."""
    pairs: list[Pair] = []
    strays: list[Numbered] = []
    lines = list(_numbered(content))
    name, i = (0, b""), 0
    while i < len(lines):
        number, text = lines[i]
        following = lines[i + 1] if i + 1 < len(lines) else (0, b"")
        if text[:2] == b"1 " and following[1][:2] == b"2 ":
            pairs.append(Pair(name[1], text, following[1], name[0] or number, number, following[0]))
            name, i = (0, b""), i + 2
            continue
        i += 1
        if text[:1] == b"#":
            strays.append((number, text))
            continue
        strays += [name] if name[0] else []
        is_element_line = text[:2] in (b"1 ", b"2 ") and len(text) > MAX_NAME_LENGTH
        strays += [(number, text)] if is_element_line else []
        name = (0, b"") if is_element_line else (number, text)
    return pairs, strays + ([name] if name[0] else [])


def _numbered(content: bytes) -> Iterator[Numbered]:
    for number, line in enumerate(content.removeprefix(BYTE_ORDER_MARK).splitlines(), 1):
        text = line.strip()
        if text:
            yield number, text


def _judged_strays(
    strays: Sequence[Numbered], strictness: Strictness
) -> tuple[list[Rejection], list[Deviation]]:
    """Reject lines that belong to nothing; leniently, pass by what is plainly a remark."""
    rejected: list[Rejection] = []
    deviations: list[Deviation] = []
    for number, text in strays:
        quoted = shown(text.decode("latin-1"))
        field = {b"1 ": "LINE1", b"2 ": "LINE2"}.get(text[:2], "LINE0")
        if text.startswith(b"#") and strictness is Strictness.LENIENT:
            deviations.append(Deviation(number, field, f"is a remark: {quoted}"))
        else:
            rejected.append(Rejection(number, field, f"{quoted} {STRAY}"))
    return rejected, deviations
