"""Does everything a message says of an orbit arrive in SI, and does all of it go back?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.time import TimeScale, tai_ns_from_text, tai_ns_from_utc
from baken.errors import BadMessage, WrongUsage
from baken.formats import ocm_kvn, ocm_xml, oem_kvn, opm_kvn
from baken.formats._grammar import DAY, PER_CENT, si_from, text_from_si
from baken.formats._kvn_blocks import checked_row
from baken.formats._ocm_rows import Clock
from baken.formats.message import KeptMessage
from baken.formats.ocm import quantity_si
from baken.formats.ocm_columns import ELEMENTS, MANOEUVRES, covariance_columns, places_of
from baken.formats.ocm_ephemerides import ephemerides_of
from baken.formats.ocm_making import message_of_ephemerides
from baken.formats.ocm_table import GRAMMAR
from baken.formats.oem import CLOCKS
from baken.formats.reading import Strictness
from baken.operations.convert import convert
from baken.operations.import_catalogue import NamedContent, Provenance, read_catalogue
from baken.records.marking import Realm
from baken.records.orbit_message import (
    CovarianceRows,
    ManoeuvreHistory,
    OrbitMessage,
    Rows,
    SaidBlock,
    TrajectoryHistory,
    matrices_si,
)
from tests.formats.ccsds import all_same, edited, lenient, own, same

FORMS = [ocm_kvn, ocm_xml]
ZERO_TAI_NS = tai_ns_from_text("2026-02-01T12:00:00", TimeScale.TT)
SECOND_NS = 10**9


def message() -> OrbitMessage:
    (record,) = ocm_kvn.read(own("orbit.ocm")).records
    return record


def test_header_and_metadata_are_read():
    read = message()
    assert read.epoch_zero_tai_ns == ZERO_TAI_NS
    assert (read.time_system, read.originator, read.message_id) == ("TT", "BAKEN", "OCM 2026/0001")
    assert read.created_tai_ns == tai_ns_from_utc("2026-02-02T06:07:08.25Z")
    assert (read.identity.norad_cat_id, read.identity.cospar_id) == (799_500_124, "2026-001A")
    assert dict(read.other_fields)["TECH_POC"] == "Duty officer"
    assert (read.header_comments, read.metadata_comments) == (
        ("Every block a message may have",),
        ("Invented",),
    )


def test_trajectories_are_read_in_si_at_their_instants():
    cartesian, keplerian = message().trajectories
    assert (cartesian.kind, cartesian.centre, cartesian.frame) == ("CARTPVA", "EARTH", "GCRF")
    assert cartesian.rows.is_relative
    assert cartesian.rows.epoch_tai_ns.tolist() == [ZERO_TAI_NS + k * 10 * SECOND_NS for k in range(4)]
    assert np.array_equal(cartesian.rows.values_si[1, :3], np.array([6999.6, 75.0, 0.25]) * 1000.0)
    assert keplerian.rows.values_si[0].tolist() == [
        7_000_000.0,
        0.001,
        *(degrees * np.pi / 180.0 for degrees in (97.5, 10.0, 20.0, 30.0)),
    ]
    assert not keplerian.rows.is_relative
    assert (keplerian.frame, dict(keplerian.fields)["ORB_REVNUM"]) == ("ICRF3", "17")


def test_covariances_are_read_in_si_whatever_their_ordering():
    lower, mixed = message().covariances
    assert (lower.frame, lower.kind, lower.ordering) == ("RTN", "CARTPV", "LTM")
    (matrix,) = matrices_si(lower.rows, places_of("LTM", 6))
    assert np.array_equal(matrix, matrix.T)
    assert (matrix[0, 0], matrix[3, 1], matrix[5, 5]) == (2.5e-4 * 1e6, -6.25e-7 * 1e6, 1.75e-10 * 1e6)
    (matrix,) = matrices_si(mixed.rows, places_of("LTMWCC", 3))
    assert (matrix[0, 1], matrix[2, 0], mixed.rows.values_si[0, 1]) == (1.25e-5 * 1e6, -3.5e-6 * 1e6, 0.25)


def test_burns_and_deployments_are_read_in_si_with_their_words():
    burn, release = message().manoeuvres
    assert (burn.manoeuvre_id, burn.device_id, burn.frame) == ("BURN_1", "THR_01", "RSW_ROTATING")
    assert burn.rows.epoch_tai_ns[0] == ZERO_TAI_NS + 3600 * SECOND_NS
    values = dict(zip(burn.columns[1:], burn.rows.values_si[0], strict=True))
    assert (values["MAN_DURA"], values["THR_Y"], values["THR_ISP"]) == (3600.0, 0.5, 300.0)
    assert values["THR_DIR_SIGMA"] == 1.5 * np.pi / 180.0
    assert burn.rows.words[0][5] == "ON"
    assert [row[0] for row in release.rows.words] == ["SIM_BAKEN_2", "SIM_BAKEN_3"]
    assert release.rows.values_si[1, 1:].tolist() == [0.25, 1.0, 0.0, -1.25, -0.005]
    assert release.frame == "TNW_INERTIAL"


def test_blocks_of_keywords_are_kept_as_they_were_said():
    read = message()
    assert dict(read.physical.fields)["WET_MASS"] == "812.5"
    assert (quantity_si(read.physical, "DV_REMAINING"), quantity_si(read.physical, "RCS")) == (250.0, None)
    assert dict(read.perturbations.fields)["GM"] == "398600.4415"
    assert dict(read.orbit_determination.fields)["OBS_USED"] == "0273"
    assert read.user_defined.fields == (("EARTH_MODEL", "WGS-84"), ("BAKEN_REALM", "EXERCISE"))
    assert read.user_defined.comments == ("Ours",)


# --- There and back ---------------------------------------------------------------------------------------


def rows_of(draw, columns, *, words: bool = False) -> Rows:
    n = draw(st.integers(1, 3))
    steps_ns = draw(st.lists(st.integers(1, 10**15), min_size=n, max_size=n))
    numbers = st.floats(-1e9, 1e9).map(lambda value: float(f"{value:.12g}"))
    values = [[np.nan if c.is_word else si_from(draw(numbers), c.unit) for c in columns] for _ in range(n)]
    texts = tuple(tuple("ON" if c.is_word else "" for c in columns) for _ in range(n))
    return Rows(
        epoch_tai_ns=ZERO_TAI_NS - 10**15 + np.cumsum(np.array(steps_ns, dtype=np.int64)),
        values_si=np.array(values).reshape(n, len(columns)),
        words=texts if words else (),
        is_relative=draw(st.booleans()),
    )


@st.composite
def messages(draw) -> OrbitMessage:
    kind = draw(st.sampled_from([*ELEMENTS, "OF_MY_OWN"]))
    ordering = draw(st.sampled_from(["LTM", "UTM", "FULL", "LTMWCC", "UTMWCC"]))
    names = draw(st.sets(st.sampled_from(["MAN_DURA", "DV_X", "DV_DIR_SIGMA", "THR_INTERP"]), min_size=1))
    values = tuple(sorted(names, key=list(MANOEUVRES).index))
    burns = rows_of(draw, [MANOEUVRES[name] for name in values], words="THR_INTERP" in names)
    comments = tuple(draw(st.lists(st.sampled_from(["one", "  two = 2", ""]), max_size=2)))
    trajectory = TrajectoryHistory(
        kind=kind,
        centre="EARTH",
        frame=draw(st.sampled_from(["GCRF", "ZZRF"])),
        rows=rows_of(draw, ELEMENTS.get(kind, ELEMENTS["CARTPV"])[: None if kind in ELEMENTS else 4]),
        fields=draw(st.sampled_from([(), (("TRAJ_ID", "1"), ("PROPAGATOR", "SGP4"))])),
        comments=comments,
    )
    if kind not in ELEMENTS:
        trajectory = replace(
            trajectory, rows=replace(trajectory.rows, values_si=np.ones((len(trajectory.rows), 4)))
        )
    covariance = CovarianceRows(
        kind="CARTPV",
        frame="RTN",
        ordering=ordering,
        rows=rows_of(draw, covariance_columns("CARTPV", ordering)),
        comments=comments,
    )
    burn = ManoeuvreHistory(
        manoeuvre_id="1",
        device_id="ALL",
        frame="RTN",
        columns=("TIME_RELATIVE" if burns.is_relative else "TIME_ABSOLUTE", *values),
        rows=burns,
        comments=comments,
    )
    return replace(
        message(),
        time_system=draw(st.sampled_from(sorted(CLOCKS))),
        trajectories=(trajectory,) * draw(st.integers(0, 2)),
        covariances=(covariance,) * draw(st.integers(0, 2)),
        manoeuvres=(burn,) * draw(st.integers(0, 2)),
        physical=draw(st.sampled_from([None, SaidBlock(), SaidBlock(fields=(("RCS", "1.0"),))])),
        header_comments=comments,
    )


@pytest.mark.capability(
    "OCM in KVN and XML, written and read back", status="MODELLED", authority="equality of every field"
)
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60, deadline=None)
@given(sent=messages())
def test_every_message_comes_back_as_it_was(form, sent):
    read = form.read(form.write([sent, sent]))
    assert read.rejected == ()
    assert all_same(read.records, (sent, sent))


@pytest.mark.parametrize("form", FORMS)
def test_a_message_of_every_block_comes_back_as_it_was(form):
    assert all_same(form.read(form.write([message()])).records, (message(),))


def test_an_object_no_source_has_named_is_written_by_its_identity():
    built = replace(message(), other_fields=())
    (again,) = ocm_kvn.read(ocm_kvn.write([built])).records
    assert again.identity == built.identity


# --- What is refused, and where ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "keyword", "at"),
    [
        ("EPOCH_TZERO = 2026-02-01T12:00:00\n", "", "EPOCH_TZERO", "META_START"),
        ("TIME_SPAN = 1.0", "TIME_SPAN = one", "TIME_SPAN", "TIME_SPAN"),
        ("TIME_SPAN = 1.0 [d]", "TIME_SPAN = 24.0 [h]", "TIME_SPAN", "TIME_SPAN"),
        ("STOP_TIME = 86400.0", "STOP_TIME = -1.0", "STOP_TIME", "\nSTOP_TIME"),
        ("OCM_DATA_ELEMENTS = ORB", "OCM_DATA_ELEMENTS = ORBIT", "OCM_DATA_ELEMENTS", "OCM_DATA"),
        ("TECH_POC = Duty", "COLOUR = red\nTECH_POC = Duty", "COLOUR", "COLOUR"),
        ("TRAJ_ID = TRAJ_1\n", "TRAJ_ID = TRAJ_1\nCOMMENT late\n", "COMMENT", "COMMENT late"),
        (
            "CENTER_NAME = EARTH\nTRAJ_REF_FRAME = GCRF",
            "TRAJ_REF_FRAME = GCRF\nCENTER_NAME = EARTH",
            "CENTER_NAME",
            "CENTER_NAME",
        ),
        ("TRAJ_UNITS = [km, km", "TRAJ_UNITS = [m, km", "TRAJ_UNITS", "TRAJ_UNITS"),
        ("TRAJ_UNITS = [km, km", "TRAJ_UNITS = [km", "TRAJ_UNITS", "TRAJ_UNITS"),
        ("TRAJ_UNITS = [km", "TRAJ_UNITS = km", "TRAJ_UNITS", "TRAJ_UNITS"),
        ("6998.4 150.0", "6998.4", "trajLine", "6998.4"),
        ("6998.4 150.0", "6998.4 1x0.0", "trajLine", "6998.4"),
        ("20.0 6998.4", "5.0 6998.4", "trajLine", "6998.4"),
        ("20.0 6998.4", "10.0 6998.4", "trajLine", "6998.4"),
        ("20.0 6998.4", "2026-02-01T12:00:20 6998.4", "trajLine", "6998.4"),
        ("20.0 6998.4", "1e300 6998.4", "trajLine", "6998.4"),
        ("20.0 6998.4", "soon 6998.4", "trajLine", "6998.4"),
        ("USEABLE_START_TIME = 10.0", "USEABLE_START_TIME = ten", "USEABLE_START_TIME", "USEABLE_START"),
        ("TRAJ_TYPE = KEPLERIAN", "TRAJ_TYPE = CARTP", "trajLine", "2026-02-01T12:00:00 7000.0"),
        ("ORB_REVNUM_BASIS = 0", "ORB_REVNUM_BASIS = 2", "ORB_REVNUM_BASIS", "ORB_REVNUM_BASIS"),
        ("WET_MASS = 812.5 [kg]", "WET_MASS = -812.5 [kg]", "WET_MASS", "WET_MASS"),
        ("WET_MASS = 812.5 [kg]", "WET_MASS = 812.5 [g]", "WET_MASS", "WET_MASS"),
        ("DRAG_UNCERTAINTY = 5.0", "DRAG_UNCERTAINTY = 500.0", "DRAG_UNCERTAINTY", "DRAG_UNC"),
        ("COV_ORDERING = LTM\n", "COV_ORDERING = LOWER\n", "COV_ORDERING", "COV_ORDERING"),
        ("COV_ORDERING = LTM\n", "COV_ORDERING = FULL\n", "covLine", "10.0 2.5e-04"),
        ("MAN_ID = BURN_1\n", "", "MAN_ID", "MAN_START"),
        ("MAN_BASIS = PLANNED", "MAN_BASIS = HOPED", "MAN_BASIS", "MAN_BASIS"),
        ("DC_REF_TIME = 2026-02-01T13:00:00\n", "", "DC_REF_TIME", "MAN_START"),
        ("DC_TYPE = TIME\n", "DC_TYPE = TIME_AND_ANGLE\n", "DC_REF_DIR", "MAN_START"),
        ("DC_TYPE = TIME\n", "DC_TYPE = TIME\nDC_WIN_OPEN = 1\n", "DC_WIN_OPEN", "DC_WIN_OPEN = 3600"),
        (
            "DC_TIME_PULSE_PERIOD = 60.0",
            "DC_TIME_PULSE_PERIOD = 6.0",
            "DC_TIME_PULSE_PERIOD",
            "DC_TIME_PULSE_P",
        ),
        ("= TIME_ABSOLUTE, MAN_DURA", "= MAN_DURA", "MAN_COMPOSITION", "MAN_COMPOSITION"),
        ("= TIME_ABSOLUTE, MAN_DURA", "= TIME_ABSOLUTE, MAN_DURATION", "MAN_COMPOSITION", "MAN_COMPOSITION"),
        ("MAN_DURA, DELTA_MASS", "DELTA_MASS, MAN_DURA", "MAN_COMPOSITION", "MAN_COMPOSITION"),
        ("= TIME_RELATIVE, DEPLOY_ID", "= TIME_RELATIVE, MAN_DURA", "MAN_COMPOSITION", "TIME_RELATIVE, MAN"),
        ("MAN_UNITS = [s, kg, N", "MAN_UNITS = [s, kg, kN", "MAN_UNITS", "MAN_UNITS"),
        ("0.5 0.0 ON", "0.5 0.0 MAYBE", "THR_INTERP", "MAN_START"),
        ("-1.25 -0.005", "1.25 -0.005", "DEPLOY_MASS", "MAN_START #2"),
        ("MAN_STOP\n\nMAN_START", "MAN_START", "MAN_STOP", "MAN_START #2"),
        ("PERT_STOP\n\nOD_START", "PERT_STOP\nGM = 1\nOD_START", "GM", "GM = 1"),
        ("PERT_START\n", "PERT_START\nPERT_STOP\nPERT_START\n", "PERT_START", "PERT_START #2"),
        ("PERT_START", "TRAJ_START\n0 1 2 3 4 5 6\nTRAJ_STOP\nPERT_START", "TRAJ_START", "TRAJ_START #3"),
        ("OD_EPOCH = -60.0\n", "", "OD_EPOCH", "OD_START"),
        ("OD_CONFIDENCE = 95.5", "OD_CONFIDENCE = 195.5", "OD_CONFIDENCE", "OD_CONFIDENCE"),
        ("USER_DEFINED_EARTH_MODEL", "EARTH_MODEL", "EARTH_MODEL", "EARTH_MODEL"),
        ("USER_STOP\n", "", "USER_STOP", "USER_START"),
        ("CCSDS_OCM_VERS = 3.0", "CCSDS_OCM_VERS = 2.0", "CCSDS_OCM_VERS", "CCSDS_OCM_VERS"),
    ],
)
def test_strict_refuses_and_names_line_and_keyword(old, new, keyword, at):
    content = edited(own("orbit.ocm"), old, new)
    read = ocm_kvn.read(content)
    assert read.records == ()
    assert (line_with(content, at), keyword) in [(told.line, told.keyword) for told in read.deviations]


def line_with(content: bytes, text: str) -> int:
    """Return the number of the first line with a text in it, or of a later one: ``TEXT #2``."""
    text, _, which = text.strip().partition(" #")
    lines = [number for number, line in enumerate(content.decode().splitlines(), start=1) if text in line]
    return lines[int(which or 1) - 1]


