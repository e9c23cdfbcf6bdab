"""Is a finding of the sky that Baken invents made again without any file, and that of no other sky?"""

import pytest

from baken.assess.fragmentation.detector import FragmentationDetector
from baken.astro.time import tai_ns_from_utc
from baken.operations.assess_picture import assess_picture
from baken.operations.finding_evidence import entry_of_finding
from baken.operations.recompute_finding import Recomputed, ToldFinding, Verdict, recompute_finding
from baken.records.event import Event, Finding, Window, read_event_id
from baken.wiring.recomputing import means_of
from baken.wiring.skies import DAY_NS, simulated_sky

NOW_TAI_NS = tai_ns_from_utc("2026-03-01T09:30:00Z")
FEW = 200


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baken.wiring.recomputing.SIMULATED_OBJECTS", FEW)


def breakup_among(n_objects: int) -> Finding:
    sky = simulated_sky(now_tai_ns=NOW_TAI_NS, n_objects=n_objects)
    window = Window(start_tai_ns=sky.start_tai_ns, end_tai_ns=sky.start_tai_ns + DAY_NS)
    assessment = assess_picture(sky.picture(), window, [FragmentationDetector()], run=map)
    return assessment.detections[0].findings[0]


def recomputed(finding: Finding) -> Recomputed:
    event = Event(event_id=read_event_id("SIM-FR26-0001"), finding=finding)
    entry = entry_of_finding(event, actor="officer", at_tai_ns=1)
    told = ToldFinding(entry_id="EV-1", fields=dict(entry.disclosable), contents={}, realm=finding.realm)
    return recompute_finding(told, means_of(map))


@pytest.mark.usefixtures("few")
def test_the_staged_breakup_comes_out_the_same_without_a_file():
    finding = breakup_among(FEW)
    made = recomputed(finding)
    assert (made.verdict, made.digest) == (Verdict.SAME, finding.digest)


@pytest.mark.usefixtures("few")
def test_a_breakup_among_others_than_those_invented_here_is_not_passed_off_as_differing():
    made = recomputed(breakup_among(FEW + 1))
    assert (made.verdict, "more was known then" in made.because) == (Verdict.CANNOT, True)
