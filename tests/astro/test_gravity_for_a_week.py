"""Do objects under gravity alone end within a centimetre, after a week, of where Orekit leads them?

Orekit's ends here are those of steps so fine that they no longer count; two of its integrators end within
2 mm of each other.  With coarser steps, as in the ephemerides of ``test_propagation``, it is centimetres off.
"""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from baken.astro.forces.gravity import egm2008
from baken.astro.forces.model import ForceModel
from baken.astro.propagation import build_propagator
from baken.astro.time import tai_ns_from_utc
from tests.astro.earth import earth_of
from tests.conftest import Deviation

AUTHORITY = json.loads((Path(__file__).parents[1] / "authorities" / "gravity_orekit.json").read_text())
ORDERS = {"J2": (2, 0), "21x21": (21, 21)}
CENTIMETRE_M = 1e-2
INTEGRATORS_AGREE_M = 2e-3


@pytest.mark.capability("Gravity for a week", status="VALIDATED", authority="Orekit 13.1 with fine steps")
@pytest.mark.parametrize("field", ORDERS)
def test_a_week_under_gravity_ends_where_orekit_ends(field: str, deviation: Deviation) -> None:
    cases = [case for case in AUTHORITY["cases"] if case["field"] == field]
    assert max(case["integrators_differ_m"] for case in cases) < INTEGRATORS_AGREE_M
    standing = earth_of(AUTHORITY["earth"])
    earth = replace(standing, mjd_utc=standing.mjd_utc[0] + np.array([-1, 9]))
    degree, order = ORDERS[field]
    forces = ForceModel(gravity=egm2008(degree), degree=degree, order=order, has_sun=False, has_moon=False)
    epoch = tai_ns_from_utc(AUTHORITY["earth"]["utc"])
    end = epoch + round(AUTHORITY["span_s"] * 1e9)
    motion = build_propagator(forces, earth).propagate(
        epoch, [case["position_gcrs_m"] for case in cases], [case["velocity_gcrs_m_s"] for case in cases], end
    )
    ends_m, _, _ = motion.states(np.arange(len(cases)), np.full(len(cases), end))
    off_m = np.linalg.norm(ends_m - [case["end_gcrs_m"] for case in cases], axis=1)
    deviation(float(off_m.max()), "m", CENTIMETRE_M)
