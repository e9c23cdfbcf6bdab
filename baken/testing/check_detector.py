"""Is this a detector one can rely on?  Ask it the same things, whoever wrote it.

A detector that is offered as a plug-in passes ``check_detector`` on a picture in which it has something to
find.  The suite knows no danger: it checks what every detector promises.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from baken.catalogue.motion import motion_of
from baken.operations.ports import Detector
from baken.records.catalogue import Picture
from baken.records.event import Detection, Finding, Window
from baken.records.marking import strictest


def check_detector(detector: Detector, picture: Picture, window: Window) -> tuple[str, ...]:
    """Return every promise the detector breaks on this picture, in words; nothing when it keeps them all.

    The picture must hold something to find: a detector that finds nothing has shown nothing.
    """
    seen = look(detector, picture, window)
    return (
        *_finds_something(seen),
        *_names_what_it_is(detector, seen),
        *_findings_fit(seen.findings, picture, window),
        *_says_the_same_again(detector, picture, window, seen),
        *_an_empty_sky_is_quiet(detector, picture, window),
        *_one_bad_object_stops_nothing(detector, picture, window, seen),
    )


def look(detector: Detector, picture: Picture, window: Window) -> Detection:
    """Return what a detector sees, with the work done in order, in this thread."""
    return detector.detect(picture, motion_of(picture.element_sets), window, run=map)


def _finds_something(seen: Detection) -> Iterator[str]:
    if not seen.findings:
        yield "it found nothing in a picture that has something to find"


def _names_what_it_is(detector: Detector, seen: Detection) -> Iterator[str]:
    if not detector.name:
        yield "it has no name"
    if seen.kind is not detector.kind:
        yield f"it says it watches for {detector.kind} and found {seen.kind}"
    if unnamed := {name for name, _ in seen.account} - set(detector.account_names):
        yield f"its account counts what account_names does not name: {', '.join(sorted(unnamed))}"


def _findings_fit(findings: Sequence[Finding], picture: Picture, window: Window) -> Iterator[str]:
    before = picture.past.element_sets if picture.past else ()
    marking_of = {es.identity.object_id: es.marking for es in (*before, *picture.element_sets)}
    # What only shows in hindsight has its peak in the past that the picture can be compared with.
    earliest_tai_ns = picture.past.as_of_tai_ns if picture.past else window.start_tai_ns
    for finding in findings:
        name = finding.encounter_key
        if finding.realm is not picture.realm:
            yield f"{name}: a {picture.realm} picture gave a {finding.realm} finding"
        if unknown := set(finding.object_ids) - set(marking_of):
            yield f"{name}: it names objects that are not in the picture: {sorted(unknown)}"
        else:
            allowed = strictest(frozenset(marking_of[object_id] for object_id in finding.object_ids))
            if not finding.marking.releasable_to <= allowed.releasable_to:
                yield f"{name}: more people may see the finding than may see what it was made from"
        if not (earliest_tai_ns <= finding.peak_tai_ns <= window.end_tai_ns):
            yield f"{name}: it peaks outside the window"
        if not finding.lineage.method or not finding.lineage.sources:
            yield f"{name}: it does not say how, or from what, it was found"
        if not finding.because:
            yield f"{name}: it does not say why it is shown"


def _says_the_same_again(
    detector: Detector, picture: Picture, window: Window, seen: Detection
) -> Iterator[str]:
    if digests(look(detector, picture, window)) != digests(seen):
        yield "the same picture gave other findings the second time"


def _an_empty_sky_is_quiet(detector: Detector, picture: Picture, window: Window) -> Iterator[str]:
    if look(detector, replace(picture, choices=()), window).findings:
        yield "it found something in an empty sky"


def _one_bad_object_stops_nothing(
    detector: Detector, picture: Picture, window: Window, seen: Detection
) -> Iterator[str]:
    """Put an object into the picture that falls out of the sky, and see that the others are still watched."""
    first = picture.choices[0].chosen
    fallen = replace(
        first,
        identity=replace(first.identity, object_id="OBJ-FALLEN", norad_cat_id=None),
        mean_motion_rad_s=17.5 * 6.283185307179586 / 86_400.0,
        eccentricity=0.01,
    )
    with_fallen = replace(picture, choices=(*picture.choices, replace(picture.choices[0], chosen=fallen)))
    if not digests(seen) <= digests(look(detector, with_fallen, window)):
        yield "one object that cannot be followed made it lose sight of others"


def digests(detection: Detection) -> set[str]:
    """Return what was found, by content."""
    return {finding.digest for finding in detection.findings}
