"""Between the Orbit Ephemeris Message and ephemerides, for KVN and XML alike.

A message is a header and segments; each segment becomes one ``Ephemeris``.  The two forms hand their segments
over as drafts; here they are judged, and made into nouns.

Source: CCSDS 502.0-B-3, chapter 5.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.time import TimeScale
from baken.errors import BadMessage, UnreadableInput
from baken.formats._grammar import Need, number, shown, si_from, whole_number
from baken.formats._oem_rules import clocks_together, covariance_faults, segments_together, span_faults
from baken.formats._state_rows import N_PLAIN, N_WITH_ACCELERATION, StateRows, instants
from baken.formats.message import (
    MAX_LINES,
    Judged,
    KeptMessage,
    Message,
    Section,
    gather_segments,
    judged_section,
    tell,
    version_number,
)
from baken.formats.object_identity import identity_from_object_id
from baken.formats.oem_table import (
    COVARIANCE,
    GRAMMAR,
    HEADER,
    METADATA,
    STATE_VECTOR,
    VERSION_1,
    VERSION_2,
)
from baken.formats.reading import Deviation, Reading, Rejection, Strictness
from baken.records.ephemeris import CovarianceHistory, Ephemeris
from baken.records.lineage import Lineage
from baken.records.marking import Marking, Realm

# UT1 is a clock too, but it needs Earth data, which no message brings.
CLOCKS = {scale.value: scale for scale in TimeScale if scale is not TimeScale.UT1}
ROW_WIDTHS = (N_PLAIN, N_WITH_ACCELERATION)


@dataclass(slots=True)
class SegmentDraft:
    """One segment as a form hands it over.  ``rows`` is None while its clock is one nobody here can read."""

    line: int
    metadata: Section
    rows: StateRows | None
    comments: list[str] = field(default_factory=list)
    covariances: list[tuple[int, int, str, Floats]] = field(
        default_factory=list
    )  # line, instant, frame, matrix
    unread: list[Section] = field(default_factory=list)
    faults: list[Deviation] = field(default_factory=list)

    def keep_unread(self, raw: Section) -> None:
        """Keep a row or a matrix whose clock nobody here knows as it stands, judged but for its instant.

        Raises: UnreadableInput when there are too many to be kept so.
        """
        if len(self.unread) >= MAX_LINES:
            problem = f"on a clock Baken does not know, no segment may have {MAX_LINES} rows"
            raise UnreadableInput(f"line {raw.line}: {problem}")
        block = STATE_VECTOR if raw.name == STATE_VECTOR.name else COVARIANCE
        _, faults = judged_section(block, raw, GRAMMAR.versions[-1])
        tell(self.faults, [fault for fault in faults if fault.keyword != "EPOCH"])
        if block is STATE_VECTOR and len(raw.entries) not in ROW_WIDTHS:
            keyword = raw.entries[-1].keyword if raw.entries else "EPOCH"
            problem = f"the row has {len(raw.entries)} values; a state has 7, or 10 with its acceleration"
            tell(self.faults, [Deviation(raw.line, keyword, problem)])
        self.unread.append(raw)

    def add_covariance(self, raw: Section) -> None:
        """Take one matrix: as numbers at once, since an ephemeris may have as many as rows."""
        if self.rows is None:
            self.keep_unread(raw)
            return
        section, faults = judged_section(COVARIANCE, raw, GRAMMAR.versions[-1])
        tell(self.faults, faults)
        said = {entry.keyword: entry.text for entry in section.entries}
        if any(one.keyword not in said for one in COVARIANCE.fields if one.need is Need.OBLIGATORY):
            return
        try:
            epoch_tai_ns = int(instants([said["EPOCH"]], self.rows.scale)[0])
        except ValueError as impossible:
            tell(self.faults, [Deviation(raw.line, "EPOCH", str(impossible).removeprefix("row 0: "))])
        else:
            matrix = covariance_from(said)
            self.covariances.append((raw.line, epoch_tai_ns, said.get("COV_REF_FRAME", ""), matrix))


@dataclass(slots=True)
class MessageDraft:
    """One message as a form hands it over; its header is judged, its segments bring their own faults."""

    line: int
    version: str
    header: Section
    segments: list[SegmentDraft] = field(default_factory=list)
    faults: list[Deviation] = field(default_factory=list)

    @property
    def number(self) -> tuple[int, int]:
        return version_number(self.version) or GRAMMAR.versions[-1]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What every noun made of one text has in common."""

    realm: Realm
    marking: Marking
    lineage: Lineage