def test_an_orbit_determination_needs_its_perturbations():
    before, _, rest = own("orbit.ocm").partition(b"PERT_START")
    content = before + rest.partition(b"PERT_STOP\n")[2]
    assert [told.keyword for told in ocm_kvn.read(content).deviations] == ["PERT_START"]


def test_a_keyword_with_a_default_may_be_absent():
    content = (
        b"CCSDS_OCM_VERS = 3.0\nCREATION_DATE = 2026-02-02T06:07:08\nORIGINATOR = BAKEN\nMETA_START\n"
        b"EPOCH_TZERO = 2026-02-01T12:00:00\nMETA_STOP\nTRAJ_START\n0.0 7000 0 0 0 7.5 0\nTRAJ_STOP\n"
        b"PHYS_START\nPHYS_STOP\nCOV_START\nCOV_STOP\n"
    )
    (read,) = ocm_kvn.read(content).records
    (trajectory,) = read.trajectories
    assert (read.time_system, trajectory.centre) == ("UTC", "EARTH")
    assert (trajectory.frame, trajectory.kind) == ("ICRF3", "CARTPV")
    assert (read.covariances[0].frame, read.covariances[0].ordering) == ("TNW_INERTIAL", "LTM")
    assert read.physical == SaidBlock()
    for form in FORMS:
        assert all_same(form.read(form.write([read])).records, (read,))


