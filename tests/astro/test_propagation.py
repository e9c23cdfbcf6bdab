"""Do objects go where other programs, other methods and the laws of motion say?"""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import heyoka
import numpy as np
import pytest
from hypothesis import given, settings

from baken.astro.arrays import Floats
from baken.astro.constants import EARTH_MU_EGM2008_M3_S2, EARTH_ROTATION_RATE_RAD_S, SPEED_OF_LIGHT_M_S
from baken.astro.earth_data import EarthData, no_earth_data
from baken.astro.elements import KeplerianElements, state_from_elements
from baken.astro.forces.air import HarrisPriesterAir
from baken.astro.forces.gravity import GravityField, egm2008, gravity_expressions, tide_free
from baken.astro.forces.model import ForceModel
from baken.astro.forces.sky import POLE, TURN, sky_table
from baken.astro.frames import rotation_gcrs_to_eme2000, rotation_gcrs_to_itrs
from baken.astro.propagation import OUTSIDE_THE_SPAN, NumericalMotion, Propagator, build_propagator
from baken.astro.time import tai_ns_from_utc
from baken.astro.two_bodies import two_body_state
from baken.formats.gravity_field import read_gravity_field
from tests.astro.earth import EarthUpright, earth_of
from tests.astro.forces.test_gravity import potential_m2_s2
from tests.astro.orekit_earth import cubic_earth
from tests.astro.regimes import orbits
from tests.conftest import Deviation

DAY_S, HOUR_S = 86_400, 3_600
MILLIMETRE_M, CENTIMETRE_M, METRE_M = 1e-3, 1e-2, 1.0
KILOMETRE_M = 1e3
# In a day the axis drifts by half a microradian; turned by it, 6e6 m2/s2 of angular momentum times rate.
PRECESSING_M2_S2 = 3.0
FIELD = egm2008(8)
LOW = np.array([[7.0e6, 0.0, 0.0]]), np.array([[0.0, 5.3e3, 5.4e3]])
SUNLIGHT = {"has_sunlight": True, "sunlight_pressure_n_m2": 4.56e-6 * (149_597_870 / 149_597_870.7) ** 2}
NO_BODIES = {"has_sun": False, "has_moon": False}
# The mean of CelesTrak's rows for the first and second of January of 2000.
EARTH_OF_2000 = replace(
    earth_of(
        {"utc": "2000-01-01T00:00:00Z", "x_pole_arcsec": 0.0434, "y_pole_arcsec": 0.3779,
         "ut1_minus_utc_s": 0.3550}
    ),
    mjd_utc=np.array([51_544, 51_546]),
)  # fmt: skip
OREKIT_MODELS = {
    "two_body": NO_BODIES | {"degree": 0},
    "j2": NO_BODIES | {"degree": 2, "order": 0},
    "egm96_8x8": NO_BODIES | {"degree": 8},
    "egm96_21x21": NO_BODIES | {"degree": 21},
    "egm96_21x21_sun_moon": {"degree": 21},
    "egm96_21x21_sun_moon_srp": SUNLIGHT | {"degree": 21},
    "full_hp_drag": SUNLIGHT | {"degree": 21, "air": HarrisPriesterAir()},
}


def model(field: GravityField = FIELD, degree: int = 8, order: int | None = None, **more) -> ForceModel:
    return ForceModel(gravity=field, degree=degree, order=degree if order is None else order, **more)


@cache
def low_degree() -> Propagator:
    return build_propagator(model(has_sun=False, has_moon=False), no_earth_data())


def ns(seconds: float) -> int:
    return round(seconds * 1e9)


def at(motion: NumericalMotion, after_s: float | list[float], index: int = 0) -> Floats:
    times = motion.reference_tai_ns + np.rint(np.atleast_1d(after_s) * 1e9).astype(np.int64)
    return motion.states(np.full(times.size, index), times)[0]


