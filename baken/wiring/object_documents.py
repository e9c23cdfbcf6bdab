"""One object as JSON: its names, every opinion about its orbit, what it is in, and who may see it."""

import math
from collections.abc import Mapping, Sequence

from baken.astro.constants import DEGREE_RAD
from baken.astro.time import NANOSECONDS_A_SECOND, utc_text
from baken.catalogue.describe import apogee_height_m, perigee_height_m, regime_of, semi_major_axis_m
from baken.operations.look_at_object import ObjectSeen, Opinion, Use, source_of
from baken.operations.look_up import ListedEphemeris
from baken.records.event import Event
from baken.records.identity import Identity
from baken.records.incident import Incident
from baken.records.orbit import ElementSet
from baken.report.urgency import urgency_of
from baken.report.words import Speech

HOUR_NS = 3_600 * NANOSECONDS_A_SECOND


def object_document(seen: ObjectSeen, names: Mapping[str, str], now_tai_ns: int) -> dict[str, object]:
    """Return all that may be seen of one object as JSON; ``names`` has the names of others by object id."""
    opinions = seen.opinions
    used = next((one.element_set for one in opinions if one.use is Use.USED), None)
    tables = [ListedEphemeris.of(one, seen.taken_back) for one in reversed(seen.ephemerides)]
    return {
        **identity_document(seen.identity),
        "realm": seen.realm.value,
        "marking": seen.marking.text,
        "regime": None if used is None else regime_of(used).value,
        "orbit": None if used is None else orbit_document(used),
        "hard_body": {"radius_m": seen.hard_body.radius_m, "source": seen.hard_body.source},
        "opinions": [opinion_document(one, now_tai_ns) for one in opinions],
        "ephemerides": [table_document(one, now_tai_ns) for one in tables],
        "events": [
            event_line(one, seen.identity, names, now_tai_ns) for one in in_order(seen.events, now_tai_ns)
        ],
        "incidents": [incident_line(one) for one in seen.incidents],
        "may_see": [
            {"marking": marking.text, "element_sets": n_sets, "ephemerides": n_tables}
            for marking, (n_sets, n_tables) in seen.labels.items()
        ],
    }


def identity_document(identity: Identity) -> dict[str, object]:
    """Return every name of an object as JSON."""
    return {
        "object_id": identity.object_id,
        "name": identity.name,
        "norad_cat_id": identity.norad_cat_id,
        "cospar_id": identity.cospar_id,
        "others": [{"scheme": one.scheme, "value": one.value} for one in identity.others],
    }


def orbit_document(element_set: ElementSet) -> dict[str, object]:
    """Return the size and shape of an orbit as its elements have it, heights over the equator's radius."""
    return {
        "epoch_utc": utc_text(element_set.epoch_tai_ns),
        "semi_major_axis_m": semi_major_axis_m(element_set),
        "perigee_height_m": perigee_height_m(element_set),
        "apogee_height_m": apogee_height_m(element_set),
        "inclination_deg": element_set.inclination_rad / DEGREE_RAD,
        "eccentricity": element_set.eccentricity,
        "raan_deg": element_set.raan_rad / DEGREE_RAD,
        "argument_of_perigee_deg": element_set.argument_of_perigee_rad / DEGREE_RAD,
        "mean_motion_rev_day": element_set.mean_motion_rad_s * 86_400.0 / (2.0 * math.pi),
        "period_s": element_set.period_s,
        "bstar_per_earth_radius": element_set.bstar_per_earth_radius,
    }


def opinion_document(opinion: Opinion, now_tai_ns: int) -> dict[str, object]:
    """Return what one source last said as JSON, and what the picture makes of it."""
    said = opinion.element_set
    return {
        **orbit_document(said),
        "source": source_of(said),
        "came_from": sorted(said.marking.originators - {said.originator}),
        "theory": said.theory.value,
        "created_utc": None if said.created_tai_ns is None else utc_text(said.created_tai_ns),
        "age_h": age_h(said.epoch_tai_ns, now_tai_ns),
        "n_sets": opinion.n_sets,
        "use": opinion.use.value,
        "because": opinion.because,
        "marking": said.marking.text,
    }


def table_document(one: ListedEphemeris, now_tai_ns: int) -> dict[str, object]:
    """Return what is known of one table of states, without its rows."""
    return {
        "source": one.originator,
        "frame": one.frame if one.centre == "EARTH" else f"{one.frame}, {one.centre}",
        "start_utc": utc_text(one.good_from_tai_ns),
        "end_utc": utc_text(one.good_until_tai_ns),
        "n_states": one.n_states,
        "has_covariance": one.has_covariance,
        "age_h": one.age_s(now_tai_ns) / 3_600.0,
        "stands": one.standing.value,
        "marking": one.marking,
    }


def in_order(events: Sequence[Event], now_tai_ns: int) -> list[Event]:
    """Return events as they come: the soonest first, then what is over, the latest first."""
    ahead = [one for one in events if one.finding.end_tai_ns >= now_tai_ns]
    over = [one for one in events if one.finding.end_tai_ns < now_tai_ns]
    return [
        *sorted(ahead, key=lambda one: one.finding.peak_tai_ns),
        *sorted(over, key=lambda one: -one.finding.peak_tai_ns),
    ]


def event_line(
    event: Event, identity: Identity, names: Mapping[str, str], now_tai_ns: int
) -> dict[str, object]:
    """Return one event of an object as JSON: what, when, with whom, and how urgent it is."""
    finding = event.finding
    urgency = urgency_of(finding, now_tai_ns)
    others = [one for one in finding.object_ids if one != identity.object_id]
    return {
        "event_id": str(event.event_id),
        "kind": finding.kind.value,
        "start_utc": utc_text(finding.start_tai_ns),
        "peak_utc": utc_text(finding.peak_tai_ns),
        "end_utc": utc_text(finding.end_tai_ns),
        "is_over": finding.end_tai_ns < now_tai_ns,
        "urgency": urgency.level.name,
        "urgency_because": Speech("en").tell(urgency.because),
        "because": finding.because,
        "others": [{"object_id": one, "name": names.get(one, one)} for one in others],
        "marking": finding.marking.text,
    }


def incident_line(incident: Incident) -> dict[str, object]:
    """Return one incident of an object as JSON."""
    return {
        "incident_id": str(incident.incident_id),
        "title": incident.title,
        "kind": incident.kind.value,
        "stage": incident.stage.value,
        "opened_utc": utc_text(incident.opened_at_tai_ns),
        "changed_utc": utc_text(incident.changed_at_tai_ns),
        "marking": incident.marking.text,
    }


def age_h(epoch_tai_ns: int, now_tai_ns: int) -> float:
    """Return how many hours lie between an epoch and an instant; negative is issued ahead."""
    return round((now_tai_ns - epoch_tai_ns) / HOUR_NS, 3)
