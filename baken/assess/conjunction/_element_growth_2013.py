"""How element sets of October 2013 grew old: figures fitted by ``element_uncertainty``, for lack of better.

From 127,691 element sets of 14,917 objects, nearly all of 2013-10-08 to 2013-10-23: 354,717 differences over
ages of 0.7 to 14 days, of the 7,360 objects with even catalogue numbers.  The odd ones were held out;
``docs/ledger.md`` says how well they are foretold.  Three significant figures; nothing of any single object
is in here.  The Sun was near the maximum of a weak cycle: in a stronger one, drag makes low orbits worse.
"""

from typing import NamedTuple

LARGEST_AGE_DAYS = 14.0
UNBOUNDED = float("inf")
KM, MINUTE = 1000.0, 60.0
NEARLY_ROUND, LONG = (0.0, 0.05), (0.05, 1.0)
LITTLE_DRAG, SOME_DRAG, MUCH_DRAG = (-UNBOUNDED, 3e-4), (3e-4, 3e-3), (3e-3, UNBOUNDED)


class OrbitClass(NamedTuple):
    """A class of orbits by half-open bounds, and how one standard deviation of theirs grows.

    ``sqrt(at_epoch_m**2 + (after_a_day_m * days**power)**2)``, radial, transverse and normal.
    """

    name: str
    perigee_m: tuple[float, float]
    eccentricity: tuple[float, float]
    at_epoch_m: tuple[float, float, float]
    after_a_day_m: tuple[float, float, float]
    power: tuple[float, float, float]
    tail_scale: float
    period_s: tuple[float, float] = (0.0, UNBOUNDED)
    bstar: tuple[float, float] = (-UNBOUNDED, UNBOUNDED)


