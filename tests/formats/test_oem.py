"""Does an ephemeris arrive as the numbers it was sent as, whatever its form, its clock and its size?"""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.time import TimeScale, tai_ns_from_text, tai_ns_from_utc, text_in_scale
from baken.errors import UnreadableInput
from baken.formats import _state_rows, oem_kvn, oem_xml
from baken.formats.message import KeptMessage
from baken.formats.object_identity import identity_from_object_id
from baken.formats.oem import CLOCKS
from baken.formats.oem_table import STATE_VECTOR
from baken.records.ephemeris import CovarianceHistory, Ephemeris
from tests.formats.ccsds import all_same, edited, lenient, own, same

FORMS = [oem_kvn, oem_xml]
KILOMETRE_M = 1000.0
MANY_ROWS = 8_000
# A row is 130 bytes of text and 80 of numbers; the text itself is not counted, nor what Python starts with.
ROOM_FOR_A_ROW_BYTES = 250


def segments() -> tuple[Ephemeris, ...]:
    return oem_kvn.read(own("ephemeris.oem")).records


def test_a_message_is_read_in_si_and_atomic_time():
    before, after = segments()
    assert before.epoch_tai_ns[1] == tai_ns_from_text("2026-02-01T12:00:10.000", TimeScale.TT)
    assert np.array_equal(before.position_m[1], np.array([6999.6, 75.0, 0.25]) * KILOMETRE_M)
    assert np.array_equal(before.velocity_m_s[1], np.array([-0.08, 7.5, 1e-3]) * KILOMETRE_M)
    assert np.array_equal(before.acceleration_m_s2[2], np.array([-0.008, -2e-4, 0.0]) * KILOMETRE_M)
    assert after.acceleration_m_s2 is None
    assert (before.frame, before.centre, before.time_system) == ("GCRF", "EARTH", "TT")
    assert (before.interpolation, before.interpolation_degree) == ("HERMITE", 3)
    assert before.created_tai_ns == tai_ns_from_utc("2026-02-02T06:07:08Z")
    assert before.identity == identity_from_object_id("2026-001A", "SIM BAKEN 1")


def test_a_covariance_is_whole_symmetric_and_in_si():
    history = segments()[0].covariances
    assert history.frames == ("RTN",)
    matrix = history.covariance_si[0]
    assert np.array_equal(matrix, matrix.T)
    assert (matrix[0, 0], matrix[4, 1], matrix[5, 5]) == (1.0e-4 * 1e6, 5.0e-8 * 1e6, 9.0e-11 * 1e6)


def test_an_ephemeris_is_used_only_where_its_source_says():
    before, after = segments()
    assert before.good_from_tai_ns == before.epoch_tai_ns[1]
    assert before.good_until_tai_ns == before.epoch_tai_ns[2]
    assert (after.good_from_tai_ns, after.good_until_tai_ns) == tuple(after.epoch_tai_ns)


def test_arrays_of_an_ephemeris_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        segments()[0].position_m[0, 0] = 0.0


@pytest.mark.parametrize("form", FORMS)
def test_segments_of_one_message_stay_one_message(form):
    content = form.write(segments())
    assert content.count(b"CCSDS_OEM_VERS") == 1
    assert all_same(form.read(content).records, segments())


@st.composite
def ephemerides(draw):
    """Draw an ephemeris with rows, clock, covariances and words that somebody could have sent."""
    clock = draw(st.sampled_from([TimeScale.UTC, TimeScale.TAI, TimeScale.TT, TimeScale.GPS, TimeScale.TDB]))
    n = draw(st.integers(1, 6))
    start = draw(st.integers(0, 10**18))
    steps = draw(st.lists(st.integers(1, 10**12), min_size=n, max_size=n))
    epochs = start + np.cumsum(np.array(steps, dtype=np.int64))
    if clock is TimeScale.TDB:  # its difference from TAI is rounded; what was read once comes back for ever
        epochs = np.array([tai_ns_from_text(text_in_scale(int(e), clock, 9), clock) for e in epochs])
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    table = np.round(rng.normal(size=(n, 9)), 9) * KILOMETRE_M
    has_acceleration = draw(st.booleans())
    history = CovarianceHistory(
        epoch_tai_ns=epochs[:1].copy(), frames=("RTN",), covariance_si=np.eye(6)[None] * 1e6
    )
    return Ephemeris(
        identity=identity_from_object_id(draw(st.sampled_from(["2026-001A", "25544", "X-1"])), "SIM"),
        frame=draw(st.sampled_from(["GCRF", "ITRF2014", "TEME"])),
        centre="EARTH",
        time_system=clock.value,
        epoch_tai_ns=epochs,
        position_m=table[:, :3].copy(),
        velocity_m_s=table[:, 3:6].copy(),
        acceleration_m_s2=table[:, 6:].copy() if has_acceleration else None,
        covariances=draw(st.sampled_from([None, history])),
        start_tai_ns=int(epochs[0]),
        stop_tai_ns=int(epochs[-1]),
        originator="BAKEN",
        created_tai_ns=draw(st.integers(0, 10**9)) * 1_000_000,
        comments=tuple(draw(st.lists(st.sampled_from(["one", "  two = 2", ""]), max_size=2))),
    )


