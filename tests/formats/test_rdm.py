"""Does a prediction of re-entry say in SI what it says on paper, and nothing less when it is written back?"""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.time import TimeScale, tai_ns_from_text, tai_ns_from_utc
from baken.formats import rdm_kvn, rdm_xml
from baken.formats._grammar import DAY, DEGREE, KILOMETRE, PER_CENT, si_from
from baken.formats.message import KeptMessage
from baken.formats.object_identity import identity_from_object_id
from baken.formats.rdm_table import GRAMMAR
from baken.records.conjunction_message import OrbitDetermination
from baken.records.reentry_message import (
    AtmosphericReentry,
    GroundImpact,
    ImpactInterval,
    ReentryMessage,
    ReentryObject,
    ReentryState,
)
from tests.formats.ccsds import all_same, edited, lenient, own, same

FORMS = [rdm_kvn, rdm_xml]


def message() -> ReentryMessage:
    (record,) = rdm_kvn.read(own("reentry.rdm")).records
    return record


def on_tai(text: str) -> int:
    return tai_ns_from_text(text, TimeScale.TAI)


def test_a_message_is_read_in_si_and_on_its_own_clock():
    read = message()
    assert (read.created_tai_ns, read.zero_tai_ns) == (
        tai_ns_from_utc("2026-02-02T06:07:08Z"),
        on_tai("2026-02-02T06:00:00"),
    )
    assert read.previous_message_tai_ns == tai_ns_from_utc("2026-02-01T06:07:08Z")
    assert (read.what.identity.norad_cat_id, read.what.identity.cospar_id) == (799_500_124, "2026-001B")
    reentry = read.reentry
    assert (reentry.lifetime_s, reentry.altitude_m) == (43_200.0, 80_000.0)
    assert reentry.nominal_tai_ns == read.zero_tai_ns + 43_200 * 10**9
    assert reentry.window_confidence_fraction == 0.95
    impact = read.impact
    assert (impact.longitude_rad, impact.latitude_rad, impact.altitude_m) == (
        -27.5 * math.pi / 180.0,
        51.25 * math.pi / 180.0,
        12.5,
    )
    assert [one.confidence_fraction for one in impact.intervals] == [0.39, 0.86]
    assert impact.intervals[1].cross_track_m == 70_000.0
    assert read.state.position_m == (6_500_250.0, 500.0, -1250.0)
    assert np.array_equal(read.state.covariance_si, read.state.covariance_si.T)
    assert (read.state.covariance_si[1, 1], read.state.covariance_si[3, 1]) == (4.0e6, -1500.0)
    assert (read.properties.wet_mass_kg, read.properties.ballistic_coefficient_kg_m2) == (3582.5, 79.5)
    assert (read.orbit_determination.n_tracks_used, read.model.disintegration) == (11, "MASS-LOSS + BREAK-UP")
    assert ("USER_DEFINED_TUMBLING_PERIOD", "17.5") in read.other_fields


def test_the_sample_says_every_keyword_but_those_of_a_third_interval():
    unsaid = {f.keyword for block in GRAMMAR.blocks for f in block.fields} - {
        line.partition(" = ")[0] for line in own("reentry.rdm").decode().splitlines()
    }
    assert all(keyword.startswith("IMPACT_3_") for keyword in unsaid)


@pytest.mark.parametrize("form", FORMS)
def test_every_keyword_and_comment_comes_back(form):
    content = form.write([message(), message()])
    assert all_same(form.read(content).records, (message(), message()))
    assert rdm_kvn.write(form.read(content).records[:1]).count(b"COMMENT") == 4


