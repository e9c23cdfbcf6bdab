"""Does the watch for re-entries keep every promise of a detector?"""

import math

from baken.assess.reentry.detector import ReentryDetector
from baken.catalogue.picture import draw_picture
from baken.records.catalogue import Catalogue
from baken.records.event import Window
from baken.records.identity import identity_from_norad
from baken.records.lineage import Lineage, Source
from baken.records.orbit import ElementSet
from baken.testing.check_detector import check_detector, look

DAY_NS = 86_400_000_000_000
DAY_S = 86_400.0
WEEK = Window(start_tai_ns=0, end_tai_ns=7 * DAY_NS)


def element_set(number: int, turns_a_day: float, turns_a_day2: float) -> ElementSet:
    return ElementSet(
        identity=identity_from_norad(number, name=f"OBJECT {number}"),
        epoch_tai_ns=-DAY_NS // 4,
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


def test_it_keeps_every_promise_of_a_detector():
    assert check_detector(DETECTOR, SKY, WEEK) == ()


def test_only_what_comes_down_is_shown_with_the_reason():
    (finding,) = look(DETECTOR, SKY, WEEK).findings
    assert finding.measure("norad_cat_id") == 1
    assert "expected down" in finding.because
    assert any("No space weather" in line for line in finding.assumptions)
