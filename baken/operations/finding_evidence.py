"""A finding as evidence: all its figures as fields, and back again with the same digest."""

from baken.errors import UnreadableInput
from baken.records.event import Event, EventId, EventKind, Finding, read_event_id
from baken.records.evidence import Entry, EntryKind, Value

INSTANTS = ("start_tai_ns", "peak_tai_ns", "end_tai_ns")


def entry_of_finding(event: Event, *, actor: str, at_tai_ns: int, subject: str | None = None) -> Entry:
    """Return the finding of an event as an entry: every figure a field under its own name."""
    finding = event.finding
    return Entry(
        kind=EntryKind.FINDING,
        subject=subject or str(event.event_id),
        actor=actor,
        at_tai_ns=at_tai_ns,
        fields=(
            ("title", finding.because),
            ("event_id", str(event.event_id)),
            ("event_kind", finding.kind.value),
            ("finding_digest", finding.digest),
            ("encounter_key", finding.encounter_key),
            ("object_ids", finding.object_ids),
            *((name, str(getattr(finding, name))) for name in INSTANTS),
            ("because", finding.because),
            ("assumptions", finding.assumptions),
            # Which fields are figures of the finding, and in which order.
            ("measures", tuple(name for name, _ in finding.measures)),
            *finding.measures,
        ),
        realm=finding.realm,
        marking=finding.marking,
        lineage=finding.lineage,
    )


def finding_in(entry: Entry) -> Finding:
    """Return the finding an entry tells.

    Raises: UnreadableInput when it tells none, or not the one whose digest it names.
    """
    if entry.kind is not EntryKind.FINDING:
        raise UnreadableInput(f"this entry is a {entry.kind}, not a finding; choose one that is")
    start_tai_ns, peak_tai_ns, end_tai_ns = (int(entry.text(name)) for name in INSTANTS)
    finding = Finding(
        kind=EventKind(entry.text("event_kind")),
        encounter_key=entry.text("encounter_key"),
        object_ids=_words(entry.value("object_ids")),
        start_tai_ns=start_tai_ns,
        peak_tai_ns=peak_tai_ns,
        end_tai_ns=end_tai_ns,
        measures=tuple((name, _figure(entry.value(name))) for name in _words(entry.value("measures"))),
        because=entry.text("because"),
        assumptions=_words(entry.value("assumptions")),
        realm=entry.realm,
        marking=entry.marking,
        lineage=entry.lineage,
    )
    if finding.digest != entry.text("finding_digest"):
        raise UnreadableInput("the finding of this entry is not the one whose digest it names")
    return finding


def event_id_in(entry: Entry) -> EventId:
    """Return the name of the event whose finding an entry tells."""
    return read_event_id(entry.text("event_id"))


def _words(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _figure(value: Value) -> float | int | str | None:
    if isinstance(value, tuple):
        raise UnreadableInput("a figure of a finding is one value, not several")
    return value
