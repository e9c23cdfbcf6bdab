"""The brief as one JSON document: the same facts, for a script."""

from baken.astro.time import utc_text
from baken.records.event import Event
from baken.report.briefing import Brief, Watched
from baken.report.urgency import urgency_of
from baken.report.words import Speech


def brief_document(brief: Brief) -> dict[str, object]:
    """Return a brief as JSON; every key carries its unit, every instant is UTC."""
    age, say = brief.data.age, Speech("en")
    return {
        "realm": brief.realm.value,
        "as_of_utc": utc_text(brief.as_of_tai_ns),
        "start_utc": utc_text(brief.window.start_tai_ns),
        "end_utc": utc_text(brief.window.end_tai_ns),
        "data": {
            "sky": say.tell(brief.data.sky),
            "digests": list(brief.data.digests),
            "element_sets": brief.data.n_element_sets,
            "objects": brief.data.n_objects,
            "rejected": brief.data.n_rejected,
            "left_out": brief.data.n_left_out,
            "age_median_s": finite(age.median_s),
            "age_ninetieth_percentile_s": finite(age.ninetieth_percentile_s),
            "age_oldest_s": finite(age.oldest_s),
            "older_than_a_week": age.n_older_than_a_week,
        },
        "attention": [attention_document(event, brief.as_of_tai_ns) for event in brief.attention],
        "watched": [_watched_document(watched) for watched in brief.watched],
        "remarks": [say.tell(remark) for remark in brief.remarks],
        "took_s": {what: round(seconds, 3) for what, seconds in brief.took_s},
    }


def attention_document(event: Event, now_tai_ns: int) -> dict[str, object]:
    """Return one event as JSON, with how urgent it is at an instant, and why."""
    urgency = urgency_of(event.finding, now_tai_ns)
    told = {"urgency": urgency.level.name, "urgency_because": Speech("en").tell(urgency.because)}
    return {**event_document(event), **told}


def event_document(event: Event) -> dict[str, object]:
    """Return one event as JSON, with the digest of the finding it rests on."""
    finding = event.finding
    return {
        "event_id": str(event.event_id),
        "kind": finding.kind.value,
        "realm": finding.realm.value,
        "marking": finding.marking.text,
        "object_ids": list(finding.object_ids),
        "start_utc": utc_text(finding.start_tai_ns, 6),
        "peak_utc": utc_text(finding.peak_tai_ns, 6),
        "end_utc": utc_text(finding.end_tai_ns, 6),
        **{name: finite(value) for name, value in finding.measures},
        "because": finding.because,
        "assumptions": list(finding.assumptions),
        "method": finding.lineage.method,
        "settings": dict(finding.lineage.settings),
        "sources": [{"name": source.name, "digest": source.digest} for source in finding.lineage.sources],
        "digest": finding.digest,
    }


def finite(value: float | int | str | None) -> float | int | str | None:
    """Return a value as JSON can carry it: what is not a number is not there."""
    return None if isinstance(value, float) and value != value else value


def _watched_document(watched: Watched) -> dict[str, object]:
    return {
        "kind": watched.kind.value,
        "seen": watched.n_seen,
        "account": dict(watched.account),
        "lost": [{"object_id": object_id, "reason": reason} for object_id, reason in watched.lost],
    }
