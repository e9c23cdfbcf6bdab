"""Does an observation arrive as the number it was measured as, whatever its unit and its clock?"""

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.time import TimeScale, tai_ns_from_text, tai_ns_from_utc, text_in_scale
from baken.errors import UnreadableInput, WrongUsage
from baken.formats import tdm_kvn, tdm_xml
from baken.formats._grammar import DEGREE, si_from
from baken.formats._observation_rows import ObservationRows, Row
from baken.formats._said import units_of
from baken.formats.message import MAX_LINES, KeptMessage
from baken.formats.tdm_table import COUNTS, OBSERVATION, OBSERVED, RANGE_UNITS
from baken.records.tracking import Corrections, DopplerCounting, TrackingSegment, observations_of
from tests.formats.ccsds import all_same, edited, lenient, own, same

FORMS = [tdm_kvn, tdm_xml]
EISCAT_POINTS = 913  # RANGE lines counted in the file
MANY = 100_000
SECONDS_FOR_MANY = 20.0  # it takes one to three; a reader that makes an object of each takes far more


def segments() -> tuple[TrackingSegment, ...]:
    return tdm_kvn.read(own("tracking.tdm")).records


def test_a_message_is_read_in_si_and_atomic_time():
    radar, air = segments()
    epochs, ranges_m = radar.observations.of("RANGE")
    assert ranges_m.tolist() == [1365.25 * 1000.0, 1311.5 * 1000.0]
    assert epochs.tolist() == [
        tai_ns_from_utc(f"2026-02-01T{clock}Z") for clock in ("12:00:00", "12:00:10.5")
    ]
    assert radar.observations.of("ANGLE_1")[1][1] == 0.25 * math.pi / 180.0
    assert radar.observations.of("DOPPLER_INSTANTANEOUS")[1][0] == -5.375 * 1000.0
    assert radar.observations.of("TRANSMIT_FREQ_1")[1][0] == 929_600_000.125
    assert (radar.participants, radar.path, radar.mode) == (("RADAR", "SIM BAKEN 1"), (1, 2, 1), "SEQUENTIAL")
    assert (radar.range_unit, radar.range_modulus_in_its_unit) == ("m", 5000.5 * 1000.0)
    assert radar.corrections.range_in_its_unit == -1.48 * 1000.0
    assert radar.corrections.angle_1_rad == -0.5 * math.pi / 180.0
    assert (radar.corrections.are_applied, radar.doppler_counting.has_rolled_over) == (False, False)
    assert (radar.transmit_delays_s, radar.receive_delays_s) == ((7.7e-5,), (None, 0.25))
    assert air.observations.of("PRESSURE")[1][0] == 101_325.0
    assert air.observations.of("RHUMIDITY")[1][0] == 87.5 / 100.0
    assert air.observations.of("STEC")[1][0] == 23.1 * 1e16
    assert air.observations.epoch_tai_ns[0] == tai_ns_from_text("2026-02-01T12:00:18", TimeScale.GPS)
    assert len(air.observations.of("RANGE")[0]) == 0


def test_a_clock_may_be_named_in_small_letters():
    content = own("tracking.tdm").replace(b"TIME_SYSTEM = UTC", b"TIME_SYSTEM = utc")
    assert all_same(tdm_kvn.read(content).records, segments())


def test_observations_keep_the_order_they_were_sent_in():
    radar, _ = segments()
    observed = radar.observations
    sent = [observed.keywords[index] for index in observed.keyword_index[:3]]
    assert sent == ["TRANSMIT_FREQ_1", "RANGE", "ANGLE_1"]
    with pytest.raises(ValueError, match="read-only"):
        observed.value_si[0] = 0.0


@pytest.mark.parametrize(
    ("units", "value", "unit"), [("s", 1365.25, "s"), ("RU", 1365.25, "RU"), ("KM", 1365250.0, "m")]
)
def test_a_range_is_in_the_unit_its_sender_chose(units, value, unit):
    content = edited(own("tracking.tdm"), "RANGE_UNITS = km", f"RANGE_UNITS = {units}")
    radar, _ = tdm_kvn.read(content).records
    assert (radar.range_unit, radar.observations.of("RANGE")[1][0]) == (unit, value)


