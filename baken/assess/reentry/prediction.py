"""From the element sets of one object to the prediction of its fall, as one could know it at an instant."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from baken.assess.reentry.ballistic_fit import BallisticFit, fit_of_history, fit_of_one_set
from baken.assess.reentry.conditions import Conditions, MakeRng, ReentrySettings, seed_of
from baken.assess.reentry.ground_track import ALTITUDE_M as TRACK_ALTITUDE_M
from baken.assess.reentry.ground_track import track_through
from baken.assess.reentry.window import WINDOW_PROBABILITY, ways_down, window_of
from baken.astro.arrays import Floats, Instants
from baken.astro.mean_decay import Falls, clock_at, drag_rates_m_s, mean_states
from baken.astro.space_weather import mjd_utc_of
from baken.astro.time import NANOSECONDS_A_DAY, NANOSECONDS_A_SECOND
from baken.records.lineage import Lineage, settings_of
from baken.records.marking import strictest
from baken.records.orbit import ElementSet
from baken.records.reentry import GroundTrack, ReentryEnsemble, ReentryPrediction

METHOD = (
    "mean elements under NRLMSISE-00, Sun and Moon; ensemble of weather, ballistic coefficient, model error"
)
# Sets of the last days tell of drag, or where these are few, so many sets of longer ago.
FIT_DAY, LONGEST_FIT_DAY, FEWEST_SETS = 8.0, 30.0, 5
SHORTEST_HISTORY_DAY = 0.5
# A first look in a few ways, this many times as far as asked, tells who has far longer to live.
N_FIRST_LOOK, FIRST_LOOK_TIMES = 5, 1.5
TRACK_HALF_S, TRACK_STEP_S = 3.0 * 3600.0, 60.0
DAY_S = 86_400.0


def predict(
    history: Sequence[ElementSet],
    conditions: Conditions,
    make_rng: MakeRng,
    settings: ReentrySettings,
) -> ReentryPrediction | None:
    """Return when and where an object comes down; None when its median lies beyond the last day looked at.

    ``history`` are element sets of one object; those after the instant of the conditions are not looked at,
    and of several with one epoch the last given counts.  None also when nothing in them tells how the air
    brakes it, or that it is held up.  The same object and instant begin the same luck.
    """
    sets = _usable(history, conditions.as_of_tai_ns)
    if not sets:
        return None
    states, epochs = states_of(sets), np.array([es.epoch_tai_ns for es in sets], dtype=np.int64)
    fit = _fit(sets, states, epochs, conditions)
    if not fit.coefficient_m2_kg > 0.0:
        return None
    start = int(np.flatnonzero(~fit.is_outlier)[-1])
    longest_s = (conditions.as_of_tai_ns - int(epochs[start])) / 1e9 + settings.longest_day * DAY_S
    weather = conditions.weather.members_from(int(mjd_utc_of(epochs[start])), 2 + int(longest_s / DAY_S))
    fallen = ways_down(
        states[start],
        fit.coefficient_m2_kg,
        fit.log_sigma,
        weather[: settings.n_members],
        clock_at(int(epochs[start]), conditions.air.start_tai_ns),
        conditions.air,
        make_rng(seed_of(sets[start].identity.object_id, conditions.as_of_tai_ns)),
        altitude_m=settings.altitude_m,
        longest_s=longest_s,
    )
    if not np.isfinite(window_of(fallen.after_s).median_s):
        return None
    return _prediction(sets, start, fit, fallen, conditions, settings, longest_s)


def predict_if_soon(
    history: Sequence[ElementSet],
    conditions: Conditions,
    make_rng: MakeRng,
    settings: ReentrySettings,
    within_day: float,
) -> ReentryPrediction | None:
    """Return the prediction of what may come down within some days; None for who has far longer to live.

    A first look in a few ways tells, and spares the others the rest.
    """
    look = replace(settings, n_members=N_FIRST_LOOK, longest_day=FIRST_LOOK_TIMES * within_day)
    if predict(history, conditions, make_rng, look) is None:
        return None
    return predict(history, conditions, make_rng, settings)


def states_of(sets: Sequence[ElementSet]) -> Floats:
    """Return element sets as the states that ``mean_decay`` moves."""

    def column(value_of: Callable[[ElementSet], float]) -> Floats:
        return np.array([value_of(es) for es in sets])

    return mean_states(
        column(lambda es: es.mean_motion_rad_s),
        column(lambda es: es.eccentricity),
        column(lambda es: es.inclination_rad),
        column(lambda es: es.raan_rad),
        column(lambda es: es.argument_of_perigee_rad),
        column(lambda es: es.mean_anomaly_rad),
    )


def sinking_m_s(element_set: ElementSet, semi_major_axis_m: float) -> float:
    """Return how fast the size shrinks by the derivative that a set carries, of which it holds the half."""
    return -4.0 / 3.0 * semi_major_axis_m * element_set.mean_motion_dot_rad_s2 / element_set.mean_motion_rad_s


def _usable(history: Sequence[ElementSet], as_of_tai_ns: int) -> list[ElementSet]:
    """Return the sets of the last days before an instant, one an epoch, in order of time."""
    past = {es.epoch_tai_ns: es for es in history if es.epoch_tai_ns <= as_of_tai_ns}
    if not past:
        return []
    epochs = sorted(past)
    recent = [epoch for epoch in epochs if epoch >= epochs[-1] - FIT_DAY * NANOSECONDS_A_DAY]
    longest = [epoch for epoch in epochs if epoch >= epochs[-1] - LONGEST_FIT_DAY * NANOSECONDS_A_DAY]
    return [past[epoch] for epoch in max(recent, longest[-FEWEST_SETS:], key=len)]


def _fit(
    sets: Sequence[ElementSet], states: Floats, epochs: Instants, conditions: Conditions
) -> BallisticFit:
    """Return the coefficient of the history, or of its last set alone where the history tells nothing."""
    weather, air = conditions.weather.behind(mjd_utc_of(epochs)), conditions.air
    clock = clock_at(int(epochs[0]), air.start_tai_ns)
    after_s = (epochs - epochs[0]) / NANOSECONDS_A_SECOND
    drag = drag_rates_m_s(states, after_s, weather, clock, air)
    if after_s[-1] >= SHORTEST_HISTORY_DAY * DAY_S:
        fit = fit_of_history(after_s, states[:, 0], drag)
        if fit.coefficient_m2_kg > 0.0 or fit.is_held_up:
            return fit
    last = fit_of_one_set(
        sinking_m_s(sets[-1], states[-1, 0]), float(drag[-1]), sets[-1].bstar_per_earth_radius
    )
    alone = np.arange(len(sets)) < len(sets) - 1
    return replace(last, is_outlier=alone)


def _prediction(
    sets: Sequence[ElementSet],
    start: int,
    fit: BallisticFit,
    fallen: Falls,
    conditions: Conditions,
    settings: ReentrySettings,
    longest_s: float,
) -> ReentryPrediction:
    epoch = sets[start].epoch_tai_ns
    window = window_of(fallen.after_s)
    came = np.isfinite(fallen.after_s)

    def instant(after_s: float) -> int:
        return epoch + round(min(after_s, longest_s) * NANOSECONDS_A_SECOND)

    middle = int(np.nanargmin(np.abs(fallen.after_s - window.median_s)))
    return ReentryPrediction(
        identity=sets[start].identity,
        as_of_tai_ns=conditions.as_of_tai_ns,
        altitude_m=settings.altitude_m,
        epoch_tai_ns=instant(window.median_s),
        window_start_tai_ns=instant(window.start_s),
        window_end_tai_ns=instant(window.end_s),
        window_probability=WINDOW_PROBABILITY,
        last_elements_tai_ns=sets[-1].epoch_tai_ns,
        n_element_sets=len(sets),
        n_outliers=fit.n_outliers,
        ballistic_coefficient_m2_kg=fit.coefficient_m2_kg,
        ballistic_coefficient_log_sigma=fit.log_sigma,
        inclination_rad=sets[start].inclination_rad,
        ensemble=ReentryEnsemble(
            epoch_tai_ns=epoch + np.rint(fallen.after_s[came] * NANOSECONDS_A_SECOND).astype(np.int64),
            latitude_rad=fallen.latitude_rad[came],
            longitude_rad=fallen.longitude_rad[came],
            heading_rad=fallen.heading_rad[came],
            n_still_up=int((~came).sum()),
        ),
        track=_track(epoch, fallen, middle),
        assumptions=_assumptions(fit, conditions.weather_is_known, np.isinf(window.end_s)),
        realm=sets[start].realm,
        marking=strictest(frozenset(es.marking for es in sets)),
        lineage=Lineage(
            sources=tuple(dict.fromkeys(source for es in sets for source in es.lineage.sources)),
            method=METHOD,
            settings=settings_of({name: getattr(settings, name) for name in settings.__dataclass_fields__}),
        ),
    )


def _track(epoch_tai_ns: int, fallen: Falls, middle: int) -> GroundTrack:
    offset_s = np.arange(-TRACK_HALF_S, TRACK_HALF_S + 1.0, TRACK_STEP_S)
    place = fallen.latitude_rad[middle], fallen.longitude_rad[middle], fallen.heading_rad[middle]
    latitude_rad, longitude_rad = track_through(float(place[0]), float(place[1]), float(place[2]), offset_s)
    after_s = fallen.after_s[middle] + offset_s
    return GroundTrack(
        epoch_tai_ns=epoch_tai_ns + np.rint(after_s * NANOSECONDS_A_SECOND).astype(np.int64),
        latitude_rad=latitude_rad,
        longitude_rad=longitude_rad,
        altitude_m=np.full(offset_s.size, TRACK_ALTITUDE_M),
    )


def _assumptions(fit: BallisticFit, weather_is_known: bool, is_open: bool) -> tuple[str, ...]:
    told = [
        "It falls by itself: no thrust, and one ballistic coefficient until it is down.",
        "Air of NRLMSISE-00; the spread of its error was chosen from real decays of 2013 and 2014.",
        "Space weather as known at the time, and drawn from that of past years beyond."
        if weather_is_known
        else "No space weather was given: any moment of a solar cycle is as likely as any other.",
    ]
    if fit.has_changed:
        told.append(
            "Its sets before and after do not sink alike: it may have thrust, or fly otherwise than it did."
            " Only the later ones are used, and the window is wider for it."
        )
    if is_open:
        told.append("The window ends beyond the last day that was computed.")
    return tuple(told)
