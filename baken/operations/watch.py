"""One turn of the watch: look at a sky, assess it, keep what was seen, and say what needs attention."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from baken.catalogue.age import age_of
from baken.operations.assess_picture import assess_picture, keep_assessment
from baken.operations.ports import Detector, Store
from baken.records.catalogue import Picture
from baken.records.event import Runner, Window
from baken.report.briefing import Brief, StateOfData, watched
from baken.report.urgency import ranked
from baken.report.words import Phrase

# Reads a stopwatch; the procedure itself never asks what time it is.
Stopwatch = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a turn of the watch looks at: a picture, how it came about, and for how long ahead."""

    picture: Picture
    window: Window
    sky: Phrase
    digests: tuple[str, ...]
    n_element_sets: int
    n_rejected: int = 0
    n_left_out: int = 0
    remarks: tuple[Phrase, ...] = ()


def turn(
    watch: Watch,
    detectors: Sequence[Detector],
    store: Store,
    *,
    run: Runner,
    at_tai_ns: int,
    stopwatch: Stopwatch,
) -> Brief:
    """Take one turn of the watch and return its brief; what was found is kept under its name."""
    began_s = stopwatch()
    assessment = assess_picture(watch.picture, watch.window, detectors, run=run)
    assessed_s = stopwatch()
    events = keep_assessment(store, assessment, wall_s=assessed_s - began_s, at_tai_ns=at_tai_ns)
    kept_s = stopwatch()
    return Brief(
        realm=watch.picture.realm,
        as_of_tai_ns=watch.picture.as_of_tai_ns,
        window=watch.window,
        data=_state_of(watch),
        attention=ranked(events, watch.picture.as_of_tai_ns),
        watched=tuple(watched(detection) for detection in assessment.detections),
        remarks=watch.remarks,
        took_s=(("assess", assessed_s - began_s), ("keep", kept_s - assessed_s)),
    )


def _state_of(watch: Watch) -> StateOfData:
    return StateOfData(
        sky=watch.sky,
        digests=watch.digests,
        n_element_sets=watch.n_element_sets,
        n_objects=len(watch.picture.choices),
        n_rejected=watch.n_rejected,
        n_left_out=watch.n_left_out,
        age=age_of(watch.picture),
    )
