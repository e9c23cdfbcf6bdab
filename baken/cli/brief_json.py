"""The brief as one JSON document: the same facts, for a script."""

from baken.astro.time import utc_text
from baken.report.briefing import Brief, Watched
from baken.report.words import Speech
from baken.wiring.event_documents import attention_document, finite


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


def _watched_document(watched: Watched) -> dict[str, object]:
    return {
        "kind": watched.kind.value,
        "seen": watched.n_seen,
        "account": dict(watched.account),
        "lost": [{"object_id": object_id, "reason": reason} for object_id, reason in watched.lost],
    }
