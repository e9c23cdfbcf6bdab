"""An element set as a row of a table, in the columns of CelesTrak and as many more as it needs."""

from dataclasses import dataclass

from baken.formats.omm import fields_from_element_set
from baken.records.orbit import ElementSet

# celestrak.org/NORAD/documentation/gp-data-formats.php
CELESTRAK_COLUMNS = (
    "OBJECT_NAME",
    "OBJECT_ID",
    "EPOCH",
    "MEAN_MOTION",
    "ECCENTRICITY",
    "INCLINATION",
    "RA_OF_ASC_NODE",
    "ARG_OF_PERICENTER",
    "MEAN_ANOMALY",
    "EPHEMERIS_TYPE",
    "CLASSIFICATION_TYPE",
    "NORAD_CAT_ID",
    "ELEMENT_SET_NO",
    "REV_AT_EPOCH",
    "BSTAR",
    "MEAN_MOTION_DOT",
    "MEAN_MOTION_DDOT",
)
# True of every row that says nothing else, so that no table need repeat it.
UNDERSTOOD = {
    ("CENTER_NAME", "EARTH"),
    ("REF_FRAME", "TEME"),
    ("TIME_SYSTEM", "UTC"),
    ("MEAN_ELEMENT_THEORY", "SGP4"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of one element set: in CelesTrak's columns, in others by keyword, and its comments."""

    plain: list[str]
    others: dict[str, str]
    comments: tuple[str, ...]


def row_from_element_set(element_set: ElementSet) -> Row:
    """Return an element set as the texts of a row."""
    fields = dict(fields_from_element_set(element_set))
    if element_set.identity.name is None:
        fields["OBJECT_NAME"] = ""
    if fields["OBJECT_ID"] == "UNKNOWN":
        fields["OBJECT_ID"] = ""
    return Row(
        [fields.get(keyword, "") for keyword in CELESTRAK_COLUMNS],
        {
            keyword: text
            for keyword, text in fields.items()
            if keyword not in CELESTRAK_COLUMNS and (keyword, text) not in UNDERSTOOD
        },
        element_set.comments,
    )
