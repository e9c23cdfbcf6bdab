"""Between the Tracking Data Message and segments of observations, for KVN and XML alike.

A message is a header and segments; each segment becomes one ``TrackingSegment``.  The two forms hand their
segments over as drafts; here they are judged, and made into nouns.

Source: CCSDS 503.0-B-2, chapter 3.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from baken.astro.time import TimeScale
from baken.errors import BadMessage, UnreadableInput
from baken.formats._grammar import Unit, shown
from baken.formats._observation_rows import Columns, ObservationRows
from baken.formats._said import Said, units_of
from baken.formats._tdm_rules import metadata_faults, row_faults, span_faults
from baken.formats.message import (
    MAX_LINES,
    Entry,
    Judged,
    KeptMessage,
    Message,
    Section,
    gather_segments,
    judged_section,
    tell,
    version_number,
)
from baken.formats.oem import CLOCKS, Provenance
from baken.formats.reading import Deviation, Reading, Rejection, Strictness
from baken.formats.tdm_table import GRAMMAR, HEADER, METADATA, OBSERVATION, PARTICIPANTS, RANGE_UNITS
from baken.records.tracking import Corrections, DopplerCounting, Observations, TrackingSegment

Value = TypeVar("Value")
UNITS = units_of([METADATA])
IN_RANGE_UNITS = ("RANGE_MODULUS", "CORRECTION_RANGE")


@dataclass(slots=True)
class SegmentDraft:
    """One segment as a form hands it over.  ``rows`` is None while its clock is one nobody here can read.

    ``unread`` are the observations on such a clock; ``unknown`` those of keywords no table has.
    """

    line: int
    metadata: Section
    rows: ObservationRows | None
    comments: list[str] = field(default_factory=list)
    unread: list[Section] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Deviation] = field(default_factory=list)

    def keep_unread(self, line: int, keyword: str, epoch: str, value: str) -> None:
        """Keep an observation whose clock nobody here knows as it stands.

        Raises: UnreadableInput when there are too many to be kept so.
        """
        self._refuse_more(line, len(self.unread), "on a clock Baken does not know")
        said = (Entry("EPOCH", epoch, line), Entry(keyword, value, line))
        self.unread.append(Section(OBSERVATION.name, said, (), line, self.metadata.segment))

    def keep_unknown(self, line: int, keyword: str, text: str) -> None:
        """Keep an observation of a keyword that no table has: nobody knows its unit.

        Raises: UnreadableInput when there are too many to be kept so.
        """
        self._refuse_more(line, len(self.unknown), "of keywords Baken does not know")
        tell(self.faults, [Deviation(line, keyword, f"is no keyword of the {OBSERVATION.name}")])
        self.unknown.append((keyword, text))

    def _refuse_more(self, line: int, n_kept: int, which: str) -> None:
        if n_kept >= MAX_LINES:
            raise UnreadableInput(f"line {line}: {which}, no segment may have {MAX_LINES} rows")


@dataclass(slots=True)
class MessageDraft:
    """One message as a form hands it over; its segments bring their own faults."""

    line: int
    version: str
    header: Section
    segments: list[SegmentDraft] = field(default_factory=list)
    faults: list[Deviation] = field(default_factory=list)

    @property
    def number(self) -> tuple[int, int]:
        return version_number(self.version) or GRAMMAR.versions[-1]


def segment_draft(line: int, metadata: Section) -> SegmentDraft:
    """Return the draft of a segment whose metadata have been cut out, ready for its rows."""
    clock = _clock(metadata)
    if clock is None:
        return SegmentDraft(line, metadata, None)
    units = units_of([OBSERVATION])
    del units["EPOCH"]
    range_unit = _range_unit(metadata)
    if range_unit is None:
        del units["RANGE"]  # nobody knows what its numbers mean
    else:
        units["RANGE"] = range_unit
    return SegmentDraft(line, metadata, ObservationRows(clock, units))


def _clock(metadata: Section) -> TimeScale | None:
    """Return the clock of the rows, or None when nobody here knows it; 503.0-B-2, 4.3.7 minds no case."""
    said = (entry.text.strip().upper() for entry in metadata.entries if entry.keyword == "TIME_SYSTEM")
    return CLOCKS.get(next(said, ""))


def _range_unit(metadata: Section) -> Unit | None:
    """Return the unit of ranges, or None when one is said that is none; kilometres where nothing is."""
    said = {entry.text.strip().casefold() for entry in metadata.entries if entry.keyword == "RANGE_UNITS"}
    units = {name.casefold(): unit for name, unit in RANGE_UNITS.items()}
    return units.get(said.pop() if len(said) == 1 else "" if said else "km")


def reading(
    format_name: str, drafts: Iterable[MessageDraft], strictness: Strictness, provenance: Provenance
) -> Reading[TrackingSegment | KeptMessage]:
    """Make tracking segments of drafts."""
    return gather_segments(format_name, (_judged(draft, provenance) for draft in drafts), strictness)


def _judged(draft: MessageDraft, provenance: Provenance) -> Judged[TrackingSegment | KeptMessage]:
    header, faults = judged_section(HEADER, draft.header, draft.number)
    deviations = [*draft.faults, *faults]
    if version_number(draft.version) not in GRAMMAR.versions:
        problem = f"version {shown(draft.version)} is none of 1.0, 2.0"
        deviations.append(Deviation(draft.line, GRAMMAR.version_keyword, problem))
    made: list[TrackingSegment | KeptMessage] = []
    refused: list[Rejection] = []
    if not draft.segments:
        deviations.append(Deviation(draft.line, "TIME_SYSTEM", "is missing: the message has no segment"))
        refused.append(Rejection(draft.line, "TIME_SYSTEM", "the message has no segment"))
    for segment in draft.segments:
        record, found = _judged_segment(draft, header, segment, provenance)
        deviations += found
        if isinstance(record, Rejection):
            refused.append(record)
        else:
            made.append(record)
    return made, refused, deviations


def _judged_segment(
    draft: MessageDraft, header: Section, segment: SegmentDraft, provenance: Provenance
) -> tuple[TrackingSegment | KeptMessage | Rejection, list[Deviation]]:
    metadata, faults = judged_section(METADATA, segment.metadata, draft.number)
    told = {fault.keyword for fault in faults}
    broken = (fault for fault in metadata_faults(metadata) if fault.keyword not in told)
    faults = [*segment.faults, *faults, *broken]
    try:
        if segment.rows is None:
            return _kept(draft, header, metadata, segment), faults
        columns = segment.rows.columns()
        faults += [
            *segment.rows.faults,
            *row_faults(segment.rows.keywords, columns, draft.number, metadata),
        ]
        if len(columns.lines) == 0:
            raise BadMessage("is missing: the segment has no observation", field=OBSERVATION.start)
        record = _tracking_segment(header, metadata, segment, segment.rows, columns, provenance)
    except BadMessage as bad:
        explained = next((fault for fault in faults if fault.keyword == bad.field), None)
        if explained is None:
            explained = Deviation(segment.line, bad.field, bad.problem)
            faults.append(explained)
        return Rejection(explained.line, explained.keyword, explained.message), faults
    faults += span_faults(record.start_tai_ns, record.stop_tai_ns, metadata)
    return record, faults


def _kept(draft: MessageDraft, header: Section, metadata: Section, segment: SegmentDraft) -> KeptMessage:
    """Keep a segment whose clock nobody here knows: its instants cannot be put beside any other."""
    said = {entry.keyword: entry.text for entry in metadata.entries}
    if not said.get("TIME_SYSTEM"):
        raise BadMessage("is missing", field="TIME_SYSTEM")
    if not segment.unread:
        raise BadMessage("is missing: the segment has no observation", field=OBSERVATION.start)
    first, *others = segment.unread
    sections = (header, metadata, replace(first, comments=tuple(segment.comments)), *others)
    message = Message(kind=GRAMMAR.name, version=draft.version, sections=sections, line=segment.line)
    clock = shown(said["TIME_SYSTEM"])
    return KeptMessage(message, f"the clock {clock} is none Baken knows; its instants cannot be compared")


def _tracking_segment(
    header: Section,
    metadata: Section,
    segment: SegmentDraft,
    rows: ObservationRows,
    columns: Columns,
    provenance: Provenance,
) -> TrackingSegment:
    texts = {entry.keyword: entry.text for entry in metadata.entries}
    range_unit = rows.units.get("RANGE")
    # 503.0-B-2, 4.3.10: all but the rows are in UTC.
    said = Said(texts, {**UNITS, **dict.fromkeys(IN_RANGE_UNITS, range_unit)}, TimeScale.UTC)
    head = Said({entry.keyword: entry.text for entry in header.entries}, {})
    participants = _of_each(said.text, "PARTICIPANT")
    if not any(participants):
        raise BadMessage("is missing", field="PARTICIPANT_1")
    return TrackingSegment(
        participants=participants,
        observations=Observations(
            keywords=tuple(rows.keywords),
            keyword_index=columns.keyword_index,
            epoch_tai_ns=columns.epoch_tai_ns,
            value_si=columns.value_si,
            exact_counts=columns.counts,
        ),
        time_system=rows.scale.value,
        track_id=said.text("TRACK_ID"),
        data_types=tuple(word.strip() for word in said.text("DATA_TYPES").split(",") if word.strip()),
        start_tai_ns=said.instant("START_TIME"),
        stop_tai_ns=said.instant("STOP_TIME"),
        mode=said.text("MODE"),
        path=_path(said, "PATH"),
        path_1=_path(said, "PATH_1"),
        path_2=_path(said, "PATH_2"),
        ephemeris_names=_of_each(said.text, "EPHEMERIS_NAME"),
        transmit_band=said.text("TRANSMIT_BAND"),
        receive_band=said.text("RECEIVE_BAND"),
        turnaround_numerator=said.integer("TURNAROUND_NUMERATOR"),
        turnaround_denominator=said.integer("TURNAROUND_DENOMINATOR"),
        timetag_reference=said.text("TIMETAG_REF"),
        integration_interval_s=said.real("INTEGRATION_INTERVAL"),
        integration_reference=said.text("INTEGRATION_REF"),
        frequency_offset_hz=said.real("FREQ_OFFSET"),
        range_mode=said.text("RANGE_MODE"),
        range_modulus_in_its_unit=said.real("RANGE_MODULUS") if range_unit else None,
        range_units=said.text("RANGE_UNITS"),
        angle_type=said.text("ANGLE_TYPE"),
        reference_frame=said.text("REFERENCE_FRAME"),
        interpolation=said.text("INTERPOLATION"),
        interpolation_degree=said.integer("INTERPOLATION_DEGREE"),
        doppler_counting=DopplerCounting(
            bias_hz=said.real("DOPPLER_COUNT_BIAS"),
            cycles_scale=said.integer("DOPPLER_COUNT_SCALE"),
            has_rolled_over=said.truth("DOPPLER_COUNT_ROLLOVER"),
        ),
        transmit_delays_s=_of_each(said.real, "TRANSMIT_DELAY"),
        receive_delays_s=_of_each(said.real, "RECEIVE_DELAY"),
        quality=said.text("DATA_QUALITY"),
        corrections=_corrections(said, range_unit),
        originator=head.text("ORIGINATOR"),
        created_tai_ns=head.instant("CREATION_DATE"),
        message_id=head.text("MESSAGE_ID"),
        realm=provenance.realm,
        marking=provenance.marking,
        lineage=provenance.lineage,
        header_comments=header.comments,
        metadata_comments=metadata.comments,
        comments=tuple(segment.comments),
        other_fields=(*_others(header, metadata, range_unit), *segment.unknown),
    )


def _corrections(said: Said, range_unit: Unit | None) -> Corrections:
    return Corrections(
        angle_1_rad=said.real("CORRECTION_ANGLE_1"),
        angle_2_rad=said.real("CORRECTION_ANGLE_2"),
        doppler_m_s=said.real("CORRECTION_DOPPLER"),
        magnitude=said.real("CORRECTION_MAG"),
        range_in_its_unit=said.real("CORRECTION_RANGE") if range_unit else None,
        radar_cross_section_m2=said.real("CORRECTION_RCS"),
        received_frequency_hz=said.real("CORRECTION_RECEIVE"),
        transmitted_frequency_hz=said.real("CORRECTION_TRANSMIT"),
        yearly_aberration_rad=said.real("CORRECTION_ABERRATION_YEARLY"),
        diurnal_aberration_rad=said.real("CORRECTION_ABERRATION_DIURNAL"),
        are_applied=said.truth("CORRECTIONS_APPLIED"),
    )


def _path(said: Said, keyword: str) -> tuple[int, ...]:
    return tuple(int(stop) for stop in said.text(keyword).split(",") if stop)


def _of_each(said: Callable[[str], Value], stem: str) -> tuple[Value, ...]:
    """Return what is said of each participant, as far as anything is."""
    values = [said(f"{stem}_{n}") for n in PARTICIPANTS]
    while values and values[-1] in ("", None):
        values.pop()
    return tuple(values)


def _others(header: Section, metadata: Section, range_unit: Unit | None) -> Iterator[tuple[str, str]]:
    """Yield what the noun has no word for: keywords of no table, and numbers in a unit of no meaning."""
    for section, block in ((header, HEADER), (metadata, METADATA)):
        for entry in section.entries:
            if entry.keyword not in block.places or (range_unit is None and entry.keyword in IN_RANGE_UNITS):
                yield entry.keyword, entry.text