# --- What is read all the same ----------------------------------------------------------------------------


def test_lenient_leaves_out_the_row_it_cannot_read_and_tells():
    content = edited(own("orbit.ocm"), "6998.4 150.0", "6998.4 1x0.0")
    read = lenient(ocm_kvn, content)
    assert len(read.records[0].trajectories[0].rows) == 3
    assert [told.line for told in read.deviations] == [line_with(content, "6998.4")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ("TRAJ_TYPE = KEPLERIAN", "TRAJ_TYPE = CARTP", "not one row"),
        ("TRAJ_UNITS = [km, km", "TRAJ_UNITS = [m, km", "TRAJ_UNITS contradicts"),
        ("= TIME_ABSOLUTE, MAN_DURA", "= MAN_DURA", "when it was"),
        ("TIME_SYSTEM = TT", "TIME_SYSTEM = UT1", "UT1"),
        ("DELTA_MASS, THR_X, THR_Y, THR_Z, ", "<cont.>\nDELTA_MASS, THR_X, THR_Y, THR_Z, ", "contradicts"),
    ],
)
def test_lenient_keeps_a_message_whole_when_its_rows_contradict_it(form, old, new, because):
    (kept,) = lenient(ocm_kvn, edited(own("orbit.ocm"), old, new)).records
    assert isinstance(kept, KeptMessage)
    assert because in kept.because
    assert all_same(lenient(form, form.write([kept])).records, (kept,))


