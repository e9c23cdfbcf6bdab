"""Hand an orbit on as a table of states, for those who do not speak SGP4."""

from dataclasses import dataclass, replace

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.earth_data import no_earth_data
from baken.astro.frames import state_teme_to_gcrs
from baken.astro.interpolation import lagrange_at_midpoints
from baken.astro.motions import Motion
from baken.astro.time import NANOSECONDS_A_SECOND, utc_text
from baken.catalogue.motion import motion_of
from baken.catalogue.picture import draw_picture
from baken.errors import WrongUsage
from baken.formats.label_comments import labelled
from baken.formats.realm_word import realm_words
from baken.formats.sniff import writer_of
from baken.operations.ports import Store
from baken.operations.taken_back import TakenBack
from baken.records.catalogue import Catalogue, Choice
from baken.records.ephemeris import Ephemeris
from baken.records.event import Window
from baken.records.lineage import Lineage, settings_of
from baken.records.marking import Realm

FORMATS = {"oem": "oem-kvn", "oem-kvn": "oem-kvn", "oem-xml": "oem-xml"}
INTERPOLATION, DEGREE = "LAGRANGE", 7
LARGEST_ERROR_M = 1.0
# What a polynomial of this degree is off at worst, for what it is off halfway: 1.21 in the first and last
# intervals of a table, 1.00 inside.
WORST_OVER_HALFWAY = 1.25
SMALLEST_ERROR_TOLD_M = 0.001
# Tried in this order; the first that keeps the error is taken.
STEPS_S = (600.0, 300.0, 240.0, 180.0, 120.0, 60.0, 30.0, 20.0, 10.0, 5.0, 2.0, 1.0)
MAX_ROWS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """States in TEME at equal steps, and how far their interpolation is from the motion itself."""

    step_s: float
    epoch_tai_ns: Instants
    position_teme_m: Floats
    velocity_teme_m_s: Floats
    degree: int
    error_m: float


def chosen_for(
    store: Store, object_id: str, *, realm: Realm, as_of_tai_ns: int, taken_back: TakenBack
) -> Choice:
    """Return the element set that the picture uses for an object.

    Raises: WrongUsage when it has none that can be moved, and was not taken back.
    """
    said = Catalogue(element_sets=taken_back.without(store.element_sets_of(object_id, realm=realm)))
    choices = draw_picture(said, as_of_tai_ns=as_of_tai_ns).choices
    if not choices:
        raise WrongUsage(
            f"{object_id} has no element set that SGP4 can move and nobody took back; "
            f"'baken catalogue show {object_id}' shows what is known of it"
        )
    return choices[0]


def propagated(
    choice: Choice, window: Window, *, step_s: float | None, originator: str, at_tai_ns: int
) -> Ephemeris:
    """Return an element set moved by SGP4 through a window, as a table of states in GCRF.

    Without ``step_s`` the longest step is taken at which interpolation is less than a metre off.

    Raises: WrongUsage when a step is too long for that, or SGP4 gives no state somewhere in the window.
    """
    rows = _rows(motion_of([choice.chosen]), window, step_s)
    position_gcrs_m, velocity_gcrs_m_s = state_teme_to_gcrs(
        rows.epoch_tai_ns, rows.position_teme_m, rows.velocity_teme_m_s, no_earth_data()
    )
    chosen = choice.chosen
    return Ephemeris(
        identity=chosen.identity,
        frame="GCRF",
        centre="EARTH",
        epoch_tai_ns=rows.epoch_tai_ns,
        position_m=position_gcrs_m,
        velocity_m_s=velocity_gcrs_m_s,
        start_tai_ns=int(rows.epoch_tai_ns[0]),
        stop_tai_ns=int(rows.epoch_tai_ns[-1]),
        interpolation=INTERPOLATION,
        interpolation_degree=rows.degree,
        originator=originator,
        created_tai_ns=at_tai_ns,
        realm=chosen.realm,
        marking=chosen.marking,
        lineage=Lineage(
            sources=chosen.lineage.sources, method="SGP4", settings=settings_of({"step_s": rows.step_s})
        ),
        comments=_comments(choice, rows),
        other_fields=realm_words(chosen.realm),
    )