@st.composite
def reentry_messages(draw):
    """Draw a prediction as a centre would make one, from as little as the standard asks for to nearly all."""
    decimals = st.integers(-1000, 1000).map(lambda whole: whole / 8.0)
    instants = st.integers(0, 10**9).map(lambda ms: ms * 1_000_000)
    degrees = st.integers(-720, 720).map(lambda whole: si_from(whole / 8.0, DEGREE))
    confidences = sorted(draw(st.lists(st.integers(1, 99), max_size=3, unique=True)))
    intervals = tuple(
        ImpactInterval(
            confidence_fraction=si_from(confidence, PER_CENT),
            start_longitude_rad=draw(degrees),
            start_latitude_rad=draw(degrees),
            stop_longitude_rad=draw(degrees),
            stop_latitude_rad=draw(degrees),
            cross_track_m=si_from(draw(st.integers(0, 900)), KILOMETRE),
        )
        for confidence in confidences
    )
    has_place = bool(intervals) or draw(st.booleans())
    state = ReentryState(
        epoch_tai_ns=draw(instants),
        position_m=tuple(si_from(draw(decimals), KILOMETRE) for _ in "XYZ"),
        velocity_m_s=tuple(si_from(draw(decimals), KILOMETRE) for _ in "XYZ"),
        covariance_si=draw(st.sampled_from([None, np.eye(6) * 1e6])),
    )
    return ReentryMessage(
        originator="BAKEN",
        message_id=draw(st.sampled_from(["RDM 1", "RDM/2"])),
        created_tai_ns=draw(instants),
        what=ReentryObject(identity=identity_from_object_id("UNKNOWN", "DEBRIS"), name="DEBRIS"),
        zero_tai_ns=draw(instants),
        time_system=draw(st.sampled_from(["UTC", "TAI", "GPS"])),
        reentry=AtmosphericReentry(
            lifetime_s=si_from(draw(st.integers(0, 10**6)) / 1000.0, DAY),
            altitude_m=si_from(80.0, KILOMETRE),
            window_start_tai_ns=draw(st.none() | st.just(0)),
            window_end_tai_ns=draw(st.none() | instants),
        ),
        controlled=draw(st.sampled_from(["YES", "NO", "UNKNOWN"])),
        frame="GCRF",
        is_last=draw(st.booleans()),
        impact=GroundImpact(
            casualty_probability=draw(st.none() | st.floats(0.0, 1.0)),
            frame="WGS-84" if has_place else "",
            longitude_rad=draw(degrees) if has_place else None,
            latitude_rad=draw(degrees) if has_place else None,
            intervals=intervals,
        ),
        state=draw(st.sampled_from([None, state])),
        orbit_determination=OrbitDetermination(n_observations_used=draw(st.none() | st.integers(0, 10**6))),
        comments=draw(
            st.sampled_from([(), (("header", ("one", "  two")), ("atmosphericReentryParameters", ("x",)))])
        ),
        other_fields=draw(st.sampled_from([(), (("USER_DEFINED_A", "b"),)])),
    )


@pytest.mark.capability(
    "RDM in KVN and XML, written and read back", status="MODELLED", authority="equality of every field"
)
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(prediction=reentry_messages())
def test_every_prediction_comes_back_as_it_was(form, prediction):
    read = form.read(form.write([prediction]))
    assert read.rejected == ()
    assert same(read.records[0], prediction)


@pytest.mark.parametrize(
    ("old", "new", "keyword"),
    [
        ("ORBIT_LIFETIME = 0.5 [d]\n", "", "ORBIT_LIFETIME"),
        ("REENTRY_ALTITUDE = 80.0 [km]\n", "", "REENTRY_ALTITUDE"),
        ("REENTRY_ALTITUDE = 80.0 [km]", "REENTRY_ALTITUDE = 80000 [m]", "REENTRY_ALTITUDE"),
        ("MESSAGE_ID = RDM 2026/0002\n", "", "MESSAGE_ID"),
        ("CONTROLLED_REENTRY = NO", "CONTROLLED_REENTRY = MAYBE", "CONTROLLED_REENTRY"),
        ("2026-001B", "2026-1B", "INTERNATIONAL_DESIGNATOR"),
        ("REF_FRAME = GCRF\n", "", "REF_FRAME"),
        ("TIME_SYSTEM = TAI", "TIME_SYSTEM = ABCD", "TIME_SYSTEM"),
        ("NEXT_MESSAGE_EPOCH = 2026-02-02T12:00:00", "NEXT_MESSAGE_EPOCH = soon", "NEXT_MESSAGE_EPOCH"),
        ("REENTRY_WINDOW_END = 2026-02-03", "REENTRY_WINDOW_END = 2026-02-01", "REENTRY_WINDOW_END"),
        ("WINDOW_END = 0.75", "WINDOW_END = 0.125", "ORBIT_LIFETIME_WINDOW_END"),
        ("PROBABILITY_OF_IMPACT = 0.125", "PROBABILITY_OF_IMPACT = 1.25", "PROBABILITY_OF_IMPACT"),
        ("IMPACT_REF_FRAME = WGS-84\n", "", "IMPACT_REF_FRAME"),
        ("NOMINAL_IMPACT_LAT = 51.25 [deg]\n", "", "NOMINAL_IMPACT_LAT"),
        ("NOMINAL_IMPACT_LON = -27.5", "NOMINAL_IMPACT_LON = 332.5", "NOMINAL_IMPACT_LON"),
        ("IMPACT_2_STOP_LAT = 12.0 [deg]\n", "", "IMPACT_2_STOP_LAT"),
        ("IMPACT_2_CONFIDENCE = 86.0", "IMPACT_2_CONFIDENCE = 38.0", "IMPACT_2_CONFIDENCE"),
        ("IMPACT_1_CONFIDENCE = 39.0 [%]\n", "", "IMPACT_1_CONFIDENCE"),
        ("Z_DOT = -0.25 [km/s]\n", "", "Z_DOT"),
        ("CZ_Z = 0.0625 [km**2]\n", "", "CZ_Z"),
        ("OBS_USED = 117", "OBS_USED = 117.5", "OBS_USED"),
        ("WET_MASS", "MOIST_MASS", "MOIST_MASS"),
        ("EARTH_TIDES = NO\n", "", None),
        ("ROCKET BODY", "rocket_body", None),
    ],
)
def test_strict_refuses_and_names_line_and_keyword(old, new, keyword):
    read = rdm_kvn.read(edited(own("reentry.rdm"), old, new))
    if keyword is None:
        assert read.rejected == ()
        return
    assert read.records == ()
    assert keyword in [told.keyword for told in read.deviations]
    assert all(told.line > 0 for told in read.deviations)


