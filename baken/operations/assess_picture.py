"""Assess a picture: ask every detector what it sees in the days to come, and keep what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from baken.astro.time import utc_text
from baken.catalogue.motion import motion_of
from baken.catalogue.picture import digest_of_picture
from baken.operations.ports import NODE_OF_REALM, Detector, Screening, Store
from baken.records.catalogue import Picture
from baken.records.event import (
    Detection,
    Event,
    EventKind,
    Finding,
    Runner,
    Window,
    is_same_happening,
    nearness_ns,
)
from baken.records.lineage import settings_of
from baken.records.marking import Realm, strictest

# As settings tell at which instant a picture was drawn, which one it was, and what was looked at in it.
AS_OF, PICTURE, WINDOW_START, WINDOW_END = "as_of_utc", "picture", "window_start_utc", "window_end_utc"
WHEN = frozenset({AS_OF, PICTURE, WINDOW_START, WINDOW_END})
# Of these kinds what is found depends on nobody but the objects it is about; of others, on the whole picture.
OF_ITS_OBJECTS = frozenset({EventKind.CONJUNCTION, EventKind.REENTRY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What every detector saw in one picture over one window."""

    picture: Picture
    window: Window
    detections: tuple[Detection, ...]


def assess_picture(
    picture: Picture, window: Window, detectors: Sequence[Detector], *, run: Runner
) -> Assessment:
    """Show a picture in motion to every detector.

    The same picture, window, detectors and code give the same findings, whoever runs them.
    """
    motion = motion_of(picture.element_sets)
    seen = (detector.detect(picture, motion, window, run=run) for detector in detectors)
    detections = tuple(_telling_how(detection, picture) for detection in seen)
    return Assessment(picture=picture, window=window, detections=detections)


def _telling_how(detection: Detection, picture: Picture) -> Detection:
    """Return what was seen with findings that tell how to see them again: instant, window, settings."""
    if not detection.findings:
        return detection
    whole = {} if detection.kind in OF_ITS_OBJECTS else {PICTURE: digest_of_picture(picture)}
    how = {
        **whole,
        **dict(detection.settings),
        AS_OF: utc_text(picture.as_of_tai_ns, 9),
        WINDOW_START: utc_text(detection.window.start_tai_ns, 9),
        WINDOW_END: utc_text(detection.window.end_tai_ns, 9),
    }

    def telling(finding: Finding) -> Finding:
        settings = settings_of({**how, **dict(finding.lineage.settings)})
        return replace(finding, lineage=replace(finding.lineage, settings=settings))

    return replace(detection, findings=tuple(telling(finding) for finding in detection.findings))


def keep_assessment(
    store: Store, assessment: Assessment, *, wall_s: float, at_tai_ns: int
) -> tuple[Event, ...]:
    """Keep what was seen and give every finding its event; a happening known before keeps its name."""
    node = NODE_OF_REALM.get(assessment.picture.realm) or store.node_name()
    events: list[Event] = []
    for detection in assessment.detections:
        if detection.kind is EventKind.CONJUNCTION:
            _keep_screening(store, assessment, detection, wall_s=wall_s, at_tai_ns=at_tai_ns)
        findings = _under_known_keys(store, detection, assessment.picture.realm)
        events += store.keep_findings(findings, node=node, at_tai_ns=at_tai_ns)
    return tuple(events)


def _under_known_keys(store: Store, detection: Detection, realm: Realm) -> tuple[Finding, ...]:
    """Return the findings, each under the key of the event it is a new look at, if there is one."""
    window = detection.window
    starts = [window.start_tai_ns, *(finding.start_tai_ns for finding in detection.findings)]
    ends = [window.end_tai_ns, *(finding.end_tai_ns for finding in detection.findings)]
    # What goes on for days may have had its peak before this window, and still be the same happening.
    reach_ns = nearness_ns(detection.kind) + window.end_tai_ns - window.start_tai_ns
    known = store.events(
        realm,
        kind=detection.kind,
        peak_from_tai_ns=min(starts) - reach_ns,
        peak_before_tai_ns=max(ends) + reach_ns,
    )
    of_object: dict[str, dict[str, Finding]] = {}
    for event in known:
        for object_id in event.finding.object_ids:
            of_object.setdefault(object_id, {})[event.finding.encounter_key] = event.finding
    taken: set[str] = set()
    return tuple(_as_known(finding, of_object, taken) for finding in detection.findings)


def _as_known(finding: Finding, of_object: Mapping[str, Mapping[str, Finding]], taken: set[str]) -> Finding:
    """Return a finding under the key of the nearest known one of the same happening, which is then taken.

    Where it says nothing new, the known one stands, and so does when it was made.
    """
    candidates: dict[str, Finding] = {}
    for object_id in finding.object_ids:
        candidates |= of_object.get(object_id, {})
    same = [
        known for key, known in candidates.items() if key not in taken and is_same_happening(finding, known)
    ]
    if not same:
        return finding
    nearest = min(same, key=lambda known: abs(known.peak_tai_ns - finding.peak_tai_ns))
    taken.add(nearest.encounter_key)
    renamed = replace(finding, encounter_key=nearest.encounter_key)
    return nearest if _says_the_same(renamed, nearest) else renamed


def _says_the_same(finding: Finding, known: Finding) -> bool:
    """Say whether a look says nothing that the last one did not, but for when it was taken."""
    return _but_for_when(finding).digest == _but_for_when(known).digest


def _but_for_when(finding: Finding) -> Finding:
    settings = tuple(one for one in finding.lineage.settings if one[0] not in WHEN)
    return replace(finding, lineage=replace(finding.lineage, settings=settings))


def _keep_screening(
    store: Store, assessment: Assessment, detection: Detection, *, wall_s: float, at_tai_ns: int
) -> None:
    picture = assessment.picture
    screening = Screening(
        start_tai_ns=detection.window.start_tai_ns,
        end_tai_ns=detection.window.end_tai_ns,
        miss_threshold_m=float(dict(detection.settings)["miss_threshold_m"]),
        picture_digest=digest_of_picture(picture),
        settings=detection.settings,
        sieve_account=detection.account,
        realm=picture.realm,
        marking=strictest(frozenset(es.marking for es in picture.element_sets)),
    )
    columns = {name: detection.table[name] for name in detection.table.columns}
    store.keep_screening(screening, columns, wall_s=wall_s, at_tai_ns=at_tai_ns)