@pytest.mark.capability(
    "Numerical propagation, two bodies", status="VALIDATED", authority="two bodies in closed form"
)
def test_a_week_of_two_bodies_is_what_closed_form_gives(deviation: Deviation) -> None:
    position_m = np.array([[7e6, 0, 0], [4.2164e7, 0, 0], [6.8e6, 1e5, 0]])
    velocity_m_s = np.array([[0, 5.3e3, 5.4e3], [0, 3.0747e3, 1.0], [0, 9.6e3, 2.1e3]])
    propagator = build_propagator(model(degree=0, has_sun=False, has_moon=False), no_earth_data())
    motion = propagator.propagate(0, position_m, velocity_m_s, ns(7 * DAY_S))
    expected_m, _ = two_body_state(position_m, velocity_m_s, 7.0 * DAY_S, EARTH_MU_EGM2008_M3_S2)
    off_m = [np.linalg.norm(at(motion, 7 * DAY_S, k)[0] - expected_m[k]) for k in range(3)]
    deviation(float(max(off_m)), "m", CENTIMETRE_M)


def egm96(folder: Path) -> GravityField:
    table = np.loadtxt(folder / "truth" / "open_files" / "gravity" / "EGM96-truncated-21x21")
    cosine, sine = np.zeros((22, 22)), np.zeros((22, 22))
    degree, order = table[:, 0].astype(int), table[:, 1].astype(int)
    cosine[degree, order], sine[degree, order] = table[:, 2], table[:, 3]
    return GravityField(
        name="EGM96", mu_m3_s2=3.986004415e14, radius_m=6_378_136.3, tide_system="tide_free", cosine=cosine,
        sine=sine,
    )  # fmt: skip


@pytest.mark.capability("Numerical propagation", status="VALIDATED", authority="Orekit 13.1.9")
@pytest.mark.parametrize("forces", OREKIT_MODELS)
def test_objects_go_where_orekit_sends_them(forces: str, shared_data: Path, deviation: Deviation) -> None:
    truth = json.loads((shared_data / "truth" / "open_prop_orekit.json").read_text())
    cases = [case for case in truth["cases"] if case["model"] == forces]
    propagator = build_propagator(
        model(egm96(shared_data), **OREKIT_MODELS[forces]), cubic_earth(truth["meta"]["eop"])
    )
    epoch = tai_ns_from_utc(cases[0]["epoch_utc"])
    motion = propagator.propagate(
        epoch, [case["r0_m"] for case in cases], [case["v0_mps"] for case in cases], epoch + ns(7 * DAY_S),
        drag_m2_kg=2.2 * 10.0 / 1000.0, radiation_m2_kg=1.3 * 10.0 / 1000.0,
    )  # fmt: skip
    share, last_m, last_allowed_m = [], 0.0, truth["meta"]["suggested_tol_m_by_arc"][forces][-1]
    for k, case in enumerate(cases):
        for row, allowed_m in zip(
            case["ephemeris"], truth["meta"]["suggested_tol_m_by_arc"][forces], strict=True
        ):
            off_m = float(np.linalg.norm(at(motion, row["dt_s"], k)[0] - row["r_m"]))
            share.append(off_m / allowed_m)
        last_m = max(last_m, off_m)
    assert max(share) <= 1.0
    deviation(last_m, "m", last_allowed_m)


def gmat_case(shared_data: Path, name: str) -> dict:
    cases = json.loads((shared_data / "truth" / "open_prop_gmat_nyx.json").read_text())["cases"]
    return next(case for case in cases if case["id"] == name)


