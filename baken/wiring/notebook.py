"""Baken for notebooks: read and screen, with tables as Polars data frames."""

from collections.abc import Iterable

import polars as pl

from baken.assess.conjunction.detector import ConjunctionDetector
from baken.astro.covariance_realism import covariance_realism as covariance_realism
from baken.astro.time import tai_ns_from_utc, utc_texts
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
