"""Clouds that are imagined: followed for years under several suns, and what they add to others' risk."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from baken.assess.fragmentation.cloud import shares_in_shells
from baken.assess.fragmentation.risk import collisions_per_s, collisions_per_s_in_shells
from baken.assess.fragmentation.simulation import DrawnPieces, bstar_of_pieces, kozai_mean_motion_rad_s
from baken.astro.air_layers import AirLayers, layers_of_air
from baken.astro.arrays import Floats, FloatsLike, Truths
from baken.astro.averaged_drag import follow_mean_elements
from baken.astro.constants import JULIAN_YEAR_S, TURN_RAD
from baken.astro.solar_outlook import climatology, outlook
from baken.astro.space_weather import SpaceWeather, SpaceWeatherTable, mjd_utc_of
from baken.astro.time import NANOSECONDS_A_SECOND

DAY_S = 86_400.0
AFTER_S = (DAY_S, 30.0 * DAY_S, JULIAN_YEAR_S, 5.0 * JULIAN_YEAR_S)
DRAG_COEFFICIENT = 2.2
# Three turns of the sun: drag over years asks no more of it than a mean for each such stretch.
LAYER_DAY = 81
N_LAYERS = int(np.ceil(AFTER_S[-1] / DAY_S / LAYER_DAY))


class Member(NamedTuple):
    """One drawn cloud under one sun: mean elements at the start and at each time, NaN for what is down.

    Shape:  ``start`` is (n, 6), ``rows`` (n, k, 6).
    """

    drawn: DrawnPieces
    start: Floats
    rows: Floats

    def weight(self, least_length_m: float) -> Floats:
        """Return how many pieces larger than a length each row stands for; (n,)."""
        return np.where(self.drawn.fragments.length_m >= least_length_m, self.drawn.weight, 0.0)

    def is_larger(self, least_length_m: float) -> Truths:
        """Say which rows are larger than a length."""
        return np.asarray(self.drawn.fragments.length_m >= least_length_m)


class Ends(NamedTuple):
    """The least, the middle and the most of what was drawn."""

    low: float
    median: float
    high: float


def ends_of(drawn_si: FloatsLike, scale: float = 1.0) -> Ends:
    """Return the ends of a range, each moved outward by a factor that is known of the model.

    >>> ends_of([1.0, 4.0, 2.0]), ends_of([2.0], 3.0).high
    (Ends(low=1.0, median=2.0, high=4.0), 6.0)
    """
    drawn = np.asarray(drawn_si, dtype=float)
    return Ends(float(drawn.min() / scale), float(np.median(drawn)), float(drawn.max() * scale))


def suns_ahead(
    known: SpaceWeatherTable | None, epoch_tai_ns: int, n_suns: int, rng: np.random.Generator
) -> list[SpaceWeather]:
    """Return ways in which the sun may go on, the quietest first: by means of 81 days, five years long.

    ``known`` is what was known at the time (``known_at``); without it any moment of a cycle is as likely.

    Raises: ValueError when the table holds too few years to tell five more.
    """
    n_days = N_LAYERS * LAYER_DAY
    if known is None:
        future, n_before = climatology(n_days, n_suns, rng), 0
    else:
        n_before = max(int(mjd_utc_of(epoch_tai_ns)) - known.last_measured_mjd_utc - 1, 0)
        future = outlook(known, n_before + n_days, n_suns, rng)
    columns = (future.f107_sfu, future.f107_81_day_sfu, future.ap)
    means = [_means(column[:, n_before:]) for column in columns]
    quietest_first = np.argsort(means[0].mean(axis=1), kind="stable")
    return [
        SpaceWeather(f107_sfu=means[0][row], f107_81_day_sfu=means[1][row], ap=means[2][row])
        for row in quietest_first
    ]


def _means(daily: Floats) -> Floats:
    return np.asarray(daily.reshape(len(daily), N_LAYERS, LAYER_DAY).mean(axis=-1))


def air_under(sun: SpaceWeather, epoch_tai_ns: int, inclination_rad: float) -> AirLayers:
    """Return the air of five years under one sun."""
    layer_ns = round(LAYER_DAY * DAY_S) * NANOSECONDS_A_SECOND
    return layers_of_air(epoch_tai_ns + np.arange(N_LAYERS) * layer_ns, sun, inclination_rad)


def followed(drawn: DrawnPieces, elements_si: Floats, air: AirLayers, epoch_tai_ns: int) -> Member:
    """Return a cloud at each of the times asked for."""
    at_tai_ns = epoch_tai_ns + np.array(AFTER_S, dtype=np.int64) * NANOSECONDS_A_SECOND
    ballistic = DRAG_COEFFICIENT * drawn.fragments.area_to_mass_m2_kg
    rows = follow_mean_elements(elements_si, ballistic, epoch_tai_ns, at_tai_ns, air)
    return Member(drawn, elements_si, rows)


def sgp4_elements(member: Member, least_length_m: float, air: AirLayers) -> Floats:
    """Return how the pieces larger than a length begin, as element sets carry them; (n, 7).

    Columns: mean motion, eccentricity, inclination, node, argument of perigee, mean anomaly, drag term.
    """
    chosen = member.is_larger(least_length_m) & np.isfinite(member.start[:, 0])
    rows = member.start[chosen]
    ballistic = DRAG_COEFFICIENT * member.drawn.fragments.area_to_mass_m2_kg[chosen]
    motion, bstar = kozai_mean_motion_rad_s(rows), bstar_of_pieces(rows, ballistic, air)
    return np.column_stack([motion, rows[:, 1:3], rows[:, 3:6] % TURN_RAD, bstar])


def numbers_made(members: Sequence[Member], least_length_m: float) -> Floats:
    """Return how many pieces larger than a length each member began with."""
    return np.array([member.weight(least_length_m).sum() for member in members])


def numbers_left(members: Sequence[Member], least_length_m: float) -> Floats:
    """Return how many pieces larger than a length are up; (times, members)."""
    is_up = [np.isfinite(member.rows[:, :, 0]) for member in members]
    weights = [member.weight(least_length_m) for member in members]
    return np.stack([weight @ up for weight, up in zip(weights, is_up, strict=True)], axis=-1)


def collisions_a_year(
    asset_elements_si: Floats, area_m2: float, members: Sequence[Member], least_length_m: float
) -> Floats:
    """Return how many collisions a year an object may expect with pieces larger than a length.

    Shape:  the asset's elements (6,); the result (times, members).
    """

    def rate(member: Member, k: int) -> float:
        return collisions_per_s(asset_elements_si, area_m2, member.rows[:, k], member.weight(least_length_m))

    rates = [[rate(member, k) for member in members] for k in range(len(AFTER_S))]
    return JULIAN_YEAR_S * np.array(rates)


def collisions_in_shells_a_year(
    edge_m: Floats, area_m2: float, members: Sequence[Member], least_length_m: float
) -> Floats:
    """Return the same for an object on any circle between heights; (shells, times, members)."""
    rates = [
        [
            collisions_per_s_in_shells(edge_m, area_m2, member.rows[:, k], member.weight(least_length_m))
            for member in members
        ]
        for k in range(len(AFTER_S))
    ]
    return JULIAN_YEAR_S * np.moveaxis(np.array(rates), -1, 0)


def shells_of(members: Sequence[Member], width_m: float, most: int, least_share: float) -> Floats:
    """Return the edges of the shells in which the pieces begin; (shells, 2), from below.

    The ``most`` that hold most of them, without those that hold less than a share.
    """
    edge_m = width_m * np.arange(1, 401)
    numbers = [member.drawn.weight @ shares_in_shells(member.start, edge_m) for member in members]
    held = np.sum(numbers, axis=0)
    rows = np.sort(np.argsort(-held, kind="stable")[:most])
    rows = rows[held[rows] > least_share * held.sum()]
    return np.stack([edge_m[rows], edge_m[rows + 1]], axis=-1)