def gmat_end_m(
    case: dict, forces: ForceModel, radiation_m2_kg: float = 0.0, earth: EarthData | None = None
) -> tuple[Floats, Floats]:
    """Return where we end and where they do, in GCRS."""
    to_gcrs = rotation_gcrs_to_eme2000().T
    if "kep" in case:
        a, e, *angles = case["kep"]
        elements = KeplerianElements(*(np.asarray(x) for x in (a * 1e3, e, *np.radians(angles))))
        position_m, velocity_m_s = state_from_elements(elements, case["mu_km3_s2"] * 1e9)
    else:
        position_m, velocity_m_s = np.reshape(case["x0"], (2, 3)) * KILOMETRE_M
    noon = -12 * HOUR_S if "srp" in case["id"] else 0
    year = "2020-01-01T00:00:00" if "2020" in case["epoch"] else "2000-01-01T12:00:00"
    leap_s = 37 if "2020" in case["epoch"] else 32  # the epochs are written in TAI
    epoch = tai_ns_from_utc(year + "Z") - ns(leap_s) + ns(noon)
    end = epoch + ns(case["dt_s"])
    motion = build_propagator(forces, earth or no_earth_data()).propagate(
        epoch, [to_gcrs @ position_m], [to_gcrs @ velocity_m_s], end, radiation_m2_kg=radiation_m2_kg
    )
    return at(motion, case["dt_s"])[0], to_gcrs @ np.array(case["x1"][:3]) * KILOMETRE_M


def point_mass(mu_m3_s2: float) -> GravityField:
    cosine = np.zeros((3, 3))
    cosine[0, 0] = 1.0
    return GravityField(
        name="given", mu_m3_s2=mu_m3_s2, radius_m=6_378_136.3, tide_system="unknown", cosine=cosine,
        sine=np.zeros((3, 3)),
    )  # fmt: skip


def flattened(mu_m3_s2: float, c20: float) -> ForceModel:
    cosine = np.zeros((3, 3))
    cosine[0, 0], cosine[2, 0] = 1.0, c20
    field = replace(point_mass(mu_m3_s2), cosine=cosine)
    return model(field, 2, 0, **NO_BODIES)


def off_m(ends: tuple[Floats, Floats]) -> float:
    ours_m, theirs_m = ends
    return float(np.linalg.norm(ours_m - theirs_m))


@pytest.mark.capability("J2 about a pole without nutation", status="VALIDATED", authority="MONTE, one day")
def test_a_flattened_earth_pulls_as_in_monte_about_its_pole(shared_data: Path, deviation: Deviation) -> None:
    case = gmat_case(shared_data, "j2_monte_1d")
    forces = flattened(case["mu_km3_s2"] * 1e9, case["c20"])
    nodding_m = off_m(gmat_end_m(case, forces))
    assert nodding_m > 5.0 * case["tol_km"] * KILOMETRE_M  # the pole of nutation is 6 arcseconds off theirs
    upright_m = off_m(gmat_end_m(case, forces, earth=EarthUpright()))
    deviation(upright_m, "m", case["tol_km"] * KILOMETRE_M)


def test_two_other_constants_in_use_lead_within_a_metre_of_monte(shared_data: Path) -> None:
    case = gmat_case(shared_data, "j2_monte_1d")
    mu_m3_s2 = gmat_case(shared_data, "two_body_1d")["mu_km3_s2"] * 1e9
    forces = flattened(mu_m3_s2, float(FIELD.cosine[2, 0]))
    assert off_m(gmat_end_m(case, forces, earth=EarthUpright())) < METRE_M


@pytest.mark.capability("Gravity of JGM-3, 70x70", status="VALIDATED", authority="GMAT, one day")
def test_jgm3_without_the_permanent_tide_pulls_as_in_gmat(shared_data: Path, deviation: Deviation) -> None:
    satkit_data = pytest.importorskip("satkit_data", reason="it carries JGM-3; of the bench dependencies")
    case = gmat_case(shared_data, "jgm3_70x70_1d")
    content = Path(satkit_data.__file__).with_name("data").joinpath("JGM3.gfc").read_bytes()
    field = replace(
        read_gravity_field(content, 70), tide_system="zero_tide"
    )  # its C20 is EGM96's and the bulge
    ends = gmat_end_m(case, model(tide_free(field), 70, **NO_BODIES), earth=EARTH_OF_2000)
    deviation(off_m(ends), "m", CENTIMETRE_M)


@pytest.mark.capability("Pull of Sun and Moon", status="VALIDATED", authority="GMAT, one day")
def test_sun_and_moon_pull_as_in_gmat(shared_data: Path, deviation: Deviation) -> None:
    case = gmat_case(shared_data, "moon_sun_jupiter_1d")
    ours_m, theirs_m = gmat_end_m(case, model(point_mass(3.986004415e14), degree=0))
    deviation(float(np.linalg.norm(ours_m - theirs_m)), "m", CENTIMETRE_M)


