"""Look again at a fall that was found: all ways down that its window rests on, and what they mean below."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from baken.assess.reentry.detector import ReentryDetector, longest_day
from baken.assess.reentry.outlook import AskedOutlook, outlook_of
from baken.astro.atmosphere.density_grid import DensityGrid
from baken.astro.time import tai_ns_from_utc
from baken.errors import UnreadableInput
from baken.operations.assess_picture import WINDOW_END, WINDOW_START
from baken.operations.look_again import as_of_told
from baken.records.catalogue import Past, Picture
from baken.records.event import Finding, Window
from baken.records.lineage import NO_FILE
from baken.records.orbit import ElementSet
from baken.records.reentry import ReentryPrediction
from baken.records.reentry_outlook import ReentryOutlook

# A millisecond: to that a finding tells when.
SAME_NS = 1_000_000
Air = Callable[[int, float], DensityGrid]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FallSeen:
    """A fall in full, as the orbits kept now have it.

    ``is_same`` says whether they give the window that was told, to the millisecond; else they were not what
    it was told from, and what is shown differs from it.
    """

    outlook: ReentryOutlook
    is_same: bool


def sets_of_fall(finding: Finding, picture: Picture) -> tuple[ElementSet, ...]:
    """Return every orbit of the object that falls: on nothing else of a picture does a look at it rest."""
    (object_id,) = finding.object_ids
    past = picture.past.histories if picture.past else ()
    passed_over = (es for choice in picture.choices for es in (choice.chosen, *choice.passed_over))
    return tuple(es for es in (*past, *passed_over) if es.identity.object_id == object_id)


def look_at_reentry(
    finding: Finding, picture: Picture, about: AskedOutlook, n_ways: int, *, air_of: Air
) -> FallSeen:
    """Return a fall in so many ways down, from the orbits in a picture, as of the instant it was told.

    Raises: UnreadableInput where it cannot be done again, in one sentence that says why.
    """
    then, window, detector = _as_told(finding, picture)
    (object_id,) = finding.object_ids
    air = air_of(then.as_of_tai_ns, longest_day(then, window))
    told = detector.look_again(then, object_id, window, air=air)
    seen = replace(detector, n_members=n_ways).look_again(then, object_id, window, air=air)
    if seen is None:
        raise UnreadableInput("the orbits that may be seen here tell of no such fall")
    return FallSeen(outlook=outlook_of(seen, about), is_same=told is not None and _is_same(told, finding))


def _as_told(finding: Finding, picture: Picture) -> tuple[Picture, Window, ReentryDetector]:
    """Return the picture as of the instant a finding tells, the window asked for, and who looked."""
    settings = dict(finding.lineage.settings)
    as_of_tai_ns = as_of_told(finding)
    if settings.get("space_weather", NO_FILE) != NO_FILE:
        raise UnreadableInput(
            "the space weather it was told with is in a file that is not kept here; 'baken reentry products' "
            "takes it with --space-weather"
        )
    try:
        window = Window(
            start_tai_ns=tai_ns_from_utc(settings[WINDOW_START]),
            end_tai_ns=tai_ns_from_utc(settings[WINDOW_END]),
        )
        detector = ReentryDetector(
            altitude_m=float(settings["altitude_m"]), n_members=int(settings["n_members"])
        )
    except (KeyError, ValueError) as error:
        raise UnreadableInput(f"its settings do not tell how it was found: {error}") from error
    return replace(picture, as_of_tai_ns=as_of_tai_ns, past=_past(picture, as_of_tai_ns)), window, detector


def _past(picture: Picture, as_of_tai_ns: int) -> Past | None:
    """Return the histories of a picture, of which a look at an earlier instant leaves out what came later."""
    if picture.past is None:
        return None
    return replace(picture.past, as_of_tai_ns=min(picture.past.as_of_tai_ns, as_of_tai_ns), element_sets=())


def _is_same(told: ReentryPrediction, finding: Finding) -> bool:
    ends = (
        (told.window_start_tai_ns, finding.start_tai_ns),
        (told.epoch_tai_ns, finding.peak_tai_ns),
        (told.window_end_tai_ns, finding.end_tai_ns),
    )
    return all(abs(one - other) <= SAME_NS for one, other in ends)
