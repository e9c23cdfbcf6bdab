"""Baken for notebooks: read, screen and assess, with tables as Polars data frames."""

from collections.abc import Iterable

import polars as pl

from baken.assess.conjunction.assessment import AssessmentSettings
from baken.assess.conjunction.detector import ConjunctionDetector
from baken.assess.conjunction.message_states import Sizes
from baken.astro.covariance_realism import covariance_realism as covariance_realism
from baken.astro.time import tai_ns_from_utc, utc_text, utc_texts
from baken.operations.assess_messages import AssessedMessage, assess_messages
from baken.operations.assess_picture import assess_picture
from baken.operations.import_catalogue import NamedContent, Provenance, ReadFile, catalogue_of, read_catalogue
from baken.records.event import Window
from baken.records.orbit import ElementSet
from baken.wiring.clock import now_tai_ns
from baken.wiring.files import read_bytes, said_of
from baken.wiring.skies import DAY_NS, sky_of_files
from baken.wiring.workers import threads

ELEMENT_COLUMNS = (
    "epoch_tai_ns", "mean_motion_rad_s", "eccentricity", "inclination_rad", "raan_rad",
    "argument_of_perigee_rad", "mean_anomaly_rad", "bstar_per_earth_radius", "originator",
)  # fmt: skip


def read(path: str) -> pl.DataFrame:
    """Return the element sets in a file, one row each; records that cannot be read are left out.

    Raises: UnreadableInput when nothing in the file can be used.
    """
    return element_set_table(catalogue_of([_read_file(path)]).element_sets)


def screen(
    path: str,
    *,
    start_utc: str | None = None,
    days: float = 7.0,
    miss_threshold_m: float = 5_000.0,
    primaries: Iterable[int] = (),
    n_workers: int | None = None,
) -> pl.DataFrame:
    """Return every close approach in a catalogue file, one row each, as ``baken screen`` writes them.

    ``primaries`` are catalogue numbers; none means all on all.  Without ``start_utc`` the window begins now,
    or at the date of an old catalogue.
    """
    sky = sky_of_files([_read_file(path)], now_tai_ns=now_tai_ns())
    start_tai_ns = tai_ns_from_utc(start_utc) if start_utc else sky.start_tai_ns
    picture, wanted = sky.picture(), set(primaries)
    detector = ConjunctionDetector(
        miss_threshold_m=miss_threshold_m,
        primaries=frozenset(
            es.identity.object_id for es in picture.element_sets if es.identity.norad_cat_id in wanted
        ),
    )
    window = Window(start_tai_ns=start_tai_ns, end_tai_ns=start_tai_ns + round(days * DAY_NS))
    with threads(n_workers) as run:
        assessment = assess_picture(picture, window, [detector], run=run)
    return assessment.detections[0].table


def assess_cdm(path: str, *, hard_body_radius_m: float | None = None) -> pl.DataFrame:
    """Return what Baken makes of each conjunction message in a file, one row each; see ``baken cdm assess``.

    Without ``hard_body_radius_m`` the message's own combined radius is taken, else what its objects tell.

    Raises: UnreadableInput when there is no conjunction message in the file, or none that can be read.
    """
    settings = AssessmentSettings(sizes=Sizes(combined_radius_m=hard_body_radius_m))
    with said_of(path):
        assessed = assess_messages(read_bytes(path), settings).assessed
    return pl.DataFrame([_assessment_row(one) for one in assessed], infer_schema_length=None)


def _assessment_row(one: AssessedMessage) -> dict[str, object]:
    message, found = one.message, one.assessment
    radial_m, transverse_m, normal_m = found.miss_rtn_m
    return {
        "message_id": message.message_id,
        "originator": message.originator,
        "primary_norad_cat_id": message.first.identity.norad_cat_id,
        "secondary_norad_cat_id": message.second.identity.norad_cat_id,
        "tca_utc": utc_text(found.tca_tai_ns, 6),
        "miss_distance_m": found.miss_distance_m,
        "miss_radial_m": radial_m,
        "miss_transverse_m": transverse_m,
        "miss_normal_m": normal_m,
        "relative_speed_m_s": found.relative_speed_m_s,
        "hard_body_radius_m": found.hard_body_radius_m,
        "probability": found.probability,
        "probability_low": found.low,
        "probability_high": found.high,
        "probability_method": found.method,
        "probability_region": found.region.value,
        "max_probability": found.max_probability,
        "mahalanobis": found.mahalanobis,
        **dict(found.methods),
        "message_probability": message.collision_probability,
        "failed_checks": ", ".join(check.name for check in found.failed),
        "realm": message.realm.value,
        "marking": message.marking.text,
    }


def element_set_table(element_sets: Iterable[ElementSet]) -> pl.DataFrame:
    """Return element sets as a table with unit-named columns."""
    sets = tuple(element_sets)
    return pl.DataFrame(
        {
            "norad_cat_id": pl.Series([es.identity.norad_cat_id for es in sets], dtype=pl.Int64),
            "object_id": pl.Series([es.identity.object_id for es in sets], dtype=pl.String),
            "name": pl.Series([es.identity.name for es in sets], dtype=pl.String),
            "epoch_utc": pl.Series(utc_texts([es.epoch_tai_ns for es in sets], 6), dtype=pl.String),
            **{name: [getattr(es, name) for es in sets] for name in ELEMENT_COLUMNS},
            "realm": pl.Series([es.realm.value for es in sets], dtype=pl.String),
            "marking": pl.Series([es.marking.text for es in sets], dtype=pl.String),
        }
    )


def _read_file(path: str) -> ReadFile:
    content = read_bytes(path)
    with said_of(path):
        return read_catalogue(NamedContent(name=path, content=content), Provenance())
