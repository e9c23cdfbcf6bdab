"""Element sets to test formats with: drawn, or published with a paper; none from a catalogue."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from hypothesis import strategies as st

from baken.astro.time import tai_ns_from_utc, tai_ns_from_utc_year_and_day
from baken.formats._element_columns import Carried
from baken.formats._grammar import (
    DEGREE,
    REVOLUTION_PER_DAY,
    REVOLUTION_PER_DAY2,
    REVOLUTION_PER_DAY3,
    Unit,
    si_from,
)
from baken.formats.object_identity import identity_from_catalogue
from baken.records.lineage import NO_LINEAGE
from baken.records.marking import OWNER_ONLY, Realm
from baken.records.orbit import ElementSet, Theory

# Vallado et al. (2006), AIAA 2006-6753, SGP4-VER.TLE, first case.
VANGUARD = (
    "0 VANGUARD 1",
    "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753",
    "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667",
)
VANGUARD_ROW = {
    "OBJECT_NAME": "VANGUARD 1",
    "OBJECT_ID": "1958-002B",
    "EPOCH": "2000-06-27T18:50:19.733568",
    "MEAN_MOTION": "10.82419157",
    "ECCENTRICITY": ".1859667",
    "INCLINATION": "34.2682",
    "RA_OF_ASC_NODE": "348.7242",
    "ARG_OF_PERICENTER": "331.7664",
    "MEAN_ANOMALY": "19.3264",
    "EPHEMERIS_TYPE": "0",
    "CLASSIFICATION_TYPE": "U",
    "NORAD_CAT_ID": "5",
    "ELEMENT_SET_NO": "475",
    "REV_AT_EPOCH": "41366",
    "BSTAR": ".28098E-4",
    "MEAN_MOTION_DOT": ".23E-6",
    "MEAN_MOTION_DDOT": "0",
}
EPOCHS = (datetime(1972, 1, 1), datetime(2290, 12, 31))  # noqa: DTZ001  written without a zone, as messages do
CARRIED = Carried(realm=Realm.REAL, marking=OWNER_ONLY, lineage=NO_LINEAGE)


def content_of(*lines: str) -> bytes:
    """Return lines as the bytes of a file."""
    return ("\n".join(lines) + "\n").encode()


def catalogue_files(shared_data: Path, ending: str) -> Sequence[Path]:
    """Return the shared whole catalogues of one form, oldest first, or skip-worthy nothing."""
    return sorted((shared_data / "catalogue").glob(f"*{ending}"))


def _decimals(least: int, most: int, n_decimals: int, unit: Unit | None = None) -> st.SearchStrategy[float]:
    """Draw numbers that somebody could have written with so many decimals, in SI."""
    return st.integers(least, most).map(lambda whole: si_from(float(f"{whole}e-{n_decimals}"), unit))


def _powers(unit: Unit | None = None) -> st.SearchStrategy[float]:
    """Draw numbers as an element set writes them: five digits and a power of ten."""
    return st.builds(
        lambda digits, power: si_from(float(f"{digits}e{power - 5}"), unit),
        st.integers(-99_999, 99_999),
        st.integers(-9, 2),
    )


TEXTS = st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" ")).map(str.strip)
NAMES = st.one_of(
    st.none(), TEXTS.filter(bool).filter(lambda name: not name.startswith(("#", "0 ", "1 ", "2 ")))
)
OBJECT_IDS = st.one_of(
    st.just(""), st.from_regex(r"(19[6-9][0-9]|20[0-4][0-9])-[0-9]{3}[A-Z]{0,3}", fullmatch=True)
)


@st.composite
def element_sets_of_two_lines(draw: st.DrawFn) -> ElementSet:
    """Draw an element set that two lines can hold to its last digit."""
    year, day = draw(st.integers(1972, 2056)), draw(st.integers(1, 365))
    parts = draw(st.integers(0, 99_999_999))
    return ElementSet(
        identity=identity_from_catalogue(draw(st.integers(0, 339_999)), draw(OBJECT_IDS), draw(NAMES) or ""),
        epoch_tai_ns=int(tai_ns_from_utc_year_and_day(year, day, parts)),
        mean_motion_rad_s=draw(_decimals(1, 99_9999_9999, 8, REVOLUTION_PER_DAY)),
        eccentricity=draw(_decimals(0, 999_9999, 7)),
        inclination_rad=draw(_decimals(0, 180_0000, 4, DEGREE)),
        raan_rad=draw(_decimals(0, 360_0000, 4, DEGREE)),
        argument_of_perigee_rad=draw(_decimals(0, 360_0000, 4, DEGREE)),
        mean_anomaly_rad=draw(_decimals(0, 360_0000, 4, DEGREE)),
        bstar_per_earth_radius=draw(_powers()),
        mean_motion_dot_rad_s2=draw(_decimals(-9999_9999, 9999_9999, 8, REVOLUTION_PER_DAY2)),
        mean_motion_ddot_rad_s3=draw(_powers(REVOLUTION_PER_DAY3)),
        classification=draw(st.sampled_from("UCS")),
        element_set_no=draw(st.one_of(st.none(), st.integers(0, 9999))),
        rev_at_epoch=draw(st.one_of(st.none(), st.integers(0, 99_999))),
    )


@st.composite
def element_sets_of_messages(draw: st.DrawFn) -> ElementSet:
    """Draw an element set with all a message can say: more digits, longer numbers, remarks, other fields."""
    epoch = draw(st.datetimes(*EPOCHS)).isoformat()
    keywords = draw(st.lists(st.from_regex(r"X_[A-Z]{1,6}", fullmatch=True), unique=True, max_size=3))
    return ElementSet(
        identity=identity_from_catalogue(
            draw(st.integers(0, 999_999_999)), draw(OBJECT_IDS), draw(NAMES) or ""
        ),
        epoch_tai_ns=tai_ns_from_utc(epoch) + draw(st.integers(0, 999)),
        mean_motion_rad_s=draw(_decimals(1, 10**14, 12, REVOLUTION_PER_DAY)),
        eccentricity=draw(_decimals(0, 10**14 - 1, 14)),
        inclination_rad=draw(_decimals(0, 180 * 10**11, 11, DEGREE)),
        raan_rad=draw(_decimals(-360 * 10**11, 360 * 10**11, 11, DEGREE)),
        argument_of_perigee_rad=draw(_decimals(0, 360 * 10**11, 11, DEGREE)),
        mean_anomaly_rad=draw(_decimals(0, 360 * 10**11, 11, DEGREE)),
        bstar_per_earth_radius=draw(st.floats(-1e3, 1e3)),
        mean_motion_dot_rad_s2=draw(_decimals(-(10**14), 10**14, 14, REVOLUTION_PER_DAY2)),
        mean_motion_ddot_rad_s3=draw(_powers(REVOLUTION_PER_DAY3)),
        theory=Theory.SGP4,
        classification=draw(st.sampled_from("UCS")),
        element_set_no=draw(st.one_of(st.none(), st.integers(0, 10**6))),
        rev_at_epoch=draw(st.one_of(st.none(), st.integers(0, 10**6))),
        originator=draw(st.sampled_from(["", "18 SPCS", "NL-NSSC"])),
        created_tai_ns=draw(st.one_of(st.none(), st.just(tai_ns_from_utc(epoch)))),
        comments=tuple(draw(st.lists(TEXTS.filter(bool), max_size=2))),
        other_fields=tuple((keyword, draw(TEXTS.filter(bool))) for keyword in keywords),
    )
