"""Does a mean-elements message say in SI what it says on paper, and nothing less when it is written back?"""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.time import tai_ns_from_utc
from baken.errors import BadMessage, UnreadableInput
from baken.formats import omm_kvn, omm_xml
from baken.formats._grammar import DEGREE, REVOLUTION_PER_DAY, Kind, si_from, text_from_si
from baken.formats.message import KeptMessage
from baken.formats.omm import element_set_from_fields, fields_from_element_set
from baken.formats.omm_table import GRAMMAR
from baken.formats.reading import Strictness
from baken.records.marking import Marking, Realm
from baken.records.orbit import ElementSet, Theory
from tests.formats.ccsds import all_same, edited, lenient, own
from tests.formats.element_sets import VANGUARD_ROW, element_sets_of_messages

FORMS = [omm_kvn, omm_xml]
EXACT_DIGITS = 14  # decimals that a double brings back whatever they are, through one multiplication


def element_set() -> ElementSet:
    (record,) = omm_kvn.read(own("element_set.omm")).records
    return record


def with_a_name(element_set: ElementSet) -> ElementSet:
    """Return it as a message has to put it: an obligatory name that is not known reads UNKNOWN."""
    name = element_set.identity.name or "UNKNOWN"
    return replace(element_set, identity=replace(element_set.identity, name=name))


def test_a_message_is_read_in_si():
    read = element_set()
    assert read.identity.norad_cat_id == 799_500_124
    assert read.identity.cospar_id == "2026-001A"
    assert read.epoch_tai_ns == tai_ns_from_utc("2026-02-01T12:34:56.123456Z")
    assert read.mean_motion_rad_s == 15.21987654 * 2.0 * math.pi / 86_400.0
    assert read.inclination_rad == 97.5 * math.pi / 180.0
    assert read.mean_motion_dot_rad_s2 == -1.13e-6 * 2.0 * math.pi / 86_400.0**2
    assert (read.eccentricity, read.bstar_per_earth_radius) == (0.0001234, 0.0016091)
    assert (read.element_set_no, read.rev_at_epoch, read.theory) == (42, 7, Theory.SGP4)
    assert read.created_tai_ns == tai_ns_from_utc("2026-02-02T06:07:08.25")


def test_comments_and_fields_without_a_word_of_ours_are_kept():
    read = element_set()
    assert read.comments == (
        "A message of our own, in every form of a field",
        "Lines count from one",
        "The elements",
    )
    assert dict(read.other_fields) == {
        "CLASSIFICATION": "UNCLASSIFIED",
        "MESSAGE_ID": "OMM 2026/0001",
        "GM": "398600.8",
        "MASS": "123.5",
        "SOURCE": "a test of ours",
    }


def test_kvn_and_xml_say_the_same():
    (from_xml,) = omm_xml.read(own("element_set.xml")).records
    assert from_xml == element_set()


@pytest.mark.parametrize("form", FORMS)
def test_a_reader_passes_on_whose_message_it_is(form):
    content = form.write([element_set()])
    marking = Marking(owner="NL", releasable_to=frozenset({"NL"}))
    (read,) = form.read(content, realm=Realm.EXERCISE, marking=marking).records
    assert (read.realm, read.marking) == (Realm.EXERCISE, marking)


@pytest.mark.capability(
    "OMM in KVN and XML, written and read back", status="MODELLED", authority="equality of every field"
)
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=30, deadline=None)
@given(sets=st.lists(element_sets_of_messages(), min_size=1, max_size=3))
def test_every_element_set_comes_back_as_it_was(form, sets):
    read = form.read(form.write(sets))
    assert read.rejected == ()
    assert list(read.records) == [with_a_name(element_set) for element_set in sets]


