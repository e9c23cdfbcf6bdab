"""Does any field, of whatever name and value, go only as coarsely as was asked?"""

import math
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from baken.records.marking import OWNER_ONLY
from baken.records.precision import precision_from_text
from baken.share.reduce_fields import GRIDS, LISTED, TO_DIGITS, reduced_field
from tests.share.states import COARSE

WORDS = ["sensor", "sigma", "miss", "distance", "altitude", "rad", "m", "s", "km", "per", "kg", "note", "age"]
NAMES = st.lists(st.sampled_from([*WORDS, *GRIDS, *TO_DIGITS, "tai_ns", "utc"]), min_size=1, max_size=4).map(
    "_".join
)
NUMBERS = st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9)
VALUES = NUMBERS | st.lists(NUMBERS, max_size=3).map(tuple) | st.text(max_size=20) | st.booleans() | st.none()
INSTANT = re.compile(r"[0-9T:.Z-]+")


def told(name, value, precision=COARSE):
    """Return a field as it goes, or None when it does not."""
    found = reduced_field((name, value), precision, OWNER_ONLY)
    return found[0] if isinstance(found, tuple) else None


@settings(max_examples=300, deadline=None)
@given(NAMES, VALUES)
def test_what_was_told_coarsely_once_is_as_coarse_as_it_gets(name, value):
    once = told(name, value)
    if once is not None:
        again = told(*once)
        assert again is not None
        assert repr(again) == repr(once)


@settings(max_examples=200, deadline=None)
@given(NAMES, NUMBERS, st.floats(-0.4, 0.4))
def test_two_values_on_one_point_of_the_grid_cannot_be_told_apart(name, value, aside):
    unit = next((unit for unit in ("km_s", "m_s", "km", "m") if name.endswith(f"_{unit}")), None)
    once = told(name, value)
    if once is not None and unit and "sigma" not in name:
        _, size_si = GRIDS[unit]
        grid = (1.0 if unit.endswith("_s") else 1000.0) / size_si
        assert told(name, once[1] + aside * grid) == once


@settings(max_examples=100, deadline=None)
@given(NAMES, st.text(min_size=1, max_size=20))
def test_no_text_goes_unless_it_is_kept_by_name(name, text):
    found = told(name, text)
    assert found is None or LISTED.fullmatch(name) or INSTANT.fullmatch(str(found[1]))


@settings(max_examples=100, deadline=None)
@given(NAMES, NUMBERS.filter(math.isfinite))
def test_a_number_kept_by_name_is_rounded_all_the_same(name, value):
    kept = precision_from_text(f"{COARSE.text.replace('sensor', 'other')} keep={name}")
    found, plain = told(name, value, kept), told(name.replace("sensor", "thing"), value)
    # Kept by name, what a sensor told goes too; in no finer a form than if a thing had told it.
    assert found is None or found[1] == plain[1]
