"""Imagine a breakup: draw clouds, follow them under a quiet and an active sun, tell whom they endanger."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np

from baken.assess.fragmentation.cloud import cloud_elements, densities_over_height, spread_of
from baken.assess.fragmentation.risk import collisions_per_s, passages_of_pinch
from baken.assess.fragmentation.simulation import (
    Breakup,
    DrawnPieces,
    bstar_of_pieces,
    draw_pieces,
    kozai_mean_motion_rad_s,
)
from baken.astro.air_layers import AirLayers, layers_of_air
from baken.astro.arrays import Floats
from baken.astro.averaged_drag import follow_mean_elements
from baken.astro.constants import EARTH_RADIUS_WGS84_M, TURN_RAD
from baken.astro.elements import apogee_radius_m, perigee_radius_m, period_s
from baken.astro.space_weather import SpaceWeather
from baken.astro.time import NANOSECONDS_A_SECOND
from baken.catalogue.motion import motion_of
from baken.errors import WrongUsage
from baken.records.identity import identity_from_norad
from baken.records.lineage import Lineage, settings_of
from baken.records.marking import Realm
from baken.records.orbit import ElementSet
from baken.records.simulated_breakup import CloudRisk, CloudView, PiecesLeft, Range, SimulatedBreakup

DAY_NS = 86_400 * NANOSECONDS_A_SECOND
YEAR_S = 365.25 * 86_400.0
AFTER_S = (86_400.0, 30 * 86_400.0, YEAR_S, 5 * YEAR_S)
SIZES_M = (0.01, 0.10)
DRAG_COEFFICIENT = 2.2
# F10.7 and ap of a quiet, a middling and an active sun: the least, mean and most of solar cycles.
SUNS = ((70.0, 5.0), (120.0, 10.0), (200.0, 15.0))
# The model's numbers against those catalogued of known breakups.
FACTOR_OF_MODEL = 3.0
SHELL_EDGES_M = np.arange(150e3, 2000e3 + 1.0, 25e3)
# Catalogue numbers that nobody gives, beyond those of the simulated sky.
FIRST_PIECE_CAT_ID = 880_000_001
PASSAGE_STEP_S, PASSAGE_WITHIN_M, PASSAGE_DAYS, MOST_PASSAGES = 5.0, 200e3, 1, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBreakup:
    """What breaks, when, how often to draw it, and who else flies there."""

    parent: ElementSet
    epoch_tai_ns: int
    breakup: Breakup
    seed: int
    n_clouds: int = 3
    assets: tuple[ElementSet, ...] = ()
    asset_area_m2: float = 10.0


@dataclass(frozen=True, slots=True)
class _Member:
    """One drawn cloud under one sun: mean elements at the start and at each time, NaN when down."""

    drawn: DrawnPieces
    start: Floats
    rows: Floats


def simulate_breakup(asked: AskedBreakup, rng: np.random.Generator) -> SimulatedBreakup:
    """Return what would become of a breakup.

    Raises: WrongUsage when the object has no place at that time.
    """
    position_m, velocity_m_s = _state(asked.parent, asked.epoch_tai_ns)
    inclination_rad = asked.parent.inclination_rad
    airs = [_air(asked.epoch_tai_ns, sun, inclination_rad) for sun in SUNS]
    members = [
        _followed(drawn, cloud_elements(position_m, velocity_m_s, drawn.fragments.kick_m_s), air, asked)
        for drawn in (draw_pieces(asked.breakup, one, SIZES_M[0]) for one in rng.spawn(asked.n_clouds))
        for air in airs
    ]
    middle = members[len(SUNS) // 2]
    return SimulatedBreakup(
        parent=asked.parent.identity,
        epoch_tai_ns=asked.epoch_tai_ns,
        kind=str(asked.breakup.kind),
        body=str(asked.breakup.body),
        is_catastrophic=asked.breakup.is_catastrophic,
        seed=asked.seed,
        n_clouds=asked.n_clouds,
        after_s=AFTER_S,
        pieces=tuple(_pieces_left(members, size_m) for size_m in SIZES_M),
        risks=tuple(
            _risk(asset, size_m, asked, position_m, members) for asset in asked.assets for size_m in SIZES_M
        ),
        views=tuple(_views(middle)),
        element_sets=tuple(_element_sets(middle, asked, airs[len(SUNS) // 2])),
        assumptions=_assumptions(asked),
        lineage=_lineage(asked),
    )


def _state(element_set: ElementSet, epoch_tai_ns: int) -> tuple[Floats, Floats]:
    states = motion_of([element_set]).states(np.array([0]), np.array([epoch_tai_ns]))
    if states[2][0] != 0:
        name = element_set.identity.norad_cat_id or element_set.identity.object_id
        raise WrongUsage(f"{name} has no place at that time by its element set; give a time nearer its epoch")
    return states[0][0], states[1][0]


def _air(epoch_tai_ns: int, sun: tuple[float, float], inclination_rad: float) -> AirLayers:
    """Return the air of a whole year under a steady sun, as one layer of time."""
    quarters = epoch_tai_ns + np.arange(4) * 91 * DAY_NS
    weather = SpaceWeather(f107_sfu=sun[0], f107_81_day_sfu=sun[0], ap=sun[1])
    air = layers_of_air(quarters, weather, inclination_rad)
    return AirLayers(
        epoch_tai_ns=air.epoch_tai_ns[:1],
        lowest_m=air.lowest_m,
        step_m=air.step_m,
        log_density=air.log_density.mean(axis=0, keepdims=True),
    )


def _followed(drawn: DrawnPieces, start: Floats, air: AirLayers, asked: AskedBreakup) -> _Member:
    ballistic = DRAG_COEFFICIENT * drawn.fragments.area_to_mass_m2_kg
    at_tai_ns = asked.epoch_tai_ns + np.array(AFTER_S, dtype=np.int64) * NANOSECONDS_A_SECOND
    return _Member(drawn, start, follow_mean_elements(start, ballistic, asked.epoch_tai_ns, at_tai_ns, air))


def _range(values: Sequence[float]) -> Range:
    return Range(low=float(min(values)), median=float(np.median(values)), high=float(max(values)))


def _weights(member: _Member, size_m: float) -> Floats:
    return np.where(member.drawn.fragments.length_m >= size_m, member.drawn.weight, 0.0)


def _pieces_left(members: Sequence[_Member], size_m: float) -> PiecesLeft:
    weights = [_weights(member, size_m) for member in members]
    return PiecesLeft(
        least_length_m=size_m,
        made=_range([float(weight.sum()) for weight in weights]),
        left=tuple(
            _range(
                [
                    float(weight[np.isfinite(member.rows[:, k, 0])].sum())
                    for member, weight in zip(members, weights, strict=True)
                ]
            )
            for k in range(len(AFTER_S))
        ),
    )


def _risk(
    asset: ElementSet, size_m: float, asked: AskedBreakup, pinch_m: Floats, members: Sequence[_Member]
) -> CloudRisk:
    """Return what the clouds add for one object; the ends of a range by the known factor of the model too."""
    own = cloud_elements(*_state(asset, asked.epoch_tai_ns), np.zeros((1, 3)))[0]
    ranges = []
    for k in range(len(AFTER_S)):
        rates = [
            YEAR_S * collisions_per_s(own, asked.asset_area_m2, member.rows[:, k], _weights(member, size_m))
            for member in members
        ]
        drawn = _range(rates)
        ranges.append(
            Range(low=drawn.low / FACTOR_OF_MODEL, median=drawn.median, high=drawn.high * FACTOR_OF_MODEL)
        )
    return CloudRisk(
        identity=asset.identity,
        area_m2=asked.asset_area_m2,
        least_length_m=size_m,
        collisions_a_year=tuple(ranges),
        passages=_passages(asset, asked.epoch_tai_ns, pinch_m),
    )


def _passages(asset: ElementSet, epoch_tai_ns: int, pinch_m: Floats) -> tuple[tuple[int, float], ...]:
    """Return the first passes of an object near the place of the breakup."""
    n_steps = floor(PASSAGE_DAYS * 86_400.0 / PASSAGE_STEP_S)
    at_tai_ns = epoch_tai_ns + (np.arange(n_steps) * PASSAGE_STEP_S * 1e9).astype(np.int64)
    place_m = motion_of([asset]).states(np.zeros(n_steps, dtype=np.int64), at_tai_ns)[0]
    epochs, distance_m = passages_of_pinch(at_tai_ns, place_m, pinch_m, PASSAGE_WITHIN_M)
    return tuple(zip(epochs.tolist()[:MOST_PASSAGES], distance_m.tolist()[:MOST_PASSAGES], strict=True))


def _views(member: _Member) -> list[CloudView]:
    moments = [(0.0, member.start), *((AFTER_S[k], member.rows[:, k]) for k in range(len(AFTER_S)))]
    return [_view(member, after_s, rows) for after_s, rows in moments]


def _view(member: _Member, after_s: float, rows: Floats) -> CloudView:
    large = rows[(member.drawn.fragments.length_m >= SIZES_M[1]) & np.isfinite(rows[:, 0])]
    spread = spread_of(large) if len(large) else None
    return CloudView(
        after_s=after_s,
        period_s=period_s(large[:, 0]),
        apogee_m=apogee_radius_m(large[:, 0], large[:, 1]) - EARTH_RADIUS_WGS84_M,
        perigee_m=perigee_radius_m(large[:, 0], large[:, 1]) - EARTH_RADIUS_WGS84_M,
        edge_m=SHELL_EDGES_M,
        density_per_m3=densities_over_height(large, SHELL_EDGES_M),
        spread_along_orbit=spread.along_orbit if spread else float("nan"),
        spread_in_node=spread.in_node if spread else float("nan"),
    )


def _element_sets(member: _Member, asked: AskedBreakup, air: AirLayers) -> list[ElementSet]:
    """Return the pieces larger than 10 cm as element sets of SGP4 at the time of the breakup."""
    large = (member.drawn.fragments.length_m >= SIZES_M[1]) & np.isfinite(member.start[:, 0])
    rows = member.start[large]
    ballistic = DRAG_COEFFICIENT * member.drawn.fragments.area_to_mass_m2_kg[large]
    motion = kozai_mean_motion_rad_s(rows)
    bstar = bstar_of_pieces(rows, ballistic, air)
    parent = asked.parent.identity
    return [
        ElementSet(
            identity=identity_from_norad(
                FIRST_PIECE_CAT_ID + k,
                name=f"SIMULATED {parent.name or parent.object_id} PIECE {k + 1}",
            ),
            epoch_tai_ns=asked.epoch_tai_ns,
            mean_motion_rad_s=float(motion[k]),
            eccentricity=float(row[1]),
            inclination_rad=float(row[2]),
            raan_rad=float(row[3] % TURN_RAD),
            argument_of_perigee_rad=float(row[4] % TURN_RAD),
            mean_anomaly_rad=float(row[5] % TURN_RAD),
            bstar_per_earth_radius=float(bstar[k]),
            originator="BAKEN",
            realm=Realm.SIMULATED,
            lineage=_lineage(asked),
        )
        for k, row in enumerate(rows)
    ]


def _assumptions(asked: AskedBreakup) -> tuple[str, ...]:
    quiet, middling, active = (sun[0] for sun in SUNS)
    lines = [
        "Simulated: pieces drawn from NASA's standard breakup model, not observed.",
        f"Ranges: {asked.n_clouds} drawn clouds, each under a sun that stays quiet, middling or active all"
        f" the time (F10.7 of {quiet:.0f}, {middling:.0f}, {active:.0f}); the middle is the median.",
        f"Numbers of the model are right to a factor of {FACTOR_OF_MODEL:.0f} for known breakups (Fengyun-1C:"
        " 3 to 4 too few); the ranges of collisions hold that factor, those of numbers do not.",
        f"Pieces keep a drag coefficient of {DRAG_COEFFICIENT} and their area; the pulls of Sun and Moon and"
        " of light are left out; a piece is down when its perigee is below 120 km.",
        "Collisions are told as if the cloud were strewn all round; before that an object meets it where it"
        " broke up, when both are there.",
    ]
    if asked.breakup.is_catastrophic is not None:
        lines.append("Pieces of what struck are not followed: its orbit is not given.")
    return tuple(lines)


def _lineage(asked: AskedBreakup) -> Lineage:
    breakup = asked.breakup
    settings = {
        "area_m2": asked.asset_area_m2,
        "body": breakup.body,
        "clouds": asked.n_clouds,
        "kind": breakup.kind,
        "mass_kg": breakup.mass_kg,
        "projectile_mass_kg": breakup.projectile_mass_kg,
        "scale": breakup.scale,
        "seed": asked.seed,
        "speed_m_s": breakup.speed_m_s,
    }
    return Lineage(
        sources=asked.parent.lineage.sources,
        method="NASA standard breakup model (2001, 2011); averaged drag by NRLMSISE-00",
        settings=settings_of(settings),
    )