def test_a_range_in_a_unit_that_is_none_is_not_read_and_told():
    content = edited(own("tracking.tdm"), "RANGE_UNITS = km", "RANGE_UNITS = furlong")
    radar, _ = lenient(tdm_kvn, content).records
    assert "RANGE" not in radar.observations.keywords
    assert (radar.range_modulus_in_its_unit, radar.corrections.range_in_its_unit) == (None, None)
    assert ("RANGE_MODULUS", "5000.5") in radar.other_fields
    assert {"RANGE_UNITS", "RANGE"} <= {told.keyword for told in tdm_kvn.read(content).deviations}


@pytest.mark.parametrize("form", FORMS)
def test_a_count_keeps_more_digits_than_a_float_holds(form):
    content = form.write(segments())
    assert b"84297531359861023.4567" in content
    assert all_same(form.read(content).records, segments())


@pytest.mark.parametrize("form", FORMS)
def test_segments_of_one_message_stay_one_message(form):
    assert form.write(segments()).count(b"CCSDS_TDM_VERS") == 1
    other = replace(segments()[1], message_id="TDM 2026/0002")
    assert all_same(form.read(form.write([segments()[0], other])).records, (segments()[0], other))


def test_every_kind_of_observation_has_its_si_unit_or_none():
    without = {"MAG", "RANGE", *COUNTS}
    assert {keyword for keyword, unit in units_of([OBSERVATION]).items() if unit is None} == {
        "EPOCH",
        *without,
    }


# --- Comes back -------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["", "DSS-25", "SIM BAKEN 1", "X"])
FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12)
# What a sender wrote in degrees comes back; not every float of radians can be written in them.
MAYBE_DEGREES = st.none() | FINITE.map(lambda value: si_from(round(value, 6), DEGREE))
MAYBE = st.none() | FINITE.map(lambda value: round(value, 6) * 1000.0)
NOT_NEGATIVE = st.none() | st.floats(0.0, 1e9)
TRUTH = st.sampled_from([None, True, False])


@st.composite
def tracking_segments(draw):
    """Draw a segment that somebody could have sent: any keywords, clock, units and corrections."""
    clock = draw(st.sampled_from([TimeScale.UTC, TimeScale.TAI, TimeScale.GPS, TimeScale.TDB]))
    keywords = draw(st.lists(st.sampled_from(sorted(OBSERVED)), min_size=1, max_size=4, unique=True))
    units, distance = draw(st.sampled_from(["", *RANGE_UNITS])), draw(NOT_NEGATIVE)
    rows = {}
    for keyword in keywords:
        n = draw(st.integers(1, 3))
        epochs = np.sort(np.array(draw(st.lists(st.integers(0, 10**18), min_size=n, max_size=n))))
        if (
            clock is TimeScale.TDB
        ):  # its difference from TAI is rounded; what was read once comes back for ever
            epochs = np.array([tai_ns_from_text(text_in_scale(int(e), clock, 9), clock) for e in epochs])
        whole = keyword == "DOPPLER_COUNT"
        numbers = st.integers(0, 2**53).map(float) if whole else FINITE
        values = draw(st.lists(numbers, min_size=n, max_size=n))
        unit = RANGE_UNITS[units or "km"] if keyword == "RANGE" else OBSERVATION.places[keyword][1].unit
        rows[keyword] = (epochs, np.array([si_from(value, unit) for value in values]))
    corrections = Corrections(
        angle_1_rad=draw(MAYBE_DEGREES),
        doppler_m_s=draw(MAYBE),
        range_in_its_unit=None if distance is None else si_from(distance, RANGE_UNITS[units or "km"]),
        diurnal_aberration_rad=draw(MAYBE_DEGREES),
        are_applied=draw(st.booleans()),
    )
    return TrackingSegment(
        participants=("RADAR", draw(WORDS), "SIM"),
        observations=observations_of(rows),
        time_system=clock.value,
        track_id=draw(WORDS),
        data_types=tuple(draw(st.permutations(keywords))),
        start_tai_ns=draw(st.none() | st.integers(0, 10**15)),
        stop_tai_ns=draw(st.none() | st.integers(10**16, 10**18)),
        mode="SEQUENTIAL",
        path=draw(st.sampled_from([(1, 3), (1, 3, 1), (3, 1, 3, 1)])),
        ephemeris_names=draw(st.sampled_from([(), ("E",), ("", "E")])),
        receive_band=draw(WORDS),
        turnaround_numerator=draw(st.none() | st.integers(1, 1000)),
        timetag_reference=draw(st.sampled_from(["", "TRANSMIT", "RECEIVE"])),
        integration_interval_s=draw(NOT_NEGATIVE),
        frequency_offset_hz=draw(MAYBE),
        range_modulus_in_its_unit=corrections.range_in_its_unit,
        range_units=units,
        angle_type=draw(st.sampled_from(["", "AZEL", "XSYE"])),
        doppler_counting=DopplerCounting(
            bias_hz=draw(NOT_NEGATIVE),
            cycles_scale=draw(st.none() | st.integers(1, 10**6)),
            has_rolled_over=draw(TRUTH),
        ),
        transmit_delays_s=draw(st.sampled_from([(), (7.7e-5,), (None, None, 0.25)])),
        quality=draw(st.sampled_from(["", "RAW", "DEGRADED"])),
        corrections=corrections,
        originator="BAKEN",
        created_tai_ns=draw(st.integers(0, 10**9)) * 1_000_000,
        message_id=draw(WORDS),
        metadata_comments=tuple(draw(st.lists(st.sampled_from(["one", "  two = 2", ""]), max_size=2))),
        comments=tuple(draw(st.lists(st.sampled_from(["one", "  two = 2", ""]), max_size=2))),
    )  # fmt: skip