CLASSES_2013: tuple[OrbitClass, ...] = (
    OrbitClass(
        name="perigee below 300 km",
        perigee_m=(-UNBOUNDED, 300 * KM),
        eccentricity=NEARLY_ROUND,
        at_epoch_m=(2310.0, 55700.0, 584.0),
        after_a_day_m=(1450.0, 120000.0, 123.0),
        power=(3.81, 1.78, 1.97),
        tail_scale=3.64,
    ),
    OrbitClass(
        name="perigee 300 to 400 km",
        perigee_m=(300 * KM, 400 * KM),
        eccentricity=NEARLY_ROUND,
        at_epoch_m=(221.0, 6560.0, 81.9),
        after_a_day_m=(27.5, 5770.0, 124.0),
        power=(3.53, 2.35, 0.95),
        tail_scale=9.6,
    ),
    OrbitClass(
        name="perigee 400 to 500 km, little drag",
        perigee_m=(400 * KM, 500 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=LITTLE_DRAG,
        at_epoch_m=(101.0, 1920.0, 30.5),
        after_a_day_m=(32.4, 909.0, 66.8),
        power=(1.48, 1.99, 0.533),
        tail_scale=1.7,
    ),
    OrbitClass(
        name="perigee 400 to 500 km, some drag",
        perigee_m=(400 * KM, 500 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=SOME_DRAG,
        at_epoch_m=(121.0, 1170.0, 36.8),
        after_a_day_m=(27.4, 2020.0, 65.0),
        power=(2.08, 2.0, 0.816),
        tail_scale=2.96,
    ),
    OrbitClass(
        name="perigee 400 to 500 km, much drag",
        perigee_m=(400 * KM, 500 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=MUCH_DRAG,
        at_epoch_m=(351.0, 4110.0, 136.0),
        after_a_day_m=(20.0, 7410.0, 121.0),
        power=(3.8, 2.29, 0.88),
        tail_scale=6.0,
    ),
    OrbitClass(
        name="perigee 500 to 600 km, little drag",
        perigee_m=(500 * KM, 600 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=LITTLE_DRAG,
        at_epoch_m=(41.1, 686.0, 29.5),
        after_a_day_m=(64.7, 542.0, 41.6),
        power=(0.971, 1.56, 0.946),
        tail_scale=1.52,
    ),
    OrbitClass(
        name="perigee 500 to 600 km, some drag",
        perigee_m=(500 * KM, 600 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=SOME_DRAG,
        at_epoch_m=(99.3, 1070.0, 44.4),
        after_a_day_m=(53.0, 1370.0, 79.5),
        power=(1.42, 1.88, 0.854),
        tail_scale=3.61,
    ),
    OrbitClass(
        name="perigee 500 to 600 km, much drag",
        perigee_m=(500 * KM, 600 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=MUCH_DRAG,
        at_epoch_m=(232.0, 2200.0, 68.8),
        after_a_day_m=(16.0, 3220.0, 90.4),
        power=(3.19, 2.3, 0.998),
        tail_scale=3.85,
    ),
    OrbitClass(
        name="perigee 600 to 800 km, little drag",
        perigee_m=(600 * KM, 800 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=LITTLE_DRAG,
        at_epoch_m=(28.6, 364.0, 29.1),
        after_a_day_m=(44.6, 276.0, 46.8),
        power=(0.965, 1.32, 0.991),
        tail_scale=1.49,
    ),
    OrbitClass(
        name="perigee 600 to 800 km, some drag",
        perigee_m=(600 * KM, 800 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=SOME_DRAG,
        at_epoch_m=(135.0, 1800.0, 109.0),
        after_a_day_m=(46.5, 659.0, 67.7),
        power=(1.13, 1.77, 0.951),
        tail_scale=3.28,
    ),
    OrbitClass(
        name="perigee 600 to 800 km, much drag",
        perigee_m=(600 * KM, 800 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=MUCH_DRAG,
        at_epoch_m=(154.0, 1100.0, 44.1),
        after_a_day_m=(31.9, 1400.0, 70.0),
        power=(1.89, 2.11, 0.885),
        tail_scale=3.48,
    ),
    OrbitClass(
        name="perigee 800 to 1000 km, little drag",
        perigee_m=(800 * KM, 1000 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=LITTLE_DRAG,
        at_epoch_m=(24.4, 234.0, 23.9),
        after_a_day_m=(37.0, 106.0, 37.8),
        power=(0.984, 1.22, 1.0),
        tail_scale=1.5,
    ),
    OrbitClass(
        name="perigee 800 to 1000 km, some drag",
        perigee_m=(800 * KM, 1000 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=SOME_DRAG,
        at_epoch_m=(55.3, 711.0, 37.6),
        after_a_day_m=(56.6, 227.0, 43.1),
        power=(0.989, 1.78, 0.955),
        tail_scale=3.02,
    ),
    OrbitClass(
        name="perigee 800 to 1000 km, much drag",
        perigee_m=(800 * KM, 1000 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=MUCH_DRAG,
        at_epoch_m=(141.0, 813.0, 26.3),
        after_a_day_m=(96.7, 262.0, 46.1),
        power=(1.19, 2.22, 0.944),
        tail_scale=1.8,
    ),
    OrbitClass(
        name="perigee 1000 to 2000 km, little drag",
        perigee_m=(1000 * KM, 2000 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=LITTLE_DRAG,
        at_epoch_m=(63.2, 404.0, 69.7),
        after_a_day_m=(9.39, 8.5, 30.2),
        power=(1.28, 1.99, 1.12),
        tail_scale=2.62,
    ),
    OrbitClass(
        name="perigee 1000 to 2000 km, some drag",
        perigee_m=(1000 * KM, 2000 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=SOME_DRAG,
        at_epoch_m=(39.2, 663.0, 27.5),
        after_a_day_m=(39.5, 50.9, 41.4),
        power=(0.916, 1.74, 0.956),
        tail_scale=2.11,
    ),
    OrbitClass(
        name="perigee 1000 to 2000 km, much drag",
        perigee_m=(1000 * KM, 2000 * KM),
        eccentricity=NEARLY_ROUND,
        bstar=MUCH_DRAG,
        at_epoch_m=(270.0, 1330.0, 49.8),
        after_a_day_m=(89.1, 239.0, 47.7),
        power=(1.3, 1.85, 0.943),
        tail_scale=3.23,
    ),
    OrbitClass(
        name="medium orbit",
        perigee_m=(2000 * KM, UNBOUNDED),
        eccentricity=NEARLY_ROUND,
        period_s=(0 * MINUTE, 1300 * MINUTE),
        at_epoch_m=(101.0, 390.0, 35.9),
        after_a_day_m=(63.0, 664.0, 36.7),
        power=(0.809, 0.429, 0.834),
        tail_scale=2.16,
    ),
    OrbitClass(
        name="geosynchronous",
        perigee_m=(2000 * KM, UNBOUNDED),
        eccentricity=NEARLY_ROUND,
        period_s=(1300 * MINUTE, 1600 * MINUTE),
        at_epoch_m=(1050.0, 4110.0, 610.0),
        after_a_day_m=(219.0, 1170.0, 130.0),
        power=(0.954, 1.37, 1.01),
        tail_scale=2.95,
    ),
    OrbitClass(
        name="eccentric, perigee below 200 km",
        perigee_m=(-UNBOUNDED, 200 * KM),
        eccentricity=LONG,
        at_epoch_m=(4150.0, 11500.0, 394.0),
        after_a_day_m=(2780.0, 17800.0, 116.0),
        power=(2.23, 1.9, 1.3),
        tail_scale=8.72,
    ),
    OrbitClass(
        name="eccentric, perigee 200 to 300 km",
        perigee_m=(200 * KM, 300 * KM),
        eccentricity=LONG,
        at_epoch_m=(2670.0, 6380.0, 206.0),
        after_a_day_m=(1790.0, 5590.0, 178.0),
        power=(1.67, 1.7, 0.979),
        tail_scale=2.69,
    ),
    OrbitClass(
        name="eccentric, perigee 300 to 400 km",
        perigee_m=(300 * KM, 400 * KM),
        eccentricity=LONG,
        at_epoch_m=(3540.0, 8290.0, 177.0),
        after_a_day_m=(838.0, 2070.0, 148.0),
        power=(1.4, 1.52, 0.911),
        tail_scale=3.11,
    ),
    OrbitClass(
        name="eccentric, perigee 400 to 600 km",
        perigee_m=(400 * KM, 600 * KM),
        eccentricity=LONG,
        at_epoch_m=(1300.0, 3690.0, 191.0),
        after_a_day_m=(55.2, 531.0, 91.9),
        power=(1.95, 1.76, 1.05),
        tail_scale=4.39,
    ),
    OrbitClass(
        name="eccentric, perigee 600 to 2000 km",
        perigee_m=(600 * KM, 2000 * KM),
        eccentricity=LONG,
        at_epoch_m=(1020.0, 3460.0, 257.0),
        after_a_day_m=(81.5, 334.0, 55.6),
        power=(1.51, 1.69, 1.26),
        tail_scale=6.11,
    ),
    OrbitClass(
        name="eccentric, perigee above 2000 km",
        perigee_m=(2000 * KM, UNBOUNDED),
        eccentricity=LONG,
        at_epoch_m=(1800.0, 5160.0, 655.0),
        after_a_day_m=(223.0, 652.0, 74.0),
        power=(0.929, 1.09, 1.18),
        tail_scale=4.7,
    ),
)