def test_what_the_table_does_not_know_is_written_back_as_a_comment():
    content = edited(own("orbit.ocm"), "WET_MASS", "COLOUR = red\nWET_MASS")
    (read,) = lenient(ocm_kvn, content).records
    assert ("COLOUR", "red") in read.physical.fields
    (again,) = ocm_kvn.read(ocm_kvn.write([read])).records
    assert "COLOUR = red" in again.physical.comments


def test_a_row_from_xml_cannot_pass_for_another_line():
    for text in ("TRAJ_STOP", "GM = 1", "COMMENT x", "1 2\n3"):
        with pytest.raises(WrongUsage):
            checked_row(text)


@pytest.mark.parametrize(
    ("text", "after_ns"),
    [
        ("-120.5", -120_500_000_000),
        ("1e-9", 1),
        ("+.5", SECOND_NS // 2),
        ("0", 0),
        ("1e-99999999999999999999", 0),
    ],
)
def test_seconds_from_the_epoch_are_counted_to_the_nanosecond(text, after_ns):
    assert Clock(TimeScale.TT, ZERO_TAI_NS).instant(text) == ZERO_TAI_NS + after_ns


@pytest.mark.parametrize("form", FORMS)
def test_a_long_trajectory_is_read(form):
    head, _, tail = own("orbit.ocm").partition(b"0.0 7000.0")
    rows = b"".join(b"%d.5 7000.1 0 0 0 7.5 0 0 0 0\n" % k for k in range(101_000))
    content = head + rows + tail[tail.index(b"TRAJ_STOP") :]
    if form is ocm_xml:
        content = ocm_xml.write(ocm_kvn.read(content).records)
    (read,) = form.read(content).records
    assert len(read.trajectories[0].rows) == 101_000


# --- As ephemerides ---------------------------------------------------------------------------------------


def test_a_cartesian_trajectory_becomes_an_ephemeris_with_its_covariances():
    (ephemeris,), (reason,) = ephemerides_of(message())
    assert (ephemeris.frame, ephemeris.centre, len(ephemeris)) == ("GCRF", "EARTH", 4)
    assert np.array_equal(ephemeris.acceleration_m_s2[1], np.array([-0.008, -1e-4, 0.0]) * 1000.0)
    assert (ephemeris.interpolation, ephemeris.interpolation_degree) == ("HERMITE", 3)
    assert ephemeris.useable_start_tai_ns == ZERO_TAI_NS + 10 * SECOND_NS
    assert ephemeris.useable_stop_tai_ns == ZERO_TAI_NS + 20 * SECOND_NS
    assert ephemeris.covariances.frames == ("RTN",)
    assert ephemeris.covariances.covariance_si[0, 3, 1] == -6.25e-7 * 1e6
    assert ("TRAJ_BASIS", "PREDICTED") in ephemeris.other_fields
    assert reason == "trajectory 2 is in KEPLERIAN, not in positions and velocities"


def test_converted_to_a_table_it_says_what_stays_behind():
    converted = convert(own("orbit.ocm"), to="oem-kvn", from_format=None, strictness=Strictness.STRICT)
    assert [rejection.field for rejection in converted.rejected] == ["TRAJ_START"]
    (ephemeris,), _ = ephemerides_of(message())
    (again,) = oem_kvn.read(converted.content).records
    assert np.array_equal(again.position_m, ephemeris.position_m)
    assert same(again.covariances, ephemeris.covariances)


def test_imported_its_ephemerides_stay_in_their_world():
    read = read_catalogue(NamedContent(name="a.ocm", content=own("orbit.ocm")), Provenance())
    (ephemeris,) = read.ephemerides
    assert ephemeris.realm is Realm.EXERCISE
    assert (read.file.n_read, read.file.n_rejected) == (2, 1)


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ("TRAJ_REF_FRAME = GCRF", "TRAJ_REF_FRAME = ZZRF", "frame ZZRF"),
        ("TRAJ_REF_FRAME = GCRF", "TRAJ_REF_FRAME = GCRF2", None),
        ("TRAJ_REF_FRAME = GCRF", "TRAJ_REF_FRAME = TOD_EARTH", None),
    ],
)
def test_a_frame_baken_does_not_know_is_refused_in_one_line(old, new, because):
    (read,) = ocm_kvn.read(edited(own("orbit.ocm"), old, new)).records
    if because is None:
        ephemerides_of(read)
        return
    with pytest.raises(BadMessage, match=because):
        ephemerides_of(read)