@pytest.mark.capability("Pressure of sunlight", status="VALIDATED", authority="GMAT, 24 days")
@pytest.mark.parametrize("name", ["srp_full_sun_24d", "srp_meo_ecc_24d"])
def test_sunlight_pushes_as_in_gmat(name: str, shared_data: Path, deviation: Deviation) -> None:
    case = gmat_case(shared_data, name)
    push = case["srp"]
    forces = model(
        point_mass(case["mu_km3_s2"] * 1e9), 0, has_sun=False, has_moon=False, has_sunlight=True,
        sunlight_pressure_n_m2=push["flux_w_m2"] / SPEED_OF_LIGHT_M_S,
    )  # fmt: skip
    ours_m, theirs_m = gmat_end_m(case, forces, push["cr"] * push["area_m2"] / push["mass_kg"])
    deviation(float(np.linalg.norm(ours_m - theirs_m)), "m", case["tol_km"] * KILOMETRE_M)


def taylors_end_m(earth: EarthData, position_m: Floats, velocity_m_s: Floats, after_s: float) -> Floats:
    """Return where heyoka's Taylor integrator leads: the same field, on an Earth whose axis drifts evenly."""
    table = sky_table(0, 0.0, after_s, earth)
    t, turned = heyoka.time, table.turned_at_epoch_rad
    first, last = (table.rows[k, POLE : POLE + 9].reshape(3, 3) for k in (2, -3))
    place = list(heyoka.make_vars("px", "py", "pz"))
    axes = [[first[i, j] + (last - first)[i, j] / after_s * t for j in range(3)] for i in range(3)]
    along = [sum((axes[i][j] * place[j] for j in range(3)), heyoka.expression(0.0)) for i in range(3)]
    rate = 7.292115146706979e-5
    angle = turned + rate * (t + table.rows[2, TURN])
    c, s = heyoka.cos(angle), heyoka.sin(angle)
    names, pull = gravity_expressions(FIELD, 8, 8)
    ground = dict(
        zip(
            ["x", "y", "z"], [c * along[0] + s * along[1], c * along[1] - s * along[0], along[2]], strict=True
        )
    )
    p = heyoka.subs(pull, ground)
    back = [c * p[0] - s * p[1], s * p[0] + c * p[1], p[2]]
    force = [sum((axes[i][j] * back[i] for i in range(3)), heyoka.expression(0.0)) for j in range(3)]
    speed = list(heyoka.make_vars("vx", "vy", "vz"))
    assert len(names) == 3
    integrator = heyoka.taylor_adaptive(
        [*zip(place, speed, strict=True), *zip(speed, force, strict=True)],
        np.concatenate([position_m, velocity_m_s]), compact_mode=True,
    )  # fmt: skip
    integrator.propagate_until(after_s)
    return np.array(integrator.state[:3])


@pytest.mark.capability("Steps by collocation", status="VALIDATED", authority="heyoka's Taylor integrator")
def test_collocation_and_taylor_series_lead_to_the_same_place(deviation: Deviation) -> None:
    after_s = float(6 * HOUR_S)
    # The pole of the day without polar motion, so that both turn about the same axis.
    expected_m = taylors_end_m(no_earth_data(), LOW[0][0], LOW[1][0], after_s)
    motion = low_degree().propagate(0, *LOW, ns(after_s))
    deviation(float(np.linalg.norm(at(motion, after_s)[0] - expected_m)), "m", MILLIMETRE_M)


def test_many_objects_go_where_they_go_alone() -> None:
    rng = np.random.default_rng(7)
    position_m = LOW[0] + rng.normal(scale=2e5, size=(9, 3))
    velocity_m_s = LOW[1] + rng.normal(scale=50.0, size=(9, 3))
    together = low_degree().propagate(0, position_m, velocity_m_s, ns(DAY_S))
    for k in range(9):
        alone = low_degree().propagate(0, position_m[k], velocity_m_s[k], ns(DAY_S))
        assert np.linalg.norm(at(together, DAY_S, k) - at(alone, DAY_S)) < MILLIMETRE_M