def clock_of(metadata: Section) -> TimeScale | None:
    """Return the clock a segment's instants were read from, or None when nobody here knows it."""
    said = (entry.text.strip() for entry in metadata.entries if entry.keyword == "TIME_SYSTEM")
    return CLOCKS.get(next(said, ""))


def reading(
    format_name: str, drafts: Iterable[MessageDraft], strictness: Strictness, provenance: Provenance
) -> Reading[Ephemeris | KeptMessage]:
    """Make ephemerides of drafts."""
    return gather_segments(format_name, (_judged(draft, provenance) for draft in drafts), strictness)


def _judged(draft: MessageDraft, provenance: Provenance) -> Judged[Ephemeris | KeptMessage]:
    header, faults = judged_section(HEADER, draft.header, draft.number)
    deviations = [*draft.faults, *_version_faults(draft), *faults]
    made: list[Ephemeris | KeptMessage] = []
    refused: list[Rejection] = []
    if not draft.segments:
        deviations.append(Deviation(draft.line, "OBJECT_NAME", "is missing: the message has no segment"))
        refused.append(Rejection(draft.line, "OBJECT_NAME", "the message has no segment"))
    read: list[tuple[int, Ephemeris]] = []
    for segment in draft.segments:
        record, found = _judged_segment(draft, header, segment, provenance)
        deviations += found
        if isinstance(record, Rejection):
            refused.append(record)
        else:
            made.append(record)
        if isinstance(record, Ephemeris):
            read.append((segment.line, record))
    deviations += clocks_together([segment.metadata for segment in draft.segments])
    deviations += segments_together(read)
    return made, refused, deviations


def _version_faults(draft: MessageDraft) -> Iterator[Deviation]:
    if version_number(draft.version) not in GRAMMAR.versions:
        problem = f"version {shown(draft.version)} is none of 1.0, 2.0, 3.0"
        yield Deviation(draft.line, GRAMMAR.version_keyword, problem)
    for segment in draft.segments:
        if segment.covariances and draft.number < VERSION_2:
            line = segment.covariances[0][0]
            yield Deviation(line, COVARIANCE.start, "covariances came with version 2.0 of the standard")


def _judged_segment(
    draft: MessageDraft, header: Section, segment: SegmentDraft, provenance: Provenance
) -> tuple[Ephemeris | KeptMessage | Rejection, list[Deviation]]:
    metadata, faults = judged_section(METADATA, segment.metadata, draft.number)
    faults = [*segment.faults, *faults]
    if segment.rows is None:
        return _kept(draft, header, metadata, segment, faults)
    epochs, numbers = _rising(segment.rows, draft.number)
    faults += segment.rows.faults
    try:
        if len(epochs) == 0:
            raise BadMessage("is missing: the segment has no row of ephemeris", field="EPOCH")
        record = _ephemeris(header, metadata, segment, (epochs, numbers), provenance)
    except BadMessage as bad:
        explained = next((fault for fault in faults if fault.keyword == bad.field), None)
        if explained is None:
            explained = Deviation(segment.line, bad.field, bad.problem)
            faults.append(explained)
        return Rejection(explained.line, explained.keyword, explained.message), faults
    faults += span_faults(record, metadata)
    faults += covariance_faults(
        [line for line, *_ in segment.covariances], [epoch for _, epoch, *_ in segment.covariances]
    )
    return record, faults


def _kept(
    draft: MessageDraft,
    header: Section,
    metadata: Section,
    segment: SegmentDraft,
    faults: list[Deviation],
) -> tuple[KeptMessage | Rejection, list[Deviation]]:
    """Keep a segment whose clock nobody here knows: its instants cannot be put beside any other.

    That is no deviation: the standard admits any clock that sender and receiver have agreed upon.
    """
    entry = next((entry for entry in metadata.entries if entry.keyword == "TIME_SYSTEM"), None)
    if entry is None:
        why = next(fault for fault in faults if fault.keyword == "TIME_SYSTEM")
        return Rejection(why.line, why.keyword, why.message), faults
    because = f"the clock {shown(entry.text)} is none Baken knows; its instants cannot be compared"
    message = Message(
        kind=GRAMMAR.name,
        version=draft.version,
        sections=(header, metadata, *segment.unread),
        line=segment.line,
    )
    return KeptMessage(message, because), faults


