"""Falls as JSON: a line of a list, one fall with all that was said of it, and all ways down."""

from collections.abc import Mapping, Sequence

from baken.assess.reentry.finding import HARM_UNKNOWN
from baken.astro.time import utc_text
from baken.operations.ports import KeptFinding
from baken.records.event import Event, EventId, Finding, Outcome
from baken.records.incident import Incident
from baken.records.lineage import NO_FILE
from baken.records.marking import strictest
from baken.report.reentry_page import said_in
from baken.report.urgency import urgency_of
from baken.report.words import Speech
from baken.wiring.event_documents import finite

# What a finding of a fall measures and a list shows as it is.
TOLD = (
    "norad_cat_id", "name", "as_of_utc", "window_h", "window_probability", "probability", "age_h",
    "altitude_km", "inclination_deg", "ballistic_coefficient_m2_kg", "n_element_sets", "casualty_expectation",
)  # fmt: skip


def incidents_of(incidents: Sequence[Incident]) -> Mapping[str, list[str]]:
    """Return for the name of each event the incidents it is part of."""
    found: dict[str, list[str]] = {}
    for one in incidents:
        for event_id in one.event_ids:
            found.setdefault(event_id, []).append(str(one.incident_id))
    return found


def outcome_of(outcomes: Sequence[Outcome], event_id: EventId) -> Outcome | None:
    """Return what really happened of an event, as it was said last."""
    return next((one for one in reversed(outcomes) if one.event_id == event_id), None)


def fall_row(
    event: Event, now_tai_ns: int, in_incidents: Sequence[str], outcome: Outcome | None, say: Speech
) -> dict[str, object]:
    """Return one fall as a line of a list."""
    finding, urgency = event.finding, urgency_of(event.finding, now_tai_ns)
    return {
        "event_id": str(event.event_id),
        "object_id": finding.object_ids[0],
        **{name: finite(finding.measure(name)) for name in TOLD},
        "window_start_utc": utc_text(finding.start_tai_ns),
        "median_utc": utc_text(finding.peak_tai_ns),
        "window_end_utc": utc_text(finding.end_tai_ns),
        "latitude_reach_deg": _reach_deg(finding),
        "stands": _stands(finding, now_tai_ns, outcome),
        "happened_utc": None if outcome is None else utc_text(outcome.happened_tai_ns),
        "urgency": urgency.level.name,
        "urgency_because": say.tell(urgency.because),
        "incidents": list(in_incidents),
        "realm": finding.realm.value,
        "marking": finding.marking.text,
    }


def _reach_deg(finding: Finding) -> float | None:
    """Return how far north and south its track goes; None where its inclination is not known."""
    inclination_deg = finding.measure("inclination_deg")
    return min(inclination_deg, 180.0 - inclination_deg) if isinstance(inclination_deg, int | float) else None


def _stands(finding: Finding, now_tai_ns: int, outcome: Outcome | None) -> str:
    """Return how a fall stands: down, over, open or coming."""
    if outcome is not None:
        return "down"
    if now_tai_ns > finding.end_tai_ns:
        return "over"
    return "open" if now_tai_ns >= finding.start_tai_ns else "coming"


def fall_document(
    row: Mapping[str, object], event: Event, history: Sequence[KeptFinding], say: Speech
) -> dict[str, object]:
    """Return one fall with how its window moved, what it rests on and what it takes for granted."""
    finding = event.finding
    markings = frozenset({finding.marking, *(kept.finding.marking for kept in history)})
    return {
        **row,
        "marking": strictest(markings).text,
        "because": finding.because,
        "history": [_look_document(kept) for kept in history],
        "assumptions": [said_in(one, say) for one in finding.assumptions if one != HARM_UNKNOWN],
        "space_weather": None if _space_weather(finding) == NO_FILE else _space_weather(finding),
        "method": finding.lineage.method,
        "settings": dict(finding.lineage.settings),
        "sources": [{"name": source.name, "digest": source.digest} for source in finding.lineage.sources],
        "digest": finding.digest,
    }


def _space_weather(finding: Finding) -> str:
    return dict(finding.lineage.settings).get("space_weather", NO_FILE)


def _look_document(kept: KeptFinding) -> dict[str, object]:
    finding = kept.finding
    return {
        "kept_utc": utc_text(kept.kept_at_tai_ns),
        "as_of_utc": finding.measure("as_of_utc"),
        "window_start_utc": utc_text(finding.start_tai_ns),
        "median_utc": utc_text(finding.peak_tai_ns),
        "window_end_utc": utc_text(finding.end_tai_ns),
        "probability": finite(finding.measure("probability")),
        "marking": finding.marking.text,
    }


def not_told(because: str, marking: str) -> dict[str, object]:
    """Return that the ways down cannot be shown, and why."""
    return {"is_told": False, "because": because, "marking": marking}
