"""States to tell coarsely, and the wish to do so."""

import numpy as np

from baken.astro.elements import KeplerianElements, state_from_elements
from baken.records.ephemeris import CovarianceHistory, Ephemeris
from baken.records.identity import identity_from_norad
from baken.records.marking import Marking
from baken.records.orbit_state import OrbitState, StateCovariance
from baken.records.precision import precision_from_text
from baken.share.wanted import Wanted

EPOCH_TAI_NS = 823_264_463_939_456_789
SECOND_NS = 1_000_000_000
COARSE = precision_from_text(
    "epoch=1min position=1km velocity=1m/s sigma=1km sigma-velocity=1m/s digits=2 without=sensor"
)
WANTED = Wanted(precision=COARSE, marking=Marking(owner="NL", releasable_to=frozenset({"DE"})))
LOW = KeplerianElements(*(np.asarray(each) for each in (7.0e6, 0.002, 1.3, 2.0, 0.5, 1.0)))
SPREAD = np.diag([30.0, 400.0, 20.0, 0.4, 0.03, 0.02])


def covariance() -> np.ndarray:
    """Return one as trackers have them: long along the track, position and velocity bound together."""
    mixed = np.eye(6)
    mixed[3, 1], mixed[4, 0] = -0.9, -0.7
    return SPREAD @ mixed @ mixed.T @ SPREAD


def state(elements: KeplerianElements = LOW, **changes: object) -> OrbitState:
    """Return a state with all a source may say of it."""
    position_m, velocity_m_s = state_from_elements(elements)
    said = {
        "identity": identity_from_norad(900_001, name="MADE"),
        "frame": "GCRF",
        "centre": "EARTH",
        "epoch_tai_ns": EPOCH_TAI_NS,
        "position_m": tuple(position_m.tolist()),
        "velocity_m_s": tuple(velocity_m_s.tolist()),
        "covariance": StateCovariance(frame="RTN", covariance_si=covariance()),
        "originator": "TIRA",
        "comments": (("header", ("seen at dawn",)),),
    }
    return OrbitState(**{**said, **changes})


def ephemeris(position_m, velocity_m_s, after_s, **changes: object) -> Ephemeris:
    """Return a table of states so many seconds after the epoch."""
    epochs = EPOCH_TAI_NS + np.rint(np.asarray(after_s) * 1e9).astype(np.int64)
    said = {
        "identity": identity_from_norad(900_001, name="MADE"),
        "frame": "GCRF",
        "centre": "EARTH",
        "epoch_tai_ns": epochs,
        "position_m": np.array(position_m),
        "velocity_m_s": np.array(velocity_m_s),
        "start_tai_ns": int(epochs[0]),
        "stop_tai_ns": int(epochs[-1]),
        "covariances": CovarianceHistory(
            epoch_tai_ns=epochs[::10].copy(),
            frames=("RTN",) * len(epochs[::10]),
            covariance_si=np.stack([covariance()] * len(epochs[::10])),
        ),
    }
    return Ephemeris(**{**said, **changes})
