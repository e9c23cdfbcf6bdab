"""All ways in which something may come down, as JSON: when, where, over whom."""

from collections.abc import Iterator, Sequence

import numpy as np

from baken.assess.reentry.corridor import footprint
from baken.astro.arrays import Floats
from baken.astro.time import utc_text, utc_texts
from baken.operations.look_at_reentry import FallSeen
from baken.records.event import Finding
from baken.records.marking import strictest
from baken.records.reentry import GroundTrack, ReentryEnsemble
from baken.records.reentry_outlook import AirspaceBox, ReentryOutlook, RegionOutlook

DIGITS = 2  # of a degree: a kilometre, and less than any window leaves open
STRIPS_DRAWN, CORNERS_ALONG = 100, 6


def ways_document(
    seen: FallSeen, finding: Finding, *, sentence: str, assumptions: Sequence[str]
) -> dict[str, object]:
    """Return all ways down of one fall, with what they mean below."""
    outlook, prediction = seen.outlook, seen.outlook.prediction
    ensemble = prediction.ensemble
    return {
        "is_told": True,
        "is_same": seen.is_same,
        "marking": strictest(frozenset({finding.marking, prediction.marking})).text,
        "n_ways": _n_ways(ensemble),
        "n_still_up": ensemble.n_still_up,
        "median_utc": utc_text(prediction.epoch_tai_ns),
        "window_start_utc": utc_text(prediction.window_start_tai_ns),
        "window_end_utc": utc_text(prediction.window_end_tai_ns),
        "last_elements_utc": utc_text(prediction.last_elements_tai_ns),
        "n_element_sets": prediction.n_element_sets,
        "n_outliers": prediction.n_outliers,
        "edges_utc": utc_texts(outlook.edge_tai_ns, 0),
        "share_over_time": _shares(outlook),
        "ways": _places(ensemble),
        "track": _places(prediction.track),
        "strips": list(_strips(outlook)),
        "boxes": [_box_document(box) for box in outlook.boxes],
        "reach_m": outlook.footfall.reach_m,
        "half_width_m": outlook.footfall.half_width_m,
        "fall_s": outlook.footfall.fall_s,
        "threshold": outlook.threshold_fraction,
        "regions": [{**region_document(one), "rings": _rings(one)} for one in outlook.regions],
        "sentence": sentence,
        "assumptions": list(assumptions),
    }


def _n_ways(ensemble: ReentryEnsemble) -> int:
    return len(ensemble.epoch_tai_ns) + ensemble.n_still_up


def _shares(outlook: ReentryOutlook) -> list[float]:
    """Return what share of all ways ends between one edge of time and the next."""
    ensemble = outlook.prediction.ensemble
    if not outlook.edge_tai_ns:
        return []
    counts, _ = np.histogram(ensemble.epoch_tai_ns, bins=np.array(outlook.edge_tai_ns))
    shares: list[float] = (counts / _n_ways(ensemble)).tolist()
    return shares


def _places(of: ReentryEnsemble | GroundTrack) -> list[tuple[str, float, float]]:
    """Return instants with longitude and latitude."""
    longitudes, latitudes = np.degrees(of.longitude_rad), np.degrees(of.latitude_rad)
    rounded = longitudes.round(DIGITS).tolist(), latitudes.round(DIGITS).tolist()
    return list(zip(utc_texts(of.epoch_tai_ns.tolist(), 0), *rounded, strict=True))


def _strips(outlook: ReentryOutlook) -> Iterator[dict[str, object]]:
    """Yield the ground on which the pieces of one way may come down, of a hundred ways at most."""
    ensemble, footfall = outlook.prediction.ensemble, outlook.footfall
    order = np.argsort(ensemble.epoch_tai_ns, kind="stable")
    rows = order[:: max(1, -(-len(order) // STRIPS_DRAWN))]
    reach_m = np.linspace(0.0, footfall.reach_m, CORNERS_ALONG)
    of = ensemble.latitude_rad[rows], ensemble.longitude_rad[rows], ensemble.heading_rad[rows]
    latitude_rad, longitude_rad = footprint(*of, reach_m, footfall.half_width_m)
    # At each reach stand left, middle and right: left goes forward, right comes back.
    left, right = slice(0, None, 3), slice(None, None, -3)
    for row, at_tai_ns in enumerate(ensemble.epoch_tai_ns[rows].tolist()):
        sides = [
            np.column_stack([longitude_rad[row, side], latitude_rad[row, side]]) for side in (left, right)
        ]
        yield {"at_utc": utc_text(at_tai_ns, 0), "ring": _ring(np.vstack(sides))}


def _ring(ring_rad: Floats) -> list[list[float]]:
    corners: list[list[float]] = np.degrees(ring_rad).round(DIGITS).tolist()
    return corners


def _box_document(box: AirspaceBox) -> dict[str, object]:
    return {
        "start_utc": utc_text(box.start_tai_ns, 0),
        "clear_until_utc": utc_text(box.clear_until_tai_ns, 0),
        "probability": box.probability,
        "ring": _ring(box.ring_rad),
    }


def _rings(one: RegionOutlook) -> list[list[list[float]]]:
    """Return the outer rings of a region, to be drawn."""
    return [_ring(polygon_rad[0]) for polygon_rad in one.region.polygons_rad]


def region_document(one: RegionOutlook) -> dict[str, object]:
    """Return what one region has to reckon with, as JSON."""
    return {
        "kind": one.region.kind,
        "code": one.region.code,
        "name": one.region.name,
        "probability": one.probability,
        "touched_probability": one.touched_probability,
        "touched_over_time": one.touched_over_time,
        "earliest": None if one.earliest_tai_ns is None else utc_text(one.earliest_tai_ns, 0),
        "latest": None if one.latest_tai_ns is None else utc_text(one.latest_tai_ns, 0),
        "can_be_reached": one.can_be_reached,
        "has_waited": one.has_waited,
        "is_clear": one.is_clear,
        "clear_from": None if one.clear_from_tai_ns is None else utc_text(one.clear_from_tai_ns, 0),
    }
