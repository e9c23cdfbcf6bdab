"""Where what is known came from, as JSON: each source with its ages and delays, and what looked at it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from baken.astro.time import NANOSECONDS_A_SECOND, utc_text
from baken.operations.ports import KeptConjunctionMessage, KeptScreening, PastImport
from baken.records.catalogue import Picture
from baken.records.event import Event
from baken.records.marking import Marking, strictest
from baken.records.orbit import ElementSet
from baken.wiring.plugins import Plugin

MOST_FILES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """All that one source says of orbits in a picture, and of how many objects the picture rests on it."""

    source: str
    said: tuple[ElementSet, ...]
    n_chosen: int
    n_shared: int


def spoken_in(picture: Picture | None) -> tuple[Spoken, ...]:
    """Return each source that speaks in a picture, in order of name."""
    said: dict[str, list[ElementSet]] = {}
    chosen: dict[str, int] = {}
    shared: dict[str, int] = {}
    for choice in () if picture is None else picture.choices:
        every = (choice.chosen, *choice.passed_over)
        sources = {source_of(each) for each in every}
        for each in every:
            said.setdefault(source_of(each), []).append(each)
        for source in sources:
            shared[source] = shared.get(source, 0) + (len(sources) > 1)
        first = source_of(choice.chosen)
        chosen[first] = chosen.get(first, 0) + 1
    return tuple(
        Spoken(source=name, said=tuple(said[name]), n_chosen=chosen.get(name, 0), n_shared=shared[name])
        for name in sorted(said)
    )


def source_of(element_set: ElementSet) -> str:
    """Return who says it: its originator, else the first thing it was read from."""
    named = element_set.lineage.sources
    return element_set.originator or (named[0].name if named else "unnamed")


def orbits_document(
    spoken: Spoken, last: PastImport | None, *, as_of_tai_ns: int, now_tai_ns: int
) -> dict[str, object]:
    """Return one source of orbits as JSON; ages count from now, delays from the epoch of a set."""
    epochs = np.array([each.epoch_tai_ns for each in spoken.said], dtype=np.int64)
    ages_s = (now_tai_ns - epochs) / NANOSECONDS_A_SECOND
    published_s = [
        (each.created_tai_ns - each.epoch_tai_ns) / NANOSECONDS_A_SECOND
        for each in spoken.said
        if each.created_tai_ns is not None
    ]
    return {
        "source": spoken.source,
        "marking": strictest(frozenset(each.marking for each in spoken.said)).text,
        "n_objects": len({each.identity.object_id for each in spoken.said}),
        "n_sets": len(spoken.said),
        "n_in_picture": spoken.n_chosen,
        "n_shared": spoken.n_shared,
        "newest_age_s": float(ages_s.min()),
        "median_age_s": float(np.median(ages_s)),
        "oldest_age_s": float(ages_s.max()),
        "epoch_to_published_s": float(np.median(published_s)) if published_s else None,
        "newest_epoch_utc": utc_text(int(epochs.max()), 0),
        "used_as_of_utc": utc_text(as_of_tai_ns, 0),
        "files": _files(spoken.said),
        "last_import": None if last is None else import_document(last),
    }


def _files(said: Iterable[ElementSet]) -> list[dict[str, object]]:
    named = {source for each in said for source in each.lineage.sources}
    newest_first = sorted(named, key=lambda one: (one.as_of_tai_ns or 0, one.name), reverse=True)
    return [
        {
            "name": one.name,
            "digest": one.digest,
            "as_of_utc": None if one.as_of_tai_ns is None else utc_text(one.as_of_tai_ns, 0),
        }
        for one in newest_first[:MOST_FILES]
    ]


def import_document(last: PastImport) -> dict[str, object]:
    """Return an import as JSON: when, from which file, and how much of it could be used."""
    return {
        "at_utc": utc_text(last.at_tai_ns, 0),
        "file": last.file.name,
        "n_read": last.file.n_read,
        "n_accepted": last.file.n_read - last.file.n_rejected,
        "n_rejected": last.file.n_rejected,
        "objects_new": last.objects_new,
        "element_sets_new": last.element_sets_new,
        "ephemerides_new": last.ephemerides_new,
    }


def warnings_documents(kept: Sequence[KeptConjunctionMessage], *, now_tai_ns: int) -> list[dict[str, object]]:
    """Return who warned, as JSON: how much, how lately, and how long a warning took to come in."""
    by_whom: dict[str, list[KeptConjunctionMessage]] = {}
    for each in kept:
        by_whom.setdefault(each.message.originator, []).append(each)
    return [_warner(name, by_whom[name], now_tai_ns) for name in sorted(by_whom)]


def _warner(name: str, kept: Sequence[KeptConjunctionMessage], now_tai_ns: int) -> dict[str, object]:
    created = [each.message.created_tai_ns for each in kept]
    came_in_s = [(each.kept_at_tai_ns - each.message.created_tai_ns) / NANOSECONDS_A_SECOND for each in kept]
    return {
        "source": name,
        "marking": strictest(frozenset(each.message.marking for each in kept)).text,
        "n_warnings": len(kept),
        "n_events": len({each.event_id for each in kept}),
        "newest_utc": utc_text(max(created), 0),
        "newest_age_s": (now_tai_ns - max(created)) / NANOSECONDS_A_SECOND,
        "published_to_kept_s": float(np.median(came_in_s)),
        "last_kept_utc": utc_text(max(each.kept_at_tai_ns for each in kept), 0),
    }


def screening_document(kept: KeptScreening) -> dict[str, object]:
    """Return a screening as JSON: when, over which window, and what each filter discarded."""
    asked = kept.screening
    return {
        "screening_id": kept.screening_id,
        "marking": asked.marking.text,
        "kept_utc": utc_text(kept.kept_at_tai_ns, 0),
        "start_utc": utc_text(asked.start_tai_ns, 0),
        "end_utc": utc_text(asked.end_tai_ns, 0),
        "miss_threshold_m": asked.miss_threshold_m,
        "n_approaches": kept.n_approaches,
        "wall_s": kept.wall_s,
        "settings": [list(each) for each in asked.settings],
        "account": [list(each) for each in asked.sieve_account],
        "code_version": asked.lineage.code_version,
    }


def rests_on_documents(events: Iterable[Event]) -> list[dict[str, object]]:
    """Return on what the finding of each kind that was seen last rests, beside the orbits."""
    newest: dict[str, Event] = {}
    for event in events:
        newest[event.event_id.kind.value] = event
    return [
        {
            "kind": kind,
            "event_id": str(event.event_id),
            "marking": event.finding.marking.text,
            "method": event.finding.lineage.method,
            "code_version": event.finding.lineage.code_version,
            "settings": [list(each) for each in event.finding.lineage.settings],
        }
        for kind, event in sorted(newest.items())
    ]


def plugin_document(plugin: Plugin) -> dict[str, object]:
    """Return what is installed as JSON."""
    return {
        "group": plugin.group,
        "name": plugin.name,
        "package": plugin.package,
        "version": plugin.version,
    }


def marking_of_all(
    spoken: Iterable[Spoken],
    warnings: Iterable[KeptConjunctionMessage],
    screenings: Iterable[KeptScreening],
    events: Iterable[Event],
) -> str:
    """Return the label of a page with all of this on it; nothing where there is nothing."""
    labels: set[Marking] = {each.marking for one in spoken for each in one.said}
    labels |= {each.message.marking for each in warnings}
    labels |= {each.screening.marking for each in screenings}
    labels |= {each.finding.marking for each in events}
    return strictest(frozenset(labels)).text if labels else ""
