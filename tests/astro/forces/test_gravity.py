"""Is the Earth's pull the slope of its potential, and does a field refuse what it is not?"""

import numpy as np
import pytest
from scipy.special import lpmv

from baken.astro.earth_data import no_earth_data
from baken.astro.forces.acceleration import Points, compiled_accelerations
from baken.astro.forces.gravity import GravityField, egm2008
from baken.astro.forces.model import ForceModel
from baken.astro.forces.sky import sky_at, sky_table
from tests.conftest import Deviation

FIELD = egm2008(8)
PLACES_M = np.random.default_rng(4).normal(size=(3, 40))
PLACES_M *= 7.2e6 / np.linalg.norm(PLACES_M, axis=0)
# A central difference over 50 m loses this much of 8 m/s2, to rounding and to curvature.
DIFFERENCE_M_S2 = 1e-8


def potential_m2_s2(place_m: np.ndarray, field: GravityField) -> np.ndarray:
    """Return the potential by associated Legendre functions: the slow clear way."""
    r = np.linalg.norm(place_m, axis=0)
    sine, longitude = place_m[2] / r, np.arctan2(place_m[1], place_m[0])
    total = np.zeros(r.size)
    for n in range(field.max_degree + 1):
        for m in range(n + 1):
            fewer = np.prod(np.arange(n - m + 1, n + m + 1, dtype=float))
            scale = (-1) ** m * np.sqrt((2 - (m == 0)) * (2 * n + 1) / fewer)
            swing = field.cosine[n, m] * np.cos(m * longitude) + field.sine[n, m] * np.sin(m * longitude)
            total += (field.radius_m / r) ** n * scale * lpmv(m, n, sine) * swing
    return field.mu_m3_s2 / r * total


@pytest.mark.capability(
    "Pull of the Earth", status="VALIDATED", authority="slope of the potential, by Legendre functions"
)
def test_the_pull_is_the_slope_of_the_potential(deviation: Deviation) -> None:
    model = ForceModel(gravity=FIELD, degree=8, order=8, has_sun=False, has_moon=False)
    step_m = 50.0
    slope = np.array(
        [
            (potential_m2_s2(PLACES_M + step, FIELD) - potential_m2_s2(PLACES_M - step, FIELD)) / step_m / 2.0
            for step in step_m * np.eye(3)[:, :, None]
        ]
    )
    pull = compiled_accelerations(model).gravity(PLACES_M)
    deviation(float(np.abs(pull - slope).max()), "m/s2", DIFFERENCE_M_S2)


def test_sun_and_moon_stretch_and_squeeze_as_tides_do() -> None:
    gravity = {"gravity": FIELD, "degree": 0, "order": 0}
    sky = sky_at(sky_table(0, 0.0, 3600.0, no_earth_data()), np.zeros(PLACES_M.shape[1]))
    points = Points(np.zeros(40, dtype=np.int64), sky, np.zeros(40), np.zeros(40))
    bare = compiled_accelerations(ForceModel(**gravity, has_sun=False, has_moon=False))
    full = compiled_accelerations(ForceModel(**gravity))
    tide = full(PLACES_M, 0 * PLACES_M, points) - bare(PLACES_M, 0 * PLACES_M, points)
    opposite = full(-PLACES_M, 0 * PLACES_M, points) - bare(-PLACES_M, 0 * PLACES_M, points)
    assert np.linalg.norm(tide, axis=0).max() < 3e-6
    # On the far side as strong as on the near side, but for the Moon's finite distance: some per cent.
    assert np.linalg.norm(tide + opposite, axis=0).max() < 0.1 * np.linalg.norm(tide, axis=0).max()


def test_a_field_refuses_another_scale_and_more_than_it_has() -> None:
    with pytest.raises(ValueError, match="C00 must be 1"):
        GravityField(
            name="a", mu_m3_s2=1.0, radius_m=1.0, tide_system="tide_free", cosine=np.zeros((3, 3)),
            sine=np.zeros((3, 3)),
        )  # fmt: skip
    with pytest.raises(ValueError, match="goes to degree 8"):
        ForceModel(gravity=FIELD, degree=9, order=0)
    with pytest.raises(ValueError, match="read it from an ICGEM file"):
        egm2008(2000)