def test_of_trajectories_that_depict_one_span_the_first_counts():
    cartesian, _ = message().trajectories
    later = replace(
        cartesian, rows=replace(cartesian.rows, epoch_tai_ns=cartesian.rows.epoch_tai_ns + 30 * SECOND_NS)
    )
    found, reasons = ephemerides_of(replace(message(), trajectories=(cartesian, cartesian, later)))
    assert len(found) == 2
    assert "one that counts" in reasons[0]


def test_axes_of_date_without_an_epoch_take_that_of_the_message():
    (read,) = ocm_kvn.read(edited(own("orbit.ocm"), "= GCRF", "= TOD_EARTH")).records
    (ephemeris,), _ = ephemerides_of(read)
    assert ephemeris.frame_epoch_tai_ns == read.epoch_zero_tai_ns


# --- From ephemerides and states --------------------------------------------------------------------------


def test_ephemerides_of_one_object_become_one_message_and_come_back():
    sent = oem_kvn.read(own("ephemeris.oem")).records
    there = convert(own("ephemeris.oem"), to="ocm-xml", from_format=None, strictness=Strictness.STRICT)
    assert there.n_records == 1
    assert ocm_xml.read(there.content).rejected == ()
    back = convert(there.content, to="oem-kvn", from_format=None, strictness=Strictness.STRICT)
    for one, other in zip(sent, oem_kvn.read(back.content).records, strict=True):
        assert same(replace(other, metadata_comments=()), replace(one, metadata_comments=()))


