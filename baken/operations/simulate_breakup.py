"""Imagine a breakup: draw clouds, follow them under suns as they may go on, tell whom they endanger."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from baken.assess.fragmentation.cloud import (
    cloud_elements,
    densities_over_height,
    heights_of_apsides_m,
    spread_of,
)
from baken.assess.fragmentation.followed_cloud import (
    AFTER_S,
    DRAG_COEFFICIENT,
    Member,
    air_under,
    collisions_a_year,
    collisions_in_shells_a_year,
    ends_of,
    followed,
    numbers_left,
    numbers_made,
    sgp4_elements,
    shells_of,
    suns_ahead,
)
from baken.assess.fragmentation.outlook import FACTOR_OF_MODEL, LEAST_SHARE, SHELL_M, SHELLS_TOLD
from baken.assess.fragmentation.risk import first_passages
from baken.assess.fragmentation.simulation import (
    Breakup,
    DrawnPieces,
    draw_pieces,
)
from baken.astro.air_layers import AirLayers
from baken.astro.arrays import Floats
from baken.astro.elements import period_s
from baken.astro.space_weather import SpaceWeather, SpaceWeatherTable
from baken.astro.time import utc_text
from baken.catalogue.motion import motion_of
from baken.errors import WrongUsage
from baken.records.event import Runner
from baken.records.identity import identity_from_norad
from baken.records.lineage import Lineage, settings_of
from baken.records.marking import Realm
from baken.records.orbit import ElementSet
from baken.records.simulated_breakup import (
    CloudInShell,
    CloudRisk,
    CloudView,
    PiecesLeft,
    Range,
    SimulatedBreakup,
)

SIZES_M = (0.01, 0.10)
N_SUNS = 5
SHELL_EDGES_M = np.arange(150e3, 2000e3 + 1.0, 25e3)
# Catalogue numbers that nobody gives, beyond those of the simulated sky.
FIRST_PIECE_CAT_ID = 880_000_001


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBreakup:
    """What breaks, when, how often to draw it, who else flies there, and what is known of the sun."""

    parent: ElementSet
    epoch_tai_ns: int
    breakup: Breakup
    seed: int
    n_clouds: int = 2
    assets: tuple[ElementSet, ...] = ()
    asset_area_m2: float = 10.0
    space_weather: SpaceWeatherTable | None = None


def simulate_breakup(asked: AskedBreakup, rng: np.random.Generator, *, run: Runner) -> SimulatedBreakup:
    """Return what would become of a breakup.

    Raises: WrongUsage when the object has no place at that time, or the space weather is too short.
    """
    position_m, velocity_m_s = _state(asked.parent, asked.epoch_tai_ns)
    of_clouds, of_sun = rng.spawn(2)
    airs = [air_under(sun, asked.epoch_tai_ns, asked.parent.inclination_rad) for sun in _suns(asked, of_sun)]
    clouds = [draw_pieces(asked.breakup, one, SIZES_M[0]) for one in of_clouds.spawn(asked.n_clouds)]
    starts = [cloud_elements(position_m, velocity_m_s, one.fragments.kick_m_s) for one in clouds]
    tasks = [(*cloud, air) for cloud in zip(clouds, starts, strict=True) for air in airs]
    members = list(run(_followed_from(asked.epoch_tai_ns), tasks))
    middle = N_SUNS // 2
    return SimulatedBreakup(
        parent=asked.parent.identity,
        epoch_tai_ns=asked.epoch_tai_ns,
        kind=str(asked.breakup.kind),
        body=str(asked.breakup.body),
        is_catastrophic=asked.breakup.is_catastrophic,
        seed=asked.seed,
        n_clouds=asked.n_clouds,
        n_suns=N_SUNS,
        after_s=AFTER_S,
        pieces=tuple(_pieces_left(members, size_m) for size_m in SIZES_M),
        risks=tuple(
            _risk(asset, size_m, asked, position_m, members) for asset in asked.assets for size_m in SIZES_M
        ),
        shells=tuple(one for size_m in SIZES_M for one in _shells(members, size_m, asked)),
        views=tuple(_views(members[middle])),
        element_sets=tuple(_element_sets(members[middle], asked, airs[middle])),
        assumptions=_assumptions(asked),
        lineage=_lineage(asked),
    )


def _followed_from(epoch_tai_ns: int) -> Callable[[tuple[DrawnPieces, Floats, AirLayers]], Member]:
    def one(task: tuple[DrawnPieces, Floats, AirLayers]) -> Member:
        drawn, start, air = task
        return followed(drawn, start, air, epoch_tai_ns)

    return one


def _suns(asked: AskedBreakup, rng: np.random.Generator) -> list[SpaceWeather]:
    """Return how the sun may go on, by what was known of it at the time of the breakup."""
    table = asked.space_weather
    try:
        known = None if table is None else table.known_at(asked.epoch_tai_ns)
        return suns_ahead(known, asked.epoch_tai_ns, N_SUNS, rng)
    except ValueError as error:
        raise WrongUsage(f"--space-weather: {error}") from error


def _state(element_set: ElementSet, epoch_tai_ns: int) -> tuple[Floats, Floats]:
    states = motion_of([element_set]).states(np.array([0]), np.array([epoch_tai_ns]))
    if states[2][0] != 0:
        name = element_set.identity.norad_cat_id or element_set.identity.object_id
        raise WrongUsage(f"{name} has no place at that time by its element set; give a time nearer its epoch")
    return states[0][0], states[1][0]


def _ranges(values: Floats, factor: float = 1.0) -> tuple[Range, ...]:
    """Return a range for each row."""
    return tuple(Range(**ends_of(row, factor)._asdict()) for row in np.atleast_2d(values))


def _pieces_left(members: Sequence[Member], size_m: float) -> PiecesLeft:
    (made,) = _ranges(numbers_made(members, size_m))
    return PiecesLeft(least_length_m=size_m, made=made, left=_ranges(numbers_left(members, size_m)))


def _risk(
    asset: ElementSet, size_m: float, asked: AskedBreakup, pinch_m: Floats, members: Sequence[Member]
) -> CloudRisk:
    """Return what the clouds add for one object; the ends of a range by the known factor of the model too."""
    own = cloud_elements(*_state(asset, asked.epoch_tai_ns), np.zeros((1, 3)))[0]
    return CloudRisk(
        identity=asset.identity,
        area_m2=asked.asset_area_m2,
        least_length_m=size_m,
        collisions_a_year=_ranges(
            collisions_a_year(own, asked.asset_area_m2, members, size_m), FACTOR_OF_MODEL
        ),
        passages=first_passages(motion_of([asset]), asked.epoch_tai_ns, pinch_m),
    )


def _shells(members: Sequence[Member], size_m: float, asked: AskedBreakup) -> Iterator[CloudInShell]:
    for edge_m in shells_of(members, SHELL_M, SHELLS_TOLD, LEAST_SHARE):
        rates = collisions_in_shells_a_year(edge_m, asked.asset_area_m2, members, size_m)[0]
        yield CloudInShell(
            low_m=float(edge_m[0]),
            high_m=float(edge_m[1]),
            area_m2=asked.asset_area_m2,
            least_length_m=size_m,
            collisions_a_year=_ranges(rates, FACTOR_OF_MODEL),
        )


def _views(member: Member) -> Iterator[CloudView]:
    for after_s, rows in ((0.0, member.start), *zip(AFTER_S, np.moveaxis(member.rows, 1, 0), strict=True)):
        large = rows[member.is_larger(SIZES_M[1]) & np.isfinite(rows[:, 0])]
        spread = spread_of(large) if len(large) else None
        apogee_m, perigee_m = heights_of_apsides_m(large)
        yield CloudView(
            after_s=after_s,
            period_s=period_s(large[:, 0]),
            apogee_m=apogee_m,
            perigee_m=perigee_m,
            edge_m=SHELL_EDGES_M,
            density_per_m3=densities_over_height(large, SHELL_EDGES_M),
            spread_along_orbit=spread.along_orbit if spread else float("nan"),
            spread_in_node=spread.in_node if spread else float("nan"),
        )


def _element_sets(member: Member, asked: AskedBreakup, air: AirLayers) -> Iterator[ElementSet]:
    """Yield the pieces larger than 10 cm as element sets of SGP4 at the time of the breakup."""
    parent, lineage = asked.parent.identity, _lineage(asked)
    for k, row in enumerate(sgp4_elements(member, SIZES_M[1], air).tolist()):
        motion, eccentricity, inclination, raan, argument_of_perigee, mean_anomaly, bstar = row
        yield ElementSet(
            identity=identity_from_norad(
                FIRST_PIECE_CAT_ID + k,
                name=f"SIMULATED {parent.name or parent.object_id} PIECE {k + 1}",
            ),
            epoch_tai_ns=asked.epoch_tai_ns,
            mean_motion_rad_s=motion,
            eccentricity=eccentricity,
            inclination_rad=inclination,
            raan_rad=raan,
            argument_of_perigee_rad=argument_of_perigee,
            mean_anomaly_rad=mean_anomaly,
            bstar_per_earth_radius=bstar,
            originator="BAKEN",
            realm=Realm.SIMULATED,
            lineage=lineage,
        )


def _assumptions(asked: AskedBreakup) -> tuple[str, ...]:
    lines = [
        "Simulated: pieces drawn from NASA's standard breakup model, not observed.",
        f"Ranges: {asked.n_clouds} drawn clouds, each under {N_SUNS} suns drawn as the sun may go on"
        f" {_known_of_the_sun(asked)}; least, middle and most of all these.",
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


def _known_of_the_sun(asked: AskedBreakup) -> str:
    table = asked.space_weather
    if table is None:
        return "at any moment of its cycle (no space weather was given)"
    last_tai_ns = min(asked.epoch_tai_ns, table.end_tai_ns)
    return f"after {utc_text(last_tai_ns, 0)[:10]}, by the years measured before it"


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
        "suns": N_SUNS,
    }
    return Lineage(
        sources=asked.parent.lineage.sources,
        method="NASA standard breakup model (2001, 2011); averaged drag by NRLMSISE-00",
        settings=settings_of(settings),
    )
