"""Assess a picture: ask every detector what it sees in the days to come, and keep what it says."""

from collections.abc import Sequence
from dataclasses import dataclass

from baken.catalogue.motion import motion_of
from baken.operations.ports import Detector, Screening, Store
from baken.records.catalogue import Picture
from baken.records.event import Detection, Event, Runner, Window
from baken.records.lineage import Lineage
from baken.records.marking import Realm

# A name said over the telephone must not pass a drill for the truth.
NODE_OF_REALM = {Realm.EXERCISE: "EXER", Realm.SIMULATED: "SIM", Realm.TEST: "TEST"}


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
    detections = tuple(detector.detect(picture, motion, window, run=run) for detector in detectors)
    return Assessment(picture=picture, window=window, detections=detections)


def keep_events(store: Store, assessment: Assessment, *, at_tai_ns: int) -> tuple[Event, ...]:
    """Give every finding its event, worst first; a happening known before keeps its name."""
    node = NODE_OF_REALM.get(assessment.picture.realm) or store.node_name()
    return tuple(
        event
        for detection in assessment.detections
        for event in store.keep_findings(detection.findings, node=node, at_tai_ns=at_tai_ns)
    )
