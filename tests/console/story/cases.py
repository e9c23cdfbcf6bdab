"""The cases of the story: a breakup people work on, a meeting in space just noticed, and a closed one."""

from baken.evidence.checkpoint import origin_of
from baken.evidence.keys import birth, new_key
from baken.incident.history import BAKEN
from baken.incident.lifecycle import Step
from baken.operations import join_incident, weigh_hypotheses, work_incident
from baken.operations.desk import Desk
from baken.operations.find_event import event_in_any_world
from baken.operations.keep_evidence import keep
from baken.operations.keep_keys import keep_key_note
from baken.operations.open_incident import open_from_report, open_incident
from baken.operations.receive_report import receive_report
from baken.operations.record_determination import record_determination, sign_determination
from baken.operations.sign_log import sign_log
from baken.operations.take_evidence import Taken, entry_of_statement
from baken.records.determination import Determination
from baken.records.event import read_event_id
from baken.records.evidence import EntryKind, read_entry_id
from baken.records.hypothesis import Confidence, Credibility, Fit, Likelihood, Reliability
from baken.records.incident import IncidentId, IncidentKind
from baken.records.marking import Marking, Realm
from tests.console.story.homes import NOW_TAI_NS, Door

REALM = Realm.SIMULATED
MINUTE_NS = 60 * 10**9
OFFICER, ANALYST, SECOND, COORDINATOR = "officer", "m.jansen", "t.bakker", "coordinator"
BREAKUP, MEETING, LINK = "SIM-IN26-0001", "SIM-IN26-0002", "SIM-IN26-0003"
SHARED = Marking(owner="NL", releasable_to=frozenset({"DE", "EU", "NL"}))
AUTHORITY = "baken/NL/authority/invented-minister"


def tell(door: Door) -> None:
    """Tell of three cases and of a report that waits; then sign the log, so that all of it can be proved."""
    _breakup(door)
    _meeting(door)
    _link(door)
    _heard(door, 25, "Example Relay", "A relay in geostationary orbit: bursts of noise on two channels")
    key = new_key(origin_of("NL", REALM), door.service.luck)
    _own(door, key)
    sign_log(door.service.log, REALM, key, at_tai_ns=NOW_TAI_NS)


def _breakup(door: Door) -> None:
    case = _opened(
        door, 400, "SIM-FR26-0001", "Breakup of a spent stage at 859 km", IncidentKind.BREAKUP,
        "24 new pieces part from one orbit; five crewed or government objects cross it",
    )  # fmt: skip
    at = Following(door, case)
    at.note(392, OFFICER, "Called the operator of the nearest constellation; nobody there saw anything yet.")
    radar = at.stated(371, "19 pieces on the first pass over a radar", Reliability.B, "2")
    report = _heard(door, 352, "Example Imaging", "Imaging satellite: attitude upset at 23:58Z, recovered")
    desk = at.desk(344, OFFICER)
    join_incident.join_entry(desk, case, read_entry_id(report), "the time fits the pinch point")
    work_incident.step_further(
        at.desk(340, OFFICER), case, Step.CORROBORATE, "two sources apart from our own catalogue"
    )
    work_incident.judge(
        at.desk(338, OFFICER), case, "severity", "serious", "the cloud crosses a busy shell for years"
    )
    work_incident.judge(at.desk(335, COORDINATOR), case, "assigned_to", ANALYST, "")
    work_incident.acknowledge(at.desk(330, ANALYST), case)
    _weighed(at, radar, report)
    wrong = at.note(120, ANALYST, "The pinch point lies at 839 km.")
    at.note(112, ANALYST, "The pinch point lies at 859 km, not 839: a slip of the pen.", replaces=wrong)
    at.note(
        64, SECOND, "Four more pieces were catalogued overnight; their orbits pass the same point.", SHARED
    )
    work_incident.decide(
        at.desk(45, COORDINATOR), case, "Warn the owners of the five assets nearest to the cloud today."
    )
    _determined(at, radar)


def _weighed(at: "Following", radar: str, report: str) -> None:
    desk = at.desk(300, ANALYST)
    finding = next(
        kept.entry_id for kept in desk.log.entries(REALM, subject="SIM-FR26-0001", kinds={EntryKind.FINDING})
    )
    for name, text, benign in (
        ("stored-energy", "Left-over propellant or a battery burst", True),
        ("struck-by-fragment", "A catalogued fragment struck it", True),
        ("struck-from-below", "Something launched from the ground struck it", False),
    ):
        weigh_hypotheses.add_hypothesis(desk, at.case, name, text, benign=benign)
    graded = (
        (finding, Reliability.A, Credibility.PROBABLY_TRUE),
        (report, Reliability.C, Credibility.POSSIBLY_TRUE),
    )
    for piece, reliability, credibility in graded:
        weigh_hypotheses.grade(desk, at.case, read_entry_id(piece), reliability, credibility)
    names = ("stored-energy", "struck-by-fragment", "struck-from-below", "our-error", "deliberate", "debris")
    ratings = (
        (finding, ("CC", "I", "I", "II", "N", "N")),
        (radar, ("C", "N", "II", "II", "I", "N")),
        (report, ("N", "C", "N", "I", "N", "C")),
    )
    for piece, fits in ratings:
        said = dict(zip(names, map(Fit, fits), strict=True))
        weigh_hypotheses.rate(at.desk(280, ANALYST), at.case, read_entry_id(piece), said)
    weigh_hypotheses.estimate(
        at.desk(250, ANALYST), at.case, "stored-energy", Likelihood.LIKELY, Confidence.MODERATE,
        "the pieces part evenly in all directions at tens of metres a second",
    )  # fmt: skip
    weigh_hypotheses.estimate(
        at.desk(244, SECOND), at.case, "struck-by-fragment", Likelihood.UNLIKELY, Confidence.LOW,
        "no catalogued object was near, but small ones are not catalogued",
    )  # fmt: skip
    weigh_hypotheses.remark(
        at.desk(240, SECOND), at.case, EntryKind.GAP, "No optical light curve of the stage from before"
    )
    weigh_hypotheses.remark(
        at.desk(236, SECOND), at.case, EntryKind.DISSENT,
        "The sample of kicks is small: a strike by something uncatalogued is not excluded.",
    )  # fmt: skip


