"""Does a conjunction message say in SI what it says on paper, and nothing less when it is written back?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baken.astro.time import tai_ns_from_utc
from baken.errors import WrongUsage
from baken.formats import cdm_kvn, cdm_xml
from baken.formats._cdm_labels import hard_body_radius_m
from baken.formats.cdm_table import COVARIANCE, GRAMMAR, ROWS
from baken.records.conjunction_message import ConjunctionMessage, symmetric_from_lower
from baken.records.marking import OWNER_ONLY, Marking, Realm
from tests.formats.ccsds import all_same, edited, lenient, own, same

FORMS = [cdm_kvn, cdm_xml]


def message() -> ConjunctionMessage:
    (record,) = cdm_kvn.read(own("conjunction.cdm")).records
    return record


def test_a_message_is_read_in_si():
    read = message()
    assert read.tca_tai_ns == tai_ns_from_utc("2026-02-03T04:05:06.789Z")
    assert (read.miss_distance_m, read.relative_speed_m_s) == (715.25, 14762.0)
    assert read.relative_position_rtn_m == (27.5, -70.25, 711.75)
    assert read.screen_volume_m == (200.0, 1000.0, 1000.0)
    assert (read.collision_probability, read.collision_probability_method) == (4.835e-5, "FOSTER-1992")
    first = read.first
    assert first.position_m == (2570.097065 * 1000.0, 2244.654904 * 1000.0, 6281.497978 * 1000.0)
    assert first.velocity_m_s[2] == -3.526774282 * 1000.0
    assert first.orbit_determination.recommended_span_s == 7.875 * 86_400.0
    assert first.orbit_determination.residuals_accepted_fraction == 97.8 / 100.0
    assert (first.physical.collision_area_m2, first.physical.mass_kg) == (5.2, 251.6)
    assert first.physical.drag_area_m2 is None
    assert (first.operator.organization, first.operator.email) == ("BAKEN", "duty@example.org")


def test_covariances_are_whole_symmetric_and_as_large_as_they_were_sent():
    read = message()
    assert read.first.covariance_rtn_si.shape == (7, 7)
    assert read.second.covariance_rtn_si.shape == (6, 6)
    matrix = read.first.covariance_rtn_si
    assert np.array_equal(matrix, matrix.T)
    assert (matrix[1, 0], matrix[5, 5], matrix[6, 2], matrix[6, 6]) == (-8.579, 5.529e-5, -0.31, 3.483e-6)


def test_an_object_of_the_us_catalogue_is_known_by_its_number_and_another_by_its_own():
    read = message()
    assert (read.first.identity.norad_cat_id, read.first.identity.cospar_id) == (799_500_124, "2026-001A")
    assert read.second.identity.norad_cat_id is None
    assert read.second.identity.others[0].scheme == "BAKEN"


@pytest.mark.parametrize(
    ("comment", "radius_m"),
    [
        ("HBR = 52.8", 52.8),
        ("HBR = 12 [m]", 12.0),
        ("Operator Hard Body Radius = 10.0 [m]", 10.0),
        ("HBR = unknown", None),
        ("Apogee Altitude = 836 [km]", None),
    ],
)
def test_a_hard_body_radius_is_found_where_senders_put_it(comment, radius_m):
    assert hard_body_radius_m([comment]) == radius_m
    assert message().hard_body_radius_m == 12.5


@pytest.mark.capability(
    "CDM in KVN and XML, written and read back", status="MODELLED", authority="equality of every field"
)
@pytest.mark.parametrize("form", FORMS)
def test_a_message_comes_back_as_it_was(form):
    content = form.write([message(), message()])
    assert all_same(form.read(content).records, (message(), message()))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=30, deadline=None)
@given(
    size=st.integers(6, 9),
    seed=st.integers(0, 2**32),
    miss_m=st.floats(0.0, 1e7),
    probability=st.one_of(st.none(), st.floats(0.0, 1.0)),
)
def test_every_covariance_and_number_comes_back_as_it_was(form, size, seed, miss_m, probability):
    n_values = size * (size + 1) // 2
    values = np.random.default_rng(seed).normal(size=n_values) * 10.0 ** (seed % 20 - 10)
    first = replace(message().first, covariance_rtn_si=symmetric_from_lower(values, size))
    sent = replace(message(), first=first, miss_distance_m=miss_m, collision_probability=probability)
    assert same(form.read(form.write([sent])).records[0], sent)


def test_a_message_without_covariance_is_read_leniently_and_cannot_be_written():
    content = own("conjunction.cdm")
    for keyword in (field.keyword for field in COVARIANCE.fields):
        lines = [line for line in content.splitlines() if not line.startswith(f"{keyword} ".encode())]
        content = b"\n".join(lines)
    (read,) = lenient(cdm_kvn, content).records
    assert read.first.covariance_rtn_si is None
    with pytest.raises(WrongUsage, match="SIM BAKEN 1 has no covariance"):
        cdm_kvn.write([read])


@pytest.mark.parametrize(
    ("old", "new", "keyword"),
    [
        ("TCA = 2026", "TCA = 20x6", "TCA"),
        ("MISS_DISTANCE = 715.25 [m]", "MISS_DISTANCE = 0.71525 [km]", "MISS_DISTANCE"),
        ("MISS_DISTANCE = 715.25", "MISS_DISTANCE = -715.25", "MISS_DISTANCE"),
        ("RELATIVE_VELOCITY_R = -7.25 [m/s]", "RELATIVE_VELOCITY_R = -7.25 [m]", "RELATIVE_VELOCITY_R"),
        ("COLLISION_PROBABILITY = 4.835E-05", "COLLISION_PROBABILITY = 1.5", "COLLISION_PROBABILITY"),
        ("SCREEN_VOLUME_SHAPE = ELLIPSOID", "SCREEN_VOLUME_SHAPE = BLOB", "SCREEN_VOLUME_SHAPE"),
        ("OBJECT = OBJECT1", "OBJECT = OBJECT2", "OBJECT"),
        ("REF_FRAME = GCRF", "REF_FRAME = TEME", "REF_FRAME"),
        ("MANEUVERABLE = YES", "MANEUVERABLE = MAYBE", "MANEUVERABLE"),
        ("MASS = 251.6", "MUSS = 251.6", "MUSS"),
        ("OBS_USED = 579", "OBS_USED = 579.5", "OBS_USED"),
        ("RESIDUALS_ACCEPTED = 97.8 [%]", "RESIDUALS_ACCEPTED = 97.8 [", "RESIDUALS_ACCEPTED"),
        ("X = 2570.097065 [km]", "X =", "X"),
        ("CT_T = 2.533E+03 [m**2]", "CT_T = 2.533E+03 or so [m**2]", "CT_T"),
        ("CDRG_N = -3.100E-01 [m**3/kg]\n", "", "CDRG_N"),
        ("CN_N = 7.098E+01 [m**2]\n", "", "CN_N"),
        ("OPERATOR_ORGANIZATION = BAKEN\nOPERATOR_EMAIL = d", "OPERATOR_EMAIL = d", None),
    ],
)
def test_strict_refuses_and_names_the_keyword(old, new, keyword):
    read = cdm_kvn.read(edited(own("conjunction.cdm"), old, new))
    if keyword is None:
        assert read.rejected == ()
        return
    assert [told.keyword for told in read.deviations] == [keyword]
    assert read.rejected[0].line > 0


def test_lenient_takes_a_number_whose_unit_is_a_slip_and_never_one_of_another_scale():
    slip = edited(own("conjunction.cdm"), "VELOCITY_R = -7.25 [m/s]", "VELOCITY_R = -7.25 [m]")
    (read,) = lenient(cdm_kvn, slip).records
    assert read.relative_velocity_rtn_m_s[0] == -7.25
    scale = edited(own("conjunction.cdm"), "MISS_DISTANCE = 715.25 [m]", "MISS_DISTANCE = 0.71525 [km]")
    assert lenient(cdm_kvn, scale).rejected[0].field == "MISS_DISTANCE"


def test_lenient_takes_nan_in_an_optional_field_for_not_known():
    content = edited(own("conjunction.cdm"), "OBS_USED = 579", "OBS_USED = NaN")
    (read,) = lenient(cdm_kvn, content).records
    assert read.first.orbit_determination.n_observations_used is None


def test_what_the_table_does_not_know_is_written_back_as_a_comment():
    content = edited(own("conjunction.cdm"), "MASS = 251.6 [kg]", "COLOUR = red\nMASS = 251.6 [kg]")
    (read,) = lenient(cdm_kvn, content).records
    assert read.first.other_fields == (("COLOUR", "red"),)
    (again,) = cdm_kvn.read(cdm_kvn.write([read])).records
    assert "COLOUR = red" in dict(again.first.comments)["metadata"]


def test_the_table_has_every_element_of_a_nine_by_nine_covariance():
    assert len(COVARIANCE.fields) == len(ROWS) * (len(ROWS) + 1) // 2
    assert all(field.unit is not None for field in COVARIANCE.fields)
    published = [f.keyword for block in GRAMMAR.blocks for f in block.fields if not f.is_draft]
    assert len(set(published)) == len(published)


# --- Version 2, a draft ----------------------------------------------------------------------------------

DRAFT = {
    "CCSDS_CDM_VERS = 1.0": "CCSDS_CDM_VERS = 2.0",
    "COMMENT Relative metadata\n": "CONJUNCTION_ID = 2026 A B\nCOMMENT Relative metadata\n",
    "MISS_DISTANCE = 715.25 [m]\n": "MISS_DISTANCE = 715.25 [m]\nMAHALANOBIS_DISTANCE = 12.5\n",
    "MASS = 251.6 [kg]\n": "RCS = 1.25 [m**2]\nMASS = 251.6 [kg]\nHBR = 2.5 [m]\n",
}
OF_SECOND = """COMMENT on the axes of the frame
CX_X = 1.5 [m**2]
CY_X = 0.25 [m**2]
CDRG_DRG = 0.5 [m**4/kg**2]
CSIG3EIGVEC3 = 1 2 3 4 5 6 7 8 9 10 11 12
DENSITY_FORECAST_UNCERTAINTY = 2.5
DCP_SENSITIVITY_VECTOR_POSITION = 1.0 -2.0 3.0
COMMENT whatever the user says
USER_DEFINED_RUN_ID = 42
"""


def of_version_2() -> bytes:
    content = own("conjunction.cdm")
    for old, new in DRAFT.items():
        content = edited(content, old, new)
    return content.rstrip() + b"\n" + OF_SECOND.encode()


@pytest.mark.parametrize("form", FORMS)
def test_version_2_is_read_strictly_and_comes_back_as_it_was(form):
    read = cdm_kvn.read(of_version_2())
    assert read.deviations == ()
    (record,) = read.records
    assert ("CONJUNCTION_ID", "2026 A B") in record.other_fields
    assert ("USER_DEFINED_RUN_ID", "42") in record.other_fields
    assert dict(record.first.other_fields) == {"HBR": "2.5", "RCS": "1.25"}
    assert dict(record.second.other_fields)["CDRG_DRG"] == "0.5"
    written = form.write([record])
    assert b"2.0" in written
    again = form.read(written)
    assert again.deviations == ()
    assert all_same(again.records, (record,))


@pytest.mark.parametrize("added", list(DRAFT.values())[1:])
def test_words_of_version_2_have_no_place_in_version_1(added):
    old = next(old for old, new in DRAFT.items() if new == added)
    read = cdm_kvn.read(edited(own("conjunction.cdm"), old, added))
    assert read.rejected
    assert {told.message for told in read.deviations} == {"came with version 2.0 of the standard"}


def test_what_traffic_coordination_sends_is_read_leniently():
    content = of_version_2().replace(b"CCSDS_CDM_VERS = 2.0", b"TRACSS_CDM_VERS = 2.1")
    assert cdm_kvn.sniff(content)
    read = lenient(cdm_kvn, content)
    assert len(read.records) == 1
    assert {told.keyword for told in read.deviations} == {"TRACSS_CDM_VERS", "CCSDS_CDM_VERS"}
    assert len(lenient(cdm_kvn, content + content).records) == 2


def test_version_2_may_give_another_covariance_in_place_of_the_first():
    (record,) = cdm_kvn.read(of_version_2()).records
    without = replace(record, second=replace(record.second, covariance_rtn_si=None))
    again = cdm_kvn.read(cdm_kvn.write([without]))
    assert again.deviations == ()
    assert again.records[0].second.covariance_rtn_si is None


def test_rows_of_a_covariance_that_stand_alone_are_told_and_kept():
    content = own("conjunction.cdm")
    for keyword in ("CDRG_R", "CDRG_N"):
        line = next(line for line in content.splitlines(keepends=True) if line.startswith(keyword.encode()))
        content = content.replace(line, b"", 1)
    read = lenient(cdm_kvn, content)
    assert ("CDRG_R", "is missing from its row") in [(t.keyword, t.message) for t in read.deviations]
    (record,) = read.records
    assert record.first.covariance_rtn_si.shape == (6, 6)
    assert "CDRG_DRG" in dict(record.first.other_fields)
    assert b"COMMENT CDRG_DRG = 3.483E-06" in cdm_kvn.write([record])


def test_both_states_are_in_one_frame():
    content = edited(own("conjunction.cdm"), "REF_FRAME = GCRF", "REF_FRAME = ITRF")
    (rejection,) = cdm_kvn.read(content).rejected
    assert (rejection.field, rejection.reason) == (
        "REF_FRAME",
        "is GCRF; it must be ITRF, as for the first object",
    )


# --- Realm, label and size, for which there is no keyword ------------------------------------------------

DUTCH = Marking(owner="NL", releasable_to=frozenset({"NL", "DE"}))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("realm", Realm)
@pytest.mark.parametrize("marking", [OWNER_ONLY, DUTCH, Marking(owner="NL")])
def test_realm_label_and_size_travel_with_a_message(form, realm, marking):
    sent = replace(message(), realm=realm, marking=marking, hard_body_radius_m=7.25, comments=())
    first = replace(sent.first, comments=())
    content = form.write([replace(sent, first=first)])
    (read,) = form.read(content).records
    assert (read.realm, read.marking, read.hard_body_radius_m) == (realm, marking, 7.25)
    assert form.write([read]) == content


@pytest.mark.parametrize("text", ["for everybody: you: and me", "NL:", ", ,", ""])
def test_a_label_that_cannot_be_read_lets_nobody_in(text):
    content = edited(own("conjunction.cdm"), "COMMENT Relative metadata", f"COMMENT MARKING {text}")
    (read,) = cdm_kvn.read(content, marking=DUTCH).records
    assert read.marking.is_most_restrictive


def test_a_reader_gets_what_it_allows_and_the_message_allows_and_no_more():
    content = edited(own("conjunction.cdm"), "COMMENT Relative metadata", "COMMENT MARKING NL: DE, FR")
    (read,) = cdm_kvn.read(content, marking=DUTCH).records
    assert read.marking == Marking(owner="NL", releasable_to=frozenset({"DE"}))


@pytest.mark.parametrize(("said", "asked"), [("MOON", Realm.REAL), ("EXERCISE", Realm.SIMULATED)])
def test_worlds_never_mix_in_a_message(said, asked):
    content = edited(own("conjunction.cdm"), "Relative metadata", f"REALM {said}: NOT OF THE REAL WORLD")
    (rejection,) = cdm_kvn.read(content, realm=asked).rejected
    assert "realm" in rejection.reason
