"""Does the interval of a pinch hold the instant, when density was not what elements tell?"""

from dataclasses import replace

import numpy as np
import pytest

from baken.assess.fragmentation.orbits_of_sets import mean_orbits_of
from baken.assess.fragmentation.pinch_point import pinch_point
from baken.records.orbit_motion import motion_of
from tests.assess.fragmentation.made_breakups import PINCH_TAI_NS, ball_of_kicks, kicked, parent
from tests.makers import DAY_NS

N_BREAKUPS, N_PIECES = 20, 20
AGE_DAYS = 30
# Density of weeks, common to all pieces: twice what elements of one object tell of it.
DENSITY_SIGMA = 0.2
# How far the clock of a cloud runs off in known breakups: 1.0e-3 of the age, see LEFT_OPEN_SHARE_OF_AGE.
CLOCK_SIGMA = 1e-3
# Of 20 intervals that hold with 90 %, fewer than 16 hold once in 23 times.
LEAST_HELD = 16


def misread(pieces, density_share, clock_share):
    """Return pieces as they read when drag is told too large, and mean motions lie too far apart."""
    middle = float(np.median([es.mean_motion_rad_s for es in pieces]))
    return [
        replace(
            es,
            bstar_per_earth_radius=es.bstar_per_earth_radius * (1.0 + density_share),
            mean_motion_rad_s=middle + (es.mean_motion_rad_s - middle) * (1.0 + clock_share),
        )
        for es in pieces
    ]


def holds(seed):
    rng = np.random.default_rng(seed)
    known_at_tai_ns = PINCH_TAI_NS + AGE_DAYS * DAY_NS
    made = kicked(parent(), ball_of_kicks(N_PIECES, 45.0, rng), rng, known_at_tai_ns=known_at_tai_ns)
    pieces = misread(made, *(rng.standard_normal(2) * (DENSITY_SIGMA, CLOCK_SIGMA)))
    pinch = pinch_point(
        motion_of(pieces), mean_orbits_of(pieces), PINCH_TAI_NS - 10 * DAY_NS, known_at_tai_ns
    )
    return pinch.start_tai_ns <= PINCH_TAI_NS <= pinch.end_tai_ns


@pytest.mark.capability(
    "Interval of a breakup's time",
    status="MODELLED",
    authority="20 made breakups, elements of 30 days later, density and clock of the cloud wrong",
)
def test_of_twenty_made_breakups_with_a_wrong_density_the_interval_holds_the_instant_of_nine_in_ten(
    deviation,
):
    held = sum(holds(seed) for seed in range(N_BREAKUPS))
    print(f"{held} of {N_BREAKUPS} intervals hold the instant")
    deviation(N_BREAKUPS - held, f"of {N_BREAKUPS} missed", N_BREAKUPS - LEAST_HELD)
