"""Events as JSON, told alike at the command line and over HTTP."""

from collections.abc import Sequence
from dataclasses import replace

from baken.astro.time import utc_text
from baken.operations.ports import Voice
from baken.records.event import Event
from baken.report.urgency import urgency_of
from baken.report.words import Speech


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


def named(voices: Sequence[Voice], node: str) -> tuple[Voice, ...]:
    """Return voices in order of name, this node's own looks under the node's name.

    >>> [one.originator for one in named([Voice(originator="", n_updates=1)], "NL")]
    ['NL']
    """
    told: dict[str, Voice] = {}
    for voice in voices:
        name = voice.originator or node
        before = told.get(name)
        told[name] = replace(
            voice,
            originator=name,
            n_updates=voice.n_updates + (before.n_updates if before else 0),
            markings=voice.markings | (before.markings if before else frozenset()),
        )
    return tuple(told[name] for name in sorted(told))