def _rising(rows: StateRows, version: tuple[int, int]) -> tuple[Instants, Floats]:
    """Return the rows whose instants rise, having told of every one that does not, and of uneven widths."""
    lines, epochs, numbers = rows.table()
    if len(epochs) == 0:
        return epochs, numbers
    has_acceleration = np.isfinite(numbers[:, 6])
    if version == VERSION_1 and has_acceleration.any():
        line = int(lines[has_acceleration.argmax()])
        rows.tell([Deviation(line, "X_DDOT", "accelerations came with version 2.0 of the standard")])
    for row in np.flatnonzero(np.diff(has_acceleration))[:10]:
        rows.tell(
            [Deviation(int(lines[row + 1]), "X_DDOT", "some rows give an acceleration and some do not")]
        )
    before = np.concatenate([[np.iinfo(np.int64).min], np.maximum.accumulate(epochs)[:-1]])
    rises = epochs > before
    rows.tell([Deviation(int(line), "EPOCH", "is not later than the row before") for line in lines[~rises]])
    return epochs[rises], numbers[rises]


def _covariances(segment: SegmentDraft) -> CovarianceHistory | None:
    if not segment.covariances:
        return None
    _, epochs, frames, matrices = zip(*segment.covariances, strict=True)
    return CovarianceHistory(
        epoch_tai_ns=np.array(epochs, dtype=np.int64), frames=frames, covariance_si=np.array(matrices)
    )


def covariance_from(said: Mapping[str, str]) -> Floats:
    """Return the full matrix of a lower triangle of texts, in SI."""
    matrix = np.zeros((6, 6))
    row, column = np.tril_indices(6)
    fields = [field for field in COVARIANCE.fields if field.unit is not None]
    values = [si_from(number(said[field.keyword]), field.unit) for field in fields]
    matrix[row, column] = values
    matrix[column, row] = values
    return matrix


def _ephemeris(
    header: Section,
    metadata: Section,
    segment: SegmentDraft,
    table: tuple[Instants, Floats],
    provenance: Provenance,
) -> Ephemeris:
    assert segment.rows is not None
    said = {entry.keyword: entry.text for entry in metadata.entries}
    head = {entry.keyword: entry.text for entry in header.entries}
    clock = segment.rows.scale
    epochs, numbers = table
    accelerates = np.isfinite(numbers[:, 6]).any()
    degree = said.get("INTERPOLATION_DEGREE")
    return Ephemeris(
        identity=identity_from_object_id(_needed(said, "OBJECT_ID"), said.get("OBJECT_NAME", "")),
        frame=_needed(said, "REF_FRAME"),
        centre=_needed(said, "CENTER_NAME"),
        epoch_tai_ns=epochs,
        position_m=numbers[:, :3] * 1000.0,
        velocity_m_s=numbers[:, 3:6] * 1000.0,
        acceleration_m_s2=numbers[:, 6:] * 1000.0 if accelerates else None,
        covariances=_covariances(segment),
        start_tai_ns=_instant(said, "START_TIME", clock) or int(epochs[0]),
        stop_tai_ns=_instant(said, "STOP_TIME", clock) or int(epochs[-1]),
        useable_start_tai_ns=_instant(said, "USEABLE_START_TIME", clock),
        useable_stop_tai_ns=_instant(said, "USEABLE_STOP_TIME", clock),
        interpolation=said.get("INTERPOLATION", ""),
        interpolation_degree=whole_number(degree) if degree else None,
        time_system=clock.value,
        frame_epoch_tai_ns=_instant(said, "REF_FRAME_EPOCH", clock),
        originator=head.get("ORIGINATOR", ""),
        created_tai_ns=_instant(head, "CREATION_DATE", TimeScale.UTC),
        message_id=head.get("MESSAGE_ID", ""),
        realm=provenance.realm,
        marking=provenance.marking,
        lineage=provenance.lineage,
        header_comments=header.comments,
        metadata_comments=metadata.comments,
        comments=tuple(segment.comments),
        other_fields=tuple(_others(header, metadata)),
    )


def _others(header: Section, metadata: Section) -> Iterator[tuple[str, str]]:
    for entry in header.entries:
        if entry.keyword == "CLASSIFICATION" or entry.keyword not in HEADER.places:
            yield entry.keyword, entry.text
    for entry in metadata.entries:
        if entry.keyword not in METADATA.places:
            yield entry.keyword, entry.text


def _needed(said: dict[str, str], keyword: str) -> str:
    if not said.get(keyword):
        raise BadMessage("is missing", field=keyword)
    return said[keyword]


def _instant(said: dict[str, str], keyword: str, clock: TimeScale) -> int | None:
    text = said.get(keyword)
    try:
        return int(instants([text], clock)[0]) if text else None
    except ValueError as impossible:
        raise BadMessage(str(impossible).removeprefix("row 0: "), field=keyword) from impossible
