"""Is the witness itself to be believed?  Two circular orbits have their encounters on paper."""

import gzip
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from sgp4.api import Satrec

from tests.assess.conjunction import skies
from tests.assess.conjunction.accounts import compare
from tests.assess.conjunction.oracle import (
    NS_A_DAY,
    NS_A_SECOND,
    Floats,
    encounters,
    sgp4_bodies,
    tree_pairs_within,
)

MICROSECOND_S = 1e-6
MICROMETRE_M = 1e-6
HOUR_NS = 3_600 * NS_A_SECOND
MU_M3_S2 = 3.986004418e14  # IERS TN36, table 1.1


@dataclass(frozen=True)
class Circle:
    """A circular two-body orbit; angles are counted from the node that all circles here share."""

    radius_m: float
    inclination_rad: float
    phase_rad: float

    @property
    def rate_rad_s(self) -> float:
        return float(np.sqrt(MU_M3_S2 / self.radius_m**3))

    def position_teme_m(self, at_tai_ns: int, after_s: npt.ArrayLike) -> Floats:
        turned = self.phase_rad + self.rate_rad_s * (at_tai_ns / NS_A_SECOND + np.asarray(after_s))
        up = np.sin(turned)
        x, y = np.cos(turned), up * np.cos(self.inclination_rad)
        return self.radius_m * np.stack([x, y, up * np.sin(self.inclination_rad)], axis=-1)


@pytest.mark.parametrize("tilt_deg", [2.0, 40.0, 90.0, 179.0])
def test_crossing_circles_meet_twice_a_revolution_at_the_range_on_paper(tilt_deg):
    # cos(separation) = ((1 + cos i) cos(a - b) + (1 - cos i) cos(a + b)) / 2: least apart at a + b = 2 pi k.
    radius_m, tilt_rad, one, other = 7.0e6, np.radians(tilt_deg), 1.0, 1.0005
    circles = [Circle(radius_m, 0.0, one), Circle(radius_m, tilt_rad, other)]
    miss_m = radius_m * np.sqrt((1.0 + np.cos(tilt_rad)) * (1.0 - np.cos(one - other)))
    half_turns = np.arange(1, 9)
    tca_s = (np.pi * half_turns - 0.5 * (one + other)) / circles[0].rate_rad_s

    found = encounters(circles, 0, round(tca_s[-1] * NS_A_SECOND) + 60 * NS_A_SECOND, 6e3)

    assert [e.kind for e in found] == ["interior"] * len(half_turns)
    assert np.allclose([e.tca_tai_ns / NS_A_SECOND for e in found], tca_s, rtol=0.0, atol=MICROSECOND_S)
    assert np.allclose([e.miss_distance_m for e in found], miss_m, rtol=0.0, atol=MICROMETRE_M)


@pytest.mark.parametrize("gap_m", [1.0, 30.0, 4_000.0])
def test_circles_in_one_plane_meet_when_the_inner_laps_the_outer(gap_m):
    inner, outer = Circle(7.0e6, 0.7, 0.0), Circle(7.0e6 + gap_m, 0.7, 0.0)
    ahead_rad = 1e-5 if gap_m < 100.0 else 0.1
    behind = Circle(7.0e6, 0.7, -ahead_rad)
    tca_s = ahead_rad / (inner.rate_rad_s - outer.rate_rad_s)

    found = encounters([behind, outer], 0, round(1.5 * tca_s * NS_A_SECOND), 5e3)

    interior = [e for e in found if e.kind == "interior"]
    assert len(interior) == 1
    # So slow a range turns within rounding: what is asked is a micrometre of miss, not an instant.
    assert abs(interior[0].miss_distance_m - gap_m) < MICROMETRE_M
    assert abs(interior[0].tca_tai_ns / NS_A_SECOND - tca_s) * interior[0].relative_speed_m_s < 1e-3


def test_a_pair_is_reported_at_the_end_where_the_interval_cuts_its_approach():
    one, other = Circle(7.0e6, 0.0, 0.0), Circle(7.0e6, 1.0, 1e-4)  # meet at t = -0.05 s, at the node
    assert [e.kind for e in encounters([one, other], 0, HOUR_NS // 4, 5e3)] == ["interval start"]
    assert [e.kind for e in encounters([one, other], -HOUR_NS // 4, -NS_A_SECOND // 5, 5e3)] == [
        "interval end"
    ]
    assert [e.kind for e in encounters([one, other], -HOUR_NS // 4, HOUR_NS // 4, 5e3)] == ["interior"]


def test_the_oracle_says_the_same_for_every_step_and_with_a_tree():
    threshold_m, hours = 10e3, 3
    bodies = sgp4_bodies(skies.shell(np.random.default_rng(1)))
    start, end = skies.DRAWN_EPOCH_TAI_NS, skies.DRAWN_EPOCH_TAI_NS + hours * HOUR_NS
    reference = encounters(bodies, start, end, threshold_m)
    assert len(reference) > 50
    for other in (
        encounters(bodies, start, end, threshold_m, step_s=13.0),
        encounters(bodies, start, end, threshold_m, step_s=20.0, within=tree_pairs_within),
    ):
        comparison = compare(reference, other, threshold_m)
        assert comparison.agrees
        assert comparison.largest_miss_m < MICROMETRE_M


# Vallado et al. (2006), AIAA 2006-6753, SGP4-VER: a Molniya orbit, deep space, in resonance.
MOLNIYA_2_14 = """MOLNIYA 2-14
1 08195U 75081A   06176.33215444  .00000099  00000-0  11873-3 0   813
2 08195  64.1586 279.0717 6877146 264.7651  20.2257  2.00491383225656
"""


def test_the_oracle_moves_an_element_set_as_python_sgp4_reads_it(tmp_path):
    with gzip.open(tmp_path / "one.3le.gz", "wt") as file:
        file.write(MOLNIYA_2_14)
    elements = skies.read_three_lines(tmp_path / "one.3le.gz")
    (body,) = sgp4_bodies(elements)
    theirs = Satrec.twoline2rv(*MOLNIYA_2_14.splitlines()[1:])
    for days in (0.0, 0.7, 6.9):
        _, position_km, _ = theirs.sgp4(theirs.jdsatepoch, theirs.jdsatepochF + days)
        ours_m = body.position_teme_m(int(elements.epoch_tai_ns[0]), 86_400.0 * days)
        assert np.abs(ours_m - 1e3 * np.array(position_km)).max() < 10.0 * MICROMETRE_M


def test_pairs_with_a_primary_are_those_of_the_whole_that_hold_one():
    bodies = sgp4_bodies(skies.shell(np.random.default_rng(2), 200))
    start, end = skies.DRAWN_EPOCH_TAI_NS, skies.DRAWN_EPOCH_TAI_NS + NS_A_DAY // 8
    whole = encounters(bodies, start, end, 100e3)
    primaries = sorted({whole[0].first, whole[0].second, whole[-1].second})

    asked = encounters(bodies, start, end, 100e3, primaries=primaries)

    wanted = [_unordered(e) for e in whole if e.first in primaries or e.second in primaries]
    assert sorted(_unordered(e) for e in asked) == sorted(wanted)
    assert all(e.first in primaries for e in asked)
    assert len(whole) > len(asked) > 3


def _unordered(encounter):
    return *sorted((encounter.first, encounter.second)), encounter.tca_tai_ns