def test_a_state_becomes_a_message_with_all_that_came_with_it():
    (state,) = opm_kvn.read(own("state.opm")).records
    converted = convert(own("state.opm"), to="ocm-kvn", from_format=None, strictness=Strictness.STRICT)
    (read,) = ocm_kvn.read(converted.content).records
    cartesian, keplerian = read.trajectories
    assert cartesian.rows.epoch_tai_ns.tolist() == [state.epoch_tai_ns]
    assert tuple(cartesian.rows.values_si[0]) == (*state.position_m, *state.velocity_m_s)
    assert keplerian.rows.values_si[0, 2] == state.elements.inclination_rad
    assert quantity_si(read.physical, "WET_MASS") == state.spacecraft.mass_kg
    assert quantity_si(read.perturbations, "GM") == state.elements.mu_m3_s2
    (matrix,) = matrices_si(read.covariances[0].rows, places_of("LTM", 6))
    assert np.array_equal(matrix, state.covariance.covariance_si)
    for burn, sent in zip(read.manoeuvres, state.manoeuvres, strict=True):
        assert burn.rows.epoch_tai_ns[0] == sent.ignition_tai_ns
        assert tuple(burn.rows.values_si[0, 2:]) == sent.velocity_change_m_s
    assert read.user_defined.fields == (("EARTH_MODEL", "WGS-84"),)
    assert read.identity == state.identity