@pytest.mark.parametrize("form", FORMS)
def test_a_message_of_another_theory_is_kept_whole_and_says_why(form):
    (kept,) = omm_kvn.read(own("other_theory.omm")).records
    assert isinstance(kept, KeptMessage)
    assert "DSST" in kept.because
    assert all_same(form.read(form.write([kept])).records, (kept,))


def test_sgp4_xp_is_carried_with_its_own_drag_terms():
    content = edited(own("element_set.omm"), "THEORY = SGP4", "THEORY = SGP4-XP")
    content = edited(content, "BSTAR = .16091E-2", "BTERM = .02 [m**2/kg]")
    content = edited(content, "MEAN_MOTION_DDOT = 0", "AGOM = .01 [m**2/kg]")
    (read,) = omm_kvn.read(content).records
    assert read.theory is Theory.SGP4_XP
    assert {"BTERM", "AGOM"} <= dict(read.other_fields).keys()
    assert omm_xml.read(omm_xml.write([read])).records == (read,)


@pytest.mark.parametrize("form", FORMS)
def test_celestrak_may_leave_date_and_originator_blank(form):
    bare = element_set_from_fields(VANGUARD_ROW)
    content = form.write([bare])
    assert b"CREATION_DATE" in content
    assert form.read(content).records == (bare,)


@pytest.mark.parametrize(
    ("old", "new", "line", "keyword"),
    [
        ("MEAN_ANOMALY = 0.0001 [deg]", "MEAN_ANOMALY = a bit", 23, "MEAN_ANOMALY"),
        ("MEAN_ANOMALY = 0.0001 [deg]", "MEAN_ANOMALY = NaN", 23, "MEAN_ANOMALY"),
        ("MEAN_ANOMALY = 0.0001 [deg]", "MEAN_ANOMALY = 0.0001 [rad]", 23, "MEAN_ANOMALY"),
        ("MEAN_ANOMALY = 0.0001 [deg]", "MEAN_ANOMALY = 1e999", 23, "MEAN_ANOMALY"),
        ("INCLINATION = 97.5", "INCLINATION = 197.5", 20, "INCLINATION"),
        ("ECCENTRICITY = .0001234", "ECCENTRICITY = 1.5", 19, "ECCENTRICITY"),
        ("EPOCH = 2026-02-01T", "EPOCH = 2026-02-30T", 17, "EPOCH"),
        ("NORAD_CAT_ID = 799500124", "NORAD_CAT_ID = 1799500124", 30, "NORAD_CAT_ID"),
        ("NORAD_CAT_ID = 799500124\n", "", 14, "NORAD_CAT_ID"),
        ("BSTAR = .16091E-2\n", "", 14, "BSTAR"),
        ("OBJECT_ID = 2026-001A", "OBJECT_ID =", 10, "OBJECT_ID"),
        ("MASS = 123.5", "MUSS = 123.5", 26, "MUSS"),
        ("ORIGINATOR = BAKEN", "ORIGINATOR = BAKEN\nORIGINATOR = BAKEN", 7, "ORIGINATOR"),
        ("EPOCH = 2026", "SEMI_MAJOR_AXIS = 7000\nEPOCH = 2026", 18, "EPOCH"),
        ("CLASSIFICATION_TYPE = U", "CLASSIFICATION_TYPE = UN", 29, "CLASSIFICATION_TYPE"),
        ("CCSDS_OMM_VERS = 3.0", "CCSDS_OMM_VERS = 4.0", 1, "CCSDS_OMM_VERS"),
        ("INCLINATION = 97.5", "COMMENT late\nINCLINATION = 97.5", 20, "COMMENT"),
    ],
)
def test_strict_refuses_and_names_line_and_keyword(old, new, line, keyword):
    read = omm_kvn.read(edited(own("element_set.omm"), old, new))
    assert read.records == ()
    (rejection,) = read.rejected
    assert (rejection.line, rejection.field) == (line, keyword)


