"""Element sets out of columns of text: CSV and JSON are tables before they are messages.

The plain rows are read column by column; a row in any doubt goes to ``omm.element_set_from_fields``, which is
slow, clear, and says what is wrong.  A test holds both ways to the same answers.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import repeat

import numpy as np

from baken.astro.arrays import Floats, Instants, Truths
from baken.astro.time import TimeScale, tai_ns_from_utc, tai_ns_from_utc_column
from baken.errors import BadMessage
from baken.formats._element_columns import Carried, ElementColumns, element_sets_of, si_column
from baken.formats._grammar import MAX_NUMBER_LENGTH, Kind, Unit, number, shown, whole_number
from baken.formats.object_identity import COSPAR_ID
from baken.formats.omm import TAKEN, THEORIES, element_set_from_fields
from baken.formats.omm_table import GRAMMAR
from baken.records.identity import MAX_NORAD_CAT_ID, Identity, identity_from_norad
from baken.records.orbit import ElementSet, Theory

Texts = Sequence[str]
ELEMENTS = (
    "MEAN_MOTION",
    "ECCENTRICITY",
    "INCLINATION",
    "RA_OF_ASC_NODE",
    "ARG_OF_PERICENTER",
    "MEAN_ANOMALY",
)
RATES = ("BSTAR", "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT")
OBLIGATORY = ("NORAD_CAT_ID", "EPOCH", *ELEMENTS)
# Said of the message, not of the orbit; a table has no message.
COMMENT = "COMMENT"
OF_THE_MESSAGE = frozenset({"CCSDS_OMM_VERS", COMMENT})
VERSIONS = tuple(f"{major}.{minor}" for major, minor in GRAMMAR.versions)
PLAIN_TEXTS = {
    "CENTER_NAME": {"", "EARTH"},
    "REF_FRAME": {"", "TEME"},
    "TIME_SYSTEM": {"", "UTC"},
    "MEAN_ELEMENT_THEORY": {"", *(said for said, theory in THEORIES.items() if theory is Theory.SGP4)},
    "EPHEMERIS_TYPE": {"", "0"},
    "CCSDS_OMM_VERS": {"", *VERSIONS},
}
NAMED = {"CCSDS_OMM_VERS": VERSIONS, "TIME_SYSTEM": tuple(TimeScale)}
FIELDS = {field.keyword: field for block in GRAMMAR.blocks for field in block.fields}
DIGITS = frozenset("0123456789")
DECIMALS = DIGITS | frozenset("+-.eE")


# --- One row, slowly -------------------------------------------------------------------------------------


def element_set_from_row(
    fields: Mapping[str, str], comments: tuple[str, ...], carried: Carried
) -> ElementSet:
    """Read one row by the table of the standard.

    Raises: BadMessage naming the keyword.
    """
    for keyword, text in fields.items():
        _check(keyword, text)
    return element_set_from_fields(
        {keyword: text for keyword, text in fields.items() if keyword not in OF_THE_MESSAGE},
        realm=carried.realm,
        marking=carried.marking,
        lineage=carried.lineage,
        comments=comments,
    )


def _check(keyword: str, text: str) -> None:
    """Hold one text to what the table says of its keyword."""
    field = FIELDS.get(keyword)
    text = text.strip()
    if not text.isprintable():
        raise BadMessage(f"holds a control character: {shown(text)}", field=keyword)
    if not text:
        return
    if keyword in NAMED and text not in NAMED[keyword]:
        raise BadMessage(f"{shown(text)} is none of {', '.join(NAMED[keyword])}", field=keyword)
    if field is not None and field.kind is Kind.REAL:
        _check_range(keyword, text, field.least, field.most)


def _check_range(keyword: str, text: str, least: float, most: float) -> None:
    try:
        value = number(text)
    except ValueError as impossible:
        raise BadMessage(str(impossible), field=keyword) from impossible
    if not least <= value <= most:
        raise BadMessage(f"{text} lies outside {least:g} to {most:g}", field=keyword)


# --- Many rows, quickly ----------------------------------------------------------------------------------


def element_sets_from_columns(
    columns: Mapping[str, Texts], comments: Sequence[tuple[str, ...]], carried: Carried
) -> list[ElementSet | None]:
    """Return the element set of each row that is beyond doubt, and ``None`` for the others.

    Shape: every column, and ``comments``, has one entry a row.
    """
    n_rows = len(comments)
    if not n_rows or not all(keyword in columns for keyword in OBLIGATORY):
        return [None] * n_rows
    absent = [""] * n_rows
    written = {keyword: _numbers(columns[keyword]) for keyword in ELEMENTS}
    written |= {keyword: _rates(columns.get(keyword, absent)) for keyword in RATES}
    norad_cat_id, is_number = _whole_numbers(columns["NORAD_CAT_ID"])
    element_set_no, is_set_no = _whole_numbers(columns.get("ELEMENT_SET_NO", absent))
    rev_at_epoch, is_rev = _whole_numbers(columns.get("REV_AT_EPOCH", absent))
    epoch_tai_ns, is_epoch = _instants(columns["EPOCH"])
    created_tai_ns, is_created = _created(columns.get("CREATION_DATE", absent))
    is_plain = is_number & is_set_no & is_rev & is_epoch & is_created
    is_plain &= _are_elements(written) & _are_plain(columns, n_rows)

    si = {keyword: si_column(values, _unit(keyword)) for keyword, values in written.items()}
    names, object_ids = columns.get("OBJECT_NAME", absent), columns.get("OBJECT_ID", absent)
    return element_sets_of(
        ElementColumns(
            identity=_identities(is_plain, norad_cat_id, names, object_ids),
            epoch_tai_ns=epoch_tai_ns,
            mean_motion_rad_s=si["MEAN_MOTION"],
            eccentricity=si["ECCENTRICITY"],
            inclination_rad=si["INCLINATION"],
            raan_rad=si["RA_OF_ASC_NODE"],
            argument_of_perigee_rad=si["ARG_OF_PERICENTER"],
            mean_anomaly_rad=si["MEAN_ANOMALY"],
            bstar_per_earth_radius=si["BSTAR"],
            mean_motion_dot_rad_s2=si["MEAN_MOTION_DOT"],
            mean_motion_ddot_rad_s3=si["MEAN_MOTION_DDOT"],
            classification=[text.strip() or "U" for text in columns.get("CLASSIFICATION_TYPE", absent)],
            element_set_no=element_set_no,
            rev_at_epoch=rev_at_epoch,
            originator=[text.strip() for text in columns.get("ORIGINATOR", absent)],
            created_tai_ns=created_tai_ns,
            comments=comments,
            other_fields=_others(columns, n_rows),
        ),
        carried,
    )


def _numbers(texts: Texts) -> Floats:
    """Return a column of decimals, with NaN where one is none."""
    if max(map(len, texts)) <= MAX_NUMBER_LENGTH and DECIMALS.issuperset("".join(texts)):
        try:
            return np.array(list(map(float, texts)))
        except ValueError:
            pass  # one of them is made of the right characters in the wrong order
    return np.array([_number_or_nan(text) for text in texts])


def _number_or_nan(text: str) -> float:
    try:
        return number(text.strip())
    except ValueError:
        return math.nan


def _rates(texts: Texts) -> Floats:
    """Return a column that may be left out, when it is zero."""
    return _numbers(texts) if any(texts) else np.zeros(len(texts))


def _whole_numbers(texts: Texts) -> tuple[Sequence[int | None], Truths]:
    """Return a column of whole numbers, ``None`` where one is not stated, and which can be trusted."""
    sure = np.ones(len(texts), dtype=np.bool_)
    if all(texts) and max(map(len, texts)) <= MAX_NUMBER_LENGTH and DIGITS.issuperset("".join(texts)):
        return list(map(int, texts)), sure
    found: list[int | None] = []
    for row, text in enumerate(texts):
        try:
            found.append(whole_number(text.strip()) if text.strip() else None)
        except ValueError:
            found.append(None)
            sure[row] = False
    return found, sure


def _instants(texts: Texts) -> tuple[Instants, Truths]:
    """Return a column of instants, and which of them can be read."""
    try:
        return tai_ns_from_utc_column(texts), np.ones(len(texts), dtype=np.bool_)
    except ValueError:
        found = [_instant_or_none(text) for text in texts]
    instants = np.array([0 if instant is None else instant for instant in found], dtype=np.int64)
    return instants, np.array([instant is not None for instant in found])


def _instant_or_none(text: str) -> int | None:
    try:
        return tai_ns_from_utc(text.strip())
    except ValueError:
        return None


def _created(texts: Texts) -> tuple[Sequence[int | None], Truths]:
    if not any(texts):
        return [None] * len(texts), np.ones(len(texts), dtype=np.bool_)
    instants, sure = _instants(texts)
    return instants.tolist(), sure


def _unit(keyword: str) -> Unit | None:
    field = FIELDS.get(keyword)
    return None if field is None else field.unit


def _are_elements(written: Mapping[str, Floats]) -> Truths:
    """Tell which rows can be an orbit.  A NaN fails every comparison."""
    plain = (written["MEAN_MOTION"] > 0.0) & (written["ECCENTRICITY"] < 1.0)
    for keyword, values in written.items():
        field = FIELDS.get(keyword)
        least, most = (field.least, field.most) if field else (-math.inf, math.inf)
        plain &= np.isfinite(values) & (values >= least) & (values <= most)
    return plain


def _are_plain(columns: Mapping[str, Texts], n_rows: int) -> Truths:
    """Tell which rows speak of nothing but SGP4 elements about the Earth, in characters that can be shown."""
    plain = np.ones(n_rows, dtype=np.bool_)
    for keyword, texts in columns.items():
        allowed = PLAIN_TEXTS.get(keyword)
        if allowed is not None:
            if not allowed.issuperset(texts):
                plain &= np.array([text in allowed for text in texts])
        elif keyword not in ELEMENTS and not "".join(texts).isprintable():
            plain &= np.array([text.isprintable() for text in texts])
        field = FIELDS.get(keyword)
        if field is not None and field.kind is Kind.REAL and keyword not in (*ELEMENTS, *RATES):
            # A covariance or a mass is rare in a table, and worth the slow way.
            plain &= np.array([not text for text in texts])
    return plain


def _identities(
    is_plain: Truths, norad_cat_ids: Sequence[int | None], names: Texts, object_ids: Texts
) -> list[Identity | None]:
    """Return who is meant in each row; nobody where the row is in doubt or the number does not say it all."""
    return [
        identity_from_norad(norad_cat_id, name=name.strip() or None, cospar_id=object_id or None)
        if plain
        and norad_cat_id is not None
        and 0 <= norad_cat_id <= MAX_NORAD_CAT_ID
        and (not object_id or COSPAR_ID.fullmatch(object_id))
        else None
        for plain, norad_cat_id, name, object_id in zip(
            is_plain.tolist(), norad_cat_ids, names, object_ids, strict=True
        )
    ]


def _others(columns: Mapping[str, Texts], n_rows: int) -> Sequence[tuple[tuple[str, str], ...]]:
    """Return, row by row, what the table says and an element set has no word for."""
    keywords = [keyword for keyword in columns if keyword not in TAKEN | OF_THE_MESSAGE]
    if not keywords:
        return list(repeat((), n_rows))
    rows = zip(*(columns[keyword] for keyword in keywords), strict=True)
    return [tuple((k, text) for k, text in zip(keywords, row, strict=True) if text.strip()) for row in rows]