@pytest.mark.capability(
    "TDM in KVN and XML, written and read back", status="MODELLED", authority="equality of every number"
)
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(segment=tracking_segments())
def test_every_segment_comes_back_as_it_was(form, segment):
    read = form.read(form.write([segment]))
    assert read.rejected == ()
    assert same(read.records[0], segment)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["RANGE", "MAG", "DOPPLER_COUNT", "RECEIVE_PHASE_CT_2", "COLOUR"]),
            st.sampled_from(["2026-02-01T00:00:00", "2026-02-01", "never"]),
            st.sampled_from(["1.5", "17", "-.25e3", "12345678901234567.5", "x", "nan", "1_0", "1e308"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_reading_by_the_thousand_equals_reading_row_by_row(cells):
    rows = [Row(line, *cell) for line, cell in enumerate(cells, start=1)]
    units = {**units_of([OBSERVATION]), "RANGE": RANGE_UNITS["km"]}
    at_once, slowly = ObservationRows(TimeScale.UTC, units), ObservationRows(TimeScale.UTC, units)
    for row in rows:
        at_once.add(row)
    assert same(at_once.columns(), slowly.one_by_one(rows))
    assert (at_once.faults, at_once.keywords) == (slowly.faults, slowly.keywords)


# --- Departs from the standard ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "at", "keyword"),
    [
        ("RANGE = 2026-02-01T12:00:00 1365.25", "RANGE = 2026-02-01T12:00:00 abc", "abc", "RANGE"),
        ("RANGE = 2026-02-01T12:00:00 1365.25", "RANGE = 2026-02-01T12:00:00 1 [km]", "[km]", "RANGE"),
        ("RANGE = 2026-02-01T12:00:00 1365.25", "RANGE = 1365.25", "RANGE = 13", "RANGE"),
        ("RANGE = 2026-02-01T12:00:00 1365.25", "RANGE = 2026-02-41T12:00:00 1", "02-41", "EPOCH"),
        ("RANGE = 2026-02-01T12:00:00 1365.25", "COLOUR = 2026-02-01T12:00:00 1", "COLOUR", "COLOUR"),
        ("RANGE = 2026-02-01T12:00:00 1365.25", "COMMENT late", "COMMENT late", "COMMENT"),
        ("RANGE = 2026-032T12:00:10.5", "RANGE = 2026-032T11:00:00", "T11:00:00 ", "RANGE"),
        ("240000017", "1.5", "DOPPLER_COUNT =", "DOPPLER_COUNT"),
        ("CCSDS_TDM_VERS = 2.0", "CCSDS_TDM_VERS = 1.0", "RCS = ", "RCS"),
        ("CCSDS_TDM_VERS = 2.0", "CCSDS_TDM_VERS = 1.0", "TRACK_ID", "TRACK_ID"),
        ("CCSDS_TDM_VERS = 2.0", "CCSDS_TDM_VERS = 0.9", "0.9", "CCSDS_TDM_VERS"),
        ("TIME_SYSTEM = UTC", "TIME_SYSTEM = ABCD", "ABCD", "TIME_SYSTEM"),
        ("PARTICIPANT_1 = RADAR\nMETA", "META", "META_START #2", "PARTICIPANT_1"),
        ("PATH = 1,2,1", "PATH = 1,3,1", "PATH = 1,3,1", "PATH"),
        ("PATH = 1,2,1", "PATH = 1, 2", "PATH = 1, 2", "PATH"),
        ("PATH = 1,2,1", "PATH = 1-2", "PATH = 1-2", "PATH"),
        ("PATH = 1,2,1\n", "", "MODE", "PATH"),
        ("MODE = sequential", "MODE = SINGLE_DIFF", "MODE", "PATH_1"),
        ("MODE = sequential", "MODE = SINGLE_DIFF", "PATH = ", "PATH"),
        ("MODE = sequential", "MODE = PARALLEL", "MODE", "MODE"),
        ("MODE = sequential", "MODE = single diff", "MODE", "PATH_1"),
        ("CORRECTIONS_APPLIED = NO\n", "", "CORRECTION_ANGLE_1", "CORRECTIONS_APPLIED"),
        ("ANGLE_TYPE = AZEL", "ANGLE_TYPE = RADEC", "RADEC", "REFERENCE_FRAME"),
        ("ANGLE_TYPE = AZEL", "INTERPOLATION = LAGRANGE", "LAGRANGE", "INTERPOLATION_DEGREE"),
        ("DATA_TYPES = RANGE,", "DATA_TYPES = COLOUR,", "DATA_TYPES", "DATA_TYPES"),
        ("STOP_TIME = 2026-02-01T12:00:10.5", "STOP_TIME = 2026-02-01T11:00:00", "STOP_TIME", "STOP_TIME"),
        ("TRANSMIT_DELAY_1 = 7.7e-5", "TRANSMIT_DELAY_1 = -7.7e-5", "-7.7e-5", "TRANSMIT_DELAY_1"),
        ("TURNAROUND_NUMERATOR = 240", "TURNAROUND_NUMERATOR = 240.5", "240.5", "TURNAROUND_NUMERATOR"),
        ("DATA_STOP\n\nMETA", "META", "META_START #2", "META_START"),
        ("META_STOP\nDATA_START\nCOMMENT A", "META_STOP\nCOMMENT A", "COMMENT Az", "COMMENT"),
        ("DATA_STOP\n\nMETA", "DATA_STOP\nCOMMENT x\nMETA", "COMMENT x", "COMMENT"),
        ("TRACK_ID", "TRACK_NUMBER", "TRACK_NUMBER", "TRACK_NUMBER"),
    ],
)  # fmt: skip
def test_strict_refuses_and_names_line_and_keyword(old, new, at, keyword):
    content = edited(own("tracking.tdm"), old, new)
    read = tdm_kvn.read(content)
    assert read.records == ()
    assert (line_with(content, at), keyword) in [(told.line, told.keyword) for told in read.deviations]


def line_with(content: bytes, text: str) -> int:
    """Return the number of the first line with a text in it, or of a later one: ``TEXT #2``."""
    text, _, which = text.partition(" #")
    lines = [number for number, line in enumerate(content.decode().splitlines(), start=1) if text in line]
    return lines[int(which or 1) - 1]


@pytest.mark.parametrize(
    ("old", "new", "keyword"),
    [
        ("<RANGE>", "<RANGE units='km'>", "RANGE"),
        ("<RANGE>", "<MAG>1</MAG><RANGE>", "observation"),
        ("<RANGE>1365.25</RANGE>", "<COLOUR>red</COLOUR>", "COLOUR"),
        ("<RANGE>1365.25</RANGE>", "", "observation"),
        ("<observation>", "<weather/><observation>", "weather"),
        ("</data>", "<COMMENT>late</COMMENT></data>", "COMMENT"),
        ("<data>", "<metadata/><data>", "metadata"),
        ("<segment>", "<observation/><segment>", "observation"),
        ("</data>", "</data><more/>", "more"),
        ('id="CCSDS_TDM_VERS"', 'id="TDM"', "tdm"),
    ],
)
def test_strict_refuses_and_names_the_element(old, new, keyword):
    read = tdm_xml.read(edited(tdm_xml.write(segments()), old, new))
    assert keyword in [told.keyword for told in read.deviations]
    assert all(told.line > 0 for told in read.deviations)
    assert read.records == ()


def test_lenient_leaves_out_the_rows_it_cannot_read_and_keeps_the_words_it_does_not_know():
    content = edited(own("tracking.tdm"), "RANGE = 2026-02-01T12:00:00 1365.25", "COLOUR = now red")
    read = lenient(tdm_kvn, edited(content, "00 25.5", "00 high"))
    radar, _ = read.records
    assert [len(radar.observations.of(keyword)[0]) for keyword in ("RANGE", "ANGLE_2")] == [1, 1]
    assert ("COLOUR", "now red") in radar.other_fields
    assert b"COMMENT COLOUR = now red" in tdm_kvn.write(read.records)
    assert [told.keyword for told in read.deviations] == ["COLOUR", "ANGLE_2"]


@pytest.mark.parametrize("form", FORMS)
def test_a_clock_only_its_sender_knows_is_sound_and_keeps_its_message(form):
    content = own("tracking.tdm").replace(b"TIME_SYSTEM = GPS", b"TIME_SYSTEM = sclk")
    read = tdm_kvn.read(content)
    assert read.rejected == read.deviations == ()
    assert isinstance(read.records[1], KeptMessage)
    assert "sclk" in read.records[1].because
    assert all_same(form.read(form.write(read.records)).records, read.records)


ROWS = {
    tdm_kvn: ("DATA_STOP", "%s = 2026-02-01T12:00:00 1.0\n"),
    tdm_xml: ("</data>", "<observation><EPOCH>2026-02-01T12:00:00</EPOCH><%s>1.0</%s></observation>\n"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("clock", "keyword"), [("SCLK", "RANGE"), ("UTC", "COLOUR")])
def test_rows_that_can_only_be_kept_as_they_stand_have_an_end(form, clock, keyword):
    end, row = ROWS[form]
    rows = row.replace("%s", keyword) * (MAX_LINES + 1)
    content = edited(form.write(segments()).replace(b"UTC", clock.encode()), end, rows + end)
    with pytest.raises(UnreadableInput, match=f"{MAX_LINES}"):
        form.read(content)


def test_two_rows_of_one_instant_are_both_kept():
    content = edited(own("tracking.tdm"), "RANGE = 2026-032T12:00:10.5", "RANGE = 2026-02-01T12:00:00")
    assert len(tdm_kvn.read(content).records[0].observations.of("RANGE")[0]) == 2


def test_a_message_without_segments_or_observations_is_rejected_not_lost():
    read = tdm_kvn.read(b"CCSDS_TDM_VERS = 2.0\nCREATION_DATE = 2026-02-02T06:07:08\nORIGINATOR = BAKEN\n")
    assert (read.n_read, read.rejected[0].field) == (1, "TIME_SYSTEM")
    head = own("tracking.tdm").split(b"COMMENT Azimuth")[0]
    assert lenient(tdm_kvn, head + b"DATA_STOP\n").rejected[0].field == "DATA_START"
    with pytest.raises(UnreadableInput):
        tdm_kvn.read(b"META_START\n")


def test_what_the_standard_has_no_keyword_for_is_not_written():
    radar, _ = segments()
    with pytest.raises(WrongUsage, match="COLOUR"):
        tdm_kvn.write(
            [replace(radar, observations=observations_of({"COLOUR": (np.array([0]), np.array([1.0]))}))]
        )
    with pytest.raises(WrongUsage, match="5 participants"):
        tdm_kvn.write([replace(radar, participants=tuple("ABCDEF"))])
    with pytest.raises(ValueError, match="range_units"):
        replace(radar, range_units="furlong")


def many_rows() -> bytes:
    head = own("tracking.tdm").split(b"COMMENT Azimuth")[0].decode()
    epochs = [f"2026-02-01T12:{k // 60000:02d}:{k // 1000 % 60:02d}.{k % 1000:03d}" for k in range(MANY // 2)]
    rows = (f"RANGE = {epoch} {k}.125\nRCS = {epoch} 2.5" for k, epoch in enumerate(epochs))
    return "\n".join([head, *rows, "DATA_STOP", ""]).encode()


def test_a_hundred_thousand_observations_are_read_in_seconds():
    started_s = time.process_time()
    (segment,) = tdm_kvn.read(many_rows()).records
    assert len(segment.observations) == MANY
    assert segment.observations.of("RANGE")[1][-1] == (MANY // 2 - 1 + 0.125) * 1000.0
    assert time.process_time() - started_s < SECONDS_FOR_MANY


def test_the_radar_of_tromso_is_read_whole_and_comes_back(shared_data):
    content = (shared_data / "od_eiscat" / "2002-009A-2016-09-06_08-27-08.tdm").read_bytes()
    (segment,) = tdm_kvn.read(content).records
    epochs, round_trip_s = segment.observations.of("RANGE")
    assert (len(epochs), segment.range_unit) == (EISCAT_POINTS, "s")
    assert round_trip_s[0] == 0.009107743750
    assert epochs[0] == tai_ns_from_utc("2016-09-06T08:27:08.660000")
    for form in FORMS:
        assert all_same(form.read(form.write([segment])).records, (segment,))