def test_a_burn_that_says_too_little_is_not_filled_in():
    content = edited(own("state.opm"), "MAN_DURATION = 96.50 [s]\n", "")
    with pytest.raises(WrongUsage, match="burn 1"):
        convert(content, to="ocm-kvn", from_format=None, strictness=Strictness.LENIENT)


def test_rows_of_two_widths_are_not_made_even():
    first, _ = oem_kvn.read(own("ephemeris.oem")).records
    acceleration_m_s2 = first.acceleration_m_s2.copy()
    acceleration_m_s2[1] = np.nan
    with pytest.raises(WrongUsage, match="some rows"):
        message_of_ephemerides([replace(first, acceleration_m_s2=acceleration_m_s2)])


def test_the_table_has_as_many_keywords_as_the_standard():
    n_fields = {block.name: len(block.fields) - bool(block.row) for block in GRAMMAR.blocks}
    # 502.0-B-3, tables 6-2 to 6-7, 6-10 and 6-11, without versions, comments and fences.
    in_tables = {"header": 4, "metadata": 47, "traj": 18, "phys": 50, "cov": 13, "man": 30, "pert": 29}
    assert n_fields == {**in_tables, "od": 29, "user": 0}


UNITS = {column.unit for columns in ELEMENTS.values() for column in columns}
UNITS |= {column.unit for column in covariance_columns("KEPLERIAN", "LTM")} | {DAY, PER_CENT}


@settings(max_examples=2000)
@given(value=st.floats(-1e15, 1e15), unit=st.sampled_from(sorted(UNITS, key=str)))
def test_every_number_a_message_can_say_comes_back_from_si(value, unit):
    value_si = si_from(value, unit)
    assert si_from(float(text_from_si(value_si, unit)), unit) == value_si
