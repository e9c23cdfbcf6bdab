"""Where Orekit ends after seven days of gravity, once its steps are so fine that they no longer count.

python -m benchmarks.rivals.orekit_gravity > tests/authorities/gravity_orekit.json

Two of its integrators are asked, and how far apart they end is written beside each case: that is what the
authority itself is good for.  States, Earth and field are ours, so that the file stands alone.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from baken.astro.elements import KeplerianElements, state_from_elements
from baken.astro.forces.gravity import GravityField, egm2008
from benchmarks.rivals.orbit_data import Day, iers_line, leap_second_lines
from benchmarks.rivals.orekit_probabilities import start_java

EPOCH_UTC, EPOCH_MJD = (2024, 3, 1), 60_370
SPAN_S = 7 * 86_400.0
DEGREE = 21
# An Earth that stands still: pole in arcseconds, UT1 less UTC in seconds.
EARTH = {"x": 0.1, "y": 0.3, "ut1_utc": -0.02, "lod": 0.0, "dx": 0.0002, "dy": -0.0001}
NAMES = {
    "x": "x_pole_arcsec", "y": "y_pole_arcsec", "ut1_utc": "ut1_minus_utc_s", "dx": "dx_arcsec",
    "dy": "dy_arcsec",
}  # fmt: skip
N_DAYS_AROUND = 15
# Semi-major axis in km, eccentricity, and inclination, node, perigee and true anomaly in degrees.
ORBITS = {
    "space station": (6_780.0, 0.001, 51.6, 30.0, 40.0, 50.0),
    "sun-synchronous": (6_978.0, 0.001, 97.8, 120.0, 90.0, 10.0),
    "navigation": (26_560.0, 0.01, 55.0, 200.0, 10.0, 80.0),
    "Molniya": (26_600.0, 0.72, 63.4, 250.0, 270.0, 0.0),
    "transfer": (24_400.0, 0.72, 7.0, 10.0, 180.0, 30.0),
    "geostationary": (42_164.0, 0.0003, 0.1, 0.0, 0.0, 75.0),
}
FIELDS = {"J2": (2, 0), "21x21": (DEGREE, DEGREE)}
INTEGRATORS = "org.hipparchus.ode.nonstiff."
SHORTEST_S, LONGEST_S, ABSOLUTE, RELATIVE = 1e-3, 600.0, 1e-9, 1e-15


def main() -> None:
    with TemporaryDirectory() as folder:
        _write_files(Path(folder), egm2008(DEGREE))
        orekit = _orekit(folder)
        cases = [_case(orekit, field, orbit) for field in FIELDS for orbit in ORBITS]
    earth = {
        "utc": "{}-{:02d}-{:02d}T00:00:00Z".format(*EPOCH_UTC),
        **{NAMES[key]: EARTH[key] for key in NAMES},
    }
    print(json.dumps({"earth": earth, "degree": DEGREE, "span_s": SPAN_S, "cases": cases}, indent=1))


def _write_files(folder: Path, field: GravityField) -> None:
    days = [Day(mjd, **EARTH) for mjd in range(EPOCH_MJD - N_DAYS_AROUND, EPOCH_MJD + N_DAYS_AROUND)]
    (folder / "finals2000A.all").write_text("".join(iers_line(day) + "\n" for day in days))
    (folder / "tai-utc.dat").write_text("".join(line + "\n" for line in leap_second_lines()))
    head = {
        "product_type": "gravity_field", "modelname": field.name, "earth_gravity_constant": field.mu_m3_s2,
        "radius": field.radius_m, "max_degree": DEGREE, "errors": "no", "norm": "fully_normalized",
        "tide_system": field.tide_system, "end_of_head": "===",
    }  # fmt: skip
    rows = [
        f"gfc {n} {m} {field.cosine[n, m]!s} {field.sine[n, m]!s}"
        for n in range(DEGREE + 1)
        for m in range(n + 1)
    ]
    (folder / "field.gfc").write_text("\n".join([*(f"{key} {head[key]}" for key in head), *rows, ""]))


def _orekit(folder: str) -> dict[str, Any]:
    """Start Orekit on the files, and return what a case needs of it."""
    import jpype

    start_java()
    named, orekit = jpype.JClass, "org.orekit."
    manager = named(orekit + "data.DataContext").getDefault().getDataProvidersManager()
    manager.addProvider(named(orekit + "data.DirectoryCrawler")(named("java.io.File")(folder)))
    potential = named(orekit + "forces.gravity.potential.GravityFieldFactory")
    potential.addPotentialCoefficientsReader(
        named(orekit + "forces.gravity.potential.ICGEMFormatReader")("field\\.gfc", True)
    )
    frames = named(orekit + "frames.FramesFactory")
    ground = frames.getITRF(named(orekit + "utils.IERSConventions").IERS_2010, True)
    attraction = named(orekit + "forces.gravity.HolmesFeatherstoneAttractionModel")
    pulls = {
        name: attraction(ground, potential.getNormalizedProvider(degree, order))
        for name, (degree, order) in FIELDS.items()
    }
    utc = named(orekit + "time.TimeScalesFactory").getUTC()
    begin = named(orekit + "time.AbsoluteDate")(*EPOCH_UTC, 0, 0, 0.0, utc)
    return {"named": named, "frame": frames.getGCRF(), "pulls": pulls, "begin": begin}


def _case(orekit: dict[str, Any], field: str, orbit: str) -> dict[str, object]:
    position_m, velocity_m_s = _state(orbit)
    ends_m = [
        _end_m(orekit, field, position_m, velocity_m_s, integrator)
        for integrator in ("DormandPrince853Integrator", "GraggBulirschStoerIntegrator")
    ]
    return {
        "field": field,
        "orbit": orbit,
        "position_gcrs_m": position_m.tolist(),
        "velocity_gcrs_m_s": velocity_m_s.tolist(),
        "end_gcrs_m": ends_m[0].round(6).tolist(),
        "integrators_differ_m": round(float(np.linalg.norm(ends_m[0] - ends_m[1])), 6),
    }


def _state(orbit: str) -> tuple[np.ndarray, np.ndarray]:
    axis_km, eccentricity, *angles_deg = ORBITS[orbit]
    elements = KeplerianElements(
        *(np.asarray(x) for x in (1e3 * axis_km, eccentricity, *np.radians(angles_deg)))
    )
    position_m, velocity_m_s = state_from_elements(elements)
    return position_m.round(3), velocity_m_s.round(6)


def _end_m(
    orekit: dict[str, Any], field: str, position_m: np.ndarray, velocity_m_s: np.ndarray, integrator: str
) -> np.ndarray:
    named, package = orekit["named"], "org.orekit."
    vector = named("org.hipparchus.geometry.euclidean.threed.Vector3D")
    place = named(package + "utils.PVCoordinates")(
        vector(*position_m.tolist()), vector(*velocity_m_s.tolist())
    )
    orbit = named(package + "orbits.CartesianOrbit")(
        place, orekit["frame"], orekit["begin"], egm2008(2).mu_m3_s2
    )
    steps = named(INTEGRATORS + integrator)(SHORTEST_S, LONGEST_S, ABSOLUTE, RELATIVE)
    propagator = named(package + "propagation.numerical.NumericalPropagator")(steps)
    propagator.setOrbitType(named(package + "orbits.OrbitType").CARTESIAN)
    propagator.addForceModel(orekit["pulls"][field])
    propagator.setInitialState(named(package + "propagation.SpacecraftState")(orbit))
    after = propagator.propagate(orekit["begin"].shiftedBy(SPAN_S)).getPVCoordinates(orekit["frame"])
    end = after.getPosition()
    return np.array([end.getX(), end.getY(), end.getZ()])


if __name__ == "__main__":
    main()