@pytest.mark.capability(
    "OEM in KVN and XML, written and read back", status="MODELLED", authority="equality of every number"
)
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40, deadline=None)
@given(ephemeris=ephemerides())
def test_every_ephemeris_comes_back_as_it_was(form, ephemeris):
    read = form.read(form.write([ephemeris]))
    assert read.rejected == ()
    assert same(read.records[0], ephemeris)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["1.5", "-.25e3", "2026-02-01T00:00:00", "x", "nan", "1_0", "9e999"]), max_size=11
        ),
        min_size=1,
        max_size=4,
    )
)
def test_reading_by_the_thousand_equals_reading_row_by_row(rows):
    rows = [(line, ["2026-02-01T00:00:00", *row]) for line, row in enumerate(rows, start=1)]
    at_once = _state_rows.StateRows(TimeScale.UTC)
    for line, words in rows:
        at_once.add(line, words)
    (lines, epochs, numbers), faults = _state_rows.read_one_by_one(rows, TimeScale.UTC)
    assert all(map(np.array_equal, at_once.table()[:2], (lines, epochs)))
    assert np.array_equal(at_once.table()[2], numbers, equal_nan=True)
    assert at_once.faults == faults


@pytest.mark.parametrize(
    ("old", "new", "at", "keyword"),
    [
        ("6999.6 75.0", "6999.6 abc", "abc", "Y"),
        ("6999.6 75.0", "6999.6 75.0 1.0", "75.0 1.0", "Z_DDOT"),
        ("0.25 -.08 7.5 1e-3 -0.008 -1e-4 0.0", "0.25 -.08 7.5", "6999.6", "Z_DOT"),
        ("0.25 -.08 7.5 1e-3 -0.008 -1e-4 0.0", "0.25 -.08 7.5 1e-3", "6999.6", "X_DDOT"),
        ("2026-02-01T12:00:20.000 6998", "2026-02-01T12:00:05.000 6998", "12:00:05", "EPOCH"),
        ("2026-02-01T12:00:20.000 6998", "2026-02-41T12:00:20.000 6998", "02-41", "EPOCH"),
        ("START_TIME = 2026-02-01T12:00:00", "START_TIME = 2026-02-01T12:00:05", "START_TIME", "START_TIME"),
        ("12:00:20.000\nSTOP", "12:00:05.000\nSTOP", "USEABLE_STOP", "USEABLE_STOP_TIME"),
        ("USEABLE_STOP_TIME = 2026-02-01T12:00:20.000\n", "", "USEABLE_START", "USEABLE_STOP_TIME"),
        ("INTERPOLATION_DEGREE = 3\n", "", "INTERPOLATION", "INTERPOLATION_DEGREE"),
        ("TIME_SYSTEM = TT", "TIME_SYSTEM = ABCD", "TIME_SYSTEM #2", "TIME_SYSTEM"),
        ("2.0e-5 4.0e-4", "2.0e-5", "2.0e-5", "CY_X"),
        ("2.0e-5 4.0e-4", "2.0e-5 much", "much", "CY_Y"),
        ("COVARIANCE_STOP\n\nMETA_START", "META_START", "META_START #2", "META_START"),
        ("META_STOP\n\nCOMMENT Drag", "COMMENT Drag", "COMMENT Drag", "COMMENT"),
        ("OBJECT_ID = 2026-001A\nCENTER", "OBJECT_ID = 2026-001B\nCENTER", "META_START #2", "OBJECT_ID"),
        ("CCSDS_OEM_VERS = 3.0", "CCSDS_OEM_VERS = 1.0", "MESSAGE_ID", "MESSAGE_ID"),
        ("COMMENT Drag", "DRAG = 1\nCOMMENT Drag", "DRAG = 1", "DRAG"),
    ],
)
def test_strict_refuses_and_names_line_and_keyword(old, new, at, keyword):
    content = edited(own("ephemeris.oem"), old, new)
    read = oem_kvn.read(content)
    assert read.records == ()
    assert (line_with(content, at), keyword) in [(told.line, told.keyword) for told in read.deviations]


def line_with(content: bytes, text: str) -> int:
    """Return the number of the first line with a text in it, or of a later one: ``TEXT #2``."""
    text, _, which = text.partition(" #")
    lines = [number for number, line in enumerate(content.decode().splitlines(), start=1) if text in line]
    return lines[int(which or 1) - 1]


