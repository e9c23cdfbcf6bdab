"""One conjunction of the sky gets a life: a centre warns five times, better each time, an operator once."""

from dataclasses import dataclass, replace

import numpy as np

from baken.astro.time import utc_text
from baken.formats import cdm_kvn
from baken.operations.follow_event import case_of_event
from baken.operations.import_catalogue import NamedContent, Provenance
from baken.operations.look_at_encounter import encounter_in
from baken.operations.receive_messages import keep_warnings, read_warnings
from baken.records.conjunction_message import ConjunctionMessage, ConjunctionObject, OrbitDetermination
from baken.records.event import Event, EventKind
from baken.records.marking import Marking, Realm
from baken.wiring.assessors import assessor_of_warnings
from tests.console.story.homes import NOW_TAI_NS, Door

HOUR_NS = 3_600 * 10**9
CENTRE, OPERATOR = "SIM CENTRE", "SIM OPERATOR"
FOR_PARTNERS = Marking(owner="NL", releasable_to=frozenset({"DE", "FR", "NL"}))


@dataclass(frozen=True)
class Said:
    """What somebody said: how long ago, how far aside of the truth, and one sigma in R, T and N of either."""

    originator: str
    hours_ago: float
    aside_m: tuple[float, float]
    first_sigma_m: tuple[float, float, float]
    second_sigma_m: tuple[float, float, float]
    factor_said: float = 1.0


SAID = (
    Said(CENTRE, 46.0, (1_900.0, -660.0), (30.0, 500.0, 60.0), (160.0, 2_400.0, 420.0)),
    Said(CENTRE, 33.0, (-760.0, 330.0), (22.0, 300.0, 45.0), (120.0, 1_500.0, 260.0)),
    Said(CENTRE, 21.0, (330.0, 130.0), (14.0, 180.0, 28.0), (70.0, 800.0, 140.0), 0.8),
    Said(CENTRE, 9.0, (-60.0, 30.0), (9.0, 90.0, 16.0), (46.0, 420.0, 84.0), 0.9),
    Said(OPERATOR, 6.0, (-380.0, 120.0), (5.0, 30.0, 6.0), (60.0, 700.0, 90.0), 0.5),
    Said(CENTRE, 2.0, (12.0, 4.0), (6.0, 50.0, 10.0), (30.0, 240.0, 52.0), 0.95),
)


def tell(door: Door) -> None:
    """Let a centre and an operator warn, and keep what they sent as an import keeps it."""
    made = encounter_of(door, event_with_a_life(door))
    assessor = assessor_of_warnings()
    for said in SAID:
        at_tai_ns = NOW_TAI_NS - round(said.hours_ago * HOUR_NS)
        content = cdm_kvn.write([_with_probability(_said(made, said, at_tai_ns), said.factor_said)])
        given = NamedContent(name=f"{said.originator.lower().replace(' ', '-')}.cdm", content=content)
        provenance = Provenance(source=said.originator, realm=Realm.SIMULATED, marking=FOR_PARTNERS)
        read = read_warnings(given, provenance, assessor)
        assert not read.rejected, read.rejected
        keep_warnings(
            door.service.store,
            [read],
            source=said.originator,
            at_tai_ns=at_tai_ns + HOUR_NS // 6,
            strict=True,
        )


def event_with_a_life(door: Door) -> Event:
    """Return the conjunction with a fragment that comes first, half a day ahead or more."""
    events = door.service.store.events(Realm.SIMULATED, kind=EventKind.CONJUNCTION)
    return next(
        event
        for event in events
        if event.finding.peak_tai_ns > NOW_TAI_NS + 12 * HOUR_NS
        and str(event.finding.measure("secondary_name")).endswith(" DEB")
        and event.finding.measure("probability") is not None
    )


def encounter_of(door: Door, event: Event) -> ConjunctionMessage:
    """Return the encounter as the orbits of the sky have it: the truth of this story."""
    service = door.service
    case = case_of_event(
        service.store, event.event_id, realm=Realm.SIMULATED, assessor=assessor_of_warnings()
    )
    own = next(update for update in case.updates if not update.message_id.startswith("SIM"))
    sky = service.skies.of(service.store, service.log, Realm.SIMULATED, now_tai_ns=NOW_TAI_NS)
    assert sky.picture is not None
    made = encounter_in(sky.picture, own, now_tai_ns=NOW_TAI_NS)
    assert made is not None
    return made


def _said(made: ConjunctionMessage, said: Said, at_tai_ns: int) -> ConjunctionMessage:
    """Return what somebody makes of the encounter: the second object aside, in the encounter plane."""
    first_m, first_m_s, second_m, second_m_s = (
        np.array(vector) for one in (made.first, made.second) for vector in (one.position_m, one.velocity_m_s)
    )
    along = (second_m_s - first_m_s) / np.linalg.norm(second_m_s - first_m_s)
    radial = first_m / np.linalg.norm(first_m)
    up = radial - (radial @ along) * along
    up /= np.linalg.norm(up)
    across, height = said.aside_m
    moved_m = second_m + across * np.cross(up, along) + height * up
    second = replace(_with_sigma(made.second, said.second_sigma_m), position_m=tuple(moved_m.tolist()))
    first = replace(
        _with_sigma(made.first, said.first_sigma_m),
        manoeuvrable="YES",
        operator=replace(made.first.operator, organization="SIM BROADBAND", email="flight@sim.example"),
    )
    return replace(
        made,
        originator=said.originator,
        message_id=f"{said.originator.replace(' ', '-')}-{utc_text(at_tai_ns, 0)}",
        created_tai_ns=at_tai_ns,
        first=_seen_until(first, at_tai_ns - 3 * HOUR_NS),
        second=_seen_until(second, at_tai_ns - 8 * HOUR_NS),
        miss_distance_m=float(np.linalg.norm(moved_m - first_m)),
        relative_position_rtn_m=None,
        relative_velocity_rtn_m_s=None,
        comments=(("relativeMetadataData", ("REALM SIMULATED: NOT OF THE REAL WORLD",)),),
    )


def _with_sigma(one: ConjunctionObject, sigma_m: tuple[float, float, float]) -> ConjunctionObject:
    # On a circular orbit an error along the track is one of radial rate, and the other way about.
    rate_m_s = 1.1e-3 * np.array(sigma_m)[[1, 0, 2]]
    covariance = np.diag(np.concatenate([sigma_m, rate_m_s]) ** 2)
    return replace(one, covariance_rtn_si=covariance, covariance_method="CALCULATED", comments=())


def _seen_until(one: ConjunctionObject, until_tai_ns: int) -> ConjunctionObject:
    seen = OrbitDetermination(
        last_observed_from_tai_ns=until_tai_ns - 24 * HOUR_NS, last_observed_until_tai_ns=until_tai_ns
    )
    return replace(one, orbit_determination=seen)


def _with_probability(message: ConjunctionMessage, factor: float) -> ConjunctionMessage:
    """Return a message in which its sender says a probability of his own, near to that of its figures."""
    found = assessor_of_warnings().assess(message).probability
    assert found is not None
    return replace(
        message,
        collision_probability=float(f"{factor * found:.3g}"),
        collision_probability_method="FOSTER-1992",
        hard_body_radius_m=message.hard_body_radius_m,
    )
