"""Follow a re-entry: what this node said before of the fall of the same object, look by look."""

from collections.abc import Iterable

from baken.astro.time import tai_ns_from_utc, utc_text
from baken.operations.ports import KeptFinding, Store
from baken.records.event import EventKind
from baken.records.reentry import ReentryPrediction
from baken.records.reentry_outlook import EarlierWindow


def windows_kept(store: Store, prediction: ReentryPrediction) -> tuple[EarlierWindow, ...]:
    """Return the windows kept under the event of a fall that were known before a prediction, oldest first.

    A look that does not say as of when it was made has no place in that order and is left out.
    """
    object_id, now_utc = prediction.identity.object_id, utc_text(prediction.as_of_tai_ns)
    looks = (
        kept
        for event in store.events(prediction.realm, kind=EventKind.REENTRY)
        if object_id in event.finding.object_ids
        for kept in store.history_of(event.event_id, realm=event.realm)
    )
    return windows_before(looks, now_utc)


def windows_before(looks: Iterable[KeptFinding], now_utc: str) -> tuple[EarlierWindow, ...]:
    """Return the windows of looks that were made before an instant, oldest first."""
    findings = [kept.finding for kept in looks]
    told = {str(look.measure("as_of_utc")): look for look in findings if look.measure("as_of_utc")}
    # Instants written alike stand in the order of time.
    return tuple(
        EarlierWindow(
            as_of_tai_ns=tai_ns_from_utc(as_of_utc),
            window_start_tai_ns=told[as_of_utc].start_tai_ns,
            epoch_tai_ns=told[as_of_utc].peak_tai_ns,
            window_end_tai_ns=told[as_of_utc].end_tai_ns,
        )
        for as_of_utc in sorted(told)
        if as_of_utc < now_utc
    )
