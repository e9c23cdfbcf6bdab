"""What asks for attention as JSON: one list of all kinds, what comes next of each, how old the data is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from baken.astro.time import utc_text
from baken.records.catalogue import Picture
from baken.records.event import Event, EventKind
from baken.records.incident import Incident
from baken.records.lineage import NO_FILE
from baken.records.marking import strictest
from baken.records.orbit import ElementSet
from baken.records.triage import Level
from baken.report.event_rows import row_of
from baken.report.urgency import figure, urgency_of
from baken.report.words import Speech

HOUR_NS = 3_600_000_000_000
AGES = ("primary_age_h", "secondary_age_h", "age_h")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """What a watch looks over at one instant: events in order of urgency, cases, and the sky they rest on."""

    events: Sequence[Event]
    incidents: Sequence[Incident]
    picture: Picture | None
    now_tai_ns: int


def attention_list(told: Attention, language: str, *, most: int) -> dict[str, object]:
    """Return what asks for somebody, worst first; what comes next of each kind; the age of each source."""
    shown = told.events[:most]
    case_of = _cases(told.incidents)
    sets = told.picture.element_sets if told.picture else ()
    labels = [event.finding.marking for event in told.events] + [es.marking for es in sets]
    return {
        "now_utc": utc_text(told.now_tai_ns),
        "counts": _counts(told),
        "attention": [_row(event, case_of, told.now_tai_ns, language) for event in shown],
        "more": len(told.events) - len(shown),
        "next": _next_of_each_kind(told, case_of, language),
        "sources": list(_sources(sets, told.now_tai_ns)),
        "space_weather": _weather_of(told.events),
        "marking": strictest(frozenset(labels)).text if labels else None,
    }


def _row(event: Event, case_of: Mapping[str, Incident], now_tai_ns: int, language: str) -> dict[str, object]:
    finding, say = event.finding, Speech(language)
    row, urgency = row_of(finding, now_tai_ns, say), urgency_of(finding, now_tai_ns)
    case = case_of.get(str(event.event_id))
    ages = [age for name in AGES if (age := figure(finding, name)) is not None]
    return {
        "event_id": str(event.event_id),
        "kind": finding.kind.value,
        "kind_text": row.kind,
        "urgency": urgency.level.name,
        "because": say.tell(urgency.because),
        "finding": finding.because,
        "who": row.who.split("\n"),
        "what": row.what.split("\n"),
        "likely": row.likely.split("\n"),
        "start_utc": utc_text(finding.start_tai_ns, 0),
        "peak_utc": utc_text(finding.peak_tai_ns, 0),
        "end_utc": utc_text(finding.end_tai_ns, 0),
        "oldest_age_h": max(ages, default=None),
        "object_ids": list(finding.object_ids),
        "incident_id": str(case.incident_id) if case else None,
        "incident_stage": case.stage.value if case else None,
        "marking": finding.marking.text,
    }


def _cases(incidents: Iterable[Incident]) -> dict[str, Incident]:
    return {event_id: incident for incident in incidents for event_id in incident.event_ids}


def _counts(told: Attention) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for event in told.events:
        levels = counts.setdefault(event.finding.kind.value, {level.name: 0 for level in Level})
        levels[urgency_of(event.finding, told.now_tai_ns).level.name] += 1
    return counts


def _next_of_each_kind(
    told: Attention, case_of: Mapping[str, Incident], language: str
) -> dict[str, dict[str, object]]:
    """Return of each kind what comes first of the highest level that anything ahead has."""
    found: dict[EventKind, Event] = {}
    for event in told.events:
        if event.finding.peak_tai_ns < told.now_tai_ns or event.finding.measure("in_company"):
            continue
        kept = found.get(event.finding.kind)
        if kept is None or _place(event, told.now_tai_ns) < _place(kept, told.now_tai_ns):
            found[event.finding.kind] = event
    return {kind.value: _row(event, case_of, told.now_tai_ns, language) for kind, event in found.items()}


def _place(event: Event, now_tai_ns: int) -> tuple[int, int]:
    return -int(urgency_of(event.finding, now_tai_ns).level), event.finding.peak_tai_ns


def _weather_of(events: Iterable[Event]) -> dict[str, object] | None:
    """Return which space weather the falls were told under, by its digest; None where none was given."""
    told = (
        dict(event.finding.lineage.settings).get("space_weather")
        for event in events
        if event.finding.kind is EventKind.REENTRY
    )
    given = next((digest for digest in told if digest and digest != NO_FILE), None)
    return None if given is None else {"digest": given}


def _sources(sets: Sequence[ElementSet], now_tai_ns: int) -> Iterable[dict[str, object]]:
    ages: dict[str, list[float]] = {}
    for es in sets:
        ages.setdefault(es.originator or "", []).append((now_tai_ns - es.epoch_tai_ns) / HOUR_NS)
    for source, age_h in sorted(ages.items()):
        yield {
            "source": source,
            "n_objects": len(age_h),
            "newest_age_h": min(age_h),
            "median_age_h": median(age_h),
        }
