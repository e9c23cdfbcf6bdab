"""Does the watch for re-entries show what comes down, and say why?  Its promises: tests/testing."""

import math
from dataclasses import replace

import pytest

from baken.assess.reentry.detector import SET_OF_AFTER, ReentryDetector
from baken.catalogue.picture import draw_picture
from baken.records.catalogue import Catalogue, Past, Picture
from baken.records.event import Window
from baken.records.identity import identity_from_norad
from baken.records.lineage import Lineage, Source
from baken.records.orbit import ElementSet
from baken.testing.check_detector import digests, look
from tests.astro.falling import exponential_air

DAY_NS = 86_400_000_000_000
DAY_S = 86_400.0
WEEK, MONTH = (Window(start_tai_ns=0, end_tai_ns=n_days * DAY_NS) for n_days in (7, 30))


def element_set(
    number: int, turns_a_day: float, turns_a_day2: float, epoch_tai_ns: int = -DAY_NS // 4
) -> ElementSet:
    return ElementSet(
        identity=identity_from_norad(number, name=f"OBJECT {number}"),
        epoch_tai_ns=epoch_tai_ns,
        mean_motion_rad_s=turns_a_day * 2.0 * math.pi / DAY_S,
        eccentricity=0.0008,
        inclination_rad=0.9,
        raan_rad=0.4,
        argument_of_perigee_rad=1.0,
        mean_anomaly_rad=2.0,
        mean_motion_dot_rad_s2=turns_a_day2 * 2.0 * math.pi / DAY_S**2,
        lineage=Lineage(sources=(Source(name="drawn", digest="sha256:0"),), method="drawn"),
    )


SKY = draw_picture(
    Catalogue(
        element_sets=(element_set(1, 16.3, 0.01), element_set(2, 15.2, 1e-5), element_set(3, 1.0, 0.0))
    ),
    as_of_tai_ns=0,
)
DETECTOR = ReentryDetector(n_members=20)


def test_only_what_comes_down_is_shown_with_the_reason():
    (finding,) = look(DETECTOR, SKY, WEEK).findings
    assert finding.measure("norad_cat_id") == 1
    assert "expected down" in finding.because
    assert any("No space weather" in line for line in finding.assumptions)


FALLING = element_set(1, 16.3, 0.01)
# A day earlier it went round 0.02 less a day, as its derivative says.
DAY_BEFORE = element_set(1, 16.28, 0.01, epoch_tai_ns=-5 * DAY_NS // 4)


def picture_of(*chosen: ElementSet, histories: tuple[ElementSet, ...] = ()) -> Picture:
    past = Past(as_of_tai_ns=-10 * DAY_NS, element_sets=(), histories=histories)
    return draw_picture(Catalogue(element_sets=chosen), as_of_tai_ns=0, past=past)


@pytest.fixture
def simple_air(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which sets are looked at does not hang on the air, whose table takes seconds to make."""
    monkeypatch.setattr("baken.assess.reentry.conditions.density_grid", lambda *_: exponential_air())


def found(picture: Picture) -> set[str]:
    seen = digests(look(replace(DETECTOR, least_probability=0.0), picture, MONTH))
    assert seen
    return seen


@pytest.mark.usefixtures("simple_air")
def test_a_set_that_stands_in_the_past_too_is_one_set():
    once = found(picture_of(FALLING, histories=(DAY_BEFORE,)))
    assert found(picture_of(FALLING, histories=(DAY_BEFORE, FALLING))) == once
    assert found(picture_of(FALLING, histories=(FALLING, DAY_BEFORE, FALLING))) == once


@pytest.mark.usefixtures("simple_air")
def test_of_two_sets_with_one_epoch_the_one_that_the_picture_chose_counts():
    other = replace(FALLING, mean_motion_rad_s=FALLING.mean_motion_rad_s * 1.002)
    assert found(picture_of(FALLING, histories=(other,))) == found(picture_of(FALLING))


@pytest.mark.usefixtures("simple_air")
def test_earlier_sets_tell_how_the_air_brakes_it_also_those_the_picture_passed_over():
    with_history = found(picture_of(FALLING, histories=(DAY_BEFORE,)))
    assert with_history != found(picture_of(FALLING))
    assert found(picture_of(DAY_BEFORE, FALLING)) == with_history


@pytest.mark.usefixtures("simple_air")
def test_a_set_of_after_the_picture_is_not_looked_at_while_there_is_another():
    ahead = replace(FALLING, epoch_tai_ns=DAY_NS // 2)
    assert found(picture_of(ahead, histories=(DAY_BEFORE,))) == found(picture_of(DAY_BEFORE))
    later = replace(FALLING, epoch_tai_ns=DAY_NS // 4)
    assert found(picture_of(DAY_BEFORE, histories=(later,))) == found(picture_of(DAY_BEFORE))


@pytest.mark.usefixtures("simple_air")
def test_what_has_no_other_set_is_not_lost_and_says_so():
    picture = picture_of(replace(FALLING, epoch_tai_ns=DAY_NS // 8))
    (finding,) = look(replace(DETECTOR, least_probability=0.0), picture, MONTH).findings
    assert SET_OF_AFTER in finding.assumptions
