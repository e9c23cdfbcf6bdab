"""Other programs' propagation of orbits under EGM96 20x20, Sun and Moon, each called as its users do."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.rivals.orbit_data import EPHEMERIS, GRAVITY

DEGREE = 20
# From (n, 6) states, metres and m/s in GCRF, to (n, 3) positions a span later.
Contender = Callable[[np.ndarray], np.ndarray]
Calendar = tuple[int, int, int]


def satkit_propagation(epoch_utc: Calendar, span_s: float, folder: Path, integrator: str) -> Contender:
    """Return satkit, with its precise ephemeris and nothing the others lack."""
    import satkit

    satkit.utils.set_datadir(str(folder))
    settings = satkit.propsettings(
        abs_error=1e-9, rel_error=1e-12, gravity_degree=DEGREE, gravity_order=DEGREE,
        gravity_model=satkit.gravmodel.egm96, use_spaceweather=False, tide_model=satkit.tidemodel.none,
        use_relativistic_correction=False, enable_interp=False,
        integrator=getattr(satkit.integrator, integrator),
    )  # fmt: skip
    begin = satkit.time(*epoch_utc)

    def positions(states: np.ndarray) -> np.ndarray:
        found = [
            satkit.propagate(state, begin, duration_secs=span_s, propsettings=settings) for state in states
        ]
        return np.array([one.pos for one in found])

    return positions


def brahe_propagation(epoch_utc: Calendar, span_s: float, folder: Path) -> Contender:
    """Return brahe, with its own short series of Sun and Moon: the long ones would have to be fetched."""
    import brahe

    brahe.set_global_eop_provider(
        brahe.FileEOPProvider.from_standard_file(str(folder / "finals2000A.all"), True, "Hold")
    )
    gravity = brahe.GravityConfiguration(
        degree=DEGREE, order=DEGREE, model_type=brahe.GravityModelType.from_file(str(folder / GRAVITY))
    )
    bodies = [
        brahe.ThirdBodyConfiguration(body, brahe.EphemerisSource.LowPrecision)
        for body in (brahe.ThirdBody.SUN, brahe.ThirdBody.MOON)
    ]
    forces = brahe.ForceModelConfig(gravity=gravity, third_body=bodies)
    settings = brahe.NumericalPropagationConfig.high_precision()
    begin = brahe.Epoch.from_datetime(*epoch_utc, 0, 0, 0.0, 0.0, brahe.TimeSystem.UTC)

    def one(state: np.ndarray) -> np.ndarray:
        propagator = brahe.NumericalOrbitPropagator(begin, state, settings, forces, None)
        propagator.propagate_to(begin + span_s)
        return np.array(propagator.current_state())[:3]

    return lambda states: np.array([one(state) for state in states])


def orekit_propagation(epoch_utc: Calendar, span_s: float, folder: Path) -> Contender:
    """Return Orekit through JPype, with Dormand and Prince's eighth order as in its own tutorials."""
    import jpype

    from benchmarks.rivals.orekit_probabilities import start_java

    start_java()
    named = jpype.JClass
    orekit = "org.orekit."
    manager = named(orekit + "data.DataContext").getDefault().getDataProvidersManager()
    manager.addProvider(named(orekit + "data.DirectoryCrawler")(named("java.io.File")(str(folder))))
    bodies = named(orekit + "bodies.CelestialBodyFactory")
    bodies.addDefaultCelestialBodyLoader(EPHEMERIS.replace(".", "\\."))
    potential = named(orekit + "forces.gravity.potential.GravityFieldFactory")
    potential.addPotentialCoefficientsReader(
        named(orekit + "forces.gravity.potential.ICGEMFormatReader")(GRAVITY.replace(".", "\\."), False)
    )
    field = potential.getNormalizedProvider(DEGREE, DEGREE)
    frames = named(orekit + "frames.FramesFactory")
    conventions = named(orekit + "utils.IERSConventions").IERS_2010
    forces = [
        named(orekit + "forces.gravity.HolmesFeatherstoneAttractionModel")(
            frames.getITRF(conventions, True), field
        ),
        *(
            named(orekit + "forces.gravity.ThirdBodyAttraction")(body)
            for body in (bodies.getSun(), bodies.getMoon())
        ),
    ]
    utc = named(orekit + "time.TimeScalesFactory").getUTC()
    begin = named(orekit + "time.AbsoluteDate")(*epoch_utc, 0, 0, 0.0, utc)

    def one(state: np.ndarray) -> np.ndarray:
        vector = named("org.hipparchus.geometry.euclidean.threed.Vector3D")
        place = named(orekit + "utils.PVCoordinates")(
            vector(*state[:3].tolist()), vector(*state[3:].tolist())
        )
        orbit = named(orekit + "orbits.CartesianOrbit")(place, frames.getGCRF(), begin, field.getMu())
        integrator = named("org.hipparchus.ode.nonstiff.DormandPrince853Integrator")(1e-3, 300.0, 1e-6, 1e-10)
        propagator = named(orekit + "propagation.numerical.NumericalPropagator")(integrator)
        propagator.setOrbitType(named(orekit + "orbits.OrbitType").CARTESIAN)
        for force in forces:
            propagator.addForceModel(force)
        propagator.setInitialState(named(orekit + "propagation.SpacecraftState")(orbit))
        end = propagator.propagate(begin.shiftedBy(span_s)).getPVCoordinates(frames.getGCRF()).getPosition()
        return np.array([end.getX(), end.getY(), end.getZ()])

    return lambda states: np.array([one(state) for state in states])


def heyoka_taylor_propagation(span_s: float, rotation: np.ndarray, rate_rad_s: float) -> Contender:
    """Return heyoka's own Taylor integrator, eight abreast, on gravity alone about an axis that stands still.

    It is spared Sun, Moon and the drift of the axis: what it costs here is a lower bound.
    """
    import heyoka

    place, speed = list(heyoka.make_vars("x", "y", "z")), list(heyoka.make_vars("u", "v", "w"))
    c, s = heyoka.cos(rate_rad_s * heyoka.time), heyoka.sin(rate_rad_s * heyoka.time)
    pull = heyoka.model.egm2008_acc(
        [c * place[0] + s * place[1], c * place[1] - s * place[0], place[2]], 20, 20
    )
    back = [c * pull[0] - s * pull[1], s * pull[0] + c * pull[1], pull[2]]
    equations = [*zip(place, speed, strict=True), *zip(speed, back, strict=True)]
    integrator = heyoka.taylor_adaptive_batch(
        equations, np.zeros((6, 8)), tol=1e-11, compact_mode=True, fast_math=True
    )

    def positions(states: np.ndarray) -> np.ndarray:
        ends = []
        for first in range(0, len(states), 8):
            turned = np.concatenate([states[first : first + 8, :3] @ rotation.T,
                                     states[first : first + 8, 3:] @ rotation.T], axis=1)  # fmt: skip
            integrator.set_time(0.0)
            integrator.state[:] = turned.T
            integrator.propagate_until([span_s] * 8)
            ends.append(integrator.state[:3].T @ rotation)
        return np.concatenate(ends)

    return positions