def test_lenient_leaves_out_the_rows_it_cannot_read_and_tells():
    content = edited(own("ephemeris.oem"), "6999.6 75.0", "6999.6 abc")
    read = lenient(oem_kvn, content)
    assert [len(record) for record in read.records] == [3, 2]
    assert [(told.line, told.keyword) for told in read.deviations] == [(line_with(content, "abc"), "Y")]


@pytest.mark.parametrize("form", FORMS)
def test_a_clock_nobody_knows_keeps_its_message_and_compares_with_nothing(form):
    content = own("ephemeris.oem").replace(b"TIME_SYSTEM = TT", b"TIME_SYSTEM = MET")
    read = lenient(oem_kvn, content)
    assert all(isinstance(record, KeptMessage) and "MET" in record.because for record in read.records)
    again = lenient(form, form.write(read.records))
    rows = [s for record in again.records for s in record.message.sections if s.name == STATE_VECTOR.name]
    assert [row.entries[0].text for row in rows] == [
        entry.text
        for record in read.records
        for section in record.message.sections
        if section.name == STATE_VECTOR.name
        for entry in section.entries[:1]
    ]


def test_a_clock_nobody_knows_is_as_the_standard_allows_and_its_rows_are_judged_all_the_same():
    content = own("ephemeris.oem").replace(b"TIME_SYSTEM = TT", b"TIME_SYSTEM = MET")
    assert oem_kvn.read(content).rejected == ()
    bad = oem_kvn.read(edited(content, "6999.6 75.0", "6999.6 abc"))
    assert [(told.line, told.keyword) for told in bad.deviations] == [
        (line_with(content, "6999.6 75.0"), "Y")
    ]
    long = oem_kvn.read(edited(content, "6999.6 75.0", "6999.6 75.0 1 2 3 4"))
    assert {told.line for told in long.deviations} == {line_with(content, "6999.6 75.0")}


def test_total_spans_may_overlap_and_useable_spans_may_not():
    before, after = segments()
    early = replace(after, start_tai_ns=before.start_tai_ns)
    assert oem_kvn.read(oem_kvn.write([before, early])).rejected == ()
    useable = {"useable_start_tai_ns": before.start_tai_ns, "useable_stop_tai_ns": after.stop_tai_ns}
    (rejection,) = oem_kvn.read(oem_kvn.write([before, replace(early, **useable)])).rejected
    assert rejection.field == "USEABLE_START_TIME"


def test_covariances_stand_in_order_of_time():
    ephemeris = segments()[0]
    history = CovarianceHistory(
        epoch_tai_ns=ephemeris.epoch_tai_ns[[1, 0]].copy(),
        frames=("", ""),
        covariance_si=np.array([np.eye(6)] * 2),
    )
    (rejection,) = oem_kvn.read(oem_kvn.write([replace(ephemeris, covariances=history)])).rejected
    assert rejection.field == "EPOCH"


def test_every_clock_of_ours_but_the_turning_earth_is_read():
    assert set(CLOCKS) == {scale.value for scale in TimeScale} - {"UT1"}


def test_a_leap_second_belongs_to_utc_alone():
    content = own("ephemeris.oem").replace(b"2026-02-01T12:00:30.000 69", b"2016-12-31T23:59:60.000 69")
    read = lenient(oem_kvn, content)
    assert any("leap" in told.message for told in read.deviations)


def test_a_message_without_segments_is_rejected_not_lost():
    read = oem_kvn.read(b"CCSDS_OEM_VERS = 3.0\nCREATION_DATE = 2026-02-02T06:07:08\nORIGINATOR = BAKEN\n")
    assert read.n_read == 1
    assert read.rejected[0].field == "OBJECT_NAME"
    with pytest.raises(UnreadableInput):
        oem_kvn.read(b"META_START\n")


def many_rows(n_rows: int) -> bytes:
    head = own("ephemeris.oem").split(b"COMMENT Drag")[0].decode()
    head = head.replace("12:00:30.000", "23:59:59.000").replace("12:00:20.000", "23:59:59.000")
    start = tai_ns_from_text("2026-02-01T12:00:00.000", TimeScale.TT)
    rows = (
        f"{text_in_scale(start + k * 10**9, TimeScale.TT)} 7000.123456789 {k}.5 -0.1 0.25 7.5 0.001"
        for k in range(n_rows)
    )
    return "\n".join([head, *rows, ""]).encode()


@pytest.mark.parametrize("form", FORMS)
def test_a_long_ephemeris_needs_the_room_of_its_numbers(form):
    content = many_rows(MANY_ROWS)
    if form is oem_xml:
        content = oem_xml.write(oem_kvn.read(content).records)
    tracemalloc.start()
    (read,) = form.read(content).records
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(read) == MANY_ROWS
    assert peak_bytes < MANY_ROWS * ROOM_FOR_A_ROW_BYTES + 5_000_000
