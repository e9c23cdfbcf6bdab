"""How many slow, long or curved encounters can be judged in a second, and how long does the judge take?

python benchmarks/probability_of_slow_encounters.py [--encounters N]

The two-dimensional method stands beside them for scale: it is what they replace where it does not hold.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from baken.wiring.compiler_cache import settle_compiler_cache

settle_compiler_cache()

from baken.assess.conjunction.encounter import combined_covariance_m2, encounter_plane
from baken.assess.conjunction.encounter_3d import hall_2021
from baken.assess.conjunction.monte_carlo import monte_carlo_numerical, monte_carlo_two_body
from baken.assess.conjunction.probability import foster_1992

CIRCULAR_M_S = 7546.0
KINDS = {"fast, crossing": (0.3, 3.0), "slow, of a formation": (1e-6, 1e-4)}  # angles of crossing, rad


def made(n: int, angle_rad: tuple[float, float], rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Return encounters of circular orbits: states and covariances, and radii."""
    position_m = np.tile([7.0e6, 0.0, 0.0], (n, 1))
    velocity_m_s = np.tile([0.0, CIRCULAR_M_S, 0.0], (n, 1))
    angle = np.exp(rng.uniform(*np.log(angle_rad), n))
    other_m_s = CIRCULAR_M_S * np.stack([np.zeros(n), np.cos(angle), np.sin(angle)], axis=-1)
    sigma = np.array([20.0, 300.0, 15.0, 0.02, 0.003, 0.003]) * rng.uniform(0.5, 2.0, (n, 6))
    covariance = sigma[:, :, None] ** 2 * np.eye(6)
    apart_m = rng.normal(size=(n, 3)) * [20.0, 100.0, 20.0]
    return position_m, velocity_m_s, covariance, position_m + apart_m, other_m_s, covariance


def seconds(work: Callable[[], object]) -> float:
    """Return how long a second doing takes; the first may compile."""
    work()
    began_s = time.perf_counter()
    work()
    return time.perf_counter() - began_s


def two_dimensional(encounters: tuple[np.ndarray, ...], radius_m: float) -> np.ndarray:
    r1, v1, c1, r2, v2, c2 = encounters
    seen = encounter_plane(r2 - r1, v2 - v1, combined_covariance_m2(r1, v1, c1, r2, v2, c2))
    return np.asarray(foster_1992(seen.miss_m, seen.sigma_m, radius_m))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--encounters", type=int, default=200)
    asked = parser.parse_args()
    rng = np.random.default_rng(1)
    for kind, angle_rad in KINDS.items():
        encounters = made(asked.encounters, angle_rad, rng)
        flat_s = seconds(lambda: two_dimensional(encounters, 10.0))  # noqa: B023
        full_s = seconds(lambda: hall_2021(*encounters, 10.0))  # noqa: B023
        found = hall_2021(*encounters, 10.0)
        print(
            f"{kind}: 2-D {asked.encounters / flat_s:,.0f} a second, "
            f"3-D {asked.encounters / full_s:,.0f} a second "
            f"({found.n_converged} of {asked.encounters} converged), one thread"
        )
        one = tuple(column[0] for column in encounters)
        for name, method, n in (
            ("two bodies", monte_carlo_two_body, 50_000),
            ("numerical, J2", monte_carlo_numerical, 4_000),
        ):
            took_s = seconds(
                lambda: method(*one, 10.0, n_samples=n, rng=np.random.default_rng(2))  # noqa: B023
            )
            print(f"  Monte Carlo, {name}: {60.0 * n / took_s / 1e6:.2f} million pairs a minute")


if __name__ == "__main__":
    main()