def test_a_covariance_without_its_state_is_refused():
    lines = own("reentry.rdm").decode().splitlines(keepends=True)
    state = ("EPOCH = ", "X = ", "Y = ", "Z = ", "X_DOT", "Y_DOT", "Z_DOT")
    content = "".join(line for line in lines if not line.startswith(state)).encode()
    assert "EPOCH" in [told.keyword for told in rdm_kvn.read(content).deviations]


def test_lenient_takes_what_is_clear_and_keeps_the_words_it_does_not_know():
    content = edited(own("reentry.rdm"), "WET_MASS = 3582.5 [kg]", "MOIST_MASS = 3582.5")
    read = lenient(rdm_kvn, content)
    assert read.records[0].properties.wet_mass_kg is None
    assert b"USER_DEFINED_MOIST_MASS = 3582.5" in rdm_kvn.write(read.records)
    assert [told.keyword for told in read.deviations] == ["MOIST_MASS"]
    (unsaid,) = lenient(rdm_kvn, edited(own("reentry.rdm"), "CONTROLLED_REENTRY = NO\n", "")).records
    assert unsaid.controlled == "UNKNOWN"
    (odd,) = lenient(rdm_kvn, edited(own("reentry.rdm"), "2026-001B", "2026-1B")).records
    assert odd.what.international_designator == "2026-1B"


def test_an_interval_that_stands_in_for_the_one_before_it_is_told_keyword_by_keyword():
    text = b"\n".join(line for line in own("reentry.rdm").splitlines() if not line.startswith(b"IMPACT_1_"))
    told = {deviation.keyword for deviation in lenient(rdm_kvn, text).deviations}
    assert {
        "IMPACT_1_CONFIDENCE",
        "IMPACT_2_CONFIDENCE",
        "IMPACT_2_START_LON",
        "IMPACT_2_CROSS_TRACK",
    } <= told


@pytest.mark.parametrize("form", FORMS)
def test_a_clock_only_its_sender_knows_is_sound_and_keeps_its_message(form):
    read = rdm_kvn.read(edited(own("reentry.rdm"), "TIME_SYSTEM = TAI", "TIME_SYSTEM = MET"))
    assert isinstance(read.records[0], KeptMessage)
    assert all_same(form.read(form.write(read.records)).records, read.records)


def test_a_last_message_says_so():
    last = replace(message(), is_last=True, next_message_tai_ns=None)
    assert b"NEXT_MESSAGE_EPOCH = N/A" in rdm_kvn.write([last])
    with pytest.raises(ValueError, match="both"):
        replace(message(), is_last=True)


def test_a_prediction_that_contradicts_itself_is_not_born():
    with pytest.raises(ValueError, match="frame"):
        replace(message(), frame="")
    with pytest.raises(ValueError, match="probabilities"):
        GroundImpact(casualty_probability=1.5)
    with pytest.raises(ValueError, match="up to 3"):
        GroundImpact(intervals=message().impact.intervals * 2)
    with pytest.raises(ValueError, match="covariance_si"):
        replace(message().state, covariance_si=np.eye(3))
