"""A finding as evidence: all its figures as fields, with its inputs; and back again with the same digest."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from baken.errors import UnreadableInput
from baken.records.event import Event, EventKind, Finding
from baken.records.evidence import Content, Entry, EntryKind, Field, Value
from baken.records.lineage import NO_LINEAGE, Lineage, Source
from baken.records.marking import Marking, Realm
from baken.records.marking_forms import marking_fields, marking_from_fields

INSTANTS = ("start_tai_ns", "peak_tai_ns", "end_tai_ns")
WORDS = ("event_kind", "finding_digest", "encounter_key", *INSTANTS, "because", "finding_marking_owner")
LISTS = ("object_ids", "assumptions", "measures", "finding_marking_releasable_to")
MADE = ("made_by_method", "made_by_code_version", "made_with_settings", "made_from")


def entry_of_finding(
    event: Event,
    *,
    actor: str,
    at_tai_ns: int,
    subject: str | None = None,
    marking: Marking | None = None,
    inputs: Sequence[Content] = (),
    code_version: str = "",
) -> Entry:
    """Return the finding of an event as an entry: every figure a field under its own name.

    ``marking`` is who may see the entry; else whom the label of the finding itself names.  ``inputs`` are
    kept beside it, so that who gets them can make the finding again.
    """
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
            *marking_fields(finding.marking, "finding_"),
            ("encounter_key", finding.encounter_key),
            ("object_ids", finding.object_ids),
            *((name, str(getattr(finding, name))) for name in INSTANTS),
            ("because", finding.because),
            ("assumptions", finding.assumptions),
            # Which fields are figures of the finding, and in which order.
            ("measures", tuple(name for name, _ in finding.measures)),
            *finding.measures,
            *_attached(inputs),
            *((("kept_with_code_version", code_version),) if code_version else ()),
        ),
        realm=finding.realm,
        marking=marking or finding.marking,
        lineage=finding.lineage,
    )


def _attached(inputs: Sequence[Content]) -> tuple[Field, ...]:
    attachments = tuple((one.name, one.digest, one.media_type) for one in inputs)
    return (("attachments", attachments),) if attachments else ()


def finding_in(entry: Entry) -> Finding:
    """Return the finding an entry tells.

    Raises: UnreadableInput when it tells none, or not the one whose digest it names.
    """
    if entry.kind is not EntryKind.FINDING:
        raise UnreadableInput(f"this entry is a {entry.kind}, not a finding; choose one that is")
    # The fields do not tell as of when its sources spoke, nor does its digest cover it.
    return replace(finding_of_fields(dict(entry.disclosable), entry.realm), lineage=entry.lineage)


def finding_of_fields(fields: Mapping[str, Value], realm: Realm) -> Finding:
    """Return the finding that the fields of an entry tell, as they were kept or as they were shown.

    Raises: UnreadableInput naming the fields that are withheld, or when it is not the finding whose digest
    it names.
    """
    figures = _words(fields.get("measures"))
    if withheld := [name for name in (*WORDS, *LISTS, *figures) if name not in fields]:
        raise UnreadableInput(f"{', '.join(withheld)} of the finding withheld")
    try:
        finding = _finding(fields, figures, realm)
    except ValueError as error:
        raise UnreadableInput(f"the finding of this entry cannot be read: {error}") from error
    if finding.digest != fields["finding_digest"]:
        raise UnreadableInput("the finding of this entry is not the one whose digest it names")
    return finding


def _finding(fields: Mapping[str, Value], figures: tuple[str, ...], realm: Realm) -> Finding:
    start_tai_ns, peak_tai_ns, end_tai_ns = (int(str(fields[name])) for name in INSTANTS)
    return Finding(
        kind=EventKind(str(fields["event_kind"])),
        encounter_key=str(fields["encounter_key"]),
        object_ids=_words(fields["object_ids"]),
        start_tai_ns=start_tai_ns,
        peak_tai_ns=peak_tai_ns,
        end_tai_ns=end_tai_ns,
        measures=tuple((name, _figure(fields[name])) for name in figures),
        because=str(fields["because"]),
        assumptions=_words(fields["assumptions"]),
        realm=realm,
        marking=marking_from_fields(fields, "finding_"),
        lineage=_lineage(fields),
    )


def _lineage(fields: Mapping[str, Value]) -> Lineage:
    """Return how a finding was made; of one that does not say so, nothing."""
    if not any(name in fields for name in MADE):
        return NO_LINEAGE
    if withheld := [name for name in MADE if name not in fields]:
        raise UnreadableInput(f"{', '.join(withheld)} of the finding withheld")
    return Lineage(
        sources=tuple(Source(name=name, digest=digest) for name, digest in _pairs(fields["made_from"])),
        method=str(fields["made_by_method"]),
        settings=_pairs(fields["made_with_settings"]),
        code_version=str(fields["made_by_code_version"]),
    )


def _pairs(value: Value) -> tuple[tuple[str, str], ...]:
    pairs = [_words(one) for one in value] if isinstance(value, tuple) else []
    return tuple((first, second) for first, second in pairs)


def _words(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def _figure(value: Value) -> float | int | str | None:
    if isinstance(value, tuple):
        raise UnreadableInput("a figure of a finding is one value, not several")
    return value
