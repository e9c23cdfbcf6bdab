"""Does a precision read as it was written, and is everything else refused?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.errors import WrongUsage
from baken.records.precision import FULL, Precision, precision_from_text

GRIDS = st.none() | st.just(0.0) | st.integers(1, 10**6).map(float) | st.floats(1e-3, 1e7)
NAMES = st.frozensets(st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True), max_size=3)
PRECISIONS = st.builds(
    lambda without, keep, **rest: Precision(without=without, keep=keep - without, **rest),
    epoch_s=GRIDS,
    position_m=GRIDS,
    velocity_m_s=GRIDS,
    sigma_position_m=GRIDS,
    sigma_velocity_m_s=GRIDS,
    significant_digits=st.none() | st.integers(0, 15),
    delay_s=st.just(0.0) | st.floats(1e-3, 1e7),
    without=NAMES,
    keep=NAMES,
)


@settings(max_examples=40)
@given(PRECISIONS)
def test_a_precision_reads_as_it_was_written(precision):
    assert precision_from_text(precision.text) == precision


@settings(max_examples=20)
@given(NAMES)
def test_a_full_precision_is_one_that_leaves_nothing_out(without):
    text = f"full {'without=' + ','.join(without) if without else ''}"
    assert precision_from_text(text).is_full == (not without)
    assert precision_from_text(text).rounds_nothing


def test_what_follows_full_says_otherwise():
    coarse = precision_from_text("full position=1km")
    assert (coarse.position_m, coarse.velocity_m_s, coarse.is_full) == (1000.0, 0.0, False)
    assert precision_from_text("position=1km full") == coarse


def test_nothing_said_lets_no_number_go():
    assert precision_from_text("") == Precision()
    assert not Precision().is_full
    assert not Precision().rounds_nothing
    assert FULL.is_full


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("epoch=60", "epoch=60 is no amount above zero in ms, s, min, h, d, like epoch=1d"),
        ("position=1km/s", "position=1km/s is no amount"),
        ("position=0m", "above zero"),
        ("position=-1km", "position=-1km is no amount"),
        ("position=nan", "position=nan is no amount"),
        ("position=1e400m", "zero or more"),
        ("positon=1km", "'positon=1km' is none of full, epoch=1min, position=1km"),
        ("position", "'position' is none of"),
        ("full=1", "'full=1' is none of"),
        ("full full", "full stands there twice"),
        ("delay=6h delay=1d", "delay stands there twice"),
        ("delay=exact", "delay=exact is no amount"),
        ("digits=0", "digits=0 is neither a whole number from 1 nor exact"),
        ("digits=16", "15 at most"),
        ("without=", "without= is no list of fields, like without=sensor,title"),
        ("without=Sensor", "is no list of fields"),
        ("without=title keep=title,text", "title cannot be kept and left out"),
    ],
)
def test_what_is_no_precision_is_refused_with_what_could_stand_there(text, said):
    with pytest.raises(WrongUsage) as refused:
        precision_from_text(text)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    "wrong", [{"epoch_s": -1.0}, {"delay_s": float("nan")}, {"without": frozenset({"A"})}]
)
def test_no_precision_is_born_wrong(wrong):
    with pytest.raises(ValueError, match=r"zero or more|small letters"):
        Precision(**wrong)