def ephemeris_text(ephemeris: Ephemeris, format_name: str) -> bytes:
    """Return an ephemeris as text of one of ``FORMATS``, with its label."""
    marked = replace(ephemeris, comments=labelled(ephemeris.comments, ephemeris.marking))
    return writer_of(FORMATS[format_name])([marked])


def _rows(motion: Motion, window: Window, step_s: float | None) -> Rows:
    if step_s is not None:
        rows = _rows_at(motion, window, step_s)
        if rows.error_m >= LARGEST_ERROR_M:
            raise WrongUsage(
                f"at a step of {step_s:g} s interpolation is off by {rows.error_m:.3g} m; choose a shorter "
                "one, or leave --step-s out"
            )
        return rows
    tried = (_rows_at(motion, window, step) for step in STEPS_S)
    found = next((rows for rows in tried if rows.error_m < LARGEST_ERROR_M), None)
    if found is None:
        raise WrongUsage("no step keeps interpolation within a metre; the orbit is about to decay")
    return found


def _rows_at(motion: Motion, window: Window, step_s: float) -> Rows:
    step_ns = round(step_s * NANOSECONDS_A_SECOND)
    if step_ns < 2 or window.duration_s > MAX_ROWS * step_s:
        raise WrongUsage(f"a step of {step_s:g} s makes more than {MAX_ROWS:,} rows; choose a longer one")
    n_steps = -(-(window.end_tai_ns - window.start_tai_ns) // step_ns)
    # Rows and the middles between them, in one go.
    epoch_tai_ns = window.start_tai_ns + np.arange(2 * n_steps + 1) * step_ns // 2
    position_m, velocity_m_s, status = motion.states(np.zeros(epoch_tai_ns.size, np.int64), epoch_tai_ns)
    if status.any():
        raise _no_state(window, int(epoch_tai_ns[status.argmax()]) if status[0] == 0 else None)
    degree = min(DEGREE, int(n_steps))
    miss_m = lagrange_at_midpoints(position_m[::2], degree) - position_m[1::2]
    return Rows(
        step_s=step_s,
        epoch_tai_ns=epoch_tai_ns[::2].copy(),
        position_teme_m=position_m[::2],
        velocity_teme_m_s=velocity_m_s[::2],
        degree=degree,
        error_m=WORST_OVER_HALFWAY * float(np.sqrt((miss_m**2).sum(axis=1)).max()),
    )


def _no_state(window: Window, ends_tai_ns: int | None) -> WrongUsage:
    if ends_tai_ns is None:
        return WrongUsage(
            f"SGP4 gives no state at {utc_text(window.start_tai_ns, 0)}; choose another --start"
        )
    return WrongUsage(f"SGP4 gives no state from {utc_text(ends_tai_ns, 0)} on; choose fewer --days")


def _comments(choice: Choice, rows: Rows) -> tuple[str, ...]:
    chosen = choice.chosen
    said_by = f", as said by {chosen.originator}" if chosen.originator else ""
    number = chosen.identity.norad_cat_id
    error_m = max(rows.error_m, SMALLEST_ERROR_TOLD_M)
    age_days = (int(rows.epoch_tai_ns[0]) - chosen.epoch_tai_ns) / NANOSECONDS_A_SECOND / 86_400.0
    return (
        *(() if number is None else (f"NORAD_CAT_ID = {number}",)),
        f"Made by SGP4 from the element set of {utc_text(chosen.epoch_tai_ns, 6)}{said_by}; {choice.because}",
        f"At START_TIME those elements are {age_days:.2f} days old; their covariance is not known",
        "Turned from TEME to GCRF without measured dX and dY (2 cm at 7000 km)",
        "Interpolate positions alone: SGP4's velocity is not the derivative of its position",
        f"{INTERPOLATION} of degree {rows.degree} on these rows is off by less than {error_m:.2g} m",
    )
