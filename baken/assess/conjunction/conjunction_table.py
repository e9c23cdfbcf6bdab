"""Every approach of a screening as a table: who, when, how near, how likely, how old, for whose eyes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from baken.assess.conjunction.approach import KINDS, Approaches
from baken.assess.conjunction.element_uncertainty import (
    estimated_covariance_rtn_m2,
    orbit_class,
    tail_scale,
)
from baken.assess.conjunction.encounter import (
    SOCRATES_SIGMA_RTN_M,
    Encounters,
    combined_covariance_m2,
    covariance_of_axes_m2,
    encounter_plane,
    miss_rtn_m,
)
from baken.assess.conjunction.hard_body import combined_radius_m, hard_bodies
from baken.assess.conjunction.probability import (
    UNDETERMINED,
    foster_1992,
    mahalanobis,
    maximum_probability,
    probability_region,
)
from baken.astro.arrays import Floats, Instants
from baken.astro.time import NANOSECONDS_A_SECOND, utc_texts
from baken.records.catalogue import Picture
from baken.records.identity import Identity
from baken.records.lineage import NO_FILE
from baken.records.marking import Marking, Realm, strictest

SECONDS_AN_HOUR = 3_600.0
TCA_DECIMALS = 6
ESTIMATED = "estimated"
# Meetings of a pair less than a revolution apart have one cause, and ask for one decision.
EPISODE_GAP_PERIODS = 1.1
# Two objects that approach each other this slowly, time after time, travel together.
COMPANY_SPEED_M_S = 100.0

COLUMNS = (
    "primary_norad_cat_id", "secondary_norad_cat_id", "tca_utc", "miss_distance_m", "relative_speed_m_s",
    "miss_radial_m", "miss_transverse_m", "miss_normal_m", "max_probability", "probability",
    "probability_region", "probability_covariance", "mahalanobis_distance", "hard_body_radius_m",
    "hard_body_source", "primary_age_h", "secondary_age_h", "primary_name", "secondary_name",
    "primary_object_id", "secondary_object_id", "approach_kind", "episode", "in_company",
    "tca_tai_ns", "realm", "marking",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is assumed where nothing is known.

    ``known_radius_m`` gives measured hard-body radii by catalogue number; ``shape_sigma_rtn_m`` the shape of
    covariance for which the ceiling of the probability is taken.  ``known_from`` is the digest of the file in
    which the radii stood.
    """

    known_radius_m: Mapping[int, float] = field(default_factory=dict)
    known_from: str = NO_FILE
    shape_sigma_rtn_m: tuple[float, float, float] = SOCRATES_SIGMA_RTN_M

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The assumptions as they stand beside every probability."""
        shape = "/".join(f"{sigma:g}" for sigma in self.shape_sigma_rtn_m)
        return (
            f"Pc ceiling: Foster 1992, largest over all sizes of a covariance shaped {shape} m (RTN, each)",
            "Pc estimated: Foster 1992, covariance ESTIMATED from differences of element sets by class, age",
            "hard body: sum of two radii, measured where known, else the default for the kind of object",
        )


class Subject(Protocol):
    """Whoever is screened: an element set, or what stands in its place for another source of motion."""

    @property
    def identity(self) -> Identity: ...
    @property
    def epoch_tai_ns(self) -> int: ...
    @property
    def mean_motion_rad_s(self) -> float: ...
    @property
    def eccentricity(self) -> float: ...
    @property
    def bstar_per_earth_radius(self) -> float: ...
    @property
    def period_s(self) -> float: ...
    @property
    def marking(self) -> Marking: ...


# Position covariances in the object's own RTN at given instants, (m, 3, 3): NaN where nothing is known.
CovarianceAt = Callable[[Instants], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDoubt:
    """How uncertain a subject is, by its own source: what that is called, and the covariance itself."""

    source: str
    covariance_rtn_m2: CovarianceAt


def conjunction_table(picture: Picture, approaches: Approaches, circumstances: Circumstances) -> pl.DataFrame:
    """Return every approach of a picture, in the order of the screening, with what stands beside it."""
    return table_of_subjects(picture.element_sets, picture.realm, approaches, circumstances, {})


def table_of_subjects(
    sets: Sequence[Subject],
    realm: Realm,
    approaches: Approaches,
    circumstances: Circumstances,
    doubts: Mapping[int, KnownDoubt],
) -> pl.DataFrame:
    """Return every approach between subjects.  ``doubts`` tell by place whose covariance is known.

    All others have the one estimated for element sets of their class and age.
    """
    episode = _episodes(sets, approaches)
    in_company = _in_company(approaches, episode)
    columns = {
        **_who("primary", sets, approaches.first, approaches.tca_tai_ns),
        **_who("secondary", sets, approaches.second, approaches.tca_tai_ns),
        **_geometry(approaches),
        **_where_it_holds(_likelihood(sets, approaches, circumstances, doubts), approaches, in_company),
        "episode": episode,
        "in_company": in_company,
        "realm": np.full(len(approaches.first), realm.value),
        "marking": _markings(sets, approaches),
    }
    # A probability that nobody can give is absent, not a number that is none.
    return pl.DataFrame(columns).select(COLUMNS).with_columns(pl.col(pl.Float64).fill_nan(None))


def _who(
    role: str, sets: Sequence[Subject], rows: npt.NDArray[np.int64], tca_tai_ns: Instants
) -> dict[str, object]:
    """Return names and ages of one role; age is that of the elements at the approach."""
    return {
        f"{role}_norad_cat_id": pl.Series([es.identity.norad_cat_id for es in sets], dtype=pl.Int64)[rows],
        f"{role}_name": pl.Series([es.identity.name or "" for es in sets], dtype=pl.String)[rows],
        f"{role}_object_id": pl.Series([es.identity.object_id for es in sets], dtype=pl.String)[rows],
        f"{role}_age_h": _age_s(sets, rows, tca_tai_ns) / SECONDS_AN_HOUR,
    }


def _geometry(approaches: Approaches) -> dict[str, object]:
    miss_m = miss_rtn_m(
        approaches.first_position_m, approaches.first_velocity_m_s, approaches.relative_position_m
    )
    return {
        "tca_utc": pl.Series(utc_texts(approaches.tca_tai_ns, TCA_DECIMALS), dtype=pl.String),
        "tca_tai_ns": approaches.tca_tai_ns,
        "miss_distance_m": approaches.miss_distance_m,
        "relative_speed_m_s": approaches.relative_speed_m_s,
        "miss_radial_m": miss_m[:, 0],
        "miss_transverse_m": miss_m[:, 1],
        "miss_normal_m": miss_m[:, 2],
        "approach_kind": pl.Series(np.array(KINDS)[approaches.kind], dtype=pl.String),
    }


def _likelihood(
    sets: Sequence[Subject],
    approaches: Approaches,
    circumstances: Circumstances,
    doubts: Mapping[int, KnownDoubt],
) -> dict[str, object]:
    """Return the ceiling for a covariance of unknown size, and the probability for an estimated one."""
    bodies = hard_bodies(
        [es.identity.norad_cat_id for es in sets],
        [es.identity.name for es in sets],
        circumstances.known_radius_m,
    )
    first, second = approaches.first, approaches.second
    radius_m = combined_radius_m(bodies.radius_m[first], bodies.radius_m[second])
    shape_m2 = covariance_of_axes_m2(circumstances.shape_sigma_rtn_m)
    shape = _plane(approaches, shape_m2, shape_m2)
    ceiling, _ = maximum_probability(shape.miss_m, shape.sigma_m, radius_m)
    estimate, largest_scale = _estimate(sets, approaches, doubts)
    _, scale = maximum_probability(estimate.miss_m, estimate.sigma_m, radius_m)
    return {
        "hard_body_radius_m": radius_m,
        "hard_body_source": pl.Series(bodies.source)[first] + " + " + pl.Series(bodies.source)[second],
        "max_probability": ceiling,
        "probability": foster_1992(estimate.miss_m, estimate.sigma_m, radius_m),
        "probability_region": probability_region(scale, 1.0, largest_scale),
        "probability_covariance": _covariance_words(approaches, doubts),
        "mahalanobis_distance": mahalanobis(estimate.miss_m, estimate.sigma_m),
    }


def _where_it_holds(
    likelihood: dict[str, object], approaches: Approaches, in_company: npt.NDArray[np.bool_]
) -> dict[str, object]:
    """Take back probabilities where no short encounter can be integrated: in company, at an end."""
    fails = in_company | ~approaches.is_interior
    names = ("max_probability", "probability", "mahalanobis_distance")
    return {
        **likelihood,
        **{name: np.where(fails, np.nan, np.asarray(likelihood[name])) for name in names},
        "probability_region": np.where(fails, UNDETERMINED, np.asarray(likelihood["probability_region"])),
    }


def _covariance_words(approaches: Approaches, doubts: Mapping[int, KnownDoubt]) -> pl.Series:
    """Say whose covariance a probability rests on; one word where both are estimated."""
    said = [
        pl.Series([doubts[row].source if row in doubts else ESTIMATED for row in rows], dtype=pl.String)
        for rows in (approaches.first.tolist(), approaches.second.tolist())
    ]
    both = (said[0] == ESTIMATED) & (said[1] == ESTIMATED)
    return pl.select(pl.when(both).then(pl.lit(ESTIMATED)).otherwise(said[0] + " + " + said[1])).to_series()


def _estimate(
    sets: Sequence[Subject], approaches: Approaches, doubts: Mapping[int, KnownDoubt]
) -> tuple[Encounters, Floats]:
    """Return the encounters under known or estimated covariances, and by how much those may be too small."""
    row_of, tca_tai_ns = _classes(sets), approaches.tca_tai_ns
    covariances_m2, tails = [], []
    for rows in (approaches.first, approaches.second):
        covariance_m2 = estimated_covariance_rtn_m2(row_of[rows], _age_s(sets, rows, tca_tai_ns))
        tail = tail_scale(row_of[rows])
        for place, doubt in doubts.items():
            mine = rows == place
            covariance_m2[mine], tail[mine] = doubt.covariance_rtn_m2(tca_tai_ns[mine]), 1.0
        covariances_m2.append(covariance_m2)
        tails.append(tail)
    return _plane(approaches, *covariances_m2), np.maximum(*tails)


def _plane(approaches: Approaches, covariance_rtn_1_m2: Floats, covariance_rtn_2_m2: Floats) -> Encounters:
    covariance_m2 = combined_covariance_m2(
        approaches.first_position_m,
        approaches.first_velocity_m_s,
        covariance_rtn_1_m2,
        approaches.second_position_m,
        approaches.second_velocity_m_s,
        covariance_rtn_2_m2,
    )
    return encounter_plane(
        approaches.relative_position_m,
        approaches.second_velocity_m_s - approaches.first_velocity_m_s,
        covariance_m2,
    )


def _classes(sets: Sequence[Subject]) -> npt.NDArray[np.int64]:
    return orbit_class(
        np.array([es.mean_motion_rad_s for es in sets]),
        np.array([es.eccentricity for es in sets]),
        np.array([es.bstar_per_earth_radius for es in sets]),
    )


def _age_s(sets: Sequence[Subject], rows: npt.NDArray[np.int64], tca_tai_ns: Instants) -> Floats:
    epoch_tai_ns = np.array([es.epoch_tai_ns for es in sets], dtype=np.int64)
    return np.asarray((tca_tai_ns - epoch_tai_ns[rows]) / NANOSECONDS_A_SECOND)


def _episodes(sets: Sequence[Subject], approaches: Approaches) -> npt.NDArray[np.int64]:
    """Number the stretches in which a pair keeps meeting, revolution after revolution; 0 for meeting once."""
    period_s = np.array([es.period_s for es in sets])[approaches.first]
    pair = approaches.first.astype(np.int64) * len(sets) + approaches.second
    order = np.lexsort((approaches.tca_tai_ns, pair))
    gap_s = np.diff(approaches.tca_tai_ns[order]) / NANOSECONDS_A_SECOND
    again = (np.diff(pair[order]) == 0) & (gap_s <= EPISODE_GAP_PERIODS * period_s[order][1:])
    followed, following = np.append(again, False), np.insert(again, 0, False)
    episode = np.zeros(len(pair), dtype=np.int64)
    episode[order] = np.where(followed | following, np.cumsum(followed & ~following), 0)
    return episode


def _in_company(approaches: Approaches, episode: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell slow approaches of a pair that stays together: again and again, or at the window's ends."""
    slow = approaches.relative_speed_m_s < COMPANY_SPEED_M_S
    return np.asarray(slow & ((episode > 0) | ~approaches.is_interior))


def _markings(sets: Sequence[Subject], approaches: Approaches) -> pl.Series:
    """Return for each row what the labels of both element sets allow."""
    marking = [es.marking for es in sets]
    kinds = list(dict.fromkeys(marking))
    code = np.array([kinds.index(one) for one in marking], dtype=np.int64)
    pair = code[approaches.first] * len(kinds) + code[approaches.second]
    both, row = np.unique(pair, return_inverse=True)
    texts = [strictest(frozenset({kinds[one // len(kinds)], kinds[one % len(kinds)]})).text for one in both]
    return pl.Series(texts, dtype=pl.String).gather(row)
