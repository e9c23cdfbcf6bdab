"""Every approach of a screening as a table: who, when, how near, how likely, how old, for whose eyes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from baken.assess.conjunction.approach import Approaches
from baken.assess.conjunction.element_uncertainty import estimated_sigma_rtn_m
from baken.assess.conjunction.encounter import (
    SOCRATES_SIGMA_RTN_M,
    combined_covariance_m2,
    covariance_of_axes_m2,
    encounter_plane,
    miss_rtn_m,
)
from baken.assess.conjunction.hard_body import combined_radius_m, hard_bodies
from baken.assess.conjunction.probability import (
    foster_1992,
    mahalanobis,
    maximum_probability,
    probability_region,
)
from baken.astro.arrays import Floats, Instants
from baken.astro.time import NANOSECONDS_A_SECOND, utc_texts
from baken.records.catalogue import Picture
from baken.records.marking import strictest
from baken.records.orbit import ElementSet

NANOSECONDS_AN_HOUR = 3_600 * NANOSECONDS_A_SECOND
TCA_DECIMALS = 6
ESTIMATED = "estimated"
# Two objects that approach each other this slowly, time after time, travel together.
COMPANY_SPEED_M_S = 100.0
COMPANY_GAP_PERIODS = 1.1

COLUMNS = (
    "primary_norad_cat_id", "secondary_norad_cat_id", "tca_utc", "miss_distance_m", "relative_speed_m_s",
    "miss_radial_m", "miss_transverse_m", "miss_normal_m", "max_probability", "probability",
    "probability_region", "probability_covariance", "mahalanobis_distance", "hard_body_radius_m",
    "hard_body_source", "primary_age_h", "secondary_age_h", "primary_name", "secondary_name",
    "primary_object_id", "secondary_object_id", "kind", "episode", "tca_tai_ns", "realm", "marking",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is assumed where nothing is known.

    ``known_radius_m`` gives measured hard-body radii by catalogue number; ``shape_sigma_rtn_m`` the shape of
    covariance for which the ceiling of the probability is taken.
    """

    known_radius_m: Mapping[int, float] = field(default_factory=dict)
    shape_sigma_rtn_m: tuple[float, float, float] = SOCRATES_SIGMA_RTN_M

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The assumptions as they stand beside every probability."""
        shape = "/".join(f"{sigma:g}" for sigma in self.shape_sigma_rtn_m)
        return (
            f"Pc ceiling: Foster 1992, largest over all sizes of a covariance of shape {shape} m (RTN, each object)",
            "Pc estimated: Foster 1992, covariance ESTIMATED from differences of element sets, by orbit and age",
            "hard body: sum of two radii, measured where known, else the default for the kind of object",
        )


def conjunction_table(picture: Picture, approaches: Approaches, circumstances: Circumstances) -> pl.DataFrame:
    """Return every approach, in the order of the screening, with what stands beside it."""
    sets = picture.element_sets
    columns = {
        **_who("primary", sets, approaches.first, approaches.tca_tai_ns),
        **_who("secondary", sets, approaches.second, approaches.tca_tai_ns),
        **_geometry(approaches),
        **_likelihood(sets, approaches, circumstances),
        "episode": _episodes(sets, approaches),
        "realm": np.full(len(approaches.first), picture.realm.value),
        "marking": _markings(sets, approaches),
    }
    return pl.DataFrame(columns).select(COLUMNS)


def _who(role: str, sets: Sequence[ElementSet], rows: npt.NDArray[np.int64], tca_tai_ns: Instants) -> dict[str, object]:
    """Return names and ages of one role; age is that of the elements at the approach."""
    epoch_tai_ns = np.array([es.epoch_tai_ns for es in sets], dtype=np.int64)
    return {
        f"{role}_norad_cat_id": pl.Series([es.identity.norad_cat_id for es in sets], dtype=pl.Int64)[rows],
        f"{role}_name": pl.Series([es.identity.name or "" for es in sets], dtype=pl.String)[rows],
        f"{role}_object_id": pl.Series([es.identity.object_id for es in sets], dtype=pl.String)[rows],
        f"{role}_age_h": (tca_tai_ns - epoch_tai_ns[rows]) / NANOSECONDS_AN_HOUR,
    }


def _geometry(approaches: Approaches) -> dict[str, object]:
    miss_m = miss_rtn_m(
        approaches.position_first_m, approaches.velocity_first_m_s, approaches.relative_position_m
    )
    return {
        "tca_utc": pl.Series(utc_texts(approaches.tca_tai_ns, TCA_DECIMALS), dtype=pl.String),
        "tca_tai_ns": approaches.tca_tai_ns,
        "miss_distance_m": approaches.miss_distance_m,
        "relative_speed_m_s": approaches.relative_speed_m_s,
        "miss_radial_m": miss_m[:, 0],
        "miss_transverse_m": miss_m[:, 1],
        "miss_normal_m": miss_m[:, 2],
        "kind": approaches.kind_names(),
    }


def _likelihood(
    sets: Sequence[ElementSet], approaches: Approaches, circumstances: Circumstances
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
    ceiling, _ = maximum_probability(*_known(shape.miss_m, shape.sigma_m), radius_m)
    estimate = _plane(approaches, *_estimated_covariances_m2(sets, approaches))
    miss_m, sigma_m = _known(estimate.miss_m, estimate.sigma_m)
    probability = foster_1992(miss_m, sigma_m, radius_m)
    _, scale = maximum_probability(miss_m, sigma_m, radius_m)
    return {
        "hard_body_radius_m": radius_m,
        "hard_body_source": pl.Series(bodies.source)[first] + " + " + pl.Series(bodies.source)[second],
        "max_probability": ceiling,
        "probability": probability,
        "probability_region": probability_region(scale),
        "probability_covariance": np.full(len(first), ESTIMATED),
        "mahalanobis_distance": mahalanobis(miss_m, sigma_m),
    }
