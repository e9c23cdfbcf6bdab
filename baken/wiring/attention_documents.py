"""What asks for attention as JSON: one list of all kinds, what comes next of each, how old the data is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from baken.astro.time import utc_text
from baken.operations.ports import Voice
from baken.records.catalogue import Picture
from baken.records.event import Event, EventId, EventKind
from baken.records.incident import Incident
from baken.records.lineage import NO_FILE
from baken.records.marking import Marking, strictest
from baken.records.orbit import ElementSet
from baken.records.triage import Level
from baken.report.event_rows import row_of
from baken.report.urgency import Urgency, figure
from baken.report.words import Speech
from baken.wiring.urgency_beside import urgency_beside

HOUR_NS = 3_600_000_000_000
AGES = ("primary_age_h", "secondary_age_h", "age_h")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """What a watch looks over at one instant: events in order of urgency, cases, and the sky they rest on."""

    events: Sequence[Event]
    incidents: Sequence[Incident]
    picture: Picture | None
    now_tai_ns: int
    voices: Mapping[EventId, Sequence[Voice]] = field(default_factory=dict)

    def urgency(self, event: Event) -> Urgency:
        """How urgent an event is, with what others say of it."""
        return urgency_beside(event.finding, self.voices.get(event.event_id, ()), self.now_tai_ns)

    def in_order(self) -> list[Event]:
        """The events, highest level first, within a level as given; those that fly in company last."""
        return sorted(self.events, key=lambda one: (_flies_along(one), -int(self.urgency(one).level)))

    def marking(self, event: Event) -> Marking:
        """The label of what is told of an event: that of the finding, and of what others said of it."""
        said = (voice.markings for voice in self.voices.get(event.event_id, ()))
        return strictest(frozenset({event.finding.marking}.union(*said)))


def attention_list(told: Attention, language: str, *, most: int) -> dict[str, object]:
    """Return what asks for somebody, worst first; what comes next of each kind; the age of each source."""
    in_order = told.in_order()
    shown = in_order[:most]
    case_of = _cases(told.incidents)
    sets = told.picture.element_sets if told.picture else ()
    labels = [told.marking(event) for event in told.events] + [es.marking for es in sets]
    return {
        "now_utc": utc_text(told.now_tai_ns),
        "counts": _counts(told),
        "attention": [_row(told, event, case_of, language) for event in shown],
        "more": len(told.events) - len(shown),
        "next": _next_of_each_kind(told, case_of, language),
        "sources": list(_sources(sets, told.now_tai_ns)),
        "space_weather": _weather_of(told.events),
        "marking": strictest(frozenset(labels)).text if labels else None,
    }


def _row(told: Attention, event: Event, case_of: Mapping[str, Incident], language: str) -> dict[str, object]:
    finding, say = event.finding, Speech(language)
    row, urgency = row_of(finding, told.now_tai_ns, say), told.urgency(event)
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
        "marking": told.marking(event).text,
    }


def _cases(incidents: Iterable[Incident]) -> dict[str, Incident]:
    return {event_id: incident for incident in incidents for event_id in incident.event_ids}


def _counts(told: Attention) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for event in told.events:
        levels = counts.setdefault(event.finding.kind.value, {level.name: 0 for level in Level})
        levels[told.urgency(event).level.name] += 1
    return counts


def _next_of_each_kind(
    told: Attention, case_of: Mapping[str, Incident], language: str
) -> dict[str, dict[str, object]]:
    """Return of each kind what comes first of the highest level that anything ahead has."""
    found: dict[EventKind, Event] = {}
    for event in told.events:
        if event.finding.peak_tai_ns < told.now_tai_ns or _flies_along(event):
            continue
        kept = found.get(event.finding.kind)
        if kept is None or _place(told, event) < _place(told, kept):
            found[event.finding.kind] = event
    return {kind.value: _row(told, event, case_of, language) for kind, event in found.items()}


def _place(told: Attention, event: Event) -> tuple[int, int]:
    return -int(told.urgency(event).level), event.finding.peak_tai_ns


def _flies_along(event: Event) -> bool:
    return bool(event.finding.measure("in_company"))


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