def test_lenient_takes_what_is_clear_and_tells_the_rest():
    content = edited(own("element_set.omm"), "MASS = 123.5 [kg]", "MASS = heavy\nCOLOUR = red")
    content = edited(content, "MEAN_ANOMALY = 0.0001 [deg]", "MEAN_ANOMALY = 0.0001 [degs]")
    read = lenient(omm_kvn, content)
    (record,) = read.records
    assert [(told.line, told.keyword) for told in read.deviations] == [
        (23, "MEAN_ANOMALY"),
        (26, "MASS"),
        (27, "COLOUR"),
    ]
    assert record.mean_anomaly_rad == element_set().mean_anomaly_rad
    assert dict(record.other_fields)["COLOUR"] == "red"
    assert omm_kvn.read(omm_kvn.write([record])).records == (record,)


def test_lenient_does_not_guess_between_units_of_one_dimension():
    content = edited(own("element_set.omm"), "INCLINATION = 97.5 [deg]", "INCLINATION = 1.7 [rad]")
    (rejection,) = lenient(omm_kvn, content).rejected
    assert (rejection.line, rejection.field) == (20, "INCLINATION")


def test_one_bad_message_among_good_ones_is_rejected_alone():
    good = own("element_set.omm")
    bad = edited(good, "EPOCH = 2026-02-01T", "EPOCH = yesterday")
    read = omm_kvn.read(good + bad + good)
    assert (len(read.records), read.n_read) == (2, 3)
    assert read.rejected[0].line == len(good.splitlines()) + 17


def test_a_text_without_a_message_is_unreadable():
    with pytest.raises(UnreadableInput, match="CCSDS_OMM_VERS"):
        omm_kvn.read(b"EPOCH = 2026-02-01T00:00:00\n")
    with pytest.raises(UnreadableInput, match=r"line 1 opm: .*<omm>"):
        omm_xml.read(b"<opm id='CCSDS_OPM_VERS' version='3.0'/>")


def test_a_field_that_is_no_number_names_itself():
    with pytest.raises(BadMessage) as caught:
        element_set_from_fields({**VANGUARD_ROW, "ECCENTRICITY": "1_0"})
    assert caught.value.field == "ECCENTRICITY"


def test_fields_come_in_the_order_of_the_table():
    keywords = [keyword for keyword, _ in fields_from_element_set(element_set())]
    table = [field.keyword for block in GRAMMAR.blocks for field in block.fields]
    placed = [keyword for keyword in keywords if keyword in table]
    assert placed == sorted(placed, key=table.index)
    assert keywords[len(placed) :] == ["SOURCE"]


@given(
    st.decimals(min_value="-1e6", max_value="1e6", allow_nan=False).map(lambda d: f"{d:.{EXACT_DIGITS}g}"),
    st.sampled_from([None, DEGREE, REVOLUTION_PER_DAY]),
)
def test_a_decimal_comes_back_from_si_as_it_was(text, unit):
    assert float(text_from_si(si_from(float(text), unit), unit)) == float(text)


@given(st.floats(min_value=1e-12, max_value=1e12), st.sampled_from([None, DEGREE, REVOLUTION_PER_DAY]))
def test_an_si_number_comes_back_within_its_last_digit(value_si, unit):
    assert si_from(float(text_from_si(value_si, unit)), unit) == pytest.approx(
        value_si, rel=2.0**-52, abs=0.0
    )


def test_every_number_in_the_table_that_has_a_dimension_has_its_unit():
    bare = {
        field.keyword
        for block in GRAMMAR.blocks
        for field in block.fields
        if field.kind is Kind.REAL and field.unit is None
    }
    assert bare == {"ECCENTRICITY", "SOLAR_RAD_COEFF", "DRAG_COEFF"}


def test_strict_is_what_a_reader_is_unless_told_otherwise():
    content = edited(own("element_set.omm"), "MASS", "MUSS")
    assert omm_kvn.read(content) == omm_kvn.read(content, strictness=Strictness.STRICT)
