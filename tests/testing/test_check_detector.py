"""Does the suite for detectors see every promise broken, and pass one that keeps them all?"""

from dataclasses import dataclass, field, replace
from itertools import count

import pytest

from baken.assess.conjunction.detector import ConjunctionDetector
from baken.records.event import EventKind
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm
from baken.testing.check_detector import check_detector
from baken.wiring.plugins import detectors
from tests.assess.fragmentation.test_detector import WINDOW as BREAKUP_WINDOW
from tests.assess.fragmentation.test_detector import picture_with_a_breakup
from tests.assess.reentry.test_detector import SKY as SKY_WITH_A_FALL
from tests.assess.reentry.test_detector import WEEK
from tests.makers import crossing_pair, element_set, picture_of, window_of_hours

PICTURE = picture_of(*crossing_pair(), element_set(900_003, raan_rad=2.0))
WINDOW = window_of_hours(3.0)
# A detector that looks for change needs a picture with a past in which something broke.
SOMETHING_TO_FIND = {
    "fragmentation": (picture_with_a_breakup(), BREAKUP_WINDOW),
    "reentry": (SKY_WITH_A_FALL, WEEK),
}


@dataclass
class Twisted:
    """The detector of conjunctions, with its answer twisted."""

    twist: object
    name: str = "twisted"
    kind: EventKind = EventKind.CONJUNCTION
    account_names: tuple[str, ...] = ConjunctionDetector().account_names
    times: object = field(default_factory=count)

    def detect(self, picture, motion, window, *, run):
        seen = ConjunctionDetector().detect(picture, motion, window, run=run)
        return self.twist(seen, picture, next(self.times))


def each(seen, **changes):
    return replace(seen, findings=tuple(replace(finding, **changes) for finding in seen.findings))


BROKEN = {
    "found nothing": lambda seen, picture, n: replace(seen, findings=()),
    "watches for": lambda seen, picture, n: replace(seen, kind=EventKind.REENTRY),
    "TEST finding": lambda seen, picture, n: each(seen, realm=Realm.TEST),
    "not in the picture": lambda seen, picture, n: each(seen, object_ids=("OBJ-NOBODY",)),
    "more people": lambda seen, picture, n: each(seen, marking=Marking(releasable_to=frozenset({"ALL"}))),
    "outside the window": lambda seen, picture, n: each(seen, start_tai_ns=0, peak_tai_ns=0, end_tai_ns=0),
    "how, or from what": lambda seen, picture, n: each(seen, lineage=Lineage(method="somehow")),
    "why it is shown": lambda seen, picture, n: each(seen, because=""),
    "does not name: moonbeams": lambda seen, picture, n: replace(seen, account=(("moonbeams", 1),)),
    "second time": lambda seen, picture, n: each(seen, because=f"look {n}"),
    "lose sight": lambda seen, picture, n: replace(seen, findings=()) if len(picture.choices) > 3 else seen,
}


@pytest.mark.parametrize("promise", BROKEN)
def test_a_broken_promise_is_seen(promise):
    problems = check_detector(Twisted(BROKEN[promise]), PICTURE, WINDOW)
    assert any(promise in problem for problem in problems), problems


def test_a_detector_that_sees_things_in_an_empty_sky_is_seen():
    kept = []

    def haunted(seen, picture, n):
        kept.extend(seen.findings)
        return replace(seen, findings=tuple(kept[:1]))

    assert any("empty sky" in problem for problem in check_detector(Twisted(haunted), PICTURE, WINDOW))


def test_every_detector_that_is_installed_keeps_its_promises():
    broken = {
        one.name: check_detector(one, *SOMETHING_TO_FIND.get(one.name, (PICTURE, WINDOW)))
        for one in detectors()
    }
    assert not any(broken.values()), broken
    assert "conjunction" in {detector.name for detector in detectors()}
