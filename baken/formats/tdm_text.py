"""Tracking segments back to sections and rows of text, whose form, KVN or XML, is another's business."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from baken.astro.time import TimeScale
from baken.errors import WrongUsage
from baken.formats._grammar import Kind, Unit, text_from_si
from baken.formats._said import entries_of, units_of, value_text
from baken.formats.message import KeptMessage, Message, Section, no_room
from baken.formats.oem_text import column_texts, instant_text
from baken.formats.tdm_table import (
    GRAMMAR,
    HEADER,
    METADATA,
    OBSERVATION,
    PARTICIPANTS,
    RANGE_UNITS,
)
from baken.records.tracking import TrackingSegment

VERSION = "2.0"
ObservationText = tuple[str, str, str]  # keyword, instant, number
Said = dict[str, str | float | int | bool | None]


@dataclass(frozen=True, slots=True)
class WrittenSegment:
    """One segment ready to be written: its metadata, the comments of its data, and its rows."""

    metadata: Section
    comments: tuple[str, ...]
    rows: Iterator[ObservationText]


@dataclass(frozen=True, slots=True)
class WrittenMessage:
    """One message ready to be written."""

    version: str
    header: Section
    segments: Iterator[WrittenSegment]


def written(records: Iterable[TrackingSegment | KeptMessage]) -> Iterator[WrittenMessage]:
    """Yield records in messages: a kept message alone, neighbours with one header together.

    Raises: WrongUsage for a record of another kind.
    """

    def key(record: TrackingSegment | KeptMessage) -> object:
        if isinstance(record, KeptMessage) and record.message.kind == GRAMMAR.name:
            return id(record)
        if not isinstance(record, TrackingSegment):
            raise no_room(record, GRAMMAR.name)
        return record.originator, record.created_tai_ns, record.message_id, record.header_comments

    for _, group in groupby(records, key=key):
        head, *rest = group
        if isinstance(head, KeptMessage):
            yield _kept(head.message)
        else:
            segments = [one for one in (head, *rest) if isinstance(one, TrackingSegment)]
            yield WrittenMessage(VERSION, _header(head), map(_segment, segments))


def _kept(message: Message) -> WrittenMessage:
    header, metadata, *rows = message.sections
    texts = ((row.entries[1].keyword, row.entries[0].text, row.entries[1].text) for row in rows)
    comments = rows[0].comments if rows else ()
    return WrittenMessage(message.version, header, iter([WrittenSegment(metadata, comments, texts)]))


def _header(segment: TrackingSegment) -> Section:
    created = segment.created_tai_ns
    said: Said = {
        "CREATION_DATE": "" if created is None else instant_text(created, TimeScale.UTC),
        "ORIGINATOR": segment.originator,
        "MESSAGE_ID": segment.message_id,
    }
    return Section(HEADER.name, tuple(entries_of(HEADER, said)), segment.header_comments)


def _segment(segment: TrackingSegment) -> WrittenSegment:
    return WrittenSegment(_metadata(segment), segment.comments, _rows(segment))


def _metadata(segment: TrackingSegment) -> Section:
    # The table has no place for words it does not know; a comment keeps them, and says what they are.
    unknown = tuple(f"{keyword} = {text}" for keyword, text in segment.other_fields)
    said = {**_session(segment), **_signal(segment), **_corrections(segment)}
    return Section(
        METADATA.name, tuple(entries_of(METADATA, said)), (*segment.metadata_comments, *unknown), segment=1
    )


def _session(segment: TrackingSegment) -> Said:
    def utc(instant: int | None) -> str:
        return "" if instant is None else instant_text(instant, TimeScale.UTC)

    return {
        "TRACK_ID": segment.track_id,
        "DATA_TYPES": ",".join(segment.data_types),
        "TIME_SYSTEM": segment.time_system,
        "START_TIME": utc(segment.start_tai_ns),
        "STOP_TIME": utc(segment.stop_tai_ns),
        **_of_each("PARTICIPANT", segment.participants),
        "MODE": segment.mode,
        "PATH": ",".join(map(str, segment.path)),
        "PATH_1": ",".join(map(str, segment.path_1)),
        "PATH_2": ",".join(map(str, segment.path_2)),
        **_of_each("EPHEMERIS_NAME", segment.ephemeris_names),
        "TIMETAG_REF": segment.timetag_reference,
        "INTEGRATION_INTERVAL": segment.integration_interval_s,
        "INTEGRATION_REF": segment.integration_reference,
        "ANGLE_TYPE": segment.angle_type,
        "REFERENCE_FRAME": segment.reference_frame,
        "INTERPOLATION": segment.interpolation,
        "INTERPOLATION_DEGREE": segment.interpolation_degree,
        "DATA_QUALITY": segment.quality,
    }


def _signal(segment: TrackingSegment) -> Said:
    counting = segment.doppler_counting
    return {
        "TRANSMIT_BAND": segment.transmit_band,
        "RECEIVE_BAND": segment.receive_band,
        "TURNAROUND_NUMERATOR": segment.turnaround_numerator,
        "TURNAROUND_DENOMINATOR": segment.turnaround_denominator,
        "FREQ_OFFSET": segment.frequency_offset_hz,
        "RANGE_MODE": segment.range_mode,
        "RANGE_MODULUS": _in_range_units(segment.range_modulus_in_its_unit, segment),
        "RANGE_UNITS": segment.range_units,
        "DOPPLER_COUNT_BIAS": counting.bias_hz,
        "DOPPLER_COUNT_SCALE": counting.cycles_scale,
        "DOPPLER_COUNT_ROLLOVER": counting.has_rolled_over,
        **_of_each("TRANSMIT_DELAY", segment.transmit_delays_s),
        **_of_each("RECEIVE_DELAY", segment.receive_delays_s),
    }


def _corrections(segment: TrackingSegment) -> Said:
    found = segment.corrections
    return {
        "CORRECTION_ANGLE_1": found.angle_1_rad,
        "CORRECTION_ANGLE_2": found.angle_2_rad,
        "CORRECTION_DOPPLER": found.doppler_m_s,
        "CORRECTION_MAG": found.magnitude,
        "CORRECTION_RANGE": _in_range_units(found.range_in_its_unit, segment),
        "CORRECTION_RCS": found.radar_cross_section_m2,
        "CORRECTION_RECEIVE": found.received_frequency_hz,
        "CORRECTION_TRANSMIT": found.transmitted_frequency_hz,
        "CORRECTION_ABERRATION_YEARLY": found.yearly_aberration_rad,
        "CORRECTION_ABERRATION_DIURNAL": found.diurnal_aberration_rad,
        "CORRECTIONS_APPLIED": found.are_applied,
    }


def _of_each(stem: str, values: Sequence[str | float | None]) -> Said:
    if len(values) > len(PARTICIPANTS):
        raise WrongUsage(
            f"{stem}: a TDM has room for {len(PARTICIPANTS)} participants, not for {len(values)}"
        )
    return {f"{stem}_{n}": value for n, value in zip(PARTICIPANTS, values, strict=False)}


def _range_unit(segment: TrackingSegment) -> Unit:
    return RANGE_UNITS[segment.range_units or "km"]


def _in_range_units(value_si: float | None, segment: TrackingSegment) -> str:
    return "" if value_si is None else text_from_si(value_si, _range_unit(segment))


def _rows(segment: TrackingSegment) -> Iterator[ObservationText]:
    """Yield every observation in the order it was sent, with as few digits as bring it back."""
    observations = segment.observations
    units = {**units_of([OBSERVATION]), "RANGE": _range_unit(segment)}
    exact = dict(observations.exact_counts)
    epochs = column_texts(observations.epoch_tai_ns, TimeScale(segment.time_system))
    values = observations.value_si.tolist()
    for row, index in enumerate(observations.keyword_index.tolist()):
        keyword = observations.keywords[index]
        field = OBSERVATION.places.get(keyword, (0, None))[1]
        if field is None:
            raise WrongUsage(f"a TDM has no keyword {keyword!r} for an observation")
        value = int(values[row]) if field.kind is Kind.INTEGER else values[row]
        yield keyword, epochs[row], exact.get(row) or value_text(value, field.kind, units[keyword])
