"""Ephemerides back to sections, and to the lines of KVN."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import numpy as np

from baken.astro.arrays import Floats, Instants
from baken.astro.time import TimeScale, text_in_scale, utc_texts
from baken.formats import _kvn
from baken.formats._grammar import Block, text_from_si
from baken.formats.message import Entry, KeptMessage, Message, Section, no_room
from baken.formats.object_identity import only_object_id_text
from baken.formats.oem_table import COVARIANCE, GRAMMAR, HEADER, METADATA, STATE_VECTOR
from baken.records.ephemeris import CovarianceHistory, Ephemeris

VERSION = "3.0"
UNITS = [one.unit for one in STATE_VECTOR.fields[1:]]
TRIANGLE = [one for one in COVARIANCE.fields if one.unit is not None]


def message_lines(records: Iterable[Ephemeris | KeptMessage]) -> Iterator[str]:
    """Yield the lines of KVN messages that carry these records."""
    for head, group in together(records):
        if isinstance(head, KeptMessage):
            yield from _kept_lines(head.message)
            continue
        yield f"{GRAMMAR.version_keyword} = {VERSION}"
        yield from _kvn.section_lines(HEADER, header_of(head))
        for ephemeris in group:
            yield from ("", METADATA.start)
            yield from _kvn.section_lines(METADATA, metadata_of(ephemeris))
            yield from (METADATA.stop, "")
            yield from (
                f"COMMENT {_kvn.checked(comment, 'COMMENT')}".rstrip() for comment in ephemeris.comments
            )
            yield from (" ".join(words) for words in state_words(ephemeris))
            if ephemeris.covariances is not None:
                yield from ("", COVARIANCE.start)
                yield from _covariance_lines(covariance_sections(ephemeris.covariances, ephemeris))
                yield COVARIANCE.stop


def together(
    records: Iterable[Ephemeris | KeptMessage],
) -> Iterator[tuple[Ephemeris | KeptMessage, list[Ephemeris]]]:
    """Yield records in messages: a kept message alone, ephemerides with one header and object together.

    Raises: WrongUsage for a record of another kind.
    """

    def key(record: Ephemeris | KeptMessage) -> object:
        if isinstance(record, KeptMessage) and record.message.kind == GRAMMAR.name:
            return id(record)
        if not isinstance(record, Ephemeris):
            raise no_room(record, GRAMMAR.name)
        header = header_of(record)
        said = [(entry.keyword, entry.text) for entry in header.entries]
        return said, header.comments, record.identity.object_id, record.time_system

    for _, group in groupby(records, key=key):
        head, *rest = list(group)
        yield head, [one for one in (head, *rest) if isinstance(one, Ephemeris)]


def header_of(ephemeris: Ephemeris) -> Section:
    """Return the header section of the message an ephemeris stands in."""
    said = dict(ephemeris.other_fields)
    created = ephemeris.created_tai_ns
    fields = {
        "CLASSIFICATION": said.get("CLASSIFICATION", ""),
        "CREATION_DATE": "" if created is None else instant_text(created, TimeScale.UTC),
        "ORIGINATOR": ephemeris.originator,
        "MESSAGE_ID": ephemeris.message_id,
    }
    return Section(HEADER.name, _entries(HEADER, fields), ephemeris.header_comments)


def metadata_of(ephemeris: Ephemeris) -> Section:
    """Return the metadata section of an ephemeris, instants on its own clock."""
    clock = TimeScale(ephemeris.time_system)
    degree = ephemeris.interpolation_degree

    def said(instant: int | None) -> str:
        return "" if instant is None else instant_text(instant, clock)

    fields = {
        "OBJECT_NAME": ephemeris.identity.name or "UNKNOWN",
        "OBJECT_ID": only_object_id_text(ephemeris.identity),
        "CENTER_NAME": ephemeris.centre,
        "REF_FRAME": ephemeris.frame,
        "REF_FRAME_EPOCH": said(ephemeris.frame_epoch_tai_ns),
        "TIME_SYSTEM": ephemeris.time_system,
        "START_TIME": said(ephemeris.start_tai_ns),
        "USEABLE_START_TIME": said(ephemeris.useable_start_tai_ns),
        "USEABLE_STOP_TIME": said(ephemeris.useable_stop_tai_ns),
        "STOP_TIME": said(ephemeris.stop_tai_ns),
        "INTERPOLATION": ephemeris.interpolation,
        "INTERPOLATION_DEGREE": "" if degree is None else str(degree),
    }
    # The table has no place for words it does not know; a comment keeps them, and says what they are.
    others = [(keyword, text) for keyword, text in ephemeris.other_fields if keyword != "CLASSIFICATION"]
    unknown = [f"{keyword} = {text}".rstrip() for keyword, text in others]
    return Section(METADATA.name, _entries(METADATA, fields), (*ephemeris.metadata_comments, *unknown))


def _entries(block: Block, fields: dict[str, str]) -> tuple[Entry, ...]:
    """Return the fields that say something, and the obligatory ones even when they do not."""
    obligatory = {field.keyword for field in block.fields if field.need == "obligatory"}
    return tuple(Entry(keyword, text) for keyword, text in fields.items() if text or keyword in obligatory)


def state_words(ephemeris: Ephemeris) -> Iterator[list[str]]:
    """Yield the words of every row: the instant, then the numbers, as few digits as bring them back."""
    tables = [ephemeris.position_m, ephemeris.velocity_m_s]
    if ephemeris.acceleration_m_s2 is not None:
        tables.append(ephemeris.acceleration_m_s2)
    numbers = np.concatenate(tables, axis=1)
    epochs = instant_texts(ephemeris)
    for epoch, row in zip(epochs, numbers.tolist(), strict=True):
        given = row if row[-1] == row[-1] else row[:6]  # an acceleration that was not given is NaN
        yield [epoch, *map(text_from_si, given, UNITS)]


def instant_texts(ephemeris: Ephemeris) -> list[str]:
    """Print the instants of every row."""
    return column_texts(ephemeris.epoch_tai_ns, TimeScale(ephemeris.time_system))


def column_texts(epochs: Instants, clock: TimeScale) -> list[str]:
    """Print many instants as a clock shows them, with as many decimals as any of them needs."""
    if clock is TimeScale.UTC:
        n_decimals = next((n for n in (0, 3, 6) if not (epochs % 10 ** (9 - n)).any()), 9)
        return [text.removesuffix("Z") for text in utc_texts(epochs, n_decimals)]
    return [instant_text(int(epoch), clock) for epoch in epochs]


def instant_text(epoch_tai_ns: int, clock: TimeScale) -> str:
    """Print an instant as a clock shows it, to the nanosecond where it needs that many."""
    text = text_in_scale(epoch_tai_ns, clock, n_decimals=9).removesuffix("Z")
    whole, _, decimals = text.partition(".")
    short = decimals.rstrip("0")
    return f"{whole}.{short.ljust(3, '0')}"


def covariance_sections(history: CovarianceHistory, ephemeris: Ephemeris) -> Iterator[Section]:
    """Yield each covariance as a section, instants on the clock of its ephemeris."""
    clock = TimeScale(ephemeris.time_system)
    for epoch, frame, matrix in zip(history.epoch_tai_ns, history.frames, history.covariance_si, strict=True):
        fields = {"EPOCH": instant_text(int(epoch), clock), "COV_REF_FRAME": frame, **triangle_texts(matrix)}
        yield Section(COVARIANCE.name, _entries(COVARIANCE, fields))


def triangle_texts(matrix: Floats) -> dict[str, str]:
    """Return the lower triangle of a covariance as keywords and texts."""
    row, column = np.tril_indices(len(matrix))
    values = matrix[row, column].tolist()
    return {one.keyword: text_from_si(value, one.unit) for one, value in zip(TRIANGLE, values, strict=True)}


def _covariance_lines(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        said = {entry.keyword: entry.text for entry in section.entries}
        for keyword in ("EPOCH", "COV_REF_FRAME"):
            if keyword in said:
                yield f"{keyword} = {_kvn.checked(said[keyword], keyword)}"
        words = [said.get(one.keyword, "") for one in TRIANGLE]
        for row in range(6):
            first = row * (row + 1) // 2
            yield " ".join(words[first : first + row + 1])


def _kept_lines(message: Message) -> Iterator[str]:
    """Yield a message whose clock nobody here knows, its rows as they stood."""
    yield f"{GRAMMAR.version_keyword} = {message.version}"
    last = ""
    for section in message.sections:
        if last == COVARIANCE.name != section.name:
            yield COVARIANCE.stop
        if section.name == METADATA.name:
            yield from ("", METADATA.start, *_kvn.section_lines(METADATA, section), METADATA.stop, "")
        elif section.name == STATE_VECTOR.name:
            yield " ".join(_kvn.checked(entry.text, entry.keyword) for entry in section.entries)
        elif section.name == COVARIANCE.name:
            yield from () if last == COVARIANCE.name else ("", COVARIANCE.start)
            yield from _covariance_lines([section])
        else:
            yield from _kvn.section_lines(HEADER, section)
        last = section.name
    if last == COVARIANCE.name:
        yield COVARIANCE.stop
