"""Does a state arrive as the numbers it was sent as, with its covariance and its burns, and go back so?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.time import TimeScale, tai_ns_from_text, tai_ns_from_utc
from baken.errors import WrongUsage
from baken.formats import opm_kvn, opm_xml
from baken.formats._grammar import DEGREE, KILOMETRE, KILOMETRE3_PER_SECOND2, Unit, si_from
from baken.formats.message import KeptMessage
from baken.formats.oem import CLOCKS
from baken.formats.opm_table import GRAMMAR
from baken.records.conjunction_message import symmetric_from_lower
from baken.records.orbit_state import (
    Manoeuvre,
    OrbitState,
    OsculatingElements,
    SpacecraftParameters,
    StateCovariance,
)
from tests.formats.ccsds import all_same, edited, lenient, own, same

FORMS = [opm_kvn, opm_xml]


def state() -> OrbitState:
    (record,) = opm_kvn.read(own("state.opm")).records
    return record


def test_a_state_is_read_in_si_and_atomic_time():
    read = state()
    assert read.epoch_tai_ns == tai_ns_from_text("2026-02-01T12:34:56.123456789", TimeScale.TT)
    assert read.position_m == (7012.5 * 1000.0, -125.0625 * 1000.0, 48.125 * 1000.0)
    assert read.velocity_m_s == (0.0625 * 1000.0, 0.9375 * 1000.0, -7.4375 * 1000.0)
    assert (read.frame, read.centre, read.time_system) == ("TOD", "EARTH", "TT")
    assert read.frame_epoch_tai_ns == tai_ns_from_text("2026-02-01T12:00:00", TimeScale.TT)
    assert read.created_tai_ns == tai_ns_from_utc("2026-02-02T06:07:08.25Z")
    assert (read.originator, read.message_id) == ("BAKEN", "OPM 2026/0001")
    assert (read.identity.cospar_id, read.identity.name) == ("2026-001A", "SIM BAKEN 1")
    assert read.other_fields == (("CLASSIFICATION", "UNCLASSIFIED"), ("EARTH_MODEL", "WGS-84"))


def test_elements_spacecraft_covariance_and_burns_are_read_in_si():
    read = state()
    assert read.elements.semi_major_axis_m == 7031.25 * 1000.0
    assert read.elements.inclination_rad == 98.25 * np.pi / 180.0
    assert read.elements.true_anomaly_rad == 296.0625 * np.pi / 180.0
    assert read.elements.mean_anomaly_rad is None
    assert read.elements.mu_m3_s2 == 398600.4415 * 1e9
    assert (read.spacecraft.mass_kg, read.spacecraft.drag_area_m2) == (812.5, 12.5)
    matrix = read.covariance.covariance_si
    assert read.covariance.frame == "RTN"
    assert np.array_equal(matrix, matrix.T)
    assert (matrix[0, 0], matrix[4, 0], matrix[5, 5]) == (2.5e-4 * 1e6, -2.25e-7 * 1e6, 1.75e-10 * 1e6)
    first, second = read.manoeuvres
    assert first.ignition_tai_ns == tai_ns_from_text("2026-02-02T09:00:34.1", TimeScale.TT)
    assert (first.duration_s, first.mass_change_kg, first.frame) == (96.5, -4.75, "EME2000")
    assert first.velocity_change_m_s == (-12.5, 8.75, -3.125)
    assert first.comments == ("First burn, of two minutes", "along inertial axes")
    assert (second.duration_s, second.frame, second.comments) == (0.0, "RTN", ())


def said(low: float, high: float, unit: Unit | None = None) -> st.SearchStrategy[float]:
    """Draw what a message of twelve digits can say, in SI."""
    return st.floats(low, high).map(lambda value: si_from(float(f"{value:.12g}"), unit))


INSTANTS = st.integers(0, 10**18)
AXES = st.tuples(*[said(-1e6, 1e6, KILOMETRE)] * 3)
REMARKS = (("header", ("a", "")), ("metadata", ("  b",)), ("stateVector", ("c = d",)))
WORDS = st.sampled_from(["one", "  two = 2", ""])


@st.composite
def states(draw) -> OrbitState:
    values = np.round(np.random.default_rng(draw(st.integers(0, 2**32))).uniform(size=21), 9) * 1e6
    true_anomaly = draw(st.booleans())
    angle = said(0.0, 180.0, DEGREE)
    anomaly_rad = draw(said(-400.0, 400.0, DEGREE))
    elements = OsculatingElements(
        semi_major_axis_m=draw(said(-1e9, 1e9, KILOMETRE)),
        eccentricity=draw(said(0.0, 10.0)),
        inclination_rad=draw(angle),
        raan_rad=draw(angle),
        argument_of_perigee_rad=draw(angle),
        true_anomaly_rad=anomaly_rad if true_anomaly else None,
        mean_anomaly_rad=None if true_anomaly else anomaly_rad,
        mu_m3_s2=draw(said(1.0, 1e12, KILOMETRE3_PER_SECOND2)),
    )
    burn = Manoeuvre(
        ignition_tai_ns=draw(INSTANTS),
        duration_s=draw(said(0.0, 1e6)),
        mass_change_kg=draw(said(-1e4, 0.0)),
        frame="TNW",
        velocity_change_m_s=draw(AXES),
        comments=tuple(draw(st.lists(WORDS, max_size=2))),
    )
    covariance = StateCovariance(
        frame=draw(st.sampled_from(["", "RTN"])), covariance_si=symmetric_from_lower(values, 6)
    )
    return replace(
        state(),
        time_system=draw(st.sampled_from(sorted(CLOCKS))),
        epoch_tai_ns=draw(INSTANTS),
        frame_epoch_tai_ns=draw(st.none() | INSTANTS),
        position_m=draw(AXES),
        velocity_m_s=draw(AXES),
        elements=draw(st.sampled_from([None, elements])),
        spacecraft=SpacecraftParameters(mass_kg=draw(said(0.0, 1e6))),
        covariance=draw(st.sampled_from([None, covariance])),
        manoeuvres=(burn,) * draw(st.integers(0, 3)),
        comments=tuple(one for one in REMARKS if draw(st.booleans())),
        other_fields=draw(st.sampled_from([(), (("COLOUR", "red"),)])),
    )


@pytest.mark.capability(
    "OPM in KVN and XML, written and read back", status="MODELLED", authority="equality of every field"
)
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(sent=states())
def test_every_state_comes_back_as_it_was(form, sent):
    read = form.read(form.write([sent, sent]))
    assert read.rejected == ()
    assert all_same(read.records, (sent, sent))


@pytest.mark.parametrize("form", FORMS)
def test_a_comment_on_a_part_that_is_not_there_moves_to_the_header(form):
    (read,) = form.read(form.write([replace(state(), covariance=None)])).records
    assert "From the filter" in dict(read.comments)["header"]


@pytest.mark.parametrize(
    ("old", "new", "keyword"),
    [
        ("X = 7012.5 [km]", "X = 7012500.0 [m]", "X"),
        ("X = 7012.5 [km]", "X = seven", "X"),
        ("2026-02-01T12:34", "2026-02-41T12:34", "EPOCH"),
        ("TRUE_ANOMALY = 296.0625 [deg]\n", "", "TRUE_ANOMALY"),
        ("TRUE_ANOMALY = 296.0625", "TRUE_ANOMALY = 1\nMEAN_ANOMALY = 1", "MEAN_ANOMALY"),
        ("ECCENTRICITY = 0.001953125", "ECCENTRICITY = -0.1", "ECCENTRICITY"),
        ("GM = 398600.4415 [km**3/s**2]\n", "", "GM"),
        ("MASS = 812.5 [kg]\n", "", "MASS"),
        ("CY_X = 1.25e-05\n", "", "CY_X"),
        ("CX_X = 2.5e-04", "CX_X = -2.5e-04", "CX_X"),
        ("MAN_DELTA_MASS = -4.75", "MAN_DELTA_MASS = 4.75", "MAN_DELTA_MASS"),
        ("MAN_DURATION = 96.50 [s]", "MAN_DURATION = 96.50 [min]", "MAN_DURATION"),
        ("MAN_DV_3 = 0.0 [km/s]\n", "", "MAN_DV_3"),
        ("ORIGINATOR = BAKEN\n", "", "ORIGINATOR"),
        ("CCSDS_OPM_VERS = 3.0", "CCSDS_OPM_VERS = 4.0", "CCSDS_OPM_VERS"),
        ("CCSDS_OPM_VERS = 3.0", "CCSDS_OPM_VERS = 2.0", "MESSAGE_ID"),
        ("TIME_SYSTEM = TT", "COLOUR = red\nTIME_SYSTEM = TT", "COLOUR"),
        ("DRAG_AREA", "COMMENT x\nDRAG_AREA", "COMMENT"),
    ],
)
def test_strict_refuses_and_names_the_keyword(old, new, keyword):
    read = opm_kvn.read(edited(own("state.opm"), old, new))
    assert read.records == ()
    assert keyword in [told.keyword for told in read.deviations]
    assert read.rejected[0].line > 0


def test_half_a_matrix_is_none_and_is_written_back_where_it_stood():
    content = edited(own("state.opm"), "CY_X = 1.25e-05\n", "")
    (read,) = lenient(opm_kvn, content).records
    assert read.covariance is None
    assert ("CY_Y", "9.75e-04") in read.other_fields
    (again,) = lenient(opm_kvn, opm_kvn.write([read])).records
    assert same(again, read)


@pytest.mark.parametrize("form", FORMS)
def test_a_clock_nobody_knows_keeps_its_message_whole(form):
    content = edited(own("state.opm"), "TIME_SYSTEM = TT", "TIME_SYSTEM = MET")
    content = edited(content, "EPOCH = 2026-02-01T12:34:56.123456789", "EPOCH = 0000-023T02:28:01")
    read = opm_kvn.read(content)
    assert read.rejected == ()
    (kept,) = read.records
    assert isinstance(kept, KeptMessage)
    assert "MET" in kept.because
    assert all_same(form.read(form.write([kept])).records, (kept,))


def test_days_since_a_launch_are_no_date_on_a_clock_of_the_calendar():
    content = edited(own("state.opm"), "EPOCH = 2026-02-01T12:34:56.123456789", "EPOCH = 0000-023T02:28:01")
    (rejection,) = opm_kvn.read(content).rejected
    assert rejection.field == "EPOCH"
    assert rejection.line == 17


def test_what_the_table_does_not_know_becomes_user_defined():
    content = edited(own("state.opm"), "SOLAR_RAD_AREA", "COLOUR = red\nSOLAR_RAD_AREA")
    (read,) = lenient(opm_kvn, content).records
    assert ("COLOUR", "red") in read.other_fields
    assert b"USER_DEFINED_COLOUR = red" in opm_kvn.write([read])


def test_elements_have_one_anomaly():
    with pytest.raises(ValueError, match="not both"):
        replace(state().elements, mean_anomaly_rad=1.0)


def test_text_that_kvn_cannot_carry_is_refused():
    with pytest.raises(WrongUsage, match="one line"):
        opm_kvn.write([replace(state(), message_id="A\nX = 1")])


def test_the_table_knows_each_keyword_once():
    keywords = [field.keyword for block in GRAMMAR.blocks for field in block.fields]
    assert len(keywords) == len(set(keywords))
