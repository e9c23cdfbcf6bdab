"""Many element sets in two lines each, read as arrays of characters.

A pair of lines in any doubt is left to ``_tle_lines``, which is slow, clear, and says what is wrong.  A test
holds both ways to the same answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from baken.astro.arrays import Floats, Instants, Truths
from baken.astro.calendar import FIRST_YEAR
from baken.astro.time import HUNDRED_MILLIONTHS_A_DAY, tai_ns_from_utc_year_and_day
from baken.formats._element_columns import Carried, ElementColumns, element_sets_of, si_column
from baken.formats._grammar import DEGREE, REVOLUTION_PER_DAY, REVOLUTION_PER_DAY2, REVOLUTION_PER_DAY3
from baken.formats._tle_lines import (
    ALPHA_5_LETTERS,
    CHECKSUM_WORTH,
    FIRST_TWO_DIGITS_OF_1900S,
    LINE_1,
    LINE_LENGTH,
    Pair,
    object_id_from_columns,
)
from baken.formats.object_identity import COSPAR_ID
from baken.records.identity import Identity, identity_from_norad
from baken.records.orbit import ElementSet

Characters = npt.NDArray[np.uint8]
MAX_PAIRS_AT_ONCE = 8192  # two arrays of 4.5 MB: within a processor's cache

# What may stand in each column: d a digit, D a digit or a blank before one, n that or a letter of Alpha-5,
# s a sign or blank, + a sign, c a classification, x anything (looked at elsewhere); the rest, itself.
ALLOWED = {
    "d": "0123456789",
    "D": " 0123456789",
    "n": " 0123456789" + ALPHA_5_LETTERS,
    "s": " +-",
    "+": "+-",
    "c": "UCS",
    "x": "".join(map(chr, range(256))),
}


@dataclass(frozen=True, slots=True)
class Form:
    """How a line must look: a sign a column, which characters each allows, and the columns inside numbers."""

    signs: str
    allowed: Truths
    inner: npt.NDArray[np.int64]


def _form(signs: str) -> Form:
    allowed = np.zeros((LINE_LENGTH, 256), dtype=np.bool_)
    for column, kind in enumerate(signs):
        allowed[column, [ord(sign) for sign in ALLOWED.get(kind, kind)]] = True
    pairs = enumerate(pairwise(signs), 1)
    inner = [column for column, (left, right) in pairs if left in "nD" and right == "D"]
    return Form(signs, allowed, np.array(inner))


FORM_1 = _form("1 nDDDdc xxxxxxxx ddddd.dddddddd s.dddddddd sddddd+d sddddd+d 0 DDDdd")
FORM_2 = _form("2 nDDDd DDd.dddd DDd.dddd ddddddd DDd.dddd DDd.dddd Dd.ddddddddDDDDdd")
VALUE = np.zeros(256, dtype=np.int64)  # a blank, a point and a sign are worth nothing
VALUE[ord("0") : ord("9") + 1] = np.arange(10)
CHECK = np.frombuffer(CHECKSUM_WORTH, dtype=np.uint8).astype(np.int64)
VALUE[[ord(letter) for letter in ALPHA_5_LETTERS]] = 10 + np.arange(len(ALPHA_5_LETTERS))

DESIGNATOR = next(column.pattern for column in LINE_1 if column.field == "OBJECT_ID")


def element_sets_from_pairs(pairs: Sequence[Pair], carried: Carried) -> list[ElementSet | None]:
    """Return the element set of each pair of lines that is beyond doubt, and ``None`` for the others."""
    found: list[ElementSet | None] = [None] * len(pairs)
    whole = [i for i, pair in enumerate(pairs) if len(pair.line_1) == len(pair.line_2) == LINE_LENGTH]
    for start in range(0, len(whole), MAX_PAIRS_AT_ONCE):
        some = whole[start : start + MAX_PAIRS_AT_ONCE]
        read = element_sets_of(_columns([pairs[i] for i in some]), carried)
        for i, element_set in zip(some, read, strict=True):
            found[i] = element_set
    return found


def _columns(pairs: Sequence[Pair]) -> ElementColumns:
    line_1, line_2 = (
        _characters([pair.line_1 for pair in pairs]),
        _characters([pair.line_2 for pair in pairs]),
    )
    sure = _is_sound(line_1, FORM_1) & _is_sound(line_2, FORM_2)
    value_1, value_2 = VALUE[line_1], VALUE[line_2]
    norad_cat_id = value_1 @ _weights(FORM_1, 2, 7)
    angles = value_2 @ np.stack([_weights(FORM_2, start, start + 8) for start in (8, 17, 34, 43)], axis=1)
    mean_motion = value_2 @ _weights(FORM_2, 52, 63)
    epoch_tai_ns, is_day = _epochs(value_1)
    sure &= is_day & (norad_cat_id == value_2 @ _weights(FORM_2, 2, 7)) & (mean_motion > 0)
    sure &= (angles <= np.array([180, 360, 360, 360]) * 10_000).all(axis=1)

    # A whole number over a power of ten is rounded once, as the decimal that was written is when it is read.
    inclination, raan, argument_of_perigee, mean_anomaly = si_column(angles.T / 1e4, DEGREE)
    n = len(pairs)
    return ElementColumns(
        identity=_identities(pairs, sure, norad_cat_id.tolist()),
        epoch_tai_ns=epoch_tai_ns,
        mean_motion_rad_s=si_column(mean_motion / 1e8, REVOLUTION_PER_DAY),
        eccentricity=(value_2 @ _weights(FORM_2, 26, 33)) / 1e7,
        inclination_rad=inclination,
        raan_rad=raan,
        argument_of_perigee_rad=argument_of_perigee,
        mean_anomaly_rad=mean_anomaly,
        bstar_per_earth_radius=_powers(line_1, value_1, 53),
        mean_motion_dot_rad_s2=si_column(
            _signs(line_1, 33) * (value_1 @ _weights(FORM_1, 35, 43)) / 1e8, REVOLUTION_PER_DAY2
        ),
        mean_motion_ddot_rad_s3=si_column(_powers(line_1, value_1, 44), REVOLUTION_PER_DAY3),
        classification=[chr(sign) for sign in line_1[:, 7].tolist()],
        element_set_no=(value_1 @ _weights(FORM_1, 64, 68)).tolist(),
        rev_at_epoch=(value_2 @ _weights(FORM_2, 63, 68)).tolist(),
        originator=[""] * n,
        created_tai_ns=[None] * n,
        comments=[()] * n,
        other_fields=[()] * n,
    )


def _characters(lines: Sequence[bytes]) -> Characters:
    return np.frombuffer(b"".join(lines), dtype=np.uint8).reshape(-1, LINE_LENGTH)


def _is_sound(lines: Characters, form: Form) -> Truths:
    """Tell which lines have the right form and a true checksum."""
    sound: Truths = np.asarray(form.allowed[np.arange(LINE_LENGTH), lines].all(axis=1))
    # Within a number, a blank may follow only a blank.
    is_blank = lines == ord(" ")
    sound &= ~(is_blank[:, form.inner] & ~is_blank[:, form.inner - 1]).any(axis=1)
    total: Instants = CHECK[lines[:, :-1]].sum(axis=1)
    sound &= total % 10 == CHECK[lines[:, -1]]
    return sound


def _weights(form: Form, start: int, end: int) -> Instants:
    """Return what a digit in each column of a line counts for in the number that stands from start to end."""
    digits = [column for column in range(start, end) if form.signs[column] in "ndD"]
    weights = np.zeros(LINE_LENGTH, dtype=np.int64)
    weights[digits] = 10 ** np.arange(len(digits) - 1, -1, -1)
    return weights


def _signs(lines: Characters, column: int) -> Floats:
    return np.where(lines[:, column] == ord("-"), -1.0, 1.0)


def _powers(lines: Characters, value: Instants, start: int) -> Floats:
    """Return numbers such as ``-12345-4``, which is -0.12345e-4."""
    digits = value @ _weights(FORM_1, start + 1, start + 6)
    exponent = _signs(lines, start + 6) * value[:, start + 7] - 5.0
    # Powers of ten up to 22 are exact in a double, so that each of these is rounded once.
    scale = 10.0 ** np.abs(exponent)
    return _signs(lines, start) * np.where(exponent < 0.0, digits / scale, digits * scale)


def _epochs(value: Instants) -> tuple[Instants, Truths]:
    two_digits, day, parts = (value @ _weights(FORM_1, *ends) for ends in ((18, 20), (20, 23), (24, 32)))
    year = two_digits + np.where(two_digits >= FIRST_TWO_DIGITS_OF_1900S, 1900, 2000)
    is_day = (
        (year >= FIRST_YEAR) & (day >= 1) & (day <= 365 + (year % 4 == 0))
    )  # no century between 1957 and 2056
    is_day &= parts < HUNDRED_MILLIONTHS_A_DAY
    return tai_ns_from_utc_year_and_day(
        np.where(is_day, year, FIRST_YEAR), np.where(is_day, day, 1), parts % HUNDRED_MILLIONTHS_A_DAY
    ), is_day


def _identities(pairs: Sequence[Pair], sure: Truths, norad_cat_ids: Sequence[int]) -> list[Identity | None]:
    """Return who is meant by each pair, the same identity for the same words; nobody where there is doubt."""
    known: dict[tuple[bytes, bytes, int], Identity | None] = {}
    found: list[Identity | None] = []
    for pair, is_sure, norad_cat_id in zip(pairs, sure.tolist(), norad_cat_ids, strict=True):
        words = (pair.name, pair.line_1[9:17], norad_cat_id)
        if is_sure and words not in known:
            known[words] = _identity(*words)
        found.append(known[words] if is_sure else None)
    return found


def _identity(name: bytes, designator: bytes, norad_cat_id: int) -> Identity | None:
    if not (name.isascii() and designator.isascii() and DESIGNATOR.fullmatch(designator.decode())):
        return None
    shown_name, object_id = (
        name.decode().removeprefix("0 ").strip(),
        object_id_from_columns(designator.decode()),
    )
    if not shown_name.isprintable() or (object_id and not COSPAR_ID.fullmatch(object_id)):
        return None
    return identity_from_norad(norad_cat_id, name=shown_name or None, cospar_id=object_id or None)
