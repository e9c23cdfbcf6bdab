"""Invented predictions of re-entries: a circular orbit over a turning Earth, and an ensemble along it."""

import numpy as np

from baken.astro.constants import EARTH_ROTATION_RATE_RAD_S, TURN_RAD
from baken.astro.time import tai_ns_from_utc
from baken.records.identity import identity_from_norad
from baken.records.reentry import GroundTrack, ReentryEnsemble, ReentryPrediction

MINUTE_TAI_NS = 60_000_000_000
HOUR_TAI_NS = 60 * MINUTE_TAI_NS
PERIOD_S = 5_280.0
INCLINATION_RAD = np.radians(52.8)
MEDIAN_TAI_NS = tai_ns_from_utc("2026-03-14T09:40:00Z")
NODE_RAD = np.radians(-29.0)


def place_at(since_s, inclination_rad=INCLINATION_RAD):
    """Return latitude, longitude and heading of a body on a circle, since a pass of the equator."""
    angle_rad = TURN_RAD * np.asarray(since_s, dtype=float) / PERIOD_S
    latitude_rad = np.arcsin(np.sin(inclination_rad) * np.sin(angle_rad))
    along_rad = np.arctan2(np.cos(inclination_rad) * np.sin(angle_rad), np.cos(angle_rad))
    turned_rad = along_rad + NODE_RAD - EARTH_ROTATION_RATE_RAD_S * np.asarray(since_s)
    longitude_rad = np.mod(turned_rad + np.pi, TURN_RAD) - np.pi
    heading_rad = np.arctan2(np.cos(inclination_rad), np.cos(angle_rad) * np.sin(inclination_rad))
    return latitude_rad, longitude_rad, heading_rad


def ground_track(first_tai_ns=0, n_minutes=600, zero_tai_ns=0):
    """Return a track of a row a minute; at ``zero_tai_ns`` it passes the equator northward."""
    epoch_tai_ns = first_tai_ns + MINUTE_TAI_NS * np.arange(n_minutes + 1)
    latitude_rad, longitude_rad, _ = place_at((epoch_tai_ns - zero_tai_ns) / 1e9)
    return GroundTrack(
        epoch_tai_ns=epoch_tai_ns,
        latitude_rad=latitude_rad,
        longitude_rad=longitude_rad,
        altitude_m=np.full(len(epoch_tai_ns), 140_000.0),
    )


def prediction(sigma_s=5_400.0, n_members=1_000, n_still_up=0, **changes):
    """Return a prediction whose median is over western Europe, with a normal spread in time."""
    since_s = np.sort(np.random.default_rng(7).normal(0.0, sigma_s, n_members))
    zero_tai_ns = MEDIAN_TAI_NS - round(740e9)
    latitude_rad, longitude_rad, heading_rad = place_at(since_s + 740.0)
    epoch_tai_ns = MEDIAN_TAI_NS + np.round(since_s * 1e9).astype(np.int64)
    half_ns = round(1.645 * sigma_s * 1e9)
    n_minutes = 2 * half_ns // MINUTE_TAI_NS + 120
    said = {
        "identity": identity_from_norad(900_001, name="MADE STAGE", cospar_id="2026-001B"),
        "as_of_tai_ns": MEDIAN_TAI_NS - 18 * HOUR_TAI_NS,
        "altitude_m": 80_000.0,
        "epoch_tai_ns": MEDIAN_TAI_NS,
        "window_start_tai_ns": MEDIAN_TAI_NS - half_ns,
        "window_end_tai_ns": MEDIAN_TAI_NS + half_ns,
        "window_probability": 0.9,
        "last_elements_tai_ns": MEDIAN_TAI_NS - 20 * HOUR_TAI_NS,
        "n_element_sets": 23,
        "n_outliers": 2,
        "ballistic_coefficient_m2_kg": 0.0172,
        "ballistic_coefficient_log_sigma": 0.08,
        "inclination_rad": INCLINATION_RAD,
        "ensemble": ReentryEnsemble(
            epoch_tai_ns=epoch_tai_ns,
            latitude_rad=latitude_rad,
            longitude_rad=longitude_rad,
            heading_rad=heading_rad,
            n_still_up=n_still_up,
        ),
        "track": ground_track(MEDIAN_TAI_NS - half_ns - HOUR_TAI_NS, n_minutes, zero_tai_ns),
        "assumptions": (
            "It falls by itself: no thrust, and one ballistic coefficient until it is down.",
            "Air of NRLMSISE-00; the spread of its error was chosen from real decays of 2013 and 2014.",
            "Space weather as known at the time, and drawn from that of past years beyond.",
        ),
    }
    return ReentryPrediction(**(said | changes))
