"""How many object-days a minute are propagated on one core, beside satkit, Orekit, brahe and heyoka's Taylor?

python benchmarks/how_fast_are_orbits_propagated.py [--objects 256] [--rivals-objects 16] [--json]

EGM96 20x20, Sun and Moon; low orbits, one day.  All take gravity, Earth orientation and (but for brahe) the
ephemeris from the same files, so that where they end can be compared.  heyoka's Taylor integrator is given
less to do, and no place of it is compared.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from baken.wiring.compiler_cache import settle_compiler_cache

settle_compiler_cache()

from baken.astro.constants import EARTH_MU_EGM2008_M3_S2, EARTH_ROTATION_RATE_RAD_S
from baken.astro.forces.model import ForceModel
from baken.astro.frames import rotation_gcrs_to_itrs
from baken.astro.propagation import build_propagator
from baken.astro.time import tai_ns_from_utc
from baken.formats.gravity_field import read_gravity_field
from benchmarks.rivals import propagators
from benchmarks.rivals.orbit_data import GRAVITY, days_around, earth_of, satkit_folder, write_files

EPOCH_UTC, EPOCH_MJD = (2023, 6, 1), 60_096
SPAN_S = 86_400.0
SEED = 1


def main() -> None:
    asked = _arguments()
    states = _drawn(asked.objects)
    days = days_around(EPOCH_MJD)
    ours = _ours(earth_of(days))
    first_s, _ = _timed(ours, states[:8])
    wall_s, ends_m = _timed(ours, states)
    alone_s, _ = _timed(ours, states[:1])
    lines = [
        _line("Baken", asked.objects, wall_s, ends_m, ends_m, first_s),
        _line("Baken, one object", 1, alone_s),
    ]
    with TemporaryDirectory() as folder:
        write_files(Path(folder), days)
        for name, rival in _rivals(Path(folder)).items():
            begin_s, _ = _timed(rival, states[:8])
            took_s, theirs_m = _timed(rival, states[: asked.rivals_objects])
            compared = (theirs_m, ends_m) if "Taylor" not in name else (None, None)
            lines.append(_line(name, asked.rivals_objects, took_s, *compared, begin_s))
    print(json.dumps(lines, indent=1) if asked.json else _page(lines))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--objects", type=int, default=256)
    parser.add_argument("--rivals-objects", type=int, default=16, help="a multiple of eight")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _drawn(n: int) -> np.ndarray:
    """Draw nearly circular orbits from 450 to 1200 km, of any inclination."""
    rng = np.random.default_rng(SEED)
    radius_m, tilt, along = (
        rng.uniform(6.83e6, 7.58e6, n),
        rng.uniform(0.0, np.pi, n),
        rng.uniform(0, 6.28, n),
    )
    speed_m_s = np.sqrt(EARTH_MU_EGM2008_M3_S2 / radius_m) * rng.uniform(0.998, 1.003, n)
    out = np.stack([np.cos(along), np.sin(along), 0.0 * along], axis=-1)
    east = np.stack([-np.sin(along), np.cos(along), 0.0 * along], axis=-1)
    heading = np.cos(tilt)[:, None] * east + np.sin(tilt)[:, None] * [0.0, 0.0, 1.0]
    return np.concatenate([radius_m[:, None] * out, speed_m_s[:, None] * heading], axis=1)


def _epoch_tai_ns() -> int:
    return tai_ns_from_utc("{}-{:02d}-{:02d}T00:00:00Z".format(*EPOCH_UTC))


def _ours(earth: object) -> propagators.Contender:
    field = read_gravity_field((satkit_folder() / GRAVITY).read_bytes(), propagators.DEGREE)
    model = ForceModel(gravity=field, degree=propagators.DEGREE, order=propagators.DEGREE)
    propagator, epoch = build_propagator(model, earth), _epoch_tai_ns()
    end = epoch + round(SPAN_S * 1e9)

    def positions(states: np.ndarray) -> np.ndarray:
        motion = propagator.propagate(epoch, states[:, :3], states[:, 3:], end)
        return motion.states(np.arange(len(states)), np.full(len(states), end))[0]

    return positions


def _rivals(folder: Path) -> dict[str, propagators.Contender]:
    to_ground = rotation_gcrs_to_itrs(_epoch_tai_ns(), earth_of(days_around(EPOCH_MJD)))
    return {
        "satkit, Runge-Kutta 9(8)": propagators.satkit_propagation(
            EPOCH_UTC, SPAN_S, folder, "rkv98_nointerp"
        ),
        "satkit, Gauss-Jackson": propagators.satkit_propagation(EPOCH_UTC, SPAN_S, folder, "gauss_jackson8"),
        "heyoka, Taylor, gravity only": propagators.heyoka_taylor_propagation(
            SPAN_S, to_ground, EARTH_ROTATION_RATE_RAD_S
        ),
        "Orekit": propagators.orekit_propagation(EPOCH_UTC, SPAN_S, folder),
        "brahe": propagators.brahe_propagation(EPOCH_UTC, SPAN_S, folder),
    }


def _timed(contender: Callable[[np.ndarray], np.ndarray], states: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the processor's seconds, which others on the machine do not lengthen, and the places."""
    began_s = time.process_time()
    places_m = contender(states)
    return time.process_time() - began_s, places_m


def _line(
    name: str,
    n: int,
    took_s: float,
    theirs_m: object = None,
    ours_m: object = None,
    first_s: float | None = None,
) -> dict[str, object]:
    off_m = None
    if theirs_m is not None:
        off_m = float(
            np.linalg.norm(np.asarray(theirs_m) - np.asarray(ours_m)[: len(theirs_m)], axis=1).max()
        )
    per_day_s = took_s / (n * SPAN_S / 86_400.0)
    return {
        "name": name,
        "objects": n,
        "ms_an_object_day": 1e3 * per_day_s,
        "object_days_a_minute": 60.0 / per_day_s,
        "largest_difference_m": off_m,
        "first_call_s": first_s,
    }


def _page(lines: list[dict]) -> str:
    head = f"{'':30}{'ms/object-day':>15}{'object-days/min':>17}{'times Baken':>13}{'differs, m':>12}"
    rows = [f"EGM96 20x20, Sun, Moon; one day of low orbits from {EPOCH_UTC}; processor time", head]
    for line in lines:
        off = "" if line["largest_difference_m"] is None else f"{line['largest_difference_m']:12.4f}"
        rows.append(
            f"{line['name']:30}{line['ms_an_object_day']:15.2f}{line['object_days_a_minute']:17,.0f}"
            f"{line['ms_an_object_day'] / lines[0]['ms_an_object_day']:13.1f}{off}"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    main()