def test_objects_may_start_at_different_times() -> None:
    first = low_degree().propagate(0, *LOW, ns(DAY_S))
    later_m, later_m_s, _ = first.states(np.array([0]), np.array([ns(5 * HOUR_S)]))
    both = low_degree().propagate(
        [0, ns(5 * HOUR_S)], np.vstack([LOW[0], later_m]), np.vstack([LOW[1], later_m_s]), ns(DAY_S)
    )
    assert np.linalg.norm(at(both, DAY_S, 1) - at(first, DAY_S)) < MILLIMETRE_M
    assert both.states(np.array([1]), np.array([ns(HOUR_S)]))[2].tolist() == [OUTSIDE_THE_SPAN]


@settings(max_examples=15, deadline=None)
@given(orbits("low") | orbits("highly eccentric") | orbits("medium"))
def test_who_goes_back_comes_home(elements: KeplerianElements) -> None:
    position_m, velocity_m_s = state_from_elements(elements)
    there = low_degree().propagate(0, position_m, velocity_m_s, ns(DAY_S))
    end_m, end_m_s, _ = there.states(np.array([0]), np.array([ns(DAY_S)]))
    back = low_degree().propagate(ns(DAY_S), end_m, end_m_s, 0)
    home_m, _, _ = back.states(np.array([0]), np.array([0]))
    assert np.linalg.norm(home_m[0] - position_m) < CENTIMETRE_M


@settings(max_examples=15, deadline=None)
@given(orbits("low") | orbits("highly eccentric"))
def test_energy_seen_from_the_turning_earth_is_kept(elements: KeplerianElements) -> None:
    position_m, velocity_m_s = state_from_elements(elements)
    motion = low_degree().propagate(0, position_m, velocity_m_s, ns(DAY_S))
    times = np.linspace(0, ns(DAY_S), 50).astype(np.int64)
    r, v, _ = motion.states(np.zeros(50, dtype=np.int64), times)
    to_ground = rotation_gcrs_to_itrs(times, no_earth_data())
    pull_m2_s2 = potential_m2_s2(np.einsum("pij,pj->ip", to_ground, r), FIELD)
    turning = EARTH_ROTATION_RATE_RAD_S * (to_ground[:, 2] * np.cross(r, v)).sum(axis=1)
    energy_m2_s2 = 0.5 * (v**2).sum(axis=1) - turning - pull_m2_s2
    assert np.abs(energy_m2_s2 - energy_m2_s2[0]).max() < PRECESSING_M2_S2


def test_a_finer_tolerance_changes_nothing_that_counts() -> None:
    coarse = low_degree().propagate(0, *LOW, ns(DAY_S))
    fine = Propagator(low_degree().accelerations, no_earth_data(), 1e-7).propagate(0, *LOW, ns(DAY_S))
    assert fine.step_s.size > coarse.step_s.size
    assert np.linalg.norm(at(fine, DAY_S) - at(coarse, DAY_S)) < MILLIMETRE_M


def test_bad_states_and_empty_spans_are_refused() -> None:
    with pytest.raises(ValueError, match="must be finite"):
        low_degree().propagate(0, [[np.nan, 0.0, 0.0]], LOW[1], ns(DAY_S))
    with pytest.raises(ValueError, match="earlier or later"):
        low_degree().propagate(0, *LOW, 0)


def test_who_sinks_below_the_floor_stops_there() -> None:
    slow = LOW[1] * 0.95
    motion = low_degree().propagate(
        0, np.vstack([LOW[0]] * 2), np.vstack([slow, LOW[1]]), ns(DAY_S), floor_m=80e3
    )
    assert motion.is_whole.tolist() == [False, True]
    assert motion.states(np.array([0]), np.array([ns(DAY_S)]))[2].tolist() == [OUTSIDE_THE_SPAN]