def _determined(at: "Following", basis: str) -> None:
    key = new_key(AUTHORITY, at.door.service.luck)
    _own(at.door, key)
    said = Determination(
        about=str(at.case),
        state="NL",
        organ="an authority invented for this sky",
        decided_on="2026-11-26",
        wording="On this evidence the stage broke up by itself; nobody is held responsible.",
        language="en",
        basis=(basis,),
        is_public=False,
        actor_named="",
        realm=REALM,
        marking=Marking(owner="NL"),
    )
    record_determination(at.desk(20, COORDINATOR), sign_determination(said, key), [key.verifier])


def _meeting(door: Door) -> None:
    case = _opened(
        door, 30, "SIM-CJ26-0004", "Two satellites meet within the hour", IncidentKind.COLLISION_RISK,
        "nobody has said yet which of the two can move",
    )  # fmt: skip
    Following(door, case).note(21, OFFICER, "Both owners telephoned; one does not answer.")


def _link(door: Door) -> None:
    report = _heard(door, 2900, "Example Ground", "Downlink of a weather satellite: noise every ten minutes")
    case = open_from_report(
        _desk(door, 2880, OFFICER), node="NL", realm=REALM, sequence=read_entry_id(report), because="",
        rules=door.service.rules,
    ).incident_id  # fmt: skip
    at = Following(door, case)
    at.note(2700, ANALYST, "The noise comes and goes with the heating of the antenna.")
    work_incident.judge(at.desk(2500, OFFICER), case, "unintended", "yes", "a cable was chafed")
    for ago, step, because in (
        (2520, Step.CORROBORATE, "measured at a second antenna"),
        (2400, Step.RESOLVE, "the cable was replaced, and a day without noise"),
    ):
        work_incident.step_further(at.desk(ago, OFFICER), case, step, because)


class Following:
    """A case as people work on it, minute by minute."""

    def __init__(self, door: Door, case: IncidentId) -> None:
        self.door, self.case = door, case

    def desk(self, minutes_ago: int, actor: str, marking: Marking | None = None) -> Desk:
        return _desk(self.door, minutes_ago, actor, marking)

    def note(
        self, minutes_ago: int, actor: str, text: str, marking: Marking | None = None, replaces: str = ""
    ) -> str:
        after = work_incident.note(self.desk(minutes_ago, actor, marking), self.case, text, replaces)
        return f"EV-{after.timeline[-1].entry_sequence}"

    def stated(self, minutes_ago: int, title: str, reliability: Reliability, credibility: str) -> str:
        """Keep what somebody says of the case as evidence, and grade it."""
        desk = self.desk(minutes_ago, OFFICER)
        taken = Taken(
            subject=str(self.case), actor=OFFICER, at_tai_ns=desk.at_tai_ns, title=title,
            text="None is larger than a metre; the second pass comes in two hours.",
            source="radar of a partner", realm=REALM, marking=SHARED,
        )  # fmt: skip
        (kept,) = keep(desk.log, [entry_of_statement(taken)], at_tai_ns=desk.at_tai_ns, luck=desk.luck)
        weigh_hypotheses.grade(
            self.desk(minutes_ago - 5, ANALYST),
            self.case,
            kept.sequence,
            reliability,
            Credibility(credibility),
        )
        return kept.entry_id


def _opened(
    door: Door, minutes_ago: int, event_id: str, title: str, kind: IncidentKind, because: str
) -> IncidentId:
    event = event_in_any_world(door.service.store, read_event_id(event_id))
    opened = open_incident(
        _desk(door, minutes_ago, OFFICER), node="NL", realm=REALM, title=title, kind=kind, because=because,
        rules=door.service.rules, events=[event],
    )  # fmt: skip
    return opened.incident_id


def _heard(door: Door, minutes_ago: int, organisation: str, what: str) -> str:
    system, _, seen = what.partition(": ")
    told = {
        "reporter": "A. Example",
        "organisation": organisation,
        "contact": "+31 70 000 0000",
        "kind": "radio-interference" if "noise" in what else "other",
        "system": system,
        "what": seen,
        "observed_from_utc": "2026-11-20T23:58:00Z",
    }
    desk = _desk(door, minutes_ago, "outside")
    return receive_report(desk, told, node="NL", realm=REALM).entry_id


def _own(door: Door, key: object) -> None:
    note = birth(key, at_tai_ns=NOW_TAI_NS)
    keep_key_note(
        door.service.log, note, actor=BAKEN, at_tai_ns=NOW_TAI_NS, luck=door.service.luck, realm=REALM
    )


def _desk(door: Door, minutes_ago: int, actor: str, marking: Marking | None = None) -> Desk:
    at_tai_ns = NOW_TAI_NS - minutes_ago * MINUTE_NS
    desk = Desk(log=door.service.log, actor=actor, at_tai_ns=at_tai_ns, luck=door.service.luck)
    return (
        desk
        if marking is None
        else Desk(log=desk.log, actor=actor, at_tai_ns=at_tai_ns, luck=desk.luck, marking=marking)
    )
