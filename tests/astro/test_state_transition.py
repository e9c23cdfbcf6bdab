"""Do partial derivatives say what becomes of a small change, and do they lead back to a real orbit?"""

import gzip
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import least_squares

from baken.astro.arrays import Floats, Instants
from baken.astro.earth_data import earth_data_from_finals2000a, no_earth_data
from baken.astro.forces.gravity import egm2008
from baken.astro.forces.model import ForceModel, Places
from baken.astro.frames import rotation_gcrs_to_itrs
from baken.astro.leap_seconds import tai_ns_from_utc_day
from baken.astro.propagation import Propagator, build_propagator
from baken.astro.rotations import turned_back
from baken.astro.state_transition import partials
from tests.conftest import Deviation

HALF_DAY_NS, DAY_NS, HOUR_NS = 43_200 * 10**9, 86_400 * 10**9, 3_600 * 10**9
POSITION_M, VELOCITY_M_S = np.array([6.8e6, 0.0, 0.0]), np.array([0.0, 5.3e3, 5.55e3])
DRAG_M2_KG, RADIATION_M2_KG = 0.02, 0.03
SIZES = np.array([20.0] * 3 + [0.02] * 3 + [2e-4, 1e-2])
# What central differences of this size lose to curvature and to the steps of both ends.
DIFFERENCES = 1e-4
# Where the shadow begins, the nodes of a step stand beside its edge, on other sides in each motion.
DIFFERENCES_WITH_SHADOW = 1e-3
FEW_METRES_M = 5.0


class ThinningAir:
    """Air that thins by e every 50 km."""

    def density_kg_m3(self, places: Places) -> Floats:
        return 3e-12 * np.exp(-(np.linalg.norm(places.position_itrs_m, axis=1) - 6.778e6) / 5e4)


@cache
def propagator(has_sunlight: bool) -> Propagator:
    model = ForceModel(gravity=egm2008(8), degree=8, order=8, air=ThinningAir(), has_sunlight=has_sunlight)
    return build_propagator(model, no_earth_data())


def end_of(start: Floats, has_sunlight: bool) -> Floats:
    motion = propagator(has_sunlight).propagate(
        0, start[:3], start[3:6], HALF_DAY_NS, drag_m2_kg=start[6], radiation_m2_kg=start[7]
    )
    return np.concatenate(motion.states(np.array([0]), np.array([HALF_DAY_NS]))[:2], axis=1)[0]


@pytest.mark.capability(
    "State transition and partials of drag and sunlight",
    status="VALIDATED",
    authority="differences of motions",
)
@pytest.mark.parametrize("column", range(8))
def test_partials_are_what_small_changes_lead_to(column: int, deviation: Deviation) -> None:
    # The edge of the shadow blurs differences: sunlight only shines where it is asked about.
    has_sunlight = column == 7
    start = np.array([*POSITION_M, *VELOCITY_M_S, DRAG_M2_KG, RADIATION_M2_KG])
    change = np.zeros(8)
    change[column] = SIZES[column]
    expected = (
        (end_of(start + change, has_sunlight) - end_of(start - change, has_sunlight)) / 2.0 / SIZES[column]
    )
    own = {"drag_m2_kg": DRAG_M2_KG, "radiation_m2_kg": RADIATION_M2_KG}
    motion = propagator(has_sunlight).propagate(0, POSITION_M, VELOCITY_M_S, HALF_DAY_NS, **own)
    solved = partials(propagator(has_sunlight), motion, **own).between(
        np.array([0]), np.array([0]), np.array([HALF_DAY_NS])
    )
    off = np.abs(solved[0, :, column] - expected).max() / np.abs(expected).max()
    deviation(float(off), "of the largest", DIFFERENCES_WITH_SHADOW if has_sunlight else DIFFERENCES)


def test_there_and_back_changes_nothing_and_volume_is_kept() -> None:
    bare = build_propagator(ForceModel(gravity=egm2008(8), degree=8, order=8), no_earth_data())
    motion = bare.propagate(0, POSITION_M, VELOCITY_M_S, HALF_DAY_NS)
    solved = partials(bare, motion)
    one, begin, middle, end = (np.array([k]) for k in (0, 0, 7 * HOUR_NS, HALF_DAY_NS))
    whole = solved.between(one, begin, end)[0, :, :6]
    first, second = solved.between(one, begin, middle)[0, :, :6], solved.between(one, middle, end)[0, :, :6]
    assert np.abs(second @ first - whole).max() < 1e-8 * np.abs(whole).max()
    assert np.linalg.det(whole) == pytest.approx(1.0, abs=1e-5)
    assert np.isnan(solved.between(one, begin, end + HOUR_NS)).all()


def lageos(folder: Path) -> tuple[Instants, Floats]:
    case = json.loads((folder / "truth" / "open_prop_lageos2_cpf.json").read_text())["cases"][0]
    rows = np.array(case["rows"])
    day, ns_of_day = rows[:, 0].astype(np.int64) - 51_544, np.rint(rows[:, 1] * 1e9).astype(np.int64)
    return tai_ns_from_utc_day(day, ns_of_day), rows[:, 2:]


@pytest.mark.capability(
    "Numerical propagation of a real satellite", status="VALIDATED", authority="ILRS predictions of LAGEOS-2"
)
def test_a_fit_to_six_hours_of_lageos_foretells_its_day(shared_data: Path, deviation: Deviation) -> None:
    epoch, position_itrs_m = lageos(shared_data)
    table = gzip.decompress(
        (shared_data / "eop_spaceweather" / "brahe_finals.all.iau2000_202608.txt.gz").read_bytes()
    ).decode()
    earth = earth_data_from_finals2000a("\n".join(line for line in table.splitlines() if line[:2] == "16"))
    seen_m = turned_back(rotation_gcrs_to_itrs(epoch, earth), position_itrs_m)
    force = build_propagator(ForceModel(gravity=egm2008(20), degree=20, order=20, has_sunlight=True), earth)
    fitted = epoch - epoch[0] <= 6 * HOUR_NS
    light_m2_kg = 1.13 * 6.97e-4  # LAGEOS: a ball of 60 cm and 406 kg

    def motion_of(start: Floats):
        return force.propagate(epoch[0], start[:3], start[3:], epoch[-1], radiation_m2_kg=light_m2_kg)

    def off_m(start: Floats) -> Floats:
        return (motion_of(start).states(np.zeros(fitted.sum(), dtype=np.int64), epoch[fitted])[0]
                - seen_m[fitted]).ravel()  # fmt: skip

    def slope(start: Floats) -> Floats:
        solved = partials(force, motion_of(start), radiation_m2_kg=light_m2_kg)
        zeros = np.zeros(fitted.sum(), dtype=np.int64)
        return solved.between(zeros, zeros + epoch[0], epoch[fitted])[:, :3, :6].reshape(-1, 6)

    guess = np.concatenate([seen_m[0], (seen_m[1] - seen_m[0]) / 300.0])
    found = least_squares(off_m, guess, slope, x_scale=[1.0] * 3 + [1e-3] * 3, xtol=1e-14, ftol=1e-12)
    foretold_m, _, _ = motion_of(found.x).states(np.zeros(epoch.size, dtype=np.int64), epoch)
    worst_m = np.linalg.norm(foretold_m - seen_m, axis=1)[~fitted].max()
    deviation(float(worst_m), "m", FEW_METRES_M)
